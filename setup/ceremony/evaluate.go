package ceremony

import "context"

// A side is a matrix and the points of its rows.
type side[A any] struct {
	matrix int
	points []A
}

// An evaluation computes the sums of a plan over some sides.
type evaluation[J, A any, PJ jacobian[J, A], PA affine[A, J]] struct {
	*plan
	ctx   context.Context
	begin func(*plan) *combiner[J, A, PJ, PA]
	sides []side[A]
	nodes []A
}

// evaluate returns the sums of all wires. tick is told how many more are done.
func evaluate[J, A any, PJ jacobian[J, A], PA affine[A, J]](ctx context.Context, p *plan,
	begin func(*plan) *combiner[J, A, PJ, PA], tick func(int), sides ...side[A]) ([]A, error) {
	e := &evaluation[J, A, PJ, PA]{p, ctx, begin, sides, make([]A, p.nodes)}
	if err := e.sumRows(); err != nil {
		return nil, err
	}
	for _, feeds := range p.levels {
		if err := e.feed(feeds); err != nil {
			return nil, err
		}
	}
	if err := e.double(); err != nil {
		return nil, err
	}
	out := make([]A, p.nbWires())
	return out, parallel(ctx, len(out), func() func(from, to int) {
		c := begin(p)
		sums := make([][]term, 0, 64)
		return func(from, to int) {
			sums = sums[:0]
			for j := from; j < to; j++ {
				sums = append(sums, p.wire(j))
			}
			copy(out[from:], c.combine(sums, e.nodes))
			tick(to - from)
		}
	})
}

// sumRows adds up the points of each expression's rows.
func (e *evaluation[J, A, PJ, PA]) sumRows() error {
	return parallel(e.ctx, len(e.rows[left].begin)-1, func() func(from, to int) {
		c := e.begin(e.plan)
		var sums []J
		var of []int // the expressions of sums
		return func(from, to int) {
			sums, of = sums[:0], of[:0]
			for x := from; x < to; x++ {
				n := 0
				for _, s := range e.sides {
					for _, row := range e.rows[s.matrix].list(x) {
						switch point := &s.points[row]; n {
						case 0:
							e.nodes[x] = *point
						case 1:
							sums, of = append(sums, c.zero), append(of, x)
							PJ(&sums[len(sums)-1]).AddMixed(&e.nodes[x])
							PJ(&sums[len(sums)-1]).AddMixed(point)
						default:
							PJ(&sums[len(sums)-1]).AddMixed(point)
						}
						n++
					}
				}
			}
			for i, sum := range c.affine(sums) {
				e.nodes[of[i]] = sum
			}
		}
	})
}

// feed adds to expressions what combinations with them have.
func (e *evaluation[J, A, PJ, PA]) feed(feeds []feed) error {
	return parallelBy(e.ctx, 8, len(feeds), func() func(from, to int) {
		c := e.begin(e.plan)
		var sums [][]term
		return func(from, to int) {
			sums = sums[:0]
			for _, f := range feeds[from:to] {
				sums = append(sums, f.terms)
			}
			for i, sum := range c.combine(sums, e.nodes) {
				e.nodes[feeds[from+i].node] = sum
			}
		}
	})
}

// double computes the nodes of ladders.
func (e *evaluation[J, A, PJ, PA]) double() error {
	return parallel(e.ctx, len(e.ladders), func() func(from, to int) {
		c := e.begin(e.plan)
		var sums [][]term
		var doubles []J
		return func(from, to int) {
			sums, doubles = sums[:0], doubles[:0]
			for i := range e.ladders[from:to] {
				sums = append(sums, []term{e.ladders[from+i].times})
			}
			for i, first := range c.combine(sums, e.nodes) {
				PJ(&c.t).FromAffine(&first)
				for range e.ladders[from+i].last - e.ladders[from+i].first + 1 {
					doubles = append(doubles, c.t)
					if !PA(&first).IsInfinity() {
						PJ(&c.t).DoubleAssign()
					}
				}
			}
			copy(e.nodes[e.ladders[from].first:], c.affine(doubles)) // nodes of ladders follow one another
		}
	})
}
