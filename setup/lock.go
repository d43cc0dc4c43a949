package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
	"time"
)

// errLocked says that another holder is in the way.
var errLocked = errors.New("locked")

// lockPoll is how often a waiting process looks again: waiting must stay cancellable.
const lockPoll = 100 * time.Millisecond

// lock takes the lock of c's keys, exclusive to make them or shared to read them, and
// returns what releases it. The system releases the lock of a process that dies. Lock files
// stay, because removing one that somebody is about to take would split it in two.
func (s *Store) lock(ctx context.Context, c *Circuit, exclusive bool, progress Progress) (func(), error) {
	path := s.Path(c.Digest) + ".lock"
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if !exclusive && readOnly(err) {
		return func() {}, nil // nobody makes keys in a read-only store
	}
	if err != nil {
		return nil, fmt.Errorf("lock key store: %w; name a writable folder with --keys", err)
	}
	if err := wait(ctx, func() error { return tryLock(f, exclusive) }, progress); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	return func() { f.Close() }, nil // closing releases the lock
}

// wait tries until it is let in.
func wait(ctx context.Context, try func() error, progress Progress) error {
	err := try()
	if err != errLocked {
		return err
	}
	progress.report(PhaseWait, 0, 0)
	tick := time.NewTicker(lockPoll)
	defer tick.Stop()
	for err == errLocked {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			err = try()
		}
	}
	progress.report(PhaseWait, 1, 1)
	return err
}

func readOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}
