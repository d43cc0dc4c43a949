package program

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// gap is how many zeros may lie within a piece of data. Go's linker begins a piece after every few zeros,
// 99,817 of them where browsers take 100,000: the tables in which it finds functions are one for every
// two bytes. From 32 on, nearly all of them are gone, and what is compressed is a twelfth smaller.
const gap = 64

// maxMemory bounds what a program's memory begins with, in bytes.
const maxMemory = 64 << 20

// Sections of a module that know how many pieces of data it has.
const (
	dataSection      = 11
	dataCountSection = 12
)

// rewriteData returns a WebAssembly module whose memory begins as change leaves it, written in few
// pieces: one ends where more than gap zeros follow. Source: WebAssembly Core Specification 2.0, 5.5.14.
// It refuses pieces that overlap, or are not placed by one constant.
func rewriteData(module []byte, change func(memory []byte) error) ([]byte, error) {
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
			memory, err := readData(body)
			if err == nil {
				err = change(memory)
			}
			if err != nil {
				return nil, fmt.Errorf("reading the data section: %w", err)
			}
			body = appendData(nil, memory)
		case dataCountSection:
			return nil, errors.New("the module names its pieces of data by number")
		}
		out = binary.AppendUvarint(append(out, id), uint64(len(body)))
		out = append(out, body...)
	}
	return out, nil
}

// readData returns the memory that a data section describes, up to the last byte that it sets.
func readData(section []byte) ([]byte, error) {
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
	var memory []byte
	for _, s := range pieces {
		if s.at < len(memory) {
			return nil, fmt.Errorf("the piece at %d begins before the end of another", s.at)
		}
		memory = append(append(memory, make([]byte, s.at-len(memory))...), s.data...)
	}
	return memory, nil
}

// appendData appends the data section of a memory.
func appendData(to, memory []byte) []byte {
	var pieces []segment
	for at, b := range memory {
		if b == 0 {
			continue
		}
		if last := len(pieces) - 1; last >= 0 && at-pieces[last].end() <= gap {
			pieces[last].data = memory[pieces[last].at : at+1]
			continue
		}
		pieces = append(pieces, segment{at, memory[at : at+1]})
	}
	to = binary.AppendUvarint(to, uint64(len(pieces)))
	for _, s := range pieces {
		to = s.append(to)
	}
	return to
}

// A segment is bytes and where they lie in the memory that a program begins with.
type segment struct {
	at   int // at most maxMemory
	data []byte
}

func (s segment) end() int { return s.at + len(s.data) }

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
func appendSigned(to []byte, n int) []byte {
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
		s.at |= int(b&0x7f) << shift
		if b&0x80 != 0 && shift < 28 {
			continue
		}
		if b >= 0x40 || s.at > maxMemory {
			return s, errors.New("a piece lies beyond 64 MiB")
		}
		break
	}
	if b, err := r.byte(); err != nil || b != end {
		return s, errors.Join(err, errors.New("a piece is not placed by one constant in the first memory"))
	}
	s.data, err = r.vector()
	return s, err
}
