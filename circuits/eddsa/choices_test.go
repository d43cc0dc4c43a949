package eddsa

import (
	"math/big"
	"testing"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// A signature has more than one witness, three ways. Each is tested to end in the same point: A'
// by TestHalve_ClearsTheStartsLowOrderPart, the other two here.

// A challenge h with h mod l from l − 2^250 to 2^250 has two readings, low and not. Their N differ by
// 2·l, so N·H is the same.
func TestMultiply_AcceptsBothReadings(t *testing.T) {
	_, half := halves(t)
	c := circuittest.New(&ladderCircuit{})
	for j := range int64(8) {
		for _, residue := range []*big.Int{high(), below(nbBits), new(big.Int).Add(high(), pow2(nbBits-2))} {
			h := new(big.Int).Add(residue, new(big.Int).Mul(order(), big.NewInt(j)))
			first := honestTrace(half, h)
			other := *first
			other.head[0].SetZero()
			digits := new(big.Int).Sub(residue, high())
			for i := range other.digits {
				other.digits[i] = signed(half[i%2], digits.Bit(i)).v
			}
			if first.head[0] != one || first.digits == other.digits {
				t.Fatalf("h = %v: the readings are one", h)
			}
			assignment, lie := first.told(fromInt(h))
			c.AssertAccepted(t, "low", assignment, lie)
			_, otherLie := other.told(fromInt(h))
			c.AssertAccepted(t, "not low, with the same result", assignment, otherLie)
		}
	}
}

// An odd n of absolute value from l − 2·12^69 to 8·12^69 has two sums of windows.
func TestMultiplyBase_AcceptsBothSums(t *testing.T) {
	tables := baseTables()
	last := tables[nbWindows-1]
	unit := last.multiples[0]
	c := circuittest.New(&baseCircuit{})
	lowest := new(big.Int).Sub(order(), new(big.Int).Lsh(unit, 1))
	lowest.Add(lowest, big.NewInt(2-int64(lowest.Bit(0)^1)))
	highest := new(big.Int).Sub(new(big.Int).Lsh(unit, 3), big.NewInt(1))
	for _, n := range []*big.Int{lowest, highest} {
		var traces []*baseTrace
		for k := 3; k <= 4; k++ {
			rest := new(big.Int).Sub(n, last.multiples[k])
			below := sumOf(tables[:nbWindows-1], rest)
			if rest.Sign() != 0 {
				t.Fatalf("n = %v: multiple %d of the last window leaves %v", n, k, rest)
			}
			traces = append(traces, &baseTrace{points: append(below, last.points[k]), lieRow: -1})
		}
		if traces[0].points[nbWindows-1] == traces[1].points[nbWindows-1] {
			t.Fatal("the sums are one")
		}
		assignment, lie := traces[0].told()
		c.AssertAccepted(t, "the first sum", assignment, lie)
		_, otherLie := traces[1].told()
		c.AssertAccepted(t, "the other sum, with the same result", assignment, otherLie)
	}
}

// sumOf returns points that sum to n·B, one of each table, and leaves in n what they do not reach.
func sumOf(tables []window, n *big.Int) []pointM {
	points := make([]pointM, len(tables))
	for i := len(tables) - 1; i >= 0; i-- {
		k := tables[i].digit(n)
		if points[i] = tables[i].points[k]; n.Sign() < 0 {
			points[i].v.Neg(&points[i].v)
			n.Add(n, tables[i].multiples[k])
		} else {
			n.Sub(n, tables[i].multiples[k])
		}
	}
	return points
}
