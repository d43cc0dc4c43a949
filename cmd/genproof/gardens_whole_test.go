//go:build prover_checks

package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

// party runs one of the other parties of a generation: a program of its own.
func party(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"run", "./testdata/" + name}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}

// TestSlowGardens_AreGeneratedAtMintTime plays a drop whose tokens are painted when they are
// bought, against a real node: the owner, the model's runner and the moderator are processes of
// their own, and files go between them. docs/drawn-drops.md, "Generation at mint time".
func TestSlowGardens_AreGeneratedAtMintTime(t *testing.T) {
	rpc := anvil(t)
	work := t.TempDir()
	dir, key := filepath.Join(work, "gardens"), filepath.Join(work, "runner.key")
	succeed(t, "init", dir, "--template", "gardens")
	public := decode[map[string]string](t, succeed(t, "receipt", "new-key", key, "--json"))["public_key"]
	replace(t, filepath.Join(dir, "drop.yaml"), "authority: self", "authority: "+public)
	if err := os.Remove(filepath.Join(dir, "claims.yaml")); err != nil {
		t.Fatal(err)
	}
	account := filepath.Join(work, "account.key")
	write(t, account, privateKey+"\n")
	sender := []string{"--drop", dir, "--rpc", rpc, "--key-file", account}
	succeed(t, "setup", "--drop", dir, "--keys", keys(t))
	succeed(t, with("deploy", sender, "--keys", keys(t), "--yes", "--allow-unsafe-key")...)
	succeed(t, with("open", sender, "--write")...)
	succeed(t, setsTemplate(sender)...)
	description, traits := filepath.Join(work, "drop.json"), filepath.Join(work, "traits.json")
	succeed(t, "commit", "--drop", dir, "--keys", keys(t), "--out", description)
	succeed(t, "draw", "--drop", dir, "--tokens", "1-9", "--out", traits)

	for _, id := range []string{"1", "2"} {
		generate(t, &garden{dir, key, description, traits, filepath.Join(work, "studio"), id})
		succeed(t, with("mint", sender, "--keys", keys(t), "--tokens", id)...)
	}
	out := filepath.Join(dir, "out")
	r := decode[verifyReport](t, succeed(t, "verify", out, "--rpc", rpc, "--keys", keys(t), "--json"))
	if r.Verdict != "amber" || len(r.Tokens) != 2 || r.Chain == nil || r.Chain.Contract.Minted != 2 {
		t.Fatalf("report %+v", r)
	}
	for i, token := range r.Tokens {
		if r.Chain.Tokens[i].URI != "ipfs://"+token.CID {
			t.Errorf("token %d: its address is %s", token.ID, r.Chain.Tokens[i].URI)
		}
		looksRight(t, filepath.Join(out, "documents", token.CID), filepath.Join(work, "studio"), *token.ID)
	}
	nothingHidden(t, out, filepath.Join(work, "studio"))
}

// A garden is one token on its way.
type garden struct{ dir, key, description, traits, studio, id string }

// generate has a token painted, judged, signed and proven.
func generate(t *testing.T, g *garden) {
	t.Helper()
	request, answer := filepath.Join(t.TempDir(), "request.json"), filepath.Join(t.TempDir(), "answer.jsonl")
	succeed(t, "receipt", "request", "--drop", g.description, "--tokens", g.id, "--out", request)
	party(t, "modelrunner", request, g.traits, g.studio)
	party(t, "moderator", g.studio)
	succeed(t, "receipt", "answer", request, "--key", g.key, "--claims", filepath.Join(g.studio, "claims.csv"), "--out", answer,
		"--files", "image="+filepath.Join(g.studio, "{id}.png"), "--commit", "prompt="+filepath.Join(g.studio, "{id}.txt"), "--openings", filepath.Join(g.studio, "openings"))
	succeed(t, "receipt", "accept", answer, "--drop", g.dir)
	succeed(t, "prove", "--drop", g.dir, "--tokens", g.id, "--keys", keys(t))
}

// looksRight reads a document as a marketplace does.
func looksRight(t *testing.T, file, studio string, id uint64) {
	t.Helper()
	var doc struct {
		Name, Image string
		Attributes  []struct {
			Type  string `json:"trait_type"`
			Value any
		}
	}
	if err := json.Unmarshal(read(t, file), &doc); err != nil {
		t.Fatal(err)
	}
	picture := sha256.Sum256(read(t, filepath.Join(studio, fmt.Sprintf("%d.png", id))))
	if want := "ipfs://" + car.OfRaw(picture).String(); doc.Image != want || doc.Name != fmt.Sprintf("Night Garden #%d", id) {
		t.Errorf("%s shows %s, want %s", doc.Name, doc.Image, want)
	}
	shown := map[string]string{}
	for _, a := range doc.Attributes {
		shown[a.Type] = fmt.Sprint(a.Value)
	}
	for _, label := range []string{"Season", "Palette", "Model", "Licence", "Prompt commitment", "Seed", "Made"} {
		if shown[label] == "" {
			t.Errorf("token %d's document shows no %s: %v", id, label, shown)
		}
	}
	if len(shown) != 7 || shown["Model"] != "garden-painter 1.4.0" || shown["Licence"] != "CC-BY-4.0" {
		t.Errorf("token %d shows %v", id, shown)
	}
	opened := decode[openedReport](t, succeed(t, "receipt", "opens", filepath.Join(studio, "openings", "prompt", fmt.Sprintf("%d.json", id)), filepath.Join(studio, fmt.Sprintf("%d.txt", id)), "--json"))
	if !opened.Opens || opened.Shown != shown["Prompt commitment"] {
		t.Errorf("token %d: the prompt's commitment is %s, the document shows %s", id, opened.Shown, shown["Prompt commitment"])
	}
}

// nothingHidden searches what is published for prompts and scores.
func nothingHidden(t *testing.T, out, studio string) {
	t.Helper()
	var secrets []string
	for id := 1; id <= 2; id++ {
		secrets = append(secrets, string(read(t, filepath.Join(studio, fmt.Sprintf("%d.txt", id)))), fmt.Sprintf("muse %d", id*7919))
	}
	for line := range strings.Lines(string(read(t, filepath.Join(studio, "claims.csv")))) {
		fields := strings.Split(strings.TrimSpace(line), ",")
		if fields[0] != "token" {
			secrets = append(secrets, `"`+fields[3]+`"`, `:`+fields[3])
		}
	}
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data := string(read(t, path))
		for _, s := range secrets {
			if strings.Contains(data, s) {
				t.Errorf("%s holds the hidden %q", path, s)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
