package drop

import (
	"math/big"
	"regexp"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"cel.dev/cel-go/common/types"

	"github.com/genproof/genproof/circuits/attribute"
)

// constant is a literal of the policy. A number is kept as the fraction its
// source text says: 0.1 is a tenth, not the nearest float.
type constant struct {
	form   constantForm
	text   string
	number *big.Rat // also a bool (0 or 1) and a time (unix seconds)
}

type constantForm uint8

const (
	textConstant constantForm = iota
	boolConstant
	intConstant
	uintConstant
	decimalConstant
	timeConstant
)

func (f constantForm) String() string {
	return [...]string{"a text", "a bool", "an int", "a uint", "a decimal number", "a time"}[f]
}

// fits says whether a constant is of the same kind as an attribute. A whole
// number may be written with or without u for a uint.
func (c *constant) fits(k attribute.Kind) bool {
	switch k {
	case attribute.Uint:
		return c.form == uintConstant || c.form == intConstant
	case attribute.Int:
		return c.form == intConstant
	case attribute.Decimal:
		return c.form == decimalConstant
	case attribute.Time:
		return c.form == timeConstant
	case attribute.Bool:
		return c.form == boolConstant
	default:
		return c.form == textConstant
	}
}

// howToWrite shows a constant of a kind.
func howToWrite(k attribute.Kind) string {
	return map[attribute.Kind]string{
		attribute.Uint:    "compare it with a whole number such as 18",
		attribute.Int:     "compare it with a whole number such as -5",
		attribute.Decimal: "compare it with a number with a point such as 8.0",
		attribute.Time:    `compare it with timestamp("2026-01-31T00:00:00Z")`,
		attribute.Bool:    "compare it with true or false, or write it alone",
		attribute.Text:    `compare it with a text in quotes such as "CC0-1.0"`,
		attribute.Digest:  "compare it with 0x and 64 lower-case hex digits in quotes",
		attribute.Enum:    "compare it with one of its words in quotes",
	}[k]
}

// constantOf reads e as a constant: nil and no fault when it is something else.
func (c *compiler) constantOf(e ast.Expr) (*constant, error) {
	switch e.Kind() {
	case ast.LiteralKind:
		return c.literalOf(e)
	case ast.CallKind:
		call := e.AsCall()
		if call.FunctionName() == "timestamp" && !call.IsMemberFunction() && len(call.Args()) == 1 {
			return c.timestampOf(call.Args()[0])
		}
		if call.FunctionName() == operators.Negate {
			return nil, c.fault(e, "write the result as one number", "arithmetic is not provable")
		}
	}
	return nil, nil
}

func (c *compiler) literalOf(e ast.Expr) (*constant, error) {
	switch v := e.AsLiteral().(type) {
	case types.String:
		return &constant{form: textConstant, text: string(v)}, nil
	case types.Bool:
		n := new(big.Rat)
		if v {
			n.SetInt64(1)
		}
		return &constant{form: boolConstant, number: n}, nil
	case types.Int:
		return &constant{form: intConstant, number: new(big.Rat).SetInt64(int64(v))}, nil
	case types.Uint:
		return &constant{form: uintConstant, number: new(big.Rat).SetUint64(uint64(v))}, nil
	case types.Double:
		return c.decimalOf(e)
	case types.Null:
		return nil, c.fault(e, "write has(claim.name) or !has(claim.name)", "null equals no attribute")
	}
	return nil, c.fault(e, "compare with a text, number, bool or timestamp", "this kind of constant is not provable")
}

// maxDigits is more than any decimal attribute can tell apart: 20 digits and a scale of 18.
const maxDigits = 64

// decimalOf reads a number with a point from the source text itself.
func (c *compiler) decimalOf(e ast.Expr) (*constant, error) {
	source := c.source.from(c.start(e))
	digits := strings.TrimLeft(strings.TrimPrefix(source, "-"), " \t\r\n")
	end := strings.IndexFunc(digits, func(r rune) bool { return (r < '0' || r > '9') && r != '.' })
	rest := ""
	if end >= 0 {
		digits, rest = digits[:end], digits[end:]
	}
	if strings.HasPrefix(rest, "e") || strings.HasPrefix(rest, "E") {
		return nil, c.fault(e, "write the number out", "exponents are not read")
	}
	n, ok := new(big.Rat), len(digits) <= maxDigits
	if ok {
		_, ok = n.SetString(digits)
	}
	if !ok {
		return nil, c.fault(e, "write it with at most 64 digits", "this number cannot be read")
	}
	if strings.HasPrefix(source, "-") {
		n.Neg(n)
	}
	return &constant{form: decimalConstant, number: n}, nil
}

// rfc3339 is stricter than CEL's own conversion, which takes 1:00 and fractions behind a comma.
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$`)

func (c *compiler) timestampOf(arg ast.Expr) (*constant, error) {
	const remedy = `write timestamp("2026-01-31T00:00:00Z")`
	text, ok := "", false
	if arg.Kind() == ast.LiteralKind {
		var s types.String
		s, ok = arg.AsLiteral().(types.String)
		text = string(s)
	}
	if !ok {
		return nil, c.fault(arg, remedy, "timestamp() takes a text")
	}
	t, ok := types.String(text).ConvertToType(types.TimestampType).(types.Timestamp)
	if !ok || !rfc3339.MatchString(text) {
		return nil, c.fault(arg, remedy, "this is not an RFC 3339 time of the years 1 to 9999")
	}
	n := big.NewRat(int64(t.Nanosecond()), 1_000_000_000)
	return &constant{form: timeConstant, number: n.Add(n, new(big.Rat).SetInt64(t.Unix()))}, nil
}

// compare orders two constants of the same form; ok is false when they have none.
func (c *constant) compare(d *constant) (sign int, ok bool) {
	if c.form != d.form {
		return 0, false
	}
	if c.form == textConstant {
		return strings.Compare(c.text, d.text), true
	}
	return c.number.Cmp(d.number), true
}
