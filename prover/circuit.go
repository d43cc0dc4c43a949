package prover

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/setup"
)

// A CircuitProver proves what is of one circuit: batches of any deck, or tokens of any drawn drop.
// It needs no drop's folder.
type CircuitProver struct {
	backend *backend
	proving sync.Mutex // a proof uses all cores, and the memory of two would not be bounded
}

// NewCircuit returns a prover of one circuit.
func NewCircuit(keys setup.Keys) (*CircuitProver, error) {
	backend, err := backendOf(keys)
	if err != nil {
		return nil, err
	}
	return &CircuitProver{backend: backend}, nil
}

// ErrOtherStatement says that a batch is not what its prover was asked for.
var ErrOtherStatement = errors.New("the batch is another deck's or another place's")

// Prove returns a batch's proof, verified, and the statement it is of. expect, if not nil, is asked
// before anything is proven whether the statement is the wanted one.
func (p *CircuitProver) Prove(ctx context.Context, b *deck.Batch, expect func(deck.Statement) bool) ([]byte, deck.Statement, error) {
	result, err := deck.Generate(b)
	if err != nil {
		return nil, deck.Statement{}, err
	}
	if expect != nil && !expect(result.Statement) {
		return nil, result.Statement, ErrOtherStatement
	}
	p.proving.Lock()
	defer p.proving.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, result.Statement, err
	}
	inputs := result.Statement.Vector()
	proof, err := p.backend.proof(inputs[:], result.Assignment)
	if err != nil {
		return nil, result.Statement, fmt.Errorf("batch of card %d: %w", b.First, err)
	}
	return proof, result.Statement, nil
}

// ProveVector returns a verified proof of values that another program made: the public inputs, then
// all other values of the assignment in the circuit's order, see [TokenFolder.Vector]. Values that
// are not so many, or do not satisfy the circuit, are [ErrNoProof].
func (p *CircuitProver) ProveVector(ctx context.Context, inputs, hidden []fr.Element) ([]byte, error) {
	full, err := witness.New(ecc.BN254.ScalarField())
	if err != nil {
		return nil, errors.New("proving: the values cannot be laid out")
	}
	values := make(chan any, len(inputs)+len(hidden))
	for _, v := range slices.Concat(inputs, hidden) {
		values <- v
	}
	close(values)
	if err := full.Fill(len(inputs), len(hidden), values); err != nil {
		return nil, errors.New("proving: the values cannot be laid out")
	}
	p.proving.Lock()
	defer p.proving.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return p.backend.proofOf(inputs, full)
}
