package unique

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// # Lemma: unary
//
// Let rows say x_0 ∈ {0, 1}, x_n ∈ {0, 1}, x_{i−1} − x_i ∈ {0, 1} for i = 1 to n, with n < r − 1, and a row be
// c·Σ x_i = k, with c ≠ 0 constant and k of unique wires. Then every x_i is a bit and unique.
//
// Proof. The n steps are bits whose sum is x_0 − x_n ∈ {−1, 0, 1} modulo r; as an integer it is at most
// n < r − 1, so it is 0 or 1. So at most one step is 1, and x is some ones and then zeros: their sum, at most
// n + 1 < r, is how many are ones.
func (p *prover) unaryWires(i int32) {
	var unknown form
	for _, t := range linearForm(p.s.read(i)) {
		if !p.isUnique(t.wire) {
			unknown = append(unknown, t)
		}
	}
	if len(unknown) < 2 {
		return
	}
	for _, t := range unknown {
		if t.coeff != unknown[0].coeff {
			return
		}
	}
	chain, used := p.staircase(unknown)
	if len(chain) != len(unknown) {
		return
	}
	p.useValues(chain[0])
	p.useValues(chain[len(chain)-1])
	p.use(used...)
	for _, w := range chain {
		p.setValues(w, bitSet, i)
		p.learn(w, unary, i)
	}
}

// staircase orders wires so that each step down is a bit, by rows. It is empty where there is no
// such order, or the first or the last wire is no bit.
func (p *prover) staircase(unknown form) (chain, used []int32) {
	next, by := map[int32]int32{}, map[int32]int32{}
	isBelow := map[int32]bool{}
	isTerm := map[int32]bool{}
	for _, t := range unknown {
		isTerm[t.wire] = true
	}
	for _, t := range unknown {
		for j := range p.rowsOf(t.wire) {
			high, low, ok := p.step(j)
			if ok && high == t.wire && isTerm[low] { // a step out of the sum says nothing of it
				next[high], by[high] = low, j
				isBelow[low] = true
			}
		}
	}
	first := int32(0)
	for _, t := range unknown {
		if !isBelow[t.wire] {
			first = t.wire
		}
	}
	last := first
	for w := first; w != 0 && len(chain) <= len(unknown); w = next[w] {
		chain = append(chain, w)
		if next[w] != 0 {
			used = append(used, by[w])
		}
		last = w
	}
	if p.values[first] != bitSet || p.values[last] != bitSet {
		return nil, nil
	}
	return chain, used
}

// step returns the wires of a row that says high − low ∈ {0, 1}.
func (p *prover) step(j int32) (high, low int32, ok bool) {
	roots, ok := p.s.roots[j]
	if !ok || len(roots.form) != 2 {
		return 0, 0, false
	}
	for k, t := range roots.form {
		var first, second fr.Element // the roots of t.wire − other
		other := roots.form[1-k]
		first.Div(&roots.low, &t.coeff)
		second.Add(&roots.low, &roots.step)
		second.Div(&second, &t.coeff)
		var opposite fr.Element
		if opposite.Neg(&t.coeff); opposite != other.coeff {
			return 0, 0, false
		}
		if first.IsZero() && second.IsOne() || first.IsOne() && second.IsZero() {
			return t.wire, other.wire, true
		}
	}
	return 0, 0, false
}
