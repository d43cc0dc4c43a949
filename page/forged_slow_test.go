//go:build prover_checks

package page

import (
	"crypto/sha256"
	"math/big"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/groth16"
)

// A forger made a key and kept its secrets: alpha, beta, gamma, delta, and one for each input.
type forger struct {
	secrets [4]fr.Element
	inputs  []fr.Element
	key     *groth16.VerifyingKey
}

func onG1(s fr.Element) (p bn254.G1Affine) {
	p.ScalarMultiplicationBase(s.BigInt(new(big.Int)))
	return p
}

func onG2(s fr.Element) (p bn254.G2Affine) {
	p.ScalarMultiplicationBase(s.BigInt(new(big.Int)))
	return p
}

func newForger() *forger {
	f := &forger{inputs: make([]fr.Element, statement.NbInputs+1)}
	for i := range f.secrets {
		f.secrets[i].MustSetRandom()
	}
	s := f.secrets
	f.key = &groth16.VerifyingKey{Alpha: onG1(s[0]), Beta: onG2(s[1]), Gamma: onG2(s[2]), Delta: onG2(s[3])}
	for i := range f.inputs {
		f.inputs[i].MustSetRandom()
		f.key.K = append(f.key.K, onG1(f.inputs[i]))
	}
	return f
}

// prove proves anything: e(A,B) = e(alpha,beta) e(x,gamma) e(C,delta) is solved for C.
func (f *forger) prove(inputs []fr.Element) []byte {
	x := f.inputs[0]
	var a, b, c, m fr.Element
	for i := range inputs {
		x.Add(&x, m.Mul(&inputs[i], &f.inputs[i+1]))
	}
	a.MustSetRandom()
	b.MustSetRandom()
	c.Mul(&a, &b)
	c.Sub(&c, m.Mul(&f.secrets[0], &f.secrets[1]))
	c.Sub(&c, m.Mul(&x, &f.secrets[2]))
	c.Div(&c, &f.secrets[3])
	proof := (&groth16.Proof{Ar: onG1(a), Bs: onG2(b), Krs: onG1(c)}).Bytes()
	return proof[:]
}

// forged is the published drop with a trait that was never drawn, under the forger's key, which
// the description calls one of a ceremony.
func forged(t *testing.T) (dir, shown string) {
	t.Helper()
	f := newForger()
	key := bundle.Key{Digest: f.key.Digest(), Provenance: "ceremony:" + strings.Repeat("0a", 32) + ":300:drand:" + strings.Repeat("0b", 32) + ":7"}
	dir = filepath.Join(t.TempDir(), "out")
	put(t, dir, bundle.KeyFile, f.key.Bytes())
	d, err := bundle.UnmarshalDescription(read(t, published, bundle.DescriptionFile))
	if err != nil {
		t.Fatal(err)
	}
	d.Key = key
	data, err := d.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, bundle.DescriptionFile, data)
	b, err := bundle.Unmarshal(read(t, published, bundle.BundlePath(2)))
	if err != nil {
		t.Fatal(err)
	}
	b.Key, b.Document = key, strings.Replace(b.Document, `"Round"`, `"Lasor"`, 1)
	b.CID, b.Statement.Metadata = document.CID([]byte(b.Document)), sha256.Sum256([]byte(b.Document))
	inputs := b.Statement.Vector()
	b.Proof = f.prove(inputs[:])
	if data, err = b.Marshal(); err != nil {
		t.Fatal(err)
	}
	put(t, dir, bundle.BundlePath(2), data)
	put(t, dir, bundle.DocumentPath(b.CID), []byte(b.Document))
	return dir, "Lasor"
}

// Whoever made a key forges what he likes: the page never calls it proven, whatever the
// description says of the key, and rejects it under the key that the reader has.
func TestSlowPage_NeverCallsAForgeryProven(t *testing.T) {
	dir, trait := forged(t)
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	got := p.judged(t, "folder", dir)
	if got.Level != "amber" || got.Line != honest+" (4 reservations): 1 token" || strings.Join(got.Badges, " ") != "amber" {
		t.Errorf("got %+v", got)
	}
	text := eval[string](t, p, `document.getElementById("result").innerText`)
	for _, want := range []string{trait, "Where it comes from is the description's word. genproof ceremony verify checks a ceremony", "It was published with the proofs: get it from somebody you trust", "said to be ceremony:"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q:\n%s", want, text)
		}
	}
	if n := eval[int](t, p, `document.querySelectorAll("#result [data-level=proven]").length`); n != 0 || strings.Contains(eval[string](t, p, `document.querySelector(".card").innerText`), "proven") {
		t.Errorf("%d things are green, and the card says proven", n)
	}
	eval[any](t, p, `document.getElementById("result").replaceChildren()`)
	p.give(t, "own-key", filepath.Join(published, bundle.KeyFile))
	if got := p.verdict(t); got.Level != "rejected" || len(got.Reasons) != 1 {
		t.Errorf("under the reader's key: got %+v", got)
	}
	p.quiet(t)
}
