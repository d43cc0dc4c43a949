package prover

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/drop/onnx"
	"github.com/genproof/genproof/engine/trainer"
	"github.com/genproof/genproof/setup"
)

const dreamsFolder = "../drop/templates/dreams"

// dreams loads the sample drop whose pictures a network makes.
func dreams(t *testing.T) *drop.Drop {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(dreamsFolder)); err != nil {
		t.Fatal(err)
	}
	return loaded(t, dir)
}

// TestDreams_SolveTheCircuit: the assignment of a token satisfies the rows of art/network.
func TestDreams_SolveTheCircuit(t *testing.T) {
	d := dreams(t)
	full, err := frontend.NewWitness(assertDream(t, d, 3).Assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := setup.Compile(d.Circuit)
	if err != nil {
		t.Fatal(err)
	}
	if err := circuit.CS.IsSolved(full); err != nil {
		t.Error(err)
	}
}

// assertDream returns what is generated of a token, whose picture must decode to what the network's layers say
// of the traits drawn and of its latents.
func assertDream(t *testing.T, d *drop.Drop, id uint64) *generation.Result {
	t.Helper()
	token, err := d.Token(id, [20]byte{})
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
	for i, want := range dreamOf(t, filepath.Join(dreamsFolder, "network.onnx"), token, r.Texts)[:len(pixels)] {
		if int64(pixels[i]) != want {
			t.Fatalf("pixel %d is %d, want %d", i, pixels[i], want)
		}
	}
	return r
}

// dreamOf runs a network's layers over plain numbers.
func dreamOf(t *testing.T, path string, token *generation.Token, texts []string) []int64 {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	net, err := onnx.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	var x []int64
	for i, trait := range trainer.Traits() {
		for _, text := range trait.Rows {
			x = append(x, map[bool]int64{true: 1}[text == texts[i]])
		}
	}
	return trainer.Outputs(net.Layers, append(x, statement.ArtNetwork.Network.LatentsOf(token.Seed, token.Beacon, token.ID)...))
}
