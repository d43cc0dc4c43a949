package main

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup/ceremony"
)

func (p *program) ceremonyContributeVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "contribute", ArgsUsage: "FOLDER", Usage: "add your secret to a ceremony, and forget it",
		Description: "The folder is checked as far as that goes without the powers of tau; genproof ceremony verify checks all of it.\n" +
			"What is killed leaves nothing half-written: run it again.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "name", Required: true, Usage: "the `NAME` you are known by"},
			&cli.StringFlag{Name: "key", Required: true, Usage: "the `FILE` of your signing key, as genproof ceremony attest --new-key makes it, - for stdin"},
		},
		Action: p.ceremonyContribute,
	})
}

func (p *program) ceremonyContribute(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	key, err := p.signingKey(c.String("key"))
	if err != nil {
		return err
	}
	f, phase, _, err := openCeremony(args[0])
	if err != nil {
		return withTrouble(err)
	}
	a, err := f.Contribute(c.Context, phase, ceremony.Contributor{Name: c.String("name"), Key: key}, p.ceremonyProgress())
	if err != nil {
		return withTrouble(err)
	}
	if p.JSON {
		return p.Report(contributedOf(a))
	}
	p.Say("Contribution %d is in %s. Send the folder %04d on to who keeps the ceremony.", a.Number, f.Dir(), a.Number)
	p.Say("Its SHA-256, to publish under your name (genproof ceremony attest %s %d): %s", args[0], a.Number, hexOf(a.Contribution[:]))
	return nil
}

type contributedReport struct {
	Number       uint64 `json:"number"`
	Name         string `json:"name"`
	PublicKey    string `json:"public_key"`
	Time         string `json:"time"`
	BuildsOn     string `json:"builds_on"`
	Contribution string `json:"contribution"`
}

func contributedOf(a *ceremony.Attestation) contributedReport {
	return contributedReport{a.Number, a.Name, hexOf(a.PublicKey[:]), a.Time, hexOf(a.BuildsOn[:]), hexOf(a.Contribution[:])}
}

func (p *program) ceremonyAttestVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "attest", ArgsUsage: "[FOLDER NUMBER]", Usage: "print a contribution's signed attestation, to publish; or make a signing key",
		Flags:  []cli.Flag{&cli.StringFlag{Name: "new-key", Usage: "make a signing key: the secret goes to `FILE`, the public key is shown"}},
		Action: p.ceremonyAttest,
	})
}

func (p *program) ceremonyAttest(c *cli.Context) error {
	if file := c.String("new-key"); file != "" {
		if _, err := console.Operands(c, 0, 0); err != nil {
			return err
		}
		return p.newSigningKey(file)
	}
	args, err := console.Operands(c, 2, 2)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(args[1])
	if err != nil {
		return console.Hint(fmt.Errorf("%.40q is not a number", args[1]), "name a contribution, such as 1")
	}
	f, phase, _, err := openCeremony(args[0])
	if err != nil {
		return withTrouble(err)
	}
	_, text, err := f.Attestation(c.Context, phase, number, p.ceremonyProgress())
	if err != nil {
		return withTrouble(err)
	}
	p.Bars.Finish()
	_, err = p.Stdout.Write(text)
	return err
}

func (p *program) newSigningKey(file string) error {
	if file == "-" {
		return console.Hint(errors.New("a secret key is not written to stdout"), "name a file")
	}
	public, secret, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	if err := files.Create(file, []byte(hex.EncodeToString(secret.Seed())+"\n"), files.Secret); err != nil {
		return console.Hint(err, "name a new file: a key that is there is never replaced")
	}
	if p.JSON {
		return p.Report(map[string]string{"public_key": hexOf(public), "file": file})
	}
	p.Say("public key: %s", hexOf(public))
	p.Say("Publish it where people know you. The secret is in %s: it signs contributions.", file)
	return nil
}

// signingKey reads a contributor's key. Its errors quote nothing of it.
func (p *program) signingKey(path string) (ed25519.PrivateKey, error) {
	data, err := p.readSecret(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, console.Hint(err, "genproof ceremony attest --new-key FILE makes a key")
	}
	if err != nil {
		return nil, err
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(data)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, console.Hint(errors.New("that is not a signing key"), "genproof ceremony attest --new-key FILE makes one")
	}
	return ed25519.NewKeyFromSeed(seed), nil
}
