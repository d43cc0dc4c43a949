package prover

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/verifier/key"
)

// A TokenFolder is the folder that a drawn drop's proofs go to. It is the record of what is proven:
// a token's bundle is there whole, and forced to disk, or not at all, and its document before it.
// Nobody else changes the folder until it is closed.
type TokenFolder struct {
	folder
	drop      *drop.Drop
	verifying key.Verifying
	key       bundle.Key
	held      *files.Lock // nil in a [Job], which has one of its own
}

func newTokenFolder(dir string, d *drop.Drop, verifying key.Verifying, provenance string) *TokenFolder {
	return &TokenFolder{folder: folder{dir}, drop: d, verifying: verifying, key: bundle.Key{Digest: verifying.Digest(), Provenance: provenance}}
}

// OpenTokenFolder makes and locks the folder of a drawn drop's proofs by a key. Of a folder that
// another job works in the error is [files.ErrBusy].
func OpenTokenFolder(dir string, d *drop.Drop, verifying key.Verifying, provenance string) (*TokenFolder, error) {
	f := newTokenFolder(dir, d, verifying, provenance)
	var err error
	if f.held, err = f.lock(); err != nil {
		return nil, err
	}
	if err := f.open(); err != nil {
		f.held.Unlock()
		return nil, err
	}
	return f, nil
}

// Close lets others change the folder.
func (f *TokenFolder) Close() { f.held.Unlock() }

// A Token is one to prove, and whom it may be minted to: zero for anyone.
type Token struct {
	ID        uint64
	Recipient [20]byte
}

// Has returns a token's statement, and reports whether the folder holds its bundle. One that breaks
// the policy is a *[RuleError], and a bundle that does not hold up is an error.
func (f *TokenFolder) Has(t Token) (statement.Statement, bool, error) {
	j, err := judge(f.drop, t.ID, t.Recipient)
	if err != nil {
		return statement.Statement{}, false, err
	}
	there, err := f.has(j.result)
	return j.result.Statement, there, err
}

// Vector returns the public inputs of a token and all other values of its assignment, in the
// circuit's order. These are hidden, and the drop's seed and blind are among them.
func (f *TokenFolder) Vector(t Token) (inputs, hidden []fr.Element, err error) {
	j, err := judge(f.drop, t.ID, t.Recipient)
	if err != nil {
		return nil, nil, err
	}
	r := j.result
	if err := r.Assign(j.token); err != nil {
		return nil, nil, err
	}
	full, err := frontend.NewWitness(r.Assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, nil, errors.New("the assignment does not match its circuit")
	}
	values, ok := full.Vector().(fr.Vector)
	if !ok || len(values) < statement.NbInputs {
		return nil, nil, errors.New("the assignment does not match its circuit")
	}
	return values[:statement.NbInputs], values[statement.NbInputs:], nil
}

// Check verifies a proof of a token, which may be a stranger's, against its statement.
func (f *TokenFolder) Check(t Token, proof []byte) error {
	_, err := f.check(t, proof)
	return err
}

func (f *TokenFolder) check(t Token, proof []byte) (*generation.Result, error) {
	j, err := judge(f.drop, t.ID, t.Recipient)
	if err != nil {
		return nil, err
	}
	r := j.result
	inputs := r.Statement.Vector()
	if err := f.verifying.Check(inputs[:], proof); err != nil {
		return nil, fmt.Errorf("token %d: %w", t.ID, ErrBadProof)
	}
	return r, nil
}

// Add checks a proof of a token and writes its bundle behind its document.
func (f *TokenFolder) Add(t Token, proof []byte) error {
	r, err := f.check(t, proof)
	if err != nil {
		return err
	}
	return f.add(&Proven{bundleOf(f.drop, f.key, r, proof), r.Image})
}

// open makes the folder and its public description.
func (f *TokenFolder) open() error {
	folders := []string{bundle.DocumentsDir}
	if f.drop.Circuit.Size.IsArt() {
		folders = append(folders, bundle.ImagesDir)
	}
	for _, sub := range folders {
		if err := os.MkdirAll(filepath.Join(f.dir, sub), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	description, err := f.drop.Description(f.key).Marshal()
	if err != nil {
		return fmt.Errorf("describing the drop: %w", err)
	}
	return f.describe(bundle.BundlesDir, description, []byte(f.drop.Policy.Text), f.verifying.Bytes())
}

// has reports whether the folder holds a token's bundle, and sees that its document and picture
// are there. A bundle of the same name that does not hold up is an error.
func (f *TokenFolder) has(r *generation.Result) (bool, error) {
	name := bundle.BundlePath(r.Statement.ID)
	data, err := files.Read(filepath.Join(f.dir, name), bundle.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("output folder: %w", err)
	}
	if err := f.checkBundle(data, r); err != nil {
		return false, fmt.Errorf("%s: %w", filepath.Join(f.dir, name), err)
	}
	return true, f.keepShown(r)
}

// keepShown sees that a proven token's document and picture are there.
func (f *TokenFolder) keepShown(r *generation.Result) error {
	if r.Image != nil {
		if err := f.keepNamed(bundle.PicturePath(document.CID(r.Image)), r.Image); err != nil {
			return err
		}
	}
	return f.keepNamed(bundle.DocumentPath(document.CID(r.Document)), r.Document)
}

// keepNamed keeps a file whose name stands for its bytes.
func (f *TokenFolder) keepNamed(name string, data []byte) error {
	for _, sub := range []string{partialDir, path.Dir(name)} {
		if err := os.MkdirAll(filepath.Join(f.dir, sub), 0o755); err != nil {
			return fmt.Errorf("output folder: %w", err)
		}
	}
	err := f.keep(name, data)
	if errors.Is(err, ErrForeign) {
		return fmt.Errorf("%s: its bytes are not those its name stands for: delete it to have it written again", filepath.Join(f.dir, name))
	}
	return err
}

// checkBundle compares a bundle found on disk with the one this token must have.
func (f *TokenFolder) checkBundle(data []byte, r *generation.Result) error {
	b, err := bundle.Unmarshal(data)
	if err != nil {
		return fmt.Errorf("%w; delete it to prove the token again", err)
	}
	if b.Statement != r.Statement || b.Key != f.key || b.Document != string(r.Document) {
		return ErrForeign
	}
	inputs := b.Statement.Vector()
	if err := f.verifying.Check(inputs[:], b.Proof); err != nil {
		return fmt.Errorf("key %s: %w; delete it to prove the token again", keyName(b.Key), err)
	}
	return nil
}

// add writes a token's picture and document, then its bundle: a bundle is there only with them.
func (f *TokenFolder) add(b *Proven) error {
	data, err := b.Marshal()
	if err != nil {
		return fmt.Errorf("token %d: %w", b.Statement.ID, err)
	}
	if b.Picture != nil {
		if err := f.write(bundle.PicturePath(document.CID(b.Picture)), b.Picture); err != nil {
			return err
		}
	}
	if err := f.write(bundle.DocumentPath(b.CID), []byte(b.Document)); err != nil {
		return err
	}
	return f.write(bundle.BundlePath(b.Statement.ID), data)
}
