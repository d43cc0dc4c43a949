package groth16

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/rangecheck"

	"github.com/genproof/genproof/verifier/groth16"
)

// mixed multiplies factors of every kind: a public product, wires in A alone, in B too.
type mixed struct {
	Product frontend.Variable `gnark:",public"`
	Factors [7]frontend.Variable
}

func (c *mixed) Define(api frontend.API) error {
	product := frontend.Variable(1)
	for _, f := range c.Factors {
		square := api.Mul(f, f)
		product = api.Mul(api.Add(product, square), api.Add(f, 3))
	}
	api.AssertIsEqual(product, c.Product)
	return nil
}

// minusOne is a scalar of full length that stands for a small number.
var minusOne = new(big.Int).Sub(fr.Modulus(), big.NewInt(1))

var factors = [7]*big.Int{
	big.NewInt(0), big.NewInt(1), big.NewInt(2), new(big.Int).SetUint64(1<<64 - 1),
	new(big.Int).Lsh(big.NewInt(1), 64), minusOne, new(big.Int).Rsh(fr.Modulus(), 1),
}

func (c *mixed) assigned() *mixed {
	product := big.NewInt(1)
	for i, f := range factors {
		c.Factors[i] = f
		product.Add(product, new(big.Int).Mul(f, f))
		product.Mul(product, new(big.Int).Add(f, big.NewInt(3)))
		product.Mod(product, fr.Modulus())
	}
	c.Product = product
	return c
}

// setUp compiles a circuit and makes its keys.
func setUp(t testing.TB, c frontend.Circuit) (*cs.R1CS, *gnark.ProvingKey, *gnark.VerifyingKey) {
	t.Helper()
	logger.Disable()
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
	if err != nil {
		t.Fatal(err)
	}
	pk, vk := new(gnark.ProvingKey), new(gnark.VerifyingKey)
	if err := gnark.Setup(system.(*cs.R1CS), pk, vk); err != nil {
		t.Fatal(err)
	}
	return system.(*cs.R1CS), pk, vk
}

func witnessOf(t testing.TB, c frontend.Circuit) witness.Witness {
	t.Helper()
	w, err := frontend.NewWitness(c, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// public returns the public part of w.
func public(t testing.TB, w witness.Witness) fr.Vector {
	t.Helper()
	p, err := w.Public()
	if err != nil {
		t.Fatal(err)
	}
	return p.Vector().(fr.Vector)
}

// TestProve_VerifiesWithGnark lets gnark's verifier judge, and finds all three points of
// two proofs of one witness different: each is blinded.
func TestProve_VerifiesWithGnark(t *testing.T) {
	system, pk, vk := setUp(t, &mixed{})
	p, err := New(system, pk)
	if err != nil {
		t.Fatal(err)
	}
	w := witnessOf(t, new(mixed).assigned())
	inputs := public(t, w)
	var proofs [2]*groth16.Proof
	for i := range proofs {
		if proofs[i], err = p.Prove(w); err != nil {
			t.Fatal(err)
		}
		theirs := &gnark.Proof{Ar: proofs[i].Ar, Bs: proofs[i].Bs, Krs: proofs[i].Krs}
		if err := gnark.Verify(theirs, vk, inputs); err != nil {
			t.Error(err)
		}
		if err := gnark.Verify(theirs, vk, fr.Vector{fr.NewElement(5)}); err == nil {
			t.Error("the proof holds for another product")
		}
	}
	if a, b := proofs[0], proofs[1]; a.Ar.Equal(&b.Ar) || a.Bs.Equal(&b.Bs) || a.Krs.Equal(&b.Krs) {
		t.Error("two proofs have a point in common")
	}
}

// TestJoin_BlindsEachSum proves from given sums, and looks at what is added to α + A and β + B,
// which depend on the witness alone: rδ and sδ, neither of them nothing, and r not s, as
// e(rδ, δ) = e(δ, sδ) would show.
func TestJoin_BlindsEachSum(t *testing.T) {
	system, pk, _ := setUp(t, &mixed{})
	p, err := New(system, pk)
	if err != nil {
		t.Fatal(err)
	}
	solution, err := p.Solve(witnessOf(t, new(mixed).assigned()))
	if err != nil {
		t.Fatal(err)
	}
	chains, sums := p.Chains(solution)
	for _, piece := range slices.Concat(chains...) {
		if err := piece.Do(); err != nil {
			t.Fatal(err)
		}
	}
	a, b := new(bn254.G1Jac).Set(sums.A), new(bn254.G2Jac).Set(sums.B2)
	a.AddMixed(&pk.G1.Alpha)
	b.AddMixed(&pk.G2.Beta)
	proof, err := p.join(sums)
	if err != nil {
		t.Fatal(err)
	}
	ar, bs := new(bn254.G1Jac).FromAffine(&proof.Ar), new(bn254.G2Jac).FromAffine(&proof.Bs)
	byR := new(bn254.G1Affine).FromJacobian(ar.SubAssign(a))
	byS := new(bn254.G2Affine).FromJacobian(bs.SubAssign(b))
	if byR.IsInfinity() || byS.IsInfinity() {
		t.Error("a point of the proof is not blinded")
	}
	minusDelta := new(bn254.G1Affine).Neg(&pk.G1.Delta)
	same, err := bn254.PairingCheck([]bn254.G1Affine{*byR, *minusDelta}, []bn254.G2Affine{pk.G2.Delta, *byS})
	if err != nil || same {
		t.Errorf("both points are blinded by the same number: %v, %v", same, err)
	}
}

func TestProve_TellsNothingOfAWrongWitness(t *testing.T) {
	system, pk, _ := setUp(t, &mixed{})
	p, err := New(system, pk)
	if err != nil {
		t.Fatal(err)
	}
	wrong := new(mixed).assigned()
	wrong.Factors[2] = 987654321
	if _, err := p.Prove(witnessOf(t, wrong)); err != ErrUnsatisfied {
		t.Errorf("got %v, want ErrUnsatisfied alone", err)
	}
}

// committed has a commitment of gnark's, by way of a range check.
type committed struct{ X frontend.Variable }

func (c *committed) Define(api frontend.API) error {
	rangecheck.New(api).Check(c.X, 20)
	return nil
}

// TestNew_RefusesWhatDoesNotFit changes the key, one size at a time.
func TestNew_RefusesWhatDoesNotFit(t *testing.T) {
	withCommitment, committedKey, _ := setUp(t, &committed{})
	if _, err := New(withCommitment, committedKey); err == nil || !strings.Contains(err.Error(), "commitments") {
		t.Errorf("a circuit with a commitment: %v", err)
	}
	system, pk, _ := setUp(t, &mixed{})
	for name, change := range map[string]func(pk *gnark.ProvingKey){
		"a smaller domain":  func(pk *gnark.ProvingKey) { pk.Domain.Cardinality, pk.G1.Z = 8, pk.G1.Z[:7] },
		"fewer points H":    func(pk *gnark.ProvingKey) { pk.G1.Z = pk.G1.Z[1:] },
		"fewer points A":    func(pk *gnark.ProvingKey) { pk.G1.A = pk.G1.A[1:] },
		"fewer wires A":     func(pk *gnark.ProvingKey) { pk.InfinityA = withoutOne(pk.InfinityA) },
		"fewer B in G1":     func(pk *gnark.ProvingKey) { pk.G1.B = pk.G1.B[1:] },
		"fewer B in G2":     func(pk *gnark.ProvingKey) { pk.G2.B = pk.G2.B[1:] },
		"fewer points B":    func(pk *gnark.ProvingKey) { pk.G1.B, pk.G2.B = pk.G1.B[1:], pk.G2.B[1:] },
		"fewer wires B":     func(pk *gnark.ProvingKey) { pk.InfinityB = withoutOne(pk.InfinityB) },
		"fewer points K":    func(pk *gnark.ProvingKey) { pk.G1.K = pk.G1.K[1:] },
		"commitments' keys": func(pk *gnark.ProvingKey) { pk.CommitmentKeys = committedKey.CommitmentKeys },
	} {
		changed := *pk
		change(&changed)
		if _, err := New(system, &changed); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := New(withCommitment, pk); err == nil || !strings.Contains(err.Error(), "commitments") {
		t.Errorf("a system with a commitment: %v", err)
	}
}

// withoutOne leaves out a wire that has no point.
func withoutOne(absent []bool) []bool {
	i := slices.Index(absent, true)
	return slices.Delete(slices.Clone(absent), i, i+1)
}
