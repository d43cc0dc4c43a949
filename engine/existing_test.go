package engine

import (
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/genproof/genproof/drop"
)

// A drop.yaml alone makes no deck of a folder: drawn drops have one too.
func TestImport_RefusesFoldersThatAreNoDecks(t *testing.T) {
	drawn := "name: Foxes\nsupply: 9\ncircuit: cid/small\ntraits:\n  - {name: Hat}\n"
	for text, want := range map[string]string{
		drawn:                                   "drawn drop's folder",
		"name: x\ncircuit: cid/small\n":         "no key deck",
		"":                                      "no key deck",
		"- deck\n":                              "no key deck",
		"name: 'deck: x'\n#deck:\nsupply: {}\n": "drawn drop's folder",
	} {
		to := t.TempDir()
		put(t, to, DropFile, text)
		put(t, to, drop.ClaimsTableFile, "token,a\n1,x\n")
		put(t, to, "images/7.png", "painted")
		before := tree(t, to)
		for range 2 {
			_, err := Import(t.Context(), Options{From: "testdata/hashlips", To: to, Hidden: "testdata/hidden/claims.csv"})
			if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), to) {
				t.Errorf("%.20q: got %v, want %q", text, err, want)
			}
		}
		if !reflect.DeepEqual(before, tree(t, to)) {
			t.Errorf("%.20q: the folder was changed", text)
		}
	}
}

// A drawn drop that import made of layers is refused as one that was written by hand.
func TestImport_RefusesTheFolderOfImportDrawn(t *testing.T) {
	to := filepath.Join(t.TempDir(), "drop")
	if _, err := ImportDrawn(DrawnOptions{From: layersOf(t, "namePrefix: Foxes\nlayerConfigurations: [{layersOrder: [{name: Hat}]}]\n", map[string][]string{"Hat": {"Crown#1", "Cap#1"}}), To: to, Supply: 9}); err != nil {
		t.Fatal(err)
	}
	before := tree(t, to)
	if _, err := Import(t.Context(), Options{From: "testdata/hashlips", To: to}); err == nil || !strings.Contains(err.Error(), "drawn drop's folder") {
		t.Errorf("got %v", err)
	}
	if !reflect.DeepEqual(before, tree(t, to)) {
		t.Error("the folder was changed")
	}
}
