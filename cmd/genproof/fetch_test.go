package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs"
)

const deckCAR = "../../testdata/deck/drop.car"

// fetchHome is a cache of this test's own, and the address of a published deck.
func fetchHome(t *testing.T) (cache, address string) {
	t.Helper()
	cache = t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	root, err := rootOf(deckCAR)
	if err != nil {
		t.Fatal(err)
	}
	return cache, ipfsScheme + root
}

// behind is a gateway that asks another one, unless stop answers itself.
func behind(t *testing.T, gateway string, stop func(w http.ResponseWriter, r *http.Request) bool) string {
	t.Helper()
	at, err := url.Parse(gateway)
	if err != nil {
		t.Fatal(err)
	}
	next := httputil.NewSingleHostReverseProxy(at)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !stop(w, r) {
			next.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// carsIn lists what is left of fetched trees.
func carsIn(t *testing.T, cache string) []string {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(cache, "genproof", "fetched", "*.car"))
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// A deck by its CID has the verdict that its CAR has, and leaves nothing behind.
func TestFetch_VerifiesByCID(t *testing.T) {
	cache, address := fetchHome(t)
	gateway := gatewayOf(t, deckCAR)
	want := succeed(t, "verify", deckCAR, "--json").stdout
	if got := succeed(t, "verify", address, "--gateway", gateway, "--json").stdout; got != want {
		t.Errorf("by its CID: %s\nas a file: %s", got, want)
	}
	if left := carsIn(t, cache); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	saved := filepath.Join(t.TempDir(), "deck.car")
	succeed(t, "verify", address, "--gateway", gateway, "--save", saved)
	if got := succeed(t, "verify", saved, "--json").stdout; got != want {
		t.Errorf("saved: %s", got)
	}
	refuses(t, "is there already", "", "verify", address, "--gateway", gateway, "--save", saved)
	if left, _ := filepath.Glob(saved + ".*"); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

// What was fetched before an interruption is not fetched again.
func TestFetch_GoesOn(t *testing.T) {
	cache, address := fetchHome(t)
	gateway := gatewayOf(t, deckCAR)
	var whole, again atomic.Int64
	count := func(n *atomic.Int64) string {
		return behind(t, gateway, func(http.ResponseWriter, *http.Request) bool { n.Add(1); return false })
	}
	succeed(t, "verify", address, "--gateway", count(&whole))
	const before = 9
	var asked atomic.Int64
	dying := behind(t, gateway, func(w http.ResponseWriter, r *http.Request) bool {
		if asked.Add(1) <= before {
			return false
		}
		http.Error(w, "gone", http.StatusGone)
		return true
	})
	stopped := troubled(t, "verify", address, "--gateway", dying)
	if !strings.Contains(stopped.Error, "410 Gone") || !strings.Contains(stopped.Hint, "what was fetched is kept") || len(carsIn(t, cache)) != 1 {
		t.Errorf("%+v, left %v", stopped, carsIn(t, cache))
	}
	succeed(t, "verify", address, "--gateway", count(&again))
	if want := whole.Load() - before; again.Load() != want {
		t.Errorf("asked for %d blocks after an interruption, want %d", again.Load(), want)
	}
}

// Nothing that a gateway says is believed, and a tree that is no publication is given up early.
func TestFetch_RefusesWhatIsNotWanted(t *testing.T) {
	cache, address := fetchHome(t)
	gateway := gatewayOf(t, deckCAR)
	lying := behind(t, gateway, func(w http.ResponseWriter, r *http.Request) bool {
		if strings.Contains(r.URL.Path, strings.TrimPrefix(address, ipfsScheme)) {
			return false
		}
		fmt.Fprint(w, "another block")
		return true
	})
	refuses(t, "its content is not that of", "run the same again", "verify", address, "--gateway", lying)
	folder := filepath.Join(t.TempDir(), "folder")
	write(t, filepath.Join(mkdir(t, folder), "drop.json"), `{"name": "nothing"}`)
	other := treeOf(t, folder)
	root, err := rootOf(other)
	if err != nil {
		t.Fatal(err)
	}
	refuses(t, "this is no publication: drop.json", "", "verify", ipfsScheme+root, "--gateway", gatewayOf(t, other))
	if left, _ := filepath.Glob(filepath.Join(cache, "genproof", "fetched", root+".car")); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
	refuses(t, "one place to fetch it from", "--gateway", "verify", address)
	refuses(t, "one place to fetch it from", "--gateway", "verify", address, "--gateway", gateway, "--api", gateway)
	refuses(t, "no CID of a folder", "bafybei", "verify", "ipfs://../../etc/passwd", "--gateway", gateway)
	refuses(t, "no CID of a folder", "bafybei", "verify", "ipfs://QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG", "--gateway", gateway)
	refuses(t, "--gateway is for ipfs://CID", "", "verify", deckCAR, "--gateway", gateway)
}

// treeOf is a CAR of whatever a folder holds.
func treeOf(t *testing.T, folder string) string {
	t.Helper()
	list, err := ipfs.FilesOf(os.DirFS(folder), ".")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "tree.car")
	if _, err := ipfs.WriteCAR(t.Context(), path, list); err != nil {
		t.Fatal(err)
	}
	return path
}

func mkdir(t *testing.T, dir string) string {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Requirements are looked at before anything else, and each is named as it was asked for.
func TestRequire_NamesWhatIsLeft(t *testing.T) {
	const deck, drawn = "../../testdata/deck", "../../testdata/published"
	for _, tc := range []struct {
		where, list string
		code        int
		unmet       string
	}{
		{deck, "key:ceremony", console.ExitRejected, "key:ceremony"},
		{deck, "authority,key:ceremony", console.ExitRejected, "authority key:ceremony"},
		{deck, "beacon:chain", console.ExitOK, ""},
		{drawn, "beacon:chain", console.ExitRejected, "beacon:chain"},
		{drawn, "beacon:chain,key", console.ExitRejected, "beacon:chain key"},
		{deck, "attestation:ed25519:" + strings.Repeat("ab", 32), console.ExitRejected, "attestation:ed25519:" + strings.Repeat("ab", 32)},
		{deck, "sealed,spelling", console.ExitOK, ""},
	} {
		var r struct {
			Unmet []string `json:"required_and_left"`
		}
		if err := json.Unmarshal([]byte(expect(t, tc.code, "verify", tc.where, "--require", tc.list, "--json").stdout), &r); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(r.Unmet, " "); got != tc.unmet {
			t.Errorf("%s, --require %s: left %q, want %q", tc.where, tc.list, got, tc.unmet)
		}
		people := expect(t, tc.code, "verify", tc.where, "--require", tc.list).stdout
		lines := strings.Split(strings.TrimSpace(people), "\n")
		if last := lines[len(lines)-1]; !strings.Contains(last, " reservations): ") {
			t.Errorf("the last line counts no reservations: %s", last)
		}
	}
	for _, list := range []string{"luck", "key:", "key:luck", "attestation:", "all,", ",key"} {
		refuses(t, "there is no reservation", "attestation:KEY", "verify", "no such file", "--require", list)
	}
}
