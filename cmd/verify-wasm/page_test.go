//go:build !js

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

const (
	published = "../../testdata/published"
	deck      = "../../testdata/deck"
)

// maxBrotli bounds what a page loads: bytes of the program after brotli at quality 11 with a
// window of 2^24. A program that prints JSON and does no more has 687,658 as Go's linker writes
// it. The goal is 1,300,000.
const maxBrotli = 1_120_000

// A call is one use of the program by a page. Its files are those of a base, if it names one,
// with these in their places; nil takes one away.
type call struct {
	Form  string            `json:"form"`
	Files map[string][]byte `json:"files"`
	Base  string            `json:"base,omitempty"`
}

type result struct {
	Answer json.RawMessage
	Steps  int
	Error  string
}

// An answered is an answer to genproofVerify: one of the verdicts.
type answered struct {
	drawn                       *verdict.Drawn
	deck                        *verdict.Deck
	claim                       *verdict.Claim
	disclosure                  *verdict.Disclosure
	raw                         json.RawMessage
	Line, Meaning, For, Expires string
	Hidden, Checks, Approved    []string
	Attested                    []struct{ Line, Basis string }
	Documents                   []struct {
		Name       string
		Attributes []verdict.Attribute
		Words      []string `json:"authors_words"`
		Addresses  []verdict.Address
	}
}

// answer reads an answer strictly: the verdict has the keys of FORMAT and no others.
func (r result) answer(t *testing.T, what string) *answered {
	t.Helper()
	if r.Answer == nil {
		t.Fatalf("%s: %s", what, r.Error)
	}
	var parts struct {
		answered
		Verdict json.RawMessage
	}
	if err := json.Unmarshal(r.Answer, &parts); err != nil {
		t.Fatalf("%s: %v: %s", what, err, r.Answer)
	}
	var into any = &parts.drawn
	switch {
	case bytes.Contains(parts.Verdict, []byte(`"cards":`)):
		into = &parts.deck
	case bytes.Contains(parts.Verdict, []byte(`"kind":"claim"`)):
		into = &parts.claim
	case bytes.Contains(parts.Verdict, []byte(`"kind":"disclosure"`)):
		into = &parts.disclosure
	}
	parts.raw = parts.Verdict
	d := json.NewDecoder(bytes.NewReader(parts.Verdict))
	if d.DisallowUnknownFields(); d.Decode(into) != nil {
		t.Fatalf("%s: %s", what, parts.Verdict)
	}
	return &parts.answered
}

func (a *answered) level() verifier.Level {
	switch {
	case a.deck != nil:
		return a.deck.Verdict
	case a.claim != nil:
		return a.claim.Verdict
	case a.disclosure != nil:
		return a.disclosure.Verdict
	}
	return a.drawn.Verdict
}

// native judges the same folder in this program.
func native(t *testing.T, list map[string][]byte) *answered {
	t.Helper()
	return nativeOf(t, list, publication.Trust{Attest: attest.Options{}})
}

// nativeOf judges a folder with what the caller trusts.
func nativeOf(t *testing.T, list map[string][]byte, trust publication.Trust) *answered {
	t.Helper()
	p, err := publication.Read(publication.Files(list), trust)
	if err != nil {
		return nil
	}
	a := new(answered)
	if p.Deck != nil {
		r, err := p.JudgeDeck(t.Context(), nil)
		if err != nil {
			return nil
		}
		a.deck = verdict.OfDeck(p, r, verdict.KeyAlong)
		a.Line = a.deck.Line()
		return a
	}
	r, err := p.Judge(t.Context())
	if err != nil {
		return nil
	}
	a.drawn = verdict.OfDrop(p, r, verdict.KeyAlong)
	a.Line = a.drawn.Line()
	return a
}

// filesBelow reads a published folder and its CAR.
func filesBelow(t *testing.T, published string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(published), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[path], err = os.ReadFile(filepath.Join(published, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// flipped returns the files with the lowest bit flipped at a place of one of them.
func flipped(files map[string][]byte, path string, place int) map[string][]byte {
	changed := map[string][]byte{}
	for name, data := range files {
		changed[name] = data
	}
	changed[path] = bytes.Clone(files[path])
	changed[path][place] ^= 1
	return changed
}

// withoutCAR is what a page gets that loads the folder: the CAR is another form of it.
func withoutCAR(files map[string][]byte) map[string][]byte {
	list := maps.Clone(files)
	delete(list, bundle.CARFile)
	return list
}

// with returns the files and one more.
func with(files map[string][]byte, name string, data []byte) map[string][]byte {
	list := maps.Clone(files)
	list[name] = data
	return list
}

// A session is calls to one instance, and what their results must be.
type session struct {
	calls  []call
	checks []func(t *testing.T, r result)
}

func (s *session) add(what string, c call, check func(t *testing.T, what string, r result)) {
	s.calls = append(s.calls, c)
	s.checks = append(s.checks, func(t *testing.T, r result) { t.Helper(); check(t, what, r) })
}

// asNative checks that the answer is what this program says of the same files, to the word.
func asNative(list map[string][]byte) func(*testing.T, string, result) {
	return func(t *testing.T, what string, r result) {
		t.Helper()
		want := native(t, list)
		if want == nil || r.Answer == nil {
			if (want == nil) != (r.Answer == nil) {
				t.Errorf("%s: got %s%s, natively %+v", what, r.Answer, r.Error, want)
			}
			return
		}
		got := r.answer(t, what)
		if !reflect.DeepEqual(got.drawn, want.drawn) || !reflect.DeepEqual(got.deck, want.deck) || got.Line != want.Line {
			t.Errorf("%s: got %+v %+v, natively %+v %+v", what, got.drawn, got.deck, want.drawn, want.deck)
		}
	}
}

// spoiled checks that a bit's flip was refused, as natively.
func spoiled(list map[string][]byte) func(*testing.T, string, result) {
	return func(t *testing.T, what string, r result) {
		t.Helper()
		asNative(list)(t, what, r)
		if r.Answer != nil && r.answer(t, what).level() != verifier.Rejected {
			t.Errorf("%s: got %s", what, r.Answer)
		}
	}
}

// holds checks the report on the published drop.
func holds(t *testing.T, what string, r result) {
	t.Helper()
	a := r.answer(t, what)
	if a.drawn == nil || a.drawn.Verdict != verifier.Amber || a.drawn.Reason != "" || len(a.drawn.Tokens) != 3 || len(a.drawn.NotChecked) == 0 {
		t.Fatalf("%s: got %+v", what, a.drawn)
	}
	if d := a.Documents[1]; len(a.Documents) != 3 || d.Name != "Nebula Foxes #2" || len(d.Attributes) != 2 || d.Attributes[1] != (verdict.Attribute{Label: "Eyes", Value: "Round"}) || len(d.Addresses) != 1 || !d.Addresses[0].Fixed {
		t.Errorf("%s: the documents say %+v", what, a.Documents)
	}
	if fmt.Sprint(a.Hidden) != "[Lineage license safety consent]" || !strings.HasPrefix(a.Meaning, "Each document has the traits") {
		t.Errorf("%s: hidden are %v, and it means %q", what, a.Hidden, a.Meaning)
	}
}

// said checks a verdict and its line.
func said(level verifier.Level, line string) func(*testing.T, string, result) {
	return func(t *testing.T, what string, r result) {
		t.Helper()
		if a := r.answer(t, what); a.level() != level || a.Line != line {
			t.Errorf("%s: got %s: %q, want %s: %q", what, a.level(), a.Line, level, line)
		}
	}
}

// failed checks that the promise was rejected, with an Error.
func failed(t *testing.T, what string, r result) {
	t.Helper()
	if r.Answer != nil || r.Error == "" || strings.HasPrefix(r.Error, "not an Error") {
		t.Errorf("%s: got %s, %q", what, r.Answer, r.Error)
	}
}

// told checks that the page was told of progress.
func told(check func(*testing.T, string, result)) func(*testing.T, string, result) {
	return func(t *testing.T, what string, r result) {
		t.Helper()
		if check(t, what, r); r.Steps < 3 {
			t.Errorf("%s: told of %d steps", what, r.Steps)
		}
	}
}

const honest = "holds only if the maker of this key was honest"

// addDrawn has the published drop judged in every form, and whatever else a page may hand over:
// the hostile calls stand between good ones, since the instance must go on after them.
func (s *session) addDrawn(t *testing.T) {
	files := filesBelow(t, published)
	list, car := withoutCAR(files), map[string][]byte{bundle.CARFile: files[bundle.CARFile]}
	s.add("folder", call{Form: "files", Files: list}, holds)
	s.add("folder", call{Form: "files", Files: list}, asNative(list))
	s.add("CAR", call{Form: "car", Files: car}, holds)
	s.add("folder by readers", call{Form: "readers of files", Files: list}, told(holds))
	s.add("CAR by a reader", call{Form: "reader of a CAR", Files: car}, told(holds))
	s.add("a key of one's own", call{Form: "a key of one's own", Files: list}, holds)
	for path, data := range list {
		lie := flipped(list, path, len(data)/2)
		s.add(path+" with a bit flipped", call{Form: "files", Files: lie}, spoiled(lie))
	}
	proof := bytes.Index(list["bundles/2.json"], []byte(`"proof": "0x`)) + len(`"proof": "0x`)
	lie := flipped(list, "bundles/2.json", proof+3)
	s.add("a digit of a proof changed", call{Form: "files", Files: lie}, spoiled(lie))
	for _, place := range []int{40, len(car[bundle.CARFile]) / 2, len(car[bundle.CARFile]) - 1} {
		s.add("CAR with a bit flipped", call{Form: "car", Files: flipped(car, bundle.CARFile, place)}, func(t *testing.T, what string, r result) {
			if a := r.answer(t, what); a.level() != verifier.Rejected || !strings.HasPrefix(a.Line, "rejected: the CAR is damaged: ") {
				t.Errorf("%s: got %q", what, a.Line)
			}
		})
	}
	twice, more := asOtherTools(car[bundle.CARFile])
	s.add("CAR with all blocks twice", call{Form: "car", Files: with(car, bundle.CARFile, twice)}, holds)
	s.add("CAR with more than the drop", call{Form: "car", Files: with(car, bundle.CARFile, more)}, func(t *testing.T, what string, r result) {
		if failed(t, what, r); !strings.Contains(r.Error, "the CAR holds more than the drop: ") {
			t.Errorf("%s: %s", what, r.Error)
		}
	})
	b, err := bundle.Unmarshal(list["bundles/2.json"])
	if err != nil {
		t.Fatal(err)
	}
	s.add("a token and its document", call{Form: "a token", Files: with(list, "document", []byte(b.Document))}, said(verifier.Amber, honest+" (4 reservations): 1 token"))
	s.add("a token and another document", call{Form: "a token", Files: with(list, "document", []byte(b.Document+" "))}, said(verifier.Rejected, "rejected: 1 of 1 tokens are"))
	for _, form := range []string{
		"another key", "null for a key", "null for a description", "undefined", "null", "number", "text",
		"empty object", "car of text", "car of null", "car of words",
		"no files", "files of null", "files of numbers", "files of a proxy", "throwing getter",
		"a token without its drop", "a reader that throws", "a reader that lies", "a reader of no size", "progress of text",
		"a document and a folder", "addresses of numbers",
	} {
		s.add(form, call{Form: form, Files: list}, failed)
	}
	for _, form := range []string{"empty car", "car of a lying length"} {
		s.add(form, call{Form: form, Files: list}, said(verifier.Rejected, "rejected: the CAR is damaged: too short for a CAR"))
	}
	s.add("folder, after all that", call{Form: "files", Files: list}, holds)
}

// addDeck has the published deck judged, whole and a card of it, honest and not.
func (s *session) addDeck(t *testing.T) {
	files := filesBelow(t, deck)
	list := withoutCAR(files)
	s.add("deck", call{Form: "files", Files: list}, said(verifier.Amber, honest+" (4 reservations): 12 cards"))
	s.add("deck", call{Form: "files", Files: list}, asNative(list))
	s.add("deck's CAR", call{Form: "reader of a CAR", Files: files}, told(said(verifier.Amber, honest+" (4 reservations): 12 cards")))
	for _, path := range []string{"drop.json", "policy.cel", "verifying.key", "batches/1.json", "cards/5.json", "documents/0/05.json"} {
		lie := flipped(list, path, len(list[path])/2)
		s.add(path+" with a bit flipped", call{Form: "files", Files: lie}, spoiled(lie))
	}
	sealed := withoutCAR(list)
	delete(sealed, "batches/2.json")
	s.add("deck without a batch", call{Form: "files", Files: sealed}, asNative(sealed))

	p, err := publication.Read(publication.Files(list), publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.CardBundle(5)
	if err != nil {
		t.Fatal(err)
	}
	card, err := c.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	one, document := map[string][]byte{"card.json": card}, list["documents/0/05.json"]
	s.add("a card and its document", call{Form: "a card", Files: with(one, "document", document)}, func(t *testing.T, what string, r result) {
		a := r.answer(t, what)
		if a.deck == nil || a.Line != honest+" (5 reservations): 1 card" || len(a.deck.Cards) != 1 || a.deck.Cards[0].Card != 5 || len(a.deck.Cards[0].Attributes) != 3 {
			t.Errorf("%s: got %q, %+v", what, a.Line, a.deck)
		}
		if fmt.Sprint(a.Hidden) != "[licence safety consent prompt]" {
			t.Errorf("%s: hidden are %v", what, a.Hidden)
		}
	})
	s.add("a card and another document", call{Form: "a card", Files: with(one, "document", list["documents/0/06.json"])}, func(t *testing.T, what string, r result) {
		if a := r.answer(t, what); a.Line != "rejected: 1 of 1 cards are" || a.deck.Cards[0].Reason != "document: its SHA-256 is not the proven one" {
			t.Errorf("%s: got %q, %+v", what, a.Line, a.deck)
		}
	})
}

// TestPage_JudgesAsAPageCalls runs the program under node, all calls by one instance: it says
// what this program says of the same files, and after whatever a page hands over it goes on.
func TestPage_JudgesAsAPageCalls(t *testing.T) {
	var s session
	s.addDrawn(t)
	s.addDeck(t)
	s.addImages(t)
	s.addShown(t)
	s.addArchive(t)
	s.addAttested(t)
	s.addPacks(t)
	s.addDated(t)
	results, brotli := inPage(t, s.calls, nil)
	for i, r := range results {
		s.checks[i](t, r)
	}
	t.Logf("%d bytes with brotli, built by %s", brotli, runtime.Version())
	if brotli > maxBrotli {
		t.Errorf("the program has %d bytes with brotli, at most %d are for pages", brotli, maxBrotli)
	}
}
