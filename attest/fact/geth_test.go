package fact_test

import (
	"bytes"
	"errors"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"

	"github.com/genproof/genproof/attest/fact"
)

var errGeth = errors.New("go-ethereum refuses it")

// byGeth checks a fact with go-ethereum's own decoders and proofs: what package fact has to agree with.
func byGeth(f *fact.Fact) (*fact.Seen, error) {
	var h types.Header
	if rlp.DecodeBytes(f.Header, &h) != nil {
		return nil, errGeth
	}
	if again, err := rlp.EncodeToBytes(&h); err != nil || !bytes.Equal(again, f.Header) || h.Number == nil || !h.Number.IsUint64() {
		return nil, errGeth
	}
	s := &fact.Seen{Kind: f.Kind, ChainID: f.ChainID, Block: h.Number.Uint64(), Hash: h.Hash(), Index: f.Index}
	key := rlp.AppendUint64(nil, f.Index)
	root := map[string]common.Hash{fact.Transaction: h.TxHash, fact.Receipt: h.ReceiptHash, fact.Account: h.Root}[f.Kind]
	if f.Kind == fact.Account {
		key = crypto.Keccak256(f.Address[:])
	}
	nodes := memorydb.New()
	for _, n := range f.Proof {
		if err := nodes.Put(crypto.Keccak256(n), n); err != nil {
			return nil, err
		}
	}
	found, err := trie.VerifyProof(root, key, nodes)
	if err != nil || found == nil || f.Kind != fact.Account && !bytes.Equal(found, f.Value) {
		return nil, errGeth
	}
	return s, filled(s, f, found)
}

func filled(s *fact.Seen, f *fact.Fact, found []byte) error {
	switch f.Kind {
	case fact.Transaction:
		tx := new(types.Transaction)
		if tx.UnmarshalBinary(f.Value) != nil {
			return errGeth
		}
		if id := tx.ChainId(); tx.Protected() && (!id.IsUint64() || id.Uint64() != f.ChainID) {
			return errGeth
		}
		s.Data = tx.Data()
	case fact.Receipt:
		r := new(types.Receipt)
		if r.UnmarshalBinary(f.Value) != nil {
			return errGeth
		}
		s.Succeeded = r.Status == types.ReceiptStatusSuccessful
		for _, l := range r.Logs {
			log := fact.Log{Address: l.Address, Data: l.Data}
			for _, t := range l.Topics {
				log.Topics = append(log.Topics, t)
			}
			s.Logs = append(s.Logs, log)
		}
	case fact.Account:
		var a types.StateAccount
		s.Address, s.Code, s.CodeHash = f.Address, f.Value, crypto.Keccak256Hash(f.Value)
		if rlp.DecodeBytes(found, &a) != nil || !bytes.Equal(a.CodeHash, s.CodeHash[:]) {
			return errGeth
		}
	}
	return nil
}
