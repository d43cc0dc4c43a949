package eddsa

import (
	"hash"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards/eddsa"

	"github.com/genproof/genproof/circuits/poseidon"
)

// challengeHash is the challenge as the hash.Hash that gnark-crypto's eddsa wants: it
// writes R, A and the message, 32 bytes an element.
type challengeHash struct{ written []byte }

var _ hash.Hash = (*challengeHash)(nil)

func (h *challengeHash) Write(b []byte) (int, error) {
	h.written = append(h.written, b...)
	return len(b), nil
}

func (h *challengeHash) Sum(prefix []byte) []byte {
	if len(h.written) != 5*fr.Bytes {
		panic("the challenge is of five elements")
	}
	var in [5]fr.Element
	for i := range in {
		in[i].SetBytes(h.written[i*fr.Bytes : (i+1)*fr.Bytes])
	}
	out := poseidon.Hash(tag, in[:]...)
	return append(prefix, out.Marshal()...)
}

func (h *challengeHash) Reset()         { h.written = nil }
func (h *challengeHash) Size() int      { return fr.Bytes }
func (h *challengeHash) BlockSize() int { return fr.Bytes }

// oracle reports whether gnark-crypto's eddsa accepts. It takes the signature as bytes, in
// which an R off the curve cannot be written.
func oracle(pk PublicKey, msg fr.Element, sig Signature) bool {
	if r := twistededwards.NewPointAffine(sig.RX, sig.RY); !r.IsOnCurve() {
		return false
	}
	var k eddsa.PublicKey
	k.A = pk.point()
	s := sig.Bytes()
	ok, err := k.Verify(s[:], msg.Marshal(), &challengeHash{})
	return ok && err == nil
}

func TestVerify_AcceptsSignaturesOfTheOracle(t *testing.T) {
	for n := range uint64(4) {
		seed := key(t, n).Bytes()
		k, err := eddsa.GenerateKey(&repeat{seed[:]})
		if err != nil {
			t.Fatal(err)
		}
		msg := element(n)
		b, err := k.Sign(msg.Marshal(), &challengeHash{})
		if err != nil {
			t.Fatal(err)
		}
		sig, err := ParseSignature(b)
		if err != nil {
			t.Fatal(err)
		}
		pk, err := ParsePublicKey(k.PublicKey.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if !Verify(tag, pk, msg, sig) || !solved(&signedCircuit{tag: tag}, assignSigned(pk, msg, sig)) {
			t.Errorf("key %d: a signature of gnark-crypto is refused", n)
		}
	}
}

// repeat reads the same bytes again and again.
type repeat struct{ b []byte }

func (r *repeat) Read(p []byte) (int, error) { return copy(p, r.b), nil }

func TestBytes_AreTheOracles(t *testing.T) {
	k := key(t, 1)
	sig := sign(t, k, element(1))
	var want eddsa.Signature
	want.R = twistededwards.NewPointAffine(sig.RX, sig.RY)
	want.S = sig.S
	if got := sig.Bytes(); string(got[:]) != string(want.Bytes()) {
		t.Errorf("signature: got %x, want %x", got, want.Bytes())
	}
	pk := eddsa.PublicKey{A: k.Public().point()}
	if got := k.Public().Bytes(); string(got[:]) != string(pk.Bytes()) {
		t.Errorf("public key: got %x, want %x", got, pk.Bytes())
	}
}

// variants are signatures near sig: valid ones, and ones that miss by one clause.
func variants(t testing.TB, k *PrivateKey, msg fr.Element) map[string]struct {
	pk  PublicKey
	sig Signature
} {
	secret, sig := k.secret(), sign(t, k, msg)
	s := new(big.Int).SetBytes(sig.S[:])
	type row = struct {
		pk  PublicKey
		sig Signature
	}
	withS := func(x *big.Int) row {
		out := sig
		x.FillBytes(out.S[:])
		return row{k.Public(), out}
	}
	// signed completes a signature whose R is nonce·B + shift under the key A + twist.
	signed := func(nonce int64, shift, twist twistededwards.PointAffine) row {
		a := plus(k.Public().point(), twist)
		r := plus(times(baseB(), big.NewInt(nonce)), shift)
		out := row{PublicKey{a.X, a.Y}, Signature{RX: r.X, RY: r.Y}}
		x := new(big.Int).Mul(challenge(out.pk, msg, out.sig), secret.scalar)
		x.Add(x, big.NewInt(nonce)).Mod(x, order()).FillBytes(out.sig.S[:])
		return out
	}
	zero := torsion(t, 0)
	return map[string]row{
		"honest":               {k.Public(), sig},
		"R = B":                signed(1, zero, zero),
		"R = 2B":               signed(2, zero, zero),
		"R the identity":       signed(0, zero, zero),
		"S + 1":                withS(new(big.Int).Add(s, big.NewInt(1))),
		"-S":                   withS(new(big.Int).Sub(order(), s)),
		"S = 0":                withS(new(big.Int)),
		"-R":                   {k.Public(), Signature{*new(fr.Element).Neg(&sig.RX), sig.RY, sig.S}},
		"R off the curve":      {k.Public(), Signature{plusOne(sig.RX), sig.RY, sig.S}},
		"R zero":               {k.Public(), Signature{S: sig.S}},
		"another key":          {key(t, 99).Public(), sig},
		"key identity":         {PublicKey{zero.X, zero.Y}, sig},
		"R + order 2":          signed(5, torsion(t, 4), zero),
		"R + order 4":          signed(5, torsion(t, 2), zero),
		"R + order 8":          signed(5, torsion(t, 1), zero),
		"A + order 2":          signed(5, zero, torsion(t, 4)),
		"A + order 4":          signed(5, zero, torsion(t, 2)),
		"A + order 8":          signed(5, zero, torsion(t, 1)),
		"A and R + order 2":    signed(5, torsion(t, 4), torsion(t, 4)),
		"signature of another": {k.Public(), sign(t, k, plusOne(msg))},
	}
}

func baseB() twistededwards.PointAffine { return twistededwards.GetEdwardsCurve().Base }

func TestVerify_AgreesWithOracleAndCircuit(t *testing.T) {
	valid := map[string]bool{"honest": true, "R = B": true, "R = 2B": true, "R the identity": true}
	for n := range uint64(3) {
		msg := element(n)
		for name, v := range variants(t, key(t, n), msg) {
			native := Verify(tag, v.pk, msg, v.sig)
			if native != valid[name] {
				t.Errorf("%s: native says %v", name, native)
			}
			if got := oracle(v.pk, msg, v.sig); got != native {
				t.Errorf("%s: the oracle says %v, native %v", name, got, native)
			}
			if got := solved(&signedCircuit{tag: tag}, assignSigned(v.pk, msg, v.sig)); got != native {
				t.Errorf("%s: the circuit says %v, native %v", name, got, native)
			}
		}
	}
}

func FuzzVerify_AgreesWithOracleAndCircuit(f *testing.F) {
	f.Add(uint64(1), uint64(1), uint8(0), uint8(0))
	f.Add(uint64(1), uint64(2), uint8(63), uint8(1))
	f.Add(uint64(2), uint64(3), uint8(33), uint8(0x80))
	f.Fuzz(func(t *testing.T, n, m uint64, at, flip uint8) {
		k, msg := key(t, n), element(m)
		b := sign(t, k, msg).Bytes()
		b[at%SignatureBytes] ^= flip
		sig, err := ParseSignature(b[:])
		if err != nil {
			return
		}
		native := Verify(tag, k.Public(), msg, sig)
		if native != (flip == 0) {
			t.Errorf("flipped %02x of byte %d: native says %v", flip, at, native)
		}
		if oracle(k.Public(), msg, sig) != native {
			t.Error("the oracle disagrees")
		}
		if solved(&signedCircuit{tag: tag}, assignSigned(k.Public(), msg, sig)) != native {
			t.Error("the circuit disagrees")
		}
	})
}

// A key with a part of low order can have signatures that hold even without the cofactor,
// when the challenge kills that part. Only the subgroup check refuses them.
func TestVerify_RefusesKeysOfAnotherOrderWhoseSignaturesHold(t *testing.T) {
	k := key(t, 1)
	rows := map[string]twistededwards.PointAffine{
		"identity": torsion(t, 0), "order 2": torsion(t, 4), "order 4": torsion(t, 2), "order 8": torsion(t, 1),
		"order 2l": plus(k.Public().point(), torsion(t, 4)),
		"order 8l": plus(k.Public().point(), torsion(t, 1)),
	}
	for name, a := range rows {
		scalar := new(big.Int)
		if strip := times(a, big.NewInt(8)); !strip.IsZero() {
			scalar = k.secret().scalar
		}
		msg, sig := holding(a, scalar)
		pk := PublicKey{a.X, a.Y}
		if !holds(a, msg, sig) {
			t.Fatalf("%s: the test's signature does not hold", name)
		}
		if Verify(tag, pk, msg, sig) || solved(&signedCircuit{tag: tag}, assignSigned(pk, msg, sig)) {
			t.Errorf("%s: accepted", name)
		}
	}
}

// holding searches a message with a signature of nonce 7 whose challenge is 0 modulo 8.
func holding(a twistededwards.PointAffine, scalar *big.Int) (fr.Element, Signature) {
	r := times(baseB(), big.NewInt(7))
	sig := Signature{RX: r.X, RY: r.Y}
	for n := uint64(0); ; n++ {
		h := challenge(PublicKey{a.X, a.Y}, element(n), sig)
		if h.Uint64()%8 != 0 {
			continue
		}
		s := new(big.Int).Mul(h, scalar)
		s.Add(s, big.NewInt(7)).Mod(s, order()).FillBytes(sig.S[:])
		return element(n), sig
	}
}

// holds reports whether S·B = R + challenge·A, and nothing else.
func holds(a twistededwards.PointAffine, msg fr.Element, sig Signature) bool {
	left := times(baseB(), new(big.Int).SetBytes(sig.S[:]))
	right := times(a, challenge(PublicKey{a.X, a.Y}, msg, sig))
	right = plus(right, twistededwards.NewPointAffine(sig.RX, sig.RY))
	return left.Equal(&right)
}

func TestVerify_RefusesSOfLAndMore(t *testing.T) {
	k, msg := key(t, 1), element(1)
	sig := sign(t, k, msg)
	s := new(big.Int).SetBytes(sig.S[:])
	s.Add(s, order()).FillBytes(sig.S[:])
	if Verify(tag, k.Public(), msg, sig) || oracle(k.Public(), msg, sig) {
		t.Error("S + l: accepted")
	}
	// The circuit reads S as advice only, so this is the signature with S.
	if !solved(&signedCircuit{tag: tag}, assignSigned(k.Public(), msg, sig)) {
		t.Error("S + l: the circuit's advice is read modulo l")
	}
}

func TestTimes_IsTheLibrarys(t *testing.T) {
	p := key(t, 1).Public().point()
	for _, n := range []*big.Int{big.NewInt(0), big.NewInt(1), order(), below(250), below(254)} {
		var want twistededwards.PointAffine
		want.ScalarMultiplication(&p, n)
		if got := times(p, n); !got.Equal(&want) {
			t.Errorf("%v: the library multiplies otherwise", n)
		}
	}
}
