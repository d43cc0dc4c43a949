package main

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/internal/console"
)

// A deck that is sold, its log anchored before the sale, packed and checked without a network.
func TestEvidence_OfASale(t *testing.T) {
	w := saleWorldOf(t)
	at := t.TempDir()
	file := func(name string) string { return filepath.Join(at, name) }
	deployed := decode[deckDeployReport](t, succeed(t, with("deploy", w.author, "--keys", sharedKeys, "--json")...))
	succeed(t, with("admit", w.author, "--keys", sharedKeys)...)

	key := file("museum.key")
	identity := decode[map[string]string](t, succeed(t, "attest", "new-key", key, "--json"))["identity"]
	succeed(t, "log", "append", file("log"), "--key", key, "--kind", "looked", "--text", "at all cards")
	head := strings.Fields(succeed(t, "log", "head", file("log")).stdout)[0]
	signed := decode[attestedReport](t, succeed(t, "attest", "--deck", w.out, "--keys", sharedKeys, "--predicate", draftOf(t, "museum"), "--key", key, "--log-head", head, "--out", file("a.json"), "--json"))
	succeed(t, "log", "append", file("log"), "--key", key, "--kind", "attested", "--about", signed.File, "--text", "the deck")
	account := w.author[slices.Index(w.author, "--key-file")+1]
	anchored := decode[map[string]any](t, succeed(t, "log", "anchor", file("log"), "--rpc", w.rpc, "--key-file", account, "--out", file("anchor.json"), "--json"))
	succeed(t, append([]string{"sell", "open"}, append(slices.Clone(w.author), "--price", "0.05", "--end", w.end().Format(time.RFC3339))...)...)
	succeed(t, "log", "verify", file("log"), "--attestation", file("a.json"))

	write(t, file("trust.json"), `{"version": 1, "kind": "trust", "keys": [{"name": "The museum", "identity": "`+identity+`", "roles": ["museum"], "from": "", "until": "", "published": ""}], "withdrawn": []}`)
	write(t, file("hidden.csv"), "CANARY-hidden")
	pack := []string{"evidence", w.out, "--attestation", file("a.json"), "--trust", file("trust.json"), "--log", file("log"), "--fact", file("anchor.json"), "--contract", deployed.Contract.Address, "--rpc", w.rpc, "--by", "Ada", "--role", "counsel", "--key", key, "--hidden", file("hidden.csv")}
	made := decode[packReport](t, succeed(t, append(pack, "--out", file("pack.car"), "--zip", file("pack.zip"), "--json")...))
	if made.LeftOut != 1 || !strings.Contains(readText(t, made.Salts), ":") {
		t.Errorf("made %+v", made)
	}
	for _, where := range []string{file("pack.car"), file("pack.zip"), unpacked(t, file("pack.zip"))} {
		r := decode[evidence.Report](t, succeed(t, "evidence", "verify", where, "--manifest", made.Manifest, "--json"))
		if r.Verdict != "holds" || !r.SameReport || r.Signer != identity || len(r.BeforeSale) != 1 || len(r.Attestations) != 1 || r.Attestations[0].Known != "The museum" || r.Attestations[0].NotLater != "" || len(r.LeftOut) != 1 {
			t.Errorf("%s: %+v", where, r)
		}
	}
	text := succeed(t, "evidence", "verify", file("pack.car")).stdout
	for _, want := range []string{"the report in the pack is the one that its files give", "before the sale: block", "the contract accepted the proofs of a group of cards", "was there, not later than this", "the sale was opened", "not checked: blocks"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report has no %q: %s", want, text)
		}
	}
	answers := decode[answersReport](t, succeed(t, "evidence", "ask", file("pack.car"), "--card", "3", "--json"))
	for i, want := range []string{"known to you as The museum", "nothing in the pack says so", "was there, not later than this", "its document: nobody", "its code holds the deck's commitment", "nothing that is in the pack"} {
		if !strings.Contains(strings.Join(answers.Answers[i].Answers, "\n"), want) {
			t.Errorf("%s: no %q in %q", answers.Answers[i].Question, want, answers.Answers[i].Answers)
		}
	}
	refuses(t, "nothing in the pack shows which token shows which card", "", "evidence", "ask", file("pack.car"), "--token", "3")
	succeed(t, with("mint", w.buyer, "--count", "2")...)
	w.passTo(t, w.round)
	succeed(t, with("reveal", w.buyer, "--signature", demoSignature)...)
	succeed(t, append(pack, "--out", file("drawn.car"))...)
	shown := decode[deckReport](t, succeed(t, "verify", w.out, "--keys", sharedKeys, "--rpc", w.rpc, "--contract", deployed.Contract.Address, "--tokens", "1", "--json"))
	if drawn := decode[answersReport](t, succeed(t, "evidence", "ask", file("drawn.car"), "--token", "1", "--json")); drawn.Card != shown.Chain.Tokens[0].Card {
		t.Errorf("token 1 shows card %d, the contract says %d", drawn.Card, shown.Chain.Tokens[0].Card)
	}
	checkpoint := "1337:" + number(anchored["block"]) + ":" + anchored["block_hash"].(string)
	for _, more := range [][]string{{"--checkpoint", checkpoint}, {"--rpc", w.rpc}} {
		r := decode[evidence.Report](t, succeed(t, append([]string{"evidence", "verify", file("pack.car"), "--json"}, more...)...))
		if r.Attestations[0].NotLater == "" || !r.SameReport {
			t.Errorf("%v: %+v", more, r.Attestations[0])
		}
	}
	dated := []string{"verify", w.out, "--keys", sharedKeys, "--attestation", file("a.json"), "--fact", file("anchor.json"), "--json"}
	for _, row := range []struct {
		more []string
		late bool
	}{
		{[]string{"--log", file("log"), "--checkpoint", checkpoint}, true},
		{[]string{"--log", file("log"), "--rpc", w.rpc, "--contract", deployed.Contract.Address}, true},
		{[]string{"--checkpoint", checkpoint}, false},                                                    // the fact names the log's head
		{[]string{"--log", file("log"), "--checkpoint", checkpoint[:len(checkpoint)-4] + "0000"}, false}, // another block
	} {
		r := decode[deckReport](t, succeed(t, append(slices.Clone(dated), row.more...)...))
		if (r.Attestations[0].NotLater != "") != row.late {
			t.Errorf("%v: %+v", row.more, r.Attestations[0])
		}
	}
	refuses(t, "a fact dates nothing unless its block is known", "--checkpoint", dated[:len(dated)-1]...)
	site := file("site")
	succeed(t, "page", w.out, "--attestation", file("a.json"), "--fact", file("anchor.json"), "--log", file("log"), "--checkpoint", checkpoint, "--out", site)
	for _, page := range []string{"proof.html"} {
		if text := readText(t, filepath.Join(site, page)); !strings.Contains(text, "not later than ") {
			t.Errorf("%s does not say since when the attestation was there", page)
		}
	}
	if text := readText(t, filepath.Join(site, "proof.html")); !strings.Contains(text, "computed from all that is published, by its signer’s word") {
		t.Error("the page does not say how the signer knows the commitment")
	}
	sameAttested(t, w.out, file("trust.json"), file("a.json"))
	samePack(t, file("pack.car"))
	samePack(t, file("pack.zip"))
	if r := expect(t, console.ExitRejected, "evidence", "verify", file("pack.car"), "--manifest", strings.Repeat("0", 64)); !strings.Contains(r.stdout, "fault: the manifest is another") {
		t.Errorf("another manifest: %s", r.stdout)
	}
	folder := unpacked(t, file("pack.zip"))
	if err := os.Remove(filepath.Join(folder, "attestations", "0.json")); err != nil {
		t.Fatal(err)
	}
	if r := expect(t, console.ExitRejected, "evidence", "verify", folder); !strings.Contains(r.stdout, "fault: removed: attestations/0.json") {
		t.Errorf("a file removed: %s", r.stdout)
	}
	complains(t, console.ExitTrouble, "is no pack of evidence", "evidence", "verify", file("trust.json"))
	inspectEncrypted(t, w, pack, at)
}

func number(v any) string { return strconv.FormatFloat(v.(float64), 'f', -1, 64) }

// inspectEncrypted packs what is hidden for a court: it is in the pack, and in nothing that others can read.
func inspectEncrypted(t *testing.T, w *saleWorld, pack []string, at string) {
	t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(at, "court.key"), id.String()+"\n")
	write(t, filepath.Join(at, "other.key"), other.String()+"\n")
	out := filepath.Join(at, "court.zip.age")
	refuses(t, "a pack with something hidden is for somebody", "--recipient", append(pack, "--for", "court", "--out", out)...)
	refuses(t, "nobody is called", "marketplace", append(pack, "--for", "friends", "--out", out)...)
	succeed(t, append(pack, "--for", "court", "--to", id.Recipient().String(), "--recipient", "The court of X", "--out", out)...)
	if data := read(t, out); bytes.Contains(data, []byte("CANARY")) || bytes.Contains(data, []byte("PK\x03\x04")) {
		t.Error("the encrypted pack can be read")
	}
	r := decode[evidence.Report](t, succeed(t, "evidence", "verify", out, "--identity", filepath.Join(at, "court.key"), "--json"))
	if r.Verdict != "holds" || len(r.LeftOut) != 0 {
		t.Errorf("decrypted: %+v", r)
	}
	refuses(t, "the pack is encrypted", "--identity", "evidence", "verify", out)
	refuses(t, "the identity is none", "", "evidence", "verify", out, "--identity", filepath.Join(at, "other.key"))
}

// unpacked is a zip's content in a folder.
func unpacked(t *testing.T, file string) string {
	t.Helper()
	z, err := zip.OpenReader(file)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if z.File[0].Name != "MANIFEST.jsonl" {
		t.Errorf("the zip begins with %s", z.File[0].Name)
	}
	dir := t.TempDir()
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		path := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		write(t, path, string(data))
	}
	return dir
}

// Nothing hidden, no secret, no path and no node's address is in a pack for a marketplace, or in what is said of it.
func TestEvidence_CanariesStayHidden(t *testing.T) {
	w := newAttestWorld(t)
	at := filepath.Join(t.TempDir(), "CANARY-user")
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	_, secret, _ := strings.Cut(strings.TrimSpace(readText(t, w.key)), ":")
	canaries := []string{hiddenLicence, hiddenScore, hiddenFact, "CANARY-user", "CANARY-reason", "CANARY-node", secret}
	for _, line := range strings.Split(readText(t, filepath.Join(w.dir, "secrets.yaml")), "\n") {
		if _, value, ok := strings.Cut(line, ": \""); ok && !strings.HasPrefix(line, "#") {
			canaries = append(canaries, strings.TrimSuffix(value, "\""))
		}
	}
	write(t, filepath.Join(at, "reason"), "CANARY-reason")
	succeed(t, "log", "append", filepath.Join(at, "log"), "--key", w.key, "--text", "looked", "--private", filepath.Join(at, "reason"))
	succeed(t, "attest", "--deck", w.dir, "--predicate", draftOf(t, "museum"), "--key", w.key, "--publish", w.out)
	pack := filepath.Join(at, "pack.car")
	args := []string{"evidence", w.out, "--log", filepath.Join(at, "log"), "--key", w.key, "--hidden", filepath.Join(w.dir, "claims.csv"), "--hidden", filepath.Join(w.dir, "secrets.yaml"),
		"--rpc", "http://CANARY-node.example", "--out", pack, "--zip", filepath.Join(at, "pack.zip"), "--log-level", "trace"}
	for _, r := range []result{succeed(t, args...), succeed(t, "evidence", "verify", pack, "--json", "--log-level", "trace")} {
		for _, c := range canaries {
			if c != "CANARY-user" && strings.Contains(r.stdout+r.stderr, c) { // its maker sees where the file is
				t.Errorf("it says %s", c)
			}
		}
	}
	for name, data := range filesOf(t, unpacked(t, filepath.Join(at, "pack.zip"))) {
		for _, c := range canaries {
			if strings.Contains(string(data), c) {
				t.Errorf("%s holds %s", name, c)
			}
		}
	}
	for _, c := range canaries {
		if strings.Contains(readText(t, pack), c) {
			t.Errorf("the CAR holds %s", c)
		}
	}
}
