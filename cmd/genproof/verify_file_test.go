package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/verifier"
)

// sold is a deck of 12 cards whose groups are admitted, and whose sale is open.
func sold(t *testing.T, deploy ...string) (w *saleWorld, contract string) {
	t.Helper()
	w = saleWorldOf(t)
	succeed(t, with("deploy", w.author, append(deploy, "--keys", sharedKeys)...)...)
	succeed(t, with("admit", w.author, "--keys", sharedKeys)...)
	succeed(t, append([]string{"sell", "open"}, append(w.author, "--price", "0", "--end", w.end().Format(time.RFC3339))...)...)
	return w, w.contract(t)
}

func (w *saleWorld) draw(t *testing.T) {
	t.Helper()
	succeed(t, with("mint", w.buyer, "--count", "11")...)
	w.passTo(t, w.round)
	succeed(t, with("reveal", w.buyer, "--signature", demoSignature)...)
}

// documentOf is where a card's document is.
func (w *saleWorld) documentOf(card uint64) string {
	return filepath.Join(w.out, filepath.FromSlash(bundle.CardDocumentPath(card, 12, 4)))
}

// A document alone: which card it is, and once that is drawn which token; or that it is none.
func TestVerifyFile_FindsADocument(t *testing.T) {
	w, contract := sold(t)
	ask := func(file string, more ...string) []string {
		return append([]string{"verify", file, "--rpc", w.rpc, "--contract", contract, "--keys", sharedKeys}, more...)
	}
	before := decode[lookup](t, succeed(t, ask(w.documentOf(7), "--json")...))
	if len(before.Matches) != 1 || *before.Matches[0].Card != 7 || before.Matches[0].Token != nil || before.Matches[0].State != "not drawn" || before.Verdict != verifier.Amber || !before.Contract.Deck {
		t.Errorf("before the reveal: %+v", before)
	}
	refuses(t, "not drawn yet", "leave --token out", ask(w.documentOf(7), "--token", "3")...)
	w.draw(t)
	published := decode[deckReport](t, succeed(t, ask(w.out, "--tokens", "all", "--json")...)).Chain.Tokens
	states := map[string]int{}
	for _, tk := range published {
		r := decode[lookup](t, succeed(t, ask(w.documentOf(tk.Card), "--json")...))
		if len(r.Matches) != 1 || *r.Matches[0].Card != tk.Card || *r.Matches[0].Token != tk.Token || r.Matches[0].URI != tk.URI || r.File.Kind != kindDocument {
			t.Errorf("token %d: %+v", tk.Token, r)
		}
		states[r.Matches[0].State]++
	}
	if states["minted"] != 11 || states["not minted"] != 1 {
		t.Errorf("states %v", states)
	}
	one, two := published[0], published[1]
	succeed(t, ask(w.documentOf(one.Card), "--token", fmt.Sprint(one.Token))...)
	r := decode[lookup](t, expect(t, console.ExitRejected, ask(w.documentOf(one.Card), "--token", fmt.Sprint(two.Token), "--json")...))
	if len(r.Matches) != 0 || r.Verdict != verifier.Rejected {
		t.Errorf("another token: %+v", r)
	}
	changed := filepath.Join(t.TempDir(), "changed.json")
	write(t, changed, readText(t, w.documentOf(3))+" ")
	if r := expect(t, console.ExitRejected, ask(changed)...); !strings.Contains(r.stdout, "rejected: it is the document of no card or token") {
		t.Errorf("a changed document: %s", r.stdout)
	}
	text := succeed(t, ask(w.documentOf(one.Card))...).stdout
	for _, want := range []string{fmt.Sprintf("token %d, card %d", one.Token, one.Card), "minted", one.URI, "holds only if the maker of this key was honest", "the document of 1 card"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	expect(t, console.ExitRejected, ask(w.documentOf(one.Card), "--require", "key:ceremony")...)
	refuses(t, "the contract has no document of token 99", "", ask(w.documentOf(3), "--token", "99")...)
	refuses(t, "--token is for a document or an image", "--tokens", ask(w.out, "--token", "3")...)
}

// An image alone is found in the documents, which a gateway or a folder has, each with its digest.
func TestVerifyFile_FindsAnImage(t *testing.T) {
	w, contract := sold(t)
	w.draw(t)
	images := treeOf(t, filepath.Join(w.out, bundle.ImagesDir))
	gateway := gatewayOf(t, filepath.Join(w.out, bundle.CARFile), images)
	ask := func(file string, more ...string) []string {
		return append([]string{"verify", file, "--rpc", w.rpc, "--contract", contract, "--keys", sharedKeys}, more...)
	}
	list, err := os.ReadDir(filepath.Join(w.out, bundle.ImagesDir))
	if err != nil || len(list) != 12 {
		t.Fatalf("%d images, %v", len(list), err)
	}
	file := filepath.Join(w.out, bundle.ImagesDir, list[4].Name())
	byGateway := decode[lookup](t, succeed(t, ask(file, "--gateway", gateway, "--json")...))
	byBoth := decode[lookup](t, succeed(t, ask(file, "--gateway", gateway, "--drop", w.out, "--json")...))
	for _, r := range []lookup{byGateway, byBoth} {
		if len(r.Matches) != 1 || r.File.Kind != kindImage || r.Matches[0].Member != "image" || !strings.HasSuffix(r.Matches[0].Address, "/"+list[4].Name()) || r.Read != 12 {
			t.Errorf("%+v", r)
		}
	}
	token := fmt.Sprint(*byGateway.Matches[0].Token)
	if r := decode[lookup](t, succeed(t, ask(file, "--gateway", gateway, "--token", token, "--json")...)); r.Read != 1 || len(r.Matches) != 1 {
		t.Errorf("one token: %+v", r)
	}
	other := filepath.Join(t.TempDir(), "other.png")
	data := bytes.Clone(read(t, file))
	data[len(data)-1] ^= 1
	write(t, other, string(data))
	if r := expect(t, console.ExitRejected, ask(other, "--gateway", gateway)...); !strings.Contains(r.stdout, "rejected: no document names these bytes as its image, of 12 documents that were read") {
		t.Errorf("a changed image: %s", r.stdout)
	}
	refuses(t, "whether it is an image only the documents tell", "--gateway URL", ask(file)...)
	lying := behind(t, gateway, func(w http.ResponseWriter, r *http.Request) bool {
		fmt.Fprint(w, `{"image": "ipfs://bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}`)
		return true
	})
	refuses(t, "its content is not that of", "", ask(file, "--gateway", lying)...)
	// Without a gateway only the addresses of files are followed, not those below folders.
	r := decode[lookup](t, expect(t, console.ExitRejected, ask(file, "--drop", w.out, "--json")...))
	if !slices.ContainsFunc(r.NotChecked, func(s string) bool {
		return strings.Contains(s, "12 addresses that were not followed: add --gateway URL")
	}) {
		t.Errorf("%q", r.NotChecked)
	}
}

// A deck's contract alone, and with a gateway: the publication that it names, or its documents.
func TestVerifyContract_OfADeck(t *testing.T) {
	cache, _ := fetchHome(t)
	w, contract := sold(t)
	w.draw(t)
	gateway := gatewayOf(t, filepath.Join(w.out, bundle.CARFile))
	ask := func(more ...string) []string {
		return append([]string{"verify", "--rpc", w.rpc, "--contract", contract, "--keys", sharedKeys}, more...)
	}
	alone := decode[deckAlone](t, succeed(t, ask("--json")...))
	if alone.Proofs != 3 || alone.Digests != 12 || alone.Fetched != 0 || alone.Verdict != verifier.Amber || alone.Chain.Contract.State != "revealed" || alone.Chain.Committed == 0 {
		t.Errorf("alone: %+v", alone)
	}
	if text := succeed(t, ask()...).stdout; !strings.Contains(text, "3 proofs that the contract has accepted") || !strings.Contains(text, "not checked: that the documents can be had") {
		t.Errorf("alone: %s", text)
	}
	expect(t, console.ExitRejected, ask("--require", "key:ceremony")...)
	want := decode[deckReport](t, succeed(t, append([]string{"verify", w.out, "--rpc", w.rpc, "--contract", contract, "--keys", sharedKeys}, "--json")...))
	got := decode[deckReport](t, succeed(t, ask("--gateway", gateway, "--json")...))
	if got.CAR == "" || got.Counts != want.Counts || got.Model != want.Model || got.Verdict != want.Verdict || len(got.Chain.Faults) != 0 {
		t.Errorf("by the contract's own word: %+v", got)
	}
	if left := carsIn(t, cache); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// A contract that names no publication still says where its documents are.
func TestVerifyContract_OfADeckThatNamesNoPublication(t *testing.T) {
	w, contract := sold(t, "--contract-uri", "https://example.org/collection.json")
	w.draw(t)
	gateway := gatewayOf(t, filepath.Join(w.out, bundle.CARFile))
	ask := func(more ...string) []string {
		return append([]string{"verify", "--rpc", w.rpc, "--contract", contract, "--keys", sharedKeys}, more...)
	}
	documents := decode[deckAlone](t, succeed(t, ask("--gateway", gateway, "--json")...))
	if documents.Fetched != 12 || documents.Verdict != verifier.Amber {
		t.Errorf("documents alone: %+v", documents)
	}
	if two := decode[deckAlone](t, succeed(t, ask("--gateway", gateway, "--tokens", "1,2", "--json")...)); two.Fetched != 2 || len(two.Chain.Tokens) != 2 {
		t.Errorf("two tokens: %+v", two)
	}
	empty := gatewayOf(t, treeOf(t, filepath.Join(w.out, bundle.ImagesDir)))
	none := decode[deckAlone](t, succeed(t, ask("--gateway", empty, "--json")...))
	if none.Fetched != 0 || !slices.ContainsFunc(none.NotChecked, func(s string) bool { return strings.HasPrefix(s, "documents from card 0 on: ") }) {
		t.Errorf("no documents: %+v", none)
	}
}
