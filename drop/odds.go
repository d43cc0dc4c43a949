package drop

import (
	"math/big"
	"slices"

	"github.com/genproof/genproof/circuits/model"
)

// A TraitOdds is how often a trait shows what, over all draws that the model allows.
type TraitOdds struct {
	Name   string
	Hidden bool
	Odds   []Odds
}

// An Odds is a text's probability, exact up to what drawing rounds (2^-46 a layer): what
// model.yaml's weights say after its rules took away what they forbid.
type Odds struct {
	Text      string   // empty for none
	Effective *big.Rat // after rules
	Written   *big.Rat // by the weights alone
}

// Odds returns the exact probabilities of every trait's texts: a walk over the model's tables,
// layer by layer. They tell what is hidden of the model: they are its author's alone.
func (d *Drop) Odds() []TraitOdds {
	list := make([]TraitOdds, len(d.definition.traits))
	states := []*big.Rat{big.NewRat(1, 1)} // by state, its probability
	for l, layer := range d.model.Layers {
		t := d.traitOf(l)
		trait := d.definition.traits[t]
		list[t] = TraitOdds{trait.Name, trait.Hidden(), writtenOdds(d.layers[t].rows)}
		states = list[t].walk(layer, states)
	}
	return list
}

// traitOf returns the trait that a layer of the model draws: layers stand in the order of drawing.
func (d *Drop) traitOf(layer int) int {
	if d.model.Order == nil {
		return layer
	}
	return slices.Index(d.model.Order, layer)
}

// walk adds what a layer draws in each state, and returns the states of the next one.
func (t *TraitOdds) walk(layer model.Layer, states []*big.Rat) []*big.Rat {
	next := make([]*big.Rat, model.MaxStates)
	for i := range next {
		next[i] = new(big.Rat)
	}
	for state, table := range layer.Tables {
		total := new(big.Rat)
		for _, row := range table {
			total.Add(total, ratio(uint64(row.Weight)))
		}
		for _, row := range table {
			p := new(big.Rat).Quo(ratio(uint64(row.Weight)), total)
			p.Mul(p, states[state])
			next[row.Next].Add(next[row.Next], p)
			t.of(row.Text).Effective.Add(t.of(row.Text).Effective, p)
		}
	}
	return next
}

func ratio(weight uint64) *big.Rat { return new(big.Rat).SetInt(new(big.Int).SetUint64(weight)) }

// of returns the odds of a text of the layer.
func (t *TraitOdds) of(text string) *Odds {
	for i := range t.Odds {
		if t.Odds[i].Text == text {
			return &t.Odds[i]
		}
	}
	panic("drop: a table draws a text that its layer has not")
}

// writtenOdds are the odds that the weights say by themselves.
func writtenOdds(rows []row) []Odds {
	total := new(big.Rat)
	for _, r := range rows {
		total.Add(total, ratio(r.weight))
	}
	list := make([]Odds, len(rows))
	for i, r := range rows {
		list[i] = Odds{r.text, new(big.Rat), new(big.Rat).Quo(ratio(r.weight), total)}
	}
	return list
}
