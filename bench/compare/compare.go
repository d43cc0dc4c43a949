// Package compare sets two benchmark runs side by side and tells change from noise.
//
// An exact figure has changed if it differs at all. Of a timed one each run has a few
// samples, and their medians always differ a little. It is called changed if both hold:
//
//   - the Mann-Whitney U test, which assumes no shape of the distribution, gives the two
//     sets of samples a chance below [MaxChance] to be from one distribution;
//   - the medians differ by more than [MinChange]: what is smaller than that may be where
//     the linker put a loop, and matters to nobody.
//
// Five samples a side are the fewest that can pass. The test knows nothing of what differs
// between two runs as wholes, such as a processor's temperature or its other tenants: of
// runs that were not made on a quiet machine, one after the other, a change is a hint.
package compare

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"

	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/stat"
)

const (
	MaxChance = 0.01 // of a figure that has not changed to be called changed
	MinChange = 0.02 // of the medians, as a share
)

// A Verdict says what two values of a figure tell.
type Verdict string

// The verdicts.
const (
	Same    Verdict = "same"   // exact, and equal
	Less    Verdict = "less"   // B is less than A: exact, or more than noise
	More    Verdict = "more"   // B is more than A
	Noise   Verdict = "noise"  // nothing tells them apart
	Few     Verdict = "few"    // too few samples to tell
	OnlyInA Verdict = "only-a" // B has no such figure
	OnlyInB Verdict = "only-b" // A has none
)

// A Row is a figure of both runs.
type Row struct {
	Subject string   `json:"subject"`
	Backend string   `json:"backend"`
	Cores   int      `json:"cores"`
	Batch   int      `json:"batch"`
	Name    string   `json:"name"`
	Unit    string   `json:"unit"`
	A       *float64 `json:"a"` // medians; null where a run has none
	B       *float64 `json:"b"`
	SpreadA float64  `json:"spread_a"`
	SpreadB float64  `json:"spread_b"`
	Ratio   *float64 `json:"ratio"` // B / A
	P       *float64 `json:"p"`     // of the test, null for exact figures
	Verdict Verdict  `json:"verdict"`
}

// Runs compares the figures of two runs, in the order of a, and then those of b alone.
func Runs(a, b *record.Run) []Row {
	var rows []Row
	for i := range a.Measurements {
		m := &a.Measurements[i]
		rows = append(rows, row(m, b.Find(m.Key())))
	}
	for i := range b.Measurements {
		if m := &b.Measurements[i]; a.Find(m.Key()) == nil {
			rows = append(rows, row(nil, m))
		}
	}
	return rows
}

func row(a, b *record.Measurement) Row {
	k := a
	if k == nil {
		k = b
	}
	r := Row{Subject: k.Subject, Backend: k.Backend, Cores: k.Cores, Batch: k.Batch, Name: k.Name, Unit: k.Unit}
	switch {
	case b == nil:
		r.Verdict = OnlyInA
	case a == nil:
		r.Verdict = OnlyInB
	}
	if a != nil {
		r.A, r.SpreadA = &a.Median, a.Spread
	}
	if b != nil {
		r.B, r.SpreadB = &b.Median, b.Spread
	}
	if r.Verdict != "" {
		return r
	}
	if a.Median > 0 {
		ratio := b.Median / a.Median
		r.Ratio = &ratio
	}
	r.judge(a, b)
	return r
}

// judge gives the verdict of two values.
func (r *Row) judge(a, b *record.Measurement) {
	direction := More
	if b.Median < a.Median {
		direction = Less
	}
	if a.Exact && b.Exact {
		if r.Verdict = direction; a.Median == b.Median {
			r.Verdict = Same
		}
		return
	}
	p := stat.Differ(a.Samples, b.Samples)
	r.P = &p
	switch far := max(a.Median, b.Median) > (1+MinChange)*min(a.Median, b.Median); {
	case !decidable(len(a.Samples), len(b.Samples)):
		r.Verdict = Few
	case p < MaxChance && far:
		r.Verdict = direction
	default:
		r.Verdict = Noise
	}
}

// decidable reports whether samples as far apart as can be would pass the test.
func decidable(n, m int) bool {
	low, high := make([]float64, n), make([]float64, m)
	for i := range low {
		low[i] = float64(i)
	}
	for i := range high {
		high[i] = float64(n + i)
	}
	return stat.Differ(low, high) < MaxChance
}

// Warnings says what makes two runs hard to compare.
func Warnings(a, b *record.Run) (list []string) {
	if a.Machine != b.Machine {
		list = append(list, "the runs are of different machines: their times say nothing about the programs")
	}
	if a.Settings.Seed != b.Settings.Seed {
		list = append(list, "the runs proved different tokens: their seeds differ")
	}
	for _, c := range a.Circuits {
		for _, d := range b.Circuits {
			if c.Subject == d.Subject && c.Backend == d.Backend && c.Digest != d.Digest {
				list = append(list, "the circuit of "+c.Subject+" is another one in B")
			}
		}
	}
	for name, r := range map[string]*record.Run{"A": a, "B": b} {
		if others := r.Others(); others > record.QuietCores {
			list = append(list, "while run "+name+" was made others kept up to "+strconv.FormatFloat(others, 'f', 2, 64)+" cores busy")
		}
	}
	return list
}

// CSV writes rows, with a header. Missing values are empty.
func CSV(w io.Writer, rows []Row) error {
	c := csv.NewWriter(w)
	write := func(fields ...string) error { return c.Write(fields) }
	err := write("subject", "backend", "cores", "batch", "name", "unit", "a", "b", "spread_a", "spread_b", "ratio", "p", "verdict")
	for _, r := range rows {
		err = errors.Join(err, write(plain(r.Subject), plain(r.Backend), strconv.Itoa(r.Cores), strconv.Itoa(r.Batch), plain(r.Name), plain(r.Unit),
			number(r.A), number(r.B), number(&r.SpreadA), number(&r.SpreadB), number(r.Ratio), number(r.P), string(r.Verdict)))
	}
	c.Flush()
	return errors.Join(err, c.Error())
}

// plain keeps a table's program from taking a text of a file for a formula.
func plain(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@' || s[0] == '\t' || s[0] == '\r') {
		return "'" + s
	}
	return s
}

func number(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'g', -1, 64)
}
