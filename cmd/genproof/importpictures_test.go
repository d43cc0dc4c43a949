package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/internal/console"
)

// Layers of small pictures become a drop whose pictures are proven, and one of larger ones does not.
func TestImport_PicturesOfLayers(t *testing.T) {
	art, to := t.TempDir(), filepath.Join(t.TempDir(), "drop")
	if err := paintLayers(art, 24); err != nil {
		t.Fatal(err)
	}
	s := decode[engine.DrawnSummary](t, succeed(t, "import", art, "--drawn", "50", "--pictures", "--out", to, "--json"))
	if s.Circuit != "art/sprites" || s.Side != 24 || s.Colours != 9 {
		t.Errorf("%+v", s)
	}
	if got := succeed(t, "check", "--drop", to, "--tokens", "all").stdout; !strings.Contains(got, "50 tokens") {
		t.Errorf("check: %s", got)
	}
	if got := read(t, to, "sprites", "Fox", "Gold.png"); string(got) != string(read(t, art, "layers", "Fox", "Gold#5.png")) {
		t.Error("the sprite is another file than the layer's")
	}
	text := succeed(t, "import", art, "--drawn", "50", "--pictures", "--out", filepath.Join(t.TempDir(), "again")).stdout
	if !strings.Contains(text, "pictures of 24×24 pixels, 9 colours beside transparent") || strings.Contains(text, "genproof compose") {
		t.Errorf("it says %s", text)
	}

	large, nowhere := t.TempDir(), filepath.Join(t.TempDir(), "drop")
	if err := paintLayers(large, 32); err != nil {
		t.Fatal(err)
	}
	complains(t, console.ExitTrouble, "32×32 pixels: pictures are proven of 16×16 or 24×24", "import", large, "--drawn", "50", "--pictures", "--out", nowhere)
	complains(t, console.ExitTrouble, "--pictures is for drawn drops", "import", large, "--generate", "5", "--pictures", "--out", nowhere)
	if _, err := os.Lstat(nowhere); err == nil {
		t.Error("a folder was made")
	}
}
