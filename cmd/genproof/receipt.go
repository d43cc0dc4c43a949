package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/table"
)

const (
	maxReceiptBytes = 1 << 18
	maxClaimsBytes  = table.MaxBytes
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
			p.receiptSignVerb(terms),
			p.receiptRequestVerb(),
			p.receiptAnswerVerb(),
			p.receiptAcceptVerb(terms),
			p.receiptLogVerb(),
			p.receiptOpensVerb(),
			p.Verb(&cli.Command{
				Name: "verify", ArgsUsage: "FILE...", Usage: "check receipts against a drop; exits with 1 if one is rejected", Flags: []cli.Flag{terms}, Action: p.receiptVerify,
			}),
		},
	})
}

// terms are what a receipt is about: they are public.
type terms struct {
	name      string
	rule      string // the policy, as its author wrote it
	policy    fr.Element
	schema    *drop.Schema
	ids       policy.IDs
	scope     claim.Scope
	authority eddsa.PublicKey
}

// readTerms reads them from a drop's folder or from its description.
func (p *program) readTerms(where string) (*terms, error) {
	if _, err := os.Stat(filepath.Join(where, drop.DefinitionFile)); err == nil {
		d, err := drop.Load(where)
		if err == nil {
			err = unopened(where, d)
		}
		if err != nil {
			return nil, err
		}
		return &terms{d.Name, d.Policy.Text, d.Commitments.Policy, &d.Schema, d.IDs, drop.ScopeOf(d.Commitments, d.Beacon), d.Authority}, nil
	}
	d, _, err := p.trustedDescription(where)
	if err != nil {
		return nil, console.Hint(err, "name the drop with --drop: its folder, or the drop.json of genproof commit --out")
	}
	return describedTerms(d)
}

// describedTerms reads them from a description.
func describedTerms(d *bundle.Description) (*terms, error) {
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
	return &terms{d.Name, d.Policy, d.Commitments.Policy, schema, d.IDs(), drop.ScopeOf(d.Commitments, d.Beacon), authority}, nil
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
