// Package chromium drives a headless Chromium for tests of pages, over a pair of pipes by its DevTools
// protocol. Only tests import it.
package chromium

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// A Browser is one that was started for a test.
type Browser struct {
	in      io.Writer
	mu      sync.Mutex
	next    int
	waiting map[int]chan message
	tabs    map[string]*Tab
}

type message struct {
	ID        int                       `json:"id,omitempty"`
	Session   string                    `json:"sessionId,omitempty"`
	Method    string                    `json:"method,omitempty"`
	Params    json.RawMessage           `json:"params,omitempty"`
	Result    json.RawMessage           `json:"result,omitempty"`
	Exception *struct{ Message string } `json:"error,omitempty"`
}

// Start starts a browser that resolves no name, and ends it with the test. Where there is none the test is
// skipped.
func Start(t *testing.T) *Browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("chromium is not installed: the page is not looked at in a browser")
	}
	profile, err := os.MkdirTemp("", "page-profile")
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
	b := &Browser{in: toBrowser, waiting: map[int]chan message{}, tabs: map[string]*Tab{}}
	go b.listen(fromBrowser)
	t.Cleanup(func() {
		b.Call(t, "", "Browser.close", map[string]any{}, nil)
		cmd.Wait()
		cancel()
		toBrowser.Close()
		fromBrowser.Close()
		os.RemoveAll(profile) // a process of the browser's may still write there
	})
	return b
}

// listen hands out answers and events, which end with a zero byte each.
func (b *Browser) listen(from io.Reader) {
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

// Call calls a method of the protocol, of a session or of the browser.
func (b *Browser) Call(t *testing.T, session, method string, params, result any) {
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

// A Tab is one page, and what the browser tells of it.
type Tab struct {
	*Browser
	Choosers atomic.Int64 // of files, that were opened

	session  string
	requests []string
	log      []string
}

// Requests are those that the page has made, but for blobs.
func (p *Tab) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// Log is what was thrown, and what the console says.
func (p *Tab) Log() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.log)
}

// watching is what the browser runs before anything of a page.
const watching = `globalThis.violations = []; document.addEventListener("securitypolicyviolation", (e) => violations.push(e.violatedDirective + " " + e.blockedURI + " " + e.sample));`

// Open opens an address in a tab of its own, with more to run before, and waits until its document is there.
func (b *Browser) Open(t *testing.T, url, before string) *Tab {
	t.Helper()
	var target struct{ TargetID string }
	b.Call(t, "", "Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.Call(t, "", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	p := &Tab{Browser: b, session: attached.SessionID}
	b.mu.Lock()
	b.tabs[p.session] = p
	b.mu.Unlock()
	t.Cleanup(func() { b.Call(t, "", "Target.closeTarget", map[string]any{"targetId": target.TargetID}, nil) })
	for _, domain := range []string{"Page", "Runtime", "Log", "Network", "DOM"} {
		p.Do(t, domain+".enable", map[string]any{}, nil)
	}
	p.Do(t, "Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": watching + before}, nil)
	p.Do(t, "Page.navigate", map[string]any{"url": url}, nil)
	p.Wait(t, `document.readyState === "complete" && location.href !== "about:blank"`)
	return p
}

// Do calls a method of the protocol for the page.
func (p *Tab) Do(t *testing.T, method string, params, result any) {
	t.Helper()
	p.Call(t, p.session, method, params, result)
}

// event notes requests, exceptions and what the console says.
func (p *Tab) event(m message) {
	switch m.Method {
	case "Network.requestWillBeSent":
		var e struct{ Request struct{ URL string } }
		json.Unmarshal(m.Params, &e)
		if u := e.Request.URL; !strings.HasPrefix(u, "blob:") {
			p.requests = append(p.requests, u)
		}
	case "Page.fileChooserOpened":
		p.Choosers.Add(1)
	case "Runtime.exceptionThrown", "Log.entryAdded", "Runtime.consoleAPICalled":
		p.log = append(p.log, m.Method+" "+string(m.Params))
	}
}

// Eval returns the value of an expression of JavaScript, which may be a promise.
func Eval[T any](t *testing.T, p *Tab, expression string) T {
	t.Helper()
	var r struct {
		Result           struct{ Value T }
		ExceptionDetails json.RawMessage
	}
	p.Do(t, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &r)
	if r.ExceptionDetails != nil {
		t.Fatalf("%s: %s", expression, r.ExceptionDetails)
	}
	return r.Result.Value
}

// Wait waits until an expression is true.
func (p *Tab) Wait(t *testing.T, expression string) {
	t.Helper()
	for end := time.Now().Add(3 * time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if Eval[bool](t, p, expression) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("%s does not become true; the page says %s; log %s", expression, Eval[string](t, p, "document.body.innerText"), p.Log())
		}
	}
}

// Give puts files, or one folder, into a control of the page.
func (p *Tab) Give(t *testing.T, id string, paths ...string) {
	t.Helper()
	var document struct{ Root struct{ NodeID int } }
	p.Do(t, "DOM.getDocument", map[string]any{}, &document)
	var found struct{ NodeID int }
	p.Do(t, "DOM.querySelector", map[string]any{"nodeId": document.Root.NodeID, "selector": "#" + id}, &found)
	for i := range paths {
		abs, err := filepath.Abs(paths[i])
		if err != nil {
			t.Fatal(err)
		}
		paths[i] = abs
	}
	p.Do(t, "DOM.setFileInputFiles", map[string]any{"nodeId": found.NodeID, "files": paths}, nil)
}

// Click clicks on the page's heading.
func (p *Tab) Click(t *testing.T) {
	t.Helper()
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		p.Do(t, "Input.dispatchMouseEvent", map[string]any{"type": kind, "x": 40, "y": 30, "button": "left", "clickCount": 1}, nil)
	}
}

// Resize makes the window this wide, in CSS pixels, with a scheme of colours.
func (p *Tab) Resize(t *testing.T, width, height int, scheme string) {
	t.Helper()
	p.Do(t, "Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	p.Do(t, "Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}
