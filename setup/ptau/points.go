package ptau

import (
	"encoding/binary"
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

var (
	errLimb     = errors.New("a coordinate is not below q")
	errInfinity = errors.New("the point at infinity")
	errCurve    = errors.New("not on the curve")
	errSubgroup = errors.New("not in the subgroup of order r")
)

// decodeElement reads 32 bytes, little-endian, in Montgomery form: an element as gnark
// holds it. Values from q on are refused: they would be second names of elements.
func decodeElement(e *fp.Element, b []byte) error {
	for i := range e {
		e[i] = binary.LittleEndian.Uint64(b[8*i:])
	}
	if !less((*[4]uint64)(e), &modulusFp) {
		return errLimb
	}
	return nil
}

func decodeG1(p *bn254.G1Affine, b []byte) error {
	return errors.Join(decodeElement(&p.X, b), decodeElement(&p.Y, b[fp.Bytes:]))
}

func decodeG2(p *bn254.G2Affine, b []byte) error {
	for i, e := range []*fp.Element{&p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1} {
		if err := decodeElement(e, b[i*fp.Bytes:]); err != nil {
			return err
		}
	}
	return nil
}

// A group is how points of G1 or G2 are read and hashed.
type group[P any] struct {
	size   int // bytes of a point in a file
	decode func(p *P, b []byte) error
	check  func(p *P) error // on the curve and not infinity
	encode func(p *P, whole, compressed []byte)
}

var g1 = group[bn254.G1Affine]{sizeG1, decodeG1, checkCurve[*bn254.G1Affine], encodeG1}

// Subgroups are checked apart: of G1 there is none, and of G2 it is quicker for all points at once.
var g2 = group[bn254.G2Affine]{sizeG2, decodeG2, checkCurve[*bn254.G2Affine], encodeG2}

func checkCurve[P interface {
	IsInfinity() bool
	IsOnCurve() bool
}](p P) error {
	if p.IsInfinity() {
		return errInfinity
	}
	if !p.IsOnCurve() {
		return errCurve
	}
	return nil
}

// points decodes points, and checks them if they are used; len(b) == len(out) * g.size.
// first is the number of the first one, for errors.
func (g *group[P]) points(out []P, b []byte, first int64, used bool) error {
	return parallel(len(out), func(i int) error {
		p := &out[i]
		err := g.decode(p, b[i*g.size:])
		if err == nil && used {
			err = g.check(p)
		}
		if err != nil {
			return fmt.Errorf("point %d: %w", first+int64(i), err)
		}
		return nil
	})
}

// parallel runs f for 0 to n-1 on all processors and returns the error of the lowest index
// of the first range that has one.
func parallel(n int, f func(i int) error) error {
	workers := min(n, runtime.GOMAXPROCS(0))
	errs := make([]error, workers)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w * n / workers; i < (w+1)*n/workers && errs[w] == nil; i++ {
				errs[w] = f(i)
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
