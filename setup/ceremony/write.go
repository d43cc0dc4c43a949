package ceremony

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/genproof/genproof/setup"
)

// lock keeps other processes from writing into the folder, and removes what one that died
// has left.
func (f *Folder) lock() (func(), error) {
	unlock, err := setup.LockFile(f.path(lockFile))
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(f.path(partialFile)); err != nil {
		unlock()
		return nil, err
	}
	return unlock, nil
}

// A file is a name and what it holds.
type file struct {
	name string
	data []byte
}

// addFolder adds a folder of files, whole or not at all. One that is there is not replaced.
// The caller holds the lock.
func (f *Folder) addFolder(name string, files ...file) error {
	tmp := f.path(partialFile)
	defer os.RemoveAll(tmp) // renamed away when all is well
	if err := writeFolder(tmp, files...); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	if err := os.Rename(tmp, f.path(name)); err != nil { // refuses a folder that is there
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return setup.SyncFolder(f.dir)
}

// addFile adds a file, whole or not at all. One that is there is not replaced. The caller
// holds the lock.
func (f *Folder) addFile(name string, data []byte) error {
	tmp := f.path(partialFile)
	defer os.Remove(tmp)
	err := writeFile(tmp, data)
	if err == nil {
		err = os.Link(tmp, f.path(name)) // unlike a rename it replaces nothing
	}
	if err == nil {
		err = setup.SyncFolder(f.dir)
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

// writeFolder makes a folder with files in it, all on disk when it returns.
func writeFolder(path string, files ...file) error {
	if err := os.Mkdir(path, 0o755); err != nil {
		return err
	}
	for _, file := range files {
		if err := writeFile(filepath.Join(path, file.name), file.data); err != nil {
			return err
		}
	}
	return setup.SyncFolder(path)
}

func writeFile(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}
