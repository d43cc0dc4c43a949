package engine

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/drop"
)

// tile is a PNG file whose pixels are all of one colour from the given row on, and transparent above.
func tile(t *testing.T, side, from int, c color.NRGBA) string {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	for y := from; y < side; y++ {
		for x := range side {
			img.SetNRGBA(x, y, c)
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// The lowest layer comes last in the order of names.
const spriteOrder = "namePrefix: Foxes\nstartIndex: 1\nlayerConfigurations: [{layersOrder: [{name: Sky}, {name: Fur, trait: Coat}, {name: Eyes}]}]\n"

// spriteLayers are three layers of small pictures, the lowest of which leaves some pixels free.
func spriteLayers(t *testing.T, side int) string {
	from := t.TempDir()
	put(t, from, LayersFile, spriteOrder+"incompatible: {Dawn: [Silver]}\ntraitValueOverrides: {Round: Wide open}\n")
	for name, data := range map[string]string{
		"Sky/Dawn#3": tile(t, side, 2, color.NRGBA{250, 170, 130, 255}), "Sky/Night#1": tile(t, side, 0, color.NRGBA{30, 30, 80, 255}),
		"Fur/Russet#2": tile(t, side, 6, color.NRGBA{200, 80, 30, 255}), "Fur/Silver#1": tile(t, side, 9, color.NRGBA{190, 190, 200, 255}),
		"Eyes/Round#1": tile(t, side, 12, color.NRGBA{20, 20, 20, 255}), "Eyes/NONE#2": tile(t, side, side, color.NRGBA{}),
	} {
		put(t, from, "layers/"+name+".png", data)
	}
	return from
}

func importedPictures(t *testing.T, side int) (d *drop.Drop, from string) {
	t.Helper()
	from = spriteLayers(t, side)
	to := filepath.Join(t.TempDir(), "drop")
	s, err := ImportDrawn(DrawnOptions{From: from, To: to, Supply: 100, Pictures: true})
	want := map[int]string{16: "art/small", 24: "art/sprites"}[side]
	if err != nil || s.Circuit != want || s.Side != side || s.Colours != 5 || s.Traits != 3 || s.Rows != 6 || s.Rules != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	if d, err = drop.Load(to); err != nil {
		t.Fatal(err)
	}
	return d, from
}

func generated(t *testing.T, d *drop.Drop, id uint64) *generation.Result {
	t.Helper()
	token, err := d.Token(id, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A proven picture is the one that the layers' own composer paints, pixel by pixel.
func TestImportDrawn_ProvesThePicturesOfItsLayers(t *testing.T) {
	for _, side := range []int{16, 24} {
		d, from := importedPictures(t, side)
		set, _, err := openLayers(from)
		if err != nil {
			t.Fatal(err)
		}
		defer set.Close()
		plan, err := set.Plan()
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		for id := uint64(1); id <= 40; id++ {
			r := generated(t, d, id)
			var painted bytes.Buffer
			if err := plan.Compose(r.Texts[:3], &painted); err != nil {
				t.Fatal(err)
			}
			want, err := png.Decode(&painted)
			if err != nil {
				t.Fatal(err)
			}
			got, err := png.Decode(bytes.NewReader(r.Image))
			if err != nil || got.Bounds() != want.Bounds() {
				t.Fatalf("token %d: %v, %v", id, got.Bounds(), err)
			}
			for y := range side {
				for x := range side {
					g, w := color.NRGBAModel.Convert(got.At(x, y)), color.NRGBAModel.Convert(want.At(x, y))
					if g != w {
						t.Fatalf("token %d, pixel %d of row %d: %v, want %v", id, x, y, g, w)
					}
				}
			}
			seen[strings.Join(r.Texts, "/")] = true
		}
		if len(seen) < 4 {
			t.Errorf("%d pixels a side: only %d different tokens", side, len(seen))
		}
	}
}

func TestImportDrawn_APictureSolves(t *testing.T) {
	d, _ := importedPictures(t, 16)
	r := generated(t, d, 7)
	if err := test.IsSolved(generation.Placeholder(d.Circuit), r.Assignment, ecc.BN254.ScalarField()); err != nil {
		t.Error(err)
	}
	if f, _, _, err := picture.Decode(r.Image); err != nil || f != d.Circuit.Size.Frame {
		t.Errorf("%+v, %v", f, err)
	}
}

func TestImportDrawn_RefusesPicturesThatAreNotProven(t *testing.T) {
	colours := func(first, n int) string {
		img := image.NewNRGBA(image.Rect(0, 0, 16, 16))
		for i := range n {
			img.SetNRGBA(i%16, i/16, color.NRGBA{uint8(first + i), 9, 9, 255})
		}
		var out bytes.Buffer
		if err := png.Encode(&out, img); err != nil {
			t.Fatal(err)
		}
		return out.String()
	}
	grey := color.NRGBA{9, 9, 9, 255}
	half := image.NewNRGBA(image.Rect(0, 0, 16, 16))
	half.SetNRGBA(4, 5, color.NRGBA{1, 2, 3, 128})
	var halfFile bytes.Buffer
	if err := png.Encode(&halfFile, half); err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(from string){
		"layers/Sky/Red#1.png has 32×32 pixels: pictures are proven of 16×16 or 24×24": func(from string) { put(t, from, "layers/Sky/Red#1.png", tile(t, 32, 0, grey)) },
		"24×24 pixels, files before it 16×16":                                          func(from string) { put(t, from, "layers/Fur/Big#1.png", tile(t, 24, 0, grey)) },
		"pixel 4 of row 5 of layers/Eyes/Half#1.png is half transparent":               func(from string) { put(t, from, "layers/Eyes/Half#1.png", halfFile.String()) },
		"layers/Eyes/NONE#2.png paints":                                                func(from string) { put(t, from, "layers/Eyes/NONE#2.png", tile(t, 16, 15, grey)) },
		"have 25 colours":                                                              func(from string) { put(t, from, "layers/Fur/Many#1.png", colours(100, 20)) },
		// All else is transparent, and Round's colour comes behind.
		"pixel 15 of row 0 of layers/Eyes/Many#1.png has one more": func(from string) {
			for _, gone := range []string{"Sky/Dawn#3", "Sky/Night#1", "Fur/Russet#2", "Fur/Silver#1"} {
				put(t, from, "layers/"+gone+".png", tile(t, 16, 16, grey))
			}
			put(t, from, LayersFile, spriteOrder)
			put(t, from, "layers/Eyes/Many#1.png", colours(100, 20))
		},
		`the layer "Coat" has a blend or an opacity`: func(from string) {
			put(t, from, LayersFile, strings.Replace(spriteOrder, "trait: Coat", "trait: Coat, opacity: 0.5", 1))
		},
		`"../../up" is no file's name`: func(from string) { put(t, from, LayersFile, spriteOrder+"traitValueOverrides: {Round: ../../up}\n") },
		`the layer "..": its trait's`: func(from string) {
			put(t, from, LayersFile, strings.Replace(spriteOrder, "trait: Coat", `trait: ".."`, 1))
		},
		"more than 65536 bytes": func(from string) {
			put(t, from, "layers/Fur/Long#1.png", tile(t, 16, 0, grey)+strings.Repeat("x", 70_000))
		},
		"4 layers, and art/small draws 3": func(from string) {
			put(t, from, "layers/Hat/Cap.png", tile(t, 16, 12, grey))
			put(t, from, LayersFile, strings.Replace(spriteOrder, "{name: Eyes}", "{name: Eyes}, {name: Hat}", 1))
		},
		"reading layers/Fur/Bad#1.png: png: in": func(from string) { put(t, from, "layers/Fur/Bad#1.png", "GIF89a, or so") },
	} {
		from, to := spriteLayers(t, 16), filepath.Join(t.TempDir(), "drop")
		change(from)
		if _, err := ImportDrawn(DrawnOptions{From: from, To: to, Supply: 5, Pictures: true}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
		if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: a folder was left: %v", want, err)
		}
	}
}

// What the drop's own reader refuses leaves nothing behind, sprites and their folders included; what
// somebody had there stays.
func TestImportDrawn_LeavesNoSprites(t *testing.T) {
	from, to := spriteLayers(t, 16), filepath.Join(t.TempDir(), "drop")
	put(t, from, LayersFile, strings.Replace(spriteOrder, "namePrefix: ", "namePrefix: "+strings.Repeat("x", 63), 1))
	refused := func() {
		t.Helper()
		if _, err := ImportDrawn(DrawnOptions{From: from, To: to, Supply: 5, Pictures: true}); err == nil || !strings.Contains(err.Error(), "name of drop.yaml is too long") {
			t.Errorf("got %v", err)
		}
	}
	refused()
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder was left: %v", err)
	}
	put(t, to, "sprites/mine.txt", "mine")
	refused()
	if left := tree(t, to); len(left) != 1 || left["sprites/mine.txt"] == "" {
		t.Errorf("left %v", left)
	}
}
