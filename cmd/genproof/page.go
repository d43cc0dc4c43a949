package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/page/built"
	"github.com/genproof/genproof/page/site"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

func (p *program) pageVerb() *cli.Command {
	return p.Verb(&cli.Command{
		Name: "page", ArgsUsage: "[PUBLICATION]", Usage: "write a gallery of a publication, or of a deck that is not published yet: static pages for a disk or a server",
		Description: "The pages say what was proven of each card or token and what not, and that their publisher wrote them. A publication is an output folder or a CAR of one.\nWith --preview the drop in --drop is shown as everybody would see it, before anything is published.\nWith --rpc and --contract the pages tell what the contract says. Attestations that are published, or named with --attestation, are told of and copied; with --trust the pages say what its file calls the holders of their keys, as your word; with --fact, whose blocks --checkpoint or --rpc knows, since when each was there at the latest.",
		Flags: append(append(append(append(publishedFlags(), readerOfAttestations()...), datingFlags()...), keysFlag(),
			&cli.StringFlag{Name: "out", Usage: "the site's `FOLDER`: new, or a site that is replaced"},
			&cli.StringFlag{Name: "images", Usage: "a `FOLDER` of images, where the publication has none"},
			&cli.StringFlag{Name: "contact", Usage: "an `ADDRESS` for disputes and notices, of e-mail or https"},
			&cli.StringSliceFlag{Name: "also", Usage: "another contract's `ADDRESS` that may sell the same"},
			&cli.StringFlag{Name: "tokens", Usage: "of a deck with --contract, the tokens to ask for; with --preview of a drawn drop, those to show"},
			verifierFlag(),
			&cli.BoolFlag{Name: "mine", Usage: "count keys whose ceremonies you have checked on this machine, which no other reader has: for a site that you keep"},
			&cli.BoolFlag{Name: "preview", Usage: "show the drop in --drop, which is not published"},
			&cli.BoolFlag{Name: "serve", Usage: "show the site in a browser of this machine, until it is interrupted"},
			&cli.UintFlag{Name: "port", Usage: "with --serve, the `PORT` (default: a free one)"},
			contractFlag()), nodeFlags()...),
		Action: p.page,
		Subcommands: []*cli.Command{p.Verb(&cli.Command{
			Name: "check", ArgsUsage: "FOLDER|URL", Usage: "compare a site's program with this one's, byte for byte",
			Description: "Exits with 0 if all is the same, 1 if a file differs, is missing or was added. What the pages say stays their publisher's word.",
			Flags:       []cli.Flag{verifierFlag()},
			Action:      p.pageCheck,
		})},
	})
}

func verifierFlag() cli.Flag {
	return &cli.StringFlag{Name: "verifier", Usage: "the `FILE` verifier.html of a release, where this program was built without it"}
}

// verifierPage is verifier.html, nil if there is none.
func (p *program) verifierPage(c *cli.Context) ([]byte, error) {
	if file := c.String("verifier"); file != "" {
		return p.readFile(file, maxVerifierPage)
	}
	return built.Verifier()
}

const maxVerifierPage = 16 << 20 // bytes

type pageReport struct {
	Site     string         `json:"site"`
	Files    int            `json:"files"`
	Entries  int            `json:"entries"` // cards or tokens
	Verdict  verifier.Level `json:"verdict"`
	Line     string         `json:"line"`
	Preview  bool           `json:"preview"`
	Verifier bool           `json:"verifier"` // the site holds verifier.html
	Address  string         `json:"address,omitempty"`
}

func (p *program) page(c *cli.Context) error {
	args, err := console.Operands(c, 0, 1)
	if err != nil {
		return err
	}
	if len(args) == 1 && isSite(args[0]) {
		if !c.Bool("serve") {
			return console.Hint(fmt.Errorf("%s is a site already", args[0]), "genproof page check compares it; --serve shows it")
		}
		return p.serve(c, args[0])
	}
	if err := checkPageFlags(c, len(args)); err != nil {
		return err
	}
	out, temporary, err := siteFolder(c)
	if err != nil {
		return err
	}
	if temporary != "" {
		defer os.RemoveAll(temporary)
	}
	r, err := p.makeSite(c, args, out)
	if err != nil {
		return err
	}
	if err := p.sayPage(c, r); err != nil || !c.Bool("serve") {
		return err
	}
	return p.serve(c, out)
}

func checkPageFlags(c *cli.Context, args int) error {
	switch preview := c.Bool("preview"); {
	case preview && args > 0:
		return console.Hint(errors.New("--preview shows what is not published"), "name the drop's folder with --drop, or leave --preview out")
	case preview && (onChain(c) || c.IsSet("key") || c.Bool("mine")):
		return errors.New("--preview knows no contract and no key")
	case preview && (c.IsSet("trust") || c.IsSet("attestation") || c.IsSet("fact")):
		return errors.New("--preview tells who is to attest: nobody has attested a deck that is not published")
	case !preview && args == 0:
		return console.Hint(errors.New("no publication is named"), "name an output folder or a CAR; genproof page --preview shows a drop that is not published")
	case c.IsSet("port") && !c.Bool("serve"):
		return errors.New("--port is for --serve")
	case c.String("out") == "" && !c.Bool("serve"):
		return console.Hint(errors.New("no folder is named for the site"), "add --out FOLDER")
	}
	if contact := c.String("contact"); contact != "" {
		return site.CheckContact(contact)
	}
	return nil
}

// siteFolder is where the site goes, and a temporary folder around it if it is only shown.
func siteFolder(c *cli.Context) (out, temporary string, err error) {
	if out = c.String("out"); out != "" {
		return out, "", mayReplace(out, "site", isSite)
	}
	if temporary, err = os.MkdirTemp("", "genproof-site"); err != nil {
		return "", "", err
	}
	return filepath.Join(temporary, "site"), temporary, nil
}

// isSite reports whether a folder is a site that this program or an earlier one wrote.
func isSite(dir string) bool {
	data, err := files.Read(filepath.Join(dir, site.ManifestFile), 1<<10)
	return err == nil && string(data) == site.Manifest
}

// makeSite writes the site of what is named.
func (p *program) makeSite(c *cli.Context, args []string, out string) (*pageReport, error) {
	html, err := p.verifierPage(c)
	if err != nil {
		return nil, err
	}
	var also []string
	for _, other := range c.StringSlice("also") {
		a, err := contractAddress(other)
		if err != nil {
			return nil, err
		}
		also = append(also, a.Hex())
	}
	var s *site.Site
	var images publication.Source
	if c.Bool("preview") {
		if s, images, err = p.previewed(c); images != nil {
			defer images.Close()
		}
	} else {
		var published *publication.Publication
		if published, err = p.openForPage(c, args[0]); err == nil {
			defer published.Close()
			images = published.Source()
			s, err = p.siteOf(c, published)
		}
	}
	if err != nil {
		return nil, err
	}
	if dir := c.String("images"); dir != "" {
		folder, err := files.OpenFolder(dir)
		if err != nil {
			return nil, err
		}
		defer folder.Close() // only read
		images = imagesOf{folder}
	}
	s.Contact, s.Also = c.String("contact"), also
	n, err := writeSite(out, func(write site.Output) error { return s.Write(images, html, write) })
	return &pageReport{Site: out, Files: n, Entries: len(s.Entries), Verdict: s.Level, Line: s.Line, Preview: s.Preview, Verifier: html != nil}, err
}

// openForPage opens a publication for readers who are not this machine's: what its store of keys
// knows counts only with --mine.
func (p *program) openForPage(c *cli.Context, where string) (*publication.Publication, error) {
	t, err := p.trust(c, c.String("drop"))
	if err != nil {
		return nil, err
	}
	if !c.Bool("mine") {
		t.Keys, t.Verified = nil, nil
	}
	for i := range t.Attestations { // where they are on this machine is nobody's business
		t.Attestations[i].Name = fmt.Sprintf("number %d of the maker’s own", i+1)
	}
	s, err := p.openTrusting(where, c.String("key"), t)
	switch {
	case err != nil:
		return nil, err
	case s.Source() == nil:
		return nil, errors.Join(console.Hint(errors.New("a single bundle has no gallery"), "give an output folder or a CAR"), s.Close())
	}
	return s, nil
}

// keyForPage says where the key was taken from, to readers of the page.
func keyForPage(c *cli.Context) string {
	if c.String("key") != "" || c.String("drop") != "" {
		return "chosen by the maker of this page"
	}
	return verdict.KeyAlong
}

// siteOf judges all of a publication.
func (p *program) siteOf(c *cli.Context, s *publication.Publication) (*site.Site, error) {
	asked := site.Asked{Trust: c.String("trust") != ""}
	if s.Deck != nil {
		facts, report, err := p.judgedDeck(c, s)
		if err != nil {
			return nil, err
		}
		asked.Chain = facts
		return site.OfDeck(s, &report.Deck, asked)
	}
	r, err := s.Judge(c.Context)
	if err != nil {
		return nil, err
	}
	report := &verifyReport{Drawn: *verdict.OfDrop(s, r, keyForPage(c))}
	if !onChain(c) {
		return site.OfDrop(s, &report.Drawn, asked)
	}
	if err := p.verifyOnChain(c, s, report); err != nil {
		return nil, err
	}
	asked.Chain = dropFacts(c, report.Chain)
	return site.OfDrop(s, &report.Drawn, asked)
}

func (p *program) judgedDeck(c *cli.Context, s *publication.Publication) (*site.Chain, *deckReport, error) {
	r, err := s.JudgeDeck(c.Context, nil)
	if err != nil {
		return nil, nil, err
	}
	report := &deckReport{Deck: *verdict.OfDeck(s, r, keyForPage(c))}
	if !onChain(c) {
		return nil, report, nil
	}
	check, err := p.checkDeckOnChain(c, s)
	if err != nil {
		return nil, nil, err
	}
	report.addChain(check)
	return deckFacts(c, report.Chain), report, nil
}

// imagesOf is a folder of images as the images of a publication.
type imagesOf struct{ *files.Folder }

func (f imagesOf) Names(folder string, limit int) ([]string, error) {
	if folder != bundle.ImagesDir {
		return nil, nil
	}
	return f.Folder.Names(".", limit)
}

func (f imagesOf) Read(name string, limit int64) ([]byte, error) {
	return f.Folder.Read(filepath.ToSlash(name[len(bundle.ImagesDir)+1:]), limit)
}

func (p *program) sayPage(c *cli.Context, r *pageReport) error {
	if p.JSON {
		return p.Report(r)
	}
	p.Say("%s: a site of %s, %s", r.Site, countedOf(r.Entries, "entry", "entries"), counted(r.Files, "file"))
	p.Say("  its pages say: %s", r.Line)
	if !r.Verifier && !r.Preview {
		p.Say("  without verifier.html: this program was built without it; name a release's with --verifier")
	}
	switch {
	case c.Bool("serve"):
	case r.Preview:
		p.Say("Open %s in a browser. Nothing was published.", filepath.Join(r.Site, "index.html"))
	default:
		p.Say("Open %s in a browser, or put the folder on a server as it is.", filepath.Join(r.Site, "index.html"))
	}
	return nil
}
