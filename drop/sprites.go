package drop

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/files"
)

// maxSprite bounds a sprite's file, in bytes: 1,024 pixels need no more.
const maxSprite = 1 << 16

// A spriteSheet is what model.yaml says of pictures, and the sprites read so far.
type spriteSheet struct {
	frame    picture.Frame
	folder   string
	order    picture.Order // of the traits that paint, then of those that do not
	painters []int
	pictured bool // hidden traits may be seen in pictures
	bitmaps  map[*row][]color.NRGBA
}

// loadSprites reads the sprites, and gives each row its payload.
func (d *Drop) loadSprites(m *modelFile) (*art.Art, error) {
	s := &spriteSheet{frame: d.Circuit.Size.Frame, bitmaps: map[*row][]color.NRGBA{}}
	f := fieldsOf(m.sprites, "sprites", namesOf(spriteKeys)...)
	s.folder, s.pictured = f.needText("folder"), f.pictured()
	f.need("order")
	order := f.list("order")
	background := f.colour("background")
	if f.err != nil {
		return nil, f.err
	}
	if err := s.readOrder(order, m); err != nil {
		return nil, err
	}
	for _, trait := range s.painters {
		if err := s.readLayer(d.dir, &m.layers[trait], d.definition.traits[trait]); err != nil {
			return nil, err
		}
	}
	palette, err := s.colours(m.sprites.place, background)
	if err != nil {
		return nil, err
	}
	return &art.Art{Palette: palette, Order: s.order}, nil
}

// readOrder reads the traits that paint, the lowest first. The others come behind them, and paint nothing.
func (s *spriteSheet) readOrder(list []*node, m *modelFile) error {
	for _, n := range list {
		at := slices.IndexFunc(m.layers, func(l layer) bool { return l.name == n.text })
		if at < 0 || slices.Contains(s.painters, at) {
			return fault(n.place, "name each trait of drop.yaml that paints, once, the lowest first", "the paint order has an unknown trait, or one twice")
		}
		s.painters = append(s.painters, at)
	}
	s.order = append(picture.Order{}, s.painters...)
	for trait := range m.layers {
		if !slices.Contains(s.painters, trait) {
			s.order = append(s.order, trait)
		}
	}
	return nil
}

// readLayer reads the sprite of each row, FOLDER/TRAIT/TEXT.png. A row without text paints nothing.
func (s *spriteSheet) readLayer(dir string, l *layer, trait Attribute) error {
	for i := range l.rows {
		r := &l.rows[i]
		if r.text == "" {
			continue
		}
		pixels, err := s.read(dir, l.name, r)
		if err != nil {
			return err
		}
		s.bitmaps[r] = pixels
		if trait.Hidden() && !s.pictured && slices.ContainsFunc(pixels, opaque) {
			return fault(r.at, "write pictured: true if pictures may show it, or leave the trait out of their order",
				"the trait %q is hidden, and its sprites can be seen in pictures", l.name)
		}
	}
	return nil
}

func opaque(c color.NRGBA) bool { return c.A != 0 }

// read returns a sprite's pixels, row by row from the top left.
func (s *spriteSheet) read(dir, layer string, r *row) ([]color.NRGBA, error) {
	if strings.ContainsAny(layer+r.text, "/\\") || strings.HasPrefix(layer, ".") || strings.HasPrefix(r.text, ".") {
		return nil, fault(r.at, "choose another text, or another name of the trait", "this is no file's name")
	}
	name := path.Join(s.folder, layer, r.text+".png")
	at := Place{File: path.Join(s.folder, layer)} // a row's text may be hidden
	data, err := files.Read(filepath.Join(dir, filepath.FromSlash(name)), maxSprite)
	if err != nil {
		return nil, fault(r.at, "put it there, a PNG file; of a row that paints nothing one that is all transparent", "the sprite of this row cannot be read: a file of its text and .png in %s", at.File)
	}
	pixels, err := decodeSprite(data, s.frame)
	if err != nil {
		return nil, fault(r.at, "export it again", "the sprite of this row, in %s: %v", at.File, err)
	}
	return pixels, nil
}

// decodeSprite reads a PNG file of the frame's side. Its size is looked at before it is decoded.
func decodeSprite(data []byte, f picture.Frame) ([]color.NRGBA, error) {
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("it is no PNG file")
	}
	if c.Width != f.Side || c.Height != f.Side {
		return nil, fmt.Errorf("it has %d×%d pixels, the circuit proves %d×%d", c.Width, c.Height, f.Side, f.Side)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("it is no whole PNG file")
	}
	pixels := make([]color.NRGBA, 0, f.Pixels())
	for y := range f.Side {
		for x := range f.Side {
			p := nrgbaAt(img, x, y)
			if p.A != 0 && p.A != 255 {
				return nil, fmt.Errorf("pixel %d of row %d is half transparent: a sprite covers what is below it, or does not", x, y)
			}
			if p.A == 0 {
				p = color.NRGBA{}
			}
			pixels = append(pixels, p)
		}
	}
	return pixels, nil
}

func nrgbaAt(img image.Image, x, y int) color.NRGBA {
	return color.NRGBAModel.Convert(img.At(img.Bounds().Min.X+x, img.Bounds().Min.Y+y)).(color.NRGBA)
}

// colours makes the palette of all sprites, in the order of the colours' numbers so that it says nothing of
// rows, and gives the rows their payloads. The first colour is the background's.
func (s *spriteSheet) colours(at Place, background color.NRGBA) (picture.Palette, error) {
	index := map[color.NRGBA]byte{{}: 0}
	var found []color.NRGBA
	for _, pixels := range s.bitmaps {
		for _, c := range pixels {
			if _, ok := index[c]; !ok {
				index[c] = 0
				found = append(found, c)
			}
		}
	}
	if most := s.frame.Colours() - 1; len(found) > most {
		return nil, fault(at, fmt.Sprintf("reduce the sprites to %d colours", most), "the sprites have %d colours, the circuit's pictures at most %d beside the background", len(found), most)
	}
	slices.SortFunc(found, func(a, b color.NRGBA) int { return int(rgb(a)) - int(rgb(b)) })
	palette := picture.Palette{{background.R, background.G, background.B, background.A}}
	for i, c := range found {
		index[c] = byte(i + 1)
		palette = append(palette, [4]byte{c.R, c.G, c.B, c.A})
	}
	for len(palette) < s.frame.Colours() {
		palette = append(palette, [4]byte{3: 255})
	}
	for r, pixels := range s.bitmaps {
		sprite := make(picture.Sprite, len(pixels))
		for i, c := range pixels {
			sprite[i] = index[c]
		}
		var err error
		if r.payload, err = s.frame.Elements(sprite); err != nil {
			return nil, err
		}
	}
	return palette, nil
}

func rgb(c color.NRGBA) uint32 { return uint32(c.R)<<16 | uint32(c.G)<<8 | uint32(c.B) }
