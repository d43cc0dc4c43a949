package files

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Folders remembers the folders that it has made.
type Folders struct{ made []string }

// Make is [os.MkdirAll], and remembers what was not there before.
func (f *Folders) Make(dir string, mode fs.FileMode) error {
	if _, err := os.Stat(dir); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return os.MkdirAll(dir, mode) // which says what else is in its place
	}
	if above := filepath.Dir(dir); above != dir {
		if err := f.Make(above, mode); err != nil {
			return err
		}
	}
	err := os.Mkdir(dir, mode)
	if errors.Is(err, fs.ErrExist) {
		return os.MkdirAll(dir, mode) // somebody else has just made it
	}
	if err == nil {
		f.made = append(f.made, dir)
	}
	return err
}

// Remove takes away those that it has made, the last first, and keeps the ones that hold something.
func (f *Folders) Remove() {
	for len(f.made) > 0 {
		last := len(f.made) - 1
		os.Remove(f.made[last]) // a folder that is not empty stays
		f.made = f.made[:last]
	}
}
