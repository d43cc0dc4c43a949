//go:build prover_checks

package page

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/page/site"
	"github.com/genproof/genproof/page/web"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
)

// siteOf judges a folder and returns its site, not yet written.
func siteOf(t *testing.T, dir string, trust publication.Trust) (*site.Site, *publication.Publication) {
	t.Helper()
	p, err := publication.Open(dir, trust)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	var s *site.Site
	if p.Deck != nil {
		r, err2 := p.JudgeDeck(context.Background(), nil)
		if err2 != nil {
			t.Fatal(err2)
		}
		s, err = site.OfDeck(p, verdict.OfDeck(p, r, verdict.KeyAlong), site.Asked{})
	} else {
		r, err2 := p.Judge(context.Background())
		if err2 != nil {
			t.Fatal(err2)
		}
		s, err = site.OfDrop(p, verdict.OfDrop(p, r, verdict.KeyAlong), site.Asked{})
	}
	if err != nil {
		t.Fatal(err)
	}
	return s, p
}

// writeSite writes a site into a new folder.
func writeSite(t *testing.T, s *site.Site, images publication.Source, verifier []byte) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	if err := s.Write(images, verifier, func(name string, data []byte) error { put(t, dir, name, data); return nil }); err != nil {
		t.Fatal(err)
	}
	return dir
}

// siteFolder is the site of a published folder.
func siteFolder(t *testing.T, from string) string {
	t.Helper()
	s, p := siteOf(t, from, publication.Trust{})
	return writeSite(t, s, p.Source(), read(t, verifierFile(t)))
}

// served serves a site as genproof page --serve does, and returns its address.
func served(t *testing.T, dir string) string {
	t.Helper()
	folder, err := files.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- web.Serve(ctx, listener, folder) }()
	t.Cleanup(func() {
		cancel()
		if err := errors.Join(<-ended, folder.Close()); err != nil {
			t.Error(err)
		}
	})
	return "http://" + listener.Addr().String() + "/"
}

// both are the addresses of a site on a disk and on a server.
func both(t *testing.T, dir string) []string { return []string{"file://" + dir + "/", served(t, dir)} }

// within checks that a page has asked for nothing but files of its site, and that nothing was refused
// or thrown.
func (p *tab) within(t *testing.T, base string) {
	t.Helper()
	if v := eval[[]string](t, p, "violations"); len(v) > 0 {
		t.Errorf("violations of the page's policy: %q", v)
	}
	if kept := eval[string](t, p, `document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage)`); kept != "" {
		t.Errorf("the page keeps %s", kept)
	}
	for _, u := range p.requests() {
		if !strings.HasPrefix(u, base) && !strings.HasSuffix(u, "/favicon.ico") {
			t.Errorf("a request for %s", u)
		}
	}
	for _, line := range p.Log() {
		if !strings.Contains(line, "favicon.ico") {
			t.Errorf("log: %s", line)
		}
	}
}

// marks are what the page says of its images, once it has said it of all of them.
func (p *tab) marks(t *testing.T, waiting string) []string {
	t.Helper()
	p.wait(t, `[...document.querySelectorAll(".mark")].every((e) => !e.textContent.includes(`+"`"+waiting+"`"+`) || (e.scrollIntoView(), false))`)
	return eval[[]string](t, p, `[...document.querySelectorAll(".mark")].map((e) => e.textContent)`)
}

func all(list []string, want string) bool {
	for _, x := range list {
		if x != want {
			return false
		}
	}
	return len(list) > 0
}

// Every state of a set and its cards, from a disk and from a server.
func TestSlowSite_SaysWhatWasFound(t *testing.T) {
	b := startBrowser(t)
	for _, row := range []struct {
		from, name    string
		change        func([]byte) []byte
		line, page    string
		badges, words string // of one page
	}{
		{deck, "", nil, honest + " (4 reservations): 12 cards", "tokens/5.html", "amber amber amber hidden hidden hidden hidden", "Wings"},
		{published, "", nil, honest + " (4 reservations): 3 tokens", "tokens/2.html", "amber", "license"},
		{deck, "documents/0/05.json", flip, "rejected: 1 of 12 cards are", "tokens/5.html", "", "document: its SHA-256 is not the proven one"},
		{deck, "batches/1.json", replaced(`"proof": "0x`, `"proof": "0x0`), "rejected: 4 of 12 cards are", "tokens/5.html", "", "Rejected."},
		{deck, "drop.json", replaced(`"operand": "80"`, `"operand": "08"`), "rejected: program: ", "proof.html", "", "rejected: program"},
		{published, "bundles/2.json", flip, "rejected", "index.html", "", "Token 1"},
	} {
		dir := siteFolder(t, copied(t, row.from, row.name, row.change))
		for _, base := range both(t, dir) {
			p := b.open(t, base+"index.html", "")
			p.wait(t, `document.getElementById("tools") !== null && !document.getElementById("tools").hidden`)
			status := eval[string](t, p, `document.querySelector(".status").textContent`)
			if !strings.Contains(status, "Checked by this page, which its publisher wrote: "+row.line) {
				t.Errorf("%s %s: the status is %q, want %q", row.from, row.name, status, row.line)
			}
			differ := eval[bool](t, p, `new Set([...document.querySelectorAll(".tile")].map((e) => e.dataset.level)).size > 1`)
			if differ != eval[bool](t, p, `document.getElementById("level") !== null`) {
				t.Errorf("%s %s: verdicts differ, %v, and there is no filter of them, or one too many", row.from, row.name, differ)
			} else if differ && row.from == deck {
				n := eval[int](t, p, `(() => { const s = document.getElementById("level"); s.value = "2"; s.dispatchEvent(new Event("change")); return document.querySelectorAll("#tiles .tile[data-level=rejected]").length === document.querySelectorAll("#tiles .tile").length ? document.querySelectorAll("#tiles .worth").length : -1; })()`)
				if !strings.Contains(row.line, fmt.Sprintf("rejected: %d of", n)) {
					t.Errorf("%s %s: %d tiles are rejected", row.from, row.name, n)
				}
			}
			p.within(t, base)
			p = b.open(t, base+row.page, "")
			if badges := eval[string](t, p, `[...document.querySelectorAll("table .badge")].map((e) => e.textContent).join(" ")`); !strings.HasPrefix(badges, row.badges) || row.badges == "" && badges != "" {
				t.Errorf("%s %s: the badges are %q, want %q", row.from, row.name, badges, row.badges)
			}
			if text := eval[string](t, p, `document.body.innerText`); !strings.Contains(text, row.words) {
				t.Errorf("%s %s: the page says %s", row.from, row.name, text)
			}
			if n := eval[int](t, p, `document.querySelectorAll("table [data-level=proven]").length`); n > 0 {
				t.Errorf("%s %s: %d attributes are green", row.from, row.name, n)
			}
			p.within(t, base)
		}
	}
}

// Whoever made a key forges what he likes: no page calls it proven, or counts it for rarity, whatever
// the description says of the key.
func TestSlowSite_NeverCallsAForgeryProven(t *testing.T) {
	from, trait := forged(t)
	dir := siteFolder(t, from)
	page, proof := string(read(t, dir, "tokens/2.html")), string(read(t, dir, "proof.html"))
	if !strings.Contains(page, trait) || strings.Contains(page, `data-level="proven"`) || !strings.Contains(page, `data-level="amber"`) || !strings.Contains(page, "No rarity is told") {
		t.Errorf("the forged token's page is\n%s", page)
	}
	for _, want := range []string{"said to be ceremony:", honest, "is the description&#39;s word"} {
		if !strings.Contains(proof, want) {
			t.Errorf("the site does not say %q:\n%s", want, proof)
		}
	}
}

// Images are shown from bytes that were hashed, or marked: on a disk until its reader chooses the
// folder. A swapped one is never shown as the card's.
func TestSlowSite_HashesImages(t *testing.T) {
	b := startBrowser(t)
	good := siteFolder(t, deck)
	bad := siteFolder(t, deck)
	name := eval[string](t, b.open(t, "file://"+good+"/tokens/5.html", ""), `document.querySelector(".picture").dataset.file`)
	other := eval[string](t, b.open(t, "file://"+good+"/tokens/6.html", ""), `document.querySelector(".picture").dataset.file`)
	put(t, bad, "images/"+name, read(t, good, "images", other))
	const shown = `document.querySelectorAll(".picture img[src^='blob:']").length`
	for _, row := range []struct {
		dir  string
		bad  int
		mark string
	}{{good, 0, "image: hashed here"}, {bad, 1, "image: not shown"}} {
		bases := both(t, row.dir)
		p := b.open(t, bases[1]+"index.html", "")
		p.wait(t, `document.querySelectorAll(".tile").length === 12`)
		marks := p.marks(t, "not checked yet")
		if n := eval[int](t, p, shown); n != 12-row.bad || marks[5] != row.mark || marks[4] != "image: hashed here" {
			t.Errorf("on a server: %d images, %q", n, marks)
		}
		p.within(t, bases[1])
		for _, page := range []string{"index.html", "tokens/5.html"} {
			p = b.open(t, bases[0]+page, "")
			p.wait(t, `!document.getElementById("folder").hidden && document.querySelector(".picture img")?.complete`)
			if marks := p.marks(t, "by your browser"); !all(marks, "image: not checked yet") || eval[int](t, p, shown) != 0 {
				t.Errorf("on a disk, %s: %q", page, marks)
			}
			p.give(t, "choose", row.dir)
			marks = p.marks(t, "not checked yet")
			if got := marks[min(5, len(marks)-1)]; got != row.mark {
				t.Errorf("on a disk, with its folder, %s: %q", page, marks)
			}
			p.within(t, bases[0])
		}
	}
}

// Without script everything can be read, images too.
func TestSlowSite_IsReadWithoutScript(t *testing.T) {
	b := startBrowser(t)
	dir := siteFolder(t, deck)
	for _, base := range both(t, dir) {
		p := b.open(t, base+"index.html", "")
		p.do(t, "Emulation.setScriptExecutionDisabled", map[string]any{"value": true}, nil)
		for page, want := range map[string]string{"index.html": `.tile noscript img`, "tokens/5.html": `.left noscript img`} {
			p.do(t, "Page.navigate", map[string]any{"url": base + page}, nil)
			p.wait(t, `location.href.endsWith("`+page+`") && document.readyState === "complete"`)
			if n := eval[int](t, p, `[...document.querySelectorAll("`+want+`")].filter((i) => i.getClientRects().length > 0).length`); n == 0 {
				t.Errorf("%s%s shows no image: %s", base, page, eval[string](t, p, `document.querySelector("main").innerHTML.slice(0, 3000)`))
			}
			if text := eval[string](t, p, `document.body.innerText`); !strings.Contains(text, "not checked yet") || !strings.Contains(text, "Lantern Moths #6") {
				t.Errorf("%s%s says %s", base, page, text)
			}
		}
	}
}

// The site's copy of verifier.html is the release's, and judges the site's own publication.
func TestSlowSite_HoldsTheVerifier(t *testing.T) {
	b := startBrowser(t)
	dir := siteFolder(t, deck)
	if string(read(t, dir, "verifier.html")) != string(read(t, verifierFile(t))) {
		t.Fatal("the copy is another file")
	}
	for _, base := range both(t, dir) {
		p := b.open(t, base+"verifier.html", "")
		for _, what := range []string{"publication", ""} {
			if got := p.judged(t, "folder", filepath.Join(dir, what)); got.Level != "amber" || got.Line != honest+" (4 reservations): 12 cards" {
				t.Errorf("%s: of %q it says %+v", base, what, got)
			}
		}
		if v := eval[[]string](t, p, "violations"); len(v) > 0 {
			t.Errorf("violations %q", v)
		}
	}
}

// In a frame a page shows a link to itself, and a server of genproof's lets nobody frame it.
func TestSlowSite_ShowsNothingInAFrame(t *testing.T) {
	b := startBrowser(t)
	dir := siteFolder(t, deck)
	for _, base := range both(t, dir) {
		host := filepath.Join(t.TempDir(), "host.html")
		if err := os.WriteFile(host, []byte(`<p id="about">host</p><iframe src="`+base+`index.html" width="800" height="600"></iframe>`), 0o644); err != nil {
			t.Fatal(err)
		}
		p := b.open(t, "file://"+host, "")
		p.wait(t, `frames.length === 1`)
		var tree struct {
			FrameTree struct {
				ChildFrames []struct {
					Frame struct{ ID, URL, UnreachableURL string }
				}
			}
		}
		text := ""
		for range 50 {
			p.do(t, "Page.getFrameTree", map[string]any{}, &tree)
			if len(tree.FrameTree.ChildFrames) == 1 {
				text = p.frameText(t, tree.FrameTree.ChildFrames[0].Frame.ID)
			}
			if text != "" && (strings.HasPrefix(base, "http") || strings.Contains(text, "frame")) {
				break
			}
		}
		if strings.Contains(text, "Lantern") || strings.HasPrefix(base, "file") && !strings.Contains(text, "A page in a frame cannot be told from what is around it.") {
			t.Errorf("%s: in a frame the page says %q", base, text)
		}
	}
}

// frameText is what a frame says.
func (p *tab) frameText(t *testing.T, frame string) string {
	t.Helper()
	var world struct{ ExecutionContextID int }
	p.do(t, "Page.createIsolatedWorld", map[string]any{"frameId": frame}, &world)
	var r struct{ Result struct{ Value string } }
	p.do(t, "Runtime.evaluate", map[string]any{"expression": "document.body?.innerText ?? ''", "contextId": world.ExecutionContextID, "returnByValue": true}, &r)
	return r.Result.Value
}
