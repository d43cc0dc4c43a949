//go:build prover_checks

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/verifier"
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
	contract := r.Chain.Contract.Contract
	gateway := gatewayOf(t, filepath.Join(out, bundle.CARFile))
	for _, token := range r.Tokens {
		document := filepath.Join(out, "documents", token.CID)
		var doc struct{ Image string }
		if err := json.Unmarshal(read(t, document), &doc); err != nil {
			t.Fatal(err)
		}
		picture := filepath.Join(out, "images", filepath.Base(doc.Image)+".png")
		looksUp(t, *token.ID, document, picture, "--rpc", rpc, "--contract", contract, "--gateway", gateway, "--keys", keys(t))
	}
}

// looksUp finds a token by its document and by its picture, in what a contract and a gateway have, and by no other
// picture.
func looksUp(t *testing.T, id uint64, document, picture string, where ...string) {
	t.Helper()
	found := func(code int, file string) lookup {
		t.Helper()
		return decode[lookup](t, expect(t, code, append([]string{"verify", file, "--json"}, where...)...))
	}
	for kind, file := range map[string]string{kindDocument: document, kindImage: picture} {
		r := found(console.ExitOK, file)
		if r.Verdict != verifier.Amber || r.File.Kind != kind || len(r.Matches) != 1 || r.Matches[0].Token == nil || *r.Matches[0].Token != id || r.Matches[0].State != "minted" || r.Contract.Deck {
			t.Errorf("token %d by its %s: %+v", id, kind, r)
		}
		if kind == kindImage && (r.Matches[0].Member != "image" || r.Matches[0].Address != ipfsScheme+car.Raw(read(t, picture)).String() || r.Read != 2) {
			t.Errorf("token %d: its picture is %+v, of %d documents", id, r.Matches[0], r.Read)
		}
	}
	changed := filepath.Join(t.TempDir(), "changed.png")
	data := bytes.Clone(read(t, picture))
	data[len(data)-1] ^= 1
	write(t, changed, string(data))
	if r := found(console.ExitRejected, changed); len(r.Matches) != 0 || r.Verdict != verifier.Rejected {
		t.Errorf("a changed picture: %+v", r)
	}
}
