package peers

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/genproof/genproof/bench/record"
)

// A Report is a run with the rows of its table.
type Report struct {
	Run  *record.Run
	Rows []Row
}

// find returns a figure of a row, nil if there is none.
func (r *Report) find(row *Row, name string) *record.Measurement {
	for i := range r.Run.Measurements {
		m := &r.Run.Measurements[i]
		if m.Subject == row.Subject && m.Backend == row.Tool && m.Name == name {
			return m
		}
	}
	return nil
}

// columns are the figures of the table, with the number that one unit of them stands for.
var columns = []struct {
	title, figure string
	unit          float64
	digits        int
}{
	{"constraints", figConstraints, 1, 0},
	{"compile s", figCompile, 1, 2},
	{"setup s", figSetup, 1, 1},
	{"prove s", figProve, 1, 2},
	{"±", figProve, 1, 2},
	{"cpu s", figProveCPU, 1, 2},
	{"verify ms", figVerify, 1e-3, 1},
	{"memory MB", figMemory, 1e6, 0},
	{"key MB", figKey, 1e6, 1},
	{"proof B", figProof, 1, 0},
	{"gas", figGas, 1, 0},
}

// Table returns the report's rows, the titles first.
func (r *Report) Table() [][]string {
	head := []string{"statement", "tool"}
	for _, c := range columns {
		head = append(head, c.title)
	}
	out := [][]string{head}
	for i := range r.Rows {
		row := &r.Rows[i]
		line := []string{row.Subject, row.Tool}
		for _, c := range columns {
			m := r.find(row, c.figure)
			if m == nil {
				line = append(line, "-")
				continue
			}
			value := m.Median
			if c.title == "±" {
				value = m.Spread
			}
			text := strconv.FormatFloat(value/c.unit, 'f', c.digits, 64)
			if m.Unit == "gates" {
				text += " gates"
			}
			line = append(line, text)
		}
		out = append(out, line)
	}
	return out
}

// Notes tells why rows have no figures.
func (r *Report) Notes() (list []string) {
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Missing != "" {
			list = append(list, row.Name()+": "+row.Missing)
		}
		if row.Failed != "" {
			list = append(list, row.Name()+" FAILED: "+row.Failed)
		}
	}
	return list
}

// WriteCSV writes every figure of the run, a line each: median and spread in plain units.
func (r *Report) WriteCSV(w io.Writer) error {
	c := csv.NewWriter(w)
	c.Write([]string{"statement", "tool", "figure", "unit", "median", "spread", "samples", "others"}) // Flush keeps errors
	for _, m := range r.Run.Measurements {
		others := ""
		if m.Others != nil {
			others = number(*m.Others)
		}
		c.Write([]string{m.Subject, m.Backend, m.Name, m.Unit, number(m.Median), number(m.Spread), fmt.Sprint(len(m.Samples)), others})
	}
	c.Flush()
	return c.Error()
}

func number(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }

// A Ratio compares two peers and has a goal.
type Ratio struct {
	What    string  `json:"what"`
	Figure  string  `json:"figure"`
	Over    string  `json:"over"`  // the peer above the line
	Under   string  `json:"under"` // and below
	Goal    string  `json:"goal"`
	Value   float64 `json:"value,omitempty"`
	CPU     float64 `json:"cpu,omitempty"` // the same of processor time, which others on the machine disturb less
	Met     bool    `json:"met"`
	Missing string  `json:"missing,omitempty"` // the peer without which it cannot be told
}

// goals are the ratios of issue and README.
var goals = []struct {
	what, figure string
	over, under  Peer
	least, most  float64
}{
	{"cid/standard proves faster than with gnark's std sha2", figProve, Peer{CID, Gnark}, Peer{CID, Genproof}, 4, 0},
	{"SHA-256 constraints against circomlib", figConstraints, Peer{Document, Genproof}, Peer{Document, Snarkjs}, 0, 0.6},
	{"EdDSA receipt constraints against gnark's std", figConstraints, Peer{Receipt, Genproof}, Peer{Receipt, Gnark}, 0, 0.7},
	{"document proves faster than with snarkjs", figProve, Peer{Document, Snarkjs}, Peer{Document, Genproof}, 10, 0},
}

// Ratios compares the run with the goals.
func (r *Report) Ratios() []Ratio {
	var list []Ratio
	for _, g := range goals {
		ratio := Ratio{What: g.what, Figure: g.figure, Over: g.over.Name(), Under: g.under.Name(), Goal: fmt.Sprintf("at most %g", g.most)}
		if g.least > 0 {
			ratio.Goal = fmt.Sprintf("at least %g", g.least)
		}
		var missing string
		ratio.Value, missing = r.ratio(g.over, g.under, g.figure)
		if ratio.Missing = missing; missing == "" {
			ratio.Met = ratio.Value >= g.least && (g.most == 0 || ratio.Value <= g.most)
			if g.figure == figProve {
				ratio.CPU, _ = r.ratio(g.over, g.under, figProveCPU)
			}
		}
		list = append(list, ratio)
	}
	return list
}

// ratio divides two peers' figures, or names the peer that has none.
func (r *Report) ratio(over, under Peer, figure string) (value float64, missing string) {
	var values [2]float64
	for i, p := range []Peer{over, under} {
		m := r.of(p, figure)
		if m == nil || m.Median == 0 {
			return 0, p.Name()
		}
		values[i] = m.Median
	}
	return values[0] / values[1], ""
}

func (r *Report) of(p Peer, figure string) *record.Measurement {
	for i := range r.Rows {
		if row := &r.Rows[i]; row.Peer == p && row.Failed == "" && row.Missing == "" {
			return r.find(row, figure)
		}
	}
	return nil
}
