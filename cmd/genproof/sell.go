package main

import (
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/core/types"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) sellVerb() *cli.Command {
	return &cli.Command{
		Name: "sell", Usage: "the sale of a deck whose every card is admitted: its list, its prices, its begin and end",
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{
				Name: "open", Usage: "open the sale: once, by the deck's author alone",
				Description: "Its end is fixed here, and so is the round that draws the assignment. Times are RFC 3339, such as 2027-01-31T18:00:00Z, or from now on, such as 48h.",
				Flags: append(senderFlags(), dropFlag(), contractFlag(),
					&cli.StringFlag{Name: "price", Usage: "what a token costs, in `ETHER`", Required: true},
					&cli.StringFlag{Name: "end", Usage: "the `TIME` from which on nothing can be minted, at most 366 days ahead", Required: true},
					&cli.StringFlag{Name: "public-from", Usage: "the `TIME` from which on everybody can mint (default: now)"},
					listFlag(),
					&cli.StringFlag{Name: "list-price", Usage: "what a token costs by the list, in `ETHER` (default: the price)"},
					&cli.StringFlag{Name: "list-from", Usage: "the `TIME` from which on the list can mint (default: now)"}),
				Action: p.sellOpen,
			}),
			p.sellListVerb(), p.sellProofVerb(), p.sellLowerVerb(), p.sellSetListVerb(),
			p.Verb(&cli.Command{
				Name: "close", Usage: "end a sale that is sold out; anybody may",
				Flags:  append(senderFlags(), dropFlag(), contractFlag()),
				Action: p.sellClose,
			}),
		},
	}
}

// etherOf reads an amount of ether in decimal: wei.
func etherOf(s string) (*big.Int, error) {
	r, ok := new(big.Rat).SetString(s)
	if !ok || strings.ContainsAny(s, "/eExXpP_+-") {
		return nil, console.Hint(fmt.Errorf("%.40q is no amount of ether", s), "write a decimal number, such as 0.05")
	}
	r.Mul(r, new(big.Rat).SetInt(big.NewInt(1e18)))
	if gwei := new(big.Rat).Quo(r, new(big.Rat).SetInt(big.NewInt(1e9))); !gwei.IsInt() {
		return nil, fmt.Errorf("%.40q has more than nine digits behind the point: prices are multiples of 1 gwei", s)
	}
	return r.Num(), nil
}

// ether writes wei for people.
func ether(wei *big.Int) string {
	s := new(big.Rat).SetFrac(wei, big.NewInt(1e18)).FloatString(18)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".") + " ether"
}

// timeOf reads a time, or how far from now on it is.
func timeOf(s string, now time.Time) (time.Time, error) {
	if s == "" {
		return now, nil
	}
	if after, err := time.ParseDuration(s); err == nil && after >= 0 {
		return now.Add(after).Truncate(time.Second), nil
	}
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, console.Hint(fmt.Errorf("%.40q is no time", s), "write 2027-01-31T18:00:00Z, or 48h for two days from now on")
	}
	return t.UTC().Truncate(time.Second), nil
}

// saleOf reads the options. Now is the chain's.
func saleOf(c *cli.Context, now time.Time) (s chain.Sale, err error) {
	for _, f := range []struct {
		name string
		to   *time.Time
	}{{"list-from", &s.ListFrom}, {"public-from", &s.PublicFrom}, {"end", &s.End}} {
		if *f.to, err = timeOf(c.String(f.name), now); err != nil {
			return s, fmt.Errorf("--%s: %w", f.name, err)
		}
	}
	if s.Price, err = etherOf(c.String("price")); err != nil {
		return s, err
	}
	if s.ListPrice = s.Price; c.String("list-price") != "" {
		if s.ListPrice, err = etherOf(c.String("list-price")); err != nil {
			return s, err
		}
	}
	if list := c.String("list"); list != "" {
		if s.List, err = listRoot(list); err != nil {
			return s, err
		}
	} else if c.String("list-from") != "" || c.String("list-price") != "" {
		return s, errors.New("--list-from and --list-price are of a list: name its root with --list")
	}
	if s.ListFrom.After(s.PublicFrom) || !s.PublicFrom.Before(s.End) {
		return s, errors.New("the times are out of order: the list first, then the public phase, then the end")
	}
	return s, nil
}

func (p *program) sellOpen(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	at, err := contractOf(c, s.Client)
	if err != nil {
		return err
	}
	status, err := s.DeckStatus(c.Context, at)
	if err != nil {
		return err
	}
	sale, err := saleOf(c, status.Time)
	if err != nil {
		return err
	}
	receipt, err := s.OpenSale(c.Context, at, sale)
	return p.sold(c, s, receipt, err)
}

func (p *program) sellClose(c *cli.Context) error {
	return p.onDeck(c, func(s *sender, at [20]byte) (*types.Receipt, error) { return s.CloseSale(c.Context, at) })
}

// onDeck sends one transaction to a deck's contract and says where that stands then.
func (p *program) onDeck(c *cli.Context, send func(s *sender, at [20]byte) (*types.Receipt, error)) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	at, err := contractOf(c, s.Client)
	if err != nil {
		return err
	}
	receipt, err := send(s, at)
	return p.sold(c, s, receipt, err)
}

// A sentReport is what verbs say that send one transaction to a deck's contract.
type sentReport struct {
	Tx       string           `json:"transaction"`
	Gas      uint64           `json:"gas"`
	Reused   bool             `json:"reused"`   // by an earlier run: this one sent nothing
	Contract deckStatusReport `json:"contract"` // after it
}

// sold reports a transaction, and the contract after it.
func (p *program) sold(c *cli.Context, s *sender, receipt *types.Receipt, err error) error {
	if err != nil {
		return deckHint(err)
	}
	if s.dry {
		return p.sayEstimate(s)
	}
	at, err := contractOf(c, s.Client)
	if err != nil {
		return err
	}
	status, err := s.DeckStatus(c.Context, at)
	if err != nil {
		return err
	}
	r := deckStatusOf(status)
	if p.JSON {
		return p.Report(sentReport{receipt.TxHash.Hex(), receipt.GasUsed, s.found, r})
	}
	if s.found {
		p.Say("An earlier run has bought the same: nothing was sent. --again buys it once more.")
	}
	p.Say("%d gas, transaction %s", receipt.GasUsed, receipt.TxHash)
	p.sayDeckStatus(&r)
	return nil
}
