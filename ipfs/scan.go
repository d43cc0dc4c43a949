package ipfs

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/ipfs/go-cid"
)

// A CAR of this package begins with one header of fixed length, and so does the output of
// `ipfs dag export`:
//
//	0x3a {"roots": [ROOT], "version": 1}          58 bytes of DAG-CBOR
//
// where ROOT, like every CID in it, has 36 bytes: version 1, codec, SHA-256, 32 bytes.
const (
	headerStart = "\x3a\xa2eroots\x81\xd8\x2a\x58\x25\x00"
	headerEnd   = "gversion\x01"
	headerBytes = len(headerStart) + cidBytes + len(headerEnd)
	cidBytes    = 4 + sha256.Size

	// maxBlockBytes is what nodes exchange at most, and twice what this package writes.
	maxBlockBytes = 2 << 20
)

var carV2 = []byte("\x0a\xa1gversion\x02")

// A block is where a block's content lies in the file.
type block struct {
	offset int64
	size   int
	used   bool // the tree has it
}

// An index finds a CAR's blocks, all of them checked against their CIDs.
type index map[cid.Cid]*block

// readHeader returns the root.
func readHeader(r io.Reader) (cid.Cid, error) {
	b := make([]byte, headerBytes)
	n, err := io.ReadFull(r, b)
	if bytes.HasPrefix(b[:n], carV2) {
		return cid.Undef, errors.New("this is a CAR of version 2, want 1: `car get-dag` or `ipfs dag import` and `dag export` convert it")
	}
	if err != nil {
		return cid.Undef, errors.New("too short for a CAR")
	}
	root, ok := bytes.CutPrefix(b, []byte(headerStart))
	root, ok2 := bytes.CutSuffix(root, []byte(headerEnd))
	if !ok || !ok2 {
		return cid.Undef, errors.New("not a CAR of version 1 with one root that is a CIDv1 of SHA-256")
	}
	c, err := parseCID(root)
	if err != nil {
		return cid.Undef, fmt.Errorf("root: %w", err)
	}
	return c, nil
}

// parseCID reads the only kind of CID there is here: version 1, raw or dag-pb, SHA-256.
// Others hide content (identity), or have two spellings.
func parseCID(b []byte) (cid.Cid, error) {
	if len(b) < cidBytes || b[0] != 1 || b[1] != cid.Raw && b[1] != cid.DagProtobuf || b[2] != 0x12 || b[3] != sha256.Size {
		return cid.Undef, fmt.Errorf("CID %x...: want version 1, raw or dag-pb, SHA-256", b[:min(len(b), 4)])
	}
	return cid.Cast(b[:cidBytes])
}

// scan reads all blocks once. Work and memory are bounded by the file's length and lim.
func scan(r io.Reader, lim Limits) (root cid.Cid, blocks index, err error) {
	root, blocks, end, err := scanGood(r, lim)
	if err != nil && blocks != nil {
		err = fmt.Errorf("block at byte %d: %w", end, err)
	}
	return root, blocks, err
}

// scanGood is scan, and with an error it returns what was good before it, up to byte end.
// Without a good header there are no blocks at all.
func scanGood(r io.Reader, lim Limits) (root cid.Cid, blocks index, end int64, err error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	if root, err = readHeader(buffered); err != nil {
		return cid.Undef, nil, 0, err
	}
	blocks, end = make(index), int64(headerBytes)
	var section []byte
	for {
		n, err := readLength(buffered)
		if err == io.EOF {
			return root, blocks, end, nil
		}
		if err == nil {
			section = slices.Grow(section[:0], int(n))[:n]
			err = blocks.add(buffered, section, end, lim)
		}
		if err != nil {
			return root, blocks, end, err
		}
		end += lengthBytes(n) + int64(n)
	}
}

func lengthBytes(n uint64) int64 { return int64(len(binary.AppendUvarint(nil, n))) }

// readLength reads a section's length. [io.EOF] is the end of the CAR.
func readLength(r *bufio.Reader) (uint64, error) {
	if _, err := r.Peek(1); err != nil {
		return 0, err
	}
	n, err := binary.ReadUvarint(r)
	switch {
	case err != nil:
		return 0, errors.New("its length is cut off or not a number")
	case n <= cidBytes-1:
		return 0, fmt.Errorf("it has %d bytes, which is no block", n)
	case n > cidBytes+maxBlockBytes:
		return 0, fmt.Errorf("it claims %d bytes, want at most %d", n, cidBytes+maxBlockBytes)
	}
	return n, nil
}

// add fills a section and checks that its content has its CID.
func (blocks index) add(r io.Reader, section []byte, offset int64, lim Limits) error {
	if _, err := io.ReadFull(r, section); err != nil {
		return fmt.Errorf("it claims %d bytes, the file ends before", len(section))
	}
	c, err := parseCID(section)
	if err != nil {
		return err
	}
	content := section[cidBytes:]
	if err := matches(c, content); err != nil {
		return err
	}
	if blocks[c] != nil {
		return fmt.Errorf("%s is there twice", c)
	}
	if len(blocks) == lim.Blocks {
		return fmt.Errorf("more than %d blocks", lim.Blocks)
	}
	blocks[c] = &block{offset: offset + lengthBytes(uint64(len(section))) + cidBytes, size: len(content)}
	return nil
}

func matches(c cid.Cid, content []byte) error {
	if hash := sha256.Sum256(content); !bytes.Equal(hash[:], c.Hash()[2:]) {
		return fmt.Errorf("its content is not that of %s", c)
	}
	return nil
}
