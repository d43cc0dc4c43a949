package console

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

// A sink remembers the first error: a report that is cut is not a report.
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

// IsTerminal reports whether a stream is a terminal: somebody sits there.
func IsTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && cwriter.IsTerminal(int(f.Fd()))
}

// Printable replaces what a file from a stranger could do to a terminal with: control
// characters and those that turn the direction of writing.
func Printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || unicode.IsGraphic(r) {
			return r
		}
		return unicode.ReplacementChar
	}, s)
}

// Say writes a line of the result.
func (c *Console) Say(format string, args ...any) {
	c.Bars.Finish()
	fmt.Fprintln(c.Stdout, Printable(fmt.Sprintf(format, args...)))
}

// Table writes aligned lines.
func (c *Console) Table(rows ...[]string) {
	c.Bars.Finish()
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintln(w, strings.TrimRight(Printable(strings.Join(r, "\t")), "\t"))
	}
	w.Flush() // stdout remembers its errors
}

// Report writes v as JSON.
func (c *Console) Report(v any) error {
	c.Bars.Finish()
	e := json.NewEncoder(c.Stdout)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("writing the report: %w", err)
	}
	return nil
}
