package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier"
)

// A demoDeck is the demo's collection: art made of layers, proven as it is.
type demoDeck struct {
	dir, out string
	keys     setup.Keys
	report   demoDeckReport
}

type demoDeckReport struct {
	Folder  string  `json:"folder"`
	Cards   int     `json:"cards"`
	Verdict string  `json:"verdict"`
	Sheet   string  `json:"contact_sheet"`
	Seconds float64 `json:"seconds"`
}

// demoCards are enough for three batches, the last one padded.
const demoCards = 10

// demoLayers are the layers of the demo's art: words, weights and a color for each.
var demoLayers = []struct {
	name  string
	words []string
	paint func(word int, at image.Point) color.Color
}{
	{"Sky", []string{"Dawn#50", "Noon#30", "Night#20"}, func(w int, at image.Point) color.Color {
		return []color.RGBA{{250, 170, 130, 255}, {120, 190, 250, 255}, {30, 30, 80, 255}}[w]
	}},
	{"Fox", []string{"Russet#70", "Silver#25", "Gold#5"}, func(w int, at image.Point) color.Color {
		if dx, dy := at.X-16, at.Y-20; dx*dx+dy*dy > 90 && (at.Y > 14 || at.Y < 6 || (at.X-10)*(at.X-10) > 9 && (at.X-22)*(at.X-22) > 9) {
			return color.Transparent
		}
		return []color.RGBA{{200, 80, 30, 255}, {190, 190, 200, 255}, {240, 200, 40, 255}}[w]
	}},
	{"Eyes", []string{"Round#60", "Closed#25", "Laser#15"}, func(w int, at image.Point) color.Color {
		if at.Y < 16 || at.Y > []int{19, 16, 18}[w] || (at.X < 11 || at.X > 13) && (at.X < 19 || at.X > 21) {
			return color.Transparent
		}
		return []color.RGBA{{20, 20, 20, 255}, {90, 40, 20, 255}, {255, 0, 60, 255}}[w]
	}},
}

// deck makes a collection, imports, proves and verifies it, and tries to cheat.
func (d *demo) deck() error {
	start := time.Now()
	for _, step := range []func() error{d.makeDeck, d.proveDemoDeck, d.verifyDemoDeck, d.cheatDeck, d.sellDeck} {
		if err := step(); err != nil {
			return err
		}
	}
	d.cards.report.Seconds = time.Since(start).Seconds()
	d.report.Deck = d.cards.report
	return nil
}

// makeDeck paints layers, draws cards from them and imports what was drawn.
func (d *demo) makeDeck() error {
	if err := d.sale.accounts(); err != nil {
		return err
	}
	art := filepath.Join(d.dir, "art")
	if err := paintLayers(art, demoSide); err != nil {
		return err
	}
	d.cards.dir = filepath.Join(d.dir, "deck")
	o := engine.Options{From: art, To: d.cards.dir, Hidden: filepath.Join(art, "claims.csv"), Name: "Demo Foxes", Home: fmt.Sprintf("%d:%s", evm.DefaultID, d.sale.author.Address), Generate: demoCards}
	if _, err := rand.Read(o.Seed[:]); err != nil {
		return err
	}
	s, err := engine.Import(d.ctx.Context, o)
	if err != nil {
		return err
	}
	if _, err := completeDeck(d.cards.dir, ""); err != nil {
		return err
	}
	if err := files.Write(filepath.Join(d.cards.dir, drop.PolicyFile), []byte(demoRule), files.Public); err != nil {
		return err
	}
	d.cards.report.Folder, d.cards.report.Cards = d.cards.dir, s.Cards
	d.cards.report.Sheet = filepath.Join(d.cards.dir, "contact-sheet.png")
	if err := contactSheet(filepath.Join(d.cards.dir, engine.ImagesFolder), d.cards.report.Sheet, s.Cards); err != nil {
		return err
	}
	d.tell("A. A deck: %d foxes that exist already, with their images and JSON, in %s", s.Cards, d.cards.dir)
	d.tell("   All of them on one sheet: %s", d.cards.report.Sheet)
	d.tell("   Hidden about each: licence, safety score. The rule that every fox must obey:\n")
	d.tell("%s\n", indent(indent(policyLines(demoRule))))
	return nil
}

const demoRule = `// name: licensed
claim.licence in ["CC0-1.0", "owned"]

// name: safe
&& claim.safety >= 0.80

// name: a fox
&& has(trait.Fox)
`

// demoSide is the side of the deck's images, in pixels, and of the square that demoLayers paint on.
const demoSide = 32

// paintLayers writes layers of side×side pixels, a configuration and a table of hidden attributes,
// as an artist would have them.
func paintLayers(dir string, side int) error {
	var config strings.Builder
	config.WriteString("namePrefix: Demo Foxes\ndescription: Made before its proof.\nlayerConfigurations:\n  - layersOrder:\n")
	for _, l := range demoLayers {
		fmt.Fprintf(&config, "      - {name: %s}\n", l.name)
		folder := filepath.Join(dir, "layers", l.name)
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return err
		}
		for w, word := range l.words {
			picture := image.NewRGBA(image.Rect(0, 0, side, side))
			for y := range side {
				for x := range side {
					picture.Set(x, y, l.paint(w, image.Pt(x*demoSide/side, y*demoSide/side)))
				}
			}
			if err := writePNG(filepath.Join(folder, word+".png"), picture); err != nil {
				return err
			}
		}
	}
	table := "card,licence,safety\n"
	for i := range demoCards {
		table += fmt.Sprintf("%d,%s,0.%d\n", i, []string{"CC0-1.0", "owned"}[i%2], 90+i)
	}
	if err := files.Write(filepath.Join(dir, "claims.csv"), []byte(table), files.Secret); err != nil {
		return err
	}
	return files.Write(filepath.Join(dir, engine.LayersFile), []byte(config.String()), files.Public)
}

func writePNG(path string, picture image.Image) error {
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		return err
	}
	return files.Write(path, b.Bytes(), files.Public)
}

// contactSheet puts all images of a folder on one.
func contactSheet(dir, to string, n int) error {
	const side, across = 64, 5
	sheet := image.NewRGBA(image.Rect(0, 0, across*side, (n+across-1)/across*side))
	for i := range n {
		data, err := files.Read(filepath.Join(dir, fmt.Sprintf("%d.png", i)), 1<<20)
		if err != nil {
			return err
		}
		picture, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			return err
		}
		corner := image.Pt(i%across*side, i/across*side)
		for y := range side {
			for x := range side {
				draw.Draw(sheet, image.Rect(corner.X+x, corner.Y+y, corner.X+x+1, corner.Y+y+1), picture, image.Pt(x*demoSide/side, y*demoSide/side), draw.Src)
			}
		}
	}
	return writePNG(to, sheet)
}

// proveDemoDeck proves all cards.
func (d *demo) proveDemoDeck() error {
	deck, err := drop.LoadDeck(d.ctx.Context, d.cards.dir, nil)
	if err != nil {
		return err
	}
	store, err := d.store(d.ctx)
	if err != nil {
		return err
	}
	r, keys, err := d.setupOne(d.ctx.Context, store, statement.CircuitID{Binding: statement.Deck, Size: statement.DeckSmall}, false)
	if err != nil {
		return err
	}
	d.cards.keys, d.cards.out = keys, filepath.Join(d.cards.dir, "out")
	p, err := prover.NewDeck(deck, keys)
	if err != nil {
		return err
	}
	summary, err := p.Run(d.ctx.Context, prover.DeckJob{Dir: d.cards.out, Finish: func(ctx context.Context) error {
		_, err := d.writeCAR(ctx, d.cards.out, filepath.Join(d.cards.out, bundle.CARFile))
		return err
	}})
	if err != nil {
		return err
	}
	d.tell("B. Prove: %d constraints, %d cards in %d proofs of 256 bytes, %.1f s. Keys for development only.", r.Constraints, deck.Cards(), summary.Proven, summary.Elapsed.Seconds())
	return nil
}

// verifyDemoDeck reads the CAR again and knows nothing else.
func (d *demo) verifyDemoDeck() error {
	start := time.Now()
	r, err := d.judgeDeck(filepath.Join(d.cards.out, bundle.CARFile))
	if err != nil {
		return err
	}
	if r.Verdict == verifier.Rejected || !r.Counts.Complete {
		return fmt.Errorf("the demo's own deck is rejected: %s", r.Reason)
	}
	d.cards.report.Verdict = string(r.Verdict)
	d.tell("C. Verify from public data only, in %d ms: %s.\n", time.Since(start).Milliseconds(), r.Line())
	return nil
}

func (d *demo) judgeDeck(where string) (*verdict.Deck, error) {
	s, err := publication.Open(where, publication.Trust{})
	if err != nil {
		return nil, err
	}
	defer s.Close() // only read
	r, err := s.JudgeDeck(d.ctx.Context, nil)
	if err != nil {
		return nil, err
	}
	return verdict.OfDeck(s, r, verdict.KeyAlong), nil
}

// cheatDeck changes copies of what was published, and the deck behind it.
func (d *demo) cheatDeck() error {
	d.tell("D. Now cheat with the deck.")
	err := d.attempt("deck: ", []attempt{
		{"exchange two cards after the commitment", func() (string, error) {
			return d.spoiled(func(f publication.Files) {
				a, b := bundle.CardDocumentPath(0, demoCards, 4), bundle.CardDocumentPath(1, demoCards, 4)
				f[a], f[b] = f[b], f[a]
			})
		}},
		{"the same, with their openings", func() (string, error) {
			return d.spoiled(func(f publication.Files) {
				for _, path := range []func(uint64) string{bundle.CardPath, func(n uint64) string { return bundle.CardDocumentPath(n, demoCards, 4) }} {
					f[path(0)], f[path(5)] = f[path(5)], f[path(0)]
				}
			})
		}},
		{"change one byte of a document", func() (string, error) {
			return d.spoiled(func(f publication.Files) {
				f[bundle.CardDocumentPath(7, demoCards, 4)][20] ^= 1
			})
		}},
		{"prove a deck in which one card breaks the rule", d.brokenCard},
		{"change a hidden value after the commitment, and prove again", d.changedClaim},
	})
	d.tell("")
	return err
}

// spoiled returns why a changed copy of the publication is rejected.
func (d *demo) spoiled(change func(publication.Files)) (string, error) {
	copied := publication.Files{}
	err := filepath.Walk(d.cards.out, func(path string, info os.FileInfo, err error) error {
		if err != nil || !info.Mode().IsRegular() {
			return err
		}
		name, err := filepath.Rel(d.cards.out, path)
		if err == nil {
			copied[filepath.ToSlash(name)], err = os.ReadFile(path)
		}
		return err
	})
	if err != nil {
		return "", err
	}
	change(copied)
	s, err := publication.Read(copied, publication.Trust{})
	if err != nil {
		return err.Error(), nil
	}
	return d.rejection(s.JudgeDeck(d.ctx.Context, nil))
}

// rejection is the reason of the first card that is rejected.
func (d *demo) rejection(r *verifier.DeckReport, err error) (string, error) {
	if err != nil {
		return "", err
	}
	for _, c := range r.Cards {
		if c.Verdict == verifier.Rejected {
			return fmt.Sprintf("card %d: %s", c.Card, c.Reason), nil
		}
	}
	return r.Reason, nil
}

// withClaims is a copy of the deck's folder in which a line of the hidden table is another.
func (d *demo) withClaims(name, from, to string) (*drop.Deck, error) {
	dir := filepath.Join(d.dir, name)
	if err := os.CopyFS(dir, os.DirFS(d.cards.dir)); err != nil {
		return nil, err
	}
	for _, file := range []string{drop.ClaimsTableFile, drop.SecretsFile} {
		if err := os.Chmod(filepath.Join(dir, file), 0o600); err != nil {
			return nil, err
		}
	}
	path := filepath.Join(dir, drop.ClaimsTableFile)
	data, err := files.Read(path, 1<<20)
	if err != nil {
		return nil, err
	}
	changed := strings.Replace(string(data), from, to, 1)
	if changed == string(data) {
		return nil, fmt.Errorf("the demo's table has no %q", from)
	}
	if err := files.Write(path, []byte(changed), files.Secret); err != nil {
		return nil, err
	}
	return drop.LoadDeck(d.ctx.Context, dir, nil)
}

func (d *demo) brokenCard() (string, error) {
	deck, err := d.withClaims("broken", "6,CC0-1.0,0.96", "6,CC0-1.0,0.16")
	if err != nil {
		return "", err
	}
	p, err := prover.NewDeck(deck, d.cards.keys)
	if err != nil {
		return "", err
	}
	if _, err := p.Prove(d.ctx.Context, 1); err != nil {
		return err.Error(), nil
	}
	return "", nil
}

// changedClaim proves a deck with another hidden value, and shows it under the description that
// was published before.
func (d *demo) changedClaim() (string, error) {
	deck, err := d.withClaims("changed", "6,CC0-1.0,0.96", "6,CC0-1.0,0.99")
	if err != nil {
		return "", err
	}
	p, err := prover.NewDeck(deck, d.cards.keys)
	if err != nil {
		return "", err
	}
	batch, err := p.Prove(d.ctx.Context, 1)
	if err != nil {
		return "", err
	}
	data, err := batch.Marshal()
	if err != nil {
		return "", err
	}
	return d.spoiled(func(f publication.Files) { f[bundle.BatchPath(1)] = data })
}
