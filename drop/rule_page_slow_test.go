//go:build prover_checks

package drop

import (
	"bufio"
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/page/program"
)

const (
	publishedDeck = "../testdata/deck"
	publishedDrop = "../testdata/published"
)

// A page is verify.wasm under Node.
type page struct{ node, runtime, wasm string }

func newPage(t *testing.T) page {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the program was not run")
	}
	wasm, runtime, err := program.Build()
	if err != nil {
		t.Fatal(err)
	}
	p := page{node, filepath.Join(t.TempDir(), "wasm_exec.js"), filepath.Join(t.TempDir(), "verify.wasm")}
	for path, data := range map[string][]byte{p.runtime: runtime, p.wasm: wasm} {
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// rules has descriptions judged in one instance, and returns the rules that the page shows. dir has their key, and along
// are other published files there.
func (p page) rules(t *testing.T, dir string, descriptions [][]byte, along ...string) []string {
	t.Helper()
	args := []string{"../cmd/verify-wasm/testdata/rules.mjs", p.runtime, p.wasm, filepath.Join(dir, bundle.KeyFile)}
	for _, path := range along {
		args = append(args, path, filepath.Join(dir, path))
	}
	var stderr bytes.Buffer
	c := exec.Command(p.node, args...)
	c.Stdin, c.Stderr = bytes.NewReader(bytes.Join(descriptions, []byte("\n"))), &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	var list []string
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var rule string
		if len(list) == len(descriptions) {
			memory, err := strconv.Atoi(lines.Text())
			t.Logf("%d descriptions in %.1f processor seconds, one instance of %d bytes", len(list), c.ProcessState.UserTime().Seconds(), memory)
			if err != nil || memory > maxPageMemory {
				t.Errorf("the instance has %s bytes of memory, at most %d are for pages", lines.Text(), maxPageMemory)
			}
			return list
		}
		if err := json.Unmarshal(lines.Bytes(), &rule); err != nil {
			t.Fatal(err)
		}
		list = append(list, rule)
	}
	t.Fatalf("%d rules of %d", len(list), len(descriptions))
	return nil
}

// maxPageMemory is what a page's program may hold, of which nothing goes back to the browser.
const maxPageMemory = 256 << 20

// described are descriptions whose programs are random, in one line each, and the rules that Go prints of them.
func described(t *testing.T, schema *Schema, infos []bundle.SlotInfo, n int, of func(p *Policy, written *bundle.Program) ([]byte, error)) (descriptions [][]byte, rules []string) {
	t.Helper()
	randomPolicies(t, schema, infos, n, func(text string, p *Policy, written *bundle.Program) {
		rule, err := written.Rule(infos)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		var line bytes.Buffer
		data, err := of(p, written)
		if err == nil {
			err = json.Compact(&line, data)
		}
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		descriptions, rules = append(descriptions, line.Bytes()), append(rules, rule)
	})
	return descriptions, rules
}

func description(t *testing.T, dir string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, bundle.DescriptionFile))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func sameRules(t *testing.T, got, want []string) {
	t.Helper()
	different := map[string]bool{}
	for i, rule := range want {
		if different[rule] = true; got[i] != rule {
			t.Fatalf("policy %d: the page prints\n%s\nGo\n%s", i, got[i], rule)
		}
	}
	t.Logf("%d rules, %d of them different", len(want), len(different))
	if len(different) < len(want)*9/10 {
		t.Errorf("only %d of %d rules are different", len(different), len(want))
	}
}

// The rule that a page shows of a published program is Go's, byte for byte, which compiles to the same program
// (TestLongRule_CompilesToWhatItWasPrintedFrom, of the same policies).
func TestSlowRule_PagesPrintTheSame(t *testing.T) { comparePages(t, 100) }

// 10,000 random policies: a quarter of an hour of one processor, most of it for judging the key of each description.
func TestLongRule_PagesPrintTheSame(t *testing.T) { comparePages(t, 10_000) }

// together are the descriptions that one instance judges.
const together = 500

func comparePages(t *testing.T, n int) {
	t.Helper()
	p, d, schema := newPage(t), publishedDeckOf(t), deckSchema()
	schema.Deck = d
	descriptions, rules := described(t, schema, d.Infos(), n, func(p *Policy, written *bundle.Program) ([]byte, error) {
		of := *d
		of.Program, of.Commitments.Policy = *written, commit(t, p, schema)
		return of.Marshal()
	})
	for from := 0; from < n; from += together {
		to := min(from+together, n)
		sameRules(t, p.rules(t, publishedDeck, descriptions[from:to]), rules[from:to])
	}
}

// publishedDeckOf is the published sample with the attributes of deckSchema, in the circuit for them.
func publishedDeckOf(t *testing.T) *bundle.Deck {
	t.Helper()
	d, err := bundle.UnmarshalDeck(description(t, publishedDeck))
	if err != nil {
		t.Fatal(err)
	}
	schema := deckSchema()
	d.Circuit, d.Attributes, d.Cards = schema.Deck.Circuit, schema.Deck.Attributes, 1
	for i := range d.Attributes {
		if d.Attributes[i].Section == bundle.SectionFact {
			d.Attributes[i].Visibility = bundle.Hidden
		}
	}
	d.Facts = bundle.DeckOpenings{Shown: []bundle.Opening{}, Absent: []bundle.Salt{}}
	for slot := schema.Size.CardSlots(); slot < len(d.Infos()); slot++ {
		d.Facts.Hidden = append(d.Facts.Hidden, bundle.Leaf{Slot: uint64(slot), Leaf: d.Commitments.Model})
	}
	return d
}

// The same for a drawn drop, of the attributes that the published sample has.
func TestSlowRule_PagesPrintTheSameOfDrawnDrops(t *testing.T) {
	p := newPage(t)
	d, err := bundle.UnmarshalDescription(description(t, publishedDrop))
	if err != nil {
		t.Fatal(err)
	}
	schema, err := SchemaOf(d)
	if err != nil {
		t.Fatal(err)
	}
	descriptions, rules := described(t, schema, d.Infos(), 100, func(p *Policy, written *bundle.Program) ([]byte, error) {
		of := *d
		of.Program = *written
		if of.Commitments.Policy, err = p.Program.Drawn(schema.Size, d.IDs()); err != nil {
			return nil, err
		}
		return of.Marshal()
	})
	sameRules(t, p.rules(t, publishedDrop, descriptions, "bundles/1.json"), rules)
	i := slices.IndexFunc(descriptions, func(d []byte) bool { return bytes.Contains(d, []byte(`"negate":false`)) })
	another := bytes.Replace(descriptions[i], []byte(`"negate":false`), []byte(`"negate":true`), 1)
	if got := p.rules(t, publishedDrop, [][]byte{another}, "bundles/1.json"); got[0] != "" {
		t.Errorf("another program than the committed one is printed: %q", got)
	}
}
