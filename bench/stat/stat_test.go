package stat

import (
	"math"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(b)) }

// The wanted values were computed by hand.
func TestMedianAndSpread_ByHand(t *testing.T) {
	for _, c := range []struct {
		samples        []float64
		median, spread float64
	}{
		{[]float64{7}, 7, 0},
		{[]float64{3, 1}, 2, 1},                       // quartiles 1.5 and 2.5
		{[]float64{5, 1, 3}, 3, 2},                    // 2 and 4
		{[]float64{4, 1, 3, 2}, 2.5, 1.5},             // 1.75 and 3.25
		{[]float64{10, 20, 30, 40, 5000}, 30, 20},     // an outlier moves neither
		{[]float64{1, 1, 1, 1, 1, 9}, 1, 0},           //
		{[]float64{0.5, 0.25, 0.75, 1}, 0.625, 0.375}, // 0.4375 and 0.8125
	} {
		if m, s := Median(c.samples), Spread(c.samples); !near(m, c.median) || !near(s, c.spread) {
			t.Errorf("%v: median %v, spread %v, want %v and %v", c.samples, m, s, c.median, c.spread)
		}
	}
	if !math.IsNaN(Median(nil)) {
		t.Error("nothing has a median")
	}
}

func TestMedian_LeavesTheSamplesInTheirOrder(t *testing.T) {
	s := []float64{3, 1, 2}
	if Median(s); s[0] != 3 {
		t.Error("the samples were sorted")
	}
}

// The wanted values: arrangements counted by hand, and the tables of Mann and Whitney (1947).
func TestDiffer_ExactValues(t *testing.T) {
	for _, c := range []struct {
		a, b []float64
		want float64
	}{
		{[]float64{1}, []float64{2}, 1},                                  // 2·1/2
		{[]float64{1, 2}, []float64{3, 4}, 2.0 / 6},                      // 1 of C(4,2), twice
		{[]float64{1, 2, 3}, []float64{4, 5, 6}, 2.0 / 20},               // 1 of C(6,3)
		{[]float64{1, 2, 4}, []float64{3, 5, 6}, 4.0 / 20},               // U = 1: 2 arrangements
		{[]float64{1, 2, 3, 4, 5}, []float64{6, 7, 8, 9, 10}, 2.0 / 252}, // 1 of C(10,5)
		{[]float64{6, 7, 8, 9, 10}, []float64{1, 2, 3, 4, 5}, 2.0 / 252}, // either side
		{[]float64{1, 2, 3, 4, 6}, []float64{5, 7, 8, 9, 10}, 4.0 / 252}, // U = 1
		{[]float64{1, 2, 3, 5, 6}, []float64{4, 7, 8, 9, 10}, 8.0 / 252}, // U = 2: 1+1+2
		{[]float64{1, 4, 5, 8}, []float64{2, 3, 6, 7}, 1},                // U = 8, the middle
		{nil, []float64{1}, 1},
	} {
		if got := Differ(c.a, c.b); !near(got, c.want) {
			t.Errorf("%v against %v: p = %v, want %v", c.a, c.b, got, c.want)
		}
	}
}

func TestDiffer_TiesAreApproximated(t *testing.T) {
	if p := Differ([]float64{1, 1, 1}, []float64{1, 1, 1}); p != 1 {
		t.Errorf("equal samples differ, p = %v", p)
	}
	// U = 1/2, mean 8, σ² = 16/12·(9 − 18/56) = 11.5714, z = 7/3.40168 = 2.05781; normal tables
	if p := Differ([]float64{1, 1, 2, 3}, []float64{3, 4, 5, 5}); math.Abs(p-0.0396) > 1e-4 {
		t.Errorf("p = %v", p)
	}
}

func TestFit_ByHand(t *testing.T) {
	l, ok := Fit([]float64{1, 2, 3, 4}, []float64{3, 5, 7, 9})
	if !ok || !near(l.Slope, 2) || !near(l.Offset, 1) || !near(l.R2, 1) {
		t.Errorf("%+v, %v", l, ok)
	}
	// xx = 2, xy = 3, yy = 14/3: slope 1.5, offset 2/3, R² = 9/(28/3)
	l, ok = Fit([]float64{0, 1, 2}, []float64{1, 2, 4})
	if !ok || !near(l.Slope, 1.5) || !near(l.Offset, 7.0/3-1.5) || !near(l.R2, 4.5/(14.0/3)) {
		t.Errorf("%+v, %v", l, ok)
	}
	for _, x := range [][]float64{nil, {1}, {2, 2}} {
		if _, ok := Fit(x, make([]float64, len(x))); ok {
			t.Errorf("%v gave a line", x)
		}
	}
}
