package evidence_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
)

// A pack is judged from its files alone, and gives the report that is in it, to the byte.
func TestVerify_AWholePack(t *testing.T) {
	w := newWorld(t)
	pack := w.pack(t, keyOf(t, 5))
	v := verify(t, pack, nil)
	if len(v.Faults) > 0 || !v.Same || v.Signer != keyOf(t, 5).String() || !strings.HasPrefix(v.Verdict, "holds only if the maker of this key was honest") {
		t.Fatalf("faults %q, the same report %v, signed by %s, %s", v.Faults, v.Same, v.Signer, v.Verdict)
	}
	if a := v.Attestations; len(a) != 1 || a[0].Standing != attest.Holds || a[0].Known != "The museum" || a[0].NotLater != "" {
		t.Errorf("attestations: %+v", a)
	}
	if said := v.BeforeTheSale(w.attestation.ID); !strings.Contains(said, "before the sale: block 1 names the log's head 1, and contract 0x") || !strings.Contains(said, "if both blocks are the chain's") {
		t.Errorf("before the sale: %q", said)
	}
	var timeline []string
	for _, e := range v.Timeline {
		timeline = append(timeline, e.At+" "+e.What+" ("+e.How+")")
	}
	text := strings.Join(timeline, "\n")
	at := 0
	for _, want := range []string{"10:00:00Z entry 0 of the log", "11:00:00Z ed25519:", "was there, not later than this: a transaction names the log's head 1 (block 1 of chain 1337, if 0x", "the sale was opened (contract 0x", "this pack was made"} {
		n := strings.Index(text[at:], want)
		if n < 0 {
			t.Errorf("the timeline has no %q in its place:\n%s", want, text)
			continue
		}
		at += n
	}
	if !strings.Contains(fmt.Sprint(v.NotChecked), "whether those that the chain's facts are in are the chain's own") {
		t.Errorf("not checked: %q", v.NotChecked)
	}
	known := func(chain, number uint64, hash [32]byte) bool { return chain == 1337 && hash == w.anchor.BlockHash }
	if v := verify(t, pack, known); v.Attestations[0].NotLater == "" || !v.Same || !strings.Contains(fmt.Sprint(v.Timeline), "which the reader knows") {
		t.Errorf("with a block that the reader knows: %+v", v.Attestations)
	}
	dir := t.TempDir() // in a folder, on another machine as far as files go
	for name, data := range pack {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if v := verify(t, evidence.FS{FS: os.DirFS(dir)}, nil); len(v.Faults) > 0 || !v.Same {
		t.Errorf("from a folder: %q", v.Faults)
	}
}

// One file removed, added, replaced or in another order is named.
func TestVerify_NamesWhatWasDoneToAPack(t *testing.T) {
	w := newWorld(t)
	whole := w.pack(t, nil)
	swapped := func(p evidence.Items) {
		lines := bytes.SplitAfter(p[evidence.ManifestFile], []byte("\n"))
		lines[2], lines[3] = lines[3], lines[2]
		p[evidence.ManifestFile] = bytes.Join(lines, nil)
	}
	for name, row := range map[string]struct {
		change func(evidence.Items)
		want   string
	}{
		"removed":  {func(p evidence.Items) { delete(p, "publication/cards/1.json") }, "removed: publication/cards/1.json"},
		"added":    {func(p evidence.Items) { p["publication/extra.txt"] = []byte("x") }, "added: publication/extra.txt"},
		"replaced": {func(p evidence.Items) { p["publication/cards/1.json"] = p["publication/cards/0.json"] }, "replaced: publication/cards/1.json"},
		"a byte": {func(p evidence.Items) {
			p["trust.json"] = bytes.Replace(p["trust.json"], []byte("museum"), []byte("Museum"), 1)
		}, "replaced: trust.json"},
		"an attestation removed": {func(p evidence.Items) { delete(p, "attestations/a.json") }, "removed: attestations/a.json"},
		"reordered":              {swapped, "the order is another"},
		"a line left out": {func(p evidence.Items) {
			p[evidence.ManifestFile] = p[evidence.ManifestFile][:bytes.LastIndexByte(p[evidence.ManifestFile][:len(p[evidence.ManifestFile])-1], '\n')+1]
		}, "files and lists"},
		"a path that leads away": {func(p evidence.Items) {
			p[evidence.ManifestFile] = bytes.Replace(p[evidence.ManifestFile], []byte(`"trust.json"`), []byte(`"../rust.json"`), 1)
		}, "no path of a pack"},
		"a manifest in other form": {func(p evidence.Items) {
			p[evidence.ManifestFile] = bytes.Replace(p[evidence.ManifestFile], []byte(`{"version"`), []byte(`{ "version"`), 1)
		}, "one form"},
		"a key twice": {func(p evidence.Items) {
			p[evidence.ManifestFile] = bytes.Replace(p[evidence.ManifestFile], []byte(`"for": `), []byte(`"for": "x","for": `), 1)
		}, "given twice"},
	} {
		p := maps.Clone(whole)
		row.change(p)
		if v := verify(t, p, nil); len(v.Faults) == 0 || !strings.Contains(v.Faults[0], row.want) || v.Timeline != nil {
			t.Errorf("%s: %q, want %q", name, v.Faults, row.want)
		}
	}
	signed := w.pack(t, keyOf(t, 5))
	signed[evidence.ManifestFile] = whole[evidence.ManifestFile]
	w.head.By.Name = "Eve"
	signed[evidence.SignatureFile] = w.pack(t, keyOf(t, 5))[evidence.SignatureFile]
	if v := verify(t, signed, nil); len(v.Faults) == 0 || !strings.Contains(v.Faults[0], "signature") {
		t.Errorf("a signature of another manifest: %q", v.Faults)
	}
	if _, err := evidence.Verify(t.Context(), evidence.Items{}, evidence.Reader{}); err == nil || !strings.Contains(err.Error(), "no manifest") {
		t.Errorf("nothing at all: %v", err)
	}
}

// Whoever packs lies himself is caught by the content, though the manifest is right.
func TestVerify_JudgesTheContentItself(t *testing.T) {
	for name, row := range map[string]struct {
		path   string
		change func(data []byte) []byte
		want   string
	}{
		"a changed event":             {"chain/2-sale.json", func(d []byte) []byte { return flipIn(t, d, "value") }, "chain/2-sale.json: checking a fact: the proof does not lead to the block"},
		"another code":                {"chain/3-code.json", func(d []byte) []byte { return flipIn(t, d, "value") }, "another code"},
		"a fact in another form":      {"chain/2-sale.json", func(d []byte) []byte { return append(d, ' ') }, "canonical form"},
		"a receipt of another place":  {"chain/2-sale.json", func(d []byte) []byte { return bytes.Replace(d, []byte(`"index": 0`), []byte(`"index": 1`), 1) }, "does not lead"},
		"a transaction as a receipt":  {"chain/1-anchor.json", func(d []byte) []byte { return bytes.Replace(d, []byte(`"transaction"`), []byte(`"receipt"`), 1) }, "does not lead"},
		"a transaction's other chain": {"chain/1-anchor.json", func(d []byte) []byte { return bytes.Replace(d, []byte(`"chain_id": 1337`), []byte(`"chain_id": 1`), 1) }, "of chain 1337"},
		"a rewritten log":             {"log/log.jsonl", func(d []byte) []byte { return bytes.Replace(d, []byte("at all cards"), []byte("at no cards!"), 1) }, "changed: entry 0"},
		"a log cut short":             {"log/log.jsonl", func(d []byte) []byte { return d[:bytes.IndexByte(d, '\n')+1] }, "rollback: head 1 was signed"},
		"a forged card":               {"publication/cards/1.json", func(d []byte) []byte { return bytes.Replace(d, []byte(`"salt": "0x0`), []byte(`"salt": "0x1`), 1) }, "the publication is rejected"},
	} {
		w := newWorld(t)
		found := false
		for i, x := range w.inputs {
			if x.Path != row.path {
				continue
			}
			r, err := x.Open()
			if err != nil {
				t.Fatal(err)
			}
			var data bytes.Buffer
			if _, err := data.ReadFrom(r); err != nil {
				t.Fatal(err)
			}
			changed := row.change(bytes.Clone(data.Bytes()))
			if found = !bytes.Equal(changed, data.Bytes()); name == "a forged card" && !found { // salts are random: change another digit
				changed, found = bytes.Replace(data.Bytes(), []byte(`"leaf": "0x`), []byte(`"leaf": "0x0`), 1), true
			}
			w.inputs[i] = evidence.Bytes(x.Path, x.Role, x.Source, changed)
		}
		if !found {
			t.Fatalf("%s: nothing was changed", name)
		}
		if v := verify(t, w.pack(t, nil), nil); len(v.Faults) == 0 || !strings.Contains(fmt.Sprint(v.Faults), row.want) {
			t.Errorf("%s: %q, want %q", name, v.Faults, row.want)
		}
	}
}

// flipIn changes a digit in the middle of a member's hex.
func flipIn(t *testing.T, data []byte, member string) []byte {
	t.Helper()
	start := bytes.Index(data, []byte(`"`+member+`": "0x`))
	if start < 0 {
		t.Fatalf("no %s", member)
	}
	start += len(member) + 7
	end := start + bytes.IndexByte(data[start:], '"')
	at := start + (end-start)/2
	if data[at]++; data[at] == '9'+1 || data[at] == 'g' {
		data[at] = '0'
	}
	return data
}

// The early end of a sale is not its opening: an anchor before it is not one before the sale.
func TestBeforeTheSale_NeedsTheOpening(t *testing.T) {
	w := newWorld(t)
	seller := w.ledger.seller(t)
	closed := w.ledger.send(t, &seller, append(word(1), word(7)...)) // names a time that is over
	_, receipt := w.ledger.facts(t, closed)
	for i, x := range w.inputs {
		if x.Path == "chain/2-sale.json" {
			data, err := receipt.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			w.inputs[i] = evidence.Bytes(x.Path, x.Role, x.Source, data)
		}
	}
	w.add(t, "chain/4-code.json", w.ledger.account(t, seller))
	v := verify(t, w.pack(t, nil), nil)
	if said := v.BeforeTheSale(w.attestation.ID); said != "" || len(v.Faults) > 0 || !strings.Contains(fmt.Sprint(v.Timeline), "the sale was ended early") {
		t.Errorf("%q, %q", said, v.Faults)
	}
}

// A block that nobody knows lengthens no trust: whoever has stolen a key can make a header with any time in it.
func TestVerify_UnknownBlocksDateNothing(t *testing.T) {
	w := newWorld(t)
	for i, x := range w.inputs {
		if x.Path == "trust.json" {
			w.inputs[i] = evidence.Bytes(x.Path, x.Role, x.Source, []byte(`{"version": 1, "kind": "trust", "keys": [{"name": "M", "identity": "`+keyOf(t, 1).String()+
				`", "roles": ["museum"], "from": "", "until": "2026-11-29T11:59:00Z", "published": ""}], "withdrawn": []}`))
		}
	}
	pack := w.pack(t, nil)
	if v := verify(t, pack, nil); v.Attestations[0].Standing != attest.Expired {
		t.Errorf("without a block that the reader knows: %+v", v.Attestations[0])
	}
	known := func(_, _ uint64, hash [32]byte) bool { return hash == common.Hash(w.anchor.BlockHash) }
	if v := verify(t, pack, known); v.Attestations[0].Standing != attest.Holds {
		t.Errorf("with it: %+v", v.Attestations[0])
	}
	for i, x := range w.inputs { // a header with another byte in it is another block's
		if x.Path == "chain/1-anchor.json" {
			w.inputs[i] = evidence.Bytes(x.Path, x.Role, x.Source, flipIn(t, pack[x.Path], "header"))
		}
	}
	if v := verify(t, w.pack(t, nil), known); v.Attestations[0].Standing != attest.Expired {
		t.Errorf("under a changed header: %+v", v.Attestations[0])
	}
}

// An attestation that nobody has signed stands in no timeline, and nothing dates it.
func TestVerify_ForgeriesAreInNoTimeline(t *testing.T) {
	w := newWorld(t)
	w.attestation.Signature = make([]byte, 64)
	data, err := w.attestation.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range w.inputs {
		if x.Path == "attestations/a.json" {
			w.inputs[i] = evidence.Bytes(x.Path, x.Role, x.Source, data)
		}
	}
	v := verify(t, w.pack(t, nil), nil)
	if a := v.Attestations[0]; a.Standing != attest.Refused || a.Known != "" || !strings.Contains(a.Line(), "said to be signed") {
		t.Errorf("%+v", a)
	}
	if text := fmt.Sprint(v.Timeline); strings.Contains(text, "approves") || v.BeforeTheSale(w.attestation.ID) != "" {
		t.Errorf("the timeline: %s", text)
	}
}

// The page has no script, shows strangers' words as text, and stays short.
func TestPack_TheSummaryIsPlain(t *testing.T) {
	w := newWorld(t)
	w.head.By.Name = "<script>alert(1)</script>\u202e"
	page := string(w.pack(t, nil)[evidence.SummaryFile])
	for _, bad := range []string{"<script", "<b>all", "\u202e", "http://", "src=", "javascript:"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for _, want := range []string{"&lt;script&gt;", "⟨U+202E⟩", "Looked at &lt;b&gt;all", "default-src 'none'", "What nobody checked", "holds only if"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q: %s", want, page)
		}
	}
	if len(page) > 20_000 { // six printed pages are some 18,000 characters
		t.Errorf("the page has %d bytes", len(page))
	}
	if !json.Valid(w.pack(t, nil)[evidence.ReportFile]) {
		t.Error("the report is no JSON")
	}
}
