package main

import (
	"errors"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) evidenceAskVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "ask", ArgsUsage: "PACK", Usage: "answer what is asked of one token or card, from a pack alone: approved, licence, when, who could change it, who sells it, what was taken back",
		Flags: append([]cli.Flag{
			cardFlag(),
			&cli.Uint64Flag{Name: "token", Usage: "the token's `ID`, instead of --card; of a permuted deck the pack must hold the draw"},
		}, packFlags()...),
		Action: p.evidenceAsk,
	})
}

type answersReport struct {
	Card    uint64         `json:"card"`
	Answers []answerReport `json:"answers"`
}

type answerReport struct {
	Question string   `json:"question"`
	Answers  []string `json:"answers"`
}

func (p *program) evidenceAsk(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if c.IsSet("card") == c.IsSet("token") || c.Int("card") < 0 {
		return console.Hint(errors.New("no card is named, or two"), "name one with --card, from 0, or its token with --token")
	}
	blocks, err := p.knownBlocks(c)
	if err != nil {
		return err
	}
	from, err := p.openPack(args[0], c.String("identity"))
	if err != nil {
		return err
	}
	v, err := evidence.Verify(c.Context, from, evidence.Reader{Compiler: drop.Compiler{}, Blocks: blocks, Verifier: thisVerifier()})
	if err != nil {
		return err
	}
	if len(v.Faults) > 0 {
		return console.Hint(errors.New("the pack does not hold: "+v.Faults[0]), "genproof evidence verify says more")
	}
	card := uint64(c.Int("card"))
	if c.IsSet("token") {
		if card, err = v.CardOf(c.Uint64("token")); err != nil {
			return err
		}
	}
	answers, err := v.Ask(card)
	if err != nil {
		return err
	}
	r := &answersReport{Card: card, Answers: []answerReport{}}
	for _, a := range answers {
		r.Answers = append(r.Answers, answerReport(a))
	}
	if p.JSON {
		return p.Report(r)
	}
	p.Say("card %d", card)
	for _, a := range r.Answers {
		p.Say("%s", a.Question)
		for _, x := range a.Answers {
			p.Say("  %s", oneLine(strings.TrimSpace(x)))
		}
	}
	return nil
}
