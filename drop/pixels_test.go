package drop

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var updatePixels = flag.Bool("update-pixels", false, "write the sprites of the sample pixels anew")

const pixelsSide = 24

// colours are those of the sample's sprites, by the letters that stand for them below.
var colours = map[byte]color.NRGBA{
	'd': {0xf4, 0xa2, 0x61, 255}, 'm': {0x8a, 0xb1, 0x7d, 255}, 'n': {0x22, 0x22, 0x3b, 255}, 'k': {0x0b, 0x09, 0x0a, 255},
	'r': {0xb5, 0x53, 0x3c, 255}, 's': {0x8d, 0x99, 0xae, 255}, 'w': {0xed, 0xf2, 0xf4, 255}, 'h': {0x4a, 0x4e, 0x69, 255},
	'x': {0xd0, 0x00, 0x00, 255}, 'g': {0xff, 0xba, 0x08, 255}, 'b': {0x3a, 0x86, 0xff, 255}, 'p': {0xff, 0xaf, 0xcc, 255},
}

// A canvas is a sprite that is being drawn.
type canvas struct{ img *image.NRGBA }

func newCanvas() *canvas {
	return &canvas{image.NewNRGBA(image.Rect(0, 0, pixelsSide, pixelsSide))}
}

func (c *canvas) set(letter byte, points ...int) *canvas {
	for i := 0; i < len(points); i += 2 {
		c.img.SetNRGBA(points[i], points[i+1], colours[letter])
	}
	return c
}

func (c *canvas) box(letter byte, x0, y0, x1, y1 int) *canvas {
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			c.set(letter, x, y)
		}
	}
	return c
}

// both sets points and their mirror images: a fox looks at who looks at it.
func (c *canvas) both(letter byte, points ...int) *canvas {
	for i := 0; i < len(points); i += 2 {
		c.set(letter, points[i], points[i+1], pixelsSide-1-points[i], points[i+1])
	}
	return c
}

// head is a fox's: ears, a face that grows narrow, white cheeks, a nose.
func head(letter byte) *canvas {
	c := newCanvas()
	for y := 4; y <= 8; y++ { // ears
		for x := 4; x <= y; x++ {
			c.both(letter, x, y)
		}
	}
	c.both('p', 5, 7, 6, 8).box(letter, 4, 9, 19, 14)
	for y := 15; y <= 19; y++ {
		c.box(letter, 4+(y-14), y, 19-(y-14), y)
	}
	for y := 14; y <= 18; y++ { // cheeks
		for x := 4 + max(0, y-14); x <= 8; x++ {
			c.both('w', x, y)
		}
	}
	return c.box('w', 10, 18, 13, 19).box('k', 11, 19, 12, 20).box(letter, 7, 21, 16, 23)
}

func sky(letter byte) *canvas { return newCanvas().box(letter, 0, 0, 23, 23) }

// sampleSprites are the sprites of the sample pixels, by their files.
func sampleSprites() map[string]*canvas {
	return map[string]*canvas{
		"Sky/Dawn":      sky('d').box('g', 2, 2, 4, 4),
		"Sky/Meadow":    sky('m').box('b', 0, 0, 23, 7),
		"Sky/Night":     sky('n').set('w', 2, 3, 20, 2, 14, 1, 22, 9, 1, 12).box('g', 19, 5, 20, 6),
		"Sky/Void":      sky('k').set('h', 3, 2, 9, 5, 20, 3, 2, 18, 22, 15),
		"Fur/Russet":    head('r'),
		"Fur/Silver":    head('s'),
		"Fur/Arctic":    head('w'),
		"Fur/Shadow":    head('h'),
		"Markings/Mask": newCanvas().box('k', 5, 11, 18, 13),
		"Markings/Socks": newCanvas().both('k', 4, 4, 4, 5, 5, 5).box('k', 7, 22, 9, 23).
			box('k', 14, 22, 16, 23),
		"Markings/Star": newCanvas().set('g', 11, 9, 12, 9, 10, 10, 11, 10, 12, 10, 13, 10, 11, 11, 12, 11),
		"Eyes/Round":    newCanvas().both('w', 7, 11, 8, 11, 7, 13, 8, 13).both('k', 7, 12, 8, 12).both('w', 6, 12, 9, 12),
		"Eyes/Sleepy":   newCanvas().both('k', 6, 12, 7, 13, 8, 13, 9, 12),
		"Eyes/Wink":     newCanvas().box('w', 6, 11, 8, 13).set('k', 7, 12).set('k', 15, 12, 16, 12, 17, 12),
		"Eyes/Laser":    newCanvas().box('x', 0, 12, 8, 12).box('x', 15, 12, 23, 12).both('w', 7, 11, 8, 11),
		"Collar/Bell":   newCanvas().box('x', 8, 20, 15, 20).box('g', 11, 21, 12, 22),
		"Collar/Scarf":  newCanvas().box('b', 7, 20, 16, 21).box('b', 14, 22, 15, 23),
		"Hat/Leaf":      newCanvas().set('m', 11, 6, 12, 5, 12, 6, 13, 4, 13, 5, 14, 4).set('k', 11, 7),
		"Hat/Cap":       newCanvas().box('b', 7, 5, 16, 8).box('w', 14, 8, 20, 8),
		"Hat/Crown":     newCanvas().box('g', 8, 6, 15, 8).set('g', 8, 4, 8, 5, 11, 4, 12, 4, 11, 5, 12, 5, 15, 4, 15, 5).set('x', 10, 7, 13, 7),
	}
}

// TestSample_SpritesAreDrawn: the sample's files are these drawings, and no others.
func TestSample_SpritesAreDrawn(t *testing.T) {
	folder := filepath.Join("templates", "pixels", "sprites")
	sprites := sampleSprites()
	for name, c := range sprites {
		var b bytes.Buffer
		if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, c.img); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(folder, name+".png")
		if *updatePixels {
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for y := range pixelsSide {
			for x := range pixelsSide {
				if nrgbaAt(img, x, y) != c.img.NRGBAAt(x, y) {
					t.Fatalf("%s is another drawing", name)
				}
			}
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*.png"))
	if err != nil || len(files) != len(sprites) {
		t.Errorf("%d files for %d drawings: %s", len(files), len(sprites), strings.Join(files, " "))
	}
}
