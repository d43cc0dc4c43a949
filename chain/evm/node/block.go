package node

import (
	"context"
	"encoding/json"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"
)

// GetBlockByHash has all transactions, whatever is asked.
func (e *eth) GetBlockByHash(ctx context.Context, hash common.Hash, _ bool) (any, error) {
	b, err := e.chain.BlockByHash(ctx, hash)
	if err != nil {
		return none(nil, err)
	}
	head, err := json.Marshal(b.Header())
	if err != nil {
		return nil, err
	}
	fields := map[string]any{}
	if err := json.Unmarshal(head, &fields); err != nil {
		return nil, err
	}
	txs := []any{}
	for _, tx := range b.Transactions() {
		r, err := e.chain.TransactionReceipt(ctx, tx.Hash())
		if err != nil {
			return nil, err
		}
		txs = append(txs, &placed{tx, r})
	}
	fields["hash"], fields["transactions"], fields["uncles"], fields["withdrawals"] = b.Hash(), txs, []any{}, b.Withdrawals()
	return fields, nil
}

func (e *eth) GetBlockReceipts(ctx context.Context, block rpc.BlockNumberOrHash) (any, error) {
	return none(e.chain.BlockReceipts(ctx, block))
}

// A proof is what eth_getProof says of the account; what it says of its storage nobody here asks for.
type proof struct {
	AccountProof []hexutil.Bytes `json:"accountProof"`
}

func (e *eth) GetProof(ctx context.Context, account common.Address, _ []string, block *rpc.BlockNumber) (*proof, error) {
	nodes, err := e.chain.AccountProof(ctx, account, number(block))
	if err != nil {
		return nil, err
	}
	p := &proof{}
	for _, n := range nodes {
		p.AccountProof = append(p.AccountProof, n)
	}
	return p, nil
}
