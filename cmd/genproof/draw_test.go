package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// What draw tells before any proof is what documents show afterwards.
func TestDraw_TellsWhatDocumentsShow(t *testing.T) {
	dir := newDrop(t)
	out := filepath.Join(t.TempDir(), "traits.json")
	succeed(t, "draw", "--drop", dir, "--tokens", "1-3", "--out", out)
	var drawn []drawnToken
	if err := json.Unmarshal(read(t, out), &drawn); err != nil || len(drawn) != 3 {
		t.Fatalf("%v: %v", drawn, err)
	}
	if info, err := os.Stat(out); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("it holds hidden traits: %v, %v", info, err)
	}
	succeed(t, "prove", "--drop", dir, "--tokens", "1-3", "--keys", keys(t))
	for _, token := range drawn {
		for trait, text := range token.Traits {
			shows := strings.Contains(documentOf(t, dir, token.Token), `"`+text+`"`)
			if hidden := trait == "Lineage"; shows == hidden {
				t.Errorf("token %d: %s %s, shown: %v", token.Token, trait, text, shows)
			}
		}
	}

	table := filepath.Join(t.TempDir(), "traits.csv")
	succeed(t, "draw", "--drop", dir, "--tokens", "2", "--out", table)
	rows, err := csv.NewReader(strings.NewReader(string(read(t, table)))).ReadAll()
	if err != nil || len(rows) != 2 || strings.Join(rows[0], " ") != "token Background Eyes Lineage" || rows[1][0] != "2" || rows[1][1] != drawn[1].Traits["Background"] {
		t.Errorf("the table is %v, %v", rows, err)
	}
	if said := succeed(t, "draw", "--drop", dir, "--tokens", "1").stdout; !strings.Contains(said, drawn[0].Traits["Lineage"]) {
		t.Errorf("it says %s", said)
	}
	complains(t, console.ExitTrouble, ".csv", "draw", "--drop", dir, "--out", "traits.txt")
	complains(t, console.ExitTrouble, "the drop has tokens", "draw", "--drop", dir, "--tokens", "0")
}

// documentOf is the text of a proven token's document.
func documentOf(t *testing.T, dir string, id uint64) string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(dir, "out", "bundles"))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		var b struct {
			Document  string
			Statement struct{ ID uint64 }
		}
		if err := json.Unmarshal(read(t, filepath.Join(dir, "out", "bundles", e.Name())), &b); err == nil && b.Statement.ID == id {
			return b.Document
		}
	}
	t.Fatalf("there is no bundle of token %d", id)
	return ""
}

func TestOdds_TellsWhatRulesLeave(t *testing.T) {
	dir := newDrop(t)
	list := decode[[]traitOddsReport](t, succeed(t, "odds", "--drop", dir, "--json"))
	if len(list) != 3 || list[1].Trait != "Eyes" || list[1].Odds[1].Text != "Laser" {
		t.Fatalf("odds %+v", list)
	}
	// A void, one in ten, has no laser eyes: 9/10 · 15/100.
	if laser := list[1].Odds[1]; laser.Exact != "27/200" || laser.Written != 0.15 || laser.Tokens != 1350 {
		t.Errorf("laser eyes %+v", laser)
	}
	if said := succeed(t, "odds", "--drop", dir).stdout; !strings.Contains(said, "Lineage (hidden)") || !strings.Contains(said, "13.5 %") {
		t.Errorf("it says %s", said)
	}
}
