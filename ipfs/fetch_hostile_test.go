package ipfs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ipfs/go-cid"

	"github.com/genproof/genproof/ipfs/car"
)

// spoiled answers for one block with what a function makes of it.
func (h *hosted) spoiled(t *testing.T, c cid.Cid, answer func(w http.ResponseWriter, content []byte)) *Source {
	return h.serve(t, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.Contains(r.URL.Path, c.String()) {
				next.ServeHTTP(w, r)
				return
			}
			b, err := h.store.Get(r.Context(), c)
			if err != nil {
				t.Error(err)
				return
			}
			answer(w, b.RawData())
		})
	})
}

func TestDownload_RefusesEveryBlockThatIsWrong(t *testing.T) {
	h := keyTree(t)
	for i, c := range h.cids {
		for name, tc := range map[string]struct {
			want   string
			answer func(w http.ResponseWriter, content []byte)
		}{
			"flipped": {"its content is not that of " + c.String(), func(w http.ResponseWriter, b []byte) {
				b = bytes.Clone(b)
				b[len(b)/2] ^= 1
				w.Write(b)
			}},
			"short":   {"its content is not that of", func(w http.ResponseWriter, b []byte) { w.Write(b[:len(b)-1]) }},
			"missing": {`"404 Not Found"`, func(w http.ResponseWriter, _ []byte) { http.Error(w, "no such block", http.StatusNotFound) }},
		} {
			path := filepath.Join(t.TempDir(), "in.car")
			_, err := h.download(h.spoiled(t, c, tc.answer)).Run(t.Context(), path)
			if assertSays(t, err, tc.want); err == nil {
				t.Errorf("block %d %s: accepted", i, name)
			}
			if a, err := car.Open(path, car.DefaultLimits); err == nil {
				a.Close()
				t.Errorf("block %d %s: the CAR is whole", i, name)
			}
		}
	}
}

func TestDownload_BoundsWhatItTakes(t *testing.T) {
	h := keyTree(t)
	endless := h.spoiled(t, h.root, func(w http.ResponseWriter, _ []byte) {
		for range 64 {
			if _, err := w.Write(make([]byte, 1<<20)); err != nil {
				return
			}
		}
	})
	_, err := h.download(endless).Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
	assertSays(t, err, "more than 2097152 bytes")

	few := h.download(h.serve(t, nil))
	few.Limits.Blocks = len(h.cids) - 1
	_, err = few.Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
	assertSays(t, err, "blocks")

	small := h.download(h.serve(t, nil))
	small.Limits.Bytes = 3 << 20
	path := filepath.Join(t.TempDir(), "in.car")
	_, err = small.Run(t.Context(), path)
	assertSays(t, err, "3145728 bytes")
	if info, err := os.Stat(path); err != nil || info.Size() > 3<<20 {
		t.Errorf("the file is %v, %v", info, err)
	}

	// A folder that names more blocks than there may be is refused before any is asked for.
	f := &forgery{}
	var links []link
	for i := range 3000 {
		links = append(links, link{fmt.Sprint(i), f.raw(string(stream("block", 20+i)))})
	}
	flood := t.TempDir() + "/flood.car"
	root := f.folder(links...)
	if err := os.WriteFile(flood, f.car(root), 0o600); err != nil {
		t.Fatal(err)
	}
	hf := host(t, flood)
	var requests atomic.Int64
	d := hf.download(hf.serve(t, counted(&requests)))
	d.First, d.Limits.Blocks = "", 100
	_, err = d.Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
	if assertSays(t, err, "more than 100 blocks"); requests.Load() != 1 {
		t.Errorf("%d requests", requests.Load())
	}
}

func TestDownload_AsksFirstForWhatDecides(t *testing.T) {
	h := keyTree(t)
	var requests atomic.Int64
	d := h.download(h.serve(t, counted(&requests)))
	unwanted := errors.New("not wanted")
	var shown []byte
	d.Check = func(b []byte) error { shown = b; return unwanted }
	_, err := d.Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
	if !errors.Is(err, unwanted) || requests.Load() != 2 || !bytes.Equal(shown, stream("keys.json", 900)) {
		t.Errorf("got %v after %d requests, %d bytes shown", err, requests.Load(), len(shown))
	}
	for _, first := range []string{"pk", "nothing", "../keys.json"} { // several blocks, none
		d := h.download(h.serve(t, nil))
		d.First = first
		_, err := d.Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
		assertSays(t, err, "has no "+first+" of one block")
	}
}

func TestDownload_RefusesRootsAndAddresses(t *testing.T) {
	h := keyTree(t)
	for _, root := range []string{
		"", "bafy", "/ipfs/" + h.root.String(), cid.NewCidV0(h.root.Hash()).String(), cid.NewCidV1(cid.Raw, h.root.Hash()).String(),
		cid.NewCidV1(cid.DagCBOR, h.root.Hash()).String(), "bafkqaaa", h.root.String() + "x",
	} {
		d := h.download(h.serve(t, nil))
		d.Root = root
		path := filepath.Join(t.TempDir(), "in.car")
		_, err := d.Run(t.Context(), path)
		assertSays(t, err, "want the CID of a folder")
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s: a file is there", root)
		}
	}
	for _, address := range []string{"", "ipfs.io", "ftp://ipfs.io", "http://", "http://h/?a=b", "http://h/#f", "http://fox:secret@h:port"} {
		for name, make := range map[string]func(string) (*Source, error){"gateway": Gateway, "node": Node} {
			if _, err := make(address); err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("%s %s: got %v", name, address, err)
			}
		}
	}
}

func TestDownload_GatewaysMayRedirect(t *testing.T) {
	h := keyTree(t)
	inner := h.serve(t, nil)
	elsewhere := inner.url(own(h.root))
	elsewhere = elsewhere[:strings.Index(elsewhere, "/ipfs/")]
	turn := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, elsewhere+r.URL.String(), http.StatusMovedPermanently)
	}
	server := httptest.NewServer(http.HandlerFunc(turn))
	defer server.Close()
	source, err := Gateway(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "in.car")
	if _, err := h.download(source).Run(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	h.assertSame(t, path)
	node, err := Node(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.download(node).Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
	assertSays(t, err, "301")
}

func TestDownload_EndsWithItsContext(t *testing.T) {
	h := keyTree(t)
	ctx, cancel := context.WithCancel(t.Context())
	silent := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	defer silent.Close()
	from, err := Gateway(silent.URL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.download(from).Run(ctx, filepath.Join(t.TempDir(), "in.car")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// A gateway that redirects into a network that its user can see gets nothing of it into an error.
func TestGateway_QuotesNoOtherHost(t *testing.T) {
	h := keyTree(t)
	const secret = "internal-metadata token=SEKRET"
	inner := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, secret, http.StatusForbidden) }))
	defer inner.Close()
	to := func(target func(r *http.Request) string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, target(r), http.StatusFound) }))
		t.Cleanup(s.Close)
		return s.URL
	}
	for want, gateway := range map[string]string{
		`the host that it redirects to says "403 Forbidden"`: to(func(*http.Request) string { return inner.URL }),
		"more than 3 redirects":                              to(func(r *http.Request) string { return r.URL.Path + "?again" }),
		secret:                                               inner.URL, // the one that was named is quoted
	} {
		from, err := Gateway(gateway)
		if err != nil {
			t.Fatal(err)
		}
		d := h.download(from)
		_, err = d.Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
		assertSays(t, err, want)
		if want != secret && strings.Contains(err.Error(), "SEKRET") {
			t.Errorf("quotes what another host says: %v", err)
		}
	}
	first, err := http.NewRequest(http.MethodGet, "https://gateway.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	next, err := http.NewRequest(http.MethodGet, "http://gateway.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	assertSays(t, follow(next, []*http.Request{first}), "from https to http")
}
