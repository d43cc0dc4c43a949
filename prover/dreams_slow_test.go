//go:build prover_checks

package prover

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/drop/onnx"
	"github.com/genproof/genproof/engine/trainer"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/setup"
)

// TestSlowDreams_AreProven: a token of the sample dreams with real keys of art/network. Its picture decodes to
// what the network's layers say of the traits drawn and of its latents.
func TestSlowDreams_AreProven(t *testing.T) {
	from, dir := "../drop/templates/dreams", t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := drop.CreateSecrets(dir, true, endless(7)); err != nil {
		t.Fatal(err)
	}
	d, err := drop.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	proveOne(t, d, 7)
	token, err := d.Token(7, [20]byte{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := generation.Generate(token)
	if err != nil {
		t.Fatal(err)
	}
	_, _, pixels, err := picture.Decode(r.Image)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range dreamOf(t, filepath.Join(from, "network.onnx"), token, r.Texts)[:len(pixels)] {
		if int64(pixels[i]) != want {
			t.Fatalf("pixel %d is %d, want %d", i, pixels[i], want)
		}
	}
}

// dreamOf runs a network's layers over plain numbers.
func dreamOf(t *testing.T, path string, token *generation.Token, texts []string) []int64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	layers, err := onnx.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	var x []int64
	for i, trait := range trainer.Traits() {
		for _, text := range trait.Rows {
			x = append(x, map[bool]int64{true: 1}[text == texts[i]])
		}
	}
	return trainer.Outputs(layers, append(x, statement.ArtNetwork.Network.LatentsOf(token.Seed, token.Beacon, token.ID)...))
}

// proveOne makes keys, proves a token and verifies what was written as a stranger would.
func proveOne(t *testing.T, d *drop.Drop, id uint64) {
	t.Helper()
	store, err := setup.OpenStore(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := setup.Compile(d.Circuit)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := store.Groth16Keys(context.Background(), circuit, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := New(d, keys)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if _, err := p.Run(context.Background(), Job{Dir: dir, IDs: []uint64{id}}); err != nil {
		t.Fatal(err)
	}
	published, err := publication.Open(dir, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	defer published.Close()
	r, err := published.Judge(context.Background())
	if err != nil || !r.Verdict.Holds() || len(r.Tokens) != 1 || *r.Tokens[0].ID != id {
		t.Errorf("the verdict is %+v, %v", r, err)
	}
}
