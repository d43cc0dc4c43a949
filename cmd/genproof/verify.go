package main

import (
	"errors"
	"fmt"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

func (p *program) verifyVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "verify", ArgsUsage: "[PATH]", Usage: "check an output folder, a CAR of one, a single bundle, a claim or a disclosure, from public data only",
		Description: "Exits with 0 if everything holds, be it only if the maker of the key was honest, 1 if something is rejected or a reservation that --require names is left, 2 if nothing could be checked.\nWith --rpc the drop's contract is checked too: its code, key, commitments, beacon, and every token's digest, URI, document and proofs.\nA deck's contract is named with --contract.\nWith --rpc and --contract and no PATH a drawn drop's contract is checked from its chain alone, which knows no documents.",
		Flags: append(append(publishedFlags(), keysFlag(),
			&cli.StringFlag{Name: "cards", Usage: "of a deck, the cards: 0-9,12 (default: all)"},
			&cli.StringFlag{Name: "tokens", Usage: "of a deck the tokens: 1-10,12, instead of cards; of a permuted one with --rpc and --contract"},
			&cli.StringFlag{Name: "require", Usage: "exit with 1 if one of these reservations is left: key,authority,assignment,…, or all"},
			&cli.StringSliceFlag{Name: "also", Usage: "of a deck, another contract's `ADDRESS`, to tell whether it sells the same cards"},
			&cli.StringFlag{Name: "audience", Usage: "of a claim, the `NAME` that it has to be for: yours"},
			&cli.StringFlag{Name: "challenge", Usage: "of a claim, the challenge that it has to answer: 0x and 64 hex `DIGITS` that you chose"},
			&cli.StringFlag{Name: "metadata", Usage: "the `ADDRESS` of a contract of ERC-8084, such as deploy --metadata makes, to compare with what is published; with --rpc"},
			beaconContractFlag()), nodeFlags()...),
		Action: p.verify,
	})
}

// publishedFlags are those of verbs that read what somebody published.
func publishedFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "drop", Usage: "a drop.json you trust, or its `FOLDER`, instead of the one published along; needed for a single bundle"},
		&cli.StringFlag{Name: "key", Usage: "a verifying key `FILE` you trust, instead of the one published along"},
	}
}

type verifyReport struct {
	Version      uint64              `json:"version"`
	Verdict      verifier.Level      `json:"verdict"`
	Reason       string              `json:"reason"` // of all tokens
	Drop         dropReport          `json:"drop"`
	Rule         string              `json:"rule"`
	Tokens       []tokenReport       `json:"tokens"`
	Authority    authorityReport     `json:"authority"`
	Key          keyReport           `json:"key"`
	Beacon       beaconReport        `json:"beacon"`
	Commitments  commitmentsReport   `json:"commitments"`
	Reservations []reservationReport `json:"reservations"`
	NotChecked   []string            `json:"not_checked"`
	CAR          string              `json:"car_root,omitempty"`
	Chain        *chainReport        `json:"chain,omitempty"`             // only with --rpc
	Unmet        []string            `json:"required_and_left,omitempty"` // of --require
}

type dropReport struct {
	Name    string `json:"name"`
	Supply  uint64 `json:"supply"`
	Circuit string `json:"circuit"`
}

type tokenReport struct {
	ID        uint64         `json:"id"`
	Verdict   verifier.Level `json:"verdict"`
	Reason    string         `json:"reason"`
	CID       string         `json:"cid"`
	Root      string         `json:"root"`
	Recipient string         `json:"recipient"`
	File      string         `json:"file"`
}

type keyReport struct {
	Digest     string `json:"digest"`
	Provenance string `json:"provenance"`
	Claimed    bool   `json:"claimed"`            // the provenance is the description's word only
	Source     string `json:"source"`             // where this run took it from
	Verified   bool   `json:"verified,omitempty"` // its ceremony was verified on this machine
}

func (a authorityReport) said() string {
	if a.SelfAsserted {
		return "the drop's own"
	}
	return "not the drop's own, says its description"
}

func (k keyReport) said() string {
	return origin(k.Provenance, k.Claimed)
}

// The sources of a verifying key.
const (
	keyOfStore   = "this machine's key store"
	keyGiven     = "named with --key"
	keyDescribed = "named by the drop.json of --drop" // which holds its digest
	keyAlong     = "published with the proofs"
)

func (p *program) verify(c *cli.Context) error {
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return p.verifyContract(c)
	}
	s, err := p.openAny(c, args[0], c.String("drop"), c.String("key"))
	if errors.Is(err, publication.ErrShown) {
		return p.verifyShown(c, args[0])
	}
	for _, name := range readerFlags {
		if c.IsSet(name) {
			return fmt.Errorf("--%s is for claims, and this is none", name)
		}
	}
	var damage *publication.Damage
	if errors.As(err, &damage) || errors.Is(err, publication.ErrOtherDeck) {
		return p.reject(err.Error())
	}
	if err != nil {
		return err
	}
	defer s.Close()
	if s.Deck != nil {
		return p.verifyDeck(c, s)
	}
	for _, name := range []string{"cards", "tokens"} {
		if c.IsSet(name) {
			return console.Hint(fmt.Errorf("--%s is for decks, and this is a drawn drop", name), "leave it out: all tokens are checked")
		}
	}
	report, err := s.Judge(c.Context)
	if err != nil {
		return err
	}
	r := newVerifyReport(s, report, keySource(c, s))
	p.Log.Info().Str("verdict", string(r.Verdict)).Int("tokens", len(r.Tokens)).Str("key", r.Key.Source).Msg("verified")
	if onChain(c) {
		if err := p.verifyOnChain(c, s, r); err != nil {
			return err
		}
	}
	unmet, err := required(c.String("require"), r.Reservations)
	if err != nil {
		return err
	}
	if r.Unmet = unmet; p.JSON {
		err = p.Report(r)
	} else {
		p.sayVerdict(r, unmet)
	}
	if err == nil && (!r.Verdict.Holds() || len(unmet) > 0) {
		err = console.ErrRejected
	}
	return err
}

// keySource says where this run took the verifying key from.
func keySource(c *cli.Context, s *publication.Publication) string {
	switch {
	case s.KeyProvenance(c.Context) != "":
		return keyOfStore
	case c.String("key") != "":
		return keyGiven
	case c.String("drop") != "":
		return keyDescribed
	}
	return keyAlong
}

// settle takes reservations away that something else has answered.
func (r *verifyReport) settle(names ...string) {
	r.Reservations = slices.DeleteFunc(r.Reservations, func(x reservationReport) bool { return slices.Contains(names, x.Name) })
}

// reject reports a CAR of which nothing can be believed, or a card of another deck.
func (p *program) reject(reason string) error {
	if p.JSON {
		r := &verifyReport{
			Version: verifier.ReportVersion, Verdict: verifier.Rejected, Reason: reason,
			Tokens: []tokenReport{}, Reservations: []reservationReport{}, NotChecked: []string{},
		}
		if err := p.Report(r); err != nil {
			return err
		}
	} else {
		p.Say("rejected: %s", reason)
	}
	return console.ErrRejected
}

func newVerifyReport(s *publication.Publication, v *verifier.Report, keyFrom string) *verifyReport {
	d, k := s.Description, keyReport{v.Key.Digest, v.Key.Provenance, v.Key.Claimed, keyFrom, v.Key.Verified}
	r := &verifyReport{
		Version: v.Version, Verdict: v.Verdict, Reason: v.Reason, Drop: dropReport{d.Name, d.Supply, d.Circuit}, Rule: v.Rule,
		Tokens:    make([]tokenReport, 0, len(v.Tokens)),
		Authority: authorityReport{v.Authority.Key, v.Authority.SelfAsserted},
		Key:       k,
		Beacon:    beaconOf(&d.Beacon), Commitments: commitmentsOf(&d.Commitments),
		Reservations: reservationReports(v.Reservations, k), NotChecked: append([]string{}, v.NotChecked...), CAR: s.Root,
	}
	for _, t := range v.Tokens {
		r.Tokens = append(r.Tokens, tokenReport{t.ID, t.Verdict, t.Reason, t.CID, t.Root, t.Recipient, t.Name})
	}
	return r
}

// verdict is the word for what is accepted or not, where keys have no part in it.
func verdict(accepted bool) string {
	if accepted {
		return "accepted"
	}
	return "rejected"
}

const maxLines = 40 // of tokens that are shown one by one

// meaningOfTokens is what proven means of drawn tokens.
const meaningOfTokens = "Each document has the traits that the committed model drew from the drop's seed and the beacon; with the claims that the authority signed they obey the rule above.\nIt does not say that the claims are true, or that the image shows what the document says."

func (p *program) sayVerdict(r *verifyReport, unmet []string) {
	p.Say("%s (%s), %d of %d tokens", r.Drop.Name, r.Drop.Circuit, len(r.Tokens), r.Drop.Supply)
	holding, shown := 0, 0
	var rows [][]string
	for _, t := range r.Tokens {
		if t.Verdict.Holds() {
			holding++
		}
		if shown < maxLines || !t.Verdict.Holds() {
			rows, shown = append(rows, t.row()), shown+1
		}
	}
	p.Table(rows...)
	if hidden := len(r.Tokens) - shown; hidden > 0 {
		p.Say("  and %d more (all with --json)", hidden)
	}
	p.Table(append(commitmentRows(&r.Commitments, r.Beacon),
		[]string{"  authority's key", r.Authority.Key + "  (" + r.Authority.said() + ")"}, []string{"  verifying key", r.Key.Digest + "  (" + r.Key.said() + ", " + r.Key.Source + ")"})...)
	if r.Verdict.Holds() {
		p.Say("the rule that was proven:\n%s", indent(r.Rule))
		p.Say(meaningOfTokens)
	}
	p.sayChain(r.Chain)
	if r.Verdict.Holds() {
		p.sayBeside(r.Reservations, r.NotChecked)
	}
	for _, name := range unmet {
		p.Say("required and not met: %s", name)
	}
	if r.Reason != "" {
		p.Say("rejected: %s", r.Reason)
	}
	if r.Verdict.Holds() {
		p.Say("%s", verdictLine(r.Verdict, r.Key.Verified, len(r.Reservations), counted(holding, "token")))
	} else {
		p.Say("rejected: %d of %d tokens are", len(r.Tokens)-holding, len(r.Tokens))
	}
}

// sayBeside says what a reader has to know beside a verdict that holds.
func (p *program) sayBeside(reservations []reservationReport, notChecked []string) {
	for _, x := range reservations {
		p.Say("- %s: %s", x.Name, x.Text)
	}
	for _, x := range notChecked {
		p.Say("- not checked: %s", x)
	}
}

// verdictLine is a verdict that holds in one line.
func verdictLine(v verifier.Level, verified bool, reservations int, what string) string {
	said := string(verifier.Proven)
	switch {
	case v != verifier.Proven:
		said = "holds only if the maker of this key was honest"
	case verified:
		said = "proven under a key that you verified"
	}
	return fmt.Sprintf("%s (%s): %s", said, counted(reservations, "reservation"), what)
}

func (t tokenReport) row() []string {
	name := fmt.Sprintf("  token %d", t.ID)
	if t.ID == 0 {
		name = "  " + oneLine(t.File)
	}
	if t.Verdict.Holds() {
		return []string{name, string(t.Verdict), t.CID}
	}
	return []string{name, string(t.Verdict), oneLine(t.Reason)}
}
