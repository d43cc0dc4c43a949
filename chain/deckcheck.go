package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/assignment"
	"github.com/genproof/genproof/setup/drand"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/key"
)

// DeckCheckOptions say what to compare a deck's contract with.
type DeckCheckOptions struct {
	Deck   *bundle.Deck
	Key    key.Verifying
	Batch  func(n uint64) (*bundle.Batch, error) // as in [AdmitOptions]
	Tokens []uint64                              // nil for none, whose card is asked for one by one
	Others []common.Address                      // other contracts that may be this author's
}

// A DeckCheckReport is how a deck's contract compares with its publication.
type DeckCheckReport struct {
	Status    *DeckStatus
	Faults    []string // what contradicts the publication or the contract's promises
	Warnings  []string
	Unchecked []string // what nothing here could tell
	Tokens    []TokenCard
	Committed uint64 // the block of the deployment, which fixed the deck; 0 if it was not seen
	Opened    uint64 // the block in which the sale was opened; 0 if it was not

	from     appearance
	first    common.Hash // the transaction of the contract's first event
	revealed *types.Log
}

// A TokenCard says which card a token shows.
type TokenCard struct {
	ID, Card uint64
	URI      string // what its tokenURI is; "" if it is missing
	Missing  string // why there is no such token: it is not minted yet, or was burned
	Fault    string
}

// OK reports whether nothing contradicts.
func (r *DeckCheckReport) OK() bool {
	for _, t := range r.Tokens {
		if t.Fault != "" {
			return false
		}
	}
	return len(r.Faults) == 0
}

func (r *DeckCheckReport) fault(bad bool, format string, args ...any) {
	if bad {
		r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
	}
}

// CheckDeck compares a deck's contract with what was published of the deck: code, constructor,
// key, commitments, home, every group's directory, and, once it is drawn, the assignment, from
// the round's signature. An error means that nothing could be compared.
func (c *Client) CheckDeck(ctx context.Context, contract common.Address, o DeckCheckOptions) (*DeckCheckReport, error) {
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return nil, err
	}
	r := &DeckCheckReport{Status: s}
	r.checkContract(o)
	for _, step := range []func(context.Context, *DeckCheckReport, DeckCheckOptions) error{
		c.checkDeckEvents, c.checkDeckOrigin, c.checkGroups, c.checkReveal, c.checkCards, c.checkOthers, c.checkPointer,
	} {
		if err := step(ctx, r, o); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *DeckCheckReport) checkContract(o DeckCheckOptions) {
	s := r.Status
	if err := s.isOf(o.Deck); err != nil {
		r.fault(true, "%v", err)
	}
	r.fault(o.Deck.Home != nil && o.Deck.Home.ChainID != s.ChainID, "the deck's home is another chain: %v", &HomeError{o.Deck.Home, s.ChainID})
	r.fault(s.Key != nil && s.Key.Digest() != o.Key.Digest(), "the verifier at %s has another key than the publication", s.Terms.Verifier)
	r.checkCode()
}

// checkCode looks at what has to be so, whatever the deck is.
func (r *DeckCheckReport) checkCode() {
	s := r.Status
	if !s.Known {
		r.Warnings = append(r.Warnings, "OTHER CONTRACT: its code is not DeckDrop's, and could answer anything. Read its source.")
	}
	r.fault(!s.KeyKnown, "the code at %s is not genproof's verifier", s.Terms.Verifier)
	r.fault(s.Permuted() && s.BeaconChain == [32]byte{}, "the beacon at %s is none of genproof's", s.Terms.Beacon)
	if gap := time.Duration(s.Terms.Gap) * time.Second; s.Permuted() && gap < DefaultGap(s.ChainID) && !IsLocal(s.ChainID) {
		r.Warnings = append(r.Warnings, fmt.Sprintf("GAP SHORT: the round comes %s after the sale's end, and this chain's clock may be behind by more: who dates blocks back can mint when the assignment is known.", gap))
	}
}

var (
	ownedTopic    = crypto.Keccak256Hash([]byte("OwnershipTransferred(address,address)"))
	saleEndsTopic = crypto.Keccak256Hash([]byte("SaleEnds(uint32,uint64)"))
	revealedTopic = crypto.Keccak256Hash([]byte("Revealed(uint64,uint256,bytes32)"))
)

// checkDeckEvents finds the transactions that matter. The constructor's event is that of the first owner.
func (c *Client) checkDeckEvents(ctx context.Context, r *DeckCheckReport, _ DeckCheckOptions) error {
	logs, from, err := c.logs(ctx, r.Status.Contract, r.Status.Block, [][]common.Hash{{ownedTopic, saleEndsTopic, revealedTopic}})
	if err != nil {
		return fmt.Errorf("reading the contract's events: %w", err)
	}
	if r.from = from; len(logs) > 0 {
		r.first = logs[0].TxHash
	}
	for i := range logs {
		switch l := &logs[i]; l.Topics[0] {
		case saleEndsTopic:
			if r.Opened == 0 {
				r.Opened = l.BlockNumber
			}
		case revealedTopic:
			r.revealed = l
		}
	}
	return nil
}

// checkDeckOrigin looks at the transaction that created the contract: code alone does not tell
// what a constructor left in the storage.
func (c *Client) checkDeckOrigin(ctx context.Context, r *DeckCheckReport, _ DeckCheckOptions) error {
	if !r.Status.Known {
		return nil
	}
	b, err := c.birth(ctx, r.Status.Contract, r.from, solidity.DeckDrop, r.from.tx, r.first)
	if err != nil {
		return err
	}
	r.fault(b.origin == originForged, "the contract's code is DeckDrop's, but its constructor was not: its storage and immutables are somebody's choice")
	if b.origin == originOurs && b.known {
		r.Committed = b.block
	}
	if b.origin == originUnseen {
		r.Warnings = append(r.Warnings, "CREATION NOT SEEN: the contract's code is DeckDrop's, but which constructor it had is not known here. It can have begun with directories, tokens or an assignment of somebody's choice.")
	}
	return nil
}

// checkGroups computes every directory again that the publication has all batches of.
func (c *Client) checkGroups(_ context.Context, r *DeckCheckReport, o DeckCheckOptions) error {
	size, err := o.Deck.Size()
	if err != nil {
		return err
	}
	r.fault(uint64(len(r.Status.Directories)) != o.Deck.Groups(size), "the contract has %d groups, the deck %d", len(r.Status.Directories), o.Deck.Groups(size))
	if len(r.Faults) > 0 {
		return nil // of another deck
	}
	var unread int
	for i, got := range r.Status.Directories {
		if got == [32]byte{} {
			continue
		}
		g, err := ReadGroup(uint64(i), o.Deck, o.Batch)
		if errors.Is(err, fs.ErrNotExist) {
			unread++
			continue
		}
		if err != nil {
			return err
		}
		r.fault(g.Directory(o.Deck.Cards) != got, "group %d: the contract has the directory of other documents", i)
	}
	if unread > 0 {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("the directories of %d groups: their batches are not all in the publication", unread))
	}
	if n := r.Status.Admitted(); n < len(r.Status.Directories) {
		r.Unchecked = append(r.Unchecked, fmt.Sprintf("%d of %d groups: the contract does not have them yet", len(r.Status.Directories)-n, len(r.Status.Directories)))
	}
	return nil
}

// checkReveal verifies the randomness again, by the signature in the revealing transaction.
func (c *Client) checkReveal(ctx context.Context, r *DeckCheckReport, _ DeckCheckOptions) error {
	s := r.Status
	if s.Round == 0 || s.BeaconChain == [32]byte{} {
		return nil
	}
	if want, err := drand.Next(s.BeaconChain, s.RevealFrom); err != nil || want != s.Round {
		r.fault(true, "the contract draws by round %d, and the sale's end and gap name round %d", s.Round, want)
		return nil
	}
	if s.Randomness == [32]byte{} {
		return nil
	}
	if r.revealed == nil {
		r.Unchecked = append(r.Unchecked, "the randomness that the assignment was drawn from: the node does not tell of it")
		return nil
	}
	e, err := deckABI.UnpackRevealedEvent(r.revealed)
	if err != nil || e.Randomness != s.Randomness {
		r.fault(true, "the contract tells of other randomness than it holds")
		return nil
	}
	if e.Round == 0 {
		return c.checkBlockHash(ctx, r, e.BlockNumber)
	}
	r.fault(e.Round != s.Round, "the assignment was drawn by round %d, not by round %d", e.Round, s.Round)
	signature, err := c.signatureOf(ctx, s.Contract, r.revealed.TxHash)
	if err != nil {
		return err
	}
	if signature == nil {
		r.Unchecked = append(r.Unchecked, "drand's signature: the revealing transaction was not sent to the contract itself; ask drand for the round's randomness")
		return nil
	}
	randomness, err := drand.Verify(s.BeaconChain, s.Round, signature)
	r.fault(err != nil, "the signature that the assignment was drawn by: %v", err)
	r.fault(err == nil && randomness != s.Randomness, "the contract's randomness is not that of round %d", s.Round)
	return nil
}

// signatureOf reads a reveal's signature from the data of its transaction, nil if that is another
// call: a contract that reveals for its caller can have anything in its data.
func (c *Client) signatureOf(ctx context.Context, contract common.Address, hash common.Hash) ([]byte, error) {
	tx, _, err := c.backend.TransactionByHash(ctx, hash)
	if errors.Is(err, ethereum.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("looking for the transaction %s that revealed: %w", hash, withoutURL(err))
	}
	if tx.To() == nil || *tx.To() != contract {
		return nil, nil
	}
	for _, n := range []int{evmnetSignature, quicknetSignature} {
		call := deckABI.PackReveal(make([]byte, n))
		head := len(call) - (n+31)/32*32
		if len(tx.Data()) == len(call) && bytes.Equal(tx.Data()[:head], call[:head]) {
			return tx.Data()[head : head+n], nil
		}
	}
	return nil, nil
}

// Bytes of a signature of each of drand's chains.
const evmnetSignature, quicknetSignature = 64, 48

// checkCards asks the contract for the cards of tokens, and computes them again.
func (c *Client) checkCards(ctx context.Context, r *DeckCheckReport, o DeckCheckOptions) error {
	s := r.Status
	if len(o.Tokens) == 0 || len(r.Faults) > 0 {
		return nil
	}
	if s.Permuted() && s.Randomness == [32]byte{} {
		r.Unchecked = append(r.Unchecked, "which cards the tokens show: the assignment is not drawn yet")
		return nil
	}
	for _, id := range o.Tokens {
		t, err := c.tokenCard(ctx, s, o.Deck, id)
		if err != nil {
			return err
		}
		r.Tokens = append(r.Tokens, t)
	}
	return nil
}

func (c *Client) tokenCard(ctx context.Context, s *DeckStatus, d *bundle.Deck, id uint64) (TokenCard, error) {
	t := TokenCard{ID: id}
	card, ok := s.CardOf(d, id)
	if !ok {
		t.Fault = fmt.Sprintf("the deck has tokens %d to %d", d.FirstID, d.FirstID+d.Cards-1)
		return t, nil
	}
	t.Card = card
	number := new(big.Int).SetUint64(id)
	block := new(big.Int).SetUint64(s.Block)
	var no *Revert
	told, err := read(ctx, c, s.Contract, block, deckABI.PackCardOf(number), deckABI.UnpackCardOf)
	switch {
	case errors.As(err, &no):
		t.Fault = "the contract does not tell its card: " + no.Text
		return t, nil
	case err != nil:
		return t, err
	case told.Cmp(new(big.Int).SetUint64(card)) != 0:
		t.Fault = fmt.Sprintf("the contract says card %s, and it is card %d", told, card)
		return t, nil
	}
	uri, err := read(ctx, c, s.Contract, block, deckABI.PackTokenURI(number), deckABI.UnpackTokenURI)
	switch want := s.URIOf(d, card); {
	case errors.As(err, &no) && no.Name == "URIQueryForNonexistentToken":
		if t.Missing = "it was burned"; id-d.FirstID >= s.Minted {
			t.Missing = "it is not minted yet"
		}
	case errors.As(err, &no):
		t.Fault = "the contract does not tell its tokenURI: " + no.Text
	case err != nil:
		return t, err
	case uri != want:
		t.URI, t.Fault = uri, fmt.Sprintf("its tokenURI is %.200q, want %s", uri, want)
	default:
		t.URI = uri
	}
	return t, nil
}

// CardOf returns the card that a token shows, computed here. ok is false for ids that the deck
// has not; the assignment must be drawn.
func (s *DeckStatus) CardOf(d *bundle.Deck, id uint64) (card uint64, ok bool) {
	if id < d.FirstID || id-d.FirstID >= d.Cards {
		return 0, false
	}
	if !s.Permuted() {
		return id - d.FirstID, true
	}
	key := assignment.Key(s.ChainID, s.Contract, d.Commitments.Model, s.Randomness)
	return assignment.New(key, d.Cards).Card(id - d.FirstID), true
}

// URIOf returns the address of a card's document, in the directory that the contract has.
func (s *DeckStatus) URIOf(d *bundle.Deck, card uint64) string {
	group := card / (uint64(s.Terms.Batch) * bundle.GroupBatches)
	return "ipfs://" + bundle.DirectoryCID(s.Directories[group]) + "/" + bundle.CardName(card, d.Cards) + ".json"
}

// checkOthers tells of other contracts that sell the same deck, or another one of the author's.
func (c *Client) checkOthers(ctx context.Context, r *DeckCheckReport, o DeckCheckOptions) error {
	for _, at := range o.Others {
		other, err := c.DeckStatus(ctx, at)
		switch {
		case err != nil && ctx.Err() != nil:
			return err
		case err != nil:
			r.Warnings = append(r.Warnings, fmt.Sprintf("%s is no deck's contract that could be read: %v", at, err))
		case at == r.Status.Contract:
		case other.Terms.Model.Cmp(r.Status.Terms.Model) == 0:
			r.Warnings = append(r.Warnings, fmt.Sprintf("SOLD TWICE: %s is another contract of this very deck (%s), of %s.", at, other.State, other.Terms.Author))
		case other.Terms.Author == r.Status.Terms.Author:
			r.Warnings = append(r.Warnings, fmt.Sprintf("%s is a contract of the same author, of another deck (%s).", at, other.State))
		}
	}
	return nil
}
