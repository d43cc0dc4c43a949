package page

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
)

// between returns what stands in a file between two texts.
func between(t *testing.T, html, from, to string) string {
	t.Helper()
	_, rest, found := strings.Cut(html, from)
	inside, _, ends := strings.Cut(rest, to)
	if !found || !ends {
		t.Fatalf("nothing stands between %q and %q", from, to)
	}
	return inside
}

// makers are the two files.
var makers = map[string]func(program, runtime []byte) ([]byte, error){File: Verifier, OnlineFile: OnlineVerifier}

func TestVerifier_AllowsItsOwnScriptAndStyleAlone(t *testing.T) {
	var scripts []string
	for name, connect := range map[string]string{File: "'none'", OnlineFile: "https: http://127.0.0.1:* http://localhost:*"} {
		made, err := makers[name]([]byte("program"), []byte("runtime()"))
		if err != nil {
			t.Fatal(err)
		}
		html := string(made)
		policy := between(t, html, `Content-Security-Policy" content="`, `"`)
		source := func(element string) string {
			digest := sha256.Sum256([]byte(between(t, html, "<"+element+">", "</"+element+">")))
			return "'sha256-" + base64.StdEncoding.EncodeToString(digest[:]) + "'"
		}
		want := "default-src 'none'; script-src " + source("script") + " 'wasm-unsafe-eval'; style-src " + source("style") +
			"; img-src blob:; worker-src blob:; connect-src " + connect + "; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types genproof"
		if policy != want {
			t.Errorf("%s: got the policy\n%s\nwant\n%s", name, policy, want)
		}
		scripts = append(scripts, source("script"))
		if n := strings.Count(html, "<script"); n != 4 {
			t.Errorf("%s: %d scripts, want the page's and three texts", name, n)
		}
		if strings.Contains(html, "{{") {
			t.Errorf("%s: a part is missing: %s", name, between(t, html, "{{", "}}"))
		}
		for _, attribute := range regexp.MustCompile(`(?i)\s(on[a-z]+|style|src|href)=`).FindAllString(html, -1) {
			t.Errorf("%s: the page has an attribute%s", name, attribute)
		}
		body := strings.Replace(html, policy, "", 1)
		for _, address := range regexp.MustCompile(`https?://[^"'\s]*`).FindAllString(body, -1) {
			if address != "http://www.w3.org/2000/svg" && address != "https://…" {
				t.Errorf("%s: the page names %s", name, address)
			}
		}
	}
	if scripts[0] != scripts[1] {
		t.Error("the two files have two scripts")
	}
}

// A page cannot vouch for what it shows: it has no word that would.
func TestVerifier_HasNoWordOfPraise(t *testing.T) {
	for _, make := range makers {
		made, err := make([]byte("program"), []byte("runtime()"))
		if err != nil {
			t.Fatal(err)
		}
		body := between(t, string(made), "<body>", "<script")
		if word := regexp.MustCompile(`(?i)\b(verified|safe|authentic|trusted|official|genuine|certified|guaranteed)\b`).FindString(body); word != "" {
			t.Errorf("the page says %q", word)
		}
	}
}

func TestVerifier_HoldsTheProgram(t *testing.T) {
	program := bytes.Repeat([]byte("program "), 1000)
	made, err := Verifier(program, []byte("runtime()"))
	if err != nil {
		t.Fatal(err)
	}
	again, err := Verifier(program, []byte("runtime()"))
	if err != nil || !bytes.Equal(made, again) {
		t.Errorf("the same program makes another file (%v)", err)
	}
	packed, err := base64.StdEncoding.DecodeString(between(t, string(made), `id="program">`, "<"))
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := io.ReadAll(r); err != nil || !bytes.Equal(data, program) {
		t.Errorf("the page holds another program, of %d bytes (%v)", len(data), err)
	}
	if digest := fmt.Sprintf("sha256 %x", sha256.Sum256(program)); !strings.Contains(string(made), digest) {
		t.Errorf("the page does not say %s", digest)
	}
}

func TestVerifier_RefusesTextsThatWouldEndTheirElement(t *testing.T) {
	for _, runtime := range []string{"a</script>", "</SCRIPT x", "<!-- ", "<script>", "</style>"} {
		if _, err := Verifier([]byte("program"), []byte(runtime)); err == nil {
			t.Errorf("%q is put into the page", runtime)
		}
	}
}
