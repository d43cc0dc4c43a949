package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/console"
)

func TestProve_WarnsOfWhatLooksLikeAMistake(t *testing.T) {
	dir := newDrop(t)
	replace(t, filepath.Join(dir, "drop.yaml"), "#{id}", "")
	for _, verb := range [][]string{{"commit", "--drop", dir}, {"prove", "--drop", dir, "--tokens", "1", "--keys", keys(t)}} {
		if r := succeed(t, verb...); !strings.Contains(r.stderr, "genproof: warning: drop.yaml: all tokens have the same name") {
			t.Errorf("%s does not warn: %s", verb[0], r.stderr)
		}
	}
}

// TestVerbs_ReplaceNothingOfTheDrop: a slip of the finger must not cost the secrets.
func TestVerbs_ReplaceNothingOfTheDrop(t *testing.T) {
	dir := provenDrop(t)
	for _, name := range []string{"secrets.yaml", "drop.yaml", "model.yaml"} {
		path := filepath.Join(dir, name)
		before := read(t, path)
		complains(t, console.ExitTrouble, "is there and is not a drop.json", "commit", "--drop", dir, "--keys", keys(t), "--out", path)
		complains(t, console.ExitTrouble, "is there and is not a CAR", "publish", "--car", path, filepath.Join(dir, "out"))
		if after := read(t, path); string(before) != string(after) {
			t.Errorf("%s was replaced", name)
		}
	}
	complains(t, console.ExitTrouble, "is a drop's folder", "prove", "--drop", dir, "--tokens", "1", "--keys", keys(t), "--out", dir)
}
