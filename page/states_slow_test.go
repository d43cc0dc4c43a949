//go:build prover_checks

package page

import (
	"bytes"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// copied returns a copy of a folder without its CAR, in which one file is changed.
func copied(t *testing.T, from, name string, change func([]byte) []byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, bundle.CARFile)); err != nil {
		t.Fatal(err)
	}
	if name != "" {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		changed := change(bytes.Clone(data))
		if bytes.Equal(changed, data) {
			t.Fatalf("%s is not changed", name)
		}
		put(t, dir, name, changed)
	}
	return dir
}

// native is what the page must show of a folder, from the verifier in this program.
func native(t *testing.T, dir string, trust publication.Trust, source string) shown {
	t.Helper()
	files := publication.Files{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			files[name], err = os.ReadFile(filepath.Join(dir, name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p, err := publication.Read(files, trust)
	if err != nil {
		return shown{Level: "not checked", Line: err.Error()}
	}
	var s shown
	add := func(level verifier.Level, reason string) {
		s.Badges = append(s.Badges, string(level))
		if reason != "" {
			s.Reasons = append(s.Reasons, reason)
		}
	}
	if p.Deck != nil {
		r, err := p.JudgeDeck(t.Context(), nil)
		if err != nil {
			return shown{Level: "not checked", Line: err.Error()}
		}
		v := verdict.OfDeck(p, r, source)
		s.Level, s.Line = string(v.Verdict), v.Line()
		for _, c := range v.Cards {
			add(c.Verdict, c.Reason)
		}
	} else {
		r, err := p.Judge(t.Context())
		if err != nil {
			return shown{Level: "not checked", Line: err.Error()}
		}
		v := verdict.OfDrop(p, r, source)
		s.Level, s.Line = string(v.Verdict), v.Line()
		for _, c := range v.Tokens {
			add(c.Verdict, c.Reason)
		}
	}
	return s
}

// same compares what is shown, in whatever order.
func same(a, b shown) bool {
	for _, list := range [][]string{a.Badges, b.Badges, a.Reasons, b.Reasons} {
		slices.Sort(list)
	}
	return a.Level == b.Level && a.Line == b.Line && slices.Equal(a.Badges, b.Badges) && slices.Equal(a.Reasons, b.Reasons)
}

func replaced(from, to string) func([]byte) []byte {
	return func(b []byte) []byte { return bytes.Replace(b, []byte(from), []byte(to), 1) }
}

// flip changes the lowest bit in the middle.
func flip(b []byte) []byte { b[len(b)/2] ^= 1; return b }

// TestSlowPage_SaysWhatTheVerifierSays: level, line and reasons are those of the same verifier in
// Go, over lies of all kinds.
func TestSlowPage_SaysWhatTheVerifierSays(t *testing.T) {
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	const document = "documents/bafkreifabdk4et35lmzsmaktrluyxhhsmb75jxzz7ej4q2bbyzzkgcmnna"
	ceremony := "ceremony:" + strings.Repeat("0a", 32) + ":3:drand:" + strings.Repeat("0b", 32) + ":7"
	for _, row := range []struct {
		from, name string
		change     func([]byte) []byte
		level      string
	}{
		{published, "", nil, "amber"},
		{published, "bundles/2.json", replaced(`"proof": "0x`, `"proof": "0x0`), "rejected"},
		{published, "bundles/2.json", flip, "rejected"},
		{published, "bundles/1.json", replaced("Nebula", "Nebulo"), ""},
		{published, document, flip, "rejected"},
		{published, "policy.cel", flip, "rejected"},
		{published, "drop.json", replaced(`"operand": "80"`, `"operand": "08"`), "rejected"},
		{published, "drop.json", replaced(`"supply": 10000`, `"supply": 1000`), "rejected"},
		{published, "drop.json", replaced("unsafe-development", ceremony), "rejected"},
		{published, "drop.json", func([]byte) []byte { return []byte("{") }, "not checked"},
		{published, "verifying.key", flip, ""},
		{published, "verifying.key", func(b []byte) []byte { return b[:100] }, "not checked"},
		{deck, "", nil, "amber"},
		{deck, "batches/1.json", replaced(`"proof": "0x`, `"proof": "0x0`), "rejected"},
		{deck, "batches/1.json", flip, "rejected"},
		{deck, "cards/5.json", replaced(`"value": "`, `"value": "x`), "rejected"},
		{deck, "documents/0/05.json", replaced("Lantern", "Lantorn"), "rejected"},
		{deck, "documents/0/05.json", func(b []byte) []byte { return append(b, ' ') }, "rejected"},
		{deck, "drop.json", replaced(`"operand": "80"`, `"operand": "08"`), "rejected"},
		{deck, "drop.json", replaced("Lantern", "Lantorn"), ""},
		{deck, "policy.cel", flip, "rejected"},
		{deck, "drop.json", replaced("unsafe-development", ceremony), "amber"},
		{deck, "verifying.key", flip, ""},
	} {
		if row.name != "" && row.change == nil {
			t.Fatal(row.name)
		}
		dir := copied(t, row.from, row.name, row.change)
		want := native(t, dir, publication.Trust{}, verdict.KeyAlong)
		got := p.judged(t, "folder", dir)
		if !same(got, want) || row.level != "" && got.Level != row.level {
			t.Errorf("%s, %s: got %+v, the verifier says %+v, want %s", path.Base(row.from), row.name, got, want, row.level)
		}
	}
	p.quiet(t)
}

// A reader's own key and description are believed, those published along are not.
func TestSlowPage_BelievesTheReader(t *testing.T) {
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	key, err := verifier.ParseKey(read(t, published, "verifying.key"))
	if err != nil {
		t.Fatal(err)
	}
	dir := copied(t, published, "verifying.key", func([]byte) []byte { return read(t, deck, "verifying.key") })
	want := native(t, dir, publication.Trust{}, verdict.KeyAlong)
	if got := p.judged(t, "folder", dir); !same(got, want) || got.Level == "amber" {
		t.Errorf("another circuit's key: got %+v, want %+v", got, want)
	}
	eval[any](t, p, `document.getElementById("result").replaceChildren()`)
	p.give(t, "own-key", filepath.Join(published, "verifying.key"))
	if got := p.verdict(t); got.Level != "amber" || !same(got, native(t, dir, publication.Trust{Key: key}, verdict.KeyGiven)) {
		t.Errorf("with a key of one's own: got %+v", got)
	}
	if text := eval[string](t, p, `document.getElementById("result").textContent`); strings.Contains(text, "get it from somebody you trust") || !strings.Contains(text, verdict.KeyGiven) {
		t.Error("the page does not say that the key is the reader's")
	}
	eval[any](t, p, `document.getElementById("result").replaceChildren()`)
	p.give(t, "own-description", filepath.Join(deck, "drop.json"))
	if got := p.verdict(t); got.Level == "amber" || got.Level == "proven" {
		t.Errorf("another drop's description: got %+v", got)
	}
	// One token, with the description and the key of its drop.
	p.give(t, "own-description", filepath.Join(published, "drop.json"))
	p.verdict(t)
	if got := p.judged(t, "files", filepath.Join(published, "bundles/2.json")); got.Level != "amber" || got.Line != honest+" (4 reservations): 1 token" {
		t.Errorf("a token's bundle: got %+v", got)
	}
	if got := p.judged(t, "files", filepath.Join(published, "bundles/2.json"), filepath.Join(published, "documents/bafkreibez67mfehwuhe7yfy2rilloubeiyuny6zxnubhs6snbjagebjoza")); got.Level != "rejected" || len(got.Reasons) != 1 || got.Reasons[0] != "documents: the file of the token's document has other bytes" {
		t.Errorf("with another token's document: got %+v", got)
	}
	eval[any](t, p, `document.getElementById("own-clear").click()`)
	if got := p.judged(t, "files", filepath.Join(published, "bundles/2.json")); got.Level != "not checked" || got.Line != publication.ErrLone.Error() {
		t.Errorf("a token's bundle alone: got %+v", got)
	}
	p.quiet(t)
}

func read(t *testing.T, where ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(where...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// One card's bundle, its document and its image, from a disk and from a server.
func TestSlowPage_ShowsACardAndItsImage(t *testing.T) {
	files := publication.Files{}
	for _, name := range []string{"drop.json", "verifying.key", "batches/1.json", "cards/5.json", "documents/0/05.json"} {
		files[name] = read(t, deck, name)
	}
	whole, err := publication.Read(files, publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := whole.CardBundle(5)
	if err != nil {
		t.Fatal(err)
	}
	data, err := c.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	card := filepath.Join(t.TempDir(), "card.json")
	put(t, filepath.Dir(card), "card.json", data)

	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		http.ServeFile(w, r, verifierFile(t))
	}))
	defer server.Close()
	b := startBrowser(t)
	for _, url := range []string{"file://" + verifierFile(t), server.URL + "/verifier.html"} {
		p := b.open(t, url, "")
		if got := p.judged(t, "files", card, filepath.Join(deck, "documents/0/05.json")); got.Level != "amber" || got.Line != honest+" (5 reservations): 1 card" {
			t.Errorf("%s: a card: got %+v", url, got)
		}
		if got := p.judged(t, "files", card, filepath.Join(deck, "documents/0/06.json")); got.Level != "rejected" || got.Reasons[0] != "document: its SHA-256 is not the proven one" {
			t.Errorf("%s: a card with another document: got %+v", url, got)
		}
		kinds := `[...document.querySelectorAll(".card tr")].map((r) => [...r.children].map((c) => c.textContent).join("=")).join(" ")`
		p.judged(t, "files", card)
		if got, want := eval[string](t, p, kinds), "Wings=Moss=amber"; !strings.Contains(got, want) || !strings.Contains(got, "dna=the author’s words") || !strings.Contains(got, "licence=hidden") {
			t.Errorf("%s: the attributes are %s", url, got)
		}
		if rule := eval[string](t, p, `document.getElementById("rule").textContent`); !strings.Contains(rule, `claim.safety >= 0.80`) {
			t.Errorf("%s: the rule is %s", url, rule)
		}
		if text := eval[string](t, p, `document.querySelector(".picture").textContent`); text != "Image: not checked yet. Add the folder of images." {
			t.Errorf("%s: without images the page says %s", url, text)
		}
		for _, row := range []struct {
			images, says string
			width        int
		}{
			{filepath.Join(deck, "images"), "", 2},
			{filepath.Dir(swapped(t)), "Image: not checked yet. None of the files here was found to be it.", -1},
		} {
			p := b.open(t, url, "")
			p.judged(t, "files", append([]string{card}, glob(t, row.images)...)...)
			p.wait(t, `document.getElementById("busy").hidden && !document.querySelector(".picture").textContent.includes("Add the folder")`)
			if text := eval[string](t, p, `document.querySelector(".picture").textContent`); text != row.says {
				t.Errorf("%s: of %s the page says %q", url, row.images, text)
			}
			if width := eval[int](t, p, `document.querySelector(".picture img")?.naturalWidth ?? -1`); (width > 0) != (row.width > 0) {
				t.Errorf("%s: %s: the image is %d wide", url, row.images, width)
			}
			p.quiet(t)
		}
	}
	for _, path := range asked {
		if path != "/verifier.html" {
			t.Errorf("the page asked its server for %s", path)
		}
	}
	if len(asked) == 0 {
		t.Error("the page was not served")
	}
}

// swapped returns a file in a copy of the images of which one is another's.
func swapped(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(deck, "images"))); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "5.png", read(t, deck, "images/6.png"))
	return filepath.Join(dir, "5.png")
}

func glob(t *testing.T, dir string) []string {
	t.Helper()
	list, err := filepath.Glob(filepath.Join(dir, "*.png"))
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	return list
}

// Where nothing can run, the page says so and how to check without it.
func TestSlowPage_SaysThatItCannotRun(t *testing.T) {
	b := startBrowser(t)
	strict := filepath.Join(t.TempDir(), "verifier.html")
	put(t, filepath.Dir(strict), "verifier.html", bytes.Replace(read(t, verifierFile(t)), []byte(" 'wasm-unsafe-eval'"), nil, 1))
	for what, row := range map[string][2]string{
		"no WebAssembly":        {verifierFile(t), `delete globalThis.WebAssembly;`},
		"no workers":            {verifierFile(t), `delete globalThis.Worker;`},
		"workers that throw":    {verifierFile(t), `globalThis.Worker = class { constructor() { throw new Error("forbidden by your administrator"); } };`},
		"no decompression":      {verifierFile(t), `delete globalThis.DecompressionStream;`},
		"a policy without wasm": {strict, ``},
	} {
		p := b.open(t, "file://"+row[0], row[1])
		p.wait(t, `!document.getElementById("unable").hidden`)
		text := eval[string](t, p, `document.body.innerText`)
		if !strings.Contains(text, "genproof verify FOLDER") || eval[int](t, p, `document.querySelectorAll("#result .verdict").length`) != 0 || eval[bool](t, p, `!document.getElementById("choose").hidden`) {
			t.Errorf("%s: the page says %s", what, text)
		}
	}
}

// In a frame the page could be dressed up as anything: it shows only that it is in one.
func TestSlowPage_ShowsNothingInAFrame(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/verifier.html" {
			http.ServeFile(w, r, verifierFile(t))
			return
		}
		io.WriteString(w, `<!DOCTYPE html><p id="about"></p><iframe src="/verifier.html"></iframe>`)
	}))
	defer server.Close()
	p := startBrowser(t).open(t, server.URL+"/frame", "")
	p.wait(t, `frames[0].document.getElementById("unable")?.hidden === false`)
	if got := eval[string](t, p, `frames[0].document.getElementById("unable-why").textContent`); !strings.Contains(got, "Open it in a window of its own") {
		t.Errorf("in a frame the page says %q", got)
	}
	if !eval[bool](t, p, `frames[0].document.getElementById("choose").hidden`) {
		t.Error("in a frame one can choose files")
	}
}

// A verifier that ends, hangs or is stopped leaves nothing checked, and the next one works.
func TestSlowPage_OutlivesItsVerifier(t *testing.T) {
	const hooks = `
		const post = Worker.prototype.postMessage; let broken = "";
		Worker.prototype.postMessage = function (m) {
			if (m.kind === "verify" && broken === "ends") { const w = this; setTimeout(() => w.onmessage({ data: { kind: "ended" } })); return; }
			if (m.kind === "verify" && broken === "hangs") return;
			post.call(this, m);
		};`
	p := startBrowser(t).open(t, "file://"+verifierFile(t), hooks)
	eval[any](t, p, `broken = "ends"`)
	if got := p.judged(t, "folder", deck); got.Level != "not checked" || got.Line != "the verifier ended before it answered" {
		t.Errorf("a verifier that ends: got %+v", got)
	}
	eval[any](t, p, `broken = "hangs"`)
	eval[any](t, p, `document.getElementById("result").replaceChildren()`)
	p.give(t, "folder", deck)
	p.wait(t, `!document.getElementById("busy").hidden && asked !== null`)
	if ms := eval[float64](t, p, `(() => { const from = performance.now(); document.getElementById("stop").click(); return performance.now() - from; })()`); ms > 200 {
		t.Errorf("stopping takes %.0f ms", ms)
	}
	if got := p.verdict(t); got.Level != "not checked" || got.Line != "stopped by you" {
		t.Errorf("a verifier that is stopped: got %+v", got)
	}
	eval[any](t, p, `broken = ""`)
	if got := p.judged(t, "folder", deck); got.Level != "amber" {
		t.Errorf("after that: got %+v", got)
	}
	// Of two drops in a row the second one counts.
	p.give(t, "folder", published)
	if got := p.judged(t, "folder", deck); got.Level != "amber" || !strings.HasSuffix(got.Line, "12 cards") {
		t.Errorf("the second of two: got %+v", got)
	}
	p.quiet(t)
}
