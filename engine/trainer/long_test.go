//go:build prover_checks

package trainer

import (
	"bytes"
	"math"
	"os"
	"testing"
)

// TestLongTrain_MakesTheSample: the file in the repository is what its plan makes, byte for byte, and
// rounding costs no more than is pinned. Half a minute of one processor.
func TestLongTrain_MakesTheSample(t *testing.T) {
	trained := Train(Sample, 1000)
	data, err := File(trained.Layers)
	if err != nil {
		t.Fatal(err)
	}
	committed, err := os.ReadFile(sampleFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(data, committed) {
		t.Error("the sample's network is another: go run ./engine/trainer/make drop/templates/dreams/network.onnx")
	}
	if e := trained.Floats; math.Abs(e.Pixel-1.151) > 0.0006 || math.Abs(e.Score-7.3) > 0.06 {
		t.Errorf("before rounding: %.4f levels a pixel and %.2f hundredths", e.Pixel, e.Score)
	}
}
