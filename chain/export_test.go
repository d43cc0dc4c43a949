package chain

import (
	"context"

	"github.com/genproof/genproof/verifier/key"
)

// DeployVerifierFor is DeployVerifier of a key with any number of inputs.
func (c *Client) DeployVerifierFor(ctx context.Context, vk key.Verifying, inputs int) (*Deployment, error) {
	return c.deployVerifier(ctx, vk, inputs)
}
