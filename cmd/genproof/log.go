package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) logVerb() *cli.Command {
	key := &cli.StringFlag{Name: "key", Required: true, Usage: "the `FILE` of the log's key, from genproof attest new-key; - for stdin"}
	return p.Verb(&cli.Command{
		Name: "log", Usage: "keep a log of what was done about a drop, in which nothing can be changed unseen, and check one",
		Subcommands: []*cli.Command{
			p.Verb(&cli.Command{
				Name: "append", ArgsUsage: "FOLDER", Usage: "add an entry; it is on disk, and its head signed, when this returns",
				Flags: []cli.Flag{
					key,
					&cli.StringFlag{Name: "kind", Value: "note", Usage: "what was done: " + strings.Join(log.Kinds(), ", ")},
					&cli.StringFlag{Name: "about", Usage: "the `FILE` that it is about, by its SHA-256; of an attestation by its id; or 64 hex digits"},
					&cli.StringFlag{Name: "text", Usage: "in `WORDS` that everybody may read"},
					&cli.StringFlag{Name: "private", Usage: "the `FILE` of what is not public, a name or a reason: its salted commitment stands in the log; - for stdin"},
				},
				Action: p.logAppend,
			}),
			p.Verb(&cli.Command{Name: "head", ArgsUsage: "FOLDER", Usage: "print the last signed head, for others to keep", Action: p.logHead}),
			p.Verb(&cli.Command{
				Name: "export", ArgsUsage: "FOLDER", Usage: "copy what is public of a log",
				Flags:  []cli.Flag{&cli.StringFlag{Name: "out", Required: true, Usage: "the new `FOLDER`"}},
				Action: p.logExport,
			}),
			p.Verb(&cli.Command{
				Name: "verify", ArgsUsage: "FOLDER", Usage: "check a log in itself and against heads that others have; names the first gap, change, fork or rollback, and exits with 1",
				Flags: []cli.Flag{
					&cli.StringSliceFlag{Name: "head", Usage: "a head that you have: the `FILE` that genproof log head --json wrote, or SEQUENCE:HASH"},
					&cli.StringSliceFlag{Name: "attestation", Usage: "an attestation's `FILE` that names a head of this log"},
				},
				Action: p.logVerify,
			}),
			p.logAnchorVerb(),
		},
	})
}

func (p *program) logAppend(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	key, err := p.attestKey(c.String("key"))
	if err != nil {
		return err
	}
	a := log.Addition{Kind: c.String("kind"), Text: c.String("text")}
	if about := c.String("about"); about != "" {
		if a.Digest, err = p.digestOf(about); err != nil {
			return err
		}
	}
	if file := c.String("private"); file != "" {
		if a.Private, err = p.readFile(file, 1<<16); err != nil {
			return err
		}
	}
	l, err := log.Open(args[0], key)
	if err != nil {
		return logHint(err)
	}
	defer l.Close()
	h, err := l.Append(a, time.Now())
	if err != nil {
		return logHint(err)
	}
	return p.sayHead(h)
}

// digestOf is the digest that names something in a log: an attestation's id, a file's SHA-256, or hex.
func (p *program) digestOf(about string) ([32]byte, error) {
	if d, err := parseDigest(about); err == nil {
		return d, nil
	}
	f, _, err := files.Open(about)
	if err != nil {
		return [32]byte{}, console.Hint(fmt.Errorf("--about: %w", err), "name a file, or 64 hex digits")
	}
	defer f.Close() // only read
	if data, err := files.ReadFrom(f, about, attest.MaxBytes); err == nil {
		if a, err := attest.Parse(data); err == nil {
			return a.ID, nil
		}
	}
	h := sha256.New()
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return [32]byte{}, err
	}
	_, err = io.Copy(h, f)
	return [32]byte(h.Sum(nil)), err
}

func logHint(err error) error {
	switch {
	case errors.Is(err, files.ErrBusy):
		return console.Hint(err, "wait until it has ended: a log has one writer")
	case errors.Is(err, log.ErrClock):
		return console.Hint(err, "set this machine's clock")
	case errors.Is(err, log.ErrKey):
		return console.Hint(err, "name the key that the log was begun with")
	case errors.Is(err, log.ErrGap), errors.Is(err, log.ErrChanged), errors.Is(err, log.ErrFork), errors.Is(err, log.ErrRollback), errors.Is(err, log.ErrForm), errors.Is(err, log.ErrSigner):
		return console.Hint(err, "nothing is added to a log that was changed: genproof log verify says where")
	}
	return err
}

func (p *program) sayHead(h *log.Head) error {
	if p.JSON {
		_, err := p.Stdout.Write(h.Line())
		return err
	}
	p.Say("%s", h)
	p.Say("log: %s, at %s", h.Log, h.At)
	p.Say("Give it away: with --json it is a file that genproof log verify --head takes, and --log-head puts it into an attestation.")
	return nil
}

// openLog reads a log that is whole in itself.
func openLog(dir string) (*log.State, error) {
	folder, err := files.OpenFolder(dir)
	if err != nil {
		return nil, err
	}
	defer folder.Close() // only read
	return log.Read(folder)
}

func (p *program) logHead(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	s, err := openLog(args[0])
	if err != nil {
		return logHint(err)
	}
	h := s.Last()
	if h == nil {
		return console.Hint(errors.New("the log has no head"), "genproof log append writes an entry and signs one")
	}
	return p.sayHead(h)
}

func (p *program) logExport(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if _, err := openLog(args[0]); err != nil {
		return logHint(err)
	}
	var list []files.Named
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		data, err := files.Read(filepath.Join(args[0], name), log.MaxBytes)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		list = append(list, files.Named{Name: name, Data: data})
	}
	if err := files.WriteFolder(c.String("out"), files.Public, list...); err != nil {
		return console.Hint(err, "name a new folder")
	}
	if p.JSON {
		return p.Report(map[string]string{"folder": c.String("out")})
	}
	p.Say("%s has the log's entries and heads, and nothing that is private", c.String("out"))
	return nil
}

type logReport struct {
	Verdict  string   `json:"verdict"` // holds or rejected
	Reason   string   `json:"reason"`
	Log      string   `json:"log"`
	Entries  int      `json:"entries"`
	Heads    int      `json:"heads"`
	Unsigned int      `json:"unsigned"` // entries of which nobody was told
	Checked  []string `json:"checked"`  // heads that others have
	Unknown  []string `json:"not_checked"`
}

func (p *program) logVerify(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	s, err := openLog(args[0])
	if s == nil {
		return err
	}
	r := &logReport{Verdict: string(attest.Holds), Log: s.Log, Entries: len(s.Entries), Heads: len(s.Heads), Unsigned: s.Unsigned(), Checked: []string{}, Unknown: []string{}}
	if err == nil {
		err = p.heldHeads(c, s, r)
	}
	var unread *unreadable
	if errors.As(err, &unread) {
		return unread.error
	}
	if err != nil {
		r.Verdict, r.Reason = "rejected", err.Error()
	}
	if len(r.Checked) == 0 {
		r.Unknown = append(r.Unknown, "heads that others have: without one its holder could have written the whole log anew")
	}
	if !p.JSON {
		p.sayLog(r)
	} else if err := p.Report(r); err != nil {
		return err
	}
	if r.Reason != "" {
		return console.ErrRejected
	}
	return nil
}

func (p *program) sayLog(r *logReport) {
	p.Say("log of %s: %s, %s", r.Log, countedOf(r.Entries, "entry", "entries"), counted(r.Heads, "signed head"))
	for _, x := range r.Checked {
		p.Say("  leads to %s", x)
	}
	if r.Unsigned > 0 {
		p.Say("  the last %d have no signed head", r.Unsigned)
	}
	for _, x := range r.Unknown {
		p.Say("- not checked: %s", x)
	}
	if r.Reason != "" {
		p.Say("rejected: %s", r.Reason)
		return
	}
	p.Say("holds")
}

// An unreadable is an error about the reader's own files, not about the log.
type unreadable struct{ error }

// heldHeads compares a log with the heads that its reader has.
func (p *program) heldHeads(c *cli.Context, s *log.State, r *logReport) error {
	for _, text := range c.StringSlice("head") {
		var err error
		if head, short := logHeadOf(text); short == nil {
			hash, _ := parseDigest(head.Hash)
			err = s.Holds(head.Sequence, hash)
		} else {
			data, bad := p.readFile(text, 1<<14)
			if bad != nil {
				return &unreadable{bad}
			}
			h, bad := log.ParseHead(data)
			if bad != nil {
				return &unreadable{fmt.Errorf("%s: %w", text, bad)}
			}
			err, text = s.Follows(h), h.String()
		}
		if err != nil {
			return err
		}
		r.Checked = append(r.Checked, "head "+text)
	}
	for _, file := range c.StringSlice("attestation") {
		data, err := p.readFile(file, attest.MaxBytes)
		if err != nil {
			return &unreadable{err}
		}
		a, err := attest.Parse(data)
		if err == nil {
			err = a.Verify(c.Context, nil)
		}
		if err == nil && a.Statement.Predicate.LogHead == nil {
			err = errors.New("the attestation names no log head")
		}
		if err != nil {
			return &unreadable{fmt.Errorf("%s: %w", file, err)}
		}
		head := a.Statement.Predicate.LogHead
		hash, _ := parseDigest(head.Hash)
		if err := s.Holds(head.Sequence, hash); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		r.Checked = append(r.Checked, fmt.Sprintf("head %d, which %s named when it signed %s", head.Sequence, a.Statement.Predicate.Signer.Identity, file))
	}
	return nil
}
