package drand

import (
	"crypto/sha256"
	"encoding/binary"

	bls "github.com/consensys/gnark-crypto/ecc/bls12-381"
)

// blsSuite separates the hash to BLS12-381 from other uses.
const blsSuite = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"

// A blsKey is a point of G2 on BLS12-381; signatures are compressed points of G1.
type blsKey struct{ point bls.G2Affine }

func blsKeyOf(s string) *blsKey {
	k := new(blsKey)
	if _, err := k.point.SetBytes(unhex(s)); err != nil { // on the curve and in the subgroup
		panic("drand: " + err.Error())
	}
	return k
}

func (k *blsKey) size() int { return bls.SizeOfG1AffineCompressed }

func (k *blsKey) verify(round uint64, signature []byte) error {
	var point bls.G1Affine
	if _, err := point.SetBytes(signature); err != nil || point.IsInfinity() {
		return errNoPoint
	}
	digest := sha256.Sum256(binary.BigEndian.AppendUint64(nil, round))
	message, err := bls.HashToG1(digest[:], []byte(blsSuite))
	if err != nil {
		return err
	}
	_, _, _, g2 := bls.Generators()
	point.Neg(&point)
	same, err := bls.PairingCheck([]bls.G1Affine{point, message}, []bls.G2Affine{g2, k.point})
	if err == nil && !same {
		err = errForeign
	}
	return err
}
