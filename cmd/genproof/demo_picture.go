package main

import (
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier"
)

// A demoPicture is the demo's drop whose pictures are proven.
type demoPicture struct {
	drop     *drop.Drop
	keys     setup.Keys
	out      string
	document string // of demoPictured
	image    []byte // its picture's file
	report   demoPictureReport
}

type demoPictureReport struct {
	Folder      string  `json:"folder"`
	Circuit     string  `json:"circuit"`
	Constraints int     `json:"constraints"`
	File        string  `json:"file"`
	CID         string  `json:"cid"`
	Proven      bool    `json:"proven"`
	Seconds     float64 `json:"seconds"`
}

const (
	demoPictureSide        = 16 // pixels
	demoPictured    uint64 = 1  // the token
)

// picture makes a drop of sprites, proves one picture, and tries to show another one.
func (d *demo) picture() error {
	start := time.Now()
	for _, step := range []func() error{d.makePixels, d.provePixels, d.verifyPicture, d.cheatPicture} {
		if err := step(); err != nil {
			return err
		}
	}
	d.pixels.report.Seconds = time.Since(start).Seconds()
	d.report.Picture = d.pixels.report
	return nil
}

// makePixels paints small layers and imports them as sprites.
func (d *demo) makePixels() (err error) {
	art, folder := filepath.Join(d.dir, "pixelart"), filepath.Join(d.dir, "pixels")
	if err := paintLayers(art, demoPictureSide); err != nil {
		return err
	}
	s, err := engine.ImportDrawn(engine.DrawnOptions{From: art, To: folder, Supply: 100, Name: "Pixel Foxes", Pictures: true})
	if err != nil {
		return err
	}
	p := &d.pixels
	if p.drop, err = drop.Load(folder); err != nil {
		return err
	}
	p.out, p.report.Folder, p.report.Circuit = filepath.Join(folder, "out"), folder, s.Circuit
	d.tell("\n9. A picture that is proven: %d layers of %d×%d pixels and %d colours are the sprites of another drop, in %s", s.Traits, s.Side, s.Side, s.Colours, folder)
	return nil
}

// provePixels proves one token, and keeps its picture.
func (d *demo) provePixels() error {
	p := &d.pixels
	store, err := d.store(d.ctx)
	if err != nil {
		return err
	}
	made, keys, err := d.setupOne(d.ctx.Context, store, p.drop.Circuit, false)
	if err != nil {
		return err
	}
	p.keys, p.report.Constraints = keys, made.Constraints
	r, err := d.proveJob(d.ctx.Context, p.drop, keys, prover.Job{Dir: p.out, IDs: []uint64{demoPictured}})
	if err != nil {
		return err
	}
	token, err := p.drop.Token(demoPictured, [20]byte{})
	if err != nil {
		return err
	}
	result, err := generation.Generate(token)
	if err != nil {
		return err
	}
	p.document, p.image = string(result.Document), result.Image
	p.report.File = filepath.Join(p.report.Folder, fmt.Sprintf("%d.png", demoPictured))
	if err := files.Write(p.report.File, p.image, files.Public); err != nil {
		return err
	}
	d.tell("   Prove: %d constraints, %.1f s. %s", made.Constraints, r.Seconds, shownTexts(p.document))
	return nil
}

// verifyPicture judges the proof, and then the file by what the document shows.
func (d *demo) verifyPicture() error {
	b, err := d.pictured()
	if err != nil {
		return err
	}
	reason, err := d.judgePicture(b, d.pixels.image)
	if err != nil {
		return err
	}
	if reason != "" {
		return fmt.Errorf("the demo's own picture is refused: %s", reason)
	}
	digest := sha256.Sum256(d.pixels.image)
	r := &d.pixels.report
	r.Proven, r.CID = true, document.DigestCID(digest)
	d.tell("   Verify: the proof holds, its document shows ipfs://%s,", r.CID)
	d.tell("   and that is %s, %d bytes: picture proven, each pixel of it.\n", r.File, len(d.pixels.image))
	return nil
}

// pictured reads the bundle of the token whose picture is proven.
func (d *demo) pictured() (*bundle.Bundle, error) {
	return d.bundleIn(d.pixels.out, demoPictured)
}

// judgePicture returns why a file is not the proven picture of a bundle, if it is not.
func (d *demo) judgePicture(b *bundle.Bundle, file []byte) (string, error) {
	p := &d.pixels
	if reason, err := d.judge(p.out, p.keys.Info().Provenance, b, nil); err != nil || reason != "" {
		return reason, err
	}
	parsed, err := p.drop.Template.Parse([]byte(b.Document))
	if err != nil {
		return "", err
	}
	size := p.drop.Circuit.Size
	if err := verifier.CheckPicture(size.Frame, parsed.Values[size.ImageSlot()].Digest, file); err != nil {
		return err.Error(), nil
	}
	return "", nil
}

func (d *demo) cheatPicture() error {
	return d.attempt("picture: ", []attempt{
		{"change one pixel of it, checksums and all", d.otherPixel},
		{"the same, in a document that shows the changed file", d.otherPixelShown},
		{"put a chunk into the file that viewers leave out", d.hiddenChunk},
	})
}

// onePixelChanged returns the honest bundle, and a whole file of the circuit's frame that has another
// colour at one place.
func (d *demo) onePixelChanged() (*bundle.Bundle, []byte, error) {
	b, err := d.pictured()
	if err != nil {
		return nil, nil, err
	}
	frame, palette, pixels, err := picture.Decode(d.pixels.image)
	if err != nil {
		return nil, nil, err
	}
	at := len(pixels) / 2
	pixels[at] = (pixels[at] + 1) % byte(frame.Colours())
	file, err := picture.Encode(frame, palette, pixels)
	return b, file, err
}

func (d *demo) otherPixel() (string, error) {
	b, file, err := d.onePixelChanged()
	if err != nil {
		return "", err
	}
	return d.judgePicture(b, file)
}

// otherPixelShown makes document, digest and CID fit the changed file, so that the file is the one
// that is shown.
func (d *demo) otherPixelShown() (string, error) {
	b, file, err := d.onePixelChanged()
	if err != nil {
		return "", err
	}
	was, now := document.DigestCID(sha256.Sum256(d.pixels.image)), document.DigestCID(sha256.Sum256(file))
	changed := strings.Replace(b.Document, was, now, 1)
	if changed == b.Document {
		return "", fmt.Errorf("the document does not show %s", was)
	}
	b.Document, b.Statement.Metadata, b.CID = changed, sha256.Sum256([]byte(changed)), document.CID([]byte(changed))
	return d.judgePicture(b, file)
}

// hiddenChunk is the very picture, with words in front of its end.
func (d *demo) hiddenChunk() (string, error) {
	b, err := d.pictured()
	if err != nil {
		return "", err
	}
	const endBytes = 12 // of the last chunk, IEND
	text := "tEXtComment\x00not proven"
	sum := crc32.NewIEEE()
	if _, err := sum.Write([]byte(text)); err != nil {
		return "", err
	}
	chunk := sum.Sum(append([]byte{0, 0, 0, byte(len(text) - len("tEXt"))}, text...))
	return d.judgePicture(b, slices.Insert(slices.Clone(d.pixels.image), len(d.pixels.image)-endBytes, chunk...))
}
