package main

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
)

func (p *program) importVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "import", ArgsUsage: "SOURCE", Usage: "make a deck of a collection that exists: an art engine's output, a folder of JSON documents, or a table",
		Description: "SOURCE is a HashLips or nftchef build folder, any folder of numbered JSON documents, or a table (CSV, JSON Lines) with --template.\nWith --generate N it is a folder of layers/ and layers.yaml, and N cards are drawn and composed. With --drawn N it is such a folder, too, and becomes a drawn drop; with --pictures its images are proven, if they have 16×16 or 24×24 pixels and at most 15 colours beside transparent.\nDocuments stay byte for byte as they are, but for images' addresses where --images says so, and the member that --random-member adds. The same import once more changes nothing.",
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "out", Usage: "the deck's `FOLDER`, new or imported before", Required: true},
			&cli.StringFlag{Name: "hidden", Usage: "a CSV `FILE` of hidden attributes: card,licence,safety,… (card from 0) or token,…"},
			&cli.BoolFlag{Name: "replace-hidden", Usage: "replace a claims.csv of the deck that differs from --hidden's table, perhaps by edits"},
			&cli.StringFlag{Name: "template", Usage: "a `FILE` with the document of a table's rows: {id} and {COLUMN} are replaced"},
			&cli.StringFlag{Name: "name", Usage: "the deck's `NAME` (default: what the documents' names have in common)"},
			&cli.StringFlag{Name: "home", Usage: "the account that will sell the deck, `CHAIN:ADDRESS`, or none", Value: "none"},
			&cli.StringFlag{Name: "images", Usage: "addresses of images: keep, dir (one folder's CID) or each (a CID each); default: keep, unless all are placeholders"},
			&cli.StringFlag{Name: "random-member", Usage: "add a member `NAME` with 128 random bits to every document, so that nobody can guess it from its digest before a reveal (default: none)"},
			&cli.Uint64Flag{Name: "first-id", Usage: "the first token's `ID` (default: from the file names)"},
			&cli.IntFlag{Name: "generate", Usage: "draw `N` cards from layers"},
			&cli.Uint64Flag{Name: "drawn", Usage: "make a drawn drop of `N` tokens from layers: weights and rules into its model, each token drawn by proof"},
			&cli.BoolFlag{Name: "pictures", Usage: "with --drawn: prove the images, too, composed of the layers' files as they are"},
			&cli.StringFlag{Name: "seed-file", Usage: "a `FILE` with 64 hex digits that the cards are drawn from (default: a new one, kept in seed.hex of the deck's folder)"},
		},
		Action: p.importDeck,
	})
}

func (p *program) importDeck(c *cli.Context) error {
	args, err := console.Operands(c, 1, 1)
	if err != nil {
		return err
	}
	if c.IsSet("drawn") {
		return p.importDrawn(c, args[0])
	}
	if c.Bool("pictures") {
		return console.Hint(errors.New("--pictures is for drawn drops, and this makes a deck"), "write --drawn N, and the number of tokens")
	}
	if _, err := drop.ParseHome(c.String("home")); err != nil {
		return console.Hint(fmt.Errorf("--home: %w", err), "write --home 1:0x… with the account that will sell the deck, or --home none")
	}
	o := engine.Options{
		From: args[0], To: c.String("out"), Template: c.String("template"), Hidden: c.String("hidden"), Name: c.String("name"),
		Home: given(c, "home"), Images: engine.Images(c.String("images")), Generate: c.Int("generate"), Progress: p.importProgress(),
		RandomMember: c.String("random-member"), ReplaceHidden: c.Bool("replace-hidden"),
	}
	if c.IsSet("random-member") && o.RandomMember == "" {
		return console.Hint(errors.New("--random-member: the name is empty"), "write --random-member salt")
	}
	if c.IsSet("first-id") {
		id := c.Uint64("first-id")
		o.FirstID = &id
	}
	var seed string
	if o.Generate != 0 {
		if seed, err = p.seedFor(c, &o); err != nil {
			return err
		}
	}
	s, err := engine.Import(c.Context, o)
	if err != nil {
		return err
	}
	made, err := completeDeck(o.To, seed)
	if err != nil {
		return err
	}
	s.Changed = append(s.Changed, made...)
	if p.JSON {
		return p.Report(s)
	}
	p.sayImport(s, o.To)
	return nil
}

// given is what an option was given, and empty if it was not.
func given(c *cli.Context, name string) string {
	if !c.IsSet(name) {
		return ""
	}
	return c.String(name)
}

// seedFile keeps the seed that a deck was drawn from, for its owner alone.
const seedFile = "seed.hex"

// seedFor reads the seed of an earlier import or of --seed-file, or draws a new one.
func (p *program) seedFor(c *cli.Context, o *engine.Options) (string, error) {
	path := c.String("seed-file")
	if path == "" {
		path = filepath.Join(o.To, seedFile)
	}
	data, err := files.ReadSecret(path, 4096)
	if errors.Is(err, fs.ErrNotExist) && c.String("seed-file") == "" {
		if _, err := rand.Read(o.Seed[:]); err != nil {
			return "", err
		}
		return hex.EncodeToString(o.Seed[:]), nil
	}
	if errors.Is(err, files.ErrExposed) {
		return "", console.Hint(fmt.Errorf("%s: others can read it", path), "chmod 600 "+path)
	}
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(string(data))
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(o.Seed) {
		return "", fmt.Errorf("%s: want 64 hex digits", path)
	}
	copy(o.Seed[:], raw)
	return text, nil
}

// completeDeck writes what a deck's folder has beside what the collection gives: secrets, a
// policy to edit, and a list of what is never to be published. What is there stays.
func completeDeck(dir, seed string) (made []string, err error) {
	create := func(name, text string, mode fs.FileMode) error {
		err := files.Create(filepath.Join(dir, name), []byte(text), mode)
		if errors.Is(err, fs.ErrExist) {
			return nil
		}
		made = append(made, name)
		return err
	}
	if err := drop.CreateSecrets(dir, false, rand.Reader); err == nil {
		made = append(made, drop.SecretsFile)
	} else if !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	if seed != "" {
		if err := create(seedFile, seed+"\n", files.Secret); err != nil {
			return nil, err
		}
	}
	if err := create(drop.PolicyFile, firstPolicy, files.Public); err != nil {
		return nil, err
	}
	ignore := "# hidden: never publish these\n" + strings.Join([]string{drop.SecretsFile, seedFile, engine.ClaimsFile, drop.FactsFile}, "\n") +
		"\n# sealed until the reveal, if drop.yaml says so; genproof prove copies what is public into out\n" + engine.DocumentsDir + "/\n" + engine.ImagesFolder + "/\n"
	return made, create(".gitignore", ignore, files.Public)
}

const firstPolicy = `// The public rule that every card of the deck is proven to obey, in CEL. genproof check shows
// what it comes to and who breaks it. Traits stand in the documents; claims and facts are hidden
// unless drop.yaml shows them:
//
//	trait.Background in ["Blue", "Red"] && claim.licence == "CC0-1.0" && claim.safety >= 0.9
//	has(trait.Hat) || trait.` + "`Fur Color`" + ` == "Red"      a name with blanks stands in backticks
//
// name: everything
true
`

func (p *program) importProgress() func(what string, done, total int) {
	var now *console.Meter
	var at string
	return func(what string, done, total int) {
		if what != at {
			now.End()
			at, now = what, p.Bars.Count(what, int64(total))
		}
		if now.Set(int64(done)); done == total {
			now.End()
		}
	}
}

func (p *program) sayImport(s *engine.Summary, dir string) {
	if s.RandomMember != "" {
		p.Say("every document gets one member, %q, behind its others: 128 bits of fresh randomness, so that nobody can guess the document from its digest", s.RandomMember)
	}
	p.Say("%s", s.ImagesWhy)
	p.Say("%s: %s from %s, first token %d (%s), circuit %s", s.Name, counted(s.Cards, "card"), s.Shape, s.FirstID, s.IDs, s.Circuit)
	var shown, hidden []string
	for _, a := range s.Attributes {
		if a.Claim != "" {
			hidden = append(hidden, a.Claim+" ("+a.Type+")")
		} else {
			shown = append(shown, a.Trait+" ("+a.Type+")")
		}
	}
	p.Table([]string{"  shown", namesOr(shown)}, []string{"  hidden", namesOr(hidden)}, []string{"  author's words", namesOr(s.Words)})
	if s.ImageFolder != "" {
		p.Table([]string{"  images", "ipfs://" + s.ImageFolder})
	}
	if s.AsPublished != "" {
		p.Say("spelling: as published, because %s; every report says so", s.AsPublished)
	}
	if s.Formulas > 0 {
		p.Say("%s of claims.csv begin like a formula: a spreadsheet may evaluate them", counted(s.Formulas, "field"))
	}
	for _, list := range [][]string{s.Notes, s.Added} {
		for _, note := range list {
			p.Say("%s", note)
		}
	}
	if len(s.Ignored) > 0 {
		const most = 12
		text := namesOr(s.Ignored[:min(len(s.Ignored), most)])
		if more := len(s.Ignored) - most; more > 0 {
			text += fmt.Sprintf(" and %d more (all with --json)", more)
		}
		p.Say("not taken, %s: %s", counted(len(s.Ignored), "name"), text)
	}
	p.sayChanges(s, dir)
	p.Say("Next: cd %s && genproof check", dir)
}

// sayChanges tells what an import did to a deck that was there.
func (p *program) sayChanges(s *engine.Summary, dir string) {
	if len(s.Changed) == 0 {
		p.Say("Nothing has changed in %s.", dir)
		return
	}
	if len(s.Changes) == 0 { // it is new
		return
	}
	p.Say("CHANGED in %s, as in the collection now:", dir)
	lost := false
	for _, c := range s.Changes {
		p.Say("  %s", c)
		lost = lost || c.Name != engine.DropFile && len(c.Replaced) > 0
	}
	if lost {
		p.Say("What was edited by hand in replaced files is gone; %s keeps its lines.", engine.DropFile)
	}
	if _, err := os.Lstat(filepath.Join(dir, "out")); err == nil {
		p.Say("What out holds is of the deck before: prove again, into another folder.")
	}
}
