// Package consoletest runs command lines in tests.
package consoletest

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// A Program is a command line: its name, and its main function with the streams as arguments.
type Program struct {
	Name string
	Main func(args []string, stdin io.Reader, stdout, stderr io.Writer) int
}

// A Result is what a run left.
type Result struct {
	Code           int
	Stdout, Stderr string
}

// Call runs the program with input on stdin.
func (p Program) Call(input string, args ...string) Result {
	var stdout, stderr bytes.Buffer
	code := p.Main(append([]string{p.Name}, args...), strings.NewReader(input), &stdout, &stderr)
	return Result{code, stdout.String(), stderr.String()}
}

// Succeed runs the program, which must exit with 0.
func (p Program) Succeed(t *testing.T, args ...string) Result {
	t.Helper()
	return p.expect(t, console.ExitOK, args...)
}

func (p Program) expect(t *testing.T, code int, args ...string) Result {
	t.Helper()
	r := p.Call("", args...)
	if r.Code != code {
		t.Fatalf("%s %s: exit code %d, want %d\nstdout: %s\nstderr: %s", p.Name, strings.Join(args, " "), r.Code, code, r.Stdout, r.Stderr)
	}
	return r
}

// Complains runs the program, which must exit with 2, say what is wrong on stderr, and
// nothing on stdout.
func (p Program) Complains(t *testing.T, about string, args ...string) {
	t.Helper()
	r := p.expect(t, console.ExitTrouble, args...)
	if !strings.Contains(r.Stderr, p.Name+": error: ") || !strings.Contains(r.Stderr, about) {
		t.Errorf("%s %s: stderr says nothing about %q: %s", p.Name, strings.Join(args, " "), about, r.Stderr)
	}
	if r.Stdout != "" {
		t.Errorf("%s %s: an error with output: %s", p.Name, strings.Join(args, " "), r.Stdout)
	}
}

// Decode reads a JSON report strictly.
func Decode[T any](t *testing.T, r Result) T {
	t.Helper()
	var v T
	d := json.NewDecoder(strings.NewReader(r.Stdout))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("report: %v\n%s", err, r.Stdout)
	}
	return v
}
