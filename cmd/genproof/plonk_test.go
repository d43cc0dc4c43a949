package main

import (
	"crypto/sha256"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/rs/zerolog"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/ptau"
)

func TestSetup_ChoosesTheBackend(t *testing.T) {
	dir := newDrop(t)
	store := filepath.Join(t.TempDir(), "keys")
	missing := filepath.Join(t.TempDir(), "powers.ptau")
	for _, row := range []struct {
		want string
		args []string
	}{
		{"no backend", []string{"root/small", "--backend", "stark"}},
		{"no circuit cid/standard/plonk", []string{"cid/standard", "--backend", "plonk"}},
		{"no circuit", []string{"root/tiny/plonk"}},
		{"more than powers of tau", []string{"root/small", "--ptau", missing}},
		{"more than powers of tau", []string{"--drop", dir, "--ptau", missing}},
		{"--ptau-sha256 without --ptau", []string{"root/small/plonk", "--ptau-sha256", "00"}},
		{"not one in 64 hex digits", []string{"root/small/plonk", "--ptau", missing, "--ptau-sha256", "00"}},
		{"no such file", []string{"root/small/plonk", "--ptau", missing}},
		{"no such file", []string{"root/small", "--backend", "plonk", "--ptau", missing}},
		{"want 2^17", []string{"root/small/plonk", "--ptau", "../../setup/ptau/testdata/small.ptau"}},
	} {
		complains(t, console.ExitTrouble, row.want, append([]string{"setup", "--keys", store}, arranged(row.args)...)...)
	}
	complains(t, console.ExitTrouble, "takes no ceremony", "ceremony", "init", "--circuit", "root/small/plonk", "--ptau", missing, "--beacon", "ethereum:1:5", filepath.Join(t.TempDir(), "ceremony"))
	if there, _ := filepath.Glob(filepath.Join(store, "*", "vk")); len(there) != 0 {
		t.Errorf("keys were made: %v", there)
	}
}

// cube is a circuit small enough for the sample file.
type cube struct {
	X    frontend.Variable
	Y, Z frontend.Variable `gnark:",public"`
}

func (c *cube) Define(api frontend.API) error {
	square := api.Mul(c.X, c.X)
	api.AssertIsEqual(c.Y, api.Mul(square, c.X))
	api.AssertIsEqual(c.Z, api.Add(c.X, 1))
	return nil
}

// cut.ptau is the beginning of small.ptau: another file of the same powers.
func TestSetup_KnowsKeysFromAnotherFileOfTheirPowers(t *testing.T) {
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &cube{})
	if err != nil {
		t.Fatal(err)
	}
	circuit := &setup.Circuit{ID: "cube/plonk", CS: compiled, Constraints: compiled.GetNbConstraints(), PublicInputs: 2, Backend: statement.Plonk, Domain: 8}
	h := sha256.New()
	if _, err := compiled.WriteTo(h); err != nil {
		t.Fatal(err)
	}
	h.Sum(circuit.Digest[:0])
	store, err := setup.OpenStore(filepath.Join(t.TempDir(), "keys"))
	if err != nil {
		t.Fatal(err)
	}
	powers := powersIn(t, "small.ptau", 3)
	made, err := store.InstallPlonk(t.Context(), circuit, powers, false, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := &program{console.Console{Log: zerolog.Nop()}}
	other := powersIn(t, "cut.ptau", 2)
	if other.Provenance.String() == made.Provenance {
		t.Fatal("the files have one provenance")
	}
	r, err := p.madeFrom(t.Context(), store, circuit, other, time.Now())
	if err != nil || r.Provenance != made.Provenance {
		t.Errorf("the same powers: %+v, %v", r, err)
	}
	_, _, _, g2 := bn254.Generators()
	other.Tau.Add(&other.Tau, &g2)
	other.Provenance = powers.Provenance
	if _, err := p.madeFrom(t.Context(), store, circuit, other, time.Now()); !errors.Is(err, setup.ErrHasKeys) {
		t.Errorf("other powers under the same name: %v", err)
	}
}

func powersIn(t *testing.T, name string, power int) *setup.Powers {
	t.Helper()
	srs, err := ptau.Read(t.Context(), ptauFile(name), ptau.Options{Power: power})
	if err != nil {
		t.Fatal(err)
	}
	return setup.PowersOf(srs)
}

// arranged puts options before operands, as the command line wants them.
func arranged(args []string) []string {
	for i, a := range args {
		if a[0] == '-' {
			return append(append([]string{}, args[i:]...), args[:i]...)
		}
	}
	return args
}
