package chain_test

import (
	"crypto/sha256"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/groth16"
)

// A trapdoor is a key with its secrets: it makes an accepted proof of any statement, so
// that these tests need no circuit.
type trapdoor struct {
	alpha, beta, gamma, delta fr.Element
	k                         []fr.Element
	vk                        *groth16.VerifyingKey
}

// secret returns an element made of a seed.
func secret(seed string, i int) (e fr.Element) {
	h := sha256.Sum256([]byte{'t', byte(len(seed)), byte(i)})
	h = sha256.Sum256(append(h[:], seed...))
	e.SetBytes(h[:])
	return e
}

func g1(e fr.Element) (p bn254.G1Affine) {
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	return p
}

func g2(e fr.Element) (p bn254.G2Affine) {
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	return p
}

func newTrapdoor(seed string) *trapdoor { return newTrapdoorOf(seed, statement.NbInputs) }

// newTrapdoorOf is a key for statements of n inputs.
func newTrapdoorOf(seed string, n int) *trapdoor {
	t := &trapdoor{alpha: secret(seed, 0), beta: secret(seed, 1), gamma: secret(seed, 2), delta: secret(seed, 3)}
	t.vk = &groth16.VerifyingKey{Alpha: g1(t.alpha), Beta: g2(t.beta), Gamma: g2(t.gamma), Delta: g2(t.delta)}
	for i := range n + 1 {
		t.k = append(t.k, secret(seed, 4+i))
		t.vk.K = append(t.vk.K, g1(t.k[i]))
	}
	return t
}

// prove returns a proof: C = (a·b - α·β - x·γ) / δ.
func (t *trapdoor) prove(inputs []fr.Element) *groth16.Proof {
	var x, c, m fr.Element
	x = t.k[0]
	for i := range inputs {
		m.Mul(&inputs[i], &t.k[i+1])
		x.Add(&x, &m)
	}
	var a, b fr.Element
	a.MustSetRandom()
	b.MustSetRandom()
	c.Mul(&a, &b)
	m.Mul(&t.alpha, &t.beta)
	c.Sub(&c, &m)
	m.Mul(&x, &t.gamma)
	c.Sub(&c, &m)
	c.Div(&c, &t.delta)
	return &groth16.Proof{Ar: g1(a), Bs: g2(b), Krs: g1(c)}
}

// rerandomized returns another proof of the same statement, as anybody can make it who sees
// one: A/r, r·B + r·s·δ, C + s·A.
func rerandomized(vk *groth16.VerifyingKey, p *groth16.Proof) *groth16.Proof {
	r, s := secret("r", 0), secret("s", 0)
	var inverse, rs fr.Element
	inverse.Inverse(&r)
	rs.Mul(&r, &s)
	out := new(groth16.Proof)
	out.Ar.ScalarMultiplication(&p.Ar, inverse.BigInt(new(big.Int)))
	var shift bn254.G2Affine
	out.Bs.ScalarMultiplication(&p.Bs, r.BigInt(new(big.Int)))
	shift.ScalarMultiplication(&vk.Delta, rs.BigInt(new(big.Int)))
	out.Bs.Add(&out.Bs, &shift)
	var shiftC bn254.G1Affine
	shiftC.ScalarMultiplication(&p.Ar, s.BigInt(new(big.Int)))
	out.Krs.Add(&p.Krs, &shiftC)
	return out
}

// bundleOf is a token's bundle, proven with the trapdoor.
func (t *trapdoor) bundleOf(c bundle.Commitments, beacon fr.Element, recipient [20]byte, id uint64, doc string) *bundle.Bundle {
	b := &bundle.Bundle{
		Circuit: "cid/small", Document: doc, CID: document.CID([]byte(doc)), Key: bundle.Key{Digest: t.vk.Digest(), Provenance: provenance.UnsafeDevelopment},
		Statement: statement.Statement{
			Model: c.Model, Policy: c.Policy, Template: c.Template, Authority: c.Authority, Seeds: c.Seeds, Beacon: beacon,
			Recipient: recipient, ID: id, Metadata: sha256.Sum256([]byte(doc)),
		},
	}
	v := b.Statement.Vector()
	proof := t.prove(v[:]).Bytes()
	b.Proof = proof[:]
	return b
}

func TestTrapdoor_ProvesAndRerandomizes(t *testing.T) {
	d := newTrapdoor("a")
	inputs := make([]fr.Element, statement.NbInputs)
	for i := range inputs {
		inputs[i] = secret("inputs", i)
	}
	p := d.prove(inputs)
	if d.vk.Lint(statement.NbInputs) != nil || d.vk.Verify(inputs, p) != nil || d.vk.Verify(inputs, rerandomized(d.vk, p)) != nil {
		t.Fatal("the trapdoor's key or proof is not accepted")
	}
}
