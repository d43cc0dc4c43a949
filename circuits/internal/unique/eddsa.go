package unique

import "strings"

// # Axiom: eddsa
//
// Some wires that package eddsa makes are taken to be unique as its own texts prove, on paper: the
// lemmas of this package know integers and sets, not the group of a curve. For A, R and the
// challenge h given:
//
//   - H of halve is the one point of order l with 2·H = A, as l is odd;
//   - the result of multiply is N·H, and N is 2·h + 1 modulo l however h is read;
//   - the sum F of multiplyBase is R + N·H − H;
//   - the quotients of edwards and add, and H + (0,0), have divisors that are not 0: v, x and u + 1
//     are not for a point of order l, and the addition law is complete.
//
// It is used for wires only all of whose rows are of package eddsa, and of no hash that it asks for.
//
// # Explanations: low order, readings, windows
//
// What is inside of these three functions has more than one answer, which tests of package eddsa
// give. No other row reads it, and what is read elsewhere is unique by the axiom:
//
//   - halve: A', 2·A' and 4·A' have eight answers, which differ by points of low order;
//   - multiply: an integer has one or two readings, low or not, whose digits differ. Their N differ
//     by 2·l;
//   - multiplyBase: a multiple of B has one or two sums of windows, with one or another multiple of
//     the last.
//
// So the wires of these functions count as free, though all of them but for those choices are
// determined. A row of theirs that is left out is not seen here.
func (p *prover) assumeEdDSA() {
	if p.s.regions == nil {
		return
	}
	p.begin()
	var rest []int32
	for w := p.s.inputs; w < p.s.wires; w++ {
		if p.by[w] != unproven {
			continue
		}
		switch r := p.regionOf(w); {
		case r == outside:
		case r == elsewhere && p.s.isHint(w):
			p.learn(w, axiom)
		default:
			rest = append(rest, w)
		}
	}
	p.closure()
	for _, w := range rest {
		if r := p.regionOf(w); p.by[w] == unproven && r != elsewhere {
			p.by[w] = freeIn[r]
		}
	}
	for _, w := range rest {
		if p.by[w] == unproven {
			p.begin()
			p.learn(w, axiom)
			p.closure()
		}
	}
}

// A region is a part of package eddsa, by the source of a row.
type region uint8

const (
	outside   region = iota // of the package, or of no wire's only region
	elsewhere               // in the package
	inHalve
	inMultiply
	inMultiplyBase
)

// freeIn is what a wire of one function only counts as.
var freeIn = map[region]lemma{inHalve: lowOrder, inMultiply: readings, inMultiplyBase: windows}

// nameRegions reads the regions of all rows off their places.
func (s *System) nameRegions(places []string) {
	s.regions = make([]region, len(places))
	for i, place := range places {
		switch in := func(part string) bool { return strings.Contains(place, part) }; {
		case !in("/eddsa.") || in("/poseidon."):
		case in("/eddsa.halve/"):
			s.regions[i] = inHalve
		case in("/eddsa.multiply/"):
			s.regions[i] = inMultiply
		case in("/eddsa.multiplyBase/"):
			s.regions[i] = inMultiplyBase
		default:
			s.regions[i] = elsewhere
		}
	}
}

// regionOf returns the one region of all rows of a wire, elsewhere if they are in the package and
// of several, and outside if one is not. Rows that are left out count: what the axiom says does not
// depend on them.
func (p *prover) regionOf(w int32) region {
	rows := p.s.rowsOf(w)
	if len(rows) == 0 {
		return outside
	}
	all := p.s.regions[rows[0]]
	for _, i := range rows[1:] {
		switch r := p.s.regions[i]; {
		case r == outside:
			return outside
		case r != all && all != outside:
			all = elsewhere
		}
	}
	return all
}
