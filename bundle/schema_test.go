package bundle_test

import (
	"bytes"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/poseidon"
)

// shownDescription has one of everything that a schema's text can say.
func shownDescription() *bundle.Description {
	d := description()
	shown := func(name, kind string, change func(a *bundle.Attribute)) bundle.Attribute {
		a := bundle.ShownTrait(name)
		a.Type = kind
		change(&a)
		return a
	}
	d.Traits[0].Label = "Which Eyes"
	d.Claims = []bundle.Attribute{
		shown("power", "uint", func(a *bundle.Attribute) { a.DisplayType, a.MaxValue = "boost_number", "100" }),
		shown("seed", "uint", func(a *bundle.Attribute) { a.Place, a.Label, a.Quoted = bundle.PlaceMember, "diffusion_seed", true }),
		shown("picture", "digest(raw)", func(a *bundle.Attribute) { a.Place, a.Label = bundle.PlaceMember, "image" }),
	}
	d.Facts = []bundle.Attribute{
		shown("born", "time", func(a *bundle.Attribute) { a.Label, a.DisplayType = "Which Eyes", "date" }),
		bundle.HiddenAttribute("mood", "enum"),
	}
	d.Template.Image, d.Template.Order = "", []bundle.Placed{{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}, {Slot: 3}}
	d.Facts[1].Words = []string{"Calm", "Stern 5 words"}
	return d
}

const shownText = "drawn small 5\n" +
	"trait shown attribute text plain 4 Eyes 10 Which Eyes 0  0  0\n" +
	"trait hidden attribute text plain 7 Lineage 7 Lineage 0  0  0\n" +
	"claim shown attribute uint plain 5 power 5 power 12 boost_number 3 100 0\n" +
	"claim shown member uint quoted 4 seed 14 diffusion_seed 0  0  0\n" +
	"claim shown member digest(raw) plain 7 picture 5 image 0  0  0\n" +
	"fact shown attribute time plain 4 born 10 Which Eyes 4 date 0  0\n" +
	"fact hidden attribute enum plain 4 mood 4 mood 0  0  2 4 Calm 13 Stern 5 words\n"

// TestSchema_IsItsFormula computes the element by hand.
func TestSchema_IsItsFormula(t *testing.T) {
	d := shownDescription()
	if err := d.Validate(); err != nil {
		t.Fatal(err)
	}
	if got := string(d.SchemaText()); got != shownText {
		t.Fatalf("got\n%s\nwant\n%s", got, shownText)
	}
	in := []fr.Element{fr.NewElement(uint64(len(shownText)))}
	for rest := shownText; rest != ""; {
		n := min(31, len(rest))
		var e fr.Element
		e.SetBytes([]byte(rest[:n]))
		in, rest = append(in, e), rest[n:]
	}
	if got, want := d.Schema(), poseidon.Hash(poseidon.Schema, in...); got != want {
		t.Errorf("got %s, want %s", got.String(), want.String())
	}
}

// A reader reads a schema's text by its lengths alone.
type reader struct {
	rest []byte
	bad  bool
}

func (r *reader) word(end byte) string {
	word, rest, ok := bytes.Cut(r.rest, []byte{end})
	r.rest, r.bad = rest, r.bad || !ok
	return string(word)
}

func (r *reader) counted(end byte) string {
	n, err := strconv.Atoi(r.word(' '))
	if err != nil || n < 0 || n >= len(r.rest) || r.rest[n] != end {
		r.bad = true
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n+1:]
	return s
}

// attributes reads the text back: section by section, and the first line.
func attributes(t *testing.T, text []byte) (first string, all map[string][]bundle.Attribute) {
	t.Helper()
	r := &reader{rest: text}
	first, all = r.word('\n'), map[string][]bundle.Attribute{}
	for len(r.rest) > 0 && !r.bad {
		section := r.word(' ')
		a := bundle.Attribute{Visibility: r.word(' '), Place: r.word(' '), Type: r.word(' '), Quoted: r.word(' ') == "quoted"}
		a.Name, a.Label, a.DisplayType, a.MaxValue = r.counted(' '), r.counted(' '), r.counted(' '), r.counted(' ')
		end := byte(' ')
		count, _, _ := bytes.Cut(r.rest, []byte{'\n'})
		if n, err := strconv.Atoi(string(count)); err == nil && n == 0 {
			end = '\n'
		}
		n, err := strconv.Atoi(r.word(end))
		r.bad = r.bad || err != nil
		for i := range n {
			end = ' '
			if i == n-1 {
				end = '\n'
			}
			a.Words = append(a.Words, r.counted(end))
		}
		all[section] = append(all[section], a)
	}
	if r.bad {
		t.Fatalf("this text has no reading: %q", text)
	}
	return first, all
}

// Two descriptions with one text are one schema: the text is read back, whatever the names are.
func TestSchemaText_HasOneReading(t *testing.T) {
	d := shownDescription()
	for i, name := range []string{"Eyes", "5 power 5", "a b c 0  0  0", "trait shown", "x 2 1"} {
		d.Traits[0].Name, d.Traits[0].Label = name, name+" "+strconv.Itoa(i)
		d.Facts[1].Words[0] = name
		first, all := attributes(t, d.SchemaText())
		if first != "drawn small 5" || !reflect.DeepEqual(all, map[string][]bundle.Attribute{"trait": d.Traits, "claim": d.Claims, "fact": d.Facts}) {
			t.Errorf("%q: read as %+v", name, all)
		}
	}
}

func TestSchema_BindsEveryPart(t *testing.T) {
	seen := map[fr.Element]string{}
	for name, change := range map[string]func(*bundle.Description){
		"as it is":      func(*bundle.Description) {},
		"order":         func(d *bundle.Description) { d.Traits[0], d.Traits[1] = d.Traits[1], d.Traits[0] },
		"type":          func(d *bundle.Description) { d.Claims[0].Type = "int" },
		"codec":         func(d *bundle.Description) { d.Claims[2].Type = "digest(dag-pb)" },
		"section":       func(d *bundle.Description) { d.Facts, d.Claims = d.Claims, d.Facts },
		"name":          func(d *bundle.Description) { d.Claims[0].Name = "force" },
		"label":         func(d *bundle.Description) { d.Claims[0].Label = "Power" },
		"visibility":    func(d *bundle.Description) { d.Traits[1].Visibility = bundle.Shown },
		"place":         func(d *bundle.Description) { d.Claims[1].Place = bundle.PlaceAttribute },
		"quoted":        func(d *bundle.Description) { d.Claims[1].Quoted = false },
		"display type":  func(d *bundle.Description) { d.Claims[0].DisplayType = "number" },
		"greatest":      func(d *bundle.Description) { d.Claims[0].MaxValue = "101" },
		"a word":        func(d *bundle.Description) { d.Facts[1].Words[0] = "Cold" },
		"a word less":   func(d *bundle.Description) { d.Facts[1].Words = d.Facts[1].Words[:1] },
		"width":         func(d *bundle.Description) { d.IDWidth = 6 },
		"plain ids":     func(d *bundle.Description) { d.IDWidth = 0 },
		"size":          func(d *bundle.Description) { d.Circuit = "cid/standard" },
		"spelling":      func(d *bundle.Description) { d.SpellAs(bundle.AsPublished) },
		"one less":      func(d *bundle.Description) { d.Facts = nil },
		"none":          func(d *bundle.Description) { d.Traits, d.Claims, d.Facts = nil, nil, nil },
		"a line's name": func(d *bundle.Description) { d.Claims[0].Name = "power\nclaim 6 safety" },
	} {
		d := shownDescription()
		change(d)
		digest := d.Schema()
		if other, ok := seen[digest]; ok {
			t.Errorf("%s and %s have one digest", name, other)
		}
		seen[digest] = name
	}
	d := shownDescription()
	d.Circuit, d.FirstID, d.Supply = "root/small/plonk", 0, 7 // they are the key's and the policy's
	if d.Schema() != shownDescription().Schema() {
		t.Error("the schema depends on what it does not hold")
	}
}

func TestPolicyOf_BindsTheIDs(t *testing.T) {
	seen := map[fr.Element]bool{}
	for _, ids := range [][2]uint64{{1, 10000}, {0, 10000}, {1, 9999}, {2, 9999}} {
		d := shownDescription()
		d.FirstID, d.Supply = ids[0], ids[1]
		commitment, err := d.PolicyOf()
		if err != nil || seen[commitment] {
			t.Errorf("%v: the commitment of other ids, %v", ids, err)
		}
		seen[commitment] = true
	}
}

func TestAttribute_RefusesWhatNoDocumentShows(t *testing.T) {
	for _, c := range []struct {
		want, kind string
		change     func(a *bundle.Attribute)
	}{
		{"", "uint", func(a *bundle.Attribute) { a.MaxValue = "999999999999999" }},
		{"", "decimal(2)", func(a *bundle.Attribute) { a.MaxValue = "9999999999999.99" }},
		{"", "int", func(a *bundle.Attribute) { a.MaxValue = "-999999999999999" }},
		{"", "enum", func(a *bundle.Attribute) { *a = bundle.HiddenAttribute("a", "enum"); a.Words = []string{"x"} }},
		{"", "digest", func(a *bundle.Attribute) { *a = bundle.HiddenAttribute("a", "digest") }},
		{".max_value: uint: more than 15", "uint", func(a *bundle.Attribute) { a.MaxValue = "1000000000000000" }},
		{".max_value: int: more than 15", "int", func(a *bundle.Attribute) { a.MaxValue = "-1000000000000000" }},
		{".max_value: decimal(2): more than 15", "decimal(2)", func(a *bundle.Attribute) { a.MaxValue = "10000000000000.00" }},
		{".max_value: uint", "uint", func(a *bundle.Attribute) { a.MaxValue = "007" }},
		{".max_value: int", "int", func(a *bundle.Attribute) { a.MaxValue = "-0" }},
		{".max_value: decimal(2)", "decimal(2)", func(a *bundle.Attribute) { a.MaxValue = "0.5" }},
		{".max_value: of uint", "text", func(a *bundle.Attribute) { a.MaxValue = "x" }},
		{".max_value: of uint", "time", func(a *bundle.Attribute) { a.MaxValue = "2026-01-31T00:00:00Z" }},
		{".type: no document shows an enum", "enum", func(a *bundle.Attribute) { a.Words = []string{"x"} }},
		{".type: a document shows a digest", "digest", func(*bundle.Attribute) {}},
		{".type: a document shows at most 15", "decimal(15)", func(*bundle.Attribute) {}},
		{".type: type \"digest(cbor)\"", "digest(cbor)", func(*bundle.Attribute) {}},
		{".words", "enum", func(*bundle.Attribute) {}},
		{".words", "uint", func(a *bundle.Attribute) { a.Words = []string{"x"} }},
		{".words[1]: given twice", "enum", func(a *bundle.Attribute) { a.Words = []string{"x", "x"} }},
		{".quoted: of uint and int", "text", func(a *bundle.Attribute) { a.Quoted = true }},
		{".quoted: of uint and int", "decimal(2)", func(a *bundle.Attribute) { a.Quoted = true }},
		{".label: it has a quote", "uint", func(a *bundle.Attribute) { a.Label = `a"b` }},
		{".label: it has a quote", "uint", func(a *bundle.Attribute) { a.Label = `a\b` }},
		{".label: it holds a pattern", "uint", func(a *bundle.Attribute) { a.Label = "No. {id}" }},
		{".label: 0 bytes", "uint", func(a *bundle.Attribute) { a.Label = "" }},
		{".label: it has a blank", "uint", func(a *bundle.Attribute) { a.Label = " a" }},
		{".place: a member has neither", "uint", func(a *bundle.Attribute) { a.Place, a.MaxValue = bundle.PlaceMember, "1" }},
		{".place", "uint", func(a *bundle.Attribute) { a.Place = "" }},
		{".display_type", "uint", func(a *bundle.Attribute) { a.DisplayType = "stars" }},
		{".display_type", "text", func(a *bundle.Attribute) { a.DisplayType = "number" }},
		{".display_type", "uint", func(a *bundle.Attribute) { a.DisplayType, a.Quoted = "number", true }},
		{".display_type: date", "int", func(a *bundle.Attribute) { a.DisplayType = "date" }},
		{".visibility: hidden, but", "uint", func(a *bundle.Attribute) { a.Visibility, a.Label = bundle.Hidden, "b" }},
		{".visibility: hidden, but", "uint", func(a *bundle.Attribute) { a.Visibility, a.Quoted = bundle.Hidden, true }},
		{".visibility: hidden, but", "uint", func(a *bundle.Attribute) { a.Visibility, a.Place = bundle.Hidden, bundle.PlaceMember }},
	} {
		a := bundle.ShownTrait("a")
		a.Type = c.kind
		c.change(&a)
		err := a.Check(bundle.SectionClaim, bundle.Strict)
		if (err == nil) != (c.want == "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%+v: got %v, want %q", a, err, c.want)
		}
	}
}

func TestDescription_RefusesAMemberTwice(t *testing.T) {
	for _, label := range []string{"image", "Image", "ROOT", "attributes", "name"} {
		d := shownDescription()
		d.Claims[1].Label = label
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), "].label: the document has a member") {
			t.Errorf("%s: %v", label, err)
		}
	}
	d := shownDescription()
	d.Claims[0].Label = "Which Eyes" // a label of attributes may repeat
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
}

// A template that is made when the draws are known shows what the schema says, each once.
func TestDescription_ShowsEachShownAttributeOnce(t *testing.T) {
	for name, order := range map[string][]bundle.Placed{
		"one left out":     {{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}},
		"none":             {},
		"one twice":        {{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}, {Slot: 3}, {Slot: 3}},
		"a hidden one":     {{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}, {Slot: 3}, {Slot: 1}},
		"one of no use":    {{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}, {Slot: 3}, {Slot: 2}},
		"one too high":     {{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}, {Slot: 3}, {Slot: 1 << 63}},
		"a wide number":    {{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}, {Slot: 3, Wide: true}},
		"another for one":  {{Slot: 6}, {Slot: 4}, {Slot: 5}, {Slot: 0}, {Slot: 7}},
		"one for all five": {{Slot: 0}, {Slot: 0}, {Slot: 0}, {Slot: 0}, {Slot: 0}},
	} {
		d := shownDescription()
		d.Template.Order = order
		if err := d.Validate(); err == nil || !strings.Contains(err.Error(), "$.template.order") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAttribute_CheckValue(t *testing.T) {
	for value, ok := range map[string]bool{"0": true, "999999999999999": true, "1000000000000000": false, "9007199254740991": false, "18446744073709551615": false} {
		for _, quoted := range []bool{false, true} {
			a := bundle.ShownTrait("a")
			a.Type, a.Quoted = "uint", quoted
			err := a.CheckValue(value)
			if (err == nil) != (ok || quoted) {
				t.Errorf("%s, quoted %v: %v", value, quoted, err)
			}
			if err != nil && strings.Contains(fmt.Sprint(err), value) {
				t.Errorf("the error quotes the value: %v", err)
			}
		}
	}
}
