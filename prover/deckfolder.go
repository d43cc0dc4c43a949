package prover

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
)

// A deckFolder is the folder of a deck.
type deckFolder struct {
	folder
	prover *DeckProver
	reveal bool
}

// open makes the folder and what is published once.
func (f *deckFolder) open() error {
	p := f.prover
	if f.isPublic() {
		if err := os.MkdirAll(filepath.Join(f.dir, bundle.CardsDir), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	description, err := p.deck.Description(p.key).Marshal()
	if err != nil {
		return fmt.Errorf("describing the deck: %w", err)
	}
	return f.describe(bundle.BatchesDir, description, []byte(p.deck.Policy.Text), p.backend.verifying.Bytes())
}

// isPublic reports whether cards and documents are published.
func (f *deckFolder) isPublic() bool { return f.prover.deck.Documents() == bundle.Open || f.reveal }

// has reports whether the folder holds a batch of this deck, under this key. One that does not
// hold up is an error.
func (f *deckFolder) has(n int) (bool, error) {
	name := bundle.BatchPath(uint64(n))
	data, err := files.Read(filepath.Join(f.dir, name), bundle.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("output folder: %w", err)
	}
	if err := f.checkBatch(n, data); err != nil {
		return false, fmt.Errorf("%s: %w", filepath.Join(f.dir, name), err)
	}
	return true, nil
}

// checkBatch compares a batch found on disk with the one that it must be, but for its proof,
// and verifies that.
func (f *deckFolder) checkBatch(n int, data []byte) error {
	d := f.prover.deck
	b, err := bundle.UnmarshalBatch(data, d.Circuit.Size, uint64(d.Cards()))
	if err != nil {
		return fmt.Errorf("%w; delete it to prove the batch again", err)
	}
	s, err := d.Statement(n)
	if err != nil {
		return err
	}
	want, err := d.PublishBatch(n, s.List, b.Proof).Marshal()
	if err != nil || string(want) != string(data) {
		return errOtherBatch
	}
	inputs := s.Vector()
	if err := f.prover.backend.verifying.Check(inputs[:], b.Proof); err != nil {
		return fmt.Errorf("key %s: %w; delete it to prove the batch again", keyName(f.prover.key), err)
	}
	return nil
}

// addCards writes documents and openings of a batch's cards, if they are published.
func (f *deckFolder) addCards(n int) error {
	if !f.isPublic() {
		return nil
	}
	d := f.prover.deck
	k := d.Circuit.Size.Cards
	for card := n * k; card < min((n+1)*k, d.Cards()); card++ {
		document, err := d.Document(card)
		if err != nil {
			return err
		}
		opened, err := d.OpenCard(card).Marshal()
		if err != nil {
			return err
		}
		name := bundle.CardDocumentPath(uint64(card), uint64(d.Cards()), k)
		if err := os.MkdirAll(filepath.Join(f.dir, path.Dir(name)), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
		if err := f.keep(name, document); err != nil {
			return err
		}
		if err := f.keep(bundle.CardPath(uint64(card)), opened); err != nil {
			return err
		}
	}
	return nil
}

func (f *deckFolder) addBatch(n int, b *bundle.Batch) error {
	data, err := b.Marshal()
	if err != nil {
		return fmt.Errorf("batch %d: %w", n, err)
	}
	return f.write(bundle.BatchPath(uint64(n)), data)
}

// addImages copies the deck's images, if they are published. One that is there already in the
// same size and not older is kept.
func (f *deckFolder) addImages(ctx context.Context) error {
	from := filepath.Join(f.prover.deck.Dir(), bundle.ImagesDir)
	entries, err := os.ReadDir(from)
	if errors.Is(err, fs.ErrNotExist) || !f.isPublic() {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the images: %w", err)
	}
	if err := os.MkdirAll(filepath.Join(f.dir, bundle.ImagesDir), 0o755); err != nil {
		return fmt.Errorf("output folder: %w", err)
	}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.addImage(filepath.Join(from, e.Name()), path.Join(bundle.ImagesDir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// addImage copies a file unless one of the same size is there: images are not proven by a
// deck, so nothing depends on it but what people see, and a verifier compares CIDs.
func (f *deckFolder) addImage(from, name string) error {
	in, info, err := files.Open(from)
	if err != nil {
		return fmt.Errorf("reading the images: %w", err)
	}
	defer in.Close()
	to := filepath.Join(f.dir, filepath.FromSlash(name))
	if there, err := os.Lstat(to); err == nil && there.Mode().IsRegular() && there.Size() == info.Size() && !there.ModTime().Before(info.ModTime()) {
		return nil
	}
	return files.StreamVia(filepath.Join(f.dir, partialDir), to, files.Public, func(out *os.File) error {
		_, err := io.Copy(out, in)
		return err
	})
}
