package model

import (
	"math/big"
	"math/rand"
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// The package's rules once more, by big integers and without sharing any code.

func oracleDraws(n int, elements []*big.Int) []*big.Int {
	out := make([]*big.Int, n)
	for l := range out {
		shifted := new(big.Int).Rsh(elements[l/4], uint(47*(l%4)))
		out[l] = shifted.Mod(shifted, new(big.Int).Lsh(big.NewInt(1), 47))
	}
	return out
}

func oracleElements(n int, seed, beacon fr.Element, id uint64) []*big.Int {
	var out []*big.Int
	for _, e := range poseidon.Squeeze(poseidon.Draws, (n+3)/4, seed, beacon, fr.NewElement(id)) {
		out = append(out, e.BigInt(new(big.Int)))
	}
	return out
}

// oracleRow returns the first row whose end lies beyond u.
func oracleRow(table []Row, draw *big.Int) int {
	total := new(big.Int)
	for _, r := range table {
		total.Add(total, big.NewInt(int64(r.Weight)))
	}
	u := new(big.Int).Mul(draw, total)
	u.Rsh(u, 47)
	end := new(big.Int)
	for i, r := range table {
		if end.Add(end, big.NewInt(int64(r.Weight))); end.Cmp(u) > 0 {
			return i
		}
	}
	return -1
}

func oracleDraw(m *Model, size statement.Size, seed, beacon fr.Element, id uint64) []Row {
	var rows []Row
	state := 0
	for l, draw := range oracleDraws(size.Layers, oracleElements(size.Layers, seed, beacon, id)) { // in drawing order
		if l >= len(m.Layers) {
			rows = append(rows, Row{Weight: 1})
			continue
		}
		table := m.Layers[l].Tables[state]
		row := table[oracleRow(table, draw)]
		rows = append(rows, row)
		state = int(row.Next)
	}
	traits := make([]Row, len(rows))
	for i := range traits {
		traits[i] = rows[oracleLayer(m, i)]
	}
	return traits
}

// oracleLayer is the layer that trait i shows.
func oracleLayer(m *Model, i int) int {
	if m.Order == nil || i >= len(m.Layers) {
		return i
	}
	return m.Order[i]
}

// oracleSlot is the slot of a row.
func oracleSlot(r Row) attribute.Slot {
	if r.Text == "" {
		return attribute.Slot{Value: fr.Element{}, Present: false}
	}
	return attribute.Slot{Value: attribute.TextHash(r.Text), Present: true}
}

func oracleCommitment(m *Model, size statement.Size) fr.Element {
	in := []fr.Element{m.Salt}
	for l := range size.Layers {
		layer := Layer{Tables: [][]Row{{{Text: "", Weight: 1, Next: 0}}}}
		if l < len(m.Layers) {
			layer = m.Layers[l]
		}
		var tables []fr.Element
		for state := range 16 {
			var rows []Row
			if state < len(layer.Tables) {
				rows = layer.Tables[state]
			}
			tables = append(tables, oracleTable(rows))
		}
		in = append(in, poseidon.Hash(poseidon.Layer, poseidon.Hash(poseidon.Half, tables[:8]...), poseidon.Hash(poseidon.Half, tables[8:]...)))
	}
	order, width := new(big.Int), map[int]int{3: 2, 8: 3, 20: 5}[size.Layers]
	for i := range size.Layers {
		order.Add(order, new(big.Int).Mul(big.NewInt(int64(oracleLayer(m, i))), pow2(width*i)))
	}
	in = append(in, element(order))
	mask := new(big.Int)
	for i := range size.Facts {
		var f attribute.Slot
		if i < len(m.Facts) {
			f = m.Facts[i]
		}
		in = append(in, f.Value)
		if f.Present {
			mask.SetBit(mask, i, 1)
		}
	}
	var hi, lo fr.Element
	hi.SetBytes(m.Artifact[:16])
	lo.SetBytes(m.Artifact[16:])
	in = append(in, element(mask), poseidon.Hash(poseidon.Artifact, hi, lo))
	return poseidon.Hash(poseidon.Model, in...)
}

func oracleTable(rows []Row) fr.Element {
	var quarters []fr.Element
	totals := new(big.Int)
	for q := range 4 {
		hash, total := oracleQuarter(rows[min(64*q, len(rows)):min(64*q+64, len(rows))])
		quarters = append(quarters, hash)
		totals.Add(totals, new(big.Int).Mul(big.NewInt(total), pow2(33*q)))
	}
	return poseidon.Hash(poseidon.Table, append(quarters, element(totals))...)
}

func oracleQuarter(rows []Row) (hash fr.Element, total int64) {
	var groups []fr.Element
	sums := new(big.Int)
	for g := range 8 {
		var values []fr.Element
		words, sum := new(big.Int), int64(0)
		for r := range 8 {
			var value fr.Element
			if i := 8*g + r; i < len(rows) {
				value = oracleSlot(rows[i]).Value
				word := big.NewInt(int64(rows[i].Weight) + int64(rows[i].Next)<<27)
				words.Add(words, word.Mul(word, pow2(31*r)))
				sum += int64(rows[i].Weight)
			}
			values = append(values, value)
		}
		groups = append(groups, poseidon.Hash(poseidon.Rows, append(values, element(words))...))
		sums.Add(sums, new(big.Int).Mul(big.NewInt(sum), pow2(30*g)))
		total += sum
	}
	return poseidon.Hash(poseidon.Quarter, append(groups, element(sums))...), total
}

func pow2(n int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(n)) }

func element(x *big.Int) fr.Element {
	var e fr.Element
	e.SetBigInt(x)
	return e
}

func randomElement(rng *rand.Rand) fr.Element {
	return element(new(big.Int).Rand(rng, field))
}

// randomModel returns a valid model of any shape, with tables that are small and large,
// sparse and dense, flat and steep.
func randomModel(rng *rand.Rand, size statement.Size) *Model {
	m := &Model{Salt: randomElement(rng), Layers: make([]Layer, rng.Intn(size.Layers+1))}
	rng.Read(m.Artifact[:])
	for range rng.Intn(size.Facts + 1) {
		m.Facts = append(m.Facts, []attribute.Slot{{}, attribute.OfUint(rng.Uint64()), attribute.OfUint(0)}[rng.Intn(3)])
	}
	states := 1 + rng.Intn(MaxStates)
	for i := range m.Layers {
		following := 1
		if i+1 < len(m.Layers) {
			following = 1 + rng.Intn(MaxStates)
		}
		for range states {
			m.Layers[i].Tables = append(m.Layers[i].Tables, randomTable(rng, following))
		}
		states = following
	}
	if rng.Intn(2) == 0 {
		m.Order = rng.Perm(len(m.Layers))
	}
	return m
}

func randomTable(rng *rand.Rand, states int) []Row {
	rows := make([]Row, 1+rng.Intn(MaxRows))
	for i := range rows {
		rows[i] = Row{Text: strconv.Itoa(rng.Intn(100)), Next: uint8(rng.Intn(states))}
		if rng.Intn(5) == 0 {
			rows[i].Text = "" // absent
		}
		heaviest := min(MaxWeight, uint64(1)<<rng.Intn(28))
		if rng.Intn(4) > 0 {
			rows[i].Weight = uint32(rng.Uint64() % (heaviest + 1))
		}
	}
	if weightOf(rows) == 0 {
		rows[rng.Intn(len(rows))].Weight = 1
	}
	return rows
}
