package chain

import (
	"bytes"
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/key"
	"github.com/genproof/genproof/verifier/plonk"
)

// A verifierContract is what a mint contract takes for its verifier, of one key.
type verifierContract interface {
	create(ctx context.Context) (*Deployment, error)
	check(ctx context.Context, at common.Address) error // that it is there, to the byte
}

// verifierOf returns the contract of a key of either proof system: nothing else that deploys
// knows which.
func (c *Client) verifierOf(vk key.Verifying) (verifierContract, error) {
	switch vk := vk.(type) {
	case *groth16.VerifyingKey:
		return &groth16Contract{c, vk}, nil
	case *plonk.VerifyingKey:
		return &plonkContract{c, vk}, nil
	}
	return nil, fmt.Errorf("deploying the verifier: there is no contract for keys of %s", vk.Backend())
}

// A groth16Contract reads its key from the end of its own code.
type groth16Contract struct {
	*Client
	vk *groth16.VerifyingKey
}

func (c *groth16Contract) create(ctx context.Context) (*Deployment, error) {
	digest := c.vk.Digest()
	arguments := bindings.NewGroth16Deployer().PackConstructor(c.vk.Bytes())
	return c.Client.create(ctx, Entry{Event: EventVerifier, Subject: digest[:], KeyProvenance: c.known(c.vk)}, solidity.Groth16Deployer, arguments)
}

func (c *groth16Contract) check(ctx context.Context, at common.Address) error {
	code, err := c.backend.CodeAt(ctx, at, nil)
	if err != nil {
		return fmt.Errorf("reading the verifier's code: %w", withoutURL(err))
	}
	if !bytes.Equal(code, solidity.VerifierCode(c.vk.Bytes())) {
		return fmt.Errorf("the contract %s on chain %d is not the verifier of this key", at, c.ChainID)
	}
	return nil
}
