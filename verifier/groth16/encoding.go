package groth16

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/internal/point"
)

// Lengths in bytes. Coordinates and scalars are 32 bytes, big-endian; an
// extension field element is written A1 first, as the EVM's precompiles read it.
const (
	ProofBytes = 2*g1Bytes + g2Bytes

	countBytes = 4
	g1Bytes    = point.G1Bytes
	g2Bytes    = point.G2Bytes
	headBytes  = countBytes + g1Bytes + 3*g2Bytes

	// MaxInputs bounds the public inputs of a key, so that a hostile count
	// costs nothing.
	MaxInputs = 256
)

// Bytes returns A.X A.Y B.X.A1 B.X.A0 B.Y.A1 B.Y.A0 C.X C.Y, the EVM's order.
func (p *Proof) Bytes() [ProofBytes]byte {
	b := point.AppendG1(nil, &p.Ar)
	b = point.AppendG2(b, &p.Bs)
	b = point.AppendG1(b, &p.Krs)
	return [ProofBytes]byte(b)
}

// ParseProof reads what [Proof.Bytes] writes: exactly that length, every
// coordinate below the modulus, every point on its curve, in the prime-order
// subgroup and not at infinity.
func ParseProof(b []byte) (*Proof, error) {
	if len(b) != ProofBytes {
		return nil, fmt.Errorf("proof: got %d bytes, want %d", len(b), ProofBytes)
	}
	p := new(Proof)
	r := point.Reader{B: b}
	r.G1("A", &p.Ar)
	r.G2("B", &p.Bs)
	r.G1("C", &p.Krs)
	if r.Err != nil {
		return nil, fmt.Errorf("proof: %w", r.Err)
	}
	return p, nil
}

// check tells what is wrong with the points of a proof that was not parsed.
func (p *Proof) check() error {
	if p == nil {
		return errors.New("there is none")
	}
	return errors.Join(point.Named("A", point.CheckG1(&p.Ar)), point.Named("B", point.CheckG2(&p.Bs)), point.Named("C", point.CheckG1(&p.Krs)))
}

// Bytes returns the number of K points (4 bytes, big-endian), α, β, γ, δ and
// the K points, encoded as a proof's points are.
func (vk *VerifyingKey) Bytes() []byte {
	b := binary.BigEndian.AppendUint32(nil, uint32(len(vk.K)))
	b = point.AppendG1(b, &vk.Alpha)
	b = point.AppendG2(b, &vk.Beta)
	b = point.AppendG2(b, &vk.Gamma)
	b = point.AppendG2(b, &vk.Delta)
	for i := range vk.K {
		b = point.AppendG1(b, &vk.K[i])
	}
	return b
}

// KeyBytes is the length of a key with this number of public inputs.
func KeyBytes(inputs int) int { return headBytes + (inputs+1)*g1Bytes }

// ParseVerifyingKey reads what [VerifyingKey.Bytes] writes and lints the key.
func ParseVerifyingKey(b []byte) (*VerifyingKey, error) {
	n, err := countOf(b)
	if err != nil {
		return nil, fmt.Errorf("verifying key: %w", err)
	}
	vk := &VerifyingKey{K: make([]bn254.G1Affine, n)}
	r := point.Reader{B: b[countBytes:]}
	r.G1("alpha", &vk.Alpha)
	r.G2("beta", &vk.Beta)
	r.G2("gamma", &vk.Gamma)
	r.G2("delta", &vk.Delta)
	for i := range vk.K {
		r.G1(fmt.Sprintf("K[%d]", i), &vk.K[i])
	}
	if r.Err == nil {
		r.Keep(first(vk.lintRelations()))
		r.Keep(first(vk.lintRatios()))
	}
	if r.Err != nil {
		return nil, fmt.Errorf("verifying key: %w", r.Err)
	}
	return vk, nil
}

// countOf returns the number of K points after checking that b has exactly
// the length that goes with it.
func countOf(b []byte) (int, error) {
	if len(b) < headBytes {
		return 0, fmt.Errorf("got %d bytes, want at least %d", len(b), headBytes)
	}
	n := uint64(binary.BigEndian.Uint32(b))
	if err := checkPoints(n); err != nil {
		return 0, err
	}
	if want := KeyBytes(int(n) - 1); len(b) != want {
		return 0, fmt.Errorf("got %d bytes, want %d for %d K points", len(b), want, n)
	}
	return int(n), nil
}

func checkPoints(n uint64) error {
	if n < 2 || n > MaxInputs+1 {
		return fmt.Errorf("%d K points, want 2 to %d", n, MaxInputs+1)
	}
	return nil
}

// Digest is the SHA-256 of the key's bytes: the key's name everywhere.
func (vk *VerifyingKey) Digest() [32]byte {
	return sha256.Sum256(vk.Bytes())
}

// ParseInputs reads public inputs of 32 big-endian bytes each and refuses a
// value that is not below the scalar field's modulus, rather than reduce it.
func ParseInputs(b []byte) ([]fr.Element, error) {
	if len(b)%fr.Bytes != 0 || len(b) > MaxInputs*fr.Bytes {
		return nil, fmt.Errorf("public inputs: got %d bytes, want a multiple of %d up to %d", len(b), fr.Bytes, MaxInputs*fr.Bytes)
	}
	inputs := make([]fr.Element, len(b)/fr.Bytes)
	for i := range inputs {
		if err := inputs[i].SetBytesCanonical(b[i*fr.Bytes : (i+1)*fr.Bytes]); err != nil {
			return nil, fmt.Errorf("public input %d: not below the scalar field's modulus", i)
		}
	}
	return inputs, nil
}
