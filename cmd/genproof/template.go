package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) templateVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "template", Usage: "set a deployed drop's template, or announce another one",
		Subcommands: []*cli.Command{p.setTemplateVerb(), p.announceVerb()},
	})
}

func (p *program) announceVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "announce", Usage: "announce a drop's template as the next one of the contract that its beacon names",
		Description: "The drop is a copy of the deployed one's folder, secrets and beacon included, with another document: in drop.yaml, or other traits shown.\n" +
			"It is in force after the notice that the contract was deployed with (--template-notice), for tokens whose holders run genproof update.",
		Flags: append(senderFlags(), dropFlag(), beaconContractFlag(),
			&cli.BoolFlag{Name: "replace", Usage: "in place of another template that is announced already: tokens can no longer be updated to that one"}),
		Action: p.announce,
	})
}

type announceReport struct {
	ChainID  uint64    `json:"chain_id"`
	Contract string    `json:"contract"`
	Template string    `json:"template"`
	From     time.Time `json:"from"`
	Tx       string    `json:"tx"`
	Gas      uint64    `json:"gas"`
	Reused   bool      `json:"reused"` // it was announced before
}

func (p *program) announce(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	d, err := p.loadDrop(c.String("drop"))
	if err != nil {
		return err
	}
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	contract, err := beaconContract(c, &d.Beacon, s.Client)
	if err != nil {
		return err
	}
	a, err := s.Announce(c.Context, contract, d.Commitments, d.Beacon.Value, c.Bool("replace"))
	if err != nil {
		return announceHint(err)
	}
	if a == nil {
		return p.sayEstimate(s)
	}
	r := announceReport{ChainID: s.ChainID, Contract: contract.Hex(), Template: hexElement(a.Template), From: a.From, Gas: a.Gas, Reused: a.Reused}
	if !a.Reused {
		r.Tx = a.Tx.Hex()
	}
	if p.JSON {
		return p.Report(r)
	}
	p.sayAnnounced(&r)
	return nil
}

func announceHint(err error) error {
	var no *chain.Revert
	switch {
	case errors.Is(err, chain.ErrReplaces):
		return console.Hint(err, "add --replace if that is what you want")
	case errors.As(err, &no) && no.Name == "TemplateFixed":
		return console.Hint(err, "the contract was deployed without --template-notice: its documents never change")
	}
	return ownerHint(err)
}

// ownerHint says whose account a call takes that is the owner's.
func ownerHint(err error) error {
	var no *chain.Revert
	if errors.As(err, &no) && no.Name == "OwnableUnauthorizedAccount" {
		return console.Hint(err, "use the account of the contract's owner, whom genproof status shows")
	}
	return err
}

func (p *program) sayAnnounced(r *announceReport) {
	what := fmt.Sprintf("announced, %d gas, transaction %s", r.Gas, r.Tx)
	if r.Reused {
		what = "announced before"
	}
	p.Say("Chain %d, contract %s", r.ChainID, r.Contract)
	p.Table([]string{"  next template", r.Template + "  (" + what + ")"}, []string{"  in force from", r.From.Format(time.RFC3339)})
	p.Say("Next: genproof prove --tokens 1-20, publish what it writes, and once the template is in force holders run genproof update")
}

func beaconContractFlag() cli.Flag {
	return &cli.StringFlag{Name: "contract", Usage: "the mint contract's `ADDRESS` (default: the beacon's)"}
}

// beaconContract is the contract that is named, or else the one whose beacon a drop has.
func beaconContract(c *cli.Context, b *bundle.Beacon, client *chain.Client) (common.Address, error) {
	switch at := c.String("contract"); {
	case at != "":
		return contractAddress(at)
	case b.SelfChosen():
		return common.Address{}, console.Hint(errors.New("the drop's beacon names no contract"), "copy the beacon: block of the deployed drop's drop.yaml, or name the contract with --contract")
	case b.ChainID != client.ChainID:
		return common.Address{}, console.Hint(fmt.Errorf("the drop's contract is on chain %d, the node's chain is %d", b.ChainID, client.ChainID), "name a node of that chain with --rpc")
	}
	return b.Contract, nil
}
