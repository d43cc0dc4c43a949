//go:build prover_checks

package page

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// axe returns axe-core, a program that looks for what keeps people out. It runs in the tests alone.
func axe(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not installed: axe-core did not look at the page")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/axe")); err != nil {
		t.Fatal(err)
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	return string(read(t, dir, "node_modules/axe-core/axe.min.js"))
}

// A violation is what axe finds.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML, FailureSummary string }
}

// states brings the page into each of its states, and calls look in it.
func states(t *testing.T, p *tab, look func(state string)) {
	t.Helper()
	at := func(name string) string { return filepath.Join(shownFolder, name) }
	look("nothing yet")
	eval[any](t, p, `document.querySelectorAll("details").forEach((d) => (d.open = true))`)
	look("the trust's fields")
	p.judged(t, "files", at("claim.json"))
	look("not checked")
	for _, row := range []struct {
		state, id string
		paths     []string
	}{
		{"a claim", "files", []string{at("claim.json"), at("drop.car")}},
		{"a disclosure", "files", []string{at("card.json")}},
		{"a late claim", "files", []string{at("late.json")}},
		{"a deck", "folder", []string{deck}},
		{"a drawn drop", "folder", []string{published}},
		{"a drop of pictures", "folder", []string{pictured}},
		{"a rejected card", "folder", []string{copied(t, deck, "cards/5.json", flip)}},
	} {
		p.judged(t, row.id, row.paths...)
		p.wait(t, `state.images.size === 0 || state.found !== null`)
		look(row.state)
		eval[any](t, p, `document.querySelectorAll("details").forEach((d) => (d.open = true))`)
		look(row.state + ", all open")
	}
	dir, attestations, trust := signedFiles(t, "All cards were looked at.")
	p.judged(t, "files", append([]string{filepath.Join(deck, "drop.car"), trust}, attestations...)...)
	look("attestations")
	pack := packFiles(t, dir, nil)
	p.judged(t, "files", zipped(t, pack))
	look("a pack of evidence")
	pack["publication/cards/1.json"] = nil
	p.judged(t, "files", zipped(t, pack))
	look("a pack that contradicts")
	eval[any](t, p, `busy("Checking… 7 pieces read")`)
	look("busy")
	eval[any](t, p, `busy("")`)
}

// nodeStates are those that only the online page has.
func nodeStates(t *testing.T, p *tab, look func(state string)) {
	t.Helper()
	p.judged(t, "files", filepath.Join(sold, "drop.car"))
	node := recorded(t, nil)
	p.compares(t, soldContract, "1,2,3", node.URL)
	look("a node's word")
	p.compares(t, soldContract, "1", changes(t, "eth_chainId", "0x1").URL, node.URL)
	look("two nodes, one of which contradicts")
	p.compares(t, soldContract, "1", changes(t, "eth_chainId", 7).URL)
	look("a node that does not answer")
}

// In no state of either page does axe-core find anything, by day and by night.
func TestSlowPage_KeepsNobodyOut(t *testing.T) {
	source := axe(t)
	b := startBrowser(t)
	for _, name := range []string{File, OnlineFile} {
		p := b.open(t, "file://"+fileOf(t, name), "")
		p.do(t, "Runtime.evaluate", map[string]any{"expression": source}, nil)
		seen := 0
		look := func(state string) {
			for _, scheme := range []string{"light", "dark"} {
				p.resize(t, 1280, 900, scheme)
				seen++
				for _, v := range eval[[]violation](t, p, `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations)`) {
					nodes, _ := json.Marshal(v.Nodes[:min(3, len(v.Nodes))])
					t.Errorf("%s, %s, %s: %s (%s): %s", name, state, scheme, v.ID, v.Impact, nodes)
				}
			}
		}
		states(t, p, look)
		if name == OnlineFile {
			nodeStates(t, p, look)
		}
		if seen < 28 {
			t.Errorf("%s: axe looked at %d states", name, seen)
		}
		// axe sees what it should: an image without words is found.
		eval[any](t, p, `document.getElementById("result").append(document.createElement("img"))`)
		if n := eval[int](t, p, `axe.run(document, { runOnly: ["image-alt"] }).then((r) => r.violations.length)`); n != 1 {
			t.Errorf("axe finds %d images without words", n)
		}
	}
	p := b.open(t, "file://"+verifierFile(t), `delete globalThis.Worker;`)
	p.do(t, "Runtime.evaluate", map[string]any{"expression": source}, nil)
	p.wait(t, `!document.getElementById("unable").hidden`)
	if v := eval[[]violation](t, p, `axe.run(document).then((r) => r.violations)`); len(v) > 0 {
		t.Errorf("where nothing runs: %+v", v)
	}
}

// key presses a key.
func (p *tab) key(t *testing.T, key string, code int, text string) {
	t.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		params := map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}
		if key == " " {
			params["code"] = "Space"
		}
		if kind == "keyDown" && text != "" {
			params["text"] = text
		}
		p.do(t, "Input.dispatchKeyEvent", params, nil)
	}
}

// A focus is what has the focus, and how one sees it.
type focus struct {
	ID, Name string
	Place    int  // in the order of the document
	Seen     bool // an outline of two pixels or more, in the window
}

// focused is what has the focus. A control in a label shows it on the label.
const focused = `(() => {
	const e = document.activeElement, label = e.closest(".button") ?? e;
	const outlined = (x) => { const s = getComputedStyle(x); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2; };
	const r = label.getBoundingClientRect();
	return { ID: e.id, Name: (e.labels?.[0] ?? e).textContent.trim().slice(0, 60), Place: [...document.querySelectorAll("*")].indexOf(e), Seen: (outlined(e) && e.type !== "file" || outlined(label)) && r.width > 0 && r.bottom > 0 && r.top < innerHeight };
})()`

// tabs presses Tab until something has the focus, and checks everything on the way: it stands in
// the order of the page, and one sees where one is.
func (p *tab) tabs(t *testing.T, until string) {
	t.Helper()
	before := eval[focus](t, p, focused)
	for range 200 {
		p.key(t, "Tab", 9, "")
		now := eval[focus](t, p, focused)
		if now.Place <= before.Place {
			t.Fatalf("on the way to %s: behind %+v comes %+v", until, before, now)
		}
		if !now.Seen {
			t.Errorf("on the way to %s: nobody sees that %+v has the focus", until, now)
		}
		if now.ID == until || now.Name == until {
			return
		}
		before = now
	}
	t.Fatalf("Tab does not lead to %s", until)
}

// Without a mouse one gets everywhere and does everything.
func TestSlowPage_NeedsNoMouse(t *testing.T) {
	b := startBrowser(t)
	p := b.open(t, "file://"+fileOf(t, OnlineFile), "")
	p.resize(t, 1280, 900, "light")
	p.do(t, "Page.setInterceptFileChooserDialog", map[string]any{"enabled": true}, nil)
	p.do(t, "Page.bringToFront", map[string]any{}, nil)
	opens := func(id string) {
		t.Helper()
		before := p.Choosers.Load()
		p.key(t, " ", 32, " ")
		p.wait(t, "true")
		for range 60 {
			if p.Choosers.Load() > before {
				return
			}
			p.wait(t, "new Promise((go) => setTimeout(() => go(true), 50))")
		}
		t.Errorf("the space bar does not open the chooser of %s", id)
	}
	p.tabs(t, "folder")
	opens("folder")
	p.tabs(t, "files")
	opens("files")
	p.tabs(t, "A key, a description, a trust file or blocks of your own")
	p.key(t, "Enter", 13, "\r")
	p.wait(t, `document.getElementById("trust").open`)
	for _, id := range []string{"own-key", "own-description", "own-trust", "own-checkpoints", "own-name", "own-challenge", "gateway", "cid", "fetch-tree", "car-address", "fetch-car", "node", "node-2", "contract", "tokens", "compare"} {
		p.tabs(t, id)
	}
	// A verdict takes the focus to its heading; from there everything of it is reached.
	p.judged(t, "files", filepath.Join(deck, "drop.car"))
	if got := eval[string](t, p, `document.activeElement.textContent`); got != "Amber" {
		t.Errorf("after a verdict %q has the focus", got)
	}
	p.tabs(t, "Addresses")
	p.key(t, "Enter", 13, "\r")
	p.wait(t, `document.activeElement.parentElement.open`)
	// Fields are filled in and buttons pressed by keys.
	node := recorded(t, nil)
	p.judged(t, "files", filepath.Join(sold, "drop.car"))
	eval[any](t, p, `document.getElementById("fetch-car").focus()`)
	for _, row := range [][2]string{{"node", node.URL}, {"contract", soldContract}, {"tokens", "1"}} {
		p.tabs(t, row[0])
		p.do(t, "Input.insertText", map[string]any{"text": row[1]}, nil)
	}
	p.tabs(t, "compare")
	p.key(t, "Enter", 13, "\r")
	p.wait(t, `document.querySelectorAll("#chain-result .chain").length === 1`)
	if got := eval[string](t, p, `document.activeElement.textContent`); got != fmt.Sprintf("According to %s at block 8", node.Listener.Addr()) {
		t.Errorf("after a comparison %q has the focus", got)
	}
}

// Who asked for less motion sees none, and nothing jumps while answers come.
func TestSlowPage_StandsStill(t *testing.T) {
	p := startBrowser(t).open(t, "file://"+fileOf(t, OnlineFile), `let shift = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) shift += e.value; }).observe({ type: "layout-shift", buffered: true });`)
	p.do(t, "Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-reduced-motion", "value": "reduce"}}}, nil)
	moving := `[...document.querySelectorAll("*")].filter((e) => { const s = getComputedStyle(e); return s.transitionDuration.split(", ").some((d) => parseFloat(d) > 0) || s.animationName !== "none" || s.scrollBehavior === "smooth"; }).map((e) => e.className)`
	look := func(state string) {
		if list := eval[[]string](t, p, moving); len(list) > 0 {
			t.Errorf("%s: %q move", state, list)
		}
	}
	p.click(t)
	states(t, p, look)
	p.click(t)
	nodeStates(t, p, look)
	if shift := eval[float64](t, p, "shift"); shift > 0.1 {
		t.Errorf("the layout shifts by %.2f", shift)
	}
	p.do(t, "Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-reduced-motion", "value": "no-preference"}}}, nil)
	if list := eval[[]string](t, p, moving); len(list) == 0 {
		t.Error("nothing moves for anybody: the test sees nothing")
	}
}
