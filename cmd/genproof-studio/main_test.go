package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
)

// Keys take seconds to make: the tests share one store.
var sharedKeys string

// asProgram makes the tests' binary the program, for tests that start processes.
const asProgram = "GENPROOF_TEST_STUDIO"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" || len(os.Args) == 2 && os.Args[1] == thumbnailVerb { // whose environment is empty
		main()
	}
	dir, err := os.MkdirTemp("", "genproof-test-studio-")
	if err != nil {
		panic(err)
	}
	sharedKeys = filepath.Join(dir, "keys")
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// makeKeysOf has the shared store make keys, once.
func makeKeysOf(t *testing.T, id statement.CircuitID) {
	t.Helper()
	store, err := setup.OpenStore(sharedKeys)
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := store.Circuit(context.Background(), id, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Groth16Keys(context.Background(), circuit, nil); err != nil {
		t.Fatal(err)
	}
}

// keys returns the shared store with keys of deck/small.
func keys(t *testing.T) string {
	t.Helper()
	makeKeysOf(t, statement.CircuitID{Binding: statement.Deck, Size: statement.DeckSmall})
	return sharedKeys
}

// A result is what a run of the program left.
type result struct {
	code           int
	stdout, stderr string
}

func call(args ...string) result {
	var stdout, stderr bytes.Buffer
	code := run(append([]string{"genproof-studio"}, args...), strings.NewReader(""), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// succeed runs the program, which must exit with 0.
func succeed(t *testing.T, args ...string) result {
	t.Helper()
	r := call(args...)
	if r.code != console.ExitOK {
		t.Fatalf("genproof-studio %s: exit code %d\nstdout: %s\nstderr: %s", strings.Join(args, " "), r.code, r.stdout, r.stderr)
	}
	return r
}

// complains runs the program, which must exit with 2 and say what is wrong on stderr alone.
func complains(t *testing.T, about string, args ...string) {
	t.Helper()
	r := call(args...)
	if r.code != console.ExitTrouble || r.stdout != "" || !strings.Contains(r.stderr, "genproof-studio: error: ") || !strings.Contains(r.stderr, about) {
		t.Errorf("genproof-studio %s: exit code %d, stdout %q, stderr does not tell about %q: %s", strings.Join(args, " "), r.code, r.stdout, about, r.stderr)
	}
}

func decode[T any](t *testing.T, r result) T {
	t.Helper()
	var v T
	d := json.NewDecoder(strings.NewReader(r.stdout))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("report: %v\n%s", err, r.stdout)
	}
	return v
}

// newDeck makes a deck of small batches, four cards each.
func newDeck(t *testing.T, batches int) string {
	t.Helper()
	from, dir := t.TempDir(), filepath.Join(t.TempDir(), "deck")
	for i := range 4 * batches {
		write(t, filepath.Join(from, fmt.Sprintf("%d.json", i)), fmt.Sprintf(`{"name": "Fox #%d", "attributes": [{"trait_type": "Eyes", "value": "%s"}]}`, i, []string{"Laser", "Bored"}[i%2]))
	}
	if _, err := engine.Import(t.Context(), engine.Options{From: from, To: dir, Home: "none"}); err != nil {
		t.Fatal(err)
	}
	if err := drop.CreateSecrets(dir, false, rand.Reader); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, drop.PolicyFile), "// name: everything\ntrue\n")
	return dir
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func replaceOnce(t *testing.T, text, old, new string) string {
	t.Helper()
	if strings.Count(text, old) != 1 {
		t.Fatalf("%q is there %d times", old, strings.Count(text, old))
	}
	return strings.Replace(text, old, new, 1)
}
