package model

import (
	"fmt"
	"math/big"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

var field = circuittest.Field()

// drawCircuit claims that Traits were drawn from the model behind Commitment.
type drawCircuit struct {
	Model                        ModelVar
	Traits                       []attribute.SlotVar
	Commitment, Seed, Beacon, ID frontend.Variable

	size statement.Size
}

func (c *drawCircuit) Define(api frontend.API) error {
	drawn, err := DrawVar(api, c.size, c.Model, c.Seed, c.Beacon, c.ID)
	if err != nil {
		return err
	}
	c.assertTraits(api, drawn.Traits)
	c.assertCommitted(api, drawn.Commitment)
	return nil
}

func (c *drawCircuit) assertTraits(api frontend.API, traits []attribute.SlotVar) {
	for i := range traits {
		api.AssertIsEqual(traits[i].Value, c.Traits[i].Value)
		api.AssertIsEqual(traits[i].Present, c.Traits[i].Present)
	}
}

func (c *drawCircuit) assertCommitted(api frontend.API, commitment frontend.Variable) {
	api.AssertIsEqual(commitment, c.Commitment)
}

func placeholder(size statement.Size) *drawCircuit {
	return &drawCircuit{Model: Placeholder(size), Traits: make([]attribute.SlotVar, size.Layers), size: size}
}

func circuit(size statement.Size) *circuittest.Circuit { return circuittest.New(placeholder(size)) }

// A token is the native side of a drawCircuit.
type token struct {
	m            *Model
	size         statement.Size
	seed, beacon fr.Element
	id           uint64
}

// assignment is the token's, with rows and commitment of the oracle.
func (k token) assignment(t testing.TB) *drawCircuit {
	t.Helper()
	v, err := ValueOf(k.m, k.size, k.seed, k.beacon, k.id)
	if err != nil {
		t.Fatal(err)
	}
	c := &drawCircuit{Model: v, Commitment: oracleCommitment(k.m, k.size), Seed: k.seed, Beacon: k.beacon, ID: k.id}
	for _, row := range oracleDraw(k.m, k.size, k.seed, k.beacon, k.id) {
		c.Traits = append(c.Traits, attribute.ValueOf(oracleSlot(row)))
	}
	return c
}

func (k token) draws() []uint64 { return draws(k.size.Layers, k.seed, k.beacon, k.id) }

// drawnFrom is the assignment of a prover who has the draws it likes.
func (k token) drawnFrom(t testing.TB, draws []uint64) *drawCircuit {
	t.Helper()
	tree, err := newTree(k.m, k.size)
	if err != nil {
		t.Fatal(err)
	}
	c := k.assignment(t)
	choices := k.m.walk(draws)
	c.Model = tree.valueOf(choices)
	for i := range c.Traits {
		layer := oracleLayer(k.m, i)
		choice := choices[layer]
		c.Traits[i] = attribute.ValueOf(oracleSlot(k.m.layer(layer).Tables[choice.state][choice.row]))
	}
	return c
}

func foxToken() token {
	m := foxes()
	m.Layers, m.Order = m.Layers[:3], []int{2, 0, 1}
	m.Facts = []attribute.Slot{{}, attribute.OfUint(0)}
	for _, table := range m.Layers[2].Tables {
		for i := range table {
			table[i].Next = 0
		}
	}
	return token{m, statement.Small, fr.NewElement(11), fr.NewElement(22), 33}
}

func TestDrawVar_MatchesNative(t *testing.T) {
	rng := rand.New(rand.NewSource(5))
	for _, size := range []statement.Size{statement.Small, statement.Standard, statement.Large} {
		c := circuit(size)
		for range 5 {
			k := token{randomModel(rng, size), size, randomElement(rng), randomElement(rng), rng.Uint64()}
			c.AssertAccepted(t, fmt.Sprintf("%s: token %d", size.Name, k.id), k.assignment(t))
		}
		empty := token{&Model{}, size, fr.Element{}, fr.Element{}, 0}
		c.AssertAccepted(t, size.Name+": empty model", empty.assignment(t))
	}
}

func FuzzDrawVar_MatchesNative(f *testing.F) {
	for i := range 4 {
		f.Add(int64(i), uint64(i*i))
	}
	f.Add(int64(9), ^uint64(0))
	f.Fuzz(func(t *testing.T, source int64, id uint64) {
		rng := rand.New(rand.NewSource(source))
		k := token{randomModel(rng, statement.Small), statement.Small, randomElement(rng), randomElement(rng), id}
		if !circuit(k.size).Accepts(k.assignment(t)) {
			t.Error("the oracle's token is refused")
		}
	})
}

// drawn names the rows that refuse n draws of another token; a row that both draws fall on
// is refused by none.
func drawn(n int) []string { return slices.Repeat([]string{isQuotient}, n) }

func TestDrawVar_RejectsLie(t *testing.T) {
	k := foxToken()
	c := circuit(k.size)
	c.AssertAccepted(t, "the honest token", k.assignment(t))
	for name, lie := range map[string]struct {
		owners []string
		tell   func() *drawCircuit
	}{
		"draws of another seed":   {drawn(3), func() *drawCircuit { l := k; l.seed.SetUint64(12); return k.drawnFrom(t, l.draws()) }},
		"draws of another beacon": {drawn(3), func() *drawCircuit { l := k; l.beacon.SetUint64(23); return k.drawnFrom(t, l.draws()) }},
		"draws of another token":  {drawn(3), func() *drawCircuit { l := k; l.id++; return k.drawnFrom(t, l.draws()) }},
		"draws in another order": {drawn(2), func() *drawCircuit {
			d := k.draws()
			slices.Reverse(d)
			return k.drawnFrom(t, d)
		}},
		"one draw off by 2^44": {drawn(1), func() *drawCircuit { d := k.draws(); d[1] ^= 1 << 44; return k.drawnFrom(t, d) }},
		"another state":        {[]string{ofLayer}, func() *drawCircuit { return k.inState(t, 1) }},
		"another salt":         {[]string{"assertCommitted"}, func() *drawCircuit { c := k.assignment(t); c.Model.Salt = 1; return c }},
		"another artifact":     {[]string{"assertCommitted"}, func() *drawCircuit { c := k.assignment(t); c.Model.Artifact = 1; return c }},
		"another value":        {[]string{"assertTraits"}, func() *drawCircuit { c := k.assignment(t); c.Traits[0].Value = attribute.TextHash("Ghost"); return c }},
		"another table beside": {[]string{ofHalf}, func() *drawCircuit { c := k.assignment(t); c.Model.Layers[1].Tables[7] = 1; return c }},
		"another half beside":  {[]string{"assertCommitted"}, func() *drawCircuit { c := k.assignment(t); c.Model.Layers[1].Halves[1] = 1; return c }},
		"another order":        {[]string{"assertTraits", "assertTraits", "assertCommitted"}, func() *drawCircuit { return k.ordered(t, 2|1<<2|0<<4) }},
		"another order, its traits": {[]string{"assertCommitted"}, func() *drawCircuit {
			c := k.ordered(t, 2|1<<2|0<<4)
			c.Traits[1], c.Traits[2] = c.Traits[2], c.Traits[1]
			return c
		}},
		"an order beyond its bits": {[]string{"inOrder/Decompose", "assertTraits", "assertCommitted"}, func() *drawCircuit { return k.ordered(t, 2|0<<2|1<<4|1<<6) }},
		"a trait absent":           {[]string{"assertTraits"}, func() *drawCircuit { c := k.assignment(t); c.Traits[1].Present = 0; return c }},
		"another fact":             {[]string{"assertCommitted"}, func() *drawCircuit { c := k.assignment(t); c.Model.Facts[1].Value = 1; return c }},
		"absent fact present":      {[]string{"assertCommitted"}, func() *drawCircuit { c := k.assignment(t); c.Model.Facts[0].Present = 1; return c }},
		"present fact absent":      {[]string{"assertCommitted"}, func() *drawCircuit { c := k.assignment(t); c.Model.Facts[1].Present = 0; return c }},
		"presence 2 for the mask's second bit": {[]string{"AssertSlots/AssertIsBoolean"}, func() *drawCircuit {
			c := k.assignment(t)
			c.Model.Facts[0].Present, c.Model.Facts[1].Present = 2, 0
			return c
		}},
		"absent fact with a value, committed": {[]string{"AssertSlots/AssertProduct"}, func() *drawCircuit {
			l := k
			l.m = foxToken().m
			c := l.assignment(t)
			l.m.Facts[0].Value.SetUint64(5)
			c.Commitment = oracleCommitment(l.m, l.size)
			c.Model.Facts[0].Value = 5
			return c
		}},
	} {
		c.AssertRefused(t, name, lie.tell(), lie.owners)
	}
}

// ordered is the honest assignment but for the packed order.
func (k token) ordered(t *testing.T, packed int) *drawCircuit {
	c := k.assignment(t)
	c.Model.Order = packed
	return c
}

// inState is the honest assignment but for layer 1, drawn in another state.
func (k token) inState(t *testing.T, layer int) *drawCircuit {
	t.Helper()
	tree, err := newTree(k.m, k.size)
	if err != nil {
		t.Fatal(err)
	}
	c, choices := k.assignment(t), k.m.walk(k.draws())
	state := 1 - choices[layer].state
	table := k.m.layer(layer).Tables[state]
	row, offset := pick(table, k.draws()[layer])
	c.Model.Layers[layer] = tree.layers[layer].valueOf(choice{state, row, offset})
	c.Traits[slices.Index(k.m.Order, layer)] = attribute.ValueOf(oracleSlot(table[row]))
	if table[row].Next != k.m.layer(layer).Tables[choices[layer].state][choices[layer].row].Next {
		t.Fatal("the lie changes the next layer too: use another token")
	}
	return c
}

// An element e < 2^254 - r has a second form of 254 bits, e + r. A prover free to choose
// would have two lists of draws; here it knows the whole witness of the second.
func TestDrawVar_RejectsAliasOfAnElement(t *testing.T) {
	k := foxToken()
	c, hint := circuit(k.size), circuittest.HintNamed("bits.bitsHint")
	alias := new(big.Int)
	for {
		e := oracleElements(k.size.Layers, k.seed, k.beacon, k.id)[0]
		if alias.Add(e, field).BitLen() <= 254 {
			break
		}
		k.id++
	}
	var draws []uint64
	for _, d := range oracleDraws(k.size.Layers, []*big.Int{alias}) {
		draws = append(draws, d.Uint64())
	}
	split := func(x *big.Int) circuittest.Lie {
		return circuittest.Replace(hint, func(q *big.Int, in, out []*big.Int) error {
			if len(out) == 253 {
				in = []*big.Int{x}
			}
			return hint.Func(q, in, out)
		})
	}
	c.AssertAccepted(t, "the honest split", k.assignment(t), split(new(big.Int).Sub(alias, field)))
	c.AssertRefused(t, "the split of e + r", k.drawnFrom(t, draws), slices.Repeat([]string{"drawsVar/Canonical"}, 3), split(alias))
}

func TestDrawVar_RefusesAnotherSize(t *testing.T) {
	c := placeholder(statement.Small)
	c.size = statement.Standard
	_, err := circuittest.New(c).Compile(r1cs.NewBuilder[constraint.U64])
	if err == nil || !strings.Contains(err.Error(), "size standard has 8 and 4") {
		t.Errorf("a model of size small as standard: %v", err)
	}
}

func TestDrawVar_ConstraintCount(t *testing.T) {
	for size, want := range map[*statement.Size]int{&statement.Small: 9496, &statement.Standard: 24407, &statement.Large: 60144} {
		circuit(*size).AssertRows(t, size.Name, want+2*size.Layers+1) // and the test's equalities
	}
}
