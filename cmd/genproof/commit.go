package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/setup"
)

func dropFlag() cli.Flag {
	return &cli.StringFlag{Name: "drop", Value: ".", Usage: "the drop's `FOLDER`"}
}

func (p *program) commitVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "commit", Usage: "show the five commitments of a drop, to publish before its beacon is drawn",
		Flags: []cli.Flag{
			dropFlag(), keysFlag(),
			&cli.StringFlag{Name: "out", Usage: "write the drop's public description to this `FILE`, for an authority or for verifiers"},
		},
		Action: p.commit,
	})
}

type commitReport struct {
	Name        string              `json:"name"`
	Supply      uint64              `json:"supply"`
	Circuit     string              `json:"circuit"`
	Commitments verdict.Commitments `json:"commitments"`
	Beacon      verdict.Beacon      `json:"beacon"`
	Authority   verdict.Authority   `json:"authority"`
}

// saidOfBeacon is what the beacon says of itself.
func saidOfBeacon(b verdict.Beacon) string {
	if b.ChainID == 0 {
		return b.Source
	}
	return fmt.Sprintf("%s: chain %d, contract %s; compare it there", b.Source, b.ChainID, b.Contract)
}

func (p *program) commit(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	d, err := p.loadDrop(c.String("drop"))
	if err != nil {
		return err
	}
	if out := c.String("out"); out != "" {
		if err := p.describe(c, d, out); err != nil {
			return err
		}
	}
	key := d.Authority.Bytes()
	r := commitReport{d.Name, d.IDs.Supply, d.Circuit.String(), verdict.CommitmentsOf(&d.Commitments), verdict.BeaconOf(&d.Beacon), verdict.Authority{Key: hexOf(key[:]), SelfAsserted: d.SelfAsserted}}
	if p.JSON {
		return p.Report(r)
	}
	p.sayCommit(&r)
	return nil
}

func (p *program) sayCommit(r *commitReport) {
	p.Say("%s: %d tokens, circuit %s", r.Name, r.Supply, r.Circuit)
	p.Table(commitmentRows(&r.Commitments, r.Beacon)...)
	p.sayBeacon(r.Beacon)
	p.sayAuthority(r.Authority)
}

func commitmentRows(c *verdict.Commitments, b verdict.Beacon) [][]string {
	return [][]string{
		{"  model", c.Model}, {"  policy", c.Policy}, {"  template", c.Template}, {"  authority", c.Authority}, {"  seeds", c.Seeds},
		{"  beacon", b.Value + "  (" + saidOfBeacon(b) + ")"},
	}
}

func (p *program) sayBeacon(b verdict.Beacon) {
	if b.SelfChosen {
		p.Say("SELF-CHOSEN BEACON: no chain drew it; whoever made the drop could try secrets until the tokens pleased.")
	}
}

func (p *program) sayAuthority(a verdict.Authority) {
	if a.SelfAsserted {
		p.Say("SELF-ASSERTED CLAIMS: the drop's own key %s signed them; nobody else vouches for them.", a.Key)
	} else {
		p.Say("Claims are signed by the authority %s.", a.Key)
	}
}

// describe writes the description, which names the key that the store has.
func (p *program) describe(c *cli.Context, d *drop.Drop, path string) error {
	if err := mayReplace(path, "drop.json", isDescription); err != nil {
		return err
	}
	store, err := p.store(c)
	if err != nil {
		return err
	}
	circuit, err := store.Circuit(c.Context, d.Circuit, p.keyProgress(d.Circuit.String()))
	if err != nil {
		return err
	}
	vk, provenance, err := store.VerifyingKey(c.Context, circuit)
	if errors.Is(err, setup.ErrNoKeys) {
		return console.Hint(fmt.Errorf("drop.json names the digest of the verifying key, and there is none yet: %w", err), "genproof setup "+d.Circuit.String()+" makes one; without --out the commitments are shown all the same")
	}
	if err != nil {
		return err
	}
	data, err := d.Description(bundle.Key{Digest: vk.Digest(), Provenance: provenance}).Marshal()
	if err != nil {
		return fmt.Errorf("describing the drop: %w", err)
	}
	return files.Write(path, data, files.Public)
}

// loadDrop loads a drop's folder and writes its warnings, as errors are written.
func (p *program) loadDrop(dir string) (*drop.Drop, error) {
	d, err := drop.Load(dir)
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		p.Warn("%s", w)
	}
	return d, nil
}
