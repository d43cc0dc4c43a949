package drop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/circuits/model"
)

// maxWorkStates bounds the states of a layer before equal ones are merged.
const maxWorkStates = 1 << 8

// A live set says which rules have had all their earlier parts drawn: these can
// still be broken. It is the only thing about earlier layers that later ones
// depend on. One byte a rule, so that it is a map key.
type live string

// automaton compiles layers and rules into one table for each layer and state.
// In each state the rows that would complete a forbidden combination are left
// out; the others keep their weights. States with the same table are one.
func (m *modelFile) automaton() ([]model.Layer, error) {
	states := []live{live(strings.Repeat("\x01", len(m.rules)))}
	next := make([][][]int, len(m.layers)) // layer, state, row: next state, or -1
	for l := range m.layers {
		index := make(map[live]int)
		var following []live
		for _, s := range states {
			targets, err := m.step(l, s, func(t live) int {
				if _, ok := index[t]; !ok {
					index[t] = len(following)
					following = append(following, t)
				}
				return index[t]
			})
			if err != nil {
				return nil, err
			}
			next[l] = append(next[l], targets)
			if len(following) > maxWorkStates {
				return nil, m.tooManyStates(l+1, fmt.Sprintf("more than %d", maxWorkStates))
			}
		}
		states = following
	}
	return m.merge(next)
}

// step finds for each row of layer l whether state s allows it, and where it leads.
func (m *modelFile) step(l int, s live, number func(live) int) ([]int, error) {
	targets := make([]int, len(m.layers[l].rows))
	possible := false
	for r := range targets {
		t, allowed := m.draw(l, s, r)
		if targets[r] = -1; allowed {
			targets[r], possible = number(t), true
		}
	}
	if !possible {
		return nil, m.noRow(l, s)
	}
	return targets, nil
}

// draw follows the rules when row r of layer l is drawn in state s.
func (m *modelFile) draw(l int, s live, r int) (t live, allowed bool) {
	out := []byte(s)
	for i := range m.rules {
		rule := &m.rules[i]
		if rows := rule.parts[l]; rows != nil && !rows[r] {
			out[i] = 0
		}
		if rule.last == l && out[i] == 1 {
			return "", false
		}
		if rule.last <= l {
			out[i] = 0 // over, whatever was drawn
		}
	}
	return live(out), true
}

// merge builds the tables from the last layer to the first, so that states
// with equal tables are one before the layer above refers to them.
func (m *modelFile) merge(next [][][]int) ([]model.Layer, error) {
	layers := make([]model.Layer, len(m.layers))
	merged := []int{0} // state of the layer below, before merging, to its table
	for l := len(m.layers) - 1; l >= 0; l-- {
		var tables [][]model.Row
		numbers := make([]int, len(next[l]))
		for s, targets := range next[l] {
			table := m.table(l, targets, merged)
			at := slices.IndexFunc(tables, func(t []model.Row) bool { return slices.Equal(t, table) })
			if at < 0 {
				at, tables = len(tables), append(tables, table)
			}
			numbers[s] = at
		}
		if len(tables) > model.MaxStates {
			return nil, m.tooManyStates(l, fmt.Sprint(len(tables)))
		}
		layers[l], merged = model.Layer{Tables: tables}, numbers
	}
	return layers, nil
}

func (m *modelFile) table(l int, targets, merged []int) []model.Row {
	var rows []model.Row
	for r, t := range targets {
		if t < 0 {
			continue
		}
		next := 0
		if l+1 < len(m.layers) {
			next = merged[t]
		}
		row := m.layers[l].rows[r]
		rows = append(rows, model.Row{Text: row.text, Weight: uint32(row.weight), Next: uint8(next)})
	}
	return rows
}

// noRow names the rules that together leave nothing to draw.
func (m *modelFile) noRow(l int, s live) error {
	var places []string
	for i, r := range m.rules {
		if s[i] == 1 && r.last == l && !slices.Contains(places, r.at.String()) {
			places = append(places, r.at.String())
		}
	}
	return fault(m.layers[l].at, "relax one of the rules at "+strings.Join(places, ", "),
		"after some draws no row of the layer %q is left", m.layers[l].name)
}

// tooManyStates names the rules that have to be remembered across layer l.
func (m *modelFile) tooManyStates(l int, count string) error {
	l = min(l, len(m.layers)-1)
	var places []string
	for _, r := range m.rules {
		if r.first < l && l <= r.last && !slices.Contains(places, r.at.String()) {
			places = append(places, r.at.String())
		}
	}
	return fault(m.layers[l].at, "remove rules, or draw the traits of a rule next to each other in drop.yaml; remembered here are those at "+strings.Join(places, ", "),
		"the layer %q needs %s tables, it has %d: one for each combination of earlier draws that the rules tell apart", m.layers[l].name, count, model.MaxStates)
}
