package prover

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/prover/groth16"
	"github.com/genproof/genproof/prover/plonk"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier/key"
)

// gnark's log quotes witness values: it is off from the start, for whoever proves.
func init() { logger.Disable() }

// A backend holds what all proofs by the same keys share.
type backend struct {
	verifying key.Verifying
	prove     func(witness.Witness) ([]byte, error) // a proof's bytes
}

// backendOf prepares proving with keys of either proof system: nothing else here knows which.
func backendOf(keys setup.Keys) (*backend, error) {
	b := &backend{verifying: keys.Info().Verifying}
	var err error
	switch keys := keys.(type) {
	case *setup.Groth16Keys:
		b.prove, err = groth16Proofs(keys)
	case *setup.PlonkKeys:
		b.prove, err = plonkProofs(keys)
	default:
		err = fmt.Errorf("there are no proofs by keys that are %T", keys)
	}
	if err != nil {
		return nil, fmt.Errorf("proving %s: %w", keys.Info().Circuit.ID, err)
	}
	return b, nil
}

var errOtherSystem = errors.New("its constraint system is of another proof system than its keys")

func groth16Proofs(keys *setup.Groth16Keys) (func(witness.Witness) ([]byte, error), error) {
	system, ok := keys.Circuit.CS.(*cs.R1CS)
	if !ok {
		return nil, errOtherSystem
	}
	p, err := groth16.New(system, keys.Proving)
	if err != nil {
		return nil, err
	}
	return func(w witness.Witness) ([]byte, error) {
		proof, err := p.Prove(w)
		if err != nil {
			return nil, err
		}
		b := proof.Bytes()
		return b[:], nil
	}, nil
}

func plonkProofs(keys *setup.PlonkKeys) (func(witness.Witness) ([]byte, error), error) {
	system, ok := keys.Circuit.CS.(*cs.SparseR1CS)
	if !ok {
		return nil, errOtherSystem
	}
	p, err := plonk.New(system, keys.Proving)
	if err != nil {
		return nil, err
	}
	return func(w witness.Witness) ([]byte, error) {
		proof, err := p.Prove(w)
		if err != nil {
			return nil, err
		}
		return proof.Bytes(), nil
	}, nil
}

// Prove returns the bytes of a proof of an assignment, verified against the statement. It is
// [ErrNoProof] if the assignment does not satisfy the circuit.
func Prove(keys setup.Keys, s statement.Statement, assignment frontend.Circuit) ([]byte, error) {
	b, err := backendOf(keys)
	if err != nil {
		return nil, err
	}
	inputs := s.Vector()
	return b.proof(inputs[:], assignment)
}

// proof returns a proof's bytes, verified against the public inputs.
func (b *backend) proof(inputs []fr.Element, assignment frontend.Circuit) ([]byte, error) {
	full, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return nil, errors.New("proving: the assignment does not match its circuit")
	}
	return b.proofOf(inputs, full)
}

// proofOf is proof of a witness.
func (b *backend) proofOf(inputs []fr.Element, full witness.Witness) ([]byte, error) {
	proof, err := b.prove(full)
	switch {
	case errors.Is(err, groth16.ErrUnsatisfied) || errors.Is(err, plonk.ErrUnsatisfied):
		return nil, ErrNoProof
	case err != nil:
		return nil, fmt.Errorf("proving: %w", err)
	}
	if err := b.verifying.Check(inputs, proof); err != nil {
		return nil, fmt.Errorf("checking the new proof: %w; the proving key does not belong to the verifying key", err)
	}
	return proof, nil
}
