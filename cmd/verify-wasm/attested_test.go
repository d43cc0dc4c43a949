//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

var signedAt = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func keyOf(t *testing.T, n byte) *attest.Key {
	t.Helper()
	k, err := attest.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A wallet signs as accounts do, by go-ethereum.
type wallet struct{ scheme string }

func (wallet) Identity() bundle.Identity {
	k, _ := crypto.ToECDSA(bytes.Repeat([]byte{5}, 32))
	return bundle.Identity{Chain: 1, Account: crypto.PubkeyToAddress(k.PublicKey)}
}
func (w wallet) Scheme() string { return w.scheme }
func (wallet) Sign(payload []byte) ([]byte, error) {
	k, err := crypto.ToECDSA(bytes.Repeat([]byte{5}, 32))
	if err != nil {
		return nil, err
	}
	digest := attest.Digest(1, payload)
	sig, err := crypto.Sign(digest[:], k)
	if err == nil {
		sig[64] += 27
	}
	return sig, err
}

// attestedBy is an attestation about the tests' deck; change may spoil it.
func attestedBy(t *testing.T, by attest.Signer, change func(*attest.Draft)) *attest.Attestation {
	t.Helper()
	deck, err := bundle.UnmarshalDeck(filesBelow(t, deck)[bundle.DescriptionFile])
	if err != nil {
		t.Fatal(err)
	}
	d := attest.NewDraft(attest.CurationName)
	d.Role, d.Statement, d.Detail.Curation.Standard = "museum", "All cards were looked at. ✓ proven", "house rules"
	if change != nil {
		change(d)
	}
	s, err := d.New(attest.Making{About: attest.TargetOfDeck(deck), Basis: attest.FromPublication, Now: signedAt}, by.Identity(), by.Scheme())
	if err != nil {
		t.Fatal(err)
	}
	payload, err := s.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	signature := []byte("a contract would know")
	if by.Scheme() != attest.ERC1271 {
		if signature, err = by.Sign(payload); err != nil {
			t.Fatal(err)
		}
	}
	a, err := attest.Parse(marshalled(t, &attest.Attestation{Statement: *s, Payload: payload, Signature: signature}))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func marshalled(t *testing.T, a *attest.Attestation) []byte {
	t.Helper()
	data, err := a.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// attestations are of every standing, by names.
func attestations(t *testing.T) map[string][]byte {
	t.Helper()
	back := attestedBy(t, keyOf(t, 2), nil)
	withdrawal, err := back.Withdraw("seen too late", signedAt)
	if err != nil {
		t.Fatal(err)
	}
	w, err := attest.Sign(t.Context(), withdrawal, keyOf(t, 2))
	if err != nil {
		t.Fatal(err)
	}
	forged := attestedBy(t, keyOf(t, 3), nil)
	forged.Signature[3] ^= 1
	return map[string][]byte{
		"given/0-holds.json":     marshalled(t, attestedBy(t, keyOf(t, 1), nil)),
		"given/1-withdrawn.json": marshalled(t, back),
		"given/2-back.json":      marshalled(t, w),
		"given/3-forged.json":    marshalled(t, forged),
		"given/4-expired.json":   marshalled(t, attestedBy(t, keyOf(t, 4), func(d *attest.Draft) { d.Expires = "2026-02-03T00:00:00Z" })),
		"given/5-account.json":   marshalled(t, attestedBy(t, wallet{attest.EIP712}, nil)),
		"given/6-contract.json":  marshalled(t, attestedBy(t, wallet{attest.ERC1271}, nil)),
		"given/7-damaged.json":   []byte(`{"payloadType": "application/vnd.in-toto+json"}`),
		"out/attestations/a.json": marshalled(t, attestedBy(t, keyOf(t, 1), func(d *attest.Draft) {
			d.Statement = "Published along."
		})),
	}
}

func trustOf(t *testing.T) []byte {
	t.Helper()
	return fmt.Appendf(nil, `{"version": 1, "kind": "trust", "keys": [{"name": "Aunt Ada", "identity": %q, "roles": ["museum"], "from": "", "until": "", "published": ""}], "withdrawn": []}`, keyOf(t, 1).String())
}

// attestedFiles are the deck with attestations and a trust file, as the form attested takes them.
func attestedFiles(t *testing.T) map[string][]byte {
	t.Helper()
	files := attestations(t)
	for name, data := range withoutCAR(filesBelow(t, deck)) {
		if !strings.HasPrefix(name, "images/") {
			files["out/"+name] = data
		}
	}
	files["trust"] = trustOf(t)
	return files
}

// attestedHere judges in this program what the form attested hands to the other; nil if the trust file is none.
func attestedHere(t *testing.T, files map[string][]byte) *answered {
	t.Helper()
	list, trust, o := map[string][]byte{}, publication.Trust{}, attest.Options{}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if rest, ok := strings.CutPrefix(name, "out/"); ok {
			list[rest] = files[name]
		} else if rest, ok := strings.CutPrefix(name, "given/"); ok {
			trust.Attestations = append(trust.Attestations, attest.File{Name: rest, Data: files[name]})
		}
	}
	if data, there := files["trust"]; there {
		var err error
		if o.Trust, err = attest.ParseTrust(data); err != nil {
			return nil
		}
	}
	if _, there := files["checkpoints"]; there {
		var err error
		if o.Anchored, err = datedHere(files); err != nil {
			return nil
		}
	}
	trust.Attest = o
	return nativeOf(t, list, trust)
}

func sameAttested(t *testing.T, what string, r result, want *answered) {
	t.Helper()
	if want == nil || r.Answer == nil {
		if (want == nil) != (r.Answer == nil) {
			t.Errorf("%s: got %s%s, natively %+v", what, r.Answer, r.Error, want)
		}
		return
	}
	got := r.answer(t, what)
	if !reflect.DeepEqual(got.deck, want.deck) || got.Line != want.Line {
		t.Errorf("%s: got %+v, natively %+v", what, got.deck, want.deck)
	}
	for i := range got.deck.Attestations {
		if a := &want.deck.Attestations[i]; got.Attested[i].Line != a.Line() {
			t.Errorf("%s: says %q, natively %q", what, got.Attested[i].Line, a.Line())
		}
	}
}

// addAttested has a deck judged with attestations of every standing.
func (s *session) addAttested(t *testing.T) {
	files := attestedFiles(t)
	s.add("attested", call{Form: "attested", Files: files}, func(t *testing.T, what string, r result) {
		a := r.answer(t, what)
		var standings []string
		for _, x := range a.deck.Attestations {
			standings = append(standings, string(x.Standing))
		}
		want := "holds withdrawn holds refused expired holds not checked refused holds"
		if strings.Join(standings, " ") != want || a.deck.Attestations[0].Known != "Aunt Ada" || a.deck.Attestations[8].File != "attestations/a.json" || a.Attested[0].Basis != "computed from all that is published" {
			t.Errorf("%s: %q, want %q; %+v %+v", what, standings, want, a.deck.Attestations, a.Attested)
		}
		if !strings.Contains(a.deck.Attestations[6].Reason, "only a node") {
			t.Errorf("%s: a contract: %s", what, a.deck.Attestations[6].Reason)
		}
	})
	s.add("attested", call{Form: "attested", Files: files}, func(t *testing.T, what string, r result) { sameAttested(t, what, r, attestedHere(t, files)) })
	unknown := maps.Clone(files)
	delete(unknown, "trust")
	s.add("attested, with no trust file", call{Form: "attested", Files: unknown}, func(t *testing.T, what string, r result) { sameAttested(t, what, r, attestedHere(t, unknown)) })
	s.add("a token that is attested", call{Form: "attested token", Files: files}, func(t *testing.T, what string, r result) {
		var a struct {
			Level  verifier.Level
			Answer string
		}
		if err := json.Unmarshal(r.Answer, &a); err != nil || a.Level != verifier.Amber || !strings.Contains(a.Answer, "known to you as Aunt Ada") {
			t.Errorf("%s: %v %s", what, err, r.Answer)
		}
	})
	for _, form := range []string{"attestations of text", "null for trust"} {
		s.add(form, call{Form: form, Files: files}, failed)
	}
	s.add("attestations of numbers", call{Form: "attestations of numbers", Files: files}, func(t *testing.T, what string, r result) {
		if a := r.answer(t, what); a.deck.Attestations[0].Standing != attest.Refused || !a.deck.Verdict.Holds() {
			t.Errorf("%s: %+v", what, a.deck.Attestations)
		}
	})
	s.add("a damaged trust file", call{Form: "attested", Files: with(files, "trust", []byte("{}"))}, failed)
	for n, check := range map[string]func(*testing.T, string, result){"4096": func(t *testing.T, what string, r result) {
		if a := r.answer(t, what); len(a.deck.Attestations) != 3842 || a.deck.Attestations[3840].Reason != "only 256 attestations are looked at" {
			t.Errorf("%s: %d, %+v", what, len(a.deck.Attestations), a.deck.Attestations[len(a.deck.Attestations)-1])
		}
	}, "200001": failed} {
		s.add(n+" attestations", call{Form: "many attestations", Files: with(with(files, "many", []byte(n)), "one", files["given/0-holds.json"])}, check)
	}
	signatures := `{"payloadType": "application/vnd.in-toto+json", "payload": "", "signatures": [` + strings.Repeat(`{"keyid": "", "sig": ""},`, 200_000) + `{"keyid": "", "sig": ""}]}`
	s.add("200,001 signatures", call{Form: "attested", Files: with(files, "given/0-holds.json", []byte(signatures))}, func(t *testing.T, what string, r result) {
		if a := r.answer(t, what); a.deck.Attestations[0].Standing != attest.Refused || a.deck.Verdict != verifier.Amber {
			t.Errorf("%s: %+v", what, a.deck.Attestations[0])
		}
	})
}
