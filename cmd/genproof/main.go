// Command genproof proves how the metadata of NFTs was generated, and checks such proofs.
//
// Results go to stdout; logs, progress, help and errors go to stderr. It exits with 0 when
// all went well or was accepted, 1 when something was rejected, 2 when something is wrong.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/consensys/gnark/logger"
)

// Exit codes follow cmp(1): a rejected proof is an answer, not a failure.
const (
	exitOK       = 0
	exitRejected = 1
	exitTrouble  = 2
)

func main() { os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr)) }

// run is the whole program. The first interrupt ends it in order, a second at once.
func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	ctx, release := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer release()
	context.AfterFunc(ctx, release)
	return runContext(ctx, args, stdin, stdout, stderr)
}

func runContext(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	logger.Disable() // gnark's log goes to stdout and quotes witness values
	out := &sink{w: stdout}
	p := &program{stdin: stdin, stdout: out, stderr: stderr}
	defer func() {
		if cause := recover(); cause != nil {
			code = p.crashed()
		}
	}()
	app := p.app()
	p.json = asksForJSON(args)
	err := app.RunContext(ctx, reorder(app, args))
	p.bars.finish()
	if out.err != nil && (err == nil || errors.Is(err, errRejected)) {
		err = fmt.Errorf("writing the result: %w", out.err)
	}
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errRejected):
		return exitRejected
	}
	p.complain(ctx, err)
	return exitTrouble
}
