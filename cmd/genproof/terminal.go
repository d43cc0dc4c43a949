package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/vbauerster/mpb/v8/cwriter"
)

// A sink remembers the first error: a report that is cut is no report.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) Write(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(b)
	s.err = err
	return n, err
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && cwriter.IsTerminal(int(f.Fd()))
}

// printable replaces what a file from a stranger could do to a terminal with: control
// characters and those that turn the direction of writing.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsGraphic(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// say writes a line of the result.
func (p *program) say(format string, args ...any) {
	p.bars.finish()
	fmt.Fprintln(p.stdout, printable(fmt.Sprintf(format, args...)))
}

// table writes aligned lines.
func (p *program) table(rows ...[]string) {
	p.bars.finish()
	w := tabwriter.NewWriter(p.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintln(w, strings.TrimRight(printable(strings.Join(r, "\t")), "\t"))
	}
	w.Flush() // stdout remembers its errors
}

// report writes v as JSON.
func (p *program) report(v any) error {
	p.bars.finish()
	e := json.NewEncoder(p.stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
