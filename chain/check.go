package chain

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/verifier/groth16"
)

// CheckOptions are what a minted drop is compared with. That the bundles verify is the
// business of package verifier; here it is that the chain says the same as they do.
type CheckOptions struct {
	Description *bundle.Description
	Key         *groth16.VerifyingKey
	Tokens      []Token
}

// A CheckReport is what was found.
type CheckReport struct {
	Status   *Status
	Faults   []string // why the contract is not this drop's
	Warnings []string // what a contract like this one leaves open
	Tokens   []TokenCheck
	Missing  []uint64 // minted, and no bundle of it was given
}

// A TokenCheck is what was found about one token.
type TokenCheck struct {
	File   string
	ID     uint64
	Minted bool
	Owner  common.Address // zero if it was burned
	URI    string
	Fault  string
}

// OK tells whether nothing was found that differs.
func (r *CheckReport) OK() bool {
	return len(r.Faults) == 0 && len(r.Missing) == 0 && !slices.ContainsFunc(r.Tokens, func(t TokenCheck) bool { return t.Fault != "" })
}

// Check compares a minted drop with what was published of it: the code of both contracts,
// the key, the commitments, the beacon, and every token's digest, URI and document. An
// error means that nothing could be compared.
func (c *Client) Check(ctx context.Context, contract common.Address, o CheckOptions) (*CheckReport, error) {
	s, err := c.Status(ctx, contract)
	if err != nil {
		return nil, err
	}
	r := &CheckReport{Status: s}
	r.compare(o)
	minted, draws, err := c.minted(ctx, s)
	if err != nil {
		return nil, err
	}
	if draws > 1 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("BEACON DRAWN %d TIMES: a hash was let be forgotten; the author may have chosen among draws.", draws))
	}
	for _, t := range o.Tokens {
		check, err := c.checkToken(ctx, s, t)
		if err != nil {
			return nil, err
		}
		r.Tokens = append(r.Tokens, *check)
		delete(minted, t.Bundle.Statement.ID)
	}
	r.Missing = slices.Sorted(maps.Keys(minted))
	return r, nil
}

// compare looks at all but the tokens.
func (r *CheckReport) compare(o CheckOptions) {
	s, d := r.Status, o.Description
	fault := func(bad bool, format string, args ...any) {
		if bad {
			r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
		}
	}
	fault(!s.KeyKnown, "the code at %s is not genproof's verifier", s.Verifier)
	if s.Key != nil {
		digest := s.Key.Digest()
		fault(digest != d.Key.Digest || string(s.Key.Bytes()) != string(o.Key.Bytes()), "the verifier has another key, %#x", digest)
	}
	fault(s.Commitments != d.Commitments, "the contract has other commitments than the drop")
	fault(s.Supply != d.Supply, "the contract has a supply of %d, the drop of %d", s.Supply, d.Supply)
	fault(!s.Open, "the contract's beacon is not fixed")
	fault(s.Open && s.beacon().Derive() != s.Beacon, "the contract's beacon does not follow from its entropy")
	fault(s.Open && (s.Beacon != d.Beacon.Value || s.ChainID != d.Beacon.ChainID || [20]byte(s.Contract) != d.Beacon.Contract || s.Entropy != d.Beacon.Entropy),
		"the drop's beacon is not the contract's")
	if !s.Known {
		r.Warnings = append(r.Warnings, "OTHER CONTRACT: its code is not GenproofDrop's, and could answer anything. Read its source.")
	}
}

// checkToken compares a bundle with the contract's token.
func (c *Client) checkToken(ctx context.Context, s *Status, token Token) (*TokenCheck, error) {
	b := token.Bundle
	id := new(big.Int).SetUint64(b.Statement.ID)
	r := &reader{ctx: ctx, c: c, at: s.Contract, block: new(big.Int).SetUint64(s.Block)}
	t := &TokenCheck{File: token.File, ID: b.Statement.ID}
	digest := view(r, dropABI.PackDigestOf(id), dropABI.UnpackDigestOf)
	if r.err != nil {
		return nil, fmt.Errorf("reading token %d: %w", t.ID, r.err)
	}
	if err := s.ofThisDrop(b); err != nil {
		t.Fault = err.Error()
	}
	if t.Minted = digest != [32]byte{}; !t.Minted {
		return t, nil
	}
	if digest != b.Statement.Metadata && t.Fault == "" {
		t.Fault = "the contract has another digest for it"
	}
	t.Owner = view(r, dropABI.PackOwnerOf(id), dropABI.UnpackOwnerOf)
	var no *Revert
	if errors.As(r.err, &no) && no.Name == "ERC721NonexistentToken" {
		return t, nil // burned
	}
	t.URI = view(r, dropABI.PackTokenURI(id), dropABI.UnpackTokenURI)
	if r.err != nil {
		return nil, fmt.Errorf("reading token %d: %w", t.ID, r.err)
	}
	if t.URI != "ipfs://"+b.CID && t.Fault == "" {
		t.Fault = fmt.Sprintf("its tokenURI is %.100q", t.URI)
	}
	return t, nil
}

var (
	transferTopic = crypto.Keccak256Hash([]byte("Transfer(address,address,uint256)"))
	armedTopic    = crypto.Keccak256Hash([]byte("BeaconArmed(uint256)"))
)

// Minted returns the ids that were ever minted, by the contract's events.
func (c *Client) Minted(ctx context.Context, s *Status) ([]uint64, error) {
	ids, _, err := c.minted(ctx, s)
	return slices.Sorted(maps.Keys(ids)), err
}

// minted is Minted, and how often a block was armed for the beacon.
func (c *Client) minted(ctx context.Context, s *Status) (ids map[uint64]bool, draws int, err error) {
	logs, err := c.logs(ctx, s, [][]common.Hash{{transferTopic, armedTopic}})
	if err != nil {
		return nil, 0, fmt.Errorf("reading the contract's events: %w", err)
	}
	ids = map[uint64]bool{}
	for _, l := range logs {
		switch {
		case l.Topics[0] == armedTopic:
			draws++
		case len(l.Topics) == 4 && l.Topics[1] == common.Hash{}:
			ids[l.Topics[3].Big().Uint64()] = true
		}
	}
	return ids, draws, nil
}

// logs reads the contract's events. Nodes bound the range of one answer: then it is halved.
func (c *Client) logs(ctx context.Context, s *Status, topics [][]common.Hash) (all []types.Log, err error) {
	step := s.Block + 1
	for from := uint64(0); from <= s.Block; {
		to := min(from+step-1, s.Block)
		logs, err := c.backend.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(to), Addresses: []common.Address{s.Contract}, Topics: topics,
		})
		if err != nil && step > 500 && ctx.Err() == nil {
			step /= 2
			continue
		}
		if err != nil {
			return nil, withoutURL(err)
		}
		for _, l := range logs {
			if len(l.Topics) > 0 && l.Address == s.Contract && !l.Removed {
				all = append(all, l)
			}
		}
		from = to + 1
	}
	return all, nil
}

// maxCallGas bounds a simulation: a malformed point burns all but a 64th of it.
const maxCallGas = 10_000_000

// try simulates a transaction.
func (c *Client) try(ctx context.Context, from, to common.Address, data []byte) error {
	_, err := c.backend.CallContract(ctx, ethereum.CallMsg{From: from, To: &to, Data: data, Gas: maxCallGas}, nil)
	return reason(err)
}

// Call calls a view of any contract. The contract's no is a *Revert.
func (c *Client) Call(ctx context.Context, to common.Address, data []byte) ([]byte, error) {
	out, err := c.backend.CallContract(ctx, ethereum.CallMsg{To: &to, Data: data, Gas: maxCallGas}, nil)
	return out, reason(err)
}

// TokenURI returns what a marketplace reads, and the CID in it.
func (c *Client) TokenURI(ctx context.Context, contract common.Address, id uint64) (uri, cid string, err error) {
	uri, err = read(ctx, c, contract, nil, dropABI.PackTokenURI(new(big.Int).SetUint64(id)), dropABI.UnpackTokenURI)
	return uri, strings.TrimPrefix(uri, "ipfs://"), err
}
