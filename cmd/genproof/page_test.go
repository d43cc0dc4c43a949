package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/internal/console"
)

const (
	deckPublished = "../../testdata/deck"
	dropPublished = "../../testdata/published"
)

// madeSite makes a site and returns its folder.
func madeSite(t *testing.T, args ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "site")
	succeed(t, append([]string{"page", "--out", out}, args...)...)
	return out
}

// verifierSample stands for a release's verifier.html, which a site takes as it is.
func verifierSample(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "verifier.html")
	write(t, file, "<!DOCTYPE html><title>a verifier</title>")
	return file
}

func TestPage_WritesASiteThatPassesItsCheck(t *testing.T) {
	html := verifierSample(t)
	for _, from := range []string{deckPublished, filepath.Join(deckPublished, "drop.car"), dropPublished, filepath.Join(dropPublished, "drop.car")} {
		out := filepath.Join(t.TempDir(), "site")
		r := decode[pageReport](t, succeed(t, "page", from, "--out", out, "--verifier", html, "--json"))
		if r.Verdict != "amber" || !r.Verifier || r.Preview || r.Entries < 3 || !strings.HasPrefix(r.Line, "holds only if the maker of this key was honest") {
			t.Errorf("%s: %+v", from, r)
		}
		if got := decode[pageCheckReport](t, succeed(t, "page", "check", out, "--verifier", html, "--json")); got.Verdict != "same" || got.Files != r.Files {
			t.Errorf("%s: %+v, %d files were written", from, got, r.Files)
		}
		if !bytes.Equal(read(t, out, "verifier.html"), read(t, html)) {
			t.Errorf("%s: the verifier is another", from)
		}
		succeed(t, "verify", filepath.Join(out, "publication"))
		if left, err := os.ReadDir(filepath.Dir(out)); err != nil || len(left) != 1 {
			t.Errorf("%s: beside the site stand %v (%v)", from, left, err)
		}
	}
}

// A site is replaced by a new one, and nothing else is.
func TestPage_ReplacesSitesAlone(t *testing.T) {
	site := madeSite(t, deckPublished)
	write(t, filepath.Join(site, "old.html"), "old")
	succeed(t, "page", dropPublished, "--out", site)
	if _, err := os.Stat(filepath.Join(site, "old.html")); err == nil || !bytes.Contains(read(t, site, "index.html"), []byte("tokens/2.html")) {
		t.Error("the old site is still there")
	}
	folder := t.TempDir()
	write(t, filepath.Join(folder, "mine"), "mine")
	complains(t, console.ExitTrouble, "is not a site", "page", deckPublished, "--out", folder)
	if got := readText(t, filepath.Join(folder, "mine")); got != "mine" {
		t.Error("a folder of somebody else's was changed")
	}
	broken := filepath.Join(t.TempDir(), "site")
	complains(t, console.ExitTrouble, "", "page", t.TempDir(), "--out", broken)
	if _, err := os.Stat(broken); err == nil {
		t.Error("a run that failed left a site")
	}
}

func TestPage_CheckNamesWhatWasChanged(t *testing.T) {
	html := verifierSample(t)
	for name, text := range map[string]string{"site.js": "alert(1)", "site.css": "", "verifier.html": "<p>", "index.html": "<script>alert(1)</script>", "more.js": "alert(1)", "tokens/5.html": "<p onclick=x>"} {
		site := madeSite(t, deckPublished, "--verifier", html)
		write(t, filepath.Join(site, filepath.FromSlash(name)), text)
		if r := expect(t, console.ExitRejected, "page", "check", site, "--verifier", html); !strings.Contains(r.stdout, "  "+name+": ") || !strings.Contains(r.stdout, "different: 1 of ") {
			t.Errorf("%s: %s", name, r.stdout)
		}
	}
	site := madeSite(t, deckPublished, "--verifier", html)
	if r := expect(t, console.ExitRejected, "page", "check", site); !strings.Contains(r.stdout, "verifier.html: it could not be compared: its SHA-256 is ") {
		t.Errorf("without a verifier: %s", r.stdout)
	}
	if err := os.Symlink("site.js", filepath.Join(site, "data", "7.js")); err != nil {
		t.Fatal(err)
	}
	if r := expect(t, console.ExitRejected, "page", "check", site, "--verifier", html); !strings.Contains(r.stdout, "data/7.js: ") {
		t.Errorf("a link: %s", r.stdout)
	}
}

func TestPage_UsageErrors(t *testing.T) {
	bundle := filepath.Join(dropPublished, "bundles/2.json")
	for about, args := range map[string][]string{
		"no publication is named":           {"page", "--out", "x"},
		"no folder is named":                {"page", deckPublished},
		"--preview shows what is not":       {"page", deckPublished, "--preview", "--out", "x"},
		"--preview knows no contract":       {"page", "--preview", "--out", "x", "--mine"},
		"--port is for --serve":             {"page", deckPublished, "--out", "x", "--port", "80"},
		"neither an address of e-mail":      {"page", deckPublished, "--out", "x", "--contact", "javascript:alert(1)"},
		"a single bundle has no gallery":    {"page", bundle, "--drop", filepath.Join(dropPublished, "drop.json"), "--out", filepath.Join(t.TempDir(), "x")},
		"is no address of a site":           {"page", "check", "http://u:p@example.org"},
		"there is no file or folder":        {"page", "/none", "--out", "x"},
		"write 0x and 40":                   {"page", deckPublished, "--out", filepath.Join(t.TempDir(), "x"), "--also", "me"},
		"is a site already":                 {"page", madeSite(t, deckPublished), "--out", "x"},
		"a deck's publication names no con": {"page", deckPublished, "--out", filepath.Join(t.TempDir(), "x"), "--rpc", "http://127.0.0.1:1"},
	} {
		complains(t, console.ExitTrouble, about, args...)
	}
}

// What a site shows, a preview too, holds nothing hidden, and nothing of the machine that made it.
func TestPage_ShowsNothingHidden(t *testing.T) {
	home := filepath.Join(t.TempDir(), "canary-home-5b21")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"HOME": home, "USER": "canary-user-9e11", "LOGNAME": "canary-user-9e11", "TZ": "Canary/Zone77", "HOSTNAME": "canary-host-31"} {
		t.Setenv(name, value)
	}
	keys(t)
	hidden := filepath.Join(t.TempDir(), "hidden.csv")
	write(t, hidden, "card,licence,score\n0,"+deckCanaryLicence+",7203914558120663\n")
	deck := importShape(t, "hashlips", "--hidden", hidden)
	succeed(t, "setup", "--drop", deck, "--keys", sharedKeys)
	said := ""
	watch := func(args ...string) string {
		t.Helper()
		out := filepath.Join(t.TempDir(), "site")
		for _, more := range [][]string{nil, {"--json"}} { // the second one replaces the first
			r := succeed(t, append(append([]string{"page", "--out", out, "--log-level", "trace"}, args...), more...)...)
			said += r.stdout + r.stderr
		}
		return out
	}
	before := watch("--preview", "--drop", deck) // nothing is proven yet
	succeed(t, "prove", "--drop", deck, "--keys", sharedKeys)
	drawn := canaryFolder(t)
	succeed(t, "prove", "--drop", drawn, "--tokens", "1-3", "--keys", sharedKeys)
	ofDeck, ofDrop := deckCanaries(t, deck), canarySpellings(t, drawn)
	for _, row := range []struct {
		site, dir string
		hidden    spellings
		says      []string
	}{
		{before, deck, ofDeck, []string{"licence", "would be shown", "Preview.", "score"}},
		{watch("--preview", "--drop", deck), deck, ofDeck, []string{"would be shown"}},
		{watch(filepath.Join(deck, "out")), deck, ofDeck, []string{"licence", "amber"}},
		{watch("--preview", "--drop", drawn, "--tokens", "1-3"), drawn, ofDrop, []string{"Background", "would be shown", "license", "Midnight"}},
		{watch("--preview", "--drop", drawn), drawn, ofDrop, []string{"license", "origin"}},
		{watch(filepath.Join(drawn, "out")), drawn, ofDrop, []string{"Background", "amber"}},
	} {
		whole := ""
		for name, data := range filesOf(t, row.site) {
			text := string(data)
			whole += text
			row.hidden.absent(t, name, text)
			for _, canary := range []string{row.dir, home, "canary-home", "canary-user", "canary-host", "Canary/Zone77", sharedKeys, os.TempDir()} {
				if strings.Contains(text, canary) {
					t.Errorf("%s holds %q", name, canary)
				}
			}
		}
		for _, want := range row.says {
			if !strings.Contains(whole, want) {
				t.Errorf("%s does not say %q", row.site, want)
			}
		}
	}
	ofDeck.absent(t, "what genproof page says", said)
	ofDrop.absent(t, "what genproof page says", said)
	if preview := filesOf(t, before); len(preview) < 12+5 {
		t.Errorf("the preview has %d files", len(preview))
	}
	if _, err := os.Stat(filepath.Join(before, "publication")); err == nil {
		t.Error("a preview holds a publication")
	}
	if len(ofDeck.in(readText(t, filepath.Join(deck, "claims.csv")))) < 2 || len(ofDrop.in(readText(t, filepath.Join(drawn, "claims.yaml")))) < 2 {
		t.Error("the search does not find what is there")
	}
}

// A page tells what the contract says, and that it is the node's word.
func TestPage_TellsWhatAContractSays(t *testing.T) {
	w := saleWorldOf(t)
	store := []string{"--keys", sharedKeys}
	succeed(t, with("deploy", w.author, store...)...)
	succeed(t, with("admit", w.author, store...)...)
	succeed(t, append([]string{"sell", "open"}, append(append([]string{}, w.author...), "--price", "1", "--end", w.end().Format(time.RFC3339))...)...)
	succeed(t, with("mint", w.buyer, "--count", "2")...)
	asked := []string{w.out, "--rpc", w.rpc, "--contract", w.contract(t), "--tokens", "1-2", "--keys", sharedKeys}
	site := madeSite(t, asked...)
	for _, want := range []string{"2 of 12 tokens; the sale is selling.", "1 of 1 group.", "In block ", "Not drawn yet.", "according to " + nodeName(w.rpc) + " at block ", "of chain 1337"} {
		if proof := readText(t, filepath.Join(site, "proof.html")); !strings.Contains(proof, want) {
			t.Errorf("before the reveal the page does not say %q:\n%s", want, proof)
		}
	}
	w.passTo(t, w.round)
	succeed(t, with("reveal", w.buyer, "--signature", demoSignature)...)
	site = madeSite(t, asked...)
	shown := 0
	for name, data := range filesOf(t, filepath.Join(site, "tokens")) {
		text := string(data)
		if strings.Contains(text, "<dd>Yes, according to "+nodeName(w.rpc)) {
			shown++
			if !strings.Contains(text, ", token 1<") && !strings.Contains(text, ", token 2<") {
				t.Errorf("%s does not say which token shows its card", name)
			}
		}
	}
	if proof := readText(t, filepath.Join(site, "proof.html")); shown != 2 || !strings.Contains(proof, "The assignment was drawn by ") {
		t.Errorf("%d cards are said to be minted; %s", shown, proof)
	}
}

// A sink is a stream that is read while it is written to.
type sink struct{ lines chan string }

func (s sink) Write(p []byte) (int, error) { s.lines <- string(p); return len(p), nil }

func TestPage_ServesUntilItIsInterrupted(t *testing.T) {
	site := madeSite(t, deckPublished)
	for _, args := range [][]string{{site}, {deckPublished, "--json"}} {
		ctx, cancel := context.WithCancel(t.Context())
		out, code := sink{make(chan string, 100)}, make(chan int)
		go func() {
			code <- runContext(ctx, append([]string{"genproof", "page", "--serve"}, args...), strings.NewReader(""), out, io.Discard)
		}()
		address := ""
		for address == "" {
			select {
			case line := <-out.lines:
				if _, rest, found := strings.Cut(line, "http://127.0.0.1:"); found {
					port, _, _ := strings.Cut(rest, "/")
					address = "http://127.0.0.1:" + port + "/"
				}
			case <-time.After(time.Minute):
				t.Fatal("no address is told")
			}
		}
		answer, err := http.Get(address + "tokens/5.html")
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || !bytes.Contains(data, []byte("Lantern Moths")) {
			t.Errorf("served is %.200s (%v)", data, err)
		}
		succeed(t, "page", "check", address)
		cancel()
		if got := <-code; got != console.ExitOK {
			t.Errorf("exit code %d", got)
		}
		if _, err := http.Get(address); err == nil {
			t.Error("the server goes on")
		}
	}
}

// An address of a node may hold a password: a page has its host alone.
func TestNodeName_HoldsNoPassword(t *testing.T) {
	for address, want := range map[string]string{
		"https://mainnet.example.org/v3/0123456789abcdef": "mainnet.example.org", "wss://u:p@example.org:8546/x?key=y": "example.org", "http://127.0.0.1:8545": "127.0.0.1",
		"/home/me/geth.ipc": "a node that the maker of this page asked", "": "a node that the maker of this page asked",
	} {
		if got := nodeName(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}
