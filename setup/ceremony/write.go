package ceremony

import (
	"fmt"
	"os"

	"github.com/genproof/genproof/files"
)

// lock keeps other processes from writing into the folder, and removes what one that died
// has left.
func (f *Folder) lock() (func(), error) {
	lock, err := files.TryLock(f.path(lockFile))
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(f.path(partialFile)); err != nil {
		lock.Unlock()
		return nil, err
	}
	return lock.Unlock, nil
}

// addFolder adds a folder of files, whole or not at all. One that is there is not replaced.
// The caller holds the lock.
func (f *Folder) addFolder(name string, list ...files.Named) error {
	tmp := f.path(partialFile)
	defer os.RemoveAll(tmp) // renamed away when all is well
	if err := files.WriteFolder(tmp, files.Public, list...); err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	if err := files.Rename(tmp, f.path(name)); err != nil { // refuses a folder that is there
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return nil
}

// addFile adds a file, whole or not at all. One that is there is not replaced. The caller
// holds the lock.
func (f *Folder) addFile(name string, data []byte) error {
	return files.Create(f.path(name), data, files.Public)
}
