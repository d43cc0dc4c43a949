package layers

import (
	"bytes"
	"image/png"
	"strings"
	"testing"
)

// flat are three layers as a drawn drop takes them.
func flat(t testing.TB) string {
	dir := t.TempDir()
	tile(t, dir, "layers/Background/Red#3.png", red)
	tile(t, dir, "layers/Background/Green#1.5.png", green)
	tile(t, dir, "layers/Hair/Short#20.png", half)
	tile(t, dir, "layers/Hair/Long#20.png", green)
	tile(t, dir, "layers/Hair/NONE#60.png", clear0)
	tile(t, dir, "layers/Hat/Crown.png", half)
	tile(t, dir, "layers/Hat/Cap.png", red)
	tile(t, dir, "layers/Hat/NONE.png", clear0)
	return dir
}

const flatOrder = `layerConfigurations: [{layersOrder: [{name: Background}, {name: Hair, opacity: 0.5}, {name: Hat, trait: Headwear}]}]
`

func plan(t testing.TB, dir, config string) *Plan {
	t.Helper()
	p, err := open(t, dir, config).Plan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestPlan_ReadsWeightsAndRules(t *testing.T) {
	p := plan(t, flat(t), flatOrder+`
incompatible: {Red: [Crown, Long], Crown: [Red], NONE: [Green]}
forcedCombinations: {Short: [Cap, NONE]}
traitValueOverrides: {Cap: Baseball cap}
`)
	want := map[string]uint64{"Background/Red": 2, "Background/Green": 1, "Hair/Short": 1, "Hair/Long": 1, "Hair/": 3, "Headwear/Crown": 1, "Headwear/Baseball cap": 1, "Headwear/": 1}
	got := map[string]uint64{}
	for _, l := range p.Layers {
		for _, r := range l.Rows {
			got[l.Trait+"/"+r.Text] = r.Weight
		}
	}
	if len(got) != len(want) {
		t.Errorf("rows %v", got)
	}
	for k, w := range want {
		if got[k] != w {
			t.Errorf("%s has weight %d, want %d", k, got[k], w)
		}
	}
	var rules []string
	for _, r := range p.Rules {
		s := p.Layers[r.One.Layer].Trait + "=" + strings.Join(r.One.Texts, ",") + map[bool]string{false: " not ", true: " needs "}[r.Require] +
			p.Layers[r.Other.Layer].Trait + "=" + strings.Join(r.Other.Texts, ",")
		rules = append(rules, s)
	}
	wantRules := []string{
		"Headwear=Crown not Background=Red", "Hair= not Background=Green", "Headwear= not Background=Green", "Background=Red not Hair=Long",
		"Hair=Short needs Headwear=Baseball cap,",
	}
	if strings.Join(rules, "; ") != strings.Join(wantRules, "; ") {
		t.Errorf("rules\n%s\nwant\n%s", strings.Join(rules, "; "), strings.Join(wantRules, "; "))
	}
}

// What was drawn is painted as a deck's card of the same words is.
func TestPlan_ComposesAsADeckDoes(t *testing.T) {
	dir := flat(t)
	s := open(t, dir, flatOrder)
	deck, err := s.Draw(12, [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	p := plan(t, dir, flatOrder)
	for i, card := range deck.Cards {
		texts := make([]string, len(p.Layers))
		for _, a := range card.Attributes {
			for l := range p.Layers {
				if p.Layers[l].Trait == a.Trait {
					texts[l] = a.Value
				}
			}
		}
		var want, got bytes.Buffer
		if err := deck.Compose(i, &want); err != nil {
			t.Fatal(err)
		}
		if err := p.Compose(texts, &got); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Errorf("card %d, %v: other bytes", i, texts)
		}
		if _, err := png.Decode(&got); err != nil {
			t.Error(err)
		}
	}
	if err := p.Compose([]string{"Red", "Short", "Top hat"}, &bytes.Buffer{}); err == nil || strings.Contains(err.Error(), "Top hat") {
		t.Errorf("a text without a picture: %v", err)
	}
	if err := p.Compose([]string{"Red"}, &bytes.Buffer{}); err == nil {
		t.Error("two layers have no text")
	}
}

func TestPlan_RefusesWhatIsForDecks(t *testing.T) {
	nested := foxes(t)
	for want, set := range map[string][2]string{
		"several configurations": {flat(t), `layerConfigurations: [{growEditionSizeTo: 5, layersOrder: [{name: Hat}]}, {layersOrder: [{name: Hair}]}]`},
		"exact":                  {flat(t), flatOrder + `exact: [{layer: Hat, word: Cap, count: 2}]`},
		"oneOfOnes":              {flat(t), flatOrder + `oneOfOnes: [{name: King, image: layers/Hat/Crown.png}]`},
		"folders within a layer": {nested, order},
		"shown as":               {flat(t), flatOrder + `traitValueOverrides: {Cap: Crown}`},
		"documents call":         {flat(t), `layerConfigurations: [{layersOrder: [{name: Hat, trait: Hair}, {name: Hair}]}]`},
	} {
		if _, err := open(t, set[0], set[1]).Plan(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
