package drop

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
)

// The files of a deck's folder besides drop.yaml, policy.cel and secrets.yaml.
const (
	DocumentsDir = "documents"  // N.json: the exact document of card N, from 0
	ImagesDir    = "images"     // what the documents show, if the import was given it
	FactsFile    = "facts.yaml" // the values of hidden facts: NAME: VALUE
)

// A Deck is a deck's folder that has been read: its cards are committed to, and every hidden
// value leaves through Batch alone, to the prover. It prints as its name. It does not change
// after LoadDeck, and its methods may be called by several goroutines at once.
type Deck struct {
	Name     string
	Circuit  statement.CircuitID
	Schema   Schema
	Policy   *Policy
	Model    fr.Element
	Warnings []string // what is allowed and looks like a mistake; public

	dir        string
	hidden     HiddenFiles // while it is loaded
	definition *deckDefinition
	public     bundle.Deck // complete but for the key
	blind      fr.Element
	facts      []attribute.Slot
	cards      []card // the deck's N
	padding    []deck.Card
	tree       *deck.Tree
}

// A card is one card as it is committed to.
type card struct {
	hidden
	slots  []attribute.Slot
	texts  []string  // of present slots, in canonical form
	file   deck.Card // root, digest and size
	unread bool      // the document is no JSON that can be read in one way only
	odd    []string  // where the document contradicts the card, quoting nothing hidden
}

func (d *Deck) String() string               { return fmt.Sprintf("deck %q", d.Name) }
func (d *Deck) GoString() string             { return d.String() }
func (d *Deck) Format(s fmt.State, _ rune)   { fmt.Fprint(s, d.String()) }
func (d *Deck) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%q", d.String()), nil }

// IsDeck reports whether the folder is a deck's, by the circuit that its drop.yaml names. A
// file that cannot be read is no deck's: whoever loads it then says why.
func IsDeck(dir string) bool {
	data, err := readNeeded(dir, DefinitionFile)
	if err != nil {
		return false
	}
	root, err := parseYAML(DefinitionFile, data)
	return err == nil && isDeckDefinition(root)
}

// CircuitOf returns the circuit that the drop.yaml in dir names, of a deck or of a drawn drop,
// and reads no other file.
func CircuitOf(dir string) (statement.CircuitID, error) {
	data, err := readNeeded(dir, DefinitionFile)
	if err != nil {
		return statement.CircuitID{}, err
	}
	if !IsDeck(dir) {
		def, err := readDefinition(DefinitionFile, data)
		if err != nil {
			return statement.CircuitID{}, err
		}
		return def.circuit, nil
	}
	def, err := readDeckDefinition(DefinitionFile, data)
	if err != nil {
		return statement.CircuitID{}, err
	}
	return statement.ParseCircuitID(def.public.Circuit)
}

// LoadDeck reads the deck in dir, all cards of it. progress, which may be nil, is told how
// many cards have been read. What is wrong with a file is a *[Fault]. A card that breaks the
// policy, or whose document contradicts it, is no error here: see [Deck.Check].
func LoadDeck(ctx context.Context, dir string, progress func(done, total int)) (*Deck, error) {
	return loadDeck(ctx, dir, nil, progress)
}

func loadDeck(ctx context.Context, dir string, hidden HiddenFiles, progress func(done, total int)) (*Deck, error) {
	data, err := readNeeded(dir, DefinitionFile)
	if err != nil {
		return nil, err
	}
	def, err := readDeckDefinition(DefinitionFile, data)
	if err != nil {
		return nil, err
	}
	d := &Deck{Name: def.public.Name, dir: dir, hidden: hidden, definition: def, public: def.public}
	d.Circuit, _ = statement.ParseCircuitID(def.public.Circuit)
	for _, load := range []func() error{
		d.loadBlind, d.loadFacts,
		func() error { return d.loadCards(ctx, progress) },
		d.loadDeckPolicy,
		func() error { return d.commit(ctx) },
	} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	d.hidden = nil // they are in the cards
	return d, nil
}

func (d *Deck) loadBlind() error {
	secrets, err := d.secrets()
	if err != nil {
		return err
	}
	d.blind = secrets.blind
	return nil
}

// loadFacts reads the values of hidden facts. A fact without a value is absent.
func (d *Deck) loadFacts() error {
	def := d.definition
	attributes := def.public.Attributes[len(def.public.Attributes)-len(def.facts):]
	data, err := d.readHidden(FactsFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil {
		if err := readFactsFile(data, attributes, def.facts); err != nil {
			return err
		}
	}
	d.facts = make([]attribute.Slot, def.size.Facts)
	for i := range def.facts {
		f := &def.facts[i]
		if !f.slot.Present {
			continue
		}
		if f.text, f.slot, err = d.canonical(attributes[i].ValueType(), f.slot, f.text); err != nil {
			return fault(def.places[len(def.places)-len(def.facts)+i], "write it plainly, or spelling: as published", "the value of fact %s: %v", attributes[i].Name, err)
		}
		d.facts[i] = f.slot
	}
	return nil
}

func readFactsFile(data []byte, attributes []bundle.DeckAttribute, facts []factValue) error {
	root, err := parseYAML(FactsFile, data)
	if err != nil {
		return err
	}
	var names []string
	for _, a := range attributes {
		if a.Visibility == bundle.Hidden {
			names = append(names, a.Name)
		}
	}
	f := fieldsOf(root, "the hidden facts", names...)
	if f.err != nil {
		return f.err
	}
	for i := range attributes {
		if n := f.get(attributes[i].Name); n != nil && attributes[i].Visibility == bundle.Hidden {
			if facts[i], err = readFact(n, &attributes[i]); err != nil {
				return err
			}
		}
	}
	return nil
}

// loadDeckPolicy compiles the policy for the schema, which names the number of cards.
func (d *Deck) loadDeckPolicy() error {
	data, err := readNeeded(d.dir, PolicyFile)
	if err != nil {
		return err
	}
	d.Schema = Schema{Size: d.definition.size, Deck: &d.public}
	d.Policy, err = CompilePolicy(PolicyFile, string(files.WithoutMark(data)), &d.Schema)
	return err
}

// Cards is their number.
func (d *Deck) Cards() int { return len(d.cards) }

// Batches is the number of proofs that the deck takes.
func (d *Deck) Batches() int {
	k := d.definition.size.Cards
	return (len(d.cards) + k - 1) / k
}

// Document returns the exact bytes of a card's document. It is an error if the file has
// changed since the deck was loaded.
func (d *Deck) Document(n int) ([]byte, error) {
	name := documentName(n)
	data, err := files.Read(filepath.Join(d.dir, filepath.FromSlash(name)), bundle.MaxDocumentOfDeck)
	if err != nil {
		return nil, readFault(name, bundle.MaxDocumentOfDeck, err)
	}
	if sha256.Sum256(data) != d.cards[n].file.Digest {
		return nil, fault(Place{File: name}, "run this again", "the document has changed while it was used")
	}
	return data, nil
}

func documentName(n int) string { return fmt.Sprintf("%s/%d.json", DocumentsDir, n) }

// Dir is the deck's folder.
func (d *Deck) Dir() string { return d.dir }
