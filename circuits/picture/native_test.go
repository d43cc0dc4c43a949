package picture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math/rand/v2"
	"slices"
	"testing"
)

// frames are all that there are.
func frames() (all []Frame) {
	for _, side := range Sides {
		for _, depth := range Depths {
			all = append(all, Frame{side, depth})
		}
	}
	return all
}

func random() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// somePalette has colours that differ, some of them see-through if wanted.
func somePalette(f Frame, opaque bool) Palette {
	r, p := random(), make(Palette, f.Colours())
	for i := range p {
		p[i] = [4]byte{byte(i), byte(r.Uint32()), byte(r.Uint32()), 255}
		if !opaque && i%2 == 0 {
			p[i][3] = byte(r.Uint32())
		}
	}
	return p
}

func somePixels(f Frame, r *rand.Rand) []byte {
	pixels := make([]byte, f.Pixels())
	for i := range pixels {
		pixels[i] = byte(r.IntN(f.Colours()))
	}
	return pixels
}

func mustEncode(t testing.TB, f Frame, p Palette, pixels []byte) []byte {
	t.Helper()
	file, err := Encode(f, p, pixels)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func TestEncode_IsWhatGosDecoderReads(t *testing.T) {
	for _, f := range frames() {
		for _, opaque := range []bool{true, false} {
			palette, pixels := somePalette(f, opaque), somePixels(f, random())
			file := mustEncode(t, f, palette, pixels)
			img, err := png.Decode(bytes.NewReader(file))
			if err != nil {
				t.Fatalf("%+v: %v", f, err)
			}
			if img.Bounds() != image.Rect(0, 0, f.Side, f.Side) {
				t.Fatalf("%+v: image/png reads bounds %v", f, img.Bounds())
			}
			for i, p := range pixels {
				c := palette[p]
				want := color.NRGBAModel.Convert(color.NRGBA{c[0], c[1], c[2], c[3]})
				if got := color.NRGBAModel.Convert(img.At(i%f.Side, i/f.Side)); got != want {
					t.Fatalf("%+v: image/png reads %v at pixel %d, want %v", f, got, i, want)
				}
			}
			if len(file) != f.FileBytes() || f.PrefixBytes()%blockBytes != 0 {
				t.Errorf("%+v: %d bytes behind a prefix of %d", f, len(file), f.PrefixBytes())
			}
		}
	}
}

func TestDecode_ReadsWhatEncodeWrites(t *testing.T) {
	for _, f := range frames() {
		for _, opaque := range []bool{true, false} {
			palette, pixels := somePalette(f, opaque), somePixels(f, random())
			gotFrame, gotPalette, gotPixels, err := Decode(mustEncode(t, f, palette, pixels))
			if err != nil || gotFrame != f || !slices.Equal(gotPalette, palette) || !bytes.Equal(gotPixels, pixels) {
				t.Errorf("%+v, opaque %v: read as another picture, or %v", f, opaque, err)
			}
		}
	}
}

func TestDecode_RefusesEveryOtherBit(t *testing.T) {
	for _, f := range []Frame{{24, 4}, {16, 1}} {
		file := mustEncode(t, f, somePalette(f, false), somePixels(f, random()))
		for i := range 8 * len(file) {
			file[i/8] ^= 1 << (i % 8)
			if _, _, _, err := Decode(file); !errors.Is(err, ErrFile) {
				t.Errorf("%+v: bit %d of byte %d flipped: %v", f, i%8, i/8, err)
			}
			file[i/8] ^= 1 << (i % 8)
		}
	}
}

// hiding returns a file of the frame in whose prefix a whole other PNG stands, IEND included:
// decoders show that one, and never look at the pixels behind it.
func hiding(t *testing.T, f Frame) []byte {
	file := mustEncode(t, f, somePalette(f, true), somePixels(f, random()))
	var inner bytes.Buffer
	if err := png.Encode(&inner, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	if inner.Len() > f.PrefixBytes() {
		t.Fatalf("%d bytes hide in a prefix of %d", inner.Len(), f.PrefixBytes())
	}
	copy(file, inner.Bytes())
	if img, err := png.Decode(bytes.NewReader(file)); err != nil || img.Bounds().Dx() != 1 {
		t.Fatal("image/png does not read the hidden picture:", err)
	}
	return file
}

func TestDecode_RefusesOtherFiles(t *testing.T) {
	f := Frame{24, 4}
	palette, pixels := somePalette(f, true), somePixels(f, random())
	file := mustEncode(t, f, palette, pixels)
	animated := slices.Insert(bytes.Clone(file), len(signature)+chunkBytes(headerBytes), chunk(nil, "acTL", make([]byte, 8))...)
	wide := bytes.Clone(file)
	binary.BigEndian.PutUint32(wide[16:], 1<<31)
	var plain bytes.Buffer
	img := image.NewPaletted(image.Rect(0, 0, f.Side, f.Side), color.Palette{color.Black, color.White})
	if err := png.Encode(&plain, img); err != nil {
		t.Fatal(err)
	}
	for name, other := range map[string][]byte{
		"nothing": nil, "a signature": []byte(signature), "cut": file[:len(file)-1], "longer": append(bytes.Clone(file), 0),
		"a picture in the prefix": hiding(t, Frame{32, 8}), "an animation": animated, "a width of 2^31": wide, "compressed": plain.Bytes(),
	} {
		if _, _, _, err := Decode(other); !errors.Is(err, ErrFile) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestEncode_RefusesWhatHasNoFile(t *testing.T) {
	f := Frame{16, 2}
	palette, pixels := somePalette(f, true), somePixels(f, random())
	above := bytes.Clone(pixels)
	above[7] = 4
	for name, err := range map[string]error{
		"another side":       second(Encode(Frame{20, 2}, palette, pixels)),
		"another depth":      second(Encode(Frame{16, 3}, palette, pixels)),
		"a short palette":    second(Encode(f, palette[:3], pixels)),
		"too few pixels":     second(Encode(f, palette, pixels[1:])),
		"beyond the palette": second(Encode(f, palette, above)),
	} {
		if err == nil {
			t.Errorf("%s has a file", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// composedByDraw composes with image/draw over colours.
func composedByDraw(f Frame, order Order, sprites []Sprite) []byte {
	square := image.Rect(0, 0, f.Side, f.Side)
	out := image.NewNRGBA(square)
	for _, layer := range order {
		over := image.NewNRGBA(square)
		for i, p := range sprites[layer] {
			if p != 0 {
				over.SetNRGBA(i%f.Side, i/f.Side, color.NRGBA{R: p, A: 255})
			}
		}
		draw.Draw(out, square, over, image.Point{}, draw.Over)
	}
	pixels := make([]byte, f.Pixels())
	for i := range pixels {
		pixels[i] = out.NRGBAAt(i%f.Side, i/f.Side).R
	}
	return pixels
}

// someSprites are see-through at about half of their pixels.
func someSprites(f Frame, n int, r *rand.Rand) []Sprite {
	sprites := make([]Sprite, n)
	for i := range sprites {
		sprites[i] = somePixels(f, r)
		for j := range sprites[i] {
			if r.IntN(2) == 0 {
				sprites[i][j] = 0
			}
		}
	}
	return sprites
}

func TestCompose_IsImageDraws(t *testing.T) {
	r := random()
	for _, f := range frames() {
		for n := 1; n <= 8; n++ {
			order, sprites := Order(r.Perm(n)), someSprites(f, n, r)
			got, err := Compose(f, order, sprites)
			if err != nil || !bytes.Equal(got, composedByDraw(f, order, sprites)) {
				t.Errorf("%+v, %d layers: not what image/draw paints, %v", f, n, err)
			}
		}
	}
}

func TestCompose_RefusesWhatIsNoOrder(t *testing.T) {
	f := Frame{16, 4}
	sprites := someSprites(f, 3, random())
	for _, order := range []Order{nil, {0, 1}, {0, 1, 1}, {0, 1, 3}, {-1, 0, 1}, {0, 1, 2, 2}} {
		if _, err := Compose(f, order, sprites); !errors.Is(err, ErrOrder) {
			t.Errorf("%v: %v", order, err)
		}
	}
	sprites[1] = sprites[1][1:]
	if _, err := Compose(f, Order{0, 1, 2}, sprites); !errors.Is(err, ErrSprite) {
		t.Error("a sprite that is too small:", err)
	}
}

func TestElements_HoldEachPixelOnce(t *testing.T) {
	for _, f := range frames() {
		sprite := Sprite(somePixels(f, random()))
		elements, err := f.Elements(sprite)
		if err != nil {
			t.Fatal(err)
		}
		var back []byte
		for i, e := range elements {
			bytes := e.Bytes() // big-endian
			for j := range f.elementPixels(i) {
				at := f.Depth * j
				back = append(back, bytes[31-at/8]>>(at%8)&byte(f.Colours()-1))
			}
		}
		if !slices.Equal(back, sprite) {
			t.Errorf("%+v: another sprite comes back", f)
		}
	}
	if f := (Frame{24, 4}); f.SpriteElements() != 10 {
		t.Errorf("%d elements, want 10", f.SpriteElements())
	}
	if _, err := (Frame{16, 1}).Elements(bytes.Repeat([]byte{2}, 256)); !errors.Is(err, ErrSprite) {
		t.Error("a pixel beyond the palette:", err)
	}
}

func ExampleEncode() {
	f := Frame{Side: 16, Depth: 1}
	file, err := Encode(f, Palette{{0, 0, 0, 255}, {255, 255, 255, 255}}, make([]byte, f.Pixels()))
	fmt.Println(len(file), f.PrefixBytes(), err)
	// Output:
	// 196 128 <nil>
}
