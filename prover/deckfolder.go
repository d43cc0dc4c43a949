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
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/verifier/key"
)

// A DeckFolder is the folder that a deck's proofs go to. It is the record of what is proven: a
// batch's file is there whole, and forced to disk, or not at all, and its cards and documents
// before it. Nobody else changes the folder until it is closed.
type DeckFolder struct {
	folder
	deck      *drop.Deck
	verifying key.Verifying
	key       bundle.Key
	reveal    bool
	lock      *files.Lock
}

// OpenDeckFolder makes and locks the folder of a deck's proofs by a key. reveal publishes
// documents and cards of a sealed deck too. Of a folder that another job works in the error is
// [files.ErrBusy].
func OpenDeckFolder(dir string, d *drop.Deck, verifying key.Verifying, provenance string, reveal bool) (*DeckFolder, error) {
	f := &DeckFolder{folder: folder{dir}, deck: d, verifying: verifying, key: bundle.Key{Digest: verifying.Digest(), Provenance: provenance}, reveal: reveal}
	var err error
	if f.lock, err = f.folder.lock(); err != nil {
		return nil, err
	}
	if err := f.open(); err != nil {
		f.lock.Unlock()
		return nil, err
	}
	return f, nil
}

// Close lets others change the folder.
func (f *DeckFolder) Close() { f.lock.Unlock() }

// open makes the folder and what is published once.
func (f *DeckFolder) open() error {
	if f.isPublic() {
		if err := os.MkdirAll(filepath.Join(f.dir, bundle.CardsDir), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	description, err := f.deck.Description(f.key).Marshal()
	if err != nil {
		return fmt.Errorf("describing the deck: %w", err)
	}
	return f.describe(bundle.BatchesDir, description, []byte(f.deck.Policy.Text), f.verifying.Bytes())
}

// isPublic reports whether cards and documents are published.
func (f *DeckFolder) isPublic() bool { return f.deck.Documents() == bundle.Open || f.reveal }

// Has reports whether the folder holds a batch of this deck, under this key. One that does not
// hold up is an error.
func (f *DeckFolder) Has(n int) (bool, error) {
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
func (f *DeckFolder) checkBatch(n int, data []byte) error {
	d := f.deck
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
	if err := f.verifying.Check(inputs[:], b.Proof); err != nil {
		return fmt.Errorf("key %s: %w; delete it to prove the batch again", keyName(f.key), err)
	}
	return nil
}

// addCards writes documents and openings of a batch's cards, if they are published.
func (f *DeckFolder) addCards(n int) error {
	if !f.isPublic() {
		return nil
	}
	d := f.deck
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

// ErrBadProof says that a proof is none of its batch under the folder's key.
var ErrBadProof = errors.New("the proof does not hold")

// Check verifies a proof of batch n, which may be a stranger's, against the statement that the deck
// has of it.
func (f *DeckFolder) Check(n int, proof []byte) error {
	s, err := f.deck.Statement(n)
	if err != nil {
		return err
	}
	inputs := s.Vector()
	if err := f.verifying.Check(inputs[:], proof); err != nil {
		return fmt.Errorf("batch %d: %w", n, ErrBadProof)
	}
	return nil
}

// Add checks a proof of batch n and writes the batch behind its cards and documents.
func (f *DeckFolder) Add(n int, proof []byte) error {
	if err := f.Check(n, proof); err != nil {
		return err
	}
	if err := f.addCards(n); err != nil {
		return err
	}
	s, err := f.deck.Statement(n)
	if err != nil {
		return err
	}
	return f.addBatch(n, f.deck.PublishBatch(n, s.List, proof))
}

func (f *DeckFolder) addBatch(n int, b *bundle.Batch) error {
	data, err := b.Marshal()
	if err != nil {
		return fmt.Errorf("batch %d: %w", n, err)
	}
	return f.write(bundle.BatchPath(uint64(n)), data)
}

// AddImages copies the deck's images, if they are published. One that is there already in the
// same size and not older is kept.
func (f *DeckFolder) AddImages(ctx context.Context) error {
	from := filepath.Join(f.deck.Dir(), bundle.ImagesDir)
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
		if files.IsSystems(e.Name()) {
			continue
		}
		if err := f.addImage(filepath.Join(from, e.Name()), path.Join(bundle.ImagesDir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// addImage copies a file unless one of the same size is there: images are not proven by a
// deck, so nothing depends on it but what people see, and a verifier compares CIDs.
func (f *DeckFolder) addImage(from, name string) error {
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
