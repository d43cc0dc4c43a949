package circuittest

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
)

var _ frontend.API = (*recorder)(nil)

// The methods make a row exactly where gnark's R1CS builder does: not for constants, which zero
// times a variable is one of, not for sums, and once for the booleanity of one wire.

func (r *recorder) Add(a, b frontend.Variable, more ...frontend.Variable) frontend.Variable {
	return fold(append([]frontend.Variable{a, b}, more...), func(sum, x *fr.Element) { sum.Add(sum, x) })
}

func (r *recorder) Sub(a, b frontend.Variable, more ...frontend.Variable) frontend.Variable {
	return fold(append([]frontend.Variable{a, b}, more...), func(sum, x *fr.Element) { sum.Sub(sum, x) })
}

func fold(terms []frontend.Variable, f func(sum, x *fr.Element)) frontend.Variable {
	first := valueOf(terms[0])
	out := &wire{v: first.v, isConst: first.isConst}
	for _, term := range terms[1:] {
		x := valueOf(term)
		f(&out.v, &x.v)
		out.isConst = out.isConst && x.isConst
	}
	return out
}

func (r *recorder) Neg(a frontend.Variable) frontend.Variable { return r.Sub(0, a) }

func (r *recorder) Mul(a, b frontend.Variable, more ...frontend.Variable) frontend.Variable {
	half := r.isHalf()
	out := r.mul(valueOf(a), valueOf(b), half)
	for _, c := range more {
		out = r.mul(out, valueOf(c), half)
	}
	return out
}

func (r *recorder) MulAcc(a, b, c frontend.Variable) frontend.Variable {
	return r.Add(a, r.mul(valueOf(b), valueOf(c), false))
}

func (r *recorder) mul(x, y *wire, half bool) *wire {
	isNothing := x.isConst && x.v.IsZero() || y.isConst && y.v.IsZero()
	out := &wire{isConst: x.isConst && y.isConst || isNothing}
	out.v.Mul(&x.v, &y.v)
	if x.isConst || y.isConst || half {
		return out
	}
	holds := true
	if r.Products == r.twist.Product {
		truth := out.v
		out.v.SetBigInt(r.twist.Forge(truth.BigInt(new(big.Int))))
		holds = out.v == truth
	}
	r.Products++
	r.row("Mul", holds)
	return out
}

// DivUnchecked has no solution where it divides by zero what is not zero.
func (r *recorder) DivUnchecked(a, b frontend.Variable) frontend.Variable {
	x, y := valueOf(a), valueOf(b)
	out := &wire{isConst: x.isConst && y.isConst}
	out.v.Div(&x.v, &y.v) // 0 for y = 0
	if !y.isConst {
		r.row("DivUnchecked", !y.v.IsZero() || x.v.IsZero())
	}
	return out
}

func (r *recorder) Inverse(a frontend.Variable) frontend.Variable {
	x := valueOf(a)
	out := &wire{isConst: x.isConst}
	out.v.Inverse(&x.v)
	if !x.isConst {
		r.row("Inverse", !x.v.IsZero())
	}
	return out
}

func (r *recorder) AssertIsEqual(a, b frontend.Variable) {
	x, y := valueOf(a), valueOf(b)
	if x.isConst && y.isConst && x.v != y.v {
		panic("circuittest: two constants are asserted to be equal and are not")
	}
	if !x.isConst || !y.isConst {
		r.row("AssertIsEqual", x.v == y.v)
	}
}

func (r *recorder) AssertIsDifferent(a, b frontend.Variable) {
	x, y := valueOf(a), valueOf(b)
	if !x.isConst || !y.isConst {
		r.row("AssertIsDifferent", x.v != y.v)
	}
}

func (r *recorder) AssertIsBoolean(a frontend.Variable) {
	if x := valueOf(a); !x.isConst && !x.isBool {
		x.isBool = true
		r.row("AssertIsBoolean", x.v.IsZero() || x.v.IsOne())
	}
}

func (r *recorder) Compiler() frontend.Compiler { return r }

func (r *recorder) MarkBoolean(a frontend.Variable) { valueOf(a).isBool = true }

func (r *recorder) IsBoolean(a frontend.Variable) bool { return valueOf(a).isBool }

func (r *recorder) Field() *big.Int { return new(big.Int).Set(field) }

func (r *recorder) FieldBitLen() int { return field.BitLen() }

func (r *recorder) ConstantValue(a frontend.Variable) (*big.Int, bool) {
	if x := valueOf(a); x.isConst {
		return x.v.BigInt(new(big.Int)), true
	}
	return nil, false
}

func (r *recorder) NewHint(f solver.Hint, n int, in ...frontend.Variable) ([]frontend.Variable, error) {
	return r.ask(f, n, in)
}

// What follows the gadgets do not use.

func unknown(method string) string { return "circuittest: the recorder does not know " + method }

func (r *recorder) Div(_, _ frontend.Variable) frontend.Variable { panic(unknown("Div")) }

func (r *recorder) ToBinary(frontend.Variable, ...int) []frontend.Variable {
	panic(unknown("ToBinary"))
}

func (r *recorder) FromBinary(...frontend.Variable) frontend.Variable { panic(unknown("FromBinary")) }

func (r *recorder) Xor(_, _ frontend.Variable) frontend.Variable { panic(unknown("Xor")) }

func (r *recorder) Or(_, _ frontend.Variable) frontend.Variable { panic(unknown("Or")) }

func (r *recorder) And(_, _ frontend.Variable) frontend.Variable { panic(unknown("And")) }

func (r *recorder) Select(_, _, _ frontend.Variable) frontend.Variable { panic(unknown("Select")) }

func (r *recorder) Lookup2(_, _, _, _, _, _ frontend.Variable) frontend.Variable {
	panic(unknown("Lookup2"))
}

func (r *recorder) IsZero(frontend.Variable) frontend.Variable { panic(unknown("IsZero")) }

func (r *recorder) Cmp(_, _ frontend.Variable) frontend.Variable { panic(unknown("Cmp")) }

func (r *recorder) AssertIsCrumb(frontend.Variable) { panic(unknown("AssertIsCrumb")) }

func (r *recorder) AssertIsLessOrEqual(_, _ frontend.Variable) { panic(unknown("AssertIsLessOrEqual")) }

func (r *recorder) Println(...frontend.Variable) {}
