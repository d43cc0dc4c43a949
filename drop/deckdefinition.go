package drop

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// deckDefinition is what a deck's drop.yaml says: all of it is public.
type deckDefinition struct {
	public bundle.Deck // without cards, facts' openings, policy, commitments and key
	size   statement.Size
	places []Place     // of the attributes, in their order
	facts  []factValue // in the order of their attributes; hidden ones are read from FactsFile
	words  []string    // labels that stay the author's words
	random string      // the member of every document that holds randomness; empty if none does
}

// A factValue is what is true of every card.
type factValue struct {
	hidden
	text string // canonical; empty if absent
	slot attribute.Slot
}

// isDeckDefinition reports whether a drop.yaml that was read is a deck's: it names a deck's circuit.
func isDeckDefinition(root *node) bool {
	for i, k := range root.keys {
		if k.text == "circuit" {
			return strings.HasPrefix(root.values[i].text, string(statement.Deck)+"/")
		}
	}
	return false
}

func readDeckDefinition(file string, data []byte) (*deckDefinition, error) {
	root, err := parseYAML(file, data)
	if err != nil {
		return nil, err
	}
	f := fieldsOf(root, "a deck's drop.yaml", namesOf(deckKeys)...)
	d := &deckDefinition{}
	d.public.Version = bundle.Version
	d.public.Name = f.printable("name", true)
	d.readDeckCircuit(f)
	d.readDeck(f)
	d.readAttesters(f)
	d.readDeckAttributes(f)
	d.readFacts(f)
	for _, n := range f.list("words") {
		d.words = append(d.words, n.text)
	}
	d.random = f.printable("random_member", false)
	if f.err != nil {
		return nil, f.err
	}
	return d, nil
}

func (d *deckDefinition) readDeckCircuit(f *fields) {
	s := f.needText("circuit")
	if f.err != nil {
		return
	}
	id, err := statement.ParseCircuitID(s)
	if err != nil || id.Binding != statement.Deck {
		f.err = fault(f.get("circuit").place, "write deck/small, deck/standard or deck/large", "there is no such circuit for decks")
		return
	}
	d.public.Circuit, d.size = s, id.Size
}

// readDeck reads what is decided once for the whole deck. The defaults promise least.
func (d *deckDefinition) readDeck(f *fields) {
	p := &d.public
	p.Assignment, p.Documents, p.Spelling = bundle.Fixed, bundle.Open, bundle.Strict
	n := f.need("deck")
	if n == nil {
		return
	}
	g := fieldsOf(n, "deck", namesOf(onceKeys)...)
	d.readHome(g)
	if g.has("first_id") {
		p.FirstID = g.needUint("first_id", 0, maxFirstID)
	}
	if p.Home != nil {
		p.Assignment = bundle.Permuted
	}
	g.choice("assignment", &p.Assignment, bundle.Fixed, bundle.Permuted)
	g.choice("documents", &p.Documents, bundle.Open, bundle.Sealed)
	p.Spelling = g.spelling()
	if g.err == nil && p.Home == nil && p.Assignment == bundle.Permuted {
		g.err = fault(g.get("assignment").place, "write home: CHAIN:ADDRESS, the account that will sell the deck, or assignment: fixed",
			"nothing draws a permutation where no contract sells the deck")
	}
	if f.err == nil {
		f.err = g.err
	}
}

// choice reads one of a few words; to keeps what it has when there is none.
func (f *fields) choice(key string, to *string, words ...string) {
	if f.err != nil || !f.has(key) {
		return
	}
	s := f.text(key)
	if f.err == nil && !slices.Contains(words, s) {
		f.err = fault(f.get(key).place, "write "+quoted(words), "there is no such %s", key)
	}
	*to = s
}

// readHome reads none, or CHAIN:ADDRESS.
func (d *deckDefinition) readHome(f *fields) {
	s := f.needText("home")
	if f.err != nil || s == "none" {
		return
	}
	home, err := ParseHome(s)
	if err != nil {
		f.err = fault(f.get("home").place, "write none, or CHAIN:ADDRESS such as 1:0x… of the account that will sell the deck", "%v", err)
		return
	}
	d.public.Home = home
}

// ParseHome reads CHAIN:ADDRESS, the account that may sell a deck, or none: then it is nil.
func ParseHome(s string) (*bundle.Home, error) {
	if s == "none" {
		return nil, nil
	}
	chain, address, ok := strings.Cut(s, ":")
	id, err := strconv.ParseUint(chain, 10, 63)
	if !ok || err != nil || id == 0 || !plainDigits(chain) {
		return nil, fmt.Errorf("a home is none, or a chain's number, a colon and an address")
	}
	author, err := bundle.ParseAddress(address)
	if err != nil {
		return nil, err
	}
	if author == [20]byte{} {
		return nil, fmt.Errorf("the zero address sells nothing")
	}
	return &bundle.Home{ChainID: id, Author: author}, nil
}

func (d *deckDefinition) readAttesters(f *fields) {
	d.public.Attesters = []bundle.Attester{}
	for _, n := range f.list("attesters") {
		g := fieldsOf(n, "an attester", namesOf(attesterKeys)...)
		a := bundle.Attester{Role: g.printable("role", true), Threshold: 1, Identities: []string{}}
		for _, id := range g.list("identities") {
			a.Identities = append(a.Identities, id.text)
		}
		if g.has("threshold") {
			a.Threshold = g.needUint("threshold", 1, maxThreshold)
		}
		if g.err != nil {
			f.err = g.err
			return
		}
		d.public.Attesters = append(d.public.Attesters, a)
	}
}

// readDeckAttributes reads traits, then claims. The order is that of their slots.
func (d *deckDefinition) readDeckAttributes(f *fields) {
	d.public.Attributes = []bundle.DeckAttribute{}
	for _, n := range f.list("attributes") {
		g := fieldsOf(n, "an attribute", namesOf(cardKeys)...)
		a := bundle.DeckAttribute{Section: bundle.SectionTrait, Visibility: bundle.Shown}
		key := "trait"
		if g.has("claim") {
			key, a.Section, a.Visibility = "claim", bundle.SectionClaim, bundle.Hidden
		}
		g.readAttribute(key, &a)
		if g.err == nil && g.has("trait") && g.has("claim") {
			g.err = fault(n.place, "keep one", "an attribute is a trait or a claim")
		}
		if g.err != nil {
			f.err = g.err
			return
		}
		d.public.Attributes, d.places = append(d.public.Attributes, a), append(d.places, n.place)
	}
	if n := len(d.public.Attributes); f.err == nil && n > d.size.CardSlots() {
		f.err = fault(d.places[d.size.CardSlots()], "remove some, or take a larger circuit", "%d attributes, the circuit %s has room for %d", n, d.public.Circuit, d.size.CardSlots())
	}
}

// readAttribute reads what traits, claims and facts have in common.
func (f *fields) readAttribute(nameKey string, a *bundle.DeckAttribute) {
	a.Name = f.printable(nameKey, true)
	a.Label, a.Words = a.Name, []string{}
	if f.has("label") {
		a.Label = f.text("label")
	}
	a.Type = "text"
	if f.has("type") {
		a.Type = f.text("type")
	}
	for _, w := range f.list("words") {
		a.Words = append(a.Words, w.text)
	}
	f.choice("visibility", &a.Visibility, bundle.Shown, bundle.Hidden)
	if f.err != nil {
		return
	}
	if _, err := attribute.ParseType(a.Type); err != nil {
		f.err = fault(f.get("type").place, "write uint, int, decimal(2), time, bool, text, digest or enum", "there is no such type")
	}
}

// readFacts reads what is true of the whole deck, with its value.
func (d *deckDefinition) readFacts(f *fields) {
	for i, n := range f.list("facts") {
		g := fieldsOf(n, "a fact", namesOf(deckFactKeys)...)
		a := bundle.DeckAttribute{Section: bundle.SectionFact, Visibility: bundle.Hidden}
		g.readAttribute("fact", &a)
		fact := g.factValue(&a)
		if g.err == nil && i >= d.size.Facts {
			g.err = fault(n.place, "remove some, or take a larger circuit", "the circuit has room for %d facts", d.size.Facts)
		}
		if g.err != nil {
			f.err = g.err
			return
		}
		d.public.Attributes, d.places = append(d.public.Attributes, a), append(d.places, n.place)
		d.facts = append(d.facts, fact)
	}
}

func (f *fields) factValue(a *bundle.DeckAttribute) (v factValue) {
	n := f.get("value")
	if f.err != nil || n == nil {
		return v
	}
	if a.Visibility == bundle.Hidden {
		f.err = fault(n.place, "write it into "+FactsFile+", or visibility: shown", "drop.yaml is public, and this fact is hidden")
		return v
	}
	if v, f.err = readFact(n, a); f.err != nil {
		return factValue{}
	}
	return v
}

// readFact reads a fact's value as a person writes it.
func readFact(n *node, a *bundle.DeckAttribute) (v factValue, err error) {
	text, slot, err := readCardValue(a.ValueType(), n.text)
	if err != nil || n.kind != scalarNode {
		return v, fault(n.place, valueRemedy(a.ValueType().Type), "this is no value of type %s", a.Type)
	}
	return factValue{text: text, slot: slot}, nil
}

// readCardValue reads a value as a person writes it and returns it in canonical form too.
func readCardValue(t value.Type, s string) (string, attribute.Slot, error) {
	switch t.Kind {
	case attribute.Enum, attribute.Digest:
		slot, err := value.Parse(t, s)
		return s, slot, err
	}
	slot, err := parseValue(t.Type, s)
	if err != nil || t.Kind == attribute.Text {
		return s, slot, err
	}
	text, err := value.Format(t, slot)
	return text, slot, err
}
