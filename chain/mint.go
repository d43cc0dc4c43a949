package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/key"
)

// A Token is a bundle to mint, and the file it is from.
type Token struct {
	File   string
	Bundle *bundle.Bundle
}

// MaxBatch is how many tokens fit into one transaction of today's gas limit.
const MaxBatch = 100

// MintOptions are what a bundle does not say.
type MintOptions struct {
	Contract common.Address
	To       common.Address        // who gets tokens whose proof names nobody; zero: the account
	Batch    int                   // tokens in one transaction, 1 to MaxBatch
	Progress func(done, total int) // nil to tell nothing
}

// A MintReport is what a run has done.
type MintReport struct {
	Minted  []uint64
	Present []uint64 // minted before, or meanwhile by somebody else
	Txs     []common.Hash
	Gas     uint64
}

// Mint mints the tokens that the contract does not have. Before anything is sent, all of
// them are checked: that they are of this contract's drop, that their proofs verify, and that
// the contract's key is not an [UnsafeKey].
func (c *Client) Mint(ctx context.Context, tokens []Token, o MintOptions) (*MintReport, error) {
	if o.Batch < 1 || o.Batch > MaxBatch {
		return nil, fmt.Errorf("minting: got batches of %d tokens, want 1 to %d", o.Batch, MaxBatch)
	}
	if o.To == (common.Address{}) {
		o.To = c.Address()
	}
	s, err := c.Status(ctx, o.Contract)
	if err != nil {
		return nil, err
	}
	if o.Batch > 1 && s.Key != nil && s.Key.Backend() == statement.Plonk.String() {
		return nil, fmt.Errorf("minting: PLONK proofs share no verification: want batches of 1, got %d", o.Batch)
	}
	if err := s.mayMint(ctx, tokens); err != nil {
		return nil, fmt.Errorf("minting: %w", err)
	}
	if err := c.MayUse(s.Key); err != nil {
		return nil, err
	}
	r := new(MintReport)
	missing, err := c.missing(ctx, s, tokens, r)
	if err != nil {
		return nil, err
	}
	for done := 0; done < len(missing); {
		group := missing[done:min(done+o.Batch, len(missing))]
		if err := c.mintGroup(ctx, group, o, r); err != nil {
			return r, fmt.Errorf("minting %s: %w", groupName(group), err)
		}
		if done += len(group); o.Progress != nil {
			o.Progress(done, len(missing))
		}
	}
	return r, nil
}

// mayMint checks tokens against the contract, without spending gas.
func (s *Status) mayMint(ctx context.Context, tokens []Token) error {
	if err := s.ready(); err != nil {
		return err
	}
	return s.sound(ctx, tokens, s.Commitments.Template)
}

// ready reports whether the contract takes proofs.
func (s *Status) ready() error {
	switch {
	case !s.Open:
		return errNotOpen
	case !s.HasTemplate():
		return errors.New("the drop's owner has not set its template yet")
	case s.Key == nil:
		return errors.New("the contract's verifier is not one of genproof's")
	}
	return nil
}

// sound reports whether tokens are of this contract's drop under a template, each there once,
// and their proofs hold.
func (s *Status) sound(ctx context.Context, tokens []Token, template fr.Element) error {
	inputs, proofs := make([][]fr.Element, len(tokens)), make([][]byte, len(tokens))
	seen := map[uint64]bool{}
	for i, t := range tokens {
		if err := s.ofThisDrop(t.Bundle, template); err != nil {
			return fmt.Errorf("%s: %w", t.File, err)
		}
		id := t.Bundle.Statement.ID
		if seen[id] {
			return fmt.Errorf("%s: token %d is there twice", t.File, id)
		}
		seen[id] = true
		v := t.Bundle.Statement.Vector()
		inputs[i], proofs[i] = v[:], t.Bundle.Proof
	}
	errs, err := key.CheckAll(ctx, s.Key, inputs, proofs)
	if err != nil {
		return err
	}
	for i, err := range errs {
		if err != nil {
			return fmt.Errorf("%s: %w", tokens[i].File, err)
		}
	}
	return nil
}

// ofThisDrop reports whether a bundle is of a drop's contract, under a template.
func (s *Status) ofThisDrop(b *bundle.Bundle, template fr.Element) error {
	id, err := statement.ParseCircuitID(b.Circuit)
	st, want := b.Statement, withTemplate(s.Commitments, template)
	switch {
	case err != nil:
		return err
	case !id.BindsDocument():
		return fmt.Errorf("a token of circuit %s cannot be minted: its proof is not about the document", id)
	case bundle.Commitments{Model: st.Model, Policy: st.Policy, Template: st.Template, Authority: st.Authority, Seeds: st.Seeds} != want:
		return errors.New("it is of a drop with other commitments than the contract's")
	case st.Beacon != s.Beacon:
		return errors.New("it was proven under another beacon than the contract's")
	case !s.hasID(st.ID):
		return fmt.Errorf("the drop has no token %d", st.ID)
	case document.DigestCID(st.Metadata) != b.CID || document.CID([]byte(b.Document)) != b.CID:
		return errors.New("its document is not the one of its statement")
	}
	return nil
}

// missing returns the tokens that are not minted. One whose document was replaced since by
// an update is there, as the contract's events tell.
func (c *Client) missing(ctx context.Context, s *Status, tokens []Token, r *MintReport) (list []Token, err error) {
	var h *history
	for _, t := range tokens {
		st := t.Bundle.Statement
		digest, err := read(ctx, c, s.Contract, nil, dropABI.PackDigestOf(new(big.Int).SetUint64(st.ID)), dropABI.UnpackDigestOf)
		if err != nil {
			return nil, fmt.Errorf("looking for token %d: %w", st.ID, err)
		}
		if digest == [32]byte{} {
			list = append(list, t)
			continue
		}
		if digest != st.Metadata && h == nil {
			if h, err = c.history(ctx, s); err != nil {
				return nil, err
			}
		}
		if digest != st.Metadata && !h.tokens[st.ID].has(st.Metadata) {
			return nil, fmt.Errorf("%s: token %d was minted with another document, %s", t.File, st.ID, document.DigestCID(digest))
		}
		r.Present = append(r.Present, st.ID)
	}
	return list, nil
}

// mintGroup sends one transaction.
func (c *Client) mintGroup(ctx context.Context, group []Token, o MintOptions, r *MintReport) error {
	e := Entry{Event: EventMint, Contract: o.Contract}
	for _, t := range group {
		e.Tokens = append(e.Tokens, entryOf(t))
	}
	receipt, err := c.send(ctx, e, &o.Contract, mintCall(group, o.To))
	if errors.Is(err, errDry) {
		return nil
	}
	if err != nil {
		return err
	}
	minted := mintedIn(receipt.Logs, o.Contract)
	for _, t := range group {
		// A batch passes over what somebody else minted before it.
		if id := t.Bundle.Statement.ID; minted[id] {
			r.Minted = append(r.Minted, id)
		} else {
			r.Present = append(r.Present, id)
		}
	}
	r.Txs, r.Gas = append(r.Txs, receipt.TxHash), r.Gas+receipt.GasUsed
	return nil
}

// mintedIn returns the tokens of a contract that begin in these logs.
func mintedIn(logs []*types.Log, contract common.Address) map[uint64]bool {
	ids := make(map[uint64]bool)
	for _, l := range logs {
		if l.Address != contract {
			continue
		}
		if e, err := dropABI.UnpackTransferEvent(l); err == nil && e.From == (common.Address{}) {
			ids[e.TokenId.Uint64()] = true
		}
	}
	return ids
}

func entryOf(t Token) EntryToken { return EntryToken{t.Bundle.Statement.ID, t.Bundle.CID, t.File} }

// mintCall packs one token's call, or a batch's.
func mintCall(group []Token, to common.Address) []byte {
	mints, proofs := make([]bindings.Mint, len(group)), []byte(nil)
	for i, t := range group {
		st := t.Bundle.Statement
		mints[i] = bindings.Mint{To: to, TokenId: new(big.Int).SetUint64(st.ID), Digest: st.Metadata}
		if st.Recipient != [20]byte{} {
			mints[i].To, mints[i].Bound = st.Recipient, true
		}
		proofs = append(proofs, t.Bundle.Proof[:]...)
	}
	if m := mints[0]; len(mints) == 1 {
		return dropABI.PackMint(m.To, m.TokenId, m.Digest, m.Bound, proofs)
	}
	return dropABI.PackMintBatch(mints, proofs)
}

func groupName(group []Token) string {
	first, last := group[0].Bundle.Statement.ID, group[len(group)-1].Bundle.Statement.ID
	if len(group) == 1 {
		return fmt.Sprintf("token %d", first)
	}
	return fmt.Sprintf("%d tokens, %d to %d", len(group), first, last)
}

// TryMint simulates the mint of a token as from an account. The contract's no is a *Revert.
func (c *Client) TryMint(ctx context.Context, from, contract common.Address, m bindings.Mint, proof []byte) error {
	data, err := dropABI.TryPackMint(m.To, m.TokenId, m.Digest, m.Bound, proof)
	if err != nil {
		return err
	}
	return c.try(ctx, from, contract, data)
}

// TryMintBatch is TryMint of a batch.
func (c *Client) TryMintBatch(ctx context.Context, from, contract common.Address, mints []bindings.Mint, proofs []byte) error {
	data, err := dropABI.TryPackMintBatch(mints, proofs)
	if err != nil {
		return err
	}
	return c.try(ctx, from, contract, data)
}
