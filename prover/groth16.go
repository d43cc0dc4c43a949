package prover

import (
	"errors"
	"fmt"

	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/prover/groth16"
	"github.com/genproof/genproof/setup"
	vgroth16 "github.com/genproof/genproof/verifier/groth16"
)

// groth16Prover holds what all Groth16 proofs by the same keys share.
type groth16Prover struct {
	keys   *setup.Keys
	prover *groth16.Prover
}

func newGroth16(keys *setup.Keys) (*groth16Prover, error) {
	system, ok := keys.Circuit.CS.(*cs.R1CS)
	if !ok {
		return nil, fmt.Errorf("proving: %s is no circuit over BN254", keys.Circuit.ID)
	}
	p, err := groth16.New(system, keys.Proving)
	if err != nil {
		return nil, fmt.Errorf("proving %s: %w", keys.Circuit.ID, err)
	}
	return &groth16Prover{keys, p}, nil
}

// Prove returns the Groth16 proof of an assignment, verified against the statement. It is
// [ErrNoProof] if the assignment does not satisfy the circuit.
func Prove(keys *setup.Keys, s statement.Statement, assignment frontend.Circuit) (*vgroth16.Proof, error) {
	p, err := newGroth16(keys)
	if err != nil {
		return nil, err
	}
	return p.prove(s, assignment)
}

func (p *groth16Prover) prove(s statement.Statement, assignment frontend.Circuit) (*vgroth16.Proof, error) {
	full, err := fullWitness(assignment)
	if err != nil {
		return nil, err
	}
	proof, err := p.prover.Prove(full)
	if errors.Is(err, groth16.ErrUnsatisfied) {
		return nil, ErrNoProof
	}
	if err != nil {
		return nil, fmt.Errorf("proving: %w", err)
	}
	inputs := s.Vector()
	if err := p.keys.Verifying.Verify(inputs[:], proof); err != nil {
		return nil, unverified(err)
	}
	return proof, nil
}
