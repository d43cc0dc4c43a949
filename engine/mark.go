package engine

import (
	"bytes"
	"errors"
	"io"

	"github.com/genproof/genproof/files"
)

// markBlanked reads a file from its beginning, with blanks in the place of a byte order mark, so
// that whatever is found stands where it does in the file.
func markBlanked(f io.Reader) (io.Reader, error) {
	head := make([]byte, len(files.Mark))
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if head = head[:n]; string(head) == files.Mark {
		head = []byte("   ")
	}
	return io.MultiReader(bytes.NewReader(head), f), nil
}
