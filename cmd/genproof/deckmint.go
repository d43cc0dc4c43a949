package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// deckMintFlags are mint's for decks alone.
func deckMintFlags() []cli.Flag {
	return []cli.Flag{
		&cli.UintFlag{Name: "count", Usage: "decks: how many tokens to buy, 1 to 32"},
		&cli.UintFlag{Name: "allowance", Usage: "decks: how many `TOKENS` the allow list grants the account"},
		&cli.StringFlag{Name: "list-proof", Usage: "decks: the account's path in the allow list, `HEX,HEX,…`"},
		&cli.BoolFlag{Name: "again", Usage: "decks: buy once more what the account has bought by the same options before, as the journal says"},
		&cli.BoolFlag{Name: "reserve", Usage: "decks: mint from the reserve to --to, without paying; the owner's"},
	}
}

// mintDeck buys tokens of a deck: no proof is needed any more.
func (p *program) mintDeck(c *cli.Context) error {
	n := uint64(c.Uint("count"))
	if n < 1 || n > 32 {
		return console.Hint(fmt.Errorf("a lot is 1 to 32 tokens, got %d", n), "add --count 1")
	}
	path, err := hashes(c.String("list-proof"))
	if err != nil {
		return err
	}
	return p.onDeck(c, func(s *sender, at [20]byte) (*types.Receipt, error) {
		s.Again = c.Bool("again")
		to := s.Address()
		if given := c.String("to"); given != "" {
			if !c.Bool("reserve") {
				return nil, errors.New("--to is of the reserve: a buyer mints to the account that pays")
			}
			if to, err = contractAddress(given); err != nil {
				return nil, err
			}
		}
		switch {
		case c.Bool("reserve"):
			return s.TakeReserve(c.Context, at, to, n)
		case c.IsSet("allowance") || len(path) > 0:
			return s.BuyListed(c.Context, at, n, uint64(c.Uint("allowance")), path)
		}
		return s.Buy(c.Context, at, n)
	})
}

func hashes(list string) (path [][32]byte, err error) {
	if list == "" {
		return nil, nil
	}
	for _, s := range strings.Split(list, ",") {
		b, err := hex.DecodeString(strings.TrimPrefix(strings.TrimSpace(s), "0x"))
		if err != nil || len(b) != 32 {
			return nil, fmt.Errorf("--list-proof: %.80q is not 0x and 64 hex digits", s)
		}
		path = append(path, [32]byte(b))
	}
	return path, nil
}
