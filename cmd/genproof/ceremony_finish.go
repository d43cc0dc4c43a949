package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/ceremony"
)

func (p *program) ceremonyBeaconVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "beacon", ArgsUsage: "FOLDER", Usage: "end the contributions with the announced beacon",
		Description: "For drand: https://api.drand.sh/CHAIN/public/ROUND has the signature, which is verified here. For a block: its hash,\nwhich nobody verifies here: those who verify the ceremony compare it with the chain.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "signature", Usage: "drand's signature of the announced round, in `HEX`"},
			&cli.StringFlag{Name: "block-hash", Usage: "the announced block's hash, in `HEX`"},
		},
		Action: p.ceremonyBeacon,
	})
}

func (p *program) ceremonyBeacon(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	f, phase, _, err := openCeremony(args[0])
	if err != nil {
		return withTrouble(err)
	}
	want, other := "block-hash", "signature"
	if ceremony.IsDrand(f.Definition.Beacon) {
		want, other = other, want
	}
	if c.String(want) == "" || c.String(other) != "" {
		return console.Hint(fmt.Errorf("the announced beacon is %s", f.Definition.Beacon), "add --"+want+" HEX")
	}
	value, err := hex.DecodeString(strings.TrimPrefix(c.String(want), "0x"))
	if err != nil {
		return fmt.Errorf("--%s is not in hex", want)
	}
	b, err := f.ApplyBeacon(c.Context, phase, value, p.ceremonyProgress())
	if err != nil {
		return withTrouble(err)
	}
	if p.JSON {
		return p.Report(beaconAppliedOf(b))
	}
	p.Say("%s ends the ceremony after %d contributions, with %s", b.Beacon, b.Contributions, hexOf(b.Value[:]))
	next := "genproof ceremony finalize " + args[0]
	if f.Definition.Circuit != nil {
		next += " --ptau FILE"
	}
	p.Say("Next: %s", next)
	return nil
}

type beaconAppliedReport struct {
	Beacon        string `json:"beacon"`
	Value         string `json:"value"`
	Verified      bool   `json:"verified"` // a block's hash only by verify with --rpc of its chain
	Contributions uint64 `json:"contributions"`
}

func beaconAppliedOf(b *ceremony.Beacon) *beaconAppliedReport {
	return &beaconAppliedReport{b.Beacon, hexOf(b.Value[:]), ceremony.IsDrand(b.Beacon), b.Contributions}
}

func (p *program) ceremonyFinalizeVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "finalize", ArgsUsage: "FOLDER", Usage: "verify a ceremony with its beacon, and make its keys",
		Description: "Writes transcript.json and vk into the folder, and the keys into the key store. Anybody can run it, and gets the same keys.",
		Flags: append(powersFlags(), keysFlag(),
			&cli.BoolFlag{Name: "replace", Usage: "replace keys of this circuit that are in the store: proofs of the old ones do not verify with the new"}),
		Action: p.ceremonyFinalize,
	})
}

func (p *program) ceremonyFinalize(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	f, phase, circuit, err := openCeremony(args[0])
	if err != nil {
		return withTrouble(err)
	}
	var srs *ceremony.SRS
	if circuit != nil {
		if srs, err = p.readPowers(c, circuit, false); err != nil {
			return withTrouble(err)
		}
	}
	r, err := f.Finalize(c.Context, phase, srs, p.ceremonyProgress())
	if errors.Is(err, ceremony.ErrOpen) {
		return console.Hint(err, "genproof ceremony beacon, when "+beaconText(f.Definition.Beacon)+" is known")
	}
	if err != nil {
		return withTrouble(err)
	}
	if r.Keys != nil {
		if err := p.installKeys(c, circuit, r.Keys); err != nil {
			return err
		}
	}
	report := ceremonyReportOf(f, srs, r)
	if p.JSON {
		return p.Report(report)
	}
	p.sayCeremony(report)
	return nil
}

// installKeys puts a ceremony's keys into the store. Those that are there may be the same.
func (p *program) installKeys(c *cli.Context, circuit *setup.Circuit, keys *ceremony.Keys) error {
	store, err := p.store(c)
	if err != nil {
		return err
	}
	progress := p.keyProgress(circuit.ID)
	audited, err := setup.Audit(c.Context, circuit, keys.Proving, keys.Verifying, keys.Provenance, progress)
	if err != nil {
		return err
	}
	_, err = store.InstallGroth16(c.Context, audited, c.Bool("replace"), progress)
	if !errors.Is(err, setup.ErrHasKeys) {
		return err
	}
	if there, _, loading := store.VerifyingKey(c.Context, circuit); loading == nil && there.Digest() == keys.Verifying.Digest() {
		return nil
	}
	return console.Hint(err, "the ceremony is finished; add --replace to put its keys in their place, or --keys FOLDER")
}
