package eddsa

import (
	"bytes"
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/twistededwards/eddsa"
	"github.com/consensys/gnark-crypto/hash"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/hash/mimc"

	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
)

type signedCircuit struct {
	Key PublicKeyVar
	Msg frontend.Variable
	Sig SignatureVar
	tag poseidon.Tag
}

func (c *signedCircuit) Define(api frontend.API) error {
	return AssertSigned(api, c.tag, c.Key, c.Msg, c.Sig)
}

// underTag is the circuit with the protocol's tag.
func underTag() *circuittest.Circuit {
	return circuittest.New(&signedCircuit{tag: tag})
}

func assignSigned(pk PublicKey, msg fr.Element, sig Signature) *signedCircuit {
	return &signedCircuit{Key: ValueOfPublicKey(pk), Msg: msg, Sig: ValueOfSignature(sig)}
}

func TestAssertSigned_MatchesNative(t *testing.T) {
	c := underTag()
	for n := range uint64(8) {
		k, msg := key(t, n), element(n)
		sig := sign(t, k, msg)
		if !Verify(tag, k.Public(), msg, sig) {
			t.Fatalf("key %d: own signature refused", n)
		}
		c.AssertAccepted(t, fmt.Sprintf("key %d", n), assignSigned(k.Public(), msg, sig))
	}
}

// A signature under one tag says nothing under another.
func TestAssertSigned_SeparatesTags(t *testing.T) {
	k, msg := key(t, 1), element(1)
	other := poseidon.Receipt
	sig, err := k.Sign(other, msg)
	if err != nil {
		t.Fatal(err)
	}
	assignment := assignSigned(k.Public(), msg, sig)
	circuittest.New(&signedCircuit{tag: other}).AssertAccepted(t, "own tag", assignment)
	underTag().AssertRefused(t, "another tag", assignment, bothOfR)
	if !Verify(other, k.Public(), msg, sig) || Verify(tag, k.Public(), msg, sig) {
		t.Error("the native rule says otherwise")
	}
	if sig.RX == sign(t, k, msg).RX {
		t.Error("two challenges share a nonce: they give the key away")
	}
}

// bothOfR are the two rows of the last addition, which gives R's coordinates.
var bothOfR = []string{"assertHolds/assertSum", "assertHolds/assertSum"}

// heldCircuit takes the challenge as it is.
type heldCircuit struct {
	Key       PublicKeyVar
	Challenge frontend.Variable
	Sig       SignatureVar
}

func (c *heldCircuit) Define(api frontend.API) error {
	return AssertHolds(api, c.Key, c.Challenge, c.Sig)
}

// mimcCircuit is what gnark-crypto's eddsa signs with MiMC.
type mimcCircuit struct {
	Key PublicKeyVar
	Msg frontend.Variable
	Sig SignatureVar
}

func (c *mimcCircuit) Define(api frontend.API) error {
	h, err := mimc.NewMiMC(api)
	if err != nil {
		return err
	}
	h.Write(c.Sig.RX, c.Sig.RY, c.Key.X, c.Key.Y, c.Msg)
	return AssertHolds(api, c.Key, h.Sum(), c.Sig)
}

// mimcOf is the native hash of the same values.
func mimcOf(values ...fr.Element) (h fr.Element) {
	sum := hash.MIMC_BN254.New()
	for _, v := range values {
		sum.Write(v.Marshal())
	}
	h.SetBytes(sum.Sum(nil))
	return h
}

func TestAssertHolds_TakesSignaturesOfGnarkCrypto(t *testing.T) {
	c, held := circuittest.New(&mimcCircuit{}), circuittest.New(&heldCircuit{})
	for n := range uint64(4) {
		k, err := eddsa.GenerateKey(&repeat{bytes.Repeat([]byte{byte(n + 1)}, 32)})
		if err != nil {
			t.Fatal(err)
		}
		msg := element(n)
		b, err := k.Sign(msg.Marshal(), hash.MIMC_BN254.New())
		if err != nil {
			t.Fatal(err)
		}
		sig, err := ParseSignature(b)
		if err != nil {
			t.Fatal(err)
		}
		pk := PublicKey{k.PublicKey.A.X, k.PublicKey.A.Y}
		h := mimcOf(sig.RX, sig.RY, pk.X, pk.Y, msg)
		if !Holds(pk, h, sig) || Holds(pk, plusOne(h), sig) {
			t.Errorf("key %d: the native rule errs", n)
		}
		name := fmt.Sprintf("key %d", n)
		c.AssertAccepted(t, name, &mimcCircuit{ValueOfPublicKey(pk), msg, ValueOfSignature(sig)})
		held.AssertAccepted(t, name, &heldCircuit{ValueOfPublicKey(pk), h, ValueOfSignature(sig)})
		c.AssertRefused(t, name+", another message", &mimcCircuit{ValueOfPublicKey(pk), plusOne(msg), ValueOfSignature(sig)}, bothOfR)
		held.AssertRefused(t, name+", another challenge", &heldCircuit{ValueOfPublicKey(pk), plusOne(h), ValueOfSignature(sig)}, bothOfR)
	}
}

func TestAssertSigned_Size(t *testing.T) {
	for _, row := range []struct {
		name    string
		circuit frontend.Circuit
		want    int
	}{
		{"all, with the hash", &signedCircuit{tag: tag}, 2401},
		{"all, without the hash", &heldCircuit{}, 2038},
		{"half of A", &onlyHalve{}, 23},
		{"ladder, and two to compare", &ladderCircuit{}, 1512 + 2},
		{"multiple of B, and two to compare", &baseCircuit{}, 487 + 2},
		{"sum", &sumCircuit{}, 6},
	} {
		circuittest.New(row.circuit).AssertRows(t, row.name, row.want)
	}
}

// Knowing the signature is enough: with the digits of the true S, a wrong S beside them
// proves nothing more. With no signature there are no digits that fit.
func TestAssertSigned_TakesSAsAdvice(t *testing.T) {
	k, msg := key(t, 1), element(1)
	sig := sign(t, k, msg)
	w := assignSigned(k.Public(), msg, sig)
	w.Sig.S = 5
	underTag().AssertRefused(t, "digits of 5", w, bothOfR)
	out, _ := (&baseTrace{points: basePoints(new(big.Int).SetBytes(sig.S[:])), lieRow: -1}).run()
	underTag().AssertAccepted(t, "digits of the true S", w, answering(baseHint, out))
}
