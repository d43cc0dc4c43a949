//go:build prover_checks

package engine

import (
	"cmp"
	crand "crypto/rand"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/genproof/genproof/drop"
)

var only = flag.String("only", "", "with -tables: the collections whose names begin so")

var tablesFile = flag.String("tables", "", "a file of trait tables: {collection: {n, start, layers: {type: {value: count}}, numeric: [type], notype, noval, top}}")

// A traitTable is what is known of a collection: how often each value of each type is there.
type traitTable struct {
	N       int                       `json:"n"`
	Start   *int                      `json:"start"`
	Layers  map[string]map[string]int `json:"layers"`
	Numeric []string                  `json:"numeric"`
	NoType  int                       `json:"notype"`
	NoValue int                       `json:"noval"`
	Top     []string                  `json:"top"`
}

// TestSlowImport_OfTraitTables imports documents made from each table of a file, and tells how many
// fit into which size. It needs -tables.
func TestSlowImport_OfTraitTables(t *testing.T) {
	if *tablesFile == "" {
		t.Skip("needs -tables FILE")
	}
	data, err := os.ReadFile(*tablesFile)
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string]*traitTable{}
	if err := json.Unmarshal(data, &tables); err != nil {
		t.Fatal(err)
	}
	circuits, reasons, cards, start := map[string]int{}, map[string]int{}, 0, time.Now()
	maps.DeleteFunc(tables, func(name string, _ *traitTable) bool { return !strings.HasPrefix(name, *only) })
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		s := tables[name].imports(t, name)
		if s == nil {
			continue
		}
		cards += s.Cards
		circuits[s.Circuit]++
		if s.AsPublished != "" {
			reasons["as published"]++
			t.Logf("%s: as published: %s", name, s.AsPublished)
		}
		if len(s.Words) > 0 {
			reasons["words of the author"]++
			t.Logf("%s: %d of %d labels stay words: %.200s", name, len(s.Words), len(tables[name].Layers), strings.Join(s.Notes, "; "))
		}
	}
	took := time.Since(start).Round(time.Second)
	t.Logf("%d collections, %d cards in %s; circuits %v; %v", len(tables), cards, took, circuits, reasons)
	if n := circuits["deck/small"] + circuits["deck/standard"] + circuits["deck/large"]; n != len(tables) {
		t.Errorf("%d of %d collections import", n, len(tables))
	}
}

func (x *traitTable) imports(t *testing.T, name string) *Summary {
	docs := x.documents(name)
	first := 1
	if x.Start != nil {
		first = *x.Start
	}
	c := &Collection{Shape: name, FirstID: uint64(first), n: len(docs), documents: docs}
	to := filepath.Join(t.TempDir(), "deck")
	defer os.RemoveAll(filepath.Dir(to))
	s, err := importInto(t.Context(), &Options{From: name, To: to}, c)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return nil
	}
	loads(t, name, to)
	for i := range docs { // each document's bytes
		if got, err := os.ReadFile(filepath.Join(to, DocumentsDir, fmt.Sprintf("%d.json", i))); err != nil || string(got) != string(docs[i]) {
			t.Fatalf("%s: document %d, %v", name, i, err)
		}
	}
	return s
}

// loads sees that the deck's owner can go on: drop reads it, and no document contradicts its card.
func loads(t *testing.T, name, dir string) {
	if err := errors.Join(drop.CreateSecrets(dir, false, crand.Reader), os.WriteFile(filepath.Join(dir, drop.PolicyFile), []byte("true\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	d, err := drop.LoadDeck(t.Context(), dir, nil)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if odd := d.Check().Odd; len(odd) > 0 {
		t.Errorf("%s: %d cards contradict their documents, card %d: %v", name, len(odd), odd[0].Card, odd[0].Why)
	}
}

type docList [][]byte

func (d docList) document(i int) ([]byte, error) { return d[i], nil }

// documents spreads the values of each type over the tokens: over different ones while there are
// any, then a second time.
func (x *traitTable) documents(name string) docList {
	n := x.N
	for _, values := range x.Layers {
		total := 0
		for _, count := range values {
			total += count
		}
		if total > n && total*100 <= x.N*105 { // burned since, and counted still
			n = total
		}
	}
	shown := make([][]string, n)
	rng := rand.New(rand.NewPCG(1, uint64(len(name))))
	for _, label := range slices.Sorted(maps.Keys(x.Layers)) {
		values, order, at := x.Layers[label], rng.Perm(n), 0
		for _, value := range slices.SortedFunc(maps.Keys(values), func(a, b string) int {
			return cmp.Or(cmp.Compare(values[b], values[a]), cmp.Compare(a, b))
		}) {
			text := quote(value)
			if slices.Contains(x.Numeric, label) && plainNumber.MatchString(value) {
				text = value
			}
			for range values[value] {
				shown[order[at%n]] = append(shown[order[at%n]], attributeText(label, text))
				at++
			}
		}
	}
	docs := make(docList, n)
	for i := range docs {
		if i < x.NoType {
			shown[i] = append(shown[i], `{"value": "no type"}`)
		}
		if i < x.NoValue {
			shown[i] = append(shown[i], `{"trait_type": "without a value"}`)
		}
		r := record{{"name", quote(fmt.Sprintf("%s #%d", name, i))}, {"image", quote(fmt.Sprintf("ipfs://bafy/%d.png", i))}}
		for _, key := range x.Top {
			r = append(r, [2]string{key, "{\"a\": [1, null]}"})
		}
		docs[i] = []byte(r.text(shown[i]))
	}
	return docs
}
