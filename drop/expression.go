package drop

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
)

// compiler turns a parsed policy into formulas.
type compiler struct {
	file   string
	source *celSource
	info   *ast.SourceInfo
	schema *Schema
	texts  map[fr.Element]string // of operands that are hashes
}

// start is where e begins in the source. CEL keeps the place of a dot or an
// operator, so look for the leftmost part.
func (c *compiler) start(e ast.Expr) int {
	r, _ := c.info.GetOffsetRange(e.ID())
	at := int(r.Start)
	switch e.Kind() {
	case ast.SelectKind:
		return min(at, c.start(e.AsSelect().Operand()))
	case ast.CallKind:
		if call := e.AsCall(); call.IsMemberFunction() {
			at = min(at, c.start(call.Target()))
		} else if name := call.FunctionName(); c.source.at(at-len(name), name) {
			at -= len(name) // the place of a call is its bracket
		} else if len(call.Args()) > 0 {
			at = min(at, c.start(call.Args()[0]))
		}
	}
	return at
}

func (c *compiler) fault(e ast.Expr, remedy, problem string, args ...any) error {
	return fault(c.source.place(c.file, c.start(e)), remedy, problem, args...)
}

// truthOf compiles an expression that is true or false. It follows CEL: an
// absent attribute is an error, `false && error` is false and `true || error` is true.
func (c *compiler) truthOf(e ast.Expr) (truth, error) {
	switch e.Kind() {
	case ast.LiteralKind:
		k, err := c.constantOf(e)
		if err != nil {
			return truth{}, err
		}
		if k.form != boolConstant {
			return truth{}, c.fault(e, "write a comparison", "%s is neither true nor false", k.form)
		}
		holds := k.number.Sign() != 0
		return truth{constantly(holds), constantly(!holds)}, nil
	case ast.SelectKind, ast.IdentKind:
		return c.attributeTruth(e)
	case ast.CallKind:
		return c.callTruth(e, e.AsCall())
	case ast.ListKind:
		return truth{}, c.fault(e, "write `claim.name in [...]`", "a list alone is neither true nor false")
	}
	return truth{}, c.fault(e, "use comparisons, in, has(), !, &&, || and ?:", "maps, objects and loops are not provable")
}

// attributeTruth is a bool attribute alone, or has(attribute).
func (c *compiler) attributeTruth(e ast.Expr) (truth, error) {
	slot, t, err := c.attribute(e)
	if err != nil {
		return truth{}, err
	}
	if e.Kind() == ast.SelectKind && e.AsSelect().IsTestOnly() {
		yes := policy.Literal{Slot: slot, Op: policy.Present}
		return truth{isLiteral(yes), isLiteral(negation(yes))}, nil
	}
	if t.Kind != attribute.Bool {
		return truth{}, c.fault(e, howToWrite(t.Kind), "this attribute is a %s, neither true nor false", t)
	}
	return boolTruth(slot, true), nil
}

// isAttribute says whether e looks like an attribute, well written or not.
func isAttribute(e ast.Expr) bool { return e.Kind() == ast.IdentKind || e.Kind() == ast.SelectKind }

const attributeRemedy = "write trait.Name, claim.name or fact.name, or trait.`Name With Spaces`"

// attribute finds the slot and type of room.name.
func (c *compiler) attribute(e ast.Expr) (int, attribute.Type, error) {
	var none attribute.Type
	if e.Kind() == ast.SelectKind && e.AsSelect().Operand().Kind() != ast.IdentKind {
		return 0, none, c.fault(e, attributeRemedy, "an attribute has no parts")
	}
	if e.Kind() == ast.IdentKind {
		return 0, none, c.fault(e, attributeRemedy, "%.40q is not an attribute", e.AsIdent())
	}
	room, name := e.AsSelect().Operand().AsIdent(), e.AsSelect().FieldName()
	list, _ := c.schema.room(room)
	if !slices.Contains(c.schema.rooms(), room) {
		return 0, none, c.fault(e, attributeRemedy, "this drop's rooms are %s, and no %.40q", quoted(c.schema.rooms()), room)
	}
	slot, t, ok := c.schema.lookup(room, name)
	if !ok {
		known := make([]string, len(list))
		for i, a := range list {
			known[i] = a.Name
		}
		return 0, none, c.fault(e, "it has "+quoted(known), "this drop has no %s %.40q", room, name)
	}
	return slot, t, nil
}

func (c *compiler) callTruth(e ast.Expr, call ast.CallExpr) (truth, error) {
	switch op := call.FunctionName(); op {
	case operators.LogicalAnd, operators.LogicalOr:
		parts, err := c.truths(call.Args())
		if err != nil {
			return truth{}, err
		}
		yes, no := make([]*formula, len(parts)), make([]*formula, len(parts))
		for i, p := range parts {
			yes[i], no[i] = p.isTrue, p.isFalse
		}
		if op == operators.LogicalAnd {
			return truth{allOf(yes...), anyOf(no...)}, nil
		}
		return truth{anyOf(yes...), allOf(no...)}, nil
	case operators.LogicalNot:
		t, err := c.truthOf(call.Args()[0])
		return t.not(), err
	case operators.Conditional:
		return c.conditional(call.Args())
	case operators.In:
		return c.membership(e, call.Args()[0], call.Args()[1])
	case operators.Equals, operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals:
		return c.comparison(e, op, call.Args()[0], call.Args()[1])
	default:
		return truth{}, c.refuseCall(e, op)
	}
}

func (c *compiler) truths(list []ast.Expr) ([]truth, error) {
	out := make([]truth, len(list))
	for i, e := range list {
		t, err := c.truthOf(e)
		if err != nil {
			return nil, err
		}
		out[i] = t
	}
	return out, nil
}

// conditional is if ? then : otherwise. The condition must be settled one way
// (its attributes present), and then the branch of that way must hold.
func (c *compiler) conditional(args []ast.Expr) (truth, error) {
	t, err := c.truths(args)
	if err != nil {
		return truth{}, err
	}
	cond, then, otherwise := t[0], t[1], t[2]
	branches := func(then, otherwise *formula) *formula {
		return allOf(anyOf(cond.isTrue, cond.isFalse), anyOf(cond.isFalse, then), anyOf(cond.isTrue, otherwise))
	}
	return truth{branches(then.isTrue, otherwise.isTrue), branches(then.isFalse, otherwise.isFalse)}, nil
}

// membership is attribute in [constants].
func (c *compiler) membership(e, left, right ast.Expr) (truth, error) {
	if right.Kind() != ast.ListKind {
		return truth{}, c.fault(right, `write claim.name in ["one", "two"]`, "what stands behind `in` must be a list of constants")
	}
	if left.Kind() == ast.CallKind {
		return truth{}, c.refuseCall(left, left.AsCall().FunctionName())
	}
	if !isAttribute(left) {
		return truth{}, c.fault(e, `write claim.name in ["one", "two"]`, "what stands before `in` must be an attribute")
	}
	slot, t, err := c.attribute(left)
	if err != nil {
		return truth{}, err
	}
	out := settled(slot, false)
	for i, item := range right.AsList().Elements() {
		k, err := c.constantFor(item, t)
		if err != nil {
			return truth{}, err
		}
		is, err := c.equals(item, slot, t, k)
		if err != nil {
			return truth{}, err
		}
		if i == 0 {
			out = is
			continue
		}
		out = truth{anyOf(out.isTrue, is.isTrue), allOf(out.isFalse, is.isFalse)}
	}
	return out, nil
}

// constantFor reads e as a constant to compare with an attribute of type t.
func (c *compiler) constantFor(e ast.Expr, t attribute.Type) (*constant, error) {
	k, err := c.constantOf(e)
	if err != nil {
		return nil, err
	}
	if k == nil && isAttribute(e) {
		return nil, c.fault(e, howToWrite(t.Kind), "an attribute cannot be compared with another attribute")
	}
	if k == nil && e.Kind() == ast.CallKind {
		return nil, c.refuseCall(e, e.AsCall().FunctionName())
	}
	if k == nil {
		return nil, c.fault(e, howToWrite(t.Kind), "an attribute can only be compared with a constant")
	}
	if !k.fits(t.Kind) {
		return nil, c.fault(e, howToWrite(t.Kind), "the attribute is a %s and this is %s", t, k.form)
	}
	return k, nil
}

// comparison is attribute OP constant, either way round.
func (c *compiler) comparison(e ast.Expr, op string, left, right ast.Expr) (truth, error) {
	if !isAttribute(left) && isAttribute(right) {
		left, right, op = right, left, mirrored[op]
	}
	if !isAttribute(left) {
		return c.fold(e, op, left, right)
	}
	slot, t, err := c.attribute(left)
	if err != nil {
		return truth{}, err
	}
	if left.Kind() == ast.SelectKind && left.AsSelect().IsTestOnly() {
		return c.fold(e, op, left, right)
	}
	k, err := c.constantFor(right, t)
	if err != nil {
		return truth{}, err
	}
	switch {
	case op == operators.Equals:
		return c.equals(right, slot, t, k)
	case op == operators.NotEquals:
		is, err := c.equals(right, slot, t, k)
		return is.not(), err
	case !t.Numeric() || t.Kind == attribute.Enum:
		return truth{}, c.fault(e, "use ==, != or in", "a %s has no order", t)
	}
	return ordered(op, slot, t, k), nil
}

// fold compares two constants, or a condition with true or false.
func (c *compiler) fold(e ast.Expr, op string, left, right ast.Expr) (truth, error) {
	a, err := c.constantOf(left)
	if err != nil {
		return truth{}, err
	}
	b, err := c.constantOf(right)
	if err != nil {
		return truth{}, err
	}
	if a != nil && b != nil {
		return c.foldConstants(e, op, a, b)
	}
	if a != nil {
		left, b = right, a
	}
	if left.Kind() == ast.CallKind && !isCondition(left) {
		return truth{}, c.refuseCall(left, left.AsCall().FunctionName())
	}
	if b == nil || b.form != boolConstant || op != operators.Equals && op != operators.NotEquals {
		return truth{}, c.fault(e, "write an attribute on one side and a constant on the other", "this comparison is not provable")
	}
	t, err := c.truthOf(left)
	if (b.number.Sign() == 0) == (op == operators.Equals) {
		t = t.not()
	}
	return t, err
}

func (c *compiler) foldConstants(e ast.Expr, op string, a, b *constant) (truth, error) {
	sign, ok := a.compare(b)
	if !ok {
		return truth{}, c.fault(e, "compare constants of one kind, or leave the comparison out", "%s and %s cannot be compared", a.form, b.form)
	}
	holds := map[string]bool{
		operators.Equals: sign == 0, operators.NotEquals: sign != 0,
		operators.Less: sign < 0, operators.LessEquals: sign <= 0,
		operators.Greater: sign > 0, operators.GreaterEquals: sign >= 0,
	}[op]
	return truth{constantly(holds), constantly(!holds)}, nil
}

var (
	arithmetic = []string{operators.Add, operators.Subtract, operators.Multiply, operators.Divide, operators.Modulo, operators.Negate}
	loops      = []string{"all", "exists", "exists_one", "existsOne", "map", "filter"}
	onText     = []string{"startsWith", "endsWith", "contains", "matches", "size"}
)

var conditions = []string{
	operators.LogicalAnd, operators.LogicalOr, operators.LogicalNot, operators.Conditional, operators.In, operators.Equals,
	operators.NotEquals, operators.Less, operators.LessEquals, operators.Greater, operators.GreaterEquals,
}

// isCondition says whether callTruth has a case for e.
func isCondition(e ast.Expr) bool {
	return e.Kind() == ast.CallKind && slices.Contains(conditions, e.AsCall().FunctionName())
}

// refuseCall says why a call cannot be compiled and what to write instead.
func (c *compiler) refuseCall(e ast.Expr, op string) error {
	switch {
	case slices.Contains(arithmetic, op):
		return c.fault(e, "write the result as one constant", "arithmetic is not provable")
	case slices.Contains(loops, op):
		return c.fault(e, "write the cases out with || and &&", "the loop %s() is not provable", op)
	case slices.Contains(onText, op):
		return c.fault(e, `list the texts: claim.name in ["one", "two"]`, "%s() is not provable, a proof sees a text only as a whole", op)
	case op == operators.Index:
		return c.fault(e, "write claim.name, or trait.`Name With Spaces`", "brackets are not read")
	case slices.Contains(conditions, op):
		return c.fault(e, "join conditions by && and ||", "a condition cannot be compared")
	case op == "timestamp":
		return c.fault(e, "compare a time attribute with it", "a time is neither true nor false")
	}
	return c.fault(e, "use comparisons, in, has(), !, &&, || and ?:", "%.40s() is not provable", strings.Trim(op, "_"))
}
