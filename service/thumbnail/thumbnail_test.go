package thumbnail_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"runtime"
	"testing"

	"github.com/genproof/genproof/service/thumbnail"
)

func painted(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.NRGBA{200, 40, 90, 255})
		}
	}
	return m
}

func chunk(kind string, data []byte) []byte {
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), kind...)
	b = append(b, data...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[4:]))
}

// says is a PNG whose header names a size, with something hidden behind it.
func says(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	b := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, 8, 6, 0, 0, 0))...)
	return append(append(b, chunk("IDAT", make([]byte, 30_000))...), chunk("IEND", nil)...)
}

func TestMake_EncodesAnew(t *testing.T) {
	var asPNG, asJPEG, asGIF, small bytes.Buffer
	for _, err := range []error{
		png.Encode(&asPNG, painted(1024, 512)), jpeg.Encode(&asJPEG, painted(512, 1024), nil),
		gif.Encode(&asGIF, painted(300, 3), nil), png.Encode(&small, painted(24, 24)),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	const script = "<script>alert(1)</script>"
	for _, tc := range []struct {
		name string
		data []byte
		size image.Point
	}{
		{"a PNG", append(asPNG.Bytes(), script...), image.Pt(256, 128)}, {"a JPEG", append(asJPEG.Bytes(), script...), image.Pt(128, 256)},
		{"a GIF", asGIF.Bytes(), image.Pt(256, 2)}, {"a small one", small.Bytes(), image.Pt(24, 24)},
	} {
		got, err := thumbnail.Make(tc.data)
		if err != nil {
			t.Errorf("%s: %v", tc.name, err)
			continue
		}
		m, err := png.Decode(bytes.NewReader(got))
		if err != nil || m.Bounds().Size() != tc.size || bytes.Contains(got, []byte("script")) {
			t.Errorf("%s: %v, %v", tc.name, m.Bounds(), err)
			continue
		}
		r, g, b, a := m.At(0, 0).RGBA()
		if near := func(c, want uint32) bool { return c>>8+30 > want && c>>8 < want+30 }; !near(r, 200) || !near(g, 40) || !near(b, 90) || a != 0xffff {
			t.Errorf("%s: another colour: %d %d %d", tc.name, r>>8, g>>8, b>>8)
		}
	}
}

// What is no picture, or says that it is a large one, is refused before it is decoded.
func TestMake_RefusesWhatHurts(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for name, data := range map[string][]byte{
		"nothing": nil, "an SVG": []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`), "HTML": []byte("<!DOCTYPE html><script>alert(1)</script>"),
		"65,535 a side": says(65535, 65535), "no side": says(0, 5), "a large area": says(8000, 8000), "half a header": says(4, 4)[:20], "no pixels": says(16, 16),
		"too many bytes": append(says(4, 4), make([]byte, thumbnail.MaxBytes)...), "a JPEG of nothing": []byte("\xff\xd8\xff\xe0"), "a GIF of nothing": []byte("GIF89a"),
	} {
		if got, err := thumbnail.Make(data); !errors.Is(err, thumbnail.ErrNotShown) || got != nil {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 64<<20 {
		t.Errorf("refusing takes %d bytes", grown)
	}
}

// A thumbnail is made once for a key, and another key is another picture's; what fails is tried again.
func TestCache_MakesOnce(t *testing.T) {
	var c thumbnail.Cache
	reads := 0
	get := func(key string, data []byte) ([]byte, error) {
		return c.Get(key, func() ([]byte, error) { reads++; return data, nil })
	}
	var large, small bytes.Buffer
	if err := errors.Join(png.Encode(&large, painted(512, 512)), png.Encode(&small, painted(8, 8))); err != nil {
		t.Fatal(err)
	}
	first, err := get("a", large.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if again, err := get("a", nil); err != nil || !bytes.Equal(first, again) || reads != 1 {
		t.Errorf("%d reads, %v", reads, err)
	}
	if other, err := get("b", small.Bytes()); err != nil || bytes.Equal(first, other) {
		t.Errorf("another key: %v", err)
	}
	for range 2 {
		if _, err := get("c", nil); !errors.Is(err, thumbnail.ErrNotShown) {
			t.Error(err)
		}
	}
	if reads != 4 {
		t.Errorf("%d reads", reads)
	}
}
