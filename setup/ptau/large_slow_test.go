//go:build prover_checks

package ptau

import (
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// large writes a file of one contribution, whose τ is 2: the next power is a doubling.
func large(t testing.TB, power int) string {
	f := newForgery(1)
	n := 1 << power
	tau, alpha, beta := number(2), number(13), number(17)
	c := contribution{name: "one"}
	for i, x := range []fr.Element{tau, alpha, beta} {
		c.keys[i] = newKey(newRandom([32]byte{byte(i)}), i, initialChallenge(power), x.BigInt(new(big.Int)))
	}
	f.power, f.ceremony = power, power
	f.tauG1, f.alpha, f.beta = doublings(1, 2*n-1), doublings(13, n), doublings(17, n)
	f.tauG2 = make([]bn254.G2Affine, n)
	_, two, _, _ := bn254.Generators()
	for i := range f.tauG2 {
		f.tauG2[i].FromJacobian(&two)
		two.DoubleAssign()
	}
	f.betaG2.ScalarMultiplication(&f.tauG2[0], big.NewInt(17))
	f.steps = []contribution{c}
	f.record(t)
	path := filepath.Join(t.TempDir(), "large.ptau")
	if err := os.WriteFile(path, f.bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func doublings(first int64, n int) []bn254.G1Affine {
	one, _, _, _ := bn254.Generators()
	one.ScalarMultiplication(&one, big.NewInt(first))
	list := make([]bn254.G1Jac, n)
	for i := range list {
		list[i].Set(&one)
		one.DoubleAssign()
	}
	return bn254.BatchJacobianToAffineG1(list)
}

// TestSlowRead_StaysInMemory reads a file of many chunks and looks at the heap on the way.
func TestSlowRead_StaysInMemory(t *testing.T) {
	const power = 18
	path := large(t, power)
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	before, peak := m.HeapAlloc, uint64(0)
	srs, err := Read(t.Context(), path, Options{Progress: func(string, int64, int64) {
		runtime.ReadMemStats(&m)
		peak = max(peak, m.HeapAlloc-before)
	}})
	if err != nil || !srs.Chain.Verified {
		t.Fatal(err)
	}
	points := uint64(1)<<power*(4*sizeG1+sizeG2) - sizeG1
	t.Logf("points %d MB, heap at most %d MB", points>>20, peak>>20)
	if peak > 2*points {
		t.Errorf("points take %d bytes, the heap grew to %d", points, peak)
	}
}
