package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/ipfs/car"
)

// What a system leaves in folders that people look at is no part of a deck.
func TestDeck_PassesOverFilesOfSystems(t *testing.T) {
	dir := importShape(t, "hashlips")
	out := filepath.Join(dir, "out")
	leave := func(folder string) {
		for _, name := range []string{".DS_Store", "Thumbs.db"} {
			if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	leave(filepath.Join(dir, "documents"))
	leave(filepath.Join(dir, "images"))
	succeed(t, "check", "--drop", dir)
	succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
	root := decode[proveReport](t, succeed(t, "prove", "--drop", dir, "--keys", sharedKeys, "--json")).ImageRoot
	doc, err := os.ReadFile(filepath.Join(dir, "documents", "0.json"))
	if err != nil || !strings.Contains(string(doc), "ipfs://"+root+"/0.png") {
		t.Errorf("the images' CID is %s, the document %s, %v", root, doc, err)
	}
	leave(filepath.Join(out, "documents"))
	leave(filepath.Join(out, "images"))
	if r := decode[publishReport](t, succeed(t, "publish", out, "--json")); r.ImageRoot != root {
		t.Errorf("published images are %s, want %s", r.ImageRoot, root)
	}
	succeed(t, "verify", out)
}

// Images of any size go into the CAR of a deck, and do not make it look damaged.
func TestDeck_LargeImagesAreNoDamage(t *testing.T) {
	dir := importShape(t, "hashlips", "--images", "keep")
	if err := os.WriteFile(filepath.Join(dir, "images", "0.png"), bytes.Repeat([]byte{1, 2, 3, 4, 5}, 1<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
	r := decode[proveReport](t, succeed(t, "prove", "--drop", dir, "--keys", sharedKeys, "--json"))
	out := filepath.Join(dir, "out")
	if len(r.Images) != 1 || r.Images[0] != filepath.Join(out, "images-1.car") || !strings.HasPrefix(r.ImageRoot, "bafybei") {
		t.Fatalf("%+v", r.carReport)
	}
	succeed(t, "verify", filepath.Join(out, bundle.CARFile))
	images, err := car.Open(r.Images[0], car.Limits{Bytes: 1 << 30, Blocks: 1 << 16, Entries: 1 << 16, FileBytes: 1 << 30})
	if err != nil || images.Root().String() != r.ImageRoot || !slices.Contains(images.Paths(), "0.png") {
		t.Errorf("the images' CAR: %v", err)
	}
	// What an importer of folders makes has the images too.
	list, err := ipfs.FilesOf(os.DirFS(out), "drop.json", "policy.cel", "verifying.key", "batches", "cards", "documents", "images")
	if err != nil {
		t.Fatal(err)
	}
	whole := filepath.Join(t.TempDir(), "whole.car")
	if _, err := ipfs.WriteCAR(t.Context(), whole, list); err != nil {
		t.Fatal(err)
	}
	succeed(t, "verify", whole)
	if r := decode[publishReport](t, succeed(t, "publish", out, "--json")); r.Cards != 12 || len(r.Images) != 1 {
		t.Errorf("publish: %+v", r)
	}
}
