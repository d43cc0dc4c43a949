package main

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) exportCardVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "card", ArgsUsage: "PATH NUMBER", Usage: "write everything that is published about one card of a deck into one file",
		Description: "PATH is an output folder or a CAR of one. genproof verify checks the file, without the rest of the deck.",
		Flags:       []cli.Flag{&cli.StringFlag{Name: "out", Usage: "the `FILE` (default: card-NUMBER.json)"}},
		Action:      p.exportCard,
	})
}

func (p *program) exportCard(c *cli.Context) error {
	args, err := console.Operands(c, 2, 2)
	if err != nil {
		return err
	}
	n, err := strconv.ParseUint(args[1], 10, 64)
	if err != nil {
		return fmt.Errorf("%.40q is not a card's number", args[1])
	}
	s, err := p.openAny(c, args[0], "", "")
	if err != nil {
		return err
	}
	defer s.Close()
	if s.Deck == nil {
		return console.Hint(errors.New("this is a drawn drop, whose tokens have bundles of their own"), "see bundles/ID.json")
	}
	b, err := s.CardBundle(n)
	if err != nil {
		return err
	}
	data, err := b.Marshal()
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		out = fmt.Sprintf("card-%d.json", n)
	}
	if err := files.Write(out, data, files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"file": out, "card": n})
	}
	p.Say("%s holds card %d; next: genproof verify %s", out, n, out)
	return nil
}
