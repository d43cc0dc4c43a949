package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
)

// maxClaimFile bounds a file whose digest is claimed, in bytes: a picture, a film, a prompt.
const maxClaimFile = 1 << 32

// openings are those of one run that are not on disk yet.
type openings []*drop.Opening

// fileClaims puts the digests of --files and --commit into the claims.
func (p *program) fileClaims(c *cli.Context, s *signing) (openings, error) {
	for _, arg := range c.StringSlice("files") {
		claim, pattern, err := claimPattern("--files", arg, len(s.ids))
		if err != nil {
			return nil, err
		}
		err = p.eachFile(c, s, claim, pattern, func(id uint64, f io.Reader) ([32]byte, error) {
			h := sha256.New()
			_, err := io.Copy(h, f)
			return [32]byte(h.Sum(nil)), err
		})
		if err != nil {
			return nil, err
		}
	}
	var list openings
	for _, arg := range c.StringSlice("commit") {
		claim, pattern, err := claimPattern("--commit", arg, len(s.ids))
		if err != nil {
			return nil, err
		}
		err = p.eachFile(c, s, claim, pattern, func(id uint64, f io.Reader) ([32]byte, error) {
			o, isNew, err := p.opening(openingPath(c.String("openings"), claim, id), id, claim, f)
			if err != nil {
				return [32]byte{}, err
			}
			if isNew {
				list = append(list, o)
			}
			return o.Digest, nil
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

// claimPattern reads CLAIM=PATH. For more than one token PATH holds {id}.
func claimPattern(option, arg string, tokens int) (claim, pattern string, err error) {
	claim, pattern, ok := strings.Cut(arg, "=")
	if !ok || claim == "" || pattern == "" {
		return "", "", console.Hint(fmt.Errorf("%s %.60q is not CLAIM=PATH", option, arg), "write "+option+" image=pictures/{id}.png")
	}
	if tokens > 1 && !strings.Contains(pattern, "{id}") {
		return "", "", console.Hint(fmt.Errorf("%s: %.60q is one file for %d tokens", option, pattern, tokens), "write {id} where the token's id stands in its name")
	}
	return claim, pattern, nil
}

// eachFile makes a claim of every token's file.
func (p *program) eachFile(c *cli.Context, s *signing, claim, pattern string, digest func(id uint64, content io.Reader) ([32]byte, error)) error {
	meter := p.Bars.Count("hashing "+claim, int64(len(s.ids)))
	defer meter.End()
	for i, id := range s.ids {
		if err := c.Context.Err(); err != nil {
			return err
		}
		path := strings.ReplaceAll(pattern, "{id}", fmt.Sprint(id))
		d, err := digestOfFile(path, func(f io.Reader) ([32]byte, error) { return digest(id, f) })
		if err != nil {
			return fmt.Errorf("token %d's %s: %w", id, claim, err)
		}
		if err := s.claims.SetDigest(s.terms.schema, id, claim, d); err != nil {
			return err
		}
		meter.Set(int64(i + 1))
	}
	return nil
}

func digestOfFile(path string, digest func(io.Reader) ([32]byte, error)) ([32]byte, error) {
	f, info, err := files.Open(path)
	if err != nil {
		return [32]byte{}, err
	}
	defer f.Close() // only read
	if info.Size() > maxClaimFile {
		return [32]byte{}, fmt.Errorf("%s: %w: at most %d bytes", path, files.ErrTooLarge, int64(maxClaimFile))
	}
	d, err := digest(io.LimitReader(f, maxClaimFile))
	if err != nil {
		return [32]byte{}, fmt.Errorf("reading %s: %w", path, err)
	}
	return d, nil
}

// opening returns the opening that is on disk for this content, or a new one. One for another
// content is an error: its random bytes belong to a signature.
func (p *program) opening(path string, id uint64, claim string, content io.Reader) (o *drop.Opening, isNew bool, err error) {
	data, err := files.ReadSecret(path, drop.MaxOpening)
	if errors.Is(err, fs.ErrNotExist) {
		o, err := drop.NewOpening(id, claim, content)
		return o, true, err
	}
	if err != nil {
		return nil, false, err
	}
	if o, err = drop.ParseOpening(path, data); err != nil {
		return nil, false, err
	}
	opens, err := o.Opens(content)
	if err == nil && (!opens || o.Token != id || o.Claim != claim) {
		err = console.Hint(fmt.Errorf("%s opens something else", path), "name another folder with --openings, or move that file away")
	}
	return o, false, err
}

func openingPath(dir, claim string, id uint64) string {
	return filepath.Join(dir, claim, fmt.Sprintf("%d.json", id))
}

// write puts the openings where their owner keeps them. None that is there is replaced.
func (list openings) write(dir string) error {
	for _, o := range list {
		path := openingPath(dir, o.Claim, o.Token)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		data, err := o.Encode()
		if err != nil {
			return err
		}
		if err := files.Create(path, data, files.Secret); err != nil {
			return err
		}
	}
	return nil
}

func (p *program) receiptOpensVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "opens", ArgsUsage: "OPENING FILE", Usage: "check what a committed claim was taken over; exits with 1 if it was something else",
		Description: "Compare the digest with the one that the token's document shows: it stands there as an address, ipfs://CID.",
		Action:      p.receiptOpens,
	})
}

type openedReport struct {
	Token  uint64 `json:"token"`
	Claim  string `json:"claim"`
	Digest string `json:"digest"`
	Shown  string `json:"shown_as"`
	Opens  bool   `json:"opens"`
}

func (p *program) receiptOpens(c *cli.Context) error {
	args, err := console.Operands(c, 2, 2)
	if err != nil {
		return err
	}
	data, err := p.readFile(args[0], drop.MaxOpening)
	if err != nil {
		return err
	}
	o, err := drop.ParseOpening(args[0], data)
	if err != nil {
		return err
	}
	opens := false
	if _, err := digestOfFile(args[1], func(f io.Reader) ([32]byte, error) {
		opens, err = o.Opens(f)
		return o.Digest, err
	}); err != nil {
		return err
	}
	shown := "ipfs://" + car.OfRaw(o.Digest).String()
	if p.JSON {
		err = p.Report(openedReport{o.Token, o.Claim, fmt.Sprintf("0x%x", o.Digest), shown, opens})
	} else {
		p.Say("token %d, %s: 0x%x, in a document %s", o.Token, o.Claim, o.Digest, shown)
		if opens {
			p.Say("It was taken over these random bytes and %s.", args[1])
		} else {
			p.Say("rejected: it was not taken over %s.", args[1])
		}
	}
	if err == nil && !opens {
		return console.ErrRejected
	}
	return err
}
