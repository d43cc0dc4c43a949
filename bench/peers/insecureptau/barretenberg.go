package insecureptau

import (
	"bufio"
	"fmt"
	"io"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// WriteG1 writes n powers of tau as Barretenberg's bn254_g1.dat has them: affine, 32 bytes
// a coordinate, big-endian.
func WriteG1(w io.Writer, n int) error {
	tau, _, _ := secrets()
	g := tableG1()
	out := bufio.NewWriterSize(w, 1<<20)
	for scalars := powers(tau, fr.One(), n); len(scalars) > 0; {
		part := scalars[:min(chunk, len(scalars))]
		scalars = scalars[len(part):]
		for _, p := range g.multiples(part) {
			b := p.RawBytes()
			out.Write(b[:]) // the flush reports errors
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing Barretenberg's points: %w", err)
	}
	return nil
}

// G2 returns tau·G2 as Barretenberg's bn254_g2.dat has it: each coordinate's real part
// first, 32 bytes, big-endian.
func G2() []byte {
	tau, _, _ := secrets()
	var p bn254.G2Affine
	p.ScalarMultiplicationBase(tau.BigInt(new(big.Int)))
	var out []byte
	for _, c := range []interface{ Bytes() [32]byte }{&p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1} {
		b := c.Bytes()
		out = append(out, b[:]...)
	}
	return out
}
