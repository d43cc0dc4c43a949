//go:build prover_checks

package page

import (
	"bytes"
	"encoding/base64"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/genproof/genproof/page/site"
	"github.com/genproof/genproof/publication"
)

// Pages of a hostile deck, whose proofs all hold, run and load nothing of it: not one request, not one
// violation of the policy, on any view.
func TestSlowSite_RunsAndLoadsNothingOfAHostileDeck(t *testing.T) {
	server := newCounter(t)
	from, list := hostileDeck(t, server.URL)
	dir := siteFolder(t, from)
	if r, err := site.Check(siteFiles{dir}, read(t, verifierFile(t))); err != nil || len(r.Faults) > 0 {
		t.Errorf("the site does not pass its check: %+v (%v)", r, err)
	}
	b := startBrowser(t)
	for _, base := range both(t, dir) {
		pages := []string{"index.html", "proof.html"}
		for n := range list {
			pages = append(pages, fmt.Sprintf("tokens/%d.html", n))
		}
		for i, page := range pages {
			p := b.open(t, base+page, `let ticks = 0; setInterval(() => ticks++, 50);`)
			for _, row := range []struct{ what, expression string }{
				{"elements of a text", `document.querySelectorAll("iframe, style, object, form, base, b, embed, script:not([src])").length === 0 && document.querySelectorAll("link").length === 1`},
				{"a link of a text", `[...document.querySelectorAll("a")].every((a) => a.href.startsWith("` + base + `"))`},
				{"frames", `frames.length === 0`},
				{"a prototype", `({}).onerror === undefined && Object.keys(Object.prototype).length === 0`},
				{"all details", `[...document.querySelectorAll("details")].every((d) => (d.open = true))`},
				{"all buttons", `[...document.querySelectorAll(".picture button")].every((b) => (b.click(), true))`},
			} {
				if !eval[bool](t, p, row.expression) {
					t.Errorf("%s%s: %s", base, page, row.what)
				}
			}
			text := eval[string](t, p, `document.body.textContent + document.title`)
			if strings.ContainsAny(text, "\u202e\u200b\u2066\U000e0041\x07\u2028\u3000") || strings.Contains(text, strings.Repeat("\u0301", 10)) {
				t.Errorf("%s%s: signs that nobody sees stand in it", base, page)
			}
			if n := i - 2; n >= 0 && list[n].says != "" && list[n].says != "It moves." {
				if said := eval[string](t, p, `document.querySelector(".left").textContent`); !strings.Contains(said, list[n].says) || eval[int](t, p, `document.querySelectorAll("img").length`) != 0 {
					t.Errorf("%s%s: of its image it says %q, want %q", base, page, said, list[n].says)
				}
			}
			p.wait(t, `ticks > 3`)
			p.within(t, base)
		}
	}
	if n := server.asked.Load(); n > 0 {
		t.Errorf("the pages asked a server %d times", n)
	}
}

// siteFiles is a site's folder for a check.
type siteFiles struct{ dir string }

func (f siteFiles) Names() ([]string, error) {
	var names []string
	err := filepath.WalkDir(f.dir, func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			name, _ := filepath.Rel(f.dir, path)
			names = append(names, filepath.ToSlash(name))
		}
		return err
	})
	return names, err
}

func (f siteFiles) Read(name string, limit int64) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(f.dir, filepath.FromSlash(name)))
	if err == nil && int64(len(data)) > limit {
		err = fmt.Errorf("%s is too large", name)
	}
	return data, err
}

// crowd is a real deck's site with its cards again and again, up to n of them: no deck of so many is
// proven for a test, and a gallery does not tell the difference.
func crowd(t *testing.T, n int) string {
	t.Helper()
	s, p := siteOf(t, deck, publication.Trust{})
	real := s.Entries
	s.Entries, s.Supply = nil, uint64(n)
	for i := range n {
		e := real[i%len(real)]
		e.Number, e.Name, e.Token = uint64(i), fmt.Sprintf("Lantern Moths #%d", i+1), fmt.Sprintf("token %d", i+1)
		s.Entries = append(s.Entries, e)
	}
	return writeSite(t, s, p.Source(), nil)
}

// memory is what all processes of the browser have for themselves, and their part of what they share, in
// bytes.
func (b *browser) memory(t *testing.T) (total int) {
	t.Helper()
	var info struct{ ProcessInfo []struct{ ID int } }
	b.Call(t, "", "SystemInfo.getProcessInfo", map[string]any{}, &info)
	for _, process := range info.ProcessInfo {
		data, err := os.ReadFile(fmt.Sprintf("/proc/%d/smaps_rollup", process.ID))
		if err != nil {
			continue // it has ended
		}
		_, rest, _ := strings.Cut(string(data), "\nPss:")
		kib, err := strconv.Atoi(strings.Fields(rest)[0])
		if err != nil {
			t.Fatal(err)
		}
		total += kib << 10
	}
	return total
}

// 10,000 cards: little memory, and quick answers.
func TestSlowSite_HoldsTenThousand(t *testing.T) {
	const n = 10000
	dir := crowd(t, n)
	for _, base := range both(t, dir) {
		b := startBrowser(t)
		empty := b.memory(t)
		p := b.open(t, base+"index.html", "")
		p.wait(t, `document.querySelectorAll(".tile").length === 96 && document.getElementById("count").textContent === "10000 of 10000 cards"`)
		p.wait(t, `document.querySelectorAll(".picture img").length > 6`)
		atFirst := b.memory(t)
		usual := eval[float64](t, p, `(async () => {
			const times = [];
			const time = async (work) => {
				const from = performance.now();
				work();
				document.body.offsetHeight;
				times.push(performance.now() - from);
				await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
			};
			for (let i = 0; i < 103; i++) await time(() => [...document.querySelectorAll("#paging button")].at(-1).click());
			const first = document.getElementById("f0");
			for (let i = 0; i < first.options.length; i++) await time(() => { first.selectedIndex = i; first.dispatchEvent(new Event("change")); });
			first.selectedIndex = 0; first.dispatchEvent(new Event("change"));
			return times.sort((a, b) => a - b)[times.length >> 1];
		})()`)
		eval[any](t, p, `(() => { const s = document.getElementById("search"); s.value = "#98"; s.dispatchEvent(new Event("input")); })()`)
		p.wait(t, `document.getElementById("count").textContent === "111 of 10000 cards"`)
		frames := eval[float64](t, p, `new Promise((done) => {
			const s = document.getElementById("search"); s.value = ""; s.dispatchEvent(new Event("input"));
			let last = performance.now();
			const times = [];
			const step = (now) => { times.push(now - last); last = now; scrollBy(0, 120); if (times.length < 120) requestAnimationFrame(step); else done(times.sort((a, b) => a - b)[times.length >> 1]); };
			setTimeout(() => requestAnimationFrame((now) => { last = now; step(now); }), 500);
		})`)
		p.wait(t, `document.querySelectorAll(".picture img").length > 0`)
		used := b.memory(t)
		t.Logf("%.5s: half of the answers take at most %.0f ms, half of the frames %.0f ms; memory %d MB, %d MB at first, %d MB without the page; %s", base, usual, frames, used>>20, atFirst>>20, empty>>20,
			eval[string](t, p, `Math.round(performance.memory.usedJSHeapSize / 1e6) + " MB of script, " + document.querySelectorAll("*").length + " elements"`))
		if usual > 200 || frames > 100 || used-empty > 400<<20 { // medians: others work on the machine too
			t.Errorf("%s: answers %.0f ms, frames %.0f ms, memory %d MB more than without the page", base, usual, frames, (used-empty)>>20)
		}
		p.within(t, base)
	}
}

// The pages are for phones and desks, by day and by night, for hands, eyes and ears.
func TestSlowSite_IsForEverybody(t *testing.T) {
	b := startBrowser(t)
	good, bad := siteFolder(t, deck), siteFolder(t, copied(t, deck, "cards/5.json", flip))
	const watch = `let shift = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) shift += e.value; }).observe({ type: "layout-shift", buffered: true });`
	for _, dir := range []string{good, bad} {
		base := served(t, dir)
		for _, page := range []string{"index.html", "tokens/5.html", "proof.html"} {
			p := b.open(t, base+page, watch)
			p.wait(t, `![...document.querySelectorAll(".picture[data-file]:not([data-file=''])")].some((e) => e.getBoundingClientRect().top < innerHeight && !e.querySelector("img"))`)
			if shift := eval[float64](t, p, "shift"); shift > 0.1 {
				t.Errorf("%s: the layout shifts by %.2f", page, shift)
			}
			eval[any](t, p, `document.querySelectorAll("details").forEach((d) => (d.open = true))`)
			for _, width := range []int{320, 390, 768, 1280} {
				for _, scheme := range []string{"light", "dark"} {
					p.resize(t, width, 800, scheme)
					if over := eval[int](t, p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
						t.Errorf("%s, %d wide: %d pixels stand over", page, width, over)
					}
					if low := eval[[]string](t, p, contrasts); len(low) > 0 {
						t.Errorf("%s, %d wide, %s: low contrast of %q", page, width, scheme, low[:min(5, len(low))])
					}
				}
			}
			small := eval[[]string](t, p, `[...document.querySelectorAll("button, select, input, .button, nav a")].filter((e) => e.getClientRects().length > 0 && e.getBoundingClientRect().height < 24).map((e) => e.outerHTML.slice(0, 80))`)
			if len(small) > 0 {
				t.Errorf("%s: smaller than a finger: %q", page, small)
			}
			for _, want := range map[string][]string{"index.html": {"heading Lantern Moths", "searchbox Search names and numbers", "combobox Wings", "status 12 of 12 cards", "navigation Site", "main "}, "tokens/5.html": {"heading Timeline", "main "}, "proof.html": {"heading Check without this page", "contentinfo "}}[page] {
				if names := p.accessible(t, page); !names[want] {
					t.Errorf("%s: there is no %q for a screen reader", page, want)
				}
			}
			if outline := eval[[]int](t, p, `[...document.querySelectorAll("h1,h2,h3")].map((h) => Number(h.tagName[1]))`); len(outline) == 0 || outline[0] != 1 {
				t.Errorf("%s: its headings are %v", page, outline)
			}
		}
	}
}

// accessible returns role and name of what a screen reader finds. What can have the focus has a name.
func (p *tab) accessible(t *testing.T, page string) map[string]bool {
	t.Helper()
	var tree struct {
		Nodes []struct {
			Ignored    bool
			Role, Name struct{ Value any }
			Properties []struct {
				Name  string
				Value struct{ Value any }
			}
		}
	}
	p.do(t, "Accessibility.getFullAXTree", map[string]any{}, &tree)
	names := map[string]bool{}
	for _, n := range tree.Nodes {
		role, name := fmt.Sprint(n.Role.Value), fmt.Sprint(n.Name.Value)
		if names[role+" "+name] = true; role == "main" || role == "contentinfo" || role == "status" {
			names[role+" "] = true
		}
		for _, property := range n.Properties {
			if property.Name == "focusable" && property.Value.Value == true && !n.Ignored && role != "RootWebArea" && strings.TrimSpace(name) == "" {
				t.Errorf("%s: a %s that can have the focus has no name", page, role)
			}
		}
	}
	if text := eval[string](t, p, `document.querySelector("[role=status]")?.textContent ?? ""`); text != "" {
		names["status "+text] = true
	}
	return names
}

var update = flag.Bool("update", false, "write the pictures of README")

// The pictures of README are of this site, and small.
func TestSlowSite_Pictures(t *testing.T) {
	b := startBrowser(t)
	base := served(t, siteFolder(t, deck))
	for name, page := range map[string]string{"gallery": "index.html", "card": "tokens/5.html"} {
		p := b.open(t, base+page, "")
		p.resize(t, 1200, 760, "light")
		p.wait(t, `![...document.querySelectorAll(".picture[data-file]")].some((e) => e.getBoundingClientRect().top < innerHeight && !e.querySelector("img"))`)
		var shot struct{ Data string }
		p.do(t, "Page.captureScreenshot", map[string]any{"format": "png", "optimizeForSpeed": false}, &shot)
		data, err := base64.StdEncoding.DecodeString(shot.Data)
		if err != nil || !bytes.HasPrefix(data, []byte("\x89PNG")) || len(data) > 200_000 || len(data) < 10_000 {
			t.Fatalf("%s: %d bytes (%v)", name, len(data), err)
		}
		file := filepath.Join("pictures", name+".png")
		if *update {
			put(t, ".", file, data)
		}
		if kept := read(t, file); len(kept) > 200_000 {
			t.Errorf("%s has %d bytes", file, len(kept))
		}
	}
}
