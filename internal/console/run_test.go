package console

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// play runs a program of one verb, in text and as JSON.
func play(t *testing.T, action cli.ActionFunc, args ...string) (code int, stderr string) {
	t.Helper()
	var out, log bytes.Buffer
	c := &Console{Name: "sample", Stdin: strings.NewReader(""), Stdout: &out, Stderr: &log}
	code = c.Run(t.Context(), func() *cli.App { return c.App("a sample", "", c.Verb(&cli.Command{Name: "do", Action: action})) }, append([]string{"sample", "do"}, args...))
	if out.Len() > 0 {
		t.Errorf("stdout %q", &out)
	}
	return code, log.String()
}

func TestRun_PanicTellsNothing(t *testing.T) {
	burst := func(*cli.Context) error { panic("hidden value") }
	code, said := play(t, burst)
	if code != ExitTrouble || strings.Contains(said, "hidden value") || !strings.Contains(said, "sample: error: this is a bug in sample") {
		t.Errorf("exit code %d, stderr %q", code, said)
	}
	code, said = play(t, burst, "--json")
	var r TroubleReport
	if err := json.Unmarshal([]byte(said), &r); err != nil || code != ExitTrouble || !strings.Contains(r.Error, "bug") || r.Hint == "" {
		t.Errorf("exit code %d, stderr %q, %v", code, said, err)
	}
}

func TestRun_RejectionIsAnAnswer(t *testing.T) {
	if code, said := play(t, func(*cli.Context) error { return ErrRejected }); code != ExitRejected || said != "" {
		t.Errorf("exit code %d, stderr %q", code, said)
	}
}
