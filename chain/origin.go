package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/solidity"
)

// An origin is how a contract came to be. Code alone does not tell: whoever writes another
// constructor can leave a contract's code with other immutables behind, and with tokens, an
// owner and a beacon in its storage that nobody drew.
type origin int

const (
	originUnseen origin = iota // the node does not know the transaction, or a contract created it
	originOurs                 // a transaction with the creation code of our contract
	originForged               // a transaction with another
)

// origin looks at the transaction of a contract's first event, which is its constructor's.
func (c *Client) origin(ctx context.Context, contract common.Address, first common.Hash, a *solidity.Artifact) (origin, error) {
	tx, _, err := c.backend.TransactionByHash(ctx, first)
	if errors.Is(err, ethereum.NotFound) {
		return originUnseen, nil
	}
	if err != nil {
		return originUnseen, fmt.Errorf("looking for the transaction %s that created the contract: %w", first, withoutURL(err))
	}
	from, err := types.Sender(types.LatestSignerForChainID(tx.ChainId()), tx)
	if err != nil || tx.To() != nil || crypto.CreateAddress(from, tx.Nonce()) != contract {
		return originUnseen, nil
	}
	if bytes.HasPrefix(tx.Data(), a.Creation) {
		return originOurs, nil
	}
	return originForged, nil
}

// checkOrigin adds to the report what the contract's origin tells.
func (c *Client) checkOrigin(ctx context.Context, r *CheckReport, first common.Hash) error {
	if !r.Status.Known {
		return nil
	}
	o, err := c.origin(ctx, r.Status.Contract, first, solidity.GenproofDrop)
	if err != nil {
		return err
	}
	r.fault(o == originForged, "the contract's code is GenproofDrop's, but its constructor was not: its storage and immutables are somebody's choice")
	if o == originUnseen {
		r.Warnings = append(r.Warnings, "CREATION NOT SEEN: the contract's code is GenproofDrop's, but which constructor it had is not known here. It can have begun with a beacon, a verifier or tokens of somebody's choice.")
	}
	return nil
}
