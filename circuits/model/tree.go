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
	layers []layerNode
	facts  []attribute.Slot // as many as the size has
}

type (
	layerNode struct {
		tables [MaxStates]*tableNode
		hashes [MaxStates]fr.Element
		hash   fr.Element
	}
	tableNode struct {
		groups [nbGroups]groupNode
		hashes [nbGroups]fr.Element
		sums   fr.Element // packed
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
	h := hasher{texts: map[string]fr.Element{}}
	h.emptyGroup = h.group(nil)
	h.emptyTable = h.table(nil)
	t := &tree{model: m}
	for i := range size.Layers {
		t.layers = append(t.layers, h.layer(m.layer(i)))
	}
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
	var mask uint64
	for i, f := range t.facts {
		in = append(in, f.Value)
		if f.Present {
			mask |= 1 << i
		}
	}
	in = append(in, fr.NewElement(mask), artifactHash(t.model.Artifact))
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
	texts      map[string]fr.Element
	emptyGroup groupNode
	emptyTable *tableNode
}

func (h *hasher) layer(l Layer) layerNode {
	var n layerNode
	for i := range n.tables {
		n.tables[i] = h.emptyTable
		if i < len(l.Tables) {
			n.tables[i] = h.table(l.Tables[i])
		}
		n.hashes[i] = n.tables[i].hash
	}
	n.hash = poseidon.Hash(poseidon.Layer, n.hashes[:]...)
	return n
}

func (h *hasher) table(rows []Row) *tableNode {
	n := &tableNode{}
	var sums [nbGroups]uint32
	for i := range n.groups {
		n.groups[i] = h.emptyGroup
		if first := i * groupSize; first < len(rows) {
			members := rows[first:min(first+groupSize, len(rows))]
			n.groups[i] = h.group(members)
			for _, r := range members {
				sums[i] += r.Weight
			}
		}
		n.hashes[i] = n.groups[i].hash
	}
	n.sums = pack(sums, sumBits)
	n.hash = poseidon.Hash(poseidon.Table, append(n.hashes[:], n.sums)...)
	return n
}

func (h *hasher) group(rows []Row) groupNode {
	var n groupNode
	var words [groupSize]uint32
	for i, r := range rows {
		n.values[i] = h.text(r.Text)
		words[i] = r.Weight | uint32(r.Next)<<weightBits
	}
	n.rows = pack(words, rowBits)
	n.hash = poseidon.Hash(poseidon.Rows, append(n.values[:], n.rows)...)
	return n
}

func (h *hasher) text(s string) fr.Element {
	v, ok := h.texts[s]
	if !ok {
		v = attribute.TextHash(s)
		h.texts[s] = v
	}
	return v
}

// pack returns Σ word_i · 2^(width·i).
func pack(words [8]uint32, width uint) fr.Element {
	var sum, word big.Int
	for i, w := range words {
		word.SetUint64(uint64(w))
		sum.Or(&sum, word.Lsh(&word, width*uint(i)))
	}
	var e fr.Element
	e.SetBigInt(&sum) // 248 bits: no reduction
	return e
}
