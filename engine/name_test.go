package engine

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle/spelling"
)

// A deck has the name that its documents have, with the joiners of emoji and scripts.
func TestImport_KeepsTheNameOfDocuments(t *testing.T) {
	for name, want := range map[string]string{
		"\U0001f3f4\u200d\u2620\ufe0f Crew":                     "",
		"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 Club": "",
		"Cafe\u0301 Club":        "Caf\u00e9 Club",
		"Foxes\u200b of\u202e x": "Foxes of x",
		"\u200b":                 "no name",
		strings.Repeat("\U0001f3f4\u200d\u2620\ufe0f", 9): strings.Repeat("\U0001f3f4\u200d\u2620\ufe0f", 4) + "\U0001f3f4\u200d\u2620",
	} {
		from := t.TempDir()
		for i := range 2 {
			put(t, from, fmt.Sprintf("%d.json", i), fmt.Sprintf(`{"name": "%s #%d"}`, name, i))
		}
		to := filepath.Join(t.TempDir(), "deck")
		s := imported(t, Options{From: from, To: to})
		isTold := strings.Contains(strings.Join(s.Notes, " "), "the deck's name is")
		if told := want != "" && want != spelling.Normal(name); isTold != told {
			t.Errorf("%+q: notes %q", name, s.Notes)
		}
		if want == "" {
			want = name
		}
		if got := text(t, filepath.Join(to, DropFile)); !strings.Contains(got, "name: "+yamlText(want)+"\n") {
			t.Errorf("%+q: drop.yaml is\n%.300s", name, got)
		}
	}
}
