package report

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/genproof/genproof/bench/amount"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/stat"
)

// A Column is a figure that people ask for first.
type Column struct {
	Title string
	key   record.Key
}

// Columns returns them, times and memory on all of a run's cores.
func Columns(r *record.Run) []Column {
	cores := mostCores(r)
	return []Column{
		{"constraints", record.Key{Name: "constraints", Unit: "constraints"}},
		{"setup", record.Key{Name: "setup", Unit: "s", Cores: cores}},
		{"prove", record.Key{Name: "prove", Unit: "s", Cores: cores}},
		{"verify", record.Key{Name: "verify", Unit: "s", Cores: cores}},
		{"prove memory", record.Key{Name: "prove memory", Unit: "bytes", Cores: cores}},
		{"proving key", record.Key{Name: "proving key", Unit: "bytes"}},
	}
}

// Of returns a circuit's figure, nil if the run has none.
func (c Column) Of(r *record.Run, circuit record.Circuit) *record.Measurement {
	k := c.key
	k.Subject, k.Backend = circuit.Subject, circuit.Backend
	return r.Find(k)
}

// WriteCSV writes every figure of a run: median, quartiles, extremes and samples as they
// were taken, in the unit that the row names.
func WriteCSV(w io.Writer, r *record.Run) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"subject", "backend", "cores", "batch", "figure", "unit", "exact", "median", "lower_quartile", "upper_quartile", "min", "max", "samples", "others", "note"}}
	number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	for i := range r.Measurements {
		m := &r.Measurements[i]
		low, high := stat.Quartiles(m.Samples)
		others := ""
		if m.Others != nil {
			others = number(*m.Others)
		}
		var samples []string
		for _, s := range m.Samples {
			samples = append(samples, number(s))
		}
		rows = append(rows, []string{m.Subject, m.Backend, strconv.Itoa(m.Cores), strconv.Itoa(m.Batch), m.Name, m.Unit, strconv.FormatBool(m.Exact),
			number(m.Median), number(low), number(high), number(slices.Min(m.Samples)), number(slices.Max(m.Samples)), strings.Join(samples, " "), others, m.Note})
	}
	if err := c.WriteAll(rows); err != nil {
		return fmt.Errorf("writing a run as CSV: %w", err)
	}
	return nil
}

// WriteTeX writes the main figures of a run as a table for LaTeX, which needs no package,
// with a comment that says what they are figures of.
func WriteTeX(w io.Writer, r *record.Run) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%% %s\n", comment(fmt.Sprintf("%s; %s; begun %s", Machine(r.Machine), Origin(r.Software), r.Started.Format("2006-01-02 15:04 MST"))))
	columns := Columns(r)
	titles := []string{"subject", "backend"}
	for _, c := range columns {
		titles = append(titles, c.Title)
	}
	fmt.Fprintf(&b, "%% medians, $\\pm$ half of the distance between the quartiles\n\\begin{tabular}{ll%s}\n\\hline\n%s \\\\\n\\hline\n",
		strings.Repeat("r", len(columns)), strings.Join(titles, " & "))
	for _, circuit := range r.Circuits {
		row := []string{escapeTeX(circuit.Subject), escapeTeX(circuit.Backend)}
		for _, c := range columns {
			row = append(row, figureTeX(c.Of(r, circuit)))
		}
		fmt.Fprintf(&b, "%s \\\\\n", strings.Join(row, " & "))
	}
	b.WriteString("\\hline\n\\end{tabular}\n")
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("writing a run as TeX: %w", err)
	}
	return nil
}

func figureTeX(m *record.Measurement) string {
	if m == nil {
		return "--"
	}
	s := escapeTeX(amount.Of(m.Median, m.Unit))
	if len(m.Samples) > 1 {
		s += " $\\pm$ " + escapeTeX(amount.Of(m.Spread/2, m.Unit))
	}
	return s
}

// comment leaves out what would end a comment of TeX.
func comment(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

var texEscapes = strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\{`, "}", `\}`, "$", `\$`, "&", `\&`, "#", `\#`, "%", `\%`, "_", `\_`,
	"~", `\textasciitilde{}`, "^", `\textasciicircum{}`, "µ", `\ensuremath{\mu}`, "\n", " ", "\r", " ")

func escapeTeX(s string) string { return texEscapes.Replace(s) }

// Origin says which sources a program was built from, loudly if nobody can tell.
func Origin(s record.Software) string {
	switch {
	case s.Commit == "":
		return "NO COMMIT KNOWN"
	case s.Modified:
		return "commit " + s.Commit + " MODIFIED"
	}
	return "commit " + s.Commit
}

// Untraceable says why figures cannot be traced to sources, "" if they can.
func Untraceable(s record.Software) string {
	switch {
	case s.Commit == "":
		return "the program names no commit, so nobody can tell what was measured: build it with go build in a clone, not with go run"
	case s.Modified:
		return "the program was built from modified sources: nobody else has what was measured"
	}
	return ""
}

// processor is the processor's model and clock.
func processor(m record.Machine) string {
	s := cmp.Or(m.CPU, "unknown processor")
	if m.MHz > 0 {
		s += fmt.Sprintf(", %.0f MHz", m.MHz)
	}
	return s
}

// Machine says what a run ran on.
func Machine(m record.Machine) string {
	return fmt.Sprintf("%s, %d cores, %s", processor(m), m.Cores, amount.Of(float64(m.Memory), "bytes"))
}
