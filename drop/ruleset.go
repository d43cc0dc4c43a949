package drop

import (
	"encoding/binary"
)

// A ruleSet is a set of a model's rules, a bit each.
type ruleSet []uint64

func newRuleSet(n int) ruleSet { return make(ruleSet, (n+63)/64) }

func (s ruleSet) add(i int) { s[i/64] |= 1 << (i % 64) }

// key appends the set to b, as a map's key.
func (s ruleSet) key(b []byte) []byte {
	for _, w := range s {
		b = binary.LittleEndian.AppendUint64(b, w)
	}
	return b
}

// draw puts the rules that can still be broken after a row that clears some into t, and reports
// whether the row is allowed: no rule whose last part this is may be left. Those are over,
// whatever was drawn.
func (s ruleSet) draw(t, clears, last ruleSet) (allowed bool) {
	for i := range s {
		t[i] = s[i] &^ clears[i]
		if t[i]&last[i] != 0 {
			return false
		}
		t[i] &^= last[i]
	}
	return true
}

// rowClasses are the rows of a layer by what the rules say of them: rows of one class lead to
// the same states.
type rowClasses struct {
	of     []int     // by row its class
	clears []ruleSet // by class, the rules with a part here that a row of it is not in
}

// classify fills the classes of all layers.
func (m *modelFile) classify() {
	m.classes = make([]rowClasses, len(m.layers))
	for l, layer := range m.layers {
		index := map[string]int{}
		for r := range layer.rows {
			clears := newRuleSet(len(m.rules))
			for i, rule := range m.rules {
				if rows := rule.parts[l]; rows != nil && !rows[r] {
					clears.add(i)
				}
			}
			key := string(clears.key(nil))
			c, known := index[key]
			if !known {
				c = len(index)
				index[key], m.classes[l].clears = c, append(m.classes[l].clears, clears)
			}
			m.classes[l].of = append(m.classes[l].of, c)
		}
	}
}

func (m *modelFile) allRules() ruleSet {
	s := newRuleSet(len(m.rules))
	for i := range m.rules {
		s.add(i)
	}
	return s
}

// span returns the first and the last position at which a rule has a part.
func (r rule) span(order []int) (first, last int) {
	first = len(order)
	for position, layer := range order {
		if r.parts[layer] != nil {
			first, last = min(first, position), position
		}
	}
	return first, last
}

// lastParts returns by position the rules that have their last part there.
func (m *modelFile) lastParts(order []int) []ruleSet {
	out := make([]ruleSet, len(order))
	for i := range out {
		out[i] = newRuleSet(len(m.rules))
	}
	for i, r := range m.rules {
		_, last := r.span(order)
		out[last].add(i)
	}
	return out
}
