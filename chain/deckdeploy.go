package chain

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/solidity"
	deckbindings "github.com/genproof/genproof/solidity/bindings/deck"
	"github.com/genproof/genproof/verifier/key"
)

var deckABI = deckbindings.NewDeckDrop()

// DeckTerms are what a deck's contract promises for ever.
type DeckTerms struct {
	Deck        *bundle.Deck
	Beacon      common.Address // from DeployBeacon; zero for a fixed deck
	Gap         time.Duration  // between the sale's end and the beacon's round: 1 hour to 30 days; 0 for a fixed deck
	BlockHashes bool           // a block's hash may stand in for a beacon that is silent for 30 days
	Placeholder string         // what a permuted deck's tokens show before the reveal

	Symbol          string
	Owner           common.Address
	WalletLimit     uint32         // tokens an account can mint in the public phase; 0 for no limit
	Reserve         uint16         // tokens that the owner mints without paying
	RoyaltyReceiver common.Address // zero for none
	RoyaltyFraction uint16         // ten-thousandths of the price, at most 1,000
	ContractURI     string
}

// DefaultGap is how long after a sale's end the beacon's round comes, where nothing else is
// asked for: more than a chain's clock can be behind the world's, see [MinimalLead].
func DefaultGap(chainID uint64) time.Duration { return max(time.Hour, MinimalLead(chainID)) }

// What bounds a gap, in every contract.
const minGap, maxGap = time.Hour, 30 * 24 * time.Hour

// HomeError says that a deck is another chain's or nobody's: no contract here can admit it.
type HomeError struct {
	Home    *bundle.Home // nil if the deck has none
	ChainID uint64
}

func (e *HomeError) Error() string {
	if e.Home == nil {
		return "the deck is for no contract: it names no home"
	}
	return fmt.Sprintf("the deck's home is chain %d, and this is chain %d", e.Home.ChainID, e.ChainID)
}

// atHome reports whether a deck can be admitted on this chain.
func (c *Client) atHome(d *bundle.Deck) error {
	if d.Home == nil || d.Home.ChainID != c.ChainID {
		return &HomeError{d.Home, c.ChainID}
	}
	return nil
}

// terms are the terms of the deck as the contract has them.
func (t *DeckTerms) terms(verifier common.Address) (deckbindings.DeckTerms, error) {
	size, err := t.Deck.Size()
	if err != nil {
		return deckbindings.DeckTerms{}, err
	}
	d := t.Deck
	if d.Assignment == bundle.Permuted && (t.Gap < minGap || t.Gap > maxGap || t.Gap%time.Second != 0) {
		return deckbindings.DeckTerms{}, fmt.Errorf("a gap of %s: want whole seconds, %s to %s", t.Gap, minGap, maxGap)
	}
	return deckbindings.DeckTerms{
		Verifier: verifier, Model: number(&d.Commitments.Model), Policy: number(&d.Commitments.Policy), Author: d.Home.Author, Beacon: t.Beacon,
		FirstId: d.FirstID, Cards: uint32(d.Cards), Batch: uint8(size.Cards), Gap: uint32(t.Gap / time.Second), BlockHashes: t.BlockHashes,
		Permuted: d.Assignment == bundle.Permuted, Placeholder: t.Placeholder,
	}, nil
}

func (t *DeckTerms) drop() deckbindings.DropTerms {
	return deckbindings.DropTerms{
		Name: t.Deck.Name, Symbol: t.Symbol, Owner: t.Owner, WalletLimit: t.WalletLimit, Reserve: t.Reserve,
		RoyaltyReceiver: t.RoyaltyReceiver, RoyaltyFraction: big.NewInt(int64(t.RoyaltyFraction)), ContractURI: t.ContractURI,
	}
}

func number(e *fr.Element) *big.Int { return e.BigInt(new(big.Int)) }

// DeployDeckVerifier is [Client.DeployVerifier] for the key of a deck's circuit.
func (c *Client) DeployDeckVerifier(ctx context.Context, vk key.Verifying) (*Deployment, error) {
	return c.deployVerifier(ctx, vk, deck.NbInputs)
}

// DeployDeck deploys a deck's contract on a verifier of its circuit's key, unless the journal
// knows one of the same terms that is there. Again deploys another one, unless Resume has just waited for that. A deck of another home
// or none is refused before anything is sent: a [*HomeError].
func (c *Client) DeployDeck(ctx context.Context, t DeckTerms, verifier common.Address, again bool) (*Deployment, error) {
	if err := c.atHome(t.Deck); err != nil {
		return nil, err
	}
	deckTerms, err := t.terms(verifier)
	if err != nil {
		return nil, err
	}
	if t.BlockHashes {
		if err := c.CheckBlocks(ctx); err != nil {
			return nil, fmt.Errorf("deploying the deck's contract: %w", err)
		}
	}
	subject, err := subjectOf(deckTerms, t.drop())
	if err != nil {
		return nil, err
	}
	if at, ok, err := c.Journal.Last(EventContract, c.ChainID, subject); err != nil {
		return nil, err
	} else if ok && (!again || slices.Contains(c.arrived, at)) {
		if s, err := c.DeckStatus(ctx, at); err == nil && s.Known && s.Terms.Model.Cmp(deckTerms.Model) == 0 && s.Terms.Verifier == verifier {
			return &Deployment{Address: at, Reused: true}, nil
		}
	}
	arguments := deckABI.PackConstructor(deckTerms, t.drop())
	if c.DryRun != nil {
		c.DryRun(EventContract, constructorGas(solidity.DeckDrop, arguments))
		return &Deployment{}, nil
	}
	d, err := c.create(ctx, Entry{Event: EventContract, Subject: subject}, solidity.DeckDrop, arguments)
	if err != nil {
		return nil, fmt.Errorf("deploying the deck's contract: %w", err)
	}
	return d, nil
}

// subjectOf names a deck's contract in the journal. Its URI is no part of it: the owner can change it,
// and it names a CAR that may have grown since.
func subjectOf(terms deckbindings.DeckTerms, drop deckbindings.DropTerms) ([]byte, error) {
	drop.ContractURI = ""
	data, err := json.Marshal([]any{terms, drop})
	if err != nil {
		return nil, errors.New("the contract's terms cannot be written down")
	}
	h := sha256.Sum256(data)
	return h[:], nil
}
