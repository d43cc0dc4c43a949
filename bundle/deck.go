package bundle

import (
	"bytes"
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/statement"
)

// A Deck is the description of a deck: everything public about it that is not about a batch
// or a card. FORMAT.md, section 9, is normative.
type Deck struct {
	Version     uint64          `json:"version"`
	Name        string          `json:"name"`
	Circuit     string          `json:"circuit"`  // deck/small, deck/standard or deck/large
	Cards       uint64          `json:"cards"`    // N
	FirstID     uint64          `json:"first_id"` // token ids run from here to first_id + N - 1
	Assignment  string          `json:"assignment"`
	Documents   string          `json:"documents"`
	Spelling    string          `json:"spelling"`
	Home        *Home           `json:"home,omitempty"` // nil: for no contract
	Attesters   []Attester      `json:"attesters"`
	Attributes  []DeckAttribute `json:"attributes"` // traits, claims, facts, in the order of their slots
	Facts       DeckOpenings    `json:"facts"`
	Policy      string          `json:"policy"`  // the author's CEL text
	Program     Program         `json:"program"` // what is proven of it
	Commitments DeckCommitments `json:"commitments"`
	Key         Key             `json:"key"`
}

// DeckCommitments are a deck's constant public inputs.
type DeckCommitments struct {
	Model  fr.Element `json:"model"`
	Policy fr.Element `json:"policy"`
}

// A Home is who may sell a deck: an account on a chain.
type Home struct {
	ChainID uint64   `json:"chain_id"`
	Author  [20]byte `json:"author"`
}

// An Attester is whose approval the author promises.
type Attester struct {
	Role       string   `json:"role"`
	Threshold  uint64   `json:"threshold"`
	Identities []string `json:"identities"` // ed25519:HEX or eip155:CHAIN:ADDRESS
}

// A DeckAttribute is an attribute of each card, or of the whole deck if it is a fact.
type DeckAttribute struct {
	Section    string   `json:"section"`    // SectionTrait, SectionClaim or SectionFact
	Visibility string   `json:"visibility"` // Shown or Hidden
	Type       string   `json:"type"`       // an attribute.Type
	Name       string   `json:"name"`       // what a policy calls it
	Label      string   `json:"label"`      // what a document calls it, as trait_type; a claim's or fact's is its name
	Words      []string `json:"words"`      // an enum's vocabulary
}

// The sections. Documents of decks show traits alone. A picture and a network's scores are a drawn
// drop's, and no deck's.
const (
	SectionTrait   = "trait"
	SectionClaim   = "claim"
	SectionFact    = "fact"
	SectionPicture = "picture"
	SectionNet     = "net"
)

// How token ids are assigned to cards.
const (
	Fixed    = "fixed"    // token first_id + i shows card i
	Permuted = "permuted" // by a public permutation that is drawn after the sale
)

// When a deck's documents are published.
const (
	Open   = "open"   // before the sale
	Sealed = "sealed" // after the reveal
)

// How names and texts are spelled.
const (
	Strict      = "strict"       // by FORMAT.md, section 11
	AsPublished = "as-published" // as they were found: names may look alike
)

// What bounds a deck.
const (
	maxCards   = 8 << 18 // far above every circuit's
	maxWords   = strictjson.MaxItems
	maxFirstID = 1<<53 - 1
)

// IsDeck reports whether the JSON of a description is a deck's. It decides only what to
// read it as: the reader's rules are those of [UnmarshalDeck].
func IsDeck(description []byte) bool { return says(description, "circuit", string(statement.Deck)+"/") }

// says reports whether JSON has a text that begins so under a key, at whatever depth. A reader
// of JSON would do it better, and would be a tenth of the verifier for pages.
func says(data []byte, key, start string) bool {
	for rest, found := data, true; found; {
		var before []byte
		before, rest, found = bytes.Cut(rest, []byte(`"`+key+`"`))
		if bytes.HasSuffix(before, []byte(`\`)) {
			continue // it is the end of a text that quotes
		}
		value, is := bytes.CutPrefix(bytes.TrimLeft(rest, blanks), []byte(":"))
		if is && bytes.HasPrefix(bytes.TrimLeft(value, blanks), []byte(`"`+start)) {
			return true
		}
	}
	return false
}

const blanks = " \t\r\n" // between the tokens of JSON

// Marshal writes the description; it must be valid.
func (d *Deck) Marshal() ([]byte, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	return marshal("description", d)
}

// marshal writes one of the public files within its bound.
func marshal(what string, v any) ([]byte, error) {
	b, err := strictjson.Marshal(v)
	if err == nil && len(b) > MaxBytes {
		err = fmt.Errorf("%d bytes, at most %d are allowed", len(b), MaxBytes)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	return b, nil
}

// UnmarshalDeck reads a description and validates it.
func UnmarshalDeck(data []byte) (*Deck, error) {
	d := new(Deck)
	if err := strictjson.Unmarshal(data, d, MaxBytes); err != nil {
		return nil, fmt.Errorf("description: %w", err)
	}
	if err := d.Validate(); err != nil {
		return nil, err
	}
	return d, nil
}

// Size returns the size of the deck's circuit.
func (d *Deck) Size() (statement.Size, error) {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err == nil && id.Binding != statement.Deck {
		err = fmt.Errorf("circuit %.40q is no deck's", d.Circuit)
	}
	return id.Size, err
}

// Validate checks the form of the description: names, types, counts and limits. That its
// parts belong together is the verifier's business.
func (d *Deck) Validate() error {
	if err := d.validate(); err != nil {
		return fmt.Errorf("description: %w", err)
	}
	return nil
}

func (d *Deck) validate() error {
	size, err := d.Size()
	switch {
	case d.Version != Version:
		return fmt.Errorf("$.version: %w", versionError(d.Version))
	case CheckName(d.Name) != nil:
		return fmt.Errorf("$.name: %w", CheckName(d.Name))
	case err != nil:
		return fmt.Errorf("$.circuit: %w", err)
	case d.Cards < 1 || d.Cards > min(maxCards, size.MaxCards()):
		return fmt.Errorf("$.cards: got %d, want 1 to %d", d.Cards, size.MaxCards())
	case d.FirstID > maxFirstID:
		return fmt.Errorf("$.first_id: got %d, want at most %d", d.FirstID, uint64(maxFirstID))
	case d.Assignment != Fixed && d.Assignment != Permuted:
		return fmt.Errorf("$.assignment: got %.40q, want %q or %q", d.Assignment, Fixed, Permuted)
	case d.Home == nil && d.Assignment != Fixed:
		return fmt.Errorf("$.assignment: a deck for no contract is %q: nothing draws the permutation", Fixed)
	case d.Documents != Open && d.Documents != Sealed:
		return fmt.Errorf("$.documents: got %.40q, want %q or %q", d.Documents, Open, Sealed)
	case d.Spelling != Strict && d.Spelling != AsPublished:
		return fmt.Errorf("$.spelling: got %.40q, want %q or %q", d.Spelling, Strict, AsPublished)
	case d.Policy == "" || len(d.Policy) > MaxPolicy:
		return fmt.Errorf("$.policy: got %d bytes, want 1 to %d", len(d.Policy), MaxPolicy)
	case d.Key.check() != nil:
		return fmt.Errorf("$.key.provenance: %w", d.Key.check())
	}
	for _, check := range []func(statement.Size) error{d.validateHome, d.validateAttesters, d.validateAttributes, d.validateFacts} {
		if err := check(size); err != nil {
			return err
		}
	}
	return nil
}

func (d *Deck) validateHome(statement.Size) error {
	if d.Home != nil && (d.Home.ChainID == 0 || d.Home.Author == [20]byte{}) {
		return errors.New("$.home: a chain id and an address above zero")
	}
	return nil
}

func (d *Deck) validateAttributes(size statement.Size) error {
	counts := map[string]int{}
	seen := map[string]bool{}
	order := []string{SectionTrait, SectionClaim, SectionFact}
	last := 0
	for i, a := range d.Attributes {
		at := fmt.Sprintf("$.attributes[%d]", i)
		section := slices.Index(order, a.Section)
		if section < last {
			return fmt.Errorf("%s.section: got %.40q, want traits, then claims, then facts", at, a.Section)
		}
		last = section
		if err := a.Check(); err != nil {
			return fmt.Errorf("%s%w", at, err)
		}
		if key := a.Section + " " + a.Name; seen[key] {
			return fmt.Errorf("%s.name: %.40q is given twice", at, a.Name)
		} else {
			seen[key] = true
		}
		counts[a.Section]++
	}
	if n := counts[SectionTrait] + counts[SectionClaim]; n > size.CardSlots() {
		return fmt.Errorf("$.attributes: %d traits and claims, the circuit has room for %d", n, size.CardSlots())
	}
	if n := counts[SectionFact]; n > size.Facts {
		return fmt.Errorf("$.attributes: %d facts, the circuit has room for %d", n, size.Facts)
	}
	return nil
}
