package drop

import (
	"fmt"
	"github.com/genproof/genproof/bundle"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
)

// shownDigits are the most digits of a number that a document shows.
const shownDigits = value.MaxDigits

// hexDigest is a digest as people write it.
var hexDigest = "0x" + strings.Repeat("0f", 32)

// A typeRow is a type of the page: what a value is at least and at most, what is beyond that, and a
// value with the constant that a rule compares it with.
type typeRow struct {
	kind, low, high  string
	beyond           []string
	written, compare string
	words            []string
}

var typeRows = []typeRow{
	{"uint", "0", "18446744073709551615", []string{"-1", "18446744073709551616", "1.0", "01"}, "12", "12", nil},
	{"int", "-9223372036854775808", "9223372036854775807", []string{"9223372036854775808", "-0"}, "-12", "-12", nil},
	{"decimal(2)", "0", "184467440737095516.15", []string{"184467440737095516.16", "-1", "0.005"}, "0.50", "0.50", nil},
	{"time", "1970-01-01", "9999-12-31T23:59:59Z", []string{"1969-12-31", "10000-01-01", "2026-02-30"}, "2026-01-31T23:59:59Z", `timestamp("2026-01-31T23:59:59Z")`, nil},
	{"bool", "false", "true", []string{"yes", "1"}, "true", "true", nil},
	{"text", "", strings.Repeat("x", attribute.MaxText), []string{strings.Repeat("x", attribute.MaxText+1)}, "Laser", `"Laser"`, nil},
	{"digest", "0x" + strings.Repeat("0", 64), "0x" + strings.Repeat("f", 64), []string{"0x0f", strings.Repeat("0f", 32), strings.ToUpper(hexDigest)}, hexDigest, `"` + hexDigest + `"`, nil},
	{"digest(raw)", "0x" + strings.Repeat("0", 64), "0x" + strings.Repeat("f", 64), []string{"0x0f"}, hexDigest, `"` + hexDigest + `"`, nil},
	{"digest(dag-pb)", "0x" + strings.Repeat("0", 64), "0x" + strings.Repeat("f", 64), []string{"0x0f"}, hexDigest, `"` + hexDigest + `"`, nil},
	{"enum", "CC0-1.0", "CC-BY-4.0", []string{"cc0-1.0", "MIT"}, "CC0-1.0", `"CC0-1.0"`, []string{"CC0-1.0", "CC-BY-4.0"}},
}

// rangeOf says in words what a type holds.
func rangeOf(t attribute.Type, low, high string) string {
	switch t.Kind {
	case attribute.Text:
		return fmt.Sprintf("UTF-8, at most %d bytes; shown 1 to %d", attribute.MaxText, document.MaxText)
	case attribute.Digest:
		return "32 bytes"
	case attribute.Enum:
		return "one of its words"
	case attribute.Bool:
		return "true or false"
	case attribute.Decimal:
		return fmt.Sprintf("%s to %s: k digits behind the point, k up to %d, of shown ones up to %d", low, high, attribute.MaxScale, shownDigits-1)
	}
	return low + " to " + high
}

func typeTable(t *testing.T) string {
	rows := [][]string{{"type", "holds", "written", "in a rule", "in a drawn drop's document", "in a deck's"}}
	code := func(s string) string {
		if s == "" {
			return "—"
		}
		return "`" + s + "`"
	}
	short := func(s string) string { return strings.ReplaceAll(s, strings.Repeat("0f", 32), "0f0f…") }
	for _, r := range typeRows {
		kind, err := attribute.ParseType(r.kind)
		if err != nil {
			t.Fatal(err)
		}
		shown := code(shownAs(t, r.kind, r.written, r.words, false))
		if kind.Kind == attribute.Uint || kind.Kind == attribute.Int {
			shown += ", quoted " + code(shownAs(t, r.kind, r.written, r.words, true))
		}
		name := strings.Replace(r.kind, "decimal(2)", "decimal(k)", 1)
		rows = append(rows, []string{code(name), rangeOf(kind, r.low, r.high), code(short(r.written)), code(short(r.compare)), shown, code(short(shownByDeck(t, r.kind, r.written, r.words)))})
	}
	return markdown(rows...)
}

// attributeOfType is a claim of a type, as readAttributes has it.
func attributeOfType(t *testing.T, kind, visibility string, words []string, quoted bool) (Attribute, error) {
	t.Helper()
	text := fmt.Sprintf("{name: x, type: %s, visibility: %s, quoted: %v", kind, visibility, quoted)
	if words != nil {
		text += ", words: [" + strings.Join(words, ", ") + "]"
	}
	root, err := parseYAML("x.yaml", []byte("l: ["+text+"}]"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := (&definition{spelled: bundle.Strict}).readAttributes(root.values[0].values, "a claim", 1)
	if err != nil {
		return Attribute{}, err
	}
	return list[0], nil
}

// shownAs is the value in a document's bytes, empty where no document shows such a type.
func shownAs(t *testing.T, kind, written string, words []string, quoted bool) string {
	t.Helper()
	a, err := attributeOfType(t, kind, "shown", words, quoted)
	if err != nil {
		return ""
	}
	schema := Schema{Size: statement.Large, Claims: []Attribute{a}}
	slot, err := a.parse(written)
	if err != nil {
		t.Fatal(err)
	}
	hashed := map[int]document.Value{}
	first := schema.Size.Layers
	if err := schema.hashed(first, schema.Claims, []string{written}, hashed); err != nil {
		t.Fatal(err)
	}
	values := make([]document.Value, schema.Size.Slots())
	values[first] = hashed[first]
	values[first].Slot = slot
	d := &definition{circuit: statement.CircuitID{Binding: statement.CID, Size: schema.Size}}
	d.ids.Supply = 1
	template, err := d.template(&schema, nil)
	if err != nil {
		t.Fatal(err)
	}
	page, err := template.Render(0, fr.One(), values)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`"trait_type":"x","value": *([^ }]+) *}`).FindSubmatch(page)
	if found == nil {
		t.Fatalf("%s: no value in %s", kind, page)
	}
	return string(found[1])
}

// shownByDeck is the form of a value in a deck's document that the card's slot takes, empty for none.
func shownByDeck(t *testing.T, kind, written string, words []string) string {
	t.Helper()
	of, err := attribute.ParseType(kind)
	if err != nil || of.Codec != attribute.NoCodec {
		return ""
	}
	_, want, err := readCardValue(value.Type{Type: of, Words: words}, written)
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range []string{written, `"` + written + `"`, want.Value.String()} {
		d, err := metadata.Parse([]byte(`{"attributes":[{"trait_type":"x","value":` + form + `}]}`))
		if err != nil {
			continue
		}
		if _, slot, ok := metadata.SlotOf(value.Type{Type: of, Words: words}, d.Attributes[0].Value); ok && slot == want {
			return form
		}
	}
	t.Fatalf("%s: no document of a deck shows %s", kind, written)
	return ""
}

// TestReference_TypesHoldTheirRanges: the ends of a range are values, and what is beyond is none.
func TestReference_TypesHoldTheirRanges(t *testing.T) {
	var kinds []attribute.Kind
	for _, r := range typeRows {
		a, err := attributeOfType(t, r.kind, "hidden", r.words, false)
		if err != nil {
			t.Fatal(err)
		}
		kinds = append(kinds, a.Type.Kind)
		for _, s := range []string{r.low, r.high, r.written} {
			if _, err := a.parse(s); err != nil {
				t.Errorf("%s: %.80q: %v", r.kind, s, err)
			}
		}
		for _, s := range r.beyond {
			if _, err := a.parse(s); err == nil {
				t.Errorf("%s: %.80q is a value", r.kind, s)
			}
		}
	}
	for kind := attribute.Uint; kind <= attribute.Enum; kind++ {
		if !slices.Contains(kinds, kind) {
			t.Errorf("the page has no type %s", attribute.Type{Kind: kind})
		}
	}
	if err := (attribute.Type{Kind: attribute.Enum + 1}).Validate(); err == nil {
		t.Error("there is a type behind the page's last")
	}
}

// TestReference_ShownNumbersAreShort: a document shows fifteen digits, and no more.
func TestReference_ShownNumbersAreShort(t *testing.T) {
	for _, row := range []struct {
		kind, text string
		fits       bool
	}{
		{"uint", strings.Repeat("9", shownDigits), true}, {"uint", "1" + strings.Repeat("0", shownDigits), false},
		{"int", "-" + strings.Repeat("9", shownDigits), true}, {"int", "-1" + strings.Repeat("0", shownDigits), false},
		{"decimal(2)", "9999999999999.99", true}, {"decimal(2)", "10000000000000.00", false},
		{"text", strings.Repeat("x", document.MaxText), true}, {"text", strings.Repeat("x", document.MaxText+1), false}, {"text", "", false},
	} {
		a, err := attributeOfType(t, row.kind, "shown", nil, false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.parse(row.text); (err == nil) != row.fits {
			t.Errorf("%s %q: %v", row.kind, row.text, err)
		}
	}
	if _, err := attributeOfType(t, fmt.Sprintf("decimal(%d)", shownDigits), "shown", nil, false); err == nil {
		t.Error("a document shows a decimal without a digit before its point")
	}
	if _, err := attributeOfType(t, fmt.Sprintf("decimal(%d)", shownDigits-1), "shown", nil, false); err != nil {
		t.Error(err)
	}
}
