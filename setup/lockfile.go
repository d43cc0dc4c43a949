package setup

import (
	"errors"
	"fmt"
	"os"
)

// ErrBusy says that another process works on the same thing.
var ErrBusy = errors.New("another process is at work here")

// LockFile takes an exclusive lock on the file at path, which it makes if need be and which
// stays, and returns what releases it. It does not wait: a lock that is held is [ErrBusy].
// The system releases the lock of a process that dies.
func LockFile(path string) (func(), error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := tryLock(f, true); err != nil {
		f.Close()
		if errors.Is(err, errLocked) {
			err = ErrBusy
		}
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { f.Close() }, nil // closing releases the lock
}

// SyncFolder forces the names in a folder to disk.
func SyncFolder(path string) error { return syncFolder(path) }
