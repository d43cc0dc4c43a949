package main

import (
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

func TestReorder_OptionsStandAnywhere(t *testing.T) {
	app := (&program{}).app()
	for given, want := range map[string]string{
		"g run cid/small --quick":      "g run --quick cid/small",
		"g --quick run cid/small":      "g --quick run cid/small", // not an option of the program
		"g report r.json --out o.html": "g report --out o.html r.json",
		"g compare a b --csv --json":   "g --json compare --csv a b",
	} {
		if got := strings.Join(console.Reorder(app, strings.Fields(given)), " "); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", given, got, want)
		}
	}
}
