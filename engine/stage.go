package engine

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/genproof/genproof/files"
)

// The folders of a deck that import writes, besides DropFile and ClaimsFile.
const (
	DocumentsDir = "documents"        // N.json: the exact document of card N, from 0
	ImagesFolder = "images"           // N.EXT: images of card N
	stageName    = ".genproof-import" // in a deck's folder: what is on its way into it
	readyName    = "ready"            // in it: all of it is there, and this is what to do
)

// A stage is where an import is made before it counts: a folder beside the deck's for a new
// one, else one within it. Its lock is in it: two imports into one deck are refused.
type stage struct {
	deck  string // the deck's folder
	dir   string
	isNew bool
	lock  *files.Lock
}

// lockName is in a stage while an import is at work. It stays until the stage goes.
const lockName = ".lock"

// newStage begins an import into deck. What an import that died left there is finished if it was
// ready, and else thrown away. An import at work there is [files.ErrBusy].
func newStage(deck string) (*stage, error) {
	s := &stage{deck: deck, dir: filepath.Join(deck, stageName)}
	if err := Recover(deck); err != nil { // drop.yaml may be on its way
		return nil, err
	}
	entries, err := os.ReadDir(deck)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if len(entries) == 0 {
		whole, err := filepath.Abs(deck)
		if err != nil {
			return nil, err
		}
		s.isNew, s.dir = true, filepath.Join(filepath.Dir(whole), stageName+"-"+filepath.Base(whole))
	} else if err := checkDeck(deck); err != nil {
		return nil, err
	}
	if err := os.Mkdir(s.dir, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if s.lock, err = files.TryLock(s.path(lockName)); err != nil {
		return nil, err
	}
	if !s.isNew { // one may have died since
		err = finish(deck, s.dir)
	}
	if err = errors.Join(err, empty(s.dir)); err != nil {
		return nil, errors.Join(err, s.discard())
	}
	return s, nil
}

// empty removes all that a stage holds but its lock.
func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		if e.Name() != lockName {
			err = errors.Join(err, os.RemoveAll(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

func (s *stage) path(name string) string { return filepath.Join(s.dir, name) }

// discard throws the import away, or what is left of its stage.
func (s *stage) discard() error {
	err := os.RemoveAll(s.dir)
	s.lock.Unlock()
	return err
}

// commit makes the import count, whole. names are what it has made or, with a minus in front,
// what a deck no longer has. It returns those that differ from what was there.
func (s *stage) commit(names []string) (changed []string, err error) {
	if s.isNew {
		return s.rename(names)
	}
	for _, name := range names {
		bare := strings.TrimPrefix(name, "-")
		same, err := equal(filepath.Join(s.deck, bare), s.path(bare))
		if err != nil {
			return nil, err
		}
		if !same {
			changed = append(changed, name)
		} else if err := os.RemoveAll(s.path(bare)); err != nil {
			return nil, err
		}
	}
	if len(changed) == 0 {
		return nil, s.discard()
	}
	if err := files.SyncTree(s.dir); err != nil {
		return nil, err
	}
	if err := files.Write(s.path(readyName), []byte(strings.Join(changed, "\n")), files.Public); err != nil {
		return nil, err
	}
	if err := finish(s.deck, s.dir); err != nil {
		return nil, err
	}
	return changed, s.discard()
}

// rename gives a new deck's folder its name.
func (s *stage) rename(names []string) (made []string, err error) {
	if err := files.SyncTree(s.dir); err != nil {
		return nil, err
	}
	if err := os.Remove(s.deck); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is empty
		return nil, err
	}
	if runtime.GOOS == "windows" { // it renames no folder with an open file
		s.lock.Unlock()
	}
	if err := files.Rename(s.dir, s.deck); err != nil {
		return nil, err
	}
	s.lock.Unlock()
	made = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return strings.HasPrefix(name, "-") })
	return made, os.Remove(filepath.Join(s.deck, lockName))
}

// installable are the names that an import puts into a deck's folder.
var installable = []string{DocumentsDir, ImagesFolder, ClaimsFile, DropFile}

// Recover ends an import into the deck's folder that a crash or kill interrupted: one that was
// ready becomes whole, another one leaves no trace. Whoever reads a deck's folder calls it first.
// An import at work there is [files.ErrBusy].
func Recover(deck string) error {
	dir := filepath.Join(deck, stageName)
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	lock, err := files.TryLock(filepath.Join(dir, lockName))
	if err != nil {
		return err
	}
	defer lock.Unlock()
	if err := finish(deck, dir); err != nil {
		return err
	}
	return os.RemoveAll(dir)
}

// finish installs what a stage holds, if it is ready. It may be called again after it was
// interrupted anywhere.
func finish(deck, dir string) error {
	ready, err := files.Read(filepath.Join(dir, readyName), 1<<10)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range strings.Split(string(ready), "\n") {
		bare, isGone := strings.CutPrefix(name, "-")
		if !slices.Contains(installable, bare) {
			return fmt.Errorf("%s: %s is no import's", dir, readyName)
		}
		if err := install(deck, dir, bare, isGone); err != nil {
			return fmt.Errorf("ending the import into %s: %w", deck, err)
		}
	}
	if err := files.SyncFolder(deck); err != nil {
		return err
	}
	return os.Remove(filepath.Join(dir, readyName))
}

// install moves one file or folder to its place, or away.
func install(deck, dir, name string, isGone bool) error {
	from, to, old := filepath.Join(dir, name), filepath.Join(deck, name), filepath.Join(dir, "old-"+name)
	if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) && !isGone {
		return nil // it was moved before
	}
	if err := os.Rename(to, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if isGone {
		return nil
	}
	return os.Rename(from, to)
}

// equal reports whether two files hold the same, or two folders the same files. What is not
// there is equal to what is not there.
func equal(a, b string) (bool, error) {
	x, errA := os.Lstat(a)
	y, errB := os.Lstat(b)
	for _, err := range []error{errA, errB} {
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
	}
	if errA != nil || errB != nil {
		return errA != nil && errB != nil, nil
	}
	if x.IsDir() != y.IsDir() {
		return false, nil
	}
	if x.IsDir() {
		return equalFolders(a, b)
	}
	return equalFiles(a, b)
}

func equalFolders(a, b string) (bool, error) {
	x, err := os.ReadDir(a)
	if err != nil {
		return false, err
	}
	y, err := os.ReadDir(b)
	if err != nil || len(x) != len(y) {
		return false, err
	}
	for i := range x {
		if x[i].Name() != y[i].Name() {
			return false, nil
		}
		if same, err := equal(filepath.Join(a, x[i].Name()), filepath.Join(b, y[i].Name())); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

func equalFiles(a, b string) (same bool, err error) {
	f, x, err := files.Open(a)
	if err != nil {
		return false, err
	}
	defer f.Close() // only read
	g, y, err := files.Open(b)
	if err != nil {
		return false, err
	}
	defer g.Close() // only read
	if x.Size() != y.Size() || x.Mode().Perm() != y.Mode().Perm() {
		return false, nil
	}
	p, q := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, errF := io.ReadFull(f, p)
		m, errG := io.ReadFull(g, q)
		if !bytes.Equal(p[:n], q[:m]) {
			return false, nil
		}
		if errF != nil || errG != nil {
			isEnd := func(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }
			if isEnd(errF) && isEnd(errG) {
				return true, nil
			}
			return false, errors.Join(errF, errG)
		}
	}
}
