package web

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/page/site"
)

// folder is a folder with a few files and a link out of it.
func folder(t *testing.T) *files.Folder {
	t.Helper()
	dir := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret")
	for name, text := range map[string]string{
		filepath.Join(dir, "index.html"): "<p>index", filepath.Join(dir, "verifier.html"): "<p>verifier", filepath.Join(dir, "images/a.svg"): "<svg>", filepath.Join(dir, "publication/documents/x"): "<script>", secret: "secret",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link")); err != nil {
		t.Fatal(err)
	}
	f, err := files.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func TestServe_ServesOneFolderToThisMachine(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- Serve(ctx, listener, folder(t)) }()
	port := strings.TrimPrefix(listener.Addr().String(), "127.0.0.1:")
	idle, err := net.Dial("tcp4", listener.Addr().String()) // asks nothing, and hinders nobody
	if err != nil {
		t.Fatal(err)
	}
	defer idle.Close()
	for _, row := range []struct {
		method, host, path string
		status             int
		kind, policy, text string
	}{
		{"GET", "", "/", 200, "text/html; charset=utf-8", "script-src 'self'", "<p>index"},
		{"GET", "localhost:" + port, "/index.html", 200, "text/html; charset=utf-8", "connect-src 'self'", "<p>index"},
		{"HEAD", "", "/index.html", 200, "text/html; charset=utf-8", "frame-ancestors 'none'", ""},
		{"GET", "", "/verifier.html", 200, "text/html; charset=utf-8", "frame-ancestors 'none'", "<p>verifier"},
		{"GET", "", "/images/a.svg", 200, "image/svg+xml", "sandbox", "<svg>"},
		{"GET", "", "/publication/documents/x", 200, "application/octet-stream", "sandbox", "<script>"},
		{"GET", "", "/images", 404, "", "sandbox", ""}, {"GET", "", "/images/", 404, "", "sandbox", ""}, {"GET", "", "/link", 404, "", "sandbox", ""}, {"GET", "", "/none", 404, "", "sandbox", ""},
		{"GET", "", "/../secret", 404, "", "sandbox", ""}, {"GET", "", "/images/../../secret", 404, "", "sandbox", ""}, {"GET", "", "/%2e%2e/secret", 404, "", "sandbox", ""},
		{"POST", "", "/index.html", 405, "", "sandbox", ""}, {"PUT", "", "/x", 405, "", "sandbox", ""},
		{"GET", "evil.example:" + port, "/index.html", 421, "", "sandbox", ""}, {"GET", "127.0.0.1", "/index.html", 421, "", "sandbox", ""}, {"GET", "localhost.evil.example:" + port, "/", 421, "", "sandbox", ""},
	} {
		request, err := http.NewRequest(row.method, "http://127.0.0.1:"+port, nil)
		if err != nil {
			t.Fatal(err)
		}
		if request.URL.Opaque = row.path; row.host != "" {
			request.Host = row.host
		}
		answer, err := http.DefaultTransport.RoundTrip(request)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		h := answer.Header
		switch {
		case err != nil || answer.StatusCode != row.status || !strings.Contains(h.Get("Content-Security-Policy"), row.policy) || row.kind != "" && h.Get("Content-Type") != row.kind:
			t.Errorf("%s %s %s: status %d, %q, policy %q (%v)", row.method, row.host, row.path, answer.StatusCode, h.Get("Content-Type"), h.Get("Content-Security-Policy"), err)
		case row.status == 200 && string(text) != row.text, strings.Contains(string(text), "secret"):
			t.Errorf("%s: got %q", row.path, text)
		case h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Cross-Origin-Opener-Policy") != "same-origin" || h.Get("Referrer-Policy") != "no-referrer" || h.Get("Set-Cookie") != "":
			t.Errorf("%s: headers %v", row.path, h)
		}
	}
	long, err := net.Dial("tcp4", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := long.Write([]byte("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nX: " + strings.Repeat("x", maxRequest) + "\r\n\r\n")); err == nil {
		if text, err := io.ReadAll(long); len(text) > 0 {
			t.Errorf("a request that is too long gets %.80q (%v)", text, err)
		}
	}
	long.Close()
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("its end is told as %v", err)
	}
}

func TestOpen_TakesAddressesOfSitesAlone(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://example.org": true, "http://127.0.0.1:8080/x/index.html#page=2": true, "https://u:p@example.org": false, "file:///etc": false, "https://": false, "ftp://x": false, "https://example.org/?x=1": false,
	} {
		if _, err := Open(t.Context(), address); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A server that leads elsewhere, or says too much, gets nothing and is not quoted.
func TestRemote_ReadsBoundedAndFollowsNobody(t *testing.T) {
	inner := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { t.Error("the inner server was asked") }))
	defer inner.Close()
	var asked []string
	outer := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.URL.Path)
		switch r.URL.Path {
		case "/s/index.html":
			io.WriteString(w, "index")
		case "/s/away":
			http.Redirect(w, r, inner.URL, http.StatusFound)
		case "/s/loud":
			http.Error(w, "token=SEKRET", http.StatusForbidden)
		case "/s/long":
			w.Write(make([]byte, 100))
		default:
			http.NotFound(w, r)
		}
	}))
	defer outer.Close()
	r, err := Open(t.Context(), outer.URL+"/s/index.html")
	if err != nil {
		t.Fatal(err)
	}
	if data, err := r.Read("index.html", 10); err != nil || string(data) != "index" {
		t.Errorf("got %q (%v)", data, err)
	}
	for name, why := range map[string]string{"away": "another address", "loud": "status 403", "long": "too large", "none": "not exist"} {
		data, err := r.Read(name, 10)
		if err == nil || data != nil || !strings.Contains(err.Error(), why) || strings.Contains(err.Error(), "SEKRET") {
			t.Errorf("%s: %q (%v)", name, data, err)
		}
	}
	report, err := site.Check(r, nil)
	if err != nil || len(report.Faults) != 5 {
		t.Errorf("a server without a site: %+v (%v)", report, err)
	}
	for _, path := range asked {
		if u, err := url.Parse(path); err != nil || !strings.HasPrefix(u.Path, "/s/") {
			t.Errorf("the server was asked for %s", path)
		}
	}
}
