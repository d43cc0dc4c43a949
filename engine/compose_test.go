package engine

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/drop"
)

// drawnFoxes are a sample drop and layers of pictures for its three traits, hidden ones too.
func drawnFoxes(t *testing.T) (d *drop.Drop, from string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "foxes")
	if err := drop.Init(dir, "foxes"); err != nil {
		t.Fatal(err)
	}
	d, err := drop.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	from = t.TempDir()
	for i, name := range []string{"Background/Midnight", "Background/Aurora", "Background/Void", "Eyes/Round", "Eyes/Laser", "Eyes/Closed"} {
		put(t, from, "layers/"+name+".png", onePixel(t, uint8(40*i)))
	}
	put(t, from, LayersFile, "layerConfigurations: [{layersOrder: [{name: Background}, {name: Eyes}]}]\n")
	return d, from
}

func onePixel(t *testing.T, shade uint8) string {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 1, 1))
	img.SetNRGBA(0, 0, color.NRGBA{shade, 0, 0, 255})
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestCompose_PaintsWhatIsDrawn(t *testing.T) {
	d, from := drawnFoxes(t)
	to := filepath.Join(t.TempDir(), "images")
	o := ComposeOptions{Drop: d, From: from, IDs: []uint64{1, 2, 3, 9}, To: to}
	made, err := Compose(context.Background(), o)
	if err != nil || made.Written != 4 || made.Kept != 0 {
		t.Fatalf("%+v, %v", made, err)
	}
	shades := map[string]uint8{"Round": 120, "Laser": 160, "Closed": 200} // eyes are in front
	for i, id := range o.IDs {
		data, err := os.ReadFile(filepath.Join(to, fmt.Sprintf("%d.png", id)))
		if err != nil || sha256.Sum256(data) != made.Digests[i] {
			t.Fatalf("token %d: %v", id, err)
		}
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		drawn, err := d.Draw(id)
		if err != nil {
			t.Fatal(err)
		}
		if r, _, _, _ := img.At(0, 0).RGBA(); uint8(r>>8) != shades[drawn[1].Text] {
			t.Errorf("token %d has %s eyes, and a pixel of %d", id, drawn[1].Text, r>>8)
		}
	}
	if again, err := Compose(context.Background(), o); err != nil || again.Kept != 4 || again.Written != 0 {
		t.Errorf("once more: %+v, %v", again, err)
	}
	put(t, to, "2.png", "somebody's work")
	if _, err := Compose(context.Background(), o); err == nil || !strings.Contains(err.Error(), "another image") {
		t.Errorf("over somebody's work: %v", err)
	}
}

func TestCompose_RefusesOtherLayers(t *testing.T) {
	d, from := drawnFoxes(t)
	o := ComposeOptions{Drop: d, From: from, IDs: []uint64{1, 2, 3, 4, 5, 6, 7, 8}, To: t.TempDir()}
	put(t, from, LayersFile, "layerConfigurations: [{layersOrder: [{name: Background, trait: Sky}]}]\n")
	if _, err := Compose(context.Background(), o); err == nil || !strings.Contains(err.Error(), `no trait "Sky"`) {
		t.Errorf("a layer of no trait: %v", err)
	}
	put(t, from, LayersFile, "layerConfigurations: [{layersOrder: [{name: Eyes}]}]\n")
	if err := os.Remove(filepath.Join(from, "layers/Eyes/Round.png")); err != nil {
		t.Fatal(err)
	}
	if _, err := Compose(context.Background(), o); err == nil || !strings.Contains(err.Error(), "no picture") || strings.Contains(err.Error(), "Round") {
		t.Errorf("a text without a picture: %v", err)
	}
}
