package attest_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// key is the n-th key of the tests.
func key(t testing.TB, n byte) *attest.Key {
	t.Helper()
	k, err := attest.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// An account signs as a wallet does, by go-ethereum.
type account struct {
	chain uint64
	key   *ecdsa.PrivateKey
}

func accountOf(t testing.TB, chain uint64, n byte) account {
	t.Helper()
	k, err := crypto.ToECDSA(bytes.Repeat([]byte{n}, 32))
	if err != nil {
		t.Fatal(err)
	}
	return account{chain, k}
}

func (a account) Identity() bundle.Identity {
	return bundle.Identity{Chain: a.chain, Account: crypto.PubkeyToAddress(a.key.PublicKey)}
}
func (a account) Scheme() string { return attest.EIP712 }
func (a account) Sign(payload []byte) ([]byte, error) {
	digest := attest.Digest(a.chain, payload)
	sig, err := crypto.Sign(digest[:], a.key)
	if err == nil {
		sig[64] += 27
	}
	return sig, err
}

// deckOf is a deck as far as attestations see it; n makes another one.
func deckOf(n uint64, promised ...bundle.Attester) *bundle.Deck {
	d := &bundle.Deck{Name: "Foxes", Cards: 10, Home: &bundle.Home{ChainID: 1, Author: [20]byte{1, 2, 3}}, Attesters: promised}
	d.Commitments.Model, d.Commitments.Policy = fr.NewElement(1000+n), fr.NewElement(7)
	return d
}

func promise(role string, threshold uint64, by ...attest.Signer) bundle.Attester {
	a := bundle.Attester{Role: role, Threshold: threshold}
	for _, s := range by {
		a.Identities = append(a.Identities, s.Identity().String())
	}
	return a
}

// curation is a draft that approves.
func curation(role string) *attest.Draft {
	d := attest.NewDraft(attest.CurationName)
	d.Role, d.Statement, d.Detail.Curation.Standard, d.Detail.Curation.Sample = role, "All cards were looked at.", "house rules", 10
	return d
}

// state makes the statement of a draft about a target.
func state(t testing.TB, d *attest.Draft, about *attest.Target, by attest.Signer) *attest.Statement {
	t.Helper()
	s, err := d.New(attest.Making{About: about, Basis: attest.FromCards, Now: now}, by.Identity(), by.Scheme())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sign returns the file of an attestation of a statement.
func sign(t testing.TB, s *attest.Statement, by attest.Signer) []byte {
	t.Helper()
	a, err := attest.Sign(context.Background(), s, by)
	if err != nil {
		t.Fatal(err)
	}
	data, err := a.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// approval is a file by which somebody approves of a deck.
func approval(t testing.TB, d *bundle.Deck, role string, by attest.Signer) []byte {
	t.Helper()
	return sign(t, state(t, curation(role), attest.TargetOfDeck(d), by), by)
}

func filesOf(data ...[]byte) (list []attest.File) {
	for i, b := range data {
		list = append(list, attest.File{Name: string(rune('a'+i)) + ".json", Data: b})
	}
	return list
}

func judge(t testing.TB, d *bundle.Deck, o attest.Options, data ...[]byte) *attest.Result {
	t.Helper()
	if o.Now.IsZero() {
		o.Now = now
	}
	return attest.Judge(context.Background(), attest.TargetOfDeck(d), filesOf(data...), o)
}

// finds expects the standing of the only finding, and words of its reason.
func finds(t testing.TB, what string, r *attest.Result, standing attest.Standing, reason string) {
	t.Helper()
	if len(r.Findings) != 1 || r.Findings[0].Standing != standing || !strings.Contains(r.Findings[0].Reason, reason) {
		t.Errorf("%s: got %+v, want %s: %q", what, r.Findings, standing, reason)
	}
}

func met(r *attest.Result) bool { return len(r.Approvals) == 1 && r.Approvals[0].Met }
