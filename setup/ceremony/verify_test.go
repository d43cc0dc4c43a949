package ceremony

import (
	"maps"
	"strings"
	"testing"
)

func assertRefused(t *testing.T, name string, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%s: got %v, want %q", name, err, want)
	}
}

func TestVerify_AcceptsAndWritesNothing(t *testing.T) {
	w := newWorld(t)
	for dir, final := range map[string]bool{w.dir: false, w.sealed: false, w.final: true} {
		before := snapshot(t, dir)
		r, err := w.verify(dir)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Attestations) != 3 || r.Attestations[1].Name != "bob" || r.Final != final || (r.Keys == nil) != (dir == w.dir) {
			t.Errorf("%s: %+v", dir, r)
		}
		if !maps.Equal(before, snapshot(t, dir)) {
			t.Errorf("%s was written into", dir)
		}
	}
}

// Whoever calls it, scan itself looks at no byte before the size is right.
func TestScan_RefusesOtherSizes(t *testing.T) {
	l := layoutPhase1(2)
	for _, n := range []int64{0, 1, l.size() - 1, l.size() + 1} {
		assertRefused(t, "size", l.scan(make([]byte, n), nil), "bytes, want")
	}
}
