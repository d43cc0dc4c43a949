package runner

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/bench/measure"
	"github.com/genproof/genproof/bench/record"
)

func init() { look = 10 * time.Millisecond }

func settings() record.Settings {
	return record.Settings{Subjects: []string{"root/small", "poseidon/4", "sha256/2"}, Backends: []string{"groth16"},
		Cores: []int{1, 2}, Batches: []int{1, 3}, Repetitions: 2, Budget: 1, Seed: "s"}
}

func namesOf(t *testing.T, s record.Settings) (names []string) {
	t.Helper()
	tasks, err := Plan(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range tasks {
		names = append(names, task.Name())
	}
	return names
}

func TestPlan_OrdersTasks(t *testing.T) {
	want := []string{
		"unit sha256  on 2 cores",
		"compile root/small groth16 on 2 cores", "setup root/small groth16 on 2 cores", "load root/small groth16 on 2 cores",
		"prove root/small groth16 on 1 cores", "prove root/small groth16 on 2 cores", "parts root/small groth16 on 2 cores",
		"compile poseidon/4 groth16 on 2 cores", "setup poseidon/4 groth16 on 2 cores",
		"prove poseidon/4 groth16 on 1 cores", "prove poseidon/4 groth16 on 2 cores", "parts poseidon/4 groth16 on 2 cores",
		"compile sha256/2 groth16 on 2 cores", "setup sha256/2 groth16 on 2 cores",
		"prove sha256/2 groth16 on 1 cores", "prove sha256/2 groth16 on 2 cores", "parts sha256/2 groth16 on 2 cores",
		"batch root/small groth16 on 2 cores",
	}
	if got := namesOf(t, settings()); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestPlan_ProvesWhatTheBackendDoes(t *testing.T) {
	s := settings()
	s.Backends = []string{"plonk"}
	want := []string{
		"unit sha256  on 2 cores",
		"compile root/small plonk on 2 cores", "setup root/small plonk on 2 cores", "load root/small plonk on 2 cores",
		"prove root/small plonk on 1 cores", "prove root/small plonk on 2 cores", "parts root/small plonk on 2 cores",
		"compile poseidon/4 plonk on 2 cores", "compile sha256/2 plonk on 2 cores",
	}
	if got := namesOf(t, s); !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestPlan_MintsWhatCanBeMinted(t *testing.T) {
	s := settings()
	s.Subjects = []string{"all"}
	if names := namesOf(t, s); names[len(names)-1] != "batch cid/small groth16 on 2 cores" {
		t.Errorf("%q", names[len(names)-1])
	}
	s.Batches = nil
	if names := namesOf(t, s); strings.HasPrefix(names[len(names)-1], "batch") {
		t.Error("no batches are asked for")
	}
	s.Subjects, s.Batches = []string{"receipt"}, []int{1}
	if names := namesOf(t, s); strings.HasPrefix(names[len(names)-1], "batch") {
		t.Error("a gadget has no tokens")
	}
	s.Subjects = []string{"nothing"}
	if _, err := Plan(s); err == nil {
		t.Error("an unknown subject is planned")
	}
}

func TestSettings_NameTheirTasksOnce(t *testing.T) {
	for _, s := range []record.Settings{Quick([]int{1, 2}), Whole([]int{1, 2, 4})} {
		names := namesOf(t, s)
		if sorted := slices.Sorted(slices.Values(names)); len(slices.Compact(sorted)) != len(names) {
			t.Errorf("a task is there twice: %q", names)
		}
	}
}

// recorder does tasks at once, until it has done enough.
type recorder struct {
	done  []string
	until int
}

var errStopped = errors.New("stopped")

func (r *recorder) do(_ context.Context, t measure.Task) (*measure.Result, error) {
	if len(r.done) == r.until {
		return nil, errStopped
	}
	r.done = append(r.done, t.Name())
	m := record.Timed("figure of "+t.Kind, "s", []float64{float64(len(r.done))})
	m.Subject, m.Cores = t.Subject, t.Cores
	return &measure.Result{Measurements: []record.Measurement{m}}, nil
}

func TestRun_ContinuesWhereItStopped(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.json")
	s := settings()
	r, err := Begin(path, &s)
	if err != nil {
		t.Fatal(err)
	}
	all := namesOf(t, s)
	first := &recorder{until: 5}
	if err := Run(t.Context(), r, Options{Path: path, do: first.do}); !errors.Is(err, errStopped) {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + ".work"); err != nil {
		t.Errorf("the gadgets' keys are lost: %v", err)
	}
	again, err := Begin(path, nil) // with the file's own settings
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.Tasks, all[:5]) || len(again.Measurements) != 5 {
		t.Fatalf("%q are kept", again.Tasks)
	}
	second := &recorder{until: 100}
	var shown []string
	if err := Run(t.Context(), again, Options{Path: path, do: second.do, Progress: func(done, total int, task string) {
		shown = append(shown, fmt.Sprintf("%d/%d %s", done, total, task))
	}}); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(second.done, all[5:]) || shown[0] != fmt.Sprintf("5/%d %s", len(all), all[5]) {
		t.Errorf("done %q, shown %q", second.done, shown)
	}
	whole, err := record.Read(path)
	if err != nil || !slices.Equal(whole.Tasks, all) || whole.Measurements[0].Median != 1 {
		t.Errorf("%v, %v", whole, err)
	}
	if _, err := os.Stat(path + ".work"); err == nil {
		t.Error("the gadgets' keys are left")
	}
}

func TestBegin_RefusesAnotherRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.json")
	if _, err := Begin(path, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no run is continued: %v", err)
	}
	s := settings()
	r, err := Begin(path, &s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(path, &s); err != nil {
		t.Errorf("the same: %v", err)
	}
	other := settings()
	other.Seed = "another"
	if _, err := Begin(path, &other); !errors.Is(err, ErrOther) {
		t.Errorf("other settings: %v", err)
	}
	for name, change := range map[string]func(*record.Run){
		"another machine": func(r *record.Run) { r.Machine.CPU = "another" },
		"another program": func(r *record.Run) { r.Software.Binary, r.Software.Commit = "00", "" },
	} {
		changed := *r
		change(&changed)
		if err := record.Write(path, &changed); err != nil {
			t.Fatal(err)
		}
		if _, err := Begin(path, &s); !errors.Is(err, ErrOther) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := os.WriteFile(path, []byte("not a run\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Begin(path, &s); err == nil {
		t.Error("a file that is not a run is replaced")
	}
}

func TestRun_KeepsNothingOfATaskThatContradicts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "run.json")
	s := settings()
	r, err := Begin(path, &s)
	if err != nil {
		t.Fatal(err)
	}
	n := 0.0
	err = Run(t.Context(), r, Options{Path: path, do: func(context.Context, measure.Task) (*measure.Result, error) {
		n++
		return &measure.Result{Measurements: []record.Measurement{record.Exact("constraints", "constraints", n)}}, nil
	}})
	if err == nil || len(r.Tasks) != 1 {
		t.Errorf("%v: %q", err, r.Tasks)
	}
}

func TestServe_RefusesWhatIsNoTask(t *testing.T) {
	for _, bad := range []string{"", "x", `{"kind":"compile","subject":"nothing","backend":"groth16"}`, `{"kind":"compile","subject":"poseidon/4","backend":"none"}`,
		`{"kind":"none","subject":"poseidon/4","backend":"groth16"}`, `{"kind":"unit","subject":"none"}`, `{"kind":"compile","subject":"all","backend":"groth16"}`} {
		if _, err := Serve(t.Context(), []byte(bad)); err == nil {
			t.Errorf("%.50q is done", bad)
		}
	}
}

func TestCores_EndWithAll(t *testing.T) {
	list := Cores()
	if list[0] != 1 || !slices.IsSorted(list) || len(slices.Compact(slices.Clone(list))) != len(list) {
		t.Errorf("%v", list)
	}
}
