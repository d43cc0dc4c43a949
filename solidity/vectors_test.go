// Package solidity holds the contracts, and here the vectors their tests read.
package solidity

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/verifier/groth16"
)

var update = flag.Bool("update", false, "make the vectors in testdata anew")

const nbInputs = 9

// A simulatorFile is a key whose secrets are known, so that Solidity tests can make an
// accepted proof of any statement.
type simulatorFile struct {
	Comment string   `json:"comment"`
	Key     string   `json:"key"`
	Digest  string   `json:"digest"`
	Alpha   string   `json:"alpha"`
	Beta    string   `json:"beta"`
	Gamma   string   `json:"gamma"`
	Delta   string   `json:"delta"`
	K       []string `json:"k"`
	B       []string `json:"b"`       // scalars
	Points  []string `json:"points"`  // b times the generator of G2
	Outside string   `json:"outside"` // on the twist, not in the subgroup
}

// scalar returns the n-th secret: keccak256("genproof test secret", n).
func scalar(n byte) fr.Element {
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte("genproof test secret"))
	h.Write([]byte{n})
	var e fr.Element
	e.SetBytes(h.Sum(nil))
	return e
}

func g1(e fr.Element) (p bn254.G1Affine) {
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	return p
}

func g2(e fr.Element) (p bn254.G2Affine) {
	p.ScalarMultiplicationBase(e.BigInt(new(big.Int)))
	return p
}

func word(e fr.Element) string {
	b := e.Bytes()
	return hexOf(b[:])
}

func hexOf(b []byte) string { return "0x" + hex.EncodeToString(b) }

func bytesOf(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s[2:])
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// g2Bytes returns the point as the precompiles read it, with the help of a proof's encoding.
func g2Bytes(p bn254.G2Affine) []byte {
	b := (&groth16.Proof{Bs: p}).Bytes()
	return b[64:192]
}

// outside returns a point of the twist y² = x³ + 3/(9+i) that is not in the subgroup.
func outside() (p bn254.G2Affine) {
	_, _, _, generator := bn254.Generators()
	b, t := square(generator.Y), cube(generator.X)
	b.Sub(&b, &t)
	for n := uint64(1); ; n++ {
		p.X.A0.SetUint64(n)
		y := cube(p.X)
		y.Add(&y, &b)
		if y.Legendre() == 1 {
			p.Y.Sqrt(&y)
			if !p.IsInSubGroup() {
				return p
			}
		}
	}
}

func square(x bn254.E2) bn254.E2 { return *x.Square(&x) }

func cube(x bn254.E2) bn254.E2 {
	y := square(x)
	return *y.Mul(&y, &x)
}

func simulator() (*groth16.VerifyingKey, *simulatorFile) {
	f := &simulatorFile{Comment: "a key with known secrets: for tests only"}
	vk := new(groth16.VerifyingKey)
	alpha, beta, gamma, delta := scalar(0), scalar(1), scalar(2), scalar(3)
	f.Alpha, f.Beta, f.Gamma, f.Delta = word(alpha), word(beta), word(gamma), word(delta)
	vk.Alpha, vk.Beta, vk.Gamma, vk.Delta = g1(alpha), g2(beta), g2(gamma), g2(delta)
	for i := range byte(nbInputs + 1) {
		k := scalar(4 + i)
		f.K = append(f.K, word(k))
		vk.K = append(vk.K, g1(k))
	}
	for i := range byte(4) {
		b := scalar(32 + i)
		f.B = append(f.B, word(b))
		f.Points = append(f.Points, hexOf(g2Bytes(g2(b))))
	}
	f.Outside = hexOf(g2Bytes(outside()))
	digest := vk.Digest()
	f.Key, f.Digest = hexOf(vk.Bytes()), hexOf(digest[:])
	return vk, f
}

func path(name string) string { return filepath.Join("testdata", name+".json") }

func encode(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

// pin compares the file with what it should hold, or writes it with -update.
func pin(t *testing.T, name string, v any) {
	t.Helper()
	want := encode(t, v)
	if *update {
		if err := os.WriteFile(path(name), want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path(name))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what this test computes: run go test ./solidity -update", path(name))
	}
}

func TestSimulator_IsPinned(t *testing.T) {
	vk, f := simulator()
	if err := vk.Lint(inputs); err != nil {
		t.Fatal(err)
	}
	pin(t, "simulator", f)
}
