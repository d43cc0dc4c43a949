//go:build !js

package sha256

import "github.com/consensys/gnark/frontend"

// schedule returns the 64 message words as integers: W_0..W_61 below 2^32, W_62 and
// W_63 loose. Words 1 to 61 are read by a σ and so are split into bits, two steps at a
// time; the last two are only added, and never reduced.
func schedule(api frontend.API, block [16]WordVar) (values [64]loose, err error) {
	var w [64]WordVar
	for t, word := range block {
		w[t], values[t] = word, word.value(api)
	}
	for t := 16; t < 62; t += 2 {
		if w[t], w[t+1], err = stepPair(api, &w, &values, t); err != nil {
			return values, err
		}
		values[t], values[t+1] = w[t].value(api), w[t+1].value(api)
	}
	for t := 62; t < 64; t++ {
		if values[t], err = stepSum(api, &w, &values, t); err != nil {
			return values, err
		}
		a, b := leftover(&w, t)
		xor := api.Sub(api.Add(a, b), api.Mul(api.Mul(2, a), b))
		values[t] = sum(api, values[t], loose{api.Mul(1<<leftoverLane, xor), 1 << leftoverLane})
	}
	return values, nil
}

// stepPair constrains W_t and W_{t+1}.
func stepPair(api frontend.API, w *[64]WordVar, values *[64]loose, t int) (first, second WordVar, err error) {
	var sums [2]loose
	var splits [2]split
	for i := range sums {
		if sums[i], err = stepSum(api, w, values, t+i); err != nil {
			return first, second, err
		}
		sums[i].max += 1 << leftoverLane
		if splits[i], err = splitOf(api, stepHint, i == 0, sums[i], w[t+i-15]); err != nil {
			return first, second, err
		}
	}
	a, b := leftover(w, t)
	c, d := leftover(w, t+1)
	z, err := xorPair(api, a, b, lambda, c, d)
	if err != nil {
		return first, second, err
	}
	assertXor2(api, z, a, b, 1<<(lambdaBits/2), c, d)
	assertPair(api, sums[0], sums[1], api.Mul(1<<leftoverLane, z), splits[0], splits[1])
	return splits[0].word, splits[1].word, nil
}

// leftoverLane is the lane of σ0 whose two-input XOR finds no partner in its own step.
const leftoverLane = 29

// leftover returns the two bits of W_{t-15} whose XOR [stepSum] leaves out.
func leftover(w *[64]WordVar, t int) (a, b frontend.Variable) {
	l := smallSigma0.lanes(leftoverLane)
	return w[t-15][l[0]], w[t-15][l[1]]
}

// An xorLane is a two-input XOR: a lane of σ1(W_{t-2}), or of σ0(W_{t-15}).
type xorLane struct {
	s    sigma
	back int
	lane int
}

// xorPairs are the two-input lanes of a step: a constraint takes two whose weights are
// in the ratio of a square, here 4 or 1.
var xorPairs = [6][2]xorLane{
	{{smallSigma1, 2, 22}, {smallSigma1, 2, 24}},
	{{smallSigma1, 2, 23}, {smallSigma1, 2, 25}},
	{{smallSigma1, 2, 26}, {smallSigma1, 2, 28}},
	{{smallSigma1, 2, 27}, {smallSigma1, 2, 29}},
	{{smallSigma1, 2, 30}, {smallSigma0, 15, 30}},
	{{smallSigma1, 2, 31}, {smallSigma0, 15, 31}},
}

// stepSum returns σ1(W_{t-2}) + W_{t-7} + σ0(W_{t-15}) + W_{t-16}, less the leftover lane.
func stepSum(api frontend.API, w *[64]WordVar, values *[64]loose, t int) (loose, error) {
	s0, err := smallSigmaVar(api, smallSigma0, w[t-15])
	if err != nil {
		return loose{}, err
	}
	s1, err := smallSigmaVar(api, smallSigma1, w[t-2])
	if err != nil {
		return loose{}, err
	}
	total := sum(api, s0, s1, values[t-7], values[t-16])
	for _, pair := range xorPairs {
		a, b := pair[0].bits(w, t)
		c, d := pair[1].bits(w, t)
		k := uint64(1) << ((pair[1].lane - pair[0].lane) / 2)
		z, err := xorPair(api, a, b, k*k, c, d)
		if err != nil {
			return loose{}, err
		}
		assertXor2(api, z, a, b, k, c, d)
		weight := uint64(1) << pair[0].lane
		total = sum(api, total, loose{api.Mul(weight, z), weight * (1 + k*k)})
	}
	return total, nil
}

func (x xorLane) bits(w *[64]WordVar, t int) (a, b frontend.Variable) {
	l := x.s.lanes(x.lane)
	return w[t-x.back][l[0]], w[t-x.back][l[1]]
}

// smallSigmaVar returns the lanes of σ(w) that XOR three bits, as an integer.
func smallSigmaVar(api frontend.API, s sigma, w WordVar) (loose, error) {
	lanes := 32 - s.r[2]
	x, err := sigmaLanes(api, s, w, lanes)
	if err != nil {
		return loose{}, err
	}
	for i := range x {
		l := s.lanes(i)
		assertXor3(api, x[i], w[l[0]], w[l[1]], w[l[2]])
	}
	return loose{weigh(api, x), 1<<lanes - 1}, nil
}
