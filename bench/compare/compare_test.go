package compare

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/genproof/genproof/bench/record"
)

func timed(name string, samples ...float64) record.Measurement {
	m := record.Timed(name, "s", samples)
	m.Subject, m.Backend, m.Cores = "cid/small", "groth16", 2
	return m
}

func exact(name string, value float64) record.Measurement {
	m := record.Exact(name, "constraints", value)
	m.Subject = "cid/small"
	return m
}

func runOf(list ...record.Measurement) *record.Run { return &record.Run{Measurements: list} }

func TestRuns_TellChangeFromNoise(t *testing.T) {
	for name, c := range map[string]struct {
		a, b record.Measurement
		want Verdict
	}{
		"exact, equal":               {exact("n", 5), exact("n", 5), Same},
		"exact, one more":            {exact("n", 5), exact("n", 6), More},
		"exact, one less":            {exact("n", 5), exact("n", 4), Less},
		"apart":                      {timed("t", 1, 1.1, 1.2, 1.3, 1.4), timed("t", 2, 2.1, 2.2, 2.3, 2.4), More},
		"apart, the other way":       {timed("t", 2, 2.1, 2.2, 2.3, 2.4), timed("t", 1, 1.1, 1.2, 1.3, 1.4), Less},
		"one sample among the other": {timed("t", 1, 1.1, 1.2, 1.3, 2.05), timed("t", 2, 2.1, 2.2, 2.3, 2.4), Noise}, // p = 4/252
		"apart, by too little":       {timed("t", 1, 1.001, 1.002, 1.003, 1.004), timed("t", 1.01, 1.011, 1.012, 1.013, 1.014), Noise},
		"four samples a side":        {timed("t", 1, 1.1, 1.2, 1.3), timed("t", 2, 2.1, 2.2, 2.3), Few}, // p = 2/70
		"one sample each":            {timed("t", 1), timed("t", 100), Few},
		"exact against samples":      {exact("n", 5), record.Measurement{Subject: "cid/small", Name: "n", Unit: "constraints", Samples: []float64{6}, Median: 6}, Few},
	} {
		rows := Runs(runOf(c.a), runOf(c.b))
		if len(rows) != 1 || rows[0].Verdict != c.want {
			t.Errorf("%s: %+v, want %s", name, rows, c.want)
		}
	}
}

func TestRuns_KeepsWhatOneRunHas(t *testing.T) {
	rows := Runs(runOf(exact("both", 4), exact("a", 1)), runOf(exact("b", 2), exact("both", 2)))
	if len(rows) != 3 || rows[0].Name != "both" || *rows[0].Ratio != 0.5 || rows[1].Verdict != OnlyInA || rows[2].Verdict != OnlyInB || rows[1].B != nil || rows[2].A != nil {
		t.Errorf("%+v", rows)
	}
	if rows := Runs(runOf(exact("zero", 0)), runOf(exact("zero", 1))); rows[0].Ratio != nil || rows[0].Verdict != More {
		t.Errorf("a ratio to nothing: %+v", rows)
	}
}

func TestRuns_OtherCoresAreOtherFigures(t *testing.T) {
	a, b := timed("t", 1), timed("t", 1)
	b.Cores = 1
	if rows := Runs(runOf(a), runOf(b)); len(rows) != 2 {
		t.Errorf("%+v", rows)
	}
}

func TestWarnings_NameWhatDiffers(t *testing.T) {
	busy := 0.5
	circuit := func(digest string) []record.Circuit {
		return []record.Circuit{{Subject: "x", Backend: "groth16", Digest: digest}}
	}
	for want, change := range map[string]func(b *record.Run){
		"different machines": func(b *record.Run) { b.Machine.CPU = "another" },
		"different tokens":   func(b *record.Run) { b.Settings.Seed = "another" },
		"circuit of x":       func(b *record.Run) { b.Circuits = circuit("bb") },
		"0.50 cores":         func(b *record.Run) { b.Measurements = []record.Measurement{{Others: &busy}} },
	} {
		a, b := &record.Run{Circuits: circuit("aa")}, &record.Run{Circuits: circuit("aa")}
		if w := Warnings(a, b); len(w) != 0 {
			t.Fatalf("equal runs: %q", w)
		}
		if change(b); len(Warnings(a, b)) != 1 || !strings.Contains(Warnings(a, b)[0], want) {
			t.Errorf("%s: %q", want, Warnings(a, b))
		}
	}
}

func TestCSV_IsOneLineARow(t *testing.T) {
	hostile := exact("=1+1, \"x\"\ny", 3)
	var b bytes.Buffer
	if err := CSV(&b, Runs(runOf(timed("t", 1, 2), hostile), runOf(timed("t", 4)))); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(&b).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%q, %v", rows, err)
	}
	if got := strings.Join(rows[1], "|"); !strings.HasPrefix(got, "cid/small|groth16|2|0|t|s|1.5|4|0.5|0|") || !strings.HasSuffix(got, "|few") {
		t.Errorf("%q", got)
	}
	if rows[2][4] != "'=1+1, \"x\"\ny" || rows[2][7] != "" {
		t.Errorf("%q", rows[2])
	}
}
