package main

import (
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/urfave/cli/v2"
)

func (p *program) revealVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "reveal", Usage: "draw which token of a permuted deck shows which card, after the sale",
		Description: "By the signature of the one round of drand that the contract names: give it, or name a server that has it. It is checked here and in the contract,\nso any server will do, and anybody may reveal.",
		Flags: append(senderFlags(), dropFlag(), contractFlag(),
			&cli.StringFlag{Name: "signature", Usage: "drand's signature of the round, in `HEX`"},
			&cli.StringFlag{Name: "drand", Usage: "the `URL` of a server of drand to wait for the round and ask for it, such as " + drandServer},
			&cli.BoolFlag{Name: "by-block-hash", Usage: "where the beacon was silent for 30 days and the contract allows it: choose a block 64 ahead or, when it is there, reveal by its hash; weaker"},
			&cli.BoolFlag{Name: "give-up", Usage: "where the beacon was silent for 60 days: let the deck fail, so that what was paid can be withdrawn"}),
		Action: p.reveal,
	})
}

func (p *program) reveal(c *cli.Context) error {
	return p.onDeck(c, func(s *sender, at [20]byte) (*types.Receipt, error) {
		switch {
		case c.Bool("give-up"):
			return s.GiveUp(c.Context, at)
		case c.Bool("by-block-hash"):
			return s.RevealByBlockHash(c.Context, at)
		}
		var err error
		if s.Signature, err = p.signatures(c); err != nil {
			return nil, err
		}
		return s.Reveal(c.Context, at)
	})
}

func (p *program) withdrawVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "withdraw", Usage: "take what buyers of a deck have paid, once it is revealed",
		Description: "The owner's. A fixed deck's sale must be over; a permuted one must be revealed, or given up.",
		Flags: append(senderFlags(), dropFlag(), contractFlag(),
			&cli.StringFlag{Name: "to", Usage: "the `ADDRESS` that gets it (default: the account's)"}),
		Action: p.withdraw,
	})
}

func (p *program) withdraw(c *cli.Context) error {
	return p.onDeck(c, func(s *sender, at [20]byte) (*types.Receipt, error) {
		to := s.Address()
		if given := c.String("to"); given != "" {
			var err error
			if to, err = contractAddress(given); err != nil {
				return nil, err
			}
		}
		return s.Withdraw(c.Context, at, to)
	})
}
