package record

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func sample() *Run {
	others := 0.25
	m := Timed("prove", "s", []float64{0.5, 0.25, 0.75})
	m.Subject, m.Backend, m.Cores, m.Others = "cid/small", "groth16", 2, &others
	c := Exact("constraints", "constraints", 112240)
	c.Subject, c.Backend, c.Note = "cid/small", "groth16", "a < b & \"c\""
	return &Run{
		Format: Format, Started: time.Date(2026, 4, 2, 10, 0, 0, 0, time.UTC),
		Machine:      Machine{"linux", "6.1", "amd64", "a processor", 2, 1 << 33, 2100},
		Software:     Software{Commit: "abc", Binary: "0102", Go: "go1.26"},
		Settings:     Settings{Subjects: []string{"cid/small"}, Backends: []string{"groth16"}, Cores: []int{1, 2}, Batches: []int{1}, Repetitions: 3, Seed: "s"},
		Tasks:        []string{"prove cid/small"},
		Circuits:     []Circuit{{"cid/small", "groth16", "00ff"}},
		Measurements: []Measurement{m, c},
		Profiles:     []Profile{{"cid/small", "groth16", Node{"all", 3, []Node{{"a", 1, nil}, {"b", 2, nil}}}}},
	}
}

func encoded(t *testing.T, r *Run) []byte {
	t.Helper()
	b, err := Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestRun_ComesBackAsItWas(t *testing.T) {
	b := encoded(t, sample())
	r, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(r, sample()) {
		t.Errorf("got %+v", r)
	}
	if r.Measurements[0].Median != 0.5 || r.Measurements[0].Spread != 0.25 {
		t.Errorf("median %v, spread %v", r.Measurements[0].Median, r.Measurements[0].Spread)
	}
}

func TestDecode_RefusesWhatWasNotWritten(t *testing.T) {
	good := string(encoded(t, sample()))
	for name, bad := range map[string]string{
		"nothing":           "",
		"other JSON":        "{}",
		"a later version":   strings.Replace(good, Format, "genproof-bench/2", 1),
		"trailing text":     good + "x",
		"no last newline":   strings.TrimSuffix(good, "\n"),
		"unknown field":     strings.Replace(good, `"tasks"`, `"jobs": 1, "tasks"`, 1),
		"a field twice":     strings.Replace(good, `"format"`, `"format": "x", "format"`, 1),
		"another median":    strings.Replace(good, `"median": 0.5`, `"median": 0.4`, 1),
		"another spread":    strings.Replace(good, `"spread": 0.25`, `"spread": 0.2`, 1),
		"too many bytes":    good + strings.Repeat(" ", MaxBytes),
		"deep nesting":      strings.Repeat("[", 1<<20),
		"parts that do not": strings.Replace(good, `"constraints": 2`, `"constraints": 3`, 1),
	} {
		if bad == good {
			t.Fatalf("%s: nothing was changed", name)
		}
		if _, err := Decode([]byte(bad)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}

func TestDecode_LooksAtTheLengthFirst(t *testing.T) {
	if _, err := Decode(bytes.Repeat([]byte{' '}, MaxBytes+1)); err == nil || !strings.Contains(err.Error(), "more than 16777216 bytes") {
		t.Errorf("%v", err)
	}
}

func TestDecode_RefusesFiguresThatAreNone(t *testing.T) {
	for name, change := range map[string]func(*Run){
		"twice":              func(r *Run) { r.Measurements = append(r.Measurements, r.Measurements[1]) },
		"no samples":         func(r *Run) { r.Measurements[0].Samples = nil },
		"negative":           func(r *Run) { r.Measurements[1] = Exact("constraints", "constraints", -1) },
		"exact, but several": func(r *Run) { r.Measurements[0].Exact = true },
		"negative part": func(r *Run) {
			r.Profiles[0].Tree.Children = []Node{{"a", -1, nil}, {"b", 4, nil}}
		},
		"a deep tree": func(r *Run) {
			n := Node{Name: "leaf"}
			for range maxDepth {
				n = Node{Name: "x", Children: []Node{n}}
			}
			r.Profiles[0].Tree = n
		},
	} {
		r := sample()
		if change(r); true {
			if _, err := Decode(encoded(t, r)); err == nil {
				t.Errorf("%s is taken", name)
			}
		}
	}
}

func TestWrite_ReplacesWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.json")
	r := sample()
	for range 2 {
		if err := Write(path, r); err != nil {
			t.Fatal(err)
		}
		got, err := Read(path)
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Fatalf("%v, %v", got, err)
		}
		r.Tasks = append(r.Tasks, "another")
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("%d files are left", len(entries))
	}
	if err := Write(filepath.Join(path, "no", "folder"), r); err == nil {
		t.Error("no folder, no error")
	}
	if _, err := Read(filepath.Dir(path)); err == nil {
		t.Error("a folder is read")
	}
	if err := os.WriteFile(path, bytes.Repeat([]byte{' '}, MaxBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err == nil {
		t.Error("a huge file is read")
	}
}

func TestAdd_TakesATaskOrNothing(t *testing.T) {
	r := sample()
	m := Exact("proof size", "bytes", 256)
	if err := r.Add("size", []Measurement{m}, r.Circuits, nil); err != nil || len(r.Tasks) != 2 || len(r.Measurements) != 3 || len(r.Circuits) != 1 {
		t.Fatalf("%v: %+v", err, r)
	}
	if err := r.Add("again", []Measurement{m}, nil, nil); err != nil || len(r.Tasks) != 3 || len(r.Measurements) != 3 {
		t.Errorf("%v: an exact figure is found again: %+v", err, r)
	}
	for _, other := range []Measurement{Exact("proof size", "bytes", 257), r.Measurements[0]} {
		if err := r.Add("other", []Measurement{other}, nil, nil); err == nil || len(r.Tasks) != 3 || len(r.Measurements) != 3 {
			t.Errorf("%v: a figure has two values: %+v", err, r)
		}
	}
	if r.Find(m.Key()) == nil || r.Find(Key{Subject: "none"}) != nil {
		t.Error("figures are not found by their key")
	}
}

func TestContinues_OnTheSameMachineAndProgramOnly(t *testing.T) {
	for name, c := range map[string]struct {
		change func(begun *Run, m *Machine, s *Software)
		want   string // in the refusal, nothing if there is none
	}{
		"the same":                  {func(*Run, *Machine, *Software) {}, ""},
		"another clock":             {func(_ *Run, m *Machine, _ *Software) { m.MHz++ }, ""},
		"other cores":               {func(_ *Run, m *Machine, _ *Software) { m.Cores = 4 }, `cores was "2", is "4"`},
		"other processor":           {func(_ *Run, m *Machine, _ *Software) { m.CPU = "x" }, "cpu"},
		"other memory":              {func(_ *Run, m *Machine, _ *Software) { m.Memory++ }, "memory"},
		"other commit":              {func(_ *Run, _ *Machine, s *Software) { s.Commit = "abd" }, "commit"},
		"other gnark":               {func(_ *Run, _ *Machine, s *Software) { s.Gnark = "v9" }, "gnark"},
		"built again":               {func(_ *Run, _ *Machine, s *Software) { s.Binary = "ff" }, ""},
		"modified":                  {func(_ *Run, _ *Machine, s *Software) { s.Modified = true }, "modified"},
		"modified, the same binary": {func(r *Run, _ *Machine, s *Software) { r.Software.Modified, s.Modified = true, true }, ""},
		"modified, another binary": {func(r *Run, _ *Machine, s *Software) {
			r.Software.Modified, s.Modified, s.Binary = true, true, "ff"
		}, "binary"},
		"unknown commit, another binary": {func(r *Run, _ *Machine, s *Software) {
			r.Software.Commit, s.Commit, s.Binary = "", "", "ff"
		}, "binary"},
	} {
		r := sample()
		m, s := r.Machine, r.Software
		c.change(r, &m, &s)
		err := r.Continues(m, s)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
