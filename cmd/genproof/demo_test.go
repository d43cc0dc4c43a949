package main

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

func TestDemo_AnAcceptedCheatIsAFailure(t *testing.T) {
	for _, accepted := range []bool{false, true} {
		var stdout bytes.Buffer
		p := &program{console.Console{Stdout: &stdout}}
		context := cli.NewContext(p.app(), flag.NewFlagSet("", flag.ContinueOnError), nil)
		d := &demo{program: p, ctx: context}
		d.report.Cheats = []attemptReport{{"honest", false, "a reason"}, {"clever", accepted, ""}}
		if err := d.end(); errors.Is(err, console.ErrRejected) != accepted {
			t.Errorf("accepted %v: %v", accepted, err)
		}
		if told := strings.Contains(stdout.String(), "1 ATTEMPTS WERE ACCEPTED"); told != accepted {
			t.Errorf("accepted %v: %s", accepted, &stdout)
		}
	}
}

func TestDemo_KeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	succeed(t, "init", dir+"/foxes")
	before := string(read(t, dir, "foxes", "secrets.yaml"))
	complains(t, console.ExitTrouble, "--dir", "demo", "--dir", dir, "--keys", t.TempDir())
	if string(read(t, dir, "foxes", "secrets.yaml")) != before {
		t.Error("the demo replaced a drop's secrets")
	}
}

// TestDemo_SaysHowToGoOn where `go run` has left no program, and files are gone.
func TestDemo_SaysHowToGoOn(t *testing.T) {
	said := func(dir string) string {
		flags := flag.NewFlagSet("", flag.ContinueOnError)
		flags.String("dir", dir, "")
		d := &demo{dir: dir, out: dir + "/foxes/out", ctx: cli.NewContext(nil, flags, nil)}
		return strings.Join(d.next(), "\n")
	}
	t.Setenv("PATH", t.TempDir())
	if got := said(""); !strings.Contains(got, "go install ./cmd/genproof") || !strings.Contains(got, "--dir FOLDER keeps them") || !strings.Contains(got, "genproof init foxes") {
		t.Error(got)
	}
	if got := said("here"); !strings.Contains(got, "genproof verify here/foxes/out") || strings.Contains(got, "gone") {
		t.Error(got)
	}
	if err := os.WriteFile(os.Getenv("PATH")+"/genproof", nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if got := said(""); strings.Contains(got, "go install") {
		t.Error(got)
	}
}
