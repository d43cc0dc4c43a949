//go:build prover_checks

package page

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

const shownFolder = "../testdata/shown"

// said returns the text of the result.
func (p *tab) said(t *testing.T) string {
	t.Helper()
	return eval[string](t, p, `document.getElementById("result").innerText`)
}

// enter types into a field and leaves it.
func (p *tab) enter(t *testing.T, id, text string) {
	t.Helper()
	eval[any](t, p, fmt.Sprintf(`(() => { const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event("change")); })()`, id, text))
}

// A claim and a disclosure are judged against the deck's description, wherever it is, and the page
// says whom a claim is for and who has to look at that.
func TestSlowPage_ShowsClaimsAndDisclosures(t *testing.T) {
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	at := func(name string) string { return filepath.Join(shownFolder, name) }
	const holds = honest + " (4 reservations): the rule holds for card 1"
	for _, row := range []struct {
		level, line string
		files       []string
	}{
		{"not checked", "a claim or a disclosure alone says nothing about its deck", []string{"claim.json"}},
		{"amber", holds, []string{"drop.json"}}, // the claim waited for it
		{"amber", holds, []string{"claim.json"}},
		{"proven", "proven (2 reservations): 2 attributes", []string{"card.json"}},
		{"amber", holds, []string{"claim.json", "drop.car"}},
		{"amber", honest + " (5 reservations): the rule holds for card 1", []string{"token.json"}},
		{"amber", honest + " (4 reservations): 12 cards", []string{"drop.car"}},
		{"not checked", "there are several claims or disclosures among these files: give one at a time", []string{"claim.json", "card.json"}},
	} {
		var paths []string
		for _, name := range row.files {
			paths = append(paths, at(name))
		}
		if got := p.judged(t, "files", paths...); got.Level != row.level || got.Line != row.line {
			t.Errorf("%v: got %+v", row.files, got)
		}
	}
	if got := p.judged(t, "files", at("late.json")); got.Level != "rejected" || !strings.HasPrefix(got.Line, "rejected: the claim has expired: its last second was 978307199") {
		t.Errorf("a late claim: got %+v", got)
	}
	p.judged(t, "files", at("claim.json"))
	text := p.said(t)
	for _, want := range []string{
		"museum.example", "0x" + strings.Repeat("5a", 32), "2999-12-31T23:59:59Z", "Who has to check that", "compares its name and its challenge with their own",
		"The clock of this machine", "claim.safety >= 0.80", "(in the claim)", "or who made the claim", "authority: What the card holds is asserted", "that the author's text of the rule says",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("of a claim the page does not say %q:\n%s", want, text)
		}
	}
	if n := eval[int](t, p, `document.querySelectorAll("#result [data-level=proven]").length`); n != 0 {
		t.Errorf("%d things of an amber claim are green", n)
	}
	for _, row := range []struct{ id, text, level string }{
		{"own-name", "example.org", "rejected"}, {"own-name", "museum.example", "amber"}, {"own-challenge", "0x" + strings.Repeat("5b", 32), "rejected"},
		{"own-challenge", "5a", "not checked"}, {"own-challenge", "0x" + strings.Repeat("5a", 32), "amber"},
	} {
		eval[any](t, p, `document.getElementById("result").querySelector(".verdict").remove()`)
		p.enter(t, row.id, row.text)
		if got := p.verdict(t); got.Level != row.level {
			t.Errorf("%s %s: got %+v", row.id, row.text, got)
		}
	}
	if text := p.said(t); strings.Contains(text, "was not asked") {
		t.Errorf("with name and challenge the page says\n%s", text)
	}
	p.judged(t, "files", at("token.json"))
	if text := p.said(t); !strings.Contains(text, "18446744073709551614") || !strings.Contains(text, "18446744073709551615") {
		t.Errorf("of a token the page says\n%s", text)
	}
	p.enter(t, "own-name", "")
	p.enter(t, "own-challenge", "")
	p.judged(t, "files", at("card.json"), at("drop.json"))
	if got, want := eval[string](t, p, `document.getElementById("opened").innerText`), "claim.licence\tCC-BY-4.0, by hand\nclaim.safety\t0.90"; !strings.Contains(got, want) {
		t.Errorf("a disclosure opens %q, want %q", got, want)
	}
	// The deck itself is looked at when it is asked for.
	p.judged(t, "files", at("claim.json"), at("drop.car"))
	eval[any](t, p, `[...document.querySelectorAll("#result button")].find((b) => b.textContent === "Check what was published of the deck").click()`)
	p.wait(t, `document.querySelectorAll(".card").length === 12`)
	p.quiet(t)
}
