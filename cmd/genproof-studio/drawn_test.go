package main

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
)

// newDrop makes a drawn drop of root/small, whose keys are in the shared store.
func newDrop(t *testing.T) string {
	t.Helper()
	makeKeysOf(t, statement.CircuitID{Binding: statement.Root, Size: statement.Small})
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../drop/templates/foxes")); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, drop.DefinitionFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	write(t, path, replaceOnce(t, string(text), "cid/small", "root/small"))
	if err := drop.CreateSecrets(dir, true, rand.Reader); err != nil {
		t.Fatal(err)
	}
	return dir
}

// holdTokens judges a publication of tokens as everybody can.
func holdTokens(t *testing.T, out string, tokens int) {
	t.Helper()
	p, err := publication.Open(out, publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	r, err := p.Judge(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !r.Verdict.Holds() || len(r.Tokens) != tokens {
		t.Errorf("the publication: %s, %d tokens", r.Verdict, len(r.Tokens))
	}
}

func TestProve_ProvesTokensOfADrawnDrop(t *testing.T) {
	dir := newDrop(t)
	prove := []string{"prove", dir, "--keys", sharedKeys, "--tokens", "1-3", "--workers", "2", "--json"}
	if r := decode[proveReport](t, succeed(t, prove...)); r.Proven != 3 || r.Reused != 0 {
		t.Errorf("%+v", r)
	}
	holdTokens(t, filepath.Join(dir, "out"), 3)
	prove[5] = "2-4"
	if r := decode[proveReport](t, succeed(t, prove...)); r.Proven != 1 || r.Reused != 2 {
		t.Errorf("%+v", r)
	}
	holdTokens(t, filepath.Join(dir, "out"), 4)
	complains(t, "no tokens are named", "prove", dir, "--keys", sharedKeys)
	complains(t, "would learn the secrets", "prove", dir, "--keys", sharedKeys, "--tokens", "1", "--listen", "127.0.0.1:0")
	complains(t, "--reveal is for decks", "prove", dir, "--keys", sharedKeys, "--tokens", "1", "--reveal")
	complains(t, "--recipient", "prove", dir, "--keys", sharedKeys, "--tokens", "5", "--recipient", "0x12")
	complains(t, "was made from different drop files", "prove", dir, "--keys", sharedKeys, "--tokens", "1", "--recipient", "0x00000000000000000000000000000000000000fe")
	complains(t, "--tokens is for drawn drops", "prove", newDeck(t, 1), "--tokens", "1")
}
