package anykey

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/point"
)

// compression is the two bits of a point's first byte that tell how gnark-crypto wrote it;
// none are set in a point with both coordinates.
const compression = 0b11 << 6

// maxCommitments bounds those of gnark's extension.
const maxCommitments = 64

var errShort = errors.New("the file ends within the key")

// readOwn reads what [groth16.VerifyingKey.Bytes] writes; false if data has not its length.
func readOwn(data []byte) (*Key, bool, error) {
	if len(data) < 4 {
		return nil, false, nil
	}
	n := binary.BigEndian.Uint32(data)
	if n < 1 || n > MaxPoints || len(data) != groth16.KeyBytes(int(n)-1) {
		return nil, false, nil
	}
	r := reader{b: data[4:]}
	w := &Words{K: make([][point.G1Bytes]byte, n)}
	r.copy(w.Alpha[:])
	r.copy(w.Beta[:])
	r.copy(w.Gamma[:])
	r.copy(w.Delta[:])
	for i := range w.K {
		r.copy(w.K[i][:])
	}
	k, err := New("genproof's file", -1, 0, w)
	return k, true, err
}

// readGnark reads what gnark's VerifyingKey.WriteTo and WriteRawTo write (gnark,
// backend/groth16/bn254/marshal.go): [α]1 [β]1 [β]2 [γ]2 [δ]1 [δ]2, the K points behind their
// number, then the lists of wires that gnark's extension commits to, the number of its keys and
// these. A file may end before the lists or, as gnark 0.9 wrote it, before the number.
// [β]1 and [δ]1 take no part in verification.
func readGnark(data []byte) (*Key, error) {
	form := "gnark's file"
	if len(data) > 0 && data[0]&compression != 0 {
		form = "gnark's file, compressed"
	}
	r, w := reader{b: data}, new(Words)
	w.Alpha = r.g1()
	r.g1()
	w.Beta, w.Gamma = r.g2(), r.g2()
	r.g1()
	w.Delta = r.g2()
	n := r.uint32()
	if r.err == nil && (n < 1 || n > MaxPoints) {
		return nil, fmt.Errorf("%s: %d K points, want 1 to %d", form, n, MaxPoints)
	}
	for i := uint32(0); i < n && r.err == nil; i++ {
		w.K = append(w.K, r.g1())
	}
	if len(r.b) > 0 {
		w.Pedersen = r.commitments()
	}
	if r.err == nil && len(r.b) > 0 {
		r.err = fmt.Errorf("%d bytes stand behind the key", len(r.b))
	}
	if r.err != nil {
		return nil, fmt.Errorf("%s: %w", form, r.err)
	}
	return New(form, -1, len(w.Pedersen), w)
}

// A reader takes what gnark writes off b; it keeps the first error, and gives zeros then.
type reader struct {
	b   []byte
	err error
}

// take returns n bytes, or none after an error.
func (r *reader) take(n int) []byte {
	if r.err == nil && len(r.b) < n {
		r.err = errShort
	}
	if r.err != nil {
		return nil
	}
	taken := r.b[:n]
	r.b = r.b[n:]
	return taken
}

func (r *reader) copy(to []byte) { copy(to, r.take(len(to))) }

func (r *reader) uint32() uint32 {
	b := r.take(4)
	if b == nil {
		return 0
	}
	return binary.BigEndian.Uint32(b)
}

// commitments skips which wires are committed to and returns the keys of commitments.
func (r *reader) commitments() (keys []Pedersen) {
	lists := r.uint32()
	for range min(lists, maxCommitments) {
		r.take(8 * int(min(r.uint32(), MaxBytes)))
	}
	if lists == 0 && len(r.b) == 0 {
		return nil
	}
	n := r.uint32()
	if r.err == nil && (n != lists || n > maxCommitments) {
		r.err = fmt.Errorf("it has %d commitments and %d keys for them, want the same number up to %d", lists, n, maxCommitments)
	}
	for i := uint32(0); i < n && r.err == nil; i++ {
		keys = append(keys, Pedersen{r.g2(), r.g2()})
	}
	return keys
}

// compressed reports whether the next point has its x only.
func (r *reader) compressed() bool { return len(r.b) > 0 && r.b[0]&compression != 0 }

func (r *reader) g1() (words [point.G1Bytes]byte) {
	if !r.compressed() {
		r.copy(words[:])
		return words
	}
	b := r.take(fp.Bytes)
	var p bn254.G1Affine
	if decode(b, &p) {
		point.AppendG1(words[:0], &p)
	} else {
		offCurve(words[:], b)
	}
	return words
}

func (r *reader) g2() (words [point.G2Bytes]byte) {
	if !r.compressed() {
		r.copy(words[:])
		return words
	}
	b := r.take(2 * fp.Bytes)
	var p bn254.G2Affine
	if decode(b, &p) {
		point.AppendG2(words[:0], &p)
	} else {
		offCurve(words[:], b)
	}
	return words
}

// decode finds the y of a compressed point; false if there is none.
func decode(b []byte, p any) bool {
	return bn254.NewDecoder(bytes.NewReader(b), bn254.NoSubgroupChecks()).Decode(p) == nil
}

// offCurve writes the x that no point has, with a y of zero: no point either.
func offCurve(words, x []byte) {
	copy(words, x)
	words[0] &^= compression
}
