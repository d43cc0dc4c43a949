//go:build !js

package rule

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/internal/compile"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/selector"
	"github.com/genproof/genproof/circuits/statement"
)

// A StatementVar is a [Statement] inside a circuit: its public inputs, in order.
type StatementVar struct {
	Model   frontend.Variable `gnark:",public"`
	Card    frontend.Variable `gnark:",public"`
	Policy  frontend.Variable `gnark:",public"`
	Context frontend.Variable `gnark:",public"`
}

// A Circuit proves a claim: everything but the statement is secret.
type Circuit struct {
	StatementVar
	Slots     []deck.SealedVar // the card's
	High, Low frontend.Variable
	Facts     []deck.SealedVar
	Program   policy.ProgramVar
	Home      frontend.Variable
	N         frontend.Variable
	Number    []frontend.Variable   // the card's, in bits, the lowest first: its place in the batch, then three a level
	Batch     []frontend.Variable   // the hashes of the batch's cards
	Children  [][]frontend.Variable // eight a level, from the batches up
	Size      statement.Size        `gnark:"-"`
}

// Define is the statement: the card is what it is, the deck holds it at its number, the rule
// holds for it, and the claim is for its context.
func (c *Circuit) Define(api frontend.API) error {
	attribute.AssertSlots(api, deck.SlotVars(c.Slots))
	root := attribute.RootVar(api, deck.LeafVars(api, c.Slots))
	c.assertDeck(api, deck.CardHashVar(api, root, c.High, c.Low))
	if err := c.assertRule(api); err != nil {
		return err
	}
	c.bindStatement(api)
	return nil
}

// assertDeck binds inputs 0 and 1: the deck holds the card at its number. The schema is the
// rule's: one wire, so the card's values mean what the rule takes them for.
//
//	Batch[number's lowest digit] = card
//	Children_l[number's digit l] = the batch, or the node of the level below
//	model = Hash(deck-SIZE, schema, home, N, tree, facts)
func (c *Circuit) assertDeck(api frontend.API, card frontend.Variable) {
	number := frontend.Variable(0)
	for i, bit := range c.Number {
		api.AssertIsBoolean(bit)
		number = api.Add(number, api.Mul(bit, uint64(1)<<i))
	}
	api.AssertIsEqual(c.Card, number)
	first := digits(c.Size)
	selector.AssertChoice(api, c.Batch, c.Number[:first], card)
	node := deck.BatchHashVar(api, c.Batch)
	for l, children := range c.Children {
		selector.AssertChoice(api, children, c.Number[first+3*l:first+3*l+3], node)
		node = deck.NodeHashVar(api, children)
	}
	attribute.AssertSlots(api, deck.SlotVars(c.Facts))
	api.AssertIsEqual(c.Model, deck.ModelVar(api, c.Size, c.Program.Schema, c.Home, c.N, node, deck.FactsRootVar(api, c.Facts)))
}

// assertRule binds input 2, and judges the card with the deck's facts.
func (c *Circuit) assertRule(api frontend.API) error {
	api.AssertIsEqual(c.Policy, policy.CommitmentVar(api, c.Program))
	slots := append(deck.SlotVars(c.Slots), deck.SlotVars(c.Facts)...)
	return policy.AssertSatisfied(api, c.Size, c.Program, slots)
}

// bindStatement gives each input a row whose left factor is that input and nothing else. So no
// combination of the inputs' left polynomials is one of the other wires', and Groth16 is weakly
// simulation extractable (eprint 2020/811, theorem 1): who sees proofs and knows no secrets can
// make none for another statement. Without its row the context would be in none: its point in
// the key would be the one at infinity, and a proof good for every context.
func (c *Circuit) bindStatement(api frontend.API) {
	for _, input := range []frontend.Variable{c.Model, c.Card, c.Policy, c.Context} {
		api.Mul(input, input)
	}
}

// Placeholder returns the circuit's unfilled struct, to compile.
func Placeholder(size statement.Size) *Circuit {
	c := &Circuit{
		Slots: make([]deck.SealedVar, size.CardSlots()), Facts: make([]deck.SealedVar, size.Facts), Program: policy.Placeholder(size),
		Number: make([]frontend.Variable, digits(size)+3*size.Depth), Batch: make([]frontend.Variable, size.Cards),
		Children: make([][]frontend.Variable, size.Depth), Size: size,
	}
	for l := range c.Children {
		c.Children[l] = make([]frontend.Variable, 8)
	}
	return c
}

// Compile returns the R1CS of a claim's circuit over the scalar field of BN254.
func Compile(id statement.CircuitID) (constraint.ConstraintSystem, error) {
	return compile.Circuit(id, Placeholder(id.Size))
}

// A Result is what a claim determines. The statement is public, the assignment is not.
type Result struct {
	Statement  Statement
	Assignment frontend.Circuit
}

// Generate checks every clause natively and returns the statement and its assignment. Its
// errors hold no hidden value: [ErrRule] says that there is no such claim.
func Generate(c *Claim) (*Result, error) {
	s, err := c.statement()
	if err != nil {
		return nil, fmt.Errorf("rule: %w", err)
	}
	a, err := c.assign(s)
	if err != nil {
		return nil, fmt.Errorf("rule: %w", err)
	}
	return &Result{s, a}, nil
}

// assign fills the circuit.
func (c *Claim) assign(s Statement) (*Circuit, error) {
	a := Placeholder(c.Size)
	a.StatementVar = StatementVar{s.Model, s.Card, s.Policy, s.Context}
	a.Home, a.N = c.Home, new(big.Int).SetUint64(c.N)
	a.High, a.Low = deck.Card{Digest: c.Digest, Size: c.Bytes}.Halves()
	for i, slot := range c.Slots {
		a.Slots[i] = slot.Value()
	}
	for i, slot := range c.Facts {
		a.Facts[i] = slot.Value()
	}
	for i := range a.Number {
		a.Number[i] = c.Card >> i & 1
	}
	for i := range a.Batch {
		a.Batch[i] = c.Batch[i]
	}
	var err error
	if a.Program, err = policy.ValueOf(c.Program, c.Size); err != nil {
		return nil, err
	}
	node, n := deck.BatchHash(c.Batch), int(c.Card)/c.Size.Cards
	for l, siblings := range c.Path {
		children := siblings.Children(node, n&7)
		for i := range children {
			a.Children[l][i] = children[i]
		}
		node = deck.NodeHash(children)
		n >>= 3
	}
	return a, nil
}
