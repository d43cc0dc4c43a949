package drop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/circuits/model"
)

// maxWorkStates bounds the states of a layer before equal ones are merged.
const maxWorkStates = 1 << 8

// A transition says where the rows of a layer lead from one state: by class of rows, the next
// state, or -1 where the rules forbid them.
type transition []int

// An automaton is the layers of a model in an order of drawing, and in each the states that
// the rules tell apart.
type automaton struct {
	m      *modelFile
	order  []int // by position, the layer drawn there
	states [][]ruleSet
	next   [][]transition // by position and state
}

// explore follows all draws in an order. It stops where a layer has more than maxWorkStates
// states, or where work is used up: then ok is false, and at is where.
//
// A state is the set of rules that have had all their earlier parts drawn: these can still be
// broken. It is the only thing about earlier layers that later ones depend on.
func (m *modelFile) explore(order []int, work *int) (a *automaton, at int, ok bool) {
	a = &automaton{m: m, order: order}
	last := m.lastParts(order)
	states := []ruleSet{m.allRules()}
	t, key := newRuleSet(len(m.rules)), []byte(nil)
	for position, layer := range order {
		index := map[string]int{}
		var following []ruleSet
		var steps []transition
		for _, s := range states {
			step := make(transition, len(m.classes[layer].clears))
			for c, clears := range m.classes[layer].clears {
				*work -= 8 + len(s)
				if step[c] = -1; !s.draw(t, clears, last[position]) {
					continue
				}
				key = t.key(key[:0])
				n, known := index[string(key)]
				if !known {
					n = len(following)
					index[string(key)], following = n, append(following, slices.Clone(t))
				}
				step[c] = n
			}
			if steps = append(steps, step); len(following) > maxWorkStates || *work < 0 {
				return a, position + 1, false
			}
		}
		a.states, a.next, states = append(a.states, states), append(a.next, steps), following
	}
	return a, 0, true
}

// prune forbids the rows that lead where no row is left, and reports whether any can be drawn.
// What is behind the last layer is one state that is never without a row.
func (a *automaton) prune() bool {
	alive := []bool{true}
	for position := len(a.next) - 1; position >= 0; position-- {
		last := position == len(a.next)-1
		here := make([]bool, len(a.next[position]))
		for s, step := range a.next[position] {
			for c, t := range step {
				if t >= 0 && !last && !alive[t] {
					step[c] = -1
				}
				here[s] = here[s] || step[c] >= 0
			}
		}
		alive = here
	}
	return alive[0]
}

// drawn returns by layer and row whether the row can be drawn, and by position and state
// whether the state can be met.
func (a *automaton) drawn() (rows [][]bool, met [][]bool) {
	rows, met = make([][]bool, len(a.m.layers)), make([][]bool, len(a.next)+1)
	for p := range a.next {
		met[p] = make([]bool, len(a.next[p]))
	}
	met[len(a.next)] = make([]bool, maxWorkStates+1)
	met[0][0] = true
	for position, layer := range a.order {
		rows[layer] = make([]bool, len(a.m.layers[layer].rows))
		for s, step := range a.next[position] {
			if !met[position][s] {
				continue
			}
			for r, c := range a.m.classes[layer].of {
				if t := step[c]; t >= 0 {
					rows[layer][r], met[position+1][t] = true, true
				}
			}
		}
	}
	return rows, met
}

// merge builds the tables from the last layer to the first, so that states with equal tables are
// one before the layer above refers to them. States that are not met have none.
func (a *automaton) merge(met [][]bool) (layers []model.Layer, err error) {
	layers = make([]model.Layer, len(a.order))
	merged := make([]int, maxWorkStates+1) // state of the layer below, before merging, to its table
	for position := len(a.order) - 1; position >= 0; position-- {
		var tables [][]model.Row
		numbers := make([]int, len(a.next[position]))
		for s, step := range a.next[position] {
			if !met[position][s] {
				continue
			}
			table := a.table(position, step, merged)
			at := slices.IndexFunc(tables, func(t []model.Row) bool { return slices.EqualFunc(t, table, sameRow) })
			if at < 0 {
				at, tables = len(tables), append(tables, table)
			}
			numbers[s] = at
		}
		if len(tables) > model.MaxStates {
			return nil, a.m.tooManyStates(a.order, position, fmt.Sprint(len(tables)))
		}
		layers[position], merged = model.Layer{Tables: tables}, numbers
	}
	return layers, nil
}

// sameRow reports whether two rows of a layer are one: those of one text paint alike.
func sameRow(a, b model.Row) bool {
	return a.Text == b.Text && a.Weight == b.Weight && a.Next == b.Next
}

// table is what is drawn from in a state: the rows that complete a forbidden combination are
// left out, the others keep their weights.
func (a *automaton) table(position int, step transition, merged []int) []model.Row {
	layer := a.order[position]
	var rows []model.Row
	for r, row := range a.m.layers[layer].rows {
		t := step[a.m.classes[layer].of[r]]
		if t < 0 {
			continue
		}
		next := 0
		if position+1 < len(a.order) {
			next = merged[t]
		}
		rows = append(rows, model.Row{Text: row.text, Weight: uint32(row.weight), Next: uint8(next), Payload: row.payload})
	}
	return rows
}

// A drawing is how a model is drawn: its layers in drawing order, the layer of each trait, and
// what its author should be told.
type drawing struct {
	layers   []model.Layer
	order    []int   // by trait its layer; nil for the file's own order
	never    []Place // rows that no draw falls on
	possibly []bool  // by trait whether it can be absent
}

// compile draws the layers in an order.
func (m *modelFile) compile(order []int) (*drawing, error) {
	work := maxExploration
	a, at, ok := m.explore(order, &work)
	if !ok {
		return nil, m.tooManyStates(order, at, fmt.Sprintf("more than %d", maxWorkStates))
	}
	if !a.prune() {
		return nil, m.nothingLeft()
	}
	rows, met := a.drawn()
	layers, err := a.merge(met)
	if err != nil {
		return nil, err
	}
	d := &drawing{layers: layers, order: make([]int, len(order)), possibly: make([]bool, len(order))}
	for position, layer := range order {
		d.order[layer] = position
	}
	if slices.IsSorted(order) {
		d.order = nil
	}
	for layer := range rows {
		for r, drawn := range rows[layer] {
			row := m.layers[layer].rows[r]
			if !drawn {
				d.never = append(d.never, row.at)
			}
			d.possibly[layer] = d.possibly[layer] || drawn && row.text == ""
		}
	}
	return d, nil
}

// nothingLeft names the rules of a model of which no token can be drawn.
func (m *modelFile) nothingLeft() error {
	return fault(m.at, "relax one of the rules at "+m.placesOf(func(rule) bool { return true }),
		"the rules leave no combination of traits: every draw ends where no row of a layer is left")
}

// tooManyStates names the rules that have to be remembered across a position of an order.
func (m *modelFile) tooManyStates(order []int, position int, count string) error {
	position = min(position, len(order)-1)
	places := m.placesOf(func(r rule) bool {
		first, last := r.span(order)
		return first < position && position <= last
	})
	layer := m.layers[order[position]]
	return &statesFault{fault(layer.at, "remove rules, or join them: no order of drawing was found that needs fewer; remembered here are those at "+places,
		"the layer %q needs %s tables, it has %d: one for each combination of earlier draws that the rules tell apart", layer.name, count, model.MaxStates)}
}

// A statesFault is the fault of an order that needs too many tables; another may do.
type statesFault struct{ error }

func (f *statesFault) Unwrap() error { return f.error }

func (m *modelFile) placesOf(is func(rule) bool) string {
	var places []string
	for _, r := range m.rules {
		if is(r) && !slices.Contains(places, r.at.String()) {
			places = append(places, r.at.String())
		}
	}
	return strings.Join(places, ", ")
}
