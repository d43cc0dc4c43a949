package main

import (
	"encoding/hex"
	"errors"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/cluster"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/state"
)

func (p *program) clusterVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "cluster", Usage: "what machines of a studio need to know each other: certificates, and the users of NATS",
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{
				Name: "certificates", ArgsUsage: "FOLDER", Usage: "make a certificate for all machines, by an authority whose key is thrown away",
				Flags: []cli.Flag{
					&cli.StringSliceFlag{Name: "host", Usage: "a `NAME` or address that a machine is called by", Required: true},
					&cli.DurationFlag{Name: "lifetime", Value: 366 * 24 * time.Hour, Usage: "how long it is good"},
				},
				Action: p.certificates,
			}),
			p.Verb(&cli.Command{
				Name: "users", Usage: "write the part of NATS' configuration that says who may do what: this coordinator and its enrolled workers",
				Description: "Write it again and have NATS reload it whenever a worker was added or removed.",
				Flags:       []cli.Flag{studioFlag(), &cli.StringFlag{Name: "out", Usage: "the `FILE`", Required: true}},
				Action:      p.users,
			}),
		},
	})
}

func (p *program) certificates(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if err := cluster.Certificates(args[0], c.StringSlice("host"), c.Duration("lifetime")); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"folder": args[0], "hosts": c.StringSlice("host")})
	}
	p.Say("%s: %s for whoever connects; %s and %s for whoever listens", args[0], cluster.AuthorityFile, cluster.CertificateFile, cluster.KeyFile)
	return nil
}

func (p *program) users(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	folder, err := state.Open(studio(c, "."))
	if err != nil {
		return err
	}
	public, err := folder.Public()
	if err != nil {
		return err
	}
	list, err := folder.Workers()
	if err != nil {
		return err
	}
	var workers []message.PublicKey
	for _, w := range list {
		if w.Standing != state.Enrolled {
			continue
		}
		parsed, err := message.ParseWorker(w.Worker)
		if err != nil {
			return errors.Join(errors.New("reading the list of workers"), err)
		}
		workers = append(workers, parsed.Key)
	}
	if err := files.Write(c.String("out"), []byte(queue.Users(public, workers)), files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"file": c.String("out"), "workers": len(workers), "coordinator": hex.EncodeToString(public[:])})
	}
	p.Say("%s: the coordinator and %d workers", c.String("out"), len(workers))
	return nil
}
