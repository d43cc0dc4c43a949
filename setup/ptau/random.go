package ptau

import (
	"encoding/binary"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/chacha20"
)

// A random draws numbers and points from a seed, as ffjavascript does and the powersoftau
// program in Rust before it: from the key stream of ChaCha20 with a zero nonce, in 32-bit
// words. IETF's ChaCha20 has the same stream for its first 2^32 blocks.
type random struct{ stream *chacha20.Cipher }

// newRandom takes eight seed words, big-endian.
func newRandom(seed [32]byte) *random {
	for i := 0; i < len(seed); i += 4 { // ChaCha's key words are little-endian
		binary.LittleEndian.PutUint32(seed[i:], binary.BigEndian.Uint32(seed[i:]))
	}
	stream, err := chacha20.NewUnauthenticatedCipher(seed[:], make([]byte, chacha20.NonceSize))
	if err != nil {
		panic("ptau: " + err.Error()) // of lengths only
	}
	return &random{stream}
}

func (r *random) word() uint32 {
	var b [4]byte
	r.stream.XORKeyStream(b[:], b[:])
	return binary.LittleEndian.Uint32(b[:])
}

// limbs draws 254 bits, less significant 64-bit limbs first, each with its upper half first,
// until they are below the modulus. They are the Montgomery form of the element that is drawn.
func (r *random) limbs(modulus *[4]uint64) (v [4]uint64) {
	for {
		for i := range v {
			v[i] = uint64(r.word()) << 32
			v[i] |= uint64(r.word())
		}
		v[3] &= 1<<62 - 1
		if less(&v, modulus) {
			return v
		}
	}
}

func (r *random) fp() fp.Element { return r.limbs(&modulusFp) }
func (r *random) fr() fr.Element { return r.limbs(&modulusFr) }

func (r *random) bit() bool { return r.word()&1 == 1 }

// g1 draws a point of G1: an x until it has a y, and which y.
func (r *random) g1() (p bn254.G1Affine) {
	for {
		p.X = r.fp()
		largest := r.bit()
		var y2 fp.Element
		y2.Square(&p.X).Mul(&y2, &p.X).Add(&y2, &b1)
		if p.Y.Sqrt(&y2) == nil {
			continue
		}
		if p.Y.LexicographicallyLargest() != largest {
			p.Y.Neg(&p.Y)
		}
		return p
	}
}

// g2 draws a point of the twist in the same way and multiplies it into G2 by the cofactor.
func (r *random) g2() (p bn254.G2Affine) {
	for {
		p.X.A0, p.X.A1 = r.fp(), r.fp()
		largest := r.bit()
		y2 := p.X
		y2.Square(&p.X).Mul(&y2, &p.X).Add(&y2, &b2)
		if y2.Legendre() == -1 {
			continue
		}
		p.Y.Sqrt(&y2)
		if p.Y.LexicographicallyLargest() != largest {
			p.Y.Neg(&p.Y)
		}
		return clearCofactor(&p)
	}
}

// clearCofactor returns cofactor * p. gnark's ScalarMultiplication is for points that are
// in the subgroup already.
func clearCofactor(p *bn254.G2Affine) (out bn254.G2Affine) {
	var sum bn254.G2Jac
	for i := cofactor.BitLen() - 1; i >= 0; i-- {
		sum.DoubleAssign()
		if cofactor.Bit(i) == 1 {
			sum.AddMixed(p)
		}
	}
	out.FromJacobian(&sum)
	return out
}

// less compares numbers in little-endian limbs.
func less(a, b *[4]uint64) bool {
	for i := len(a) - 1; i >= 0; i-- {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}

var (
	modulusFp = limbsOf(fp.Modulus())
	modulusFr = limbsOf(fr.Modulus())

	// The twist has cofactor * r points, and 2q - r is that cofactor.
	cofactor = new(big.Int).Sub(new(big.Int).Lsh(fp.Modulus(), 1), fr.Modulus())

	b1, b2 = coefficientsB()
)

func limbsOf(n *big.Int) (l [4]uint64) {
	for i, w := 0, new(big.Int).Set(n); i < len(l); i++ {
		l[i] = new(big.Int).And(w, new(big.Int).SetUint64(1<<64-1)).Uint64()
		w.Rsh(w, 64)
	}
	return l
}

// coefficientsB returns the b of y² = x³ + b for the curve and its twist.
func coefficientsB() (b fp.Element, bTwist bn254.E2) {
	one, two := &generatorG1, &generatorG2
	var x3 fp.Element
	b.Square(&one.Y).Sub(&b, x3.Square(&one.X).Mul(&x3, &one.X))
	var x3Twist bn254.E2
	bTwist.Square(&two.Y).Sub(&bTwist, x3Twist.Square(&two.X).Mul(&x3Twist, &two.X))
	return b, bTwist
}
