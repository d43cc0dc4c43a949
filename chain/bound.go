package chain

import (
	"bytes"
	"context"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/groth16"
)

// checkBound checks that the code at the bound verifier's address is what `setTemplate` should
// have deployed. A contract that is not GenproofDrop's may have no bound verifier.
func (c *Client) checkBound(ctx context.Context, r *CheckReport) error {
	s := r.Status
	if !s.Known || !s.KeyKnown || !s.HasTemplate() {
		return nil
	}
	folded, err := s.folded()
	if err != nil {
		return err
	}
	node := &reader{ctx: ctx, c: c, block: new(big.Int).SetUint64(s.Block)}
	verifier, at := node.code(s.Verifier), solidity.BoundAddress(s.Contract)
	code := node.anyCode(at)
	if node.err != nil {
		return fmt.Errorf("reading the verifier's code: %w", node.err)
	}
	r.fault(!bytes.Equal(code, solidity.BoundCode(verifier, s.Commitments.Template, s.Beacon, folded)),
		"the code at %s, which verifies mints, is not made of the verifier's, the commitments and the beacon", at)
	return nil
}

// folded is what the verifier's fold makes of the inputs that all tokens share, under the
// first template: for Groth16 K0 + Σ inputs[i]·K[i+1], for PLONK their keccak256 and a zero.
func (s *Status) folded() (out [64]byte, err error) {
	m := &s.Commitments
	inputs := []fr.Element{m.Model, m.Policy, m.Template, m.Authority, m.Seeds, s.Beacon}
	own, ok := s.Key.(*groth16.VerifyingKey)
	if !ok {
		var words []byte
		for i := range inputs {
			words = append(words, inputs[i].Marshal()...)
		}
		copy(out[:], crypto.Keccak256(words))
		return out, nil
	}
	var p bn254.G1Affine
	if _, err := p.MultiExp(own.K[:7], append([]fr.Element{fr.One()}, inputs...), ecc.MultiExpConfig{}); err != nil {
		return out, fmt.Errorf("folding the drop's inputs: %w", err)
	}
	x, y := p.X.Bytes(), p.Y.Bytes()
	copy(out[:32], x[:])
	copy(out[32:], y[:])
	return out, nil
}
