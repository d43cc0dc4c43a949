package claim

import (
	"crypto/sha512"
	"encoding/binary"
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// element returns the nth test element.
func element(n uint64) fr.Element {
	h := sha512.Sum512(binary.BigEndian.AppendUint64([]byte("test element"), n))
	var e fr.Element
	e.SetBytes(h[:])
	return e
}

// key returns the nth test key.
func key(t testing.TB, n uint64) *eddsa.PrivateKey {
	t.Helper()
	seed := sha512.Sum512(binary.BigEndian.AppendUint64([]byte("test key"), n))
	k, err := eddsa.ParsePrivateKey(seed[:eddsa.PrivateKeyBytes])
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func sign(t testing.TB, k *eddsa.PrivateKey, msg fr.Element) eddsa.Signature {
	t.Helper()
	sig, err := Sign(k, msg)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// receiptCircuit says what the message and the authority's commitment are.
type receiptCircuit struct {
	ID                 frontend.Variable
	Scope              ScopeVar
	Claims             [4]attribute.SlotVar
	Key                eddsa.PublicKeyVar
	Message, Authority frontend.Variable
}

func (c *receiptCircuit) Define(api frontend.API) error {
	c.assertMessage(api)
	c.assertAuthority(api)
	return nil
}

func (c *receiptCircuit) assertMessage(api frontend.API) {
	api.AssertIsEqual(c.Message, MessageVar(api, c.Scope, c.ID, c.Claims[:]))
}

func (c *receiptCircuit) assertAuthority(api frontend.API) {
	api.AssertIsEqual(c.Authority, AuthorityVar(api, c.Key))
}

func TestMessageVar_MatchesNative(t *testing.T) {
	pk := key(t, 1).Public()
	c := circuittest.New(&receiptCircuit{})
	for mask := range 16 {
		w := &receiptCircuit{
			Scope: ScopeVar{element(1), element(2), element(3), element(4)}, ID: uint64(1)<<63 + 5,
			Key: eddsa.ValueOfPublicKey(pk), Authority: AuthorityCommitment(pk),
		}
		claims := make([]attribute.Slot, len(w.Claims))
		for i := range claims {
			if mask>>i&1 == 1 {
				claims[i] = attribute.OfUint(uint64(i))
			}
			w.Claims[i] = attribute.ValueOf(claims[i])
		}
		w.Message = Message(Scope{element(1), element(2), element(3), element(4)}, 1<<63+5, claims)
		c.AssertAccepted(t, fmt.Sprintf("mask %04b", mask), w)
		for name, lie := range map[string]struct {
			tell  func(*receiptCircuit)
			owner string
		}{
			"policy":    {func(w *receiptCircuit) { w.Scope.Policy = 9 }, isMessage},
			"model":     {func(w *receiptCircuit) { w.Scope.Model = 9 }, isMessage},
			"seeds":     {func(w *receiptCircuit) { w.Scope.Seeds = 9 }, isMessage},
			"beacon":    {func(w *receiptCircuit) { w.Scope.Beacon = 9 }, isMessage},
			"id":        {func(w *receiptCircuit) { w.ID = uint64(1) << 63 }, isMessage},
			"presence":  {func(w *receiptCircuit) { w.Claims[3].Present = 1 - mask>>3 }, isMessage},
			"value":     {func(w *receiptCircuit) { w.Claims[0].Value = 77 }, isMessage},
			"message":   {func(w *receiptCircuit) { w.Message = 77 }, isMessage},
			"authority": {func(w *receiptCircuit) { w.Authority = 1 }, isAuthority},
			"key":       {func(w *receiptCircuit) { w.Key.X, w.Key.Y = w.Key.Y, w.Key.X }, isAuthority},
		} {
			told := *w
			lie.tell(&told)
			c.AssertRefused(t, fmt.Sprintf("mask %04b, %s", mask, name), &told, []string{lie.owner})
		}
	}
}

// The clauses of receiptCircuit.
const (
	isMessage   = "assertMessage/AssertIsEqual"
	isAuthority = "assertAuthority/AssertIsEqual"
)

// signedCircuit checks a receipt's signature.
type signedCircuit struct {
	Key eddsa.PublicKeyVar
	Msg frontend.Variable
	Sig eddsa.SignatureVar
}

func (c *signedCircuit) Define(api frontend.API) error { return AssertSigned(api, c.Key, c.Msg, c.Sig) }

func TestAssertSigned_MatchesNative(t *testing.T) {
	k, msg := key(t, 1), element(1)
	sig := sign(t, k, msg)
	c := circuittest.New(&signedCircuit{})
	c.AssertRows(t, "signature", 2401)
	assignment := &signedCircuit{eddsa.ValueOfPublicKey(k.Public()), msg, eddsa.ValueOfSignature(sig)}
	if !Verify(k.Public(), msg, sig) {
		t.Error("own receipt refused")
	}
	c.AssertAccepted(t, "own receipt", assignment)

	assignment.Msg = element(2)
	if Verify(k.Public(), element(2), sig) {
		t.Error("receipt over another message accepted")
	}
	c.AssertRefused(t, "another message", assignment, []string{"assertSum", "assertSum"})
}

func TestMessage_CoversEachOfItsParts(t *testing.T) {
	zero := attribute.Slot{Present: true}
	claims := []attribute.Slot{attribute.OfUint(18), {}, zero}
	in := Scope{element(1), element(2), element(3), element(4)}
	base := Message(in, 3, claims)
	rows := map[string]fr.Element{
		"policy":     Message(Scope{element(9), in.Model, in.Seeds, in.Beacon}, 3, claims),
		"model":      Message(Scope{in.Policy, element(9), in.Seeds, in.Beacon}, 3, claims),
		"seeds":      Message(Scope{in.Policy, in.Model, element(9), in.Beacon}, 3, claims),
		"beacon":     Message(Scope{in.Policy, in.Model, in.Seeds, element(9)}, 3, claims),
		"id":         Message(in, 4, claims),
		"value":      Message(in, 3, []attribute.Slot{attribute.OfUint(19), {}, zero}),
		"presence":   Message(in, 3, []attribute.Slot{attribute.OfUint(18), zero, {}}),
		"order":      Message(in, 3, []attribute.Slot{{}, attribute.OfUint(18), zero}),
		"fewer":      Message(in, 3, claims[:2]),
		"one absent": Message(in, 3, append(claims[:3:3], attribute.Slot{})),
	}
	for name, m := range rows {
		if m == base {
			t.Errorf("%s: another claim list has the same message", name)
		}
	}
}

func TestMessage_RefusesMoreClaimsThanItsMask(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("65 claims: no panic")
		}
	}()
	Message(Scope{}, 3, make([]attribute.Slot, maxClaims+1))
}
