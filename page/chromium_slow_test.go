//go:build prover_checks

package page

import (
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/internal/chromium"
)

// A browser opens pages of this room.
type browser struct{ *chromium.Browser }

func startBrowser(t *testing.T) *browser {
	t.Helper()
	return &browser{chromium.Start(t)}
}

// A tab is a page of this room.
type tab struct{ *chromium.Tab }

// open opens an address in a tab of its own, with more to run before.
func (b *browser) open(t *testing.T, url, before string) *tab {
	t.Helper()
	p := &tab{b.Open(t, url, before)}
	p.wait(t, `document.readyState === "complete" && document.getElementById("about") !== null`)
	return p
}

// requests are those that the page has made, but for itself.
func (p *tab) requests() []string {
	return slices.DeleteFunc(p.Requests(), func(u string) bool { return strings.HasSuffix(u, "/verifier.html") })
}

func (p *tab) do(t *testing.T, method string, params, result any) {
	t.Helper()
	p.Do(t, method, params, result)
}

func (p *tab) wait(t *testing.T, expression string) {
	t.Helper()
	p.Wait(t, expression)
}

func (p *tab) give(t *testing.T, id string, paths ...string) {
	t.Helper()
	p.Give(t, id, paths...)
}

func (p *tab) click(t *testing.T) {
	t.Helper()
	p.Click(t)
}

func (p *tab) resize(t *testing.T, width, height int, scheme string) {
	t.Helper()
	p.Resize(t, width, height, scheme)
}

func eval[T any](t *testing.T, p *tab, expression string) T {
	t.Helper()
	return chromium.Eval[T](t, p.Tab, expression)
}

// A shown is what the page says of what it was given.
type shown struct {
	Level, Line string
	Reasons     []string
	Badges      []string
}

// judged gives the page something and waits for its verdict.
func (p *tab) judged(t *testing.T, id string, paths ...string) shown {
	t.Helper()
	eval[any](t, p, `document.getElementById("result").replaceChildren()`)
	p.give(t, id, paths...)
	return p.verdict(t)
}

// verdict waits for the verdict.
func (p *tab) verdict(t *testing.T) shown {
	t.Helper()
	p.wait(t, `document.querySelector("#result .verdict") !== null && document.getElementById("busy").hidden`)
	return eval[shown](t, p, `({
		Level: document.querySelector("#result .verdict").dataset.level,
		Line: document.getElementById("line").textContent,
		Reasons: [...document.querySelectorAll(".card .reason")].map((e) => e.textContent),
		Badges: [...document.querySelectorAll(".card .badge")].map((e) => e.textContent),
	})`)
}

// quiet checks that the page has asked for nothing, and that nothing was refused or thrown.
func (p *tab) quiet(t *testing.T) {
	t.Helper()
	if v := eval[[]string](t, p, "violations"); len(v) > 0 {
		t.Errorf("violations of the page's policy: %q", v)
	}
	if list := p.requests(); len(list) > 0 {
		t.Errorf("requests: %q", list)
	}
	if list := p.Log(); len(list) > 0 {
		t.Errorf("log: %s", list)
	}
}
