package main

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/internal/tokenlist"
)

func (p *program) receiptSignVerb(terms cli.Flag) *cli.Command {
	return p.Verb(&cli.Command{
		Name: "sign", Usage: "sign claims about tokens; a receipt holds hidden values and goes to the drop's owner only",
		Description: "What is going to be signed is shown first: the drop, its policy, and how many tokens have which claims; values only on a terminal, and by --dry-run.\n" +
			"Every signature stands in the key's log before its receipt is written (genproof receipt log).\n" +
			"A receipt that is there and says the same stays; one that says something else is an error without --replace.",
		Flags: append(signingFlags(),
			terms,
			&cli.StringFlag{Name: "tokens", Required: true, Usage: "the tokens: 1-20,25 or all"},
			&cli.StringFlag{Name: "out", Value: drop.ReceiptsDir, Usage: "the `FOLDER` for the receipts, ID.json"},
			&cli.BoolFlag{Name: "replace", Usage: "sign other claims about tokens that have a receipt"},
		),
		Action: p.receiptSign,
	})
}

// signingFlags are those of every verb that signs.
func signingFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "key", Required: true, Usage: "the `FILE` of the authority's secret key, - for stdin"},
		&cli.StringFlag{Name: "claims", Usage: "the `FILE` of the claims, as claims.yaml or claims.csv of a drop, - for YAML on stdin"},
		&cli.StringSliceFlag{Name: "files", Usage: "`CLAIM=PATH`: a digest claim is the SHA-256 of a file, as image=pictures/{id}.png"},
		&cli.StringSliceFlag{Name: "commit", Usage: "`CLAIM=PATH`: a digest claim is the SHA-256 of 32 random bytes and a file that could be guessed, as prompt=prompts/{id}.txt"},
		&cli.StringFlag{Name: "openings", Value: "openings", Usage: "the `FOLDER` for the random bytes of --commit, CLAIM/ID.json: keep it, and keep it to yourself"},
		&cli.StringFlag{Name: "log", Usage: "the `FILE` of the key's log of signatures (default: the key's file and .log)"},
		&cli.BoolFlag{Name: "allow-empty", Usage: "sign that a token has no claims"},
		&cli.BoolFlag{Name: "dry-run", Usage: "show what would be signed, and sign nothing"},
	}
}

// A signing is one run of receipt sign.
type signing struct {
	terms   *terms
	ids     []uint64
	claims  *drop.ClaimTable
	key     *eddsa.PrivateKey
	out     string // the folder of receipts, empty if there is none
	log     string
	replace bool
}

func (p *program) receiptSign(c *cli.Context) error {
	if _, err := console.Operands(c, 0, 0); err != nil {
		return err
	}
	t, err := p.readTerms(c.String("drop"))
	if err != nil {
		return err
	}
	ids, err := tokenlist.Parse(c.String("tokens"), t.ids)
	if err != nil {
		return err
	}
	return p.signClaims(c, t, ids, p.signIntoFolder)
}

// signClaims reads the claims about tokens, shows them, and has them signed.
func (p *program) signClaims(c *cli.Context, t *terms, ids []uint64, sign func(*cli.Context, *signing) error) error {
	s, err := p.readSigning(c, t, ids)
	if err != nil {
		return err
	}
	opened, err := p.fileClaims(c, s)
	if err != nil {
		return err
	}
	if err := s.refuseEmpty(c.Bool("allow-empty")); err != nil {
		return err
	}
	switch dry := c.Bool("dry-run"); {
	case dry && p.JSON:
		return p.Report(map[string]any{"would_sign": len(s.ids)})
	case dry:
		p.Say("%s\nNothing was signed.", s.summary(true))
		return nil
	case !p.JSON:
		p.Bars.Finish()
		fmt.Fprintln(p.Stderr, console.Printable(s.summary(console.IsTerminal(p.Stderr))))
	}
	if err := opened.write(c.String("openings")); err != nil {
		return err
	}
	return sign(c, s)
}

func (p *program) readSigning(c *cli.Context, t *terms, ids []uint64) (*signing, error) {
	s := &signing{terms: t, ids: ids, out: c.String("out"), log: c.String("log"), replace: c.Bool("replace")}
	if c.String("key") == "-" && c.String("claims") == "-" {
		return nil, errors.New("the key and the claims cannot both come from stdin")
	}
	if s.log == "" && (c.String("key") == "-" || isDescriptor(c.String("key"))) {
		return nil, console.Hint(errors.New("a key from stdin or a pipe has no log beside it"), "name its log with --log FILE")
	}
	if s.log == "" {
		s.log = c.String("key") + ".log"
	}
	var err error
	if s.key, err = p.secretKey(c.String("key")); err != nil {
		return nil, err
	}
	if s.key.Public() != t.authority {
		authority := t.authority.Bytes()
		return nil, console.Hint(errors.New("the key is not that of the drop's authority"), "the drop names "+hex.EncodeToString(authority[:]))
	}
	s.claims, err = p.readClaims(c, t)
	return s, err
}

func (p *program) readClaims(c *cli.Context, t *terms) (*drop.ClaimTable, error) {
	if !c.IsSet("claims") {
		if !c.IsSet("files") && !c.IsSet("commit") {
			return nil, console.Hint(errors.New("no claims are named"), "add --claims FILE, --files CLAIM=PATH or --commit CLAIM=PATH")
		}
		return drop.NoClaims(t.schema), nil
	}
	data, err := p.readFile(c.String("claims"), maxClaimsBytes)
	if err != nil {
		return nil, err
	}
	return drop.ParseClaims(c.String("claims"), data, t.schema, t.ids)
}

// refuseEmpty refuses to sign that a token has no claims, which looks like a mistake.
func (s *signing) refuseEmpty(allowed bool) error {
	if allowed {
		return nil
	}
	var empty []uint64
	for _, id := range s.ids {
		if s.claims.For(id).IsEmpty() {
			empty = append(empty, id)
		}
	}
	if len(empty) == 0 {
		return nil
	}
	return console.Hint(fmt.Errorf("%s without any claim: %s", counted(len(empty), "token"), someIDs(empty)), "give them claims, leave them out of --tokens, or add --allow-empty")
}

// someIDs lists the first ids.
func someIDs(ids []uint64) string {
	const most = 10
	var list []string
	for _, id := range ids[:min(len(ids), most)] {
		list = append(list, fmt.Sprint(id))
	}
	if len(ids) > most {
		list = append(list, fmt.Sprintf("and %d more", len(ids)-most))
	}
	return strings.Join(list, ", ")
}

// summary tells a person what the key is about to say. The values of claims are for eyes:
// not for a stream that may be a file.
func (s *signing) summary(eyes bool) string {
	var out strings.Builder
	policy := s.terms.policy.Bytes()
	fmt.Fprintf(&out, "drop: %s, tokens %d to %d\n", s.terms.name, s.terms.ids.First, s.terms.ids.Last())
	fmt.Fprintf(&out, "policy: 0x%x, in its author's words:\n", policy)
	for line := range strings.Lines(strings.TrimSpace(s.terms.rule)) {
		fmt.Fprintln(&out, strings.TrimRight("  "+line, " \n"))
	}
	fmt.Fprintf(&out, "claims about %s:\n", counted(len(s.ids), "token"))
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	for at, a := range s.terms.schema.Claims {
		fmt.Fprintf(w, "  %s\t%s\n", a.Name, s.values(at, eyes))
	}
	w.Flush() // a builder takes everything
	return strings.TrimSuffix(out.String(), "\n")
}

// values tells how many tokens have which value of a claim.
func (s *signing) values(at int, eyes bool) string {
	count := map[string]int{}
	absent := 0
	for _, id := range s.ids {
		if text, ok := s.claims.For(id).Text(at); ok {
			count[text]++
		} else {
			absent++
		}
	}
	var list []string
	if !eyes || len(count) > 5 {
		list = append(list, fmt.Sprintf("%d with %s", len(s.ids)-absent, counted(len(count), "different value")))
	} else {
		for text, n := range count {
			list = append(list, fmt.Sprintf("%q: %d", text, n))
		}
		slices.Sort(list)
	}
	if absent > 0 {
		list = append(list, fmt.Sprintf("none: %d", absent))
	}
	return strings.Join(list, ", ")
}

type signedReport struct {
	Out    string `json:"out"` // the folder, or the file of an answer
	Signed int    `json:"signed"`
	Kept   int    `json:"kept"` // receipts that were there and say the same
	Log    string `json:"log"`
	Head   string `json:"head"`
}

// signIntoFolder signs what has no receipt that says the same, writes the log, then the receipts.
func (p *program) signIntoFolder(c *cli.Context, s *signing) error {
	if err := os.MkdirAll(s.out, 0o700); err != nil {
		return err
	}
	receipts, kept, head, err := p.signLogged(c, s)
	if err != nil {
		return err
	}
	for _, r := range receipts {
		if err := writeReceipt(receiptPath(s.out, r.Token), r, s.terms); err != nil {
			return err
		}
	}
	if p.JSON {
		return p.Report(signedReport{s.out, len(receipts), kept, s.log, head})
	}
	p.Say("%s in %s, %d of them were there. They hold hidden values: give them to the drop's owner and nobody else.", counted(len(receipts)+kept, "receipt"), s.out, kept)
	p.sayHeadOfSignatures(s.log, head)
	return nil
}

func (p *program) sayHeadOfSignatures(log, head string) {
	p.Say("Every signature stands in %s. Note its head, and nobody changes the log unseen: %s", log, head)
}

func writeReceipt(path string, r *drop.Receipt, t *terms) error {
	data, err := r.Encode(t.schema)
	if err != nil {
		return err
	}
	return files.Write(path, data, files.Secret)
}

// signLogged signs what has no receipt that says the same. When it returns the signatures
// stand in the log.
func (p *program) signLogged(c *cli.Context, s *signing) (receipts []*drop.Receipt, kept int, head string, err error) {
	lock, err := files.TryLock(s.log + ".lock")
	if err != nil {
		return nil, 0, "", logOfSignaturesHint(err)
	}
	defer lock.Unlock()
	log, err := drop.ReadSignatureLog(s.log)
	if err != nil {
		return nil, 0, "", logOfSignaturesHint(err)
	}
	if receipts, kept, err = p.signAll(c, s); err != nil {
		return nil, 0, "", err
	}
	if err := log.Append(s.log, receipts, time.Now()); err != nil {
		return nil, 0, "", logOfSignaturesHint(err)
	}
	return receipts, kept, log.Head(), nil
}

// signAll signs in memory. kept counts the receipts that are there already.
func (p *program) signAll(c *cli.Context, s *signing) (receipts []*drop.Receipt, kept int, err error) {
	meter := p.Bars.Count("signing", int64(len(s.ids)))
	defer meter.End()
	var others []uint64
	for i, id := range s.ids {
		if err := c.Context.Err(); err != nil {
			return nil, 0, err
		}
		r, err := drop.SignReceipt(s.key, s.terms.schema, s.terms.scope, id, s.claims.For(id))
		if err != nil {
			return nil, 0, err
		}
		data, err := r.Encode(s.terms.schema)
		if err != nil {
			return nil, 0, err
		}
		var old []byte
		if s.out != "" {
			if old, err = existing(receiptPath(s.out, id)); err != nil {
				return nil, 0, err
			}
		}
		switch {
		case old == nil:
			receipts = append(receipts, r)
		case bytes.Equal(old, data):
			kept++
		default:
			receipts, others = append(receipts, r), append(others, id)
		}
		meter.Set(int64(i + 1))
	}
	if len(others) > 0 && !s.replace {
		return nil, 0, console.Hint(fmt.Errorf("%s says something else about %s; nothing was signed", s.out, someTokens(others)), "look at it, name another folder with --out, or add --replace")
	}
	return receipts, kept, nil
}

// existing returns a receipt's file, nil if there is none. What is too large to be one is
// something else all the same.
func existing(path string) ([]byte, error) {
	old, err := files.Read(path, maxReceiptBytes)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.Is(err, files.ErrTooLarge):
		return []byte{}, nil
	}
	return old, err
}

func someTokens(ids []uint64) string {
	if len(ids) == 1 {
		return "token " + someIDs(ids)
	}
	return "tokens " + someIDs(ids)
}
