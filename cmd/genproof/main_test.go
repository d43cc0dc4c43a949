package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// Keys take seconds to make: the tests share one store.
var sharedKeys string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "genproof-test-keys-")
	if err != nil {
		panic(err)
	}
	sharedKeys = filepath.Join(dir, "keys")
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// A result is what a run of the program left.
type result struct {
	code           int
	stdout, stderr string
}

// call runs the program with input on stdin.
func call(input string, args ...string) result {
	var stdout, stderr bytes.Buffer
	code := run(append([]string{"genproof"}, args...), strings.NewReader(input), &stdout, &stderr)
	return result{code, stdout.String(), stderr.String()}
}

// succeed runs the program, which must exit with 0.
func succeed(t *testing.T, args ...string) result {
	t.Helper()
	return expect(t, console.ExitOK, args...)
}

func expect(t *testing.T, code int, args ...string) result {
	t.Helper()
	r := call("", args...)
	if r.code != code {
		t.Fatalf("genproof %s: exit code %d, want %d\nstdout: %s\nstderr: %s", strings.Join(args, " "), r.code, code, r.stdout, r.stderr)
	}
	return r
}

// complains runs the program, which must exit with code, say what is wrong on stderr, and
// nothing on stdout.
func complains(t *testing.T, code int, about string, args ...string) {
	t.Helper()
	r := expect(t, code, args...)
	if !strings.Contains(r.stderr, "genproof: error: ") || !strings.Contains(r.stderr, about) {
		t.Errorf("genproof %s: stderr does not tell about %q: %s", strings.Join(args, " "), about, r.stderr)
	}
	if r.stdout != "" {
		t.Errorf("genproof %s: an error with output: %s", strings.Join(args, " "), r.stdout)
	}
}

// decode reads a JSON report strictly.
func decode[T any](t *testing.T, r result) T {
	t.Helper()
	var v T
	d := json.NewDecoder(strings.NewReader(r.stdout))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("report: %v\n%s", err, r.stdout)
	}
	if _, isLookup := any(v).(lookup); isLookup {
		holdLookup(t, r.stdout)
	}
	return v
}

// keys returns the shared store with keys of root/small.
var makeKeys = sync.OnceValue(func() result { return call("", "setup", "root/small", "--keys", sharedKeys) })

func keys(t *testing.T) string {
	t.Helper()
	if r := makeKeys(); r.code != console.ExitOK {
		t.Fatalf("making keys: %s", r.stderr)
	}
	return sharedKeys
}

// newDrop starts a drop of the smallest circuit.
func newDrop(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "foxes")
	succeed(t, "init", dir)
	replace(t, filepath.Join(dir, "drop.yaml"), "cid/small", "root/small")
	return dir
}

func replace(t *testing.T, file, old, new string) {
	t.Helper()
	data := read(t, file)
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s does not hold %q", file, old)
	}
	write(t, file, strings.Replace(string(data), old, new, 1))
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

// proven is a drop whose tokens 1 to 3 are proven, once for all tests.
var proveOnce = sync.OnceValues(func() (string, result) {
	dir := filepath.Join(filepath.Dir(sharedKeys), "proven")
	if r := call("", "init", dir); r.code != console.ExitOK {
		return "", r
	}
	file := filepath.Join(dir, "drop.yaml")
	data, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, bytes.Replace(data, []byte("cid/small"), []byte("root/small"), 1), 0o600)
	}
	if err != nil {
		return "", result{stderr: err.Error(), code: console.ExitTrouble}
	}
	return dir, call("", "prove", "--drop", dir, "--tokens", "1-3", "--keys", sharedKeys)
})

// published returns a copy of the proven drop's output folder, to change at will.
func publishedCopy(t *testing.T) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if err := os.CopyFS(out, os.DirFS(filepath.Join(provenDrop(t), "out"))); err != nil {
		t.Fatal(err)
	}
	return out
}

func provenDrop(t *testing.T) string {
	t.Helper()
	keys(t)
	dir, r := proveOnce()
	if r.code != console.ExitOK {
		t.Fatalf("proving: %s", r.stderr)
	}
	return dir
}

// filesOf returns the files below dir with their content.
func filesOf(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			found[path] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestRun_UsageErrors(t *testing.T) {
	for _, args := range [][]string{
		{"verfy"}, {"verify"}, {"verify", "a", "b"}, {"verify", "out", "--jsn"}, {"receipt", "sgn"}, {"export"}, {"receipt"},
		{"--log-level", "loud", "version"}, {"--log-level", "", "version"}, {"commit", "x"}, {"prove", "x"}, {"init"}, {"prove", "--workers", "two"},
		{"version", "x"}, {"receipt", "new-key"}, {"receipt", "new-key", "-"}, {"receipt", "verify"}, {"setup", "cid/tiny"}, {"circuits", "cid/tiny"},
	} {
		complains(t, console.ExitTrouble, "\nhint: ", args...)
	}
	complains(t, console.ExitTrouble, "no verb is given")
}

// troubled runs the program with --json, which must fail and say why in JSON alone.
func troubled(t *testing.T, args ...string) console.TroubleReport {
	t.Helper()
	r := expect(t, console.ExitTrouble, append(args, "--json")...)
	if r.stdout != "" || strings.Count(r.stderr, "\n") != 1 {
		t.Errorf("genproof %v: stdout %s, stderr %s", args, r.stdout, r.stderr)
	}
	return decode[console.TroubleReport](t, result{stdout: r.stderr})
}

func TestRun_ErrorsAreJSONIfAskedFor(t *testing.T) {
	for _, row := range []struct {
		about, hint string
		args        []string
	}{
		{"operands", "--help", []string{"verify", "a", "b"}},
		{"jsn", "--help", []string{"verify", "out", "--jsn"}}, // before the options are read
		{"log level", "use trace", []string{"--log-level", "loud", "version"}},
		{"there is no file or folder", "genproof prove", []string{"verify", filepath.Join(t.TempDir(), "none")}},
		{"no such file", "", []string{"inspect", filepath.Join(t.TempDir(), "none")}},
	} {
		if r := troubled(t, row.args...); !strings.Contains(r.Error, row.about) || !strings.Contains(r.Hint, row.hint) || (row.hint == "") != (r.Hint == "") {
			t.Errorf("genproof %v: %+v", row.args, r)
		}
	}
	complains(t, console.ExitTrouble, "hint: ", "verify", "--", "--json", "b", "c")
	dir := newDrop(t)
	replace(t, filepath.Join(dir, "drop.yaml"), "Nebula Foxes #{id}", "Fox")
	r := expect(t, console.ExitOK, "commit", "--drop", dir, "--json")
	if warning := decode[map[string]string](t, result{stdout: r.stderr}); !strings.Contains(warning["warning"], "{id}") {
		t.Errorf("warning %v", warning)
	}
}

// TestRun_HelpIsAResult: what is asked for goes to stdout, in each of the three ways to ask.
func TestRun_HelpIsAResult(t *testing.T) {
	for want, ways := range map[string][][]string{
		"genproof [global options]": {{"--help"}, {"help"}, {"-h"}},
		"genproof verify [":         {{"verify", "--help"}, {"verify", "out", "--help"}, {"help", "verify"}},
		"--password-file FILE":      {{"mint", "--help"}, {"help", "mint"}},
		"genproof receipt sign [":   {{"receipt", "sign", "--help"}, {"help", "receipt", "sign"}},
	} {
		for _, args := range ways {
			r := succeed(t, args...)
			if r.stderr != "" || !strings.Contains(r.stdout, "USAGE:") || !strings.Contains(r.stdout, want) {
				t.Errorf("genproof %v: stdout %q, stderr %q", args, r.stdout, r.stderr)
			}
		}
	}
	for _, args := range [][]string{{"help", "verfy"}, {"help", "receipt", "sgn"}, {"help", "verify", "out"}, {"help", "bench"}} {
		complains(t, console.ExitTrouble, "there is no verb", args...)
	}
}

// TestRun_HelpIsPlain holds every page to be readable: no markup, no categories, no line
// of blanks, an option's value named by what it is.
func TestRun_HelpIsPlain(t *testing.T) {
	var pages func(commands []*cli.Command, path ...string)
	count := 0
	pages = func(commands []*cli.Command, path ...string) {
		for _, c := range commands {
			if c.Hidden {
				continue
			}
			below := append(slices.Clone(path), c.Name)
			count++
			page := succeed(t, append([]string{"help"}, below...)...).stdout
			if strings.ContainsAny(page, "`\t") || strings.Contains(page, "MISC") || regexp.MustCompile(`(?m) $|^ +--[^\n]*\n +[^- ]`).MatchString(page) {
				t.Errorf("genproof help %s: %s", strings.Join(below, " "), page)
			}
			pages(c.Subcommands, below...)
		}
	}
	pages((&program{}).app().Commands)
	if count < 25 {
		t.Errorf("%d pages", count)
	}
}

func TestRun_TellsItsVersion(t *testing.T) {
	want := succeed(t, "version").stdout
	if got := succeed(t, "--version").stdout; got != want || !strings.HasPrefix(got, "genproof ") {
		t.Errorf("--version says %q, version %q", got, want)
	}
	decode[versionReport](t, succeed(t, "--version", "--json"))
	complains(t, console.ExitTrouble, "--version", "verify", "out", "--version")
}

// The digests are what sha256sum and kubo say of these bytes.
func TestVersion_SaysWhichVerifierThereIs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "verifier.html")
	write(t, file, "hello world")
	const sum, cid = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9", "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e"
	people(t, []string{"sha256 " + sum, "CID " + cid}, "version", "--verifier", file)
	if v := decode[versionReport](t, succeed(t, "version", "--json", "--verifier", file)); v.Verifier == nil || v.Verifier.SHA256 != sum || v.Verifier.CID != cid {
		t.Errorf("got %+v", v.Verifier)
	}
	complains(t, console.ExitTrouble, "no such file", "version", "--verifier", file+"x")
}

func TestBench_IsAnotherProgram(t *testing.T) {
	for _, args := range [][]string{{"bench"}, {"bench", "run", "--quick"}, {"bench", "peers", "--install"}} {
		complains(t, console.ExitTrouble, "go run ./cmd/genproof-bench", args...)
	}
}

func TestRun_StopsWhenInterrupted(t *testing.T) {
	dir := newDrop(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{
		{"prove", "--drop", dir, "--tokens", "1-9", "--keys", keys(t)}, {"circuits"}, {"verify", filepath.Join(provenDrop(t), "out")},
	} {
		var stdout, stderr bytes.Buffer
		code := runContext(ctx, append([]string{"genproof"}, args...), strings.NewReader(""), &stdout, &stderr)
		if code != console.ExitTrouble || stdout.Len() > 0 || !strings.HasPrefix(stderr.String(), "genproof: error: stopped\n") {
			t.Errorf("genproof %v: exit code %d, stdout %q, stderr %q", args, code, &stdout, &stderr)
		}
	}
	if got := filesOf(t, filepath.Join(dir)); len(got) != len(filesOf(t, newDrop(t))) {
		for name := range got {
			if strings.Contains(name, "bundles") {
				t.Errorf("a stopped run left %s", name)
			}
		}
	}
}

// full is a disk without room.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, syscall.ENOSPC }

func TestRun_ACutReportIsTrouble(t *testing.T) {
	for _, args := range [][]string{{"version"}, {"version", "--json"}, {"circuits", "root/small"}} {
		var stderr bytes.Buffer
		if code := run(append([]string{"genproof"}, args...), strings.NewReader(""), full{}, &stderr); code != console.ExitTrouble || !strings.Contains(stderr.String(), "writing the ") {
			t.Errorf("genproof %v: exit code %d, stderr %s", args, code, &stderr)
		}
	}
}
