package prover

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/setup"
)

// A BatchProver proves batches of any deck of one circuit. It needs no deck's folder.
type BatchProver struct {
	backend *backend
	proving sync.Mutex // a proof uses all cores, and the memory of two would not be bounded
}

// NewBatches returns a prover of batches. It switches gnark's log off, which would quote witness
// values.
func NewBatches(keys setup.Keys) (*BatchProver, error) {
	logger.Disable()
	backend, err := backendOf(keys)
	if err != nil {
		return nil, err
	}
	return &BatchProver{backend: backend}, nil
}

// ErrOtherStatement says that a batch is not what its prover was asked for.
var ErrOtherStatement = errors.New("the batch is another deck's or another place's")

// Prove returns a batch's proof, verified, and the statement it is of. expect, if not nil, is asked
// before anything is proven whether the statement is the wanted one.
func (p *BatchProver) Prove(ctx context.Context, b *deck.Batch, expect func(deck.Statement) bool) ([]byte, deck.Statement, error) {
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
