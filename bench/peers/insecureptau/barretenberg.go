package insecureptau

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
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

// realG2 is τ·G2 of the ceremony whose reference string Barretenberg uses, as its program has
// it: public, and in every verifier it exports.
const realG2 = "0118c4d5b837bcc2bc89b5b398b5974e9f5944073b32078b7e231fec938883b0" +
	"260e01b251f6f1c7e7ff4e580791dee8ea51d87a358e038b4efe30fac09383c1" +
	"22febda3c0c0632a56475b4214e5615e11e6dd3f96e6cea2854a87d4dacc5e55" +
	"04fc6369f7110fe3d25156c1bb9a72859cf2a04641f99ba4ee413c80da6a5fe4"

// ErrOtherSetup says that a verifier is not made as this package expects.
var ErrOtherSetup = errors.New("this verifier does not hold the point of the reference string once")

// ReplaceInProgram exchanges that point for [G2] in Barretenberg's program, whose
// verifier then takes proofs made with [WriteG1]'s points, which anybody can forge.
func ReplaceInProgram(program []byte) ([]byte, error) {
	point, err := hex.DecodeString(realG2)
	if err != nil || bytes.Count(program, point) != 1 {
		return nil, ErrOtherSetup
	}
	return bytes.Replace(program, point, G2(), 1), nil
}

// ReplaceInSource does the same in an exported Solidity verifier, coordinate by coordinate.
func ReplaceInSource(source []byte) ([]byte, error) {
	ours := hex.EncodeToString(G2())
	for i := 0; i < len(realG2); i += 64 {
		was := []byte("0x" + realG2[i:i+64])
		if bytes.Count(source, was) != 1 {
			return nil, ErrOtherSetup
		}
		source = bytes.Replace(source, was, []byte("0x"+ours[i:i+64]), 1)
	}
	return source, nil
}
