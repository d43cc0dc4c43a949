// Command genproof-peers measures genproof's statements in the tools one would otherwise pick.
//
// Results go to stdout; logs, progress and errors go to stderr. It exits with 0 when all
// went well, 2 when something is wrong.
package main

import (
	"io"
	"os"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// A program is one run of genproof-peers.
type program struct{ console.Console }

func main() { os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole program.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, release := console.Interruptible()
	defer release()
	p := &program{console.Console{Name: "genproof-peers", Stdin: stdin, Stdout: stdout, Stderr: stderr}}
	return p.Run(ctx, p.app, args)
}

func (p *program) app() *cli.App {
	return p.App("measure the same statements in the tools one would otherwise pick", "Everything: genproof-peers run --install", p.runVerb(), p.workVerb())
}
