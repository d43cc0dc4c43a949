package unique

import (
	"math/big"
	"slices"
)

// # Lemma: balance of groups
//
// In the lemma of balance, q_j may be Σ a_i·w_i over a group of wires of finite values that short
// rows tie together: its multiples are the differences of two sums over values that satisfy
// those rows. If no two such values have equal sums, a difference of 0 says that every wire of
// the group is unique.
//
// Proof. In each solution the group has values that satisfy the rows. Equal sums, then, are
// equal values.
//
// A decimal digit is the example: four bits with b_3·(b_2 + b_1) = 0, whose sum is at most 9.
func (p *prover) balanceGroups(i int32) bool {
	terms := p.unknownTerms(i)
	groups, ties := p.groups(terms)
	if len(ties) == 0 {
		return false
	}
	key := p.stateOf(i, terms, ties)
	if p.futile[key] {
		return false
	}
	p.futile[key] = true
	single := p.quantities(terms)
	if single == nil {
		return false
	}
	byWire := map[int32]*quantity{}
	for _, q := range single {
		byWire[q.wires[0]] = q
	}
	var all []*quantity
	for _, g := range groups {
		if len(g) == 1 {
			all = append(all, byWire[g[0]])
			continue
		}
		q := p.sumOf(g, byWire, ties)
		if q == nil {
			return false
		}
		all = append(all, q)
	}
	if !strike(all) {
		return false
	}
	delete(p.futile, key)
	p.use(ties...)
	p.conclude(i, all, grouped)
	return true
}

// mostGroup bounds the wires of a group.
const mostGroup = 6

// groups returns the wires of terms in groups, and the rows that tie them.
func (p *prover) groups(terms form) (groups [][]int32, ties []int32) {
	of := map[int32]int{}
	for n, t := range terms {
		groups = append(groups, []int32{t.wire})
		of[t.wire] = n
	}
	for _, t := range terms {
		for j := range p.rowsOf(t.wire) {
			members := p.members(j, of)
			if len(members) < 2 || members[0] != t.wire {
				continue
			}
			to := of[members[0]]
			for _, w := range members[1:] {
				if from := of[w]; from != to && len(groups[to])+len(groups[from]) <= mostGroup {
					for _, x := range groups[from] {
						of[x] = to
					}
					groups[to] = append(groups[to], groups[from]...)
					groups[from] = nil
				}
			}
			ties = append(ties, j)
		}
	}
	return slices.DeleteFunc(groups, func(g []int32) bool { return len(g) == 0 }), ties
}

// members returns the wires of a short row, if all of them are terms with values.
func (p *prover) members(j int32, of map[int32]int) []int32 {
	if p.s.kinds[j] != shortRow {
		return nil
	}
	wires := wiresOf(p.s.read(j))
	for _, w := range wires {
		if _, known := of[w]; !known || p.values[w] == anything {
			return nil
		}
	}
	return wires
}

// sumOf returns the quantity of a group.
func (p *prover) sumOf(group []int32, byWire map[int32]*quantity, ties []int32) *quantity {
	slices.Sort(group)
	q := &quantity{wires: group, injective: true}
	for _, w := range group {
		q.factors = append(q.factors, byWire[w].factors[0])
	}
	var rows []row
	for _, j := range ties {
		if r := p.s.read(j); !slices.ContainsFunc(wiresOf(r), func(w int32) bool { return !slices.Contains(group, w) }) {
			rows = append(rows, r)
		}
	}
	var sums set
	at := map[int32]*big.Int{}
	var visit func(k int)
	visit = func(k int) {
		if k < len(group) {
			for _, v := range p.s.sets.list[p.values[group[k]]] {
				at[group[k]] = v
				visit(k + 1)
			}
			return
		}
		for _, r := range rows {
			if !holds(r, at) {
				return
			}
		}
		sum := new(big.Int)
		for n, w := range group {
			sum.Add(sum, new(big.Int).Mul(q.factors[n], at[w]))
		}
		sums = append(sums, sum)
	}
	visit(0)
	if len(sums) == 0 {
		return nil
	}
	id := p.s.sets.id(slices.Clone(sums))
	q.injective = len(p.s.sets.list[id]) == len(sums)
	q.multiples = slices.Clone(p.s.sets.list[p.s.sets.differences(id)])
	q.size = new(big.Int).Abs(q.multiples.most())
	return q
}

// holds reports whether a row is true of values.
func holds(r row, at map[int32]*big.Int) bool {
	l, rr, o := evaluate(r.l, at), evaluate(r.r, at), evaluate(r.o, at)
	l.Mul(&l, &rr)
	return l == o
}
