package car

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
)

// A Writer writes a CAR in one pass, each block once however often it comes. It keeps the CIDs
// of all blocks in memory and none of their content.
type Writer struct {
	file    io.WriterAt
	w       *bufio.Writer
	seen    map[CID]bool
	written int64 // bytes of blocks
}

// Written returns how many bytes of blocks were put, each block once.
func (w *Writer) Written() int64 { return w.written }

// NewWriter returns a writer into an empty file, at its beginning.
func NewWriter(file interface {
	io.Writer
	io.WriterAt
}) (*Writer, error) {
	w := &Writer{file: file, w: bufio.NewWriterSize(file, 1<<20), seen: make(map[CID]bool)}
	_, err := w.w.Write(Header(CID{})) // the root is known last
	return w, err
}

// Put adds a block, of at most [MaxBlockBytes].
func (w *Writer) Put(c CID, content []byte) error {
	if len(content) > MaxBlockBytes {
		return fmt.Errorf("block %s has %d bytes, want at most %d", c, len(content), MaxBlockBytes)
	}
	if w.seen[c] {
		return nil
	}
	w.seen[c] = true
	w.written += int64(len(content))
	for _, part := range [][]byte{binary.AppendUvarint(nil, uint64(Bytes+len(content))), c[:], content} {
		if _, err := w.w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// Finish writes what is left and names the root, whose block must have been put.
func (w *Writer) Finish(root CID) error {
	if !w.seen[root] {
		return fmt.Errorf("the root %s is not a block of the CAR", root)
	}
	return w.FinishPart(root)
}

// FinishPart is [Writer.Finish] of one of several CARs of a tree: the root's block may be in
// another one.
func (w *Writer) FinishPart(root CID) error {
	if err := w.w.Flush(); err != nil {
		return err
	}
	_, err := w.file.WriteAt(Header(root), 0)
	return err
}
