//go:build prover_checks

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/picture"
)

// TestSlowPixels_AreMinted: tokens whose pictures are proven are deployed, minted and compared with the
// chain as others are, and what a marketplace finds behind tokenURI leads to the picture's bytes.
func TestSlowPixels_AreMinted(t *testing.T) {
	rpc := anvil(t)
	work := t.TempDir()
	dir, account := filepath.Join(work, "pixels"), filepath.Join(work, "account.key")
	succeed(t, "init", dir, "--template", "pixels")
	write(t, account, privateKey+"\n")
	sender := []string{"--drop", dir, "--rpc", rpc, "--key-file", account}
	succeed(t, "setup", "--drop", dir, "--keys", keys(t))
	succeed(t, with("deploy", sender, "--keys", keys(t), "--yes", "--allow-unsafe-key")...)
	succeed(t, with("open", sender, "--write")...)
	succeed(t, setsTemplate(sender)...)
	succeed(t, "prove", "--drop", dir, "--tokens", "1-2", "--keys", keys(t))
	succeed(t, with("mint", sender, "--keys", keys(t), "--tokens", "1-2")...)

	out := filepath.Join(dir, "out")
	r := decode[verifyReport](t, succeed(t, "verify", out, "--rpc", rpc, "--keys", keys(t), "--json"))
	if r.Verdict != "amber" || len(r.Tokens) != 2 || r.Chain == nil || r.Chain.Contract.Minted != 2 {
		t.Fatalf("report %+v", r)
	}
	for i, token := range r.Tokens {
		if r.Chain.Tokens[i].URI != "ipfs://"+token.CID {
			t.Errorf("token %d: its address is %s", token.ID, r.Chain.Tokens[i].URI)
		}
		data, err := os.ReadFile(filepath.Join(out, "documents", token.CID))
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Image string }
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		file, err := os.ReadFile(filepath.Join(out, "images", filepath.Base(doc.Image)+".png"))
		if err != nil {
			t.Fatal(err)
		}
		if f, _, _, err := picture.Decode(file); err != nil || f.Side != 24 || doc.Image != "ipfs://"+document.CID(file) {
			t.Errorf("token %d: %s is of %d pixels a side, %v", token.ID, doc.Image, f.Side, err)
		}
	}
}
