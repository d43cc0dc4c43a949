package main

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"filippo.io/age"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/service/backup"
	"github.com/genproof/genproof/service/web"
)

func (p *program) backupVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "backup", Usage: "copy all of a server's folder into an encrypted file; the server may be at work",
		Description: "It writes FILE and FILE.keys. Keep FILE as long as you like, and of FILE.keys the newest alone: what was forgotten is readable with an older one.",
		Flags: []cli.Flag{
			dataFlag(),
			&cli.StringFlag{Name: "out", Usage: "the `FILE`", Required: true},
			&cli.StringSliceFlag{Name: "to", Usage: "an age `RECIPIENT`, age1…, who can restore it: two at least, one of whom is kept offline"},
			&cli.StringFlag{Name: "recipients", Usage: "a `FILE` of such recipients, one a line"},
			&cli.StringFlag{Name: "passphrase", Usage: "the `FILE` with a passphrase, instead of recipients"},
		},
		Action: p.backup,
	})
}

func (p *program) backup(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	to, err := recipientsOf(c, "to")
	if err != nil {
		return err
	}
	passphrase, err := passphraseOf(c.String("passphrase"))
	if err != nil {
		return err
	}
	if passphrase != "" {
		if len(to) > 0 {
			return errors.New("--passphrase: a backup is for recipients or for a passphrase")
		}
		lock, err := age.NewScryptRecipient(passphrase)
		if err != nil {
			return err
		}
		to = []age.Recipient{lock}
	}
	spinner := p.Bars.Spin("backing up")
	defer spinner.End()
	s, err := backup.Make(c.Context, c.String("data"), c.String("out"), to)
	if err != nil {
		return err
	}
	if p.JSON {
		return p.Report(s)
	}
	p.Say("%s and %s%s: %d files, %d logs of drops", c.String("out"), c.String("out"), backup.KeysSuffix, s.Files, s.Logs)
	p.Say("Next: genproof-studio restore --check sees that it comes back")
	return nil
}

func (p *program) restoreVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "restore", Usage: "put a server's folder back from a backup, whole or not at all",
		Description: "Every file is compared with the backup's manifest, every log checked, and every deck loaded: its commitment has to be the one that its log names.",
		Flags: append([]cli.Flag{
			dataFlag(),
			&cli.StringFlag{Name: "in", Usage: "the `FILE` of the backup; its keys are read from FILE.keys", Required: true},
			&cli.StringFlag{Name: "identity", Usage: "the `FILE` of an age identity that can open it"},
			&cli.StringFlag{Name: "passphrase", Usage: "the `FILE` with its passphrase"},
			&cli.BoolFlag{Name: "check", Usage: "see that it would come back, and leave nothing"},
			&cli.StringSliceFlag{Name: "head", Usage: "SEQUENCE:HASH that somebody has of a drop's log: a backup in which it is missing is refused"},
			&cli.BoolFlag{Name: "older", Usage: "take a backup that is older than --head"},
		}, vaultFlags()...),
		Action: p.restore,
	})
}

type restoreReport struct {
	Folder  string    `json:"folder"`
	Checked bool      `json:"checked_only"`
	MadeAt  time.Time `json:"made_at"`
	Files   int       `json:"files"`
	Decks   int       `json:"decks"` // whose commitments came out equal
}

func (p *program) restore(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	ids, err := identitiesOf(c)
	if err != nil {
		return err
	}
	v, err := openVault(c, c.String("data"))
	if err != nil {
		return err
	}
	spinner := p.Bars.Spin("restoring")
	defer spinner.End()
	r := &restoreReport{Folder: c.String("data"), Checked: c.Bool("check")}
	m, err := backup.Restore(c.Context, backup.Options{
		File: c.String("in"), Dir: c.String("data"), Identities: ids, Check: r.Checked, Heads: c.StringSlice("head"), Older: c.Bool("older"),
		Judge: func(dir string) (err error) {
			r.Decks, err = web.Verify(c.Context, filepath.Join(dir, dropsDir), v)
			return err
		},
	})
	if err != nil {
		return err
	}
	r.MadeAt, r.Files = m.MadeAt, len(m.Files)
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%d files, %d decks that commit to what they did, of %s: %s ago", r.Files, r.Decks, r.MadeAt.Format(time.RFC3339), time.Since(r.MadeAt).Round(time.Second))
	if r.Checked {
		p.Say("Nothing was written.")
	}
	return nil
}

func identitiesOf(c *cli.Context) ([]age.Identity, error) {
	passphrase, err := passphraseOf(c.String("passphrase"))
	if err != nil {
		return nil, err
	}
	if passphrase != "" {
		id, err := age.NewScryptIdentity(passphrase)
		return []age.Identity{id}, err
	}
	if c.String("identity") == "" {
		return nil, errors.New("--identity or --passphrase is missing: a backup is encrypted")
	}
	text, err := files.ReadSecret(c.String("identity"), 1<<16)
	if err != nil {
		return nil, err
	}
	ids, err := age.ParseIdentities(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("%s is no age identity", c.String("identity")) // the cause may quote it
	}
	return ids, nil
}
