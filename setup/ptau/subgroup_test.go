package ptau

import (
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// TestSumInSubgroup_FindsStrays in batches, at the edges, and two that cancel out.
func TestSumInSubgroup_FindsStrays(t *testing.T) {
	right, stray, minus := strays()
	c := coefficients([32]byte{1}, len(right))
	sum, inside, err := batchSum(right, c)
	var want bn254.G2Affine
	if _, err := want.MultiExp(right, c, ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	if err != nil || !inside || sum != want {
		t.Errorf("right points: got %t, %v, the right sum: %t", inside, err, sum == want)
	}
	for _, strays := range []map[int]bn254.G2Affine{
		nil,
		{0: stray}, {batchLeast - 1: stray}, {batchLeast: stray}, {len(right) - 1: stray}, {3: stray, 4: minus}, {batchLeast - 1: stray, batchLeast: minus},
	} {
		first := len(right)
		points := slices.Clone(right)
		for i, s := range strays {
			points[i].Add(&points[i], &s)
			first = min(first, i)
		}
		for _, chunk := range []int{0, batchLeast, 100} {
			sum, err := sumInSubgroup(newCounter(t.Context(), &Options{chunk: chunk}, PhaseSubgroup, len(points)), secTauG2, points, c)
			if strays == nil {
				if err != nil || sum != want {
					t.Errorf("no strays, chunks of %d: got %v, the right sum: %t", chunk, err, sum == want)
				}
			} else if want := fmt.Sprintf("section 3: point %d: %s", first, errSubgroup); err == nil || err.Error() != want {
				t.Errorf("strays at %v, chunks of %d: got %v, want %s", strays, chunk, err, want)
			}
		}
	}
}

// strays returns enough points of G2 for a batch, a point of an order that divides the cofactor, and minus that.
func strays() (right []bn254.G2Affine, stray, minus bn254.G2Affine) {
	right = make([]bn254.G2Affine, 2*batchLeast)
	for i := range right {
		right[i] = otherG2()
	}
	scale(right, number(1), number(3))
	inside := right[5]
	stray = outside(inside)
	stray.Sub(&stray, &inside)
	minus.Neg(&stray)
	return right, stray, minus
}

// TestBatchSum_LooksAtEveryDigit: two points that cancel out wherever their coefficients have the same digit, which is
// everywhere but in one place.
func TestBatchSum_LooksAtEveryDigit(t *testing.T) {
	right, stray, minus := strays()
	right[3].Add(&right[3], &stray)
	right[4].Add(&right[4], &minus)
	c := coefficients([32]byte{2}, len(right))
	c[4] = c[3]
	if _, inside, err := batchSum(right, c); err != nil || !inside {
		t.Fatalf("all digits the same: got %t, %v", inside, err)
	}
	for v := range nbDigits {
		for _, d := range []uint{0, digitBits - 1} {
			n := c[3].BigInt(new(big.Int))
			at := v*digitBits + int(d)
			c[4].SetBigInt(n.SetBit(n, at, 1-n.Bit(at)))
			if _, inside, err := batchSum(right, c); err != nil || inside {
				t.Errorf("digit %d: got %t, %v", v, inside, err)
			}
		}
	}
}

// TestCoefficients_AreHashesOfTheirSeed: 4 of them, as Python's hashlib makes them.
func TestCoefficients_AreHashesOfTheirSeed(t *testing.T) {
	seed := [32]byte{1, 2, 3}
	c := coefficients(seed, 4)
	for i, want := range []string{"1c2b07ece93678cc576a63a9f86680630", "3ed393cbed51dfbbbf53ff404b0e40e05", "34e70ba36a6fb3d70609d2751d4317266", "f8538adec7d1c6a84883ca35a25a81b6"} {
		if got := c[i].Text(16); got != want {
			t.Errorf("coefficient %d is %s", i, got)
		}
	}
	if other := coefficients(seed, 8); other[0] == c[0] {
		t.Error("two domains have one coefficient")
	}
	seed[31]++
	if other := coefficients(seed, 4); other[0] == c[0] || other[3] == c[3] {
		t.Error("two seeds have one coefficient")
	}
}

// TestCofactor_HasNoSmallFactor: what the batched test rests on.
func TestCofactor_HasNoSmallFactor(t *testing.T) {
	want, _ := new(big.Int).SetString("30644e72e131a029b85045b68181585e06ceecda572a2489345f2299c0f9fa8d", 16) // ffjavascript's
	if cofactor.Cmp(want) != 0 {
		t.Fatalf("got cofactor %x", cofactor)
	}
	for d := int64(2); d <= 10069; d++ {
		if divides := new(big.Int).Mod(cofactor, big.NewInt(d)).Sign() == 0; divides != (d == 10069) {
			t.Errorf("%d divides the cofactor: %t", d, divides)
		}
	}
	stray := bn254.GeneratePointNotInG2(bn254.E2{A0: fp.NewElement(5), A1: fp.NewElement(7)})
	var p bn254.G2Affine
	if p.FromJacobian(&stray); !p.IsOnCurve() || p.IsInSubGroup() {
		t.Fatal("no point outside of G2")
	}
	if p = clearCofactor(&p); !p.IsInfinity() {
		t.Error("the cofactor does not clear the cofactor")
	}
}
