package main

import (
	"context"
	"encoding/json"
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

// complain writes an error, and what to do about it: for people, or with --json as an
// object on a line of its own.
func (p *program) complain(ctx context.Context, err error) {
	text, remedy := explain(err)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		text, remedy = "stopped", "what is finished is kept: run the same again to continue"
	}
	p.trouble(text, remedy)
}

// A troubleReport is an error as --json writes it to stderr.
type troubleReport struct {
	Error string `json:"error"`
	Hint  string `json:"hint"` // what to do; empty if nothing is known
}

func (p *program) trouble(text, remedy string) {
	if p.json {
		p.note(troubleReport{printable(text), printable(remedy)})
		return
	}
	fmt.Fprintf(p.stderr, "genproof: error: %s\n", printable(text))
	if remedy != "" {
		fmt.Fprintf(p.stderr, "hint: %s\n", printable(remedy))
	}
}

// note writes a line of JSON to stderr.
func (p *program) note(v any) {
	e := json.NewEncoder(p.stderr)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // there is nowhere to tell about it
}

// loadDrop loads a drop's folder and writes its warnings, as complain does.
func (p *program) loadDrop(dir string) (*drop.Drop, error) {
	d, err := drop.Load(dir)
	if err != nil {
		return nil, err
	}
	for _, w := range d.Warnings {
		if p.json {
			p.note(map[string]string{"warning": printable(w)})
			continue
		}
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
	p.trouble("this is a bug in genproof: it stopped, and what it was doing is not done", "please report it, with what --log-level debug shows")
	p.log.Debug().Str("stack", string(debug.Stack())).Msg("panic")
	return exitTrouble
}
