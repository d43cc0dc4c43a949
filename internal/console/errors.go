package console

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
)

// ErrRejected makes the program exit with 1. Its verb has reported what was rejected.
var ErrRejected = errors.New("rejected")

// A hinted error comes with what to do.
type hinted struct {
	error
	hint string
}

func (h *hinted) Unwrap() error { return h.error }

// Hint returns an error that comes with what to do.
func Hint(err error, text string) error { return &hinted{err, text} }

// HintOf returns what to do about an error, "" if it was not made by [Hint].
func HintOf(err error) string {
	var h *hinted
	if errors.As(err, &h) {
		return h.hint
	}
	return ""
}

// Complain writes an error, and what to do about it: for people, or with --json as an
// object on a line of its own.
func (c *Console) Complain(ctx context.Context, err error) {
	text, remedy := c.explain(err)
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		text, remedy = "stopped", "what is finished is kept: run the same again to continue"
	}
	c.Trouble(text, remedy)
}

// A TroubleReport is an error as --json writes it to stderr.
type TroubleReport struct {
	Error string `json:"error"`
	Hint  string `json:"hint"` // what to do; empty if nothing is known
}

// Trouble writes an error and what to do about it to stderr.
func (c *Console) Trouble(text, remedy string) {
	if c.JSON {
		c.Note(TroubleReport{Printable(text), Printable(remedy)})
		return
	}
	fmt.Fprintf(c.Stderr, "%s: error: %s\n", c.Name, Printable(text))
	if remedy != "" {
		fmt.Fprintf(c.Stderr, "hint: %s\n", Printable(remedy))
	}
}

// Warn writes a warning to stderr, as Complain does an error.
func (c *Console) Warn(format string, args ...any) {
	text := Printable(fmt.Sprintf(format, args...))
	if c.JSON {
		c.Note(map[string]string{"warning": text})
		return
	}
	fmt.Fprintf(c.Stderr, "%s: warning: %s\n", c.Name, text)
}

// explain asks the program about errors that come without a hint.
func (c *Console) explain(err error) (text, remedy string) {
	if remedy = HintOf(err); remedy != "" {
		return err.Error(), remedy
	}
	if c.Explain != nil {
		return c.Explain(err)
	}
	return err.Error(), ""
}

// Note writes a line of JSON to stderr.
func (c *Console) Note(v any) {
	e := json.NewEncoder(c.Stderr)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // there is nowhere to tell about it
}

// crashed reports a bug. The panic's own text is left out: it may quote hidden values.
func (c *Console) crashed() int {
	c.Bars.Finish()
	c.Trouble("this is a bug in "+c.Name+": it stopped, and what it was doing is not done", "please report it, with what --log-level debug shows")
	c.Log.Debug().Str("stack", string(debug.Stack())).Msg("panic")
	return ExitTrouble
}
