package report

import (
	"math"
	"slices"

	"github.com/wcharczuk/go-chart/v2"
)

// An axis says what values are where. A logarithmic one has their logarithms as coordinates.
type axis struct {
	log      bool
	values   []float64 // of the ticks, the first and last of which are its ends
	low, top float64   // the coordinates of these
}

// axisOf returns an axis for values: from 0 if it is linear, else between round values;
// ticks, unless it is nil, are the only values there are.
func axisOf(log bool, values, only []float64) axis {
	a := axis{log: log, values: only}
	if len(values) == 0 {
		values = []float64{1}
	}
	switch {
	case log && only == nil:
		a.values = decades(slices.Min(values), slices.Max(values))
	case log && len(only) == 1:
		a.values = []float64{only[0], 2 * only[0]}
	case !log && only != nil:
		a.values = append([]float64{0}, only...)
	case !log:
		a.values = ticks(slices.Max(values))
	}
	a.low, a.top = a.at(a.values[0]), a.at(a.values[len(a.values)-1])
	return a
}

// at is a value's coordinate.
func (a axis) at(v float64) float64 {
	if a.log {
		return math.Log10(v)
	}
	return v
}

// has reports whether a value is on the axis.
func (a axis) has(v float64) bool {
	c := a.at(v)
	return c >= a.low && c <= a.top && !math.IsNaN(c)
}

// pixel is how far along an axis of that length a value is.
func (a axis) pixel(v float64, length int) int {
	return int(math.Round((a.at(v) - a.low) / (a.top - a.low) * float64(length)))
}

func (a axis) ticks(format func(float64) string) (list []chart.Tick) {
	for _, v := range a.values {
		list = append(list, chart.Tick{Value: a.at(v), Label: format(v)})
	}
	return list
}

func (a axis) of() chart.Range { return &chart.ContinuousRange{Min: a.low, Max: a.top} }

// maxTicks are on a logarithmic axis.
const maxTicks = 11

// decades returns round values from one that is at most low to one that is at least top,
// which are positive: 1, 2 and 5 of each decade, or 1 alone where those would be too many.
func decades(low, top float64) []float64 {
	for _, factors := range [][]float64{{1, 2, 5}, {1}} {
		var all []float64
		for power := math.Floor(math.Log10(low)); power <= math.Ceil(math.Log10(top))+1; power++ {
			for _, f := range factors {
				all = append(all, f*math.Pow(10, power))
			}
		}
		const rounding = 1e-9 // of 10 to a power
		first, last := 0, len(all)-1
		for first+1 < len(all) && all[first+1] <= low*(1+rounding) {
			first++
		}
		for last-1 > first && all[last-1] >= top*(1-rounding) {
			last--
		}
		if last-first < maxTicks || len(factors) == 1 {
			return all[first : last+1]
		}
	}
	return nil
}
