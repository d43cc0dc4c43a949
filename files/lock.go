//go:build !js

package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// ErrBusy says that another process has the lock. The error's text names it where it can.
var ErrBusy = errors.New("another process is at work here")

// lockPoll is how often a waiting process looks again: waiting must stay cancellable.
const lockPoll = 100 * time.Millisecond

// maxHolder bounds what is read of a lock file, in bytes.
const maxHolder = 200

// A Lock is held by one process, or shared by several that read. The system releases the
// lock of a process that dies. Lock files stay: removing one that somebody is about to take
// would split it in two.
type Lock struct {
	held   *flock.Flock
	signed bool // its file names this process
}

// Unlock releases the lock, and leaves nothing of its holder in the file: the folder may be
// published. On nil it does nothing.
func (l *Lock) Unlock() {
	if l == nil {
		return
	}
	if l.signed {
		_ = os.Truncate(l.held.Path(), 0)
	}
	_ = l.held.Unlock() // closing the file releases it whatever else fails
}

// TryLock takes the exclusive lock of the file at path, which it makes if need be, and
// writes into it who holds it. It does not wait: a lock that is held is [ErrBusy].
//
// The folder may be a stranger's: a link at path, which could lead to any file of the
// caller's, is [ErrNotRegular].
func TryLock(path string) (*Lock, error) {
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("locking %s: %w", path, ErrNotRegular)
	}
	l := flock.New(path, flock.SetPermissions(Public))
	got, err := l.TryLock()
	if err != nil {
		return nil, err
	}
	if !got {
		return nil, errors.Join(busy(path), l.Close())
	}
	sign(path)
	return &Lock{held: l, signed: true}, nil
}

// WaitLock takes the lock of the file at path, exclusive or shared. While it waits for
// others it has called waiting once; nil is fine. Nothing is made for a shared lock: if the
// file is not there, or cannot be opened, nobody writes, and the lock is nil.
func WaitLock(ctx context.Context, path string, exclusive bool, waiting func()) (*Lock, error) {
	l, try := flock.New(path), (*flock.Flock).TryLock
	if !exclusive {
		l, try = flock.New(path, flock.SetFlag(os.O_RDONLY)), (*flock.Flock).TryRLock
	}
	for {
		got, err := try(l)
		switch {
		case got:
			return &Lock{held: l}, nil
		case !exclusive && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)):
			return nil, nil
		case err != nil:
			return nil, err
		}
		if waiting != nil {
			waiting()
			waiting = nil
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(ctx.Err(), l.Close())
		case <-time.After(lockPoll):
		}
	}
}

// sign writes the holder into the lock file, for whoever finds it held. It is best effort, and
// names no machine or user: what a process that died left may be published with its folder.
func sign(path string) {
	line := fmt.Sprintf("process %d since %s\n", os.Getpid(), time.Now().UTC().Format(time.RFC3339))
	_ = os.WriteFile(path, []byte(line), Public)
}

// busy is ErrBusy with the holder's line, if that looks like one.
func busy(path string) error {
	line, err := Read(path, maxHolder)
	holder := strings.TrimSpace(string(line))
	if err != nil || holder == "" || strings.ContainsFunc(holder, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ErrBusy
	}
	return fmt.Errorf("%w: %s", ErrBusy, holder)
}
