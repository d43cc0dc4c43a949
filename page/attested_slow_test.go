//go:build prover_checks

package page

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
)

// signedFiles writes attestations about the tests' deck that hold, are expired and refused, and are about another
// deck, and a trust file; says is what the first one says.
func signedFiles(t *testing.T, says string) (dir string, attestations []string, trust string) {
	t.Helper()
	p, err := publication.Open(deck, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	dir = t.TempDir()
	for n := range byte(4) {
		d := attest.NewDraft(attest.CurationName)
		d.Role, d.Statement, d.Detail.Curation.Standard = "museum", says, "house rules"
		about := *p.Deck
		switch n {
		case 1:
			d.Expires = "2026-02-03T00:00:00Z"
		case 3:
			about.Commitments.Model.SetOne()
		}
		s, err := d.New(attest.Making{About: attest.TargetOfDeck(&about), Basis: attest.FromCards, Now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}, keyOf(t, n).Identity(), attest.Ed25519)
		if err != nil {
			t.Fatal(err)
		}
		a, err := attest.Sign(t.Context(), s, keyOf(t, n))
		if err != nil {
			t.Fatal(err)
		}
		if n == 2 {
			a.Signature[3] ^= 1
		}
		data, err := a.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%d.json", n)
		put(t, dir, name, data)
		attestations = append(attestations, filepath.Join(dir, name))
	}
	put(t, dir, "trust.json", fmt.Appendf(nil, `{"version": 1, "kind": "trust", "keys": [{"name": "Aunt Ada", "identity": %q, "roles": ["museum"], "from": "", "until": "", "published": ""}], "withdrawn": []}`, keyOf(t, 0).String()))
	return dir, attestations, filepath.Join(dir, "trust.json")
}

// packFiles is a pack of evidence of the tests' deck with these attestations, in memory.
func packFiles(t *testing.T, dir string, more map[string][]byte) map[string][]byte {
	t.Helper()
	p := evidence.Packing{Head: evidence.Head{
		Version: 1, Kind: evidence.KindPack, MadeAt: "2026-01-02T03:04:05Z", By: evidence.Maker{Name: "✓ proven", Role: "counsel", Method: "by hand"}, For: "court",
		Command: "genproof evidence", Verifier: evidence.Verifier{Version: "v0", Go: "go1"}, LeftOut: []evidence.LeftOut{{Name: "contract"}}, NotChecked: []string{},
	}}
	add := func(name string, data []byte) {
		p.Inputs = append(p.Inputs, evidence.Bytes(name, "publication", "a test", data))
	}
	for _, pattern := range []string{"drop.json", "policy.cel", "verifying.key", "batches/*", "cards/*", "documents/0/*"} {
		list, err := filepath.Glob(filepath.Join(deck, pattern))
		if err != nil || len(list) == 0 {
			t.Fatal(pattern, err)
		}
		for _, path := range list {
			name, err := filepath.Rel(deck, path)
			if err != nil {
				t.Fatal(err)
			}
			add("publication/"+filepath.ToSlash(name), read(t, path))
		}
	}
	for n := range 4 {
		add(fmt.Sprintf("attestations/%d.json", n), read(t, dir, fmt.Sprintf("%d.json", n)))
	}
	add("trust.json", read(t, dir, "trust.json"))
	for name, data := range more {
		add(name, data)
	}
	list, err := evidence.Pack(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, x := range list {
		r, err := x.Open()
		if err == nil {
			files[x.Path], err = io.ReadAll(r)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// zipped writes files as a zip.
func zipped(t *testing.T, files map[string][]byte) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, data := range files {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put(t, dir, "pack.zip", out.Bytes())
	return filepath.Join(dir, "pack.zip")
}

const resultText = `document.getElementById("result").textContent`

// Attestations and a trust file that a reader gives are judged with the deck, in whatever order they come.
func TestSlowPage_JudgesAttestations(t *testing.T) {
	_, attestations, trust := signedFiles(t, "All cards were looked at.")
	car := filepath.Join(deck, bundle.CARFile)
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	check := func(what, known string) {
		t.Helper()
		text := eval[string](t, p, `document.getElementById("attested").textContent`)
		for _, want := range []string{"It standsholds", "It standsexpired: by its own word at 2026-02-03T00:00:00Z", "It standsrefused: the signature is not the signer’s", "refused: it is about another deck or drop", known, "computed from all cards, with what they hide", "Said to be signed by"} {
			if !strings.Contains(strings.ReplaceAll(text, "'", "’"), want) {
				t.Errorf("%s: the page does not say %q: %s", what, want, text)
			}
		}
	}
	if got := p.judged(t, "files", append([]string{car, trust}, attestations...)...); got.Level != "amber" || got.Line != honest+" (4 reservations): 12 cards" && got.Line != honest+" (5 reservations): 12 cards" {
		t.Errorf("all together: %+v", got)
	}
	check("all together", "Aunt Ada, as your trust file says")
	eval[any](t, p, `document.getElementById("own-clear").click()`)
	p.wait(t, `document.getElementById("busy").hidden && document.getElementById("attested") === null && document.querySelector("#result .verdict") !== null`)
	p.judged(t, "files", attestations...)
	check("after the deck, with no trust file", "unknown to you for this role")
	eval[any](t, p, `document.getElementById("result").replaceChildren()`)
	p.give(t, "own-trust", trust)
	p.verdict(t)
	check("then the trust file", "Aunt Ada, as your trust file says")
	q := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	if got := q.judged(t, "files", append([]string{trust}, attestations...)...); got.Level != "not checked" || !strings.Contains(got.Line, "what was signed is kept until there is one") {
		t.Errorf("attestations alone: %+v", got)
	}
	p = q
	p.judged(t, "files", car)
	check("before the deck", "Aunt Ada, as your trust file says")
	// A trust file within a published folder is nobody's word.
	dir := copied(t, deck, "", nil)
	put(t, dir, "trust.json", read(t, trust))
	put(t, dir, "attestations/0.json", read(t, attestations[0]))
	fresh := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	fresh.judged(t, "folder", dir)
	if text := eval[string](t, fresh, `document.getElementById("attested").textContent`); strings.Contains(text, "Aunt Ada") || !strings.Contains(text, "unknown to you for this role") {
		t.Errorf("a trust file that is published: %s", text)
	}
	fresh.quiet(t)
	q.quiet(t)
}

// A pack of evidence is judged in each of its forms, and nothing that is hidden in it is shown.
func TestSlowPage_JudgesPacks(t *testing.T) {
	const canary = "canary-7f3a-hidden"
	dir, _, _ := signedFiles(t, "All cards were looked at.")
	files := packFiles(t, dir, map[string][]byte{"hidden/prompts.txt": []byte(canary)})
	folder := filepath.Join(t.TempDir(), "pack")
	for name, data := range files {
		put(t, folder, name, data)
	}
	whole := zipped(t, files)
	archive := packed(t, folder)
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	for what, row := range map[string][2]string{"zip": {"files", whole}, "CAR": {"files", archive}, "folder": {"folder", folder}} {
		got := p.judged(t, row[0], row[1])
		if got.Level != "amber" || !strings.HasPrefix(got.Line, "the pack holds; its publication: "+honest) {
			t.Errorf("%s: %+v", what, got)
		}
		text := eval[string](t, p, resultText)
		for _, want := range []string{"is the one that its files give, to the byte", "Aunt Ada", "this pack was made", "Signed bynobody", "contract: 0000"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the page does not say %q: %s", what, want, text)
			}
		}
		if html := eval[string](t, p, `document.documentElement.outerHTML`); strings.Contains(html, canary) {
			t.Errorf("%s: the page shows what is hidden", what)
		}
	}
	changed := map[string][]byte{}
	for name, data := range files {
		changed[name] = data
	}
	changed["publication/cards/1.json"] = changed["publication/cards/2.json"]
	if got := p.judged(t, "files", zipped(t, changed)); got.Level != "rejected" || got.Line != "replaced: publication/cards/1.json has other bytes than the manifest says" {
		t.Errorf("a card replaced: %+v", got)
	}
	cut := filepath.Join(t.TempDir(), "cut.zip")
	put(t, filepath.Dir(cut), "cut.zip", read(t, whole)[:9000])
	if got := p.judged(t, "files", cut); got.Level != "not checked" || !strings.Contains(got.Line, "damaged") {
		t.Errorf("a zip that is cut: %+v", got)
	}
	put(t, filepath.Dir(cut), "pack.age", []byte("age-encryption.org/v1\n-> X25519 abc"))
	if got := p.judged(t, "files", filepath.Join(filepath.Dir(cut), "pack.age")); got.Level != "not checked" || !strings.Contains(got.Line, "encrypted") {
		t.Errorf("an encrypted pack: %+v", got)
	}
	p.quiet(t)
}

// What signers and packers write runs nothing, loads nothing and pretends nothing.
func TestSlowPage_TrustsNoSigner(t *testing.T) {
	counter := newCounter(t)
	says := strings.Join(injections(counter.URL), " ") + " ✓ proven"
	dir, attestations, trust := signedFiles(t, says)
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	p.judged(t, "files", append([]string{filepath.Join(deck, bundle.CARFile), trust}, attestations...)...)
	look := func(what string) {
		t.Helper()
		if n := eval[int](t, p, `document.querySelectorAll("#result :is(script, style, link, iframe, object, base, form, a, img[src^='http'])").length`); n > 0 {
			t.Errorf("%s: %d elements of a signer's", what, n)
		}
		if text := eval[string](t, p, `document.getElementById("attested").textContent`); !strings.Contains(text, "onerror=") {
			t.Errorf("%s: what signers say is shown in another way: %s", what, text)
		}
		if eval[bool](t, p, `[...document.querySelectorAll("#attested bdi")].some((e) => [...e.childNodes].some((n) => n.nodeType === 3 && /[✓]/u.test(n.data)))`) {
			t.Errorf("%s: a signer's tick stands in no box", what)
		}
	}
	look("attestations")
	p.judged(t, "files", zipped(t, packFiles(t, dir, nil)))
	look("a pack")
	if n := counter.asked.Load(); n > 0 {
		t.Errorf("the page asked a signer's server %d times", n)
	}
	p.quiet(t)
}
