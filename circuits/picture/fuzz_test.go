package picture

import (
	"bytes"
	"errors"
	"image/png"
	"slices"
	"testing"
)

// FuzzDecode: whatever is accepted is what Encode writes of it, and Go's decoder reads it too.
func FuzzDecode(f *testing.F) {
	for _, frame := range []Frame{frames()[0], frames()[len(frames())-1]} {
		for _, opaque := range []bool{true, false} {
			file := mustEncode(f, frame, somePalette(frame, opaque), somePixels(frame, random()))
			f.Add(file)
			f.Add(file[:len(file)-1])
			for _, at := range []int{16, 24, 25, len(file) / 2, len(file) - 17} {
				other := slices.Clone(file)
				other[at] ^= 1
				f.Add(other)
			}
		}
	}
	f.Add([]byte(signature))
	f.Fuzz(func(t *testing.T, file []byte) {
		frame, palette, pixels, err := Decode(file)
		if err != nil {
			if !errors.Is(err, ErrFile) {
				t.Errorf("another error: %v", err)
			}
			return
		}
		if again, err := Encode(frame, palette, pixels); err != nil || !bytes.Equal(again, file) {
			t.Errorf("Encode writes another file, %v", err)
		}
		img, err := png.Decode(bytes.NewReader(file))
		if err != nil || img.Bounds().Dx() != frame.Side || img.Bounds().Dy() != frame.Side {
			t.Errorf("Go's decoder: %v", err)
		}
	})
}
