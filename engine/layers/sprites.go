package layers

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"maps"
	"slices"
	"strings"

	"github.com/genproof/genproof/files"
)

// maxSprite bounds a sprite's file, in bytes: its few pixels need no more.
const maxSprite = 1 << 16

// Sprites are the files of a plan that proven pictures are composed of.
type Sprites struct {
	Side    int        // pixels, of width and height
	Colours int        // of all files, beside transparent
	Files   [][][]byte // PNG, by layer and row; nil for a row without text
}

// Sprites reads the plan's files as sprites. frames has, by the pixels of a side, how many colours
// there may be beside transparent. An error names the file, and the pixel, that cannot be proven:
// another size, a pixel that is half transparent, one colour too many (with the number of all of
// them), a layer that is blended or lighter, a word without text that paints.
func (p *Plan) Sprites(frames map[int]int) (*Sprites, error) {
	r := &spriteReader{plan: p, frames: frames, seen: map[color.NRGBA]bool{}}
	for i := range p.Layers {
		if err := r.layer(i); err != nil {
			return nil, fmt.Errorf("reading layers for proven pictures: %w", err)
		}
	}
	if most := frames[r.Side]; len(r.seen) > most {
		return nil, fmt.Errorf("reading layers for proven pictures: the layers have %d colours, and pictures of %d×%d pixels at most %d beside transparent: %s has one more than these",
			len(r.seen), r.Side, r.Side, most, r.over)
	}
	r.Colours = len(r.seen)
	return &r.Sprites, nil
}

type spriteReader struct {
	Sprites
	plan   *Plan
	frames map[int]int
	seen   map[color.NRGBA]bool
	over   string // the pixel that brings the first colour too many
}

func (r *spriteReader) layer(i int) error {
	l := &r.plan.Layers[i]
	if l.how.blend != "source-over" || l.how.opacity != 255 {
		return fmt.Errorf("the layer %q has a blend or an opacity: a sprite covers what is below it, or does not", l.Trait)
	}
	list := make([][]byte, len(l.Rows))
	for j, row := range l.Rows {
		data, err := r.sprite(&row)
		if err != nil {
			return err
		}
		if row.Text != "" {
			list[j] = data
		}
	}
	r.Files = append(r.Files, list)
	return nil
}

// sprite reads one file and counts its colours.
func (r *spriteReader) sprite(row *PlanRow) ([]byte, error) {
	data, err := r.plan.set.dir.Read(row.file, maxSprite)
	if errors.Is(err, files.ErrTooLarge) {
		return nil, fmt.Errorf("%s: more than %d bytes: save it without what is not pixels", row.file, maxSprite)
	}
	if err != nil {
		return nil, err
	}
	if err := r.fits(row.file, data); err != nil {
		return nil, err
	}
	img, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", row.file, err)
	}
	return data, r.pixels(row, img)
}

// fits looks at a file's size before it is decoded. The first file says which size it is.
func (r *spriteReader) fits(file string, data []byte) error {
	head, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("reading %s: %w", file, err)
	}
	if _, ok := r.frames[head.Width]; !ok || head.Width != head.Height {
		return fmt.Errorf("%s has %d×%d pixels: pictures are proven of %s", file, head.Width, head.Height, r.sides())
	}
	if r.Side == 0 {
		r.Side = head.Width
	}
	if r.Side != head.Width {
		return fmt.Errorf("%s has %d×%d pixels, files before it %d×%d", file, head.Width, head.Height, r.Side, r.Side)
	}
	return nil
}

func (r *spriteReader) sides() string {
	var list []string
	for _, side := range slices.Sorted(maps.Keys(r.frames)) {
		list = append(list, fmt.Sprintf("%d×%d", side, side))
	}
	return strings.Join(list, " or ")
}

func (r *spriteReader) pixels(row *PlanRow, img *image.NRGBA) error {
	for y := range r.Side {
		for x := range r.Side {
			c := img.NRGBAAt(img.Rect.Min.X+x, img.Rect.Min.Y+y)
			at := fmt.Sprintf("pixel %d of row %d of %s", x, y, row.file)
			switch {
			case c.A == 0:
				continue
			case c.A != 255:
				return fmt.Errorf("%s is half transparent: a sprite covers what is below it, or does not", at)
			case row.Text == "":
				return fmt.Errorf("%s paints, and documents show no text of this word: make it transparent, or name it otherwise in emptyLayerName", at)
			}
			if r.seen[c] {
				continue
			}
			if r.seen[c] = true; len(r.seen) == r.frames[r.Side]+1 {
				r.over = at
			}
		}
	}
	return nil
}
