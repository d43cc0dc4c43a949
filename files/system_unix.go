//go:build unix

package files

import (
	"errors"
	"os"
	"syscall"
)

// dontWait opens a pipe without waiting for its writer. Regular files do not know it.
const dontWait = syscall.O_NONBLOCK

// SyncFolder forces the names in a folder to disk.
func SyncFolder(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
