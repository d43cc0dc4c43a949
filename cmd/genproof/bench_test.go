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
)

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
		complains(t, exitTrouble, about, append([]string{"bench", "--out", out}, args...)...)
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
		"no benchmark run":         {"bench_test.go"},
	} {
		complains(t, exitTrouble, about, append([]string{"bench", "--resume"}, args...)...)
	}
}

// TestBench_MeasuresAGadget goes through processes: TestMain makes the test a program.
func TestBench_MeasuresAGadget(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run.json")
	args := []string{"bench", "run", "poseidon/4", "--out", out, "--repetitions", "1", "--warmup", "0", "--cores", "1", "--backends", "groth16", "--keys", filepath.Join(t.TempDir(), "keys")}
	first := succeed(t, args...)
	if !strings.Contains(first.stdout, "poseidon/4") || !strings.Contains(first.stdout, "265") {
		t.Errorf("the figures are not shown: %s", first.stdout)
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
	again := decode[record.Run](t, succeed(t, append(args, "--json")...)) // finished already
	if len(again.Tasks) != 4 || string(read(t, out)) != string(before) {
		t.Errorf("a finished run goes on: %q", again.Tasks)
	}
	complains(t, exitTrouble, "other settings", append(args, "--seed", "x")...)
}

func TestBench_TaskIsForItselfAlone(t *testing.T) {
	if r := call("nonsense", "bench", "task"); r.code != exitTrouble || r.stdout != "" || !strings.Contains(r.stderr, "for `genproof bench` alone") {
		t.Errorf("%+v", r)
	}
	r := call(`{"kind":"unit","subject":"sha256","cores":1}`, "bench", "task")
	var result measure.Result
	if err := json.Unmarshal([]byte(r.stdout), &result); err != nil || len(result.Measurements) != 1 || result.Measurements[0].Median != 15472 {
		t.Errorf("%+v, %v", r, err)
	}
	if help := call("", "bench", "--help"); strings.Contains(help.stderr, "for bench itself") {
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
	r := decode[compareReport](t, succeed(t, "bench", "compare", a, b, "--json"))
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
	shown := succeed(t, "bench", "compare", a, b)
	if !strings.Contains(shown.stdout, "1 less, 0 more") || !strings.Contains(shown.stdout, "Mann-Whitney") || !strings.Contains(shown.stderr, "busy") {
		t.Errorf("%s\n%s", shown.stdout, shown.stderr)
	}
	rows, err := csv.NewReader(strings.NewReader(succeed(t, "bench", "compare", a, b, "--csv").stdout)).ReadAll()
	if err != nil || len(rows) != len(r.Rows)+1 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
	if r := expect(t, exitTrouble, "bench", "compare", a, b, "--csv", "--json"); r.stdout != "" || !strings.Contains(r.stderr, "two forms") {
		t.Errorf("%+v", r)
	}
	complains(t, exitTrouble, "operands", "bench", "compare", a)
	complains(t, exitTrouble, "no benchmark run", "bench", "compare", a, "bench_test.go")
}

func TestBenchReport_WritesAPage(t *testing.T) {
	dir := t.TempDir()
	page, pictures := filepath.Join(dir, "report.html"), filepath.Join(dir, "svg")
	for range 2 { // a page is replaced
		r := decode[pageReport](t, succeed(t, "bench", "report", sampleRun, "--out", page, "--svg", pictures, "--json"))
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
	complains(t, exitTrouble, "is no HTML page", "bench", "report", sampleRun, "--out", filepath.Join(dir, "other.html"))
	complains(t, exitTrouble, "no such file", "bench", "report", "nothing.json", "--out", filepath.Join(dir, "none.html"))
	if _, err := os.Stat(filepath.Join(dir, "none.html")); err == nil {
		t.Error("a failed run leaves a page")
	}
}
