package chain

import (
	"context"
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
)

// ErrNotDrawn says that nobody can tell yet which card a token shows.
var ErrNotDrawn = errors.New("which token shows which card is not drawn yet")

// A TokenError says why a contract is none of the deck, or shows no card of it at a token.
type TokenError struct{ Err error }

func (e *TokenError) Error() string { return e.Err.Error() }

func (e *TokenError) Unwrap() error { return e.Err }

// CardOf returns the card that a token of a deck's contract shows, computed here and compared with
// what the contract says. Of contracts of other decks and of tokens that show none the error is a
// *TokenError.
func (c *Client) CardOf(ctx context.Context, contract common.Address, d *bundle.Deck, id uint64) (card uint64, err error) {
	s, err := c.DeckStatus(ctx, contract)
	if err != nil {
		return 0, err
	}
	if err := s.isOf(d); err != nil {
		return 0, &TokenError{err}
	}
	if s.Permuted() && s.Randomness == [32]byte{} {
		return 0, &TokenError{fmt.Errorf("token %d: %w", id, ErrNotDrawn)}
	}
	t, err := c.tokenCard(ctx, s, d, id)
	if err != nil {
		return 0, err
	}
	for _, why := range []string{t.Fault, t.Missing} {
		if why != "" {
			return 0, &TokenError{fmt.Errorf("token %d: %s", id, why)}
		}
	}
	return t.Card, nil
}
