package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
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
	Name        string            `json:"name"`
	Supply      uint64            `json:"supply"`
	Circuit     string            `json:"circuit"`
	Commitments commitmentsReport `json:"commitments"`
	Beacon      beaconReport      `json:"beacon"`
	Authority   authorityReport   `json:"authority"`
}

type commitmentsReport struct {
	Model     string `json:"model"`
	Policy    string `json:"policy"`
	Template  string `json:"template"`
	Authority string `json:"authority"`
	Seeds     string `json:"seeds"`
}

func commitmentsOf(c *bundle.Commitments) commitmentsReport {
	return commitmentsReport{hexElement(c.Model), hexElement(c.Policy), hexElement(c.Template), hexElement(c.Authority), hexElement(c.Seeds)}
}

type beaconReport struct {
	Value      string `json:"value"`
	Source     string `json:"source"`
	SelfChosen bool   `json:"self_chosen"`
	ChainID    uint64 `json:"chain_id"`
	Contract   string `json:"contract"`
}

// said is what the beacon says of itself.
func (b beaconReport) said() string {
	if b.SelfChosen {
		return b.Source
	}
	return fmt.Sprintf("%s: chain %d, contract %s; compare it there", b.Source, b.ChainID, b.Contract)
}

type authorityReport struct {
	Key          string `json:"key"`
	SelfAsserted bool   `json:"self_asserted"`
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
	r := commitReport{d.Name, d.Supply, d.Circuit.String(), commitmentsOf(&d.Commitments), beaconOf(&d.Beacon), authorityReport{hexOf(key[:]), d.SelfAsserted}}
	if p.JSON {
		return p.Report(r)
	}
	p.sayCommit(&r)
	return nil
}

func beaconOf(b *bundle.Beacon) beaconReport {
	// Without a chain nobody but the drop's maker stands behind the entropy, whatever the words say.
	return beaconReport{hexElement(b.Value), b.Source, b.SelfChosen(), b.ChainID, hexOf(b.Contract[:])}
}

func (p *program) sayCommit(r *commitReport) {
	p.Say("%s: %d tokens, circuit %s", r.Name, r.Supply, r.Circuit)
	p.Table(commitmentRows(&r.Commitments, r.Beacon)...)
	p.sayBeacon(r.Beacon)
	p.sayAuthority(r.Authority)
}

func commitmentRows(c *commitmentsReport, b beaconReport) [][]string {
	return [][]string{
		{"  model", c.Model}, {"  policy", c.Policy}, {"  template", c.Template}, {"  authority", c.Authority}, {"  seeds", c.Seeds},
		{"  beacon", b.Value + "  (" + b.said() + ")"},
	}
}

func (p *program) sayBeacon(b beaconReport) {
	if b.SelfChosen {
		p.Say("SELF-CHOSEN BEACON: no chain drew it; whoever made the drop could try secrets until the tokens pleased.")
	}
}

func (p *program) sayAuthority(a authorityReport) {
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
