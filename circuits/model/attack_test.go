package model

import (
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A hidden table is whatever the prover hashed: packed rows, sums and totals, each any field
// element. For a draw, at most one of its 256 rows may have a proof.
type hidden struct {
	rows   [nbQuarters][nbGroups]*big.Int
	sums   [nbQuarters]*big.Int
	totals *big.Int
}

// A place is a row's in its table.
type place struct{ quarter, group, row int }

// places returns all of them.
func places() (all []place) {
	for i := range MaxRows {
		all = append(all, place{i / 64, i / 8 % 8, i % 8})
	}
	return all
}

// start returns where a row's interval starts in its table, and the table's total.
func (h hidden) start(p place) (start, total *big.Int) {
	start, total = new(big.Int), new(big.Int)
	for j := range nbQuarters {
		if j == p.quarter {
			start.Set(total)
		}
		total.Add(total, slice(h.totals, 33*j, 33))
	}
	for j := range p.group {
		start.Add(start, slice(h.sums[p.quarter], 30*j, 30))
	}
	for i := range p.row {
		start.Add(start, slice(h.rows[p.quarter][p.group], 31*i, 27))
	}
	return start, total
}

// added returns the sum of n numbers that x packs.
func added(x *big.Int, n, step, width int) *big.Int {
	sum := new(big.Int)
	for i := range n {
		sum.Add(sum, slice(x, step*i, width))
	}
	return sum
}

// isProvable says over the integers what the constraints say about one row.
func (h hidden) isProvable(p place, draw uint64) bool {
	rows, sums := h.rows[p.quarter][p.group], h.sums[p.quarter]
	if h.totals.BitLen() > 132 || sums.BitLen() > 240 || rows.BitLen() > 248 ||
		added(sums, 8, 30, 30).Cmp(slice(h.totals, 33*p.quarter, 33)) != 0 ||
		added(rows, 8, 31, 27).Cmp(slice(sums, 30*p.group, 30)) != 0 {
		return false
	}
	start, total := h.start(p)
	u := new(big.Int).Mul(total, new(big.Int).SetUint64(draw))
	offset := u.Sub(u.Rsh(u, drawBits), start)
	return offset.Sign() >= 0 && offset.Cmp(slice(rows, 31*p.row, 27)) < 0
}

func slice(x *big.Int, from, n int) *big.Int {
	s := new(big.Int).Rsh(x, uint(from))
	return s.Mod(s, pow2(n))
}

// randomHidden returns tables from honest to garbage.
func randomHidden(rng *rand.Rand) hidden {
	h := hidden{totals: new(big.Int)}
	few := rng.Intn(2) == 0
	for q := range h.rows {
		var total int64
		h.sums[q] = new(big.Int)
		for g := range h.rows[q] {
			var sum int64
			h.rows[q][g], sum = randomGroup(rng, few)
			if rng.Intn(32) == 0 {
				sum = rng.Int63n(1 << 30) // says something else
			}
			h.sums[q] = plus(h.sums[q], sum, 30*g)
			total += sum
		}
		if rng.Intn(12) == 0 {
			total = rng.Int63n(1 << 33)
		}
		h.totals = plus(h.totals, total, 33*q)
	}
	h.spoil(rng)
	return h
}

func randomGroup(rng *rand.Rand, few bool) (rows *big.Int, sum int64) {
	rows = new(big.Int)
	for r := range groupSize {
		weight := []int64{0, 1, rng.Int63n(100), rng.Int63n(MaxWeight + 1), MaxWeight}[rng.Intn(5)]
		if few && rng.Intn(4) > 0 {
			weight = 0
		}
		rows = plus(rows, weight+rng.Int63n(16)<<27, 31*r)
		sum += weight
	}
	return rows, sum
}

// spoil puts in what packing never gives: the same group or quarter twice, fields that borrow
// from the next, elements with more bits.
func (h *hidden) spoil(rng *rand.Rand) {
	q, g := rng.Intn(nbQuarters), rng.Intn(nbGroups)
	switch rng.Intn(12) {
	case 0:
		for i := range h.rows[q] {
			h.rows[q][i] = h.rows[q][g]
		}
	case 1:
		h.sums[q] = plus(h.sums[q], -rng.Int63n(1<<30), 30*g)
	case 2:
		h.rows[q][g] = plus(h.rows[q][g], -rng.Int63n(1<<27), 31*g)
	case 3:
		h.rows[q][g] = new(big.Int).Rand(rng, field)
	case 4:
		h.sums[q] = new(big.Int).Rand(rng, field)
	case 5:
		h.sums[q] = plus(h.sums[q], rng.Int63n(8), 240)
	case 6:
		h.totals = plus(h.totals, -rng.Int63n(1<<33), 33*q)
	case 7:
		h.totals = plus(h.totals, rng.Int63n(8), 132)
	case 8:
		for i := range h.rows {
			h.rows[i], h.sums[i] = h.rows[q], h.sums[q]
		}
	}
	h.totals.Mod(h.totals, field)
	for q := range h.rows {
		h.sums[q] = new(big.Int).Mod(h.sums[q], field)
		for g := range h.rows[q] {
			h.rows[q][g] = new(big.Int).Mod(h.rows[q][g], field)
		}
	}
}

// provable returns all rows for which a draw has a proof.
func (h hidden) provable(draw uint64) (rows []place) {
	for _, p := range places() {
		if h.isProvable(p, draw) {
			rows = append(rows, p)
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
	for range 1500 {
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

// The same against the constraints: all 256 rows, each with the offsets a prover could
// hope for. The rows accepted are those of the paper.
func TestDrawLayer_LeavesNoChoice(t *testing.T) {
	rng := rand.New(rand.NewSource(9))
	var count [2]int
	for range 8 {
		h, draw := randomHidden(rng), randomDraw(rng)
		n := h.node()
		var accepted []place
		for _, p := range places() {
			if h.hasProof(t, n, p, draw) {
				accepted = append(accepted, p)
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
	var quarters [nbQuarters]*quarterNode
	for q := range quarters {
		var values [nbGroups][groupSize]fr.Element
		var rows [nbGroups]fr.Element
		for g := range rows {
			rows[g] = element(h.rows[q][g])
			for r := range values[g] {
				values[g][r].SetUint64(uint64(1 + 64*q + 8*g + r))
			}
		}
		quarters[q] = forge(values, rows, element(h.sums[q]))
	}
	return forgeTable(quarters, element(h.totals))
}

// hasProof tries the offset of the true u and its neighbour, the row's ends, and the
// offset of a u that divides with remainder 0 mod r.
func (h hidden) hasProof(t *testing.T, n *tableNode, p place, draw uint64) bool {
	t.Helper()
	start, total := h.start(p)
	product := new(big.Int).Mul(total, new(big.Int).SetUint64(draw))
	honest := new(big.Int).Rsh(product, drawBits)
	honest.Sub(honest, start)
	exact := new(big.Int).Mul(product, new(big.Int).ModInverse(pow2(drawBits), field))
	exact.Sub(exact, start)
	last := plus(slice(h.rows[p.quarter][p.group], 31*p.row, 27), -1, 0)
	for _, offset := range []*big.Int{honest, plus(honest, -1, 0), exact.Mod(exact, field), last, {}} {
		if isDrawn(t, n.at(11, p.quarter, p.group, p.row, offset), 11, draw) {
			return true
		}
	}
	return false
}
