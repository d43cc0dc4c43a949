package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) receiptLogVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "log", ArgsUsage: "FILE", Usage: "list every signature that an authority's key has made, and check its log",
		Description: "The log is for the key's owner alone: whoever guesses a token's claims can see in it that he is right.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "head", Usage: "the `HEAD` that you have noted, NUMBER:HASH: exits with 1 if the log does not lead to it"},
		},
		Action: p.receiptLog,
	})
}

type signatureReport struct {
	Sequence uint64 `json:"sequence"`
	At       string `json:"at"`
	Token    uint64 `json:"token"`
	Model    string `json:"model"`
	Beacon   string `json:"beacon"`
	Again    bool   `json:"again"` // the key has signed about this token of this drop before
}

type signaturesReport struct {
	Signatures []signatureReport `json:"signatures"`
	Head       string            `json:"head"`
	Leads      bool              `json:"leads_to_head"` // to the one that was given
}

func (p *program) receiptLog(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	log, err := drop.ReadSignatureLog(args[0])
	if err != nil {
		return logOfSignaturesHint(err)
	}
	if len(log.Entries) == 0 {
		return console.Hint(fmt.Errorf("%s: no signature stands there", args[0]), "the log is beside the key's file: KEY.log")
	}
	leads := !c.IsSet("head") || log.LeadsTo(c.String("head"))
	list := signaturesOf(log)
	if p.JSON {
		err = p.Report(signaturesReport{list, log.Head(), leads})
	} else {
		p.saySignatures(list, log, leads)
	}
	if err == nil && !leads {
		return console.ErrRejected
	}
	return err
}

func signaturesOf(log *drop.SignatureLog) []signatureReport {
	type about struct {
		model, seeds, beacon [32]byte
		token                uint64
	}
	seen := map[about]bool{}
	list := make([]signatureReport, 0, len(log.Entries))
	for _, e := range log.Entries {
		a := about{e.Model.Bytes(), e.Seeds.Bytes(), e.Beacon.Bytes(), e.Token}
		list = append(list, signatureReport{e.Sequence, e.At, e.Token, fmt.Sprintf("0x%x", a.model), fmt.Sprintf("0x%x", a.beacon), seen[a]})
		seen[a] = true
	}
	return list
}

func (p *program) saySignatures(list []signatureReport, log *drop.SignatureLog, leads bool) {
	rows := [][]string{{"signed at", "token", "model", "beacon", ""}}
	for _, s := range list {
		again := ""
		if s.Again {
			again = "AGAIN: this token had a receipt"
		}
		rows = append(rows, []string{s.At, fmt.Sprint(s.Token), s.Model[:10] + "…", s.Beacon[:10] + "…", again})
	}
	p.Table(rows...)
	p.Say("%s, whole. head: %s", counted(len(list), "signature"), log.Head())
	if !leads {
		p.Say("rejected: the log does not lead to the head that you have: it was written anew, or cut.")
	}
}

func logOfSignaturesHint(err error) error {
	switch {
	case errors.Is(err, files.ErrBusy):
		return console.Hint(err, "wait until it has ended: a key signs for one process at a time")
	case errors.Is(err, files.ErrExposed):
		return console.Hint(err, "run chmod 600 on it: the log is its owner's alone")
	case errors.Is(err, drop.ErrSignatureLog):
		return console.Hint(err, "nothing is signed until you know why: a copy of the log that is whole takes its place, or --log names a new one")
	}
	return err
}
