package eddsa

import (
	"crypto/sha512"
	"encoding/binary"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
)

// tag is the protocol's own.
var tag = poseidon.Eddsa

// solved reports whether assignment satisfies circuit, in the test engine.
func solved(circuit, assignment frontend.Circuit, lies ...circuittest.Lie) bool {
	return circuittest.New(circuit).Accepts(assignment, lies...)
}

// answering replaces a hint by one that gives fixed outputs.
func answering(hint solver.Hint, outputs []fr.Element) circuittest.Lie {
	return circuittest.Answer(circuittest.Of(hint), outputs)
}

// challenge returns the challenge as an integer.
func challenge(pk PublicKey, msg fr.Element, sig Signature) *big.Int {
	return integer(Challenge(tag, pk, msg, sig))
}

// key returns the nth test key.
func key(t testing.TB, n uint64) *PrivateKey {
	t.Helper()
	seed := sha512.Sum512(binary.BigEndian.AppendUint64([]byte("test key"), n))
	k, err := ParsePrivateKey(seed[:PrivateKeyBytes])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// element returns the nth test element.
func element(n uint64) fr.Element {
	h := sha512.Sum512(binary.BigEndian.AppendUint64([]byte("test element"), n))
	var e fr.Element
	e.SetBytes(h[:])
	return e
}

func sign(t testing.TB, k *PrivateKey, msg fr.Element) Signature {
	t.Helper()
	sig, err := k.Sign(tag, msg)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// torsion returns n times a point of order 8.
func torsion(t testing.TB, n int64) twistededwards.PointAffine {
	t.Helper()
	for y := int64(2); ; y++ {
		var p twistededwards.PointAffine
		if _, err := p.SetBytes(littleEndian(big.NewInt(y), false)); err != nil {
			t.Fatal(err)
		}
		if !p.IsOnCurve() {
			continue
		}
		p.ScalarMultiplication(&p, order())
		q := times(p, big.NewInt(4))
		if q.IsZero() {
			continue
		}
		return times(p, big.NewInt(n))
	}
}

// times returns n·p by doubling and adding: the library's own multiplication may reduce
// n modulo l.
func times(p twistededwards.PointAffine, n *big.Int) twistededwards.PointAffine {
	sum := twistededwards.NewPointAffine(fr.Element{}, fr.One())
	for i := n.BitLen() - 1; i >= 0; i-- {
		sum.Double(&sum)
		if n.Bit(i) == 1 {
			sum.Add(&sum, &p)
		}
	}
	return sum
}

func plus(p, q twistededwards.PointAffine) twistededwards.PointAffine {
	return *p.Add(&p, &q)
}

// offCurveY returns a y that no point of the curve has.
func offCurveY() *big.Int {
	for y := int64(2); ; y++ {
		var p twistededwards.PointAffine
		if _, err := p.SetBytes(littleEndian(big.NewInt(y), false)); err == nil && !p.IsOnCurve() {
			return big.NewInt(y)
		}
	}
}

// littleEndian returns the compressed form with the given y and sign.
func littleEndian(y *big.Int, sign bool) []byte {
	b := y.FillBytes(make([]byte, PublicKeyBytes))
	if sign {
		b[0] |= 0x80
	}
	slices.Reverse(b)
	return b
}

// fromInt returns n modulo r.
func fromInt(n *big.Int) fr.Element {
	var e fr.Element
	e.SetBigInt(n)
	return e
}

// one and plusOne make small lies.
var one = fr.One()

func plusOne(e fr.Element) fr.Element { return *e.Add(&e, &one) }
