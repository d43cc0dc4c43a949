package network

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

var small = Shape{Latents: 5, First: 12, Second: 9, Pixels: 20, Scores: 2}

// someDense are layers of these widths, with weights below most.
func someDense(r *rand.Rand, most int64, shifts []int, widths ...int) (out []Dense) {
	for i, n := range widths[1:] {
		d := Dense{Shift: shifts[i], Act: actBits, Weights: Weights{Bias: make([]int64, n)}}
		for j := range d.Bias {
			d.Bias[j] = r.Int64N(40) - 20
		}
		for range widths[i] {
			row := make([]int64, n)
			for j := range row {
				row[j] = r.Int64N(2*most+1) - most
			}
			d.From = append(d.From, row)
		}
		out = append(out, d)
	}
	return out
}

// asIs runs layers over plain numbers.
func asIs(layers []Dense, x []int64) []int64 {
	for _, d := range layers {
		x = Layer{In: len(d.From), Out: len(d.Bias), Digit: 40, Shift: d.Shift, Act: d.Act}.Outputs(d.Weights, x)
	}
	return x
}

// Networks of the shape's depth and of one layer less, of its widths and of smaller ones, and with
// smaller shifts, say what they say as they are.
func TestFit_ChangesNothing(t *testing.T) {
	r := random()
	groups := []int{3, 1, 4}
	for name, layers := range map[string][]Dense{
		"whole":         someDense(r, 30, []int{4, 7, 7}, 8+5, 12, 9, 24),
		"narrow":        someDense(r, 30, []int{4, 7, 7}, 8+2, 7, 4, 20),
		"small shifts":  someDense(r, 6, []int{2, 5, 4}, 8+5, 12, 9, 22),
		"no latents":    someDense(r, 30, []int{3, 7, 6}, 8, 12, 9, 20),
		"of two layers": someDense(r, 20, []int{4, 7}, 8+5, 9, 24),
	} {
		net, payloads, err := small.Fit(groups, layers)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for range 50 {
			latents := make([]int64, small.Latents)
			for i := range latents {
				latents[i] = r.Int64N(16)
			}
			var drawn [][]fr.Element
			var x []int64
			for i, n := range groups {
				row := r.IntN(n)
				drawn = append(drawn, payloads[i][row])
				for k := range n {
					x = append(x, map[bool]int64{true: 1}[k == row])
				}
			}
			x = append(x, latents...)[:len(layers[0].From)]
			got, err := net.Run(small, drawn, latents)
			if err != nil {
				t.Fatal(err)
			}
			for j, want := range asIs(layers, x) {
				if got[j] != want {
					t.Fatalf("%s: output %d is %d, want %d", name, j, got[j], want)
				}
			}
		}
	}
}

func TestFit_RefusesWhatDoesNot(t *testing.T) {
	groups := []int{3, 1, 4}
	good := func() []Dense { return someDense(random(), 30, []int{4, 7, 7}, 8+5, 12, 9, 24) }
	for name, c := range map[string]struct {
		change func(d []Dense) []Dense
		want   string
	}{
		"one layer":         {func(d []Dense) []Dense { return d[:1] }, "1 layers"},
		"four layers":       {func(d []Dense) []Dense { return append(d, d[2]) }, "4 layers"},
		"too few inputs":    {func(d []Dense) []Dense { d[0].From = d[0].From[:7]; return d }, "layer 1 has 7 inputs"},
		"too many latents":  {func(d []Dense) []Dense { d[0].From = append(d[0].From, d[0].From[0]); return d }, "layer 1 has 14 inputs"},
		"a pixel less":      {func(d []Dense) []Dense { return someDense(random(), 30, []int{4, 7, 7}, 13, 12, 9, 19) }, "19 outputs"},
		"half a score":      {func(d []Dense) []Dense { return someDense(random(), 30, []int{4, 7, 7}, 13, 12, 9, 23) }, "23 outputs"},
		"a wide layer":      {func(d []Dense) []Dense { return someDense(random(), 30, []int{4, 7, 7}, 13, 13, 9, 24) }, "layer 1 has 13 outputs"},
		"a larger shift":    {func(d []Dense) []Dense { d[0].Shift = 5; return d }, "layer 1 is shifted by 5"},
		"outputs of 8 bits": {func(d []Dense) []Dense { d[1].Act = 8; return d }, "layer 2 has outputs of 8 bits"},
		"a sum too large":   {func(d []Dense) []Dense { d[2].From[3][7] = 600; return d }, "layer 3: network's layer: output 7 "},
		"a row too large":   {func(d []Dense) []Dense { d[0].From[2][5] = -40000; return d }, "layer 1, with the largest row of each trait: network's layer: output 5 "},
		"an input too much": {func(d []Dense) []Dense { d[1].From = append(d[1].From, d[1].From[0]); return d }, "layer 2 has 13 inputs"},
	} {
		if _, _, err := small.Fit(groups, c.change(good())); !errors.Is(err, ErrLayer) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Two rows of a trait whose weights would overflow together are fine: one of them counts.
func TestFit_CountsOneRowOfATrait(t *testing.T) {
	layers := someDense(random(), 1, []int{4, 7, 7}, 8, 12, 9, 20)
	layers[0].From[0][0], layers[0].From[1][0] = 30000, -30000
	if _, _, err := small.Fit([]int{3, 1, 4}, layers); err != nil {
		t.Error(err)
	}
	layers[0].From[3][0] = 3000
	if _, _, err := small.Fit([]int{3, 1, 4}, layers); !errors.Is(err, ErrLayer) {
		t.Error("two traits that overflow together:", err)
	}
}

func TestRun_RefusesWhatHasNoProof(t *testing.T) {
	net, payloads, err := small.Fit([]int{1}, someDense(random(), 30, []int{4, 7, 7}, 1+5, 12, 9, 20))
	if err != nil {
		t.Fatal(err)
	}
	net.Bias[1][0].SetInt64(-1)
	net.Bias[1][0].Halve()
	if _, err := net.Run(small, [][]fr.Element{payloads[0][0]}, make([]int64, 5)); !errors.Is(err, ErrLayer) {
		t.Error(err)
	}
	if _, err := net.Run(small, [][]fr.Element{payloads[0][0]}, make([]int64, 4)); !errors.Is(err, ErrLayer) {
		t.Error("a latent less:", err)
	}
}

func TestLatentsOf_AreBelow16AndSpread(t *testing.T) {
	s := Shape{Latents: MaxLatents}
	count := make([]int, 16)
	for id := range uint64(200) {
		for _, x := range s.LatentsOf(fr.NewElement(3), fr.NewElement(4), id) {
			count[x]++
		}
	}
	for x, n := range count {
		if n < 400 || n > 800 { // 587.5 of 9,400, a deviation of 23
			t.Errorf("%d occurs %d times", x, n)
		}
	}
}
