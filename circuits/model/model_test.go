package model

import (
	"maps"
	"math/big"
	"math/rand"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

var field = ecc.BN254.ScalarField()

// drawCircuit claims that Values were drawn from the model behind Commitment.
type drawCircuit struct {
	Model                        ModelVar
	Values                       []frontend.Variable
	Commitment, Seed, Beacon, ID frontend.Variable

	size statement.Size
}

func (c *drawCircuit) Define(api frontend.API) error {
	values, commitment, err := DrawVar(api, c.size, c.Model, c.Seed, c.Beacon, c.ID)
	if err != nil {
		return err
	}
	for i := range values {
		api.AssertIsEqual(values[i], c.Values[i])
	}
	api.AssertIsEqual(commitment, c.Commitment)
	return nil
}

func placeholder(size statement.Size) *drawCircuit {
	return &drawCircuit{Model: Placeholder(size), Values: make([]frontend.Variable, size.Layers), size: size}
}

func compile(t testing.TB, size statement.Size) constraint.ConstraintSystem {
	t.Helper()
	cs, err := frontend.Compile(field, r1cs.NewBuilder, placeholder(size))
	if err != nil {
		t.Fatal(err)
	}
	return cs
}

func isSolved(t testing.TB, cs constraint.ConstraintSystem, c *drawCircuit, opts ...solver.Option) bool {
	t.Helper()
	w, err := frontend.NewWitness(c, field)
	if err != nil {
		t.Fatal(err)
	}
	return cs.IsSolved(w, opts...) == nil
}

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
		c.Values = append(c.Values, attribute.TextHash(row.Text))
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
	for i, choice := range choices {
		c.Values[i] = attribute.TextHash(k.m.layer(i).Tables[choice.state][choice.row].Text)
	}
	return c
}

func foxToken() token {
	m := foxes()
	m.Layers, m.Facts = m.Layers[:3], []attribute.Slot{{}, attribute.OfUint(0)}
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
		cs := compile(t, size)
		for range 5 {
			k := token{randomModel(rng, size), size, randomElement(rng), randomElement(rng), rng.Uint64()}
			if !isSolved(t, cs, k.assignment(t)) {
				t.Errorf("%s: token %d refused", size.Name, k.id)
			}
		}
		empty := token{&Model{}, size, fr.Element{}, fr.Element{}, 0}
		if !isSolved(t, cs, empty.assignment(t)) {
			t.Errorf("%s: empty model refused", size.Name)
		}
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
		if test.IsSolved(placeholder(k.size), k.assignment(t), field) != nil {
			t.Error("the oracle's token is refused")
		}
	})
}

func TestDrawVar_RejectsLie(t *testing.T) {
	k := foxToken()
	cs := compile(t, k.size)
	if !isSolved(t, cs, k.assignment(t)) {
		t.Fatal("the honest token is refused")
	}
	for name, lie := range map[string]func() *drawCircuit{
		"draws of another seed":   func() *drawCircuit { l := k; l.seed.SetUint64(12); return k.drawnFrom(t, l.draws()) },
		"draws of another beacon": func() *drawCircuit { l := k; l.beacon.SetUint64(23); return k.drawnFrom(t, l.draws()) },
		"draws of another token":  func() *drawCircuit { l := k; l.id++; return k.drawnFrom(t, l.draws()) },
		"draws in another order": func() *drawCircuit {
			d := k.draws()
			slices.Reverse(d)
			return k.drawnFrom(t, d)
		},
		"one draw off by 2^44": func() *drawCircuit { d := k.draws(); d[1] ^= 1 << 44; return k.drawnFrom(t, d) },
		"another state":        func() *drawCircuit { return k.inState(t, 1) },
		"another salt":         func() *drawCircuit { c := k.assignment(t); c.Model.Salt = 1; return c },
		"another artifact":     func() *drawCircuit { c := k.assignment(t); c.Model.Artifact = 1; return c },
		"another value":        func() *drawCircuit { c := k.assignment(t); c.Values[2] = attribute.TextHash("Ghost"); return c },
		"another table beside": func() *drawCircuit { c := k.assignment(t); c.Model.Layers[1].Tables[7] = 1; return c },
		"another fact":         func() *drawCircuit { c := k.assignment(t); c.Model.Facts[1].Value = 1; return c },
		"absent fact present":  func() *drawCircuit { c := k.assignment(t); c.Model.Facts[0].Present = 1; return c },
		"present fact absent":  func() *drawCircuit { c := k.assignment(t); c.Model.Facts[1].Present = 0; return c },
		"presence 2 for the mask's second bit": func() *drawCircuit {
			c := k.assignment(t)
			c.Model.Facts[0].Present, c.Model.Facts[1].Present = 2, 0
			return c
		},
		"absent fact with a value, committed": func() *drawCircuit {
			l := k
			l.m = foxToken().m
			c := l.assignment(t)
			l.m.Facts[0].Value.SetUint64(5)
			c.Commitment = oracleCommitment(l.m, l.size)
			c.Model.Facts[0].Value = 5
			return c
		},
	} {
		if isSolved(t, cs, lie()) {
			t.Errorf("%s: accepted", name)
		}
	}
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
	c.Values[layer] = attribute.TextHash(table[row].Text)
	if table[row].Next != k.m.layer(layer).Tables[choices[layer].state][choices[layer].row].Next {
		t.Fatal("the lie changes the next layer too: use another token")
	}
	return c
}

// An element e < 2^254 - r has a second form of 254 bits, e + r. A prover free to choose
// would have two lists of draws; here it knows the whole witness of the second.
func TestDrawVar_RejectsAliasOfAnElement(t *testing.T) {
	k := foxToken()
	cs := compile(t, k.size)
	id, honest := bitsHint(t)
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
	split := func(x *big.Int) solver.Option {
		return solver.OverrideHint(id, func(q *big.Int, in, out []*big.Int) error {
			if len(out) == 253 {
				in = []*big.Int{x}
			}
			return honest(q, in, out)
		})
	}
	if !isSolved(t, cs, k.assignment(t), split(new(big.Int).Sub(alias, field))) {
		t.Error("the honest split is refused")
	}
	if isSolved(t, cs, k.drawnFrom(t, draws), split(alias)) {
		t.Error("the split of e + r is accepted")
	}
}

func TestDrawVar_RefusesAnotherSize(t *testing.T) {
	c := placeholder(statement.Small)
	c.size = statement.Standard
	if _, err := frontend.Compile(field, r1cs.NewBuilder, c); err == nil {
		t.Error("a model of size small compiles as standard")
	}
}

func TestDrawVar_ConstraintCount(t *testing.T) {
	want := map[string]int{"small": 7190, "standard": 17853, "large": 35557}
	got := map[string]int{}
	for _, size := range []statement.Size{statement.Small, statement.Standard, statement.Large} {
		cs := compile(t, size)
		got[size.Name] = cs.GetNbConstraints() - size.Layers - 1 // less the test's equalities
		if got := cs.GetNbPublicVariables(); got != 1 {
			t.Errorf("%s: %d public wires", size.Name, got)
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("constraints: %v, want %v", got, want)
	}
}
