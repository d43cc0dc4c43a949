// Command genproof-studio has drops proven by several workers, on this machine and others.
//
// Results go to stdout; logs, progress and errors go to stderr. It exits with 0 when all went well,
// 1 when anchors refute a server's logs, 2 when something is wrong.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/thumbnail"
)

// thumbnailVerb is what serve calls the program with to have one picture decoded. It is not for people.
const thumbnailVerb = "thumbnail-of-stdin"

func main() { os.Exit(locked(os.Args, os.Stdin, os.Stdout, os.Stderr)) }

// locked is run in a process of its own, whose memory others cannot read.
func locked(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) == 2 && args[1] == thumbnailVerb {
		return thumbnail.Child(stdin, stdout, stderr)
	}
	if err := lockMemory(); err != nil {
		fmt.Fprintf(stderr, "genproof-studio: warning: %v\n", err)
	}
	return run(args, stdin, stdout, stderr)
}

// run is the whole program.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, release := console.Interruptible()
	defer release()
	return runContext(ctx, args, stdin, stdout, stderr)
}

func runContext(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	logger.Disable() // gnark's log goes to stdout and quotes witness values
	p := &program{console.Console{Name: "genproof-studio", Stdin: stdin, Stdout: stdout, Stderr: stderr, Explain: explain}}
	return p.Run(ctx, p.app, args)
}
