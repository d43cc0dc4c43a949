package ceremony

import (
	"encoding/hex"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/setup"
)

// Anybody who finalizes gets the same files, and the store takes the keys.
func TestFinalize_SameForAllAndIntoTheStore(t *testing.T) {
	w := newWorld(t)
	dir := copyOf(t, w.sealed)
	f, p := w.open(t, dir)
	r, err := f.Finalize(ctx, p, w.srs, nil)
	must(t, err)
	if !r.Final || !maps.Equal(snapshot(t, dir), snapshot(t, w.final)) {
		t.Error("another outcome")
	}
	if _, err := f.Finalize(ctx, p, w.srs, nil); err != nil {
		t.Errorf("a second time: %v", err)
	}
	store, err := setup.OpenStore(filepath.Join(t.TempDir(), "keys"))
	must(t, err)
	audited, err := setup.Audit(ctx, w.circuit, r.Keys.Proving, r.Keys.Verifying, r.Keys.Provenance, nil)
	must(t, err)
	_, err = store.InstallGroth16(ctx, audited, false, nil)
	must(t, err)
	keys, err := store.Groth16Keys(ctx, w.circuit, nil)
	if err != nil || keys.Provenance != r.Keys.Provenance.String() || keys.Verifying.Digest() != sum(readFile(t, dir, keyFile)) {
		t.Errorf("got %+v, %v", keys, err)
	}
	manifest, err := store.Lookup(ctx, keys.Verifying.Digest())
	must(t, err)
	tr := new(Transcript)
	must(t, decodeStrict(readFile(t, dir, transcriptFile), tr))
	if manifest.Files["pk"].SHA256 != hex.EncodeToString(tr.Keys.Proving[:]) || manifest.Files["vk"].SHA256 != hex.EncodeToString(tr.Keys.Verifying[:]) {
		t.Error("the transcript names other keys than the store's manifest")
	}
}

func TestFinalize_RefusesAndWritesNothing(t *testing.T) {
	w := newWorld(t)
	open := copyOf(t, w.dir)
	f, p := w.open(t, open)
	if _, err := f.Finalize(ctx, p, w.srs, nil); !errors.Is(err, ErrOpen) {
		t.Errorf("open: got %v", err)
	}
	bad := copyOf(t, w.sealed)
	f, p = w.open(t, bad)
	if _, err := f.ApplyBeacon(ctx, p, []byte(blockHash), nil); !errors.Is(err, ErrClosed) {
		t.Errorf("a second beacon: got %v", err)
	}
	must(t, os.Remove(filepath.Join(bad, "0002", attestationFile)))
	f, p = w.open(t, bad)
	if _, err := f.Finalize(ctx, p, w.srs, nil); err == nil {
		t.Error("a ceremony with an attestation less is finalized")
	}
	for _, dir := range []string{open, bad} {
		if _, err := os.Stat(filepath.Join(dir, keyFile)); err == nil {
			t.Error("a key was written")
		}
	}
}

func TestInit_NewFolderOnly(t *testing.T) {
	w := newWorld(t)
	dir := copyOf(t, w.dir)
	before := snapshot(t, dir)
	if _, err := InitCircuit(ctx, dir, w.circuit, w.srs, block, nil); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
	if !maps.Equal(before, snapshot(t, dir)) {
		t.Error("a ceremony was changed")
	}
	empty := filepath.Join(t.TempDir(), "empty")
	must(t, os.Mkdir(empty, 0o755))
	theirs := empty + partialFile // somebody's
	must(t, os.Mkdir(theirs, 0o755))
	if _, err := InitPowers(empty, 2, block); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(filepath.Dir(empty))
	must(t, err)
	if len(entries) != 2 || entries[0].Name() != "empty" || entries[1].Name() != filepath.Base(theirs) {
		t.Errorf("beside the ceremony: %v", entries)
	}
}

func TestAttestation_IsTheContributors(t *testing.T) {
	w := newWorld(t)
	f, p := w.open(t, w.final)
	a, text, err := f.Attestation(ctx, p, 2, nil)
	must(t, err)
	if a.Name != "bob" || string(text) != string(readFile(t, w.final, "0002", attestationFile)) {
		t.Errorf("got %s", text)
	}
	for _, n := range []int{0, 4, -1} {
		if _, _, err := f.Attestation(ctx, p, n, nil); err == nil {
			t.Errorf("there is a contribution %d", n)
		}
	}
}
