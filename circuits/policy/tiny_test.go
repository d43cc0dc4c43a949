package policy

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// tiny has every kind of row once or twice, so that all of them can be tried.
var tiny = statement.Size{Name: "tiny", Layers: 1, Claims: 1, Literals: 2}

// A scenario is a program in its committed form and slots, which no Program need have.
type scenario struct {
	name     string
	mask     uint64
	words    [2]uint64
	beyond   []int // bits of the code element to set besides
	operands [2]any
	slots    [2]attribute.SlotVar
}

func (s scenario) assignment() *tinyCircuit {
	code := new(big.Int).SetUint64(s.words[0] | s.words[1]<<wordBits)
	for _, bit := range s.beyond {
		code.SetBit(code, bit, 1)
	}
	c := newTinyCircuit()
	c.Program.Schema, c.Program.Numeric, c.Program.Code[0] = 1, s.mask, code
	for i := range s.operands {
		c.Program.Operands[i] = s.operands[i]
		c.Slots[i] = s.slots[i]
	}
	return c
}

// tinyCircuit is AssertSatisfied alone.
type tinyCircuit struct {
	Program ProgramVar
	Slots   []attribute.SlotVar
}

func newTinyCircuit() *tinyCircuit {
	return &tinyCircuit{Program: Placeholder(tiny), Slots: make([]attribute.SlotVar, tiny.Slots())}
}

func (c *tinyCircuit) Define(api frontend.API) error {
	return AssertSatisfied(api, tiny, c.Program, c.Slots)
}
