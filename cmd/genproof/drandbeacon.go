package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/evmnet"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup/drand"
)

func (p *program) beaconVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "beacon", Usage: "take a round of drand's evmnet as a drawn drop's beacon, for a drop without a contract",
		Description: "Nobody chooses a round or knows it before its time. Publish what genproof commit shows before then, and say which round will be taken:\n" +
			"the verifier checks the round's signature, and cannot see when the commitments were public. With a contract, genproof open does both.",
		Flags: []cli.Flag{
			dropFlag(),
			&cli.DurationFlag{Name: "in", Value: 10 * time.Minute, Usage: "take the first round after this `TIME` from now"},
			&cli.Uint64Flag{Name: "round", Usage: "take the round of this `NUMBER`"},
			&cli.StringFlag{Name: "signature", Usage: "the round's signature in `HEX`, as any server of drand tells it; then nobody is asked"},
			&cli.StringFlag{Name: "drand", Value: drandServer, Usage: "the `URL` of a server of drand to wait for the round and ask for it"},
			&cli.BoolFlag{Name: "write", Usage: "write the beacon into drop.yaml"},
		},
		Action: p.beacon,
	})
}

type drandBeaconReport struct {
	Round     uint64 `json:"round"`
	Time      string `json:"time"`
	Signature string `json:"signature"`
	Entropy   string `json:"entropy"`
	Value     string `json:"value"`
	Written   bool   `json:"written"`
}

func (p *program) beacon(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	round, err := evmnetRound(c)
	if err != nil {
		return err
	}
	at, err := drand.Time(drand.Evmnet, round)
	if err != nil {
		return err
	}
	signature, err := p.roundSignature(c, round)
	if err != nil {
		return err
	}
	if len(signature) != evmnet.Size {
		return fmt.Errorf("the signature has %d bytes, evmnet's have %d", len(signature), evmnet.Size)
	}
	b, err := bundle.DrandBeacon(round, [evmnet.Size]byte(signature))
	if err != nil {
		return fmt.Errorf("round %d: %w", round, err)
	}
	r := drandBeaconReport{round, at.Format(time.RFC3339), hexOf(signature), hexOf(b.Entropy[:]), hexElement(b.Value), c.Bool("write")}
	if r.Written {
		if err := writeBeacon(c.String("drop"), b); err != nil {
			return err
		}
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("The beacon is %s, of %s: %s", b.Source, r.Time, r.Value)
	if r.Written {
		p.Say("It is in drop.yaml. Receipts and proofs made before are of another beacon.")
	} else {
		p.Say("Put this into drop.yaml, or run the same with --write:\n\n%s", beaconBlock(b))
	}
	p.Say("It is worth what your readers know of the time before: that the commitments were public then.")
	return nil
}

func evmnetRound(c *cli.Context) (uint64, error) {
	switch {
	case c.IsSet("round") && c.IsSet("in"):
		return 0, errors.New("--round and --in both say which round")
	case c.IsSet("round"):
		return c.Uint64("round"), nil
	case c.IsSet("signature"):
		return 0, console.Hint(errors.New("--signature is that of one round"), "name it with --round")
	case c.Duration("in") < 0:
		return 0, errors.New("--in is negative: the round was known already")
	}
	return drand.Next(drand.Evmnet, time.Now().Add(c.Duration("in")))
}

func (p *program) roundSignature(c *cli.Context, round uint64) ([]byte, error) {
	if text := c.String("signature"); text != "" {
		raw, err := hex.DecodeString(text)
		if err != nil {
			return nil, errors.New("--signature is not in hex")
		}
		return raw, nil
	}
	ask, err := p.drandAt(c.String("drand"))
	if err != nil {
		return nil, err
	}
	return ask(c.Context, drand.Evmnet, round)
}
