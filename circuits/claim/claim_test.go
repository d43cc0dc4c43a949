package claim

import (
	"crypto/sha512"
	"encoding/binary"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/test"
)

type signedCircuit struct {
	Key PublicKeyVar
	Msg frontend.Variable
	Sig SignatureVar
}

func (c *signedCircuit) Define(api frontend.API) error {
	return AssertSigned(api, c.Key, c.Msg, c.Sig)
}

func assignSigned(pk PublicKey, msg fr.Element, sig Signature) *signedCircuit {
	return &signedCircuit{ValueOfPublicKey(pk), msg, ValueOfSignature(sig)}
}

// solved tells whether assignment satisfies circuit, in the test engine.
func solved(circuit, assignment frontend.Circuit, opts ...test.TestEngineOption) bool {
	return test.IsSolved(circuit, assignment, ecc.BN254.ScalarField(), opts...) == nil
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
	sig, err := k.Sign(msg)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

func TestAssertSigned_MatchesNative(t *testing.T) {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &signedCircuit{})
	if err != nil {
		t.Fatal(err)
	}
	for n := range uint64(8) {
		k, msg := key(t, n), element(n)
		sig := sign(t, k, msg)
		if !Verify(k.Public(), msg, sig) {
			t.Fatalf("key %d: own signature refused", n)
		}
		w, err := frontend.NewWitness(assignSigned(k.Public(), msg, sig), ecc.BN254.ScalarField())
		if err != nil {
			t.Fatal(err)
		}
		if ccs.IsSolved(w) != nil || !solved(&signedCircuit{}, assignSigned(k.Public(), msg, sig)) {
			t.Errorf("key %d: a signature of ours has no proof", n)
		}
	}
}

func TestAssertSigned_Size(t *testing.T) {
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &signedCircuit{})
	if err != nil {
		t.Fatal(err)
	}
	if got := ccs.GetNbConstraints(); got != 2401 {
		t.Errorf("got %d constraints, want 2401", got)
	}
}
