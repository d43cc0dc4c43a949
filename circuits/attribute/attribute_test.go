package attribute

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
)

// rootCircuit is the part of the token circuits that this package makes.
type rootCircuit struct {
	Root               frontend.Variable `gnark:",public"`
	Blind, ID, Message frontend.Variable
	Slots              []SlotVar
}

func (c *rootCircuit) Define(api frontend.API) error {
	AssertSlots(api, c.Slots)
	salts := SaltsVar(api, c.Blind, c.ID, c.Message, len(c.Slots))
	leaves := make([]frontend.Variable, len(c.Slots))
	for i, s := range c.Slots {
		leaves[i] = LeafVar(api, s, salts[i])
	}
	api.AssertIsEqual(c.Root, RootVar(api, leaves))
	return nil
}

// signed is the message of the tests' receipt.
var signed = fr.NewElement(6)

// rootOf is the native rule for any values, those a Slot cannot hold too.
func rootOf(blind fr.Element, id uint64, values, presents []fr.Element) fr.Element {
	salts := Salts(blind, id, signed, len(values))
	leaves := make([]fr.Element, len(values))
	for i := range values {
		leaves[i] = poseidon.Hash(poseidon.Slot, values[i], presents[i], salts[i])
	}
	return Root(leaves)
}

// rootOfSlots is the circuit of n slots.
func rootOfSlots(n int) *circuittest.Circuit {
	return circuittest.New(&rootCircuit{Slots: make([]SlotVar, n)})
}

func rootAssignment(root, blind fr.Element, id uint64, slots []SlotVar) *rootCircuit {
	return &rootCircuit{Root: root, Blind: blind, ID: id, Message: signed, Slots: slots}
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
		salts, leaves := Salts(blind, id, signed, n), make([]fr.Element, n)
		for i := range slots {
			leaves[i] = Leaf(slots[i], salts[i])
		}
		rootOfSlots(n).AssertAccepted(t, fmt.Sprintf("%d slots", n), rootAssignment(Root(leaves), blind, id, vars))
	}
}

// Each row is a set of two slots that no [Slot] can be; the root is made of the same lie.
func TestAssertSlots_RejectsLie(t *testing.T) {
	blind := fr.NewElement(7)
	minusOne := new(fr.Element).SetInt64(-1)
	one, zero, half := fr.One(), fr.Element{}, fr.NewElement(2)
	half.Inverse(&half)
	c := rootOfSlots(2)
	for _, row := range []struct {
		name             string
		values, presents []fr.Element
		owner            string
	}{
		{"the truth", []fr.Element{one, zero}, []fr.Element{one, zero}, ""},
		{"present is 2", []fr.Element{zero, one}, []fr.Element{fr.NewElement(2), one}, "AssertSlots/AssertIsBoolean"},
		{"present is r-1", []fr.Element{zero, zero}, []fr.Element{one, *minusOne}, "AssertSlots/AssertIsBoolean"},
		{"present is one half", []fr.Element{zero, one}, []fr.Element{half, one}, "AssertSlots/AssertIsBoolean"},
		{"absent with a value", []fr.Element{one, one}, []fr.Element{zero, one}, "AssertSlots/AssertProduct"},
		{"absent with value r-1", []fr.Element{one, *minusOne}, []fr.Element{one, zero}, "AssertSlots/AssertProduct"},
	} {
		vars := make([]SlotVar, len(row.values))
		for i := range vars {
			vars[i] = SlotVar{row.values[i], row.presents[i]}
		}
		root := rootOf(blind, 5, row.values, row.presents)
		if row.owner == "" {
			c.AssertAccepted(t, row.name, rootAssignment(root, blind, 5, vars))
			continue
		}
		c.AssertRefused(t, row.name, rootAssignment(root, blind, 5, vars), []string{row.owner})
	}
}

func TestRootVar_RejectsLie(t *testing.T) {
	slots := []Slot{OfUint(3), {}, OfBool(false)}
	blind := fr.NewElement(7)
	values, presents := []fr.Element{fr.NewElement(3), {}, {}}, []fr.Element{fr.One(), {}, fr.One()}
	root := rootOf(blind, 5, values, presents)
	circuit := rootOfSlots(len(slots))
	assign := func() *rootCircuit {
		return rootAssignment(root, blind, 5, []SlotVar{ValueOf(slots[0]), ValueOf(slots[1]), ValueOf(slots[2])})
	}
	circuit.AssertAccepted(t, "the truth", assign())
	for name, change := range map[string]func(c *rootCircuit){
		"another value":             func(c *rootCircuit) { c.Slots[0].Value = 4 },
		"absent instead of false":   func(c *rootCircuit) { c.Slots[2].Present = 0 },
		"false instead of absent":   func(c *rootCircuit) { c.Slots[1].Present = 1 },
		"slots in another order":    func(c *rootCircuit) { c.Slots[0], c.Slots[1] = c.Slots[1], c.Slots[0] },
		"salts of another token":    func(c *rootCircuit) { c.ID = 6 },
		"salts of another receipt":  func(c *rootCircuit) { c.Message = 7 },
		"salts of another blinding": func(c *rootCircuit) { c.Blind = 8 },
		"another root":              func(c *rootCircuit) { c.Root = 9 },
	} {
		c := assign()
		change(c)
		circuit.AssertRefused(t, name, c, []string{"Define/AssertIsEqual"})
	}
}

func TestSalts_DifferByTokenReceiptAndSlot(t *testing.T) {
	seen := map[fr.Element]bool{}
	for _, blind := range []uint64{1, 2} {
		for id := range uint64(4) {
			for message := range uint64(3) {
				for _, salt := range Salts(fr.NewElement(blind), id, fr.NewElement(message), 16) {
					if seen[salt] {
						t.Fatal("one salt twice")
					}
					seen[salt] = true
				}
			}
		}
	}
}

type hashedCircuit struct {
	Value             frontend.Variable `gnark:",public"`
	IsDigest, X, Y, Z frontend.Variable
}

func (c *hashedCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(c.Value, HashedVar(api, c.IsDigest, c.X, c.Y, c.Z))
	return nil
}

func TestHashedVar_MatchesTextHash(t *testing.T) {
	c, long := circuittest.New(&hashedCircuit{}), strings.Repeat("0123456789 abcdefghij klmnopqrs", 2)
	refuses := []string{"Define/AssertIsEqual"}
	for n := range len(long) + 1 {
		s := long[len(long)-n:]
		from := max(0, n-31)
		last, before := new(big.Int).SetBytes([]byte(s[from:])), new(big.Int).SetBytes([]byte(s[:from]))
		name := fmt.Sprintf("%d bytes", n)
		c.AssertAccepted(t, name, &hashedCircuit{TextHash(s), 0, n, last, before})
		c.AssertRefused(t, name+", another length", &hashedCircuit{TextHash(s), 0, n + 1, last, before}, refuses)
		other := new(big.Int).Add(last, big.NewInt(1))
		c.AssertRefused(t, name+", another text", &hashedCircuit{TextHash(s), 0, n, other, before}, refuses)
		c.AssertRefused(t, name+", as a digest", &hashedCircuit{TextHash(s), 1, n, last, before}, refuses)
	}
}

func TestHashedVar_MatchesOfDigest(t *testing.T) {
	c := circuittest.New(&hashedCircuit{})
	for _, digest := range [][32]byte{{}, {1}, {31: 1}, {15: 7, 16: 9}} {
		value, high, low := OfDigest(digest).Value, new(big.Int).SetBytes(digest[:16]), new(big.Int).SetBytes(digest[16:])
		c.AssertAccepted(t, "digest", &hashedCircuit{value, 1, high, low, 0})
		c.AssertRefused(t, "as a text", &hashedCircuit{value, 0, high, low, 0}, []string{"Define/AssertIsEqual"})
	}
}

// presentCircuit says which presence a value has.
type presentCircuit struct{ Value, Present frontend.Variable }

func (c *presentCircuit) Define(api frontend.API) error {
	c.assertPresent(api, PresentVar(api, c.Value))
	return nil
}

func (c *presentCircuit) assertPresent(api frontend.API, present frontend.Variable) {
	api.AssertIsEqual(c.Present, present)
}

func TestPresentVar_IsThatTheValueIsNotZero(t *testing.T) {
	c, hint := circuittest.New(&presentCircuit{}), circuittest.Of(inverseHint)
	minusOne := new(fr.Element).SetInt64(-1)
	for _, value := range []fr.Element{fr.One(), fr.NewElement(2), *minusOne, TextHash("Laser")} {
		name := value.String()
		var inverse, double fr.Element
		inverse.Inverse(&value)
		double.Double(&inverse)
		c.AssertAccepted(t, name, &presentCircuit{value, 1})
		c.AssertRefused(t, name+" absent", &presentCircuit{value, 0}, []string{"assertPresent"})
		// The hint says 0, 1 and 2/value: the value would be absent, half present and twice.
		for lie, present := range map[fr.Element]fr.Element{{}: {}, fr.One(): value, double: fr.NewElement(2)} {
			if lie == inverse {
				continue
			}
			c.AssertRefused(t, name+" by a lie", &presentCircuit{value, present}, []string{"PresentVar/AssertProduct"}, circuittest.Answer(hint, []fr.Element{lie}))
		}
	}
	c.AssertAccepted(t, "absent", &presentCircuit{0, 0})
	c.AssertRefused(t, "present with value 0", &presentCircuit{0, 1}, []string{"assertPresent"})
	for _, lie := range []fr.Element{fr.One(), *minusOne} { // nothing that reads it: m is free
		c.AssertAccepted(t, "absent, whatever m is", &presentCircuit{0, 0}, circuittest.Answer(hint, []fr.Element{lie}))
		c.AssertRefused(t, "present with value 0 by a lie", &presentCircuit{0, 1}, []string{"assertPresent"}, circuittest.Answer(hint, []fr.Element{lie}))
	}
	c.AssertRows(t, "PresentVar", 2+1)
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
		"HashedVar":         {&hashedCircuit{}, 264 + 1},
		"root of 8":         {&rootCircuit{Slots: make([]SlotVar, 8)}, 3047},
		"root of 16":        {&rootCircuit{Slots: make([]SlotVar, 16)}, 6093},
		"root of 32":        {&rootCircuit{Slots: make([]SlotVar, 32)}, 11267},
	} {
		circuittest.New(row.circuit).AssertRows(t, name, row.want)
	}
}
