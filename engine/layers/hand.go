package layers

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A hand is one card while it is drawn.
type hand struct {
	drawn      map[string]bool // words, of files and folders
	dna        strings.Builder
	attributes []Attribute
	paints     []stroke
}

// hand draws one word of each layer, nil if the rules left none to draw.
func (d *drawing) hand(conf *Configuration, card int) *hand {
	h := &hand{drawn: map[string]bool{}}
	for i := range conf.Order {
		l := &conf.Order[i]
		p := &pull{drawing: d, hand: h, layer: l, forced: d.forced[card][l.Name], exact: d.exact[l.Name]}
		value, ok := p.from(d.layers[l.Name], Sublayer{l.Trait, l.Blend, l.Opacity}, true)
		if !ok {
			return nil
		}
		h.show(d.config, l.Trait, value)
	}
	return h
}

// show adds what the document tells; a trait that stands there already is told once.
func (h *hand) show(c *Config, trait, value string) {
	if value == "" || value == c.Empty {
		return
	}
	if other, ok := c.Values[value]; ok {
		value = other
	}
	h.attributes = append(h.attributes, Attribute{trait, value})
}

// A pull draws within one layer.
type pull struct {
	*drawing
	*hand
	layer  *Layer
	forced string          // the word of the layer that must be drawn
	exact  map[string]bool // words of the layer that are drawn only where forced
}

// from draws in a folder: one of its words that have weights, and all that have none. It
// returns the word that was drawn, the innermost with a weight.
func (p *pull) from(folder *word, how Sublayer, isTop bool) (value string, ok bool) {
	one, needed := p.choose(folder, isTop)
	if needed && one == nil {
		return "", false
	}
	for _, w := range folder.words {
		if w != one && w.weight > 0 {
			continue
		}
		p.drawn[w.name] = true
		if !p.layer.Options.BypassDNA {
			fmt.Fprintf(&p.dna, "%d:%s", len(w.file), w.file)
		}
		inner, ok := p.enter(w, how)
		if !ok {
			return "", false
		}
		if w == one {
			value = w.name
			if inner != "" {
				value = inner
			}
		}
	}
	return value, true
}

// enter paints a file, or draws in a folder. A folder that is always there is a trait of its own.
func (p *pull) enter(w *word, how Sublayer) (value string, ok bool) {
	if w.isFile {
		p.paints = append(p.paints, stroke{w.file, how.blend(), how.alpha()})
		return "", true
	}
	trait := w.name
	if s, ok := p.layer.Sublayers[w.name]; ok {
		how = how.with(s)
		if s.Trait != "" {
			trait = s.Trait
		}
	}
	value, ok = p.from(w, how, false)
	if ok && w.weight == 0 {
		p.show(p.config, trait, value)
		return "", true
	}
	return value, ok
}

// choose draws one of the words that have weights, of those that the rules allow.
func (p *pull) choose(folder *word, isTop bool) (one *word, needed bool) {
	var may []*word
	total := uint64(0)
	for _, w := range folder.words {
		if w.weight == 0 {
			continue
		}
		needed = true
		if p.allows(w, isTop) {
			may, total = append(may, w), total+w.weight
		}
	}
	may, total = p.narrow(may, total)
	if total == 0 {
		return nil, needed
	}
	at := p.random.below(total)
	for _, w := range may {
		if at < w.weight {
			return w, needed
		}
		at -= w.weight
	}
	panic("layers: a number beyond all weights")
}

func (p *pull) allows(w *word, isTop bool) bool {
	if isTop && p.forced != "" && w.name != p.forced || isTop && p.forced == "" && p.exact[w.name] {
		return false
	}
	for drawn := range p.drawn { // the answer does not depend on the order
		if slices.Contains(p.config.Incompatible[drawn], w.name) || slices.Contains(p.config.Incompatible[w.name], drawn) {
			return false
		}
	}
	return true
}

// narrow leaves only the words that one drawn before asks for, if any of them is here.
func (p *pull) narrow(may []*word, total uint64) ([]*word, uint64) {
	var asked []*word
	sum := uint64(0)
	for _, w := range may {
		for drawn := range p.drawn {
			if slices.Contains(p.config.Forced[drawn], w.name) {
				asked, sum = append(asked, w), sum+w.weight
				break
			}
		}
	}
	if len(asked) > 0 {
		return asked, sum
	}
	return may, total
}

// together reports whether, with each word that forces others, one of them was drawn in every
// layer that has some, and no two incompatible words are on the card.
func (d *drawing) together(h *hand, conf *Configuration) bool {
	for word := range h.drawn {
		for _, other := range d.config.Incompatible[word] {
			if h.drawn[other] {
				return false
			}
		}
		for i := range conf.Order {
			if group := d.groups[word][conf.Order[i].Name]; len(group) > 0 &&
				!slices.ContainsFunc(group, func(name string) bool { return h.drawn[name] }) {
				return false
			}
		}
	}
	return true
}

// with returns how a folder within a layer is painted: as the layer, but for what it says.
func (s Sublayer) with(own Sublayer) Sublayer {
	if own.Blend != "" {
		s.Blend = own.Blend
	}
	if own.Opacity != nil {
		s.Opacity = own.Opacity
	}
	return s
}

func (s Sublayer) blend() string {
	if s.Blend == "" {
		return "source-over"
	}
	return s.Blend
}

func (s Sublayer) alpha() int32 {
	if s.Opacity == nil {
		return 255
	}
	return int32(math.Round(*s.Opacity * 255))
}
