// Package stat is the statistics of benchmark figures: median and spread, whether two sets
// of samples differ, and the line through points.
package stat

import (
	"math"
	"slices"
)

// Median returns the middle of the samples, the mean of the two middle ones if their
// number is even. There must be one at least.
func Median(samples []float64) float64 { return quantile(samples, 0.5) }

// Quartiles returns the bounds that half of the samples lie within, as [Spread] has them.
func Quartiles(samples []float64) (low, high float64) {
	return quantile(samples, 0.25), quantile(samples, 0.75)
}

// Spread returns the distance between the quartiles (interpolated between neighbours, as
// R's type 7 and NumPy do): half of the samples lie within it, and one outlier does not
// move it far.
func Spread(samples []float64) float64 { return quantile(samples, 0.75) - quantile(samples, 0.25) }

func quantile(samples []float64, q float64) float64 {
	if len(samples) == 0 {
		return math.NaN()
	}
	s := slices.Sorted(slices.Values(samples))
	at := q * float64(len(s)-1)
	low := int(at)
	if low+1 == len(s) {
		return s[low]
	}
	return s[low] + float64((at-float64(low))*(s[low+1]-s[low])) // the conversion forbids a fused rounding: one result on every machine
}

// maxExact bounds len(a)·len(b) up to which [Differ] counts every arrangement.
const maxExact = 400

// Differ returns the two-sided p-value of the Mann-Whitney U test: how likely samples as
// far apart as a and b are, or further, if both come from one distribution. It assumes no
// shape of that distribution. Without ties and up to 20 by 20 samples it is exact (the
// number of arrangements with each U, by the recurrence of Mann and Whitney, 1947); else
// it is the normal approximation with corrections for ties and continuity.
func Differ(a, b []float64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 1
	}
	u, ties := rankSum(a, b)
	n, m := float64(len(a)), float64(len(b))
	if ties == 0 && len(a)*len(b) <= maxExact {
		return exact(len(a), len(b), int(min(u, n*m-u)))
	}
	total := n + m
	deviation := math.Sqrt(n * m / 12 * (total + 1 - ties/(total*(total-1))))
	if deviation == 0 { // all samples are equal
		return 1
	}
	z := max(0, math.Abs(u-n*m/2)-0.5) / deviation
	return math.Erfc(z / math.Sqrt2)
}

// rankSum returns U, the number of pairs in which a's sample is the larger one (ties are
// halves), and Σ t³−t over groups of t equal samples.
func rankSum(a, b []float64) (u, ties float64) {
	for _, x := range a {
		for _, y := range b {
			if x > y {
				u++
			} else if x == y {
				u += 0.5
			}
		}
	}
	counts := map[float64]float64{}
	for _, x := range append(slices.Clone(a), b...) {
		counts[x]++
	}
	for _, t := range counts {
		ties += t*t*t - t
	}
	return u, ties
}

// exact returns the share of arrangements of n and m samples whose U is at most u, doubled.
func exact(n, m, u int) float64 {
	// count[j][k] arrangements of i and j samples have U = k; each ends with one of the
	// first kind, which is larger than all j others, or with one of the second.
	count := make([][]float64, m+1)
	for j := range count {
		count[j] = make([]float64, n*m+1)
		count[j][0] = 1
	}
	for i := 1; i <= n; i++ {
		next := make([][]float64, m+1)
		for j := range next {
			next[j] = make([]float64, n*m+1)
			for k := range next[j] {
				if k >= j {
					next[j][k] = count[j][k-j]
				}
				if j > 0 {
					next[j][k] += next[j-1][k]
				}
			}
		}
		count = next
	}
	var below, all float64
	for k, c := range count[m] {
		if all += c; k <= u {
			below += c
		}
	}
	return min(1, 2*below/all)
}

// A Line is y = Slope·x + Offset.
type Line struct {
	Slope, Offset float64
	R2            float64 // share of the variance of y that it explains
}

// Fit returns the line of least squares through points, false if they give none.
func Fit(x, y []float64) (Line, bool) {
	if len(x) != len(y) || len(x) < 2 {
		return Line{}, false
	}
	var meanX, meanY float64
	for i := range x {
		meanX += x[i] / float64(len(x))
		meanY += y[i] / float64(len(y))
	}
	var xx, xy, yy float64
	for i := range x {
		dx, dy := x[i]-meanX, y[i]-meanY
		xx, xy, yy = xx+dx*dx, xy+dx*dy, yy+dy*dy
	}
	if xx == 0 {
		return Line{}, false
	}
	l := Line{Slope: xy / xx, R2: 1}
	l.Offset = meanY - l.Slope*meanX
	if yy > 0 {
		l.R2 = xy * xy / (xx * yy)
	}
	return l, true
}
