package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"github.com/genproof/genproof/ipfs/car"
)

// What is no pack that Open reads.
var (
	ErrEncrypted = errors.New("the pack is encrypted")
	ErrUnknown   = errors.New("this is no pack of evidence")
)

// archiveLimits are those of a pack's CAR.
var archiveLimits = car.Limits{Bytes: maxPack, Blocks: 1 << 21, Entries: maxFiles, FileBytes: maxFile}

// Open opens a pack that is a CAR or a zip, of size bytes. One that was encrypted with age is
// [ErrEncrypted].
func Open(r io.ReaderAt, size int64) (Source, error) {
	head := make([]byte, 64)
	n, err := r.ReadAt(head[:min(int64(len(head)), size)], 0)
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("opening the pack: %w", err)
	}
	head = head[:n]
	switch {
	case car.IsHeader(head):
		archive, err := car.New(r, size, archiveLimits)
		if err != nil {
			return nil, fmt.Errorf("opening the pack: %w", err)
		}
		return CAR{archive}, nil
	case bytes.HasPrefix(head, []byte("PK")):
		z, err := openZip(r, size)
		if err != nil {
			return nil, fmt.Errorf("opening the pack: %w", err)
		}
		return z, nil
	case bytes.HasPrefix(head, []byte("age-encryption.org/")):
		return nil, ErrEncrypted
	}
	return nil, ErrUnknown
}
