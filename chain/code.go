package chain

import (
	"context"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
)

// Code returns the code of a contract at the latest block. That there is none is an error.
func (c *Client) Code(ctx context.Context, at common.Address) ([]byte, error) {
	code, err := c.backend.CodeAt(ctx, at, nil)
	if err != nil {
		return nil, fmt.Errorf("reading the contract's code: %w", withoutURL(err))
	}
	if len(code) == 0 {
		return nil, fmt.Errorf("%s on chain %d: %w", at, c.ChainID, errNoContract)
	}
	return code, nil
}
