//go:build prover_checks

package page

import (
	"bytes"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/page/site"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// A draft is a published deck, as its author had it before.
type draft struct {
	t   *testing.T
	dir string
	d   *bundle.Deck
}

func (f draft) OpenCard(n int) *bundle.Card {
	c, err := bundle.UnmarshalCard(read(f.t, f.dir, filepath.FromSlash(bundle.CardPath(uint64(n)))))
	if err != nil {
		f.t.Fatal(err)
	}
	return c
}

func (f draft) Document(n int) ([]byte, error) {
	size, err := f.d.Size()
	if err != nil {
		return nil, err
	}
	return read(f.t, f.dir, filepath.FromSlash(bundle.CardDocumentPath(uint64(n), f.d.Cards, size.Cards))), nil
}

// previewFolder is the preview of the tests' deck, which promises an approval.
func previewFolder(t *testing.T) string {
	t.Helper()
	_, p := siteOf(t, deck, publication.Trust{})
	p.Deck.Attesters = []bundle.Attester{{Role: "museum", Threshold: 1, Identities: []string{keyOf(t, 1).Identity().String()}}}
	s, err := site.OfDraft(p.Deck, draft{t, deck, p.Deck}, p.Source())
	if err != nil {
		t.Fatal(err)
	}
	return writeSite(t, s, p.Source(), nil)
}

func keyOf(t *testing.T, n byte) *attest.Key {
	t.Helper()
	k, err := attest.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// attestedFolder is the site of the tests' deck with attestations that hold, are withdrawn, expired and
// refused, under a key that is pinned.
func attestedFolder(t *testing.T) string {
	t.Helper()
	_, p := siteOf(t, deck, publication.Trust{})
	trust := pinnedTrust(t, deck, "deck/small")
	made := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	add := func(n byte, s *attest.Statement, err error, change func(*attest.Attestation)) *attest.Attestation {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		a, err := attest.Sign(t.Context(), s, keyOf(t, n))
		if err != nil {
			t.Fatal(err)
		}
		if change != nil {
			change(a)
		}
		data, err := a.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		trust.Attestations = append(trust.Attestations, attest.File{Name: fmt.Sprint(len(trust.Attestations)), Data: data})
		return a
	}
	var back *attest.Attestation
	for n := range byte(4) {
		d := attest.NewDraft(attest.CurationName)
		d.Role, d.Statement, d.Detail.Curation.Standard, d.Detail.Curation.Sample = "museum", "All cards were looked at."+strings.Repeat(" long", 100), "house rules", 3
		if n == 1 {
			d.Expires = "2026-02-03T00:00:00Z"
		}
		s, err := d.New(attest.Making{About: attest.TargetOfDeck(p.Deck), Basis: attest.FromPublication, Now: made}, keyOf(t, n).Identity(), attest.Ed25519)
		var change func(*attest.Attestation)
		if n == 3 {
			change = func(a *attest.Attestation) { a.Signature[3] ^= 1 }
		}
		if a := add(n, s, err, change); n == 2 {
			back = a
		}
	}
	s, err := back.Withdraw("seen too late", made)
	add(2, s, err, nil)
	trust.Attest = attest.Options{Now: made.AddDate(0, 6, 0), Trust: &attest.Trust{Keys: []attest.TrustedKey{{Name: "Aunt Ada", Identity: keyOf(t, 0).Identity().String(), Roles: []string{"museum"}}}}}
	of, opened := siteOf(t, deck, trust)
	if of.Level != verifier.Proven || len(of.Attested.Attestations) != 5 {
		t.Fatalf("%s, %+v", of.Level, of.Attested)
	}
	return writeSite(t, of, opened.Source(), nil)
}

// pinnedTrust pins the key of a published folder, as a release would.
func pinnedTrust(t *testing.T, dir, circuit string) publication.Trust {
	t.Helper()
	key, err := verifier.ParseKey(read(t, dir, "verifying.key"))
	if err != nil {
		t.Fatal(err)
	}
	system, known := circuits.Digest(circuit)
	if !known {
		t.Fatalf("%s has no digest", circuit)
	}
	return publication.Trust{Pinned: []circuits.KeyPin{{Circuit: circuit, System: system, Key: key.Digest()}}}
}

// On no page of a site, whatever was found, does axe-core find anything, by day and by night, closed and
// all open; the first on a disk too, where images wait for their folder.
func TestSlowSite_KeepsNobodyOut(t *testing.T) {
	source := axe(t)
	b := startBrowser(t)
	seen := 0
	var p *tab
	look := func(state string) {
		t.Helper()
		for _, scheme := range []string{"light", "dark"} {
			p.resize(t, 1280, 900, scheme)
			seen++
			for _, v := range eval[[]violation](t, p, `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`) {
				nodes, _ := json.Marshal(v.Nodes[:min(3, len(v.Nodes))])
				t.Errorf("%s, %s: %s (%s): %s", state, scheme, v.ID, v.Impact, nodes)
			}
		}
	}
	for _, row := range []struct {
		state, dir string
		pages      []string
	}{
		{"amber", siteFolder(t, deck), []string{"index.html", "tokens/5.html", "proof.html"}},
		{"proven and attested", attestedFolder(t), []string{"index.html", "tokens/5.html", "proof.html"}},
		{"rejected", siteFolder(t, copied(t, deck, "cards/5.json", flip)), []string{"index.html", "tokens/5.html", "proof.html"}},
		{"a drawn drop", siteFolder(t, published), []string{"index.html", "tokens/2.html", "proof.html"}},
		{"proven pictures", siteFolder(t, pictured), []string{"tokens/1.html"}},
		{"a preview", previewFolder(t), []string{"index.html", "tokens/5.html", "proof.html"}},
	} {
		bases := both(t, row.dir)
		if row.state != "amber" {
			bases = bases[1:]
		}
		for _, base := range bases {
			for _, page := range row.pages {
				p = b.open(t, base+page, "")
				p.wait(t, `document.readyState === "complete" && (document.getElementById("tools") === null || !document.getElementById("tools").hidden)`)
				p.do(t, "Runtime.evaluate", map[string]any{"expression": source}, nil)
				state := fmt.Sprintf("%s, %.4s, %s", row.state, base, page)
				look(state)
				if eval[int](t, p, `document.querySelectorAll("details").forEach((d) => (d.open = true)), document.querySelectorAll("details").length`) > 0 {
					look(state + ", all open")
				}
			}
		}
	}
	if seen < 2*18+20 { // each page by day and by night, those with something to open once more
		t.Errorf("axe looked at %d states", seen)
	}
	eval[any](t, p, `document.querySelector("main").append(document.createElement("img"))`)
	if n := eval[int](t, p, `axe.run(document, { runOnly: ["image-alt"] }).then((r) => r.violations.length)`); n != 1 {
		t.Errorf("axe finds %d images without words", n)
	}
}
