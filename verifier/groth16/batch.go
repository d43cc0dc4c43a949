package groth16

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/verifier/internal/point"
)

const (
	batchDomain    = "genproof/groth16/batch/1"
	challengeBytes = 16
)

// VerifyBatch checks n proofs with one pairing check of n+3 pairs:
//
//	Π e(r_i·A_i, B_i) = e(Σr_i·α, β) · e(Σr_i·X_i, γ) · e(Σr_i·C_i, δ)
//
// where X_i is the combination of the K points with inputs[i], and the 128-bit
// r_i come from SHA-256 over the key's digest, every input and every proof: who
// chooses a proof chooses all r_i anew, so a batch with a bad proof passes
// with probability 2^-128. No proofs at all are accepted.
//
// The error is [ErrInvalidProof] if any proof is bad; [VerifyingKey.FindInvalid] tells
// which. Any other error means a degenerate key or wrong lengths.
func (vk *VerifyingKey) VerifyBatch(inputs [][]fr.Element, proofs []*Proof) error {
	if err := vk.checkBatch(inputs, proofs); err != nil {
		return err
	}
	for i, p := range proofs {
		if err := p.check(); err != nil {
			return fmt.Errorf("proof %d: %w: %w", i, ErrInvalidProof, err)
		}
	}
	return vk.verifyBatch(inputs, proofs)
}

func (vk *VerifyingKey) checkBatch(inputs [][]fr.Element, proofs []*Proof) error {
	if err := vk.lint(); err != nil {
		return fmt.Errorf("verifying key: %w", err)
	}
	if len(inputs) != len(proofs) {
		return fmt.Errorf("got %d statements for %d proofs", len(inputs), len(proofs))
	}
	for i := range inputs {
		if err := vk.checkCount(inputs[i]); err != nil {
			return fmt.Errorf("statement %d: %w", i, err)
		}
	}
	return nil
}

// verifyBatch trusts all lengths and points.
func (vk *VerifyingKey) verifyBatch(inputs [][]fr.Element, proofs []*Proof) error {
	r := vk.challenges(inputs, proofs)
	scalars := sumInputs(r, inputs, len(vk.K))
	x, err := vk.fold(scalars)
	if err != nil {
		return err
	}
	c, err := point.Sum(krs(proofs), r)
	if err != nil {
		return err
	}
	// scalars[0], the constant's, is the sum of all challenges.
	alpha := mul(&vk.Alpha, &scalars[0])
	g1 := []bn254.G1Affine{neg(alpha), neg(x), neg(c)}
	g2 := []bn254.G2Affine{vk.Beta, vk.Gamma, vk.Delta}
	for i, p := range proofs {
		g1 = append(g1, mul(&p.Ar, &r[i]))
		g2 = append(g2, p.Bs)
	}
	return pairingIsOne(g1, g2)
}

// challenges are the first 16 bytes of SHA-256(seed, index), where the seed is
// the SHA-256 of everything that is checked. Every part has a fixed length but
// for the number of proofs, which is hashed before them.
func (vk *VerifyingKey) challenges(inputs [][]fr.Element, proofs []*Proof) []fr.Element {
	h := sha256.New()
	h.Write([]byte(batchDomain))
	key := vk.Digest()
	h.Write(key[:])
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(proofs))))
	for i, p := range proofs {
		for j := range inputs[i] {
			b := inputs[i][j].Bytes()
			h.Write(b[:])
		}
		b := p.Bytes()
		h.Write(b[:])
	}
	seed := h.Sum(nil)
	r := make([]fr.Element, len(proofs))
	for i := range r {
		d := sha256.Sum256(binary.BigEndian.AppendUint64(seed[:len(seed):len(seed)], uint64(i)))
		r[i].SetBytes(d[:challengeBytes])
	}
	return r
}

// sumInputs returns Σ r_i·x_i for the vectors x_i = (1, inputs[i]...).
func sumInputs(r []fr.Element, inputs [][]fr.Element, n int) []fr.Element {
	sum := make([]fr.Element, n)
	for i := range r {
		sum[0].Add(&sum[0], &r[i])
		for j := range inputs[i] {
			var t fr.Element
			t.Mul(&r[i], &inputs[i][j])
			sum[j+1].Add(&sum[j+1], &t)
		}
	}
	return sum
}

func krs(proofs []*Proof) []bn254.G1Affine {
	points := make([]bn254.G1Affine, len(proofs))
	for i, p := range proofs {
		points[i] = p.Krs
	}
	return points
}

func mul(p *bn254.G1Affine, s *fr.Element) (q bn254.G1Affine) {
	q.ScalarMultiplication(p, s.BigInt(new(big.Int)))
	return q
}
