package engine

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/engine/internal/plainyaml"
	"github.com/genproof/genproof/files"
)

// work is one import on its way.
type work struct {
	*Options
	collection *Collection
	stage      *stage
	summary    *Summary

	tallies   *tallies
	addresses addresses
	others    otherIDs
	unproven  unproven
	names     commonName
	hidden    *hiddenTable
	schema    *schema
	files     []string // of the stage, for commit
}

func (w *work) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{w.settleRandomMember, w.readDocuments, w.readHidden, w.copyImages, w.replaceAddresses, w.addRandomMembers, w.tellPlaceholders, w.writeDropFile} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	w.progress("writing", 0, 1)
	changed, changes, err := w.stage.commit(w.files)
	if err != nil {
		return fmt.Errorf("importing into %s: %w", w.To, err)
	}
	w.summary.Changed, w.summary.Changes = changed, changes
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
	if w.collection.Shape == shapeTable && w.Template == "" {
		w.note("NO --template: each document is made of all columns, and ALL OF THEM ARE PUBLIC. What nobody is to see belongs into --hidden")
	}
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
	w.summary.Notes = slices.Concat(w.summary.Notes, w.others.notes(), w.unproven.notes(n))
	w.summary.Ignored = append(w.summary.Ignored, w.collection.leftPictures()...)
	slices.Sort(w.summary.Ignored)
	return nil
}

func (w *work) documentPath(i int) string {
	return filepath.Join(w.stage.path(DocumentsDir), strconv.Itoa(i)+".json")
}

func (w *work) learn(i int, data []byte) error {
	name := w.collection.cardName(i)
	d, broken := readDocument(data)
	if broken != nil {
		w.summary.NotJSON++
		w.unproven.addBroken(i, name, broken)
		d = &document{}
	}
	p, err := w.collection.pair(i, d)
	if err != nil {
		return err
	}
	w.addresses.add(i, name, d, w.collection.Images(i), p)
	if broken != nil {
		return nil
	}
	w.names.add(d.name)
	w.others.add(i, name, w.summary.FirstID+uint64(i), data, d.name)
	w.tallies.unnamed += d.unlabelled
	w.unproven.add(i, name, d)
	w.tallies.card = i
	if err := w.tallies.add(d.shown); err != nil {
		return fmt.Errorf("the document of card %d: %w", i, err)
	}
	return nil
}

func (w *work) readHidden(context.Context) (err error) {
	if w.Hidden == "" {
		if _, err := os.Lstat(filepath.Join(w.To, ClaimsFile)); err == nil {
			w.note("%s stays as it was, as no table of hidden attributes is given", ClaimsFile)
		}
		return nil
	}
	if w.hidden, err = readHidden(w.Hidden, w.summary.FirstID, w.collection.Len()); err != nil {
		return err
	}
	w.summary.Notes = append(w.summary.Notes, w.hidden.notes...)
	if rows, n := len(w.hidden.Rows), w.collection.Len(); rows < n {
		w.note("the table of hidden attributes has a row for %d of %d cards: the others have none", rows, n)
	}
	var out bytes.Buffer
	if w.summary.Formulas, err = w.hidden.Write(&out); err != nil {
		return err
	}
	if err := w.keepClaims(out.Bytes()); err != nil {
		return err
	}
	w.files = append(w.files, ClaimsFile)
	return os.WriteFile(w.stage.path(ClaimsFile), out.Bytes(), 0o600)
}

func (w *work) copyImages(ctx context.Context) error {
	n := w.collection.Len()
	w.summary.Images, w.summary.ImagesWhy = w.addresses.choose(w.Images, n)
	if err := w.addresses.checkNames(w.summary.Images); err != nil {
		return fmt.Errorf("importing %s: %w", w.From, err)
	}
	if bare := len(w.addresses.bare); bare > 0 && bare < n {
		w.note("no image file: %s", firstOf(w.addresses.bare))
	}
	w.summary.Notes = append(w.summary.Notes, w.addresses.notes()...)
	if w.collection.looked == nil && w.collection.Shape == shapeTable && w.addresses.placeholders > 0 {
		w.note("a table alone has no images: import the folder that holds the table and the images, and not the table")
	}
	if looked := w.collection.looked; w.addresses.filed == 0 && w.addresses.some > 0 && len(looked) > 0 {
		w.note("no image files: looked in %s for the names that documents have, and for their numbers", strings.Join(looked, ", "))
	}
	if w.summary.Images == ImagesDir {
		w.note("images are numbered as cards are, from 0: what is published is the deck's folder images, not the one that was imported")
	}
	if w.addresses.filed == 0 {
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
		d, err := readDocument(data)
		if err != nil {
			return nil // an image is none that it names
		}
		changed, err := r.rewrite(ctx, i, w.collection.cardName(i), data, d, w.collection.Images(i))
		if err != nil || bytes.Equal(changed, data) {
			return err
		}
		return os.WriteFile(w.documentPath(i), changed, 0o644)
	})
}

// tellPlaceholders looks for placeholders in what is proven: the final bytes of all documents.
func (w *work) tellPlaceholders(ctx context.Context) error {
	n := w.collection.Len()
	found := make([]string, n)
	err := each(ctx, n, func(done int) { w.progress("placeholders", done, n) }, func(i int) error {
		data, err := files.Read(w.documentPath(i), MaxDocument)
		if err == nil {
			found[i], _ = Placeholder(data)
		}
		return err
	})
	var cards []int
	for i, text := range found {
		if text != "" {
			cards = append(cards, i)
		}
	}
	if len(cards) > 0 {
		w.note("%s", TellPlaceholders(cards, found[cards[0]]))
	}
	return err
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
	s.AsPublished, s.Notes = w.schema.asPublished, append(s.Notes, w.schema.notes...)
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
		m, err := mergeFile(have, w.schema, wishes{firstID: w.summary.FirstID, randomMember: w.RandomMember, name: w.Name, home: w.Home})
		if err != nil {
			return "", err
		}
		w.summary.Name, w.summary.Added, w.summary.Notes = m.name, m.added, append(w.summary.Notes, m.notes...)
		return m.text, nil
	}
	d := &deckFile{Name: w.deckName(), Circuit: w.schema.circuit, Words: w.schema.words, RandomMember: w.RandomMember}
	d.Deck.Home, d.Deck.Assignment, d.Deck.Documents = cmp.Or(w.Home, noHome), "permuted", "open"
	if d.Deck.Home == noHome {
		d.Deck.Assignment = "fixed"
	}
	d.Deck.FirstID, d.Deck.Spelling = w.summary.FirstID, spellingStrict
	if w.schema.asPublished != "" {
		d.Deck.Spelling = spellingAsPublished
	}
	w.summary.Name = d.Name
	return d.render(w.schema.attributes), nil
}

// note adds a sentence to what a person should know.
func (w *work) note(text string, args ...any) {
	w.summary.Notes = append(w.summary.Notes, fmt.Sprintf(text, args...))
}

// firstOf lists the first few of cards for people.
func firstOf(cards []int) string {
	const most = 8
	text := strings.Trim(fmt.Sprint(cards[:min(most, len(cards))]), "[]")
	if more := len(cards) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return "cards " + text
}
