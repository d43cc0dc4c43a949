package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/state"
)

// A program is one run of genproof-studio.
type program struct{ console.Console }

func (p *program) app() *cli.App {
	return p.App("prove drops with several workers, on this machine and others",
		"In a deck's folder: genproof-studio prove --workers 2; in a drawn drop's: genproof-studio prove --workers 2 --tokens 1-20\nWith another machine: there genproof-studio workers new age.key; here genproof-studio workers add WORKER, then genproof-studio prove --listen 127.0.0.1:4222; there genproof-studio work --nats URL --identity age.key --coordinator KEY",
		p.proveVerb(), p.workVerb(), p.workersVerb(), p.parkedVerb(), p.serveVerb(), p.tokensVerb(), p.vaultVerb(), p.backupVerb(), p.restoreVerb(), p.anchorsVerb(), p.clusterVerb(),
	)
}

// studioDir is the coordinator's folder of a drop that has one for itself.
const studioDir = ".studio"

func studioFlag() cli.Flag {
	return &cli.StringFlag{Name: "studio", Usage: "the studio's `FOLDER`: its key, workers, parked jobs, journal and queue (default: " + studioDir + " in the drop's folder)"}
}

// studio is the folder that --studio names, or the one in dir.
func studio(c *cli.Context, dir string) string {
	if name := c.String("studio"); name != "" {
		return name
	}
	return filepath.Join(dir, studioDir)
}

// folder opens the studio's folder for a verb that does not begin one.
func (p *program) folder(c *cli.Context) (*state.Folder, error) {
	return p.folderOf(studio(c, "."))
}

func (p *program) folderOf(dir string) (*state.Folder, error) {
	if !state.Exists(dir) {
		return nil, console.Hint(fmt.Errorf("there is no studio in %s", dir), "run this in the deck's folder, or name the studio's with --studio; genproof-studio workers add and prove begin one")
	}
	return state.Open(dir)
}

func natsFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "nats", Usage: "the `URL` of NATS: nats://HOST:PORT or tls://HOST:PORT"},
		&cli.StringFlag{Name: "nats-ca", Usage: "a `FILE` of certificates to trust besides the system's"},
	}
}

// natsURL is what --nats says, "" without it. A password in it is refused.
func natsURL(c *cli.Context) (string, error) {
	text := c.String("nats")
	for _, one := range strings.Split(text, ",") {
		if strings.Contains(one, "@") {
			return "", console.Hint(errors.New("--nats holds a name or password, which everybody on the machine can see"), "workers and coordinators are known by their keys: genproof-studio cluster users writes what NATS needs")
		}
	}
	return text, nil
}
