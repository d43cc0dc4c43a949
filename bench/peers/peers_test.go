package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bench/record"
)

// asWorker makes this test binary the process that measures.
const asWorker = "GENPROOF_TEST_WORKER"

func TestMain(m *testing.M) {
	if os.Getenv(asWorker) != "" {
		if err := Work(context.Background(), os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func options(t *testing.T, names ...string) *Options {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv(asWorker, "1")
	selected, err := Select(names)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	return &Options{
		Cache: filepath.Join(dir, "cache"), Self: []string{self}, Peers: selected, Blocks: 1, Runs: 2, Out: filepath.Join(dir, "run.json"),
	}
}

func run(t *testing.T, o *Options) *Report {
	t.Helper()
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestSelect_ByStatementToolOrBoth(t *testing.T) {
	for names, want := range map[string]int{"": len(All()), "receipt": 4, "circom": 3, "receipt/gnark": 1, "receipt,circom": 6} {
		var list []string
		if names != "" {
			list = strings.Split(names, ",")
		}
		got, err := Select(list)
		if err != nil || len(got) != want {
			t.Errorf("%q: %v, %v", names, got, err)
		}
	}
	for _, bad := range []string{"", "gnarks", "receipt/", "root/gnark"} {
		if _, err := Select([]string{bad}); err == nil {
			t.Errorf("%q is a peer", bad)
		}
	}
}

// TestRun_MeasuresAndContinues measures two signatures in processes of their own, and
// finds them measured the second time.
func TestRun_MeasuresAndContinues(t *testing.T) {
	o := options(t, "receipt/genproof", "receipt/gnark")
	r := run(t, o)
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Failed != "" || row.Missing != "" {
			t.Fatalf("%s: %s%s", row.Name(), row.Failed, row.Missing)
		}
		for _, figure := range []string{figConstraints, figSetup, figProve, figProveCPU, figMemory, figVerify, figProof, figKey} {
			if m := r.find(row, figure); m == nil || m.Median <= 0 {
				t.Errorf("%s has no %s: %+v", row.Name(), figure, m)
			}
		}
		if m := r.find(row, figProve); len(m.Samples) != 2 {
			t.Errorf("%s: %d samples", row.Name(), len(m.Samples))
		}
	}
	if got := r.Ratios()[2]; got.Missing != "" || !got.Met || got.Value < 0.34 || got.Value > 0.35 { // 2401 / 7049
		t.Errorf("the receipt's ratio: %+v", got)
	}
	before, err := os.ReadFile(o.Out)
	if err != nil {
		t.Fatal(err)
	}
	o.Self = []string{"/nonexistent"}
	if notes := run(t, o).Notes(); len(notes) > 0 {
		t.Errorf("the second run measures again: %s", notes)
	}
	if after, err := os.ReadFile(o.Out); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the second run measures again: %v", err)
	}
	for about, change := range map[string]func(*record.Run){
		"another machine":   func(r *record.Run) { r.Machine.Cores++ },
		"another program":   func(r *record.Run) { r.Software.Binary = "" },
		"its settings are ": func(r *record.Run) { r.Settings.Warmup++ },
	} {
		changed := *r.Run
		change(&changed)
		if err := record.Write(o.Out, &changed); err != nil {
			t.Fatal(err)
		}
		if _, err := Run(t.Context(), o); !errors.Is(err, ErrOther) || !strings.Contains(err.Error(), about) {
			t.Errorf("%s: %v", about, err)
		}
	}
	if err := os.WriteFile(o.Out, before, 0o600); err != nil {
		t.Fatal(err)
	}
	o.Runs++
	if _, err := Run(t.Context(), o); !errors.Is(err, ErrOther) {
		t.Errorf("other settings: %v", err)
	}
}

func TestRun_AFailureIsARow(t *testing.T) {
	o := options(t, "receipt/gnark")
	o.Self = []string{"false"}
	if _, err := exec.LookPath("false"); err != nil {
		o.Self = []string{"/nonexistent"}
	}
	r := run(t, o)
	if r.Rows[0].Failed == "" || len(r.Notes()) != 1 || !strings.Contains(r.Notes()[0], "receipt/gnark FAILED: setup: ") {
		t.Errorf("%+v", r.Notes())
	}
	if got := r.Ratios()[2]; got.Met || got.Missing == "" {
		t.Errorf("a ratio without figures: %+v", got)
	}
}

func TestRun_AMissingToolSaysSo(t *testing.T) {
	r := run(t, options(t, "circom"))
	for _, row := range r.Rows {
		if !strings.Contains(row.Missing, "not installed") {
			t.Errorf("%s: %+v", row.Name(), row)
		}
	}
	if len(r.Rows) != 3 {
		t.Errorf("%d rows", len(r.Rows))
	}
}

// TestSetUp_NeedsAWholeSetup: a folder that a stopped setup left is made anew.
func TestSetUp_NeedsAWholeSetup(t *testing.T) {
	o := options(t, "receipt/genproof")
	run(t, o)
	folders, err := filepath.Glob(filepath.Join(o.Cache, "receipt-genproof-*"))
	if err != nil || len(folders) != 1 {
		t.Fatal(folders, err)
	}
	stray := filepath.Join(folders[0], "stray")
	for _, change := range []func() error{
		func() error { return os.Remove(filepath.Join(folders[0], setupFile)) },
		func() error { return os.WriteFile(stray, nil, 0o600) },
		func() error { return os.Remove(o.Out) },
	} {
		if err := change(); err != nil {
			t.Fatal(err)
		}
	}
	run(t, o)
	if _, err := os.Stat(stray); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("half a setup is used: %v", err)
	}
}

func TestWork_RefusesOtherJobs(t *testing.T) {
	for _, job := range []Job{{Phase: "sleep", Peer: Peer{Receipt, Gnark}}, {Phase: phaseSetup, Peer: Peer{Receipt, "abacus"}}, {Phase: phaseSetup, Peer: Peer{Root, Gnark}}} {
		in, err := json.Marshal(job)
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := Work(t.Context(), bytes.NewReader(in), &out); err == nil || out.Len() > 0 {
			t.Errorf("%+v: %v, %s", job, err, &out)
		}
	}
}

// made is a report with chosen figures.
func made(figures map[Peer]map[string]float64) *Report {
	r := &Report{Run: new(record.Run)}
	for _, p := range All() {
		row := Row{Peer: p, Subject: p.subject(12)}
		if figures[p] == nil {
			row.Missing = "not installed"
		}
		r.Rows = append(r.Rows, row)
		for name, value := range figures[p] {
			m := record.Exact(name, "", value)
			m.Subject, m.Backend = row.Subject, p.Tool
			r.Run.Measurements = append(r.Run.Measurements, m)
		}
	}
	return r
}

func TestRatios_MeetTheirGoalsAtTheBound(t *testing.T) {
	at := func(slower, receipt, sha, snark float64) []Ratio {
		return made(map[Peer]map[string]float64{
			{CID, Genproof}:      {figProve: 1},
			{CID, Gnark}:         {figProve: slower},
			{Document, Genproof}: {figProve: 1, figConstraints: sha},
			{Document, Snarkjs}:  {figProve: snark, figConstraints: 1},
			{Receipt, Genproof}:  {figConstraints: receipt},
			{Receipt, Gnark}:     {figConstraints: 1},
		}).Ratios()
	}
	for _, ratio := range at(4, 0.7, 0.6, 10) {
		if !ratio.Met || ratio.Missing != "" {
			t.Errorf("%+v", ratio)
		}
	}
	for _, ratio := range at(3.9, 0.71, 0.61, 9.9) {
		if ratio.Met || ratio.Missing != "" {
			t.Errorf("%+v", ratio)
		}
	}
}

func TestTable_HasALineForEveryPeer(t *testing.T) {
	r := made(map[Peer]map[string]float64{{Document, Genproof}: {figProve: 1.234, figVerify: 0.0015, figMemory: 5e8}})
	table := r.Table()
	if len(table) != 1+len(All()) {
		t.Fatalf("%d lines", len(table))
	}
	at := func(title string) int { return slices.Index(table[0], title) }
	for _, line := range table[1:] {
		if len(line) != len(table[0]) {
			t.Errorf("%d cells under %d titles: %v", len(line), len(table[0]), line)
		}
		if line[0] == "document/12" && line[1] == Genproof {
			if line[at("prove s")] != "1.23" || line[at("verify ms")] != "1.5" || line[at("memory MB")] != "500" || line[at("gas")] != "-" {
				t.Errorf("%v", line)
			}
		}
	}
	var b bytes.Buffer
	if err := r.WriteCSV(&b); err != nil || strings.Count(b.String(), "\n") != 4 || !strings.Contains(b.String(), "document/12,genproof,prove,,1.234,0,1,\n") {
		t.Errorf("%v: %s", err, &b)
	}
}

func TestSnarkjsCall_RefusesWhatIsNoNumber(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("proof.json", `{"pi_a":["1","2","1"],"pi_b":[["3","4"],["5","6"],["1","0"]],"pi_c":["7","8","1"]}`)
	write("public.json", `["9","10"]`)
	call, wrong, err := snarkjsCall(dir)
	if err != nil || len(call) != 4+10*32 || bytes.Equal(call, wrong) {
		t.Fatalf("%v: %d bytes", err, len(call))
	}
	for i, want := range []byte{1, 2, 4, 3, 6, 5, 7, 8, 9, 10} { // the EVM's order: imaginary parts first
		if got := call[4+32*i+31]; got != want {
			t.Errorf("word %d is %d, want %d", i, got, want)
		}
	}
	for _, bad := range []string{`["-1"]`, `["0x1"]`, `["` + strings.Repeat("9", 90) + `"]`, `[1]`, ``} {
		write("public.json", bad)
		if _, _, err := snarkjsCall(dir); err == nil {
			t.Errorf("%s is accepted", bad)
		}
	}
}
