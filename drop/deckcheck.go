package drop

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/policy"
)

// A Check is what an author wants to know of a deck before proving it. It counts shown
// attributes and public words only, and names cards by their numbers.
type Check struct {
	Cards      int
	Batches    int
	Refusals   []Refusal // rules that cards break
	Odd        []Odd     // cards whose document contradicts them
	Duplicates [][]int   // cards that show the same attributes, in groups
	Counts     []Counts  // of the values of each shown attribute
	Bits       float64   // about so many bits to guess for whoever would find a sealed document
	Warnings   []string  // what is allowed and looks like a mistake
}

// A Refusal is a rule of the policy and the cards that break it.
type Refusal struct {
	Rule  string
	Cards []int
}

// An Odd is a card whose document contradicts it, and why.
type Odd struct {
	Card int
	Why  []string
}

// Counts are how often a shown attribute has each of its values.
type Counts struct {
	Attribute string // "trait.Eyes"
	Values    []Count
	Absent    int
}

// A Count is a value in canonical form and the number of cards that show it.
type Count struct {
	Value string
	Cards int
}

// Check looks at all cards: every rule that one breaks, and every document that contradicts its card.
func (d *Deck) Check() *Check {
	c := &Check{Cards: len(d.cards), Batches: d.Batches(), Refusals: d.refusals(), Odd: d.odd(), Counts: d.counts(), Duplicates: d.duplicates(), Warnings: slices.Clone(d.Warnings)}
	c.Bits = d.guessBits(c.Counts)
	var unread []int
	for i := range d.cards {
		if d.cards[i].unread {
			unread = append(unread, i)
		}
	}
	if len(unread) > 0 {
		c.Warnings = append(c.Warnings, Numbered("NOT READABLE: card", unread)+": the document is not JSON that can be read in one way only. Nothing but its bytes is proven, and every report says so.")
	}
	return c
}

// GuessBits returns about how many bits somebody has to guess to find a document that is not
// published yet.
func (d *Deck) GuessBits() float64 { return d.guessBits(d.counts()) }

func (d *Deck) guessBits(list []Counts) (bits float64) {
	for _, counts := range list {
		kinds := len(counts.Values)
		if counts.Absent > 0 {
			kinds++
		}
		bits += math.Log2(float64(max(1, kinds)))
	}
	if d.definition.random != "" {
		bits += randomBits // every document has its own: see [cardReader.randomMember]
	}
	return bits
}

// odd returns the cards that their documents contradict.
func (d *Deck) odd() []Odd {
	var list []Odd
	for i := range d.cards {
		if len(d.cards[i].odd) > 0 {
			list = append(list, Odd{i, d.cards[i].odd})
		}
	}
	return list
}

// Provable reports what keeps the deck from being proven, naming rules and cards.
func (d *Deck) Provable() error {
	c := &Check{Refusals: d.refusals(), Odd: d.odd()}
	var faults []string
	for _, r := range c.Refusals {
		faults = append(faults, fmt.Sprintf("%s break the policy's rule %q", Numbered("card", r.Cards), r.Rule))
	}
	for _, o := range c.Odd[:min(len(c.Odd), 8)] {
		faults = append(faults, fmt.Sprintf("card %d: its document: %s", o.Card, strings.Join(o.Why, "; ")))
	}
	if len(c.Odd) > 8 {
		faults = append(faults, fmt.Sprintf("%d more cards contradict their documents", len(c.Odd)-8))
	}
	if len(faults) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrDeck, strings.Join(faults, "; "))
}

// ErrDeck says that a deck has cards that no proof exists of, or none that anybody would accept.
var ErrDeck = errors.New("the deck cannot be proven")

// Numbered lists cards for people: the first few of many.
func Numbered(noun string, cards []int) string {
	const most = 8
	var b strings.Builder
	b.WriteString(noun)
	if len(cards) != 1 {
		b.WriteString("s")
	}
	for i, n := range cards[:min(most, len(cards))] {
		if i > 0 {
			b.WriteString(",")
		}
		fmt.Fprintf(&b, " %d", n)
	}
	if len(cards) > most {
		fmt.Fprintf(&b, " and %d more", len(cards)-most)
	}
	return b.String()
}

// refusals returns all rules that cards break, in the policy's order.
func (d *Deck) refusals() []Refusal {
	var out []Refusal
	for _, rule := range d.Policy.Rules {
		one := policy.Program{Schema: d.Policy.Program.Schema, Numeric: d.Policy.Program.Numeric}
		for _, clause := range rule.Clauses {
			one.Clauses = append(one.Clauses, d.Policy.Program.Clauses[clause])
		}
		r := Refusal{Rule: rule.Name}
		for i := range d.cards {
			if ok, _ := one.Eval(slices.Concat(d.cards[i].slots, d.facts)); !ok {
				r.Cards = append(r.Cards, i)
			}
		}
		if len(r.Cards) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// counts tells how often each value of each shown attribute is there.
func (d *Deck) counts() []Counts {
	var out []Counts
	for i, a := range d.public.BySlot()[:d.definition.size.CardSlots()] {
		if a == nil || a.Visibility == bundle.Hidden {
			continue
		}
		c, seen := Counts{Attribute: a.Section + "." + a.Name}, map[string]int{}
		for n := range d.cards {
			if card := &d.cards[n]; card.slots[i].Present {
				seen[card.texts[i]]++
			} else {
				c.Absent++
			}
		}
		for text, n := range seen {
			c.Values = append(c.Values, Count{text, n})
		}
		slices.SortFunc(c.Values, func(a, b Count) int {
			return 2*(b.Cards-a.Cards) + strings.Compare(a.Value, b.Value)
		})
		out = append(out, c)
	}
	return out
}

// duplicates groups cards that show the same attributes.
func (d *Deck) duplicates() [][]int {
	groups := map[string][]int{}
	attributes := d.public.BySlot()[:d.definition.size.CardSlots()]
	for n := range d.cards {
		var key []byte
		for i, a := range attributes {
			if a == nil || a.Visibility == bundle.Hidden {
				continue
			}
			s := d.cards[n].slots[i]
			b := s.Value.Bytes()
			key = append(binary.AppendUvarint(key, uint64(len(b))), b[:]...)
			if s.Present {
				key = append(key, 1)
			} else {
				key = append(key, 0)
			}
		}
		groups[string(key)] = append(groups[string(key)], n)
	}
	var out [][]int
	for _, g := range groups {
		if len(g) > 1 {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return a[0] - b[0] })
	return out
}

// HiddenCard is what is hidden of a card, for its owner: names and values in canonical form.
func (d *Deck) HiddenCard(n int) (names, values []string) {
	for i, a := range d.public.BySlot()[:d.definition.size.CardSlots()] {
		if a == nil || a.Visibility == bundle.Shown || !d.cards[n].slots[i].Present {
			continue
		}
		names, values = append(names, a.Section+"."+a.Name), append(values, d.cards[n].texts[i])
	}
	return names, values
}
