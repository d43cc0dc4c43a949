package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
)

func (p *program) openVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "open", Usage: "fix the beacon of a deployed drop, once its round of drand or its block is there",
		Description: "A round: give its signature, or name a server that has it; the signature is checked here and in the contract, so any server will do.\n" +
			"A block: it is waited for, and on public chains 64 more, so that it cannot be taken back.\n" +
			"Anybody may open a drop; proving begins when drop.yaml names the beacon, and minting when its owner has set the template.",
		Flags: append(senderFlags(), dropFlag(), contractFlag(),
			&cli.StringFlag{Name: "signature", Usage: "drand's signature of the drop's round, in `HEX`"},
			&cli.StringFlag{Name: "drand", Usage: "the `URL` of a server of drand to wait for the round and ask for it, such as " + drandServer},
			&cli.BoolFlag{Name: "write", Usage: "write the beacon into drop.yaml"}),
		Action: p.open,
	})
}

type openReport struct {
	ChainID  uint64 `json:"chain_id"`
	Contract string `json:"contract"`
	Entropy  string `json:"entropy"`
	Value    string `json:"value"`
	Source   string `json:"source"`
	Written  bool   `json:"written"`
}

func (p *program) open(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	s, err := p.sending(c)
	if err != nil {
		return err
	}
	contract, err := contractOf(c, s.Client)
	if err != nil {
		return err
	}
	if s.Signature, err = p.signatures(c); err != nil {
		return err
	}
	b, err := s.Open(c.Context, contract)
	if err != nil {
		return beaconHint(err)
	}
	if b == nil {
		return p.sayEstimate(s)
	}
	r := openReport{b.ChainID, common.Address(b.Contract).Hex(), hexOf(b.Entropy[:]), hexElement(b.Value), b.Source, c.Bool("write")}
	if r.Written {
		if err := writeBeacon(c.String("drop"), b); err != nil {
			return err
		}
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("The beacon is fixed, by %s: %s", b.Source, r.Value)
	if r.Written {
		p.Say("It is in drop.yaml. Receipts and proofs made before are of another beacon.")
	} else {
		p.Say("Put this into drop.yaml, or run the same with --write:\n\n%s", beaconBlock(b))
	}
	p.Say("Next: genproof template set --rpc … --key-file …")
	return nil
}

// beaconBlock is the beacon as drop.yaml holds it.
func beaconBlock(b *bundle.Beacon) string {
	if b.ByDrand() {
		return fmt.Sprintf("beacon:                       # %s\n  drand: evmnet\n  round: %d\n  signature: \"%s\"\n", b.RoundTime().Format(time.RFC3339), b.Round, hexOf(b.Signature[:]))
	}
	return fmt.Sprintf("beacon:                       # fixed by the drop's contract\n  chain_id: %d\n  contract: \"%s\"\n  entropy: \"%s\"\n", b.ChainID, hexOf(b.Contract[:]), hexOf(b.Entropy[:]))
}

// writeBeacon adds the beacon to drop.yaml, and takes it back if the drop does not load with it.
func writeBeacon(dir string, b *bundle.Beacon) error {
	d, err := drop.Load(dir)
	if err != nil {
		return err
	}
	file := filepath.Join(dir, drop.DefinitionFile)
	if d.Beacon.Source != bundle.BeaconSelfChosen {
		if d.Beacon.Value == b.Value {
			return nil
		}
		return console.Hint(fmt.Errorf("%s names another beacon already: %s", file, saidOfBeacon(verdict.BeaconOf(&d.Beacon))),
			"take its beacon: block out, if nothing that matters was proven under it")
	}
	before, err := files.Read(file, bundle.MaxBytes)
	if err != nil {
		return err
	}
	info, err := os.Stat(file)
	if err != nil {
		return err
	}
	after := append(bytes.TrimRight(bytes.Clone(before), "\n"), "\n\n"+beaconBlock(b)...)
	if err := files.Write(file, after, info.Mode().Perm()); err != nil {
		return err
	}
	if d, err = drop.Load(dir); err == nil && d.Beacon.Value == b.Value {
		return nil
	}
	if err := files.Write(file, before, info.Mode().Perm()); err != nil {
		return err
	}
	return console.Hint(fmt.Errorf("%s is written in a way that nothing can be added to", file), "add the lines that the same shows without --write by hand")
}
