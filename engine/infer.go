package engine

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/genproof/genproof/bundle/spelling"
)

// MaxAttributes is what the largest circuit for decks holds of a card.
const MaxAttributes = 48

// deckSizes are the circuits for decks, the smallest first (circuits/statement).
var deckSizes = []struct {
	name              string
	attributes, cards int
}{
	{"deck/small", 8, 4 * 8 * 8 * 8},
	{"deck/standard", 24, 16 * 8 * 8 * 8 * 8},
	{"deck/large", MaxAttributes, MaxCards},
}

// maxYAMLWords bounds the words of all enums together: drop.yaml has at most 20,000 parts.
const maxYAMLWords = 6000

// An Attribute is a slot of a deck's schema: a trait, which documents show, or a hidden claim.
type Attribute struct {
	Trait string   `json:"trait,omitempty"` // its name; one of Trait and Claim is not empty
	Claim string   `json:"claim,omitempty"`
	Label string   `json:"label,omitempty"` // of a trait, in documents, in normal form
	Type  string   `json:"type"`            // as drop.yaml has it: uint, decimal(2), enum, …
	Words []string `json:"words,omitempty"` // of an enum
}

// A schema is what inference found.
type schema struct {
	circuit     string
	attributes  []Attribute
	words       []string // labels that stay the author's words
	asPublished string   // why spelling is as published; empty if it is strict
	notes       []string
}

// infer makes the schema of a deck of so many cards. The same documents give the same schema.
func infer(a *tallies, claims []Attribute, cards int) (*schema, error) {
	s := &schema{}
	if len(claims) > MaxAttributes {
		return nil, fmt.Errorf("%d hidden attributes, the largest circuit holds %d", len(claims), MaxAttributes)
	}
	if err := checkClaims(a, claims); err != nil {
		return nil, err
	}
	chosen := s.choose(a, MaxAttributes-len(claims))
	for _, t := range a.labels {
		s.attributes = append(s.attributes, chosen[t]...)
		if chosen[t] == nil {
			s.words = append(s.words, t.label)
		}
	}
	s.limitWords()
	s.name(claims)
	s.attributes = append(s.attributes, claims...)
	s.checkSpelling(a)
	for _, size := range deckSizes {
		if len(s.attributes) <= size.attributes && cards <= size.cards {
			s.circuit = size.name
			return s, nil
		}
	}
	return nil, fmt.Errorf("%d cards, the largest circuit holds %d", cards, MaxCards)
}

// checkClaims sees that no document shows what looks like a hidden attribute: readers would take
// the one for the other, and a verifier refuses the card.
func checkClaims(a *tallies, claims []Attribute) error {
	hidden := map[string]string{}
	for _, c := range claims {
		key := spelling.Skeleton(c.Claim)
		if other, ok := hidden[key]; ok {
			return fmt.Errorf("the hidden attributes %s and %s look alike", said(other), said(c.Claim))
		}
		hidden[key] = c.Claim
	}
	for _, t := range a.labels {
		if claim, ok := hidden[spelling.Skeleton(t.label)]; ok {
			return fmt.Errorf("the hidden attribute %s looks like the label %s, which documents show", said(claim), said(t.label))
		}
	}
	return nil
}

// choose takes the labels that most cards have, as long as there is room. Labels that look
// alike go together: beside a slot's label, one that only looks like it contradicts a card.
func (s *schema) choose(a *tallies, room int) map[*tally][]Attribute {
	chosen := map[*tally][]Attribute{}
	var left []string
	for _, g := range alike(a) {
		slots, n := make([][]Attribute, len(g.labels)), 0
		var why error
		for i, t := range g.labels {
			var err error
			if slots[i], err = t.slots(); err != nil && why == nil {
				why = fmt.Errorf("%s has %w", said(t.label), err)
			}
			n += len(slots[i])
		}
		switch {
		case why != nil:
			s.note("%s: %v", stays(g.labels), why)
			continue
		case n > room:
			left = append(left, saidAll(g.labels)...)
			continue
		}
		for i, t := range g.labels {
			chosen[t] = slots[i]
		}
		room -= n
	}
	if len(left) > 0 {
		s.note("%d labels find no room in %d attributes and stay the author's words, those of fewest cards: %s",
			len(left), MaxAttributes, listed10(left))
	}
	return chosen
}

// A group is labels that look alike.
type group struct {
	labels []*tally
	cards  int // of the label that most cards have
}

// alike groups labels, those that most cards have first, then those that appeared first.
func alike(a *tallies) []*group {
	var groups []*group
	of := map[string]*group{}
	for _, t := range a.labels {
		key := spelling.Skeleton(t.label)
		if of[key] == nil {
			of[key] = &group{}
			groups = append(groups, of[key])
		}
		of[key].labels, of[key].cards = append(of[key].labels, t), max(of[key].cards, t.cards)
	}
	slices.SortStableFunc(groups, func(x, y *group) int { return cmp.Compare(y.cards, x.cards) })
	return groups
}

func saidAll(labels []*tally) []string {
	var all []string
	for _, t := range labels {
		all = append(all, said(t.label))
	}
	return all
}

func stays(labels []*tally) string {
	if len(labels) == 1 {
		return said(labels[0].label) + " stays the author's words"
	}
	return strings.Join(saidAll(labels), " and ") + " look alike and stay the author's words"
}

// limitWords makes texts of the largest enums until all words have room in drop.yaml.
func (s *schema) limitWords() {
	for {
		total, largest := 0, 0
		for i, x := range s.attributes {
			total += len(x.Words)
			if len(x.Words) > len(s.attributes[largest].Words) {
				largest = i
			}
		}
		if total <= maxYAMLWords {
			return
		}
		label := s.attributes[largest].Label
		s.note("%s is a text and no enum: all vocabularies together have more than %d words", said(label), maxYAMLWords)
		for i := range s.attributes {
			if x := &s.attributes[i]; x.Label == label && x.Type == "enum" {
				x.Type, x.Words = "text", nil
			}
		}
	}
}

// maxName bounds an attribute's name, in bytes.
const maxName = 64

// name makes names that differ, of labels that may repeat, be empty or be long.
func (s *schema) name(claims []Attribute) {
	taken := map[string]bool{}
	for _, c := range claims {
		taken[spelling.Skeleton(c.Claim)] = true
	}
	for _, x := range s.attributes { // a label that is a name of its own keeps it
		if ruleName(x.Trait) == x.Trait {
			taken[spelling.Skeleton(x.Trait)] = true
		}
	}
	given := map[string]bool{}
	for i := range s.attributes {
		x := &s.attributes[i]
		base := ruleName(x.Trait)
		name := base
		if key := spelling.Skeleton(name); base == x.Trait && !given[key] {
			given[key] = true
		} else {
			for n := 2; taken[spelling.Skeleton(name)]; n++ {
				suffix := fmt.Sprintf(" %d", n)
				name = cut(base, maxName-len(suffix)) + suffix
			}
			taken[spelling.Skeleton(name)] = true
		}
		x.Trait = name
	}
}

// ruleName returns a label as a rule can write it between backticks: letters and digits of ASCII,
// _ . - / and blanks. Accents are dropped, and what else there is; the label stays in documents.
func ruleName(label string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("_.-/ ", r):
			return r
		}
		return ' '
	}, spelling.Unaccented(strings.ReplaceAll(label, "'", "")))
	if name = cut(strings.Join(strings.Fields(name), " "), maxName); name == "" {
		return "trait"
	}
	return name
}

// nameOf returns a label as a name may be written: something, spelled as names are, not too long.
func nameOf(label string) string {
	name := spelling.Clean(cut(spelling.Clean(label), maxName))
	if name == "" {
		return "no name"
	}
	return name
}

// cut returns at most n bytes of s, whole characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimSpace(s[:n])
}

// checkSpelling says why names cannot be held to the strict rule. The first reason is kept.
func (s *schema) checkSpelling(a *tallies) {
	seen, checked := map[string]string{}, map[string]bool{}
	for _, x := range s.attributes {
		if x.Claim != "" || checked[x.Label] {
			continue
		}
		checked[x.Label] = true
		key := spelling.Skeleton(x.Label)
		if other, ok := seen[key]; ok {
			s.publish("%s and %s look alike", said(other), said(x.Label))
		}
		seen[key] = x.Label
		if err := spelling.Check(x.Label); err != nil && x.Label != "" {
			s.publish("the label %s: %v", said(x.Label), err)
		}
		if err := a.byLabel[x.Label].kinds[textKind].misspelt; err != nil {
			s.publish("a text of %s: %v", said(x.Label), err)
		}
	}
}

func (s *schema) publish(format string, args ...any) {
	if s.asPublished == "" {
		s.asPublished = fmt.Sprintf(format, args...)
	}
}

func (s *schema) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// said quotes a label for a person, cut where it is long.
func said(label string) string {
	if len(label) > maxName {
		return fmt.Sprintf("%q", cut(label, maxName)+"…")
	}
	return fmt.Sprintf("%q", label)
}

// listed10 lists the first ten.
func listed10(all []string) string {
	if len(all) > 10 {
		return fmt.Sprintf("%s and %d more", strings.Join(all[:10], ", "), len(all)-10)
	}
	return strings.Join(all, ", ")
}
