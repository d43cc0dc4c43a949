package drop

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// oddities are what the field has that a table of plain words has not, in the order in which they are
// made. refused says why no circuit takes it, empty where one does.
var oddities = []struct {
	name, refused string
	make          func(*rand.Rand, *shape)
}{
	{"no types", "", func(_ *rand.Rand, s *shape) { s.types = nil }},
	{"repeated", "", func(r *rand.Rand, s *shape) {
		s.types = s.types[:min(len(s.types), 3)] // as the field has them: few types beside one that repeats
		t := s.any(r)
		t.rows[0].count += s.tokens * uint64(1+r.IntN(3))
	}},
	{"many types", "the circuit cid/large has room for 20", func(r *rand.Rand, s *shape) {
		for n := 21 + r.IntN(50); len(s.types) < n; {
			s.types = append(s.types, traitType{fmt.Sprintf("type %d", len(s.types)), []shapeRow{{"yes", s.tokens}}})
		}
	}},
	{"many rows", "at most 256 rows", func(r *rand.Rand, s *shape) {
		t := s.any(r)
		for n := 257 + r.IntN(800); len(t.rows) < n; {
			t.rows = append(t.rows, shapeRow{fmt.Sprintf("row %d", len(t.rows)), 1})
		}
	}},
	{"left out", "", func(r *rand.Rand, s *shape) {
		t := s.any(r)
		t.rows[0].count = max(1, t.rows[0].count/2)
	}},
	{"numbers", "", func(r *rand.Rand, s *shape) {
		for n := range 1 + r.IntN(3) {
			s.types = append(s.types, traitType{label: fmt.Sprintf("number %d", n)})
		}
	}},
	{"a dozen numbers", "the circuit has room for 10", func(_ *rand.Rand, s *shape) {
		for n := range 12 {
			s.types = append(s.types, traitType{label: fmt.Sprintf("dots %d", n)})
		}
	}},
	{"twin labels", "", func(r *rand.Rand, s *shape) {
		t := *s.any(r)
		if t.label = strings.ToUpper(t.label); !s.hasLabel(t.label) {
			s.types = append(s.types, t)
		}
	}},
	{"blank label", "", func(r *rand.Rand, s *shape) { s.any(r).label += " " }},
	{"blank text", "", func(r *rand.Rand, s *shape) { s.any(r).rows[0].text += " " }},
	{"decomposed", "", func(r *rand.Rand, s *shape) { s.any(r).rows[0].text = "cafe\u0301" }},
	{"quote", "without quotes", func(r *rand.Rand, s *shape) { s.any(r).rows[0].text = `12" record` }},
	{"long text", "1 to 59 bytes", func(r *rand.Rand, s *shape) { s.any(r).rows[0].text = strings.Repeat("so long ", 8+r.IntN(7)) }},
}

// any returns a type that holds texts. There is one unless the shape has no types: then it is added.
func (s *shape) any(r *rand.Rand) *traitType {
	var texts []int
	for i, t := range s.types {
		if len(t.rows) > 0 {
			texts = append(texts, i)
		}
	}
	if len(texts) == 0 {
		s.types = append(s.types, traitType{"only", []shapeRow{{"yes", s.tokens}}})
		return &s.types[len(s.types)-1]
	}
	return &s.types[texts[r.IntN(len(texts))]]
}

func (s *shape) hasLabel(label string) bool {
	for _, t := range s.types {
		if t.label == label {
			return true
		}
	}
	return false
}

func (s *shape) make(r *rand.Rand, odd string) {
	for _, o := range oddities {
		if o.name == odd {
			o.make(r, s)
		}
	}
}
