package attest_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
)

// A threshold counts distinct holders of keys, however often and however spelled they sign.
func TestJudge_CountsDistinctHolders(t *testing.T) {
	a, b, account := key(t, 1), key(t, 2), accountOf(t, 1, 3)
	d := deckOf(0, promise("museum", 2, a, b, account))
	again := state(t, curation("museum"), attest.TargetOfDeck(d), a)
	again.Predicate.Statement = "Once more, in other words."
	other := accountOf(t, 10, 3) // the same key on another chain
	for name, row := range map[string]struct {
		files [][]byte
		want  bool
	}{
		"nobody":                     {nil, false},
		"one":                        {[][]byte{approval(t, d, "museum", a)}, false},
		"two":                        {[][]byte{approval(t, d, "museum", a), approval(t, d, "museum", b)}, true},
		"a key and an account":       {[][]byte{approval(t, d, "museum", a), approval(t, d, "museum", account)}, true},
		"one file twice":             {[][]byte{approval(t, d, "museum", a), approval(t, d, "museum", a)}, false},
		"one key, two statements":    {[][]byte{approval(t, d, "museum", a), sign(t, again, a)}, false},
		"an account on two chains":   {[][]byte{approval(t, d, "museum", account), approval(t, d, "museum", other)}, false},
		"somebody who is not named":  {[][]byte{approval(t, d, "museum", a), approval(t, d, "museum", key(t, 9))}, false},
		"in another role":            {[][]byte{approval(t, d, "museum", a), approval(t, d, "safety", b)}, false},
		"of another deck":            {[][]byte{approval(t, d, "museum", a), approval(t, deckOf(1, d.Attesters...), "museum", b)}, false},
		"who approves and refuses":   {[][]byte{approval(t, d, "museum", a), approval(t, d, "museum", b), refusal(t, d, "museum", b)}, false},
		"somebody else who refuses":  {[][]byte{approval(t, d, "museum", a), approval(t, d, "museum", b), refusal(t, d, "museum", account)}, true},
		"who only states":            {[][]byte{approval(t, d, "museum", a), statement(t, d, "museum", b)}, false},
		"about one card of the deck": {[][]byte{approval(t, d, "museum", a), ofCard(t, d, "museum", b)}, false},
	} {
		if got := met(judge(t, d, attest.Options{}, row.files...)); got != row.want {
			t.Errorf("%s: approved is %v, want %v", name, got, row.want)
		}
	}
}

func refusal(t *testing.T, d *bundle.Deck, role string, by attest.Signer) []byte {
	draft := curation(role)
	draft.Decision = attest.Refuses
	return sign(t, state(t, draft, attest.TargetOfDeck(d), by), by)
}

func statement(t *testing.T, d *bundle.Deck, role string, by attest.Signer) []byte {
	draft := curation(role)
	draft.Decision = attest.States
	return sign(t, state(t, draft, attest.TargetOfDeck(d), by), by)
}

func ofCard(t *testing.T, d *bundle.Deck, role string, by attest.Signer) []byte {
	t.Helper()
	m := attest.Making{About: attest.TargetOfDeck(d), Basis: attest.FromCards, Now: now, Card: &attest.CardSubject{Number: 3, Document: [32]byte{7}}}
	s, err := curation(role).New(m, by.Identity(), by.Scheme())
	if err != nil {
		t.Fatal(err)
	}
	return sign(t, s, by)
}

// A promise of one address on two chains is no promise of two approvals.
func TestDeck_RefusesOneKeyAsTwoIdentities(t *testing.T) {
	one, two := accountOf(t, 1, 3), accountOf(t, 10, 3)
	for _, text := range []string{one.Identity().String(), strings.ToUpper(one.Identity().String()), "ed25519:00", "eip155:0:0x" + strings.Repeat("a", 40), "eip155:01:0x" + strings.Repeat("a", 40)} {
		_, err := bundle.ParseIdentity(text)
		if (err == nil) != (text == one.Identity().String()) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if one.Identity() == two.Identity() || one.Identity().Holder() != two.Identity().Holder() {
		t.Error("an address on two chains is one holder")
	}
}

// One key that approves in two roles is told.
func TestJudge_TellsOneKeyInTwoRoles(t *testing.T) {
	a := key(t, 1)
	d := deckOf(0, promise("museum", 1, a), promise("safety", 1, a))
	r := judge(t, d, attest.Options{}, approval(t, d, "museum", a), approval(t, d, "safety", a))
	if len(r.Both) != 1 || r.Both[0] != a.Identity().String() {
		t.Errorf("in both roles: %v", r.Both)
	}
}

// A signature of 65 bytes has one form: any other that the curve's arithmetic takes is refused.
func TestJudge_RefusesOtherFormsOfAnAccountsSignature(t *testing.T) {
	by := accountOf(t, 1, 3)
	d := deckOf(0, promise("museum", 1, by))
	good := approval(t, d, "museum", by)
	if !met(judge(t, d, attest.Options{}, good)) {
		t.Fatal("the good one does not hold")
	}
	a, err := attest.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	order := crypto.S256().Params().N
	high := bytes.Clone(a.Signature)
	new(big.Int).Sub(order, new(big.Int).SetBytes(high[32:64])).FillBytes(high[32:64])
	high[64] = 55 - high[64]
	digest := attest.Digest(1, a.Payload)
	raw := bytes.Clone(high)
	raw[64] -= 27
	if public, err := crypto.SigToPub(digest[:], raw); err != nil || crypto.PubkeyToAddress(*public) != by.Identity().Account {
		t.Fatal("the other signature is no signature at all: the test shows nothing")
	}
	for name, sig := range map[string][]byte{
		"the other s":     high,
		"v of 0 or 1":     append(bytes.Clone(a.Signature[:64]), a.Signature[64]-27),
		"v with a chain":  append(bytes.Clone(a.Signature[:64]), a.Signature[64]+10),
		"64 bytes":        a.Signature[:64],
		"66 bytes":        append(bytes.Clone(a.Signature), 0),
		"r + the order":   append(new(big.Int).Add(order, new(big.Int).SetBytes(a.Signature[:32])).FillBytes(make([]byte, 33))[1:], a.Signature[32:]...),
		"r of zero":       append(make([]byte, 32), a.Signature[32:]...),
		"s of zero":       append(append(bytes.Clone(a.Signature[:32]), make([]byte, 32)...), a.Signature[64]),
		"another account": mustSign(t, accountOf(t, 1, 4), a.Payload),
		"another chain":   mustSign(t, accountOf(t, 10, 3), a.Payload),
		"nothing":         {},
	} {
		finds(t, name, judge(t, d, attest.Options{}, withSignature(t, good, sig)), attest.Refused, "signature")
	}
}

func mustSign(t *testing.T, by attest.Signer, payload []byte) []byte {
	t.Helper()
	sig, err := by.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	return sig
}

// withSignature puts another signature into an envelope.
func withSignature(t *testing.T, file, sig []byte) []byte {
	t.Helper()
	a, err := attest.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	old := base64.StdEncoding.EncodeToString(a.Signature)
	return bytes.Replace(file, []byte(old), []byte(base64.StdEncoding.EncodeToString(sig)), 1)
}

// An Ed25519 signature with S + L is the same to a verifier that does not look, and so is one over
// the payload alone to one that leaves DSSE's encoding out.
func TestJudge_RefusesOtherFormsOfAKeysSignature(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0, promise("museum", 1, by))
	good := approval(t, d, "museum", by)
	a, err := attest.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	order, _ := new(big.Int).SetString("7237005577332262213973186563042994240857116359379907606001950938285454250989", 10)
	s := bytes.Clone(a.Signature[32:])
	reverse(s)
	plus := new(big.Int).Add(new(big.Int).SetBytes(s), order).FillBytes(make([]byte, 32))
	reverse(plus)
	for name, sig := range map[string][]byte{
		"S + L":              append(bytes.Clone(a.Signature[:32]), plus...),
		"of the other key":   mustSign(t, key(t, 2), a.Payload),
		"of another payload": mustSign(t, by, append(bytes.Clone(a.Payload), ' ')),
		"of something else":  by.SignBytes("log", a.Payload),
		"63 bytes":           a.Signature[:63],
		"nothing":            {},
	} {
		finds(t, name, judge(t, d, attest.Options{}, withSignature(t, good, sig)), attest.Refused, "signature")
	}
}

func reverse(b []byte) {
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
}

// contracts answers as ERC-1271 contracts do, or as no node.
type contracts struct {
	valid bool
	err   error
}

func (c contracts) IsValidSignature(_ context.Context, id bundle.Identity, digest [32]byte, sig []byte) (bool, error) {
	if digest == ([32]byte{}) || string(sig) != "the owners' signatures" || !id.IsAccount() {
		return false, fmt.Errorf("asked for another signature")
	}
	return c.valid, c.err
}

// What a contract signs is judged by who can ask it, and by nobody else.
func TestJudge_AsksContracts(t *testing.T) {
	safe := wallet{accountOf(t, 1, 5)}
	d := deckOf(0, promise("museum", 1, safe))
	file := approval(t, d, "museum", safe)
	for name, row := range map[string]struct {
		ask  attest.Accounts
		want attest.Standing
	}{
		"without a node":       {nil, attest.NotChecked},
		"a contract that says": {contracts{valid: true}, attest.Holds},
		"one that says no":     {contracts{}, attest.Refused},
		"a node that is away":  {contracts{err: fmt.Errorf("no answer")}, attest.NotChecked},
	} {
		r := judge(t, d, attest.Options{Contracts: row.ask}, file)
		finds(t, name, r, row.want, "")
		if met(r) != (row.want == attest.Holds) {
			t.Errorf("%s: approved is %v", name, met(r))
		}
	}
}

// A wallet is a contract's account: its signature is any bytes.
type wallet struct{ account }

func (wallet) Scheme() string              { return attest.ERC1271 }
func (wallet) Sign([]byte) ([]byte, error) { return []byte("the owners' signatures"), nil }

// A key id is not read from the envelope, but held to the key: an openssl line computes the same.
func TestKeyID_IsOfTheSubjectPublicKeyInfo(t *testing.T) {
	// printf 302a300506032b6570032100d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a | xxd -r -p | sha256sum
	var id bundle.Identity
	raw, _ := hex.DecodeString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
	copy(id.Key[:], raw)
	want := spkiDigest(t, raw)
	if got := attest.KeyID(id); got != want {
		t.Errorf("key id %s, want %s", got, want)
	}
	by := key(t, 1)
	d := deckOf(0)
	file := approval(t, d, "museum", by)
	renamed := bytes.Replace(file, []byte(attest.KeyID(by.Identity())), []byte(attest.KeyID(key(t, 2).Identity())), 1)
	finds(t, "a key id of somebody else", judge(t, d, attest.Options{}, renamed), attest.Refused, "keyid")
}

// Time is what the reader's clock, the signer's words and the trust file say.
func TestJudge_Time(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0, promise("museum", 1, by))
	draft := curation("museum")
	draft.NotBefore, draft.Expires = "2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z"
	file := sign(t, state(t, draft, attest.TargetOfDeck(d), by), by)
	trust := func(from, until string) *attest.Trust {
		return &attest.Trust{Version: 1, Kind: attest.KindTrust, Keys: []attest.TrustedKey{{Name: "The museum", Identity: by.String(), Roles: []string{"museum"}, From: from, Until: until}}}
	}
	anchored := func(at string) func([32]byte) (time.Time, bool) {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		return func([32]byte) (time.Time, bool) { return when, true }
	}
	for name, row := range map[string]struct {
		o     attest.Options
		want  attest.Standing
		known string
	}{
		"in force":                      {attest.Options{}, attest.Holds, ""},
		"not yet":                       {attest.Options{Now: now.AddDate(0, -2, 0)}, attest.NotYet, ""},
		"its last second":               {attest.Options{Now: time.Date(2026, 12, 30, 23, 59, 59, 0, time.UTC)}, attest.Holds, ""},
		"expired":                       {attest.Options{Now: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}, attest.Expired, ""},
		"known to the reader":           {attest.Options{Trust: trust("", "")}, attest.Holds, "The museum"},
		"the key is not known yet":      {attest.Options{Trust: trust("2027-01-01T00:00:00Z", "")}, attest.Expired, ""},
		"the key was stolen":            {attest.Options{Trust: trust("", "2026-11-20T00:00:00Z")}, attest.Expired, ""},
		"stolen, and anchored before":   {attest.Options{Trust: trust("", "2026-11-20T00:00:00Z"), Anchored: anchored("2026-11-19T00:00:00Z")}, attest.Holds, "The museum"},
		"stolen, and anchored after":    {attest.Options{Trust: trust("", "2026-11-20T00:00:00Z"), Anchored: anchored("2026-11-21T00:00:00Z")}, attest.Expired, ""},
		"an anchor does not lengthen":   {attest.Options{Now: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), Anchored: anchored("2026-11-21T00:00:00Z")}, attest.Expired, ""},
		"the reader counts it no more":  {attest.Options{Trust: withdrawnBy(t, file, trust("", ""))}, attest.Withdrawn, "The museum"},
		"the reader knows another role": {attest.Options{Trust: &attest.Trust{Keys: []attest.TrustedKey{{Name: "X", Identity: by.String(), Roles: []string{"safety"}}}}}, attest.Holds, ""},
	} {
		r := judge(t, d, row.o, file)
		if f := r.Findings[0]; f.Standing != row.want || f.Known != row.known || met(r) != (row.want == attest.Holds) || !f.Promised {
			t.Errorf("%s: %s (%s), known as %q, approved %v", name, f.Standing, f.Reason, f.Known, met(r))
		}
	}
}

func withdrawnBy(t *testing.T, file []byte, trust *attest.Trust) *attest.Trust {
	t.Helper()
	a, err := attest.Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	trust.Withdrawn = []attest.TrustedWithdrawn{{Attestation: hex.EncodeToString(a.ID[:]), At: "2026-11-28T00:00:00Z", Reason: "x"}}
	return trust
}

// An unknown key raises nothing: neither a name nor an approval that was not promised.
func TestJudge_UnknownKeysRaiseNothing(t *testing.T) {
	d := deckOf(0)
	r := judge(t, d, attest.Options{Trust: &attest.Trust{}}, approval(t, d, "museum", key(t, 9)))
	if f := r.Findings[0]; f.Standing != attest.Holds || f.Known != "" || f.Promised || len(r.Approvals) != 0 {
		t.Errorf("an unknown key: %+v, %+v", f, r.Approvals)
	}
}
