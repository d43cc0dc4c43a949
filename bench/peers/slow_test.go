//go:build prover_checks

package peers

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/groth16"
)

// TestSlowPeers_OtherTools runs small statements in the tools that npm installs, from the
// compiler to the contract, and lets genproof's verifier judge what snarkjs has proven. It
// needs node and npm.
func TestSlowPeers_OtherTools(t *testing.T) {
	o := options(t, "document/circom", "receipt/noir")
	o.Install, o.Log, o.Runs = true, t.Output(), 1
	r := run(t, o)
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Failed != "" || row.Missing != "" {
			t.Fatalf("%s: %s%s", row.Name(), row.Failed, row.Missing)
		}
		for _, figure := range []string{figConstraints, figCompile, figSetup, figProve, figProveCPU, figMemory, figVerify, figProof, figGas} {
			if m := r.find(row, figure); m == nil || m.Median <= 0 {
				t.Errorf("%s has no %s: %+v", row.Name(), figure, m)
			}
		}
	}
	// circomlib's published count for a block, the padding's constants propagated.
	if n := r.find(&r.Rows[0], figConstraints).Median; n < 29_000 || n > 31_000 {
		t.Errorf("SHA-256 of a block has %.0f constraints in circomlib", n)
	}
	folders, err := filepath.Glob(filepath.Join(o.Cache, "document-1-circom-*"))
	if err != nil || len(folders) != 1 {
		t.Fatal(folders, err)
	}
	judge(t, folders[0])
}

// judge verifies snarkjs's proof with verifier/groth16, and refuses it for other inputs.
func judge(t *testing.T, folder string) {
	t.Helper()
	read := func(name string, v any) {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, v); err != nil {
			t.Fatal(err)
		}
	}
	var key struct {
		Alpha [3]string    `json:"vk_alpha_1"`
		Beta  [3][2]string `json:"vk_beta_2"`
		Gamma [3][2]string `json:"vk_gamma_2"`
		Delta [3][2]string `json:"vk_delta_2"`
		IC    [][3]string
	}
	var proof snarkjsProof
	var public []string
	read("verification_key.json", &key)
	read("proof.json", &proof)
	read("public.json", &public)
	vk := &groth16.VerifyingKey{Alpha: g1(key.Alpha), Beta: g2(key.Beta), Gamma: g2(key.Gamma), Delta: g2(key.Delta)}
	for _, p := range key.IC {
		vk.K = append(vk.K, g1(p))
	}
	inputs := make([]fr.Element, len(public))
	for i := range inputs {
		inputs[i].SetString(public[i])
	}
	p := &groth16.Proof{Ar: g1(proof.A), Bs: g2(proof.B), Krs: g1(proof.C)}
	if err := vk.Verify(inputs, p); err != nil {
		t.Errorf("snarkjs's proof: %v", err)
	}
	one := fr.One()
	if inputs[0].Add(&inputs[0], &one); vk.Verify(inputs, p) == nil {
		t.Error("snarkjs's proof is accepted for other inputs")
	}
}

func g1(c [3]string) (p bn254.G1Affine) {
	p.X.SetString(c[0])
	p.Y.SetString(c[1])
	return p
}

func g2(c [3][2]string) (p bn254.G2Affine) {
	p.X.A0.SetString(c[0][0])
	p.X.A1.SetString(c[0][1])
	p.Y.A0.SetString(c[1][0])
	p.Y.A1.SetString(c[1][1])
	return p
}
