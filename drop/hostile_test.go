package drop

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/statement"
)

// foxSchema is the schema of the foxes.
func foxSchema(t testing.TB) *Schema {
	t.Helper()
	d, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	return &d.Schema
}

// quickly fails when f takes a second or allocates much. A busy machine may be slow: the quickest
// of three calls counts.
func quickly(t *testing.T, name string, f func() error) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	err := f()
	spent := time.Since(start)
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Errorf("%s: no error", name)
	}
	if err != nil && len(err.Error()) > 2000 {
		t.Errorf("%s: an error of %d bytes", name, len(err.Error()))
	}
	for range 2 {
		if spent > time.Second {
			again := time.Now()
			_ = f()
			spent = min(spent, time.Since(again))
		}
	}
	if spent > time.Second {
		t.Errorf("%s: took %v", name, spent)
	}
	if mib := (after.TotalAlloc - before.TotalAlloc) >> 20; mib > 512 {
		t.Errorf("%s: allocated %d MiB", name, mib)
	}
}

func TestParseYAML_IsQuickWithHostileFiles(t *testing.T) {
	lines := func(n int, f func(i int) string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(f(i))
		}
		return b.String()
	}
	for name, text := range map[string]string{
		"two megabytes":          strings.Repeat("a: b\n", 400_000),
		"one long line":          "name: " + strings.Repeat("x", 1<<20-10),
		"open lists":             strings.Repeat("[", 1<<14),
		"open lists over lines":  strings.Repeat("[\n", 1<<18),
		"open maps":              strings.Repeat("{a: ", 1<<12),
		"open maps over lines":   strings.Repeat("{a:\n", 1<<17),
		"dashes":                 strings.Repeat("- ", 1<<13),
		"nested keys":            lines(1000, func(i int) string { return strings.Repeat(" ", i) + "a:\n" }),
		"keys that get shorter":  lines(1000, func(i int) string { return strings.Repeat(" ", i) + strings.Repeat("a", 2000-2*i) + ":\n" }),
		"question marks":         strings.Repeat("? ", 1<<13),
		"aliases of aliases":     "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
		"many keys":              lines(40_000, func(i int) string { return fmt.Sprintf("key%d: %d\n", i, i) }),
		"one map in one line":    "{" + lines(2000, func(i int) string { return fmt.Sprintf("k%d: 1,", i) }) + "}",
		"block text":             "name: |\n" + strings.Repeat("  line\n", 100_000),
		"folded text":            "name: >\n" + strings.Repeat("  line\n", 100_000),
		"quotes that never end":  "name: \"" + strings.Repeat("x\n", 1<<18),
		"single quotes, no end":  "name: '" + strings.Repeat("x\n", 1<<18),
		"plain text over lines":  "name: a\n" + strings.Repeat("  b\n", 100_000),
		"empty lines":            strings.Repeat("\n", 1<<20-1),
		"comments":               strings.Repeat("#\n", 1<<19-1),
		"tabs":                   strings.Repeat("\t\n", 1<<18),
		"documents":              strings.Repeat("---\n", 1<<17),
		"colons":                 strings.Repeat(": ", 1<<13),
		"commas":                 "[" + strings.Repeat(",", 1<<13) + "]",
		"not UTF-8":              "name: \xff",
		"byte order mark inside": "name: a\ufeffb",
		"nothing":                "",
	} {
		quickly(t, name, func() error {
			_, err := readDefinition(DefinitionFile, []byte(text))
			return err
		})
	}
}

func TestCompilePolicy_IsQuickWithHostileText(t *testing.T) {
	s := foxSchema(t)
	s.Size = statement.Large
	or := func(n int) string { return "(claim.consent && claim.safety > 0." + strings.Repeat("1", n%9+1) + ")" }
	var product []string
	for i := range 40 {
		product = append(product, or(i))
	}
	for name, text := range map[string]string{
		"too long":               strings.Repeat("claim.consent && ", 2000) + "true",
		"brackets":               strings.Repeat("(", 8000) + "true" + strings.Repeat(")", 8000),
		"open brackets":          strings.Repeat("(", 16000),
		"lists":                  strings.Repeat("[", 8000) + strings.Repeat("]", 8000),
		"negations":              strings.Repeat("!", 16000) + "1",
		"minus signs":            strings.Repeat("-", 16000) + "1 > 2",
		"questions":              strings.Repeat("claim.consent ? true : ", 700) + "false",
		"questions in questions": "true" + strings.Repeat(" ? claim.consent", 900),
		"dots":                   "claim" + strings.Repeat(".a", 8000),
		"indices":                "claim" + strings.Repeat("[0]", 5000),
		"calls":                  strings.Repeat("size(", 3000),
		"sums":                   strings.Repeat("1+", 8000) + "1 > 2",
		"comparisons":            strings.Repeat("1<", 8000) + "2",
		"alternatives of pairs":  strings.Join(product, " || "),
		"strings":                strings.Repeat(`"a" == "a" && `, 1000) + "1",
		"string that never ends": `claim.license == "` + strings.Repeat("x", 16000),
		"triple quotes":          `claim.license == """` + strings.Repeat("x\n", 8000),
		"a long number":          "claim.safety > 0." + strings.Repeat("1", 16000),
		"a large exponent":       "claim.safety > 1e999999999",
		"a small exponent":       "claim.safety > 1e-999999999",
		"a large integer":        "claim.safety > " + strings.Repeat("9", 16000),
		"a large list":           "claim.license in [" + strings.Repeat(`"a",`, 4000) + `"a"]&&claim.q`,
		"many texts":             manyTexts(1500),
		"nested loops":           strings.Repeat("[1].all(x, ", 30) + "true" + strings.Repeat(")", 30),
		"loops of loops":         "[1,2,3].map(x, [1,2,3].map(y, [1,2,3].map(z, x*y*z))) == []",
		"maps":                   strings.Repeat("{1:", 4000),
		"bytes":                  `b"a" == b"a"`,
		"objects":                "a.b.c{d: 1}",
		"nothing but space":      strings.Repeat(" ", 16000),
		"comments":               strings.Repeat("//\n", 5000),
		"semicolons":             strings.Repeat(";", 16000),
		"quotes":                 strings.Repeat("'", 16001),
		"backticks":              "claim." + strings.Repeat("`", 16000),
		"escapes":                `claim.license == "` + strings.Repeat(`\u`, 8000) + `"`,
		"not UTF-8":              "claim.license == '\xff'",
		"wide characters":        strings.Repeat("😀", 4000),
		"spread over lines":      strings.Repeat("claim.consent\n||\n!", 900) + "1",
	} {
		quickly(t, name, func() error {
			_, err := CompilePolicy(PolicyFile, text, s)
			return err
		})
	}
}

func manyTexts(n int) string {
	var items []string
	for i := range n {
		items = append(items, fmt.Sprintf("'%d'", i))
	}
	return "claim.license in [" + strings.Join(items, ",") + "]"
}

func TestParseReceipt_IsQuickWithHostileFiles(t *testing.T) {
	s := foxSchema(t)
	for name, text := range map[string]string{
		"too long": strings.Repeat(" ", 1<<20), "open arrays": strings.Repeat("[", 1<<17), "open objects": strings.Repeat(`{"claims":`, 1<<14),
		"nothing": "", "null": "null", "an array": "[]", "a number": "1e999999999", "no end": `{"version": 2, "claims": [{"name": "`,
	} {
		quickly(t, name, func() error {
			_, err := ParseReceipt("receipts/1.json", []byte(text), s)
			return err
		})
	}
}

func fuzzSchema() *Schema { return wide }

func FuzzParseYAML(f *testing.F) {
	for _, template := range Templates() {
		files, err := templateFiles(template)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range []string{DefinitionFile, ModelFile, ClaimsFile} {
			f.Add(files[name])
		}
	}
	for _, c := range faults {
		f.Add([]byte(c.after))
	}
	for _, s := range []string{"a: {b: [1, {c: 'd'}]}", "? a\n: b", "- - - a", "a: |\n  b\n", "{", "a: 'b", "\t", "a:\n b:\n  c:", "a: \"\\x\""} {
		f.Add([]byte(s))
	}
	s := fuzzSchema()
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := readDefinition(DefinitionFile, data)
		if err == nil {
			_, _ = readModel(ModelFile, data, d)
			s := d.schema(nil)
			_, _ = d.template(&s, nil)
		}
		d = &definition{traits: []Attribute{{Name: "Background"}, {Name: "Eyes"}, {Name: "Lineage"}}}
		d.circuit.Size = statement.Small
		if m, err := readModel(ModelFile, data, d); err == nil {
			_, _ = m.arrange()
		}
		_, _ = ParseClaims(ClaimsFile, data, s, tenIDs)
		_, _ = parseSecrets(SecretsFile, data, true)
	})
}

func FuzzCompilePolicy(f *testing.F) {
	for _, template := range Templates() {
		files, err := templateFiles(template)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(files[PolicyFile]))
	}
	for _, s := range []string{
		"claim.consent", "!has(claim.age) || claim.age >= 18u", "trait.`Line Age` in ['a', r\"b\", \"\"\"c\"\"\"]", "1.5 < claim.safety",
		"claim.at < timestamp('2026-01-31T00:00:00Z')", "claim.consent ? fact.open : claim.degrees > -5", "// name: x\nclaim.consent // y", "[", "a.b(", "\"", "'''", "1e5",
	} {
		f.Add(s)
	}
	s := fuzzSchema()
	f.Fuzz(func(t *testing.T, text string) {
		p, err := CompilePolicy(PolicyFile, text, s)
		if err != nil {
			return
		}
		if err := p.Program.Validate(s.Size); err != nil {
			t.Fatalf("%q compiles to an invalid program: %v", text, err)
		}
		for i := range p.Program.Clauses {
			if p.RuleOf(i) == "" {
				t.Fatalf("%q has a clause without a rule", text)
			}
		}
	})
}

func FuzzParseReceipt(f *testing.F) {
	s := fuzzSchema()
	key, err := eddsa.GenerateKey(seeded(9))
	if err != nil {
		f.Fatal(err)
	}
	table, err := ParseClaims(ClaimsFile, []byte("default: {license: a, safety: 0.5, consent: true, age: 18, degrees: -1, at: 2026-01-31}"), s, tenIDs)
	if err != nil {
		f.Fatal(err)
	}
	r, err := SignReceipt(key, s, scope(3), 3, table.For(3))
	if err != nil {
		f.Fatal(err)
	}
	data, err := r.Encode(s)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(strings.Replace(string(data), `"token": 3`, `"token": 18446744073709551616`, 1)))
	f.Add([]byte(`{"version": 1}`))
	f.Add([]byte(`{"version": 2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ParseReceipt("receipts/1.json", data, s)
		if err != nil {
			return
		}
		if _, err := r.Encode(s); err != nil {
			t.Fatalf("a receipt that was read cannot be written: %v", err)
		}
		_ = VerifyReceipt(r, s, scope(3), r.Authority)
	})
}
