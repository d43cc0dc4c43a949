package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

// Images are painted by what is drawn, their digests signed as claims, and documents proven.
func TestCompose_PutsDigestsIntoClaims(t *testing.T) {
	dir := newDrop(t)
	layers := t.TempDir()
	if err := os.MkdirAll(filepath.Join(layers, "layers", "Background"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Midnight", "Aurora", "Void"} {
		var out bytes.Buffer
		if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, len(name), 1))); err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(layers, "layers", "Background", name+".png"), out.String())
	}
	write(t, filepath.Join(layers, "layers.yaml"), "layerConfigurations: [{layersOrder: [{name: Background}]}]\n")
	replace(t, filepath.Join(dir, "drop.yaml"), "- {name: consent, type: bool}", "- {name: picture, type: digest}")
	replace(t, filepath.Join(dir, "policy.cel"), "claim.consent", "has(claim.picture)")
	replace(t, filepath.Join(dir, "claims.yaml"), ", consent: true", "")
	images := filepath.Join(t.TempDir(), "images")
	compose := []string{"compose", layers, "--drop", dir, "--tokens", "1-3", "--out", images, "--claim", "picture"}
	complains(t, console.ExitTrouble, "claims.csv", compose...)
	if err := os.Remove(filepath.Join(dir, "claims.yaml")); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "claims.csv"), "token,license,safety\ndefault,CC0-1.0,0.97\n2,CC-BY-4.0,0.9\n")

	r := decode[composeReport](t, succeed(t, append(compose, "--json")...))
	if r.Written != 3 || r.Claim != "picture" {
		t.Errorf("report %+v", r)
	}
	table := string(read(t, filepath.Join(dir, "claims.csv")))
	for _, id := range []string{"1", "2", "3"} {
		digest := sha256.Sum256(read(t, filepath.Join(images, id+".png")))
		if !strings.Contains(table, hex.EncodeToString(digest[:])) {
			t.Errorf("the table has no digest of token %s's image: %s", id, table)
		}
	}
	if !strings.Contains(table, "default,CC0-1.0,0.97,") || !strings.Contains(table, "2,CC-BY-4.0,0.9") {
		t.Errorf("the table has lost what it said: %s", table)
	}
	if again := decode[composeReport](t, succeed(t, append(compose, "--json")...)); again.Kept != 3 || string(read(t, filepath.Join(dir, "claims.csv"))) != table {
		t.Errorf("once more: %+v", again)
	}
	succeed(t, "prove", "--drop", dir, "--tokens", "1-2", "--keys", keys(t))
	complains(t, console.ExitTrouble, "not a claim", "compose", layers, "--drop", dir, "--tokens", "1", "--out", images, "--claim", "image")
}

func TestCompose_LeavesOthersClaimsAlone(t *testing.T) {
	dir, _, _ := outsideAuthority(t)
	complains(t, console.ExitTrouble, "receipt sign --files", "compose", t.TempDir(), "--drop", dir, "--claim", "picture")
}
