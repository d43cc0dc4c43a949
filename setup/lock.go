package setup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
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
	f, err := s.openLock(path, exclusive)
	if !exclusive && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)) {
		return func() {}, nil // nobody has made keys here, or nobody can: reading writes nothing
	}
	if err != nil {
		return nil, fmt.Errorf("lock key store: %w; name a writable folder with --keys", err)
	}
	if err := wait(ctx, func() error { return tryLock(f, exclusive) }, progress); err != nil {
		f.Close()
		return nil, fmt.Errorf("lock %s: %w", path, err)
	}
	if exclusive {
		if err := restore(s.Path(c.Digest)); err != nil {
			f.Close()
			return nil, fmt.Errorf("old keys of %s: %w", c.ID, err)
		}
	}
	return func() { f.Close() }, nil // closing releases the lock
}

func (s *Store) openLock(path string, exclusive bool) (*os.File, error) {
	if !exclusive {
		return os.Open(path)
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
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
