package ceremony

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	zk "github.com/consensys/gnark-crypto/ecc/bn254/mpcsetup"
	"github.com/consensys/gnark/backend/groth16"
	bn254groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
)

// forge makes a proof of any statement from delta alone, as anybody can who knows it:
// A = alpha, B = beta and C = -X/delta satisfy e(A, B) = e(alpha, beta) e(X, gamma) e(C, delta).
func forge(t *testing.T, vk *bn254groth16.VerifyingKey, delta fr.Element, inputs ...fr.Element) *bn254groth16.Proof {
	t.Helper()
	x := vk.G1.K[0]
	for i := range inputs {
		var term bn254.G1Affine
		x.Add(&x, term.ScalarMultiplication(&vk.G1.K[i+1], inputs[i].BigInt(new(big.Int))))
	}
	delta.Inverse(&delta)
	x.Neg(&x)
	proof := &bn254groth16.Proof{Ar: vk.G1.Alpha, Bs: vk.G2.Beta}
	proof.Krs.ScalarMultiplication(&x, delta.BigInt(new(big.Int)))
	return proof
}

// gnark takes a ceremony without contributors. Its delta is then the beacon's, which
// everybody can compute, and a false statement proves. That very ceremony is refused here.
func TestNoContributions_GnarkAcceptsAndAnybodyForges(t *testing.T) {
	w := newWorld(t)
	system := w.circuit.CS.(*cs.R1CS)
	value := []byte(blockHash)

	dir := filepath.Join(t.TempDir(), "ceremony")
	f, err := InitCircuit(ctx, dir, w.circuit, w.srs, block, nil)
	must(t, err)
	initial := new(mpcsetup.Phase2)
	_, err = initial.ReadFrom(bytes.NewReader(readFile(t, dir, "0000", "phase2")))
	must(t, err)

	pk, vk, err := mpcsetup.VerifyPhase2(system, w.srs.Commons, value) // no contributions
	if err != nil || pk == nil {
		t.Fatalf("gnark refuses: %v; then this test is out of date", err)
	}
	gnarks := new(mpcsetup.Phase2)
	gnarks.Initialize(system, w.srs.Commons)
	h := sha256.New()
	_, err = gnarks.WriteTo(h)
	must(t, err)
	delta := zk.BeaconContributions(h.Sum(nil), []byte("Groth16 MPC Setup - Phase2"), value, 1)[0]
	if cube := toyY(); cube == fr.NewElement(5) {
		t.Fatal("the statement is true")
	}
	proof := forge(t, vk.(*bn254groth16.VerifyingKey), delta, fr.NewElement(5), fr.NewElement(11))
	public, err := frontend.NewWitness(&toy{Y: 5, Z: 11}, ecc.BN254.ScalarField(), frontend.PublicOnly())
	must(t, err)
	must(t, groth16.Verify(proof, vk, public)) // it is forged, and accepted

	_, err = f.ApplyBeacon(ctx, mustPhase(t, f, w), value, nil)
	if !errors.Is(err, ErrNoContributions) {
		t.Errorf("beacon: got %v, want ErrNoContributions", err)
	}
	b, _, err := encode(&Beacon{Format: beaconFormat, Beacon: block, Last: sum(readFile(t, dir, "0000", "phase2")), Value: [32]byte(value)})
	must(t, err)
	overwrite(t, b, dir, beaconFile)
	if _, err := w.verify(dir); !errors.Is(err, ErrNoContributions) {
		t.Errorf("verify: got %v, want ErrNoContributions", err)
	}
	if _, err := f.Finalize(ctx, mustPhase(t, f, w), w.srs, nil); !errors.Is(err, ErrNoContributions) {
		t.Errorf("finalize: got %v, want ErrNoContributions", err)
	}
	if _, err := os.Stat(filepath.Join(dir, keyFile)); err == nil {
		t.Error("a key was written")
	}
}

// toyOffset is Z - 2X of the toy.
const toyOffset = "12345678901234567890123456789012345678901234567890"

// toyY returns the one Y for which Z = 11 is true.
func toyY() (y fr.Element) {
	offset, _ := new(big.Int).SetString(toyOffset, 10)
	var x, half fr.Element
	x.SetBigInt(offset)
	eleven := fr.NewElement(11)
	x.Sub(&eleven, &x)
	half.SetUint64(2)
	half.Inverse(&half)
	x.Mul(&x, &half)
	return *y.Exp(x, big.NewInt(3))
}

// With a contribution the same forger, who knows the beacon's part of delta, fails.
func TestOneContribution_ForgerFails(t *testing.T) {
	w := newWorld(t)
	r, err := w.verify(w.final)
	must(t, err)
	last := sha256.Sum256(readFile(t, w.final, "0003", "phase2"))
	delta := zk.BeaconContributions(last[:], []byte("Groth16 MPC Setup - Phase2"), []byte(blockHash), 1)[0]
	vk := gnarkKey(t, r.Keys)
	public, err := frontend.NewWitness(&toy{Y: 5, Z: 11}, ecc.BN254.ScalarField(), frontend.PublicOnly())
	must(t, err)
	if groth16.Verify(forge(t, vk, delta, fr.NewElement(5), fr.NewElement(11)), vk, public) == nil {
		t.Error("forged")
	}
}

func mustPhase(t *testing.T, f *Folder, w *world) *Phase {
	t.Helper()
	p, err := f.Phase(w.circuit)
	must(t, err)
	return p
}

// gnarkKey is a verifying key as gnark has it.
func gnarkKey(t *testing.T, k *Keys) *bn254groth16.VerifyingKey {
	t.Helper()
	vk := new(bn254groth16.VerifyingKey)
	vk.G1.Alpha, vk.G1.K = k.Verifying.Alpha, k.Verifying.K
	vk.G2.Beta, vk.G2.Gamma, vk.G2.Delta = k.Verifying.Beta, k.Verifying.Gamma, k.Verifying.Delta
	must(t, vk.Precompute())
	return vk
}

// The keys prove: gnark's prover and verifier, and ours, take them.
func TestKeys_ProveAndVerify(t *testing.T) {
	w := newWorld(t)
	r, err := w.verify(w.final)
	must(t, err)
	offset, _ := new(big.Int).SetString(toyOffset, 10)
	z := offset.Add(offset, big.NewInt(6))
	full, err := frontend.NewWitness(&toy{X: 3, Lost: 0, Y: 27, Z: z}, ecc.BN254.ScalarField())
	must(t, err)
	proof, err := groth16.Prove(w.circuit.CS, r.Keys.Proving, full)
	must(t, err)
	public, err := full.Public()
	must(t, err)
	must(t, groth16.Verify(proof, gnarkKey(t, r.Keys), public))
	if r.Keys.Provenance.Contributors != 3 || r.Keys.Provenance.Digest != sum(readFile(t, w.final, transcriptFile)) {
		t.Errorf("provenance %s", r.Keys.Provenance)
	}
}
