package engine

import (
	"errors"
	"fmt"
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
// what a deck no longer has. It returns those that differ from what was there, and how, where
// something was there.
func (s *stage) commit(names []string) (changed []string, changes []Change, err error) {
	if s.isNew {
		changed, err = s.rename(names)
		return changed, nil, err
	}
	for _, name := range names {
		bare := strings.TrimPrefix(name, "-")
		c, err := changeOf(filepath.Join(s.deck, bare), s.path(bare))
		if err != nil {
			return nil, nil, err
		}
		if c.is() {
			changed, changes = append(changed, name), append(changes, c)
		} else if err := os.RemoveAll(s.path(bare)); err != nil {
			return nil, nil, err
		}
	}
	if len(changed) == 0 {
		return nil, nil, s.discard()
	}
	if err := files.SyncTree(s.dir); err != nil {
		return nil, nil, err
	}
	if err := files.Write(s.path(readyName), []byte(strings.Join(changed, "\n")), files.Public); err != nil {
		return nil, nil, err
	}
	if err := finish(s.deck, s.dir); err != nil {
		return nil, nil, err
	}
	return changed, changes, s.discard()
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
