package main

import (
	"fmt"
	"io"

	"github.com/rs/zerolog"
	"github.com/urfave/cli/v2"
)

// A program is one run: where it reads and writes, and what holds for every verb.
type program struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	json           bool // report as JSON
	log            zerolog.Logger
	bars           bars
}

func (p *program) app() *cli.App {
	return &cli.App{
		Name:        "genproof",
		Usage:       "prove how NFT metadata was generated, without showing what went in",
		Description: "First steps: genproof demo\nYour own drop: genproof init foxes && cd foxes && genproof setup && genproof prove --tokens 1-20 && genproof verify out",
		Writer:      p.stderr, ErrWriter: p.stderr,
		HideVersion: true, HideHelpCommand: true, Suggest: true,
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   usageError,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "report as JSON, errors on stderr too"},
			&cli.BoolFlag{Name: "quiet", Usage: "show no progress"},
			&cli.StringFlag{Name: "log-level", Value: "warn", Usage: "trace, debug, info, warn, error or disabled"},
			&cli.BoolFlag{Name: "log-json", Usage: "log as JSON"},
		},
		Before: p.prepare,
		Action: func(c *cli.Context) error { return noVerb(c) },
		Commands: []*cli.Command{
			p.initVerb(), p.circuitsVerb(), p.setupVerb(), p.ceremonyVerb(), p.commitVerb(), p.receiptVerb(), p.proveVerb(), p.verifyVerb(),
			p.inspectVerb(), p.publishVerb(), p.deployVerb(), p.openVerb(), p.mintVerb(), p.templateVerb(), p.updateVerb(), p.statusVerb(), p.exportVerb(), p.benchVerb(), p.demoVerb(), p.versionVerb(),
		},
	}
}

// verb completes a command with what all of them share.
func verb(c *cli.Command) *cli.Command {
	c.OnUsageError = usageError
	c.HideHelpCommand = true
	if c.Action == nil {
		c.Action = noVerb
	}
	return c
}

// prepare reads the options that hold for every verb.
func (p *program) prepare(c *cli.Context) error {
	p.json = c.Bool("json")
	level, err := zerolog.ParseLevel(c.String("log-level"))
	if err != nil || c.String("log-level") == "" {
		return hint(fmt.Errorf("there is no log level %.40q", c.String("log-level")), "use trace, debug, info, warn, error or disabled")
	}
	out := p.stderr
	if !c.Bool("log-json") {
		out = zerolog.ConsoleWriter{Out: p.stderr, NoColor: !isTerminal(p.stderr), TimeFormat: "15:04:05"}
	}
	p.log = zerolog.New(out).Level(level).With().Timestamp().Logger()
	if isTerminal(p.stderr) && !c.Bool("quiet") && level >= zerolog.WarnLevel { // log lines and bars would mix
		p.bars.start(p.stderr)
	}
	return nil
}

func usageError(c *cli.Context, err error, _ bool) error {
	name := c.App.Name
	if c.Command != nil && c.Command.HelpName != "" {
		name = c.Command.HelpName
	}
	return hint(err, name+" --help")
}

// noVerb is the action of commands that only have others below them.
func noVerb(c *cli.Context) error {
	name := c.App.Name
	if c.Command != nil && c.Command.HelpName != "" {
		name = c.Command.HelpName
	}
	if c.Args().Present() {
		return hint(fmt.Errorf("there is no verb %.40q", c.Args().First()), name+" --help lists the verbs")
	}
	if err := cli.ShowSubcommandHelp(c); err != nil {
		return err
	}
	return hint(fmt.Errorf("no verb is given"), "genproof demo shows what this is about")
}

// operands returns a verb's operands when there are between least and most of them.
func operands(c *cli.Context, least, most int) ([]string, error) {
	if n := c.NArg(); n < least || n > most {
		return nil, hint(fmt.Errorf("got %d operands, want %s", n, span(least, most)), c.Command.HelpName+" --help")
	}
	return c.Args().Slice(), nil
}

func span(least, most int) string {
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d to %d", least, most)
}
