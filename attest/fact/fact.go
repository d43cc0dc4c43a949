// Package fact is facts of chains: a block's header, and what leads from a transaction, a receipt or an
// account to it. FORMAT.md of package bundle, section 24.
//
// Answers of a node are no evidence. That the block is the chain's is one question, which two nodes or a
// checkpoint answer; everything else is checked here, with nothing of a node's program: pages do it too. Package
// gather makes facts.
//
//	hash of the block = keccak256(header)
//	value             = the tree with a root of the header, at a key        Ethereum's Merkle Patricia trie
package fact

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/bundle/strictjson"
)

// The kinds of facts.
const (
	Transaction = "transaction" // it is in a block: its data dates what it names
	Receipt     = "receipt"     // what came of a transaction: the events of contracts
	Account     = "account"     // an account after a block: the hash of its code
)

// MaxBytes bounds a fact's file: a transaction with the proofs of 32 batches has some 100 KB.
const MaxBytes = 1 << 22

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
	Hash    [32]byte // of the block
	Time    time.Time
	Index   uint64 // of the transaction in its block
	Data    []byte // of a transaction
	// of a receipt
	Succeeded bool
	Logs      []Log
	// of an account
	Address  [20]byte
	CodeHash [32]byte
	Code     []byte
}

// A Log is an event that a contract told of.
type Log struct {
	Address [20]byte
	Topics  [][32]byte
	Data    []byte
}

// Parse reads a fact in its one form, and checks it.
func Parse(data []byte) (*Seen, error) {
	f := new(Fact)
	err := strictjson.Unmarshal(data, f, MaxBytes)
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

// Marshal writes the fact in its one form.
func (f *Fact) Marshal() ([]byte, error) {
	data, err := strictjson.Marshal(f)
	if err == nil && len(data) > MaxBytes {
		err = fmt.Errorf("writing a fact: %d bytes, at most %d", len(data), MaxBytes)
	}
	return data, err
}

// Check leads from the fact to its block's hash, and returns what it says.
func (f *Fact) Check() (*Seen, error) {
	h, err := parseHeader(f.Header)
	if err != nil {
		return nil, fmt.Errorf("the block's header: %w", err)
	}
	if f.Version != 1 || h.time > 1<<40 {
		return nil, fmt.Errorf("version %d, at second %d", f.Version, h.time)
	}
	s := &Seen{Kind: f.Kind, ChainID: f.ChainID, Block: h.number, Hash: keccak(f.Header), Time: time.Unix(int64(h.time), 0).UTC(), Index: f.Index}
	switch f.Kind {
	case Transaction:
		return s, f.checkTransaction(s, h.transactions)
	case Receipt:
		return s, f.checkReceipt(s, h.receipts)
	case Account:
		return s, f.checkAccount(s, h.state)
	}
	return nil, fmt.Errorf("its kind %.40q is none", f.Kind)
}

var errProof = errors.New("the proof does not lead to the block")

// in sees that the value is the transaction or receipt with the fact's index in the tree with a root.
func (f *Fact) in(root [32]byte) error {
	found, err := lookup(root, number(f.Index), f.Proof)
	if err != nil || !bytes.Equal(found, f.Value) {
		return errProof
	}
	return nil
}

func (f *Fact) checkTransaction(s *Seen, root [32]byte) error {
	if err := f.in(root); err != nil {
		return err
	}
	data, chain, err := parseTransaction(f.Value)
	if err != nil {
		return fmt.Errorf("the transaction: %w", err)
	}
	if chain != nil && (!chain.IsUint64() || chain.Uint64() != f.ChainID) {
		return fmt.Errorf("the transaction is of chain %s, and not of %d", chain, f.ChainID)
	}
	s.Data = data
	return nil
}

func (f *Fact) checkReceipt(s *Seen, root [32]byte) (err error) {
	if err := f.in(root); err != nil {
		return err
	}
	if s.Succeeded, s.Logs, err = parseReceipt(f.Value); err != nil {
		return fmt.Errorf("the receipt: %w", err)
	}
	return nil
}

func (f *Fact) checkAccount(s *Seen, root [32]byte) error {
	s.Address, s.CodeHash, s.Code = f.Address, keccak(f.Value), f.Value
	key := keccak(f.Address[:])
	found, err := lookup(root, key[:], f.Proof)
	if err != nil {
		return errProof
	}
	code, err := codeOf(found)
	if err != nil {
		return fmt.Errorf("the account: %w", err)
	}
	if code != s.CodeHash {
		return errors.New("the account has another code")
	}
	return nil
}

// Names reports whether a transaction's data has 32 bytes in them: whoever sent it had them.
func (s *Seen) Names(digest [32]byte) bool {
	return s.Kind == Transaction && bytes.Contains(s.Data, digest[:])
}

func keccak(data []byte) (sum [32]byte) {
	h := sha3.NewLegacyKeccak256()
	h.Write(data)
	h.Sum(sum[:0])
	return sum
}
