//go:build prover_checks

package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/chromium"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
)

// injections are texts that would run or load something, were they read as anything but text.
func injections(server string) []string {
	return []string{
		`<img src="` + server + `/a" onerror="fetch('` + server + `/b')">`, `<svg onload="fetch('` + server + `/c')"></svg>`,
		`</script><script>fetch("` + server + `/d")</script>`, `<style>@import "` + server + `/e"; body{display:none}</style>`,
		`<iframe srcdoc="<script src=` + server + `/h></script>"></iframe>`, `javascript:fetch("` + server + `/i")`,
		`{{script}}${fetch("` + server + `/k")}`, `<base href="` + server + `/l/"><form action="` + server + `/m"><button autofocus>approved</button></form>`,
		`"><object data="` + server + `/j"></object>`, "approved \u202e\u2066\u200b", "\u2714 proven",
	}
}

// build writes a build folder as engines do, whose names and values would like to be scripts, and whose
// images have some beside their pixels.
func build(t *testing.T, server string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "build")
	for _, sub := range []string{"json", "images"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	put := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	hostile := injections(server)
	for i := range 12 {
		eyes := []string{"Laser", "Bored"}[i%2]
		doc, err := json.Marshal(map[string]any{"name": hostile[i%len(hostile)], "attributes": []any{
			map[string]any{"trait_type": "Eyes", "value": eyes}, map[string]any{"trait_type": "Fur " + hostile[2], "value": hostile[(i+3)%len(hostile)]},
		}})
		if err != nil {
			t.Fatal(err)
		}
		put(fmt.Sprintf("json/%d.json", i), doc)
		m := image.NewNRGBA(image.Rect(0, 0, 300, 300))
		for j := range 300 * 300 {
			m.Set(j%300, j/300, color.NRGBA{uint8(20 * i), 90, 160, 255})
		}
		var out bytes.Buffer
		if err := png.Encode(&out, m); err != nil {
			t.Fatal(err)
		}
		put(fmt.Sprintf("images/%d.png", i), append(out.Bytes(), `<script>alert(1)</script>`...))
	}
	put("images/3.png", []byte(`<svg xmlns="http://www.w3.org/2000/svg" onload="fetch('`+server+`/svg')"><script>fetch('`+server+`/svg')</script></svg>`))
	put("json/_metadata.json", []byte("[]"))
	return dir
}

const deskWatch = `globalThis.asked = []; const f = fetch; globalThis.fetch = (u, o) => { asked.push([String(u), o?.headers?.Authorization ?? ""]); return f(u, o); };`

// A desk is the console in a browser.
type deskTab struct {
	*chromium.Tab
	r *rig
}

func (d *deskTab) press(id string) {
	d.r.t.Helper()
	chromium.Eval[any](d.r.t, d.Tab, fmt.Sprintf(`document.getElementById(%q).click()`, id))
}

func (d *deskTab) login(name string) {
	d.r.t.Helper()
	chromium.Eval[any](d.r.t, d.Tab, fmt.Sprintf(`document.getElementById("token").value = %q; document.querySelector("#login-form button").click()`, d.r.tokens[name]))
	d.Wait(d.r.t, `!document.getElementById("drops").hidden`)
}

func (d *deskTab) text(id string) string {
	d.r.t.Helper()
	return chromium.Eval[string](d.r.t, d.Tab, fmt.Sprintf(`document.getElementById(%q).innerText`, id))
}

// open opens the one drop that is listed.
func (d *deskTab) open() {
	d.r.t.Helper()
	chromium.Eval[any](d.r.t, d.Tab, `document.querySelector("#drop-list button").click()`)
	d.Wait(d.r.t, `!document.getElementById("drop").hidden`)
}

func axeSource(t *testing.T) string {
	t.Helper()
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not installed: axe-core did not look at the console")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../page/testdata/axe")); err != nil {
		t.Fatal(err)
	}
	install := exec.Command("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
	install.Dir = dir
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("npm ci: %v\n%s", err, out)
	}
	data, err := os.ReadFile(filepath.Join(dir, "node_modules/axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// accessible sees that axe finds nothing, by day and by night, wide and narrow.
func (d *deskTab) accessible(state string) {
	d.r.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{1280, 390} {
			d.Resize(d.r.t, width, 900, scheme)
			found := chromium.Eval[[]struct {
				ID    string
				Nodes []struct{ HTML string }
			}](d.r.t, d.Tab, `axe.run(document, { resultTypes: ["violations"] }).then((r) => r.violations.map((v) => ({ ID: v.id, Nodes: v.nodes.slice(0, 3).map((n) => ({ HTML: n.html })) })))`)
			for _, v := range found {
				d.r.t.Errorf("%s, %s, %d wide: %s: %+v", state, scheme, width, v.ID, v.Nodes)
			}
			if over := chromium.Eval[bool](d.r.t, d.Tab, `document.documentElement.scrollWidth > document.documentElement.clientWidth`); over {
				d.r.t.Errorf("%s, %d wide: it scrolls to the side", state, width)
			}
		}
	}
}

// quiet sees that nothing was refused, thrown, kept or asked of others, and that the token stood in headers
// alone.
func (d *deskTab) quiet() {
	t := d.r.t
	t.Helper()
	if v := chromium.Eval[[]string](t, d.Tab, "violations"); len(v) > 0 {
		t.Errorf("violations of the page's policy: %q", v)
	}
	if kept := chromium.Eval[string](t, d.Tab, `document.cookie + Object.keys(localStorage) + Object.keys(sessionStorage) + location.hash + location.search`); kept != "" {
		t.Errorf("the page keeps %s", kept)
	}
	for _, u := range d.Requests() {
		if !strings.HasPrefix(u, d.r.http.URL+"/") {
			t.Errorf("a request for %s", u)
		}
		for _, secret := range d.r.tokens {
			if strings.Contains(u, secret) {
				t.Errorf("a token is in an address")
			}
		}
	}
	for _, line := range d.Log() {
		if !strings.Contains(line, "favicon.ico") && !strings.Contains(line, "422") && !strings.Contains(line, "401") && !strings.Contains(line, "409") {
			t.Errorf("log: %s", line)
		}
	}
}

// The whole way of a drop at the console, by an author and a curator, with a build folder whose texts and
// images would like to be scripts.
func TestSlowDesk_HasADropProven(t *testing.T) {
	axe := axeSource(t)
	browser := chromium.Start(t)
	r := newRig(t, 100_000)
	r.prover()
	stranger := newCounter(t)
	author := &deskTab{browser.Open(t, r.http.URL+"/", deskWatch), r}
	chromium.Eval[any](t, author.Tab, axe+"; 0")
	author.accessible("logging in")
	chromium.Eval[any](t, author.Tab, `document.getElementById("token").value = "gpr_wrong"; document.querySelector("#login-form button").click()`)
	author.Wait(t, `!document.getElementById("said").hidden`)
	author.login("ours author")
	author.accessible("no drops")
	chromium.Eval[any](t, author.Tab, `document.getElementById("new-name").value = "Foxes </script><img src=x onerror=alert(1)>"; document.getElementById("new-review").checked = true; document.querySelector("#new-drop button").click()`)
	author.Wait(t, `!document.getElementById("drop").hidden`)
	author.Give(t, "folder", build(t, stranger.URL))
	author.Wait(t, `document.getElementById("upload-line").textContent.startsWith("24 files are there, 24")`)
	author.press("import")
	author.Wait(t, `document.getElementById("check-line") !== null && document.querySelectorAll("#card-list .card").length === 12`)
	if text := author.text("check-line"); text != "12 cards, 3 proofs: every card can be proven" {
		t.Errorf("the check says %q", text)
	}
	author.accessible("checked")
	author.press("start")
	author.Wait(t, `document.getElementById("said").textContent.includes("12 cards are approved by nobody")`)

	curator := &deskTab{browser.Open(t, r.http.URL+"/", deskWatch), r}
	chromium.Eval[any](t, curator.Tab, axe+"; 0")
	curator.login("ours curator")
	curator.open()
	curator.press("cards-show")
	curator.Wait(t, `document.querySelectorAll("#card-list img").length === 11 && document.querySelector('[data-card="3"] .picture').textContent.startsWith("Not shown")`)
	if sizes := chromium.Eval[[]int](t, curator.Tab, `[...document.querySelectorAll("#card-list img")].map((i) => i.naturalWidth)`); len(sizes) != 11 || sizes[0] != 256 {
		t.Errorf("thumbnails are %v wide", sizes)
	}
	curator.accessible("cards")
	reject := func(reason string) {
		chromium.Eval[any](t, curator.Tab, fmt.Sprintf(`document.querySelector('[data-card="5"] input').value = %q; document.querySelector('[data-card="5"] .button.quiet').click()`, reason))
	}
	reject("")
	curator.Wait(t, `document.getElementById("said").textContent.includes("needs a reason")`)
	reject(injections(stranger.URL)[0])
	curator.Wait(t, `document.querySelector('[data-card="5"]').dataset.verdict === "rejected"`)
	curator.press("approve-page")
	curator.Wait(t, `document.querySelectorAll('[data-verdict="approved"]').length === 11`)
	curator.accessible("decided")

	author.press("start")
	author.Wait(t, `document.getElementById("said").textContent.includes("1 cards are rejected")`)
	chromium.Eval[any](t, curator.Tab, `document.querySelector('[data-card="5"] .button').click()`)
	curator.Wait(t, `document.querySelectorAll('[data-verdict="approved"]').length === 12`)
	// axe sees what it should: an image without words is found.
	chromium.Eval[any](t, curator.Tab, `document.getElementById("cards-line").append(document.createElement("img"))`)
	if n := chromium.Eval[int](t, curator.Tab, `axe.run(document, { runOnly: ["image-alt"] }).then((r) => r.violations.length)`); n != 1 {
		t.Errorf("axe finds %d images without words", n)
	}
	author.press("start")
	author.Wait(t, `!document.getElementById("car").hidden`)
	if line := author.text("prove-line"); line != "proven" {
		t.Errorf("in the end it says %q", line)
	}
	author.press("cost-show")
	author.Wait(t, `document.getElementById("cost-line") !== null`)
	author.press("log-show")
	author.Wait(t, `document.querySelectorAll("#log-result tbody tr").length >= 7`)
	author.accessible("done")
	download(t, author)
	author.quiet()
	curator.quiet()
	if n := stranger.asked.Load(); n > 0 {
		t.Errorf("a stranger's server was asked %d times", n)
	}
	for name, secret := range r.tokens {
		if strings.Contains(r.log.String(), secret) {
			t.Errorf("the log holds the token of %s", name)
		}
	}
	curator.press("leave")
	curator.Wait(t, `!document.getElementById("login").hidden && token === ""`)
	chromium.Eval[any](t, author.Tab, `location.reload()`)
	author.Wait(t, `document.readyState === "complete" && token === "" && !document.getElementById("login").hidden`)
}

// download presses the button of the CAR, and judges what the browser has saved.
func download(t *testing.T, d *deskTab) {
	t.Helper()
	dir := t.TempDir()
	d.Call(t, "", "Browser.setDownloadBehavior", map[string]any{"behavior": "allow", "downloadPath": dir}, nil)
	d.press("car")
	path := filepath.Join(dir, "drop.car")
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(path); err == nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("no CAR arrives")
		}
	}
	archive, err := car.Open(path, car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	p, err := publication.Open(path, publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	verdict, err := p.JudgeDeck(context.Background(), nil)
	if err != nil || !verdict.Counts.Complete || verdict.Counts.Holding != 12 {
		t.Errorf("%+v, %v", verdict, err)
	}
}

// A counter is a server that nobody has a reason to ask.
type counter struct {
	*httptest.Server
	asked atomic.Int64
}

func newCounter(t *testing.T) *counter {
	c := new(counter)
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		c.asked.Add(1)
		w.Header().Set("Access-Control-Allow-Origin", "*")
	}))
	t.Cleanup(c.Close)
	return c
}
