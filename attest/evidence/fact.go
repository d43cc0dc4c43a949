// Package evidence packs what was published of a deck or a drawn drop with all that others need to
// judge it later, on a machine without a network: attestations, the reader's trust, a log, and facts of
// chains as blocks' headers with Merkle proofs. FORMAT.md of package bundle, section 24.
//
// Answers of a node are no evidence: a fact here leads from a transaction, a receipt or an account to the
// hash of a block. That the block is the chain's is one question, which two nodes or a checkpoint
// answer; everything else is checked here.
package evidence

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"

	"github.com/genproof/genproof/bundle/strictjson"
)

// The kinds of facts.
const (
	FactTransaction = "transaction" // it is in a block: its data dates what it names
	FactReceipt     = "receipt"     // what came of a transaction: the events of contracts
	FactAccount     = "account"     // an account after a block: the hash of its code
)

// MaxFact bounds a fact's file: a transaction with the proofs of 32 batches has some 100 KB.
const MaxFact = 1 << 22

// A Fact is a part of a block, and what leads from it to the block's hash.
type Fact struct {
	Version uint64   `json:"version"` // 1
	Kind    string   `json:"kind"`
	ChainID uint64   `json:"chain_id"` // as its packer was told; a transaction's own must be the same
	Header  []byte   `json:"header"`   // RLP
	Index   uint64   `json:"index"`    // of the transaction in its block; 0 of an account
	Value   []byte   `json:"value"`    // transaction or receipt as the block's tree has it, or an account's code
	Address [20]byte `json:"address"`  // of an account
	Proof   [][]byte `json:"proof"`    // nodes of the tree, from its root
}

// A Seen is what a fact says when it was checked.
type Seen struct {
	Kind    string
	ChainID uint64
	Block   uint64
	Hash    common.Hash // of the block
	Time    time.Time
	// of a transaction
	Transaction *types.Transaction
	// of a receipt
	Receipt *types.Receipt
	Index   uint64
	// of an account
	Address  common.Address
	CodeHash common.Hash
	Code     []byte
}

// ParseFact reads a fact in its one form, and checks it.
func ParseFact(data []byte) (*Seen, error) {
	f := new(Fact)
	err := strictjson.Unmarshal(data, f, MaxFact)
	if err == nil {
		if again, bad := strictjson.Marshal(f); bad != nil || !bytes.Equal(again, data) {
			err = errors.New("it is not in canonical form")
		}
	}
	if err != nil {
		return nil, fmt.Errorf("reading a fact: %w", err)
	}
	s, err := f.Check()
	if err != nil {
		return nil, fmt.Errorf("checking a fact: %w", err)
	}
	return s, nil
}

// Check leads from the fact to its block's hash, and returns what it says.
func (f *Fact) Check() (*Seen, error) {
	var header types.Header
	if err := rlp.DecodeBytes(f.Header, &header); err != nil {
		return nil, fmt.Errorf("the block's header: %w", err)
	}
	if again, err := rlp.EncodeToBytes(&header); err != nil || !bytes.Equal(again, f.Header) || header.Number == nil || !header.Number.IsUint64() {
		return nil, errors.New("the block's header is not in its one form")
	}
	if f.Version != 1 || header.Time > 1<<40 {
		return nil, fmt.Errorf("version %d, at second %d", f.Version, header.Time)
	}
	s := &Seen{Kind: f.Kind, ChainID: f.ChainID, Block: header.Number.Uint64(), Hash: header.Hash(), Time: time.Unix(int64(header.Time), 0).UTC(), Index: f.Index}
	switch f.Kind {
	case FactTransaction:
		return s, f.checkTransaction(s, header.TxHash)
	case FactReceipt:
		return s, f.checkReceipt(s, header.ReceiptHash)
	case FactAccount:
		return s, f.checkAccount(s, header.Root)
	}
	return nil, fmt.Errorf("its kind %.40q is none", f.Kind)
}

var errProof = errors.New("the proof does not lead to the block")

// in sees that the value has a key in the tree with a root.
func (f *Fact) in(root common.Hash, key, value []byte) error {
	nodes := memorydb.New()
	for _, n := range f.Proof {
		if err := nodes.Put(crypto.Keccak256(n), n); err != nil {
			return err
		}
	}
	found, err := trie.VerifyProof(root, key, nodes)
	if err != nil || found == nil || !bytes.Equal(found, value) {
		return errProof
	}
	return nil
}

func (f *Fact) checkTransaction(s *Seen, root common.Hash) error {
	if err := f.in(root, rlp.AppendUint64(nil, f.Index), f.Value); err != nil {
		return err
	}
	s.Transaction = new(types.Transaction)
	if err := s.Transaction.UnmarshalBinary(f.Value); err != nil {
		return fmt.Errorf("the transaction: %w", err)
	}
	if id := s.Transaction.ChainId(); s.Transaction.Protected() && (!id.IsUint64() || id.Uint64() != f.ChainID) {
		return fmt.Errorf("the transaction is of chain %s, and not of %d", id, f.ChainID)
	}
	return nil
}

func (f *Fact) checkReceipt(s *Seen, root common.Hash) error {
	if err := f.in(root, rlp.AppendUint64(nil, f.Index), f.Value); err != nil {
		return err
	}
	s.Receipt = new(types.Receipt)
	if err := s.Receipt.UnmarshalBinary(f.Value); err != nil {
		return fmt.Errorf("the receipt: %w", err)
	}
	return nil
}

func (f *Fact) checkAccount(s *Seen, root common.Hash) error {
	s.Address, s.CodeHash, s.Code = f.Address, crypto.Keccak256Hash(f.Value), f.Value
	nodes := memorydb.New()
	for _, n := range f.Proof {
		if err := nodes.Put(crypto.Keccak256(n), n); err != nil {
			return err
		}
	}
	found, err := trie.VerifyProof(root, crypto.Keccak256(f.Address[:]), nodes)
	if err != nil || found == nil {
		return errProof
	}
	var account types.StateAccount
	if err := rlp.DecodeBytes(found, &account); err != nil {
		return fmt.Errorf("the account: %w", err)
	}
	if !bytes.Equal(account.CodeHash, s.CodeHash[:]) {
		return errors.New("the account has another code")
	}
	return nil
}

// Names reports whether a transaction's data has 32 bytes in them: whoever sent it had them.
func (s *Seen) Names(digest [32]byte) bool {
	return s.Transaction != nil && bytes.Contains(s.Transaction.Data(), digest[:])
}

// TransactionFact makes the fact that a transaction is in a block.
func TransactionFact(chainID uint64, header *types.Header, txs types.Transactions, index int) (*Fact, error) {
	return factOf(FactTransaction, chainID, header, txs, header.TxHash, index)
}

// ReceiptFact makes the fact of what came of a transaction.
func ReceiptFact(chainID uint64, header *types.Header, receipts types.Receipts, index int) (*Fact, error) {
	return factOf(FactReceipt, chainID, header, receipts, header.ReceiptHash, index)
}

// AccountFact makes the fact of an account's code after a block, from the proof that a node gave.
func AccountFact(chainID uint64, header *types.Header, address common.Address, code []byte, proof [][]byte) (*Fact, error) {
	f := &Fact{Version: 1, Kind: FactAccount, ChainID: chainID, Value: code, Address: address, Proof: proof}
	return f, f.complete(header)
}

func factOf(kind string, chainID uint64, header *types.Header, list types.DerivableList, root common.Hash, index int) (*Fact, error) {
	if index < 0 || index >= list.Len() {
		return nil, fmt.Errorf("the block has no transaction %d", index)
	}
	tree := trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), nil))
	f := &Fact{Version: 1, Kind: kind, ChainID: chainID, Index: uint64(index)}
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
	return f, f.complete(header)
}

// complete adds the header, and checks the fact as a reader will.
func (f *Fact) complete(header *types.Header) (err error) {
	if f.Header, err = rlp.EncodeToBytes(header); err != nil {
		return err
	}
	_, err = f.Check()
	return err
}

// inOrder keeps a proof's nodes in the order in which they come: from the root.
type inOrder [][]byte

func (n *inOrder) Put(_, value []byte) error { *n = append(*n, bytes.Clone(value)); return nil }
func (n *inOrder) Delete([]byte) error       { return nil }

// Marshal writes the fact in its one form.
func (f *Fact) Marshal() ([]byte, error) {
	data, err := strictjson.Marshal(f)
	if err == nil && len(data) > MaxFact {
		err = fmt.Errorf("writing a fact: %d bytes, at most %d", len(data), MaxFact)
	}
	return data, err
}
