package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
)

// A request asks an authority for receipts: all of it is public. An answer holds hidden values.
type receiptRequest struct {
	Version uint64             `json:"version"` // 1
	Request string             `json:"request"` // what is asked for, for a person
	Tokens  string             `json:"tokens"`  // 1-20,25
	Drop    bundle.Description `json:"drop"`
}

const (
	maxRequestBytes = 2 * bundle.MaxBytes
	maxAnswerBytes  = 1 << 28
)

func (p *program) receiptRequestVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "request", Usage: "ask an authority for receipts: write a file for it that a person can read, and that holds nothing hidden",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "drop", Required: true, Usage: "the drop.json that genproof commit --out writes"},
			&cli.StringFlag{Name: "tokens", Required: true, Usage: "the tokens: 1-20,25 or all"},
			&cli.StringFlag{Name: "out", Value: "request.json", Usage: "the `FILE` of the request"},
		},
		Action: p.receiptRequest,
	})
}

func (p *program) receiptRequest(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	d, _, err := p.trustedDescription(c.String("drop"))
	if err != nil {
		return console.Hint(err, "genproof commit --out drop.json writes it")
	}
	t, err := describedTerms(d)
	if err != nil {
		return err
	}
	ids, err := tokenlist.Parse(c.String("tokens"), t.ids)
	if err != nil {
		return err
	}
	var claims string
	for i, a := range t.schema.Claims {
		claims += []string{"", ", "}[min(i, 1)] + a.Name
	}
	r := receiptRequest{
		Version: 1, Tokens: c.String("tokens"), Drop: *d,
		Request: fmt.Sprintf("Please sign what is true about %s of %s: %s.", counted(len(ids), "token"), d.Name, claims),
	}
	data, err := strictjson.Marshal(&r)
	if err != nil {
		return fmt.Errorf("writing a request: %w", err)
	}
	if err := mayReplace(c.String("out"), "request", isRequest); err != nil {
		return err
	}
	if err := files.Write(c.String("out"), data, files.Public); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(map[string]any{"file": c.String("out"), "tokens": len(ids)})
	}
	p.Say("%s", r.Request)
	p.Say("The request is in %s and holds nothing hidden. The authority answers with genproof receipt answer %s --key KEY --claims CLAIMS.", c.String("out"), filepath.Base(c.String("out")))
	return nil
}

func isRequest(path string) bool {
	_, err := (&program{}).readRequest(path)
	return err == nil
}

func (p *program) readRequest(path string) (*receiptRequest, error) {
	data, err := p.readFile(path, maxRequestBytes)
	if err != nil {
		return nil, err
	}
	r := new(receiptRequest)
	if err := strictjson.Unmarshal(data, r, maxRequestBytes); err != nil {
		return nil, console.Hint(fmt.Errorf("%s is not a request: %w", path, err), "genproof receipt request writes one")
	}
	if r.Version != 1 {
		return nil, console.Hint(fmt.Errorf("%s: a request of version %d, this program reads 1", path, r.Version), "use the genproof that wrote it")
	}
	if err := r.Drop.Validate(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

func (p *program) receiptAnswerVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "answer", ArgsUsage: "REQUEST", Usage: "answer a request with receipts, in one file for the drop's owner",
		Description: "As genproof receipt sign: what is going to be signed is shown first, and every signature stands in the key's log.",
		Flags: append(signingFlags(),
			&cli.StringFlag{Name: "out", Value: "answer.jsonl", Usage: "the new `FILE` of the answer; it holds hidden values"},
		),
		Action: p.receiptAnswer,
	})
}

func (p *program) receiptAnswer(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	r, err := p.readRequest(args[0])
	if err != nil {
		return err
	}
	t, err := describedTerms(&r.Drop)
	if err != nil {
		return err
	}
	ids, err := tokenlist.Parse(r.Tokens, t.ids)
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	if _, err := os.Lstat(c.String("out")); err == nil {
		return console.Hint(fmt.Errorf("%s is there already", c.String("out")), "name a new file with --out: an answer is never replaced")
	}
	return p.signClaims(c, t, ids, p.signIntoAnswer)
}

func (p *program) signIntoAnswer(c *cli.Context, s *signing) error {
	path := s.out
	s.out = "" // there is no folder whose receipts could be kept
	receipts, _, head, err := p.signLogged(c, s)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	for _, r := range receipts {
		line, err := r.Line(s.terms.schema)
		if err != nil {
			return err
		}
		out.Write(line)
		out.WriteByte('\n')
	}
	if err := files.Create(path, out.Bytes(), files.Secret); err != nil {
		return err
	}
	if p.JSON {
		return p.Report(signedReport{path, len(receipts), 0, s.log, head})
	}
	p.Say("The answer is in %s. It holds hidden values: give it to the drop's owner and nobody else, who takes it with genproof receipt accept.", path)
	p.sayHeadOfSignatures(s.log, head)
	return nil
}

func (p *program) receiptAcceptVerb(terms cli.Flag) *cli.Command {
	return p.Verb(&cli.Command{
		Name: "accept", ArgsUsage: "ANSWER", Usage: "check an authority's answer, and put its receipts into the drop",
		Flags: []cli.Flag{
			terms,
			&cli.StringFlag{Name: "out", Usage: "the `FOLDER` for the receipts (default: receipts in the drop's folder)"},
			&cli.BoolFlag{Name: "replace", Usage: "replace receipts that say something else"},
		},
		Action: p.receiptAccept,
	})
}

// receiptAccept writes all of an answer's receipts, or none.
func (p *program) receiptAccept(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	t, err := p.readTerms(c.String("drop"))
	if err != nil {
		return err
	}
	out := c.String("out")
	if out == "" {
		out = filepath.Join(c.String("drop"), drop.ReceiptsDir)
	}
	receipts, err := p.readAnswer(args[0], t)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(out, 0o700); err != nil {
		return err
	}
	var others []uint64
	for _, r := range receipts {
		data, err := r.Encode(t.schema)
		if err != nil {
			return err
		}
		if old, err := existing(receiptPath(out, r.Token)); err != nil {
			return err
		} else if old != nil && !bytes.Equal(old, data) {
			others = append(others, r.Token)
		}
	}
	if len(others) > 0 && !c.Bool("replace") {
		return console.Hint(fmt.Errorf("%s says something else about %s; nothing was written", out, someTokens(others)), "ask the authority which holds, then add --replace")
	}
	for _, r := range receipts {
		if err := writeReceipt(receiptPath(out, r.Token), r, t); err != nil {
			return err
		}
	}
	if p.JSON {
		return p.Report(map[string]any{"folder": out, "accepted": len(receipts), "replaced": len(others)})
	}
	p.Say("%s of the drop's authority in %s.", counted(len(receipts), "receipt"), out)
	return nil
}

// readAnswer reads receipts that hold for the drop, one a line, each token once.
func (p *program) readAnswer(path string, t *terms) ([]*drop.Receipt, error) {
	data, err := p.readFile(path, maxAnswerBytes)
	if err != nil {
		return nil, err
	}
	var list []*drop.Receipt
	seen := map[uint64]bool{}
	for line := range bytes.Lines(data) {
		at := fmt.Sprintf("%s, receipt %d", path, len(list)+1)
		r, err := drop.ParseReceipt(at, bytes.TrimRight(line, "\n"), t.schema)
		if err != nil {
			return nil, err
		}
		if err := t.judge(r); err != nil {
			return nil, console.Hint(fmt.Errorf("%s: %w", at, err), "nothing was written; ask the authority for it again")
		}
		if seen[r.Token] {
			return nil, fmt.Errorf("%s: token %d stands there twice", at, r.Token)
		}
		seen[r.Token] = true
		list = append(list, r)
	}
	if len(list) == 0 {
		return nil, errors.New("the answer holds no receipt")
	}
	slices.SortFunc(list, func(a, b *drop.Receipt) int { return int(a.Token) - int(b.Token) })
	return list, nil
}

func receiptPath(dir string, id uint64) string { return filepath.Join(dir, fmt.Sprintf("%d.json", id)) }
