package genproof

import (
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/assignment"
)

const javascript = "js/assignment"

// runNode runs node in the package's folder and returns what it writes.
func runNode(t *testing.T, input string, arguments ...string) string {
	t.Helper()
	path, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the package was not run")
	}
	c := exec.Command(path, arguments...)
	c.Dir, c.Stdin = javascript, strings.NewReader(input)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("node %s: %v\n%s", arguments[0], err, out)
	}
	return string(out)
}

func TestJavaScript_ItsTestsPass(t *testing.T) {
	if out := runNode(t, "", "--test", "--test-reporter=tap"); !strings.Contains(out, "# pass 5\n") {
		t.Errorf("not all tests ran:\n%s", out)
	}
}

// A deckCase is a deck, some of its tokens, and what they show.
type deckCase struct {
	ChainID    uint64   `json:"chainId"`
	Contract   string   `json:"contract"`
	Model      string   `json:"model"`
	Randomness string   `json:"randomness"`
	Cards      uint64   `json:"cards"`
	Tokens     []uint64 `json:"tokens"`
	Key        string   `json:"key"`
	Shown      []uint64 `json:"shown"`
}

func randomDecks() (list []deckCase) {
	rng := rand.New(rand.NewPCG(13, 1))
	random := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rng.Uint32())
		}
		return b
	}
	for _, n := range []uint64{1, 2, 100, 997, 5000, 65535, 65536, 65537, 1 << 20, 1<<31 + 11, 1<<32 - 1, 1 << 32} {
		contract, randomness := [20]byte(random(20)), [32]byte(random(32))
		var model fr.Element
		model.SetBytes(random(32))
		m, chainID := model.Bytes(), rng.Uint64N(1<<53)
		key := assignment.Key(chainID, contract, model, randomness)
		d := deckCase{
			ChainID: chainID, Contract: "0x" + hex.EncodeToString(contract[:]), Model: "0x" + hex.EncodeToString(m[:]),
			Randomness: "0x" + hex.EncodeToString(randomness[:]), Key: "0x" + hex.EncodeToString(key[:]), Cards: n,
		}
		p := assignment.New(key, n)
		for range 40 {
			token := rng.Uint64N(n)
			d.Tokens, d.Shown = append(d.Tokens, token), append(d.Shown, p.Card(token))
		}
		list = append(list, d)
	}
	return list
}

const compute = `import { Permutation, assignmentKey } from "genproof-assignment";
import { readFileSync } from "node:fs";
const decks = JSON.parse(readFileSync(0));
for (const d of decks) {
  d.key = assignmentKey(d);
  const p = new Permutation(d.key, d.cards);
  d.shown = d.tokens.map((t) => p.card(t));
}
console.log(JSON.stringify(decks));`

// TestJavaScript_AgreesWithGo: random decks, up to the largest.
func TestJavaScript_AgreesWithGo(t *testing.T) {
	want, err := json.Marshal(randomDecks())
	if err != nil {
		t.Fatal(err)
	}
	var asked []deckCase
	if err := json.Unmarshal(want, &asked); err != nil {
		t.Fatal(err)
	}
	for i := range asked {
		asked[i].Key, asked[i].Shown = "", nil
	}
	input, err := json.Marshal(asked)
	if err != nil {
		t.Fatal(err)
	}
	var got []deckCase
	if err := json.Unmarshal([]byte(runNode(t, string(input), "--input-type=module", "-e", compute)), &got); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(got); err != nil || string(again) != string(want) {
		t.Errorf("JavaScript computes %s, Go %s", again, want)
	}
}

// TestJavaScript_PackageHasItsFiles: npm packs what is listed, and there is nothing to install.
func TestJavaScript_PackageHasItsFiles(t *testing.T) {
	var p struct {
		Name, Version, License, Type, Exports string
		Files                                 []string
		Dependencies, DevDependencies         map[string]string
	}
	if err := json.Unmarshal([]byte(read(t, filepath.Join(javascript, "package.json"))), &p); err != nil {
		t.Fatal(err)
	}
	if p.Name != "genproof-assignment" || p.Version != "2.0.0" || p.License != "Apache-2.0" || p.Type != "module" || len(p.Dependencies)+len(p.DevDependencies) > 0 {
		t.Errorf("package.json: %+v", p)
	}
	if len(p.Files) != 1 || p.Exports != "./"+p.Files[0] || strings.Contains(read(t, filepath.Join(javascript, p.Files[0])), "\nimport ") {
		t.Errorf("package.json exports %s of the files %v", p.Exports, p.Files)
	}
}
