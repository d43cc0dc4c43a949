//go:build prover_checks && !js

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/publication"
)

// maxMemory is what the program may take of a browser, which has nothing back before the worker ends.
const maxMemory = 256 << 20

// manyCards is a folder with the tests' deck in a larger circuit, of n cards and with the part of its rule that is about wings.
func manyCards(t *testing.T, n uint64) string {
	t.Helper()
	dir := t.TempDir()
	d, err := bundle.UnmarshalDeck(filesBelow(t, deck)[bundle.DescriptionFile])
	if err != nil {
		t.Fatal(err)
	}
	d.Circuit, d.Cards = "deck/standard", n
	d.Program.Clauses = slices.DeleteFunc(d.Program.Clauses, func(c bundle.Clause) bool {
		return slices.ContainsFunc(c.Literals, func(l bundle.Literal) bool { return l.Slot != 0 })
	})
	d.Facts.Hidden = nil
	for slot := statement.DeckStandard.CardSlots(); slot < len(d.Infos()); slot++ {
		d.Facts.Hidden = append(d.Facts.Hidden, bundle.Leaf{Slot: uint64(slot), Leaf: d.Commitments.Model})
	}
	program, err := d.Program.Compile(d.Schema(), d.Infos())
	if err == nil {
		d.Commitments.Policy, err = program.Commitment(statement.DeckStandard)
	}
	if err != nil {
		t.Fatal(err)
	}
	data, err := d.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{bundle.DescriptionFile: data, bundle.KeyFile: read(t, filepath.Join(deck, bundle.KeyFile)), bundle.BatchPath(0): read(t, filepath.Join(deck, bundle.BatchPath(0)))} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// Decks of 10,000 cards and files of the largest sizes leave the program's memory within its bound.
func TestSlowPage_StaysSmall(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the program was not run")
	}
	image := make([]byte, publication.MaxImage)
	copy(image, "\x89PNG\r\n\x1a\n")
	car := filepath.Join(t.TempDir(), "a.car")
	if err := os.WriteFile(car, archiveOf(t, map[string][]byte{"images/7.png": image}), 0o644); err != nil {
		t.Fatal(err)
	}
	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	c := exec.Command(node, "testdata/memory.mjs", filepath.Join(strings.TrimSpace(string(root)), "lib/wasm/wasm_exec.js"), build(t, "."), manyCards(t, 10_000), car)
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, stderr.Bytes())
	}
	levels := map[string]string{"10000 cards": "rejected with a rule", "the largest image, eight times": "", "a token with the largest files, eight times": "", "a token": "rejected"}
	for line := range bytes.Lines(out) {
		var r struct {
			What, Level string
			Memory      int
		}
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %.1f MB", r.What, float64(r.Memory)/1e6)
		if want, asked := levels[r.What]; asked && r.Level != want || r.Memory > maxMemory {
			t.Errorf("%s: %s, %d bytes", r.What, r.Level, r.Memory)
		}
		delete(levels, r.What)
	}
	if len(levels) > 0 {
		t.Errorf("not done: %v", levels)
	}
}
