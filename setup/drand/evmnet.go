package drand

import (
	"encoding/binary"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"golang.org/x/crypto/sha3"
)

// bn254Suite separates the hash to BN254 from other uses.
const bn254Suite = "BLS_SIG_BN254G1_XMD:KECCAK-256_SVDW_RO_NUL_"

// A bn254Key is a point of G2 on BN254; signatures are points of G1, x and y, 32 bytes
// big-endian each. The curve of G1 has prime order: each of its points is in the group.
type bn254Key struct{ point bn254.G2Affine }

func bn254KeyOf(s string) *bn254Key {
	k := new(bn254Key)
	if _, err := k.point.SetBytes(unhex(s)); err != nil { // on the curve and in the subgroup
		panic("drand: " + err.Error())
	}
	return k
}

func (k *bn254Key) size() int { return 2 * fp.Bytes }

func (k *bn254Key) verify(round uint64, signature []byte) error {
	point, err := bn254Point(signature)
	if err != nil {
		return err
	}
	_, _, _, g2 := bn254.Generators()
	point.Neg(&point)
	same, err := bn254.PairingCheck([]bn254.G1Affine{point, hashRound(round)}, []bn254.G2Affine{g2, k.point})
	if err == nil && !same {
		err = errForeign
	}
	return err
}

// bn254Point reads a signature. Coordinates are below p, so a point has one encoding and
// one SHA-256; gnark-crypto's own reading would take marks of compression from their upper bits.
func bn254Point(signature []byte) (p bn254.G1Affine, err error) {
	x, y := signature[:fp.Bytes], signature[fp.Bytes:]
	if p.X.SetBytesCanonical(x) != nil || p.Y.SetBytesCanonical(y) != nil || p.IsInfinity() || !p.IsOnCurve() {
		return p, errNoPoint
	}
	return p, nil
}

// hashRound is hash_to_curve of RFC 9380, section 3, over Keccak-256 of the round.
func hashRound(round uint64) (sum bn254.G1Affine) {
	digest := keccak(binary.BigEndian.AppendUint64(nil, round))
	u := hashToField(digest[:])
	p, q := bn254.MapToCurve1(&u[0]), bn254.MapToCurve1(&u[1])
	return *sum.Add(&p, &q)
}

// hashToField is hash_to_field of RFC 9380, section 5.2, with two elements of 48 bytes, and
// expand_message_xmd of section 5.3.1 over Keccak-256. gnark-crypto's expands with SHA-256.
func hashToField(message []byte) (u [2]fp.Element) {
	const block, size, elementBytes = 136, 32, 48 // Keccak-256's rate and output
	suite := append([]byte(bn254Suite), byte(len(bn254Suite)))
	first := keccak(make([]byte, block), message, []byte{0, 2 * elementBytes, 0}, suite)
	var last [size]byte
	var uniform []byte
	for i := byte(1); len(uniform) < 2*elementBytes; i++ {
		for j := range last {
			last[j] ^= first[j]
		}
		last = keccak(last[:], []byte{i}, suite)
		uniform = append(uniform, last[:]...)
	}
	u[0].SetBytes(uniform[:elementBytes])
	u[1].SetBytes(uniform[elementBytes:])
	return u
}

// keccak is Keccak-256 as Ethereum has it, of the parts one after another.
func keccak(parts ...[]byte) (digest [32]byte) {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p)
	}
	h.Sum(digest[:0])
	return digest
}
