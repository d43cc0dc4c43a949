package engine

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
)

// inferred returns the schema of cards with attributes label=JSON.
func inferred(t *testing.T, cards ...string) *schema {
	t.Helper()
	a := newTallies()
	for _, card := range cards {
		var shown []string
		for _, pair := range strings.Split(card, "; ") {
			if label, value, ok := strings.Cut(pair, "="); ok {
				shown = append(shown, attributeText(label, value))
			}
		}
		d, err := readDocument([]byte(record{{"name", `"x"`}}.text(shown)))
		if err != nil {
			t.Fatalf("%s: %v", card, err)
		}
		if err := a.add(d.shown); err != nil {
			t.Fatal(err)
		}
	}
	s, err := infer(a, nil, len(cards))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestInfer_Types(t *testing.T) {
	for _, row := range []struct {
		cards []string
		want  string // slots, then words of the author
	}{
		{[]string{"a=1", "a=0", "a=-0", "a=1e3", "a=1.0"}, "a:uint |"},
		{[]string{"a=18446744073709551615"}, "a:uint |"},
		{[]string{"a=18446744073709551616"}, " | a"},
		{[]string{"a=-1", "a=9223372036854775807"}, "a:int |"},
		{[]string{"a=-1", "a=9223372036854775808"}, " | a"},
		{[]string{"a=-9223372036854775808"}, "a:int |"},
		{[]string{"a=0.5", "a=3"}, "a:decimal(1) |"},
		{[]string{"a=0.500", "a=0.125"}, "a:decimal(3) |"},
		{[]string{"a=-0.5"}, " | a"},
		{[]string{"a=1e-18"}, "a:decimal(18) |"},
		{[]string{"a=1e-19"}, " | a"},
		{[]string{"a=18446744073709551615", "a=0.5"}, " | a"},
		{[]string{"a=1e999", "a=1"}, " | a"},
		{[]string{"a=true", "a=false"}, "a:bool |"},
		{[]string{`a="1"`}, "a:enum |"},
		{[]string{`a="x"; a=1; a=2`, "a=3; a=true"}, "a:uint, a 2=a:uint, a text=a:enum, a bool=a:bool |"},
		{[]string{`a="x"`, `a="y"`, "a=1"}, "a:enum, a number=a:uint |"},
		{[]string{`a="x"`, "a=[1]"}, " | a"},
		{[]string{`a="x"`, "a=null"}, " | a"},
		{[]string{"a={}"}, " | a"},
		{[]string{`a=""`}, "a:text |"},
		{[]string{`a="x"; a 2="y"; a="z"`}, "a:enum, a 3=a:enum, a 2:enum |"},
		{[]string{`="x"`}, "trait=:enum |"},
		{[]string{` a ="x"; a="y"`}, "a:enum, a 2=a:enum |"},
		{[]string{"e\u0301=1; \u00e9=2"}, "e=\u00e9:uint, e 2=\u00e9:uint |"},
		{nil, " |"},
	} {
		s := inferred(t, row.cards...)
		got := strings.TrimRight(slotsOf(s.attributes)+" | "+strings.Join(s.words, ", "), " ")
		if got != strings.TrimRight(row.want, " ") {
			t.Errorf("%q: %s, want %s", row.cards, got, row.want)
		}
	}
}

func TestInfer_DatesAreTimes(t *testing.T) {
	for value, want := range map[string]string{"1546360800": "time", "0": "time", "253402300799": "time", "253402300800": "uint", "-1": "int", "0.5": "decimal(1)"} {
		d, err := readDocument([]byte(`{"attributes": [{"display_type": "date", "trait_type": "a", "value": ` + value + `}]}`))
		a := newTallies()
		if err != nil || a.add(d.shown) != nil {
			t.Fatal(value)
		}
		if s, err := infer(a, nil, 1); err != nil || s.attributes[0].Type != want {
			t.Errorf("%s: %v, %v", value, s, err)
		}
	}
}

func TestInfer_EnumsHaveWordsThatRepeat(t *testing.T) {
	for _, row := range []struct {
		distinct, uses int
		want           string
	}{{32, 32, "enum"}, {33, 65, "text"}, {33, 66, "enum"}, {256, 512, "enum"}, {256, 511, "text"}, {257, 5000, "text"}} {
		var cards []string
		for i := range row.uses {
			cards = append(cards, fmt.Sprintf(`a="w%03d"`, i%row.distinct))
		}
		a := inferred(t, cards...).attributes[0]
		if a.Type != row.want || a.Type == "enum" && (len(a.Words) != row.distinct || !slices.IsSorted(a.Words)) {
			t.Errorf("%d words in %d uses: %s", row.distinct, row.uses, a.Type)
		}
	}
}

func TestInfer_KeepsTheMostFrequentLabels(t *testing.T) {
	var first, second []string
	for i := range 60 {
		first = append(first, fmt.Sprintf("l%02d=1", i))
		if i >= 12 {
			second = append(second, fmt.Sprintf("l%02d=1", i))
		}
	}
	s := inferred(t, strings.Join(first, "; "), strings.Join(second, "; "))
	if s.circuit != "deck/large" || len(s.attributes) != 48 || s.attributes[0].Label != "l12" || len(s.words) != 12 || s.words[0] != "l00" {
		t.Errorf("%s, %d attributes, words %v", s.circuit, len(s.attributes), s.words)
	}
	if len(s.notes) != 1 || !strings.Contains(s.notes[0], "12 labels find no room") {
		t.Errorf("notes %v", s.notes)
	}
}

func TestInfer_TakesTheSmallestCircuit(t *testing.T) {
	for _, row := range []struct {
		attributes, cards int
		want              string
	}{{8, 1, "deck/small"}, {9, 1, "deck/standard"}, {24, 1, "deck/standard"}, {25, 1, "deck/large"}, {1, 2048, "deck/small"},
		{1, 2049, "deck/standard"}, {1, 65536, "deck/standard"}, {1, 65537, "deck/large"}} {
		a := newTallies()
		for i := range row.attributes {
			if err := a.add([]shownValue{{label: fmt.Sprintf("l%d", i), kind: boolKind}}); err != nil {
				t.Fatal(err)
			}
		}
		if s, err := infer(a, nil, row.cards); err != nil || s.circuit != row.want {
			t.Errorf("%d attributes of %d cards: %v, %v", row.attributes, row.cards, s, err)
		}
	}
}

func TestInfer_TellsWhatLooksAlike(t *testing.T) {
	for _, row := range []struct{ card, want string }{
		{`Hat="x"; Coat="y"`, ""},
		{`Hat="x"; hat="y"`, `"Hat" and "hat" look alike`},
		{`Hat="x"; HAT=[1]`, ""}, // both stay the author's words
		{`Lineage="x"; Lineаge="y"`, "look alike"},
		{`Hat=[1]; HAT=[1]`, ""},
		{"Hat=\"x\u200by\"", "a text of"},
		{"H\u200bat=\"x\"", "the label"},
	} {
		if s := inferred(t, row.card); !strings.Contains(s.asPublished, row.want) || (s.asPublished == "") != (row.want == "") {
			t.Errorf("%s: %q, want %q", row.card, s.asPublished, row.want)
		}
	}
}

func TestInfer_LimitsTheWordsOfAllEnums(t *testing.T) {
	var cards []string
	for i := range 512 {
		var card []string
		for l := range 30 {
			card = append(card, fmt.Sprintf(`l%02d="w%d"`, l, i%256))
		}
		cards = append(cards, strings.Join(card, "; "))
	}
	s, enums := inferred(t, cards...), 0
	for _, a := range s.attributes {
		enums += len(a.Words)
	}
	if enums != 23*256 || len(s.notes) != 7 {
		t.Errorf("%d words, notes %v", enums, s.notes)
	}
}

func TestTallies_BoundLabels(t *testing.T) {
	a := newTallies()
	var many []shownValue
	for i := range maxLabels + 1 {
		many = append(many, shownValue{label: fmt.Sprint(i), kind: numberKind, number: big.NewRat(1, 1)})
	}
	if err := a.add(many); err == nil || !strings.Contains(err.Error(), "4096 different labels") {
		t.Errorf("got %v", err)
	}
}

func TestTypeOf_HiddenValues(t *testing.T) {
	for _, row := range []struct{ fields, want string }{
		{"TRUE,false,True", "bool"}, {"1,0,007", "text"}, {"1,0", "uint"}, {"1,-5", "int"}, {"-0", "text"}, {"0.90,1", "decimal(2)"}, {"-0.5", "text"},
		{"1e3", "text"}, {"18446744073709551616", "text"}, {"2026-01-31,2026-01-31T23:59:59Z", "time"}, {"2026-02-30", "text"}, {"1969-12-31", "text"},
		{"2026-01-31T23:59:59+01:00", "text"}, {"0x" + strings.Repeat("ab", 32), "digest"}, {"0x" + strings.Repeat("AB", 32), "text"}, {"0x" + strings.Repeat("ab", 31), "text"},
		{"a,a,a,a", "text"}, {"", "text"}, {"true,1", "text"}, {"0." + strings.Repeat("1", 19), "text"}, {"0." + strings.Repeat("0", 18), "decimal(18)"},
	} {
		h := &hiddenTable{}
		h.Table = tableOf(strings.Split(row.fields, ","))
		if got := h.typeOf(1); got != row.want {
			t.Errorf("%s: %s, want %s", row.fields, got, row.want)
		}
	}
}

// Beside a slot's label one that only looks like it would contradict every card.
func TestInfer_LabelsThatLookAlikeGoTogether(t *testing.T) {
	s := inferred(t, `Hat="x"; HAT=[1]; Coat="y"`)
	if slotsOf(s.attributes) != "Coat:enum" || strings.Join(s.words, " ") != "Hat HAT" || !strings.Contains(strings.Join(s.notes, ""), `"Hat" and "HAT" look alike and stay`) {
		t.Errorf("slots %s, words %v, notes %v", slotsOf(s.attributes), s.words, s.notes)
	}
	var all, last []string
	for i := range 47 {
		all = append(all, fmt.Sprintf("l%02d=1", i))
	}
	last = append(slices.Clone(all), `Hat="x"; hat="y"`)
	if s := inferred(t, strings.Join(all, "; "), strings.Join(last, "; ")); len(s.attributes) != 47 || strings.Join(s.words, " ") != "Hat hat" {
		t.Errorf("%d slots, words %v", len(s.attributes), s.words)
	}
}

// Every name can be written in a rule, whatever the label is.
func TestRuleName(t *testing.T) {
	for label, want := range map[string]string{
		"Eyes": "Eyes", "Fur Color": "Fur Color", "Earrings (L)": "Earrings L", "Color #2": "Color 2", "Founder's": "Founders", "Hair & Beard": "Hair Beard",
		"Prénom": "Prenom", "Mood \U0001f600": "Mood", "\u6bdb\u76ae": "trait", "": "trait", "a/b-c_d.e": "a/b-c_d.e",
	} {
		if got := ruleName(label); got != want {
			t.Errorf("%q: %q, want %q", label, got, want)
		}
	}
}
