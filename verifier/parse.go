package verifier

import (
	"fmt"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
	"github.com/genproof/genproof/verifier/plonk"
)

// ParseKey reads a verifying key of either proof system from anybody: the bytes of FORMAT.md
// of package bundle, section 5. A key that is for no statement of a token, a deck or a claim, or
// that anybody could forge proofs for, is an error.
func ParseKey(data []byte) (key.Verifying, error) {
	parse := func() (key.Verifying, error) { return groth16.ParseVerifyingKey(data) }
	if plonk.IsKey(data) {
		parse = func() (key.Verifying, error) { return plonk.ParseVerifyingKey(data) }
	}
	vk, err := parse()
	if err != nil {
		return nil, err
	}
	inputs := statement.NbInputs
	if n := vk.NbInputs(); n == deck.NbInputs || n == rule.NbInputs {
		inputs = n
	}
	if err := vk.Lint(inputs); err != nil {
		return nil, fmt.Errorf("verifying key: %w", err)
	}
	return vk, nil
}
