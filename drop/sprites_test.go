package drop

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/picture"
)

// TestPixels_AreTheSpritesDrawn composes the pictures of tokens from the sample's files, with
// image/draw's own rules for transparent pixels, and compares.
func TestPixels_AreTheSpritesDrawn(t *testing.T) {
	dir := sample(t, "pixels")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for id := uint64(1); id <= 12; id++ {
		r := generated(t, d, id)
		got, err := png.Decode(bytes.NewReader(r.Image))
		if err != nil {
			t.Fatal(err)
		}
		want := image.NewNRGBA(image.Rect(0, 0, pixelsSide, pixelsSide))
		for i, name := range []string{"Sky", "Fur", "Markings", "Eyes", "Collar", "Hat"} {
			if r.Texts[i] == "" {
				continue
			}
			f, err := os.Open(filepath.Join(dir, "sprites", name, r.Texts[i]+".png"))
			if err != nil {
				t.Fatal(err)
			}
			layer, err := png.Decode(f)
			f.Close()
			if err != nil {
				t.Fatal(err)
			}
			for y := range pixelsSide {
				for x := range pixelsSide {
					if _, _, _, a := layer.At(x, y).RGBA(); a != 0 {
						want.Set(x, y, layer.At(x, y))
					}
				}
			}
		}
		for y := range pixelsSide {
			for x := range pixelsSide {
				if g, w := nrgbaAt(got, x, y), want.NRGBAAt(x, y); g != w {
					t.Fatalf("token %d: pixel %d, %d is %v, want %v", id, x, y, g, w)
				}
			}
		}
		var doc struct{ Image string }
		if err := json.Unmarshal(r.Document, &doc); err != nil || doc.Image != "ipfs://"+document.DigestCID(sha256.Sum256(r.Image)) {
			t.Errorf("token %d: image %s, %v", id, doc.Image, err)
		}
	}
}

// onePixel is a sprite with one pixel set.
func onePixel(t *testing.T, side int, c color.NRGBA) string {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, side, side))
	img.SetNRGBA(3, 4, c)
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestLoad_RefusesSpritesByPlace(t *testing.T) {
	const laser = "sprites/Eyes/Laser.png"
	put := func(name string, data func(*testing.T) string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { write(t, dir, name, data(t)) }
	}
	change := func(file, before, after string) func(*testing.T, string) {
		return func(t *testing.T, dir string) { edit(t, dir, file, before, after) }
	}
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string)
		want  string
	}{
		"a missing sprite": {func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, laser)); err != nil {
				t.Fatal(err)
			}
		}, "cannot be read"},
		"another size":     {put(laser, func(t *testing.T) string { return onePixel(t, 16, color.NRGBA{1, 2, 3, 255}) }), "16×16 pixels"},
		"half transparent": {put(laser, func(t *testing.T) string { return onePixel(t, 24, color.NRGBA{1, 2, 3, 128}) }), "pixel 3 of row 4 is half transparent"},
		"no PNG":           {put(laser, func(*testing.T) string { return "GIF89a" }), "no PNG"},
		"half a PNG":       {put(laser, func(t *testing.T) string { return onePixel(t, 24, color.NRGBA{1, 2, 3, 255})[:60] }), "no whole PNG"},
		"a large file":     {put(laser, func(*testing.T) string { return strings.Repeat("x", maxSprite+1) }), "cannot be read"},
		"too many colours": {spread, "colours, the circuit's pictures at most 15"},
		"no sprites":       {change(ModelFile, "sprites:  ", "facts_:  "), "does not belong"},
		"no order":         {change(ModelFile, "  order: [Sky, Fur", "  # [Sky, Fur"), "has no order"},
		"an unknown trait": {change(ModelFile, "order: [Sky,", "order: [Moon,"), "unknown trait, or one twice"},
		"a trait twice":    {change(ModelFile, "order: [Sky,", "order: [Fur, Sky,"), "unknown trait, or one twice"},
		"a colour's name":  {change(ModelFile, `"#000000"`, `black`), "no colour"},
		"a network":        {change(ModelFile, "sprites:  ", "network: {file: n.onnx}\nsprites:  "), "makes no pictures of network"},
		"a hidden painter": {func(t *testing.T, dir string) { paintTemper(t, dir, "") }, `"Temper" is hidden`},
		"another circuit":  {change(DefinitionFile, "circuit: art/sprites ", "circuit: cid/standard "), "makes no pictures of sprites"},
		"a second image":   {change(DefinitionFile, "  description:", "  image: ipfs://x/{id}.png\n  description:"), "image"},
		"a path as a text": {change(ModelFile, "Dawn: 40", "a/b: 40"), "no file's name"},
		"scores":           {change(DefinitionFile, "authority: self", "scores: [{name: quality}]\nauthority: self"), "no network"},
	} {
		dir := sample(t, "pixels")
		c.spoil(t, dir)
		if _, err := Load(dir); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "Laser") {
			t.Errorf("%s: the error tells a row's text, which may be hidden: %v", name, err)
		}
	}
}

// spread gives a sprite as many colours as it has pixels in a row.
func spread(t *testing.T, dir string) {
	img := image.NewNRGBA(image.Rect(0, 0, pixelsSide, pixelsSide))
	for x := range pixelsSide {
		img.SetNRGBA(x, 0, color.NRGBA{byte(x), 77, 1, 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "sprites/Hat/Cap.png", b.String())
}

// paintTemper gives the hidden trait sprites.
func paintTemper(t *testing.T, dir, more string) {
	if err := os.MkdirAll(filepath.Join(dir, "sprites", "Temper"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"Calm", "Sly"} {
		write(t, dir, "sprites/Temper/"+text+".png", onePixel(t, pixelsSide, color.NRGBA{0xb5, 0x53, 0x3c, 255}))
	}
	edit(t, dir, ModelFile, "Collar, Hat]", "Collar, Hat, Temper]"+more)
}

func TestLoad_TakesHiddenPaintersThatAreNamed(t *testing.T) {
	dir := sample(t, "pixels")
	paintTemper(t, dir, "\n  pictured: true")
	if _, err := Load(dir); err != nil {
		t.Error(err)
	}
}

// TestArt_CommitsToEverySprite: another pixel, paint order or background is another model.
func TestArt_CommitsToEverySprite(t *testing.T) {
	honest, err := Load(sample(t, "pixels"))
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(dir string){
		"pixel":      func(dir string) { write(t, dir, "sprites/Hat/Crown.png", onePixel(t, pixelsSide, colours['g'])) },
		"order":      func(dir string) { edit(t, dir, ModelFile, "Collar, Hat]", "Hat, Collar]") },
		"background": func(dir string) { edit(t, dir, ModelFile, "#000000", "#000001") },
	} {
		dir := sample(t, "pixels")
		change(dir)
		d, err := Load(dir)
		if err != nil {
			t.Fatal(err)
		}
		if d.Commitments.Model == honest.Commitments.Model {
			t.Errorf("another %s: the same commitment", name)
		}
	}
}

// TestReceipt_IsForOnePicture: who signs names the picture, and no other token's receipt fits.
func TestReceipt_IsForOnePicture(t *testing.T) {
	d, err := Load(sample(t, "pixels"))
	if err != nil {
		t.Fatal(err)
	}
	image, err := d.image(5)
	if err != nil {
		t.Fatal(err)
	}
	other := [32]byte{1}
	sign := func(picture *[32]byte) (*Receipt, error) {
		return SignReceipt(d.secrets.authority, &d.Schema, d.scope(), 5, d.claims.For(5).WithPicture(picture))
	}
	if _, err := sign(nil); err == nil || !strings.Contains(err.Error(), "--files image=PATH") {
		t.Errorf("a receipt without a picture: %v", err)
	}
	for name, c := range map[string]struct {
		digest *[32]byte
		want   string
	}{"its own": {image, ""}, "another": {&other, "for another picture"}} {
		r, err := sign(c.digest)
		if err != nil {
			t.Fatal(err)
		}
		data, err := r.Encode(&d.Schema)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.MkdirAll(filepath.Join(d.dir, ReceiptsDir), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, d.dir, ReceiptsDir+"/5.json", string(data))
		_, err = d.Token(5, [20]byte{})
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s picture: %v", name, err)
		}
	}
	if _, err := ParseReceipt("r", []byte(strings.Replace(receiptText(t, sign, image), `"image"`, `"imago"`, 1)), &d.Schema); err == nil {
		t.Error("a receipt with an unknown key is read")
	}
	plain, err := Load(sample(t, "foxes"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := SignReceipt(plain.secrets.authority, &plain.Schema, plain.scope(), 5, plain.claims.For(5).WithPicture(image)); err == nil {
		t.Error("a receipt names a picture of a drop that proves none")
	}
}

func receiptText(t *testing.T, sign func(*[32]byte) (*Receipt, error), image *[32]byte) string {
	t.Helper()
	r, err := sign(image)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Load(sample(t, "pixels"))
	if err != nil {
		t.Fatal(err)
	}
	data, err := r.Encode(&d.Schema)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestDecodeSprite_ReadsEveryKindOfPNG(t *testing.T) {
	f := picture.Frame{Side: 16, Depth: 4}
	for name, img := range map[string]image.Image{
		"grey":      image.NewGray(image.Rect(0, 0, 16, 16)),
		"paletted":  image.NewPaletted(image.Rect(0, 0, 16, 16), color.Palette{color.NRGBA{}, color.Black}),
		"of 16 bit": image.NewNRGBA64(image.Rect(0, 0, 16, 16)),
		"opaque":    image.NewRGBA(image.Rect(0, 0, 16, 16)),
	} {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		pixels, err := decodeSprite(b.Bytes(), f)
		if err != nil || len(pixels) != 256 {
			t.Errorf("%s: %d pixels, %v", name, len(pixels), err)
		}
	}
}
