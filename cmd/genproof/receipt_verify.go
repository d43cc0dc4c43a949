package main

import (
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

type receiptReport struct {
	File    string `json:"file"`
	ID      uint64 `json:"id"`
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
}

func (p *program) receiptVerify(c *cli.Context) error {
	if !c.Args().Present() {
		return console.Hint(errors.New("no receipt is named"), c.Command.HelpName+" FILE...")
	}
	t, err := p.readTerms(c.String("drop"))
	if err != nil {
		return err
	}
	list := make([]receiptReport, 0, c.NArg())
	rejected := false
	for _, file := range c.Args().Slice() {
		r, err := p.judgeReceipt(file, t)
		if err != nil {
			return err
		}
		list, rejected = append(list, *r), rejected || r.Verdict != accepted(true)
	}
	if err := p.reportReceipts(list, t); err != nil {
		return err
	}
	if rejected {
		return console.ErrRejected
	}
	return nil
}

// judgeReceipt returns an error only for a file that cannot be read.
func (p *program) judgeReceipt(file string, t *terms) (*receiptReport, error) {
	data, err := p.readFile(file, maxReceiptBytes)
	if err != nil {
		return nil, err
	}
	out := &receiptReport{File: file}
	r, err := drop.ParseReceipt(file, data, t.schema)
	if err == nil {
		out.ID = r.Token
		err = t.judge(r)
	}
	if err != nil {
		out.Reason, _ = explain(err)
	}
	out.Verdict = accepted(err == nil)
	return out, nil
}

// judge says whether a receipt is the authority's word about a token of the drop.
func (t *terms) judge(r *drop.Receipt) error {
	if err := drop.VerifyReceipt(r, t.schema, t.scope, t.authority); err != nil {
		return err
	}
	if !t.ids.Contains(r.Token) {
		return fmt.Errorf("receipt: the drop has tokens %d to %d", t.ids.First, t.ids.Last())
	}
	return nil
}

func (p *program) reportReceipts(list []receiptReport, t *terms) error {
	if p.JSON {
		return p.Report(list)
	}
	authority := t.authority.Bytes()
	var rows [][]string
	for _, r := range list {
		rows = append(rows, []string{r.File, fmt.Sprintf("token %d", r.ID), r.Verdict, r.Reason})
	}
	p.Table(rows...)
	p.Say("authority: %s", hex.EncodeToString(authority[:]))
	return nil
}
