//go:build prover_checks

package network

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
)

// What a small convolution would cost in the place of art/network's layers, so that whoever asks again need not build it again.
//
//	16 latents → neurons → 6×6 pixels of some channels, and 8 outputs for the scores
//	→ each pixel four times, 3×3 → 12×12 pixels of as many channels
//	→ each pixel four times, 3×3 → 24×24 pixels
//
// The weights of a tap to all channels are one element, as in a dense layer, and a product serves all pixels that look
// at the same one; some pixels' sums share a split. The last layer has one channel, so there a row's three taps are an element,
// and the product with a row's pixels, packed likewise, has their sums as its digits: 14 pixels give 12 sums and four digits
// that nobody reads.
const (
	convSide  = 6 // of the smallest picture
	convDigit = 15
	wide      = 12 // sums that a product of the last layer gives
)

// convSplit is a split of the two convolutions: pixels of all channels, or twelve and what is beside them.
var convSplit = Layer{Out: 16, Digit: convDigit, Shift: 7, Act: 4}

// A convShape is what a key would fix.
type convShape struct{ neurons, channels int }

func (s convShape) small() int { return convSide * convSide * s.channels }

// dense are the layers in front.
func (s convShape) dense() [2]Layer {
	return [2]Layer{{In: 16, Out: s.neurons, Digit: 16, Shift: 4, Act: 4}, {In: s.neurons, Out: s.small() + 8, Digit: 16, Shift: 7, Act: 4}}
}

// convolved is a convolution at one pixel.
func (s convShape) convolved(out int) Layer {
	return Layer{In: 9 * s.channels, Out: out, Digit: convDigit, Shift: 7, Act: 4}
}

func (s convShape) numbers() int {
	n := 9*s.channels*s.channels + s.channels + 9*s.channels + 1
	for _, l := range s.dense() {
		n += (l.In + 1) * l.Out
	}
	return n
}

// A convolution is a network's elements.
type convolution[T any] struct {
	Bias   [2][]T
	From   [2][][]T
	Middle [3][3][]T // taps: rows, columns, channels before
	Last   [][3]T    // of a channel before, a row's taps, the right one first
	Biases [2]T      // of the middle layer those of all channels
}

func (n *convolution[T]) elements() (out []T) {
	for i := range n.Bias {
		out = append(out, n.Bias[i]...)
		for _, e := range n.From[i] {
			out = append(out, e...)
		}
	}
	for _, row := range n.Middle {
		for _, tap := range row {
			out = append(out, tap...)
		}
	}
	for _, taps := range n.Last {
		out = append(out, taps[:]...)
	}
	return append(out, n.Biases[:]...)
}

type convolutionCircuit struct {
	Shape convShape `gnark:"-"`
	Net   convolution[frontend.Variable]
	X     []frontend.Variable
	Out   []frontend.Variable
	Hash  frontend.Variable
	Claim bool `gnark:"-"` // of outputs
	Bound bool `gnark:"-"` // to the hash of the elements
}

func (c *convolutionCircuit) Define(api frontend.API) error {
	out, x := []frontend.Variable(nil), c.X
	for i, l := range c.Shape.dense() {
		sums, err := l.SumsVar(api, [][]frontend.Variable{c.Net.Bias[i]}, c.Net.From[i], x)
		if err != nil {
			return err
		}
		x = l.OutputsVar(api, sums)
	}
	small, scores := x[:c.Shape.small()], x[c.Shape.small():]
	out = append(c.last(api, c.middle(api, small)), scores...)
	for j := range c.Out {
		api.AssertIsEqual(out[j], c.Out[j])
	}
	if c.Bound {
		api.AssertIsEqual(c.Hash, poseidon.HashVar(api, poseidon.Network, c.Net.elements()...))
	}
	return nil
}

// middle returns the pixels of 12×12, channel by channel, of those of 6×6.
func (c *convolutionCircuit) middle(api frontend.API, x []frontend.Variable) (out []frontend.Variable) {
	const side = 2 * convSide
	// products[pixel][row][column] is the sum over channels
	var products [convSide * convSide][3][3]frontend.Variable
	for p := range products {
		for dy := range 3 {
			for dx := range 3 {
				sum := frontend.Variable(0)
				for ch, e := range c.Net.Middle[dy][dx] {
					sum = api.Add(sum, api.Mul(e, x[p*c.Shape.channels+ch]))
				}
				products[p][dy][dx] = sum
			}
		}
	}
	shared := convSplit.Out / c.Shape.channels
	for y := range side {
		for left := 0; left < side; left += shared {
			all := frontend.Variable(0)
			for i := range shared {
				sum := c.Net.Biases[0]
				around(side, y, left+i, func(dy, dx, u, v int) {
					sum = api.Add(sum, products[u/2*convSide+v/2][dy][dx])
				})
				at := new(big.Int).Lsh(big.NewInt(1), uint(convDigit*c.Shape.channels*i))
				all = api.Add(all, api.Mul(sum, at))
			}
			out = append(out, convSplit.OutputsVar(api, []frontend.Variable{all})...)
		}
	}
	return out
}

// around calls visit for the 3×3 pixels around one that are in the picture.
func around(side, y, x int, visit func(dy, dx, u, v int)) {
	for dy := range 3 {
		for dx := range 3 {
			if u, v := y+dy-1, x+dx-1; u >= 0 && v >= 0 && u < side && v < side {
				visit(dy, dx, u, v)
			}
		}
	}
}

// last returns the pixels of 24×24 of those of 12×12.
func (c *convolutionCircuit) last(api frontend.API, x []frontend.Variable) []frontend.Variable {
	const half, side = 2 * convSide, 4 * convSide
	out := make([]frontend.Variable, side*side)
	bias := new(big.Int)
	for m := range wide {
		bias.SetBit(bias, convDigit*(m+2), 1)
	}
	for left := 0; left < side; left += wide {
		// products[row][tap row] is the sum over channels
		var products [half][3]frontend.Variable
		for i := range products {
			for dy := range 3 {
				products[i][dy] = 0
			}
			for ch := range c.Shape.channels {
				pixels := frontend.Variable(0)
				for j := range wide + 2 {
					if v := left + j - 1; v >= 0 && v < side {
						pixels = api.Add(pixels, api.Mul(x[(i*half+v/2)*c.Shape.channels+ch], new(big.Int).Lsh(big.NewInt(1), uint(convDigit*j))))
					}
				}
				for dy := range 3 {
					products[i][dy] = api.Add(products[i][dy], api.Mul(c.Net.Last[ch][dy], pixels))
				}
			}
		}
		for y := range side {
			sum := api.Mul(c.Net.Biases[1], bias)
			for dy := range 3 {
				if u := y + dy - 1; u >= 0 && u < side {
					sum = api.Add(sum, products[u/2][dy])
				}
			}
			copy(out[y*side+left:], splitLast(api, sum))
		}
	}
	return out
}

// splitLast returns the twelve outputs in the middle of a sum's digits.
func splitLast(api frontend.API, sum frontend.Variable) (out []frontend.Variable) {
	offset := new(big.Int)
	for k := range convSplit.Out {
		offset.SetBit(offset, convDigit*k+convDigit-1, 1)
	}
	digits := bits.Decompose(api, api.Add(sum, offset), convDigit*convSplit.Out)
	for k := 2; k < wide+2; k++ {
		out = append(out, convSplit.outputVar(api, digits[convDigit*k:convDigit*(k+1)]))
	}
	return out
}

func newConvolution(s convShape, claim, bound bool) *convolutionCircuit {
	c := &convolutionCircuit{Shape: s, X: make([]frontend.Variable, s.dense()[0].In), Claim: claim, Bound: bound, Hash: 0}
	for i, l := range s.dense() {
		c.Net.Bias[i] = make([]frontend.Variable, l.Groups())
		for range l.In {
			c.Net.From[i] = append(c.Net.From[i], make([]frontend.Variable, l.Groups()))
		}
	}
	for dy := range 3 {
		for dx := range 3 {
			c.Net.Middle[dy][dx] = make([]frontend.Variable, s.channels)
		}
	}
	c.Net.Last = make([][3]frontend.Variable, s.channels)
	if claim {
		c.Out = make([]frontend.Variable, 16*convSide*convSide+8)
	}
	return c
}

// denseCircuit is art/network's, or another shape.
type denseCircuit struct {
	Net   NetVar
	X     []frontend.Variable
	Hash  frontend.Variable
	Shape Shape `gnark:"-"`
	Bound bool  `gnark:"-"`
}

func (c *denseCircuit) Define(api frontend.API) error {
	if c.Bound {
		api.AssertIsEqual(c.Hash, poseidon.HashVar(api, poseidon.Network, c.Net.Elements()...))
	}
	_, err := c.Net.RunVar(api, c.Shape, nil, c.X)
	return err
}

// A plainConvolution is a network's numbers.
type plainConvolution struct {
	shape  convShape
	dense  [2]Weights
	middle Weights // inputs are (3·row + column)·channels + channel before
	last   Weights
}

// somePlainConvolution is one whose outputs are of all kinds.
func somePlainConvolution(s convShape, r *rand.Rand) *plainConvolution {
	some := func(in, out int, bias, most int64) (w Weights) {
		for range out {
			w.Bias = append(w.Bias, r.Int64N(2*bias))
		}
		for range in {
			row := make([]int64, out)
			for j := range row {
				row[j] = r.Int64N(2*most+1) - most
			}
			w.From = append(w.From, row)
		}
		return w
	}
	d, n := s.dense(), s.channels
	return &plainConvolution{
		shape:  s,
		dense:  [2]Weights{some(d[0].In, d[0].Out, 128, 5), some(d[1].In, d[1].Out, 1024, 40)},
		middle: some(9*n, n, 1024, 30),
		last:   some(9*n, 1, 1024, 50),
	}
}

// packed returns the elements.
func (p *plainConvolution) packed(t *testing.T) convolution[frontend.Variable] {
	n, channels := newConvolution(p.shape, false, false).Net, p.shape.channels
	for i, l := range p.shape.dense() {
		bias, from, err := l.Elements(p.dense[i], 15)
		if err != nil {
			t.Fatal(err)
		}
		n.Bias[i] = values(bias)
		for in, e := range from {
			n.From[i][in] = values(e)
		}
	}
	middle, taps := p.shape.convolved(channels), p.shape.convolved(3)
	for i, row := range p.middle.From {
		n.Middle[i/channels/3][i/channels%3][i%channels] = middle.Pack(row)[0]
	}
	n.Biases[0], n.Biases[1] = middle.Pack(p.middle.Bias)[0], p.last.Bias[0]
	for ch := range channels {
		for dy := range 3 {
			weight := func(dx int) int64 { return p.last.From[(3*dy+dx)*channels+ch][0] }
			n.Last[ch][dy] = taps.Pack([]int64{weight(2), weight(1), weight(0)})[0]
		}
	}
	return n
}

// outputs are those of the formula, pixel by pixel.
func (p *plainConvolution) outputs(x []int64) []int64 {
	for i, l := range p.shape.dense() {
		x = plain(l, p.dense[i], x)
	}
	convolve := func(w Weights, side int, x []int64) (out []int64) {
		l, channels := p.shape.convolved(len(w.Bias)), p.shape.channels
		for y := range side {
			for left := range side {
				in := make([]int64, l.In)
				around(side, y, left, func(dy, dx, u, v int) {
					copy(in[(3*dy+dx)*channels:], x[(u/2*side/2+v/2)*channels:][:channels])
				})
				out = append(out, plain(l, w, in)...)
			}
		}
		return out
	}
	small, scores := x[:p.shape.small()], x[p.shape.small():]
	return append(convolve(p.last, 4*convSide, convolve(p.middle, 2*convSide, small)), scores...)
}

// TestSlowConvolution_IsItsFormula: what is counted computes a convolution.
func TestSlowConvolution_IsItsFormula(t *testing.T) {
	r := random()
	for _, s := range []convShape{{24, 4}, {48, 8}} {
		c := circuittest.New(newConvolution(s, true, false)).WithoutPlonk()
		p, a := somePlainConvolution(s, r), newConvolution(s, true, false)
		a.Net = p.packed(t)
		x := make([]int64, len(a.X))
		for i := range x {
			x[i] = r.Int64N(16)
			a.X[i] = x[i]
		}
		want, kinds := p.outputs(x), map[int64]bool{}
		for j, z := range want {
			a.Out[j], kinds[z] = z, true
		}
		if len(kinds) < 12 {
			t.Errorf("only %d kinds of outputs", len(kinds))
		}
		c.AssertAccepted(t, "a convolution", a)
		a.Out[300] = (want[300] + 1) % 16
		c.AssertRefused(t, "another pixel", a, []string{"convolutionCircuit.Define/AssertIsEqual"})
	}
}

// TestSlowConvolution_Rows pins what the convolution costs beside dense networks: of as many numbers, and art/network's.
func TestSlowConvolution_Rows(t *testing.T) {
	count := func(circuit frontend.Circuit) int {
		cs, err := circuittest.New(circuit).Compile(r1cs.NewBuilder)
		if err != nil {
			t.Fatal(err)
		}
		return cs.GetNbConstraints()
	}
	type cost struct{ Numbers, Elements, Rows, Hash int }
	dense := func(s Shape) (c cost) {
		v, x := Placeholder(s), make([]frontend.Variable, s.Latents)
		c.Rows = count(&denseCircuit{Net: v, X: x, Shape: s})
		c.Hash = count(&denseCircuit{Net: v, X: x, Shape: s, Bound: true}) - c.Rows
		c.Numbers, c.Elements = s.Parameters(), len(v.Elements())
		return c
	}
	folded := func(s convShape) cost {
		c := cost{Numbers: s.numbers(), Rows: count(newConvolution(s, false, false))}
		bound := newConvolution(s, false, true)
		c.Hash, c.Elements = count(bound)-c.Rows, len(bound.Net.elements())
		return c
	}
	for name, c := range map[string]struct{ got, want cost }{
		"8 channels":              {folded(convShape{48, 8}), cost{15_977, 1_146, 45_056, 42_736}},
		"4 channels":              {folded(convShape{24, 4}), cost{4_393, 359, 29_016, 13_321}},
		"dense, of as many":       {dense(Shape{Latents: 16, First: 48, Second: 23, Pixels: 576, Scores: 4}), cost{15_959, 958, 12_267, 35_521}},
		"dense, as art/network's": {dense(Shape{Latents: 16, First: 96, Second: 48, Pixels: 576, Scores: 4}), cost{34_904, 2_124, 14_888, 78_811}},
	} {
		if c.got != c.want {
			t.Errorf("%s: %+v, want %+v", name, c.got, c.want)
		}
	}
}
