package main

import (
	"errors"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/prover"
)

// brokenClaimForced fills the circuit for a token that breaks the policy, as a prover without
// scruples does, who leaves out the native check.
func (d *demo) brokenClaimForced() (string, error) {
	bad, err := d.unsafeDrop()
	if err != nil {
		return "", err
	}
	token, err := bad.Token(unsafeToken, [20]byte{})
	if err != nil {
		return "", err
	}
	r, err := generation.Force(token)
	if err != nil {
		return "", err
	}
	return d.forced(r, func(*generation.CIDCircuit) error { return nil }, unsafeToken-1)
}

// exchangedClaim fills the circuit with the claims of one receipt and the signature of another.
func (d *demo) exchangedClaim() (string, error) {
	bad, err := d.unsafeDrop()
	if err != nil {
		return "", err
	}
	other, err := bad.Receipt(unsafeToken)
	if err != nil {
		return "", err
	}
	token, err := d.drop.Token(unsafeToken, [20]byte{})
	if err != nil {
		return "", err
	}
	r, err := generation.Generate(token)
	if err != nil {
		return "", err
	}
	return d.forced(r, func(c *generation.CIDCircuit) error {
		c.Token.Signature = eddsa.ValueOfSignature(other.Signature)
		return nil
	}, unsafeToken)
}

// forced tries to prove a changed assignment. So that a no means something,
// an honest token's assignment, made in the same way, has to satisfy the circuit first.
func (d *demo) forced(r *generation.Result, change func(*generation.CIDCircuit) error, honestID uint64) (string, error) {
	token, err := d.drop.Token(honestID, [20]byte{})
	if err != nil {
		return "", err
	}
	honest, err := generation.Generate(token)
	if err != nil {
		return "", err
	}
	if !d.solvable(honest.Assignment) {
		return "", errors.New("even an honest token has no proof")
	}
	circuit, ok := r.Assignment.(*generation.CIDCircuit)
	if !ok {
		return "", errors.New("the sample drop has another circuit than expected")
	}
	if err := change(circuit); err != nil {
		return "", err
	}
	_, err = prover.Prove(d.keys, r.Statement, circuit)
	if errors.Is(err, prover.ErrNoProof) {
		return err.Error(), nil
	}
	return "", err
}

// solvable reports whether the constraints hold. The solver's error is left out on purpose.
func (d *demo) solvable(assignment frontend.Circuit) bool {
	witness, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		return false
	}
	return d.keys.Circuit.CS.IsSolved(witness) == nil
}
