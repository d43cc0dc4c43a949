package verifier_test

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

// world is a drop whose proofs are simulated: everything a verifier sees is as
// it should be, and whoever holds the world can prove any lie.
type world struct {
	*simulator.Simulator
	desc    *bundle.Description
	program *policy.Program
	bundles []*bundle.Bundle
}

var shown = []string{"Laser", "Arctic"} // texts of the shown traits 0 and 2

func newWorld(t testing.TB, circuit string, tokens int) *world {
	t.Helper()
	w := &world{Simulator: simulator.New(42, statement.NbInputs)}
	w.describe(t, circuit)
	for id := range uint64(tokens) {
		w.bundles = append(w.bundles, w.bundle(t, id+1))
	}
	return w
}

func (w *world) describe(t testing.TB, circuit string) {
	t.Helper()
	beacon := bundle.Beacon{ChainID: 31337, Contract: [20]byte{1}, Entropy: [32]byte{2}, Source: "a test"}
	beacon.Value = beacon.Derive()
	w.desc = &bundle.Description{
		Version: bundle.Version, Name: "Nebula Foxes", FirstID: 1, Supply: 9999, IDWidth: 4, Circuit: circuit,
		Authority: bundle.Authority{Key: authority(t, 7).Bytes(), SelfAsserted: true},
		Traits:    []bundle.Attribute{bundle.ShownTrait("Eyes"), bundle.HiddenAttribute("Mood", "text"), bundle.ShownTrait("Fur")},
		Claims:    []bundle.Attribute{bundle.HiddenAttribute("safety", "decimal(2)")},
		Facts:     []bundle.Attribute{bundle.HiddenAttribute("license", "text")},
		Template: bundle.Template{
			Constants: []bundle.Member{{Key: "description", Value: "Foxes."}}, Image: "ipfs://bafy/{id:04}.png", Name: "Fox #{id:04}",
			Order: []bundle.Placed{{Slot: 0}, {Slot: 2}},
		},
		Policy: "claim.safety >= 0.80",
		Commitments: bundle.Commitments{
			Model: w.Scalar(), Seeds: w.Scalar(), Authority: claim.AuthorityCommitment(authority(t, 7)),
		},
		Beacon: beacon,
		Key:    bundle.Key{Digest: w.Key.Digest(), Provenance: provenance.UnsafeDevelopment},
	}
	w.program = &policy.Program{Schema: w.desc.Schema(), Numeric: make([]bool, statement.Small.Slots())}
	w.program.Numeric[3] = true
	w.program.Clauses = [][]policy.Literal{{{Slot: 3, Op: policy.Less, Negate: true, Operand: fr.NewElement(80)}}}
	commitment, err := w.program.Drawn(statement.Small, w.desc.IDs())
	if err != nil {
		t.Fatal(err)
	}
	w.desc.Commitments.Policy = commitment
	w.desc.Commitments.Template = w.template(t).Commitment()
	if w.desc.Program, err = bundle.ProgramOf(w.program, w.desc.Infos(), nil); err != nil {
		t.Fatal(err)
	}
}

func authority(t testing.TB, seed byte) eddsa.PublicKey {
	t.Helper()
	k, err := eddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	return k.Public()
}

func (w *world) template(t testing.TB) *document.Template {
	t.Helper()
	template, err := document.New(statement.Small, w.desc.DocumentConfig())
	if err != nil {
		t.Fatal(err)
	}
	return template
}

// bundle makes a token's bundle with a proof.
func (w *world) bundle(t testing.TB, id uint64) *bundle.Bundle {
	t.Helper()
	slots := make([]attribute.Slot, statement.Small.Slots())
	slots[0] = attribute.Slot{Value: attribute.TextHash(shown[0]), Present: true}
	slots[1] = attribute.Slot{Value: attribute.TextHash("Grim"), Present: true}
	slots[2] = attribute.Slot{Value: attribute.TextHash(shown[1]), Present: true}
	salts := attribute.Salts(fr.NewElement(99), id, fr.NewElement(98), len(slots))
	leaves := make([]fr.Element, len(slots))
	for i := range leaves {
		leaves[i] = attribute.Leaf(slots[i], salts[i])
	}
	b := &bundle.Bundle{Circuit: w.desc.Circuit, Statement: w.statement(id), Key: w.desc.Key, Root: attribute.Root(leaves)}
	w.fill(t, b, shown[0], shown[1])
	if w.binding(t) == statement.Root {
		b.Openings = &bundle.Openings{Leaves: leaves, Salts: []bundle.Salt{{Slot: 0, Salt: salts[0]}, {Slot: 2, Salt: salts[2]}}}
	}
	return b
}

func (w *world) binding(t testing.TB) statement.Binding {
	t.Helper()
	id, err := statement.ParseCircuitID(w.desc.Circuit)
	if err != nil {
		t.Fatal(err)
	}
	return id.Binding
}

func (w *world) statement(id uint64) statement.Statement {
	c := w.desc.Commitments
	return statement.Statement{
		Model: c.Model, Policy: c.Policy, Template: c.Template, Authority: c.Authority, Seeds: c.Seeds,
		Beacon: w.desc.Beacon.Value, ID: id,
	}
}

// fill renders the document with other texts and does what follows from it.
func (w *world) fill(t testing.TB, b *bundle.Bundle, eyes, fur string) {
	t.Helper()
	values := make([]document.Value, statement.Small.Slots())
	values[0] = document.OfText(eyes)
	if fur != "" { // else absent
		values[2] = document.OfText(fur)
	}
	doc, err := w.template(t).Render(b.Statement.ID, b.Root, values)
	if err != nil {
		t.Fatal(err)
	}
	w.seal(t, b, string(doc))
}

// seal puts a document into the bundle, binds it and proves the statement.
func (w *world) seal(t testing.TB, b *bundle.Bundle, doc string) {
	t.Helper()
	b.Document, b.CID = doc, document.CID([]byte(doc))
	b.Statement.Metadata = sha256.Sum256([]byte(doc))
	if w.binding(t) == statement.Root {
		b.Statement.Metadata = b.Root.Bytes()
	}
	w.prove(b)
}

func (w *world) prove(b *bundle.Bundle) {
	vector := b.Statement.Vector()
	proof := w.Prove(vector[:]...).Bytes()
	b.Proof = proof[:]
}

func (w *world) options() verifier.Options {
	return verifier.Options{Key: w.Key, KeyProvenance: provenance.UnsafeDevelopment, Program: w.program}
}

func (w *world) verify(t testing.TB) *verifier.Report {
	t.Helper()
	r, err := verifier.Verify(t.Context(), w.desc, w.bundles, w.options())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// otherKey is a sound key that is not the world's.
func otherKey() *groth16.VerifyingKey { return simulator.New(43, statement.NbInputs).Key }
