package main

import (
	"path/filepath"
	"strings"
	"testing"
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
