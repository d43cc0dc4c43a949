package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

func (p *program) verifyVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "verify", ArgsUsage: "[PATH|ipfs://CID]", Usage: "check an output folder, a CAR of one, a single bundle, a claim, a disclosure, or a document or image against a contract, from public data only",
		Description: "Exits with 0 if everything holds, be it only if the maker of the key was honest, 1 if something is rejected or a reservation that --require names is left, 2 if nothing could be checked.\nWith --rpc the drop's contract is checked too: its code, key, commitments, beacon, and every token's digest, URI, document and proofs.\nA deck's contract is named with --contract.\nWith --rpc and --contract and no PATH a contract is checked from its chain alone; with --gateway too its publication is fetched, if the contract names one, and verified.\nA document or an image is looked for: which card or token it is of. To find an image the documents are needed, from --gateway or --drop FOLDER.",
		Flags: append(append(append(append(append(publishedFlags(), readerOfAttestations()...), datingFlags()...), fetchFlags()...), keysFlag(),
			&cli.StringFlag{Name: "cards", Usage: "of a deck, the cards: 0-9,12 (default: all)"},
			&cli.StringFlag{Name: "tokens", Usage: "of a deck the tokens: 1-10,12, instead of cards; of a permuted one with --rpc and --contract"},
			&cli.Uint64Flag{Name: "token", Usage: "of a document or an image, the `ID` of the only token that may have it"},
			&cli.StringFlag{Name: "require", Usage: "exit with 1 if one of these reservations is left: key:ceremony,beacon:chain,authority,attestation:KEY,…, or all"},
			&cli.StringFlag{Name: "deny", Usage: "a `FILE` of keys, models, authors, authorities and contracts that you know to be bad, a line each: key 0x…"},
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

// A verifyReport is a drawn drop's verdict, and what only this program looks at.
type verifyReport struct {
	verdict.Drawn
	Chain *chainReport `json:"chain,omitempty"`             // only with --rpc
	Unmet []string     `json:"required_and_left,omitempty"` // of --require
}

func saidOfAuthority(a verdict.Authority) string {
	if a.SelfAsserted {
		return "the drop's own"
	}
	return "not the drop's own, says its description"
}

func saidOfKey(k verdict.Key) string { return origin(k.Provenance, k.Claimed) }

// The sources of a verifying key that this program alone has.
const (
	keyOfStore   = "this machine's key store"
	keyGiven     = "named with --key"
	keyDescribed = "named by the drop.json of --drop" // which holds its digest
)

func (p *program) verify(c *cli.Context) (err error) {
	args, err := console.Operands(c, 0, 1)
	if err == nil {
		err = checkRequired(c.String("require"))
	}
	if err != nil {
		return err
	}
	if len(args) == 0 {
		return p.verifyContract(c)
	}
	s, done, err := p.openWhere(c, args[0])
	if errors.Is(err, publication.ErrShown) {
		return p.verifyShown(c, args[0])
	}
	for _, name := range readerFlags {
		if c.IsSet(name) {
			return fmt.Errorf("--%s is for claims, and this is none", name)
		}
	}
	if isLookup(c, args[0], err) {
		return p.verifyFile(c, args[0])
	}
	var damage *publication.Damage
	if errors.As(err, &damage) || errors.Is(err, publication.ErrOtherDeck) {
		return p.reject(err.Error())
	}
	if err != nil {
		return err
	}
	defer func() {
		if closing := errors.Join(s.Close(), done()); err == nil {
			err = closing
		}
	}()
	return p.verifyOpened(c, s)
}

// verifyOpened judges a publication, and compares it with its contract if one is named.
func (p *program) verifyOpened(c *cli.Context, s *publication.Publication) error {
	if c.IsSet("token") {
		return console.Hint(errors.New("--token is for a document or an image, and this is a publication"), "name a deck's tokens with --tokens")
	}
	if s.Deck != nil {
		return p.verifyDeck(c, s)
	}
	for _, name := range []string{"cards", "tokens"} {
		if c.IsSet(name) {
			return console.Hint(fmt.Errorf("--%s is for decks, and this is a drawn drop", name), "leave it out: all tokens are checked")
		}
	}
	list, err := p.denials(c.String("deny"))
	if err != nil {
		return err
	}
	report, err := s.Judge(c.Context)
	if err != nil {
		return err
	}
	r := &verifyReport{Drawn: *verdict.OfDrop(s, report, keySource(c, s))}
	p.Log.Info().Str("verdict", string(r.Verdict)).Int("tokens", len(r.Tokens)).Str("key", r.Key.Source).Msg("verified")
	if onChain(c) {
		if err := p.verifyOnChain(c, s, r); err != nil {
			return err
		}
	}
	about := known{"key": {r.Key.Digest}, "model": {r.Commitments.Model}, "authority": {r.Authority.Key}, "contract": {r.Beacon.Contract, c.String("contract")}}
	if why := denied(list, about); why != "" {
		r.Verdict, r.Reason = verifier.Rejected, why
	}
	unmet, err := required(c.String("require"), r.Reservations, attestedBy(r.Attestations)...)
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
	return verdict.KeyAlong
}

// settle takes reservations away that something else has answered.
func (r *verifyReport) settle(names ...string) {
	r.Reservations = slices.DeleteFunc(r.Reservations, func(x verdict.Reservation) bool { return slices.Contains(names, x.Name) })
}

// reject reports a CAR of which nothing can be believed, or a card of another deck.
func (p *program) reject(reason string) error {
	if p.JSON {
		if err := p.Report(verdict.Reject(reason)); err != nil {
			return err
		}
	} else {
		p.Say("rejected: %s", reason)
	}
	return console.ErrRejected
}

// accepted is the word for what is accepted or not, where keys have no part in it.
func accepted(yes bool) string {
	if yes {
		return "accepted"
	}
	return "rejected"
}

const maxLines = 40 // of tokens that are shown one by one

func (p *program) sayVerdict(r *verifyReport, unmet []string) {
	p.Say("%s (%s), %d of %d tokens", r.Drop.Name, r.Drop.Circuit, len(r.Tokens), r.Drop.Supply)
	shown := 0
	var rows [][]string
	for _, t := range r.Tokens {
		if shown < maxLines || !t.Verdict.Holds() {
			rows, shown = append(rows, tokenRow(t)), shown+1
		}
	}
	p.Table(rows...)
	if hidden := len(r.Tokens) - shown; hidden > 0 {
		p.Say("  and %d more (all with --json)", hidden)
	}
	p.Table(append(append(pictureRows(r.Pictures, r.Verdict), commitmentRows(&r.Commitments, r.Beacon)...),
		[]string{"  authority's key", r.Authority.Key + "  (" + saidOfAuthority(r.Authority) + ")"}, []string{"  verifying key", r.Key.Digest + "  (" + saidOfKey(r.Key) + ", " + r.Key.Source + ")"})...)
	if r.Verdict.Holds() {
		p.Say("the rule that was proven:\n%s", indent(r.Rule))
		p.Say("%s", r.Meaning())
	}
	p.sayChain(r.Chain)
	p.sayAttestations(r.Attestations, nil)
	if r.Verdict.Holds() {
		p.sayBeside(r.Reservations, r.NotChecked)
	}
	for _, name := range unmet {
		p.Say("required and not met: %s", name)
	}
	p.Say("%s", r.Line())
}

// sayBeside says what a reader has to know beside a verdict that holds.
func (p *program) sayBeside(reservations []verdict.Reservation, notChecked []string) {
	for _, x := range reservations {
		p.Say("- %s: %s", x.Name, x.Text)
	}
	for _, x := range notChecked {
		p.Say("- not checked: %s", x)
	}
}

func tokenRow(t verdict.Token) []string {
	name := "  " + oneLine(t.File)
	if t.ID != nil {
		name = fmt.Sprintf("  token %d", *t.ID)
	}
	switch {
	case !t.Verdict.Holds():
		return []string{name, string(t.Verdict), oneLine(t.Reason)}
	case t.Picture != nil:
		return []string{name, string(t.Verdict), t.CID, t.Picture.Said()}
	}
	return []string{name, string(t.Verdict), t.CID}
}

// pictureRows tell of the pictures where they are proven, and of traits that they may show.
func pictureRows(pictures *verdict.Pictures, level verifier.Level) [][]string {
	if pictures == nil || !level.Holds() {
		return nil
	}
	rows := [][]string{{"  pictures", pictures.Said(level)}}
	if len(pictures.Visible) > 0 {
		rows = append(rows, []string{"  hidden traits", strings.Join(pictures.Visible, ", ") + ": " + verdict.HiddenMayBeVisible})
	}
	return rows
}
