package attribute

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/poseidon"
)

// rootCircuit is the part of the token circuits that this package makes.
type rootCircuit struct {
	Root      frontend.Variable `gnark:",public"`
	Blind, ID frontend.Variable
	Slots     []SlotVar
}

func (c *rootCircuit) Define(api frontend.API) error {
	AssertSlots(api, c.Slots)
	salts := SaltsVar(api, c.Blind, c.ID, len(c.Slots))
	leaves := make([]frontend.Variable, len(c.Slots))
	for i, s := range c.Slots {
		leaves[i] = LeafVar(api, s, salts[i])
	}
	api.AssertIsEqual(c.Root, RootVar(api, leaves))
	return nil
}

// rootOf is the native rule for any values, those a Slot cannot hold too.
func rootOf(blind fr.Element, id uint64, values, presents []fr.Element) fr.Element {
	salts := Salts(blind, id, len(values))
	leaves := make([]fr.Element, len(values))
	for i := range values {
		leaves[i] = poseidon.Hash(poseidon.Slot, values[i], presents[i], salts[i])
	}
	return Root(leaves)
}

func solve(placeholder, assignment frontend.Circuit) error {
	return test.IsSolved(placeholder, assignment, ecc.BN254.ScalarField())
}

func rootAssignment(root, blind fr.Element, id uint64, slots []SlotVar) *rootCircuit {
	return &rootCircuit{Root: root, Blind: blind, ID: id, Slots: slots}
}

func TestRootVar_MatchesNative(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 3))
	for _, n := range []int{8, 16, 32} {
		slots, vars := make([]Slot, n), make([]SlotVar, n)
		for i := range slots {
			switch rng.IntN(3) {
			case 0:
				slots[i] = OfUint(rng.Uint64())
			case 1:
				slots[i] = Slot{TextHash("Laser"), true}
			}
			vars[i] = ValueOf(slots[i])
		}
		blind, id := TextHash("a secret"), rng.Uint64()
		salts, leaves := Salts(blind, id, n), make([]fr.Element, n)
		for i := range slots {
			leaves[i] = Leaf(slots[i], salts[i])
		}
		if err := solve(&rootCircuit{Slots: make([]SlotVar, n)}, rootAssignment(Root(leaves), blind, id, vars)); err != nil {
			t.Errorf("%d slots: %v", n, err)
		}
	}
}

// Each row is a set of two slots that no [Slot] can be; the root is made of the same lie.
func TestAssertSlots_RejectsLie(t *testing.T) {
	blind := fr.NewElement(7)
	minusOne := new(fr.Element).SetInt64(-1)
	one, zero, half := fr.One(), fr.Element{}, fr.NewElement(2)
	half.Inverse(&half)
	for _, row := range []struct {
		name             string
		values, presents []fr.Element
		want             bool
	}{
		{"the truth", []fr.Element{one, zero}, []fr.Element{one, zero}, true},
		{"present is 2", []fr.Element{zero, one}, []fr.Element{fr.NewElement(2), one}, false},
		{"present is r-1", []fr.Element{zero, one}, []fr.Element{one, *minusOne}, false},
		{"present is one half", []fr.Element{zero, one}, []fr.Element{half, one}, false},
		{"absent with a value", []fr.Element{one, one}, []fr.Element{zero, one}, false},
		{"absent with value r-1", []fr.Element{one, *minusOne}, []fr.Element{one, zero}, false},
	} {
		vars := make([]SlotVar, len(row.values))
		for i := range vars {
			vars[i] = SlotVar{row.values[i], row.presents[i]}
		}
		root := rootOf(blind, 5, row.values, row.presents)
		err := solve(&rootCircuit{Slots: make([]SlotVar, len(vars))}, rootAssignment(root, blind, 5, vars))
		if (err == nil) != row.want {
			t.Errorf("%s: accepted %v, want %v", row.name, err == nil, row.want)
		}
	}
}

func TestRootVar_RejectsLie(t *testing.T) {
	slots := []Slot{OfUint(3), {}, OfBool(false)}
	blind := fr.NewElement(7)
	values, presents := []fr.Element{fr.NewElement(3), {}, {}}, []fr.Element{fr.One(), {}, fr.One()}
	root := rootOf(blind, 5, values, presents)
	assign := func(change func(c *rootCircuit)) error {
		c := rootAssignment(root, blind, 5, []SlotVar{ValueOf(slots[0]), ValueOf(slots[1]), ValueOf(slots[2])})
		change(c)
		return solve(&rootCircuit{Slots: make([]SlotVar, len(slots))}, c)
	}
	if err := assign(func(*rootCircuit) {}); err != nil {
		t.Fatalf("the truth: %v", err)
	}
	for name, change := range map[string]func(c *rootCircuit){
		"another value":             func(c *rootCircuit) { c.Slots[0].Value = 4 },
		"absent instead of false":   func(c *rootCircuit) { c.Slots[2].Present = 0 },
		"false instead of absent":   func(c *rootCircuit) { c.Slots[1].Present = 1 },
		"slots in another order":    func(c *rootCircuit) { c.Slots[0], c.Slots[1] = c.Slots[1], c.Slots[0] },
		"salts of another token":    func(c *rootCircuit) { c.ID = 6 },
		"salts of another blinding": func(c *rootCircuit) { c.Blind = 8 },
		"another root":              func(c *rootCircuit) { c.Root = 9 },
	} {
		if assign(change) == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func TestSalts_DifferByTokenAndSlot(t *testing.T) {
	seen := map[fr.Element]bool{}
	for _, blind := range []uint64{1, 2} {
		for id := range uint64(4) {
			for _, salt := range Salts(fr.NewElement(blind), id, 16) {
				if seen[salt] {
					t.Fatal("one salt twice")
				}
				seen[salt] = true
			}
		}
	}
}

type textCircuit struct {
	Value          frontend.Variable `gnark:",public"`
	Length, Packed frontend.Variable
}

func (c *textCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(c.Value, TextVar(api, c.Length, c.Packed))
	return nil
}

func TestTextVar_MatchesTextHash(t *testing.T) {
	long := "0123456789 abcdefghij klmnopqrs"
	for n := range len(long) + 1 {
		s := long[len(long)-n:]
		packed := new(big.Int).SetBytes([]byte(s))
		if err := solve(&textCircuit{}, &textCircuit{TextHash(s), n, packed}); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
		if solve(&textCircuit{}, &textCircuit{TextHash(s), n + 1, packed}) == nil {
			t.Errorf("%d bytes: another length was accepted", n)
		}
		if solve(&textCircuit{}, &textCircuit{TextHash(s), n, packed.Add(packed, big.NewInt(1))}) == nil {
			t.Errorf("%d bytes: another text was accepted", n)
		}
	}
}

// slotsCircuit has nothing but AssertSlots.
type slotsCircuit struct{ Slots []SlotVar }

func (c *slotsCircuit) Define(api frontend.API) error {
	AssertSlots(api, c.Slots)
	return nil
}

func TestAttribute_ConstraintCount(t *testing.T) {
	for name, row := range map[string]struct {
		circuit frontend.Circuit
		want    int
	}{
		"AssertSlots of 16": {&slotsCircuit{make([]SlotVar, 16)}, 32},
		"TextVar":           {&textCircuit{}, 264 + 1},
		"root of 8":         {&rootCircuit{Slots: make([]SlotVar, 8)}, 3047},
		"root of 16":        {&rootCircuit{Slots: make([]SlotVar, 16)}, 6093},
		"root of 32":        {&rootCircuit{Slots: make([]SlotVar, 32)}, 11267},
	} {
		ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, row.circuit)
		if err != nil {
			t.Fatal(err)
		}
		if got := ccs.GetNbConstraints(); got != row.want {
			t.Errorf("%s: %d constraints, want %d", name, got, row.want)
		}
	}
}
