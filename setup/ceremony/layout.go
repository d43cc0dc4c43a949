package ceremony

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// Bytes of a compressed point. Its two highest bits are flags.
const (
	g1Bytes = 32
	g2Bytes = 64

	hashBytes = 32
)

// How points may be at infinity, where that does not follow from the ratio to the point before.
type infinity int

const (
	never    infinity = iota
	asBefore          // where the file before has it: wires that no constraint uses
	proofs            // in the initial accumulator, which proves nothing
	anywhere          // evaluations: each is checked as a whole
)

// A part is a run of points in a file.
type part struct {
	name     string
	prefix   []byte // what stands in front: lengths
	count    int
	bytes    int // of a point
	infinity infinity
	fresh    bool // the first point must differ from that of every file before
}

// A layout is the one form that a file of a given circuit has.
type layout struct {
	parts     []part
	challenge bool // ends with the length and the bytes of a SHA-256
}

// layoutPhase1 is that of gnark's Phase1 for a domain of n.
func layoutPhase1(n int) layout {
	return layout{[]part{
		{name: "proof of tau", count: 1, bytes: g1Bytes, infinity: proofs}, {name: "proof of tau", count: 1, bytes: g2Bytes, infinity: proofs},
		{name: "proof of alpha", count: 1, bytes: g1Bytes, infinity: proofs}, {name: "proof of alpha", count: 1, bytes: g2Bytes, infinity: proofs},
		{name: "proof of beta", count: 1, bytes: g1Bytes, infinity: proofs}, {name: "proof of beta", count: 1, bytes: g2Bytes, infinity: proofs},
		{name: "beta in G2", prefix: binary.BigEndian.AppendUint64(nil, uint64(n)), count: 1, bytes: g2Bytes, fresh: true},
		{name: "powers of tau", count: 2*n - 2, bytes: g1Bytes, fresh: true},
		{name: "powers of tau in G2", count: n - 1, bytes: g2Bytes},
		{name: "beta tau", count: n, bytes: g1Bytes},
		{name: "alpha tau", count: n, bytes: g1Bytes, fresh: true},
	}, true}
}

// layoutPhase2 is that of gnark's Phase2 for private wires and a domain of n.
func layoutPhase2(private, n int) layout {
	return layout{[]part{
		{name: "delta", prefix: []byte{0, 0}, count: 1, bytes: g1Bytes, fresh: true}, // no commitments
		{name: "K", prefix: length(private), count: private, bytes: g1Bytes, infinity: asBefore},
		{name: "Z", prefix: length(n - 1), count: n - 1, bytes: g1Bytes},
		{name: "delta in G2", count: 1, bytes: g2Bytes},
		{name: "proof of delta", count: 1, bytes: g1Bytes, infinity: proofs}, {name: "proof of delta", count: 1, bytes: g2Bytes, infinity: proofs},
	}, true}
}

// layoutEvaluations is that of [Evaluations].
func layoutEvaluations(wires, public int) layout {
	return layout{[]part{
		{name: "A", prefix: length(wires), count: wires, bytes: g1Bytes, infinity: anywhere},
		{name: "B", prefix: length(wires), count: wires, bytes: g1Bytes, infinity: anywhere},
		{name: "B in G2", prefix: length(wires), count: wires, bytes: g2Bytes, infinity: anywhere},
		{name: "K of public inputs", prefix: length(public), count: public, bytes: g1Bytes},
	}, false}
}

func length(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

// size is that of a file, in bytes.
func (l layout) size() int64 {
	var n int64
	for _, p := range l.parts {
		n += int64(len(p.prefix)) + int64(p.count)*int64(p.bytes)
	}
	if l.challenge {
		n += 1 + hashBytes
	}
	return n
}

// scan checks all that can be told without decoding: the size, the lengths, and for each
// point that it is compressed and not at infinity unless that is its rule. before is
// the file that b follows, nil for an initial accumulator.
func (l layout) scan(b, before []byte) error {
	if int64(len(b)) != l.size() {
		return fmt.Errorf("it has %d bytes, want %d", len(b), l.size())
	}
	at := 0
	for _, p := range l.parts {
		if !slices.Equal(b[at:at+len(p.prefix)], p.prefix) {
			return fmt.Errorf("%s: the length is not %d", p.name, p.count)
		}
		at += len(p.prefix)
		for i := range p.count {
			if err := p.check(b, before, at); err != nil {
				return fmt.Errorf("%s, point %d: %w", p.name, i, err)
			}
			at += p.bytes
		}
	}
	if l.challenge && b[at] != hashBytes {
		return fmt.Errorf("its challenge has %d bytes, want %d", b[at], hashBytes)
	}
	return nil
}

// The flags of a point.
const (
	flagRaw      = 0b00
	flagInfinity = 0b01
)

func (p *part) check(b, before []byte, at int) error {
	flag := b[at] >> 6
	switch {
	case flag == flagRaw:
		return errors.New("not compressed")
	case p.infinity == proofs && before == nil:
		if flag != flagInfinity {
			return errors.New("nothing is proved here")
		}
	case flag == flagInfinity && !p.mayVanish(before, at):
		return errors.New("at infinity")
	}
	return nil
}

func (p *part) mayVanish(before []byte, at int) bool {
	return p.infinity == anywhere || p.infinity == asBefore && (before == nil || before[at]>>6 == flagInfinity)
}

// freshPoints are the points of which each contribution must have a new one.
func (l layout) freshPoints(b []byte) map[string]string {
	found, at := map[string]string{}, 0
	for _, p := range l.parts {
		at += len(p.prefix)
		if p.fresh {
			found[p.name] = string(b[at : at+p.bytes])
		}
		at += p.count * p.bytes
	}
	return found
}

// challengeOf returns the SHA-256 of what the accumulator b builds on.
func challengeOf(b []byte) [hashBytes]byte { return [hashBytes]byte(b[len(b)-hashBytes:]) }
