package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/internal/console"
)

// page makes the site of the world's publication.
func (w *attestWorld) page(t *testing.T, more ...string) string {
	t.Helper()
	return madeSite(t, append([]string{w.out, "--keys", sharedKeys}, more...)...)
}

// A site tells what was promised and what has come of it, and holds what it tells of, so that others
// judge it. Where its maker's files are, and what the maker's file of keys says of others, it does not tell.
func TestPage_TellsWhoAttested(t *testing.T) {
	w := newAttestWorld(t)
	draft := draftOf(t, "museum")
	preview := madeSite(t, "--preview", "--drop", w.dir)
	for _, want := range []string{"Who is to attest", "museum", "by 2 of 2", w.identity, w.accountIdentity} {
		if got := readText(t, filepath.Join(preview, "proof.html")); !strings.Contains(got, want) || strings.Contains(got, "approved as promised") {
			t.Errorf("the preview does not say %q: %s", want, got)
		}
	}
	succeed(t, "page", "check", preview)
	if got := readText(t, filepath.Join(w.page(t), "proof.html")); !strings.Contains(got, "not approved as promised: ") || !strings.Contains(got, "No attestation is here.") {
		t.Errorf("nobody has signed: %s", got)
	}
	first := decode[attestedReport](t, succeed(t, "attest", "--deck", w.dir, "--predicate", draft, "--key", w.key, "--publish", w.out, "--json"))
	home := filepath.Join(t.TempDir(), "canary-folder-71c0")
	if err := os.Mkdir(home, 0o700); err != nil {
		t.Fatal(err)
	}
	named, contract, trust := filepath.Join(home, "canary-b.json"), filepath.Join(home, "canary-c.json"), filepath.Join(home, "canary-trust.json")
	second := decode[attestedReport](t, succeed(t, "attest", "--deck", w.out, "--keys", sharedKeys, "--predicate", draft, "--key-file", w.account, "--out", named, "--json"))
	payload := filepath.Join(home, "payload.json")
	succeed(t, "attest", "--deck", w.dir, "--predicate", draft, "--identity", "eip155:1:0x00000000219ab540356cbb839cbe05303d7705fa", "--contract-account", "--out", payload)
	succeed(t, "attest", "complete", payload, "--signature", "0x1234", "--out", contract)
	write(t, trust, `{"version": 1, "kind": "trust", "keys": [{"name": "Aunt Ada", "identity": "`+first.Identity+`", "roles": ["museum"], "from": "", "until": "", "published": ""}, {"name": "CANARY-friend", "identity": "ed25519:`+strings.Repeat("07", 32)+`", "roles": ["museum"], "from": "", "until": "", "published": ""}], "withdrawn": []}`)
	given := []string{"--attestation", named, "--attestation", contract}
	plain, known := w.page(t, given...), w.page(t, append(given, "--trust", trust)...)
	for _, row := range []struct{ site, want string }{
		{plain, "approved as promised: <bdi>museum</bdi>, by 2 of 2 (2 are needed)"}, {plain, "named by the author for this role"}, {plain, "Not said here"}, {plain, "only a node of its chain can say"},
		{plain, "attestation number 2 of the maker’s own: "}, {known, "<bdi>Aunt Ada</bdi>, as the maker of this page says"}, {known, "Whose keys these are, the maker of this page says."},
	} {
		if got := readText(t, filepath.Join(row.site, "proof.html")); !strings.Contains(got, row.want) {
			t.Errorf("the site does not say %q: %s", row.want, got)
		}
	}
	for _, site := range []string{plain, known} {
		succeed(t, "page", "check", site)
		for name, data := range filesOf(t, site) {
			for _, canary := range []string{"canary-", "CANARY", home, os.TempDir(), hiddenLicence, hiddenScore, hiddenFact, privateKey, strings.TrimSpace(readText(t, w.key))} {
				if bytes.Contains(data, []byte(canary)) || site == plain && bytes.Contains(data, []byte("Ada")) {
					t.Errorf("%s holds %q", name, canary)
				}
			}
		}
		if !bytes.Equal(read(t, site, "publication/attestations/"+second.ID+".json"), read(t, named)) {
			t.Error("the attestation that was named is not the one that the site holds")
		}
		if r := decode[deckReport](t, succeed(t, "verify", filepath.Join(site, "publication"), "--keys", sharedKeys, "--json")); !r.Approvals[0].Met || len(r.Attestations) != 3 {
			t.Errorf("others judge %+v, %+v", r.Approvals, r.Attestations)
		}
	}
	succeed(t, "attest", "withdraw", filepath.Join(w.out, "attestations", first.ID+".json"), "--key", w.key, "--reason", "seen too late", "--publish", w.out)
	for _, want := range []string{"not approved as promised: <bdi>museum</bdi>, by 1 of 2", "withdrawn: ", "its signer withdrew it: seen too late"} {
		if got := readText(t, filepath.Join(w.page(t, given...), "tokens", "2.html")); !strings.Contains(got, want) {
			t.Errorf("after a withdrawal the card's page does not say %q: %s", want, got)
		}
	}
	complains(t, console.ExitTrouble, "--preview tells who is to attest", "page", "--preview", "--drop", w.dir, "--out", filepath.Join(t.TempDir(), "x"), "--attestation", named)
	complains(t, console.ExitTrouble, "--preview tells who is to attest", "page", "--preview", "--drop", w.dir, "--out", filepath.Join(t.TempDir(), "x"), "--trust", trust)
}

// An error of a node can hold its address, which may be a password: a page quotes none.
func TestPage_QuotesNoNodesErrors(t *testing.T) {
	secret := "canary-password-3a"
	for name, quoted := range map[string]bool{"page": false, "verify": true} {
		a := &askedContracts{c: &cli.Context{Command: &cli.Command{Name: name}}}
		if got := a.told(errors.New(secret)).Error(); strings.Contains(got, secret) != quoted {
			t.Errorf("%s: %s", name, got)
		}
		if a.told(nil) != nil {
			t.Errorf("%s: no error is told as one", name)
		}
	}
}
