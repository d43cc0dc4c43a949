// Package insecureptau makes structured reference strings for benchmarks. THEY ARE INSECURE:
// anybody can compute the secret behind them, which is a constant below, and forge proofs
// of whatever is set up with them. How long a tool takes does not depend on who knows it.
//
// snarkjs would need hours for what `powersoftau prepare phase2` makes of a ceremony of
// this size; with the secret known each point is one multiplication of the generator.
package insecureptau

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
)

// MaxPower bounds the files: 2^20 G2 points.
const MaxPower = 20

const (
	g1Bytes = 2 * fp.Bytes
	g2Bytes = 4 * fp.Bytes
	chunk   = 1 << 16 // points that are in memory at once
)

// secrets returns the known tau, alpha and beta.
func secrets() (tau, alpha, beta fr.Element) {
	tau.SetBytes([]byte("insecure tau for benchmarks"))
	alpha.SetBytes([]byte("insecure alpha for benchmarks"))
	beta.SetBytes([]byte("insecure beta for benchmarks"))
	return tau, alpha, beta
}

// Write writes a .ptau file of 2^power powers, prepared for phase 2: sections 1 to 7 and 12
// to 15 of snarkjs's format, with no contributions. progress, if not nil, hears how many of
// all points are written.
func Write(w io.Writer, power int, progress func(done, total int)) error {
	if power < 1 || power > MaxPower {
		return fmt.Errorf("making a ptau file: power %d, want 1 to %d", power, MaxPower)
	}
	f := &file{w: bufio.NewWriterSize(w, 1<<20), progress: progress, total: nbPoints(power), g1: tableG1(), g2: tableG2()}
	tau, alpha, beta := secrets()
	one, n := fr.One(), 1<<power
	f.bytes([]byte("ptau"))
	f.u32(1)  // version
	f.u32(11) // sections
	f.header(power)
	f.section(2, (2*n-1)*g1Bytes)
	f.g1s(powers(tau, one, 2*n-1))
	f.section(3, n*g2Bytes)
	f.g2s(powers(tau, one, n))
	f.section(4, n*g1Bytes)
	f.g1s(powers(tau, alpha, n))
	f.section(5, n*g1Bytes)
	f.g1s(powers(tau, beta, n))
	f.section(6, g2Bytes)
	f.g2s([]fr.Element{beta})
	f.section(7, 4)
	f.u32(0) // contributions
	f.section(12, (4*n-1)*g1Bytes)
	f.levels(tau, one, power, f.g1s)
	f.g1s(lagrange(tau, one, power+1, true))
	f.section(13, (2*n-1)*g2Bytes)
	f.levels(tau, one, power, f.g2s)
	f.section(14, (2*n-1)*g1Bytes)
	f.levels(tau, alpha, power, f.g1s)
	f.section(15, (2*n-1)*g1Bytes)
	f.levels(tau, beta, power, f.g1s)
	if f.err == nil {
		f.err = f.w.Flush()
	}
	if f.err != nil {
		return fmt.Errorf("writing a ptau file: %w", f.err)
	}
	return nil
}

// nbPoints is how many points a file has.
func nbPoints(power int) int {
	n := 1 << power
	return (2*n - 1) + 3*n + 1 + (4*n - 1) + 3*(2*n-1)
}

// powers returns factor·base^i for i < n.
func powers(base, factor fr.Element, n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i] = factor
		factor.Mul(&factor, &base)
	}
	return out
}

// lagrange returns factor·L_i(τ) over the domain of 2^power roots of unity ω^i,
//
//	L_i(τ) = (τ^n − 1)·ω^i / (n·(τ − ω^i))
//
// If cut is set the highest power of τ is left out, as snarkjs does on the last level,
// for which a ceremony has one power too few: L_i − ω^i·τ^(n−1)/n.
func lagrange(tau, factor fr.Element, power int, cut bool) []fr.Element {
	n := uint64(1) << power
	omega := fft.NewDomain(n).Generator
	if n == 1 {
		omega.SetOne()
	}
	roots := powers(omega, fr.One(), int(n))
	out := make([]fr.Element, n)
	for i := range out {
		out[i].Sub(&tau, &roots[i])
	}
	out = fr.BatchInvert(out)
	size := fr.NewElement(n)
	size.Inverse(&size)
	var last, vanishing fr.Element
	last.Exp(tau, new(big.Int).SetUint64(n-1))
	vanishing.Mul(&last, &tau)
	one := fr.One()
	vanishing.Sub(&vanishing, &one)
	for i := range out {
		out[i].Mul(&out[i], &vanishing)
		if cut {
			out[i].Sub(&out[i], &last)
		}
		out[i].Mul(&out[i], &roots[i]).Mul(&out[i], &size).Mul(&out[i], &factor)
	}
	return out
}

// A file is what is being written; it keeps the first error.
type file struct {
	w           *bufio.Writer
	err         error
	progress    func(done, total int)
	done, total int

	g1 *table[bn254.G1Affine, bn254.G1Jac, *bn254.G1Affine, *bn254.G1Jac]
	g2 *table[bn254.G2Affine, bn254.G2Jac, *bn254.G2Affine, *bn254.G2Jac]
}

func (f *file) bytes(b []byte) {
	if f.err == nil {
		_, f.err = f.w.Write(b)
	}
}

func (f *file) u32(v uint32) { f.bytes(binary.LittleEndian.AppendUint32(nil, v)) }

func (f *file) section(id uint32, size int) {
	f.u32(id)
	f.bytes(binary.LittleEndian.AppendUint64(nil, uint64(size)))
}

// header is section 1: the base field's modulus, the power, and the ceremony's.
func (f *file) header(power int) {
	f.section(1, 4+fp.Bytes+8)
	f.u32(fp.Bytes)
	modulus := fp.Modulus().FillBytes(make([]byte, fp.Bytes))
	for i := range modulus {
		f.bytes(modulus[fp.Bytes-1-i : fp.Bytes-i])
	}
	f.u32(uint32(power))
	f.u32(uint32(power))
}

// levels writes the Lagrange points of the domains of 1, 2, … 2^power elements.
func (f *file) levels(tau, factor fr.Element, power int, write func([]fr.Element)) {
	for p := range power + 1 {
		write(lagrange(tau, factor, p, false))
	}
}

func (f *file) g1s(scalars []fr.Element) {
	f.chunks(scalars, func(part []fr.Element) {
		for _, p := range f.g1.multiples(part) {
			f.elements(&p.X, &p.Y)
		}
	})
}

func (f *file) g2s(scalars []fr.Element) {
	f.chunks(scalars, func(part []fr.Element) {
		for _, p := range f.g2.multiples(part) {
			f.elements(&p.X.A0, &p.X.A1, &p.Y.A0, &p.Y.A1)
		}
	})
}

func (f *file) chunks(scalars []fr.Element, write func([]fr.Element)) {
	for len(scalars) > 0 && f.err == nil {
		n := min(chunk, len(scalars))
		write(scalars[:n])
		scalars, f.done = scalars[n:], f.done+n
		if f.progress != nil {
			f.progress(f.done, f.total)
		}
	}
}

// elements writes coordinates as snarkjs holds them: Montgomery limbs, little-endian.
func (f *file) elements(coordinates ...*fp.Element) {
	var b [fp.Bytes]byte
	for _, c := range coordinates {
		for i, limb := range c {
			binary.LittleEndian.PutUint64(b[8*i:], limb)
		}
		f.bytes(b[:])
	}
}
