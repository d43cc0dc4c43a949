package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/vault"
	"github.com/genproof/genproof/service/web"
)

func vaultFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "vault", Usage: "the `FILE` with the identity of the vault, in which hidden files are encrypted; empty: they are in the clear"},
		&cli.StringFlag{Name: "vault-passphrase", Usage: "the `FILE` with its passphrase, if it has one"},
		&cli.StringSliceFlag{Name: "vault-to", Usage: "an age `RECIPIENT`, age1…, that can open drops too: one that is kept offline, say"},
		&cli.StringFlag{Name: "recipients", Usage: "a `FILE` of such recipients, one a line"},
	}
}

func (p *program) vaultVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "vault", Usage: "what hidden files are encrypted with while nobody works with them",
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{
				Name: "new", ArgsUsage: "FILE", Usage: "draw a vault's identity; keep a copy of the file elsewhere",
				Flags:  []cli.Flag{&cli.StringFlag{Name: "vault-passphrase", Usage: "encrypt it with the passphrase in this `FILE`"}},
				Action: p.newVault,
			}),
			p.Verb(&cli.Command{
				Name: "rewrap", Usage: "encrypt the keys of all drops anew, after recipients have changed; no server may be at work",
				Description: "A recipient that is left out opens no drop any more, but for what it has copies of: replace the keys' file of backups too.",
				Flags:       append([]cli.Flag{dataFlag(), studioFlag()}, vaultFlags()...),
				Action:      p.rewrapVault,
			}),
		},
	})
}

func (p *program) rewrapVault(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	v, err := openVault(c, c.String("data"))
	if err == nil && v == nil {
		err = errors.New("--vault is missing")
	}
	if err != nil {
		return err
	}
	folder, err := p.folderOf(studio(c, c.String("data")))
	if err != nil {
		return err
	}
	lock, err := folder.Lock()
	if err != nil {
		return err
	}
	defer lock.Unlock()
	n, err := web.Rewrap(filepath.Join(c.String("data"), dropsDir), v)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]int{"drops": n})
	}
	p.Say("the keys of %d drops are encrypted to the recipients that you have named, and to the vault", n)
	return nil
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
	others, err := recipientsOf(c, "vault-to")
	if err != nil {
		return nil, err
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

// recipientsOf are those that an option names, and those in the file of --recipients, each once.
func recipientsOf(c *cli.Context, option string) (out []age.Recipient, err error) {
	seen := map[string]bool{}
	add := func(r *age.X25519Recipient) {
		if !seen[r.String()] {
			seen[r.String()], out = true, append(out, r)
		}
	}
	for _, text := range c.StringSlice(option) {
		r, err := age.ParseX25519Recipient(text)
		if err != nil {
			return nil, console.Hint(fmt.Errorf("--%s: that is no age recipient", option), noRecipient)
		}
		add(r)
	}
	name := c.String("recipients")
	if name == "" {
		return out, nil
	}
	data, err := files.Read(name, 1<<16)
	if err != nil {
		return nil, fmt.Errorf("--recipients: %w", err)
	}
	list, err := age.ParseRecipients(bytes.NewReader(data))
	if err != nil {
		return nil, console.Hint(fmt.Errorf("--recipients: %s: %w", name, err), noRecipient)
	}
	for _, r := range list {
		x, ok := r.(*age.X25519Recipient)
		if !ok {
			return nil, console.Hint(fmt.Errorf("--recipients: %s has one of another kind than age1…", name), noRecipient)
		}
		add(x)
	}
	return out, nil
}

const noRecipient = "genproof-studio vault new and age-keygen print one: age1…"
