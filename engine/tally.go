package engine

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/genproof/genproof/bundle/spelling"
)

// Bounds of what inference keeps.
const (
	maxLabels    = 4096
	maxLabel     = 256     // bytes of one that can be a slot's
	maxText      = 1 << 16 // bytes of a text that a slot holds
	maxWord      = 256     // bytes of a word of an enum
	maxEnumWords = 256
)

// A kind is what a value of a document is.
type kind uint8

const (
	textKind kind = iota
	numberKind
	boolKind
)

var kindNames = [...]string{"text", "number", "bool"}

// A shownValue is one attribute of a document as inference sees it.
type shownValue struct {
	label  string // in normal form
	odd    string // why no slot can hold it: it is nested, null or has other members; empty if one can
	kind   kind
	text   string   // in normal form, of texts
	number *big.Rat // nil if it is beyond what any type holds
	isDate bool
}

// whyOdd says why no slot can hold the value under its label, empty if one can.
func (v *shownValue) whyOdd() string {
	switch {
	case v.odd != "":
		return v.odd
	case len(v.label) > maxLabel:
		return fmt.Sprintf("a label of more than %d bytes", maxLabel)
	case v.kind == textKind && len(v.text) > maxText:
		return fmt.Sprintf("a text of more than %d bytes", maxText)
	}
	return ""
}

// A tally is what all cards have under one label.
type tally struct {
	label string
	first int    // its place among labels as they appeared
	cards int    // that have it
	odd   string // why no slots can hold all of it, with the first such card; empty if they can
	kinds [len(kindNames)]kindTally
}

// A kindTally is what there is of one kind under a label.
type kindTally struct {
	uses, most int            // in all, and on one card
	words      map[string]int // texts and their uses; nil once there are too many
	noEnum     bool
	misspelt   error // why the first such text may not be spelt as it is
	numbers    numbers
}

// tallies are what all documents have. Memory is bounded by labels and words, not by cards.
type tallies struct {
	byLabel map[string]*tally
	labels  []*tally // in the order they appeared
	unnamed int      // attributes without a label
	card    int      // whose attributes are added
}

func newTallies() *tallies { return &tallies{byLabel: map[string]*tally{}} }

// add takes the attributes of one card's document.
func (a *tallies) add(shown []shownValue) error {
	here := map[*tally]*[len(kindNames)]int{}
	for _, v := range shown {
		t := a.byLabel[v.label]
		if t == nil {
			if len(a.labels) == maxLabels {
				return fmt.Errorf("more than %d different labels of attributes", maxLabels)
			}
			t = &tally{label: v.label, first: len(a.labels)}
			a.byLabel[v.label], a.labels = t, append(a.labels, t)
		}
		if here[t] == nil {
			here[t] = new([len(kindNames)]int)
			t.cards++
		}
		if why := v.whyOdd(); why != "" && t.odd == "" {
			t.odd = fmt.Sprintf("values that cannot be proven, first on card %d: %s", a.card, why)
		}
		if v.odd != "" {
			continue
		}
		here[t][v.kind]++
		t.add(v)
	}
	for t, counts := range here {
		for k, n := range counts {
			t.kinds[k].most = max(t.kinds[k].most, n)
		}
	}
	return nil
}

func (t *tally) add(v shownValue) {
	k := &t.kinds[v.kind]
	k.uses++
	switch v.kind {
	case numberKind:
		k.numbers.add(v.number, v.isDate)
	case textKind:
		if k.misspelt == nil {
			k.misspelt = spelling.Check(v.text)
		}
		k.addWord(v.text)
	}
}

func (k *kindTally) addWord(s string) {
	if k.noEnum {
		return
	}
	if k.words == nil {
		k.words = map[string]int{}
	}
	k.words[s]++
	if s == "" || len(s) > maxWord || len(k.words) > maxEnumWords {
		k.noEnum, k.words = true, nil
	}
}

// typeName returns the type of slots for this kind, and an enum's words.
func (k *kindTally) typeName(of kind) (name string, words []string) {
	switch of {
	case boolKind:
		return "bool", nil
	case numberKind:
		return k.numbers.typeName(), nil
	}
	if k.noEnum || 2*len(k.words) > k.uses && len(k.words) > 32 {
		return "text", nil
	}
	for w := range k.words {
		words = append(words, w)
	}
	slices.Sort(words)
	return "enum", words
}

// slots returns the attributes that hold all of a label, nil if none can. Names are still
// the label's, with what is between them and others of the label.
func (t *tally) slots() ([]Attribute, error) {
	if t.odd != "" {
		return nil, errors.New(t.odd)
	}
	order := []kind{numberKind, textKind, boolKind}
	slices.SortStableFunc(order, func(a, b kind) int { return t.kinds[b].uses - t.kinds[a].uses })
	var out []Attribute
	for i, k := range order {
		if t.kinds[k].uses == 0 {
			continue
		}
		typeName, words := t.kinds[k].typeName(k)
		if typeName == "" {
			return nil, errors.New("numbers that no type holds exactly in 64 bits")
		}
		name := t.label
		if i > 0 {
			name = fmt.Sprintf("%s (%s)", t.label, kindNames[k])
		}
		for range t.kinds[k].most {
			out = append(out, Attribute{Trait: name, Label: t.label, Type: typeName, Words: words})
		}
	}
	if len(out) > MaxAttributes {
		return nil, fmt.Errorf("up to %d of them on one card", len(out))
	}
	return out, nil
}
