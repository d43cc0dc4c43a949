package main

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/internal/console"
)

// The canaries: distinctive values in every place of a drop that is hidden.
const (
	canarySeed     = "5eed00c0ffee11c0ffee22c0ffee33c0ffee44c0ffee55c0ffee66c0ffee77"
	canaryBlind    = "b11d00c0ffee11c0ffee22c0ffee33c0ffee44c0ffee55c0ffee66c0ffee77"
	canarySalt     = "5a1700c0ffee11c0ffee22c0ffee33c0ffee44c0ffee55c0ffee66c0ffee77"
	canaryKey      = "a07000c0ffee11c0ffee22c0ffee33c0ffee44c0ffee55c0ffee66c0ffee77ab"
	canaryLicense  = "canary-license-41c7"
	canaryScore    = "7203914558120663521"
	canarySafety   = "83172640918273.46"
	canaryFact     = "canary-fact-92e0"
	canaryEpsilon  = "51930284756130.7"
	canaryLineage  = "canary-lineage-5f" // hidden trait, the only text of its layer
	canaryArtifact = "canary-artifact-77d1"
	canaryFile     = "canary-weights.bin"
)

const canaryDrop = `name: Canaries
supply: 20
circuit: root/small
document: {name: "Canary #{id}", image: "ipfs://canaries/{id}.png"}
traits: [{name: Background}, {name: Lineage, visibility: hidden}]
claims: [{name: license, type: text}, {name: score, type: uint}, {name: safety, type: decimal(2)}]
authority: self
`

const canaryModel = `artifact: ` + canaryFile + `
layers:
  Background: {Midnight: 7340033, Aurora: 7340039}
  Lineage: {` + canaryLineage + `: 9437189}
facts: [{name: origin, type: text, value: ` + canaryFact + `}, {name: epsilon, type: decimal(1), value: ` + canaryEpsilon + `}]
`

const canaryPolicy = `// name: scored
claim.score > 5
// name: licensed
&& claim.license != "none" && claim.safety > 1.00 && fact.origin != "unknown" && trait.Lineage != "Ghost"
`

const canaryClaims = `default: {license: ` + canaryLicense + `, score: ` + canaryScore + `, safety: ` + canarySafety + `}
tokens: {9: {score: 3}}
`

func canaryFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"drop.yaml": canaryDrop, "model.yaml": canaryModel, "policy.cel": canaryPolicy, "claims.yaml": canaryClaims, canaryFile: canaryArtifact,
		"secrets.yaml": fmt.Sprintf("seed: %q\nblind: %q\nsalt: %q\nauthority_key: %q\n", canarySeed, canaryBlind, canarySalt, canaryKey),
	} {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

// spellings are the ways to write a hidden value that must not occur anywhere.
type spellings map[string]string // spelling to what it is

func (s spellings) text(what, text string) {
	s[text] = what
	s.bytes(what, []byte(text))
	s.element("the hash of "+what, attribute.TextHash(text))
}

func (s spellings) bytes(what string, b []byte) {
	s[hex.EncodeToString(b)] = what + " in hex"
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 { // base64 looks different at each of three offsets
			padded := e.EncodeToString(append(make([]byte, shift), b...))
			s[padded[(shift*8+5)/6:len(padded)-1]] = what + " in base64"
		}
	}
}

func (s spellings) number(what string, n *big.Int) {
	s[n.String()] = what + " in decimal"
	s[n.Text(16)] = what + " in hex"
	s.bytes(what, n.Bytes())
}

func (s spellings) element(what string, e fr.Element) {
	s.number(what, e.BigInt(new(big.Int)))
	b := e.Bytes()
	s.bytes(what, b[:])
}

// canarySpellings lists everything hidden in the canary drop's tokens 1 to 3.
func canarySpellings(t *testing.T, dir string) spellings {
	t.Helper()
	s := spellings{}
	for what, text := range map[string]string{"license": canaryLicense, "fact": canaryFact, "lineage": canaryLineage, "artifact": canaryArtifact, "artifact's name": canaryFile} {
		s.text(what, text)
	}
	for what, text := range map[string]string{"score": canaryScore, "safety": canarySafety, "epsilon": canaryEpsilon} {
		s[text] = what
		n, ok := new(big.Int).SetString(strings.ReplaceAll(text, ".", ""), 10)
		if !ok {
			t.Fatal(text)
		}
		s.number(what, n)
	}
	s["7340033"], s["9437189"] = "a weight", "a weight"
	var blind fr.Element
	for what, text := range map[string]string{"seed": canarySeed, "blind": canaryBlind, "salt": canarySalt, "authority key": canaryKey} {
		raw, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		s.number(what, new(big.Int).SetBytes(raw))
		if s.bytes(what, raw); what == "blind" {
			blind.SetBytes(raw)
		}
	}
	s.tokens(t, dir)
	return s
}

// tokens adds the salts of what tokens 1 to 3 hide, and the signatures of their receipts.
func (s spellings) tokens(t *testing.T, dir string) {
	t.Helper()
	d, err := drop.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	for id := uint64(1); id <= 3; id++ {
		token, err := d.Token(id, [20]byte{})
		if err != nil {
			t.Fatal(err)
		}
		made, err := generation.Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		for slot, salt := range made.Salts {
			if !d.Template.Shows(slot) { // else it is published
				s.element(fmt.Sprintf("salt of slot %d", slot), salt)
			}
		}
		r, err := d.Receipt(id)
		if err != nil {
			t.Fatal(err)
		}
		s.signature(r.Signature)
	}
}

// A signature of guessable claims would let everybody try guesses.
func (s spellings) signature(sig eddsa.Signature) {
	s.element("signature", sig.RX)
	s.element("signature", sig.RY)
	s.number("signature", new(big.Int).SetBytes(sig.S[:]))
}

// in searches for every spelling and returns what it finds.
func (s spellings) in(text string) (found []string) {
	lower := strings.ToLower(text)
	for spelling, what := range s {
		if strings.Contains(text, spelling) || strings.Contains(lower, strings.ToLower(spelling)) {
			found = append(found, fmt.Sprintf("%s (%q)", what, spelling))
		}
	}
	return found
}

func (s spellings) absent(t *testing.T, where, text string) {
	t.Helper()
	for _, found := range s.in(text) {
		t.Errorf("%s shows the %s", where, found)
	}
}

func TestSpellings_FindWhatIsThere(t *testing.T) {
	s := spellings{}
	s.number("n", big.NewInt(0x1234567890abcdef))
	for shift := range 3 {
		text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", shift) + "\x12\x34\x56\x78\x90\xab\xcd\xef and more"))
		found := false
		for spelling := range s {
			found = found || strings.Contains(text, spelling)
		}
		if !found {
			t.Errorf("not found in base64 at offset %d: %s", shift, text)
		}
	}
	for _, want := range []string{"1311768467294899695", "1234567890abcdef"} {
		if s[want] == "" {
			t.Errorf("%s is not searched for", want)
		}
	}
}

func TestCanary_NothingHiddenComesOut(t *testing.T) {
	dir := canaryFolder(t)
	hidden := canarySpellings(t, dir)
	out := filepath.Join(dir, "out")
	description, receipts := filepath.Join(t.TempDir(), "drop.json"), filepath.Join(t.TempDir(), "receipts")
	authority := filepath.Join(t.TempDir(), "authority.key")
	write(t, authority, canaryKey+"\n")
	watch := func(code int, args ...string) {
		t.Helper()
		for _, more := range [][]string{{"--log-level", "trace"}, {"--log-level", "trace", "--log-json", "--json"}} {
			r := expect(t, code, append(args, more...)...)
			hidden.absent(t, "genproof "+args[0]+"'s stdout", r.stdout)
			hidden.absent(t, "genproof "+args[0]+"'s stderr", r.stderr)
		}
	}
	watch(console.ExitOK, "setup", "--drop", dir, "--keys", keys(t))
	watch(console.ExitOK, "commit", "--drop", dir, "--keys", keys(t), "--out", description)
	watch(console.ExitOK, "prove", "--drop", dir, "--tokens", "1-3", "--keys", keys(t))
	watch(console.ExitTrouble, "prove", "--drop", dir, "--tokens", "1-9", "--keys", keys(t)) // 9 breaks a rule
	watch(console.ExitTrouble, "prove", "--drop", dir, "--tokens", "1", "--keys", keys(t), "--recipient", "0x"+strings.Repeat("12", 20))
	watch(console.ExitOK, "verify", out, "--keys", keys(t))
	watch(console.ExitOK, "verify", filepath.Join(out, "drop.car"), "--keys", keys(t))
	watch(console.ExitOK, "publish", out, "--keys", keys(t))
	watch(console.ExitOK, "export", "snarkjs", out, "--token", "2", "--out", filepath.Join(out, "snarkjs"))
	for _, name := range []string{"", "out", "out/drop.json", "out/bundles/1.json", "out/verifying.key", "out/drop.car"} {
		watch(console.ExitOK, "inspect", filepath.Join(dir, name))
	}
	for _, name := range []string{"secrets.yaml", "model.yaml", "claims.yaml"} {
		watch(console.ExitTrouble, "inspect", filepath.Join(dir, name))
	}
	sign := []string{"receipt", "sign", "--drop", description, "--key", authority, "--claims", filepath.Join(dir, "claims.yaml"), "--tokens", "1-2", "--out", receipts}
	watch(console.ExitOK, sign...)
	watch(console.ExitOK, "receipt", "verify", filepath.Join(receipts, "1.json"), "--drop", description)
	watch(console.ExitTrouble, "inspect", filepath.Join(receipts, "1.json"))

	for _, file := range []string{filepath.Join(dir, "secrets.yaml"), filepath.Join(dir, "model.yaml"), filepath.Join(dir, "claims.yaml"), filepath.Join(receipts, "1.json")} {
		if len(hidden.in(string(read(t, file)))) < 2 {
			t.Errorf("the search does not find what is in %s", file)
		}
	}
	for name, data := range filesOf(t, out) {
		hidden.absent(t, name, string(data))
	}
	hidden.absent(t, description, string(read(t, description)))
}

func TestCanary_ErrorsQuoteNothingHidden(t *testing.T) {
	good := canaryFolder(t)
	hidden := canarySpellings(t, good)
	for name, edit := range map[string][3]string{
		"a claim of another type":   {"claims.yaml", "score: " + canaryScore, "score: " + canaryLicense},
		"a claim too precise":       {"claims.yaml", canarySafety, canarySafety + "1"},
		"a claim too large":         {"claims.yaml", canaryScore, canaryScore + "999"},
		"an unknown claim":          {"claims.yaml", "{license: ", "{other: "},
		"claims that are not YAML":  {"claims.yaml", "default: {", "default: {{["},
		"a fact of another type":    {"model.yaml", canaryEpsilon, canaryFact},
		"a weight of another type":  {"model.yaml", "9437189", canaryLineage},
		"a model that is not YAML":  {"model.yaml", "layers:", "layers: ]"},
		"a seed that is not hex":    {"secrets.yaml", canarySeed, canarySeed[:60] + "zz"},
		"a seed that is too short":  {"secrets.yaml", canarySeed, canarySeed[:40]},
		"secrets that are not YAML": {"secrets.yaml", "seed: ", "seed: [ "},
		"a policy that they break":  {"policy.cel", "claim.score > 5", "claim.score < 5"},
		"a policy on a hidden text": {"policy.cel", `"Ghost"`, `"` + "Other" + `" && claim.safety < 2.00`},
	} {
		dir := t.TempDir()
		if err := os.CopyFS(filepath.Join(dir, "drop"), os.DirFS(good)); err != nil {
			t.Fatal(err)
		}
		dir = filepath.Join(dir, "drop")
		replace(t, filepath.Join(dir, edit[0]), edit[1], edit[2])
		for _, args := range [][]string{{"prove", "--drop", dir, "--tokens", "1-3", "--keys", keys(t)}, {"inspect", dir}, {"commit", "--drop", dir}} {
			r := call("", append(args, "--log-level", "trace")...)
			if args[0] == "prove" && r.code != console.ExitTrouble {
				t.Errorf("%s: exit code %d: %s", name, r.code, r.stdout)
			}
			hidden.absent(t, name+": stdout", r.stdout)
			hidden.absent(t, name+": stderr", r.stderr)
		}
	}
}
