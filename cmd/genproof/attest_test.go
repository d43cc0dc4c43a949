package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

// An attestWorld is a deck that promises the approval of two of a museum, and who signs.
type attestWorld struct {
	dir, out, key, account, stranger string // files and folders
	identity, accountIdentity        string
}

// newAttestWorld makes and proves a deck with hidden attributes.
func newAttestWorld(t *testing.T) *attestWorld {
	t.Helper()
	w := &attestWorld{dir: t.TempDir(), key: filepath.Join(t.TempDir(), "museum.key"), account: filepath.Join(t.TempDir(), "account"), stranger: filepath.Join(t.TempDir(), "stranger.key")}
	w.out = filepath.Join(w.dir, "out")
	w.identity = decode[map[string]string](t, succeed(t, "attest", "new-key", w.key, "--json"))["identity"]
	succeed(t, "attest", "new-key", w.stranger)
	write(t, w.account, privateKey+"\n")
	w.accountIdentity = "eip155:1:" + strings.ToLower(addressOf(t, privateKey).Hex())
	files := map[string]string{
		"drop.yaml": `name: Test Foxes
circuit: deck/small
deck: {home: "1:0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", first_id: 1}
attesters: [{role: museum, threshold: 2, identities: ["` + w.identity + `", "` + w.accountIdentity + `"]}]
attributes: [{trait: Level, type: uint}, {claim: licence, type: text}, {claim: score, type: uint}]
facts: [{fact: engine, type: text}]
`,
		"policy.cel": "trait.Level < 100", "facts.yaml": "engine: " + hiddenFact + "\n",
		"claims.csv": "card,licence,score\ndefault," + hiddenLicence + "," + hiddenScore + "\n",
	}
	for i := range 4 {
		files[fmt.Sprintf("documents/%d.json", i)] = fmt.Sprintf(`{"name":"Fox %d","attributes":[{"trait_type":"Level","value":%d}]}`, i, i)
	}
	if err := os.Mkdir(filepath.Join(w.dir, "documents"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, filepath.Join(w.dir, name), text)
	}
	if err := drop.CreateSecrets(w.dir, false, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if r := makeClaimKeys(); r.code != console.ExitOK {
		t.Fatalf("making keys: %s", r.stderr)
	}
	succeed(t, "prove", "--drop", w.dir, "--keys", sharedKeys)
	return w
}

// draftOf writes a draft of a curation.
func draftOf(t *testing.T, role string) string {
	t.Helper()
	text := succeed(t, "attest", "draft", "curation").stdout
	for from, to := range map[string]string{`"role": ""`: `"role": "` + role + `"`, `"statement": ""`: `"statement": "All cards were looked at."`, `"standard": ""`: `"standard": "house rules"`} {
		if !strings.Contains(text, from) {
			t.Fatalf("the draft has no %s: %s", from, text)
		}
		text = strings.Replace(text, from, to, 1)
	}
	file := filepath.Join(t.TempDir(), "draft.json")
	write(t, file, text)
	return file
}

func (w *attestWorld) verify(t *testing.T, more ...string) *deckReport {
	t.Helper()
	r := call("", append([]string{"verify", w.out, "--keys", sharedKeys, "--json"}, more...)...)
	if r.code == console.ExitTrouble {
		t.Fatalf("verify: %s", r.stderr)
	}
	v := decode[deckReport](t, r)
	return &v
}

// leftOver names the reservations that are left.
func leftOver(r *deckReport) (names []string) {
	for _, x := range r.Reservations {
		names = append(names, x.Name)
	}
	return names
}

// A deck that promises approvals is not approved as promised until as many keys as it says have
// signed its commitment; withdrawing one takes that back, and its proofs hold all the time.
func TestAttest_ApprovalsThatAreHereCount(t *testing.T) {
	w := newAttestWorld(t)
	draft := draftOf(t, "museum")
	r := w.verify(t)
	if !slices.Contains(leftOver(r), "attesters") || r.Approvals[0].Met || r.Verdict != "amber" {
		t.Errorf("nobody has signed: %v, %+v", leftOver(r), r.Approvals)
	}
	first := decode[attestedReport](t, succeed(t, "attest", "--deck", w.dir, "--predicate", draft, "--key", w.key, "--publish", w.out, "--json"))
	if first.Basis != attest.FromCards || first.Model != r.Model || first.Policy != r.Policy {
		t.Errorf("signed %+v, the deck is %s, %s", first, r.Model, r.Policy)
	}
	r = w.verify(t)
	if !slices.Contains(leftOver(r), "attesters") || len(r.Approvals[0].By) != 1 {
		t.Errorf("one of two: %v, %+v", leftOver(r), r.Approvals)
	}
	second := decode[attestedReport](t, succeed(t, "attest", "--deck", w.out, "--keys", sharedKeys, "--predicate", draft, "--key-file", w.account, "--out", filepath.Join(t.TempDir(), "b.json"), "--json"))
	if second.Basis != attest.FromPublication || second.Identity != w.accountIdentity {
		t.Errorf("signed %+v", second)
	}
	r = w.verify(t, "--attestation", second.File)
	if slices.Contains(leftOver(r), "attesters") || !r.Approvals[0].Met || !r.Attestations[0].Named || r.Attestations[0].Known != "" {
		t.Errorf("two of two: %v, %+v, %+v", leftOver(r), r.Approvals, r.Attestations)
	}
	sameAttested(t, w.out, "", second.File)
	succeed(t, "verify", w.out, "--keys", sharedKeys, "--attestation", second.File, "--require", "attesters,attestation:"+w.identity+",attestation:"+w.accountIdentity)
	expect(t, console.ExitRejected, "verify", w.out, "--keys", sharedKeys, "--require", "attestation:"+w.accountIdentity)
	text := succeed(t, "verify", w.out, "--keys", sharedKeys, "--attestation", second.File).stdout
	for _, want := range []string{"approved as promised: museum, by 2 of 2 (2 are needed)", "named by the author", "only withdrawals that are published here"} {
		if !strings.Contains(text, want) {
			t.Errorf("the report has no %q: %s", want, text)
		}
	}
	if !strings.Contains(call("", "verify", w.out, "--keys", sharedKeys).stdout, "Not approved as promised") {
		t.Error("one of two is not told")
	}
	published := decode[publishReport](t, succeed(t, "publish", w.out, "--keys", sharedKeys, "--json"))
	fromCAR := decode[deckReport](t, succeed(t, "verify", published.CAR, "--keys", sharedKeys, "--json"))
	if len(fromCAR.Attestations) != 1 || fromCAR.Attestations[0].File != bundle.AttestationsDir+"/"+first.ID+".json" {
		t.Errorf("the CAR has %+v", fromCAR.Attestations)
	}
	complains(t, console.ExitTrouble, "only its signer takes an attestation back", "attest", "withdraw", first.File, "--key", w.stranger, "--out", filepath.Join(t.TempDir(), "x"))
	succeed(t, "attest", "withdraw", first.File, "--key", w.key, "--reason", "seen too late", "--publish", w.out)
	r = w.verify(t, "--attestation", second.File)
	if !slices.Contains(leftOver(r), "attesters") || r.Approvals[0].Met || r.Verdict != "amber" {
		t.Errorf("withdrawn: %v, %+v", leftOver(r), r.Approvals)
	}
}

// Somebody whom the deck does not name approves of nothing, and is unknown until the reader names them.
func TestAttest_StrangersAndTrust(t *testing.T) {
	w := newAttestWorld(t)
	file := filepath.Join(t.TempDir(), "a.json")
	said := decode[attestedReport](t, succeed(t, "attest", "--deck", w.dir, "--predicate", draftOf(t, "museum"), "--key", w.stranger, "--out", file, "--json"))
	r := w.verify(t, "--attestation", file)
	if a := r.Attestations[0]; a.Standing != attest.Holds || a.Named || a.Known != "" || len(r.Approvals[0].By) != 0 {
		t.Errorf("a stranger: %+v, %+v", a, r.Approvals)
	}
	trust := filepath.Join(t.TempDir(), "trust.json")
	write(t, trust, `{"version": 1, "kind": "trust", "keys": [{"name": "Aunt Ada", "identity": "`+said.Identity+`", "roles": ["museum"], "from": "", "until": "", "published": ""}], "withdrawn": []}`)
	r = w.verify(t, "--attestation", file, "--trust", trust)
	if a := r.Attestations[0]; a.Known != "Aunt Ada" || len(r.Approvals[0].By) != 0 || !strings.Contains(fmt.Sprint(r.Reservations), "by Aunt Ada (curation)") {
		t.Errorf("known to the reader: %+v, %+v", a, r.Reservations)
	}
	write(t, filepath.Join(w.out, "trust.json"), readText(t, trust)) // a publication names no trust
	if r = w.verify(t, "--attestation", file); r.Attestations[0].Known != "" {
		t.Error("a publication brings trust")
	}
	write(t, trust, "{}")
	complains(t, console.ExitTrouble, "reading a trust file", "verify", w.out, "--trust", trust)
	shown := decode[shownReport](t, succeed(t, "attest", "show", file, "--drop", w.out, "--json"))
	if len(shown.Attestations) != 1 || shown.Attestations[0].ID != said.ID {
		t.Errorf("show: %+v", shown)
	}
	other := newAttestWorld(t)
	if r := call("", "attest", "show", file, "--drop", other.out); r.code != console.ExitRejected || !strings.Contains(r.stdout, "another deck or drop") {
		t.Errorf("about another deck: %d %s", r.code, r.stdout)
	}
	succeed(t, "attest", "show", file)
}

// A commitment that does not follow from the cards is not signed with --deck.
func TestAttest_LooksAtTheCards(t *testing.T) {
	w := newAttestWorld(t)
	draft := draftOf(t, "museum")
	sign := func(more ...string) []string {
		return append([]string{"attest", "--predicate", draft, "--key", w.key, "--keys", sharedKeys, "--out", filepath.Join(t.TempDir(), "a.json")}, more...)
	}
	card := decode[attestedReport](t, succeed(t, sign("--deck", w.dir, "--card", "2", "--json")...))
	if r := w.verify(t, "--attestation", card.File); r.Attestations[0].Standing != attest.Holds || r.Attestations[0].Subject != "card:2" || len(r.Approvals[0].By) != 0 {
		t.Errorf("about a card: %+v", r.Attestations)
	}
	if r := w.verify(t, "--attestation", card.File, "--cards", "1"); r.Attestations[0].Standing != attest.NotChecked {
		t.Errorf("about a card that was not looked at: %+v", r.Attestations)
	}
	refuses(t, "nothing is named that the statement is about", "--deck", sign()...)
	refuses(t, "cards 0 to 3", "", sign("--deck", w.dir, "--card", "4")...)
	refuses(t, "needs the deck with its cards", "", sign("--drop", w.out, "--card", "1")...)
	if r := decode[attestedReport](t, succeed(t, sign("--drop", w.out, "--json")...)); r.Basis != attest.FromCommitment {
		t.Errorf("from the description: %+v", r)
	}
	replace(t, filepath.Join(w.out, bundle.CardDocumentPath(1, 4, 4)), "Fox 1", "Fox 7")
	refuses(t, "does not follow from what is here: 3 of 4 cards hold", "genproof verify", sign("--deck", w.out)...)
	if r := w.verify(t, "--attestation", card.File); r.Verdict != "rejected" || len(r.Attestations) != 1 {
		t.Errorf("of a rejected deck: %s, %+v", r.Verdict, r.Attestations)
	}
}

// A wallet signs what genproof writes, and a Safe's signature waits for a node.
func TestAttest_Wallets(t *testing.T) {
	w := newAttestWorld(t)
	at := t.TempDir()
	payload, out := filepath.Join(at, "payload.json"), filepath.Join(at, "a.json")
	waiting := decode[payloadReport](t, succeed(t, "attest", "--deck", w.dir, "--predicate", draftOf(t, "museum"), "--identity", w.accountIdentity, "--out", payload, "--json"))
	account, err := chain.ParseAccount([]byte(privateKey), "")
	if err != nil {
		t.Fatal(err)
	}
	digest, err := parseDigest(waiting.Digest)
	if err != nil {
		t.Fatal(err)
	}
	sig, err := account.SignDigest(digest)
	if err != nil {
		t.Fatal(err)
	}
	succeed(t, "attest", "complete", payload, "--signature", fmt.Sprintf("%#x", sig), "--out", out)
	if r := w.verify(t, "--attestation", out); r.Attestations[0].Standing != attest.Holds || len(r.Approvals[0].By) != 1 {
		t.Errorf("a wallet's: %+v", r.Attestations)
	}
	sig[3] ^= 1
	refuses(t, "the signature is not the signer's", "", "attest", "complete", payload, "--signature", fmt.Sprintf("%#x", sig), "--out", out)
	succeed(t, "attest", "--deck", w.dir, "--predicate", draftOf(t, "museum"), "--identity", w.accountIdentity, "--contract-account", "--out", payload)
	succeed(t, "attest", "complete", payload, "--signature", "0x1234", "--out", out)
	r := w.verify(t, "--attestation", out)
	if a := r.Attestations[0]; a.Standing != attest.NotChecked || !strings.Contains(a.Reason, "node") || len(r.Approvals[0].By) != 0 || !strings.Contains(fmt.Sprint(r.NotChecked), "contract") {
		t.Errorf("a Safe's: %+v", a)
	}
}

// Neither a deck's hidden values nor a signer's secret is in anything that these verbs print, log or write.
func TestAttest_CanariesStayHidden(t *testing.T) {
	w := newAttestWorld(t)
	canaries := []string{hiddenLicence, hiddenScore, hiddenFact, "CANARY-holder", privateKey}
	for _, file := range []string{w.key, w.stranger} {
		_, secret, _ := strings.Cut(strings.TrimSpace(readText(t, file)), ":")
		canaries = append(canaries, secret)
	}
	for _, line := range strings.Split(readText(t, filepath.Join(w.dir, "secrets.yaml")), "\n") {
		if _, value, ok := strings.Cut(line, ": \""); ok && !strings.HasPrefix(line, "#") {
			canaries = append(canaries, strings.TrimSuffix(value, "\""))
		}
	}
	if len(canaries) < 9 {
		t.Fatal("the secrets were not found")
	}
	at := t.TempDir()
	table, list, broken := filepath.Join(at, "licences.csv"), filepath.Join(t.TempDir(), "licences.jsonl"), filepath.Join(at, "broken.key")
	write(t, table, "item,licence,holder\npicture,CC0-1.0,CANARY-holder\n")
	write(t, broken, strings.TrimSpace(readText(t, w.key))+"0\n")
	write(t, filepath.Join(at, "bad.csv"), "item,licence,holder\npicture,not a licence CANARY-holder,x\n")
	draft, out := draftOf(t, "museum"), filepath.Join(at, "a.json")
	for _, args := range [][]string{
		{"attest", "--deck", w.dir, "--predicate", draft, "--key", w.key, "--out", out},
		{"attest", "--deck", w.out, "--predicate", draft, "--key-file", w.account, "--publish", w.out},
		{"attest", "--deck", w.dir, "--predicate", draft, "--key", broken, "--out", filepath.Join(at, "b.json")},
		{"attest", "--deck", w.dir, "--predicate", w.key, "--key", w.key, "--out", filepath.Join(at, "c.json")},
		{"attest", "show", out, "--drop", w.out},
		{"attest", "show", w.key},
		{"attest", "withdraw", out, "--key", w.key, "--out", filepath.Join(at, "w.json")},
		{"attest", "withdraw", out, "--key", w.stranger, "--out", filepath.Join(at, "x.json")},
		{"attest", "licences", table, "--out", list},
		{"attest", "licences", filepath.Join(at, "bad.csv"), "--out", filepath.Join(at, "bad.jsonl")},
		{"verify", w.out, "--keys", sharedKeys, "--attestation", out},
		{"publish", w.out, "--keys", sharedKeys},
	} {
		r := call("", append(args, "--log-level", "trace")...)
		for _, c := range canaries {
			if strings.Contains(r.stdout+r.stderr, c) {
				t.Errorf("genproof %s shows %s", strings.Join(args, " "), c)
			}
		}
	}
	for _, dir := range []string{w.out, at} {
		for name, data := range filesOf(t, dir) {
			for _, c := range canaries {
				if strings.Contains(string(data), c) && !strings.HasSuffix(name, ".csv") && !strings.HasSuffix(name, ".key") {
					t.Errorf("%s holds %s", name, c)
				}
			}
		}
	}
	if info, err := os.Stat(list); err != nil || info.Mode().Perm() != 0o600 || !strings.Contains(readText(t, list), "CANARY-holder") {
		t.Errorf("the list of licences: %v, %v", info, err)
	}
	succeed(t, "attest", "licence", list, "--entry", "0", "--out", filepath.Join(at, "one.json"))
	if text := succeed(t, "attest", "show", filepath.Join(at, "one.json")).stdout; !strings.Contains(text, "CANARY-holder") {
		t.Errorf("a line that is shown: %s", text)
	}
}
