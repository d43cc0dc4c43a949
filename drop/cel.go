package drop

import (
	"fmt"
	"slices"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common"
	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/types"

	"github.com/genproof/genproof/circuits/attribute"
)

const (
	maxPolicy     = 1 << 14 // bytes of policy.cel
	maxBrackets   = 32
	maxRecursion  = 64
	maxNodes      = 4096
	policyRemedy  = "shorten it: a program holds at most 64 literals"
	syntaxRemedy  = "see https://cel.dev for the language"
	bracketRemedy = "split it into several conditions joined by &&"
)

// provider tells cel-go's type checker which attributes exist.
type provider struct {
	*types.Registry
	schema *Schema
}

// celType is the CEL type of an attribute. A uint is left to be compared with
// whole numbers of either sign, as in 18 and 18u: CEL itself orders them
// together, but has no == between the two types.
func celType(t attribute.Type) *types.Type {
	switch t.Kind {
	case attribute.Uint:
		return types.DynType
	case attribute.Int:
		return types.IntType
	case attribute.Decimal:
		return types.DoubleType
	case attribute.Time:
		return types.TimestampType
	case attribute.Bool:
		return types.BoolType
	}
	return types.StringType
}

// FindStructType knows the rooms besides CEL's own types.
func (p *provider) FindStructType(name string) (*types.Type, bool) {
	if slices.Contains(p.schema.rooms(), name) {
		return types.NewTypeTypeWithParam(types.NewObjectType(name)), true
	}
	return p.Registry.FindStructType(name)
}

// FindStructFieldType finds the attribute field in the room structType.
func (p *provider) FindStructFieldType(structType, field string) (*types.FieldType, bool) {
	_, t, ok := p.schema.lookup(structType, field)
	if !ok {
		return nil, false
	}
	return &types.FieldType{Type: celType(t)}, true
}

// FindStructFieldNames lists the attributes of a room.
func (p *provider) FindStructFieldNames(structType string) ([]string, bool) {
	list, _ := p.schema.room(structType)
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = a.Name
	}
	return names, list != nil
}

// environment is CEL with the drop's attributes, has() and no other macro.
func environment(s *Schema) (*cel.Env, error) {
	registry, err := types.NewRegistry()
	if err != nil {
		return nil, fmt.Errorf("preparing the policy language: %w", err)
	}
	options := []cel.EnvOption{
		cel.StdLib(),
		cel.ClearMacros(), cel.Macros(cel.HasMacro),
		cel.EnableIdentifierEscapeSyntax(),
		cel.ParserRecursionLimit(maxRecursion),
		cel.ParserExpressionSizeLimit(maxPolicy),
		cel.ParserErrorRecoveryLimit(1),
		cel.CustomTypeProvider(&provider{registry, s}),
	}
	for _, room := range s.rooms() {
		options = append(options, cel.Variable(room, cel.ObjectType(room)))
	}
	env, err := cel.NewCustomEnv(options...)
	if err != nil {
		return nil, fmt.Errorf("preparing the policy language: %w", err)
	}
	return env, nil
}

// parseCEL parses text within the limits.
func parseCEL(file, text string, env *cel.Env) (*cel.Ast, *celSource, error) {
	if len(text) > maxPolicy {
		return nil, nil, fault(Place{File: file}, policyRemedy, "the policy has %d bytes, at most %d are read", len(text), maxPolicy)
	}
	if err := checkText(file, []byte(text)); err != nil {
		return nil, nil, err
	}
	source := scanCEL(text)
	if depth, at := source.deepest(); depth > maxBrackets {
		return nil, nil, fault(source.place(file, at), bracketRemedy, "brackets nest more than %d deep", maxBrackets)
	}
	tree, err := runCEL(file, func() (*cel.Ast, *cel.Issues) { return env.Parse(text) })
	if err != nil {
		return nil, nil, err
	}
	if n := len(tree.NativeRep().SourceInfo().OffsetRanges()); n > maxNodes {
		return nil, nil, fault(Place{File: file}, policyRemedy, "the policy has %d parts, at most %d are read", n, maxNodes)
	}
	return tree, source, nil
}

// checkTypes is cel-go's own judgement of what the compiler has understood.
func checkTypes(file string, env *cel.Env, tree *cel.Ast) error {
	checked, err := runCEL(file, func() (*cel.Ast, *cel.Issues) { return env.Check(tree) })
	if err != nil {
		return err
	}
	if !checked.OutputType().IsExactType(cel.BoolType) {
		return fault(Place{File: file}, "write a condition", "the policy is neither true nor false")
	}
	return nil
}

// runCEL runs the library, which must not take the program down over a file.
func runCEL(file string, f func() (*cel.Ast, *cel.Issues)) (tree *cel.Ast, err error) {
	defer func() {
		if recover() != nil {
			tree, err = nil, fault(Place{File: file}, syntaxRemedy, "the policy cannot be read")
		}
	}()
	tree, issues := f()
	return tree, celFault(file, issues)
}

// celFault keeps the first of cel-go's errors.
func celFault(file string, issues *cel.Issues) error {
	if issues == nil || issues.Err() == nil {
		return nil
	}
	list := issues.Errors()
	if len(list) == 0 {
		return fault(Place{File: file}, syntaxRemedy, "the policy cannot be read")
	}
	return fault(celPlace(file, list[0]), syntaxRemedy, "%s", celMessage(list[0]))
}

func celPlace(file string, e *common.Error) Place {
	if e.Location == nil || e.Location.Line() < 1 {
		return Place{File: file}
	}
	return Place{file, e.Location.Line(), e.Location.Column() + 1}
}

// celMessage cuts what a parser expected, a long list of token names.
func celMessage(e *common.Error) string {
	message, _, _ := strings.Cut(e.Message, " expecting ")
	if len(message) > 200 {
		message = message[:200]
	}
	return strings.ToLower(message[:min(1, len(message))]) + strings.ToValidUTF8(message[min(1, len(message)):], "")
}

// conjuncts splits e at its outermost && and returns the parts with the places of the &&.
func conjuncts(e ast.Expr, info *ast.SourceInfo) (parts []ast.Expr, ands []int) {
	if e.Kind() != ast.CallKind || e.AsCall().FunctionName() != "_&&_" {
		return []ast.Expr{e}, nil
	}
	for i, arg := range e.AsCall().Args() {
		if i > 0 {
			r, _ := info.GetOffsetRange(e.ID())
			ands = append(ands, int(r.Start))
		}
		p, a := conjuncts(arg, info)
		parts, ands = append(parts, p...), append(ands, a...)
	}
	return parts, ands
}
