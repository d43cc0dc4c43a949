package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/genproof/genproof/engine/internal/plainyaml"
	"github.com/genproof/genproof/engine/layers"
	"github.com/genproof/genproof/files"
)

// Options say what to import, and how. Only From and To are needed.
type Options struct {
	From string // a collection, see [Open]; with Generate, a folder with layers/ and layers.yaml
	To   string // the deck's folder: new, empty, or one that was imported before

	Template string // a file: the document of a table's rows
	Hidden   string // a CSV table of hidden attributes, see package table
	Name     string // the deck's; found in documents, or To's last part, if empty
	Home     string // none, if empty, or CHAIN:ADDRESS; whoever calls has checked it
	Images   Images
	FirstID  *uint64 // instead of the one that the collection's names have

	Generate int      // how many cards to draw from layers; 0: none
	Seed     [32]byte // what they are drawn from, secret: it is written nowhere

	// Progress, if not nil, is told what is being done and how many of total are finished,
	// never by two goroutines at once.
	Progress func(what string, done, total int)
}

// A Summary tells what an import found and did. Nothing in it is hidden.
type Summary struct {
	Images      Images      `json:"images"`       // what became of addresses
	ImagesWhy   string      `json:"images_why"`   // the first thing to tell a person
	ImageFolder string      `json:"image_folder"` // the CID of the folder of images; empty if no address has it
	Shape       string      `json:"shape"`        // what the collection is
	Cards       int         `json:"cards"`
	FirstID     uint64      `json:"first_id"`
	Circuit     string      `json:"circuit"`
	Attributes  []Attribute `json:"attributes"`   // as found: drop.yaml may have other ones of its author's
	Words       []string    `json:"words"`        // labels that stay the author's words
	AsPublished string      `json:"as_published"` // why names cannot be held to the strict spelling; empty if they can
	NotJSON     int         `json:"not_json"`     // documents of which only the digest is proven
	Unlabelled  int         `json:"unlabelled"`   // attributes without a trait_type
	Formulas    int         `json:"formulas"`     // fields of claims.csv that a spreadsheet may evaluate
	Ignored     []string    `json:"ignored"`      // files that were not taken
	Changed     []string    `json:"changed"`      // what is new in the deck's folder; empty: nothing was
	Added       []string    `json:"added"`        // what was added to an author's drop.yaml
	Notes       []string    `json:"notes"`        // what else a person should know
}

// Import turns a collection into a deck's folder:
//
//	documents/N.json   the exact document of card N, from 0
//	images/N.EXT       its images, if there are any
//	claims.csv         the table of hidden attributes, for its owner alone, if there is one
//	drop.yaml          what the deck is
//
// The folder is whole or as it was; an import that is killed is ended by the next one, or by
// [Recover]. The same import once more changes nothing. A drop.yaml that is there keeps every
// line: what is new is added, and told.
func Import(ctx context.Context, o Options) (*Summary, error) {
	c, err := o.open()
	if err != nil {
		return nil, err
	}
	s, err := importInto(ctx, &o, c)
	if err := errors.Join(err, c.Close()); err != nil {
		return nil, err
	}
	return s, nil
}

func (o *Options) open() (*Collection, error) {
	switch o.Images {
	case ImagesAuto, ImagesKeep, ImagesDir, ImagesEach:
	default:
		return nil, fmt.Errorf("images %.20q: want keep, dir or each", string(o.Images))
	}
	if o.Generate != 0 {
		return o.draw()
	}
	var template []byte
	if o.Template != "" {
		var err error
		if template, err = files.Read(o.Template, MaxDocument); err != nil {
			return nil, err
		}
	}
	return Open(o.From, template)
}

// LayersFile says how to draw a deck from layers, see [layers.Config].
const LayersFile = "layers.yaml"

func (o *Options) draw() (*Collection, error) {
	path := filepath.Join(o.From, LayersFile)
	data, err := files.Read(path, plainyaml.MaxBytes)
	if err != nil {
		return nil, err
	}
	config, err := layers.ParseConfig(path, data)
	if err != nil {
		return nil, err
	}
	set, err := layers.Open(o.From, config)
	if err != nil {
		return nil, err
	}
	deck, err := set.Draw(o.Generate, o.Seed)
	if err != nil {
		return nil, errors.Join(err, set.Close())
	}
	c := FromDeck(deck, config)
	c.closers = append(c.closers, set)
	return c, nil
}

func importInto(ctx context.Context, o *Options, c *Collection) (*Summary, error) {
	stage, err := newStage(o.To)
	if err != nil {
		return nil, fmt.Errorf("importing into %s: %w", o.To, err)
	}
	w := &work{Options: o, collection: c, stage: stage, summary: &Summary{
		Shape: c.Shape, Cards: c.Len(), FirstID: c.FirstID, Ignored: c.Ignored,
	}}
	if o.FirstID != nil {
		w.summary.FirstID = *o.FirstID
	}
	err = w.run(ctx)
	if err != nil {
		return nil, errors.Join(err, stage.discard())
	}
	w.summary.fill()
	return w.summary, nil
}

// fill makes JSON's lists of those that have nothing.
func (s *Summary) fill() {
	for _, list := range []*[]string{&s.Words, &s.Ignored, &s.Changed, &s.Added, &s.Notes} {
		if *list == nil {
			*list = []string{}
		}
	}
	if s.Attributes == nil {
		s.Attributes = []Attribute{}
	}
}

// work is one import on its way.
type work struct {
	*Options
	collection *Collection
	stage      *stage
	summary    *Summary

	tallies   *tallies
	addresses addresses
	names     commonName
	hidden    *hiddenTable
	schema    *schema
	files     []string // of the stage, for commit
}

func (w *work) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{w.readDocuments, w.readHidden, w.copyImages, w.replaceAddresses, w.writeDropFile} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	w.progress("writing", 0, 1)
	changed, err := w.stage.commit(w.files)
	if err != nil {
		return fmt.Errorf("importing into %s: %w", w.To, err)
	}
	w.summary.Changed = changed
	w.progress("writing", 1, 1)
	return nil
}

func (w *work) progress(what string, done, total int) {
	if w.Progress != nil {
		w.Progress(what, done, total)
	}
}

// readDocuments copies documents, and learns from the bytes that it copies: each is read once.
func (w *work) readDocuments(ctx context.Context) error {
	w.tallies = newTallies()
	if err := os.Mkdir(w.stage.path(DocumentsDir), 0o755); err != nil {
		return err
	}
	w.files = append(w.files, DocumentsDir)
	n := w.collection.Len()
	for i := range n {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := w.collection.Document(i)
		if err == nil {
			err = os.WriteFile(w.documentPath(i), data, 0o644)
		}
		if err == nil {
			err = w.learn(i, data)
		}
		if err != nil {
			return err
		}
		w.progress("documents", i+1, n)
	}
	w.summary.Unlabelled = w.tallies.unnamed
	return nil
}

func (w *work) documentPath(i int) string {
	return filepath.Join(w.stage.path(DocumentsDir), strconv.Itoa(i)+".json")
}

func (w *work) learn(i int, data []byte) error {
	d, ok := readDocument(data)
	if !ok {
		w.summary.NotJSON++
		w.addresses.add(&document{}, w.collection.Images(i))
		return nil
	}
	w.names.add(d.name)
	w.tallies.unnamed += d.unlabelled
	w.addresses.add(d, w.collection.Images(i))
	if err := w.tallies.add(d.shown); err != nil {
		return fmt.Errorf("the document of card %d: %w", i, err)
	}
	return nil
}

func (w *work) readHidden(context.Context) (err error) {
	if w.Hidden == "" {
		return nil
	}
	if w.hidden, err = readHidden(w.Hidden, w.summary.FirstID, w.collection.Len()); err != nil {
		return err
	}
	var out bytes.Buffer
	if w.summary.Formulas, err = w.hidden.Write(&out); err != nil {
		return err
	}
	w.files = append(w.files, ClaimsFile)
	return os.WriteFile(w.stage.path(ClaimsFile), out.Bytes(), 0o600)
}

func (w *work) copyImages(ctx context.Context) error {
	n := w.collection.Len()
	w.summary.Images, w.summary.ImagesWhy = w.addresses.choose(w.Images, n)
	if w.addresses.pictured == 0 {
		if w.summary.Images != ImagesKeep {
			return fmt.Errorf("importing %s: there are no images, and their addresses are to be replaced", w.From)
		}
		w.files = append(w.files, "-"+ImagesFolder)
		return nil
	}
	if err := os.Mkdir(w.stage.path(ImagesFolder), 0o755); err != nil {
		return err
	}
	w.files = append(w.files, ImagesFolder)
	return writeImages(ctx, w.collection, w.stage.path(ImagesFolder), func(done int) { w.progress("images", done, n) })
}

func (w *work) replaceAddresses(ctx context.Context) error {
	if w.summary.Images == ImagesKeep {
		return nil
	}
	n := w.collection.Len()
	r, err := newRewriter(ctx, w.stage.path(ImagesFolder), w.summary.Images)
	if err != nil {
		return err
	}
	w.summary.ImageFolder = r.folder
	return each(ctx, n, func(done int) { w.progress("addresses", done, n) }, func(i int) error {
		data, err := files.Read(w.documentPath(i), MaxDocument)
		if err != nil {
			return err
		}
		d, ok := readDocument(data)
		if !ok {
			return nil
		}
		changed, err := r.rewrite(ctx, i, data, d, w.collection.Images(i))
		if err != nil || bytes.Equal(changed, data) {
			return err
		}
		return os.WriteFile(w.documentPath(i), changed, 0o644)
	})
}

func (w *work) writeDropFile(context.Context) (err error) {
	var claims []Attribute
	if w.hidden != nil {
		claims = w.hidden.attributes
	}
	if w.schema, err = infer(w.tallies, claims, w.collection.Len()); err != nil {
		return fmt.Errorf("importing %s: %w", w.From, err)
	}
	s := w.summary
	s.Circuit, s.Attributes, s.Words = w.schema.circuit, w.schema.attributes, w.schema.words
	s.AsPublished, s.Notes = w.schema.asPublished, w.schema.notes
	text, err := w.dropText()
	if err != nil {
		return err
	}
	w.files = append(w.files, DropFile)
	return os.WriteFile(w.stage.path(DropFile), []byte(text), 0o644)
}

// dropText is what drop.yaml is to be: the author's with what is new, or a first one.
func (w *work) dropText() (string, error) {
	if !w.stage.isNew {
		have, err := files.Read(filepath.Join(w.To, DropFile), plainyaml.MaxBytes)
		if err != nil {
			return "", err
		}
		m, err := mergeFile(have, w.schema, w.summary.FirstID)
		if err != nil {
			return "", err
		}
		w.summary.Added, w.summary.Notes = m.added, append(w.summary.Notes, m.notes...)
		return m.text, nil
	}
	d := &deckFile{Name: w.deckName(), Circuit: w.schema.circuit, Words: w.schema.words}
	d.Deck.Home, d.Deck.Assignment, d.Deck.Documents = w.Home, "permuted", "open"
	if w.Home == "" || w.Home == "none" {
		d.Deck.Home, d.Deck.Assignment = "none", "fixed"
	}
	d.Deck.FirstID, d.Deck.Spelling = w.summary.FirstID, spellingStrict
	if w.schema.asPublished != "" {
		d.Deck.Spelling = spellingAsPublished
	}
	return d.render(w.schema.attributes), nil
}

func (w *work) deckName() string {
	for _, name := range []string{w.Name, w.names.common()} {
		if name != "" {
			return nameOf(name)
		}
	}
	path, err := filepath.Abs(w.To)
	if err != nil {
		path = w.To
	}
	return nameOf(filepath.Base(path))
}

// A commonName is what the names of all documents begin with, such as Foxes of Foxes #17.
type commonName struct {
	prefix string
	some   bool
}

func (n *commonName) add(name string) {
	if !n.some {
		n.prefix, n.some = name, true
		return
	}
	i := 0
	for i < len(n.prefix) && i < len(name) && n.prefix[i] == name[i] {
		i++
	}
	n.prefix = n.prefix[:i]
}

func (n *commonName) common() string {
	return strings.TrimSpace(strings.TrimRight(strings.ToValidUTF8(n.prefix, ""), "0123456789#№-_/: "))
}
