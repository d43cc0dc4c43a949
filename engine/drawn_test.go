package engine

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
)

// layersOf writes layers of pictures: a folder and its words, with weights.
func layersOf(t *testing.T, config string, words map[string][]string) string {
	t.Helper()
	from := t.TempDir()
	for layer, list := range words {
		for i, word := range list {
			put(t, from, "layers/"+layer+"/"+word+".png", onePixel(t, uint8(i)))
		}
	}
	put(t, from, LayersFile, config)
	return from
}

// A HashLips configuration becomes a drop that draws by its weights and rules, and whose
// images are painted from the same layers.
func TestImportDrawn_MakesADropThatDraws(t *testing.T) {
	from := layersOf(t, `
namePrefix: Foxes
description: "Foxes \"of\" the night"
layerConfigurations: [{layersOrder: [{name: Background}, {name: Eyes}, {name: Hat}]}]
incompatible: {Crown: [Red]}
forcedCombinations: {Laser: [Cap, NONE]}
`, map[string][]string{"Background": {"Red#3", "Blue#1.5"}, "Eyes": {"Round#9", "Laser#1"}, "Hat": {"Crown#1", "Cap#1", "NONE#2"}})
	to := filepath.Join(t.TempDir(), "drop")
	s, err := ImportDrawn(DrawnOptions{From: from, To: to, Supply: 500})
	if err != nil || s.Traits != 3 || s.Rows != 7 || s.Rules != 2 || !strings.HasPrefix(s.Circuit, "cid/") {
		t.Fatalf("%+v, %v", s, err)
	}
	d, err := drop.Load(to)
	if err != nil {
		t.Fatal(err)
	}
	for _, trait := range d.Odds() {
		for _, o := range trait.Odds {
			want := map[string]string{"Red": "2/3", "Blue": "1/3", "Round": "9/10", "Laser": "1/10"}[o.Text]
			if got := o.Written.RatString(); want != "" && got != want {
				t.Errorf("%s: %s, want %s", o.Text, got, want)
			}
		}
	}
	hats := map[string]int{}
	var ids []uint64
	for id := d.IDs.First; id <= d.IDs.Last(); id++ {
		drawn, err := d.Draw(id)
		if err != nil {
			t.Fatal(err)
		}
		ground, eyes, hat := drawn[0].Text, drawn[1].Text, drawn[2].Text
		if ground == "Red" && hat == "Crown" || eyes == "Laser" && hat == "Crown" {
			t.Errorf("token %d breaks the rules: %v", id, drawn)
		}
		hats[hat]++
		if len(ids) < 5 {
			ids = append(ids, id)
		}
	}
	if hats[""] == 0 || hats["Crown"] == 0 || hats["Cap"] == 0 {
		t.Errorf("hats %v", hats)
	}
	made, err := Compose(context.Background(), ComposeOptions{Drop: d, From: from, IDs: ids, To: t.TempDir()})
	if err != nil || made.Written != 5 {
		t.Fatalf("%+v, %v", made, err)
	}
	if err := d.WriteDigests(ImageClaim, ids, made.Digests); err != nil {
		t.Fatal(err)
	}
	if _, err := ImportDrawn(DrawnOptions{From: from, To: to, Supply: 500}); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("over a drop: %v", err)
	}
}

// Words that are odd stay as they are: the drop says that it is spelled as published.
func TestImportDrawn_KeepsOddWords(t *testing.T) {
	for why, set := range map[string][]string{
		`a word of "Hat", "Crown ": it has a blank`: {"Hat", "Crown "}, `a word of "Hat", "café"`: {"Hat", "cafe\u0301"}, `layers that look alike: "Eyes" and "eyes"`: {"eyes", "Crown"},
		`the name of a layer, "Hat "`: {"Hat ", "Crown"}, "": {"Hat", "Crown"},
	} {
		from := layersOf(t, "namePrefix: Foxes\nlayerConfigurations: [{layersOrder: [{name: Eyes}, {name: '"+set[0]+"'}]}]\n",
			map[string][]string{"Eyes": {"Round#9", "Laser#1"}, set[0]: {set[1] + "#1", "Cap#2"}})
		to := filepath.Join(t.TempDir(), "drop")
		s, err := ImportDrawn(DrawnOptions{From: from, To: to, Supply: 5})
		if err != nil || !strings.HasPrefix(s.AsPublished, why) || (why == "") != (s.AsPublished == "") {
			t.Errorf("%s: %+v, %v", why, s, err)
			continue
		}
		d, err := drop.Load(to)
		if err != nil {
			t.Fatal(err)
		}
		if published := d.Schema.Spelled == bundle.AsPublished; published != (why != "") || d.Odds()[1].Odds[0].Text != set[1] && d.Odds()[1].Odds[1].Text != set[1] {
			t.Errorf("%s: %s, %+v", why, d.Schema.Spelled, d.Odds()[1])
		}
	}
}

func numbers257() (list []string) {
	for i := range 257 {
		list = append(list, fmt.Sprint(i))
	}
	return list
}

func TestImportDrawn_RefusesWhatNoCircuitTakes(t *testing.T) {
	many := map[string][]string{}
	var order []string
	for i := range 21 {
		name := "L" + string(rune('a'+i))
		many[name] = []string{"x"}
		order = append(order, "{name: "+name+"}")
	}
	long := strings.Repeat("x", 63)
	for want, from := range map[string]string{
		"21 layers":  layersOf(t, "namePrefix: A\nlayerConfigurations: [{layersOrder: ["+strings.Join(order, ", ")+"]}]\n", many),
		"namePrefix": layersOf(t, "layerConfigurations: [{layersOrder: [{name: A}]}]\n", map[string][]string{"A": {"x"}}),
		"round them": layersOf(t, "namePrefix: A\nlayerConfigurations: [{layersOrder: [{name: A}]}]\n", map[string][]string{"A": {"x#999999.999999", "y#1"}}),
		`"layers/A/` + long + `.png": no trait can have its text: text cannot be shown: 63 bytes, want 1 to 59: rename`: layersOf(t, "namePrefix: A\nlayerConfigurations: [{layersOrder: [{name: A}]}]\n", map[string][]string{"A": {long, "b"}}),
		`"layers/A/b#1.png": no trait can have its text`:                                                                layersOf(t, "namePrefix: A\nlayerConfigurations: [{layersOrder: [{name: A}]}]\ntraitValueOverrides: {b: 'say \"b\"'}\n", map[string][]string{"A": {"a#1", "b#1"}}),
		`"layers/A/a\u202e.png": no trait`:                                                                              layersOf(t, "namePrefix: A\nlayerConfigurations: [{layersOrder: [{name: A}]}]\n", map[string][]string{"A": {"a\u202e", "b"}}),
		`the layer "` + long + `xx": no trait can have this name`:                                                       layersOf(t, "namePrefix: A\nlayerConfigurations: [{layersOrder: [{name: A, trait: "+long+"xx}]}]\n", map[string][]string{"A": {"a", "b"}}),
		"257 words":                     layersOf(t, "namePrefix: A\nlayerConfigurations: [{layersOrder: [{name: A}]}]\n", map[string][]string{"A": numbers257()}),
		"name of drop.yaml is too long": layersOf(t, "namePrefix: "+long+"xx\nlayerConfigurations: [{layersOrder: [{name: A}]}]\n", map[string][]string{"A": {"a", "b"}}),
	} {
		to := filepath.Join(t.TempDir(), "drop")
		if _, err := ImportDrawn(DrawnOptions{From: from, To: to, Supply: 5}); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "yaml:") {
			t.Errorf("%s: %v", want, err)
		}
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a folder was left: %v", want, err)
		}
	}
}
