package chain

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
)

// validSignature is what a contract answers to isValidSignature(bytes32,bytes) of ERC-1271 if it
// has signed: the function's own selector.
const validSignature = 0x1626ba7e

// IsValidSignature reports whether the contract at an account of this chain takes a signature of a
// digest, by ERC-1271. A contract that reverts does not.
func (c *Client) IsValidSignature(ctx context.Context, account bundle.Identity, digest [32]byte, signature []byte) (bool, error) {
	if account.Chain != c.ChainID {
		return false, fmt.Errorf("the signer is a contract on chain %d, and the node is of chain %d", account.Chain, c.ChainID)
	}
	padded := make([]byte, (len(signature)+31)/32*32)
	copy(padded, signature)
	call := binary.BigEndian.AppendUint32(nil, validSignature)
	call = append(call, digest[:]...)
	call = append(call, wordOf(64)...)
	call = append(call, wordOf(uint64(len(signature)))...)
	out, err := c.Call(ctx, common.Address(account.Account), append(call, padded...))
	var no *Revert
	if errors.As(err, &no) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("asking the signer's contract: %w", err)
	}
	return len(out) == 32 && binary.BigEndian.Uint32(out) == validSignature && [28]byte(out[4:]) == [28]byte{}, nil
}

// wordOf is a number in 32 bytes.
func wordOf(n uint64) []byte { return binary.BigEndian.AppendUint64(make([]byte, 24), n) }
