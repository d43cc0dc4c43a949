package drop

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
)

// deckSchema has an attribute of every type in each section, under names that need quoting.
func deckSchema() *Schema {
	d := &bundle.Deck{Circuit: "deck/large", Cards: 1, Assignment: bundle.Fixed, Documents: bundle.Open, Spelling: bundle.Strict}
	types := []string{"uint", "int", "decimal(2)", "decimal(0)", "time", "bool", "text", "digest", "enum"}
	for _, section := range []string{bundle.SectionTrait, bundle.SectionClaim, bundle.SectionFact} {
		for i, kind := range types {
			if section == bundle.SectionFact && i == 0 {
				continue // eight facts
			}
			a := bundle.DeckAttribute{Section: section, Visibility: bundle.Shown, Type: kind, Name: []string{"a", "Fur Color", "in", "x-y", "_1", "x.y/z", "q", "d", "e"}[i]}
			a.Label = a.Name
			if kind == "enum" {
				a.Words = []string{"Laser", "Bored", `"quoted" \ word`}
			}
			d.Attributes = append(d.Attributes, a)
		}
	}
	return &Schema{Size: statement.DeckLarge, Deck: d}
}

// comparison writes a random comparison of an attribute, as an author might.
func comparison(rng *rand.Rand, a bundle.SlotInfo) string {
	name := a.Section + ".`" + a.Name + "`"
	pick := func(list ...string) string { return list[rng.IntN(len(list))] }
	equal := func(list ...string) string {
		if rng.IntN(3) == 0 {
			return fmt.Sprintf("%s in [%s, %s]", name, pick(list...), pick(list...))
		}
		return name + pick(" == ", " != ") + pick(list...)
	}
	ordered := func(list ...string) string {
		if rng.IntN(3) == 0 {
			return equal(list...)
		}
		return name + pick(" < ", " <= ", " > ", " >= ") + pick(list...)
	}
	if rng.IntN(6) == 0 {
		return pick("", "!") + "has(" + a.Section + ".`" + a.Name + "`)"
	}
	switch a.Type.String() {
	case "uint":
		return ordered("0", "1", "18", "9223372036854775807", "18446744073709551615u", "9223372036854775808u")
	case "int":
		return ordered("-5", "0", "7", "-9223372036854775807", "9223372036854775807")
	case "decimal(2)", "decimal(1)", "decimal(0)":
		return ordered("0.0", "0.5", "0.97", "8.0", "184467440737095516.15", "1000000000000000000000.0")
	case "time":
		return ordered(`timestamp("2026-01-31T00:00:00Z")`, `timestamp("1970-01-01T00:00:00Z")`, `timestamp("9999-12-31T23:59:59Z")`)
	case "bool":
		return pick(name, "!"+name, name+" == true", name+" != true")
	case "digest":
		return equal(`"0x`+strings.Repeat("0f", 32)+`"`, `"0x`+strings.Repeat("00", 32)+`"`)
	case "enum":
		return equal(`"Laser"`, `"Bored"`, `"\"quoted\" \\ word"`)
	}
	return equal(`"CC0-1.0"`, `"a \"text\" \\ \n é 🦊"`, `""`, `"\u200b"`)
}

func TestRule_CompilesToWhatItWasPrintedFrom(t *testing.T) {
	schema := deckSchema()
	checkRules(t, schema, schema.Deck.Infos(), 300)
	d := drawnDescription()
	if schema, err := SchemaOf(d); err != nil {
		t.Error(err)
	} else {
		checkRules(t, schema, d.Infos(), 300)
	}
}

// drawnDescription has an attribute of every type that a drawn drop can have.
func drawnDescription() *bundle.Description {
	d := &bundle.Description{Circuit: "cid/large"}
	for _, name := range []string{"Eyes", "Fur Color", "in", "x-y", "x.y/z"} {
		d.Traits = append(d.Traits, bundle.ShownTrait(name))
	}
	for slot := range d.Traits {
		d.Template.Order = append(d.Template.Order, bundle.Placed{Slot: uint64(slot)})
	}
	for i, kind := range []string{"uint", "int", "decimal(2)", "decimal(0)", "time", "bool", "text", "digest", "enum"} {
		a := bundle.HiddenAttribute(fmt.Sprint("a", i), kind)
		if kind == "enum" {
			a.Words = []string{"Laser", "Bored", `"quoted" \ word`}
		}
		if d.Claims = append(d.Claims, a); kind != "enum" {
			d.Facts = append(d.Facts, a)
		}
	}
	return d
}

// A name that is a piece of CEL would make the printed rule say something else.
func TestRule_RefusesANameThatWritesRules(t *testing.T) {
	x := "x"
	for _, name := range []string{"a` == \"1\" || trait.`b", "a`", "Größe", "a\"b", "a\\b", "a(b"} {
		d := drawnDescription()
		d.Traits[1].Name = name
		p := bundle.Program{Clauses: []bundle.Clause{{Literals: []bundle.Literal{{Slot: 1, Op: "equals", Operand: &x}}}}}
		if printed, err := p.Rule(d.Infos()); err == nil {
			t.Errorf("%q: printed as %s", name, printed)
		}
		p.Clauses[0].Literals[0].Slot = 0
		if printed, err := p.Rule(d.Infos()); err != nil || printed != `trait.Eyes == "x"` {
			t.Errorf("another trait: %s, %v", printed, err)
		}
	}
}

// randomPolicies compiles n random policies.
func randomPolicies(t *testing.T, schema *Schema, infos []bundle.SlotInfo, n int, use func(text string, p *Policy, written *bundle.Program)) {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, 11))
	used := slices.DeleteFunc(slices.Clone(infos), func(s bundle.SlotInfo) bool { return s.Name == "" })
	compiled, tried := 0, 0
	for compiled < n && tried < 4*n {
		tried++
		var rules []string
		for range 1 + rng.IntN(4) {
			var alternatives []string
			for range 1 + rng.IntN(3) {
				alternatives = append(alternatives, comparison(rng, used[rng.IntN(len(used))]))
			}
			rules = append(rules, "("+strings.Join(alternatives, " || ")+")")
		}
		text := strings.Join(rules, " && ")
		p, err := CompilePolicy("policy", text, schema)
		if err != nil {
			if strings.Contains(err.Error(), "never true") || strings.Contains(err.Error(), "no card can hold") || strings.Contains(err.Error(), "no number") || strings.Contains(err.Error(), "the policy needs") {
				continue
			}
			t.Fatalf("%s: %v", text, err)
		}
		compiled++
		written, err := bundle.ProgramOf(p.Program, infos, p.Texts)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		use(text, p, &written)
	}
	if compiled < n {
		t.Errorf("only %d of %d policies compiled", compiled, tried)
	}
}

// checkRules compiles n random policies: the printed rule of each is the proven one. So nobody
// has to believe that an author's text is what was compiled.
func checkRules(t *testing.T, schema *Schema, infos []bundle.SlotInfo, n int) {
	t.Helper()
	randomPolicies(t, schema, infos, n, func(text string, p *Policy, written *bundle.Program) {
		commitment := commit(t, p, schema)
		read, err := written.Compile(p.Program.Schema, infos)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if again, err := read.Commitment(schema.Size); err != nil || again != commitment {
			t.Fatalf("%s: the published program has another commitment (%v)", text, err)
		}
		printed, err := written.Rule(infos)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		again, err := CompilePolicy("rule", printed, schema)
		if err != nil {
			t.Fatalf("%s\nwas printed as\n%s\n%v", text, printed, err)
		}
		if commit(t, again, schema) != commitment {
			t.Fatalf("%s\nwas printed as\n%s\nwhich is another program", text, printed)
		}
	})
}

func commit(t *testing.T, p *Policy, s *Schema) fr.Element {
	t.Helper()
	c, err := p.Program.Commitment(s.Size)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A literal that no policy compiles to says more, or less, than anybody could see.
func TestRule_RefusesWhatNoPolicySays(t *testing.T) {
	schema := deckSchema()
	infos := schema.Deck.Infos()
	text := func(s string) *string { return &s }
	slots := map[string]uint64{}
	for i, slot := range schema.Deck.Slots() {
		slots[schema.Deck.Attributes[i].Section+schema.Deck.Attributes[i].Type] = uint64(slot)
	}
	for name, l := range map[string]bundle.Literal{
		"a negated comparison of a bool": {Slot: slots["claimbool"], Op: "equals", Negate: true, Operand: text("1")},
		"a bool that is 2":               {Slot: slots["claimbool"], Op: "equals", Operand: text("2")},
		"an order of bools":              {Slot: slots["claimbool"], Op: "less", Operand: text("1")},
		"an order of words":              {Slot: slots["claimenum"], Op: "less", Operand: text("2")},
		"a word beyond the vocabulary":   {Slot: slots["claimenum"], Op: "equals", Operand: text("3")},
		"below zero":                     {Slot: slots["claimuint"], Op: "less", Operand: text("0")},
		"a moment beyond the calendar":   {Slot: slots["claimtime"], Op: "equals", Operand: text("253402300800")},
		"a digest in another form":       {Slot: slots["claimdigest"], Op: "equals", Operand: text("0xff")},
		"an operand of present":          {Slot: slots["claimuint"], Op: "present", Operand: text("0")},
		"no operand":                     {Slot: slots["claimuint"], Op: "equals"},
		"another operator":               {Slot: slots["claimuint"], Op: "op(3)", Operand: text("1")},
		"a slot that is nobody's":        {Slot: 40, Op: "present"},
		"a slot that is not there":       {Slot: 1 << 40, Op: "present"},
		"a number with a zero in front":  {Slot: slots["claimuint"], Op: "equals", Operand: text("01")},
	} {
		p := bundle.Program{Clauses: []bundle.Clause{{Literals: []bundle.Literal{l}}}}
		if rule, err := p.Rule(infos); err == nil {
			t.Errorf("%s is printed as %s", name, rule)
		}
	}
}

// A program that names an enum and does not hold it to its words has no rule: what a reader would
// see refuses a word, and an index beyond all words passes.
func TestRule_HoldsEnumsToTheirWords(t *testing.T) {
	schema := deckSchema()
	infos := schema.Deck.Infos()
	for _, text := range []string{`trait.e != "Laser"`, `trait.e == "Laser" || claim.e == "Bored"`, `has(claim.e)`, `trait.d != "` + "0x" + strings.Repeat("0", 64) + `" && fact.e != "Bored"`} {
		compiled, err := CompilePolicy("policy", text, schema)
		if err != nil {
			t.Fatal(err)
		}
		whole, err := bundle.ProgramOf(compiled.Program, infos, compiled.Texts)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := whole.Rule(infos); err != nil {
			t.Errorf("%s: %v", text, err)
		}
		for i, c := range whole.Clauses {
			if len(c.Literals) != 2 || c.Literals[0].Op != "present" || c.Literals[1].Op != "less" {
				continue
			}
			open := bundle.Program{Clauses: slices.Delete(slices.Clone(whole.Clauses), i, i+1)}
			if rule, err := open.Rule(infos); err == nil {
				t.Errorf("%s without its clause %d prints as %s", text, i, rule)
			}
		}
	}
}
