package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

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

	// RandomMember is the name of a member that every document gets, with 128 bits of fresh
	// randomness. Empty: none, unless the deck's drop.yaml names one.
	RandomMember string

	// ReplaceHidden says that a deck's table of hidden attributes may be replaced by another one.
	ReplaceHidden bool

	Generate int      // how many cards to draw from layers; 0: none
	Seed     [32]byte // what they are drawn from, secret: it is written nowhere

	// Progress, if not nil, is told what is being done and how many of total are finished,
	// never by two goroutines at once.
	Progress func(what string, done, total int)
}

// A Summary tells what an import found and did. Nothing in it is hidden.
type Summary struct {
	Images       Images      `json:"images"`       // what became of addresses
	ImagesWhy    string      `json:"images_why"`   // the first thing to tell a person
	ImageFolder  string      `json:"image_folder"` // the CID of the folder of images; empty if no address has it
	Name         string      `json:"name"`         // the deck's
	Shape        string      `json:"shape"`        // what the collection is
	Cards        int         `json:"cards"`
	FirstID      uint64      `json:"first_id"`
	IDs          string      `json:"ids"` // what the ids are from
	Circuit      string      `json:"circuit"`
	Attributes   []Attribute `json:"attributes"`    // as found: drop.yaml may have other ones of its author's
	Words        []string    `json:"words"`         // labels that stay the author's words
	AsPublished  string      `json:"as_published"`  // why names cannot be held to the strict spelling; empty if they can
	RandomMember string      `json:"random_member"` // what every document got; empty if nothing
	NotJSON      int         `json:"not_json"`      // documents of which only the digest is proven
	Unlabelled   int         `json:"unlabelled"`    // attributes without a trait_type
	Formulas     int         `json:"formulas"`      // fields of claims.csv that a spreadsheet may evaluate
	Ignored      []string    `json:"ignored"`       // files that were not taken
	Changed      []string    `json:"changed"`       // what is new in the deck's folder; empty: nothing was
	Changes      []Change    `json:"changes"`       // how, where the deck was there before
	Added        []string    `json:"added"`         // what was added to an author's drop.yaml
	Notes        []string    `json:"notes"`         // what else a person should know
}

// Import turns a collection into a deck's folder:
//
//	documents/N.json   the exact document of card N, from 0
//	images/N.EXT       its images, if there are any
//	claims.csv         the table of hidden attributes, for its owner alone, if there is one
//	drop.yaml          what the deck is
//
// The folder is whole or as it was; an import that is killed is ended by the next one, or by
// [Recover]. The same import once more changes nothing; what another one changes or removes is
// told. Files that an import did not make are not removed, and a table of hidden attributes that
// differs is replaced only as asked. A drop.yaml that is there keeps every line: what is new is added.
func Import(ctx context.Context, o Options) (*Summary, error) {
	c, err := o.open()
	if err != nil {
		return nil, err
	}
	var s *Summary
	if err = o.checkHidden(c); err == nil {
		s, err = importInto(ctx, &o, c)
	}
	if err := errors.Join(err, c.Close()); err != nil {
		return nil, err
	}
	return s, nil
}

// checkHidden refuses a table of hidden attributes that is the collection: all of it is shown.
func (o *Options) checkHidden(c *Collection) error {
	if o.Hidden == "" || c.table == nil {
		return nil
	}
	hidden, err := os.Stat(o.Hidden)
	if err == nil && os.SameFile(hidden, c.table) {
		return fmt.Errorf("importing %s: %s is the table of the documents, and all its columns are public: put hidden attributes into a table of their own", o.From, o.Hidden)
	}
	return err
}

func (o *Options) open() (*Collection, error) {
	switch o.Images {
	case ImagesAuto, ImagesKeep, ImagesDir, ImagesEach:
	default:
		return nil, fmt.Errorf("images %.20q: want keep, dir or each", string(o.Images))
	}
	if o.RandomMember != "" {
		if err := checkRandomMember(o.RandomMember); err != nil {
			return nil, err
		}
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
	return open(o.From, template, o.FirstID)
}

// LayersFile says how to draw a deck from layers, see [layers.Config].
const LayersFile = "layers.yaml"

func (o *Options) draw() (*Collection, error) {
	set, config, err := openLayers(o.From)
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

// openLayers opens a folder of layers/ and layers.yaml. The caller closes the set.
func openLayers(dir string) (*layers.Set, *layers.Config, error) {
	path := filepath.Join(dir, LayersFile)
	data, err := files.Read(path, plainyaml.MaxBytes)
	if err != nil {
		return nil, nil, err
	}
	config, err := layers.ParseConfig(path, data)
	if err != nil {
		return nil, nil, err
	}
	set, err := layers.Open(dir, config)
	return set, config, err
}

func importInto(ctx context.Context, o *Options, c *Collection) (*Summary, error) {
	stage, err := newStage(o.To)
	if err != nil {
		return nil, fmt.Errorf("importing into %s: %w", o.To, err)
	}
	w := &work{Options: o, collection: c, stage: stage, summary: &Summary{
		Shape: c.Shape, Cards: c.Len(), FirstID: c.FirstID, IDs: c.IDs, Ignored: c.Ignored, Notes: c.Notes,
	}}
	if o.FirstID != nil {
		w.summary.FirstID, w.summary.IDs = *o.FirstID, "as asked"
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
	if s.Changes == nil {
		s.Changes = []Change{}
	}
}
