package model

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// A LayerVar is what a circuit sees of one layer: the path from the row drawn to the
// layer's hash. All of it is secret.
type LayerVar struct {
	Halves   [nbHalves]frontend.Variable   // hashes, of the layer's states
	Tables   [halfSize]frontend.Variable   // hashes, of the half drawn from
	Quarters [nbQuarters]frontend.Variable // hashes, of the table drawn from
	Totals   frontend.Variable             // packed, of the quarters' weights
	Groups   [nbGroups]frontend.Variable   // hashes, of the quarter drawn from
	Sums     frontend.Variable             // packed, of the groups' weights
	Values   [groupSize]frontend.Variable  // of the group drawn from
	Rows     frontend.Variable             // packed weights and next states
	Quarter  frontend.Variable             // index of the quarter
	Group    frontend.Variable             // index of the group in the quarter
	Row      frontend.Variable             // index of the row in the group
	Offset   frontend.Variable             // of u in the row's interval
}

// A ModelVar is what a circuit sees of a model for one token.
type ModelVar struct {
	Layers   []LayerVar
	Order    frontend.Variable // packed, of the layers that traits show
	Facts    []attribute.SlotVar
	Salt     frontend.Variable
	Artifact frontend.Variable // the hash of the artifact's digest
	Rows     []RowVar          // by trait, of an art size
}

// Placeholder returns an unfilled ModelVar.
func Placeholder(size statement.Size) ModelVar {
	m := ModelVar{
		Layers: make([]LayerVar, size.Layers),
		Facts:  make([]attribute.SlotVar, size.Facts),
	}
	if size.IsArt() {
		m.Rows = make([]RowVar, size.Layers)
	}
	for i := range m.Rows {
		m.Rows[i].Payload = make([]frontend.Variable, size.Payload())
	}
	return m
}

// ValueOf returns the assignment of m for one token.
func ValueOf(m *Model, size statement.Size, seed, beacon fr.Element, id uint64) (ModelVar, error) {
	t, err := newTree(m, size)
	if err != nil {
		return ModelVar{}, err
	}
	return t.valueOf(m.walk(draws(size.Layers, seed, beacon, id))), nil
}

func (t *tree) valueOf(choices []choice) ModelVar {
	v := ModelVar{Salt: t.model.Salt, Order: t.order, Artifact: artifactHash(t.model.Artifact)}
	for i, c := range choices {
		v.Layers = append(v.Layers, t.layers[i].valueOf(c))
	}
	for _, f := range t.facts {
		v.Facts = append(v.Facts, attribute.ValueOf(f))
	}
	if t.size.IsArt() {
		h := newHasher(t.size)
		for _, r := range t.model.rowsOf(choices) {
			v.Rows = append(v.Rows, h.valueOf(r))
		}
	}
	return v
}

func (n *layerNode) valueOf(c choice) LayerVar {
	half := int(c.state) / halfSize
	table := n.tables[half][int(c.state)%halfSize]
	v := table.valueOf(c.row/quarterSize, c.row%quarterSize/groupSize, c.row%groupSize, c.offset)
	return v.under(n.halves, n.hashes[half])
}

// valueOf returns the assignment of a layer from its table on.
func (n *tableNode) valueOf(quarter, group, row int, offset any) LayerVar {
	q := n.quarters[quarter]
	v := LayerVar{Totals: n.totals, Sums: q.sums, Rows: q.groups[group].rows,
		Quarter: quarter, Group: group, Row: row, Offset: offset}
	for i := range v.Quarters {
		v.Quarters[i] = n.hashes[i]
	}
	for i := range v.Groups {
		v.Groups[i] = q.hashes[i]
		v.Values[i] = q.groups[group].values[i]
	}
	return v
}

// under returns the assignment of a layer with the given tables.
func (l LayerVar) under(halves [nbHalves]fr.Element, tables [halfSize]fr.Element) LayerVar {
	for i := range halves {
		l.Halves[i] = halves[i]
	}
	for i := range tables {
		l.Tables[i] = tables[i]
	}
	return l
}

// CommitmentVar returns the commitment to m; native mirror: [Model.Commitment]. Of an art size,
// and of no other, it holds picture, what the drop fixes of pictures.
//
//	attribute.AssertSlots(facts)       so the mask stands for one set of presence bits
//	Hash(model, salt, Hash(layer, halves)_0..L-1, order, fact values, Σ present_i·2^i, artifact)
//	Hash(art, …, picture)
//
// 264 constraints a layer, 2 a fact, and the last hash.
func CommitmentVar(api frontend.API, m ModelVar, picture ...frontend.Variable) frontend.Variable {
	in := []frontend.Variable{m.Salt}
	for i := range m.Layers {
		in = append(in, poseidon.HashVar(api, poseidon.Layer, m.Layers[i].Halves[:]...))
	}
	in = append(in, m.Order)
	attribute.AssertSlots(api, m.Facts)
	present := make([]frontend.Variable, len(m.Facts))
	for i, f := range m.Facts {
		in = append(in, f.Value)
		present[i] = f.Present
	}
	in = append(in, bits.Number(api, present), m.Artifact)
	if len(picture) > 0 {
		return poseidon.HashVar(api, poseidon.Art, append(in, picture...)...)
	}
	return poseidon.HashVar(api, poseidon.Model, in...)
}

// A DrawnVar is what was drawn for a token.
type DrawnVar struct {
	Traits     []attribute.SlotVar   // one a layer
	Payloads   [][]frontend.Variable // by trait, of an art size
	Commitment frontend.Variable     // to the model they were drawn from
}

// DrawVar returns the token's traits and the commitment to the model they were drawn from;
// native mirrors: [Model.Draw], [Model.Commitment]. After it m.Facts are slots as
// [attribute.AssertSlots] has them. The caller binds the commitment, seed and beacon to the
// statement and range-checks id: another id is another token. An art size wants one picture,
// the commitment to what the drop fixes of pictures, and yields the payload of each trait's row.
//
// For given seed, beacon, id and commitment at most one list of traits and payloads has a proof,
// whatever tables the commitment hides. The draws depend on nothing else. By collision
// resistance the commitment fixes the layers; layer by layer the state fixes the table
// (see drawLayer), the draw fixes the row, and the row fixes the value, or the leaf and with it
// value and payload, and the state of the next layer. The commitment fixes, too, which layer
// each trait shows.
//
// 9,496, 24,407 and 60,144 constraints in the three sizes: 2,529 a layer, 264 (363 from 13
// layers on) for the elements of the draws and 353 to split each, and CommitmentVar; 460 more a
// layer where rows paint with ten elements.
func DrawVar(api frontend.API, size statement.Size, m ModelVar, seed, beacon, id frontend.Variable, picture ...frontend.Variable) (d DrawnVar, err error) {
	if err := m.validate(size, len(picture)); err != nil {
		return d, err
	}
	draws := drawsVar(api, size.Layers, seed, beacon, id)
	state := state0
	var values []frontend.Variable
	for i := range m.Layers {
		row := drawLayer(api, size, m.Layers[i], state, draws[i])
		values = append(values, row.value)
		if i+1 < len(m.Layers) {
			state = bits.Decompose(api, row.next(), nextBits)
		}
	}
	values = inOrder(api, size, m.Order, values)
	if size.IsArt() {
		values, d.Payloads = openVar(api, values, m.Rows)
	}
	for _, value := range values {
		d.Traits = append(d.Traits, attribute.SlotVar{Value: value, Present: attribute.PresentVar(api, value)})
	}
	d.Commitment = CommitmentVar(api, m, picture...)
	return d, nil
}

func (m ModelVar) validate(size statement.Size, pictures int) error {
	if len(m.Layers) != size.Layers || len(m.Facts) != size.Facts {
		return fmt.Errorf("model of %d layers and %d facts: size %s has %d and %d",
			len(m.Layers), len(m.Facts), size.Name, size.Layers, size.Facts)
	}
	if want := len(Placeholder(size).Rows); len(m.Rows) != want || size.IsArt() != (pictures == 1) {
		return fmt.Errorf("model of %d rows that paint and %d pictures: size %s has %d rows", len(m.Rows), pictures, size.Name, want)
	}
	return nil
}
