package trainer

import (
	"crypto/sha256"
	"encoding/hex"
	"math"
	"os"
	"reflect"
	"testing"

	"github.com/genproof/genproof/drop/onnx"
)

// sampleFile is the network that is part of the repository.
const sampleFile = "../../drop/templates/dreams/network.onnx"

func sampleLayers(t *testing.T) []onnx.Dense {
	t.Helper()
	data, err := os.ReadFile(sampleFile)
	if err != nil {
		t.Fatal(err)
	}
	n, err := onnx.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return n.Layers
}

// TestSample_BeatsTheSameShapeUntrained pins the errors on 1,000 scenes that no training saw.
func TestSample_BeatsTheSameShapeUntrained(t *testing.T) {
	scenes := HeldOut(1000)
	untrained := Train(Plan{Seed: Sample.Seed}, 0).Untrained
	for name, c := range map[string]struct{ got, want Errors }{
		"trained":             {Measure(sampleLayers(t), scenes), Errors{Pixel: 1.133, Score: 8.7}},
		"untrained":           {Measure(untrained, scenes), Errors{Pixel: 2.846, Score: 37.3}},
		"one picture for all": {Still(scenes), Errors{Pixel: 2.602, Score: 13.6}},
	} {
		if math.Abs(c.got.Pixel-c.want.Pixel) > 0.0006 || math.Abs(c.got.Score-c.want.Score) > 0.06 {
			t.Errorf("%s: %.4f levels a pixel and %.2f hundredths, want %.3f and %.1f", name, c.got.Pixel, c.got.Score, c.want.Pixel, c.want.Score)
		}
	}
}

// TestSample_FitsTheCircuit: within the bounds, trained or not.
func TestSample_FitsTheCircuit(t *testing.T) {
	for name, layers := range map[string][]onnx.Dense{
		"the sample": sampleLayers(t), "untrained": Train(Plan{Seed: 3}, 0).Untrained, "a short training": Train(short, 1).Layers,
	} {
		if _, _, err := shape.Fit(groups(), asCircuits(layers)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// short is a plan of a second. shortDigest was found on amd64, where GOAMD64=v3 gives the same: there
// the compiler may add products unrounded.
var short = Plan{Seed: 5, Floats: 40, Fine: 20, Batch: 4}

const shortDigest = "1141339428a5e3bde22bc50ded3ee34f368ac06726c282d92370761911ed60fc"

// TestTrain_IsRepeatable: the same plan gives the same bytes, on every processor those that are written
// here, and another seed others.
func TestTrain_IsRepeatable(t *testing.T) {
	digest := func(p Plan) string {
		data, err := onnx.Write(&onnx.Network{Layers: Train(p, 1).Layers})
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		return hex.EncodeToString(sum[:])
	}
	if got := digest(short); got != shortDigest {
		t.Errorf("the network's digest is %s", got)
	}
	other := short
	other.Seed++
	if digest(other) == shortDigest {
		t.Error("another seed gives the same network")
	}
}

// TestTrain_Learns: a short training is better than none, over floats and rounded.
func TestTrain_Learns(t *testing.T) {
	scenes := HeldOut(50)
	trained := Train(Plan{Seed: 5, Floats: 150, Fine: 50, Batch: 8}, 50)
	before, after := Measure(trained.Untrained, scenes), Measure(trained.Layers, scenes)
	if after.Pixel > before.Pixel*2/3 || trained.Floats.Pixel > before.Pixel*2/3 {
		t.Errorf("untrained %v, floats %v, trained %v", before, trained.Floats, after)
	}
}

// TestNet_RoundedIsTheLayers: the rounded network that learns says what its integers say.
func TestNet_RoundedIsTheLayers(t *testing.T) {
	n := someNet()
	n.round()
	layers := n.layersOf()
	for _, s := range HeldOut(50) {
		outputs := n.run(floats(s.Inputs()))
		if got, want := outputs[2], floats(Outputs(layers, s.Inputs())); !reflect.DeepEqual(got, want) {
			t.Fatal("floats and integers differ")
		}
	}
}

// TestLearn_IsTheGradient compares gradients with what a small change of a number does to the distance.
func TestLearn_IsTheGradient(t *testing.T) {
	n := gentle()
	s := HeldOut(1)[0]
	x, target := floats(s.Inputs()), targets(s.Drawing())
	n.learn(x, target)
	loss := func() (sum float64) {
		outputs := n.run(x)
		for j, z := range outputs[2] {
			weight := 0.5
			if j >= shape.Pixels {
				weight = 2
			}
			off := float64(z) - float64(target[j])
			sum += weight * off * off
		}
		return sum
	}
	tried := 0
	for i, d := range n.layers {
		for at := d.Out / 3; at < len(d.weights.used); at += len(d.weights.used)/40 + 1 {
			was := d.weights.used[at]
			d.weights.used[at] = was + 0.25
			up := loss()
			d.weights.used[at] = was - 0.25
			down := loss()
			d.weights.used[at] = was
			want := (up - down) * 2
			if got := float64(d.weights.gradient[at]); math.Abs(got-want) > 0.05*math.Abs(want)+0.02 {
				t.Errorf("layer %d, weight %d: gradient %f, want %f", i+1, at, got, want)
			} else if want != 0 {
				tried++
			}
		}
	}
	if tried < 30 {
		t.Errorf("%d gradients were not 0", tried)
	}
}
