//go:build prover_checks

package page

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A browser is headless Chromium, driven over a pair of pipes by its DevTools protocol.
type browser struct {
	in      io.Writer
	mu      sync.Mutex
	next    int
	waiting map[int]chan message
	tabs    map[string]*tab
}

type message struct {
	ID        int                       `json:"id,omitempty"`
	Session   string                    `json:"sessionId,omitempty"`
	Method    string                    `json:"method,omitempty"`
	Params    json.RawMessage           `json:"params,omitempty"`
	Result    json.RawMessage           `json:"result,omitempty"`
	Exception *struct{ Message string } `json:"error,omitempty"`
}

// startBrowser starts a browser that resolves no name, and ends it with the test.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the page is not looked at in a browser")
	}
	profile, err := os.MkdirTemp("", "verifier-page-profile")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	commands, toBrowser, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	fromBrowser, answers, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(ctx, path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir="+profile,
		"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-pipe", "--window-size=1280,1000", "about:blank")
	cmd.ExtraFiles = []*os.File{commands, answers}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	commands.Close()
	answers.Close()
	b := &browser{in: toBrowser, waiting: map[int]chan message{}, tabs: map[string]*tab{}}
	go b.listen(fromBrowser)
	t.Cleanup(func() {
		b.call(t, "", "Browser.close", map[string]any{}, nil)
		cmd.Wait()
		cancel()
		toBrowser.Close()
		fromBrowser.Close()
		os.RemoveAll(profile) // a process of the browser's may still write there
	})
	return b
}

// listen hands out answers and events, which end with a zero byte each.
func (b *browser) listen(from io.Reader) {
	r := bufio.NewReaderSize(from, 1<<20)
	for {
		data, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(bytes.TrimSuffix(data, []byte{0}), &m) != nil {
			continue
		}
		b.mu.Lock()
		if c := b.waiting[m.ID]; c != nil && m.Method == "" {
			delete(b.waiting, m.ID)
			c <- m
		} else if p := b.tabs[m.Session]; p != nil {
			p.event(m)
		}
		b.mu.Unlock()
	}
}

func (b *browser) call(t *testing.T, session, method string, params, result any) {
	t.Helper()
	raw, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	answer := make(chan message, 1)
	b.mu.Lock()
	b.next++
	m := message{ID: b.next, Session: session, Method: method, Params: raw}
	b.waiting[m.ID] = answer
	data, _ := json.Marshal(m)
	_, err = b.in.Write(append(data, 0))
	b.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	select {
	case m = <-answer:
	case <-time.After(2 * time.Minute):
		t.Fatalf("%s: no answer", method)
	}
	if m.Exception != nil {
		t.Fatalf("%s: %s", method, m.Exception.Message)
	}
	if result != nil {
		if err := json.Unmarshal(m.Result, result); err != nil {
			t.Fatalf("%s: %v: %s", method, err, m.Result)
		}
	}
}

// A tab is one page, and what the browser tells of it.
type tab struct {
	*browser
	session  string
	requests []string // but for blobs and the page itself
	log      []string
	choosers atomic.Int64 // of files, that were opened
}

// watching is what the browser runs before anything of a page.
const watching = `globalThis.violations = []; document.addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample));`

// open opens an address in a tab of its own, with more to run before.
func (b *browser) open(t *testing.T, url, before string) *tab {
	t.Helper()
	var target struct{ TargetID string }
	b.call(t, "", "Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call(t, "", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	p := &tab{browser: b, session: attached.SessionID}
	b.mu.Lock()
	b.tabs[p.session] = p
	b.mu.Unlock()
	t.Cleanup(func() { b.call(t, "", "Target.closeTarget", map[string]any{"targetId": target.TargetID}, nil) })
	for _, domain := range []string{"Page", "Runtime", "Log", "Network", "DOM"} {
		p.do(t, domain+".enable", map[string]any{}, nil)
	}
	p.do(t, "Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": watching + before}, nil)
	p.do(t, "Page.navigate", map[string]any{"url": url}, nil)
	p.wait(t, `document.readyState === "complete" && document.getElementById("about") !== null`)
	return p
}

func (p *tab) do(t *testing.T, method string, params, result any) {
	t.Helper()
	p.call(t, p.session, method, params, result)
}

// event notes requests, exceptions and what the console says.
func (p *tab) event(m message) {
	switch m.Method {
	case "Network.requestWillBeSent":
		var e struct{ Request struct{ URL string } }
		json.Unmarshal(m.Params, &e)
		if u := e.Request.URL; !strings.HasPrefix(u, "blob:") && !strings.HasSuffix(u, "/verifier.html") {
			p.requests = append(p.requests, u)
		}
	case "Page.fileChooserOpened":
		p.choosers.Add(1)
	case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled":
		p.log = append(p.log, m.Method+" "+string(m.Params))
	}
}

// eval returns the value of an expression of JavaScript, which may be a promise.
func eval[T any](t *testing.T, p *tab, expression string) T {
	t.Helper()
	var r struct {
		Result           struct{ Value T }
		ExceptionDetails json.RawMessage
	}
	p.do(t, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &r)
	if r.ExceptionDetails != nil {
		t.Fatalf("%s: %s", expression, r.ExceptionDetails)
	}
	return r.Result.Value
}

// wait waits until an expression is true.
func (p *tab) wait(t *testing.T, expression string) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if eval[bool](t, p, expression) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s does not become true; the page says %s; log %s", expression, eval[string](t, p, "document.body.innerText"), p.log)
		}
	}
}

// give puts files, or one folder, into a control of the page.
func (p *tab) give(t *testing.T, id string, paths ...string) {
	t.Helper()
	var document struct{ Root struct{ NodeID int } }
	p.do(t, "DOM.getDocument", map[string]any{}, &document)
	var found struct{ NodeID int }
	p.do(t, "DOM.querySelector", map[string]any{"nodeId": document.Root.NodeID, "selector": "#" + id}, &found)
	for i := range paths {
		abs, err := filepath.Abs(paths[i])
		if err != nil {
			t.Fatal(err)
		}
		paths[i] = abs
	}
	p.do(t, "DOM.setFileInputFiles", map[string]any{"nodeId": found.NodeID, "files": paths}, nil)
}

// click clicks on the page's heading.
func (p *tab) click(t *testing.T) {
	t.Helper()
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		p.do(t, "Input.dispatchMouseEvent", map[string]any{"type": kind, "x": 40, "y": 30, "button": "left", "clickCount": 1}, nil)
	}
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
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.requests) > 0 {
		t.Errorf("requests: %q", p.requests)
	}
	if len(p.log) > 0 {
		t.Errorf("log: %s", p.log)
	}
}

// resize makes the window this wide, in CSS pixels, with a scheme of colours.
func (p *tab) resize(t *testing.T, width, height int, scheme string) {
	t.Helper()
	p.do(t, "Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	p.do(t, "Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}
