// Package keytest lists what can be wrong with a verifying key, for the tests of every
// place where one comes in.
package keytest

import (
	"encoding/binary"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/genproof/genproof/verifier/groth16"
)

// A Defect is one thing wrong with a key that is sound otherwise.
type Defect struct {
	Name  string
	Want  string // part of what is said of it
	spoil func(vk *groth16.VerifyingKey)
}

// Of returns a copy of the key with the defect. The key has at least two public inputs.
func (d Defect) Of(vk *groth16.VerifyingKey) *groth16.VerifyingKey {
	broken := *vk
	broken.K = slices.Clone(vk.K)
	d.spoil(&broken)
	return &broken
}

// Defects are those that a key in memory can have.
func Defects() []Defect {
	return []Defect{
		{"gamma is delta", "gamma equals delta", func(k *groth16.VerifyingKey) { k.Gamma = k.Delta }},
		{"gamma is minus delta", "gamma equals delta", func(k *groth16.VerifyingKey) { k.Gamma.Neg(&k.Delta) }},
		{"beta is gamma", "beta equals gamma", func(k *groth16.VerifyingKey) { k.Beta = k.Gamma }},
		{"delta is three times gamma", "the secret of delta is 3 times that of gamma", func(k *groth16.VerifyingKey) { k.Delta.Double(&k.Gamma); k.Delta.Add(&k.Delta, &k.Gamma) }},
		{"alpha is one", "alpha is the generator", func(k *groth16.VerifyingKey) { _, _, k.Alpha, _ = bn254.Generators() }},
		{"alpha off the curve", "alpha: the point is not on the curve", func(k *groth16.VerifyingKey) { k.Alpha.X.SetUint64(5) }},
		{"alpha at infinity", "alpha: the point is at infinity", func(k *groth16.VerifyingKey) { k.Alpha.SetInfinity() }},
		{"delta at infinity", "delta: the point is at infinity", func(k *groth16.VerifyingKey) { k.Delta.SetInfinity() }},
		{"gamma outside the subgroup", "gamma: the point is not in the prime-order subgroup", func(k *groth16.VerifyingKey) { k.Gamma = Outside() }},
		{"a public input bound to nothing", "K[1]: the point is at infinity", func(k *groth16.VerifyingKey) { k.K[1].SetInfinity() }},
		{"two public inputs bound alike", "K[1] equals K[2]", func(k *groth16.VerifyingKey) { k.K[2] = k.K[1] }},
		{"a public input less", "public inputs, want", func(k *groth16.VerifyingKey) { k.K = k.K[:len(k.K)-1] }},
		{"a public input more", "public inputs, want", func(k *groth16.VerifyingKey) { k.K = append(k.K, fresh(k.K)) }},
	}
}

// Encodings are byte strings that are not a key, made of one that is.
func Encodings(key []byte) map[string][]byte {
	count := func(n uint32) []byte { return append(binary.BigEndian.AppendUint32(nil, n), key[4:]...) }
	return map[string][]byte{
		"the largest count": count(1<<32 - 1), "a count of one more": count(binary.BigEndian.Uint32(key) + 1), "no count": count(0),
		"a byte less": key[:len(key)-1], "a byte more": append(slices.Clone(key), 0), "nothing": {},
	}
}

// fresh is a point that is none of the list's.
func fresh(list []bn254.G1Affine) (p bn254.G1Affine) {
	for i := range list {
		p.Add(&p, &list[i])
	}
	return p
}

// Outside is a point of the twist that is not in the subgroup of prime order.
func Outside() (p bn254.G2Affine) {
	_, _, _, g := bn254.Generators()
	cube := func(x bn254.E2) (y bn254.E2) {
		y.Square(&x)
		return *y.Mul(&y, &x)
	}
	var b bn254.E2 // y² = x³ + b
	x3 := cube(g.X)
	b.Square(&g.Y).Sub(&b, &x3)
	for i := uint64(1); ; i++ {
		p.X.A0.SetUint64(i)
		y := cube(p.X)
		if y.Add(&y, &b).Legendre() == 1 {
			p.Y.Sqrt(&y)
			return p // one of r in about 2^254 points would be inside
		}
	}
}
