//go:build !js

package deck

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/compile"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/selector"
	"github.com/genproof/genproof/circuits/statement"
)

// A StatementVar is a [Statement] inside a circuit: its public inputs, in order.
type StatementVar struct {
	Model     frontend.Variable `gnark:",public"`
	Policy    frontend.Variable `gnark:",public"`
	List      frontend.Variable `gnark:",public"`
	Challenge frontend.Variable `gnark:",public"`
	Value     frontend.Variable `gnark:",public"`
}

// A Circuit proves a batch of a deck: everything but the statement is secret.
type Circuit struct {
	StatementVar
	Cards    []CardVar
	Facts    []SealedVar
	Program  policy.ProgramVar
	Home     frontend.Variable
	N        frontend.Variable
	Place    []frontend.Variable   // the batch's number in bits, three a level, the lowest first
	Children [][]frontend.Variable // eight a level, from the batches up
	Size     statement.Size        `gnark:"-"`
}

// A SealedVar is a [Sealed] slot inside a circuit.
type SealedVar struct {
	Slot attribute.SlotVar
	Salt frontend.Variable
}

// A CardVar is a [Place] inside a circuit.
type CardVar struct {
	Slots     []SealedVar
	High, Low frontend.Variable // the halves of [Card.Halves]
}

// Define is the statement: the cards are what they are, the deck holds them, the policy holds
// for each, and the list says so.
func (c *Circuit) Define(api frontend.API) error {
	roots, hashes := c.assertCards(api)
	first := c.assertDeck(api, hashes)
	if err := c.assertPolicy(api); err != nil {
		return err
	}
	c.assertList(api, first, roots)
	return nil
}

// assertCards constrains every slot to be one, and returns the cards' roots and hashes.
func (c *Circuit) assertCards(api frontend.API) (roots, hashes []frontend.Variable) {
	for _, card := range c.Cards {
		attribute.AssertSlots(api, SlotVars(card.Slots))
		root := attribute.RootVar(api, LeafVars(api, card.Slots))
		roots = append(roots, root)
		hashes = append(hashes, CardHashVar(api, root, card.High, card.Low))
	}
	return roots, hashes
}

// assertDeck binds input 0, and returns the number of the batch's first card. The schema is the
// policy's: one wire, so the deck's values mean what the policy takes them for.
//
//	Children_l[place's digit] = the batch, or the node of the level below
//	model = Hash(deck-SIZE, schema, home, N, tree, facts)
func (c *Circuit) assertDeck(api frontend.API, cards []frontend.Variable) (first frontend.Variable) {
	node := BatchHashVar(api, cards)
	first = 0
	for l, children := range c.Children {
		digit := c.Place[3*l : 3*l+3]
		for i, bit := range digit {
			api.AssertIsBoolean(bit)
			first = api.Add(first, api.Mul(bit, uint64(c.Size.Cards)<<(3*l+i)))
		}
		selector.AssertChoice(api, children, digit, node)
		node = NodeHashVar(api, children)
	}
	attribute.AssertSlots(api, SlotVars(c.Facts))
	api.AssertIsEqual(c.Model, ModelVar(api, c.Size, c.Program.Schema, c.Home, c.N, node, FactsRootVar(api, c.Facts)))
	return first
}

// CardHashVar returns a card's hash; native mirror: [Card.Hash].
func CardHashVar(api frontend.API, root, high, low frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Card, root, high, low)
}

// BatchHashVar returns the hash of a batch's cards; native mirror: [BatchHash].
func BatchHashVar(api frontend.API, cards []frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Batch, cards...)
}

// NodeHashVar returns the hash of a node's eight children; native mirror: [NodeHash].
func NodeHashVar(api frontend.API, children []frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Node, children...)
}

// FactsRootVar returns the root of a deck's facts; native mirror: [FactsRoot].
func FactsRootVar(api frontend.API, facts []SealedVar) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Facts, LeafVars(api, facts)...)
}

// ModelVar returns a deck's commitment; native mirror: [Model].
func ModelVar(api frontend.API, size statement.Size, schema, home, n, tree, facts frontend.Variable) frontend.Variable {
	return poseidon.HashVar(api, tagOf(size), schema, home, n, tree, facts)
}

// assertPolicy binds input 1, and judges every card with the deck's facts.
func (c *Circuit) assertPolicy(api frontend.API) error {
	api.AssertIsEqual(c.Policy, policy.CommitmentVar(api, c.Program))
	judge, err := policy.NewJudge(api, c.Size, c.Program, SlotVars(c.Facts))
	if err != nil {
		return err
	}
	for _, card := range c.Cards {
		if err := judge.AssertSatisfied(api, SlotVars(card.Slots)); err != nil {
			return err
		}
	}
	return nil
}

// assertList binds inputs 2 and 4, and by it 3: 4 is the polynomial of the list at 3.
//
//	list  = Hash(list, first, halves, N, home, roots)
//	value = first + Σ half_i·challenge^i + N·challenge^(2k+1) + home·challenge^(2k+2)
//
// N and home are coefficients of their own. Packed into one with first, another N would have
// the same sum.
func (c *Circuit) assertList(api frontend.API, first frontend.Variable, roots []frontend.Variable) {
	coefficients := []frontend.Variable{first}
	for _, card := range c.Cards {
		coefficients = append(coefficients, card.High, card.Low)
	}
	coefficients = append(coefficients, c.N, c.Home)
	api.AssertIsEqual(c.List, poseidon.HashVar(api, poseidon.List, append(coefficients[:len(coefficients):len(coefficients)], roots...)...))
	value := coefficients[len(coefficients)-1]
	for i := len(coefficients) - 2; i >= 0; i-- {
		value = api.Add(api.Mul(value, c.Challenge), coefficients[i])
	}
	api.AssertIsEqual(c.Value, value)
}

// SlotVars returns the slots without their salts.
func SlotVars(sealed []SealedVar) []attribute.SlotVar {
	slots := make([]attribute.SlotVar, len(sealed))
	for i, s := range sealed {
		slots[i] = s.Slot
	}
	return slots
}

// LeafVars returns the leaves of salted slots; native mirror: [attribute.Leaf] of each.
func LeafVars(api frontend.API, sealed []SealedVar) []frontend.Variable {
	all := make([]frontend.Variable, len(sealed))
	for i, s := range sealed {
		all[i] = attribute.LeafVar(api, s.Slot, s.Salt)
	}
	return all
}

// Placeholder returns the circuit's unfilled struct, to compile.
func Placeholder(size statement.Size) *Circuit {
	c := &Circuit{
		Cards: make([]CardVar, size.Cards), Facts: make([]SealedVar, size.Facts), Program: policy.Placeholder(size),
		Place: make([]frontend.Variable, 3*size.Depth), Children: make([][]frontend.Variable, size.Depth), Size: size,
	}
	for i := range c.Cards {
		c.Cards[i].Slots = make([]SealedVar, size.CardSlots())
	}
	for l := range c.Children {
		c.Children[l] = make([]frontend.Variable, 8)
	}
	return c
}

// Compile returns the R1CS of a deck's circuit over the scalar field of BN254.
func Compile(id statement.CircuitID) (constraint.ConstraintSystem, error) {
	return compile.Circuit(id, Placeholder(id.Size))
}

// assign fills the circuit.
func assign(b *Batch, s Statement) (*Circuit, error) {
	c := Placeholder(b.Size)
	c.StatementVar = StatementVar{s.Model, s.Policy, s.List, s.Challenge, s.Value}
	c.Home, c.N = b.Home, new(big.Int).SetUint64(b.N)
	for i, p := range b.Places {
		card := p.card()
		c.Cards[i].High, c.Cards[i].Low = card.Halves()
		assignSealed(c.Cards[i].Slots, p.Slots)
	}
	assignSealed(c.Facts, b.Facts)
	var err error
	if c.Program, err = policy.ValueOf(b.Program, b.Size); err != nil {
		return nil, fmt.Errorf("deck: %w", err)
	}
	b.assignPath(c)
	return c, nil
}

// Value returns the assignment of a salted slot.
func (s Sealed) Value() SealedVar { return SealedVar{attribute.ValueOf(s.Slot), s.Salt} }

func assignSealed(to []SealedVar, from []Sealed) {
	for i, s := range from {
		to[i] = s.Value()
	}
}

// assignPath fills the place and the children of every level.
func (b *Batch) assignPath(c *Circuit) {
	hashes := make([]fr.Element, len(b.Places))
	for i, p := range b.Places {
		hashes[i] = p.card().Hash()
	}
	node, n := BatchHash(hashes), int(b.First)/b.Size.Cards
	for l, s := range b.Path {
		for i := range 3 {
			c.Place[3*l+i] = n >> i & 1
		}
		children := s.Children(node, n&7)
		for i := range children {
			c.Children[l][i] = children[i]
		}
		node = NodeHash(children)
		n >>= 3
	}
}
