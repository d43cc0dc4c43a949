package groth16_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	gnark "github.com/consensys/gnark/backend/groth16"
	gnarkbn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

// cubes has nine public inputs, each the cube of a secret.
type cubes struct {
	Cube [9]frontend.Variable `gnark:",public"`
	Root [9]frontend.Variable
}

func (c *cubes) Define(api frontend.API) error {
	for i := range c.Cube {
		api.AssertIsEqual(c.Cube[i], api.Mul(c.Root[i], c.Root[i], c.Root[i]))
	}
	return nil
}

// real is a key and a proof made by gnark, with gnark's own verdict at hand.
type real struct {
	vk     *gnarkbn254.VerifyingKey
	key    *groth16.VerifyingKey
	proof  *groth16.Proof
	inputs []fr.Element
}

var fixture = sync.OnceValue(func() *real {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, new(cubes))
	must(err)
	pk, vk, err := gnark.Setup(ccs)
	must(err)
	var assignment cubes
	for i := range assignment.Cube {
		n := i + 2
		assignment.Root[i], assignment.Cube[i] = n, n*n*n
	}
	w, err := frontend.NewWitness(&assignment, ecc.BN254.ScalarField())
	must(err)
	proof, err := gnark.Prove(ccs, pk, w)
	must(err)
	public, err := w.Public()
	must(err)
	return adapt(vk.(*gnarkbn254.VerifyingKey), proof.(*gnarkbn254.Proof), public)
})

func adapt(vk *gnarkbn254.VerifyingKey, p *gnarkbn254.Proof, public witness.Witness) *real {
	return &real{
		vk: vk,
		key: &groth16.VerifyingKey{
			Alpha: vk.G1.Alpha, Beta: vk.G2.Beta, Gamma: vk.G2.Gamma, Delta: vk.G2.Delta, K: vk.G1.K,
		},
		proof:  &groth16.Proof{Ar: p.Ar, Bs: p.Bs, Krs: p.Krs},
		inputs: public.Vector().(fr.Vector),
	}
}

// gnarkAccepts is the oracle.
func (r *real) gnarkAccepts(inputs []fr.Element, p *groth16.Proof) bool {
	return gnarkbn254.Verify(&gnarkbn254.Proof{Ar: p.Ar, Bs: p.Bs, Krs: p.Krs}, r.vk, inputs) == nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func TestVerify_AcceptsGnarksProof(t *testing.T) {
	r := fixture()
	if err := r.key.Verify(r.inputs, r.proof); err != nil {
		t.Fatal(err)
	}
	if err := r.key.VerifyBatch([][]fr.Element{r.inputs, r.inputs}, []*groth16.Proof{r.proof, r.proof}); err != nil {
		t.Fatal(err)
	}
}

func TestVerify_RejectsEachInputChangedAlone(t *testing.T) {
	r := fixture()
	for i := range r.inputs {
		for _, lie := range lies(r.inputs[i]) {
			inputs := append([]fr.Element(nil), r.inputs...)
			inputs[i] = lie
			if err := r.key.Verify(inputs, r.proof); !errors.Is(err, groth16.ErrInvalidProof) {
				t.Errorf("input %d as %s: got %v, want ErrInvalidProof", i, lie.String(), err)
			}
			if r.gnarkAccepts(inputs, r.proof) {
				t.Errorf("gnark accepts input %d as %s", i, lie.String())
			}
		}
	}
}

// lies are wrong values for an input: off by one, negated, 0, 2^64, r-1.
func lies(x fr.Element) []fr.Element {
	one := fr.One()
	var up, negated, zero, wide, last fr.Element
	up.Add(&x, &one)
	negated.Neg(&x)
	wide.SetUint64(1 << 63).Double(&wide)
	last.Neg(&one)
	return []fr.Element{up, negated, zero, wide, last}
}

// TestVerify_AgreesWithGnark changes proofs in every way that keeps valid
// points; the accepted ones are re-randomisations, which no verifier can tell.
func TestVerify_AgreesWithGnark(t *testing.T) {
	r := fixture()
	p := *r.proof
	var g1 bn254.G1Affine
	var g2 bn254.G2Affine
	_, _, g1, g2 = bn254.Generators()
	rows := []struct {
		name  string
		proof groth16.Proof
		want  bool
	}{
		{"as proven", p, true},
		{"(-A, -B, C)", groth16.Proof{Ar: negG1(p.Ar), Bs: negG2(p.Bs), Krs: p.Krs}, true},
		{"(A, B+δ, C+A)", groth16.Proof{Ar: p.Ar, Bs: addG2(p.Bs, r.key.Delta), Krs: addG1(p.Krs, p.Ar)}, true},
		{"-A alone", groth16.Proof{Ar: negG1(p.Ar), Bs: p.Bs, Krs: p.Krs}, false},
		{"-B alone", groth16.Proof{Ar: p.Ar, Bs: negG2(p.Bs), Krs: p.Krs}, false},
		{"-C alone", groth16.Proof{Ar: p.Ar, Bs: p.Bs, Krs: negG1(p.Krs)}, false},
		{"A and C swapped", groth16.Proof{Ar: p.Krs, Bs: p.Bs, Krs: p.Ar}, false},
		{"A plus the generator", groth16.Proof{Ar: addG1(p.Ar, g1), Bs: p.Bs, Krs: p.Krs}, false},
		{"B plus the generator", groth16.Proof{Ar: p.Ar, Bs: addG2(p.Bs, g2), Krs: p.Krs}, false},
		{"C plus the generator", groth16.Proof{Ar: p.Ar, Bs: p.Bs, Krs: addG1(p.Krs, g1)}, false},
		{"α, β, and the generator", groth16.Proof{Ar: r.key.Alpha, Bs: r.key.Beta, Krs: g1}, false},
	}
	for _, row := range rows {
		got := r.key.Verify(r.inputs, &row.proof) == nil
		if got != row.want || got != r.gnarkAccepts(r.inputs, &row.proof) {
			t.Errorf("%s: got %v, want %v and what gnark says", row.name, got, row.want)
		}
	}
}

// FuzzVerify_AgreesWithGnark moves each point by a multiple of a generator or of a
// point of the key, and one input.
func FuzzVerify_AgreesWithGnark(f *testing.F) {
	r := fixture()
	f.Add(uint64(0), uint64(0), uint64(0), uint64(0), uint8(0))
	f.Add(uint64(1), uint64(0), uint64(0), uint64(0), uint8(1))
	f.Add(uint64(0), uint64(1), uint64(0), uint64(0), uint8(2))
	f.Add(uint64(0), uint64(0), uint64(1<<63), uint64(0), uint8(3))
	f.Add(uint64(0), uint64(0), uint64(0), uint64(1), uint8(4))
	f.Fuzz(func(t *testing.T, a, b, c, x uint64, i uint8) {
		p := groth16.Proof{
			Ar:  addG1(r.proof.Ar, simulator.G1(fr.NewElement(a))),
			Bs:  addG2(r.proof.Bs, simulator.G2(fr.NewElement(b))),
			Krs: addG1(r.proof.Krs, simulator.G1(fr.NewElement(c))),
		}
		inputs := append([]fr.Element(nil), r.inputs...)
		dx := fr.NewElement(x)
		inputs[int(i)%len(inputs)].Add(&inputs[int(i)%len(inputs)], &dx)
		got := r.key.Verify(inputs, &p) == nil
		if got != (a|b|c|x == 0) || got != r.gnarkAccepts(inputs, &p) {
			t.Fatalf("got %v, gnark %v", got, r.gnarkAccepts(inputs, &p))
		}
	})
}

func TestVerify_RejectsWrongNumberOfInputs(t *testing.T) {
	r := fixture()
	for _, inputs := range [][]fr.Element{nil, r.inputs[:8], append(r.inputs[:9:9], fr.One())} {
		if err := r.key.Verify(inputs, r.proof); err == nil || !strings.Contains(err.Error(), "the verifying key takes 9") {
			t.Errorf("%d inputs: got %v, want an error about the number", len(inputs), err)
		}
	}
}

func TestVerify_RejectsUnsoundPoints(t *testing.T) {
	r := fixture()
	lies := map[string]func(*groth16.Proof){
		"A at infinity":   func(p *groth16.Proof) { p.Ar.SetInfinity() },
		"B at infinity":   func(p *groth16.Proof) { p.Bs.SetInfinity() },
		"C at infinity":   func(p *groth16.Proof) { p.Krs.SetInfinity() },
		"A off the curve": func(p *groth16.Proof) { p.Ar.X.SetUint64(5) },
		"C off the curve": func(p *groth16.Proof) { p.Krs.Y.SetUint64(5) },
		"B off the curve": func(p *groth16.Proof) { p.Bs.X.A0.SetUint64(5) },
		"B in no subgroup": func(p *groth16.Proof) {
			p.Bs = outsideSubgroup()
		},
	}
	for name, lie := range lies {
		p := *r.proof
		lie(&p)
		if err := r.key.Verify(r.inputs, &p); !errors.Is(err, groth16.ErrInvalidProof) {
			t.Errorf("%s: got %v, want ErrInvalidProof", name, err)
		}
		b := p.Bytes()
		if _, err := groth16.ParseProof(b[:]); err == nil {
			t.Errorf("%s: parsed", name)
		}
	}
	if err := r.key.Verify(r.inputs, nil); !errors.Is(err, groth16.ErrInvalidProof) {
		t.Errorf("no proof: got %v, want ErrInvalidProof", err)
	}
}

// outsideSubgroup is a point of the twist whose order is not the prime.
func outsideSubgroup() bn254.G2Affine {
	var p bn254.G2Affine
	for x := uint64(1); ; x++ {
		p.X.A0.SetUint64(x)
		y := p.X
		y.Square(&y).Mul(&y, &p.X)
		b := twistB()
		y.Add(&y, &b)
		if y.Legendre() == 1 {
			p.Y.Sqrt(&y)
			if p.IsOnCurve() && !p.IsInSubGroup() {
				return p
			}
		}
	}
}

// twistB is the twist's constant, taken from its generator: y² - x³.
func twistB() (b bn254.E2) {
	_, _, _, g := bn254.Generators()
	x := g.X
	x.Square(&x).Mul(&x, &g.X)
	b.Square(&g.Y).Sub(&b, &x)
	return b
}

type g1 = bn254.G1Affine

func negG1(p bn254.G1Affine) bn254.G1Affine { p.Neg(&p); return p }
func negG2(p bn254.G2Affine) bn254.G2Affine { p.Neg(&p); return p }
func addG1(p, q bn254.G1Affine) bn254.G1Affine {
	p.Add(&p, &q)
	return p
}
func addG2(p, q bn254.G2Affine) bn254.G2Affine {
	p.Add(&p, &q)
	return p
}
