package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/setup/drand"
)

// readerOfAttestations are the options of who reads attestations.
func readerOfAttestations() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "trust", Usage: "the `FILE` of the keys that you know, and what they may say: nothing that is published adds to it"},
		&cli.StringSliceFlag{Name: "attestation", Usage: "an attestation's `FILE`, or a withdrawal's, or a folder of them, beside those that are published along"},
	}
}

// datingFlags are those of what dates attestations.
func datingFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "fact", Usage: "a fact's `FILE`, as genproof log anchor writes it, that dates attestations: with --rpc or --checkpoint, which know its block"},
		&cli.StringFlag{Name: "log", Usage: "the `FOLDER` of the log whose head a fact names"},
		&cli.StringSliceFlag{Name: "checkpoint", Usage: "a block that you know: `CHAIN:NUMBER:HASH`"},
	}
}

func (p *program) attestShowVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "show", ArgsUsage: "FILE...", Usage: "check attestations, or a line of a list of licences, and show what they say",
		Description: "Exits with 1 if one does not hold.",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "drop", Usage: "the drop.json, or its `FOLDER`, that they should be about; without it, whatever each says that it is about"},
			readerOfAttestations()[0],
		}, nodeFlags()...),
		Action: p.attestShow,
	})
}

type shownReport struct {
	Attestations []verdict.Attestation `json:"attestations"`
	Licences     []licenceShown        `json:"licences"`
	NotChecked   []string              `json:"not_checked"`
}

type licenceShown struct {
	File  string       `json:"file"`
	Root  string       `json:"root"`
	Count uint64       `json:"count"`
	Index uint64       `json:"index"`
	Entry attest.Entry `json:"entry"`
}

func (p *program) attestShow(c *cli.Context) error {
	if !c.Args().Present() {
		return console.Hint(errors.New("no attestation is named"), c.Command.HelpName+" FILE...")
	}
	out := &shownReport{Attestations: []verdict.Attestation{}, Licences: []licenceShown{}, NotChecked: []string{}}
	var list []attest.File
	for _, file := range c.Args().Slice() {
		data, err := p.readFile(file, attest.MaxBytes)
		if err != nil {
			return err
		}
		if bytes.Contains(data[:min(len(data), 128)], []byte(`"`+attest.KindLicence+`"`)) {
			s, err := attest.ParseEntry(data)
			if err != nil {
				return fmt.Errorf("%s: %w", file, err)
			}
			out.Licences = append(out.Licences, licenceShown{file, s.Root, s.Count, s.Index, s.Entry})
			continue
		}
		list = append(list, attest.File{Name: file, Data: data})
	}
	o, err := p.attestOptions(c)
	if err != nil {
		return err
	}
	if len(list) > 0 {
		if err := p.findAttestations(c, list, *o, out); err != nil {
			return err
		}
	}
	if p.JSON {
		err = p.Report(out)
	} else {
		p.sayShown(out)
	}
	refused := slices.ContainsFunc(out.Attestations, func(a verdict.Attestation) bool { return a.Standing != attest.Holds })
	if err == nil && refused {
		return console.ErrRejected
	}
	return err
}

// findAttestations judges files about the drop of --drop, or each about what it names itself.
func (p *program) findAttestations(c *cli.Context, list []attest.File, o attest.Options, out *shownReport) error {
	if where := c.String("drop"); where != "" {
		m := &attest.Making{}
		if err := p.describedDrop(where, m); err != nil {
			return err
		}
		out.Attestations = verdict.AttestationsOf(attest.Judge(c.Context, m.About, list, o))
		return nil
	}
	out.NotChecked = append(out.NotChecked, "what they are about: name the drop.json with --drop")
	for _, f := range list {
		about := &attest.Target{}
		if a, err := attest.Parse(f.Data); err == nil {
			about = a.Statement.Own()
		}
		out.Attestations = append(out.Attestations, verdict.AttestationsOf(attest.Judge(c.Context, about, []attest.File{f}, o))...)
	}
	return nil
}

func (p *program) sayShown(r *shownReport) {
	for _, a := range r.Attestations {
		p.sayAttestation(&a)
	}
	for _, l := range r.Licences {
		p.Say("%s: line %d of %d of the list with the root %s", l.File, l.Index, l.Count, l.Root)
		e := l.Entry
		p.Table([]string{"  item", oneLine(e.Item)}, []string{"  licence", e.Licence}, []string{"  holder", oneLine(e.Holder)}, []string{"  source", oneLine(e.Source)},
			[]string{"  date", e.Date}, []string{"  scope", oneLine(e.Scope)}, []string{"  territory", oneLine(e.Territory)}, []string{"  opt-out", oneLine(e.OptOut)})
	}
	for _, x := range r.NotChecked {
		p.Say("- not checked: %s", x)
	}
}

func (p *program) sayAttestation(a *verdict.Attestation) {
	p.Say("%s", oneLine(a.File+": "+a.Line()))
	if a.ID == "" {
		return
	}
	rows := [][]string{{"  says", oneLine(a.Statement)}, {"  id", a.ID}, {"  signed at, by its own word", a.IssuedAt}, {"  the commitment", verdict.BasisInWords(a.Basis)}}
	if a.Expires != "" {
		rows = append(rows, []string{"  expires", a.Expires})
	}
	p.Table(rows...)
}

// sayAttestations says what others say of what was verified, and what was promised of them.
func (p *program) sayAttestations(list []verdict.Attestation, approvals []verdict.Approval) {
	for _, a := range approvals {
		p.Say("%s", oneLine(a.Line()))
	}
	for i := range list {
		if i == maxLines {
			p.Say("  and %d more attestations (all with --json)", len(list)-i)
			break
		}
		p.sayAttestation(&list[i])
	}
}

// attestOptions are the reader's time, trust and node.
func (p *program) attestOptions(c *cli.Context) (*attest.Options, error) {
	o := &attest.Options{Now: time.Now()}
	if file := c.String("trust"); file != "" {
		data, err := p.readFile(file, attest.MaxBytes)
		if err != nil {
			return nil, err
		}
		if o.Trust, err = attest.ParseTrust(data); err != nil {
			return nil, console.Hint(fmt.Errorf("%s: %w", file, err), "FORMAT, section 22, says what a trust file holds")
		}
	}
	if c.String("rpc") != "" || c.String("rpc-file") != "" {
		o.Contracts = &askedContracts{p: p, c: c}
	}
	return o, p.dateBy(c, o)
}

// dateBy has attestations dated by the facts that are named. The verb that packs facts has an option of the
// name too, and packs them alone.
func (p *program) dateBy(c *cli.Context, o *attest.Options) error {
	if len(c.StringSlice("fact")) == 0 || c.Command.Name != "verify" && c.Command.Name != "page" {
		return nil
	}
	blocks, err := p.knownBlocks(c)
	if err != nil {
		return err
	}
	if blocks == nil {
		return console.Hint(errors.New("--fact: a fact dates nothing unless its block is known: anybody can make a header with any time in it"), "name the block with --checkpoint, or a node with --rpc")
	}
	var facts []*fact.Seen
	for _, file := range c.StringSlice("fact") {
		data, err := p.readFile(file, fact.MaxBytes)
		if err != nil {
			return err
		}
		s, err := fact.Parse(data)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		facts = append(facts, s)
	}
	var l *log.State
	if dir := c.String("log"); dir != "" {
		if l, err = openLog(dir); err != nil {
			return logHint(err)
		}
	}
	o.Anchored = evidence.Dated(facts, l, blocks)
	return nil
}

// askedContracts asks the node of the options, when the first contract is to be asked.
type askedContracts struct {
	p      *program
	c      *cli.Context
	client *chain.Client
}

func (a *askedContracts) IsValidSignature(ctx context.Context, id bundle.Identity, digest [32]byte, sig []byte) (bool, error) {
	if a.client == nil {
		client, err := a.p.reading(a.c)
		if err != nil {
			return false, a.told(err)
		}
		a.client = client
	}
	holds, err := a.client.IsValidSignature(ctx, id, digest, sig)
	return holds, a.told(err)
}

// told is an error as a verdict may quote it. A page is for others: a node's error can hold its address,
// which may be a password.
func (a *askedContracts) told(err error) error {
	if err != nil && a.c.Command.Name == "page" {
		return errors.New("its node gave no answer")
	}
	return err
}

// namedAttestations reads the files and folders of --attestation.
func (p *program) namedAttestations(c *cli.Context) (list []attest.File, err error) {
	for _, path := range c.StringSlice("attestation") {
		names := []string{path}
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			if names, err = filepath.Glob(filepath.Join(path, "*.json")); err != nil {
				return nil, err
			}
		}
		for _, name := range names {
			data, err := p.readFile(name, attest.MaxBytes)
			if err != nil {
				return nil, err
			}
			list = append(list, attest.File{Name: name, Data: data})
		}
	}
	return list, nil
}

// timeOfRound checks a round of drand, and returns its time.
func timeOfRound(r *attest.Round) (time.Time, error) {
	hash, err := parseDigest(r.Chain)
	if err != nil {
		return time.Time{}, err
	}
	sig, err := hex.DecodeString(r.Signature)
	if err != nil {
		return time.Time{}, errors.New("the signature is not in hex")
	}
	if _, err := drand.Verify(hash, r.Number, sig); err != nil {
		return time.Time{}, err
	}
	return drand.Time(hash, r.Number)
}

// attestedBy are those whose attestation about all of what was verified holds, and is no refusal.
func attestedBy(list []verdict.Attestation) (who []string) {
	for _, a := range list {
		if a.Standing == attest.Holds && a.Decision != attest.Refuses && a.Predicate != attest.RevocationName && (a.Subject == attest.SubjectDeck || a.Subject == attest.SubjectDrop) {
			who = append(who, a.Signer)
		}
	}
	return who
}
