package prover

import (
	"fmt"

	"github.com/consensys/gnark/backend"
	plonkbn254 "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
	vplonk "github.com/genproof/genproof/verifier/plonk"
)

// ProvePlonk returns the PLONK proof of an assignment, verified against the statement. It is
// [ErrNoProof] if the assignment does not satisfy the circuit.
//
// The shards of the quotient are blinded too, gnark's statistical zero knowledge: without
// that a proof is a commitment to values that depend on the witness alone.
func ProvePlonk(keys *setup.PlonkKeys, s statement.Statement, assignment frontend.Circuit) (*vplonk.Proof, error) {
	full, err := fullWitness(assignment)
	if err != nil {
		return nil, err
	}
	system, ok := keys.Circuit.CS.(*cs.SparseR1CS)
	if !ok {
		return nil, fmt.Errorf("proving: %s is no circuit over BN254", keys.Circuit.ID)
	}
	proof, err := plonkbn254.Prove(system, keys.Proving, full, backend.WithStatisticalZeroKnowledge())
	if err != nil {
		return nil, ErrNoProof
	}
	own, err := ConvertPlonk(proof)
	if err != nil {
		return nil, err
	}
	inputs := s.Vector()
	if err := keys.Verifying.Verify(inputs[:], own); err != nil {
		return nil, unverified(err)
	}
	return own, nil
}

// ConvertPlonk returns gnark's proof as a verifier takes it, without the value of the
// linearised polynomial, which follows from the others.
func ConvertPlonk(p *plonkbn254.Proof) (*vplonk.Proof, error) {
	v := p.BatchedProof.ClaimedValues
	if len(v) != 6 || len(p.Bsb22Commitments) != 0 {
		return nil, fmt.Errorf("proving: the proof has %d values and %d commitments, want 6 and none", len(v), len(p.Bsb22Commitments))
	}
	return &vplonk.Proof{
		L: p.LRO[0], R: p.LRO[1], O: p.LRO[2], H: p.H, Z: p.Z,
		AtL: v[1], AtR: v[2], AtO: v[3], AtS1: v[4], AtS2: v[5], AtZ: p.ZShiftedOpening.ClaimedValue,
		AtZeta: p.BatchedProof.H, AtZetaOmega: p.ZShiftedOpening.H,
	}, nil
}
