package unique_test

import (
	"bytes"
	"crypto/sha256"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/internal/unique"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
)

// A world is an assignment that is true, and what repairs it when it is forged.
type world struct {
	assignment frontend.Circuit
	repair     unique.Repair
}

// forger returns a forger of a system.
func (in world) forger(t *testing.T, s *unique.System, system *cs.R1CS) *unique.Forger {
	t.Helper()
	w, err := frontend.NewWitness(in.assignment, circuittest.Field())
	if err != nil {
		t.Fatal(err)
	}
	solution, err := system.Solve(w)
	if err != nil {
		t.Fatal(err)
	}
	f, err := unique.NewForger(s, system, solution.(*cs.R1CSSolution).W, in.repair)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// token is a token whose three clauses hold, in a circuit of any size.
// paint gives each row of the token's model a sprite, and returns the slot of the image.
func paint(t *testing.T, token *generation.Token) []attribute.Slot {
	t.Helper()
	size := token.Circuit.Size
	token.Art = &art.Art{Palette: make(picture.Palette, size.Frame.Colours()), Order: picture.Order{1, 0}}
	if size.HasNetwork() {
		token.Art.Net = someNet(size.Network)
	}
	for _, layer := range token.Model.Layers {
		for _, table := range layer.Tables {
			for i := range table {
				if size.HasNetwork() {
					table[i].Payload = token.Art.Net.From[0][i]
					continue
				}
				sprite := make(picture.Sprite, size.Frame.Pixels())
				for p := range sprite {
					sprite[p] = byte((p*p + len(table[i].Text)) % size.Frame.Colours())
				}
				var err error
				if table[i].Payload, err = size.Frame.Elements(sprite); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	var err error
	if token.Model.Picture, err = token.Art.Commitment(size); err != nil {
		t.Fatal(err)
	}
	p, err := generation.Paint(size, token.Model, token.Art, token.Seed, token.Beacon, token.ID)
	if err != nil {
		t.Fatal(err)
	}
	return []attribute.Slot{attribute.OfDigest(sha256.Sum256(p.File))}
}

// someNet is a network of small weights.
func someNet(s network.Shape) *network.Net {
	n := &network.Net{}
	for i, l := range s.Layers() {
		row := make([]int64, l.Out)
		for input := range l.In + 1 {
			for j := range row {
				row[j] = int64((7*input+11*j)%13) - 6
			}
			if input == 0 {
				n.Bias[i] = l.Pack(row)
			} else {
				n.From[i] = append(n.From[i], l.Pack(row))
			}
		}
	}
	return n
}

func token(t *testing.T, id statement.CircuitID) world {
	t.Helper()
	size := id.Size
	key, err := eddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	token := &generation.Token{
		Circuit: id, Authority: key.Public(), Seed: fr.NewElement(11), Blind: fr.NewElement(22), Beacon: fr.NewElement(1<<60 + 33),
		Recipient: [20]byte{19: 9}, ID: 42, Claims: make([]attribute.Slot, size.Claims),
		Model: &model.Model{
			Layers: []model.Layer{
				{Tables: [][]model.Row{{{Text: "Day", Weight: 60}, {Text: "Night", Weight: 40, Next: 1}}}},
				{Tables: [][]model.Row{{{Text: "Round", Weight: 80}, {Text: "Closed", Weight: 5}}, {{Text: "Laser", Weight: 1}}}},
			},
			Facts: []attribute.Slot{attribute.OfUint(35)}, Artifact: [32]byte{1, 2, 3}, Salt: fr.NewElement(777),
		},
		Program: &policy.Program{
			Schema: fr.NewElement(4711), Numeric: make([]bool, size.Slots()),
			Clauses: [][]policy.Literal{
				{{Slot: size.Layers, Op: policy.Equals, Operand: attribute.TextHash("owned")}, {Slot: size.Layers, Op: policy.Equals, Operand: attribute.TextHash("free")}},
				{{Slot: size.Layers + 1, Op: policy.Less, Negate: true, Operand: fr.NewElement(80)}},
				{{Slot: size.Layers + size.Claims, Op: policy.Less, Operand: fr.NewElement(81)}},
			},
		},
	}
	token.Claims[0] = attribute.Slot{Value: attribute.TextHash("owned"), Present: true}
	token.Claims[1] = attribute.OfUint(97)
	token.Program.Numeric[size.Layers+1], token.Program.Numeric[size.Layers+size.Claims] = true, true
	config := document.Config{
		Constants: []document.Member{{Key: "description", Value: "Drawn by a committed model."}},
		Image:     "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png", Name: "Fox #{id}",
		Fields: []document.Field{
			{Slot: 0, Type: attribute.Type{Kind: attribute.Text}, Label: "Sky"},
			{Slot: size.Layers + 1, Type: attribute.Type{Kind: attribute.Decimal, Scale: 2}, Label: "Safety"},
		},
		First: 1, Supply: 10000,
	}
	var image []attribute.Slot
	if size.IsArt() {
		image = paint(t, token)
		config.Image = ""
		config.Fields = append(config.Fields, document.Field{Slot: size.ImageSlot(), Type: attribute.Type{Kind: attribute.Digest, Codec: attribute.Raw}, Member: "image"})
	}
	if token.Template, err = document.New(size, config); err != nil {
		t.Fatal(err)
	}
	commitment, err := token.Model.Commitment(size)
	if err != nil {
		t.Fatal(err)
	}
	token.IDs = policy.IDs{First: 1, Supply: 10000}
	judged, err := token.Program.Drawn(size, token.IDs)
	if err != nil {
		t.Fatal(err)
	}
	scope := claim.Scope{Policy: judged, Model: commitment, Seeds: generation.Seeds(token.Seed, token.Blind), Beacon: token.Beacon}
	sign := func(scope claim.Scope) eddsa.Signature {
		s, err := claim.Sign(key, claim.Message(scope, token.ID, slices.Concat(token.Claims, image)))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	token.Signature = sign(scope)
	r, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	return world{r.Assignment, func(now func(fr.Element) fr.Element) map[fr.Element]fr.Element {
		anew := sign(claim.Scope{Policy: now(scope.Policy), Model: now(scope.Model), Seeds: now(scope.Seeds), Beacon: now(scope.Beacon)})
		return map[fr.Element]fr.Element{token.Signature.RX: anew.RX, token.Signature.RY: anew.RY, number(token.Signature): number(anew)}
	}}
}

func number(s eddsa.Signature) (x fr.Element) {
	x.SetBytes(s.S[:])
	return x
}

// batch is the first batch of a deck that has one.
func batch(t *testing.T, id statement.CircuitID) world {
	t.Helper()
	b, _ := newDeck(t, id.Size)
	r, err := deck.Generate(b)
	if err != nil {
		t.Fatal(err)
	}
	return world{assignment: r.Assignment}
}

// cardClaim is a claim about that deck's second card, of the deck's own rule.
func cardClaim(t *testing.T, id statement.CircuitID) world {
	t.Helper()
	b, hashes := newDeck(t, id.Size)
	p := b.Places[1]
	r, err := rule.Generate(&rule.Claim{
		Size: id.Size, Program: b.Program, Home: b.Home, N: b.N, Card: 1, Slots: p.Slots, Digest: p.Digest, Bytes: p.Size,
		Batch: hashes, Path: b.Path, Facts: b.Facts, Context: rule.Audience{Name: "a reader"}.Context(),
	})
	if err != nil {
		t.Fatal(err)
	}
	return world{assignment: r.Assignment}
}

// newDeck returns a deck of one batch, of cards for which the policy holds, and their hashes.
func newDeck(t *testing.T, size statement.Size) (*deck.Batch, []fr.Element) {
	t.Helper()
	blind := fr.NewElement(99)
	seal := func(place uint64, slot int, s attribute.Slot) deck.Sealed {
		return deck.Sealed{Slot: s, Salt: deck.Salt(blind, place, slot, s)}
	}
	b := &deck.Batch{Size: size, Home: fr.NewElement(0xabcdef), N: uint64(size.Cards)}
	b.Program = &policy.Program{
		Schema: fr.NewElement(4711), Numeric: make([]bool, size.Slots()),
		Clauses: [][]policy.Literal{
			{{Slot: 0, Op: policy.Less, Operand: fr.NewElement(1000)}},
			{{Slot: 1, Op: policy.Equals, Operand: attribute.TextHash("Fox")}},
		},
	}
	b.Program.Numeric[0] = true
	for slot := range size.Facts {
		b.Facts = append(b.Facts, seal(1<<63, size.CardSlots()+slot, attribute.OfUint(7)))
	}
	var hashes []fr.Element
	for i := range size.Cards {
		p := deck.Place{Digest: sha256.Sum256([]byte{byte(i)}), Size: 1}
		card := deck.Card{Digest: p.Digest, Size: p.Size}
		var leaves []fr.Element
		for slot := range size.CardSlots() {
			s := []attribute.Slot{attribute.OfUint(uint64(10 + i)), {Value: attribute.TextHash("Fox"), Present: true}, {}}[min(slot, 2)]
			p.Slots = append(p.Slots, seal(uint64(i), slot, s))
			leaves = append(leaves, attribute.Leaf(s, p.Slots[slot].Salt))
		}
		card.Root = attribute.Root(leaves)
		hashes = append(hashes, card.Hash())
		b.Places = append(b.Places, p)
	}
	tree, err := deck.NewTree(size, hashes)
	if err != nil {
		t.Fatal(err)
	}
	b.Path = tree.Path(0)
	return b, hashes
}
