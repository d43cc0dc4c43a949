// Package groth measures a gnark circuit under Groth16 over BN254: setup, proof, verdict.
package groth

import (
	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

// A Case is a circuit and one assignment that satisfies it.
type Case struct {
	Circuit    frontend.Circuit // placeholder
	Assignment frontend.Circuit
	// Own does as genproof does: compiles without cutting long linear forms, which gnark's
	// default cuts, and proves with genproof's prover instead of gnark's.
	Own bool
}

// Compile returns the case's constraint system.
func (c *Case) Compile() (constraint.ConstraintSystem, error) {
	var options []frontend.CompileOption
	if c.Own {
		options = append(options, frontend.WithCompressThreshold(0))
	}
	return frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c.Circuit, options...)
}
