package model

import (
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A hidden table is whatever the prover hashed: eight packed rows and packed sums, each
// any field element. For a draw, at most one of its 64 rows may have a proof.
type hidden struct {
	rows [nbGroups]*big.Int
	sums *big.Int
}

// place returns where a row's interval starts in its table, and the table's total.
func (h hidden) place(group, row int) (start, total *big.Int) {
	start, total = new(big.Int), new(big.Int)
	for j := range nbGroups {
		if j == group {
			start.Set(total)
		}
		total.Add(total, slice(h.sums, 31*j, 31))
	}
	for i := range row {
		start.Add(start, slice(h.rows[group], 31*i, 28))
	}
	return start, total
}

// isProvable says over the integers what the constraints say about one row.
func (h hidden) isProvable(group, row int, draw uint64) bool {
	sum := new(big.Int)
	for i := range groupSize {
		sum.Add(sum, slice(h.rows[group], 31*i, 28))
	}
	if h.sums.BitLen() > 248 || h.rows[group].BitLen() > 248 || sum.Cmp(slice(h.sums, 31*group, 31)) != 0 {
		return false
	}
	start, total := h.place(group, row)
	u := new(big.Int).Mul(total, new(big.Int).SetUint64(draw))
	offset := u.Sub(u.Rsh(u, drawBits), start)
	return offset.Sign() >= 0 && offset.Cmp(slice(h.rows[group], 31*row, 28)) < 0
}

func slice(x *big.Int, from, n int) *big.Int {
	s := new(big.Int).Rsh(x, uint(from))
	return s.Mod(s, pow2(n))
}

// randomHidden returns tables from honest to garbage.
func randomHidden(rng *rand.Rand) hidden {
	h := hidden{sums: new(big.Int)}
	few := rng.Intn(2) == 0
	for g := range h.rows {
		h.rows[g] = new(big.Int)
		var sum int64
		for r := range groupSize {
			weight := []int64{0, 1, rng.Int63n(100), rng.Int63n(MaxWeight + 1), MaxWeight}[rng.Intn(5)]
			if few && rng.Intn(4) > 0 {
				weight = 0
			}
			h.rows[g].Add(h.rows[g], new(big.Int).Mul(big.NewInt(weight+rng.Int63n(8)<<28), pow2(31*r)))
			sum += weight
		}
		if rng.Intn(8) == 0 {
			sum = rng.Int63n(1 << 31) // says something else
		}
		h.sums.Add(h.sums, new(big.Int).Mul(big.NewInt(sum), pow2(31*g)))
	}
	h.spoil(rng)
	return h
}

// spoil puts in what packing never gives: the same group twice, fields that borrow from
// the next, elements of more than 248 bits.
func (h *hidden) spoil(rng *rand.Rand) {
	g := rng.Intn(nbGroups)
	switch rng.Intn(8) {
	case 0:
		for i := range h.rows {
			h.rows[i] = h.rows[g]
		}
	case 1:
		h.sums = plus(h.sums, -rng.Int63n(1<<31), 31*g)
	case 2:
		h.rows[g] = plus(h.rows[g], -rng.Int63n(1<<28), 31*g)
	case 3:
		h.rows[g] = new(big.Int).Rand(rng, field)
	case 4:
		h.sums = new(big.Int).Rand(rng, field)
	case 5:
		h.sums = plus(h.sums, rng.Int63n(8), 248)
	}
	h.sums.Mod(h.sums, field)
	for i := range h.rows {
		h.rows[i] = new(big.Int).Mod(h.rows[i], field)
	}
}

// provable returns all rows for which a draw has a proof.
func (h hidden) provable(draw uint64) (rows [][2]int) {
	for g := range nbGroups {
		for r := range groupSize {
			if h.isProvable(g, r, draw) {
				rows = append(rows, [2]int{g, r})
			}
		}
	}
	return rows
}

func randomDraw(rng *rand.Rand) uint64 {
	return []uint64{0, 1<<drawBits - 1, rng.Uint64() >> (64 - drawBits), rng.Uint64() >> (64 - drawBits)}[rng.Intn(4)]
}

func TestDrawLayer_LeavesNoChoiceOnPaper(t *testing.T) {
	rng := rand.New(rand.NewSource(3))
	var count [2]int
	for range 4000 {
		h := randomHidden(rng)
		for range 4 {
			rows := h.provable(randomDraw(rng))
			if len(rows) > 1 {
				t.Fatalf("rows %v have a proof: %v", rows, h)
			}
			count[len(rows)]++
		}
	}
	if count[0] < 1000 || count[1] < 1000 {
		t.Errorf("%d draws without and %d with a row: the tables test little", count[0], count[1])
	}
}

// The same against the constraints: all 64 rows, each with the offsets a prover could
// hope for. The rows accepted are those of the paper.
func TestDrawLayer_LeavesNoChoice(t *testing.T) {
	rng := rand.New(rand.NewSource(4))
	var count [2]int
	for range 8 {
		h, draw := randomHidden(rng), randomDraw(rng)
		n := h.node()
		var accepted [][2]int
		for g := range nbGroups {
			for r := range groupSize {
				if h.hasProof(t, n, g, r, draw) {
					accepted = append(accepted, [2]int{g, r})
				}
			}
		}
		want := h.provable(draw)
		if !slices.Equal(accepted, want) {
			t.Errorf("rows %v accepted, want %v", accepted, want)
		}
		count[len(want)]++
	}
	if count[0] < 2 || count[1] < 2 {
		t.Errorf("%d draws without and %d with a row: the tables test little", count[0], count[1])
	}
}

func (h hidden) node() *tableNode {
	var values [nbGroups][groupSize]fr.Element
	var rows [nbGroups]fr.Element
	for g := range rows {
		rows[g] = element(h.rows[g])
		for r := range values[g] {
			values[g][r].SetUint64(uint64(1 + 8*g + r))
		}
	}
	return forge(values, rows, element(h.sums))
}

// hasProof tries the offset of the true u and its neighbour, the row's ends, and the
// offset of a u that divides with remainder 0 mod r.
func (h hidden) hasProof(t *testing.T, n *tableNode, group, row int, draw uint64) bool {
	t.Helper()
	start, total := h.place(group, row)
	product := new(big.Int).Mul(total, new(big.Int).SetUint64(draw))
	honest := new(big.Int).Rsh(product, drawBits)
	honest.Sub(honest, start)
	exact := new(big.Int).Mul(product, new(big.Int).ModInverse(pow2(drawBits), field))
	exact.Sub(exact, start)
	last := plus(slice(h.rows[group], 31*row, 28), -1, 0)
	for _, offset := range []*big.Int{honest, plus(honest, -1, 0), exact.Mod(exact, field), last, {}} {
		if isDrawn(t, n.valueOf(alone(n, 3), group, row, offset), 3, draw) {
			return true
		}
	}
	return false
}
