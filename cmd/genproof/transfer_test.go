package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
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
	"github.com/ipfs/go-datastore"
	dssync "github.com/ipfs/go-datastore/sync"

	gocar "github.com/ipld/go-car/v2"

	"github.com/genproof/genproof/ipfs/car"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
	"github.com/genproof/genproof/setup/keycar"
	"github.com/genproof/genproof/verifier/groth16"
	"github.com/genproof/genproof/verifier/groth16/keytest"
)

const ceremonyText = "ceremony:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a:3:ethereum:1:22000000"

// A keyParcel is what a key CAR holds.
type keyParcel struct {
	m     keycar.Manifest
	files map[string][]byte // cs, pk, vk, and what does not belong
	sign  ed25519.PrivateKey
}

// parcelOf exports the shared store's keys of root/small and unpacks them.
func parcelOf(t *testing.T) *keyParcel {
	t.Helper()
	path := filepath.Join(t.TempDir(), "keys.car")
	succeed(t, "setup", "export", "root/small", "--keys", keys(t), "--out", path)
	archive, err := car.Open(path, keyLimits)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	p := &keyParcel{files: map[string][]byte{}, sign: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))}
	for _, name := range archive.Paths() {
		if p.files[name], err = archive.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	m, err := keycar.Parse(p.files[keycar.ManifestFile])
	if err != nil {
		t.Fatal(err)
	}
	p.m = *m
	delete(p.files, keycar.ManifestFile)
	return p
}

func (p *keyParcel) signer() string { return hex.EncodeToString(p.sign.Public().(ed25519.PublicKey)) }

func (p *keyParcel) putVK(b []byte) {
	p.files["vk"] = b
	p.m.Files.VK = keycar.File{Size: uint64(len(b)), SHA256: sha256.Sum256(b)}
}

// pack writes a CAR with a right signature over whatever is in it.
func (p *keyParcel) pack(t *testing.T, change func(p *keyParcel)) string {
	t.Helper()
	q := &keyParcel{p.m, map[string][]byte{}, p.sign}
	for name, b := range p.files {
		q.files[name] = b
	}
	if change != nil {
		change(q)
	}
	if q.files[keycar.ManifestFile] == nil {
		b, err := q.m.Marshal(q.sign)
		if err != nil {
			t.Fatal(err)
		}
		q.files[keycar.ManifestFile] = b
	}
	var list []ipfs.File
	for name, b := range q.files {
		list = append(list, ipfs.File{Path: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }})
	}
	path := filepath.Join(t.TempDir(), "keys.car")
	if _, err := ipfs.WriteCAR(context.Background(), path, list); err != nil {
		t.Fatal(err)
	}
	return path
}

// storeCopy is the shared store's copy, so that nothing has to be compiled.
func storeCopy(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	if err := os.CopyFS(dir, os.DirFS(keys(t))); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestSetupImport_TakesWhatSetupExportWrote(t *testing.T) {
	dir, store := t.TempDir(), filepath.Join(t.TempDir(), "keys")
	secret, path := filepath.Join(dir, "sign.key"), filepath.Join(dir, "keys.car")
	public := decode[map[string]string](t, succeed(t, "ceremony", "attest", "--new-key", secret, "--json"))["public_key"]
	out := decode[exportReport](t, succeed(t, "setup", "export", "root/small", "--keys", keys(t), "--sign", secret, "--out", path, "--json"))
	if out.Signer != public || out.CAR != path || !strings.HasPrefix(out.Root, "bafy") || out.Bytes < 1<<20 || out.Provenance != "unsafe-development" {
		t.Errorf("exported %+v", out)
	}
	in := decode[importReport](t, succeed(t, "setup", "import", path, "--keys", store, "--signer", public, "--json"))
	if in.KeyDigest != out.KeyDigest || in.Signer != public || in.Reused || in.Provenance != out.Provenance {
		t.Errorf("imported %+v", in)
	}
	drop := newDrop(t)
	succeed(t, "prove", "--drop", drop, "--tokens", "1", "--keys", store)
	succeed(t, "verify", filepath.Join(drop, "out"), "--keys", keys(t))
	if again := decode[importReport](t, succeed(t, "setup", "import", path, "--keys", store, "--signer", public, "--json")); !again.Reused {
		t.Errorf("again: %+v", again)
	}
	short := filepath.Join(dir, "short")
	write(t, short, "abcd")
	for about, args := range map[string][]string{
		"keys of one circuit":  {"setup", "export", "all"},
		"no circuit":           {"setup", "export", "cid/tiny"},
		"no keys in the store": {"setup", "export", "root/small", "--keys", filepath.Join(t.TempDir(), "none")},
		"not a CAR":            {"setup", "export", "root/small", "--keys", store, "--out", secret},
		"not a signing key":    {"setup", "export", "root/small", "--keys", store, "--sign", short, "--out", filepath.Join(dir, "b.car")},
	} {
		complains(t, console.ExitTrouble, about, args...)
	}
	if err := os.Chmod(secret, 0o644); err != nil {
		t.Fatal(err)
	}
	complains(t, console.ExitTrouble, "others can read", "setup", "export", "root/small", "--keys", store, "--sign", secret, "--out", filepath.Join(dir, "c.car"))
}

func TestSetupImport_NeedsSomebodyWhoStandsForTheKeys(t *testing.T) {
	p, store := parcelOf(t), filepath.Join(t.TempDir(), "keys")
	claim := func(q *keyParcel) { q.m.Provenance = ceremonyText }
	signed, unsigned := p.pack(t, claim), p.pack(t, func(q *keyParcel) { claim(q); q.sign = nil })
	stranger := hex.EncodeToString(ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey))
	complains(t, console.ExitTrouble, "--allow-unsigned", "setup", "import", signed, "--keys", store)
	complains(t, console.ExitTrouble, "signed by 0x"+p.signer()+", want 0x"+stranger, "setup", "import", signed, "--keys", store, "--signer", stranger)
	complains(t, console.ExitTrouble, "nobody has signed", "setup", "import", unsigned, "--keys", store, "--signer", p.signer())
	complains(t, console.ExitTrouble, "both given", "setup", "import", signed, "--keys", store, "--signer", p.signer(), "--allow-unsigned")
	complains(t, console.ExitTrouble, "not a signer's public key", "setup", "import", signed, "--keys", store, "--signer", "abcd")
	if _, err := os.Stat(store); err == nil {
		t.Error("a refused import left a store")
	}
	// Only a signer that was named is believed.
	if r := decode[importReport](t, succeed(t, "setup", "import", signed, "--keys", store, "--allow-unsigned", "--json")); r.Provenance != "unsafe-development" || r.Signer != "" {
		t.Errorf("unsigned: %+v", r)
	}
	complains(t, console.ExitTrouble, "--force", "setup", "import", signed, "--keys", store, "--signer", p.signer())
	if r := decode[importReport](t, succeed(t, "setup", "import", signed, "--keys", store, "--signer", p.signer(), "--force", "--json")); r.Provenance != ceremonyText || r.Signer != "0x"+p.signer() {
		t.Errorf("signed: %+v", r)
	}
}

func TestSetupImport_RefusesOtherCARs(t *testing.T) {
	p, store := parcelOf(t), storeCopy(t)
	before := filesOf(t, store)
	vk, err := groth16.ParseVerifyingKey(p.files["vk"])
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]struct {
		want   string
		change func(q *keyParcel)
	}{
		"another circuit":           {"another version of the circuits", func(q *keyParcel) { q.m.Circuit = "root/standard" }},
		"another constraint system": {"another version of the circuits", func(q *keyParcel) { q.m.Files.CS.SHA256[0] ^= 1 }},
		"no such circuit":           {"key manifest", func(q *keyParcel) { q.files[keycar.ManifestFile] = []byte("{}") }},
		"a signature that is wrong": {"signature is not by its signer", func(q *keyParcel) {
			b, err := q.m.Marshal(q.sign)
			if err != nil {
				t.Fatal(err)
			}
			q.files[keycar.ManifestFile] = bytes.Replace(b, []byte("unsafe-development"), []byte(ceremonyText), 1)
		}},
		"a proving key that differs": {"pk: it is not the file", func(q *keyParcel) { q.m.Files.PK.SHA256[0] ^= 1 }},
		"another proving key":        {"K does not follow", func(q *keyParcel) { spoilPK(q, 1000) }},
		"a missing file":             {"not a CAR of keys", func(q *keyParcel) { delete(q.files, "cs") }},
		"a file more":                {"not a CAR of keys", func(q *keyParcel) { q.files["readme"] = []byte("hello") }},
		"a folder more":              {"not a CAR of keys", func(q *keyParcel) { q.files["a/pk"] = q.files["pk"] }},
		"a long manifest":            {"its manifest has", func(q *keyParcel) { q.files[keycar.ManifestFile] = make([]byte, 1<<15) }},
	}
	for _, d := range keytest.Defects() {
		want := d.Want
		if strings.HasPrefix(want, "public inputs") {
			want = "vk: its manifest says"
		}
		rows["vk: "+d.Name] = struct {
			want   string
			change func(q *keyParcel)
		}{want, func(q *keyParcel) { q.putVK(d.Of(vk).Bytes()) }}
	}
	for name, row := range rows {
		path := p.pack(t, row.change)
		r := call("", "setup", "import", path, "--keys", store, "--signer", p.signer(), "--force")
		if name == "another proving key" { // the trial may find it first, or the pairings
			row.want = "error"
		}
		if r.code != console.ExitTrouble || !strings.Contains(r.stderr, row.want) || strings.Contains(r.stderr, "bug in genproof") {
			t.Errorf("%s: exit code %d, want %q: %s", name, r.code, row.want, r.stderr)
		}
	}
	whole, err := os.ReadFile(p.pack(t, nil))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "flipped.car")
	for at := 3; at < len(whole); at += len(whole) / 12 {
		b := bytes.Clone(whole)
		b[at] ^= 1
		write(t, path, string(b))
		complains(t, console.ExitTrouble, "", "setup", "import", path, "--keys", store, "--signer", p.signer(), "--force")
	}
	for name, b := range filesOf(t, store) {
		if !strings.HasSuffix(name, ".compiled.json") && !bytes.Equal(before[name], b) {
			t.Errorf("%s was changed", name)
		}
	}
}

// spoilPK doubles nothing and exchanges two points of K: sound ones, in each other's place.
func spoilPK(q *keyParcel, from int) {
	b := bytes.Clone(q.files["pk"])
	at := len(b) / 3 / 64 * 64
	x, y := b[at:at+64], b[at+from*64:at+from*64+64]
	for i := range x {
		x[i], y[i] = y[i], x[i]
	}
	q.files["pk"] = b
	q.m.Files.PK.SHA256 = sha256.Sum256(b)
}

// keyGateway serves a CAR with boxo's gateway over HTTP. Each answer takes one of allowed;
// without one left it breaks off in the middle.
func keyGateway(t *testing.T, path string, allowed *atomic.Int64) (url, root string) {
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
	store := blockstore.NewBlockstore(dssync.MutexWrap(datastore.NewMapDatastore()))
	for b, err := r.Next(); err != io.EOF; b, err = r.Next() {
		if err == nil {
			err = store.Put(context.Background(), b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	backend, err := gateway.NewBlocksBackend(blockservice.New(store, offline.Exchange(store)))
	if err != nil {
		t.Fatal(err)
	}
	handler := gateway.NewHandler(gateway.Config{DeserializedResponses: false}, backend)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if allowed.Add(-1) >= 0 {
			handler.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, "cut")
		panic(http.ErrAbortHandler)
	}))
	t.Cleanup(server.Close)
	return server.URL, r.Roots[0].String()
}

func TestSetupImport_FromAGatewayGoesOnAfterACut(t *testing.T) {
	p, store := parcelOf(t), filepath.Join(t.TempDir(), "keys")
	path := p.pack(t, nil)
	var allowed atomic.Int64
	url, root := keyGateway(t, path, &allowed)
	args := []string{"setup", "import", "--ipfs", root, "--gateway", url, "--signer", p.signer(), "--keys", store}
	allowed.Store(4)
	complains(t, console.ExitTrouble, "what was fetched is kept", args...)
	if left := filesOf(t, store); len(left) != 1 {
		t.Errorf("left behind: %d files", len(left))
	}
	allowed.Store(1000)
	r := decode[importReport](t, succeed(t, append(args, "--json")...))
	if r.Kept != 4 || r.Fetched < 4 || r.Signer != "0x"+p.signer() {
		t.Errorf("got %+v", r)
	}
	for name := range filesOf(t, store) {
		if strings.Contains(name, "import-") {
			t.Errorf("%s is left", name)
		}
	}
	succeed(t, "setup", "root/small", "--keys", store)
	// Another's signature is seen before anything large is fetched.
	stranger := hex.EncodeToString(ed25519.NewKeyFromSeed(make([]byte, 32)).Public().(ed25519.PublicKey))
	allowed.Store(2)
	complains(t, console.ExitTrouble, "are signed by", "setup", "import", "--ipfs", root, "--gateway", url, "--signer", stranger, "--keys", store)
	for name := range filesOf(t, store) {
		if strings.Contains(name, "import-") {
			t.Errorf("%s is left of keys that were not wanted", name)
		}
	}
	for about, more := range map[string][]string{
		"one place to fetch": {"--ipfs", root},
		"one place":          {"--ipfs", root, "--gateway", url, "--api", url},
		"neither a file":     {"--gateway", url},
		"want the CID":       {"--ipfs", "../../x", "--gateway", url},
		"both a file":        {path, "--ipfs", root, "--gateway", url},
		"not a URL, want":    {"--ipfs", root, "--gateway", "http://a b"},
		"--api-file":         {"--ipfs", root, "--api", "http://me:hunter2@127.0.0.1:1"},
		"connection refused": {"--ipfs", root, "--api", "http://127.0.0.1:1"},
	} {
		complains(t, console.ExitTrouble, about, append([]string{"setup", "import", "--signer", p.signer(), "--keys", store}, more...)...)
	}
}
