package main

import (
	"fmt"
	"path/filepath"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/state"
	"github.com/genproof/genproof/service/web"
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
					&cli.StringSliceFlag{Name: "drop", Usage: "the `ID` of a drop that it reaches, and no other (default: all of the tenant's, and new ones)"},
					&cli.StringFlag{Name: "person", Usage: "`WHO` will have it: cards that this person approves under one token count for nothing where the same person has them proven under another"},
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
	grant := state.Grant{
		Tenant: c.String("tenant"), Scope: state.Scope(c.String("scope")), Label: c.String("label"), Lifetime: c.Duration("lifetime"),
		Drops: c.StringSlice("drop"), Person: c.String("person"),
	}
	for _, id := range grant.Drops {
		if err := web.HasDrop(filepath.Join(c.String("data"), dropsDir), grant.Tenant, id); err != nil {
			return fmt.Errorf("--drop: %w", err)
		}
	}
	folder, err := state.Open(studio(c, c.String("data")))
	if err != nil {
		return err
	}
	secret, t, err := folder.NewToken(c.Context, grant)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"id": t.ID, "token": secret, "tenant": t.Tenant, "scope": t.Scope, "expires": t.Expires, "drops": append([]string{}, t.Drops...), "person": t.Person})
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
	used, err := folder.Used()
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(tokenReports(list, used))
	}
	rows := [][]string{{"id", "tenant", "scope", "drops", "expires", "used", "called", "person", "standing"}}
	for _, t := range list {
		drops, last := "all", "never"
		if len(t.Drops) > 0 {
			drops = fmt.Sprint(len(t.Drops))
		}
		if at, ok := used[t.ID]; ok {
			last = at.Format("2006-01-02 15:04")
		}
		standing := "good"
		switch {
		case t.Revoked:
			standing = "revoked"
		case time.Now().After(t.Expires):
			standing = "expired"
		}
		rows = append(rows, []string{t.ID, t.Tenant, string(t.Scope), drops, t.Expires.Format("2006-01-02"), last, t.Label, t.Person, standing})
	}
	p.Table(rows...)
	return nil
}

// A tokenReport is a token as people see it.
type tokenReport struct {
	state.Token
	Used *time.Time `json:"used,omitempty"` // last, to a minute or so
}

func tokenReports(list []state.Token, used map[string]time.Time) []tokenReport {
	out := []tokenReport{}
	for _, t := range list {
		r := tokenReport{Token: t}
		if at, ok := used[t.ID]; ok {
			r.Used = &at
		}
		out = append(out, r)
	}
	return out
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
