package solidity

import (
	"bytes"
	"fmt"

	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/verifier/groth16"
)

// inputs is the number of a statement's public inputs.
const inputs = 9

// StandardVerifier returns the Solidity source of gnark's own verifier for a key: a
// contract with the key in its text, whose verifyProof takes all nine public inputs and
// reverts unless the proof shows them. For those who want the most widely used code; ours
// costs a mint about a fifth less.
func StandardVerifier(vk *groth16.VerifyingKey) ([]byte, error) {
	if err := vk.Lint(inputs); err != nil {
		return nil, fmt.Errorf("exporting the standard verifier: %w", err)
	}
	logger.Disable() // gnark logs to stdout
	key := new(groth16bn254.VerifyingKey)
	key.G1.Alpha, key.G1.K = vk.Alpha, vk.K
	key.G2.Beta, key.G2.Gamma, key.G2.Delta = vk.Beta, vk.Gamma, vk.Delta
	if err := key.Precompute(); err != nil {
		return nil, fmt.Errorf("exporting the standard verifier: %w", err)
	}
	var source bytes.Buffer
	if err := key.ExportSolidity(&source, solidity.WithPragmaVersion("^0.8.20")); err != nil {
		return nil, fmt.Errorf("exporting the standard verifier: %w", err)
	}
	return source.Bytes(), nil
}
