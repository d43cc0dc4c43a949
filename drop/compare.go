package drop

import (
	"math/big"

	"cel.dev/cel-go/common/ast"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/value"

	"cel.dev/cel-go/common/operators"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
)

// truth is a comparison as two formulas: when it is true and when it is false.
// With the attribute absent it is neither.
type truth struct{ isTrue, isFalse *formula }

func (t truth) not() truth { return truth{t.isFalse, t.isTrue} }

// settled is a comparison whose outcome does not depend on the value: it still
// needs the attribute to be present.
func settled(slot int, outcome bool) truth {
	present := isLiteral(policy.Literal{Slot: slot, Op: policy.Present})
	t := truth{present, constantly(false)}
	if !outcome {
		t = t.not()
	}
	return t
}

func literalTruth(slot int, op policy.Op, operand fr.Element) truth {
	yes := policy.Literal{Slot: slot, Op: op, Operand: operand}
	return truth{isLiteral(yes), isLiteral(negation(yes))}
}

// equals is the comparison of a slot with a constant of its kind, which e writes.
func (c *compiler) equals(e ast.Expr, slot int, t attribute.Type, k *constant) (truth, error) {
	switch t.Kind {
	case attribute.Text, attribute.Digest, attribute.Enum:
		return c.equalsText(e, slot, t, k.text)
	}
	return equals(slot, t, k), nil
}

// equalsText compares with a text: its hash, or its place in the vocabulary.
func (c *compiler) equalsText(e ast.Expr, slot int, t attribute.Type, text string) (truth, error) {
	words := c.schema.words(slot)
	s, err := value.Parse(value.Type{Type: t, Words: words}, text)
	switch {
	case err != nil && t.Kind == attribute.Enum:
		return truth{}, c.fault(e, "its words are "+quoted(words[:min(len(words), 12)]), "%.60q is not one of the %d words of this attribute", text, len(words))
	case err != nil:
		return truth{}, c.fault(e, howToWrite(t.Kind), "%v", err)
	case t.Kind == attribute.Text && c.schema.holdsNormal(slot) && spelling.Normal(text) != text:
		return truth{}, c.fault(e, "write it without blanks at its ends, in Unicode's form NFC", "no attribute can hold this text: they hold normal forms")
	case t.Kind != attribute.Enum:
		c.texts[s.Value] = text
	}
	return literalTruth(slot, policy.Equals, s.Value), nil
}

// equals is the comparison of a slot with a number, a moment or a bool.
func equals(slot int, t attribute.Type, c *constant) truth {
	if t.Kind == attribute.Bool {
		return boolTruth(slot, c.number.Sign() != 0)
	}
	n := scaled(t, c.number)
	if !n.IsInt() || !isUint64(n.Num()) {
		return settled(slot, false) // no value of the slot is this number
	}
	return literalTruth(slot, policy.Equals, fr.NewElement(n.Num().Uint64()))
}

// below is slot < c, or slot <= c when orEqual. A value is a whole number after
// scaling, so both are value < n for a whole n: x < 0.805 with two digits is
// value < 81, and so is x <= 0.80.
func below(slot int, t attribute.Type, c *constant, orEqual bool) truth {
	n := scaled(t, c.number)
	whole, rest := new(big.Int).DivMod(n.Num(), n.Denom(), new(big.Int)) // rounds down
	if orEqual || rest.Sign() != 0 {
		whole.Add(whole, big.NewInt(1))
	}
	switch {
	case whole.Sign() <= 0:
		return settled(slot, false)
	case !isUint64(whole):
		return settled(slot, true)
	}
	return literalTruth(slot, policy.Less, fr.NewElement(whole.Uint64()))
}

// ordered compiles slot OP c for one of the four orders.
func ordered(op string, slot int, t attribute.Type, c *constant) truth {
	switch op {
	case operators.Less:
		return below(slot, t, c, false)
	case operators.LessEquals:
		return below(slot, t, c, true)
	case operators.Greater:
		return below(slot, t, c, true).not()
	default:
		return below(slot, t, c, false).not()
	}
}

// scaled turns a number into what a slot of type t holds for it.
func scaled(t attribute.Type, n *big.Rat) *big.Rat {
	switch t.Kind {
	case attribute.Int:
		shift := new(big.Int).Lsh(big.NewInt(1), 63)
		return new(big.Rat).Add(n, new(big.Rat).SetInt(shift))
	case attribute.Decimal:
		power := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(t.Scale)), nil)
		return new(big.Rat).Mul(n, new(big.Rat).SetInt(power))
	}
	return n
}

func isUint64(n *big.Int) bool { return n.Sign() >= 0 && n.IsUint64() }

// mirrored is the order with its sides exchanged: 3 < x is x > 3.
var mirrored = map[string]string{
	operators.Less:          operators.Greater,
	operators.LessEquals:    operators.GreaterEquals,
	operators.Greater:       operators.Less,
	operators.GreaterEquals: operators.LessEquals,
	operators.Equals:        operators.Equals,
	operators.NotEquals:     operators.NotEquals,
}

// boolTruth is slot == is. A slot that holds neither 0 nor 1 makes it neither true nor false.
func boolTruth(slot int, is bool) truth {
	equal := func(b bool) *formula {
		return isLiteral(policy.Literal{Slot: slot, Operand: attribute.OfBool(b).Value})
	}
	return truth{equal(is), equal(!is)}
}
