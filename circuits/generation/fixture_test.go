package generation

import (
	"bytes"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

var (
	cidSmall  = statement.CircuitID{Binding: statement.CID, Size: statement.Small}
	artSmall  = statement.CircuitID{Binding: statement.Art, Size: statement.ArtSmall}
	rootSmall = statement.CircuitID{Binding: statement.Root, Size: statement.Small}

	rootSmallPlonk = statement.CircuitID{Binding: statement.Root, Size: statement.Small, Backend: statement.Plonk}
	cidSmallPlonk  = statement.CircuitID{Binding: statement.CID, Size: statement.Small, Backend: statement.Plonk}
)

func key(t testing.TB, seed byte) *eddsa.PrivateKey {
	t.Helper()
	k, err := eddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func text(t testing.TB, s string) attribute.Slot {
	t.Helper()
	slot, err := attribute.OfText(s)
	if err != nil {
		t.Fatal(err)
	}
	return slot
}

// foxes is a model of three layers: a ghost's eyes are closed, no laser eyes in the void.
func foxes(t testing.TB) *model.Model {
	return &model.Model{
		Layers: []model.Layer{
			{Tables: [][]model.Row{{{Text: "Midnight", Weight: 60}, {Text: "Aurora", Weight: 30}, {Text: "Void", Weight: 10, Next: 1}}}},
			{Tables: [][]model.Row{
				{{Text: "Round", Weight: 80}, {Text: "Laser", Weight: 15}, {Text: "Closed", Weight: 5, Next: 1}},
				{{Text: "Round", Weight: 80}, {Text: "Closed", Weight: 5, Next: 1}},
			}},
			{Tables: [][]model.Row{
				{{Text: "Arctic", Weight: 50}, {Text: "Red", Weight: 49}},
				{{Text: "Arctic", Weight: 50}, {Text: "Red", Weight: 49}, {Text: "Ghost", Weight: 1}},
			}},
		},
		Facts:    []attribute.Slot{text(t, "CC0-1.0"), attribute.OfUint(35)},
		Artifact: [32]byte{1, 2, 3},
		Salt:     fr.NewElement(777),
	}
}

// rules is: license in [CC0-1.0, owned] && safety >= 0.80 && epsilon < 8.1 && consent, over
// the slots Background, Eyes, Lineage, license, safety, consent, training_license, epsilon.
func rules() *policy.Program {
	return &policy.Program{
		Schema:  fr.NewElement(4242),
		Numeric: []bool{false, false, false, false, true, true, false, true},
		Clauses: [][]policy.Literal{
			{{Slot: 3, Operand: attribute.TextHash("CC0-1.0")}, {Slot: 3, Operand: attribute.TextHash("owned")}},
			{{Slot: 4, Op: policy.Less, Negate: true, Operand: fr.NewElement(80)}},
			{{Slot: 7, Op: policy.Less, Operand: fr.NewElement(81)}},
			{{Slot: 5, Operand: fr.NewElement(1)}},
		},
	}
}

// painted gives each row of a model its sprite: ghosts, and what is not written here, paint nothing.
func painted(t testing.TB, m *model.Model, size statement.Size) *art.Art {
	t.Helper()
	if size.HasNetwork() {
		a, _, _ := networked(t, m, size)
		return a
	}
	a := &art.Art{Palette: make(picture.Palette, size.Frame.Colours()), Order: picture.Order{0, 2, 1}}
	for i := range a.Palette {
		a.Palette[i] = [4]byte{byte(16 * i), byte(255 - 16*i), byte(i), 255}
	}
	for l := range m.Layers {
		for s := range m.Layers[l].Tables {
			for i := range m.Layers[l].Tables[s] {
				row := &m.Layers[l].Tables[s][i]
				if row.Text != "" && row.Text != "Ghost" {
					row.Payload = elementsOf(t, size, spriteOf(size, l, row.Text))
				}
			}
		}
	}
	var err error
	if m.Picture, err = a.Commitment(size); err != nil {
		t.Fatal(err)
	}
	return a
}

// spriteOf is a band over the square, another one for each layer, in colours that the text gives.
func spriteOf(size statement.Size, layer int, text string) picture.Sprite {
	s := make(picture.Sprite, size.Frame.Pixels())
	for i := range s {
		if y := i / size.Frame.Side; layer == 0 || y%(layer+2) == 0 {
			s[i] = byte(1 + (i+len(text)*7+int(text[0]))%(size.Frame.Colours()-1))
		}
	}
	return s
}

func elementsOf(t testing.TB, size statement.Size, s picture.Sprite) []fr.Element {
	t.Helper()
	e, err := size.Frame.Elements(s)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func foxTemplate(t testing.TB, size statement.Size) *document.Template {
	t.Helper()
	return templateOf(t, size, policy.IDs{First: 1, Supply: 10000})
}

func templateOf(t testing.TB, size statement.Size, ids policy.IDs) *document.Template {
	t.Helper()
	c := document.Config{
		Constants: []document.Member{{Key: "description", Value: "Foxes drawn by a committed model."}},
		Image:     "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png",
		Name:      "Nebula Foxes #{id}",
		Fields: []document.Field{
			{Slot: 0, Type: attribute.Type{Kind: attribute.Text}, Label: "Background"},
			{Slot: 1, Type: attribute.Type{Kind: attribute.Text}, Label: "Eyes"},
			{Slot: size.Layers + 1, Type: attribute.Type{Kind: attribute.Decimal, Scale: 2}, Label: "Safety"},
		},
		First: ids.First, Supply: ids.Supply,
	}
	if size.IsArt() {
		c.Image = ""
		c.Fields = append(c.Fields, document.Field{Slot: size.ImageSlot(), Type: attribute.Type{Kind: attribute.Digest, Codec: attribute.Raw}, Member: "image"})
	}
	tpl, err := document.New(size, c)
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// fox returns a token whose every clause holds.
func fox(t testing.TB, circuit statement.CircuitID, id uint64) *Token {
	t.Helper()
	token := unsigned(t, circuit, id)
	sign(t, token, key(t, 1))
	return token
}

func unsigned(t testing.TB, circuit statement.CircuitID, id uint64) *Token {
	t.Helper()
	token := &Token{
		Circuit: circuit, Model: foxes(t), Program: rules(), IDs: policy.IDs{First: 1, Supply: 10000}, Template: foxTemplate(t, circuit.Size),
		Authority: key(t, 1).Public(), Seed: fr.NewElement(11), Blind: fr.NewElement(22), Beacon: fr.NewElement(33),
		Recipient: [20]byte{19: 9}, ID: id,
		Claims: []attribute.Slot{text(t, "owned"), attribute.OfUint(97), attribute.OfBool(true)},
	}
	if circuit.Size.IsArt() {
		token.Art = painted(t, token.Model, circuit.Size)
		token.Program.Numeric = append(token.Program.Numeric, false)
	}
	return token
}

// sign signs the token's claims as they are.
func sign(t testing.TB, token *Token, k *eddsa.PrivateKey) { t.Helper(); signIn(t, token, k) }

// signIn signs them for a statement with other commitments than the token's.
func signIn(t testing.TB, token *Token, k *eddsa.PrivateKey, restate ...func(*statement.Statement)) {
	t.Helper()
	r := &Result{}
	for _, step := range []func(*Token, *Result) error{draw, paint, commit} {
		if err := step(token, r); err != nil {
			t.Fatal(err)
		}
	}
	for _, change := range restate {
		change(&r.Statement)
	}
	var err error
	if token.Signature, err = claim.Sign(k, r.message(token)); err != nil {
		t.Fatal(err)
	}
}

// forge is Generate without its checks: what a prover who lies can compute, about a statement
// with other commitments than the token's.
func forge(t testing.TB, token *Token, restate ...func(*statement.Statement)) *Result {
	t.Helper()
	r := &Result{}
	restated := func(_ *Token, r *Result) error {
		for _, change := range restate {
			change(&r.Statement)
		}
		return nil
	}
	unjudged := func(token *Token, r *Result) error {
		r.Slots = append(r.Slots, token.Claims...)
		return gather(token, r)
	}
	for _, step := range []func(*Token, *Result) error{draw, paint, commit, restated, unjudged, seal, bind, assign} {
		if err := step(token, r); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

// forgeSigned is forge of a token whose authority signs whatever picture it gets.
func forgeSigned(t testing.TB, token *Token, restate ...func(*statement.Statement)) *Result {
	t.Helper()
	signIn(t, token, key(t, 1), restate...)
	return forge(t, token, restate...)
}

// repaint gives the result another picture, which the authority signs, and makes the salts fit.
func (r *Result) repaint(t testing.TB, token *Token, image []byte) {
	t.Helper()
	if r.Image == nil {
		return
	}
	r.Image = image
	copy(r.Slots[token.Circuit.Size.ImageSlot():], r.images())
	var err error
	if token.Signature, err = claim.Sign(key(t, 1), r.message(token)); err != nil {
		t.Fatal(err)
	}
	r.Salts = attribute.Salts(token.Blind, token.ID, r.message(token), len(r.Slots))
}

// rebind makes the result's root, document and assignment fit its slots, texts and salts.
func (r *Result) rebind(t testing.TB, token *Token) {
	t.Helper()
	leaves := make([]fr.Element, len(r.Slots))
	for i := range leaves {
		leaves[i] = attribute.Leaf(r.Slots[i], r.Salts[i])
	}
	r.Root = attribute.Root(leaves)
	for _, step := range []func(*Token, *Result) error{bind, assign} {
		if err := step(token, r); err != nil {
			t.Fatal(err)
		}
	}
}

// widened is the small token in a circuit of any size.
func widened(t testing.TB, circuit statement.CircuitID) *Token {
	t.Helper()
	token := unsigned(t, circuit, 42)
	small, size := statement.Small, circuit.Size
	for len(token.Claims) < size.Claims {
		token.Claims = append(token.Claims, attribute.Slot{})
	}
	move := func(slot int) int { // of the small size to that of the circuit's
		switch {
		case slot >= small.Layers+small.Claims:
			return slot - small.Layers - small.Claims + size.Layers + size.Claims
		case slot >= small.Layers:
			return slot - small.Layers + size.Layers
		}
		return slot
	}
	program := &policy.Program{Schema: token.Program.Schema, Numeric: make([]bool, size.Slots())}
	for i, numeric := range token.Program.Numeric[:small.Slots()] {
		program.Numeric[move(i)] = numeric
	}
	for _, clause := range token.Program.Clauses {
		moved := append([]policy.Literal{}, clause...)
		for i := range moved {
			moved[i].Slot = move(moved[i].Slot)
		}
		program.Clauses = append(program.Clauses, moved)
	}
	token.Program = program
	sign(t, token, key(t, 1))
	return token
}
