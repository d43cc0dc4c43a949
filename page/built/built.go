// Package built holds verifier.html where a program was built with it, as releases are:
//
//	bash .ci/build FILE
//
// A program that was built without it knows no such file, and says so. The file is in no commit:
// it would have to change with every change of the verifier.
package built

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

//go:embed files
var files embed.FS

// maxBytes bounds the file, unpacked.
const maxBytes = 16 << 20

// Verifier returns verifier.html, nil if the program was built without it.
func Verifier() ([]byte, error) {
	packed, err := files.ReadFile("files/verifier.html.gz")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return unpack(packed)
}

func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("unpacking verifier.html: %w", err)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxBytes))
	if err != nil {
		return nil, fmt.Errorf("unpacking verifier.html: %w", err)
	}
	return data, nil
}
