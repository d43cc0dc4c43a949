package main

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// lockMemory keeps the process' memory from core dumps, and from debuggers and /proc readers of the same user.
func lockMemory() error {
	if err := unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}); err != nil {
		return fmt.Errorf("turning core dumps off: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("keeping others out of the memory: %w", err)
	}
	return nil
}
