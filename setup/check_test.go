package setup

import (
	"context"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

// Each row changes the keys so that one check alone can refuse them.
func TestKeysCheck_RefusesMismatch(t *testing.T) {
	s, c := openStore(t), compilePower(t, "toy/power", 4)
	_, _, g1, g2 := bn254.Generators()
	for _, tc := range []struct {
		name   string
		change func(k *Groth16Keys)
		want   string
	}{
		{"alpha", func(k *Groth16Keys) { k.Proving.G1.Alpha = g1 }, "another verifying key"},
		{"beta", func(k *Groth16Keys) { k.Proving.G2.Beta = g2 }, "another verifying key"},
		{"delta", func(k *Groth16Keys) { k.Proving.G2.Delta = g2 }, "another verifying key"},
		{"degenerate", func(k *Groth16Keys) { k.Verifying.Gamma = k.Verifying.Delta }, "verifying key: "},
		{"public inputs", func(k *Groth16Keys) { k.Verifying.K = append(k.Verifying.K, k.Verifying.Alpha) }, "3 public inputs, want 2"},
		{"domain", func(k *Groth16Keys) { k.Proving.Domain.Cardinality *= 2 }, "domain"},
		{"commitment", func(k *Groth16Keys) { k.Proving.CommitmentKeys = make([]pedersen.ProvingKey, 1) }, "commitments"},
		{"points at infinity of A", func(k *Groth16Keys) { k.Proving.NbInfinityA++ }, "number of points"},
		{"points at infinity of B", func(k *Groth16Keys) { k.Proving.NbInfinityB++ }, "number of points"},
		{"wires of A", func(k *Groth16Keys) { k.Proving.InfinityA = append(k.Proving.InfinityA, false) }, "number of points"},
		{"wires of B", func(k *Groth16Keys) { k.Proving.InfinityB = append(k.Proving.InfinityB, false) }, "number of points"},
		{"G2.B", func(k *Groth16Keys) { k.Proving.G2.B = k.Proving.G2.B[1:] }, "number of points"},
		{"K", func(k *Groth16Keys) { k.Proving.G1.K = k.Proving.G1.K[1:] }, "number of points"},
		{"Z", func(k *Groth16Keys) { k.Proving.G1.Z = k.Proving.G1.Z[1:] }, "number of points"},
	} {
		keys, _ := keysOf(t, s, c)
		if err := keys.check(); err != nil {
			t.Fatal(err)
		}
		tc.change(keys)
		if err := keys.check(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
}

// unused has a public input in no constraint: any value of it would verify.
type unused struct {
	X       frontend.Variable
	Y, Lost frontend.Variable `gnark:",public"`
}

func (c *unused) Define(api frontend.API) error {
	api.AssertIsEqual(api.Mul(c.X, c.X), c.Y)
	return nil
}

func TestKeys_UnusedPublicInputIsRefused(t *testing.T) {
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &unused{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := newCircuit("toy/unused", compiled.(*cs.R1CS))
	if err != nil {
		t.Fatal(err)
	}
	s := openStore(t)
	if _, err := s.Groth16Keys(context.Background(), c, nil); err == nil || !strings.Contains(err.Error(), "verifying key: ") {
		t.Errorf("got %v, want the verifying key refused", err)
	}
	assertTidy(t, s.Dir())
}
