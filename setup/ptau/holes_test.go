package ptau

import (
	"errors"
	"runtime"
	"testing"
)

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// TestReadSequence_HolesCostNothing reads the first section of a file of power 28 that is
// one hole: it has the right length, and takes no memory.
func TestReadSequence_HolesCostNothing(t *testing.T) {
	const n = int64(1)<<29 - 1
	s := newStream(t.Context(), zeros{}, n*sizeG1, &Options{})
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := readSequence(s, &g1, section{id: 2, size: n * sizeG1}, n, checkTau); !errors.Is(err, errInfinity) {
		t.Errorf("got %v", err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<24 {
		t.Errorf("%d bytes were allocated", used)
	}
}
