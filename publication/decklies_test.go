package publication_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/verifier"
)

// edit replaces text in a published file, which must have it.
func edit(t *testing.T, files publication.Files, name, from, to string) {
	t.Helper()
	if !bytes.Contains(files[name], []byte(from)) {
		t.Fatalf("%s has no %.80q", name, from)
	}
	files[name] = bytes.Replace(files[name], []byte(from), []byte(to), 1)
}

// Every lie about a card rejects that card, in the first, a middle and the last place, and no
// other one.
func TestDeck_RejectsALieAboutACard(t *testing.T) {
	for _, card := range []uint64{0, 3, 6} {
		document, opened := bundle.CardDocumentPath(card, 7, 4), bundle.CardPath(card)
		opening := func(change func(c *bundle.Card)) func(publication.Files) {
			return func(f publication.Files) { changeCard(t, f, card, change) }
		}
		for name, lie := range map[string]func(f publication.Files){
			"another byte in the document": func(f publication.Files) { edit(t, f, document, "Level", "level") },
			"a space behind the document":  func(f publication.Files) { f[document] = append(bytes.Clone(f[document]), ' ') },
			"the document is missing":      func(f publication.Files) { delete(f, document) },
			"the openings are missing":     func(f publication.Files) { delete(f, opened) },
			"another card's openings":      func(f publication.Files) { f[opened] = f[bundle.CardPath((card+1)%7)] },
			"openings in another form":     func(f publication.Files) { f[opened] = append(bytes.Clone(f[opened]), '\n') },
			"another value":                opening(func(c *bundle.Card) { c.Shown[1].Value = "99" }),
			"a value in another form":      opening(func(c *bundle.Card) { c.Shown[1].Value = "0" + c.Shown[1].Value }),
			"another salt":                 opening(func(c *bundle.Card) { c.Shown[0].Salt = c.Shown[1].Salt }),
			"another hidden leaf":          opening(func(c *bundle.Card) { c.Hidden[0].Leaf = c.Hidden[1].Leaf }),
			"a shown slot kept closed": opening(func(c *bundle.Card) {
				c.Shown, c.Hidden = c.Shown[1:], append([]bundle.Leaf{{Slot: 0, Leaf: c.Hidden[0].Leaf}}, c.Hidden...)
			}),
			"a shown slot opened as absent": opening(func(c *bundle.Card) {
				c.Shown, c.Absent = c.Shown[1:], append([]bundle.Salt{{Slot: 0, Salt: c.Shown[0].Salt}}, c.Absent...)
			}),
			"a slot left out":                opening(func(c *bundle.Card) { c.Hidden = c.Hidden[1:] }),
			"a slot twice":                   opening(func(c *bundle.Card) { c.Hidden = append(c.Hidden, c.Hidden[0]) }),
			"openings of slots out of order": opening(func(c *bundle.Card) { c.Shown[0], c.Shown[1] = c.Shown[1], c.Shown[0] }),
			"the number of another card":     opening(func(c *bundle.Card) { c.Card++ }),
		} {
			files := publishedDeck(t)
			lie(files)
			r, err := judgeDeck(t, files)
			if err != nil || r.Verdict != verifier.Rejected {
				t.Errorf("card %d: %s: %v", card, name, err)
				continue
			}
			for _, c := range r.Cards {
				if (c.Card == card) != (c.Verdict == verifier.Rejected) {
					t.Errorf("card %d: %s: card %d is %s", card, name, c.Card, c.Verdict)
				}
			}
		}
	}
}

// changeCard changes a published card's openings.
func changeCard(t *testing.T, files publication.Files, n uint64, change func(c *bundle.Card)) {
	t.Helper()
	c, err := bundle.UnmarshalCard(files[bundle.CardPath(n)])
	if err != nil {
		t.Fatal(err)
	}
	change(c)
	if files[bundle.CardPath(n)], err = c.Marshal(); err != nil {
		t.Fatal(err)
	}
}

// Every lie about a batch rejects all its cards and no others.
func TestDeck_RejectsALieAboutABatch(t *testing.T) {
	for name, lie := range map[string]func(b, other *bundle.Batch){
		"the other batch's proof": func(b, other *bundle.Batch) { b.Proof = other.Proof },
		"a byte of the proof":     func(b, _ *bundle.Batch) { b.Proof = bytes.Clone(b.Proof); b.Proof[3] ^= 1 },
		"the list of the other":   func(b, other *bundle.Batch) { b.List = other.List },
		"a digest":                func(b, _ *bundle.Batch) { b.Digests[0][7] ^= 1 },
		"digests exchanged":       func(b, _ *bundle.Batch) { b.Digests[0], b.Digests[1] = b.Digests[1], b.Digests[0] },
		"sizes exchanged":         func(b, _ *bundle.Batch) { b.Sizes[0], b.Sizes[2] = b.Sizes[2]+1, b.Sizes[0] },
		"roots exchanged":         func(b, _ *bundle.Batch) { b.Roots[0], b.Roots[1] = b.Roots[1], b.Roots[0] },
		"a padded root":           func(b, _ *bundle.Batch) { b.Roots[3] = b.Roots[0] },
		"a sibling":               func(b, _ *bundle.Batch) { b.Path[1].Nodes[0] = b.List },
		"first":                   func(b, other *bundle.Batch) { b.First = other.First },
		"a digest too many": func(b, _ *bundle.Batch) {
			b.Digests, b.Sizes = append(b.Digests, b.Digests[0]), append(b.Sizes, b.Sizes[0])
		},
		"a digest too few": func(b, _ *bundle.Batch) { b.Digests, b.Sizes = b.Digests[1:], b.Sizes[1:] },
		"no size":          func(b, _ *bundle.Batch) { b.Sizes[0] = 0 },
		"a size of 2^18":   func(b, _ *bundle.Batch) { b.Sizes[0] = 1 << 18 },
	} {
		for n := range uint64(2) {
			files := publishedDeck(t)
			var batches [2]*bundle.Batch
			for i := range batches {
				var err error
				if batches[i], err = bundle.UnmarshalBatch(files[bundle.BatchPath(uint64(i))], statement.DeckSmall, 7); err != nil {
					t.Fatal(err)
				}
			}
			lie(batches[n], batches[1-n])
			data, err := batches[n].Marshal()
			if err != nil {
				t.Fatal(err)
			}
			files[bundle.BatchPath(n)] = data
			r, err := judgeDeck(t, files)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, c := range r.Cards {
				if (c.Card/4 == n) != (c.Verdict == verifier.Rejected) {
					t.Errorf("batch %d: %s: card %d is %s (%s)", n, name, c.Card, c.Verdict, c.Reason)
				}
			}
		}
	}
}

// Whatever a description exchanges, nothing holds any more.
func TestDeck_RejectsAnotherDescription(t *testing.T) {
	for name, edits := range map[string][2]string{
		"one card fewer":              {`"cards": 7`, `"cards": 6`},
		"one card more":               {`"cards": 7`, `"cards": 8`},
		"16 cards more":               {`"cards": 7`, `"cards": 23`},
		"another first id":            {`"first_id": 1`, `"first_id": 0`},
		"sealed":                      {`"documents": "open"`, `"documents": "sealed"`},
		"fixed":                       {`"assignment": "permuted"`, `"assignment": "fixed"`},
		"another spelling":            {`"spelling": "strict"`, `"spelling": "as-published"`},
		"another chain":               {`"chain_id": 1`, `"chain_id": 10`},
		"another home":                {`"author": "0xd8`, `"author": "0xd9`},
		"another name of a claim":     {`"licence"`, `"consents"`},
		"another type of a claim":     {`"decimal(2)"`, `"decimal(1)"`},
		"another label":               {"\"label\": \"Level\"", "\"label\": \"Power\""},
		"another word":                {`"Bored"`, `"Brave"`},
		"another rule":                {`"operand": "100"`, `"operand": "101"`},
		"another clause":              {`"negate": false`, `"negate": true`},
		"another text in the rule":    {`"operand": "HashLips"`, `"operand": "Hashlips"`},
		"another fact":                {`"value": "HashLips"`, `"value": "nftchef"`},
		"another model":               {`"model": "0x0`, `"model": "0x1`},
		"another policy's commitment": {`"commitments": {` + "\n    \"model\"", `"commitments": {` + "\n    \"policy\""},
	} {
		files := publishedDeck(t)
		if !bytes.Contains(files[bundle.DescriptionFile], []byte(edits[0])) {
			if name == "another model" { // its first digit depends on the secrets
				continue
			}
			t.Fatalf("%s: no %q", name, edits[0])
		}
		edit(t, files, bundle.DescriptionFile, edits[0], edits[1])
		r, err := judgeDeck(t, files)
		if err == nil && (r.Verdict == verifier.Amber || r.Verdict == verifier.Proven || r.Counts.Holding > 0) {
			t.Errorf("%s: %s, %d cards hold", name, r.Verdict, r.Counts.Holding)
		}
	}
}

// An author can make a proof of cards that their documents contradict. Nobody accepts them.
func TestDeck_RejectsDocumentsThatContradict(t *testing.T) {
	for name, row := range map[string]struct{ from, to string }{
		"an attribute is left out":    {`,{"trait_type":"Hat","value":"Crown"}`, `,{"trait_type":"Hat","value":7}`},
		"a hidden label is shown":     {`,{"trait_type":"Hat","value":"Crown"}`, `,{"trait_type":"Hat","value":"Crown"},{"trait_type":"licence","value":"CC0"}`},
		"a repeated type":             {`,{"trait_type":"Hat","value":"Crown"}`, `,{"trait_type":"Hat","value":"Crown"},{"trait_type":"Hat","value":"Bowler"}`},
		"a label that looks like one": {`,{"trait_type":"Hat","value":"Crown"}`, `,{"trait_type":"Hat","value":"Crown"},{"trait_type":"E` + "\u0443" + `es","value":"Gold"}`},
		"a value that is no word":     {`"value":"Laser"`, `"value":"Gold"`},
		"a nested value":              {`,{"trait_type":"Hat","value":"Crown"}`, `,{"trait_type":"Hat","value":["Crown"]}`},
	} {
		for _, card := range []int{0, 2, 6} {
			files := deckFiles()
			files["policy.cel"] = "claim.safety >= 0.5"
			document := fmt.Sprintf("documents/%d.json", card)
			if !strings.Contains(files[document], row.from) {
				t.Fatalf("%s: card %d has no %q", name, card, row.from)
			}
			files[document] = strings.Replace(files[document], row.from, row.to, 1)
			if card != 0 && name != "an attribute is left out" && name != "a hidden label is shown" {
				continue // the comparison has a corpus of its own
			}
			r, err := judgeDeck(t, publish(t, files))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, c := range r.Cards {
				if (c.Card == uint64(card)) != (c.Verdict == verifier.Rejected) {
					t.Errorf("%s in card %d: card %d is %s (%s)", name, card, c.Card, c.Verdict, c.Reason)
				}
			}
		}
	}
}

// Nothing hidden is in what is published: neither the values, nor their hashes, nor secrets.
func TestDeck_PublishesNothingHidden(t *testing.T) {
	blind := hex.EncodeToString(bytes.Repeat([]byte{0x5a, 0xa5, 7, 9}, 64)[31:62])
	for name, data := range publishedDeck(t) {
		for _, secret := range []string{"SECRET-LICENCE", "OTHER-SECRET", "0.97", "0.61", "1234567", blind} {
			if bytes.Contains(data, []byte(secret)) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}

// A sealed deck's proofs hold before its documents are there; its cards are not judged.
func TestDeck_SealedIsNotCheckedBeforeItsReveal(t *testing.T) {
	files := deckFiles()
	files["drop.yaml"] = strings.Replace(files["drop.yaml"], "assignment: permuted", "assignment: permuted, documents: sealed", 1)
	out := publish(t, files)
	for n := range uint64(7) {
		delete(out, bundle.CardPath(n))
		delete(out, bundle.CardDocumentPath(n, 7, 4))
	}
	r, err := judgeDeck(t, out)
	if err != nil || r.Verdict != verifier.NotChecked || r.Counts.NotChecked != 7 || r.Counts.Sealed != 7 {
		t.Errorf("verdict %v, counts %+v, %v", r.Verdict, r.Counts, err)
	}
	first, err := bundle.UnmarshalBatch(out[bundle.BatchPath(0)], statement.DeckSmall, 7)
	if err != nil {
		t.Fatal(err)
	}
	first.List = first.Roots[0]
	if out[bundle.BatchPath(0)], err = first.Marshal(); err != nil {
		t.Fatal(err)
	}
	if r, err := judgeDeck(t, out); err != nil || r.Verdict != verifier.Rejected || r.Counts.Sealed != 3 {
		t.Errorf("a sealed deck with a broken batch: %v, %+v, %v", r.Verdict, r.Counts, err)
	}
	open := publishedDeck(t)
	delete(open, bundle.CardPath(1))
	if r, err := judgeDeck(t, open); err != nil || r.Verdict != verifier.Rejected {
		t.Errorf("an open deck without a card's openings: %v, %v", r.Verdict, err)
	}
}

// One file is enough to check one card, and says nothing about the others.
func TestDeck_OneCardHoldsAlone(t *testing.T) {
	p, err := publication.Read(publishedDeck(t), publication.Trust{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []uint64{0, 3, 6} {
		b, err := p.CardBundle(n)
		if err != nil {
			t.Fatal(err)
		}
		data, err := b.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		one, err := publication.One("card.json", data, publication.Trust{})
		if err != nil {
			t.Fatal(err)
		}
		r, err := one.JudgeDeck(t.Context(), nil)
		if err != nil || r.Verdict != verifier.Amber || len(r.Cards) != 1 || r.Cards[0].Card != n || r.Counts.Complete {
			t.Errorf("card %d: %+v, %v", n, r, err)
		}
		for name, lie := range map[string][2]string{
			"another card's number": {fmt.Sprintf(`"card": %d,`, n), fmt.Sprintf(`"card": %d,`, (n+1)%7)},
			"another value":         {fmt.Sprintf(`"value": "%d"`, n), `"value": "99"`},
			"another document":      {`"document": "0x7b22`, `"document": "0x7b20`},
			"another description":   {`"cards": 7`, `"cards": 6`},
		} {
			if !bytes.Contains(data, []byte(lie[0])) {
				t.Fatalf("%s: no %q", name, lie[0])
			}
			forged, err := publication.One("card.json", bytes.Replace(data, []byte(lie[0]), []byte(lie[1]), 1), publication.Trust{})
			if err != nil {
				continue
			}
			if r, err := forged.JudgeDeck(t.Context(), nil); err == nil && r.Counts.Holding > 0 {
				t.Errorf("card %d: %s: %s", n, name, r.Verdict)
			}
		}
	}
	if _, err := p.CardBundle(7); err == nil {
		t.Error("a card that the deck has not")
	}
}

// A description says which key it is about, and what is said of that key is said of no other:
// else anybody could call a key of their own the one of a ceremony.
func TestDeck_RejectsAKeyThatIsNotTheDescribedOne(t *testing.T) {
	ceremony := "ceremony:" + strings.Repeat("a", 64) + ":9:drand:" + strings.Repeat("b", 64) + ":7"
	files := publishedDeck(t)
	digest := sha256.Sum256(files[bundle.KeyFile])
	edit(t, files, bundle.DescriptionFile, hex.EncodeToString(digest[:]), strings.Repeat("1", 64))
	edit(t, files, bundle.DescriptionFile, "unsafe-development", ceremony)
	if r, err := judgeDeck(t, files); err != nil || r.Verdict != verifier.Rejected || !strings.Contains(r.Reason, "names the verifying key") {
		t.Errorf("another key's ceremony: %v, %q (%v)", r.Verdict, r.Reason, err)
	}
	files = publishedDeck(t)
	edit(t, files, bundle.DescriptionFile, "unsafe-development", ceremony)
	p, err := publication.Read(files, publication.Trust{Keys: knownAs("unsafe-development")})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := p.JudgeDeck(t.Context(), nil); err != nil || r.Verdict != verifier.Rejected || !strings.Contains(r.Reason, "calls the verifying key") {
		t.Errorf("a ceremony that this machine knows was none: %v, %q (%v)", r.Verdict, r.Reason, err)
	}
}

// knownAs is a key store that knows one provenance for everything.
type knownAs string

func (k knownAs) KeyProvenance(context.Context, string, [32]byte) string { return string(k) }

// The verifier holds a strict deck to the same spelling as its author's program did.
func TestDeck_RejectsNamesThatLookAlike(t *testing.T) {
	for name, row := range map[string]struct{ from, to, why string }{
		"a name in other letters": {`"name": "Hat",`, "\"name\": \"E\u0443es\",", "looks like"},
		"a blank at the end":      {`"name": "Hat",`, `"name": "Hat ",`, "blank at an end"},
		"an unseen character":     {`"Bored"`, "\"Bor\u200bed\"", "nobody sees"},
	} {
		files := publishedDeck(t)
		edit(t, files, bundle.DescriptionFile, row.from, row.to)
		if r, err := judgeDeck(t, files); err != nil || r.Verdict != verifier.Rejected || !strings.Contains(r.Reason, row.why) {
			t.Errorf("%s: %v, %q (%v)", name, r.Verdict, r.Reason, err)
		}
	}
}

// A blank or another form of the same letters makes no other text: what a rule forbids cannot be
// hidden behind them.
func TestDeck_HiddenTextsAreNormalForms(t *testing.T) {
	refuses := func(licence, rule string) error {
		files := deckFiles()
		files["policy.cel"] = rule
		files["claims.csv"] = "card,licence,safety\ndefault,CC0,0.97\n3," + licence + ",0.61\n"
		d, err := drop.LoadDeck(t.Context(), writeDeck(t, files), nil)
		if err != nil {
			return err
		}
		return d.Provable()
	}
	const rule = `claim.licence != "Caf\u00e9"`
	for _, licence := range []string{"Caf\u00e9", "Caf\u00e9 ", "\u00a0Caf\u00e9", "Cafe\u0301"} {
		if err := refuses(licence, rule); !errors.Is(err, drop.ErrDeck) {
			t.Errorf("%+q passes %s: %v", licence, rule, err)
		}
	}
	var fault *drop.Fault
	if err := refuses("Caf\u00e9\u200b", rule); !errors.As(err, &fault) || strings.Contains(err.Error(), "Caf") {
		t.Errorf("a text with an unseen character: %v", err)
	}
	if err := refuses("Tea", rule); err != nil {
		t.Errorf("another text: %v", err)
	}
}
