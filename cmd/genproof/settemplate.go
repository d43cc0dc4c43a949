package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) setTemplateVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "set", Usage: "set a drop's template in the contract that its beacon names: once, after genproof open, before the first mint",
		Description: "Texts and image folder may be chosen until then, when the draws are known; traits, claims and the policy may not.\n" +
			"It is the owner's to do. Every report says that the texts came after the draws.",
		Flags:  append(senderFlags(), dropFlag(), beaconContractFlag()),
		Action: p.setTemplate,
	})
}

type setTemplateReport struct {
	ChainID  uint64 `json:"chain_id"`
	Contract string `json:"contract"`
	Template string `json:"template"`
	Tx       string `json:"tx"`
	Gas      uint64 `json:"gas"`
	Reused   bool   `json:"reused"` // it was set before
}

func (p *program) setTemplate(c *cli.Context) error {
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
	set, err := s.SetTemplate(c.Context, contract, d.Commitments, d.Beacon.Value)
	if errors.Is(err, chain.ErrTemplateSet) {
		return console.Hint(err, "genproof template announce gives holders another one, if the contract was deployed with --template-notice")
	}
	if err != nil {
		return ownerHint(err)
	}
	if set == nil {
		return p.sayEstimate(s)
	}
	r := setTemplateReport{ChainID: s.ChainID, Contract: contract.Hex(), Template: hexElement(set.Template), Gas: set.Gas, Reused: set.Reused}
	if !set.Reused {
		r.Tx = set.Tx.Hex()
	}
	if p.JSON {
		return p.Report(r)
	}
	what := "set before"
	if !r.Reused {
		what = fmt.Sprintf("%d gas, transaction %s", r.Gas, r.Tx)
	}
	p.Say("Chain %d, contract %s", r.ChainID, r.Contract)
	p.Table([]string{"  template", r.Template + "  (" + what + ")"})
	p.Say("It can no longer change for mints.")
	p.Say("Next: genproof prove --tokens 1-20, then genproof mint --rpc … --key-file …")
	return nil
}
