package ceremony

import (
	"context"
	"slices"

	cs "github.com/consensys/gnark/constraint/bn254"
)

// A plan is how to compute, for each wire j of a system and points P, the sum Σᵢ aᵢⱼ·Pᵢ over the rows of one of its
// matrices, or of more with points of their own. It is the same for all matrices and points. Nodes stand for points:
//
//	expressions  the sum of the points of the rows where an expression stands
//	             and, with factors, of the expressions that are combinations with it: see [relation]
//	ladders       multiples of those by powers of two: see [ladder]
//	wires        what is wanted: sums of nodes with coefficients, most of which are 1
//
// Read from the wires back to the rows, a plan computes with values of wires what the system's expressions are;
// points go the other way (Bordewijk; Fiduccia: On obtaining upper bounds on the complexity of matrix
// multiplication, 1972).
type plan struct {
	codes   []recoded // of the scalars
	scalars *scalars
	rows    [nbMatrices]index // of each expression
	levels  [][]feed          // of expressions; those of one level need only those of lower ones
	ladders []ladder
	nodes   int
	wires   index
	terms   []term // of all wires, by scalar
}

// A feed is what is added to an expression: combinations with it.
type feed struct {
	node  int32
	terms []term
}

// An index is lists of numbers, one after the other: list i ends where the next one begins.
type index struct{ begin, all []int32 }

func (x *index) list(i int) []int32 { return x.all[x.begin[i]:x.begin[i+1]] }

// indexOf returns, for each of n keys, the places where it is in a list, ascending.
func indexOf(n int, keys []int32) index {
	x := index{make([]int32, n+1), make([]int32, len(keys))}
	for _, k := range keys {
		x.begin[k+1]++
	}
	for k := range n {
		x.begin[k+1] += x.begin[k]
	}
	next := slices.Clone(x.begin)
	for i, k := range keys {
		x.all[next[k]] = int32(i)
		next[k]++
	}
	return x
}

// newPlan plans the sums of a system.
func newPlan(ctx context.Context, system *cs.R1CS) (*plan, error) {
	x := expressionsOf(system)
	p := &plan{scalars: x.scalars, nodes: len(x.list)}
	for m := range p.rows {
		p.rows[m] = indexOf(len(x.list), x.rows[m])
	}
	if err := p.relate(ctx, x); err != nil {
		return nil, err
	}
	p.link(x)
	p.codes = recode(x.scalars.list)
	return p, nil
}

// relate replaces long expressions by relations to others.
func (p *plan) relate(ctx context.Context, x *expressions) error {
	s := &seeker{scalars: x.scalars}
	feeds := make([][]term, len(x.list)) // those that each expression is fed by
	for e, terms := range x.list {
		if x.scalars.long(terms) < manyTerms {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if r := s.seek(int32(e), terms); r != nil {
			x.list[e] = r.rest
			for _, t := range r.of {
				feeds[t.of] = append(feeds[t.of], term{t.scalar, int32(e)})
			}
		}
	}
	level := make([]int, len(feeds))
	for e := len(feeds) - 1; e >= 0; e-- { // an expression is fed by later ones
		terms := feeds[e]
		if terms == nil {
			continue
		}
		for _, t := range terms {
			level[e] = max(level[e], level[t.of]+1)
		}
		for len(p.levels) < level[e] {
			p.levels = append(p.levels, nil)
		}
		terms = append(terms, term{scalarOne, int32(e)})
		slices.SortFunc(terms, func(a, b term) int { return int(a.scalar - b.scalar) })
		p.levels[level[e]-1] = append(p.levels[level[e]-1], feed{int32(e), terms})
	}
	return nil
}

// link makes ladders and the sums of the wires.
func (p *plan) link(x *expressions) {
	l := newLadderFinder(x.scalars)
	var terms []term
	var wires []int32
	put := func(wire int32, t term) { terms, wires = append(terms, t), append(wires, wire) }
	for e, expression := range x.list {
		list := l.expand(int32(e), expression, int32(p.nodes), put)
		if n := len(list); n > 0 {
			p.ladders, p.nodes = append(p.ladders, list...), int(list[n-1].last)+1
		}
	}
	p.terms = make([]term, len(terms))
	scalars := make([]int32, len(terms))
	for i, t := range terms {
		scalars[i] = t.scalar
	}
	byScalar := indexOf(len(x.scalars.list), scalars).all
	sorted := make([]int32, len(wires))
	for i, at := range byScalar {
		sorted[i] = wires[at]
	}
	p.wires = indexOf(x.wires, sorted)
	for i, at := range p.wires.all {
		p.terms[i] = terms[byScalar[at]]
	}
}

// wire returns the terms of a wire, by scalar.
func (p *plan) wire(j int) []term { return p.terms[p.wires.begin[j]:p.wires.begin[j+1]] }

func (p *plan) nbWires() int { return len(p.wires.begin) - 1 }
