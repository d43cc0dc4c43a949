package main

import (
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/state"
)

func dataFlag() cli.Flag {
	return &cli.StringFlag{Name: "data", Usage: "the `FOLDER` of genproof-studio serve", Required: true}
}

func (p *program) tokensVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "tokens", Usage: "who may ask over HTTP: make, list and revoke tokens",
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{
				Name: "new", Usage: "make a token and print it, once",
				Flags: []cli.Flag{
					dataFlag(), studioFlag(),
					&cli.StringFlag{Name: "tenant", Usage: "whose drops it is for: a `NAME` of a-z, 0-9 and -", Required: true},
					&cli.StringFlag{Name: "scope", Usage: "author, curator or auditor", Required: true},
					&cli.StringFlag{Name: "label", Usage: "what it is for"},
					&cli.DurationFlag{Name: "lifetime", Value: 90 * 24 * time.Hour, Usage: "how long it is good"},
				},
				Action: p.newToken,
			}),
			p.Verb(&cli.Command{Name: "list", Usage: "show tokens, not their secrets", Flags: []cli.Flag{dataFlag(), studioFlag()}, Action: p.listTokens}),
			p.Verb(&cli.Command{Name: "revoke", ArgsUsage: "ID", Usage: "end a token at once", Flags: []cli.Flag{dataFlag(), studioFlag()}, Action: p.revokeToken}),
		},
	})
}

func (p *program) newToken(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	folder, err := state.Open(studio(c, c.String("data")))
	if err != nil {
		return err
	}
	secret, t, err := folder.NewToken(c.Context, c.String("tenant"), state.Scope(c.String("scope")), c.String("label"), c.Duration("lifetime"))
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"id": t.ID, "token": secret, "tenant": t.Tenant, "scope": t.Scope, "expires": t.Expires})
	}
	p.Say("%s", secret)
	return nil
}

func (p *program) listTokens(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	folder, err := state.Open(studio(c, c.String("data")))
	if err != nil {
		return err
	}
	list, err := folder.Tokens()
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(append([]state.Token{}, list...))
	}
	rows := [][]string{{"id", "tenant", "scope", "expires", "called", "standing"}}
	for _, t := range list {
		standing := "good"
		switch {
		case t.Revoked:
			standing = "revoked"
		case time.Now().After(t.Expires):
			standing = "expired"
		}
		rows = append(rows, []string{t.ID, t.Tenant, string(t.Scope), t.Expires.Format("2006-01-02"), t.Label, standing})
	}
	p.Table(rows...)
	return nil
}

func (p *program) revokeToken(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	folder, err := state.Open(studio(c, c.String("data")))
	if err != nil {
		return err
	}
	if err := folder.Revoke(c.Context, args[0]); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"id": args[0], "revoked": true})
	}
	p.Say("%s is good for nothing more", args[0])
	return nil
}
