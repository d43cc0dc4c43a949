package circuits_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

const (
	consumer = "testdata/consumer"
	output   = "rows: 18225\nproof accepted: true\naccepted for another digest: false\n"
)

// TestConsumer_ProvesAndVerifies runs a program of another module that imports the gadgets.
// It works on a copy, so that the go command may complete go.mod, and takes hashes and
// modules from this one's: nothing is fetched.
func TestConsumer_ProvesAndVerifies(t *testing.T) {
	folder, repository := t.TempDir(), absolute(t, "..")
	for from, to := range map[string]string{
		consumer + "/main.go": "main.go", consumer + "/go.mod": "go.mod", "../go.sum": "go.sum",
	} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, to), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command(t, folder, "mod", "edit", "-replace", "github.com/genproof/genproof="+repository)
	if got := command(t, folder, "run", "."); got != output {
		t.Errorf("the program writes\n%swant\n%s", got, output)
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// command runs go offline and returns what it writes to stdout.
func command(t *testing.T, folder string, args ...string) string {
	t.Helper()
	c := exec.Command("go", args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off", "GOPROXY=off")
	out, err := c.Output()
	if err != nil {
		message := ""
		if exit, ok := err.(*exec.ExitError); ok {
			message = string(exit.Stderr)
		}
		t.Fatalf("go %v: %v\n%s", args, err, message)
	}
	return string(out)
}
