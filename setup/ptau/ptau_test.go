package ptau

import (
	"testing"
)

// TestRead_Small reads what snarkjs made: two contributions and a beacon, power 3.
func TestRead_Small(t *testing.T) {
	srs, err := Read(t.Context(), "testdata/small.ptau", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if srs.FilePower != 3 || srs.Power != 3 || srs.Contributors != 3 || len(srs.Commons.G1.Tau) != 15 {
		t.Errorf("got power %d of %d, %d contributors, %d powers", srs.Power, srs.FilePower, srs.Contributors, len(srs.Commons.G1.Tau))
	}
	cut, err := Read(t.Context(), "testdata/small.ptau", Options{Power: 2})
	if err != nil {
		t.Fatal(err)
	}
	if cut.Power != 2 || len(cut.Commons.G1.Tau) != 7 || cut.Commons.G1.Tau[6] != srs.Commons.G1.Tau[6] {
		t.Error("the cut is no beginning of the whole")
	}
}
