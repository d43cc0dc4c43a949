package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

func (p *program) attestVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "attest", Usage: "sign a statement about a deck or a drawn drop, and look at such statements",
		Description: "A draft says what is stated: genproof attest draft curation > curation.json, then fill it in.\nThe commitment that is signed is computed from all cards with --deck, and only read with --drop.",
		Flags: append(append([]cli.Flag{
			&cli.StringFlag{Name: "deck", Usage: "the deck, whose commitment is computed from its cards before it is signed: its `FOLDER`, or what was published of it"},
			&cli.StringFlag{Name: "drop", Usage: "the drop.json, or its `FOLDER`, whose commitments are signed as they stand there, instead of --deck"},
			&cli.StringFlag{Name: "predicate", Usage: "the draft's `FILE`, - for stdin"},
			cardFlag(),
			&cli.StringFlag{Name: "after", Usage: "a round of drand before which this was not signed: `CHAIN:ROUND:SIGNATURE` in hex"},
			logHeadFlag(), keysFlag(),
		}, signerFlags()...), attestOutFlags()...),
		Action: p.attest,
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{Name: "new-key", ArgsUsage: "FILE", Usage: "make a key: the secret goes to FILE, the identity is shown", Action: p.attestNewKey}),
			p.Verb(&cli.Command{Name: "draft", ArgsUsage: "NAME", Usage: "print a draft to fill in: " + strings.Join(attest.Names()[:6], ", "), Action: p.attestDraft}),
			p.attestShowVerb(),
			p.Verb(&cli.Command{
				Name: "withdraw", ArgsUsage: "FILE", Usage: "take an attestation back, with the key that signed it",
				Flags:  append(append(signerFlags(), attestOutFlags()...), &cli.StringFlag{Name: "reason", Usage: "why, in `WORDS` that everybody can read"}),
				Action: p.attestWithdraw,
			}),
			p.Verb(&cli.Command{
				Name: "complete", ArgsUsage: "PAYLOAD", Usage: "put a wallet's signature to a payload that --typed-data wrote",
				Flags:  append(attestOutFlags(), &cli.StringFlag{Name: "signature", Required: true, Usage: "the wallet's signature in `HEX`"}),
				Action: p.attestComplete,
			}),
			p.licencesVerb(), p.licenceVerb(),
		},
	})
}

// attestOutFlags say where an attestation goes.
func attestOutFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "out", Usage: "the `FILE` (default: attestation-ID.json with the first digits of its id)"},
		&cli.StringFlag{Name: "publish", Usage: "put it into the output `FOLDER`'s attestations; genproof publish then has it in the CAR"},
	}
}

func logHeadFlag() cli.Flag {
	return &cli.StringFlag{Name: "log-head", Usage: "how far the signer's log has come, `SEQUENCE:HASH`, as genproof log head prints it"}
}

func (p *program) attest(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	m, err := p.making(c)
	if err != nil {
		return err
	}
	if c.String("predicate") == "" {
		return console.Hint(errors.New("no draft is named"), "genproof attest draft curation > curation.json, fill it in, and name it with --predicate")
	}
	data, err := p.readFile(c.String("predicate"), attest.MaxBytes)
	if err != nil {
		return err
	}
	draft, err := attest.ParseDraft(data)
	if err != nil {
		return console.Hint(err, "genproof attest draft NAME prints one to fill in")
	}
	return p.signStatement(c, func(id bundle.Identity, scheme string) (*attest.Statement, error) { return draft.New(*m, id, scheme) })
}

// making is what is attested, and how it is known.
func (p *program) making(c *cli.Context) (*attest.Making, error) {
	m := &attest.Making{Now: time.Now()}
	var err error
	if m.LogHead, err = logHeadOf(c.String("log-head")); err != nil {
		return nil, err
	}
	if m.Round, err = roundOf(c.String("after")); err != nil {
		return nil, err
	}
	var document func(n uint64) ([32]byte, error)
	switch dir, desc := c.String("deck"), c.String("drop"); {
	case (dir == "") == (desc == ""):
		return nil, console.Hint(errors.New("nothing is named that the statement is about, or two things are"), "name the deck with --deck, so that its commitment is computed from its cards; or a description with --drop")
	case dir != "":
		document, err = p.seenDeck(c, dir, m)
	default:
		err = p.describedDrop(desc, m)
	}
	if err != nil || !c.IsSet("card") {
		return m, err
	}
	if document == nil {
		return nil, errors.New("a statement about a card needs the deck with its cards: name it with --deck")
	}
	n := uint64(c.Int("card"))
	if c.Int("card") < 0 || n >= m.About.Cards {
		return nil, fmt.Errorf("card %d: the deck has cards 0 to %d", c.Int("card"), m.About.Cards-1)
	}
	m.Card = &attest.CardSubject{Number: n}
	m.Card.Document, err = document(n)
	return m, err
}

// seenDeck computes a deck's commitment from its folder, or from all that was published, and returns
// how the digest of a card's document is found.
func (p *program) seenDeck(c *cli.Context, where string, m *attest.Making) (func(uint64) ([32]byte, error), error) {
	if _, err := os.Stat(filepath.Join(where, drop.DefinitionFile)); err == nil {
		if !drop.IsDeck(where) {
			return nil, console.Hint(errors.New("this is a drawn drop, whose tokens are drawn later"), "name its drop.json with --drop")
		}
		d, err := p.loadDeck(c, where)
		if err != nil {
			return nil, err
		}
		if err := d.Provable(); err != nil {
			return nil, fmt.Errorf("the deck cannot be proven as it is: %w", err)
		}
		m.Basis, m.About = attest.FromCards, attest.TargetOfDeck(d.Description(bundle.Key{}))
		return func(n uint64) ([32]byte, error) {
			data, err := d.Document(int(n))
			return sha256.Sum256(data), err
		}, nil
	}
	s, err := p.openAny(c, where, "", "")
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return seenPublication(c, s, m)
}

// seenPublication takes a commitment only if all cards of the deck are here and hold.
func seenPublication(c *cli.Context, s *publication.Publication, m *attest.Making) (func(uint64) ([32]byte, error), error) {
	if s.Deck == nil {
		return nil, console.Hint(errors.New("this is a drawn drop, and --deck is for decks"), "name its drop.json with --drop")
	}
	r, err := s.JudgeDeck(c.Context, nil)
	switch {
	case err != nil:
		return nil, err
	case !r.Counts.Complete:
		why := r.Reason
		if why == "" {
			why = fmt.Sprintf("%d of %d cards hold", r.Counts.Holding, s.Deck.Cards)
		}
		return nil, console.Hint(fmt.Errorf("the deck's commitment does not follow from what is here: %s", why), "genproof verify "+c.String("deck")+" says more")
	}
	m.Basis, m.About = attest.FromPublication, attest.TargetOfDeck(s.Deck)
	digests := map[uint64]string{}
	for i := range r.Cards {
		digests[r.Cards[i].Card] = r.Cards[i].Digest
	}
	return func(n uint64) ([32]byte, error) { return parseDigest(digests[n]) }, nil
}

// describedDrop takes commitments from a description as they stand there.
func (p *program) describedDrop(where string, m *attest.Making) error {
	data, file, err := p.descriptionBytes(where)
	if err != nil {
		return err
	}
	m.Basis = attest.FromCommitment
	if bundle.IsDeck(data) {
		d, err := bundle.UnmarshalDeck(data)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		m.About = attest.TargetOfDeck(d)
		return nil
	}
	d, err := bundle.UnmarshalDescription(data)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	m.About = attest.TargetOfDrop(d)
	return nil
}

type attestedReport struct {
	File     string `json:"file"`
	ID       string `json:"id"` // what a withdrawal names and an anchor dates
	Identity string `json:"identity"`
	Basis    string `json:"basis"`
	Model    string `json:"model"`
	Policy   string `json:"policy"`
}

// writeAttestation puts an attestation where the options say.
func (p *program) writeAttestation(c *cli.Context, a *attest.Attestation) error {
	data, err := a.Marshal()
	if err != nil {
		return err
	}
	s := &a.Statement.Predicate
	r := &attestedReport{
		File: c.String("out"), ID: fmt.Sprintf("%x", a.ID), Identity: s.Signer.Identity, Basis: s.Basis, Model: "0x" + s.About.Model, Policy: "0x" + s.About.Policy,
	}
	switch folder := c.String("publish"); {
	case folder != "" && r.File != "":
		return errors.New("--out and --publish both say where it goes: give one")
	case folder != "":
		r.File = filepath.Join(folder, filepath.FromSlash(bundle.AttestationPath(a.ID)))
		if err := os.MkdirAll(filepath.Dir(r.File), 0o755); err != nil {
			return err
		}
	case r.File == "":
		r.File = "attestation-" + r.ID[:16] + ".json"
	}
	if err := files.Write(r.File, data, files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s: %s of %s, %s by %s", r.File, s.Role, a.Statement.Subject[0].Name, s.Decision, r.Identity)
	p.Table([]string{"  id", r.ID}, []string{"  model", r.Model}, []string{"  policy", r.Policy}, []string{"  basis", verdict.BasisInWords(r.Basis)})
	p.Say("Next: give it to the drop's author, who runs genproof publish with it in attestations/; or to a reader: genproof verify out --attestation %s --trust trust.json", r.File)
	return nil
}
