package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

// errRejected makes the program exit with 1. Its verb has reported what was rejected.
var errRejected = errors.New("rejected")

// A hinted error comes with what to do.
type hinted struct {
	error
	hint string
}

func (h *hinted) Unwrap() error { return h.error }

func hint(err error, text string) error { return &hinted{err, text} }

// complain writes an error for people, and what to do about it.
func (p *program) complain(ctx context.Context, err error) {
	text, remedy := explain(err)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		text, remedy = "stopped", "what is finished is kept: run the same again to continue"
	}
	fmt.Fprintf(p.stderr, "genproof: error: %s\n", printable(text))
	if remedy != "" {
		fmt.Fprintf(p.stderr, "hint: %s\n", printable(remedy))
	}
}

// loadDrop loads a drop's folder and writes its warnings for people.
func (p *program) loadDrop(dir string) (*drop.Drop, error) {
	d, err := drop.Load(dir)
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(p.stderr, "genproof: warning: %s\n", printable(w))
	}
	return d, nil
}

// explain splits an error into what is wrong and what to do.
func explain(err error) (text, remedy string) {
	text = err.Error()
	var h *hinted
	var f *drop.Fault
	var rule *prover.RuleError
	switch {
	case errors.As(err, &h):
		return text, h.hint
	case errors.As(err, &f) && f.Remedy != "":
		return strings.TrimSuffix(text, ": "+f.Remedy), f.Remedy
	case errors.As(err, &rule):
		return text, "no proof of this token exists: change its claims, or leave it out of --tokens; nothing was proven"
	case errors.Is(err, setup.ErrNoKeys):
		return text, "genproof setup makes them"
	}
	return text, ""
}

// crashed reports a bug. The panic's own text is left out: it may quote hidden values.
func (p *program) crashed() int {
	p.bars.finish()
	fmt.Fprintln(p.stderr, "genproof: error: this is a bug in genproof: it stopped, and what it was doing is not done")
	fmt.Fprintln(p.stderr, "hint: please report it, with what --log-level debug shows")
	p.log.Debug().Str("stack", string(debug.Stack())).Msg("panic")
	return exitTrouble
}
