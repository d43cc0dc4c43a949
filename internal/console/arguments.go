package console

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// Reorder lets options stand anywhere, as in `genproof verify out --json`: package flag
// would take those behind an operand for operands. An option goes to the last of the
// commands on the path that has it; global options go to the front.
func Reorder(app *cli.App, args []string) []string {
	if len(args) == 0 {
		return []string{app.Name}
	}
	path, commands := []string{args[0]}, app.Commands
	own, rest := options(args[1:], app.Flags) // of the last command so far
	for len(rest) > 0 {
		next := slices.IndexFunc(commands, func(c *cli.Command) bool { return c.HasName(rest[0]) })
		if next < 0 {
			break
		}
		c := commands[next]
		down, kept := options(own, c.Flags)
		path, commands = append(append(path, kept...), rest[0]), c.Subcommands
		own, rest = options(rest[1:], c.Flags)
		own = append(down, own...)
	}
	return append(append(path, own...), unknownFirst(rest)...)
}

// asksForJSON guesses what --json says before the arguments are read: they may hold an
// error that it is about.
func asksForJSON(args []string) bool {
	if end := slices.Index(args, "--"); end >= 0 {
		args = args[:end]
	}
	return slices.Contains(args, "--json") || slices.Contains(args, "-json")
}

// unknownFirst puts what looks like an option in front of the operands: one that package
// flag is going to refuse, or help, which wants no operands.
func unknownFirst(args []string) []string {
	var first, then []string
	for i, a := range args {
		if a == "--" {
			return slices.Concat(first, []string{"--"}, then, args[i+1:])
		}
		if a == "--help" || a == "-h" {
			return []string{a}
		}
		if len(a) > 1 && a[0] == '-' {
			first = append(first, a)
		} else {
			then = append(then, a)
		}
	}
	return append(first, then...)
}

// options takes the options that are in flags out of args, wherever they are.
func options(args []string, flags []cli.Flag) (known, rest []string) {
	for i := 0; i < len(args); i++ {
		a := args[i]
		if a == "--" {
			return known, append(rest, args[i:]...)
		}
		name, _, hasValue := strings.Cut(strings.TrimLeft(a, "-"), "=")
		f := Named(flags, name)
		if len(a) < 2 || a[0] != '-' || f == nil {
			rest = append(rest, a)
			continue
		}
		known = append(known, a)
		if _, isBool := f.(*cli.BoolFlag); !isBool && !hasValue && i+1 < len(args) {
			i++
			known = append(known, args[i])
		}
	}
	return known, rest
}

// Named returns the option of that name, nil if there is none.
func Named(flags []cli.Flag, name string) cli.Flag {
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

// Operands returns a verb's operands when there are between least and most of them.
func Operands(c *cli.Context, least, most int) ([]string, error) {
	if n := c.NArg(); n < least || n > most {
		return nil, Hint(fmt.Errorf("got %d operands, want %s", n, span(least, most)), c.Command.HelpName+" --help")
	}
	return c.Args().Slice(), nil
}

func span(least, most int) string {
	if least == most {
		return fmt.Sprint(least)
	}
	return fmt.Sprintf("%d to %d", least, most)
}
