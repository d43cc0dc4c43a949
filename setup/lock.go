package setup

import (
	"context"
	"fmt"
	"os"

	"github.com/genproof/genproof/files"
)

// lock takes the lock of c's keys, exclusive to make them or shared to read them, and
// returns what releases it. Reading writes nothing: where nobody has made keys, or nobody
// can, there is no lock to share.
func (s *Store) lock(ctx context.Context, c *Circuit, exclusive bool, progress Progress) (func(), error) {
	if exclusive {
		if err := os.MkdirAll(s.dir, 0o700); err != nil {
			return nil, fmt.Errorf("locking the key store: %w; name a writable folder with --keys", err)
		}
	}
	lock, err := s.wait(ctx, s.Path(c.Digest)+".lock", exclusive, progress)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("locking the key store: %w; name a writable folder with --keys", err)
	}
	if exclusive {
		if err := restore(s.Path(c.Digest)); err != nil {
			lock.Unlock()
			return nil, fmt.Errorf("restoring old keys of %s: %w", c.ID, err)
		}
	}
	return lock.Unlock, nil
}

// wait tells of waiting for another process that makes or reads the same keys.
func (s *Store) wait(ctx context.Context, path string, exclusive bool, progress Progress) (*files.Lock, error) {
	waited := false
	lock, err := files.WaitLock(ctx, path, exclusive, func() {
		waited = true
		progress.report(PhaseWait, 0, 0)
	})
	if waited && err == nil {
		progress.report(PhaseWait, 1, 1)
	}
	return lock, err
}
