package drop

import (
	"slices"
	"strings"

	"cel.dev/cel-go/common/ast"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/policy"
)

// A Policy is a policy's text and the program it compiles to.
type Policy struct {
	Text    string
	Program *policy.Program
	Rules   []Rule
	Texts   map[fr.Element]string // the text or digest behind each operand that is a hash

	comparisons []compared
	required    []int // slots that a rule asks to be there, and nothing else
}

// A Rule is one of the conditions that the policy joins by &&. Its name is a
// `// name: ...` comment on the line before it, or its own text: public either
// way. A name holds up to the next name or empty line.
type Rule struct {
	Name    string
	Clauses []int // of Program.Clauses
}

// RuleOf names the rule that a clause of the program belongs to.
func (p *Policy) RuleOf(clause int) string {
	for _, r := range p.Rules {
		if slices.Contains(r.Clauses, clause) {
			return r.Name
		}
	}
	return "" // no such clause
}

// CompilePolicy turns a policy in CEL into a program for the attributes of a
// schema. The same text and schema always give the same program, so that
// anybody can check a published text against its commitment. Every error is a
// *[Fault] in file.
//
// A proof sees attributes one at a time: a policy compares attributes with
// constants by ==, !=, <, <=, >, >= and in, asks has(claim.name), and joins
// these with !, &&, || and ?:. What it means is what CEL says it means, absent
// attributes included: a policy that is false or undefined rejects the token.
func CompilePolicy(file, text string, s *Schema) (*Policy, error) {
	env, err := environment(s)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(text) == "" {
		return nil, fault(Place{File: file}, "write `true` to accept every token", "the policy is empty")
	}
	tree, source, err := parseCEL(file, text, env)
	if err != nil {
		return nil, err
	}
	info := tree.NativeRep().SourceInfo()
	c := &compiler{file: file, source: source, info: info, schema: s, texts: map[fr.Element]string{}}
	p := &Policy{Text: text, Texts: c.texts, Program: &policy.Program{Schema: s.Digest(), Numeric: s.numeric()}}
	parts, ands := conjuncts(tree.NativeRep().Expr(), info)
	for i, name := range c.ruleNames(ands) {
		if err := c.addRule(p, name, parts[i]); err != nil {
			return nil, err
		}
	}
	if len(p.Program.Clauses) > maxWork {
		return nil, fault(Place{File: file}, policyRemedy, "the policy has more than %d conditions", maxWork)
	}
	if err := checkTypes(file, env, tree); err != nil {
		return nil, err
	}
	p.number()
	p.closeEnums(s)
	if err := c.checkSize(p); err != nil {
		return nil, err
	}
	return p, c.checkPrinted(p)
}

// closeEnums holds every enum that the program names to its vocabulary: absent, or an index
// below the number of its words. So a negated comparison is over a closed set, hidden or not.
func (p *Policy) closeEnums(s *Schema) {
	named := map[int]bool{}
	for _, clause := range p.Program.Clauses {
		for _, l := range clause {
			named[l.Slot] = true
		}
	}
	for slot := range p.Program.Numeric {
		n := len(s.words(slot))
		if !named[slot] || n == 0 {
			continue
		}
		p.Rules = append(p.Rules, Rule{Name: s.SlotName(slot) + " is one of its words", Clauses: []int{len(p.Program.Clauses)}})
		p.Program.Clauses = append(p.Program.Clauses, []policy.Literal{
			{Slot: slot, Op: policy.Present, Negate: true}, {Slot: slot, Op: policy.Less, Operand: fr.NewElement(uint64(n))},
		})
	}
}

// ruleNames names the parts between the outermost &&. A part without a name of
// its own belongs to the named one before it, unless an empty line is between.
func (c *compiler) ruleNames(ands []int) []string {
	slices.Sort(ands)
	var names []string
	last, lastStart, start := "", 0, 0
	for _, end := range append(ands, len(c.source.runes)) {
		at := c.source.codeStart(start, end)
		name := c.source.nameBefore(at)
		if name == "" && last != "" && !c.source.emptyLine(lastStart, at) {
			name = last
		}
		last, lastStart = name, at
		if name == "" {
			name = c.source.code(start, end)
		}
		names, start = append(names, shortened(name)), end+len("&&")
	}
	return names
}

// maxName keeps a long list of texts from filling a report.
const maxName = 120

func shortened(name string) string {
	if r := []rune(name); len(r) > maxName {
		return string(r[:maxName-1]) + "…"
	}
	return name
}

// addRule compiles one rule and adds its clauses, except those that earlier
// ones imply.
func (c *compiler) addRule(p *Policy, name string, e ast.Expr) error {
	t, err := c.truthOf(e)
	if err != nil {
		return err
	}
	if t.isTrue.form == tooLarge {
		return c.fault(e, policyRemedy, "this rule has more than %d literals when written as a list of alternatives, the size %s holds %d",
			maxWork, c.schema.Size.Name, c.schema.Size.Literals)
	}
	if n := len(p.Rules); n == 0 || p.Rules[n-1].Name != name {
		p.Rules = append(p.Rules, Rule{Name: name})
	}
	p.noteComparisons(len(p.Rules)-1, t.isTrue)
	for _, clause := range t.isTrue.clauses() {
		clause, isTrue := tidy(clause)
		if len(clause) == 0 && !isTrue {
			return c.fault(e, "remove it or compare an attribute", "this rule is never true, no token could pass")
		}
		if !isTrue {
			p.Program.Clauses = append(p.Program.Clauses, clause)
			last := &p.Rules[len(p.Rules)-1]
			last.Clauses = append(last.Clauses, len(p.Program.Clauses)-1)
		}
	}
	return nil
}

// number removes clauses that others imply and renumbers those of the rules.
// Of two equal clauses the first stays.
func (p *Policy) number() {
	old := p.Program.Clauses
	renumbered := make(map[int]int)
	p.Program.Clauses = nil
	for i, clause := range old {
		implied := slices.ContainsFunc(old[:i], func(a []policy.Literal) bool { return implies(a, clause) }) ||
			slices.ContainsFunc(old[i+1:], func(a []policy.Literal) bool { return implies(a, clause) && !implies(clause, a) })
		if !implied {
			renumbered[i] = len(p.Program.Clauses)
			p.Program.Clauses = append(p.Program.Clauses, clause)
		}
	}
	for i := range p.Rules {
		var kept []int
		for _, clause := range p.Rules[i].Clauses {
			if n, ok := renumbered[clause]; ok {
				kept = append(kept, n)
			}
		}
		p.Rules[i].Clauses = kept
	}
}

func (c *compiler) checkSize(p *Policy) error {
	n := 0
	for _, clause := range p.Program.Clauses {
		n += len(clause)
	}
	size := c.schema.Size
	if n > size.Literals {
		return fault(Place{File: c.file}, "shorten it, or take a larger circuit in drop.yaml",
			"the policy needs %d literals, the size %s holds %d", n, size.Name, size.Literals)
	}
	if err := p.Program.Validate(size); err != nil {
		return fault(Place{File: c.file}, "simplify it", "%v", err)
	}
	return nil
}

// checkPrinted refuses a policy whose program verifiers could not print: they would reject every token.
func (c *compiler) checkPrinted(p *Policy) error {
	infos := c.schema.infos()
	program, err := bundle.ProgramOf(p.Program, infos, p.Texts)
	if err == nil {
		_, err = program.Rule(infos)
	}
	if err != nil {
		return fault(Place{File: c.file}, "compare with values that the attribute can have", "verifiers cannot print this policy: %v", err)
	}
	return nil
}
