package statement

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/picture"
)

// A Size is what a circuit has room for. Sizes are parameters of one source.
type Size struct {
	Name     string
	Layers   int // trait layers
	Claims   int
	Facts    int
	Literals int // of the policy's program
	Blocks   int // of a document, besides its prefix and end
	Digests  int // blocks that can show a digest, see [Size.ShowsDigest]

	// Of pictures only, whose image is a slot behind the facts, and a network's scores are those behind it.
	Frame   picture.Frame
	Network network.Shape // none where sprites make the picture

	// Of decks only, whose Layers are 0 and whose Claims are the slots of a card.
	Cards int // of a batch
	Depth int // of the tree over batches, each node of 8
}

// The sizes of this version. Changing one is a new verifying key.
var (
	Small    = Size{Name: "small", Layers: 3, Claims: 3, Facts: 2, Literals: 8, Blocks: 5, Digests: 2}
	Standard = Size{Name: "standard", Layers: 8, Claims: 8, Facts: 4, Literals: 32, Blocks: 12, Digests: 6}
	Large    = Size{Name: "large", Layers: 20, Claims: 10, Facts: 8, Literals: 64, Blocks: 24, Digests: 8}

	ArtSmall = Size{Name: "small", Layers: 3, Claims: 3, Facts: 2, Literals: 8, Blocks: 6, Digests: 3,
		Frame: picture.Frame{Side: 16, Depth: 4}}
	ArtSprites = Size{Name: "sprites", Layers: 8, Claims: 8, Facts: 4, Literals: 32, Blocks: 12, Digests: 6,
		Frame: picture.Frame{Side: 24, Depth: 4}}

	ArtNetwork = Size{Name: "network", Layers: 8, Claims: 8, Facts: 4, Literals: 32, Blocks: 12, Digests: 6,
		Frame: picture.Frame{Side: 24, Depth: 4}, Network: network.Shape{Latents: 16, First: 96, Second: 48, Pixels: 576, Scores: 4}}

	DeckSmall    = Size{Name: "small", Claims: 8, Facts: 2, Literals: 8, Cards: 4, Depth: 3}
	DeckStandard = Size{Name: "standard", Claims: 24, Facts: 4, Literals: 32, Cards: 16, Depth: 4}
	DeckLarge    = Size{Name: "large", Claims: 48, Facts: 8, Literals: 64, Cards: 16, Depth: 5}
)

// Slots is the number of attributes: traits, then claims, then facts, then the image and scores.
func (s Size) Slots() int {
	n := s.Layers + s.Claims + s.Facts
	if s.IsArt() {
		n += 1 + s.Network.Scores
	}
	return n
}

// HasNetwork reports whether a network makes the picture.
func (s Size) HasNetwork() bool { return s.Network != network.Shape{} }

// IsArt reports whether the circuit proves a picture.
func (s Size) IsArt() bool { return s.Frame != picture.Frame{} }

// Payload is how many elements each row of a layer holds beside its text: those of its sprite, or
// what it adds to the network's first layer.
func (s Size) Payload() int {
	switch {
	case !s.IsArt():
		return 0
	case s.HasNetwork():
		return s.Network.Payload()
	}
	return s.Frame.SpriteElements()
}

// ImageSlot is the slot of the image's digest; -1 where the circuit proves none.
func (s Size) ImageSlot() int {
	if !s.IsArt() {
		return -1
	}
	return s.Layers + s.Claims + s.Facts
}

// ShowsDigest reports whether block i of a document can show a digest: each second one, the last of
// them the last block, since a digest's head takes a block in front of it.
func (s Size) ShowsDigest(i int) bool {
	behind := s.Blocks - 1 - i
	return behind%2 == 0 && behind/2 < s.Digests
}

// CardSlots is the number of attributes of a deck's card, without the deck's facts.
func (s Size) CardSlots() int { return s.Claims }

// MaxCards is the most cards of a deck.
func (s Size) MaxCards() uint64 { return uint64(s.Cards) << (3 * s.Depth) }

// A Binding says what a statement is about: what its metadata hash is, a deck, or a card of one.
type Binding string

const (
	CID  Binding = "cid"       // the SHA-256 of the document, which is the digest of its CID
	Root Binding = "root"      // the root itself
	Art  Binding = "art"       // as CID, of a document that shows the digest of the image, which is proven too
	Deck Binding = "deck"      // the cards of a batch: a statement of its own, see package deck
	Rule Binding = "rule/deck" // a rule for one card of a deck: a claim, see package rule
)

// A Backend is a proof system. The zero value is Groth16.
type Backend uint8

// The proof systems. The same statement is compiled for each: as an R1CS for Groth16, as a
// sparse one for PLONK.
const (
	Groth16 Backend = iota
	Plonk
)

// Backends returns all proof systems.
func Backends() []Backend { return []Backend{Groth16, Plonk} }

// String returns groth16 or plonk.
func (b Backend) String() string {
	if b == Plonk {
		return "plonk"
	}
	return "groth16"
}

// ParseBackend reads what [Backend.String] writes.
func ParseBackend(s string) (Backend, error) {
	for _, b := range Backends() {
		if b.String() == s {
			return b, nil
		}
	}
	return Groth16, fmt.Errorf("there is no backend %.40q, use groth16 or plonk", s)
}

// ProofBytes is the length of its proofs.
func (b Backend) ProofBytes() int {
	if b == Plonk {
		return 768
	}
	return 256
}

// A CircuitID names a circuit: "cid/standard", "rule/deck/standard", or "root/standard/plonk".
type CircuitID struct {
	Binding Binding
	Size    Size
	Backend Backend
}

// String returns BINDING/SIZE, and for PLONK BINDING/SIZE/plonk.
func (c CircuitID) String() string {
	s := string(c.Binding) + "/" + c.Size.Name
	if c.Backend != Groth16 {
		s += "/" + c.Backend.String()
	}
	return s
}

// Circuits returns every circuit: those of Groth16, then those of PLONK, each smaller ones
// first.
func Circuits() []CircuitID {
	var ids []CircuitID
	for _, b := range Backends() {
		ids = append(ids, CircuitsOf(b)...)
	}
	return ids
}

// CircuitsOf returns the circuits of a proof system, smaller ones first. PLONK pays for every
// term of a long sum, so of its circuits with SHA-256 in them there is the small one only.
func CircuitsOf(b Backend) []CircuitID {
	if b == Plonk {
		return []CircuitID{{Root, Small, Plonk}, {CID, Small, Plonk}, {Root, Standard, Plonk}, {Root, Large, Plonk}}
	}
	var ids []CircuitID
	for _, size := range []Size{Small, Standard, Large} {
		ids = append(ids, CircuitID{CID, size, b}, CircuitID{Root, size, b})
	}
	for _, size := range []Size{ArtSmall, ArtSprites, ArtNetwork} {
		ids = append(ids, CircuitID{Art, size, b})
	}
	for _, size := range []Size{DeckSmall, DeckStandard, DeckLarge} {
		ids = append(ids, CircuitID{Deck, size, b})
	}
	for _, size := range []Size{DeckSmall, DeckStandard, DeckLarge} {
		ids = append(ids, CircuitID{Rule, size, b})
	}
	return ids
}

// DrawnBy returns the circuits of a proof system that prove tokens of drawn drops.
func DrawnBy(b Backend) []CircuitID {
	return slices.DeleteFunc(CircuitsOf(b), func(c CircuitID) bool { return !c.IsDrawn() })
}

// IsDrawn reports whether the circuit proves tokens of drawn drops.
func (c CircuitID) IsDrawn() bool { return c.BindsDocument() || c.Binding == Root }

// BindsDocument reports whether a statement's metadata is the SHA-256 of the token's document.
func (c CircuitID) BindsDocument() bool { return c.Binding == CID || c.Binding == Art }

// ParseCircuitID reads what [CircuitID.String] writes.
func ParseCircuitID(s string) (CircuitID, error) {
	ids := Circuits()
	i := slices.IndexFunc(ids, func(c CircuitID) bool { return c.String() == s })
	if i >= 0 {
		return ids[i], nil
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.String()
	}
	return CircuitID{}, fmt.Errorf("circuit %.40q is unknown, use one of %s", s, strings.Join(names, ", "))
}
