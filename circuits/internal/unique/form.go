package unique

import (
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A term is coeff·wire. Wire 0 is the constant one.
type term struct {
	wire  int32
	coeff fr.Element
}

// A form is a sum of terms, by increasing wire, each wire once, no coefficient zero.
type form []term

// A row says l·r = o.
type row struct{ l, r, o form }

// forms returns the three forms of a row.
func (r row) forms() [3]form { return [3]form{r.l, r.r, r.o} }

// tidy sorts terms, adds those of one wire and drops zeros. Forms that gnark wrote are
// tidy already.
func tidy(f form) form {
	isTidy := true
	for i := range f {
		if f[i].coeff.IsZero() || i > 0 && f[i-1].wire >= f[i].wire {
			isTidy = false
		}
	}
	if isTidy {
		return f
	}
	slices.SortStableFunc(f, func(a, b term) int { return int(a.wire) - int(b.wire) })
	out := f[:0]
	for _, t := range f {
		if n := len(out); n > 0 && out[n-1].wire == t.wire {
			out[n-1].coeff.Add(&out[n-1].coeff, &t.coeff)
		} else {
			out = append(out, t)
		}
	}
	return slices.DeleteFunc(out, func(t term) bool { return t.coeff.IsZero() })
}

// constant returns the form's constant term.
func (f form) constant() (c fr.Element) {
	if len(f) > 0 && f[0].wire == 0 {
		c = f[0].coeff
	}
	return c
}

// variable returns the form without its constant term.
func (f form) variable() form {
	if len(f) > 0 && f[0].wire == 0 {
		return f[1:]
	}
	return f
}

func (f form) isConstant() bool { return len(f.variable()) == 0 }

// coeff returns the coefficient of a wire, 0 where it has none.
func (f form) coeff(wire int32) (c fr.Element) {
	i, found := slices.BinarySearchFunc(f, wire, func(t term, w int32) int { return int(t.wire) - int(w) })
	if found {
		c = f[i].coeff
	}
	return c
}

// without returns the form without a wire.
func (f form) without(wire int32) form {
	return slices.DeleteFunc(slices.Clone(f), func(t term) bool { return t.wire == wire })
}

// combine returns a·f + b·g.
func combine(a fr.Element, f form, b fr.Element, g form) form {
	out := make(form, 0, len(f)+len(g))
	for len(f) > 0 || len(g) > 0 {
		var t term
		takeF := len(f) > 0 && (len(g) == 0 || f[0].wire <= g[0].wire)
		takeG := len(g) > 0 && (len(f) == 0 || g[0].wire <= f[0].wire)
		if takeF {
			t.wire = f[0].wire
			t.coeff.Mul(&a, &f[0].coeff)
			f = f[1:]
		}
		if takeG {
			t.wire = g[0].wire
			var c fr.Element
			c.Mul(&b, &g[0].coeff)
			t.coeff.Add(&t.coeff, &c)
			g = g[1:]
		}
		if !t.coeff.IsZero() {
			out = append(out, t)
		}
	}
	return out
}

// ratio returns the c ≠ 0 with f = c·g, false where there is none or a form is zero.
func ratio(f, g form) (c fr.Element, ok bool) {
	if len(f) == 0 || len(f) != len(g) {
		return c, false
	}
	for i := range f {
		var x, y fr.Element
		if f[i].wire != g[i].wire || *x.Mul(&f[0].coeff, &g[i].coeff) != *y.Mul(&g[0].coeff, &f[i].coeff) {
			return c, false
		}
	}
	return *c.Div(&f[0].coeff, &g[0].coeff), true
}

func constantForm(c fr.Element) form {
	if c.IsZero() {
		return nil
	}
	return form{{0, c}}
}

func one() fr.Element { return fr.One() }

func minusOne() (c fr.Element) {
	c.SetOne()
	return *c.Neg(&c)
}

var modulus = fr.Modulus()

// signed returns the integer of least absolute value that x stands for.
func signed(x fr.Element) *big.Int {
	b := x.BigInt(new(big.Int))
	if b.BitLen() >= modulus.BitLen()-1 {
		if c := new(big.Int).Sub(b, modulus); c.CmpAbs(b) < 0 {
			return c
		}
	}
	return b
}
