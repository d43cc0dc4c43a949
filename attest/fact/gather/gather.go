// Package gather makes facts of chains from what a node answers. Package fact checks them, and so does every
// fact that is made here.
package gather

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"

	"github.com/genproof/genproof/attest/fact"
)

// Transaction makes the fact that a transaction is in a block.
func Transaction(chainID uint64, header *types.Header, txs types.Transactions, index int) (*fact.Fact, error) {
	return factOf(fact.Transaction, chainID, header, txs, header.TxHash, index)
}

// Receipt makes the fact of what came of a transaction.
func Receipt(chainID uint64, header *types.Header, receipts types.Receipts, index int) (*fact.Fact, error) {
	return factOf(fact.Receipt, chainID, header, receipts, header.ReceiptHash, index)
}

// Account makes the fact of an account's code after a block, from the proof that a node gave.
func Account(chainID uint64, header *types.Header, address common.Address, code []byte, proof [][]byte) (*fact.Fact, error) {
	f := &fact.Fact{Version: 1, Kind: fact.Account, ChainID: chainID, Value: code, Address: address, Proof: proof}
	return complete(f, header)
}

func factOf(kind string, chainID uint64, header *types.Header, list types.DerivableList, root common.Hash, index int) (*fact.Fact, error) {
	if index < 0 || index >= list.Len() {
		return nil, fmt.Errorf("the block has no transaction %d", index)
	}
	tree := trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), nil))
	f := &fact.Fact{Version: 1, Kind: kind, ChainID: chainID, Index: uint64(index)}
	for i := range list.Len() {
		var value bytes.Buffer
		list.EncodeIndex(i, &value)
		if err := tree.Update(rlp.AppendUint64(nil, uint64(i)), bytes.Clone(value.Bytes())); err != nil {
			return nil, err
		}
		if i == index {
			f.Value = bytes.Clone(value.Bytes())
		}
	}
	if tree.Hash() != root {
		return nil, errors.New("the node's transactions or receipts are not those of the block's header")
	}
	var nodes inOrder
	if err := tree.Prove(rlp.AppendUint64(nil, uint64(index)), &nodes); err != nil {
		return nil, err
	}
	f.Proof = nodes
	return complete(f, header)
}

// complete adds the header, and checks the fact as a reader will.
func complete(f *fact.Fact, header *types.Header) (_ *fact.Fact, err error) {
	if f.Header, err = rlp.EncodeToBytes(header); err != nil {
		return nil, err
	}
	if _, err = f.Check(); err != nil {
		return nil, err
	}
	return f, nil
}

// inOrder keeps a proof's nodes in the order in which they come: from the root.
type inOrder [][]byte

func (n *inOrder) Put(_, value []byte) error { *n = append(*n, bytes.Clone(value)); return nil }
func (n *inOrder) Delete([]byte) error       { return nil }
