package drop

import (
	"slices"

	"github.com/genproof/genproof/circuits/policy"
)

// A formula says when an expression is true. It has no negation: an absent
// attribute makes an expression neither true nor false, so "is true" and "is
// false" are two formulas, and a negation exchanges them (see expression.go).
type formula struct {
	form     formulaForm
	literal  policy.Literal
	children []*formula

	nbClauses, nbLiterals uint64 // of clauses()
}

type formulaForm uint8

const (
	never formulaForm = iota
	always
	single
	conjunction
	disjunction
	tooLarge // more than maxWork literals: kept without its parts
)

// maxWork bounds the literals of a normal form before it is simplified. It is
// far above the largest program and small enough to simplify in no time.
const maxWork = 1 << 10

func constantly(holds bool) *formula {
	if holds {
		return &formula{form: always}
	}
	return &formula{form: never, nbClauses: 1}
}

func isLiteral(l policy.Literal) *formula {
	return &formula{form: single, literal: l, nbClauses: 1, nbLiterals: 1}
}

func allOf(parts ...*formula) *formula { return join(conjunction, always, never, parts) }
func anyOf(parts ...*formula) *formula { return join(disjunction, never, always, parts) }

// join leaves out neutral parts, and is absorbed by an absorbing one.
func join(form, neutral, absorbing formulaForm, parts []*formula) *formula {
	out := &formula{form: form}
	for _, p := range parts {
		switch p.form {
		case absorbing:
			return p
		case neutral:
		case form:
			out.children = append(out.children, p.children...)
		default:
			out.children = append(out.children, p)
		}
	}
	switch len(out.children) {
	case 0:
		return constantly(neutral == always)
	case 1:
		return out.children[0]
	}
	return out.measured()
}

// measured counts the clauses and literals that clauses() would make, without
// making them: in a disjunction they multiply. A part that is too large makes
// the whole too large, unless it is absorbed.
func (f *formula) measured() *formula {
	if f.form == disjunction {
		f.nbClauses = 1
	}
	for _, c := range f.children {
		if f.form == conjunction {
			f.nbClauses += c.nbClauses
			f.nbLiterals += c.nbLiterals
		} else {
			f.nbLiterals = f.nbLiterals*c.nbClauses + c.nbLiterals*f.nbClauses
			f.nbClauses *= c.nbClauses
		}
		if c.form == tooLarge || f.nbLiterals > maxWork {
			return &formula{form: tooLarge}
		}
	}
	return f
}

// each calls visit for every literal.
func (f *formula) each(visit func(policy.Literal)) {
	if f.form == single {
		visit(f.literal)
	}
	for _, c := range f.children {
		c.each(visit)
	}
}

// clauses is the conjunctive normal form. The caller refuses tooLarge first.
func (f *formula) clauses() [][]policy.Literal {
	switch f.form {
	case tooLarge:
		panic("drop: clauses of a formula that is too large")
	case never:
		return [][]policy.Literal{{}}
	case always:
		return nil
	case single:
		return [][]policy.Literal{{f.literal}}
	}
	if f.form == conjunction {
		var out [][]policy.Literal
		for _, c := range f.children {
			out = append(out, c.clauses()...)
		}
		return out
	}
	out := [][]policy.Literal{{}}
	for _, c := range f.children {
		var next [][]policy.Literal
		right := c.clauses()
		for _, a := range out {
			for _, b := range right {
				next = append(next, slices.Concat(a, b))
			}
		}
		out = next
	}
	return out
}

// tidy removes what says nothing from a clause; isTrue means the clause holds always.
//
//	A or A                     is A
//	A or not A                 is "the attribute is present"
//	A or "it is present"       is "it is present"
//	"present" or "absent"      is true
func tidy(clause []policy.Literal) (out []policy.Literal, isTrue bool) {
	present := make(map[int]bool)
	for i, l := range clause {
		if l.Op == policy.Present && !l.Negate || slices.Contains(clause[:i], negation(l)) && l.Op != policy.Present {
			present[l.Slot] = true
		}
	}
	for _, l := range clause {
		if present[l.Slot] {
			if l.Op == policy.Present && l.Negate {
				return nil, true
			}
			l = policy.Literal{Slot: l.Slot, Op: policy.Present}
		}
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out, false
}

func negation(l policy.Literal) policy.Literal {
	l.Negate = !l.Negate
	return l
}

// implies says whether clause a being true makes b true: every literal of a is in b.
func implies(a, b []policy.Literal) bool {
	for _, l := range a {
		if !slices.Contains(b, l) {
			return false
		}
	}
	return len(a) <= len(b)
}
