package drop

import (
	"bytes"
	"flag"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var updateSheets = flag.Bool("update-sheets", false, "write the contact sheets anew")

// TestSamples_LookLikeTheirSheets: the first 64 tokens of each sample that proves pictures, in rows of
// eight, are those of a file that people can look at. The secrets are those of [sample].
func TestSamples_LookLikeTheirSheets(t *testing.T) {
	for _, template := range []string{"pixels", "dreams"} {
		got := contactSheet(t, loadSample(t, template))
		path := filepath.Join("testdata", "sheets", template+".png")
		if *updateSheets {
			writeSheet(t, path, got)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(bytes.NewReader(data))
		if err != nil || want.Bounds() != got.Bounds() {
			t.Fatalf("%s: %v, want a picture of %v", path, err, got.Bounds())
		}
		for y := range got.Rect.Max.Y {
			for x := range got.Rect.Max.X {
				if nrgbaAt(want, x, y) != nrgbaAt(got, x, y) {
					t.Fatalf("%s: token %d has another picture", template, 1+y/sheetStep*8+x/sheetStep)
				}
			}
		}
	}
}

const sheetStep = pixelsSide + 2 // between pictures

// contactSheet lays out tokens 1 to 64.
func contactSheet(t *testing.T, d *Drop) *image.Paletted {
	t.Helper()
	var sheet *image.Paletted
	for i := range 64 {
		img, err := png.Decode(bytes.NewReader(painted(t, d, uint64(i+1)).File))
		if err != nil {
			t.Fatal(err)
		}
		if sheet == nil {
			sheet = image.NewPaletted(image.Rect(0, 0, 8*sheetStep, 8*sheetStep), img.(*image.Paletted).Palette)
		}
		at := image.Pt(i%8*sheetStep+1, i/8*sheetStep+1)
		draw.Draw(sheet, image.Rectangle{Min: at, Max: at.Add(img.Bounds().Size())}, img, image.Point{}, draw.Src)
	}
	return sheet
}

func writeSheet(t *testing.T, path string, sheet image.Image) {
	t.Helper()
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, sheet); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}
