package genproof

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestReadme_ExampleRuns runs the worked example as it stands: the first line in the
// repository, the others in an empty folder, with an empty key store.
func TestReadme_ExampleRuns(t *testing.T) {
	_, rest, found := strings.Cut(read(t, "README.md"), "```sh example\n")
	if !found {
		t.Fatal("README.md has no worked example")
	}
	example, _, _ := strings.Cut(rest, "```")
	install, session, _ := strings.Cut(example, "\n")

	bin, folder := t.TempDir(), t.TempDir()
	shell := exec.Command("sh", "-e", "-u", "-x", "-c", install+"\ncd \"$FOLDER\"\n"+session)
	shell.Env = append(os.Environ(), "GOBIN="+bin, "FOLDER="+folder, "XDG_CACHE_HOME="+t.TempDir(), // macOS has no XDG
		"GOCACHE="+goEnv(t, "GOCACHE"), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := strings.Count(string(out), "accepted: 3 of 3 tokens"); got != 2 {
		t.Errorf("%d of the example's two verifications accept:\n%s", got, out)
	}
}

func goEnv(t *testing.T, name string) string {
	t.Helper()
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

// TestReadme_CommandsAreCIs: what the README promises is what decides a landing.
func TestReadme_CommandsAreCIs(t *testing.T) {
	readme, ci := read(t, "README.md"), read(t, ".ci/run")
	for _, command := range []string{"go run ./cmd/genproof demo", "go test ./..."} {
		line := regexp.MustCompile(`(?m)^\s*` + regexp.QuoteMeta(command) + `(\s|$)`)
		if !line.MatchString(readme) || !line.MatchString(ci) {
			t.Errorf("%q is not a command of both README.md and .ci/run", command)
		}
	}
}

// TestReadme_CountsAreTheSpecifications: one table of constraint counts, shown twice.
func TestReadme_CountsAreTheSpecifications(t *testing.T) {
	readme, spec := read(t, "README.md"), read(t, "circuits/SPEC.md")
	rows := regexp.MustCompile(`(?m)^\| (cid|root)/\w+ \| ([0-9,]+) \|`).FindAllStringSubmatch(spec, -1)
	if len(rows) != 6 {
		t.Fatalf("SPEC.md lists %d circuits, want 6", len(rows))
	}
	for _, row := range rows {
		if !strings.Contains(readme, row[2]) {
			t.Errorf("README.md does not have the count %s", row[2])
		}
	}
}
