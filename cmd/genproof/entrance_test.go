package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

// Every verb that takes a verifying key, with every defect. Those that take it from the key
// store or from a chain are tested with their packages.
func TestVerbs_RefuseDefectiveVerifyingKeys(t *testing.T) {
	out := publishedCopy(t)
	dir := filepath.Join(t.TempDir(), "foxes")
	succeed(t, "init", dir)
	published := filepath.Join(out, "verifying.key")
	whole := read(t, published)
	vk, err := groth16.ParseVerifyingKey(whole)
	if err != nil {
		t.Fatal(err)
	}
	named := filepath.Join(t.TempDir(), "named.key")
	car := filepath.Join(t.TempDir(), "drop.car")
	refused := func(want string, key []byte) {
		t.Helper()
		write(t, published, string(key))
		write(t, named, string(key))
		publicCAR(t, out, car)
		for _, args := range [][]string{
			{"verify", out, "--keys", keys(t)}, {"verify", car, "--keys", keys(t)}, {"publish", out, "--keys", keys(t)}, {"export", "snarkjs", out, "--token", "2"},
		} {
			complains(t, console.ExitTrouble, want, args...)
		}
		write(t, published, string(whole))
		for _, args := range [][]string{
			{"verify", out, "--key", named}, {"export", "snarkjs", out, "--token", "2", "--key", named},
			{"export", "solidity", "--standard", "--key", named}, {"deploy", "--drop", dir, "--key", named},
		} {
			complains(t, console.ExitTrouble, want, args...)
		}
	}
	for _, d := range keytest.Defects() {
		refused(d.Want, d.Of(vk).Bytes())
		complains(t, console.ExitTrouble, d.Want, "inspect", named)
	}
	for _, key := range keytest.Encodings(whole) {
		refused("verifying key: ", key)
	}
}

// publicCAR writes a CAR of an output folder, whatever is in it.
func publicCAR(t *testing.T, out, car string) {
	t.Helper()
	list, err := ipfs.FilesOf(os.DirFS(out), "drop.json", "verifying.key", "policy.cel", "bundles", "documents")
	if err == nil {
		_, err = ipfs.WriteCAR(context.Background(), car, list)
	}
	if err != nil {
		t.Fatal(err)
	}
}
