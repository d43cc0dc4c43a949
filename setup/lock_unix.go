//go:build unix

package setup

import (
	"os"

	"golang.org/x/sys/unix"
)

// tryLock takes a lock on f, which goes with this opening of the file: two goroutines of
// one process keep each other out as two processes do.
func tryLock(f *os.File, exclusive bool) error {
	how := unix.LOCK_SH
	if exclusive {
		how = unix.LOCK_EX
	}
	for {
		switch err := unix.Flock(int(f.Fd()), how|unix.LOCK_NB); err {
		case unix.EINTR:
		case unix.EWOULDBLOCK:
			return errLocked
		default:
			return err
		}
	}
}
