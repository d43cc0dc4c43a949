package console

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// helpVerb shows what --help shows: of the program, or of the verb that is named.
func (c *Console) helpVerb() *cli.Command {
	return c.Verb(&cli.Command{
		Name: "help", ArgsUsage: "[VERB...]", Usage: "show the help of a verb",
		Action: func(ctx *cli.Context) error {
			if !ctx.Args().Present() {
				return cli.ShowAppHelp(ctx)
			}
			return c.helpOf(ctx, ctx.Args().Slice())
		},
	})
}

// helpOf runs the verb's own --help, which has its full name.
func (c *Console) helpOf(ctx *cli.Context, path []string) error {
	commands := ctx.App.Commands
	for i, name := range path {
		next := slices.IndexFunc(commands, func(v *cli.Command) bool { return v.HasName(name) && !v.Hidden })
		if next < 0 {
			known := strings.Join(append([]string{c.Name}, path[:i]...), " ")
			return Hint(fmt.Errorf("there is no verb %.40q", name), known+" --help lists the verbs")
		}
		commands = commands[next].Subcommands
	}
	return ctx.App.RunContext(ctx.Context, append(append([]string{c.Name}, path...), "--help"))
}

// alone is the action of the program without a verb.
func (c *Console) alone(ctx *cli.Context) error {
	if ctx.Bool("version") {
		return c.Version(ctx)
	}
	return c.noVerb(ctx)
}

// noVerb is the action of commands that only have others below them: it shows these, on
// stderr since nobody asked for help.
func (c *Console) noVerb(ctx *cli.Context) error {
	name := nameOf(ctx)
	if ctx.Args().Present() {
		return Hint(fmt.Errorf("there is no verb %.40q", ctx.Args().First()), name+" --help lists the verbs")
	}
	if !c.JSON {
		ctx.App.Writer = c.Stderr
		if err := cli.ShowSubcommandHelp(ctx); err != nil {
			return err
		}
	}
	return Hint(errors.New("no verb is given"), name+" VERB --help shows what a verb takes")
}
