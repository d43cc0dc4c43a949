package program

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// gap is how many zeros may lie between two pieces of data that are joined. Go's linker begins a piece
// after every few zeros, 99,817 of them where browsers take 100,000: the tables in which it finds
// functions are one for every two bytes. From 32 on, nearly all of them are gone, and what is
// compressed is a twelfth smaller.
const gap = 64

// Sections of a module that know how many pieces of data it has.
const (
	dataSection      = 11
	dataCountSection = 12
)

// joinSegments returns a WebAssembly module whose memory begins as it did, written in fewer pieces: those
// that follow each other after at most gap zeros are one. Source: WebAssembly Core Specification 2.0,
// 5.5.14. It refuses pieces that overlap, or are not placed by one constant.
func joinSegments(module []byte) ([]byte, error) {
	const header = "\x00asm\x01\x00\x00\x00"
	if len(module) < len(header) || string(module[:len(header)]) != header {
		return nil, errors.New("this is no WebAssembly module of version 1")
	}
	r := reader{module[len(header):]}
	out := []byte(header)
	for len(r.rest) > 0 {
		id, err := r.byte()
		if err != nil {
			return nil, err
		}
		body, err := r.vector()
		if err != nil {
			return nil, err
		}
		switch id {
		case dataSection:
			if body, err = joined(body); err != nil {
				return nil, fmt.Errorf("reading the data section: %w", err)
			}
		case dataCountSection:
			return nil, errors.New("the module names its pieces of data by number")
		}
		out = binary.AppendUvarint(append(out, id), uint64(len(body)))
		out = append(out, body...)
	}
	return out, nil
}

// joined is a data section in fewer pieces.
func joined(section []byte) ([]byte, error) {
	r := reader{section}
	count, err := r.uint32()
	if err != nil {
		return nil, err
	}
	var pieces []segment
	for range count {
		next, err := r.segment()
		if err != nil {
			return nil, err
		}
		pieces = append(pieces, next)
	}
	if len(r.rest) > 0 {
		return nil, errors.New("more follows the last piece")
	}
	slices.SortFunc(pieces, func(a, b segment) int { return cmp.Compare(a.at, b.at) })
	var joined []segment
	for _, next := range pieces {
		if len(joined) == 0 {
			joined = append(joined, next)
			continue
		}
		last := &joined[len(joined)-1]
		zeros := next.at - last.end()
		switch {
		case zeros < 0:
			return nil, fmt.Errorf("the piece at %d begins before the end of another", next.at)
		case zeros > gap:
			joined = append(joined, next)
		default:
			last.data = append(append(last.data, make([]byte, zeros)...), next.data...)
		}
	}
	out := binary.AppendUvarint(nil, uint64(len(joined)))
	for _, s := range joined {
		out = s.append(out)
	}
	return out, nil
}

// A segment is bytes and where they lie in the memory that a program begins with.
type segment struct {
	at   int64 // less than 2^31
	data []byte
}

func (s segment) end() int64 { return s.at + int64(len(s.data)) }

// Opcodes of the expression that places a segment.
const (
	i32Const = 0x41
	end      = 0x0b
)

func (s segment) append(to []byte) []byte {
	to = appendSigned(append(to, 0, i32Const), s.at)
	to = binary.AppendUvarint(append(to, end), uint64(len(s.data)))
	return append(to, s.data...)
}

// appendSigned appends a number that is not negative as signed LEB128.
func appendSigned(to []byte, n int64) []byte {
	for n > 0x3f {
		to = append(to, byte(n&0x7f|0x80))
		n >>= 7
	}
	return append(to, byte(n))
}

// A reader takes the parts of a module from its front.
type reader struct{ rest []byte }

func (r *reader) byte() (byte, error) {
	if len(r.rest) == 0 {
		return 0, errors.New("the module is cut off")
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b, nil
}

func (r *reader) uint32() (uint32, error) {
	v, n := binary.Uvarint(r.rest)
	if n <= 0 || v>>32 != 0 {
		return 0, errors.New("this is no number of 32 bits")
	}
	r.rest = r.rest[n:]
	return uint32(v), nil
}

// vector reads a number and as many bytes.
func (r *reader) vector() ([]byte, error) {
	n, err := r.uint32()
	if err == nil && uint64(n) > uint64(len(r.rest)) {
		err = errors.New("the module is cut off")
	}
	if err != nil {
		return nil, err
	}
	v := r.rest[:n]
	r.rest = r.rest[n:]
	return v, nil
}

func (r *reader) segment() (s segment, err error) {
	for _, want := range []byte{0, i32Const} {
		if b, err := r.byte(); err != nil || b != want {
			return s, errors.Join(err, errors.New("a piece is not placed by one constant in the first memory"))
		}
	}
	for shift := 0; ; shift += 7 {
		b, err := r.byte()
		if err != nil {
			return s, err
		}
		s.at |= int64(b&0x7f) << shift
		if b&0x80 != 0 && shift < 28 {
			continue
		}
		if b >= 0x40 || s.at >= 1<<31 {
			return s, errors.New("a piece lies beyond 2 GiB")
		}
		break
	}
	if b, err := r.byte(); err != nil || b != end {
		return s, errors.Join(err, errors.New("a piece is not placed by one constant in the first memory"))
	}
	data, err := r.vector()
	s.data = append([]byte(nil), data...)
	return s, err
}
