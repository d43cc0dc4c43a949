package main

import (
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/urfave/cli/v2"
)

func (p *program) sellLowerVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "lower", Usage: "lower prices of a sale: the owner's, and neither can rise again",
		Flags: append(senderFlags(), dropFlag(), contractFlag(),
			&cli.StringFlag{Name: "price", Usage: "what a token costs from now on, in `ETHER` (default: as it is)"},
			&cli.StringFlag{Name: "list-price", Usage: "what a token costs by the list from now on, in `ETHER` (default: as it is)"}),
		Action: p.sellLower,
	})
}

func (p *program) sellLower(c *cli.Context) (err error) {
	var prices [2]*big.Int // nil for those that stay
	for i, name := range []string{"list-price", "price"} {
		if text := c.String(name); text != "" {
			if prices[i], err = etherOf(text); err != nil {
				return err
			}
		}
	}
	if prices[0] == nil && prices[1] == nil {
		return errors.New("no price is named: add --price or --list-price")
	}
	return p.onDeck(c, func(s *sender, at [20]byte) (*types.Receipt, error) {
		return s.LowerPrices(c.Context, at, prices[0], prices[1])
	})
}

func (p *program) sellSetListVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "set-list", Usage: "give a sale another allow list, before the list's phase begins: the owner's",
		Flags:  append(senderFlags(), dropFlag(), contractFlag(), listFlag()),
		Action: p.sellSetList,
	})
}

func (p *program) sellSetList(c *cli.Context) error {
	if c.String("list") == "" {
		return errors.New("no list is named: add --list")
	}
	root, err := listRoot(c.String("list"))
	if err != nil {
		return err
	}
	return p.onDeck(c, func(s *sender, at [20]byte) (*types.Receipt, error) { return s.SetList(c.Context, at, root) })
}
