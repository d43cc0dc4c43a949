package attest

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/secp256k1"
	"github.com/consensys/gnark-crypto/ecc/secp256k1/fp"
	"github.com/consensys/gnark-crypto/ecc/secp256k1/fr"
)

// recoverAccount returns whose key made an ECDSA signature over secp256k1 of a digest: SEC 1,
// section 4.1.6. Of the two signatures that are as good as each other it takes the one with the
// lower s, and of the ways to write v 27 and 28.
func recoverAccount(digest [32]byte, sig []byte) (account [20]byte, err error) {
	if len(sig) != 65 || sig[64] != 27 && sig[64] != 28 {
		return account, fmt.Errorf("%w: want 65 bytes, the last one 27 or 28", ErrSignature)
	}
	var r, s fr.Element
	if r.SetBytesCanonical(sig[:32]) != nil || s.SetBytesCanonical(sig[32:64]) != nil || r.IsZero() || s.IsZero() {
		return account, fmt.Errorf("%w: r or s is out of range", ErrSignature)
	}
	if s.LexicographicallyLargest() {
		return account, fmt.Errorf("%w: its s is the higher one of two", ErrSignature)
	}
	point, ok := lift(sig[:32], sig[64] == 28)
	if !ok {
		return account, ErrSignature
	}
	var z, inverse, u1, u2 fr.Element
	z.SetBytes(digest[:])
	inverse.Inverse(&r)
	u1.Mul(&z, &inverse).Neg(&u1)
	u2.Mul(&s, &inverse)
	var sum secp256k1.G1Jac
	var public secp256k1.G1Affine
	sum.JointScalarMultiplicationBase(&point, u1.BigInt(new(big.Int)), u2.BigInt(new(big.Int)))
	if public.FromJacobian(&sum); public.IsInfinity() {
		return account, ErrSignature
	}
	x, y := public.X.Bytes(), public.Y.Bytes()
	return [20]byte(keccak(x[:], y[:])[12:]), nil
}

// lift returns the point of the curve with an x and an odd or even y. An x from the group's order
// on, which two signatures in 2^127 have, is not looked for.
func lift(x []byte, odd bool) (p secp256k1.G1Affine, ok bool) {
	var square, seven fp.Element
	if p.X.SetBytesCanonical(x) != nil {
		return p, false
	}
	square.Square(&p.X).Mul(&square, &p.X).Add(&square, seven.SetUint64(7))
	if p.Y.Sqrt(&square) == nil {
		return p, false
	}
	if y := p.Y.Bytes(); (y[31]&1 == 1) != odd {
		p.Y.Neg(&p.Y)
	}
	return p, true
}
