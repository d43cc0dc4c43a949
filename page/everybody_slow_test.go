//go:build prover_checks

package page

import (
	"fmt"
	"strings"
	"testing"
)

// contrasts finds texts whose contrast with what is behind them is below 4.5, as WCAG AA asks.
const contrasts = `(() => {
	const rgb = (s) => s.match(/[\d.]+/g).map(Number);
	const light = ([r, g, b]) => [r, g, b].map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
	const behind = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
	const low = [];
	for (const e of document.querySelectorAll("body *")) {
		if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || e.getClientRects().length === 0) continue;
		const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
		if ((a + 0.05) / (b + 0.05) < 4.5) low.push(e.tagName + " " + e.className + " " + e.textContent.slice(0, 30) + " " + ((a + 0.05) / (b + 0.05)).toFixed(2));
	}
	return low;
})()`

// The page is for phones and desks, by day and by night, for hands, eyes and ears.
func TestSlowPage_IsForEverybody(t *testing.T) {
	p := startBrowser(t).open(t, "file://"+verifierFile(t), `let shift = 0; new PerformanceObserver((l) => { for (const e of l.getEntries()) if (!e.hadRecentInput) shift += e.value; }).observe({ type: "layout-shift", buffered: true });`)
	for _, dir := range []string{"", deck, copied(t, deck, "cards/5.json", flip)} {
		if dir != "" {
			p.resize(t, 390, 800, "light")
			p.click(t) // as a reader does, who lets things move for half a second
			p.judged(t, "folder", dir)
			p.wait(t, `!document.querySelector(".picture")?.textContent.includes("Add the folder")`)
		}
		for _, width := range []int{320, 390, 768, 1280} {
			for _, scheme := range []string{"light", "dark"} {
				p.resize(t, width, 800, scheme)
				if over := eval[int](t, p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
					t.Errorf("%s, %d wide: %d pixels stand over", dir, width, over)
				}
				if low := eval[[]string](t, p, contrasts); len(low) > 0 {
					t.Errorf("%s, %d wide, %s: low contrast of %q", dir, width, scheme, low[:min(5, len(low))])
				}
			}
		}
	}
	if shift := eval[float64](t, p, "shift"); shift > 0.1 {
		t.Errorf("the layout shifts by %.2f", shift)
	}
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
	names, focusable := map[string]bool{}, 0
	for _, n := range tree.Nodes {
		role, name := fmt.Sprint(n.Role.Value), fmt.Sprint(n.Name.Value)
		names[role+" "+name] = true
		for _, property := range n.Properties {
			if property.Name != "focusable" || property.Value.Value != true || role == "RootWebArea" {
				continue
			}
			if focusable++; !n.Ignored && strings.TrimSpace(name) == "" {
				t.Errorf("a %s that can have the focus has no name", role)
			}
		}
	}
	if focusable < 5 {
		t.Errorf("%d things can have the focus", focusable)
	}
	for _, want := range []string{"heading genproof verifier", "heading Rejected", "region Verdict", "rowheader Wings"} {
		if !names[want] {
			t.Errorf("there is no %s for a screen reader", want)
		}
	}
	if lang := eval[string](t, p, `document.documentElement.lang`); lang != "en" {
		t.Errorf("the language is %q", lang)
	}
}
