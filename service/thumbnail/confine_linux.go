package thumbnail

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// Bounds of a child. A picture of maxArea takes 128 MB while it is decoded, and Go's collector as much again.
const (
	maxData = 512 << 20 // bytes that can be written to
	maxTime = 15        // seconds of a processor
)

// confine bounds this process. It writes no file, opens next to none, and starts nothing.
func confine() error {
	for what, limit := range map[int]uint64{
		unix.RLIMIT_DATA: maxData, unix.RLIMIT_CPU: maxTime, unix.RLIMIT_CORE: 0, unix.RLIMIT_FSIZE: 0, unix.RLIMIT_NOFILE: 16,
	} {
		if err := unix.Setrlimit(what, &unix.Rlimit{Cur: limit, Max: limit}); err != nil {
			return fmt.Errorf("bounding a decoder's process: %w", err)
		}
	}
	return nil
}
