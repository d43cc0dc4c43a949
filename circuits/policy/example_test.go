package policy_test

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// pair has room for two attributes and two literals.
var pair = statement.Size{Name: "pair", Claims: 2, Literals: 2}

// A judged token has hidden attributes that satisfy a policy whose commitment is public.
type judged struct {
	Policy  frontend.Variable `gnark:",public"`
	Program policy.ProgramVar
	Slots   []attribute.SlotVar
}

// Define opens the commitment and judges the slots.
func (c *judged) Define(api frontend.API) error {
	attribute.AssertSlots(api, c.Slots)
	api.AssertIsEqual(c.Policy, policy.CommitmentVar(api, c.Program))
	return policy.AssertSatisfied(api, pair, c.Program, c.Slots)
}

// The policy is: age >= 18, and the licence is CC0-1.0.
func Example() {
	logger.Disable()
	program := &policy.Program{
		Schema:  fr.NewElement(1), // of the names age and licence
		Numeric: []bool{true, false},
		Clauses: [][]policy.Literal{
			{{Slot: 0, Op: policy.Less, Negate: true, Operand: fr.NewElement(18)}},
			{{Slot: 1, Op: policy.Equals, Operand: attribute.TextHash("CC0-1.0")}},
		},
	}
	commitment, err := program.Commitment(pair)
	if err != nil {
		panic(err)
	}
	circuit, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder,
		&judged{Program: policy.Placeholder(pair), Slots: make([]attribute.SlotVar, 2)})
	if err != nil {
		panic(err)
	}
	licence, err := attribute.OfText("CC0-1.0")
	if err != nil {
		panic(err)
	}
	for _, age := range []uint64{18, 17} {
		slots := []attribute.Slot{attribute.OfUint(age), licence}
		satisfied, clause := program.Eval(slots)
		fmt.Printf("age %d: satisfied %v, failed clause %d\n", age, satisfied, clause)

		assigned, err := policy.ValueOf(program, pair)
		if err != nil {
			panic(err)
		}
		witness, err := frontend.NewWitness(&judged{
			Policy: commitment, Program: assigned, Slots: []attribute.SlotVar{attribute.ValueOf(slots[0]), attribute.ValueOf(slots[1])},
		}, ecc.BN254.ScalarField())
		if err != nil {
			panic(err)
		}
		fmt.Println("  in the circuit:", circuit.IsSolved(witness) == nil)
	}
	// Output:
	// age 18: satisfied true, failed clause -1
	//   in the circuit: true
	// age 17: satisfied false, failed clause 0
	//   in the circuit: false
}
