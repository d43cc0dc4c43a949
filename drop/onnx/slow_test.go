//go:build prover_checks

package onnx

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/genproof/genproof/circuits/network"
)

// oracle installs onnxruntime into a folder of its own. It needs npm.
func oracle(t *testing.T) string {
	t.Helper()
	tools := t.TempDir()
	if err := os.CopyFS(tools, os.DirFS("testdata/oracle")); err != nil {
		t.Fatal(err)
	}
	command(t, tools, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	return tools
}

// TestSlowRead_OnnxruntimeAgrees runs 10,000 rows of inputs through onnxruntime, bit for bit.
func TestSlowRead_OnnxruntimeAgrees(t *testing.T) {
	tools := oracle(t)
	r := rand.New(rand.NewPCG(7, 8))
	rows := 0
	for _, sizes := range [][]int{{48, 96, 48, 576}, {5, 3}, {1, 1}, {17, 40, 2}} {
		for shift := 4; shift <= 10; shift += 3 {
			rows += compare(t, tools, someLayers(r, shift, sizes...), r, 850)
		}
	}
	if rows < 10_000 {
		t.Errorf("%d rows were compared, want 10,000", rows)
	}
}

// compare writes layers as a file, reads them back and compares the outputs of n rows.
func compare(t *testing.T, tools string, layers []Dense, r *rand.Rand, n int) int {
	data, err := Write(&Network{Layers: layers})
	if err != nil {
		t.Fatal(err)
	}
	file, err := Read(data)
	if err != nil {
		t.Fatal(err)
	}
	read, width := file.Layers, layers[0].In()
	inputs := make([]byte, n*width)
	for i := range inputs {
		inputs[i] = byte(r.IntN(16))
	}
	last := read[len(read)-1].Out()
	got := ask(t, tools, data, inputs, width, n*last)
	for row := range n {
		x := make([]int64, width)
		for i := range x {
			x[i] = int64(inputs[row*width+i])
		}
		for _, d := range read {
			x = network.Layer{In: d.In(), Out: d.Out(), Shift: d.Shift, Act: d.Act}.Outputs(d.Weights, x)
		}
		for j, z := range x {
			if int64(got[row*last+j]) != z {
				t.Fatalf("row %d, output %d: onnxruntime gives %d, the layers %d", row, j, got[row*last+j], z)
			}
		}
	}
	return n
}

// ask returns what onnxruntime gives for rows of inputs, a byte each: so many numbers.
func ask(t *testing.T, tools string, model, inputs []byte, width, want int) []byte {
	t.Helper()
	write(t, filepath.Join(tools, "m.onnx"), model)
	write(t, filepath.Join(tools, "in"), inputs)
	command(t, tools, "node", "run.mjs", "m.onnx", "in", "out", strconv.Itoa(width))
	got, err := os.ReadFile(filepath.Join(tools, "out"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != want {
		t.Fatalf("onnxruntime gives %d numbers, want %d", len(got), want)
	}
	return got
}

func write(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func command(t *testing.T, dir, name string, arguments ...string) {
	t.Helper()
	c := exec.Command(name, arguments...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
}
