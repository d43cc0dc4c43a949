package metadata

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits/attribute"
)

// corpus is testdata/verdicts.json.
type corpus struct {
	Slots []struct {
		Name, Label, Type, Section string
		Words                      []string
		Shown                      bool
	}
	Cases []struct {
		Name, Document                         string
		Opened                                 []*string
		Proven, Contradictions, Words, Differs int
	}
}

func readCorpus(t *testing.T) (*corpus, *Schema) {
	t.Helper()
	data, err := os.ReadFile("testdata/verdicts.json")
	if err != nil {
		t.Fatal(err)
	}
	c := new(corpus)
	if err := json.Unmarshal(data, c); err != nil {
		t.Fatal(err)
	}
	var slots []Slot
	for _, s := range c.Slots {
		kind, err := attribute.ParseType(s.Type)
		if err != nil {
			t.Fatal(err)
		}
		slots = append(slots, Slot{Name: s.Name, Label: s.Label, Type: value.Type{Type: kind, Words: s.Words}, Shown: s.Shown, Listed: s.Section == "trait"})
	}
	return c, NewSchema(slots)
}

func TestCompare_JudgesTheCorpus(t *testing.T) {
	c, schema := readCorpus(t)
	for _, row := range c.Cases {
		d, err := Parse([]byte(row.Document))
		if err != nil {
			t.Fatalf("%s: %v", row.Name, err)
		}
		texts, present := make([]string, len(c.Slots)), make([]bool, len(c.Slots))
		for i, text := range row.Opened {
			if text != nil {
				texts[i], present[i] = *text, true
			}
		}
		got := schema.Compare(d, texts, present)
		if len(got.Proven) != row.Proven || len(got.Contradictions) != row.Contradictions || len(got.Words) != row.Words || len(got.Differs) != row.Differs {
			t.Errorf("%s: %d proven, contradictions %q, words %q, differs %q", row.Name, len(got.Proven), got.Contradictions, got.Words, got.Differs)
		}
	}
}

// What an import takes from a document is what a verifier finds in it.
func TestSlotOf_IsTheInverseOfHolds(t *testing.T) {
	types := map[string]value.Type{}
	for _, name := range []string{"uint", "int", "decimal(2)", "time", "bool", "text", "digest", "enum"} {
		kind, err := attribute.ParseType(name)
		if err != nil {
			t.Fatal(err)
		}
		types[name] = value.Type{Type: kind, Words: nil}
	}
	types["enum"] = value.Type{Type: types["enum"].Type, Words: []string{"Laser", "Bored"}}
	values := []Value{
		{Text, "Laser"}, {Text, " Laser"}, {Text, "Cafe\u0301"}, {Text, "7"}, {Text, ""}, {Bool, "true"}, {Bool, "false"}, {Number, "7"}, {Number, "-7"}, {Number, "0.25"},
		{Number, "1.125"}, {Number, "-0"}, {Number, "1e3"}, {Number, "18446744073709551615"}, {Number, "18446744073709551616"}, {Number, "-9223372036854775808"}, {Number, "253402300800"},
		{Text, "0x00000000000000000000000000000000000000000000000000000000000000ff"}, {Text, "0xFF"},
	}
	taken := 0
	for name, kind := range types {
		for _, v := range values {
			text, slot, ok := SlotOf(kind, v)
			if !ok {
				continue
			}
			taken++
			if again, err := value.Parse(kind, text); err != nil || again != slot || !slot.Present {
				t.Errorf("%s of %q: text %q is not canonical (%v)", name, v.Text, text, err)
			}
			if !Holds(kind, text, v) {
				t.Errorf("%s of %q: a verifier does not find it", name, v.Text)
			}
		}
	}
	if taken < 20 {
		t.Errorf("only %d values were taken", taken)
	}
}
