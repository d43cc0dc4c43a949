package main

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/publication/verdict"
)

func (p *program) claimVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "claim", Usage: "prove that a rule holds for one card of a deck, hidden attributes too, and tell nothing else",
		Description: "The rule is written like a policy: claim.age_rating >= 18. Who asks for a claim draws a challenge and says a name: with them nobody can show the claim to anybody else.\nThe keys are those of circuit rule/deck/SIZE: genproof setup rule/deck/standard.",
		Flags: []cli.Flag{
			dropFlag(), keysFlag(), cardFlag(),
			&cli.StringFlag{Name: "rule", Usage: "the `RULE`, in CEL"},
			&cli.StringFlag{Name: "rule-file", Usage: "the rule's `FILE`, instead of --rule; - for stdin"},
			&cli.StringFlag{Name: "audience", Usage: "the `NAME` of who asked for the claim (default: nobody in particular)"},
			&cli.StringFlag{Name: "challenge", Usage: "what who asked has drawn: 0x and 64 hex `DIGITS`"},
			&cli.StringFlag{Name: "expires", Usage: "the `TIME` from which the claim is good no more: 2026-12-31T23:59:59Z (default: never)"},
			&cli.Uint64Flag{Name: "chain-id", Usage: "the `ID` of the chain of the token that shows the card"},
			&cli.StringFlag{Name: "contract", Usage: "the `ADDRESS` of the token's contract"},
			&cli.Uint64Flag{Name: "token", Usage: "the token's `ID`"},
			&cli.StringFlag{Name: "out", Usage: "the `FILE` (default: claim-NUMBER.json)"},
		},
		Action: p.claim,
	})
}

func cardFlag() cli.Flag { return &cli.IntFlag{Name: "card", Usage: "the card's `NUMBER`, from 0"} }

type claimReport struct {
	File     string           `json:"file"`
	Card     uint64           `json:"card"`
	Rule     string           `json:"rule"` // printed back from what is proven
	Audience verdict.Audience `json:"audience"`
	Seconds  float64          `json:"seconds"`
	Key      struct {
		Digest     string `json:"digest"`
		Provenance string `json:"provenance"`
	} `json:"key"`
}

func (p *program) claim(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	text, err := p.ruleText(c)
	if err != nil {
		return err
	}
	audience, err := audienceFlags(c)
	if err != nil {
		return err
	}
	d, card, err := p.cardOfDeck(c)
	if err != nil {
		return err
	}
	keys, err := p.existingKeys(c.Context, c, prover.ClaimCircuit(d))
	if err != nil {
		return err
	}
	claims, err := prover.NewClaims(d, keys)
	if err != nil {
		return err
	}
	start := time.Now()
	made, err := claims.Prove(c.Context, card, text, audience)
	if errors.Is(err, rule.ErrRule) {
		return console.Hint(err, "there is no such claim; genproof disclose opens attributes instead")
	}
	if err != nil {
		return err
	}
	r := &claimReport{File: c.String("out"), Card: made.Card, Audience: verdict.AudienceOf(&audience), Seconds: time.Since(start).Seconds()}
	if r.Rule, err = made.Program.Rule(d.Description(made.Key).Infos()); err != nil {
		return err
	}
	r.Key.Digest, r.Key.Provenance = hexOf(made.Key.Digest[:]), made.Key.Provenance
	data, err := made.Marshal()
	if err != nil {
		return err
	}
	if r.File == "" {
		r.File = fmt.Sprintf("claim-%d.json", card)
	}
	if err := files.Write(r.File, data, files.Public); err != nil {
		return err
	}
	p.Log.Info().Int("card", card).Float64("seconds", r.Seconds).Msg("claim proven")
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s says of card %d, and tells nothing else:\n%s", r.File, card, indent(r.Rule))
	if audience.IsNobody() {
		p.Warn("the claim is for nobody in particular: whoever has it can show it to anybody; --audience and --challenge bind it")
	}
	p.sayProvenance(r.Key.Provenance, false)
	p.Say("Next, whoever reads it: genproof verify %s --drop drop.json", r.File)
	return nil
}

// ruleText is what --rule or --rule-file says.
func (p *program) ruleText(c *cli.Context) (string, error) {
	text, file := c.String("rule"), c.String("rule-file")
	switch {
	case (text == "") == (file == ""):
		return "", console.Hint(errors.New("there is no rule, or there are two"), "name one with --rule or --rule-file")
	case file == "":
		return text, nil
	}
	data, err := p.readFile(file, bundle.MaxPolicy)
	return string(files.WithoutMark(data)), err
}

// cardOfDeck loads the deck of --drop, and reads --card.
func (p *program) cardOfDeck(c *cli.Context) (*drop.Deck, int, error) {
	if !c.IsSet("card") {
		return nil, 0, console.Hint(errors.New("no card is named"), "name one with --card, from 0")
	}
	d, err := p.deckOf(c)
	return d, c.Int("card"), err
}

// deckOf loads the deck of --drop.
func (p *program) deckOf(c *cli.Context) (*drop.Deck, error) {
	dir := c.String("drop")
	if _, err := drop.CircuitOf(dir); err != nil {
		return nil, err
	}
	if !drop.IsDeck(dir) {
		return nil, errors.New("this is a drawn drop, and the verb is for decks")
	}
	return p.loadDeck(c, dir)
}

// audienceFlags reads whom a claim is for.
func audienceFlags(c *cli.Context) (a bundle.Audience, err error) {
	a = bundle.Audience{Name: c.String("audience"), ChainID: c.Uint64("chain-id"), Token: c.Uint64("token")}
	if a.Challenge, err = challengeOf(c.String("challenge")); err != nil {
		return a, err
	}
	if text := c.String("contract"); text != "" {
		if a.Contract, err = contractAddress(text); err != nil {
			return a, fmt.Errorf("--contract: %w", err)
		}
	}
	if text := c.String("expires"); text != "" {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil || at.Unix() <= 0 {
			return a, console.Hint(fmt.Errorf("--expires %.40q is no time", text), "write 2026-12-31T23:59:59Z")
		}
		a.Expiry = uint64(at.Unix())
	}
	if err := a.Check(); err != nil {
		return a, fmt.Errorf("the audience%w", err)
	}
	return a, nil
}

// challengeOf reads 32 bytes in hex; nothing is zero.
func challengeOf(text string) (out [32]byte, err error) {
	if text == "" {
		return out, nil
	}
	raw, err := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	if err != nil || len(raw) != len(out) {
		return out, console.Hint(fmt.Errorf("--challenge %.80q is none", text), "draw 32 bytes: 0x and 64 hex digits")
	}
	copy(out[:], raw)
	return out, nil
}
