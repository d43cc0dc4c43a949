package unique

import "strings"

// # Axiom: eddsa
//
// The wires that package eddsa makes are taken to be unique as its own texts prove, on paper:
// the lemmas above know integers and sets, not the group of a curve. The argument, for A, R and
// the challenge h given:
//
//   - halve: H = A/2 is the one point of order l with 2·H = A, as l is odd. A' with 8·A' = H has eight
//     choices, which differ by points of order 1, 2, 4 or 8 (low order, below);
//   - multiply: the digits are the canonical reading of h (scalar.go). For given digits no divisor of
//     a step is 0 (ladder.go), so slopes and sums are unique;
//   - multiplyBase: the sum F is R + N·H − H, so unique. An odd n with |n| ≤ l − 2 that makes
//     F = n·B has one sum of windows: each level's multiples are two units apart and what is below is
//     less than a unit in all (table.go), so the points, slopes and sums of all windows are
//     unique. The two odd residues of F modulo 2·l differ by 2·l, and both cannot be of absolute
//     value at most l − 2;
//   - edwards, add: v and u + 1 are not 0 for a point of order l, and the addition law is complete, so
//     quotients have divisors that are not 0.
//
// It is used for wires only all of whose rows are of package eddsa.
//
// # Explanation: low order
//
// A', 2·A' and 4·A', their squares and the slopes of their doublings have eight choices. All rows that
// read them are of halve; what is read elsewhere is H.
func (p *prover) assumeEdDSA(places []string) {
	if places == nil {
		return
	}
	all := func(w int32, part string) bool {
		rows := p.rowsOf(w)
		for _, i := range rows {
			if !strings.Contains(places[i], part) {
				return false
			}
		}
		return len(rows) > 0
	}
	assume := func(w int32) {
		if !p.by[w].isProof() && p.by[w] != lowOrder {
			p.learn(w, axiom)
			p.closure()
		}
	}
	var ours, rest []int32
	for w := p.s.inputs; w < p.s.wires; w++ {
		if p.by[w] == unproven && all(w, "eddsa.") {
			if p.s.isHint(w) && !all(w, "eddsa.halve") {
				ours = append(ours, w)
			} else {
				rest = append(rest, w)
			}
		}
	}
	for _, w := range ours {
		p.learn(w, axiom)
	}
	p.closure()
	for _, w := range rest {
		if p.by[w] == unproven && all(w, "eddsa.halve") {
			p.by[w] = lowOrder
		}
	}
	for _, w := range rest {
		assume(w)
	}
}
