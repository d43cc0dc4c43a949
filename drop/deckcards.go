package drop

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/files"
)

// loadCards reads all documents and the table of claims.
func (d *Deck) loadCards(ctx context.Context, progress func(done, total int)) error {
	n, err := d.countDocuments()
	if err != nil {
		return err
	}
	d.public.Cards = uint64(n)
	if err := d.checkSchema(); err != nil {
		return err
	}
	claims, err := d.loadDeckClaims(n)
	if err != nil {
		return err
	}
	d.cards = make([]card, n)
	r := &cardReader{deck: d, labels: d.public.Labels(), attributes: d.public.BySlot()[:d.definition.size.CardSlots()], kept: map[string]string{}, random: map[string]int{}}
	for i := range d.cards {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.read(i, claims); err != nil {
			return err
		}
		if progress != nil {
			progress(i+1, n)
		}
	}
	return nil
}

// systemFiles is how many files of systems may lie beside documents.
const systemFiles = 16

// countDocuments sees that the documents are numbered from 0 without a gap.
func (d *Deck) countDocuments() (int, error) {
	folder, err := files.OpenFolder(d.dir)
	if err != nil {
		return 0, fmt.Errorf("reading the deck: %w", err)
	}
	defer folder.Close() // only read
	most := int(d.definition.size.MaxCards())
	names, err := folder.Names(DocumentsDir, most+systemFiles)
	names = slices.DeleteFunc(names, files.IsSystems)
	if err != nil && !errors.Is(err, files.ErrTooLarge) {
		return 0, fmt.Errorf("reading the deck: %w", err)
	}
	at := Place{File: DocumentsDir}
	if len(names) == 0 && err == nil {
		return 0, fault(at, "genproof import puts them there", "there are no documents")
	}
	if err != nil || len(names) > most {
		return 0, fault(at, "take a larger circuit in "+DefinitionFile, "there are more documents than the %d cards that %s has room for", most, d.public.Circuit)
	}
	there := make([]bool, len(names))
	for _, name := range names {
		digits, ok := strings.CutSuffix(name, ".json")
		n, err := strconv.Atoi(digits)
		if !ok || err != nil || strconv.Itoa(n) != digits {
			return 0, fault(Place{File: DocumentsDir + "/" + name}, "number the documents 0.json, 1.json, … without a gap", "this is not a document's name")
		}
		if n < len(names) {
			there[n] = true
		}
	}
	if n := slices.Index(there, false); n >= 0 {
		return 0, fault(Place{File: fmt.Sprintf("%s/%d.json", DocumentsDir, n)}, "put it there, or number the documents 0.json, 1.json, … without a gap", "there is no such file, and %d others", len(names))
	}
	return len(names), nil
}

// checkSchema sees that attributes are valid, and that their names can be told apart, unless
// drop.yaml says that they cannot.
func (d *Deck) checkSchema() error {
	for i, a := range d.public.Attributes {
		if err := a.Check(); err != nil {
			return fault(d.definition.places[i], "see genproof import, which writes a whole list", "attribute%v", err)
		}
	}
	if i, err := d.public.Misspelled(); err != nil {
		return fault(d.definition.places[i], "write it plainly, give a trait another name and keep its label, or write spelling: as published", "%v", err)
	}
	return nil
}

// A cardReader turns documents and claims into cards.
type cardReader struct {
	deck       *Deck
	labels     *metadata.Schema
	attributes []*bundle.DeckAttribute
	kept       map[string]string // one string for each text, however many cards have it
	random     map[string]int    // the cards by their random members
}

func (r *cardReader) read(n int, claims *ClaimTable) error {
	name := documentName(n)
	data, err := files.Read(filepath.Join(r.deck.dir, filepath.FromSlash(name)), bundle.MaxDocumentOfDeck)
	if err != nil {
		return readFault(name, bundle.MaxDocumentOfDeck, err)
	}
	if len(data) == 0 {
		return fault(Place{File: name}, "write it again", "the document is empty")
	}
	c := &r.deck.cards[n]
	c.file = deck.Card{Digest: sha256.Sum256(data), Size: uint32(len(data))}
	c.slots, c.texts = make([]attribute.Slot, len(r.attributes)), make([]string, len(r.attributes))
	if err := r.claims(n, c, claims); err != nil {
		return err
	}
	if err := r.randomMember(n, data); err != nil {
		return err
	}
	document, err := metadata.Parse(data)
	if err != nil {
		document, c.unread = &metadata.Document{}, true // digest only
	}
	r.traits(c, document)
	present := make([]bool, len(c.slots))
	for i, s := range c.slots {
		present[i] = s.Present
	}
	c.odd = r.labels.Compare(document, c.texts, present).Contradictions
	return nil
}

// randomMember sees that a document has the random member that drop.yaml says it has: [Check]
// counts on it. No two documents have one value.
func (r *cardReader) randomMember(n int, data []byte) error {
	name := r.deck.definition.random
	if name == "" {
		return nil
	}
	at := Place{File: documentName(n)}
	members, err := metadata.Members(data)
	i := slices.IndexFunc(members, func(m metadata.Member) bool { return m.Key == name })
	if err != nil || i < 0 || !isRandomValue(members[i].Text) {
		return fault(at, "import again, or remove random_member from "+DefinitionFile, "it has no member %q of %d hex digits", name, randomBits/4)
	}
	if first, ok := r.random[members[i].Text]; ok {
		return fault(at, "delete the document and import again", "its random member is that of card %d", first)
	}
	r.random[members[i].Text] = n
	return nil
}

// randomBits is what a random member adds to the bits that have to be guessed.
const randomBits = 128

func isRandomValue(s string) bool {
	return len(s) == randomBits/4 && strings.Trim(s, "0123456789abcdef") == ""
}

// traits gives each entry of the document to the first free slot that has its label and can
// hold its value. An entry that finds none contradicts, which the comparison finds.
func (r *cardReader) traits(c *card, d *metadata.Document) {
	for _, a := range d.Attributes {
		if !a.HasLabel || a.Odd != "" {
			continue
		}
		label := spelling.Normal(a.Label)
		for i, attr := range r.attributes {
			if attr == nil || attr.Section != bundle.SectionTrait || c.slots[i].Present || spelling.Normal(attr.Label) != label {
				continue
			}
			if text, slot, ok := metadata.SlotOf(attr.ValueType(), a.Value); ok {
				c.slots[i], c.texts[i] = slot, r.keep(text)
				break
			}
		}
	}
}

func (r *cardReader) claims(n int, c *card, claims *ClaimTable) error {
	if claims == nil {
		return nil
	}
	row, next := claims.For(uint64(n)), 0
	for i, a := range r.attributes {
		if a == nil || a.Section != bundle.SectionClaim {
			continue
		}
		if slot := row.slots[next]; slot.Present {
			text, slot, err := r.deck.canonical(a.ValueType(), slot, row.texts[next])
			if err != nil {
				return fault(Place{File: ClaimsTableFile}, "write it plainly, or spelling: as published in "+DefinitionFile, "%s of card %d: %v", a.Name, n, err)
			}
			c.slots[i], c.texts[i] = slot, r.keep(text)
		}
		next++
	}
	return nil
}

// canonical returns the slot of a value that its owner wrote, and its text in canonical form. A
// text's is the normal form, as documents' are: a blank at its end makes no other text of it.
// In a strict deck a text has nothing that nobody sees. Errors quote nothing.
func (d *Deck) canonical(t value.Type, slot attribute.Slot, written string) (string, attribute.Slot, error) {
	switch t.Kind {
	case attribute.Digest, attribute.Enum:
		return written, slot, nil
	case attribute.Text:
		text := spelling.Normal(written)
		if err := spelling.Check(text); err != nil && d.public.Spelling == bundle.Strict {
			return "", attribute.Slot{}, err
		}
		slot, err := attribute.OfText(text)
		return text, slot, err
	}
	text, err := value.Format(t, slot)
	return text, slot, err
}

func (r *cardReader) keep(s string) string {
	if k, ok := r.kept[s]; ok {
		return k
	}
	k := strings.Clone(s)
	r.kept[k] = k
	return k
}

// loadDeckClaims reads claims.csv, if there is one. Its first column is the card's number.
func (d *Deck) loadDeckClaims(n int) (*ClaimTable, error) {
	data, err := d.readHidden(ClaimsTableFile)
	if errors.Is(err, fs.ErrNotExist) {
		for i, a := range d.public.Attributes {
			if a.Section == bundle.SectionClaim {
				return nil, fault(d.definition.places[i], "write "+ClaimsTableFile+" with the columns card,"+a.Name+",…", "there is no table of claims")
			}
		}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseClaims(ClaimsTableFile, data, claimColumns{key: "card", low: 0, high: uint64(n - 1), list: d.claimAttributes()})
}

// claimAttributes are the deck's claims as a table has them.
func (d *Deck) claimAttributes() []Attribute {
	var list []Attribute
	for _, a := range d.public.Attributes {
		if a.Section == bundle.SectionClaim {
			t := a.ValueType()
			list = append(list, Attribute{Name: a.Name, Type: t.Type, Words: t.Words})
		}
	}
	return list
}
