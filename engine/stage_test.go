package engine

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/files"
)

// Two imports into one deck would mix.
func TestImport_OneAtATime(t *testing.T) {
	for _, before := range []bool{false, true} {
		parent := t.TempDir()
		to := filepath.Join(parent, "deck")
		if before {
			imported(t, Options{From: "testdata/leftout", To: to})
		}
		busy := 0
		o := Options{From: "testdata/hashlips", To: to, Progress: func(what string, done, _ int) {
			if what != "documents" || done != 3 {
				return
			}
			if _, err := Import(t.Context(), Options{From: "testdata/repeated", To: to}); errors.Is(err, files.ErrBusy) {
				busy++
			}
			if err := Recover(to); before && errors.Is(err, files.ErrBusy) {
				busy++
			}
		}}
		s := imported(t, o)
		if want := 1; before && busy != 2 || !before && busy != want || s.Cards != 12 {
			t.Errorf("before %t: %d were told that the deck is busy", before, busy)
		}
		if left := names(t, parent); !slices.Equal(left, []string{"deck"}) {
			t.Errorf("left %v", left)
		}
		assertUnchanged(t, Options{From: "testdata/hashlips", To: to})
	}
}

// What a killed import left beside a new deck is thrown away by the next.
func TestImport_TakesOverWhatAKilledOneLeft(t *testing.T) {
	parent := t.TempDir()
	put(t, parent, stageName+"-deck/documents/99.json", "{}")
	put(t, parent, stageName+"-deck/"+lockName, "somebody who died")
	imported(t, Options{From: "testdata/leftout", To: filepath.Join(parent, "deck")})
	if left := names(t, parent); !slices.Equal(left, []string{"deck"}) {
		t.Errorf("left %v", left)
	}
	if n := len(names(t, filepath.Join(parent, "deck", DocumentsDir))); n != 10 {
		t.Errorf("%d documents", n)
	}
}

// A process may die at any point of the installing: the next one ends it.
func TestRecover_EndsAnInterruptedImport(t *testing.T) {
	old, fresh := filepath.Join(t.TempDir(), "old"), filepath.Join(t.TempDir(), "new")
	imported(t, Options{From: "testdata/hashlips", To: old})
	imported(t, Options{From: "testdata/leftout", To: fresh})
	want, moves := tree(t, fresh), []string{DocumentsDir, DropFile}
	for died := range 2*len(moves) + 2 {
		deck := filepath.Join(t.TempDir(), "deck")
		if err := errors.Join(os.CopyFS(deck, os.DirFS(old)), os.CopyFS(filepath.Join(deck, stageName), os.DirFS(fresh))); err != nil {
			t.Fatal(err)
		}
		stage := filepath.Join(deck, stageName)
		put(t, stage, readyName, "documents\n-images\ndrop.yaml")
		for step := range died { // what install does, up to where it died
			if m := step / 2; m < len(moves) {
				from, to := filepath.Join(deck, moves[m]), filepath.Join(stage, "old-"+moves[m])
				if step%2 == 1 {
					from, to = filepath.Join(stage, moves[m]), filepath.Join(deck, moves[m])
				}
				if err := os.Rename(from, to); err != nil {
					t.Fatal(err)
				}
			}
		}
		if err := Recover(deck); err != nil {
			t.Fatalf("died after %d steps: %v", died, err)
		}
		if got := tree(t, deck); !reflect.DeepEqual(got, want) {
			t.Errorf("died after %d steps: %d files, want %d", died, len(got), len(want))
		}
	}
	deck := filepath.Join(t.TempDir(), "deck") // died before it was ready
	if err := errors.Join(os.CopyFS(deck, os.DirFS(old)), os.CopyFS(filepath.Join(deck, stageName), os.DirFS(fresh)), Recover(deck)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(tree(t, deck), tree(t, old)) {
		t.Error("an import that was not ready left something")
	}
	put(t, filepath.Join(deck, stageName), readyName, "../../secrets.yaml")
	if err := Recover(deck); err == nil {
		t.Error("installed a path")
	}
}

// An import that fails or is stopped leaves what was there, and nothing else.
func TestImport_IsWholeOrNotAtAll(t *testing.T) {
	from := t.TempDir()
	put(t, from, "1.json", `{"attributes": [{"trait_type": "Hat", "value": "Red"}]}`)
	put(t, from, "2.json", "{}")
	parent := t.TempDir()
	to := filepath.Join(parent, "deck")
	imported(t, Options{From: from, To: to})
	before := tree(t, parent)
	put(t, from, "3.json", strings.Repeat("x", 1<<18))
	for _, dir := range []string{to, filepath.Join(parent, "other")} {
		if _, err := Import(t.Context(), Options{From: from, To: dir}); err == nil {
			t.Fatal("imported a document of 2^18 bytes")
		}
		ctx, cancel := context.WithCancel(t.Context())
		o := Options{From: "testdata/hashlips", To: dir, Progress: func(what string, done, _ int) {
			if what == "images" && done == 3 {
				cancel()
			}
		}}
		if _, err := Import(ctx, o); !errors.Is(err, context.Canceled) {
			t.Errorf("stopped: %v", err)
		}
		cancel()
	}
	if after := tree(t, parent); !reflect.DeepEqual(before, after) {
		t.Errorf("left %v", after)
	}
}
