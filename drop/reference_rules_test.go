package drop

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"cel.dev/cel-go/common/ast"
	"cel.dev/cel-go/common/operators"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// ruleSchema has claims of each type, named as the page's rules call them.
func ruleSchema(t *testing.T) *Schema {
	t.Helper()
	s := &Schema{Size: statement.Large, Traits: []Attribute{{Name: "Eyes", Type: attribute.Type{Kind: attribute.Text}}, {Name: "Fur Color", Type: attribute.Type{Kind: attribute.Text}}}}
	for name, of := range map[string]string{"level": "uint", "karma": "int", "safety": "decimal(2)", "born": "time", "consent": "bool", "motto": "text", "prompt": "digest", "licence": "enum"} {
		var words []string
		if of == "enum" {
			words = []string{"CC0-1.0", "CC-BY-4.0"}
		}
		a, err := attributeOfType(t, of, "hidden", words, false)
		if err != nil {
			t.Fatal(err)
		}
		a.Name, a.Public.Name, a.Public.Label = name, name, name
		s.Claims = append(s.Claims, a)
	}
	slices.SortFunc(s.Claims, func(a, b Attribute) int { return strings.Compare(a.Name, b.Name) })
	return s
}

// claimOfType is the claim of that schema that has a type.
func claimOfType(s *Schema, kind attribute.Kind) string {
	i := slices.IndexFunc(s.Claims, func(a Attribute) bool { return a.Type.Kind == kind })
	return "claim." + s.Claims[i].Name
}

// operatorRows are what a rule is made of; of is cel-go's name of it.
var operatorRows = []struct{ of, written, example, means string }{
	{operators.Equals, "==", `claim.motto == "Onwards"`, "the value is the constant"},
	{operators.NotEquals, "!=", `claim.motto != "Onwards"`, "there is a value, and it is another"},
	{operators.Less, "<", `claim.level < 18`, "the value is below the constant"},
	{operators.LessEquals, "<=", `claim.safety <= 0.805`, "is not above it; exact, though the type has two digits"},
	{operators.Greater, ">", `claim.karma > -5`, "is above it"},
	{operators.GreaterEquals, ">=", `claim.born >= timestamp("2026-01-31T00:00:00Z")`, "is not below it"},
	{operators.In, "in", `trait.Eyes in ["Laser", "Round"]`, "is one of a list of constants"},
	{"has", "has()", `has(claim.level)`, "there is a value"},
	{"bool", "alone", `claim.consent`, "a bool is true"},
	{operators.LogicalNot, "!", `!claim.consent`, "the condition is false"},
	{operators.LogicalAnd, "&&", `claim.consent && claim.level >= 18`, "both are true"},
	{operators.LogicalOr, "||", `claim.consent || claim.level >= 18`, "one is true at least"},
	{operators.Conditional, "? :", "trait.`Fur Color` == \"Red\" ? claim.consent : true", "as the first says, the second is true or the third"},
	{"timestamp", "timestamp()", `claim.born < timestamp("2026-01-31T12:30:00+02:00")`, "a moment, by RFC 3339"},
}

func compileRule(t *testing.T, text string) *Policy {
	t.Helper()
	p, err := CompilePolicy(PolicyFile, text, ruleSchema(t))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

func operatorTable(t *testing.T) string {
	rows := [][]string{{"", "example", "what it says", "literals"}}
	for _, r := range operatorRows {
		n := 0
		for _, clause := range compileRule(t, r.example).Program.Clauses {
			n += len(clause)
		}
		rows = append(rows, []string{"`" + r.written + "`", codeOf(r.example), r.means, fmt.Sprint(n)})
	}
	return markdown(rows...)
}

// codeOf writes code that may have backquotes in it.
func codeOf(s string) string {
	if strings.Contains(s, "`") {
		return "`` " + s + " ``"
	}
	return "`" + s + "`"
}

// TestReference_HasAllOperators: the compiler knows no condition that the page has no example of.
func TestReference_HasAllOperators(t *testing.T) {
	env, err := environment(ruleSchema(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range operatorRows {
		tree, _, err := parseCEL(PolicyFile, r.example, env)
		if err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{}
		ast.PostOrderVisit(tree.NativeRep().Expr(), ast.NewExprVisitor(func(e ast.Expr) {
			switch {
			case e.Kind() == ast.CallKind:
				used[e.AsCall().FunctionName()] = true
			case e.Kind() == ast.SelectKind && e.AsSelect().IsTestOnly():
				used["has"] = true
			case e.Kind() == ast.SelectKind:
				used["bool"] = true
			}
		}))
		if !used[r.of] {
			t.Errorf("%s is no example of %s", r.example, r.written)
		}
	}
	for _, op := range conditions {
		if !slices.ContainsFunc(operatorRows, func(r struct{ of, written, example, means string }) bool { return r.of == op }) {
			t.Errorf("the page has no %s", op)
		}
	}
}

// constantsOf has one constant of each form.
var constantsOf = []struct{ form, text string }{
	{"a whole number", "18"}, {"one with u", "18u"}, {"a number with a point", "0.5"}, {"true, false", "true"}, {"a text", `"CC0-1.0"`}, {"a text", `"` + hexDigest + `"`}, {"a timestamp", `timestamp("2026-01-31T00:00:00Z")`},
}

// comparisonTable asks the compiler, for each type, which operators and constants there are.
func comparisonTable(t *testing.T) string {
	rows := [][]string{{"type", "`==` `!=` `in`", "`<` `<=` `>` `>=`", "alone, `!`", "`has()`", "constants"}}
	schema := ruleSchema(t)
	takes := func(text string) bool {
		_, err := CompilePolicy(PolicyFile, text, schema)
		return err == nil
	}
	all := func(of, constant string, ops ...string) string {
		n := 0
		for _, op := range ops {
			text := of + " " + op + " " + constant
			if op == "in" {
				text = of + " in [" + constant + "]"
			}
			if takes(text) {
				n++
			}
		}
		return map[int]string{0: "—", len(ops): "yes"}[n]
	}
	for kind := attribute.Uint; kind <= attribute.Enum; kind++ {
		of := claimOfType(schema, kind)
		var forms []string
		for _, c := range constantsOf {
			if takes(of+" == "+c.text) && !slices.Contains(forms, c.form) {
				forms = append(forms, c.form)
			}
		}
		constant := typeRows[slices.IndexFunc(typeRows, func(r typeRow) bool {
			return strings.HasPrefix(r.kind, strings.TrimSuffix(attribute.Type{Kind: kind}.String(), "(0)"))
		})].compare
		alone := "—"
		if takes(of) && takes("!"+of) {
			alone = "yes"
		}
		note := map[attribute.Kind]string{attribute.Digest: ": 0x and 64 hex digits", attribute.Enum: ": one of its words"}[kind]
		rows = append(rows, []string{
			"`" + strings.TrimSuffix(attribute.Type{Kind: kind}.String(), "(0)") + "`", all(of, constant, "==", "!=", "in"), all(of, constant, "<", "<=", ">", ">="),
			alone, map[bool]string{true: "yes", false: "—"}[takes("has("+of+")")], strings.Join(forms, ", ") + note,
		})
	}
	return markdown(rows...)
}

// refusedRows are what CEL has and a rule cannot: each kind once.
var refusedRows = []struct{ what, example string }{
	{"arithmetic: `+ - * / %`", "claim.level + 1 > 18"},
	{"two attributes", "claim.level > claim.karma"},
	{"another type of constant", "claim.safety >= 1"},
	{"an order of texts, bools, enums", `claim.motto < "M"`},
	{"inside of a text: " + callsOf(onText), `claim.motto.startsWith("On")`},
	{"loops: " + callsOf(loops), `["a"].exists(x, x == claim.motto)`},
	{"a list that is not of constants", "claim.level in claim.karma"},
	{"null", "claim.motto == null"},
	{"conditions compared", "(claim.level > 1) == (claim.karma > 1)"},
	{"brackets", `claim["level"] > 1`},
	{"an exponent", "claim.safety < 1e3"},
	{"other functions", `string(claim.level) == "18"`},
	{"a time that is none", `claim.born < timestamp("2026-01-31")`},
	{"a word that is none", `claim.licence == "MIT"`},
	{"a text that nothing holds", `claim.motto == "Onwards "`},
	{"what nothing can pass", "claim.level < 0"},
	{"unknown names", "claim.levle > 1"},
}

func callsOf(names []string) string {
	return "`" + strings.Join(names, "()`, `") + "()`"
}

func refusedTable(t *testing.T) string {
	rows := [][]string{{"what", "example", "why, and what to write"}}
	for _, r := range refusedRows {
		_, err := CompilePolicy(PolicyFile, r.example, ruleSchema(t))
		var f *Fault
		if !errors.As(err, &f) {
			t.Fatalf("%s: %v", r.example, err)
		}
		rows = append(rows, []string{r.what, codeOf(r.example), f.Problem + ": " + f.Remedy})
	}
	return markdown(rows...)
}

// TestReference_RefusesAllOfAKind: the page names kinds; each of them is refused for the same reason.
func TestReference_RefusesAllOfAKind(t *testing.T) {
	refuse := func(text, why string) {
		if _, err := CompilePolicy(PolicyFile, text, ruleSchema(t)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, op := range []string{"+", "-", "*", "/", "%"} {
		refuse("claim.level "+op+" 2 > 18", "arithmetic is not provable")
	}
	refuse("-claim.karma > 18", "arithmetic is not provable")
	for _, name := range loops {
		refuse(`["a"].`+name+`(x, x == claim.motto)`, "the loop "+name+"() is not provable")
	}
	for _, name := range onText {
		text := "claim.motto." + name + `("a")`
		if name == "size" {
			text = "size(claim.motto) > 1"
		}
		refuse(text, name+"() is not provable")
	}
	for _, of := range []string{`claim.motto <= "a"`, "claim.consent > false", `claim.licence >= "CC0-1.0"`, `claim.prompt < "` + hexDigest + `"`} {
		refuse(of, "has no order")
	}
}

// TestReference_CountsLiterals: what the page says of a disjunction of conjunctions.
func TestReference_CountsLiterals(t *testing.T) {
	a, b := compileRule(t, "has(claim.level) && has(claim.karma) || has(claim.born) && has(claim.motto)"), compileRule(t,
		"(has(claim.level) || has(claim.born)) && (has(claim.level) || has(claim.motto)) && (has(claim.karma) || has(claim.born)) && (has(claim.karma) || has(claim.motto))")
	if got := fmt.Sprint(a.Program.Clauses); got != fmt.Sprint(b.Program.Clauses) || len(a.Program.Clauses) != 4 {
		t.Errorf("got %s, want %v", got, b.Program.Clauses)
	}
}
