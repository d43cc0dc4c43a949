package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/vault"
)

func vaultFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "vault", Usage: "the `FILE` with the identity of the vault, in which hidden files are encrypted; empty: they are in the clear"},
		&cli.StringFlag{Name: "vault-passphrase", Usage: "the `FILE` with its passphrase, if it has one"},
		&cli.StringSliceFlag{Name: "vault-to", Usage: "an age `RECIPIENT`, age1…, that can open drops too: one that is kept offline, say"},
	}
}

func (p *program) vaultVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "vault", Usage: "what hidden files are encrypted with while nobody works with them",
		Subcommands: []*cli.Command{p.Verb(&cli.Command{
			Name: "new", ArgsUsage: "FILE", Usage: "draw a vault's identity; keep a copy of the file elsewhere",
			Flags:  []cli.Flag{&cli.StringFlag{Name: "vault-passphrase", Usage: "encrypt it with the passphrase in this `FILE`"}},
			Action: p.newVault,
		})},
	})
}

func (p *program) newVault(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	passphrase, err := passphraseOf(c.String("vault-passphrase"))
	if err != nil {
		return err
	}
	text, recipient, err := vault.NewIdentity(passphrase)
	if err != nil {
		return err
	}
	if err := files.Create(args[0], text, files.Secret); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]string{"file": args[0], "recipient": recipient})
	}
	p.Say("%s", recipient)
	p.Say("Without a copy of %s nobody can prove or disclose anything of the drops again.", args[0])
	return nil
}

// passphraseOf reads a passphrase from a file, "" from none.
func passphraseOf(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	data, err := files.ReadSecret(file, 1<<12)
	if err != nil {
		return "", err
	}
	text := strings.TrimRight(string(data), "\r\n")
	if text == "" {
		return "", fmt.Errorf("%s has no passphrase", file)
	}
	return text, nil
}

// openVault opens the one that --vault names, if it names one.
func openVault(c *cli.Context, data string) (*vault.Vault, error) {
	file := c.String("vault")
	if file == "" {
		return nil, nil
	}
	if isWithin(data, file) {
		return nil, console.Hint(errors.New("--vault: the key lies where its lock is"), "keep it outside of the --data folder, which backups copy")
	}
	text, err := files.ReadSecret(file, 1<<16)
	if err != nil {
		return nil, err
	}
	passphrase, err := passphraseOf(c.String("vault-passphrase"))
	if err != nil {
		return nil, err
	}
	others, err := recipientsOf(c.StringSlice("vault-to"))
	if err != nil {
		return nil, fmt.Errorf("--vault-to: %w", err)
	}
	return vault.Open(text, passphrase, others...)
}

// isWithin reports whether a file lies below a folder, by their names.
func isWithin(folder, file string) bool {
	rel, err := filepath.Rel(absolute(folder), absolute(file))
	return err == nil && filepath.IsLocal(rel)
}

func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

func recipientsOf(list []string) (out []age.Recipient, err error) {
	for _, text := range list {
		r, err := age.ParseX25519Recipient(text)
		if err != nil {
			return nil, console.Hint(errors.New("that is no age recipient"), "genproof-studio vault new and age-keygen print one: age1…")
		}
		out = append(out, r)
	}
	return out, nil
}
