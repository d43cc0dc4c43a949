package main

import (
	"fmt"
	"strings"

	"github.com/genproof/genproof/bench/amount"
	"github.com/genproof/genproof/bench/compare"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/report"
)

// sayRun shows the figures that people ask for first. The file has all of them.
func (p *program) sayRun(path string, r *record.Run) {
	p.Say("%s: %d figures of %d tasks", path, len(r.Measurements), len(r.Tasks))
	p.Say("%s; %s; %s", report.Machine(r.Machine), r.Software.Go, report.Origin(r.Software))
	columns := report.Columns(r)
	rows := [][]string{{"", ""}}
	for _, c := range columns {
		rows[0] = append(rows[0], c.Title)
	}
	for _, circuit := range r.Circuits {
		row := []string{circuit.Subject, circuit.Backend}
		for _, c := range columns {
			row = append(row, shown(c.Of(r, circuit)))
		}
		rows = append(rows, row)
	}
	p.Table(rows...)
	for _, m := range r.Measurements {
		if m.Unit == "gas" && strings.HasSuffix(m.Name, " gas") {
			p.Say("%s of %d: %.0f gas, %.0f a token", strings.TrimSuffix(m.Name, " gas"), m.Batch, m.Median, m.Median/float64(max(1, m.Batch)))
		}
	}
	p.Say("Pictures: genproof-bench report %s --out report.html", path)
}

// shown writes a figure for people, with its spread.
func shown(m *record.Measurement) string {
	if m == nil {
		return ""
	}
	s := amount.Of(m.Median, m.Unit)
	if len(m.Samples) > 1 {
		s += " ± " + amount.Of(m.Spread/2, m.Unit)
	}
	return s
}

// sayComparison shows two runs side by side.
func (p *program) sayComparison(rows []compare.Row) {
	table := [][]string{{"", "", "cores", "batch", "", "A", "B", "B / A", ""}}
	count := map[compare.Verdict]int{}
	for _, r := range rows {
		count[r.Verdict]++
		ratio, a, b := "", "", ""
		if r.A != nil {
			a = amount.Of(*r.A, r.Unit)
		}
		if r.B != nil {
			b = amount.Of(*r.B, r.Unit)
		}
		if r.Ratio != nil {
			ratio = fmt.Sprintf("%.3f", *r.Ratio)
		}
		table = append(table, []string{r.Subject, r.Backend, none(r.Cores), none(r.Batch), r.Name, a, b, ratio, verdictText[r.Verdict]})
	}
	p.Table(table...)
	p.Say("%d less, %d more, %d the same; %d not told apart from noise, %d with too few samples to tell; %d in A only, %d in B only",
		count[compare.Less], count[compare.More], count[compare.Same], count[compare.Noise], count[compare.Few], count[compare.OnlyInA], count[compare.OnlyInB])
	p.Say("Less and more: exact figures that differ; times whose medians differ by over %.0f %% and whose samples differ by Mann-Whitney's U test (p < %g).",
		100*compare.MinChange, compare.MaxChance)
}

var verdictText = map[compare.Verdict]string{
	compare.Same: "same", compare.Less: "less", compare.More: "MORE", compare.Noise: "noise", compare.Few: "few samples",
	compare.OnlyInA: "only in A", compare.OnlyInB: "only in B",
}

func none(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
