package model

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// Commitment returns what a statement says about m.
func (m *Model) Commitment(size statement.Size) (fr.Element, error) {
	t, err := newTree(m, size)
	if err != nil {
		return fr.Element{}, err
	}
	return t.commitment(), nil
}

// A tree is a model hashed for one size.
type tree struct {
	model  *Model
	size   statement.Size
	layers []layerNode
	order  fr.Element       // packed, of the layers that traits show
	facts  []attribute.Slot // as many as the size has
}

type (
	layerNode struct {
		tables [nbHalves][halfSize]*tableNode
		hashes [nbHalves][halfSize]fr.Element // of the tables
		halves [nbHalves]fr.Element
		hash   fr.Element
	}
	tableNode struct {
		quarters [nbQuarters]*quarterNode
		hashes   [nbQuarters]fr.Element
		totals   fr.Element // packed, of the quarters' weights
		hash     fr.Element
	}
	quarterNode struct {
		groups [nbGroups]groupNode
		hashes [nbGroups]fr.Element
		sums   fr.Element // packed, of the groups' weights
		hash   fr.Element
	}
	groupNode struct {
		values [groupSize]fr.Element
		rows   fr.Element // packed weights and next states
		hash   fr.Element
	}
)

func newTree(m *Model, size statement.Size) (*tree, error) {
	if err := m.Validate(size); err != nil {
		return nil, err
	}
	h := newHasher(size)
	t := &tree{model: m, size: size}
	order := make([]uint64, size.Layers)
	for i := range size.Layers {
		t.layers = append(t.layers, h.layer(m.layer(i)))
		order[i] = uint64(m.layerOf(i))
	}
	t.order = pack(order, orderBits(size))
	for i := range size.Facts {
		t.facts = append(t.facts, m.fact(i))
	}
	return t, nil
}

func (t *tree) commitment() fr.Element {
	in := []fr.Element{t.model.Salt}
	for i := range t.layers {
		in = append(in, t.layers[i].hash)
	}
	in = append(in, t.order)
	var mask uint64
	for i, f := range t.facts {
		in = append(in, f.Value)
		if f.Present {
			mask |= 1 << i
		}
	}
	in = append(in, fr.NewElement(mask), artifactHash(t.model.Artifact))
	if t.size.IsArt() {
		return poseidon.Hash(poseidon.Art, append(in, t.model.Picture)...)
	}
	return poseidon.Hash(poseidon.Model, in...)
}

// artifactHash returns the element of an artifact's digest.
func artifactHash(digest [32]byte) fr.Element {
	high, low := statement.Limbs(digest)
	return poseidon.Hash(poseidon.Artifact, high, low)
}

// A hasher builds the nodes of one tree. It remembers what repeats: the tables of a
// layer's states mostly share their texts.
type hasher struct {
	size         statement.Size
	texts        map[string]fr.Element
	leaves       map[string]fr.Element
	emptyGroup   groupNode
	emptyQuarter *quarterNode
	emptyTable   *tableNode
}

func newHasher(size statement.Size) *hasher {
	h := &hasher{size: size, texts: map[string]fr.Element{}, leaves: map[string]fr.Element{}}
	h.emptyGroup = h.group(nil)
	h.emptyQuarter, _ = h.quarter(nil)
	h.emptyTable = h.table(nil)
	return h
}

func (h *hasher) layer(l Layer) layerNode {
	var n layerNode
	for i := range n.tables {
		for j := range n.tables[i] {
			n.tables[i][j] = h.emptyTable
			if state := i*halfSize + j; state < len(l.Tables) {
				n.tables[i][j] = h.table(l.Tables[state])
			}
			n.hashes[i][j] = n.tables[i][j].hash
		}
		n.halves[i] = poseidon.Hash(poseidon.Half, n.hashes[i][:]...)
	}
	n.hash = poseidon.Hash(poseidon.Layer, n.halves[:]...)
	return n
}

func (h *hasher) table(rows []Row) *tableNode {
	n := &tableNode{}
	totals := make([]uint64, nbQuarters)
	for i := range n.quarters {
		n.quarters[i] = h.emptyQuarter
		if first := i * quarterSize; first < len(rows) {
			n.quarters[i], totals[i] = h.quarter(rows[first:min(first+quarterSize, len(rows))])
		}
		n.hashes[i] = n.quarters[i].hash
	}
	n.totals = pack(totals, totalBits)
	n.hash = poseidon.Hash(poseidon.Table, append(n.hashes[:], n.totals)...)
	return n
}

func (h *hasher) quarter(rows []Row) (n *quarterNode, total uint64) {
	n = &quarterNode{}
	sums := make([]uint64, nbGroups)
	for i := range n.groups {
		n.groups[i] = h.emptyGroup
		if first := i * groupSize; first < len(rows) {
			members := rows[first:min(first+groupSize, len(rows))]
			n.groups[i] = h.group(members)
			sums[i] = weightOf(members)
		}
		n.hashes[i] = n.groups[i].hash
		total += sums[i]
	}
	n.sums = pack(sums, sumBits)
	n.hash = poseidon.Hash(poseidon.Quarter, append(n.hashes[:], n.sums)...)
	return n, total
}

func (h *hasher) group(rows []Row) groupNode {
	var n groupNode
	words := make([]uint64, groupSize)
	for i, r := range rows {
		n.values[i] = h.row(r)
		words[i] = uint64(r.Weight) | uint64(r.Next)<<weightBits
	}
	n.rows = pack(words, rowBits)
	n.hash = hashRows(h.size, append(n.values[:], n.rows)...)
	return n
}

func (h *hasher) text(s string) fr.Element {
	v, ok := h.texts[s]
	if !ok {
		v = SlotOf(s).Value
		h.texts[s] = v
	}
	return v
}

// weightOf returns the sum of the rows' weights.
func weightOf(rows []Row) (sum uint64) {
	for _, r := range rows {
		sum += uint64(r.Weight)
	}
	return sum
}

// pack returns Σ word_i · 2^(width·i), at most 248 bits.
func pack(words []uint64, width int) fr.Element {
	var sum, word big.Int
	for i, w := range words {
		word.SetUint64(w)
		sum.Or(&sum, word.Lsh(&word, uint(width*i)))
	}
	var e fr.Element
	e.SetBigInt(&sum) // no reduction
	return e
}
