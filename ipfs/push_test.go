package ipfs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/ipfs/go-cid"
)

// answering is a node that takes the CAR and then answers.
func answering(t *testing.T, answer http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
		answer(w, r)
	}))
	t.Cleanup(server.Close)
	return server
}

func pinned(root string) string {
	return fmt.Sprintf(`{"Root":{"Cid":{"/":%q},"PinErrorMsg":""}}`, root)
}

func carWithRoot(t *testing.T) (path, root string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "out.car")
	c, err := WriteCAR(context.Background(), path, numbered("documents", 50, 5000))
	if err != nil {
		t.Fatal(err)
	}
	return path, c.String()
}

func TestPush_SendsTheCARAsOneFormFile(t *testing.T) {
	path, root := carWithRoot(t)
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var call, user string
	var got []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		user, _, _ = r.BasicAuth()
		call = r.Method + " " + r.URL.String()
		form, err := r.MultipartReader()
		if err != nil {
			t.Error(err)
			return
		}
		part, err := form.NextPart()
		if err != nil || part.FormName() != "file" || part.FileName() != "out.car" {
			t.Errorf("part %v, %v", part, err)
			return
		}
		got, _ = io.ReadAll(part)
		if _, err := form.NextPart(); err != io.EOF {
			t.Errorf("after the file: %v, want the end", err)
		}
		fmt.Fprintln(w, pinned(root))
	}))
	defer server.Close()

	var done, total int64
	address := strings.Replace(server.URL, "http://", "http://fox:secret@", 1)
	c, err := Push(context.Background(), path, address, func(d, n int64) { done, total = d, n })
	if err != nil || c.String() != root {
		t.Fatalf("root %s, %v, want %s", c, err, root)
	}
	if call != "POST /api/v0/dag/import?pin-roots=true" || user != "fox" {
		t.Errorf("call %q of %q", call, user)
	}
	if !bytes.Equal(got, want) || done != int64(len(want)) || total != done {
		t.Errorf("%d bytes sent, %d of %d told, want %d", len(got), done, total, len(want))
	}
}

func TestPush_AcceptsOnlyOurRootPinned(t *testing.T) {
	path, root := carWithRoot(t)
	other := handMade([]byte("other"))
	decoded, err := cid.Decode(root)
	if err != nil {
		t.Fatal(err)
	}
	base16, err := decoded.StringOfBase('f')
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ name, answer, want string }{
		{"pinned", pinned(root), ""},
		{"pinned, and statistics", pinned(root) + "\n" + `{"Stats":{"BlockCount":3}}`, ""},
		{"pinned, in base 16", pinned(base16), ""},
		{"nothing", "", "does not say that it has pinned " + root},
		{"statistics only", `{"Stats":{"BlockCount":3}}`, "does not say"},
		{"another root", pinned(other), "imported \"" + other},
		{"our root and another", pinned(root) + "\n" + pinned(other), "imported \"" + other},
		{"no CID", pinned("hello"), `imported "hello"`},
		{"not pinned", `{"Root":{"Cid":{"/":"` + root + `"},"PinErrorMsg":"disk full"}}`, `could not pin "` + root + `": "disk full"`},
		{"late error", `{"Message":"disk full","Code":0,"Type":"error"}`, `the node says: "disk full"`},
		{"a web page", "<html>welcome</html>", "not JSON"},
		{"endless", strings.Repeat("x", 2*maxAnswerBytes), "token too long"},
		{"escape in an error", `{"Message":"\u001b[2J"}`, `\x1b[2J`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			server := answering(t, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, tc.answer) })
			_, err := Push(context.Background(), path, server.URL+"/api/v0/", nil)
			assertSays(t, err, tc.want)
		})
	}
}

func assertSays(t *testing.T, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
}

func TestPush_ShowsTheNodesError(t *testing.T) {
	path, _ := carWithRoot(t)
	for _, tc := range []struct {
		name   string
		answer http.HandlerFunc
		want   string
	}{
		{"of the API", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			io.WriteString(w, `{"Message":"repo is locked","Code":0,"Type":"error"}`)
		}, `"500 Internal Server Error": "repo is locked"`},
		{"of a proxy", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "who are you", http.StatusForbidden)
		}, `"403 Forbidden": "who are you"`},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://127.0.0.1:1/elsewhere", http.StatusTemporaryRedirect)
		}, "307"},
		{"in the trailer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Trailer", "X-Stream-Error")
			io.WriteString(w, "{}\n")
			w.Header().Set("X-Stream-Error", "disk full")
		}, `the node says: "disk full"`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := Push(context.Background(), path, answering(t, tc.answer).URL, nil)
			assertSays(t, err, tc.want)
		})
	}
}

func TestPush_RefusesAddresses(t *testing.T) {
	path, _ := carWithRoot(t)
	for _, address := range []string{
		"", "127.0.0.1:5001", "/ip4/127.0.0.1/tcp/5001", "ftp://127.0.0.1", "http://", "http://h/?a=b", "http://h/#f",
		"http://fox:secret@h:port", "http://fox:secret@h/?a", "http://fox:secret@127.0.0.1:1",
	} {
		_, err := Push(context.Background(), path, address, nil)
		if err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: got %v, want an error without the password", address, err)
		}
	}
}

func TestPush_RefusesWhatIsNoCAR(t *testing.T) {
	path := filepath.Join(t.TempDir(), "no.car")
	if err := os.WriteFile(path, []byte("no CAR"), 0o600); err != nil {
		t.Fatal(err)
	}
	server := answering(t, func(http.ResponseWriter, *http.Request) { t.Error("it was sent") })
	_, err := Push(context.Background(), path, server.URL, nil)
	assertSays(t, err, "too short for a CAR")
}

func TestPush_EndsWithItsContextOrASilentNode(t *testing.T) {
	path, _ := carWithRoot(t)
	ctx, cancel := context.WithCancel(context.Background())
	server := answering(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := Push(ctx, path, server.URL, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}

	silent := answering(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	endpoint, err := url.Parse(silent.URL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := push(context.Background(), f, endpoint, true, 50*time.Millisecond, nil); !errors.Is(err, errIdle) {
		t.Errorf("silent node: got %v", err)
	}
}
