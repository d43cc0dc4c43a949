//go:build !linux

package thumbnail

import "runtime/debug"

// confine has the collector keep to a bound. The process is one of its own all the same, and has bounded time.
func confine() error {
	debug.SetMemoryLimit(512 << 20)
	return nil
}
