package eddsa

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards"
)

func TestParsePublicKey_RoundTrips(t *testing.T) {
	for n := range uint64(8) {
		pk := key(t, n).Public()
		b := pk.Bytes()
		if got, err := ParsePublicKey(b[:]); err != nil || got != pk {
			t.Errorf("key %d: got %v, %v, want it back", n, got, err)
		}
	}
}

func TestParsePublicKey_RefusesHostileBytes(t *testing.T) {
	good := key(t, 1).Public().Bytes()
	encode := func(p twistededwards.PointAffine) []byte { b := p.Bytes(); return b[:] }
	rows := []struct {
		name string
		b    []byte
	}{
		{"nothing", nil},
		{"31 bytes", good[:31]},
		{"33 bytes", append(good[:], 0)},
		{"off the curve", littleEndian(offCurveY(), false)},
		{"identity", encode(torsion(t, 0))},
		{"identity with the sign of a zero x", littleEndian(big.NewInt(1), true)},
		{"identity as y = r+1", littleEndian(new(big.Int).Add(fr.Modulus(), big.NewInt(1)), false)},
		{"y = 2^255-1", littleEndian(below(255), false)},
		{"order 2", encode(torsion(t, 4))},
		{"order 4", encode(torsion(t, 2))},
		{"order 8", encode(torsion(t, 1))},
		{"order 8l", encode(plus(key(t, 1).Public().point(), torsion(t, 1)))},
		{"order 2l", encode(plus(key(t, 1).Public().point(), torsion(t, 4)))},
	}
	for _, row := range rows {
		if pk, err := ParsePublicKey(row.b); err == nil {
			t.Errorf("%s: accepted as %v", row.name, pk)
		}
	}
}

func FuzzParsePublicKey(f *testing.F) {
	b := key(f, 1).Public().Bytes()
	f.Add(b[:])
	f.Add(bytes.Repeat([]byte{0xff}, PublicKeyBytes))
	f.Fuzz(func(t *testing.T, b []byte) {
		pk, err := ParsePublicKey(b)
		if err != nil {
			return
		}
		if got := pk.Bytes(); !bytes.Equal(got[:], b) || !pk.valid() {
			t.Errorf("%x: accepted, but it is %x or not of order l", b, got)
		}
	})
}

func FuzzParseSignature(f *testing.F) {
	b := sign(f, key(f, 1), element(1)).Bytes()
	f.Add(b[:])
	f.Add(bytes.Repeat([]byte{0xff}, SignatureBytes))
	f.Fuzz(func(t *testing.T, b []byte) {
		sig, err := ParseSignature(b)
		if err != nil {
			return
		}
		if got := sig.Bytes(); !bytes.Equal(got[:], b) {
			t.Errorf("%x: accepted, but it is %x", b, got)
		}
	})
}

func TestParseSignature_RefusesWhatVerifyRefuses(t *testing.T) {
	good := sign(t, key(t, 1), element(1)).Bytes()
	withS := func(s *big.Int) []byte {
		return append(bytes.Clone(good[:PublicKeyBytes]), s.FillBytes(make([]byte, 32))...)
	}
	withR := func(r []byte) []byte { return append(bytes.Clone(r), good[PublicKeyBytes:]...) }
	order8 := torsion(t, 1)
	order8Bytes := order8.Bytes()
	rows := []struct {
		name string
		b    []byte
		ok   bool
	}{
		{"good", good[:], true},
		{"short", good[:SignatureBytes-1], false},
		{"long", append(bytes.Clone(good[:]), 0), false},
		{"S = 0", withS(new(big.Int)), false},
		{"S = l-1", withS(new(big.Int).Sub(order(), big.NewInt(1))), true},
		{"S = l", withS(order()), false},
		{"S = r-1", withS(new(big.Int).Sub(fr.Modulus(), big.NewInt(1))), false},
		{"S = 2^256-1", withS(below(256)), false},
		{"R off the curve", withR(littleEndian(offCurveY(), false)), false},
		{"R of order 8", withR(order8Bytes[:]), false},
		{"R not canonical", withR(littleEndian(new(big.Int).Add(fr.Modulus(), big.NewInt(1)), false)), false},
	}
	for _, row := range rows {
		if _, err := ParseSignature(row.b); (err == nil) != row.ok {
			t.Errorf("%s: got %v, want accepted = %v", row.name, err, row.ok)
		}
	}
}

func TestSign_IsDeterministicAndBoundToItsMessage(t *testing.T) {
	k, other := key(t, 1), key(t, 2)
	a, b := sign(t, k, element(1)), sign(t, k, element(2))
	if a != sign(t, k, element(1)) {
		t.Error("the same message has two signatures")
	}
	if a.RX == b.RX {
		t.Error("two messages share a nonce")
	}
	if c := sign(t, other, element(1)); c.RX == a.RX {
		t.Error("two keys share a nonce")
	}
	if Verify(tag, k.Public(), element(2), a) || Verify(tag, other.Public(), element(1), a) {
		t.Error("a signature verifies for another message or key")
	}
}

func TestPrivateKey_RoundTrips(t *testing.T) {
	k := key(t, 3)
	b := k.Bytes()
	got, err := ParsePrivateKey(b[:])
	if err != nil || got.Public() != k.Public() || sign(t, got, element(1)) != sign(t, k, element(1)) {
		t.Errorf("got another key, error %v", err)
	}
}

func TestParsePrivateKey_Refuses(t *testing.T) {
	for _, n := range []int{0, 31, 33, 64} {
		if _, err := ParsePrivateKey(bytes.Repeat([]byte{7}, n)); err == nil {
			t.Errorf("%d bytes: accepted", n)
		}
	}
	if _, err := ParsePrivateKey(make([]byte, PrivateKeyBytes)); err == nil {
		t.Error("zeros: accepted")
	}
}

func TestGenerateKey_NeedsAllItsRandomness(t *testing.T) {
	cause := errors.New("no entropy")
	if _, err := GenerateKey(iotest.ErrReader(cause)); !errors.Is(err, cause) {
		t.Errorf("got %v, want %v", err, cause)
	}
	if _, err := GenerateKey(bytes.NewReader(make([]byte, 31))); err == nil {
		t.Error("31 bytes: accepted")
	}
	// A reader may give less than it is asked for.
	seed := key(t, 4).Bytes()
	k, err := GenerateKey(iotest.OneByteReader(bytes.NewReader(seed[:])))
	if err != nil || k.Bytes() != seed {
		t.Errorf("a slow reader: got another key, error %v", err)
	}
}

func TestPrivateKey_NeverPrintsItself(t *testing.T) {
	k := key(t, 5)
	seed := k.Bytes()
	secrets := []string{
		hex.EncodeToString(seed[:4]), fmt.Sprint(seed[:4])[1:10], k.secret().scalar.String()[:12],
		k.secret().scalar.Text(16)[:12], fmt.Sprint(k.secret().scalar.Bits())[1:10], hex.EncodeToString(k.secret().prefix[:4]),
	}
	holders := []any{
		k, *k, []*PrivateKey{k}, []PrivateKey{*k}, map[string]PrivateKey{"k": *k}, struct{ K *PrivateKey }{k},
		struct{ K PrivateKey }{*k}, struct{ k *PrivateKey }{k}, struct{ k PrivateKey }{*k}, &struct{ k PrivateKey }{*k},
	}
	check := func(how, out string) {
		for _, s := range secrets {
			if strings.Contains(strings.ToLower(out), s) {
				t.Errorf("%s writes a secret: %s", how, out)
			}
		}
	}
	for i, h := range holders {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X"} {
			check(fmt.Sprint(i, verb), fmt.Sprintf(verb, h))
		}
		b, _ := json.Marshal(h)
		check(fmt.Sprint(i, "json"), string(b))
	}
	if k.String() != redacted || k.GoString() != redacted {
		t.Error("String or GoString is not the fixed text")
	}
}
