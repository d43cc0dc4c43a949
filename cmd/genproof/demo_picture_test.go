package main

import (
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/picture"
)

// Each thing that is looked at refuses a file of its own.
func TestUnlikePicture_LooksAtFileFrameAndDigest(t *testing.T) {
	frame := picture.Frame{Side: 16, Depth: 4}
	drawn := func(f picture.Frame, colour byte) []byte {
		pixels := make([]byte, f.Pixels())
		pixels[7] = colour
		file, err := picture.Encode(f, make(picture.Palette, f.Colours()), pixels)
		if err != nil {
			t.Fatal(err)
		}
		return file
	}
	file, larger := drawn(frame, 1), drawn(picture.Frame{Side: 24, Depth: 4}, 1)
	if got := unlikePicture(frame, sha256.Sum256(file), file); got != "" {
		t.Errorf("the picture itself: %s", got)
	}
	broken := append([]byte(nil), file...)
	broken[len(broken)-20] ^= 1
	for want, given := range map[string][2][]byte{
		"the document shows": {file, drawn(frame, 2)},
		"24×24":              {larger, larger},
		"its own pixels":     {broken, broken},
	} {
		if got := unlikePicture(frame, sha256.Sum256(given[0]), given[1]); !strings.Contains(got, want) {
			t.Errorf("%s: %q", want, got)
		}
	}
}
