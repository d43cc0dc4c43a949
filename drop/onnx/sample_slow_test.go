//go:build prover_checks

package onnx

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/statement"
)

// sampleGroups are the rows of each trait of the sample dreams.
var sampleGroups = []int{4, 3, 4, 3, 3, 2}

// TestSlowSample_OnnxruntimeAgrees: 10,000 tokens of the sample dreams have the pixels and scores that
// onnxruntime gives, bit for bit. Ours are those of the packed network, as a proof has them: the
// payloads of the rows drawn and the latents of seed, beacon and id.
func TestSlowSample_OnnxruntimeAgrees(t *testing.T) {
	const tokens = 10_000
	data, err := os.ReadFile("../templates/dreams/network.onnx")
	if err != nil {
		t.Fatal(err)
	}
	n, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	layers := n.Layers
	shape := statement.ArtNetwork.Network
	var dense []network.Dense
	for _, d := range layers {
		dense = append(dense, network.Dense{Weights: d.Weights, Shift: d.Shift, Act: d.Act})
	}
	net, payloads, err := shape.Fit(sampleGroups, dense)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(11, 12))
	var inputs []byte
	ours := make([][]int64, tokens)
	for id := range ours {
		var drawn [][]fr.Element
		for trait, n := range sampleGroups {
			row := r.IntN(n)
			drawn = append(drawn, payloads[trait][row])
			one := make([]byte, n)
			one[row] = 1
			inputs = append(inputs, one...)
		}
		latents := shape.LatentsOf(fr.NewElement(5), fr.NewElement(6), uint64(id))
		for _, x := range latents {
			inputs = append(inputs, byte(x))
		}
		if ours[id], err = net.Run(shape, drawn, latents); err != nil {
			t.Fatal(err)
		}
	}
	out := layers[2].Out()
	got := ask(t, oracle(t), data, inputs, layers[0].In(), tokens*out)
	for id, outputs := range ours {
		for j := range out {
			if int64(got[id*out+j]) != outputs[j] {
				t.Fatalf("token %d, output %d: onnxruntime gives %d, the packed network %d", id, j, got[id*out+j], outputs[j])
			}
		}
		for j, x := range outputs[out:] {
			if x != 0 {
				t.Fatalf("token %d: score output %d that the file does not have is %d", id, j, x)
			}
		}
	}
}
