package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// importShape imports one of engine's sample collections into a new folder.
func importShape(t *testing.T, shape string, more ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "deck")
	from := filepath.Join("../../engine/testdata", shape)
	if shape == "table" {
		more = append(more, "--template", filepath.Join(from, "template.json"))
		from = filepath.Join(from, "cards.csv")
	}
	succeed(t, append([]string{"import", from, "--out", dir}, more...)...)
	return dir
}

// Collections in all shapes become decks, and their documents stay as they are.
func TestDeck_EveryShapeIsProven(t *testing.T) {
	for _, shape := range []string{"hashlips", "nftchef", "opensea", "repeated", "leftout", "plain", "nested", "nonjson", "table"} {
		t.Run(shape, func(t *testing.T) {
			dir := importShape(t, shape, "--images", "keep")
			succeed(t, "check", "--drop", dir)
			succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
			succeed(t, "prove", "--drop", dir, "--keys", sharedKeys)
			var r deckReport
			if err := json.Unmarshal([]byte(succeed(t, "verify", filepath.Join(dir, "out"), "--keys", sharedKeys, "--json").stdout), &r); err != nil {
				t.Fatal(err)
			}
			if !r.Counts.Complete || r.Verdict != "amber" {
				t.Errorf("verdict %s, counts %+v", r.Verdict, r.Counts)
			}
			succeed(t, "verify", filepath.Join(dir, "out", bundle.CARFile), "--keys", sharedKeys)
			if shape != "table" {
				compareDocuments(t, filepath.Join("../../engine/testdata", shape), dir, len(r.Cards))
			}
		})
	}
}

// compareDocuments sees that each published document is a file of the collection, and each such
// file a document.
func compareDocuments(t *testing.T, from, dir string, cards int) {
	t.Helper()
	source := map[string]bool{}
	err := filepath.Walk(from, func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() && filepath.Ext(path) != ".png" && !strings.HasPrefix(info.Name(), "_") {
			var data []byte
			data, err = os.ReadFile(path)
			source[string(data)] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	k := 4
	if strings.Contains(readText(t, filepath.Join(dir, "drop.yaml")), "deck/standard") {
		k = 16
	}
	for n := range cards {
		path := filepath.Join(dir, "out", bundle.CardDocumentPath(uint64(n), uint64(cards), k))
		if !source[readText(t, path)] {
			t.Errorf("%s is not byte for byte what the engine wrote", path)
		}
	}
}

func readText(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func circuitOf(t *testing.T, dir string) string {
	t.Helper()
	_, rest, ok := strings.Cut(readText(t, filepath.Join(dir, "drop.yaml")), "circuit: ")
	if !ok {
		t.Fatal("drop.yaml names no circuit")
	}
	return strings.Fields(rest)[0]
}

// Cards that break the rule, or that their documents contradict, are all told at once, and
// nothing is proven.
func TestDeck_RefusesWhatCannotBeProven(t *testing.T) {
	dir := importShape(t, "hashlips", "--hidden", "../../engine/testdata/hidden/claims.csv")
	replace(t, filepath.Join(dir, "policy.cel"), "// name: everything\ntrue", "// name: safe\nclaim.safety >= 0.95\n\n// name: consents\n&& claim.consent")
	document := filepath.Join(dir, "documents", "11.json")
	replace(t, document, "\"trait_type\": \"Wings\"", "\"trait_type\": \"licence\"")
	r := expect(t, console.ExitRejected, "check", "--drop", dir)
	for _, want := range []string{`rule "safe": cards 1,`, `rule "consents": cards 1,`, "card 11: its document", "which the deck keeps hidden"} {
		if !strings.Contains(r.stdout, want) {
			t.Errorf("check does not say %q:\n%s", want, r.stdout)
		}
	}
	succeed(t, "setup", "--drop", dir, "--keys", sharedKeys)
	if r := expect(t, console.ExitTrouble, "prove", "--drop", dir, "--keys", sharedKeys); !strings.Contains(r.stderr, `rule "safe"`) || !strings.Contains(r.stderr, "genproof check shows all of it") {
		t.Errorf("prove says %s", r.stderr)
	}
	if _, err := os.Stat(filepath.Join(dir, "out")); err == nil {
		t.Error("something was written")
	}
}

// Hidden values and secrets are in nothing that a deck's verbs print, log or write for others.
func TestDeck_CanariesStayHidden(t *testing.T) {
	const canary = "CANARY-c0ffee-licence"
	hidden := filepath.Join(t.TempDir(), "hidden.csv")
	if err := os.WriteFile(hidden, []byte("card,licence,score\n0,"+canary+",314159265\n1,"+canary+"-2,271828182\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := importShape(t, "hashlips", "--hidden", hidden)
	replace(t, filepath.Join(dir, "policy.cel"), "// name: everything\ntrue", "!has(claim.score) || claim.score > 1000")
	secrets := readText(t, filepath.Join(dir, "secrets.yaml"))
	canaries := []string{canary, "314159265", "271828182"}
	for _, line := range strings.Split(secrets, "\n") {
		if _, value, ok := strings.Cut(line, ": \""); ok && !strings.HasPrefix(line, "#") {
			canaries = append(canaries, strings.TrimSuffix(value, "\""))
		}
	}
	if len(canaries) < 6 {
		t.Fatal("the secrets were not found")
	}
	var said bytes.Buffer
	for _, args := range [][]string{
		{"check", "--drop", dir, "--values"}, {"check", "--drop", dir, "--json"}, {"setup", "deck/small", "--keys", sharedKeys},
		{"prove", "--drop", dir, "--keys", sharedKeys, "--log-level", "debug"}, {"verify", filepath.Join(dir, "out"), "--json"}, {"inspect", dir}, {"inspect", filepath.Join(dir, "out")},
		{"import", "../../engine/testdata/hashlips", "--out", dir, "--hidden", hidden},
		{"prove", "--drop", dir, "--keys", sharedKeys, "--out", filepath.Join(dir, "out")},
	} {
		r := call("", args...)
		said.WriteString(r.stdout + r.stderr)
	}
	look := func(where, text string) {
		for _, c := range canaries {
			if strings.Contains(text, c) {
				t.Errorf("%s holds a hidden value", where)
			}
		}
	}
	look("what was printed", said.String())
	err := filepath.Walk(filepath.Join(dir, "out"), func(path string, info os.FileInfo, err error) error {
		if err == nil && info.Mode().IsRegular() {
			look(path, readText(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"claims.csv", "secrets.yaml"} {
		if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, want mode 0600", name, info)
		}
	}
}

// Verbs for drawn drops say so of a deck's folder.
func TestDeck_IsNoDrawnDrop(t *testing.T) {
	dir := importShape(t, "hashlips")
	for _, args := range [][]string{{"commit", "--drop", dir}, {"export", "solidity", "--standard", "--drop", dir}} {
		r := call("", args...)
		if r.code == 0 || !strings.Contains(r.stderr, "this is a deck's folder, and this command is for drawn drops") {
			t.Errorf("%s: exit %d, %s", args[0], r.code, r.stderr)
		}
	}
}

// Nothing hidden is shown by its file's name.
func TestDeck_InspectShowsNoHiddenFile(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"secrets.yaml", "claims.csv", "facts.yaml", "seed.hex"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("CANARY"), 0o600); err != nil {
			t.Fatal(err)
		}
		if r := expect(t, console.ExitTrouble, "inspect", filepath.Join(dir, name)); !strings.Contains(r.stderr, "hidden values") || strings.Contains(r.stderr+r.stdout, "CANARY") {
			t.Errorf("%s: %s", name, r.stderr)
		}
	}
}

// An interrupted job leaves whole files and goes on where it was.
func TestDeck_ContinuesAndAddsBatches(t *testing.T) {
	dir := importShape(t, "hashlips")
	succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
	if r := succeed(t, "prove", "--drop", dir, "--keys", sharedKeys, "--batches", "1"); !strings.Contains(r.stdout, "1 batch proven") {
		t.Errorf("%s", r.stdout)
	}
	r := succeed(t, "verify", filepath.Join(dir, "out"))
	if !strings.Contains(r.stdout, "not checked") {
		t.Errorf("a part of a deck: %s", r.stdout)
	}
	if r := succeed(t, "prove", "--drop", dir, "--keys", sharedKeys); !strings.Contains(r.stdout, "2 batches proven, 1 there already") {
		t.Errorf("%s", r.stdout)
	}
	one := filepath.Join(dir, "out", bundle.BatchPath(1))
	if err := os.WriteFile(one, []byte("{}"), 0o644); err != nil {
		t.Fatal(err)
	}
	if r := expect(t, console.ExitTrouble, "prove", "--drop", dir, "--keys", sharedKeys); !strings.Contains(r.stderr, "delete it to prove the batch again") {
		t.Errorf("%s", r.stderr)
	}
	expect(t, console.ExitRejected, "verify", filepath.Join(dir, "out"))
}

// Reservations decide where --require says so, and names that are none are told.
func TestDeck_RequireTurnsReservationsIntoRejection(t *testing.T) {
	dir := importShape(t, "hashlips")
	succeed(t, "setup", circuitOf(t, dir), "--keys", sharedKeys)
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys)
	out := filepath.Join(dir, "out")
	for require, code := range map[string]int{"key": console.ExitRejected, "all": console.ExitRejected, "sealed": console.ExitOK, "sealed,assignment": console.ExitRejected, "luck": console.ExitTrouble} {
		expect(t, code, "verify", out, "--require", require)
	}
	expect(t, console.ExitOK, "verify", out, "--cards", "0-2,7")
	if r := decode[deckReport](t, succeed(t, "verify", out, "--tokens", "2,12", "--json")); len(r.Cards) != 2 || r.Cards[0].Card != 1 || r.Cards[1].Card != 11 {
		t.Errorf("tokens 2 and 12: %+v", r.Cards)
	}
	for _, tokens := range []string{"0", "13", "1-13"} {
		expect(t, console.ExitTrouble, "verify", out, "--tokens", tokens)
	}
	if r := expect(t, console.ExitTrouble, "prove", "--drop", dir, "--keys", sharedKeys, "--out", dir); !strings.Contains(r.stderr, "is a drop's folder") {
		t.Errorf("proving into the deck's own folder: %s", r.stderr)
	}
	one := filepath.Join(t.TempDir(), "card.json")
	succeed(t, "export", "card", out, "5", "--out", one)
	if r := succeed(t, "verify", one); !strings.Contains(r.stdout, "1 of 12 cards checked") || !strings.Contains(r.stdout, "honest (5 reservations): 1 card") ||
		!strings.Contains(r.stdout, "proven: ") || !strings.Contains(r.stdout, "the author's words") {
		t.Errorf("one card alone: %s", r.stdout)
	}
	expect(t, console.ExitTrouble, "export", "card", out, "12", "--out", one)
	expect(t, console.ExitTrouble, "verify", out, "--cards", "12")
	expect(t, console.ExitTrouble, "mint", out, "--rpc", "http://127.0.0.1:1", "--key-file", "x")
}

// What is rejected makes no promise, and what is missing or unread is a reservation.
func TestDeck_PromisesOnlyWhatHolds(t *testing.T) {
	dir := importShape(t, "nonjson")
	if r := succeed(t, "check", "--drop", dir); !strings.Contains(r.stdout, "NOT READABLE: cards 0, 1, 2, 3, 4:") {
		t.Errorf("check: %s", r.stdout)
	}
	succeed(t, "setup", "--drop", dir, "--keys", sharedKeys)
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys, "--batches", "0")
	out := filepath.Join(dir, "out")
	text := succeed(t, "verify", out, "--keys", sharedKeys).stdout
	for _, want := range []string{"4 of 5 cards checked", "- unread: Of what 4 cards show nothing is proven", "- complete: 4 of the deck's 5 cards hold here", "- not checked: the files of images", "Fixed for each card"} {
		if !strings.Contains(text, want) {
			t.Errorf("verify does not say %q: %s", want, text)
		}
	}
	for _, name := range []string{"unread", "complete"} {
		expect(t, console.ExitRejected, "verify", out, "--keys", sharedKeys, "--require", name)
	}
	if r := decode[deckReport](t, expect(t, console.ExitRejected, "verify", out, "--keys", sharedKeys, "--json", "--require", "unread,sealed,home")); !slices.Equal(r.Unmet, []string{"unread", "home"}) {
		t.Errorf("required and left: %v", r.Unmet)
	}
	one := filepath.Join(t.TempDir(), "card.json")
	succeed(t, "export", "card", out, "3", "--out", one)
	complains(t, console.ExitTrouble, "batch 1, which card 4 is in, is not published here", "export", "card", out, "4", "--out", one)
	complains(t, console.ExitTrouble, "the file holds card 3 and no other", "verify", one, "--cards", "2")
	if r := expect(t, console.ExitRejected, "verify", one, "--drop", copiedWithOtherModel(t, out)); !strings.Contains(r.stdout, "rejected: the file is about a card of another deck") {
		t.Errorf("another deck: %s", r.stdout)
	}
	for _, part := range []string{"drop.json", "batches/0.json", "cards/3.json"} {
		complains(t, console.ExitTrouble, "says nothing alone", "verify", filepath.Join(out, part))
	}
	document := filepath.Join(out, "documents", "0", "3.json")
	write(t, document, readText(t, document)+" ")
	if text := expect(t, console.ExitRejected, "verify", out, "--keys", sharedKeys).stdout; strings.Contains(text, "Fixed for each card") || strings.Contains(text, "the rule that was proven") || strings.Contains(text, "- key:") {
		t.Errorf("what is rejected makes a promise: %s", text)
	}
	for _, args := range [][]string{{"prove", "--drop", newDrop(t), "--tokens", "1", "--reveal"}, {"prove", "--drop", newDrop(t), "--batches", "0"}, {"verify", publishedCopy(t), "--cards", "1"}} {
		complains(t, console.ExitTrouble, "for decks, and this is a drawn drop", args...)
	}
}

// copiedWithOtherModel is a description of another deck of the same form.
func copiedWithOtherModel(t *testing.T, out string) string {
	t.Helper()
	d, err := bundle.UnmarshalDeck(read(t, out, "drop.json"))
	if err != nil {
		t.Fatal(err)
	}
	d.Commitments.Model.SetOne()
	data, err := d.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "drop.json")
	write(t, path, string(data))
	return path
}

// Documents that a few guesses find are not sealed by their digests.
func TestDeck_WarnsOfSealedDocumentsThatCanBeGuessed(t *testing.T) {
	dir := importShape(t, "hashlips")
	replace(t, filepath.Join(dir, "drop.yaml"), "documents: open", "documents: sealed")
	succeed(t, "setup", "--drop", dir, "--keys", sharedKeys)
	if r := succeed(t, "prove", "--drop", dir, "--keys", sharedKeys, "--batches", "0"); !strings.Contains(r.stderr, "CAN BE GUESSED") {
		t.Errorf("prove does not warn: %s", r.stderr)
	}
	again := importShape(t, "hashlips")
	if err := os.Remove(filepath.Join(again, "documents", "7.json")); err != nil {
		t.Fatal(err)
	}
	complains(t, console.ExitTrouble, "documents/7.json: there is no such file", "check", "--drop", again)
	if ignored := readText(t, filepath.Join(dir, ".gitignore")); !strings.Contains(ignored, "documents/\nimages/\n") {
		t.Errorf("sealed documents are not kept out of a repository: %s", ignored)
	}
}

// A document cannot write lines of the verdict.
func TestSayCard_KeepsTextsInTheirLines(t *testing.T) {
	var out bytes.Buffer
	p := &program{Console: console.Console{Stdout: &out}}
	const forged = "Fox\nproven (0 reservations): 10000 cards"
	p.sayCard(&verdict.Card{
		Verdict: verifier.Amber, Name: forged, Attributes: []verdict.Attribute{{Label: forged, Value: forged}},
		Addresses: []verdict.Address{{Member: "image", Address: forged}}, Words: []string{forged}, Unread: forged,
	})
	for line := range strings.Lines(out.String()) {
		if !strings.HasPrefix(line, "  ") {
			t.Errorf("a document wrote the line %q", line)
		}
	}
	if row := tokenRow(verdict.Token{File: forged, Verdict: verifier.Rejected, Reason: forged}); strings.Contains(strings.Join(row, ""), "\n") {
		t.Errorf("a token's file of two lines: %q", row)
	}
	if row := cardRow(verdict.Card{Reason: forged}); strings.Contains(row[2], "\n") {
		t.Errorf("a reason of two lines: %q", row[2])
	}
}
