package setup

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
)

const (
	g1Bytes = 64
	g2Bytes = 128
)

// A dumpForm is all of a proving key's dump that the constraint system settles: everything
// but the points. gnark's decoder allocates what a length field says, so a dump from
// elsewhere is compared with its form on the way to the decoder.
//
//	mark of the byte order, domain                as they are here
//	alpha, beta, delta in G1, beta, delta in G2   points
//	number of wires, who is at infinity           as they are here
//	number of commitment keys                     0
//	A, B, Z, K in G1, B in G2                     number, points
type dumpForm struct {
	fixed []fixed // in order
	ends  []int64 // where the points before the lengths begin
	size  int64
}

// fixed bytes lie at an offset.
type fixed struct {
	at   int64
	want []byte
}

func formOf(c *Circuit) (*dumpForm, error) {
	system, ok := c.CS.(*cs.R1CS)
	if !ok {
		return nil, fmt.Errorf("got %T, want R1CS over BN254", c.CS)
	}
	in, err := columnsOf(system)
	if err != nil {
		return nil, err
	}
	pk := groth16.ProvingKey{Domain: *fft.NewDomain(c.Domain), InfinityA: inverted(in.a), InfinityB: inverted(in.b)}
	a, b := count(pk.InfinityA), count(pk.InfinityB)
	pk.NbInfinityA, pk.NbInfinityB = uint64(len(in.a)-a), uint64(len(in.b)-b)
	var head bytes.Buffer // a dump with no points behind its header
	if err := pk.WriteDump(&head); err != nil {
		return nil, err
	}
	var start bytes.Buffer
	if _, err := pk.Domain.WriteTo(&start); err != nil {
		return nil, err
	}
	const mark, ends, lengths = 8, 3*g1Bytes + 2*g2Bytes, 5 * 8
	points := int64(mark + start.Len())
	header := head.Bytes()[:head.Len()-lengths]
	f := &dumpForm{fixed: []fixed{{0, header[:points]}, {points + ends, header[points+ends:]}}, size: int64(len(header))}
	f.ends = []int64{points, points + g1Bytes, points + 2*g1Bytes, points + 3*g1Bytes, points + 3*g1Bytes + g2Bytes}
	f.slice(a, g1Bytes)
	f.slice(b, g1Bytes)
	f.slice(int(c.Domain)-1, g1Bytes)
	f.slice(len(in.a)-c.PublicInputs-1, g1Bytes)
	f.slice(b, g2Bytes)
	return f, nil
}

// slice adds n points of a size, and their number before them.
func (f *dumpForm) slice(n, size int) {
	f.fixed = append(f.fixed, fixed{f.size, binary.LittleEndian.AppendUint64(nil, uint64(n))})
	f.size += 8 + int64(n)*int64(size)
}

func inverted(list []bool) []bool {
	out := make([]bool, len(list))
	for i := range list {
		out[i] = !list[i]
	}
	return out
}

// A formReader passes on what has the form, and nothing from the first byte on that has not.
type formReader struct {
	r    io.Reader
	form *dumpForm
	at   int64
}

// compressed are the bits of a point's first byte by which gnark-crypto's decoder knows that
// it is half as long: then what follows would be read from other places than were compared.
const compressed = 0b11 << 6

var errForm = errors.New("the proving key has not the form of its circuit's, of this version of gnark and this machine's byte order")

func (f *formReader) Read(b []byte) (int, error) {
	if rest := f.form.size - f.at; int64(len(b)) > rest {
		b = b[:rest]
	}
	if len(b) == 0 {
		return 0, io.EOF
	}
	n, err := f.r.Read(b)
	for _, x := range f.form.fixed {
		from, to := max(x.at, f.at), min(x.at+int64(len(x.want)), f.at+int64(n))
		if from < to && !bytes.Equal(b[from-f.at:to-f.at], x.want[from-x.at:to-x.at]) {
			return 0, errForm
		}
	}
	for _, at := range f.form.ends {
		if f.at <= at && at < f.at+int64(n) && b[at-f.at]&compressed != 0 {
			return 0, errForm
		}
	}
	f.at += int64(n)
	return n, err
}
