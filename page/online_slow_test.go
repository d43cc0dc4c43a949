//go:build prover_checks

package page

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/genproof/genproof/ipfs/car"
)

// A host is a server on this machine that other origins may ask, and that looks at how it is asked.
type host struct {
	*httptest.Server
	mu     sync.Mutex
	asked  []string
	leaked []string // headers that say who asks
}

func newHost(t *testing.T, cors bool, answer http.HandlerFunc) *host {
	h := new(host)
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		if r.Method != http.MethodOptions {
			h.asked = append(h.asked, r.URL.String())
		}
		for _, name := range []string{"Cookie", "Referer", "Authorization"} {
			if v := r.Header.Get(name); v != "" {
				h.leaked = append(h.leaked, name+": "+v)
			}
		}
		h.mu.Unlock()
		if cors {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.Header().Set("Access-Control-Allow-Headers", "content-type, accept")
		}
		w.Header().Set("Set-Cookie", "spy=1; Path=/")
		if r.Method == http.MethodOptions {
			return
		}
		answer(w, r)
	}))
	t.Cleanup(h.Close)
	t.Cleanup(func() {
		if len(h.leaked) > 0 {
			t.Errorf("the page tells who asks: %q", h.leaked)
		}
	})
	return h
}

// blocksOf are the blocks of a CAR by their CIDs.
func blocksOf(t *testing.T, file string) (root string, blocks map[string][]byte) {
	t.Helper()
	data := read(t, file)
	c, index, _, err := car.Scan(strings.NewReader(string(data)), car.DefaultLimits)
	if err != nil {
		t.Fatal(err)
	}
	blocks = map[string][]byte{}
	for cid, b := range index {
		blocks[cid.String()] = data[b.Offset : b.Offset+int64(b.Size)]
	}
	return c.String(), blocks
}

// A gateway serves raw blocks, and one of them in another way.
func gateway(t *testing.T, blocks map[string][]byte, special string, other http.HandlerFunc) *host {
	return newHost(t, true, func(w http.ResponseWriter, r *http.Request) {
		cid := strings.TrimPrefix(r.URL.Path, "/ipfs/")
		if r.URL.RawQuery != "format=raw" {
			t.Errorf("the gateway is asked for %s", r.URL)
		}
		if cid == special {
			other(w, r)
			return
		}
		if blocks[cid] == nil {
			http.NotFound(w, r)
			return
		}
		w.Write(blocks[cid])
	})
}

// asks fills in fields, presses a button, and waits for what comes of it.
func (p *tab) asks(t *testing.T, button string, fields map[string]string) {
	t.Helper()
	for id, text := range fields {
		eval[any](t, p, fmt.Sprintf(`document.getElementById(%q).value = %q`, id, text))
	}
	eval[any](t, p, fmt.Sprintf(`document.getElementById(%q).click()`, button))
}

// fetches has the online page fetch something, and waits for its verdict.
func (p *tab) fetches(t *testing.T, button string, fields map[string]string) shown {
	t.Helper()
	eval[any](t, p, `document.getElementById("result").replaceChildren()`)
	p.asks(t, button, fields)
	return p.verdict(t)
}

// What a gateway or a server sends is hashed here: what is not what its CID says is not taken.
func TestSlowOnline_FetchesWhatItHashes(t *testing.T) {
	root, blocks := blocksOf(t, filepath.Join(deck, "drop.car"))
	document := car.Raw(read(t, deck, "documents/0/05.json")).String()
	if blocks[document] == nil {
		t.Fatal("the CAR has no block of card 5's document")
	}
	p := startBrowser(t).open(t, "file://"+fileOf(t, OnlineFile), "")
	good := gateway(t, blocks, "", nil)
	tree := func(g *host, cid string) shown {
		return p.fetches(t, "fetch-tree", map[string]string{"gateway": g.URL, "cid": cid})
	}
	for _, cid := range []string{root, "ipfs://" + root + "/"} {
		if got := tree(good, cid); got.Level != "amber" || got.Line != honest+" (4 reservations): 12 cards" {
			t.Errorf("%s: got %+v", cid, got)
		}
	}
	if n := len(good.asked); n != 2*len(blocks) {
		t.Errorf("the gateway was asked %d times for %d blocks", n, len(blocks))
	}
	elsewhere := newHost(t, true, func(w http.ResponseWriter, r *http.Request) { w.Write(blocks[document]) })
	for what, row := range map[string]struct {
		special string
		answer  http.HandlerFunc
		level   string
		says    string
	}{
		"a substituted block":   {document, func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("{}")) }, "not checked", "its content is not that of " + document},
		"another root":          {root, func(w http.ResponseWriter, r *http.Request) { w.Write(blocks[document]) }, "not checked", "its content is not that of " + root},
		"a missing block":       {document, http.NotFound, "not checked", "answers with 404"},
		"a block without end":   {document, func(w http.ResponseWriter, r *http.Request) { io.Copy(w, endless{r}) }, "not checked", "sends more than 2097152 bytes"},
		"a page":                {document, func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<!DOCTYPE html>") }, "not checked", "its content is not that of"},
		"a redirect to another": {document, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere.URL, http.StatusFound) }, "amber", "12 cards"},
	} {
		if got := tree(gateway(t, blocks, row.special, row.answer), root); got.Level != row.level || !strings.Contains(got.Line, row.says) {
			t.Errorf("%s: got %+v", what, got)
		}
	}
	closed := newHost(t, false, func(w http.ResponseWriter, r *http.Request) { w.Write(blocks[root]) })
	if got := tree(closed, root); got.Level != "not checked" || !strings.Contains(got.Line, "refuses pages of other origins (CORS)") {
		t.Errorf("a gateway that other origins may not ask: got %+v", got)
	}
	for address, says := range map[string]string{
		"http://192.0.2.1": "by https only", "ftp://127.0.0.1": "by https only", "": "is no address", "https://a:b@example.org": "name or password", "https://nowhere.invalid": "was not reached",
	} {
		if got := p.fetches(t, "fetch-tree", map[string]string{"gateway": address, "cid": root}); got.Level != "not checked" || !strings.Contains(got.Line, says) {
			t.Errorf("%s: got %+v", address, got)
		}
	}
	for cid, says := range map[string]string{"QmXoypizjW3WknFiJnKLwHCnL72vedxjQkDDP1mXWo6uco": "want b and 58 letters", document: "this is the CID of one file", "": "want b and 58"} {
		if got := tree(good, cid); got.Level != "not checked" || !strings.Contains(got.Line, says) {
			t.Errorf("CID %q: got %+v", cid, got)
		}
	}
	fetchesCARs(t, p)
	if n := eval[int](t, p, `localStorage.length + sessionStorage.length + document.cookie.length`); n != 0 {
		t.Errorf("%d things are kept", n)
	}
	if v := eval[[]string](t, p, "violations"); len(v) > 0 {
		t.Errorf("violations of the page's policy: %q", v)
	}
}

func fetchesCARs(t *testing.T, p *tab) {
	t.Helper()
	whole := read(t, deck, "drop.car")
	host := newHost(t, true, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/good.car":
			w.Write(whole)
		case "/damaged.car":
			w.Write(flip(append([]byte(nil), whole...)))
		case "/short.car":
			w.Write(whole[:len(whole)-9])
		default:
			http.NotFound(w, r)
		}
	})
	for path, want := range map[string]shown{
		"/good.car":    {Level: "amber", Line: honest + " (4 reservations): 12 cards"},
		"/damaged.car": {Level: "rejected", Line: "the CAR is damaged"},
		"/short.car":   {Level: "rejected", Line: "the CAR is damaged"},
		"/none.car":    {Level: "not checked", Line: "answers with 404"},
	} {
		if got := p.fetches(t, "fetch-car", map[string]string{"car-address": host.URL + path}); got.Level != want.Level || !strings.Contains(got.Line, want.Line) {
			t.Errorf("%s: got %+v", path, got)
		}
	}
}

// endless never ends, as long as somebody listens.
type endless struct{ *http.Request }

func (e endless) Read(b []byte) (int, error) {
	if err := e.Context().Err(); err != nil {
		return 0, err
	}
	clear(b)
	return len(b), nil
}

// The page that asks nothing of the network has no way to: it has the same script and no fields,
// and its policy refuses what the script would do.
func TestSlowPage_CannotAskTheNetwork(t *testing.T) {
	server := newCounter(t)
	p := startBrowser(t).open(t, "file://"+verifierFile(t), "")
	if n := eval[int](t, p, `document.querySelectorAll("#network, #gateway, #node").length`); n != 0 {
		t.Errorf("%d fields of the online page are there", n)
	}
	p.wait(t, `compiled !== null`)
	for _, ask := range []string{
		`call("car", { address: "` + server.URL + `/a.car" })`,
		`call("chain", { files: [], node: "` + server.URL + `", contract: "0x", tokens: "" })`,
		`fetch("` + server.URL + `/x")`,
	} {
		if got := eval[string](t, p, ask+`.then(() => "done", (e) => e.message)`); got == "done" {
			t.Errorf("%s: it is done", ask)
		}
	}
	if n := server.asked.Load(); n != 0 {
		t.Errorf("the server was asked %d times", n)
	}
}
