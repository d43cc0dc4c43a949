package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/ipfs/car"
)

// The deck that is killed: small batches, and images large enough to be killed in.
const (
	killedCards   = 32
	killedBatches = 8
	imageBytes    = 1 << 20
)

func killedDeck(t *testing.T) string {
	t.Helper()
	from, dir := t.TempDir(), filepath.Join(t.TempDir(), "deck")
	for i := range killedCards {
		write(t, filepath.Join(from, fmt.Sprintf("%d.json", i)), fmt.Sprintf(`{"name": "Fox #%d", "attributes": [{"trait_type": "Eyes", "value": "%s"}]}`, i, []string{"Laser", "Bored"}[i%2]))
		write(t, filepath.Join(from, fmt.Sprintf("%d.png", i)), strings.Repeat(fmt.Sprintf("%03d\n", i), imageBytes/4))
	}
	succeed(t, "import", from, "--out", dir)
	succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
	return dir
}

// wholeBatches holds that every file of a deck's publication is whole, and that each batch has its
// cards and documents. It returns the number of batches.
func wholeBatches(t *testing.T, dir string) int {
	t.Helper()
	out := filepath.Join(dir, "out")
	for name, data := range filesOf(t, filepath.Join(out, bundle.CardsDir)) {
		if _, err := bundle.UnmarshalCard(data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(out, bundle.ImagesDir)); err == nil {
		for name, data := range filesOf(t, filepath.Join(out, bundle.ImagesDir)) {
			if !bytes.Equal(data, read(t, dir, bundle.ImagesDir, filepath.Base(name))) {
				t.Errorf("%s is not whole", name)
			}
		}
	}
	found := filesOf(t, filepath.Join(out, bundle.BatchesDir))
	for name, data := range found {
		b, err := bundle.UnmarshalBatch(data, statement.DeckSmall, killedCards)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for n := b.First; n < b.First+killedCards/killedBatches; n++ {
			read(t, out, bundle.CardPath(n))
			document := read(t, out, bundle.CardDocumentPath(n, killedCards, killedCards/killedBatches))
			if !bytes.Equal(document, read(t, dir, "documents", fmt.Sprintf("%d.json", n))) {
				t.Errorf("the document of card %d is not whole", n)
			}
		}
	}
	return len(found)
}

// halfWritten lists the files that have the names of such that are being written.
func halfWritten(t *testing.T, out string) (list []string) {
	t.Helper()
	for name := range filesOf(t, out) {
		if ok, _ := path.Match(files.Temporary, filepath.Base(name)); ok || filepath.Base(filepath.Dir(name)) == ".partial" {
			list = append(list, name)
		}
	}
	return list
}

// A deck's job that is killed, again and again, leaves whole batches and goes on where it was:
// while it proves, while it copies images and while it writes the CAR.
func TestProcess_KilledWhileProvingADeck(t *testing.T) {
	dir := killedDeck(t)
	out := filepath.Join(dir, "out")
	prove := []string{"prove", "--drop", dir, "--keys", sharedKeys}
	done := 0
	for _, batches := range []int{1, 3, 6} {
		p := start(t, prove...)
		waitForFiles(t, filepath.Join(out, bundle.BatchesDir), batches)
		p.kill(t)
		now := wholeBatches(t, dir)
		if now < batches || now < done || now >= killedBatches {
			t.Fatalf("killed with %d of %d batches, %d before", now, killedBatches, done)
		}
		done = now
		succeed(t, "verify", out, "--keys", sharedKeys) // what is there holds
	}
	p := start(t, prove...)
	waitForFiles(t, filepath.Join(out, bundle.ImagesDir), 3)
	p.kill(t)
	if n := wholeBatches(t, dir); n != killedBatches {
		t.Errorf("%d batches before the images", n)
	}
	p = start(t, prove...)
	waitForFiles(t, filepath.Join(out, bundle.ImagesDir), killedCards)
	p.kill(t)
	wholeBatches(t, dir)
	// what a kill at another moment leaves
	for _, half := range []string{".genproof-1.tmp", ".partial/.genproof-2.tmp"} {
		write(t, filepath.Join(out, half), "half")
	}

	again := decode[proveReport](t, succeed(t, append(prove, "--json")...))
	if again.Reused != killedBatches || again.Proven != 0 || wholeBatches(t, dir) != killedBatches {
		t.Errorf("continued with %+v", again)
	}
	if left := halfWritten(t, out); len(left) > 0 {
		t.Errorf("half-written files are left: %v", left)
	}
	for _, where := range []string{out, filepath.Join(out, bundle.CARFile)} {
		r := decode[deckReport](t, succeed(t, "verify", where, "--keys", sharedKeys, "--json"))
		if !r.Counts.Complete || r.Counts.Holding != killedCards {
			t.Errorf("%s: %+v", where, r.Counts)
		}
	}
	a, err := car.Open(filepath.Join(out, bundle.CARFile), car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	if want := 3 + killedBatches + 2*killedCards; len(a.Paths()) != want {
		t.Errorf("the CAR has %d files, want %d", len(a.Paths()), want)
	}
	images, err := car.Open(filepath.Join(out, bundle.ImagesCAR(1)), car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer images.Close()
	if n := len(images.Paths()); n != killedCards || len(again.Images) != 1 {
		t.Errorf("%d images in %v, want %d", n, again.Images, killedCards)
	}
}
