package layers

import (
	"errors"
	"fmt"
	"io"
	"slices"
)

// A Plan is what a drawn drop takes of a set of layers: for each layer a table of texts with
// weights, and which texts do not go together. The draw itself is the drop's, by its committed
// model; [Plan.Compose] paints what was drawn.
type Plan struct {
	Layers []PlanLayer // from the back to the front
	Rules  []PlanRule
	set    *Set
}

// A PlanLayer is one trait.
type PlanLayer struct {
	Trait string
	Rows  []PlanRow
	how   stroke // but for its file
}

// A PlanRow is one word of a layer. Weights of a layer have no common divisor.
type PlanRow struct {
	Text   string // what a document shows; empty for the word that is not shown
	Weight uint64
	file   string
}

// File is the row's PNG, slash-separated, below the set's folder.
func (r PlanRow) File() string { return r.file }

// A PlanRule names texts, by layer, that never come together: one of each of two layers.
// With Require it is the other way: with the first, one of the second.
type PlanRule struct {
	Require    bool
	One, Other PlanTexts
}

// PlanTexts are texts of one layer, by its place in the plan.
type PlanTexts struct {
	Layer int
	Texts []string
}

// Plan reads the set as a drawn drop's model. What such a drop cannot have is an error that
// says so: more than one configuration, exact counts, cards made by hand, folders in a layer,
// two words that are shown alike.
func (s *Set) Plan() (*Plan, error) {
	c := s.config
	switch {
	case len(c.Configurations) > 1:
		return nil, errors.New("layerConfigurations: a drawn drop draws every token from the same layers, and there are several configurations")
	case len(c.Exact) > 0:
		return nil, errors.New("exact: every token is drawn alone, so nobody can promise how many show a word; a deck can")
	case len(c.Ones) > 0:
		return nil, errors.New("oneOfOnes: a card made by hand is not drawn; a deck takes it")
	}
	p := &Plan{set: s}
	for i := range c.Configurations[0].Order {
		if err := p.add(&c.Configurations[0].Order[i]); err != nil {
			return nil, err
		}
	}
	p.incompatible()
	p.forced()
	return p, nil
}

func (p *Plan) add(l *Layer) error {
	at := "layers/" + l.Name
	if slices.ContainsFunc(p.Layers, func(o PlanLayer) bool { return o.Trait == l.Trait }) {
		return fmt.Errorf("%s: a second layer that documents call %q", at, l.Trait)
	}
	how := Sublayer{Blend: l.Blend, Opacity: l.Opacity}
	layer := PlanLayer{Trait: l.Trait, how: stroke{blend: how.blend(), opacity: how.alpha()}}
	for _, w := range p.set.layers[l.Name].words {
		if !w.isFile {
			return fmt.Errorf("%s: folders within a layer are for decks; a drawn drop's layer is a list of PNG files", w.file)
		}
		text := p.set.config.shown(w.name)
		if slices.ContainsFunc(layer.Rows, func(r PlanRow) bool { return r.Text == text }) {
			return fmt.Errorf("%s: a second word of its layer that is shown as %q", w.file, text)
		}
		layer.Rows = append(layer.Rows, PlanRow{text, w.weight, w.file})
	}
	reduce(layer.Rows)
	p.Layers = append(p.Layers, layer)
	return nil
}

// shown is what a document says of a word, nothing for the empty one.
func (c *Config) shown(word string) string {
	if word == c.Empty {
		return ""
	}
	if other, ok := c.Values[word]; ok {
		return other
	}
	return word
}

// reduce divides weights by what divides all of them.
func reduce(rows []PlanRow) {
	var divisor uint64
	for _, r := range rows {
		for a, b := r.Weight, divisor; ; a, b = b, a%b {
			if b == 0 {
				divisor = a
				break
			}
		}
	}
	for i := range rows {
		rows[i].Weight /= divisor
	}
}

// with returns the texts of a layer whose words are among names.
func (p *Plan) with(layer int, names []string) PlanTexts {
	out := PlanTexts{Layer: layer}
	for _, w := range p.words(layer) {
		if slices.Contains(names, w.name) {
			out.Texts = append(out.Texts, p.set.config.shown(w.name))
		}
	}
	return out
}

func (p *Plan) words(layer int) []*word {
	return p.set.layers[p.set.config.Configurations[0].Order[layer].Name].words
}

// incompatible adds a rule for each word and each other layer that it does not go with. A pair
// that is told twice, from both sides, is one rule.
func (p *Plan) incompatible() {
	told := map[[4]string]bool{}
	for _, word := range sortedKeys(p.set.config.Incompatible) {
		for i := range p.Layers {
			one := p.with(i, []string{word})
			if len(one.Texts) == 0 {
				continue
			}
			for j := range p.Layers {
				other := p.with(j, p.set.config.Incompatible[word])
				other.Texts = slices.DeleteFunc(other.Texts, func(text string) bool {
					key := [4]string{fmt.Sprint(i), one.Texts[0], fmt.Sprint(j), text}
					back := [4]string{key[2], key[3], key[0], key[1]}
					again := told[key] || told[back]
					told[key] = true
					return again
				})
				if i != j && len(other.Texts) > 0 {
					p.Rules = append(p.Rules, PlanRule{One: one, Other: other})
				}
			}
		}
	}
}

// forced adds a rule for each word and each layer of which it asks for one of some words.
func (p *Plan) forced() {
	for _, word := range sortedKeys(p.set.config.Forced) {
		for i := range p.Layers {
			one := p.with(i, []string{word})
			if len(one.Texts) == 0 {
				continue
			}
			for j := range p.Layers {
				if other := p.with(j, p.set.config.Forced[word]); i != j && len(other.Texts) > 0 {
					p.Rules = append(p.Rules, PlanRule{Require: true, One: one, Other: other})
				}
			}
		}
	}
}

// Compose writes the image of what was drawn, as PNG: texts has one of each layer, in their
// order. It may be called by several goroutines at once.
func (p *Plan) Compose(texts []string, w io.Writer) error {
	if len(texts) != len(p.Layers) {
		return fmt.Errorf("composing: %d texts for %d layers", len(texts), len(p.Layers))
	}
	strokes := make([]stroke, len(texts))
	for i, layer := range p.Layers {
		at := slices.IndexFunc(layer.Rows, func(r PlanRow) bool { return r.Text == texts[i] })
		if at < 0 {
			return fmt.Errorf("composing: the layer %q has no picture of a text that was drawn", layer.Trait)
		}
		strokes[i] = layer.how
		strokes[i].file = layer.Rows[at].file
	}
	return p.set.compose(strokes, w)
}
