package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
)

// mayReplace refuses a path at which there is a file that is not of the kind to be
// written: it may hold what cannot be made again.
func mayReplace(path, kind string, is func(path string) bool) error {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && is(path) {
		return nil
	}
	if err != nil {
		return err
	}
	return console.Hint(fmt.Errorf("%s is there and is not a %s", path, kind), "name a new file")
}

// isDescription reports whether a file is a drop's description.
func isDescription(path string) bool {
	data, err := (&program{}).readFile(path, bundle.MaxBytes)
	if err != nil {
		return false
	}
	_, err = bundle.UnmarshalDescription(data)
	return err == nil
}

// isCAR reports whether a file starts as a CAR does.
func isCAR(path string) bool { return car.IsHeader(headOf(path)) }

// isJSON reports whether a file starts as a JSON object does.
func isJSON(path string) bool {
	return bytes.HasPrefix(bytes.TrimLeft(headOf(path), " \t\r\n"), []byte("{"))
}

// headOf returns a file's first bytes, none of a file that cannot be read.
func headOf(path string) []byte {
	f, _, err := files.Open(path)
	if err != nil {
		return nil
	}
	defer f.Close() // only read
	head := make([]byte, 64)
	n, _ := io.ReadFull(f, head)
	return head[:n]
}

// readFile reads the regular file that an option or argument names, of at most limit bytes;
// "-" is stdin.
func (p *program) readFile(path string, limit int64) ([]byte, error) {
	if path == "-" {
		return files.ReadFrom(p.Stdin, "stdin", limit)
	}
	return files.Read(path, limit)
}

// readSecret is readFile of a secret: its file must be its owner's alone. A pipe that the
// shell has opened, as with --key-file <(command), is taken too.
func (p *program) readSecret(path string) ([]byte, error) {
	switch {
	case path == "-":
		return files.ReadFrom(p.Stdin, "stdin", maxSecretBytes)
	case isDescriptor(path):
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close() // only read
		return files.ReadFrom(f, path, maxSecretBytes)
	}
	data, err := files.ReadSecret(path, maxSecretBytes)
	if errors.Is(err, files.ErrExposed) {
		return nil, console.Hint(err, "chmod 600 "+path)
	}
	return data, err
}

// isDescriptor reports whether a path names something that this process has open.
func isDescriptor(path string) bool {
	return path == "/dev/stdin" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}
