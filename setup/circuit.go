package setup

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/debug"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
)

// A Circuit is a compiled circuit.
type Circuit struct {
	ID     string                      // "cid/standard"
	CS     constraint.ConstraintSystem // R1CS or sparse R1CS over BN254, without debug information
	Digest [32]byte                    // SHA-256 of the serialised constraint system

	Constraints  int
	PublicInputs int               // the constant wire not counted
	Commitments  int               // gnark's commitments
	Backend      statement.Backend // whose constraint system it is
	Domain       uint64            // the power of two the prover's FFTs run at
}

// Compile compiles a circuit of the product. The same source gives the same digest, in
// every process and on every machine.
func Compile(id statement.CircuitID) (*Circuit, error) {
	compiled, err := compile(id)
	if err != nil {
		return nil, err
	}
	system, ok := compiled.(*cs.R1CS)
	if !ok {
		return nil, fmt.Errorf("compiling circuit %s: got %T, want a constraint system over BN254", id, compiled)
	}
	return newCircuit(id.String(), system)
}

// compile finds the package that knows the circuit.
func compile(id statement.CircuitID) (constraint.ConstraintSystem, error) {
	switch id.Binding {
	case statement.Deck:
		return deck.Compile(id)
	case statement.Rule:
		return rule.Compile(id)
	}
	return generation.Compile(id)
}

// newCircuit describes a constraint system and computes its digest.
func newCircuit(id string, system *cs.R1CS) (*Circuit, error) {
	c, err := describe(id, system)
	if err != nil {
		return nil, err
	}
	h := sha256.New()
	if _, err := c.write(h); err != nil {
		return nil, err
	}
	h.Sum(c.Digest[:0])
	return c, nil
}

// describe drops what is not part of a constraint system: what the "debug" build tag adds
// names files of the machine that compiled, and logs would show values.
func describe(id string, system *cs.R1CS) (*Circuit, error) {
	system.DebugInfo, system.Logs, system.MDebug = nil, nil, map[int]int{}
	system.SymbolTable = debug.NewSymbolTable()
	c := &Circuit{
		ID:          id,
		CS:          system,
		Constraints: system.GetNbConstraints(),
		Commitments: len(system.CommitmentInfo.CommitmentIndexes()),
	}
	rows := c.Constraints
	switch system.Type {
	case constraint.SystemR1CS:
		c.PublicInputs = system.GetNbPublicVariables() - 1
	case constraint.SystemSparseR1CS:
		c.Backend, c.PublicInputs = statement.Plonk, system.GetNbPublicVariables()
		rows += c.PublicInputs // a row each
	default:
		return nil, fmt.Errorf("circuit %s: its constraint system is of no known type", id)
	}
	c.Domain = ecc.NextPowerOfTwo(uint64(rows))
	return c, nil
}

// write serialises the constraint system: the bytes the digest is of.
func (c *Circuit) write(w io.Writer) (int64, error) {
	n, err := c.CS.WriteTo(w)
	if err != nil {
		return n, fmt.Errorf("serialising circuit %s: %w", c.ID, err)
	}
	return n, nil
}

// errCommitments: the token circuits have none, and our verifying key has no place for one.
var errCommitments = errors.New("it uses gnark commitments (rangecheck, lookup or api.Commit), which genproof's keys do not have")
