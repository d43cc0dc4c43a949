package bundle

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestFormat_NamesEveryKey: FORMAT names each key of the public files in the section that is about it, or in one
// of those that the section leads to.
func TestFormat_NamesEveryKey(t *testing.T) {
	for kind, sections := range map[reflect.Type][]string{
		reflect.TypeFor[Description](): {"2", "9"}, reflect.TypeFor[file](): {"3", "2"}, reflect.TypeFor[Deck](): {"9", "2", "10"},
		reflect.TypeFor[Batch](): {"10"}, reflect.TypeFor[cardFile](): {"10"}, reflect.TypeFor[Claim](): {"16", "9", "2"}, reflect.TypeFor[Disclosure](): {"17", "10"},
	} {
		text := ""
		for _, number := range sections {
			text += formatSection(t, number)
		}
		keys := map[string]bool{}
		keysOf(kind, keys)
		if len(keys) < 3 {
			t.Errorf("%s has %d keys", kind, len(keys))
		}
		for key := range keys {
			if !strings.Contains(text, "`"+key+"`") {
				t.Errorf("%s: section %s names no %s", kind, sections[0], key)
			}
		}
	}
}

// keysOf collects the keys of a type's JSON, all the way down.
func keysOf(t reflect.Type, keys map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		keysOf(t.Elem(), keys)
	case reflect.Struct:
		for i := range t.NumField() {
			key, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if key != "" && key != "-" {
				keys[key] = true
				keysOf(t.Field(i).Type, keys)
			}
		}
	}
}

// formatSection is what FORMAT says under a number.
func formatSection(t *testing.T, number string) string {
	t.Helper()
	format, err := os.ReadFile("FORMAT.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(format), "\n## "+number+". ")
	if !found {
		t.Fatalf("FORMAT has no section %s", number)
	}
	text, _, _ := strings.Cut(rest, "\n## ")
	return text
}

// What a circuit that proves pictures adds to a schema's text stands in FORMAT to the byte: a line for the
// picture, and one for each score of a network, behind all others.
func TestFormat_QuotesTheSchemaOfPictures(t *testing.T) {
	lines := regexp.MustCompile("`((?:picture|net) shown [^`]*)`").FindAllStringSubmatch(formatSection(t, "26"), -1)
	if len(lines) != 2 {
		t.Fatalf("FORMAT quotes %d lines, want those of the picture and of a score", len(lines))
	}
	score := ShownTrait("quality")
	score.Type, score.Label = ScoreType, "Quality"
	for circuit, want := range map[string]string{
		"art/small":   "drawn art/small 0\n" + lines[0][1] + "\n",
		"art/network": "drawn art/network 0\n" + lines[0][1] + "\n" + lines[1][1] + "\n",
	} {
		d := Description{Circuit: circuit}
		if circuit == "art/network" {
			d.Scores = &[]Attribute{score}
		}
		if got := string(d.SchemaText()); got != want {
			t.Errorf("%s: got\n%s\nFORMAT says\n%s", circuit, got, want)
		}
	}
}

// A description has scores if its circuit has a network, at most 4 of their one type, and a rule reads them and
// the picture by the slots that FORMAT says.
func TestDescription_ScoresAreTheNetworks(t *testing.T) {
	score := func(i int) Attribute { return HiddenAttribute(fmt.Sprint("score", i), ScoreType) }
	scores := func(n int) *[]Attribute {
		list := make([]Attribute, n)
		for i := range list {
			list[i] = score(i)
		}
		return &list
	}
	wrong := scores(1)
	(*wrong)[0].Type = "uint"
	for name, row := range map[string]struct {
		circuit string
		scores  *[]Attribute
		want    string
	}{
		"none":          {"art/network", nil, "$.scores: must be there"},
		"of sprites":    {"art/sprites", scores(0), "$.scores: must be there"},
		"no name":       {"art/network", scores(0), ""},
		"four":          {"art/network", scores(4), ""},
		"five":          {"art/network", scores(5), "$.scores"},
		"another type":  {"art/network", wrong, "$.scores[0].type: a score is decimal(2), got uint"},
		"without a net": {"cid/standard", scores(1), "$.scores: must be there"},
	} {
		d := Description{Circuit: row.circuit, Scores: row.scores}
		if d.ProvesPictures() {
			d.Template.Order = []Placed{{Slot: 20}} // of 8 traits, 8 claims and 4 facts
		}
		err := d.CheckSchema()
		if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
	d := Description{Circuit: "art/network", Scores: scores(2)}
	infos := d.Infos()
	for slot, want := range map[int]string{20: "picture.image", 21: "net.score0", 22: "net.score1", 23: "."} {
		if got := infos[slot].String(); got != want {
			t.Errorf("slot %d is %s, want %s", slot, got, want)
		}
	}
}
