package ceremony

import (
	"maps"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A relation is an expression as a combination of expressions before it and some terms:
//
//	e = Σ αᵢ·eᵢ + rest
//
// Poseidon2's partial rounds are full of them. They keep all but one element of the state as linear forms over all
// outputs of S-boxes so far, so that an expression has a long coefficient for each of them; but with a
// state of t, what one round puts into its S-box is a combination of what t-1 rounds before it did, and of t-1 outputs.
type relation struct {
	of   []term // the αᵢ, by expression
	rest []term // by wire
}

const (
	manyTerms = 6  // long terms in an expression that is worth the search
	constant  = 0  // the wire that is 1
	reach     = 15 // expressions of that kind that are looked back upon: Poseidon2 has states of up to 16
)

// A seeker finds relations of one expression after the other to the last ones it was shown.
type seeker struct {
	*scalars
	last []seen // the latest first
}

type seen struct {
	number int32
	terms  []term
	values map[int32]fr.Element // by wire
}

// seek returns the relation of an expression to those before it, or nil where none saves a quarter of its long terms.
func (s *seeker) seek(number int32, terms []term) *relation {
	this := seen{number, terms, make(map[int32]fr.Element, len(terms))}
	for _, t := range terms {
		v := this.values[t.of]
		this.values[t.of] = *v.Add(&v, &s.list[t.scalar])
	}
	var found *relation
	for m := 1; m <= len(s.last) && found == nil && this.meets(&s.last[m-1]); m++ {
		if factors := s.solve(&this, m); factors != nil {
			found = s.accept(&this, factors)
		}
	}
	s.last = append([]seen{this}, s.last[:min(len(s.last), reach-1)]...)
	return found
}

// meets reports whether another expression has one of this one's wires.
func (s *seen) meets(other *seen) bool {
	return slices.ContainsFunc(other.terms, func(t term) bool {
		_, ok := s.values[t.of]
		return ok && t.of != constant
	})
}

// solve returns the factors with which the last m expressions and this one agree on wires of the m-th: on the
// first ones, as many as that takes and some more. Nobody trusts them. nil says that there are none.
func (s *seeker) solve(this *seen, m int) []fr.Element {
	const more = 4
	var rows [][]fr.Element // of m factors and what they make
	for _, t := range s.last[m-1].terms {
		if t.of == constant { // which rounds change
			continue
		}
		row := make([]fr.Element, m+1)
		for i := range m {
			row[i] = s.last[i].values[t.of]
		}
		row[m] = this.values[t.of]
		if rows = append(rows, row); len(rows) == m+more {
			break
		}
	}
	return solution(rows, m)
}

// solution solves equations in m unknowns, by Gauss; nil says that they have none or more than one solution.
func solution(rows [][]fr.Element, m int) []fr.Element {
	var t fr.Element
	for column := range m {
		pivot := column
		for pivot < len(rows) && rows[pivot][column].IsZero() {
			pivot++
		}
		if pivot >= len(rows) {
			return nil
		}
		rows[column], rows[pivot] = rows[pivot], rows[column]
		p := rows[column]
		t.Inverse(&p[column])
		for k := column; k <= m; k++ {
			p[k].Mul(&p[k], &t)
		}
		for i, row := range rows {
			if factor := row[column]; i != column && !factor.IsZero() {
				for k := column; k <= m; k++ {
					row[k].Sub(&row[k], t.Mul(&factor, &p[k]))
				}
			}
		}
	}
	out := make([]fr.Element, m)
	for i, row := range rows {
		if i < m {
			out[i] = row[m]
		} else if !row[m].IsZero() {
			return nil
		}
	}
	return out
}

// accept computes what these factors of the last expressions leave of one, whatever they are.
func (s *seeker) accept(this *seen, factors []fr.Element) *relation {
	rest := maps.Clone(this.values)
	order := make([]int32, 0, len(rest)) // of wires, for the same outcome every time
	for _, x := range this.terms {
		order = append(order, x.of)
	}
	nbLong := 0
	var t fr.Element
	for i := range factors {
		if isLong(&factors[i]) {
			nbLong++
		}
		for _, x := range s.last[i].terms {
			v, known := rest[x.of]
			if !known {
				order = append(order, x.of)
			}
			rest[x.of] = *v.Sub(&v, t.Mul(&factors[i], &s.list[x.scalar]))
		}
	}
	for _, v := range rest {
		if isLong(&v) {
			nbLong++
		}
	}
	if 4*nbLong > 3*s.long(this.terms) {
		return nil
	}
	return s.relation(factors, rest, order)
}

// relation writes down what was found.
func (s *seeker) relation(factors []fr.Element, rest map[int32]fr.Element, order []int32) *relation {
	r := new(relation)
	for i := range factors {
		if !factors[i].IsZero() {
			r.of = append(r.of, term{s.number(&factors[i]), s.last[i].number})
		}
	}
	for _, wire := range order {
		if v := rest[wire]; !v.IsZero() {
			r.rest = append(r.rest, term{s.number(&v), wire})
			delete(rest, wire)
		}
	}
	return r
}

// long returns how many terms have a long coefficient.
func (s *scalars) long(terms []term) (n int) {
	for _, t := range terms {
		if isLong(&s.list[t.scalar]) {
			n++
		}
	}
	return n
}

// isLong reports whether neither a scalar nor its opposite has at most 64 bits.
func isLong(e *fr.Element) bool {
	var minus fr.Element
	return !e.IsUint64() && !minus.Neg(e).IsUint64()
}
