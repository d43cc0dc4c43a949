package groth16_test

import (
	"bytes"
	"encoding/binary"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/internal/simulator"
)

func TestParse_InvertsBytes(t *testing.T) {
	r := fixture()
	b := r.proof.Bytes()
	p, err := groth16.ParseProof(b[:])
	if err != nil || *p != *r.proof {
		t.Errorf("proof: got %v, %v", p, err)
	}
	vk, err := groth16.ParseVerifyingKey(r.key.Bytes())
	if err != nil || !bytes.Equal(vk.Bytes(), r.key.Bytes()) || vk.Digest() != r.key.Digest() {
		t.Errorf("key: got %v, %v", vk, err)
	}
}

// TestProofBytes_AreInEVMOrder pins the order by the coordinates themselves.
func TestProofBytes_AreInEVMOrder(t *testing.T) {
	p := fixture().proof
	want := []fp.Element{p.Ar.X, p.Ar.Y, p.Bs.X.A1, p.Bs.X.A0, p.Bs.Y.A1, p.Bs.Y.A0, p.Krs.X, p.Krs.Y}
	b := p.Bytes()
	for i := range want {
		word := want[i].Bytes()
		if !bytes.Equal(b[32*i:32*i+32], word[:]) {
			t.Errorf("word %d differs", i)
		}
	}
}

// TestParseProof_NoFlippedBitIsAccepted flips a bit in every byte: the bytes
// no longer parse, or parse to a proof that does not verify.
func TestParseProof_NoFlippedBitIsAccepted(t *testing.T) {
	r := fixture()
	for i := range groth16.ProofBytes {
		b := r.proof.Bytes()
		b[i] ^= 1 << (i % 8)
		p, err := groth16.ParseProof(b[:])
		if err == nil && r.key.Verify(r.inputs, p) == nil {
			t.Errorf("byte %d flipped: accepted", i)
		}
	}
}

func TestParseProof_RefusesAliases(t *testing.T) {
	r := fixture()
	for word := range 8 {
		b := r.proof.Bytes()
		x := new(big.Int).SetBytes(b[32*word : 32*word+32])
		x.Add(x, fp.Modulus()).FillBytes(b[32*word : 32*word+32])
		if _, err := groth16.ParseProof(b[:]); err == nil || !strings.Contains(err.Error(), "modulus") {
			t.Errorf("word %d plus the modulus: got %v", word, err)
		}
	}
}

func TestParse_RefusesOtherLengths(t *testing.T) {
	r := fixture()
	proof, key := r.proof.Bytes(), r.key.Bytes()
	for _, n := range []int{0, 1, 128, 255} {
		if _, err := groth16.ParseProof(proof[:n]); err == nil {
			t.Errorf("proof of %d bytes parsed", n)
		}
	}
	if _, err := groth16.ParseProof(append(proof[:], 0)); err == nil {
		t.Error("proof of 257 bytes parsed")
	}
	for n := range key {
		if _, err := groth16.ParseVerifyingKey(key[:n]); err == nil {
			t.Errorf("key cut to %d bytes parsed", n)
		}
	}
	if _, err := groth16.ParseVerifyingKey(append(key, 0)); err == nil {
		t.Error("key with a byte more parsed")
	}
}

func TestParseVerifyingKey_RefusesHostileCountAtOnce(t *testing.T) {
	key := fixture().key.Bytes()
	start := time.Now()
	for _, n := range []uint32{0, 1, 9, 11, 258, 1 << 24, 1<<31 - 1, 1 << 31, 1<<32 - 1} {
		binary.BigEndian.PutUint32(key, n)
		if _, err := groth16.ParseVerifyingKey(key); err == nil {
			t.Errorf("count %d: parsed", n)
		}
	}
	if d := time.Since(start); d > time.Second {
		t.Errorf("took %v", d)
	}
}

func TestParseVerifyingKey_RefusesFlippedBit(t *testing.T) {
	key := fixture().key.Bytes()
	want := fixture().key.Digest()
	for i := 4; i < len(key); i += 7 {
		b := bytes.Clone(key)
		b[i] ^= 1 << (i % 8)
		if vk, err := groth16.ParseVerifyingKey(b); err == nil && vk.Digest() == want {
			t.Errorf("byte %d flipped: parsed with the same digest", i)
		}
	}
}

func TestParseInputs_AreCanonical(t *testing.T) {
	r := fr.Modulus()
	last := new(big.Int).Sub(r, big.NewInt(1))
	all := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 256), big.NewInt(1))
	rows := []struct {
		x    *big.Int
		want bool
	}{
		{new(big.Int), true}, {new(big.Int).Lsh(big.NewInt(1), 64), true}, {last, true},
		{r, false}, {new(big.Int).Add(r, big.NewInt(7)), false}, {all, false},
	}
	for _, row := range rows {
		got, err := groth16.ParseInputs(row.x.FillBytes(make([]byte, 32)))
		if (err == nil) != row.want {
			t.Errorf("%v: got %v", row.x, err)
		}
		if err == nil && got[0].BigInt(new(big.Int)).Cmp(row.x) != 0 {
			t.Errorf("%v: read as %v", row.x, got)
		}
	}
	for _, n := range []int{1, 31, 33, 32 * 257} {
		if _, err := groth16.ParseInputs(make([]byte, n)); err == nil {
			t.Errorf("%d bytes parsed", n)
		}
	}
}

// FuzzParseProof: what parses is written back to the same bytes and is not
// accepted for the fixture's statement, unless it is the fixture's proof.
func FuzzParseProof(f *testing.F) {
	s := simulator.New(7, 1)
	x := fr.One()
	b := s.Prove(x).Bytes()
	f.Add(b[:])
	f.Add(b[:255])
	f.Add(make([]byte, groth16.ProofBytes))
	f.Add(bytes.Repeat([]byte{0xff}, groth16.ProofBytes))
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := groth16.ParseProof(in)
		if err != nil {
			return
		}
		if out := p.Bytes(); !bytes.Equal(in, out[:]) {
			t.Fatal("written back to other bytes")
		}
		accepted := s.Key.Verify([]fr.Element{x}, p) == nil
		if accepted != (s.Key.VerifyBatch([][]fr.Element{{x}}, []*groth16.Proof{p}) == nil) {
			t.Fatal("single and batch verification disagree")
		}
	})
}

func FuzzParseVerifyingKey(f *testing.F) {
	b := simulator.New(8, 2).Key.Bytes()
	f.Add(b)
	f.Add(b[:100])
	f.Add(bytes.Repeat([]byte{0xff}, len(b)))
	f.Fuzz(func(t *testing.T, in []byte) {
		vk, err := groth16.ParseVerifyingKey(in)
		if err != nil {
			return
		}
		if !bytes.Equal(in, vk.Bytes()) {
			t.Fatal("written back to other bytes")
		}
		if err := vk.Lint(len(vk.K) - 1); err != nil {
			t.Fatalf("parsed, but: %v", err)
		}
	})
}
