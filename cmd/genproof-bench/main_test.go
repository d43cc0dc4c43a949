package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bench/measure"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/console/consoletest"
)

// bench is this program.
var bench = consoletest.Program{Name: "genproof-bench", Main: run}

// TestMain lets a test be the program too: it starts itself again for each measurement.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == taskName {
		os.Exit(run(os.Args, os.Stdin, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

func read(t *testing.T, path ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

const sampleRun = "../../bench/report/testdata/run.json"

func TestBench_RefusesBadSettings(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run.json")
	for about, args := range map[string][]string{
		"nothing to measure":     {"cid/tiny"},
		"no backend":             {"--backends", "groth16,stark"},
		"--cores has \"0\"":      {"--cores", "0"},
		"--cores has \"100000\"": {"--cores", "1,100000"},
		"--cores has \"none\"":   {"--cores", "none"},
		"--batches has \"x\"":    {"--batches", "1,x"},
		"--batches has \"101\"":  {"--batches", "101"},
		"repetitions are 1":      {"--repetitions", "0"},
		"warm-ups 0":             {"--warmup", "-1"},
		"budget is 0":            {"--budget", "NaN"},
		"seed has at most":       {"--seed", strings.Repeat("x", 101)},
	} {
		bench.Complains(t, about, append([]string{"run", "--out", out}, args...)...)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused run has begun")
	}
}

func TestBench_ContinuesItsOwnRunsOnly(t *testing.T) {
	for about, args := range map[string][]string{
		"its settings in its file": {sampleRun, "--quick"},
		"settings in its file":     {sampleRun, "root/small"},
		"cannot be continued":      {sampleRun}, // begun by another program
		"no such file":             {"nothing.json"},
		"not a benchmark run":         {"main_test.go"},
	} {
		bench.Complains(t, about, append([]string{"run", "--resume"}, args...)...)
	}
}

// TestBench_MeasuresAGadget goes through processes: TestMain makes the test a program.
func TestBench_MeasuresAGadget(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run.json")
	args := []string{"run", "poseidon/4", "--out", out, "--repetitions", "1", "--warmup", "0", "--cores", "1", "--backends", "groth16", "--keys", filepath.Join(t.TempDir(), "keys")}
	first := bench.Succeed(t, args...)
	if !strings.Contains(first.Stdout, "poseidon/4") || !strings.Contains(first.Stdout, "265") {
		t.Errorf("the figures are not shown: %s", first.Stdout)
	}
	r, err := record.Read(out)
	if err != nil {
		t.Fatal(err)
	}
	find := func(k record.Key) float64 {
		k.Subject, k.Backend = "poseidon/4", "groth16"
		if m := r.Find(k); m != nil {
			return m.Median
		}
		return 0
	}
	if find(record.Key{Name: "constraints", Unit: "constraints"}) != 265 || find(record.Key{Name: "prove", Unit: "s", Cores: 1}) <= 0 {
		t.Errorf("%+v", r.Measurements)
	}
	if memory := find(record.Key{Name: "prove memory", Unit: "bytes", Cores: 1}); memory != 0 && (memory < 5<<20 || memory > 4<<30) {
		t.Errorf("%v bytes of memory", memory)
	}
	before := read(t, out)
	again := consoletest.Decode[record.Run](t, bench.Succeed(t, append(args, "--json")...)) // finished already
	if len(again.Tasks) != 4 || string(read(t, out)) != string(before) {
		t.Errorf("a finished run goes on: %q", again.Tasks)
	}
	bench.Complains(t, "other settings", append(args, "--seed", "x")...)
}

func TestBench_TaskIsForItselfAlone(t *testing.T) {
	if r := bench.Call("nonsense", "task"); r.Code != console.ExitTrouble || r.Stdout != "" || !strings.Contains(r.Stderr, "for `genproof-bench run` alone") {
		t.Errorf("%+v", r)
	}
	r := bench.Call(`{"kind":"unit","subject":"sha256","cores":1}`, "task")
	var result measure.Result
	if err := json.Unmarshal([]byte(r.Stdout), &result); err != nil || len(result.Measurements) != 1 || result.Measurements[0].Median != 15472 {
		t.Errorf("%+v, %v", r, err)
	}
	if help := bench.Call("", "run", "--help"); strings.Contains(help.Stdout, "for run itself") {
		t.Error("the hidden verb is shown")
	}
}

// twoRuns are the sample, and it with a figure changed and one left out.
func twoRuns(t *testing.T) (a, b string) {
	t.Helper()
	r, err := record.Read(sampleRun)
	if err != nil {
		t.Fatal(err)
	}
	for i, m := range r.Measurements {
		if m.Name == "constraints" && m.Subject == "root/small" {
			changed := record.Exact(m.Name, m.Unit, m.Median-7)
			changed.Subject, changed.Backend = m.Subject, m.Backend
			r.Measurements[i] = changed
		}
	}
	r.Measurements = r.Measurements[1:]
	b = filepath.Join(t.TempDir(), "b.json")
	if err := record.Write(b, r); err != nil {
		t.Fatal(err)
	}
	return sampleRun, b
}

func TestBenchCompare_ShowsBoth(t *testing.T) {
	a, b := twoRuns(t)
	r := consoletest.Decode[compareReport](t, bench.Succeed(t, "compare", a, b, "--json"))
	verdicts := map[string]int{}
	for _, row := range r.Rows {
		verdicts[string(row.Verdict)]++
		if row.Verdict == "less" && (row.Name != "constraints" || *row.A != 16307 || *row.B != 16300) {
			t.Errorf("%+v", row)
		}
	}
	if verdicts["less"] != 1 || verdicts["only-a"] != 1 || verdicts["more"] != 0 || verdicts["same"] < 10 {
		t.Errorf("%v", verdicts)
	}
	shown := bench.Succeed(t, "compare", a, b)
	if !strings.Contains(shown.Stdout, "1 less, 0 more") || !strings.Contains(shown.Stdout, "Mann-Whitney") || !strings.Contains(shown.Stderr, "busy") {
		t.Errorf("%s\n%s", shown.Stdout, shown.Stderr)
	}
	rows, err := csv.NewReader(strings.NewReader(bench.Succeed(t, "compare", a, b, "--csv").Stdout)).ReadAll()
	if err != nil || len(rows) != len(r.Rows)+1 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if r := bench.Call("", "compare", a, b, "--csv", "--json"); r.Stdout != "" || !strings.Contains(r.Stderr, "two forms") {
		t.Errorf("%+v", r)
	}
	bench.Complains(t, "operands", "compare", a)
	bench.Complains(t, "not a benchmark run", "compare", a, "main_test.go")
}

func TestBenchReport_WritesAPage(t *testing.T) {
	dir := t.TempDir()
	page, pictures := filepath.Join(dir, "report.html"), filepath.Join(dir, "svg")
	for range 2 { // a page is replaced
		r := consoletest.Decode[pageReport](t, bench.Succeed(t, "report", sampleRun, "--out", page, "--svg", pictures, "--json"))
		if r.Page != page || len(r.Pictures) != 5 {
			t.Errorf("%+v", r)
		}
		for _, file := range r.Pictures {
			if data := read(t, file); !strings.HasPrefix(string(data), "<svg ") {
				t.Errorf("%s: %.40q", file, data)
			}
		}
	}
	if data := read(t, page); !isHTML(page) || strings.Count(string(data), "<svg ") != 5 {
		t.Errorf("%.80q", data)
	}
	write(t, filepath.Join(dir, "other.html"), "my notes")
	bench.Complains(t, "is not an HTML page", "report", sampleRun, "--out", filepath.Join(dir, "other.html"))
	bench.Complains(t, "no such file", "report", "nothing.json", "--out", filepath.Join(dir, "none.html"))
	if _, err := os.Stat(filepath.Join(dir, "none.html")); err == nil {
		t.Error("a failed run leaves a page")
	}
}

func TestPeers_AreAnotherProgram(t *testing.T) {
	bench.Complains(t, "go run ./cmd/genproof-peers", "peers", "--install")
}

func TestTable_WritesOneRunInOtherForms(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(bench.Succeed(t, "table", sampleRun).Stdout)).ReadAll()
	r, readErr := record.Read(sampleRun)
	if err != nil || readErr != nil || len(rows) != len(r.Measurements)+1 {
		t.Errorf("%d rows, %v, %v", len(rows), err, readErr)
	}
	if tex := bench.Succeed(t, "table", sampleRun, "--tex").Stdout; !strings.Contains(tex, "\\begin{tabular}") || !strings.Contains(tex, "112240") {
		t.Error(tex)
	}
	bench.Complains(t, "name one", "table", sampleRun, "--tex", "--csv")
	if r := bench.Call("", "table", sampleRun, "--json"); r.Code != console.ExitTrouble || r.Stdout != "" || !strings.Contains(r.Stderr, "JSON already") {
		t.Errorf("%+v", r)
	}
	bench.Complains(t, "not a benchmark run", "table", "main_test.go")
}
