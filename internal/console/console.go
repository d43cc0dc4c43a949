// Package console is what genproof's command lines share: streams, reports for people and
// as JSON, errors that say what to do, options anywhere, help, progress.
//
// Results and help that is asked for go to stdout; logs, progress, warnings and errors go
// to stderr.
package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/rs/zerolog"
	"github.com/urfave/cli/v2"
)

// Exit codes follow cmp(1): a rejected proof is an answer, not a failure.
const (
	ExitOK       = 0
	ExitRejected = 1
	ExitTrouble  = 2
)

// A Console is one run of a program: where it reads and writes, and what holds for every verb.
type Console struct {
	Name           string // the program's
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	JSON           bool // report as JSON
	Log            zerolog.Logger
	Bars           Bars
	// Explain splits an error into what is wrong and what to do, "" if nothing is known.
	// nil: only errors made by Hint know what to do.
	Explain func(error) (text, remedy string)
	Version cli.ActionFunc // what --version does; nil: there is no such option
}

// App returns the program with the options that all verbs share, and the verb help.
func (c *Console) App(usage, description string, verbs ...*cli.Command) *cli.App {
	flags := []cli.Flag{
		&cli.BoolFlag{Name: "json", Usage: "report as JSON, errors on stderr too"},
		&cli.BoolFlag{Name: "quiet", Usage: "show no progress"},
		&cli.StringFlag{Name: "log-level", Value: "warn", Usage: "trace, debug, info, warn, error or disabled"},
		&cli.BoolFlag{Name: "log-json", Usage: "log as JSON"},
	}
	if c.Version != nil {
		flags = append(flags, &cli.BoolFlag{Name: "version", Usage: "show the version"})
	}
	return &cli.App{
		Name: c.Name, Usage: usage, Description: description,
		Writer: c.Stdout, ErrWriter: c.Stderr,
		HideVersion: true, HideHelpCommand: true, Suggest: true,
		ExitErrHandler: func(*cli.Context, error) {},
		OnUsageError:   usageError,
		Flags:          switches(flags),
		Before:         c.prepare,
		Action:         c.alone,
		Commands:       append(verbs, c.helpVerb()),
	}
}

// Verb completes a command with what all of them share.
func (c *Console) Verb(v *cli.Command) *cli.Command {
	v.OnUsageError = usageError
	v.Flags = switches(v.Flags)
	v.HideHelpCommand = true
	if v.Action == nil {
		v.Action = c.noVerb
	}
	v.Action = needing(v.Flags, v.Action)
	return v
}

// needing is an action that is not run without the options that are required. The library would
// show a page of help for a result, and say the same of it in JSON and for people.
func needing(flags []cli.Flag, action cli.ActionFunc) cli.ActionFunc {
	var names []string
	for _, f := range flags {
		if s, ok := f.(*cli.StringFlag); ok && s.Required {
			s.Required, names = false, append(names, s.Name)
		}
	}
	return func(ctx *cli.Context) error {
		for _, name := range names {
			if !ctx.IsSet(name) {
				return Hint(fmt.Errorf("--%s is missing", name), nameOf(ctx)+" --help shows what it takes")
			}
		}
		return action(ctx)
	}
}

// switches keeps the help from saying of each option without a value that it is false.
func switches(flags []cli.Flag) []cli.Flag {
	for _, f := range flags {
		if b, ok := f.(*cli.BoolFlag); ok {
			b.DisableDefaultText = true
		}
	}
	return flags
}

// Run runs the program that app makes and returns its exit code. A report that could not
// be written whole is an error, and a panic is reported without its text.
func (c *Console) Run(ctx context.Context, app func() *cli.App, args []string) (code int) {
	out := &sink{w: c.Stdout}
	c.Stdout = out
	defer func() {
		if cause := recover(); cause != nil {
			code = c.crashed()
		}
	}()
	c.JSON = asksForJSON(args)
	a := app()
	args = Reorder(a, args)
	a.Flags = append(a.Flags, cli.HelpFlag) // a program with a verb help gets none by itself
	err := a.RunContext(ctx, args)
	c.Bars.Finish()
	if out.err != nil && (err == nil || errors.Is(err, ErrRejected)) {
		err = fmt.Errorf("writing the result: %w", out.err)
	}
	switch {
	case err == nil:
		return ExitOK
	case errors.Is(err, ErrRejected):
		return ExitRejected
	}
	c.Complain(ctx, err)
	return ExitTrouble
}

// prepare reads the options that hold for every verb.
func (c *Console) prepare(ctx *cli.Context) error {
	c.JSON = ctx.Bool("json")
	level, err := zerolog.ParseLevel(ctx.String("log-level"))
	if err != nil || ctx.String("log-level") == "" {
		return Hint(fmt.Errorf("there is no log level %.40q", ctx.String("log-level")), "use trace, debug, info, warn, error or disabled")
	}
	if ctx.Bool("version") && ctx.Args().Present() {
		return Hint(errors.New("--version stands alone"), c.Name+" --version")
	}
	out := c.Stderr
	if !ctx.Bool("log-json") {
		out = zerolog.ConsoleWriter{Out: c.Stderr, NoColor: !IsTerminal(c.Stderr), TimeFormat: "15:04:05"}
	}
	c.Log = zerolog.New(out).Level(level).With().Timestamp().Logger()
	if IsTerminal(c.Stderr) && !ctx.Bool("quiet") && level >= zerolog.WarnLevel { // log lines and bars would mix
		c.Bars.Start(c.Stderr)
	}
	return nil
}

func usageError(ctx *cli.Context, err error, _ bool) error {
	return Hint(err, nameOf(ctx)+" --help")
}

// nameOf is the command line up to the verb.
func nameOf(ctx *cli.Context) string {
	if ctx.Command != nil && ctx.Command.HelpName != "" {
		return ctx.Command.HelpName
	}
	return ctx.App.Name
}

// Interruptible returns a context that the first interrupt ends, so that the program ends
// in order; a second one ends it at once.
func Interruptible() (context.Context, context.CancelFunc) {
	ctx, release := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, release)
	return ctx, release
}
