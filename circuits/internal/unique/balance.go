package unique

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// # Lemma: balance
//
// Let a row say Σ c_j·q_j = k, where k is unique and each q_j a wire, or the bit of a row of two
// roots, whose values in two solutions of equal inputs differ by an element δ_j of a finite set
// Δ_j of integers. Let s ≠ 0 be a field element, a_j the integer of least absolute value that
// stands for s·c_j, and Σ |a_j|·max|Δ_j| < r. Then
//
//	Σ a_j·δ_j = 0 over the integers,
//
// so that for each j both of these hold:
//
//	|a_j·δ_j| ≤ Σ_{i≠j} max|a_i·Δ_i|                  size
//	2^m divides a_j·δ_j if it divides every a_i·δ, δ ∈ Δ_i, i ≠ j     evenness
//
// and elements of Δ_j that break either can be struck out. A set of which {0} is left says that
// the wire is unique.
//
// Proof. The difference of the two solutions' rows, times s, is Σ a_j·δ_j ≡ 0 modulo r, and a sum
// of absolute value below r that r divides is 0. Then a_j·δ_j = −Σ_{i≠j} a_i·δ_i, whose size
// and evenness are those of its terms.
//
// It is the uniqueness of bits, bytes, digits of any radix, carries and packed additions: of Σ
// 2^i·b_i from the top by size, or from the bottom by evenness. Of SPEC 4's additions, evenness
// gives low's bits while high's and all lanes λ·… are unknown; size strikes out a majority lane
// that is Ω off, from the top lane down, as Σ ±2^i·Ω over any lanes is Ω at least.
func (p *prover) balance(i int32) {
	terms := p.unknownTerms(i)
	if terms == nil {
		return
	}
	if key := p.stateOf(i, terms, nil); !p.futile[key] {
		quantities := p.quantities(terms)
		if quantities != nil && strike(quantities) {
			p.conclude(i, quantities, balanced)
		} else {
			p.futile[key] = true
		}
	}
	if p.unknown[i] > 1 {
		p.open = append(p.open, i)
	}
}

// stateOf hashes all that balance looks at, so that what led to nothing is not tried again. A clash of two
// hashes can lose a proof, and cannot make one.
func (p *prover) stateOf(i int32, terms form, ties []int32) uint64 {
	const prime = 0x9e3779b97f4a7c15
	h := uint64(i) + 1
	mix := func(x int32) {
		h = (h ^ uint64(uint32(x))) * prime
		h ^= h >> 29
	}
	for _, t := range terms {
		mix(t.wire)
		mix(int32(p.deltas[t.wire]))
		if ties != nil {
			mix(int32(p.values[t.wire]))
		}
	}
	for _, j := range ties {
		mix(j)
	}
	return h
}

// unknownTerms returns the terms of a row's equation that are not unique, the bit of a row of two
// roots as wire 0, nil if one has differences that are not known.
func (p *prover) unknownTerms(i int32) form {
	var f form
	var bit fr.Element
	if roots, ok := p.s.roots[i]; ok {
		f = roots.form
		bit.Neg(&roots.step)
	} else {
		f = linearForm(p.s.read(i))
	}
	var out form
	for _, t := range f {
		if p.isUnique(t.wire) {
			continue
		}
		if p.deltas[t.wire] == anything {
			return nil
		}
		out = append(out, t)
	}
	if !bit.IsZero() && out != nil {
		out = append(out, term{0, bit})
	}
	return out
}

// A quantity is one term of the equation: wires that are summed, and the multiples that the sum
// may have.
type quantity struct {
	wires     []int32
	factors   []*big.Int // a_j, one a wire
	multiples set        // a·δ
	size      *big.Int
	injective bool // two values of the wires have different sums
}

func (q *quantity) isZero() bool { return len(q.multiples) == 1 && q.multiples[0].Sign() == 0 }

// quantities scales an equation to integers, nil if it may wrap.
func (p *prover) quantities(terms form) []*quantity {
	var best []*big.Int
	var least *big.Int
	for _, s := range scales(terms) {
		factors, total := make([]*big.Int, len(terms)), new(big.Int)
		for j, t := range terms {
			var x fr.Element
			x.Mul(&s, &t.coeff)
			factors[j] = signed(x)
			size := new(big.Int).Abs(factors[j])
			total.Add(total, size.Mul(size, new(big.Int).Abs(p.deltasOf(t.wire).most())))
		}
		if least == nil || total.Cmp(least) < 0 {
			best, least = factors, total
		}
	}
	if least == nil || least.Cmp(modulus) >= 0 {
		return nil
	}
	out := make([]*quantity, len(terms))
	for j, t := range terms {
		q := &quantity{wires: []int32{t.wire}, factors: best[j : j+1], injective: true}
		for _, d := range p.deltasOf(t.wire) {
			q.multiples = append(q.multiples, new(big.Int).Mul(best[j], d))
		}
		q.size = new(big.Int).Abs(q.multiples.most())
		out[j] = q
	}
	return out
}

// deltasOf returns what a wire may differ by; wire 0 is the bit of a row of two roots.
func (p *prover) deltasOf(w int32) set {
	if w == 0 {
		return p.s.sets.list[signSet]
	}
	return p.s.sets.list[p.deltas[w]]
}

// scales returns factors that may turn the coefficients into small integers.
func scales(terms form) []fr.Element {
	out := []fr.Element{one()}
	for j := range terms {
		if j < 2 || j >= len(terms)-2 {
			var x fr.Element
			x.Inverse(&terms[j].coeff)
			out = append(out, x)
		}
	}
	return out
}

// strike strikes multiples out, and reports whether it found any.
func strike(all []*quantity) (any bool) {
	for changed := true; changed; {
		changed = strikeBySize(all)
		changed = strikeByEvenness(all) || changed
		any = any || changed
	}
	return any
}

// strikeBySize goes through the quantities from the largest.
func strikeBySize(all []*quantity) (any bool) {
	total := new(big.Int)
	for _, q := range all {
		total.Add(total, q.size)
	}
	order := slices.Clone(all)
	slices.SortStableFunc(order, func(a, b *quantity) int { return b.size.Cmp(a.size) })
	for _, q := range order {
		rest := new(big.Int).Sub(total, q.size)
		if q.keep(func(m *big.Int) bool { return m.CmpAbs(rest) <= 0 }) {
			total.Add(rest, q.size)
			any = true
		}
	}
	return any
}

// strikeByEvenness goes through the quantities from the least even, as long as each of them
// becomes 0.
func strikeByEvenness(all []*quantity) (any bool) {
	var order []*quantity
	for _, q := range all {
		if !q.isZero() {
			order = append(order, q)
		}
	}
	slices.SortStableFunc(order, func(a, b *quantity) int { return int(a.evenness()) - int(b.evenness()) })
	for j, q := range order {
		rest := uint(evenZero)
		if j+1 < len(order) {
			rest = order[j+1].evenness()
		}
		if !q.keep(func(m *big.Int) bool { return m.Sign() == 0 || m.TrailingZeroBits() >= rest }) {
			return any
		}
		any = true
		if !q.isZero() {
			return any
		}
	}
	return any
}

// evenZero is more than any evenness.
const evenZero = 1 << 20

// evenness returns the power of two that divides all multiples.
func (q *quantity) evenness() uint {
	e := uint(evenZero)
	for _, m := range q.multiples {
		if m.Sign() != 0 {
			e = min(e, m.TrailingZeroBits())
		}
	}
	return e
}

// keep strikes out the multiples that do not pass, and reports whether there were any. Zero
// always passes: it is what one solution and itself differ by.
func (q *quantity) keep(passes func(*big.Int) bool) bool {
	before := len(q.multiples)
	q.multiples = slices.DeleteFunc(q.multiples, func(m *big.Int) bool { return !passes(m) })
	if len(q.multiples) == before {
		return false
	}
	q.size = new(big.Int).Abs(q.multiples.most())
	return true
}

// conclude notes what is left of the differences.
func (p *prover) conclude(i int32, all []*quantity, by lemma) {
	for _, q := range all {
		if len(q.wires) > 1 {
			if q.isZero() && q.injective {
				for _, w := range q.wires {
					p.learn(w, by, i)
				}
			}
			continue
		}
		if q.wires[0] == 0 {
			continue
		}
		left := make(set, len(q.multiples))
		for k, m := range q.multiples {
			left[k] = new(big.Int).Quo(m, q.factors[0])
		}
		p.useValues(q.wires[0])
		p.narrow(q.wires[0], p.s.sets.id(left), by, i)
	}
}
