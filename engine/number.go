package engine

import (
	"fmt"
	"math"
	"math/big"
)

// What types of numbers hold, as circuits/attribute has it.
const (
	maxScale = 18           // digits of a decimal behind the point
	maxTime  = 253402300799 // 9999-12-31T23:59:59Z, in unix seconds
)

// numbers gathers what all numbers of an attribute have in common. Its zero value has seen none.
type numbers struct {
	min, max *big.Rat
	scale    int  // digits behind the point that the longest needs
	tooFine  bool // one needs more than maxScale
	notDates bool // one is not shown as a date
}

// add takes one more. nil is a number that no type holds.
func (n *numbers) add(r *big.Rat, isDate bool) {
	n.notDates = n.notDates || !isDate
	if r == nil {
		n.tooFine = true
		return
	}
	if n.min == nil || r.Cmp(n.min) < 0 {
		n.min = r
	}
	if n.max == nil || r.Cmp(n.max) > 0 {
		n.max = r
	}
	digits, exact := r.FloatPrec()
	n.tooFine = n.tooFine || !exact || digits > maxScale
	n.scale = max(n.scale, digits)
}

// typeName returns the type that holds all of them exactly in 64 bits, "" if there is none.
func (n *numbers) typeName() string {
	if n.min == nil || n.tooFine {
		return ""
	}
	if n.scale > 0 {
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n.scale)), nil)
		top := new(big.Rat).Mul(n.max, new(big.Rat).SetInt(power))
		if n.min.Sign() < 0 || top.Cmp(ratOfUint(math.MaxUint64)) > 0 {
			return ""
		}
		return fmt.Sprintf("decimal(%d)", n.scale)
	}
	switch {
	case n.min.Sign() >= 0 && !n.notDates && n.max.Cmp(ratOfUint(maxTime)) <= 0:
		return "time"
	case n.min.Sign() >= 0 && n.max.Cmp(ratOfUint(math.MaxUint64)) <= 0:
		return "uint"
	case n.min.Cmp(new(big.Rat).SetInt64(math.MinInt64)) >= 0 && n.max.Cmp(new(big.Rat).SetInt64(math.MaxInt64)) <= 0:
		return "int"
	}
	return ""
}

func ratOfUint(u uint64) *big.Rat { return new(big.Rat).SetInt(new(big.Int).SetUint64(u)) }
