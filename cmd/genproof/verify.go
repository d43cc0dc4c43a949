package main

import (
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

func (p *program) verifyVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "verify", ArgsUsage: "[PATH]", Usage: "check an output folder, a CAR of one, or a single bundle, from public data only",
		Description: "Exits with 0 if every token is accepted, 1 if one is rejected, 2 if nothing could be checked.\nWith --rpc the drop's contract is checked too: its code, key, commitments, beacon, and every token's digest, URI, document and proofs.\nWith --rpc and --contract and no PATH the contract is checked from its chain alone, which knows no documents.",
		Flags: append(append(publishedFlags(), keysFlag(),
			&cli.StringFlag{Name: "cards", Usage: "of a deck, the cards: 0-9,12 (default: all)"},
			&cli.StringFlag{Name: "require", Usage: "exit with 1 if one of these reservations is left: key,authority,assignment,…, or all"},
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
	Verdict     string            `json:"verdict"`
	Reason      string            `json:"reason"` // of all tokens
	Drop        dropReport        `json:"drop"`
	Tokens      []tokenReport     `json:"tokens"`
	Authority   authorityReport   `json:"authority"`
	Key         keyReport         `json:"key"`
	Beacon      beaconReport      `json:"beacon"`
	Commitments commitmentsReport `json:"commitments"`
	CAR         string            `json:"car_root,omitempty"`
	Chain       *chainReport      `json:"chain,omitempty"` // only with --rpc
	Warnings    []string          `json:"warnings"`

	pinned bool // the description is the caller's own
}

type dropReport struct {
	Name    string `json:"name"`
	Supply  uint64 `json:"supply"`
	Circuit string `json:"circuit"`
}

type tokenReport struct {
	ID        uint64 `json:"id"`
	Verdict   string `json:"verdict"`
	Reason    string `json:"reason"`
	CID       string `json:"cid"`
	Root      string `json:"root"`
	Recipient string `json:"recipient"`
	File      string `json:"file"`
}

type keyReport struct {
	Digest     string `json:"digest"`
	Provenance string `json:"provenance"`
	Claimed    bool   `json:"claimed"` // the provenance is the description's word only
	Source     string `json:"source"`  // where this run took it from
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
	var damage *publication.Damage
	if errors.As(err, &damage) {
		return p.rejectCAR(damage)
	}
	if err != nil {
		return err
	}
	defer s.Close()
	if s.Deck != nil {
		return p.verifyDeck(c, s)
	}
	report, err := s.Judge(c.Context)
	if err != nil {
		return err
	}
	from := keyAlong
	if s.KeyProvenance(c.Context) != "" {
		from = keyOfStore
	} else if c.String("key") != "" {
		from = keyGiven
	} else if c.String("drop") != "" {
		from = keyDescribed
	}
	r := newVerifyReport(s, report, from)
	p.Log.Info().Str("verdict", r.Verdict).Int("tokens", len(r.Tokens)).Str("key", from).Msg("verified")
	r.pinned = c.String("drop") != ""
	if onChain(c) {
		if err := p.verifyOnChain(c, s, r); err != nil {
			return err
		}
		r.pinned = true
	}
	if p.JSON {
		err = p.Report(r)
	} else {
		p.sayVerdict(r)
	}
	if err == nil && r.Verdict != verdict(true) {
		err = console.ErrRejected
	}
	return err
}

// rejectCAR reports a CAR of which nothing can be believed.
func (p *program) rejectCAR(damage *publication.Damage) error {
	reason := damage.Error()
	if p.JSON {
		r := &verifyReport{Verdict: verdict(false), Reason: reason, Tokens: []tokenReport{}, Warnings: []string{}}
		if err := p.Report(r); err != nil {
			return err
		}
	} else {
		p.Say("rejected: %s", reason)
	}
	return console.ErrRejected
}

func newVerifyReport(s *publication.Publication, v *verifier.Report, keyFrom string) *verifyReport {
	d := s.Description
	r := &verifyReport{
		Verdict: verdict(v.Accepted), Reason: v.Reason, Drop: dropReport{d.Name, d.Supply, d.Circuit},
		Tokens:    make([]tokenReport, 0, len(v.Tokens)),
		Authority: authorityReport{v.Authority.Key, v.Authority.SelfAsserted},
		Key:       keyReport{v.Key.Digest, v.Key.Provenance, v.Key.Claimed, keyFrom},
		Beacon:    beaconOf(&d.Beacon), Commitments: commitmentsOf(&d.Commitments), CAR: s.Root,
	}
	for _, t := range v.Tokens {
		r.Tokens = append(r.Tokens, tokenReport{t.ID, verdict(t.Accepted), t.Reason, t.CID, t.Root, t.Recipient, t.Name})
	}
	r.Warnings = r.warnings()
	return r
}

func verdict(accepted bool) string {
	if accepted {
		return "accepted"
	}
	return "rejected"
}

// warnings are what an accepted proof does not settle.
func (r *verifyReport) warnings() []string {
	list := []string{}
	if r.Key.Provenance == provenance.UnsafeDevelopment {
		list = append(list, unsafeKey)
	} else if r.Key.Claimed {
		list = append(list, claimedKey(r.Key.Provenance))
	}
	if r.Key.Source == keyAlong {
		list = append(list, "KEY FROM THE PUBLISHER: nothing here tells that the verifying key is one of the circuit "+r.Drop.Circuit+". Get it from somebody you trust and name it with --key.")
	}
	if r.Authority.SelfAsserted {
		list = append(list, "SELF-ASSERTED CLAIMS: the drop's own key signed them; nobody else vouches for them.")
	}
	if r.Beacon.SelfChosen {
		list = append(list, "SELF-CHOSEN BEACON: no chain drew it; whoever made the drop could try secrets until the tokens pleased.")
	}
	if !r.Authority.SelfAsserted {
		list = append(list, "The description says that the authority's key is not the drop's own. Nothing here shows whose it is: ask the authority.")
	}
	if !r.Beacon.SelfChosen && r.Chain == nil {
		list = append(list, "The description says that a chain drew the beacon. Nothing here shows it: compare the entropy with the contract's.")
	}
	return list
}

const maxLines = 40 // of tokens that are shown one by one

func (p *program) sayVerdict(r *verifyReport) {
	p.Say("%s (%s), %d of %d tokens", r.Drop.Name, r.Drop.Circuit, len(r.Tokens), r.Drop.Supply)
	accepted, shown := 0, 0
	var rows [][]string
	for _, t := range r.Tokens {
		if t.Verdict == verdict(true) {
			accepted++
		}
		if shown < maxLines || t.Verdict != verdict(true) {
			rows, shown = append(rows, t.row()), shown+1
		}
	}
	p.Table(rows...)
	if hidden := len(r.Tokens) - shown; hidden > 0 {
		p.Say("  and %d more, accepted (all with --json)", hidden)
	}
	p.Table(append(commitmentRows(&r.Commitments, r.Beacon),
		[]string{"  authority's key", r.Authority.Key + "  (" + r.Authority.said() + ")"}, []string{"  verifying key", r.Key.Digest + "  (" + r.Key.said() + ", " + r.Key.Source + ")"})...)
	p.sayChain(r.Chain)
	for _, w := range r.Warnings {
		p.Say("%s", w)
	}
	if !r.pinned {
		p.Say("Compare the commitments with those that the drop's contract, or its author, made public.")
	}
	if r.Reason != "" {
		p.Say("rejected: %s", r.Reason)
	}
	if r.Verdict == verdict(true) {
		p.Say("accepted: %d of %d tokens", accepted, len(r.Tokens))
	} else {
		p.Say("rejected: %d of %d tokens are", len(r.Tokens)-accepted, len(r.Tokens))
	}
}

func (t tokenReport) row() []string {
	name := fmt.Sprintf("  token %d", t.ID)
	if t.ID == 0 {
		name = "  " + t.File
	}
	if t.Verdict == verdict(true) {
		return []string{name, t.Verdict, t.CID}
	}
	return []string{name, t.Verdict, t.Reason}
}
