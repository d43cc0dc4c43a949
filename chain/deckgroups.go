package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/deck"
	deckbindings "github.com/genproof/genproof/solidity/bindings/deck"
)

var admittedTopic = crypto.Keccak256Hash([]byte("Admitted(uint256,bytes32)"))

// admitMethod is the call that brings a group, whose data tells what a contract no longer holds.
var admitMethod = func() abi.Method {
	parsed, err := deckbindings.DeckDropMetaData.ParseABI()
	if err != nil {
		panic(err) // generated with this package
	}
	return parsed.Methods["admit"]
}()

// admittedGroups reads, from the transactions that admitted them, the groups that the contract
// has: each has the directory that the contract has of it. Of others, which came by another
// contract's call or are not known to the node, there is nothing. Roots and paths are in no
// transaction.
func (c *Client) admittedGroups(ctx context.Context, s *DeckStatus) (groups map[uint64]*Group, err error) {
	logs, _, err := c.logs(ctx, s.Contract, s.Block, [][]common.Hash{{admittedTopic}})
	if err != nil {
		return nil, fmt.Errorf("reading the contract's events: %w", err)
	}
	groups = map[uint64]*Group{}
	for i := range logs {
		tx, _, err := c.backend.TransactionByHash(ctx, logs[i].TxHash)
		if errors.Is(err, ethereum.NotFound) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("looking for the transaction %s that admitted a group: %w", logs[i].TxHash, withoutURL(err))
		}
		g, ok := s.groupIn(tx.Data())
		if ok && tx.To() != nil && *tx.To() == s.Contract && g.Number < uint64(len(s.Directories)) && s.directoryOf(g) == s.Directories[g.Number] {
			groups[g.Number] = g
		}
	}
	return groups, nil
}

func (s *DeckStatus) directoryOf(g *Group) [32]byte { return g.Directory(uint64(s.Terms.Cards)) }

// groupIn reads the data of an admitting transaction. It is bounded by what a block holds.
func (s *DeckStatus) groupIn(data []byte) (g *Group, ok bool) {
	if !bytes.HasPrefix(data, admitMethod.ID) {
		return nil, false
	}
	var in struct {
		Group   *big.Int
		Lists   []*big.Int
		Digests [][32]byte
		Sizes   []byte
		Proofs  []byte
	}
	values, err := admitMethod.Inputs.Unpack(data[len(admitMethod.ID):])
	if err != nil || len(values) != 5 {
		return nil, false
	}
	var are [5]bool
	in.Group, are[0] = values[0].(*big.Int)
	in.Lists, are[1] = values[1].([]*big.Int)
	in.Digests, are[2] = values[2].([][32]byte)
	in.Sizes, are[3] = values[3].([]byte)
	in.Proofs, are[4] = values[4].([]byte)
	if are != [5]bool{true, true, true, true, true} || !in.Group.IsUint64() {
		return nil, false
	}
	return s.groupOf(in.Group.Uint64(), in.Lists, in.Digests, in.Sizes, in.Proofs)
}

const proofBytes = 256

// groupOf takes apart what a transaction brought of a group. Numbers must be those of the group.
func (s *DeckStatus) groupOf(number uint64, lists []*big.Int, digests [][32]byte, sizes, proofs []byte) (g *Group, ok bool) {
	k, n := uint64(s.Terms.Batch), uint64(s.Terms.Cards)
	if k == 0 || number >= uint64(len(s.Directories)) {
		return nil, false
	}
	first := number * k * bundle.GroupBatches
	if first >= n {
		return nil, false
	}
	cards := min(n-first, k*bundle.GroupBatches)
	batches := (cards + k - 1) / k
	if uint64(len(digests)) != cards || uint64(len(sizes)) != 3*cards || uint64(len(lists)) != batches || uint64(len(proofs)) != proofBytes*batches {
		return nil, false
	}
	g = &Group{Number: number}
	for i := range batches {
		from, to := i*k, min((i+1)*k, cards)
		b := &bundle.Batch{Version: bundle.Version, First: first + from, Digests: digests[from:to], Proof: proofs[i*proofBytes : (i+1)*proofBytes]}
		for at := from; at < to; at++ {
			b.Sizes = append(b.Sizes, uint64(sizes[3*at])<<16|uint64(sizes[3*at+1])<<8|uint64(sizes[3*at+2]))
		}
		if lists[i].Cmp(fr.Modulus()) >= 0 {
			return nil, false
		}
		b.List.SetBigInt(lists[i])
		g.Batches = append(g.Batches, b)
	}
	return g, true
}

// inputsOf is the statement of a batch that the contract took, with its own terms.
func (s *DeckStatus) inputsOf(b *bundle.Batch) ([]fr.Element, error) {
	size, err := s.size()
	if err != nil {
		return nil, err
	}
	var model, policy, home fr.Element
	model.SetBigInt(s.Terms.Model)
	policy.SetBigInt(s.Terms.Policy)
	home.SetBigInt(s.Home)
	places := make([]deck.Card, size.Cards)
	for i := range places {
		from := min(i, len(b.Digests)-1)
		places[i] = deck.Card{Digest: b.Digests[from], Size: uint32(b.Sizes[from])}
	}
	st, err := deck.StatementOf(size, model, policy, b.List, deck.Range{First: b.First, N: uint64(s.Terms.Cards), Home: home, Cards: places})
	if err != nil {
		return nil, err
	}
	vector := st.Vector()
	return vector[:], nil
}
