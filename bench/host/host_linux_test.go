package host

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestBusyTime_LeavesOutIdleAndWaiting(t *testing.T) {
	if d, ok := busyTime("cpu  10 20 30 4000 500 6 7 8 0 0"); !ok || d != 81*10*time.Millisecond {
		t.Errorf("%v, %v", d, ok)
	}
	for _, bad := range []string{"", "cpu0 1 2 3 4 5 6 7 8", "cpu 1 2 3", "cpu 1 2 3 4 5 6 7 x"} {
		if _, ok := busyTime(bad); ok {
			t.Errorf("%q is read", bad)
		}
	}
}

func TestKibibytes_ReadsTheKernelsForm(t *testing.T) {
	for s, want := range map[string]uint64{"123 kB": 125952, "": 0, "12 MB": 0, "-1 kB": 0} {
		if got := kibibytes(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

func TestProcessor_TellsModelsApart(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	x86 := write("x86", "processor\t: 0\ncpu family\t: 6\nmodel\t\t: 207\nmodel name\t: Intel(R) Xeon(R) Processor\nstepping\t: 2\ncpu MHz\t\t: 2100.000\n")
	arm := write("arm", "processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\nCPU revision\t: 1\n")
	for file, want := range map[string]string{
		x86: "Intel(R) Xeon(R) Processor (family 6, model 207, stepping 2)", arm: "(implementer 0x41, part 0xd0c, revision 1)", filepath.Join(dir, "none"): "",
	} {
		if got := processor(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
	none := filepath.Join(dir, "none")
	if a, b, c := clock(write("max", "3500000\n"), x86), clock(none, x86), clock(none, arm); a != 3500 || b != 2100 || c != 0 {
		t.Errorf("%v, %v, %v MHz", a, b, c)
	}
}

func TestDescribe_KnowsLinux(t *testing.T) {
	m := Describe()
	if m.OS != "linux" || m.Kernel == "" || m.Memory < 1<<28 || m.Cores != runtime.NumCPU() {
		t.Errorf("%+v", m)
	}
	if Peak() < 1<<20 || Used() <= 0 {
		t.Errorf("peak %d, used %v", Peak(), Used())
	}
	if s := Software(); s.Go != runtime.Version() || len(s.Binary) != 64 {
		t.Errorf("%+v", s)
	}
}

// TestOnCores_TheChildHasSoMany asks nproc, which counts what sched_getaffinity gives.
func TestOnCores_TheChildHasSoMany(t *testing.T) {
	cmd := exec.Command("nproc")
	cmd.Env = []string{"PATH=/usr/bin:/bin"}
	var out strings.Builder
	cmd.Stdout = &out
	if err := OnCores(1, cmd.Start); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil || strings.TrimSpace(out.String()) != "1" {
		t.Errorf("%q, %v", out.String(), err)
	}
	again, err := exec.Command("nproc").Output()
	if err != nil || strings.TrimSpace(string(again)) == "1" && runtime.NumCPU() > 1 {
		t.Errorf("afterwards %q, %v", again, err)
	}
}

// TestWatch_TakesOwnWorkOff: had the machine worked a second more since the start, others
// would have; had it been we, not.
func TestWatch_TakesOwnWorkOff(t *testing.T) {
	w := StartWatch()
	time.Sleep(200 * time.Millisecond)
	theirs, ours, told := *w, *w, *w
	theirs.all -= time.Second
	ours.all, ours.own = ours.all-time.Second, ours.own-time.Second
	told.all -= time.Second
	before, known := w.Others(0)
	if !known {
		t.Fatal("Linux tells how busy it is")
	}
	whole, _ := theirs.Others(0)
	rest, _ := ours.Others(0)
	child, _ := told.Others(time.Second)
	if elapsed := time.Since(w.start).Seconds(); whole < before+0.5/elapsed || rest > before+0.5/elapsed || child > before+0.5/elapsed {
		t.Errorf("others %v; with a second of theirs %v, of ours %v, of a child's %v", before, whole, rest, child)
	}
}
