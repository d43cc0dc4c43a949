package car

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
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
	headerBytes = len(headerStart) + Bytes + len(headerEnd)
)

// MaxBlockBytes is what nodes exchange at most, and twice what package ipfs writes.
const MaxBlockBytes = 2 << 20

var carV2 = []byte("\x0a\xa1gversion\x02")

// Header returns the bytes that a CAR with this root begins with.
func Header(root CID) []byte {
	return slices.Concat([]byte(headerStart), root[:], []byte(headerEnd))
}

// Section returns the bytes of a block in a CAR. The content is at their end.
func Section(c CID, content []byte) []byte {
	return slices.Concat(binary.AppendUvarint(nil, uint64(Bytes+len(content))), c[:], content)
}

// A Block says where a block's content lies in a CAR.
type Block struct {
	Offset int64
	Size   int
	used   bool // the tree has it
}

// An Index finds a CAR's blocks, all of them checked against their CIDs.
type Index map[CID]*Block

// IsHeader reports whether a file that begins with these bytes, at least ten, means to be a
// CAR, of whatever version and however damaged: a header's length, then a map of DAG-CBOR.
func IsHeader(head []byte) bool {
	head = head[:min(len(head), 10)]
	return bytes.Contains(head, []byte("\xa2eroots")) || bytes.HasPrefix(head, carV2[:9])
}

// ReadHeader returns the root of a CAR.
func ReadHeader(r io.Reader) (CID, error) {
	b := make([]byte, headerBytes)
	n, err := io.ReadFull(r, b)
	if bytes.HasPrefix(b[:n], carV2) {
		return CID{}, errors.New("this is a CAR of version 2, want 1: `car get-dag` or `ipfs dag import` and `dag export` convert it")
	}
	if err != nil {
		return CID{}, errors.New("too short for a CAR")
	}
	root, ok := bytes.CutPrefix(b, []byte(headerStart))
	root, ok2 := bytes.CutSuffix(root, []byte(headerEnd))
	if !ok || !ok2 {
		return CID{}, errors.New("not a CAR of version 1 with one root that is a CIDv1 of SHA-256")
	}
	c, err := ParseCID(root)
	if err != nil {
		return CID{}, fmt.Errorf("root: %w", err)
	}
	return c, nil
}

// scan reads all blocks once. Work and memory are bounded by the file's length and lim.
func scan(r io.Reader, lim Limits) (root CID, blocks Index, err error) {
	root, blocks, end, err := Scan(r, lim)
	if err != nil && blocks != nil {
		err = fmt.Errorf("block at byte %d: %w", end, err)
	}
	return root, blocks, err
}

// Scan reads all blocks once and checks each against its CID; of one that stands there several
// times the first counts. With an error it returns what
// was good before it, up to byte end. Without a good header there are no blocks at all. Work
// and memory are bounded by what r has and lim.
func Scan(r io.Reader, lim Limits) (root CID, blocks Index, end int64, err error) {
	buffered := bufio.NewReaderSize(r, 1<<16)
	if root, err = ReadHeader(buffered); err != nil {
		return CID{}, nil, 0, err
	}
	blocks, end = make(Index), int64(headerBytes)
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
	case n <= Bytes-1:
		return 0, fmt.Errorf("it has %d bytes, which is not a block", n)
	case n > Bytes+MaxBlockBytes:
		return 0, fmt.Errorf("it claims %d bytes, want at most %d", n, Bytes+MaxBlockBytes)
	}
	return n, nil
}

// add fills a section and checks that its content has its CID.
func (blocks Index) add(r io.Reader, section []byte, offset int64, lim Limits) error {
	if _, err := io.ReadFull(r, section); err != nil {
		return fmt.Errorf("it claims %d bytes, the file ends before", len(section))
	}
	c, err := ParseCID(section)
	if err != nil {
		return err
	}
	content := section[Bytes:]
	if err := c.Check(content); err != nil {
		return err
	}
	if blocks[c] != nil {
		return nil // the same bytes once more: other tools write a block as often as it is linked
	}
	if len(blocks) == lim.Blocks {
		return fmt.Errorf("more than %d blocks", lim.Blocks)
	}
	blocks[c] = &Block{Offset: offset + lengthBytes(uint64(len(section))) + Bytes, Size: len(content)}
	return nil
}
