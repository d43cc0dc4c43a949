//go:build prover_checks

package ptau

import (
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"

	"github.com/genproof/genproof/setup/comb"
)

// large writes a prepared file of one contribution, quickly, for its secrets are known. Of the Lagrange
// basis it has the domain of the file; in place of smaller and larger ones are generators.
func large(t testing.TB, power int) string {
	f := newForgery(1)
	n := 1 << power
	tau, alpha, beta := number(11), number(13), number(17)
	c := contribution{name: "one"}
	for i, x := range []fr.Element{tau, alpha, beta} {
		c.keys[i] = newKey(newRandom([32]byte{byte(i)}), i, initialChallenge(power), x.BigInt(new(big.Int)))
	}
	powers := progression(number(1), tau, 2*n-1)
	f.power, f.ceremony = power, power
	f.tauG1, f.alpha, f.beta = multiples(t, powers, number(1)), multiples(t, powers[:n], alpha), multiples(t, powers[:n], beta)
	f.tauG2 = multiplesG2(t, powers[:n])
	f.betaG2 = multiplesG2(t, []fr.Element{beta})[0]
	f.steps = []contribution{c}
	f.record(t)

	basis := slices.Clone(powers[:n]) // the transform is symmetric in points and powers
	fft.NewDomain(uint64(n)).FFTInverse(basis, fft.DIF)
	utils.BitReverse(basis)
	p := &prepared{tau: [][]bn254.G1Affine{slices.Repeat([]bn254.G1Affine{generatorG1}, n-1), multiples(t, basis, number(1)), slices.Repeat([]bn254.G1Affine{generatorG1}, 2*n)}}
	p.tau2 = [][]bn254.G2Affine{slices.Repeat([]bn254.G2Affine{generatorG2}, n-1), multiplesG2(t, basis)}
	p.alpha, p.beta = [][]bn254.G1Affine{p.tau[0], multiples(t, basis, alpha)}, [][]bn254.G1Affine{p.tau[0], multiples(t, basis, beta)}
	path := filepath.Join(t.TempDir(), "large.ptau")
	if err := os.WriteFile(path, p.with(f), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// progression returns first, first·ratio, first·ratio² ...
func progression(first, ratio fr.Element, n int) []fr.Element {
	list := make([]fr.Element, n)
	for i := range list {
		list[i] = first
		first.Mul(&first, &ratio)
	}
	return list
}

func multiples(t testing.TB, scalars []fr.Element, factor fr.Element) []bn254.G1Affine {
	list := make([]fr.Element, len(scalars))
	for i := range list {
		list[i].Mul(&scalars[i], &factor)
	}
	points, err := comb.G1(t.Context(), list, nil)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

func multiplesG2(t testing.TB, scalars []fr.Element) []bn254.G2Affine {
	points, err := comb.G2(t.Context(), scalars, nil)
	if err != nil {
		t.Fatal(err)
	}
	return points
}

// TestSlowRead_StaysInMemory reads a file of many chunks and looks at the heap on the way.
func TestSlowRead_StaysInMemory(t *testing.T) {
	const power = 17
	path := large(t, power)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, peak := m.HeapAlloc, uint64(0)
	srs, err := Read(t.Context(), path, Options{Lagrange: true, Progress: func(string, int64, int64) {
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapAlloc-before)
	}})
	if err != nil || !srs.Chain.Verified || srs.Lagrange == nil {
		t.Fatal(err)
	}
	points := uint64(1)<<power*(4*sizeG1+sizeG2+3*sizeG1+sizeG2) - sizeG1
	t.Logf("points %d MB, heap at most %d MB", points>>20, peak>>20)
	if peak > 2*points {
		t.Errorf("points take %d bytes, the heap grew to %d", points, peak)
	}
}
