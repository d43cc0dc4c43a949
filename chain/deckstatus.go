package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/setup/drand"
	"github.com/genproof/genproof/solidity"
	deckbindings "github.com/genproof/genproof/solidity/bindings/deck"
	"github.com/genproof/genproof/verifier/groth16"
)

// A DeckState is where the life of a deck's contract stands.
type DeckState uint8

// The states, in their order: a contract never goes back.
const (
	Admitting DeckState = iota // proofs of some groups are missing
	Complete                   // the author may open the sale
	Selling
	Ended    // nothing can be minted any more
	Revealed // the assignment is drawn
	Failed   // no beacon came for 60 days
)

func (s DeckState) String() string {
	names := [...]string{"admitting", "complete", "selling", "ended", "revealed", "failed"}
	if int(s) < len(names) {
		return names[s]
	}
	return fmt.Sprintf("state %d", uint8(s))
}

// A DeckStatus is what a deck's contract says at a block.
type DeckStatus struct {
	ChainID  uint64
	Block    uint64
	Time     time.Time // the block's
	Contract common.Address
	Known    bool // its code is DeckDrop's
	Name     string
	Owner    common.Address

	Terms    deckbindings.DeckTerms
	Home     *big.Int
	Key      *groth16.VerifyingKey // nil if the verifier is none of genproof's
	KeyKnown bool

	State       DeckState
	Directories [][32]byte // of each group; zero where it is missing
	Sale        deckbindings.SaleTerms
	Reserve     uint16
	Minted      uint64   // ids ever used
	Balance     *big.Int // in wei

	BeaconChain [32]byte // drand's; zero if the beacon is none of genproof's
	Round       uint64   // that draws the assignment; 0 before the sale is opened and for fixed decks
	RevealFrom  time.Time
	Randomness  [32]byte
}

// Admitted counts the groups whose proofs the contract has.
func (s *DeckStatus) Admitted() (n int) {
	for _, d := range s.Directories {
		if d != [32]byte{} {
			n++
		}
	}
	return n
}

// Permuted reports whether the assignment is drawn after the sale.
func (s *DeckStatus) Permuted() bool { return s.Terms.Permuted }

// maxGroups bounds what a contract can make a client read: a deck has at most 2^22 cards.
const maxGroups = 1 << 15

// IsDeck reports whether the contract at an address has DeckDrop's code.
func (c *Client) IsDeck(ctx context.Context, contract common.Address) (bool, error) {
	code, err := c.backend.CodeAt(ctx, contract, nil)
	if err != nil {
		return false, fmt.Errorf("reading the contract's code: %w", withoutURL(err))
	}
	return solidity.DeckDrop.IsCode(code), nil
}

// DeckStatus asks a deck's contract for all that it says.
func (c *Client) DeckStatus(ctx context.Context, contract common.Address) (*DeckStatus, error) {
	head, err := c.backend.HeaderByNumber(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("asking the node for its block: %w", withoutURL(err))
	}
	s := &DeckStatus{ChainID: c.ChainID, Block: head.Number.Uint64(), Time: time.Unix(int64(head.Time), 0).UTC(), Contract: contract}
	r := &reader{ctx: ctx, c: c, at: contract, block: head.Number}
	s.Known = solidity.DeckDrop.IsCode(r.code(contract))
	s.Terms = view(r, deckABI.PackTerms(), deckABI.UnpackTerms)
	var no *Revert
	if errors.As(r.err, &no) {
		return nil, fmt.Errorf("%s on chain %d is another kind of contract: it has no deck's terms", contract, c.ChainID)
	}
	s.Name, s.Home = view(r, deckABI.PackName(), deckABI.UnpackName), view(r, deckABI.PackHome(), deckABI.UnpackHome)
	s.Owner = view(r, deckABI.PackOwner(), deckABI.UnpackOwner)
	s.State = DeckState(view(r, deckABI.PackState(), deckABI.UnpackState))
	s.Sale, s.Reserve = view(r, deckABI.PackSale(), deckABI.UnpackSale), view(r, deckABI.PackReserve(), deckABI.UnpackReserve)
	s.Minted = r.uint64(view(r, deckABI.PackTotalMinted(), deckABI.UnpackTotalMinted))
	s.Randomness = view(r, deckABI.PackRandomness(), deckABI.UnpackRandomness)
	s.Round = view(r, deckABI.PackRound(), deckABI.UnpackRound)
	if from := r.uint64(view(r, deckABI.PackRevealFrom(), deckABI.UnpackRevealFrom)); from != 0 {
		s.RevealFrom = time.Unix(int64(from), 0).UTC()
	}
	s.readGroups(r)
	s.readCode(r)
	if r.err == nil {
		s.Balance, r.err = c.backend.BalanceAt(ctx, contract, head.Number)
		r.err = withoutURL(r.err)
	}
	if r.err != nil {
		return nil, fmt.Errorf("reading the contract %s: %w", contract, r.err)
	}
	return s, nil
}

func (s *DeckStatus) readGroups(r *reader) {
	n := r.uint64(view(r, deckABI.PackGroups(), deckABI.UnpackGroups))
	if r.err == nil && n > maxGroups {
		r.err = fmt.Errorf("it names %d groups, more than a deck has", n)
	}
	for i := uint64(0); i < n && r.err == nil; i++ {
		s.Directories = append(s.Directories, view(r, deckABI.PackDirectoryOf(new(big.Int).SetUint64(i)), deckABI.UnpackDirectoryOf))
	}
}

// readCode looks at the verifier and the beacon behind the contract.
func (s *DeckStatus) readCode(r *reader) {
	code := r.anyCode(s.Terms.Verifier)
	if vk, err := groth16.ParseVerifyingKey(solidity.KeyOf(code)); err == nil && vk.Lint(deck.NbInputs) == nil {
		s.Key, s.KeyKnown = vk, string(code) == string(solidity.VerifierCode(vk.Bytes()))
	}
	if s.Terms.Beacon == (common.Address{}) {
		return
	}
	if source := sourceIn(r.anyCode(s.Terms.Beacon)); source != nil {
		s.BeaconChain = source.chain
	}
}

// RoundText says what draws the assignment.
func (s *DeckStatus) RoundText() string {
	if s.BeaconChain == [32]byte{} {
		return fmt.Sprintf("round %d of the contract %s", s.Round, s.Terms.Beacon)
	}
	return fmt.Sprintf("round %d of drand's %s", s.Round, drand.Name(s.BeaconChain))
}
