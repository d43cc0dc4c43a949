package ipfs

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/ipfs/boxo/blockservice"
	"github.com/ipfs/boxo/blockstore"
	"github.com/ipfs/boxo/exchange/offline"
	"github.com/ipfs/boxo/gateway"
	"github.com/ipfs/go-cid"
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"
	gocar "github.com/ipld/go-car/v2"

	"github.com/genproof/genproof/ipfs/car"
)

// A hosted tree is what a node holds: go-car's reader put it into a block store.
type hosted struct {
	car   string
	root  cid.Cid
	cids  []cid.Cid
	store blockstore.Blockstore
}

func host(t *testing.T, path string) *hosted {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := gocar.NewBlockReader(f)
	if err != nil {
		t.Fatal(err)
	}
	h := &hosted{car: path, root: r.Roots[0], store: blockstore.NewBlockstore(dssync.MutexWrap(datastore.NewMapDatastore()))}
	for {
		block, err := r.Next()
		if err == io.EOF {
			return h
		}
		if err == nil {
			h.cids = append(h.cids, block.Cid())
			err = h.store.Put(context.Background(), block)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// keyTree is a tree of the shape of a key CAR: one file of several blocks.
func keyTree(t *testing.T) *hosted {
	t.Helper()
	return host(t, written(t, sized(map[string]int{"keys.json": 900, "cs": 1<<20 + 7, "pk": 4<<20 + 1, "vk": 1092})))
}

// serve answers as boxo's own gateway does, over HTTP, with the handler around it.
func (h *hosted) serve(t *testing.T, around func(http.Handler) http.Handler) *Source {
	t.Helper()
	backend, err := gateway.NewBlocksBackend(blockservice.New(h.store, offline.Exchange(h.store)))
	if err != nil {
		t.Fatal(err)
	}
	handler := gateway.NewHandler(gateway.Config{DeserializedResponses: false}, backend)
	if around != nil {
		handler = around(handler)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	source, err := Gateway(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func (h *hosted) download(from *Source) *Download {
	return &Download{Root: h.root.String(), From: from, Limits: car.DefaultLimits, First: "keys.json", Check: func([]byte) error { return nil }}
}

// assertSame compares a download with what is hosted, byte for byte, file by file.
func (h *hosted) assertSame(t *testing.T, path string) {
	t.Helper()
	lim := car.DefaultLimits
	lim.FileBytes = 1 << 30
	want, err := car.Open(h.car, lim)
	if err != nil {
		t.Fatal(err)
	}
	defer want.Close()
	got, err := car.Open(path, lim)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Close()
	if got.Root() != want.Root() || strings.Join(got.Paths(), " ") != strings.Join(want.Paths(), " ") {
		t.Fatalf("root %s with %v, want %s with %v", got.Root(), got.Paths(), want.Root(), want.Paths())
	}
	for _, name := range want.Paths() {
		a, _ := want.ReadFile(name)
		r, err := got.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(r); err != nil || !bytes.Equal(a, b) || got.Size(name) != int64(len(a)) {
			t.Errorf("%s: other content, %v", name, err)
		}
	}
}

// counted counts requests.
func counted(n *atomic.Int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n.Add(1)
			next.ServeHTTP(w, r)
		})
	}
}

func TestDownload_FromAGateway(t *testing.T) {
	h := keyTree(t)
	var requests atomic.Int64
	path := filepath.Join(t.TempDir(), "in.car")
	var told int64
	d := h.download(h.serve(t, counted(&requests)))
	d.Progress = func(done int64) { told = done }
	got, err := d.Run(t.Context(), path)
	if err != nil || got.Blocks != len(h.cids) || got.Kept != 0 || int(requests.Load()) != len(h.cids) {
		t.Fatalf("got %+v, %v with %d requests for %d blocks", got, err, requests.Load(), len(h.cids))
	}
	h.assertSame(t, path)
	if info, err := os.Stat(path); err != nil || info.Size() != told || info.Mode().Perm() != 0o600 {
		t.Errorf("%d bytes told, the file is %v, %v", told, info, err)
	}
	again, err := h.download(h.serve(t, counted(&requests))).Run(t.Context(), path)
	if err != nil || again.Blocks != 0 || again.Kept != len(h.cids) || int(requests.Load()) != len(h.cids) {
		t.Errorf("again: %+v, %v", again, err)
	}
}

func TestDownload_FromANode(t *testing.T) {
	h := keyTree(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := cid.Decode(r.URL.Query().Get("arg"))
		user, password, _ := r.BasicAuth()
		if err != nil || r.Method != http.MethodPost || r.URL.Path != "/api/v0/block/get" || user != "fox" || password != "secret" {
			http.Error(w, "what?", http.StatusBadRequest)
			return
		}
		b, err := h.store.Get(r.Context(), c)
		if err != nil {
			t.Error(err)
			return
		}
		w.Write(b.RawData())
	}))
	defer server.Close()
	for _, suffix := range []string{"", "/api/v0/"} {
		source, err := Node(strings.Replace(server.URL, "http://", "http://fox:secret@", 1) + suffix)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "in.car")
		if _, err := h.download(source).Run(t.Context(), path); err != nil {
			t.Fatal(err)
		}
		h.assertSame(t, path)
	}
	locked, err := Node(strings.Replace(server.URL, "http://", "http://fox:wrong@", 1))
	if err != nil {
		t.Fatal(err)
	}
	_, err = h.download(locked).Run(t.Context(), filepath.Join(t.TempDir(), "in.car"))
	if assertSays(t, err, `"400 Bad Request": "what?"`); err != nil && strings.Contains(err.Error(), "wrong@") {
		t.Errorf("the password is shown: %v", err)
	}
}

// cutAfter lets n answers through and breaks off the next one in the middle of its body.
func cutAfter(n int64) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		var served atomic.Int64
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if served.Add(1) <= n {
				next.ServeHTTP(w, r)
				return
			}
			record := httptest.NewRecorder()
			next.ServeHTTP(record, r)
			w.Header().Set("Content-Length", record.Header().Get("Content-Length"))
			w.Write(record.Body.Bytes()[:record.Body.Len()/2])
			panic(http.ErrAbortHandler)
		})
	}
}

func TestDownload_ContinuesWhereItWasCutOff(t *testing.T) {
	h := keyTree(t)
	path := filepath.Join(t.TempDir(), "in.car")
	kept := 0
	for _, n := range []int64{0, 1, 4, 2} { // cut four times, each time further on
		_, err := h.download(h.serve(t, cutAfter(n))).Run(t.Context(), path)
		assertSays(t, err, "EOF")
		kept += int(n)
	}
	got, err := h.download(h.serve(t, nil)).Run(t.Context(), path)
	if err != nil || got.Kept != kept || got.Blocks != len(h.cids)-kept {
		t.Fatalf("got %+v, %v, want %d kept", got, err, kept)
	}
	h.assertSame(t, path)
}

// What lies on the disk is trusted no more than what comes from a stranger.
func TestDownload_ChecksWhatIsThere(t *testing.T) {
	h := keyTree(t)
	source := h.serve(t, nil)
	path := filepath.Join(t.TempDir(), "in.car")
	if _, err := h.download(source).Run(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := host(t, written(t, sized(map[string]int{"keys.json": 901})))
	theirs, err := os.ReadFile(other.car)
	if err != nil {
		t.Fatal(err)
	}
	flipped := func(at int) []byte {
		b := bytes.Clone(whole)
		b[at] ^= 1
		return b
	}
	for name, b := range map[string][]byte{
		"nothing": {}, "a cut header": whole[:20], "a header alone": whole[:len(car.Header(car.CID{}))], "a cut length": whole[:len(car.Header(car.CID{}))+1], "a cut block": whole[:len(whole)/2],
		"a flipped byte": flipped(len(whole) / 2), "a flipped header": flipped(5), "another root": flipped(30), "a giant length": append(bytes.Clone(whole), 0xff, 0xff, 0xff, 0xff, 0x7f),
		"a block twice": append(bytes.Clone(whole), whole[len(car.Header(car.CID{})):]...), "another tree's": theirs, "no CAR": bytes.Repeat([]byte("no"), 5000),
	} {
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := h.download(source).Run(t.Context(), path); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		h.assertSame(t, path)
	}
}
