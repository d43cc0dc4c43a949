package publication_test

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/bundle/value"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/verifier"
)

// claimKeys are the keys of rule/deck/small, made once.
var claimKeys = sync.OnceValues(func() (*setup.Groth16Keys, error) {
	dir, err := os.MkdirTemp("", "genproof-claim-test")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	store, err := setup.OpenStore(dir)
	if err != nil {
		return nil, err
	}
	circuit, err := setup.Compile(statement.CircuitID{Binding: statement.Rule, Size: statement.DeckSmall})
	if err != nil {
		return nil, err
	}
	return store.Groth16Keys(context.Background(), circuit, nil)
})

// A shower is a deck whose author shows things to a reader, who knows its description.
type shower struct {
	deck   *drop.Deck
	desc   *bundle.Deck
	claims *prover.ClaimProver
}

func newShower(t *testing.T, files map[string]string) *shower {
	t.Helper()
	d, err := drop.LoadDeck(t.Context(), writeDeck(t, files), nil)
	if err != nil {
		t.Fatal(err)
	}
	keys, err := claimKeys()
	if err != nil {
		t.Fatal(err)
	}
	claims, err := prover.NewClaims(d, keys)
	if err != nil {
		t.Fatal(err)
	}
	return &shower{d, d.Description(bundle.Key{Provenance: "unsafe-development"}), claims}
}

// reader is the audience of most claims here.
var reader = bundle.Audience{Challenge: [32]byte{1, 2, 3}, Name: "example.org", Expiry: 2000}

const hiddenRule = `claim.safety >= 0.5 && trait.Eyes != "Laser" && fact.seed > 5`

func (s *shower) claim(t *testing.T, card int, text string, a bundle.Audience) *bundle.Claim {
	t.Helper()
	c, err := s.claims.Prove(t.Context(), card, text, a)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// judge judges a claim as a reader does who has the clock at 1000.
func (s *shower) judge(t *testing.T, c *bundle.Claim, o verifier.ClaimOptions) *verifier.ClaimReport {
	t.Helper()
	data, err := c.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if o.Now == 0 {
		o.Now = 1000
	}
	r, err := publication.JudgeClaim(t.Context(), data, publication.Trust{Deck: s.desc}, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// compile is what a reader with a compiler has.
func (s *shower) compile(text string) (*policy.Program, error) {
	p, err := drop.CompileRule(s.desc, text)
	if err != nil {
		return nil, err
	}
	return p.Program, nil
}

func TestClaim_HoldsForItsOwn(t *testing.T) {
	s := newShower(t, deckFiles())
	for _, card := range []int{1, 3, 5} {
		c := s.claim(t, card, hiddenRule, reader)
		r := s.judge(t, c, verifier.ClaimOptions{Compile: s.compile})
		want := "claim.safety >= 0.50 &&\ntrait.Eyes != \"Laser\" &&\nfact.seed >= 6"
		if r.Verdict != verifier.Amber || r.Rule != want || r.Card != uint64(card) || r.Audience != reader || len(r.NotChecked) != 0 {
			t.Errorf("card %d: got %+v", card, r)
		}
	}
	last := s.claim(t, 6, `trait.Eyes == "Laser" && has(trait.Hat)`, bundle.Audience{})
	r := s.judge(t, last, verifier.ClaimOptions{})
	if r.Verdict != verifier.Amber || !slices.ContainsFunc(r.Reservations, func(x verifier.Reservation) bool {
		return x.Name == "audience" && strings.Contains(x.Text, "nobody in particular")
	}) || len(r.NotChecked) != 1 {
		t.Errorf("the last card, for nobody: got %+v", r)
	}
}

// A claim is proven under a key that is pinned for its own circuit, and for no other.
func TestClaim_IsProvenUnderAPinnedKey(t *testing.T) {
	s := newShower(t, deckFiles())
	data, err := s.claim(t, 3, hiddenRule, reader).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	keys, _ := claimKeys()
	for circuit, want := range map[string]verifier.Level{"rule/deck/small": verifier.Proven, "deck/small": verifier.Amber, "rule/deck/large": verifier.Amber} {
		system, _ := circuits.Digest(circuit)
		pin := circuits.KeyPin{Circuit: circuit, System: system, Key: keys.Verifying.Digest()}
		r, err := publication.JudgeClaim(t.Context(), data, publication.Trust{Deck: s.desc, Pinned: []circuits.KeyPin{pin}}, verifier.ClaimOptions{Now: 1})
		if err != nil || r.Verdict != want {
			t.Errorf("pinned for %s: got %+v, %v", circuit, r, err)
		}
	}
}

// Each lie changes one thing of a claim that holds.
func TestClaim_HoldsForNothingElse(t *testing.T) {
	s := newShower(t, deckFiles())
	honest := s.claim(t, 3, hiddenRule, reader)
	for name, row := range map[string]struct {
		change func(c *bundle.Claim)
		reason string
	}{
		"another card":         {func(c *bundle.Claim) { c.Card = 1 }, "does not prove the claim"},
		"a padded place":       {func(c *bundle.Claim) { c.Card = 7 }, "the deck has cards 0 to 6"},
		"a card far behind":    {func(c *bundle.Claim) { c.Card = 1 << 63 }, "the deck has cards 0 to 6"},
		"another model":        {func(c *bundle.Claim) { c.Model = fr.One() }, "another deck"},
		"another operand":      {func(c *bundle.Claim) { *c.Program.Clauses[0].Literals[0].Operand = "60" }, "does not prove the claim"},
		"a clause less":        {func(c *bundle.Claim) { c.Program.Clauses = c.Program.Clauses[1:] }, "does not prove the claim"},
		"a negation less":      {func(c *bundle.Claim) { c.Program.Clauses[0].Literals[0].Negate = false }, "does not prove the claim"},
		"no words for an enum": {func(c *bundle.Claim) { c.Program.Clauses = c.Program.Clauses[:3] }, "no clause holds it to its words"},
		"a slot of nothing":    {func(c *bundle.Claim) { c.Program.Clauses[0].Literals[0].Slot = 7 }, "is no attribute's"},
		"another name":         {func(c *bundle.Claim) { c.Audience.Name = "example.com" }, "does not prove the claim"},
		"no name":              {func(c *bundle.Claim) { c.Audience.Name = "" }, "does not prove the claim"},
		"another challenge":    {func(c *bundle.Claim) { c.Audience.Challenge[31]++ }, "does not prove the claim"},
		"a later expiry":       {func(c *bundle.Claim) { c.Audience.Expiry++ }, "does not prove the claim"},
		"no expiry":            {func(c *bundle.Claim) { c.Audience.Expiry = 0 }, "does not prove the claim"},
		"another chain":        {func(c *bundle.Claim) { c.Audience.ChainID = 1 }, "does not prove the claim"},
		"a token": {func(c *bundle.Claim) { c.Audience.ChainID, c.Audience.Contract, c.Audience.Token = 1, [20]byte{1}, 4 },
			"does not prove the claim"},
		"another provenance": {func(c *bundle.Claim) { c.Key.Provenance = "ceremony:" + strings.Repeat("0", 64) + ":3:ethereum:1:1" }, ""},
	} {
		data, err := honest.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		c, err := bundle.UnmarshalClaim(data)
		if err != nil {
			t.Fatal(err)
		}
		row.change(c)
		r := s.judge(t, c, verifier.ClaimOptions{})
		if row.reason == "" { // the publisher's word alone: it changes no verdict
			if r.Verdict != verifier.Amber || !r.Key.Claimed {
				t.Errorf("%s: got %+v", name, r)
			}
		} else if r.Verdict != verifier.Rejected || !strings.Contains(r.Reason, row.reason) {
			t.Errorf("%s: got %s, %q, want %q", name, r.Verdict, r.Reason, row.reason)
		}
	}
	if r := s.judge(t, honest, verifier.ClaimOptions{}); r.Verdict != verifier.Amber {
		t.Errorf("the honest claim: got %+v", r)
	}
}

// Two cards with the same attributes and the same document, and two decks of the same cards:
// a claim about the one is none about the other.
func TestClaim_IsNotATwins(t *testing.T) {
	files := deckFiles()
	files["documents/5.json"] = files["documents/1.json"]
	s := newShower(t, files)
	c := s.claim(t, 1, hiddenRule, reader)
	if r := s.judge(t, c, verifier.ClaimOptions{}); r.Verdict != verifier.Amber {
		t.Fatalf("got %+v", r)
	}
	if c.Card = 5; s.judge(t, c, verifier.ClaimOptions{}).Verdict != verifier.Rejected {
		t.Error("good for its twin")
	}
	c.Card = 1
	elsewhere := maps.Clone(files)
	elsewhere["drop.yaml"] = strings.Replace(files["drop.yaml"], `"1:0xd8`, `"10:0xd8`, 1)
	other := newShower(t, elsewhere)
	if r := other.judge(t, c, verifier.ClaimOptions{}); r.Verdict != verifier.Rejected || !strings.Contains(r.Reason, "another deck") {
		t.Errorf("another deck: got %+v", r)
	}
	if c.Model = other.desc.Commitments.Model; other.judge(t, c, verifier.ClaimOptions{}).Verdict != verifier.Rejected {
		t.Error("good for another deck that it names")
	}
}

func TestClaim_IsForItsReader(t *testing.T) {
	s := newShower(t, deckFiles())
	c := s.claim(t, 3, hiddenRule, reader)
	own, other, challenge, zero := "example.org", "example.com", reader.Challenge, [32]byte{}
	for name, row := range map[string]struct {
		o    verifier.ClaimOptions
		want verifier.Level
	}{
		"its last second":   {verifier.ClaimOptions{Now: 1999}, verifier.Amber},
		"the second after":  {verifier.ClaimOptions{Now: 2000}, verifier.Rejected},
		"its own reader":    {verifier.ClaimOptions{Name: &own, Challenge: &challenge}, verifier.Amber},
		"another reader":    {verifier.ClaimOptions{Name: &other}, verifier.Rejected},
		"another challenge": {verifier.ClaimOptions{Name: &own, Challenge: &zero}, verifier.Rejected},
	} {
		r := s.judge(t, c, row.o)
		asked := slices.ContainsFunc(r.Reservations, func(x verifier.Reservation) bool { return x.Name == "audience" })
		if r.Verdict != row.want || r.Verdict.Holds() && asked == (row.o.Challenge != nil) {
			t.Errorf("%s: got %+v", name, r)
		}
	}
}

// The author's text is only shown where it says what is proven.
func TestClaim_TextIsTheRule(t *testing.T) {
	s := newShower(t, deckFiles())
	c := s.claim(t, 3, hiddenRule, reader)
	for _, text := range []string{`claim.safety >= 0.6`, `claim.nothing == 1`, `1`} {
		c.Rule = text
		if r := s.judge(t, c, verifier.ClaimOptions{Compile: s.compile}); r.Verdict != verifier.Rejected {
			t.Errorf("%s: got %+v", text, r)
		}
	}
}

func TestClaim_SaysNoMoreThanThatThereIsNone(t *testing.T) {
	s := newShower(t, deckFiles())
	_, err := s.claims.Prove(t.Context(), 3, `claim.safety >= 0.62`, reader)
	if !errors.Is(err, rule.ErrRule) || strings.Contains(err.Error(), "0.6") {
		t.Errorf("error %v", err)
	}
	for _, card := range []int{-1, 7, 8} {
		if _, err := s.claims.Prove(t.Context(), card, `true`, reader); err == nil {
			t.Errorf("card %d: proven", card)
		}
	}
	for _, a := range []bundle.Audience{{Name: strings.Repeat("a", 257)}, {Name: "a\u202eb"}, {Name: "a\nb"}, {Token: 1}} {
		if _, err := s.claims.Prove(t.Context(), 3, `true`, a); err == nil {
			t.Errorf("audience %+v: proven", a)
		}
	}
}

// A claim has one form, and what is hostile is an error at once.
func TestClaim_FormIsStrict(t *testing.T) {
	s := newShower(t, deckFiles())
	data, err := s.claim(t, 3, hiddenRule, reader).Marshal()
	if err != nil {
		t.Fatal(err)
	}
	if bundle.Kind(data) != bundle.KindClaim {
		t.Error("it is no claim")
	}
	if _, err := publication.One("x.json", data, publication.Trust{Deck: s.desc}); !errors.Is(err, publication.ErrShown) {
		t.Errorf("taken for a publication: %v", err)
	}
	forms := map[string][]byte{
		"a blank more":   append(bytes.Clone(data), ' '),
		"another order":  bytes.Replace(data, []byte("\"version\": 2,\n  \"kind\": \"claim\""), []byte("\"kind\": \"claim\",\n  \"version\": 2"), 1),
		"version 3":      bytes.Replace(data, []byte("\"version\": 2"), []byte("\"version\": 3"), 1),
		"another kind":   bytes.Replace(data, []byte("\"kind\": \"claim\""), []byte("\"kind\": \"Claim\""), 1),
		"no rule":        regexp.MustCompile(`"rule": ".*"`).ReplaceAll(data, []byte(`"rule": ""`)),
		"a shorter key":  bytes.Replace(data, []byte(`"verifying_key": "0x00`), []byte(`"verifying_key": "0x`), 1),
		"a proof of 255": regexp.MustCompile(`"proof": "0x..`).ReplaceAll(data, []byte(`"proof": "0x`)),
		"too long":       append(bytes.Repeat([]byte(" "), bundle.MaxBytes), data...),
		"nothing":        {},
		"deep":           bytes.Repeat([]byte("["), 1<<19),
	}
	lines := bytes.SplitAfter(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	for i := range lines {
		forms["without line "+string(lines[i])] = append(bytes.Join(slices.Delete(slices.Clone(lines), i, i+1), nil), '\n')
	}
	for name, form := range forms {
		if _, err := bundle.UnmarshalClaim(form); err == nil {
			t.Errorf("%s: read", name)
		}
	}
	if _, err := publication.JudgeClaim(t.Context(), data, publication.Trust{}, verifier.ClaimOptions{}); !errors.Is(err, publication.ErrAlone) {
		t.Errorf("without a deck: %v", err)
	}
	keys, err := deckKeys()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := publication.JudgeClaim(t.Context(), data, publication.Trust{Deck: s.desc, Key: keys.Verifying}, verifier.ClaimOptions{}); !errors.Is(err, publication.ErrClaimKey) {
		t.Errorf("with a deck's key: %v", err)
	}
}

// What stays closed cannot be found, even by who knows the value and tries every element of the
// file as its salt. The opened ones are found that way.
func TestDisclosure_OpensWhatIsChosen(t *testing.T) {
	s := newShower(t, deckFiles())
	d, err := s.deck.Disclose(3, []string{"licence", "trait.Hat"})
	if err != nil {
		t.Fatal(err)
	}
	facts, err := s.deck.DiscloseFacts([]string{"seed"})
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		disclosure *bundle.Disclosure
		attributes []*bundle.DeckAttribute
		first      int
		values     map[string]string // of all slots, "" for absent
		opened     string
	}{
		"card": {d, s.desc.BySlot()[:8], 0, map[string]string{"Eyes": "Bored", "Level": "3", "Hat": "", "licence": "OTHER-SECRET", "safety": "0.61"}, "Hat licence"},
		"fact": {facts, s.desc.BySlot()[8:], 8, map[string]string{"engine": "HashLips", "seed": "1234567"}, "seed"},
	} {
		data, err := row.disclosure.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		r, err := publication.JudgeDisclosure(data, publication.Trust{Deck: s.desc})
		if err != nil || r.Verdict != verifier.Proven || len(r.Attributes) != len(strings.Fields(row.opened)) {
			t.Fatalf("%s: got %+v, %v", name, r, err)
		}
		openings := bundle.DeckOpenings{Shown: row.disclosure.Shown, Absent: row.disclosure.Absent, Hidden: row.disclosure.Hidden}
		opened, err := openings.OpenChosen(row.attributes, row.first)
		if err != nil {
			t.Fatal(err)
		}
		var found []string
		for _, hex := range regexp.MustCompile(`0x[0-9a-f]{64}`).FindAllString(string(data), -1) {
			var salt fr.Element
			if _, err := salt.SetString(hex); err != nil {
				continue // a digest above the field's order
			}
			for i, a := range row.attributes {
				if a == nil {
					continue
				}
				slot := attribute.Slot{}
				if text := row.values[a.Name]; text != "" {
					if slot, err = value.Parse(a.ValueType(), text); err != nil {
						t.Fatal(err)
					}
				}
				if attribute.Leaf(slot, salt) == opened.Leaves[i] {
					found = append(found, a.Name)
				}
			}
		}
		if strings.Join(found, " ") != row.opened && strings.Join(slices.Sorted(slices.Values(found)), " ") != row.opened {
			t.Errorf("%s: who guesses opens %v", name, found)
		}
	}
}

// Each lie changes one thing of a disclosure that holds.
func TestDisclosure_HoldsForNothingElse(t *testing.T) {
	s := newShower(t, deckFiles())
	e := fr.NewElement(7)
	lies := map[string]func(d *bundle.Disclosure){
		"another value":       func(d *bundle.Disclosure) { d.Shown[0].Value = "1" },
		"a value of no form":  func(d *bundle.Disclosure) { d.Shown[0].Value = "01" },
		"another salt":        func(d *bundle.Disclosure) { d.Shown[0].Salt = e },
		"another leaf":        func(d *bundle.Disclosure) { d.Hidden[0].Leaf = e },
		"a slot twice":        func(d *bundle.Disclosure) { d.Hidden = append(d.Hidden, d.Hidden[len(d.Hidden)-1]) },
		"a slot less":         func(d *bundle.Disclosure) { d.Hidden = d.Hidden[1:] },
		"called another":      func(d *bundle.Disclosure) { d.Shown[0].Slot, d.Hidden[0].Slot = d.Hidden[0].Slot, d.Shown[0].Slot },
		"another model":       func(d *bundle.Disclosure) { d.Model = e },
		"another card":        func(d *bundle.Disclosure) { d.Card.Number = 2 },
		"a padded place":      func(d *bundle.Disclosure) { d.Card.Number = 7 },
		"another document":    func(d *bundle.Disclosure) { d.Card.Digest[0]++ },
		"another size":        func(d *bundle.Disclosure) { d.Card.Size++ },
		"a size beyond 2^32":  func(d *bundle.Disclosure) { d.Card.Size += 1 << 32 },
		"another card beside": func(d *bundle.Disclosure) { d.Card.Beside[0] = e },
		"a card beside less":  func(d *bundle.Disclosure) { d.Card.Beside = d.Card.Beside[1:] },
		"another sibling":     func(d *bundle.Disclosure) { d.Card.Path[1].Nodes[0] = e },
		"a sibling less":      func(d *bundle.Disclosure) { d.Card.Path[0].Nodes = d.Card.Path[0].Nodes[1:] },
		"a level less":        func(d *bundle.Disclosure) { d.Card.Path = d.Card.Path[1:] },
		"other facts":         func(d *bundle.Disclosure) { d.Card.Facts = e },
		"a tree too":          func(d *bundle.Disclosure) { d.Tree = &e },
		"no place":            func(d *bundle.Disclosure) { d.Card = nil },
		"of facts":            func(d *bundle.Disclosure) { d.Card, d.Tree = nil, &e },
		"nothing opened":      func(d *bundle.Disclosure) { d.Shown = nil },
	}
	for name, change := range lies {
		d, err := s.deck.Disclose(3, []string{"Level"})
		if err != nil {
			t.Fatal(err)
		}
		change(d)
		data, err := strictjson.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := publication.JudgeDisclosure(data, publication.Trust{Deck: s.desc}); err == nil && r.Verdict != verifier.Rejected {
			t.Errorf("%s: got %+v", name, r)
		}
	}
	for _, names := range [][]string{{"Nothing"}, {""}, {"seed"}, {"fact.seed"}} {
		if _, err := s.deck.Disclose(3, names); err == nil {
			t.Errorf("card's %q: opened", names)
		}
	}
	for _, card := range []int{-1, 7} {
		if _, err := s.deck.Disclose(card, []string{"Level"}); err == nil {
			t.Errorf("card %d: opened", card)
		}
	}
}
