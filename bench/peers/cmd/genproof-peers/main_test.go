package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bench/peers"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/console/consoletest"
)

// measurer is this program.
var measurer = consoletest.Program{Name: "genproof-peers", Main: run}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPeers_RefusesBeforeItMeasures(t *testing.T) {
	dir := t.TempDir()
	for about, args := range map[string][]string{
		"there is no peer": {"--only", "abacus"},
		"--blocks is 13":   {"--blocks", "13"},
		"--blocks is 0":    {"--blocks", "0"},
		"go up to":         {"--repetitions", "0"},
		"got 1 operands":   {"x"},
		"--warmup and":     {"--warmup", "-1"},
	} {
		measurer.Complains(t, about, append([]string{"run", "--cache", filepath.Join(dir, "cache"), "--out", filepath.Join(dir, "run.json")}, args...)...)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("something is written: %v, %v", entries, err)
	}
}

func TestPeers_ContinuesOnlyItsOwnRun(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "run.json")
	args := []string{"run", "--cache", filepath.Join(dir, "cache"), "--only", "receipt/gnark", "--out", file}
	if err := record.Write(file, &record.Run{Format: record.Format, Tasks: []string{}}); err != nil {
		t.Fatal(err)
	}
	measurer.Complains(t, "name another file with --out", args...)
	write(t, file, "{}")
	measurer.Complains(t, "not a benchmark run", args...)
}

func TestSayPeers_TellsWhatIsMissing(t *testing.T) {
	var out strings.Builder
	p := &program{console.Console{Stdout: &out}}
	row := peers.Row{Peer: peers.Peer{Statement: peers.Receipt, Tool: peers.Snarkjs}, Subject: "receipt", Missing: "node is not installed"}
	report := &peers.Report{Run: new(record.Run), Rows: []peers.Row{row}}
	p.sayPeers(report)
	for _, want := range []string{"receipt/circom: node is not installed\n", "no figures of cid/gnark", "at least 4"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in:\n%s", want, &out)
		}
	}
	if err := failedPeers(report); err != nil {
		t.Errorf("a tool that is not installed is an error: %v", err)
	}
	report.Rows[0].Missing, report.Rows[0].Failed = "", "the proof is refused"
	if err := failedPeers(report); err == nil || !strings.Contains(err.Error(), "receipt/circom") {
		t.Errorf("a failure is none: %v", err)
	}
}

func TestPeers_WritesOneForm(t *testing.T) {
	r := measurer.Call("", "run", "--csv", "--json")
	if !strings.Contains(r.Stderr, "--json and --csv exclude each other") || r.Stdout != "" {
		t.Errorf("stdout %q, stderr %q", r.Stdout, r.Stderr)
	}
}
