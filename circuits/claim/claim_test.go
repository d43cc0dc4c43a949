package claim

import (
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/circuits/attribute"
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
	rows := []struct {
		name    string
		circuit frontend.Circuit
		want    int
	}{
		{"all, with the hash", &signedCircuit{}, 2401},
		{"half of A", &onlyHalve{}, 23},
		{"ladder, and two to compare", &ladderCircuit{}, 1512 + 2},
		{"multiple of B, and two to compare", &baseCircuit{}, 487 + 2},
		{"sum", &sumCircuit{}, 6},
	}
	for _, row := range rows {
		ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, row.circuit)
		if err != nil {
			t.Fatal(err)
		}
		if got := ccs.GetNbConstraints(); got != row.want {
			t.Errorf("%s: got %d constraints, want %d", row.name, got, row.want)
		}
		if got := len(ccs.GetCommitments().CommitmentIndexes()); got != 0 {
			t.Errorf("%s: got %d commitments, want none", row.name, got)
		}
	}
}

// receiptCircuit says what the message and the authority's commitment are.
type receiptCircuit struct {
	Schema, ID         frontend.Variable
	Scope              ScopeVar
	Claims             [4]attribute.SlotVar
	Key                PublicKeyVar
	Message, Authority frontend.Variable
}

func (c *receiptCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(c.Message, MessageVar(api, c.Schema, c.Scope, c.ID, c.Claims[:]))
	api.AssertIsEqual(c.Authority, AuthorityVar(api, c.Key))
	return nil
}

func TestMessageVar_MatchesNative(t *testing.T) {
	pk := key(t, 1).Public()
	for mask := range 16 {
		w := &receiptCircuit{
			Schema: element(1), Scope: ScopeVar{element(2), element(3), element(4)}, ID: uint64(1)<<63 + 5,
			Key: ValueOfPublicKey(pk), Authority: AuthorityCommitment(pk),
		}
		claims := make([]attribute.Slot, len(w.Claims))
		for i := range claims {
			if mask>>i&1 == 1 {
				claims[i] = attribute.OfUint(uint64(i))
			}
			w.Claims[i] = attribute.ValueOf(claims[i])
		}
		w.Message = Message(element(1), Scope{element(2), element(3), element(4)}, 1<<63+5, claims)
		if !solved(&receiptCircuit{}, w) {
			t.Errorf("mask %04b: another message or commitment", mask)
		}
		lies := map[string]func(*receiptCircuit){
			"message":   func(w *receiptCircuit) { w.ID = uint64(1) << 63 },
			"presence":  func(w *receiptCircuit) { w.Claims[3].Present = 1 - mask>>3 },
			"value":     func(w *receiptCircuit) { w.Claims[0].Value = 77 },
			"authority": func(w *receiptCircuit) { w.Authority = 1 },
			"key":       func(w *receiptCircuit) { w.Key.X, w.Key.Y = w.Key.Y, w.Key.X },
		}
		for name, change := range lies {
			lie := *w
			change(&lie)
			if solved(&receiptCircuit{}, &lie) {
				t.Errorf("mask %04b, %s: accepted", mask, name)
			}
		}
	}
}

// Knowing the signature is enough: with the digits of the true S, a wrong S beside them
// proves nothing more. With no signature there are no digits that fit.
func TestAssertSigned_TakesSAsAdvice(t *testing.T) {
	k, msg := key(t, 1), element(1)
	sig := sign(t, k, msg)
	w := assignSigned(k.Public(), msg, sig)
	w.Sig.S = 5
	if solved(&signedCircuit{}, w) {
		t.Error("digits of 5: accepted")
	}
	out, _ := (&baseTrace{points: basePoints(new(big.Int).SetBytes(sig.S[:])), lieRow: -1}).run()
	if !solved(&signedCircuit{}, w, answering(baseHint, out)) {
		t.Error("digits of the true S: refused")
	}
}
