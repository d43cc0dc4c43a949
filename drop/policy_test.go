package drop

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
)

// shown writes a program for a person: numbers as they are, texts by name.
func shown(p *Policy, s *Schema, texts ...string) string {
	var clauses []string
	for _, clause := range p.Program.Clauses {
		var literals []string
		for _, l := range clause {
			operand := l.Operand.String()
			for _, text := range texts {
				if attribute.TextHash(text) == l.Operand {
					operand = text
				}
			}
			literal := strings.TrimSpace(fmt.Sprintf("%s %s %s", s.SlotName(l.Slot), l.Op, operand))
			if l.Op == policy.Present {
				literal = s.SlotName(l.Slot) + " present"
			}
			if l.Negate {
				literal = "not " + literal
			}
			literals = append(literals, literal)
		}
		clauses = append(clauses, strings.Join(literals, " | "))
	}
	return strings.Join(clauses, " & ")
}

func TestCompilePolicy_WritesTheProgram(t *testing.T) {
	for text, want := range map[string]string{
		"claim.consent":                                      "claim.consent equals 1",
		"!claim.consent":                                     "claim.consent equals 0",
		"claim.consent != false":                             "claim.consent equals 1",
		"true":                                               "",
		"claim.safety >= 0.805":                              "not claim.safety less 81",
		"claim.safety > 0.805":                               "not claim.safety less 81",
		"claim.safety >= 0.80":                               "not claim.safety less 80",
		"claim.safety > 0.80":                                "not claim.safety less 81",
		"claim.safety < 0.805":                               "claim.safety less 81",
		"claim.safety <= 0.805":                              "claim.safety less 81",
		"claim.safety < 0.80":                                "claim.safety less 80",
		"claim.safety <= 0.80":                               "claim.safety less 81",
		"claim.safety == 0.8":                                "claim.safety equals 80",
		"claim.safety != 0.805":                              "claim.safety present",
		"claim.safety >= 0.0":                                "claim.safety present",
		"claim.safety > 184467440737095516.14":               "not claim.safety less 18446744073709551615",
		"claim.safety < 184467440737095516.15":               "claim.safety less 18446744073709551615",
		"claim.safety <= 184467440737095516.15":              "claim.safety present",
		"claim.age < 18":                                     "claim.age less 18",
		"18 > claim.age":                                     "claim.age less 18",
		"claim.age <= 18446744073709551614u":                 "claim.age less 18446744073709551615",
		"claim.degrees < 0":                                  "claim.degrees less 9223372036854775808",
		"claim.degrees == -9223372036854775808":              "claim.degrees equals 0",
		"claim.degrees <= 9223372036854775806":               "claim.degrees less 18446744073709551615",
		`claim.at < timestamp("2026-01-31T00:00:00Z")`:       "claim.at less 1769817600",
		`claim.at <= timestamp("2026-01-31T00:00:00.5Z")`:    "claim.at less 1769817601",
		`trait.Eyes in ["a", "b", "a"]`:                      "trait.Eyes equals a | trait.Eyes equals b",
		`!(trait.Eyes in ["a", "b"])`:                        "not trait.Eyes equals a & not trait.Eyes equals b",
		"trait.`Line Age` == 'a'":                            "trait.Line Age equals a",
		"has(claim.age)":                                     "claim.age present",
		"!has(claim.age) || claim.age >= 18":                 "not claim.age present | not claim.age less 18",
		"has(trait.Eyes)":                                    "trait.Eyes present",
		"claim.consent || !claim.consent":                    "claim.consent equals 1 | claim.consent equals 0",
		"claim.consent && (claim.consent || fact.open)":      "claim.consent equals 1",
		"(claim.consent || fact.open) && claim.consent":      "claim.consent equals 1",
		"claim.consent && fact.open || claim.consent":        "claim.consent equals 1",
		`trait.Eyes == "a" ? claim.consent : true`:           "trait.Eyes present & not trait.Eyes equals a | claim.consent equals 1",
		`claim.license == "a" ? claim.consent : true`:        "claim.license present & not claim.license equals a | claim.consent equals 1",
		`claim.license == "a" ? claim.consent : fact.open`:   "claim.license present & not claim.license equals a | claim.consent equals 1 & claim.license equals a | fact.open equals 1",
		"(claim.age > 3) == false":                           "claim.age less 4",
		"1 < 2 && claim.consent || 'a' == 'b'":               "claim.consent equals 1",
		"!(claim.consent && fact.open)":                      "claim.consent equals 0 | fact.open equals 0",
		"claim.consent && fact.open || claim.license == 'a'": "claim.consent equals 1 | claim.license equals a & fact.open equals 1 | claim.license equals a",
	} {
		p, err := CompilePolicy(PolicyFile, text, wide)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		if got := shown(p, wide, "a", "b"); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
	}
}

func TestCompilePolicy_RefusesWhatIsNotProvable(t *testing.T) {
	for text, want := range map[string]string{
		"claim.nick == 'a'":                              `:1:1: this drop has no claim "nick": it has "license", "safety", "consent", "age", "degrees" or "at"`,
		"trait.Hat == 'a'":                               `:1:1: this drop has no trait "Hat"`,
		"claim == 1":                                     `:1:1: "claim" is not an attribute`,
		"claim.license.x == 'a'":                         ":1:1: an attribute has no parts",
		"claim['license'] == 'a'":                        ":1:1: brackets are not read",
		"claim['license'] in ['a']":                      ":1:1: brackets are not read",
		"claim.age == claim.degrees":                     ":1:14: an attribute cannot be compared with another attribute",
		"claim.age + 1 > 5":                              ":1:1: arithmetic is not provable",
		"claim.age > 5 * 60":                             ":1:13: arithmetic is not provable",
		"claim.age > -(5)":                               ":1:13: arithmetic is not provable",
		"-claim.degrees > 5":                             ":1:1: arithmetic is not provable",
		"claim.license.contains('a')":                    ":1:1: contains() is not provable",
		"claim.license.matches('a')":                     ":1:1: matches() is not provable",
		"size(claim.license) > 3":                        ":1:1: size() is not provable",
		"['a'].exists(x, x == claim.license)":            ":1:1: the loop exists() is not provable",
		"claim.license":                                  ":1:1: this attribute is a text, neither true nor false",
		"claim.age":                                      ":1:1: this attribute is a uint, neither true nor false",
		"'a'":                                            ":1:1: a text is neither true nor false",
		"claim.license > 'a'":                            ":1:1: a text has no order",
		"claim.consent > false":                          ":1:1: a bool has no order",
		"claim.license == 5":                             ":1:18: the attribute is a text and this is an int",
		"claim.age == '5'":                               ":1:14: the attribute is a uint and this is a text",
		"claim.age == 5.0":                               ":1:14: the attribute is a uint and this is a decimal",
		"claim.degrees == 5u":                            ":1:18: the attribute is a int and this is a uint",
		"claim.safety == 1":                              ":1:17: the attribute is a decimal(2) and this is an int",
		"claim.safety > 1e3":                             ":1:16: exponents are not read",
		"claim.at > '2026-01-31T00:00:00Z'":              ":1:12: the attribute is a time and this is a text",
		"claim.at > timestamp('2026-01-31')":             ":1:22: this is not an RFC 3339 time",
		"claim.at > timestamp('2026-01-31T1:00:00Z')":    ":1:22: this is not an RFC 3339 time",
		"claim.at > timestamp('2026-01-31T01:00:00,5Z')": ":1:22: this is not an RFC 3339 time",
		"claim.at > timestamp(claim.license)":            ":1:22: timestamp() takes a text",
		"claim.license == null":                          ":1:18: null equals no attribute",
		"claim.license in ['a', 5]":                      ":1:24: the attribute is a text and this is an int",
		"claim.license in claim.age":                     ":1:18: what stands behind `in`",
		"'a' in ['a']":                                   ":1:1: what stands before `in`",
		"(claim.consent && fact.open) == claim.consent":  ":1:2: a condition cannot be compared",
		"1 == 'a'":                                       ":1:1: an int and a text cannot be compared",
		"[1]":                                            ":1:1: a list alone",
		"{'a': 1} == {'a': 1}":                           ":1:1: this comparison is not provable",
		"claim.consent && !claim.consent && false":       ":1:36: this rule is never true",
		"claim.age < 0":                                  ":1:1: this rule is never true",
		"\n  claim.consent &&\n  claim.q":                ":3:3: this drop has no claim",
		"'é😀' == 'é' || claim.q":                         ":1:16: this drop has no claim",
		"claim.consent \u202e":                           ":1:15: a control character",
		"// a\rb\nclaim.consent":                         ":1:5: a control character",
	} {
		_, err := CompilePolicy(PolicyFile, text, wide)
		if err == nil || !strings.HasPrefix(err.Error(), PolicyFile+want) {
			t.Errorf("%s\ngot  %v\nwant %s", text, err, want)
		}
		var f *Fault
		if errors.As(err, &f) && f.Remedy == "" {
			t.Errorf("%s: %q does not say what to do", text, err)
		}
	}
}

func TestCompilePolicy_NamesRules(t *testing.T) {
	const text = `// A comment.
claim.consent   // trailing
&& (trait.Eyes == "a && b" ||
    fact.open)

// name: grown up
&& claim.age >= 18
&& claim.age < 150

&& claim.license != "// name: x" &&
// name: warm
(claim.degrees > 0 && has(claim.at))
&& true`
	p, err := CompilePolicy(PolicyFile, text, wide)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range p.Rules {
		got = append(got, fmt.Sprint(r.Name, " ", r.Clauses))
	}
	want := []string{
		"claim.consent [0]",
		`(trait.Eyes == "a && b" || fact.open) [1]`,
		"grown up [2 3]",
		`claim.license != "// name: x" [4]`,
		"warm [5 6]",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Fatalf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if p.RuleOf(3) != "grown up" || p.RuleOf(7) != "" {
		t.Fatal("RuleOf")
	}
}

func TestCompilePolicy_CountsLiterals(t *testing.T) {
	var items []string
	for i := range 65 {
		items = append(items, fmt.Sprintf("'%d'", i))
	}
	if _, err := CompilePolicy(PolicyFile, "claim.license in ["+strings.Join(items[:64], ",")+"]", wide); err != nil {
		t.Fatal(err)
	}
	_, err := CompilePolicy(PolicyFile, "claim.license in ["+strings.Join(items, ",")+"]", wide)
	if err == nil || !strings.Contains(err.Error(), "needs 65 literals, the size large holds 64") {
		t.Fatalf("got %v", err)
	}
}

func TestLoad_WarnsOfTextsNoTraitHas(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, PolicyFile, `"Arctic"`, `"Artic"`)
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := `policy.cel: rule "ghosts consent" compares trait.Lineage with a text that is not in its layer`
	if len(d.Warnings) != 1 || d.Warnings[0] != want {
		t.Fatalf("got %q", d.Warnings)
	}
}

func TestLoad_WarnsOfANameInAComment(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, `"Nebula Foxes #{id}"`, "Nebula Foxes #{id}")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Warnings) != 1 || !strings.Contains(d.Warnings[0], "the same name") {
		t.Fatalf("got %q", d.Warnings)
	}
}

// TestCompilePolicy_ABoolOfTwoIsNeither: no constraint keeps the author of a hidden fact
// from committing to a bool that is none, so a policy must reject it in both readings.
func TestCompilePolicy_ABoolOfTwoIsNeither(t *testing.T) {
	for _, text := range []string{
		"claim.consent", "!claim.consent", "claim.consent == true", "claim.consent != true",
		"claim.consent == false", "claim.consent != false", "claim.consent || !claim.consent",
		"(claim.consent != true || fact.open) && (claim.consent != false || fact.open)",
	} {
		p, err := CompilePolicy(PolicyFile, text, wide)
		if err != nil {
			t.Fatal(err)
		}
		slots := make([]attribute.Slot, wide.Size.Slots())
		for i := range wide.Claims {
			if wide.Claims[i].Name == "consent" {
				slots[wide.Size.Layers+i] = attribute.OfUint(2)
			}
		}
		for i := range wide.Facts {
			if wide.Facts[i].Name == "open" {
				slots[wide.Size.Layers+wide.Size.Claims+i] = attribute.OfBool(false)
			}
		}
		if ok, _ := p.Program.Eval(slots); ok {
			t.Errorf("%s accepts a bool of 2", text)
		}
	}
}

// Moments are those of CEL, the UTC years 1 to 9999, whatever their zone; and what compiles can be printed, as
// verifiers reject what cannot.
func TestCompilePolicy_TakesTheMomentsOfCEL(t *testing.T) {
	env := oracleEnv(t)
	for _, row := range []struct {
		moment string
		taken  bool
	}{
		{"0001-01-01T00:00:00+01:00", false}, {"9999-12-31T23:59:59-01:00", false}, {"9999-12-31T23:59:59-12:00", false}, {"2026-01-31T00:00:00+24:00", false},
		{"9999-12-31T23:59:59Z", true}, {"9999-12-31T23:59:59.5Z", true}, {"9999-12-31T23:59:59+01:00", true}, {"0001-01-01T00:00:00Z", true}, {"2026-01-31T00:00:00+23:59", true},
	} {
		for _, operator := range []string{"<", "<=", ">", ">=", "==", "!="} {
			text := fmt.Sprintf("claim.at %s timestamp(%q) || has(claim.age)", operator, row.moment)
			_, err := CompilePolicy("policy.cel", text, wide)
			if (err == nil) != row.taken {
				t.Errorf("%s: %v", text, err)
			}
			_, _, celErr := oracle(t, env, fmt.Sprintf("timestamp(%q) == timestamp(%q)", row.moment, row.moment)).Eval(map[string]any{})
			if (celErr == nil) != row.taken {
				t.Errorf("%s: CEL says %v", row.moment, celErr)
			}
		}
	}
}
