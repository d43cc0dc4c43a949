package publication_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier"
)

// deckKeys are the keys of deck/small, made once.
var deckKeys = sync.OnceValues(func() (*setup.Groth16Keys, error) {
	dir, err := os.MkdirTemp("", "genproof-deck-test")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := setup.OpenStore(dir)
	if err != nil {
		return nil, err
	}
	circuit, err := setup.Compile(statement.CircuitID{Binding: statement.Deck, Size: statement.DeckSmall})
	if err != nil {
		return nil, err
	}
	return store.Groth16Keys(context.Background(), circuit, nil)
})

// deckFiles are the folder of a deck of 7 cards, in two batches of which the second is padded.
func deckFiles() map[string]string {
	files := map[string]string{
		"drop.yaml": `name: Test Foxes
circuit: deck/small
deck: {home: "1:0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", first_id: 1, assignment: permuted}
attributes:
  - {trait: Eyes, type: enum, words: [Laser, Bored]}
  - {trait: Level, type: uint}
  - {trait: Hat}
  - {claim: licence, type: text}
  - {claim: safety, type: decimal(2)}
facts:
  - {fact: engine, type: text, value: HashLips, visibility: shown}
  - {fact: seed, type: uint}
`,
		"facts.yaml": "seed: 1234567\n",
		"policy.cel": `trait.Eyes in ["Laser", "Bored"] && trait.Level < 100 && claim.safety >= 0.5 && fact.engine == "HashLips"`,
		"claims.csv": "card,licence,safety\ndefault,SECRET-LICENCE,0.97\n3,OTHER-SECRET,0.61\n",
	}
	for i := range 7 {
		hat := ""
		if i%2 == 0 {
			hat = `,{"trait_type":"Hat","value":"Crown"}`
		}
		files[fmt.Sprintf("documents/%d.json", i)] = fmt.Sprintf(`{"name":"Fox #%d","image":"ipfs://x/%d.png","edition":%d,"attributes":[{"trait_type":"Eyes","value":"%s"},{"trait_type":"Level","value":%d}%s]}`,
			i+1, i, i+1, []string{"Laser", "Bored"}[i%2], i, hat)
	}
	return files
}

// writeDeck writes a deck's folder with secrets of its own.
func writeDeck(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := drop.CreateSecrets(dir, false, bytes.NewReader(bytes.Repeat([]byte{0x5a, 0xa5, 7, 9}, 64))); err != nil {
		t.Fatal(err)
	}
	return dir
}

// publish proves every batch of a deck and returns all that is published, without looking at
// whether cards agree with their documents.
func publish(t *testing.T, files map[string]string) publication.Files {
	t.Helper()
	d, err := drop.LoadDeck(t.Context(), writeDeck(t, files), nil)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := deckKeys()
	if err != nil {
		t.Fatal(err)
	}
	p, err := prover.NewDeck(d, keys)
	if err != nil {
		t.Fatal(err)
	}
	key := keys.Info()
	out := publication.Files{bundle.KeyFile: key.Verifying.Bytes(), bundle.PolicyFile: []byte(d.Policy.Text)}
	put := func(name string, data []byte, err error) {
		if err != nil {
			t.Fatal(err)
		}
		out[name] = data
	}
	description, err := d.Description(bundle.Key{Digest: key.Verifying.Digest(), Provenance: key.Provenance}).Marshal()
	put(bundle.DescriptionFile, description, err)
	for n := range d.Batches() {
		b, err := p.Prove(t.Context(), n)
		if err != nil {
			t.Fatal(err)
		}
		data, err := b.Marshal()
		put(bundle.BatchPath(uint64(n)), data, err)
	}
	for n := range d.Cards() {
		data, err := d.OpenCard(n).Marshal()
		put(bundle.CardPath(uint64(n)), data, err)
		data, err = d.Document(n)
		put(bundle.CardDocumentPath(uint64(n), uint64(d.Cards()), d.Circuit.Size.Cards), data, err)
	}
	return out
}

// published is a deck that holds, made once.
var publishedDeck = sync.OnceValue(func() func(t *testing.T) publication.Files {
	var once sync.Once
	var files publication.Files
	return func(t *testing.T) publication.Files {
		once.Do(func() { files = publish(t, deckFiles()) })
		return maps.Clone(files)
	}
})()

func judgeDeck(t *testing.T, files publication.Files, cards ...uint64) (*verifier.DeckReport, error) {
	t.Helper()
	p, err := publication.Read(files, publication.Trust{})
	if err != nil {
		return nil, err
	}
	return p.JudgeDeck(t.Context(), cards)
}

// One card, asked for as often as the deck has cards, is one card.
func TestDeck_CountsACardOnce(t *testing.T) {
	files := publishedDeck(t)
	delete(files, bundle.CardPath(1))
	r, err := judgeDeck(t, files, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Complete || r.Counts.Holding != 1 || len(r.Cards) != 1 {
		t.Errorf("got %+v of %d cards", r.Counts, len(r.Cards))
	}
}

func TestDeck_Holds(t *testing.T) {
	r, err := judgeDeck(t, publishedDeck(t))
	if err != nil {
		t.Fatal(err)
	}
	if r.Verdict != verifier.Amber || r.Counts.Holding != 7 || !r.Counts.Complete || r.Counts.Documents != 7 || r.Counts.Images != 7 {
		t.Errorf("verdict %s (%s), counts %+v, cards %+v", r.Verdict, r.Reason, r.Counts, r.Cards)
	}
	if a := r.Cards[2].Attributes; len(a) != 3 || a[1] != (verifier.AttributeVerdict{Label: "Level", Value: "2"}) || r.Cards[2].Name != "Fox #3" {
		t.Errorf("card 2 shows %+v", r.Cards[2])
	}
	if strings.Join(r.Cards[2].Words, " ") != "edition" {
		t.Errorf("the author's words are %q", r.Cards[2].Words)
	}
	one, err := judgeDeck(t, publishedDeck(t), 5)
	if err != nil || one.Verdict != verifier.Amber || one.Counts.Holding != 1 || one.Counts.Complete || len(one.NotChecked) != 2 || one.Reservations[len(one.Reservations)-1].Name != "complete" {
		t.Errorf("one card: %+v, %v", one, err)
	}
	if !strings.Contains(r.Rule, `trait.Level < 100`) {
		t.Errorf("rule %q", r.Rule)
	}
}

// A key is pinned by the verifier's own list, and by nothing that a publication brings.
func TestDeck_IsProvenUnderAPinnedKeyOnly(t *testing.T) {
	keys, err := deckKeys()
	if err != nil {
		t.Fatal(err)
	}
	system, _ := circuits.Digest("deck/small")
	pin := circuits.KeyPin{Circuit: "deck/small", System: system, Key: keys.Info().Verifying.Digest(), Provenance: keys.Info().Provenance, Transcript: "none"}
	for name, row := range map[string]struct {
		pins []circuits.KeyPin
		want verifier.Level
	}{
		"the key":           {[]circuits.KeyPin{pin}, verifier.Proven},
		"no key":            {[]circuits.KeyPin{}, verifier.Amber},
		"of another size":   {[]circuits.KeyPin{{Circuit: "deck/standard", System: system, Key: pin.Key}}, verifier.Amber},
		"of another system": {[]circuits.KeyPin{{Circuit: "deck/small", Key: pin.Key}}, verifier.Amber},
	} {
		p, err := publication.Read(publishedDeck(t), publication.Trust{Pinned: row.pins})
		if err != nil {
			t.Fatal(err)
		}
		r, err := p.JudgeDeck(t.Context(), nil)
		if err != nil || r.Verdict != row.want {
			t.Errorf("%s: %v, want %s (%v)", name, r.Verdict, row.want, err)
		}
		if p, err = publication.Read(publishedDeck(t), publication.Trust{Verified: row.pins}); err != nil {
			t.Fatal(err)
		}
		r, err = p.JudgeDeck(t.Context(), nil)
		if err != nil || r.Verdict != row.want || r.Key.Verified != (row.want == verifier.Proven) {
			t.Errorf("%s, verified by the reader: %v, %+v, want %s (%v)", name, r.Verdict, r.Key, row.want, err)
		}
	}
	files := publishedDeck(t)
	files["KEYS"] = []byte(fmt.Sprintf("deck/small %x %x unsafe-development none\n", system, pin.Key))
	if r, err := judgeDeck(t, files); err != nil || r.Verdict != verifier.Amber {
		t.Errorf("a publication pins its own key: %v, %v", r.Verdict, err)
	}
}
