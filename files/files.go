// Package files is the one place where genproof reads files that strangers may have made,
// writes files whole, and locks folders.
//
// Reading is bounded, and opens regular files only: a pipe would wait for ever for a writer,
// a device may have no end. A [Folder] follows no links besides, because a folder from a
// stranger could name any file of its reader's.
//
// Writing has one durability: a file or folder is at its place whole or not at all, and when
// the call returns both its bytes and its name have been forced to disk.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"
)

// Modes of files.
const (
	Public = fs.FileMode(0o644)
	Secret = fs.FileMode(0o600) // for its owner alone
)

// ErrNotRegular says that something else than a regular file is at a path.
var ErrNotRegular = errors.New("not a regular file")

// ErrTooLarge says that a file has more bytes than its reader takes.
var ErrTooLarge = errors.New("the file is too large")

// ErrExposed says that others than its owner can read a file of secrets.
var ErrExposed = errors.New("others can read it")

// Open opens the regular file at path for reading. It follows links: for a path that a user
// names. Anything but a regular file is [ErrNotRegular], at once.
func Open(path string) (*os.File, fs.FileInfo, error) {
	// Looked at before it is opened: opening some devices does something.
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return nil, nil, fmt.Errorf("opening %s: %w", path, ErrNotRegular)
	}
	f, err := os.OpenFile(path, os.O_RDONLY|dontWait, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := regular(f)
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("opening %s: %w", path, err)
	}
	return f, info, nil
}

// regular returns what is known of an open file: it may be another one than was looked at.
func regular(f *os.File) (fs.FileInfo, error) {
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrNotRegular
	}
	return info, err
}

// Read returns the bytes of the regular file at path, at most limit: a longer file is
// [ErrTooLarge].
func Read(path string, limit int64) ([]byte, error) {
	f, info, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	return readAll(f, path, info.Size(), limit)
}

// ReadSecret is [Read] of a file that only its owner may read: one that others can read is
// [ErrExposed]. The mode is that of the opened file, so that it cannot change in between.
func ReadSecret(path string, limit int64) ([]byte, error) {
	f, info, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() // only read
	if err := Owned(info); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	return readAll(f, path, info.Size(), limit)
}

// Owned returns [ErrExposed] for a file that others than its owner can read or write.
// Windows has no such modes.
func Owned(info fs.FileInfo) error {
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode&0o077 != 0 {
		return fmt.Errorf("%w (mode %04o)", ErrExposed, mode)
	}
	return nil
}

// ReadFrom returns all bytes of r, at most limit: more are [ErrTooLarge]. name is r's, for
// the error.
func ReadFrom(r io.Reader, name string, limit int64) ([]byte, error) {
	return readAll(r, name, 0, limit)
}

func readAll(r io.Reader, name string, size, limit int64) ([]byte, error) {
	if size > limit {
		return nil, tooLarge(name, limit)
	}
	data, err := io.ReadAll(io.LimitReader(r, limit+1)) // the file may grow while it is read
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if int64(len(data)) > limit {
		return nil, tooLarge(name, limit)
	}
	return data, nil
}

func tooLarge(name string, limit int64) error {
	return fmt.Errorf("reading %s: %w: it has more than %d bytes", name, ErrTooLarge, limit)
}
