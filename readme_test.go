package genproof

import (
	"os"
	"os/exec"
	"path/filepath"
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
	if got := strings.Count(string(out), "honest (4 reservations): 3 tokens"); got != 2 {
		t.Errorf("%d of the example's two verifications accept:\n%s", got, out)
	}
}

// TestReadme_DeckRuns runs the deck's example as it stands, in the repository, into an empty
// folder and with an empty key store.
func TestReadme_DeckRuns(t *testing.T) {
	_, rest, found := strings.Cut(read(t, "README.md"), "```sh deck\n")
	if !found {
		t.Fatal("README.md has no example of a deck")
	}
	session, _, _ := strings.Cut(rest, "```")
	bin, folder := t.TempDir(), filepath.Join(t.TempDir(), "foxes")
	session = strings.ReplaceAll(session, "/tmp/foxes", "\"$FOLDER\"")
	shell := exec.Command("sh", "-e", "-u", "-x", "-c", session)
	shell.Env = append(os.Environ(), "GOBIN="+bin, "FOLDER="+folder, "XDG_CACHE_HOME="+t.TempDir(),
		"GOCACHE="+goEnv(t, "GOCACHE"), "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.Contains(string(out), "Every card can be proven") || !strings.Contains(string(out), "holds only if the maker of this key was honest") {
		t.Errorf("the deck does not hold:\n%s", out)
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

// TestReadme_CountsAreTheSpecifications: one table of constraint counts, shown twice, row by row.
func TestReadme_CountsAreTheSpecifications(t *testing.T) {
	readme, spec := read(t, "README.md"), read(t, "circuits/SPEC.md")
	rows := regexp.MustCompile(`(?m)^\| ((?:cid|root)/\w+) \| ([0-9,]+) \|`).FindAllStringSubmatch(spec, -1)
	counts := map[string]string{}
	for _, row := range rows {
		counts[row[1]] = row[2]
	}
	shown := 0
	for _, line := range regexp.MustCompile("(?m)^\\| (`(?:cid|root)/.*) \\| ([0-9, ]+) \\|").FindAllStringSubmatch(readme, -1) {
		names := strings.Split(strings.ReplaceAll(line[1], "`", ""), ", ")
		for i, n := range strings.Split(line[2], ", ") {
			if i >= len(names) || counts[names[i]] != n {
				t.Errorf("README.md: %s: %s is not SPEC.md's", line[1], n)
			}
			shown++
		}
	}
	if shown != 6 || len(counts) != 6 {
		t.Errorf("README.md shows %d counts, SPEC.md %d, want 6", shown, len(counts))
	}
}
