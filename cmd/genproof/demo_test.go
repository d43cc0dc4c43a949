package main

import (
	"bytes"
	"errors"
	"flag"
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
