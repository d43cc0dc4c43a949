// Package thumbnail makes small PNGs of pictures that strangers sent. What a browser gets is a picture
// that this package has encoded, pixel by pixel, and not a byte of the stranger's file.
package thumbnail

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
)

// Side is the longer side of a thumbnail at most, in pixels. Smaller pictures keep theirs.
const Side = 256

// Bounds of a picture, which its header is held to before anything is decoded.
const (
	MaxBytes = 20 << 20
	maxSide  = 8192       // pixels
	maxArea  = 16_000_000 // pixels: 128 MB at most while one is decoded
)

// ErrNotShown says that there is no thumbnail of a picture, and why.
var ErrNotShown = errors.New("no thumbnail")

// decoders read a picture's header and its first frame. There are none of SVG, WebP and AVIF.
var decoders = []struct {
	magic  string
	header func([]byte) (image.Config, error)
	pixels func([]byte) (image.Image, error)
}{
	{"\x89PNG\r\n\x1a\n", func(b []byte) (image.Config, error) { return png.DecodeConfig(bytes.NewReader(b)) }, func(b []byte) (image.Image, error) { return png.Decode(bytes.NewReader(b)) }},
	{"\xff\xd8\xff", func(b []byte) (image.Config, error) { return jpeg.DecodeConfig(bytes.NewReader(b)) }, func(b []byte) (image.Image, error) { return jpeg.Decode(bytes.NewReader(b)) }},
	{"GIF8", func(b []byte) (image.Config, error) { return gif.DecodeConfig(bytes.NewReader(b)) }, func(b []byte) (image.Image, error) { return gif.Decode(bytes.NewReader(b)) }},
}

// atOnce holds how many pictures are decoded at one time.
var atOnce = make(chan struct{}, 2)

// Make returns a PNG of the picture whose longer side has at most Side pixels. Whatever is wrong is
// [ErrNotShown].
func Make(data []byte) (_ []byte, err error) {
	atOnce <- struct{}{}
	defer func() { <-atOnce }()
	defer func() {
		if recover() != nil {
			err = fmt.Errorf("%w: its decoder gave up", ErrNotShown)
		}
	}()
	if len(data) > MaxBytes {
		return nil, fmt.Errorf("%w: the file has %d bytes, at most %d", ErrNotShown, len(data), MaxBytes)
	}
	for _, d := range decoders {
		if !bytes.HasPrefix(data, []byte(d.magic)) {
			continue
		}
		head, err := d.header(data)
		if err != nil {
			return nil, fmt.Errorf("%w: its header cannot be read", ErrNotShown)
		}
		if head.Width < 1 || head.Height < 1 || head.Width > maxSide || head.Height > maxSide || head.Width*head.Height > maxArea {
			return nil, fmt.Errorf("%w: it says that it is %d × %d pixels", ErrNotShown, head.Width, head.Height)
		}
		full, err := d.pixels(data)
		if err != nil {
			return nil, fmt.Errorf("%w: it cannot be decoded", ErrNotShown)
		}
		var out bytes.Buffer
		err = png.Encode(&out, shrink(full))
		return out.Bytes(), err
	}
	return nil, fmt.Errorf("%w: it is no PNG, JPEG or GIF", ErrNotShown)
}

// shrink averages blocks of pixels, alpha-weighted.
func shrink(full image.Image) *image.NRGBA {
	b := full.Bounds()
	w, h := b.Dx(), b.Dy()
	if longer := max(w, h); longer > Side {
		w, h = max(1, w*Side/longer), max(1, h*Side/longer)
	}
	small := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			block := image.Rect(b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h, b.Min.X+(x+1)*b.Dx()/w, b.Min.Y+(y+1)*b.Dy()/h)
			small.Set(x, y, average(full, block))
		}
	}
	return small
}

func average(full image.Image, block image.Rectangle) color.Color {
	var red, green, blue, alpha, n uint64
	for y := block.Min.Y; y < block.Max.Y; y++ {
		for x := block.Min.X; x < block.Max.X; x++ {
			r, g, b, a := full.At(x, y).RGBA() // multiplied by alpha already
			red, green, blue, alpha, n = red+uint64(r), green+uint64(g), blue+uint64(b), alpha+uint64(a), n+1
		}
	}
	return color.RGBA64{uint16(red / n), uint16(green / n), uint16(blue / n), uint16(alpha / n)}
}
