// Package plonk proves: it takes gnark's constraint system and proving key, and its proofs
// are gnark's, as package verifier/plonk takes them.
package plonk

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/genproof/genproof/verifier/plonk"
)

// ErrUnsatisfied says that an assignment does not satisfy the circuit. gnark's reason, which
// quotes hidden values, is left out.
var ErrUnsatisfied = errors.New("the assignment does not satisfy the circuit")

// A Prover proves assignments of one circuit with one key. Several goroutines may use it.
type Prover struct {
	system *cs.SparseR1CS
	key    *gnark.ProvingKey
}

// New returns a prover. The key must belong to the system; only sizes are checked here.
func New(system *cs.SparseR1CS, key *gnark.ProvingKey) (*Prover, error) {
	rows := uint64(system.GetNbConstraints() + system.GetNbPublicVariables())
	n := uint64(len(key.KzgLagrange.G1))
	switch {
	case key.Vk == nil || len(key.Vk.Qcp) != 0:
		return nil, errors.New("the circuit has commitments, which this prover does not know")
	case n < rows || n >= 2*rows || uint64(len(key.Kzg.G1)) != n+3:
		return nil, errors.New("the proving key is one of another circuit")
	}
	return &Prover{system, key}, nil
}

// Prove returns a proof, or [ErrUnsatisfied].
//
// The shards of the quotient are blinded too, gnark's statistical zero knowledge: without
// that a proof is a commitment to values that depend on the witness alone.
func (p *Prover) Prove(w witness.Witness) (*plonk.Proof, error) {
	proof, err := gnark.Prove(p.system, p.key, w, backend.WithStatisticalZeroKnowledge())
	if err != nil {
		return nil, ErrUnsatisfied
	}
	return Convert(proof)
}

// Convert returns gnark's proof as a verifier takes it, without the value of the linearised
// polynomial, which follows from the others.
func Convert(p *gnark.Proof) (*plonk.Proof, error) {
	v := p.BatchedProof.ClaimedValues
	if len(v) != 6 || len(p.Bsb22Commitments) != 0 {
		return nil, fmt.Errorf("the proof has %d values and %d commitments, want 6 and none", len(v), len(p.Bsb22Commitments))
	}
	return &plonk.Proof{
		L: p.LRO[0], R: p.LRO[1], O: p.LRO[2], H: p.H, Z: p.Z,
		AtL: v[1], AtR: v[2], AtO: v[3], AtS1: v[4], AtS2: v[5], AtZ: p.ZShiftedOpening.ClaimedValue,
		AtZeta: p.BatchedProof.H, AtZetaOmega: p.ZShiftedOpening.H,
	}, nil
}
