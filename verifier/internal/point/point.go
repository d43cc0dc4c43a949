// Package point reads and writes points of BN254 in the order of the EVM's precompiles:
// coordinates of 32 bytes, big-endian, an extension field element A1 first.
package point

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Lengths in bytes.
const (
	G1Bytes = 2 * fp.Bytes
	G2Bytes = 4 * fp.Bytes
)

var (
	errCoordinate = errors.New("a coordinate is not below the field's modulus")
	errInfinity   = errors.New("the point is at infinity")
	errCurve      = errors.New("the point is not on the curve")
	errSubgroup   = errors.New("the point is not in the prime-order subgroup")
	errScalar     = errors.New("it is not below the scalar field's modulus")
)

// CheckG1 refuses infinity and points off the curve. It needs no subgroup test: the curve
// has prime order.
func CheckG1(p *bn254.G1Affine) error {
	switch {
	case p.IsInfinity():
		return errInfinity
	case !p.IsOnCurve():
		return errCurve
	}
	return nil
}

// CheckG2 refuses infinity and points off the curve or outside the subgroup.
func CheckG2(p *bn254.G2Affine) error {
	switch {
	case p.IsInfinity():
		return errInfinity
	case !p.IsOnCurve():
		return errCurve
	case !p.IsInSubGroup():
		return errSubgroup
	}
	return nil
}

// Named puts a name before an error, if there is one.
func Named(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

func appendFp(b []byte, elements ...*fp.Element) []byte {
	for _, e := range elements {
		c := e.Bytes()
		b = append(b, c[:]...)
	}
	return b
}

// AppendG1 writes X Y.
func AppendG1(b []byte, p *bn254.G1Affine) []byte {
	return appendFp(b, &p.X, &p.Y)
}

// AppendG2 writes X.A1 X.A0 Y.A1 Y.A0.
func AppendG2(b []byte, p *bn254.G2Affine) []byte {
	return appendFp(b, &p.X.A1, &p.X.A0, &p.Y.A1, &p.Y.A0)
}

// A Reader takes checked points and scalars off B, whose length its maker has checked; it
// keeps the first error.
type Reader struct {
	B   []byte
	Err error
}

func (r *Reader) fp(elements ...*fp.Element) error {
	var err error
	for _, e := range elements {
		if e.SetBytesCanonical(r.B[:fp.Bytes]) != nil {
			err = errCoordinate
		}
		r.B = r.B[fp.Bytes:]
	}
	return err
}

// G1 reads a point.
func (r *Reader) G1(name string, p *bn254.G1Affine) {
	err := r.fp(&p.X, &p.Y)
	if err == nil {
		err = CheckG1(p)
	}
	r.Keep(Named(name, err))
}

// G2 reads a point.
func (r *Reader) G2(name string, p *bn254.G2Affine) {
	err := r.fp(&p.X.A1, &p.X.A0, &p.Y.A1, &p.Y.A0)
	if err == nil {
		err = CheckG2(p)
	}
	r.Keep(Named(name, err))
}

// SetG1 sets a point that need not be on the curve. A coordinate that is not below the
// field's modulus is an error.
func SetG1(p *bn254.G1Affine, words *[G1Bytes]byte) error {
	return (&Reader{B: words[:]}).fp(&p.X, &p.Y)
}

// SetG2 is [SetG1] on the twist.
func SetG2(p *bn254.G2Affine, words *[G2Bytes]byte) error {
	return (&Reader{B: words[:]}).fp(&p.X.A1, &p.X.A0, &p.Y.A1, &p.Y.A0)
}

// Scalar reads 32 big-endian bytes and never reduces.
func (r *Reader) Scalar(name string, e *fr.Element) {
	if e.SetBytesCanonical(r.B[:fr.Bytes]) != nil {
		r.Keep(Named(name, errScalar))
	}
	r.B = r.B[fr.Bytes:]
}

// Keep records an error unless there is one.
func (r *Reader) Keep(err error) {
	if r.Err == nil {
		r.Err = err
	}
}
