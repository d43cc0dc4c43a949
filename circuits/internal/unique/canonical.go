package unique

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// # Lemma: canonical
//
// Let F = (x − Σ_{i<253} 2^i·b_i)/2^253 be a form with one row that says F ∈ {0, 1}, x of unique wires,
// and b_i wires. Write b_253 = F, p_253 = F, and for i = 252 down to 0 let rows say, for n the
// bit i of r − 1,
//
//	n = 1:   b_i ∈ {0, 1},   p_i = p_{i+1}·b_i
//	n = 0:   (1 − p_{i+1} − b_i)·b_i = 0,   and p_i = p_{i+1}
//
// Then every b_i is a bit and unique.
//
// Proof. Going down, p_i ∈ {0, 1}: it is a product of bits. So where n = 0, b_i is 0 or 1 − p_{i+1}: a
// bit, and 0 if p_{i+1} = 1. p_{i+1} = 1 says that every bit above i is 1 where r − 1 has a 1; with the rows
// of n = 0 that all bits above i are those of r − 1, or else one of them is 0 at the first place where
// they differ. So the integer B = Σ_{i≤253} 2^i·b_i is at most r − 1. B ≡ x modulo r by the definition of F:
// of two solutions, both are the one such integer, and its bits are unique.
func (p *prover) canonicalBits(i int32) {
	roots, ok := p.s.roots[i]
	if !ok || p.unknown[i] != topBit {
		return
	}
	var top fr.Element
	top.Inverse(&roots.step)
	var low fr.Element
	low.Mul(&roots.low, &top).Neg(&low)
	f := combine(top, roots.form, one(), constantForm(low)) // 0 at the low root, 1 at the high
	g := combine(minusOne(), f, one(), constantForm(one()))
	if !p.descend(i, f) {
		p.descend(i, g)
	}
}

// topBit is the index of the top bit of an element below r.
const topBit = fr.Bits - 1

// descend follows the rows of the lemma from a form that is F.
func (p *prover) descend(i int32, f form) bool {
	bits, ok := p.bitsOf(f)
	if !ok {
		return false
	}
	bound := new(big.Int).Sub(modulus, big.NewInt(1))
	used := []int32{i}
	equal := f
	for n := topBit - 1; n >= 0; n-- {
		b := form{{bits[n], one()}}
		if bound.Bit(n) == 0 {
			// 1 − p − b
			rest := combine(minusOne(), equal, minusOne(), b)
			rest = combine(one(), rest, one(), constantForm(one()))
			at := p.findRow(bits[n], func(r row) bool {
				return r.o.isZero() && (isMultiple(r.l, rest) && isMultiple(r.r, b) || isMultiple(r.r, rest) && isMultiple(r.l, b))
			})
			if at < 0 {
				return false
			}
			used = append(used, at)
			continue
		}
		if p.values[bits[n]] != bitSet {
			return false
		}
		var next form
		at := p.findRow(bits[n], func(r row) bool {
			next = r.o
			return len(r.o) == 1 && r.o[0].coeff.IsOne() && (isSame(r.l, equal) && isSame(r.r, b) || isSame(r.r, equal) && isSame(r.l, b))
		})
		if at < 0 {
			return false
		}
		used = append(used, at, p.valuesBy[bits[n]])
		equal = next
	}
	p.use(used...)
	for _, w := range bits {
		p.setValues(w, bitSet, i)
		p.learn(w, canonical, i)
	}
	return true
}

// bitsOf returns the wires b_i of a form that may be F.
func (p *prover) bitsOf(f form) ([]int32, bool) {
	bits := make([]int32, topBit)
	found := 0
	var top fr.Element
	top.SetBigInt(new(big.Int).Lsh(big.NewInt(1), topBit))
	top.Neg(&top)
	for _, t := range f {
		if p.isUnique(t.wire) {
			continue
		}
		var c fr.Element
		c.Mul(&top, &t.coeff)
		weight := signed(c)
		n := weight.BitLen() - 1
		if weight.Sign() <= 0 || int(weight.TrailingZeroBits()) != n || n >= topBit || bits[n] != 0 {
			return nil, false
		}
		bits[n] = t.wire
		found++
	}
	return bits, found == topBit
}

// findRow returns the first row of a wire that is as asked, −1 if there is none.
func (p *prover) findRow(w int32, is func(row) bool) int32 {
	for i := range p.rowsOf(w) {
		if is(p.s.read(i)) {
			return i
		}
	}
	return -1
}

func isMultiple(f, g form) bool { _, ok := ratio(f, g); return ok }

func isSame(f, g form) bool { c, ok := ratio(f, g); return ok && c.IsOne() }
