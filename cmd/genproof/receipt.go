package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

const (
	maxReceiptBytes = 1 << 18
	maxClaimsBytes  = 1 << 20
	maxSecretBytes  = 4096
)

func (p *program) receiptVerb() *cli.Command {
	terms := &cli.StringFlag{Name: "drop", Value: ".", Usage: "the drop: its `FOLDER`, or the drop.json that genproof commit --out writes"}
	return p.Verb(&cli.Command{
		Name: "receipt", Usage: "sign what is claimed about tokens, as their authority, and check such receipts",
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{
				Name: "new-key", ArgsUsage: "FILE", Usage: "make an authority's key: the secret goes to FILE, the public key is shown", Action: p.receiptNewKey,
			}),
			p.Verb(&cli.Command{
				Name: "sign", Usage: "sign claims about tokens; a receipt holds hidden values and goes to the drop's owner only",
				Flags: []cli.Flag{
					terms,
					&cli.StringFlag{Name: "key", Required: true, Usage: "the `FILE` of the authority's secret key, - for stdin"},
					&cli.StringFlag{Name: "claims", Required: true, Usage: "the `FILE` of the claims, as claims.yaml of a drop, - for stdin"},
					&cli.StringFlag{Name: "tokens", Required: true, Usage: "the tokens: 1-20,25 or all"},
					&cli.StringFlag{Name: "out", Value: drop.ReceiptsDir, Usage: "the `FOLDER` for the receipts, ID.json"},
				},
				Action: p.receiptSign,
			}),
			p.Verb(&cli.Command{
				Name: "verify", ArgsUsage: "FILE...", Usage: "check receipts against a drop; exits with 1 if one is rejected", Flags: []cli.Flag{terms}, Action: p.receiptVerify,
			}),
		},
	})
}

// terms are what a receipt is about: they are public.
type terms struct {
	schema    *drop.Schema
	ids       policy.IDs
	scope     claim.Scope
	authority eddsa.PublicKey
}

// readTerms reads them from a drop's folder or from its description.
func (p *program) readTerms(where string) (*terms, error) {
	if _, err := os.Stat(filepath.Join(where, drop.DefinitionFile)); err == nil {
		d, err := drop.Load(where)
		if err != nil {
			return nil, err
		}
		return &terms{&d.Schema, d.IDs, drop.ScopeOf(d.Commitments, d.Beacon), d.Authority}, nil
	}
	d, _, err := p.trustedDescription(where)
	if err != nil {
		return nil, console.Hint(err, "name the drop with --drop: its folder, or the drop.json of genproof commit --out")
	}
	schema, err := drop.SchemaOf(d)
	if err != nil {
		return nil, err
	}
	// What is signed is the policy's commitment: that it is one to this schema is seen here.
	if computed, err := d.PolicyOf(); err != nil || computed != d.Commitments.Policy {
		return nil, console.Hint(errors.New("the drop's description: its policy's commitment is not one to these attributes, ids and program"), "ask the drop's owner for it again")
	}
	authority, err := eddsa.ParsePublicKey(d.Authority.Key[:])
	if err != nil {
		return nil, fmt.Errorf("the drop's description: its authority's key: %w", err)
	}
	return &terms{schema, d.IDs(), drop.ScopeOf(d.Commitments, d.Beacon), authority}, nil
}

func (p *program) receiptNewKey(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if args[0] == "-" {
		return console.Hint(errors.New("a secret key is not written to stdout"), "name a file")
	}
	key, err := eddsa.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	secret, public := key.Bytes(), key.Public().Bytes()
	if err := files.Create(args[0], []byte(hex.EncodeToString(secret[:])+"\n"), files.Secret); err != nil {
		return console.Hint(err, "name a new file: a key that is there is never replaced")
	}
	if p.JSON {
		return p.Report(map[string]string{"public_key": hex.EncodeToString(public[:]), "file": args[0]})
	}
	p.Say("authority: %s", hex.EncodeToString(public[:]))
	p.Say("That line goes into drop.yaml. The secret is in %s: keep it, and keep it to yourself.", args[0])
	return nil
}

// secretKey reads a key's file. Its errors quote nothing of it.
func (p *program) secretKey(path string) (*eddsa.PrivateKey, error) {
	data, err := p.readSecret(path)
	if err != nil {
		return nil, err
	}
	raw, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err == nil {
		var key *eddsa.PrivateKey
		if key, err = eddsa.ParsePrivateKey(raw); err == nil {
			return key, nil
		}
	}
	return nil, console.Hint(errors.New("that is not an authority's key"), "genproof receipt new-key makes one")
}

func (p *program) receiptSign(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	t, err := p.readTerms(c.String("drop"))
	if err != nil {
		return err
	}
	ids, err := tokenIDs(c.String("tokens"), t.ids)
	if err != nil {
		return err
	}
	if c.String("key") == "-" && c.String("claims") == "-" {
		return errors.New("the key and the claims cannot both come from stdin")
	}
	key, err := p.secretKey(c.String("key"))
	if err != nil {
		return err
	}
	if key.Public() != t.authority {
		authority := t.authority.Bytes()
		return console.Hint(errors.New("the key is not that of the drop's authority"), "the drop names "+hex.EncodeToString(authority[:]))
	}
	data, err := p.readFile(c.String("claims"), maxClaimsBytes)
	if err != nil {
		return err
	}
	claims, err := drop.ParseClaims(c.String("claims"), data, t.schema, t.ids)
	if err != nil {
		return err
	}
	return p.writeReceipts(c, t, key, claims, ids)
}

func (p *program) writeReceipts(c *cli.Context, t *terms, key *eddsa.PrivateKey, claims *drop.ClaimTable, ids []uint64) error {
	out := c.String("out")
	if err := os.MkdirAll(out, 0o700); err != nil {
		return err
	}
	meter := p.Bars.Count("signing", int64(len(ids)))
	for i, id := range ids {
		if err := c.Context.Err(); err != nil {
			return err
		}
		r, err := drop.SignReceipt(key, t.schema, t.scope, id, claims.For(id))
		if err != nil {
			return err
		}
		data, err := r.Encode(t.schema)
		if err != nil {
			return err
		}
		if err := files.Write(filepath.Join(out, fmt.Sprintf("%d.json", id)), data, files.Secret); err != nil {
			return err
		}
		meter.Set(int64(i + 1))
	}
	meter.End()
	if p.JSON {
		return p.Report(map[string]any{"folder": out, "signed": len(ids)})
	}
	p.Say("%d receipts are in %s. They hold hidden values: give them to the drop's owner and nobody else.", len(ids), out)
	return nil
}

type receiptReport struct {
	File    string `json:"file"`
	ID      uint64 `json:"id"`
	Verdict string `json:"verdict"`
	Reason  string `json:"reason"`
}

func (p *program) receiptVerify(c *cli.Context) error {
	if !c.Args().Present() {
		return console.Hint(errors.New("no receipt is named"), c.Command.HelpName+" FILE...")
	}
	t, err := p.readTerms(c.String("drop"))
	if err != nil {
		return err
	}
	list := make([]receiptReport, 0, c.NArg())
	rejected := false
	for _, file := range c.Args().Slice() {
		r, err := p.judgeReceipt(file, t)
		if err != nil {
			return err
		}
		list, rejected = append(list, *r), rejected || r.Verdict != accepted(true)
	}
	if err := p.reportReceipts(list, t); err != nil {
		return err
	}
	if rejected {
		return console.ErrRejected
	}
	return nil
}

// judgeReceipt returns an error only for a file that cannot be read.
func (p *program) judgeReceipt(file string, t *terms) (*receiptReport, error) {
	data, err := p.readFile(file, maxReceiptBytes)
	if err != nil {
		return nil, err
	}
	out := &receiptReport{File: file}
	r, err := drop.ParseReceipt(file, data, t.schema)
	if err == nil {
		out.ID = r.Token
		if err = drop.VerifyReceipt(r, t.schema, t.scope, t.authority); err == nil && !t.ids.Contains(r.Token) {
			err = fmt.Errorf("receipt: the drop has tokens %d to %d", t.ids.First, t.ids.Last())
		}
	}
	if err != nil {
		out.Reason, _ = explain(err)
	}
	out.Verdict = accepted(err == nil)
	return out, nil
}

func (p *program) reportReceipts(list []receiptReport, t *terms) error {
	if p.JSON {
		return p.Report(list)
	}
	authority := t.authority.Bytes()
	var rows [][]string
	for _, r := range list {
		rows = append(rows, []string{r.File, fmt.Sprintf("token %d", r.ID), r.Verdict, r.Reason})
	}
	p.Table(rows...)
	p.Say("authority: %s", hex.EncodeToString(authority[:]))
	return nil
}
