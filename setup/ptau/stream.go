package ptau

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"hash"
	"io"
)

// A stream reads a file once, from beginning to end, and hashes every byte: what was
// decoded is what the digest is of.
type stream struct {
	ctx       context.Context
	r         io.Reader
	sha       hash.Hash
	pos, size int64
	opt       *Options

	transcript *transcript // nil: the hashes of all points are not needed
}

func newStream(ctx context.Context, r io.Reader, size int64, opt *Options) *stream {
	opt.report(PhaseRead, 0, size)
	return &stream{ctx: ctx, r: r, sha: sha256.New(), size: size, opt: opt}
}

// read fills b.
func (s *stream) read(b []byte) error {
	if err := s.ctx.Err(); err != nil {
		return err
	}
	if _, err := io.ReadFull(s.r, b); err != nil {
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return errChanged
		}
		return pathless(err)
	}
	s.sha.Write(b)
	s.pos += int64(len(b))
	s.opt.report(PhaseRead, s.pos, s.size)
	return nil
}

// expect reads what was read before, when the file was scanned.
func (s *stream) expect(want []byte) error {
	got := make([]byte, len(want))
	if err := s.read(got); err != nil {
		return err
	}
	if !bytes.Equal(got, want) {
		return errChanged
	}
	return nil
}

// skip hashes n bytes that nobody needs.
func (s *stream) skip(n int64) error {
	const atOnce = 1 << 20
	buf := make([]byte, min(n, atOnce))
	for n > 0 {
		b := buf[:min(n, atOnce)]
		if err := s.read(b); err != nil {
			return err
		}
		n -= int64(len(b))
	}
	return nil
}

// digest ends the stream and returns the file's SHA-256.
func (s *stream) digest() (d [32]byte, err error) {
	var b [1]byte
	if n, _ := s.r.Read(b[:]); n != 0 || s.pos != s.size {
		return d, errChanged
	}
	s.sha.Sum(d[:0])
	return d, nil
}

var errChanged = errors.New("the file changed while it was read")
