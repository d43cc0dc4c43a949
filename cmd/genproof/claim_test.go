package main

import (
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/verifier"
)

// The hidden values of the decks of these tests.
const (
	hiddenLicence = "CANARY-c0ffee-licence"
	hiddenScore   = "314159265"
	hiddenFact    = "CANARY-c0ffee-fact"
)

// claimDeck returns a deck of six cards with hidden attributes, and its description.
func claimDeck(t *testing.T) (dir, description string) {
	t.Helper()
	dir = t.TempDir()
	files := map[string]string{
		"drop.yaml": `name: Test Foxes
circuit: deck/small
deck: {home: none, first_id: 1}
attributes: [{trait: Level, type: uint}, {claim: licence, type: text}, {claim: score, type: uint}]
facts: [{fact: engine, type: text}]
`,
		"policy.cel": "trait.Level < 100", "facts.yaml": "engine: " + hiddenFact + "\n",
		"claims.csv": "card,licence,score\n0," + hiddenLicence + "," + hiddenScore + "\n1," + hiddenLicence + "-2,271828182\n",
	}
	for i := range 6 {
		files[fmt.Sprintf("documents/%d.json", i)] = fmt.Sprintf(`{"name":"Fox %d","attributes":[{"trait_type":"Level","value":%d}]}`, i, i)
	}
	if err := os.Mkdir(filepath.Join(dir, "documents"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	if err := drop.CreateSecrets(dir, false, rand.Reader); err != nil {
		t.Fatal(err)
	}
	if r := makeClaimKeys(); r.code != console.ExitOK {
		t.Fatalf("making keys: %s", r.stderr)
	}
	succeed(t, "prove", "--drop", dir, "--keys", sharedKeys, "--batches", "0")
	return dir, filepath.Join(dir, "out", "drop.json")
}

// makeClaimKeys makes keys of a small deck and of claims about it.
var makeClaimKeys = sync.OnceValue(func() result {
	return call("", "setup", "deck/small", "rule/deck/small", "--keys", sharedKeys)
})

const asked = "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

// Hidden values, salts and secrets are in nothing that claim and disclose print, log or write,
// but for the value that is opened.
func TestClaim_CanariesStayHidden(t *testing.T) {
	dir, description := claimDeck(t)
	canaries := []string{hiddenLicence, hiddenScore, hiddenFact, "271828182"}
	for _, line := range strings.Split(readText(t, filepath.Join(dir, "secrets.yaml")), "\n") {
		if _, value, ok := strings.Cut(line, ": \""); ok && !strings.HasPrefix(line, "#") {
			canaries = append(canaries, strings.TrimSuffix(value, "\""))
		}
	}
	if len(canaries) < 6 {
		t.Fatal("the secrets were not found")
	}
	at := t.TempDir()
	claim, traits, licence, fact := filepath.Join(at, "claim.json"), filepath.Join(at, "traits.json"), filepath.Join(at, "licence.json"), filepath.Join(at, "fact.json")
	token := filepath.Join(at, "token.json")
	opens := map[string]string{licence: hiddenLicence, fact: hiddenFact}
	for _, args := range [][]string{
		{"claim", "--card", "0", "--rule", "claim.score > 1000 && has(claim.licence) && has(fact.engine)", "--audience", "example.org", "--challenge", asked, "--out", claim},
		{"claim", "--card", "0", "--rule", "claim.score > 314159260", "--out", filepath.Join(at, "other.json"), "--json", "--log-level", "debug"},
		{"claim", "--card", "1", "--rule", "claim.score > 999999999"}, // none
		{"disclose", "--card", "0", "--show", "trait.Level", "--out", traits},
		{"disclose", "--card", "0", "--show", "licence", "--out", licence},
		{"disclose", "--fact", "engine", "--out", fact, "--json"},
		{"disclose", "--card", "0", "--show", "nothing"},
		{"disclose", "--token", "1", "--show", "trait.Level", "--out", token, "--json", "--log-level", "debug"},
	} {
		args = append(args, "--drop", dir)
		if args[0] == "claim" {
			args = append(args, "--keys", sharedKeys)
		}
		r := call("", args...)
		for _, c := range canaries {
			if strings.Contains(r.stdout+r.stderr, c) {
				t.Errorf("genproof %s prints a hidden value", strings.Join(args[:5], " "))
			}
		}
	}
	for _, file := range []string{claim, traits, licence, fact, token} {
		for _, args := range [][]string{{"verify", file, "--drop", description}, {"verify", file, "--drop", description, "--json"}} {
			r := succeed(t, args...)
			for _, c := range canaries {
				for where, text := range map[string]string{file: readText(t, file), "the verdict on " + file: r.stdout + r.stderr} {
					if strings.Contains(text, c) != (opens[file] == c) {
						t.Errorf("%s: holds %q: %v", where, c, opens[file] != c)
					}
				}
			}
		}
	}
	if info, err := os.Stat(licence); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("a disclosure: %v, want mode 0600", info)
	}
}

func TestClaim_IsJudgedForItsReader(t *testing.T) {
	dir, description := claimDeck(t)
	at := t.TempDir()
	make := func(name string, more ...string) string {
		file := filepath.Join(at, name)
		succeed(t, append([]string{"claim", "--drop", dir, "--keys", sharedKeys, "--card", "0", "--rule", "claim.score >= 18", "--out", file}, more...)...)
		return file
	}
	bound := make("bound.json", "--audience", "example.org", "--challenge", asked, "--expires", "2999-12-31T23:59:59Z")
	late := make("late.json", "--expires", "2001-01-01T00:00:00Z")
	open := make("open.json", "--chain-id", "1", "--contract", "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", "--token", "7")
	for _, row := range []struct {
		args   []string
		code   int
		reason string
	}{
		{[]string{bound}, 0, ""},
		{[]string{bound, "--audience", "example.org", "--challenge", asked}, 0, ""},
		{[]string{bound, "--audience", "example.com"}, 1, `the claim is for "example.org"`},
		{[]string{bound, "--challenge", "0x" + strings.Repeat("00", 32)}, 1, "another challenge"},
		{[]string{bound, "--require", "policy"}, 1, ""},
		{[]string{late}, 1, "has expired"},
		{[]string{open}, 0, ""},
		{[]string{open, "--require", "audience,token"}, 1, ""},
	} {
		r := expect(t, row.code, append([]string{"verify", "--drop", description, "--json"}, row.args...)...)
		v := decode[claimVerdict](t, r)
		if !strings.Contains(v.Reason, row.reason) || (v.Reason == "") != (row.reason == "") || v.Kind != "claim" || v.Drop.Circuit != "rule/deck/small" {
			t.Errorf("%v: got %+v", row.args, v)
		}
		if v.Verdict.Holds() && (v.Verdict != verifier.Amber || v.Rule != "claim.score >= 18" || v.Model == "") {
			t.Errorf("%v: got %+v", row.args, v)
		}
	}
	if text := succeed(t, "verify", open, "--drop", description).stdout; !strings.Contains(text, "nobody in particular") || !strings.Contains(text, "number 7 of contract 0xd8da6bf2") {
		t.Errorf("says %s", text)
	}
}

func TestClaim_RefusesWhatMakesNoSense(t *testing.T) {
	dir, description := claimDeck(t)
	claim := filepath.Join(t.TempDir(), "claim.json")
	succeed(t, "claim", "--drop", dir, "--keys", sharedKeys, "--card", "1", "--rule-file", filepath.Join(dir, "policy.cel"), "--out", claim)
	disclosure := filepath.Join(t.TempDir(), "d.json")
	succeed(t, "disclose", "--drop", dir, "--fact", "engine", "--out", disclosure)
	drawn := newDrop(t)
	for _, row := range []struct {
		about string
		args  []string
	}{
		{"no card is named", []string{"claim", "--drop", dir, "--rule", "true"}},
		{"there is no rule, or there are two", []string{"claim", "--drop", dir, "--card", "1"}},
		{"there is no card 99", []string{"claim", "--drop", dir, "--card", "99", "--rule", "true", "--keys", sharedKeys}},
		{"is no time", []string{"claim", "--drop", dir, "--card", "1", "--rule", "true", "--expires", "tomorrow"}},
		{"--challenge", []string{"claim", "--drop", dir, "--card", "1", "--rule", "true", "--challenge", "0x12"}},
		{"a contract or a token is on some chain", []string{"claim", "--drop", dir, "--card", "1", "--rule", "true", "--token", "1"}},
		{"the rule does not hold for this card", []string{"claim", "--drop", dir, "--card", "1", "--rule", "claim.score < 5", "--keys", sharedKeys}},
		{"the rule:1:", []string{"claim", "--drop", dir, "--card", "1", "--rule", "claim.nothing < 5", "--keys", sharedKeys}},
		{"has no keys of circuit rule/deck/small", []string{"claim", "--drop", dir, "--card", "1", "--rule", "true", "--keys", t.TempDir()}},
		{"this is a drawn drop", []string{"claim", "--drop", drawn, "--card", "1", "--rule", "true"}},
		{"this is a drawn drop", []string{"disclose", "--drop", drawn, "--card", "1", "--show", "x"}},
		{"none of a card", []string{"disclose", "--drop", dir, "--card", "1", "--show", "engine"}},
		{"nothing is named", []string{"disclose", "--drop", dir, "--card", "1"}},
		{"make two files", []string{"disclose", "--drop", dir, "--card", "1", "--fact", "engine"}},
		{"alone says nothing about its deck", []string{"verify", claim}},
		{"alone says nothing about its deck", []string{"verify", disclosure}},
		{"for no claim", []string{"verify", claim, "--drop", description, "--key", filepath.Join(dir, "out", "verifying.key")}},
		{"--cards is for what was published", []string{"verify", claim, "--drop", description, "--cards", "1"}},
		{"--audience says nothing of a disclosure", []string{"verify", disclosure, "--drop", description, "--audience", "a"}},
		{"--audience is for claims", []string{"verify", filepath.Join(dir, "out"), "--audience", "a"}},
		{"nothing that is published", []string{"export", "card", claim, "1"}},
		{"genproof verify FILE --drop", []string{"inspect", disclosure}},
	} {
		complains(t, console.ExitTrouble, row.about, row.args...)
	}
	replace(t, filepath.Join(drawn, "drop.yaml"), "root/small", "rule/deck/small")
	complains(t, console.ExitTrouble, "this circuit proves claims about a deck's cards", "commit", "--drop", drawn)
}

// A file with one digit changed is rejected, or is none: nothing of it holds.
func TestClaim_RejectsWhatWasChanged(t *testing.T) {
	dir, description := claimDeck(t)
	claim, disclosure := filepath.Join(t.TempDir(), "claim.json"), filepath.Join(t.TempDir(), "d.json")
	succeed(t, "claim", "--drop", dir, "--keys", sharedKeys, "--card", "1", "--rule", "claim.score > 18", "--out", claim)
	succeed(t, "disclose", "--drop", dir, "--card", "1", "--show", "score", "--out", disclosure)
	for _, file := range []string{claim, disclosure} {
		text := readText(t, file)
		changed := filepath.Join(t.TempDir(), "changed.json")
		for i, c := range text {
			if i%97 != 0 || c < '0' || c > '9' {
				continue
			}
			write(t, changed, text[:i]+string('0'+(c-'0'+1)%10)+text[i+1:])
			if r := call("", "verify", changed, "--drop", description); r.code == console.ExitOK {
				t.Errorf("%s: a digit changed at %d: %s", filepath.Base(file), i, fmt.Sprintf("%.40q", text[i-20:i+20]))
			}
		}
	}
}
