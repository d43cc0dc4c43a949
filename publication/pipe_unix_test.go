//go:build unix

package publication_test

import "syscall"

func pipe(path string) error { return syscall.Mkfifo(path, 0o600) }
