package layers

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"sync"

	"github.com/genproof/genproof/files"
)

// MaxPixels is the most pixels of an image, looked at before it is decoded.
const MaxPixels = 16 << 20

// cacheBytes bounds the decoded layers that are kept.
const cacheBytes = 256 << 20

// Compose writes card i's image: its layers from the back to the front, as PNG. All PNGs of a
// card have one size.
func (d *Deck) Compose(i int, w io.Writer) error {
	if err := d.set.compose(d.Cards[i].paints, w); err != nil {
		return fmt.Errorf("composing card %d: %w", i, err)
	}
	return nil
}

func (s *Set) compose(strokes []stroke, w io.Writer) error {
	var canvas *image.NRGBA
	for _, one := range strokes {
		src, err := s.images.get(one.file)
		if err != nil {
			return err
		}
		if canvas == nil {
			canvas = image.NewNRGBA(src.Rect)
		}
		if canvas.Rect != src.Rect {
			return fmt.Errorf("%s has %dx%d pixels, the layer behind it %dx%d", one.file,
				src.Rect.Dx(), src.Rect.Dy(), canvas.Rect.Dx(), canvas.Rect.Dy())
		}
		blends[one.blend].paint(canvas, src, one.opacity)
	}
	if canvas == nil {
		return errors.New("it has no layers")
	}
	return png.Encode(w, canvas)
}

// images decodes layers and keeps as many as there is room for.
type images struct {
	dir  *files.Folder
	mu   sync.Mutex
	kept map[string]*image.NRGBA
	size int
}

func newImages(dir *files.Folder) *images { return &images{dir: dir, kept: map[string]*image.NRGBA{}} }

func (m *images) get(file string) (*image.NRGBA, error) {
	m.mu.Lock()
	img := m.kept[file]
	m.mu.Unlock()
	if img != nil {
		return img, nil
	}
	data, err := m.dir.Read(file, maxFile)
	if err != nil {
		return nil, err
	}
	if img, err = decode(data); err != nil {
		return nil, fmt.Errorf("reading %s: %w", file, err)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.kept[file] == nil && m.size+len(img.Pix) <= cacheBytes {
		m.kept[file], m.size = img, m.size+len(img.Pix)
	}
	return img, nil
}

// decode reads a PNG, whose size it looks at first.
func decode(data []byte) (*image.NRGBA, error) {
	head, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if head.Width < 1 || head.Height < 1 || head.Width > MaxPixels/head.Height {
		return nil, fmt.Errorf("%dx%d pixels, an image has at most %d", head.Width, head.Height, MaxPixels)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if flat, ok := img.(*image.NRGBA); ok {
		return flat, nil
	}
	flat := image.NewNRGBA(img.Bounds())
	for y := flat.Rect.Min.Y; y < flat.Rect.Max.Y; y++ {
		for x := flat.Rect.Min.X; x < flat.Rect.Max.X; x++ {
			flat.SetNRGBA(x, y, color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA))
		}
	}
	return flat, nil
}
