package plonk_test

import (
	"crypto/sha256"
	"errors"
	"math/big"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/plonk"
)

// cubes has nine public inputs, each the cube of a secret.
type cubes struct {
	Cube [9]frontend.Variable `gnark:",public"`
	Root [9]frontend.Variable
}

func (c *cubes) Define(api frontend.API) error {
	for i := range c.Cube {
		api.AssertIsEqual(c.Cube[i], api.Mul(c.Root[i], c.Root[i], api.Add(c.Root[i], 0)))
		api.AssertIsDifferent(api.Add(c.Root[i], c.Cube[i], 3), 0)
	}
	return nil
}

// real is a key and proofs made by gnark, with gnark's own verdict at hand.
type real struct {
	vk     *gnark.VerifyingKey
	key    *plonk.VerifyingKey
	proof  *plonk.Proof // with statistical zero knowledge
	plain  *plonk.Proof // without
	inputs []fr.Element
}

var fixture = sync.OnceValue(func() *real {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, new(cubes))
	must(err)
	system := ccs.(*cs.SparseR1CS)
	domain := ecc.NextPowerOfTwo(uint64(system.GetNbConstraints() + system.GetNbPublicVariables()))
	srs, err := kzg.NewSRS(domain+3, big.NewInt(123456789))
	must(err)
	lagrange, err := kzg.ToLagrangeG1(srs.Pk.G1[:domain])
	must(err)
	pk, vk, err := gnark.Setup(system, *srs, kzg.SRS{Pk: kzg.ProvingKey{G1: lagrange}})
	must(err)
	var assignment cubes
	for i := range assignment.Cube {
		n := i + 2
		assignment.Root[i], assignment.Cube[i] = n, n*n*n
	}
	w, err := frontend.NewWitness(&assignment, ecc.BN254.ScalarField())
	must(err)
	proof, err := gnark.Prove(system, pk, w, backend.WithStatisticalZeroKnowledge())
	must(err)
	plain, err := gnark.Prove(system, pk, w)
	must(err)
	public, err := w.Public()
	must(err)
	return &real{
		vk: vk, proof: adapt(proof), plain: adapt(plain), inputs: public.Vector().(fr.Vector),
		key: &plonk.VerifyingKey{
			Size: vk.Size, Inputs: int(vk.NbPublicVariables), S: vk.S,
			Ql: vk.Ql, Qr: vk.Qr, Qm: vk.Qm, Qo: vk.Qo, Qk: vk.Qk, Tau: vk.Kzg.G2[1],
		},
	}
})

func adapt(p *gnark.Proof) *plonk.Proof {
	own, err := plonk.ParseProof(p.MarshalSolidity())
	must(err)
	return own
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func TestVerify_AcceptsGnarksProofs(t *testing.T) {
	r := fixture()
	for name, p := range map[string]*plonk.Proof{"blinded": r.proof, "plain": r.plain} {
		if err := r.key.Verify(r.inputs, p); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := r.key.Check(r.inputs, p.Bytes()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestVerify_RejectsEachInputChangedAlone(t *testing.T) {
	r := fixture()
	for i := range r.inputs {
		inputs := append([]fr.Element(nil), r.inputs...)
		one := fr.One()
		inputs[i].Add(&inputs[i], &one)
		if err := r.key.Verify(inputs, r.proof); !errors.Is(err, plonk.ErrInvalidProof) {
			t.Errorf("input %d: got %v, want ErrInvalidProof", i, err)
		}
	}
	for _, n := range []int{0, 8, 10} {
		if err := r.key.Verify(make([]fr.Element, n), r.proof); err == nil || errors.Is(err, plonk.ErrInvalidProof) {
			t.Errorf("%d inputs: got %v", n, err)
		}
	}
}

// points and scalars of a proof, to change.
func parts(p *plonk.Proof) (points []*bn254.G1Affine, scalars []*fr.Element) {
	return []*bn254.G1Affine{&p.L, &p.R, &p.O, &p.H[0], &p.H[1], &p.H[2], &p.Z, &p.AtZeta, &p.AtZetaOmega},
		[]*fr.Element{&p.AtL, &p.AtR, &p.AtO, &p.AtS1, &p.AtS2, &p.AtZ}
}

func TestVerify_RejectsEachPartChangedAlone(t *testing.T) {
	r := fixture()
	_, _, g1, _ := bn254.Generators()
	points, scalars := parts(r.proof)
	for i := range points {
		for name, change := range map[string]func(p *bn254.G1Affine){
			"another":  func(p *bn254.G1Affine) { p.Add(p, &g1) },
			"negative": func(p *bn254.G1Affine) { p.Neg(p) },
			"infinity": func(p *bn254.G1Affine) { *p = bn254.G1Affine{} },
			"off":      func(p *bn254.G1Affine) { p.X.SetUint64(5) },
		} {
			p := *r.proof
			points, _ := parts(&p)
			change(points[i])
			if err := r.key.Verify(r.inputs, &p); !errors.Is(err, plonk.ErrInvalidProof) {
				t.Errorf("point %d, %s: got %v", i, name, err)
			}
		}
	}
	for i := range scalars {
		p := *r.proof
		_, scalars := parts(&p)
		one := fr.One()
		scalars[i].Add(scalars[i], &one)
		if err := r.key.Verify(r.inputs, &p); !errors.Is(err, plonk.ErrInvalidProof) {
			t.Errorf("value %d: got %v", i, err)
		}
	}
	mixed := *r.proof
	mixed.AtZeta = r.plain.AtZeta
	if err := r.key.Verify(r.inputs, &mixed); !errors.Is(err, plonk.ErrInvalidProof) {
		t.Errorf("another proof's opening: got %v", err)
	}
	if err := r.key.Verify(r.inputs, nil); !errors.Is(err, plonk.ErrInvalidProof) {
		t.Errorf("no proof: got %v", err)
	}
}

// Every part of the key is in the equation or in the challenges.
func TestVerify_RejectsUnderEachOtherKey(t *testing.T) {
	r := fixture()
	_, _, g1, g2 := bn254.Generators()
	for i := range keyPoints(r.key) {
		vk := *r.key
		p := keyPoints(&vk)[i]
		p.Add(p, &g1)
		if err := vk.Verify(r.inputs, r.proof); !errors.Is(err, plonk.ErrInvalidProof) {
			t.Errorf("point %d: got %v", i, err)
		}
	}
	vk := *r.key
	vk.Tau.Add(&vk.Tau, &g2)
	if err := vk.Verify(r.inputs, r.proof); !errors.Is(err, plonk.ErrInvalidProof) {
		t.Errorf("tau: got %v", err)
	}
	vk = *r.key
	vk.Size *= 2
	if err := vk.Verify(r.inputs, r.proof); !errors.Is(err, plonk.ErrInvalidProof) {
		t.Errorf("size: got %v", err)
	}
}

func keyPoints(vk *plonk.VerifyingKey) []*bn254.G1Affine {
	return []*bn254.G1Affine{&vk.S[0], &vk.S[1], &vk.S[2], &vk.Ql, &vk.Qr, &vk.Qm, &vk.Qo, &vk.Qk}
}

func TestLint_RefusesEachDegenerateKey(t *testing.T) {
	r := fixture()
	_, _, g1, g2 := bn254.Generators()
	var tau, minus bn254.G1Affine
	tau.ScalarMultiplication(&g1, big.NewInt(123456789)) // the fixture's
	minus.Neg(&g1)
	times := func(n int64) (p bn254.G1Affine) {
		p.ScalarMultiplication(&tau, big.NewInt(n))
		return p
	}
	rows := []struct {
		want   string
		change func(vk *plonk.VerifyingKey)
	}{
		{"a domain of 0", func(vk *plonk.VerifyingKey) { vk.Size = 0 }},
		{"in a domain of 1", func(vk *plonk.VerifyingKey) { vk.Size = 1 }},
		{"a domain of 96", func(vk *plonk.VerifyingKey) { vk.Size = 96 }},
		{"a domain of 536870912", func(vk *plonk.VerifyingKey) { vk.Size = 1 << 29 }},
		{"0 public inputs", func(vk *plonk.VerifyingKey) { vk.Inputs = 0 }},
		{"257 public inputs", func(vk *plonk.VerifyingKey) { vk.Inputs, vk.Size = 257, 1<<10 }},
		{"public inputs, want 1 to 256, in a domain of 8", func(vk *plonk.VerifyingKey) { vk.Size = 8 }},
		{"tau: the point is at infinity", func(vk *plonk.VerifyingKey) { vk.Tau = bn254.G2Affine{} }},
		{"tau: the point is not on the curve", func(vk *plonk.VerifyingKey) { vk.Tau.X = g2.X }},
		{"tau: the point is not in the prime-order subgroup", func(vk *plonk.VerifyingKey) { vk.Tau = outside() }},
		{"tau is the generator", func(vk *plonk.VerifyingKey) { vk.Tau = g2 }},
		{"tau is the generator", func(vk *plonk.VerifyingKey) { vk.Tau.Neg(&g2) }},
		{"S1 equals S2", func(vk *plonk.VerifyingKey) { vk.S[1].Neg(&vk.S[0]) }},
		{"S2 equals S3", func(vk *plonk.VerifyingKey) { vk.S[2] = vk.S[1] }},
		{"S1 is the identity", func(vk *plonk.VerifyingKey) { vk.S[0] = tau }},
		{"S2 is the identity", func(vk *plonk.VerifyingKey) { vk.S[1] = times(5) }},
		{"S3 is the identity", func(vk *plonk.VerifyingKey) { vk.S[2] = times(25) }},
	}
	for i, name := range []string{"S1", "S2", "S3", "Ql", "Qr", "Qm", "Qo", "Qk"} {
		rows = append(rows, []struct {
			want   string
			change func(vk *plonk.VerifyingKey)
		}{
			{name + ": the point is at infinity", func(vk *plonk.VerifyingKey) { *keyPoints(vk)[i] = bn254.G1Affine{} }},
			{name + ": the point is not on the curve", func(vk *plonk.VerifyingKey) { keyPoints(vk)[i].X.SetUint64(5) }},
		}...)
	}
	for _, row := range rows {
		vk := *r.key
		row.change(&vk)
		errs := map[string]error{"Lint": vk.Lint(9), "Verify": vk.Verify(r.inputs, r.proof), "Check": vk.Check(r.inputs, r.proof.Bytes())}
		if _, err := plonk.ParseVerifyingKey(vk.Bytes()); vk.Size > 1 && vk.Size != 96 && vk.Size < 1<<29 {
			errs["ParseVerifyingKey"] = err
		}
		errs["CheckAll"] = vk.CheckAll([][]fr.Element{r.inputs}, [][]byte{r.proof.Bytes()})[0]
		for place, err := range errs {
			if err == nil || !strings.Contains(err.Error(), row.want) || errors.Is(err, plonk.ErrInvalidProof) {
				t.Errorf("%s: got %v, want %s", place, err, row.want)
			}
		}
	}
	if (*plonk.VerifyingKey)(nil).Lint(9) == nil || r.key.Lint(9) != nil || r.key.Lint(8) == nil {
		t.Error("no key passes, or the honest one does not")
	}
}

// outside is a point of the twist that is not in the subgroup of prime order.
func outside() (p bn254.G2Affine) {
	_, _, _, g := bn254.Generators()
	var b, y bn254.E2
	b.Square(&g.X)
	b.Mul(&b, &g.X)
	y.Square(&g.Y)
	b.Sub(&y, &b)
	for i := uint64(1); ; i++ {
		p.X.A0.SetUint64(i)
		y.Square(&p.X)
		y.Mul(&y, &p.X)
		y.Add(&y, &b)
		if y.Legendre() == 1 {
			p.Y.Sqrt(&y)
			return p
		}
	}
}

func TestBytes_AreGnarksContractsAndParseBack(t *testing.T) {
	r := fixture()
	if len(r.proof.Bytes()) != plonk.ProofBytes {
		t.Fatalf("a proof has %d bytes", len(r.proof.Bytes()))
	}
	id := statement.CircuitID{Binding: statement.Root, Size: statement.Small, Backend: statement.Plonk}
	if plonk.ProofBytes != id.Backend.ProofBytes() || r.key.Backend() != id.Backend.String() {
		t.Errorf("the circuits' ids say %d bytes of %s", id.Backend.ProofBytes(), id.Backend.String())
	}
	again, err := plonk.ParseVerifyingKey(r.key.Bytes())
	if err != nil || *again != *r.key || len(r.key.Bytes()) != plonk.KeyBytes || !plonk.IsKey(r.key.Bytes()) {
		t.Fatalf("the key reads back as %v, %v", again, err)
	}
	if r.key.Digest() != sha256.Sum256(r.key.Bytes()) || r.key.NbInputs() != 9 {
		t.Error("the digest is not of the key's bytes, or its inputs are not nine")
	}
}

func TestParse_RefusesOtherForms(t *testing.T) {
	r := fixture()
	proof, key := r.proof.Bytes(), r.key.Bytes()
	edit := func(b []byte, at int, value ...byte) []byte {
		c := append([]byte(nil), b...)
		copy(c[at:], value)
		return c
	}
	full := make([]byte, 32)
	for i := range full {
		full[i] = 0xff
	}
	for _, b := range [][]byte{nil, proof[1:], append(proof[:len(proof):len(proof)], 0)} {
		if _, err := plonk.ParseProof(b); err == nil || !strings.Contains(err.Error(), "want 768") {
			t.Errorf("%d bytes: got %v", len(b), err)
		}
	}
	// Words 12 to 16 and 19 are scalars.
	for word := range len(proof) / 32 {
		if _, err := plonk.ParseProof(edit(proof, 32*word, full...)); err == nil {
			t.Errorf("word %d beyond its modulus is accepted", word)
		}
		reduced := r.proof.Bytes()[32*word : 32*word+32]
		modulus := fr.Modulus()
		if plus := new(big.Int).Add(new(big.Int).SetBytes(reduced), modulus); plus.BitLen() <= 256 {
			if _, err := plonk.ParseProof(edit(proof, 32*word, plus.FillBytes(make([]byte, 32))...)); err == nil {
				t.Errorf("word %d plus the modulus is accepted", word)
			}
		}
	}
	for name, b := range map[string][]byte{
		"short": key[1:], "long": append(key[:len(key):len(key)], 0), "none": nil,
		"tag": edit(key, 0, 'P'), "domain": edit(key, 4, 0xff), "domain of 2^29": edit(key, 5, 29),
		"inputs": edit(key, 6, 0xff), "coordinate": edit(key, 8, full...),
	} {
		if _, err := plonk.ParseVerifyingKey(b); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestCheckAll_TellsWhich(t *testing.T) {
	r := fixture()
	good, bad := r.proof.Bytes(), r.plain.Bytes()
	bad[32*12]++
	other := append([]fr.Element(nil), r.inputs...)
	other[3].SetUint64(7)
	// Good ones come after others: what they share is as it was.
	errs := r.key.CheckAll([][]fr.Element{r.inputs, r.inputs, other, r.inputs, nil, r.inputs, r.inputs}, [][]byte{good, bad, good, nil, good, good, good})
	for i, want := range []bool{true, false, false, false, false, true, true} {
		if (errs[i] == nil) != want {
			t.Errorf("proof %d: %v", i, errs[i])
		}
	}
	if !errors.Is(errs[2], plonk.ErrInvalidProof) {
		t.Errorf("another statement: %v", errs[2])
	}
}

func FuzzParseProof(f *testing.F) {
	r := fixture()
	f.Add(r.proof.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := plonk.ParseProof(b)
		if err != nil {
			return
		}
		if string(p.Bytes()) != string(b) {
			t.Error("it is written back to other bytes")
		}
		if r.key.Verify(r.inputs, p) == nil && string(b) != string(r.proof.Bytes()) {
			t.Error("a proof that nobody made is accepted")
		}
	})
}
