package drop

import (
	"errors"
	"slices"
)

// Bounds of work, in words of rule sets and 8 a step: what the largest model needs in one order, and
// a whole search.
const (
	maxExploration = 1 << 26
	maxSearch      = 1 << 22
)

// arrange compiles the layers in the order of drop.yaml if its states fit, so that what is drawn
// first is what the author wrote first; else in an order that needs fewer states. Traits keep
// their places either way.
func (m *modelFile) arrange() (*drawing, error) {
	m.classify()
	own := make([]int, len(m.layers))
	for i := range own {
		own[i] = i
	}
	d, err := m.compile(own)
	var tooMany *statesFault
	if !errors.As(err, &tooMany) {
		return d, err
	}
	if other, err := m.compile(m.search(own)); err == nil {
		return other, nil
	}
	return nil, tooMany.error
}

// A cost is how many states an order needs: in its worst layer, and in all.
type cost struct{ peak, sum int }

func (c cost) less(d cost) bool { return c.peak < d.peak || c.peak == d.peak && c.sum < d.sum }

// costOf explores an order. One that needs more than maxWorkStates costs more the earlier it does.
func (m *modelFile) costOf(order []int, work *int) cost {
	a, at, ok := m.explore(order, work)
	if !ok {
		return cost{maxWorkStates + 1, len(order) - at}
	}
	var c cost
	for _, states := range a.states {
		c.peak, c.sum = max(c.peak, len(states)), c.sum+len(states)
	}
	return c
}

// search looks for an order that needs few states: from a greedy one and from the file's, it
// moves one layer at a time to where that helps most, until nothing does or the work is used up.
// The same model always has the same order.
func (m *modelFile) search(own []int) []int {
	best, least := own, cost{maxWorkStates + 1, len(own)}
	for _, start := range [][]int{m.greedy(), own} {
		work := maxSearch / 2
		order, c := start, m.costOf(start, &work)
		for work > 0 {
			moved, to := m.bestMove(order, c, &work)
			if !to.less(c) {
				break
			}
			order, c = moved, to
		}
		if c.less(least) {
			best, least = order, c
		}
	}
	return best
}

// bestMove returns the order that costs least among those with one layer elsewhere.
func (m *modelFile) bestMove(order []int, c cost, work *int) ([]int, cost) {
	best := order
	for from := range order {
		for to := range order {
			if from == to || *work < 0 {
				continue
			}
			other := slices.Delete(slices.Clone(order), from, from+1)
			other = slices.Insert(other, to, order[from])
			if d := m.costOf(other, work); *work >= 0 && d.less(c) {
				best, c = other, d
			}
		}
	}
	return best, c
}

// greedy puts next the layer that closes most rules and opens fewest.
func (m *modelFile) greedy() []int {
	var order []int
	for len(order) < len(m.layers) {
		best, gain := -1, 0
		for l := range m.layers {
			if slices.Contains(order, l) {
				continue
			}
			if g := m.gain(order, l); best < 0 || g > gain {
				best, gain = l, g
			}
		}
		order = append(order, best)
	}
	return order
}

// gain counts the rules that layer l would close, less those that it would open.
func (m *modelFile) gain(order []int, l int) (gain int) {
	for _, r := range m.rules {
		if r.parts[l] == nil {
			continue
		}
		before, after := 0, 0
		for other, rows := range r.parts {
			switch {
			case rows == nil || other == l:
			case slices.Contains(order, other):
				before++
			default:
				after++
			}
		}
		if after == 0 {
			gain++
		}
		if before == 0 {
			gain--
		}
	}
	return gain
}
