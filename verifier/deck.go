package verifier

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/key"
)

// DeckFiles are the published files of a deck. A file that is not there is [fs.ErrNotExist].
// Its methods are called by several goroutines at once.
type DeckFiles interface {
	Batch(n uint64) ([]byte, error)
	Card(n uint64) ([]byte, error)
	Document(n uint64) ([]byte, error)
}

// DeckOptions are what a verification needs besides the published files.
type DeckOptions struct {
	Key           key.Verifying
	KeyProvenance string   // as in [Options]
	Pinned        bool     // the key is one that this verifier knows for the circuit
	Verified      bool     // as in [Options]
	Cards         []uint64 // nil for all
	Attestations  []result.File
	Attest        result.Judge
}

// VerifyDeck checks the cards of a deck against its description: the description against its
// own commitments, the proof of every batch, and every card's openings and document. Whatever
// is wrong with the deck or a card is a rejection, with its reason in the report. An error
// means that nothing was checked.
func VerifyDeck(ctx context.Context, desc *bundle.Deck, published DeckFiles, o DeckOptions) (*DeckReport, error) {
	if err := desc.Validate(); err != nil {
		return nil, fmt.Errorf("verifying: %w", err)
	}
	if o.Key == nil {
		return nil, errors.New("verifying: there is no verifying key")
	}
	if err := o.Key.Lint(deck.NbInputs); err != nil {
		return nil, fmt.Errorf("verifying: verifying key: %w", err)
	}
	v := &deckVerifier{desc: desc, files: published, key: o.Key}
	v.size, _ = desc.Size()
	v.report = newDeckReport(desc, o)
	v.attest = func() *result.Result { return v.judgeAttestations(ctx, o) }
	if reason := v.prepare(o.KeyProvenance); reason != "" {
		return v.report.reject(reason), nil
	}
	batches, err := v.choose(o.Cards)
	if err != nil {
		return nil, err
	}
	if err := v.checkBatches(ctx, batches); err != nil {
		return nil, err
	}
	return v.report.finish(v), nil
}

// A deckVerifier holds what all batches share.
type deckVerifier struct {
	desc   *bundle.Deck
	size   statement.Size
	files  DeckFiles
	key    key.Verifying
	report *DeckReport
	attest func() *result.Result // when all cards were looked at

	attributes []*bundle.DeckAttribute // of a card's slots
	schema     *metadata.Schema
	home       fr.Element
	facts      fr.Element // their root
	schemaHash fr.Element
}

// prepare checks the description against itself: the rule that it shows is the one that its
// commitment is of.
func (v *deckVerifier) prepare(knownProvenance string) (reason string) {
	d := v.desc
	circuit, err := statement.ParseCircuitID(d.Circuit)
	if err == nil {
		err = checkKey(d.Key, circuit, v.key, knownProvenance)
	}
	if err == nil {
		_, err = d.Misspelled()
	}
	if err != nil {
		return reasonOf(fmt.Errorf("the deck's description: %w", err))
	}
	v.attributes = d.BySlot()[:v.size.CardSlots()]
	v.home, v.schemaHash = d.Home.Element(), d.Schema()
	computed, err := commitmentOf(&d.Program, v.schemaHash, d.Infos(), v.size)
	if err != nil {
		return err.Error()
	}
	if v.report.Rule, err = printed(&d.Program, d.Infos(), computed, d.Commitments.Policy); err != nil {
		return err.Error()
	}
	facts, err := d.OpenFacts()
	if err != nil {
		return "facts: " + err.Error()
	}
	v.facts = deck.FactsRoot(facts.Leaves)
	v.schema = d.Labels()
	return ""
}

// A batchCheck is one batch under way.
type batchCheck struct {
	number uint64
	cards  []uint64 // those wanted
	file   *bundle.Batch
	places []deck.Card
	reason string
}

// choose returns the batches of the wanted cards, each card once.
func (v *deckVerifier) choose(cards []uint64) ([]*batchCheck, error) {
	k := uint64(v.size.Cards)
	byNumber := map[uint64]*batchCheck{}
	var list []*batchCheck
	added := map[uint64]bool{}
	add := func(card uint64) {
		if added[card] {
			return
		}
		added[card] = true
		b := byNumber[card/k]
		if b == nil {
			b = &batchCheck{number: card / k}
			byNumber[card/k], list = b, append(list, b)
		}
		b.cards = append(b.cards, card)
	}
	for _, card := range cards {
		if card >= v.desc.Cards {
			return nil, fmt.Errorf("verifying: the deck has cards 0 to %d", v.desc.Cards-1)
		}
		add(card)
	}
	if cards == nil {
		for card := range v.desc.Cards {
			add(card)
		}
	}
	return list, nil
}

// checkBatches checks everything but the proofs, then all proofs together, then the cards.
func (v *deckVerifier) checkBatches(ctx context.Context, batches []*batchCheck) error {
	err := key.InBatches(ctx, len(batches), func(from, to int) {
		var open []*batchCheck
		for _, b := range batches[from:to] {
			if ctx.Err() != nil {
				return
			}
			if b.reason = v.checkBatch(b); b.reason == "" {
				open = append(open, b)
			}
		}
		v.checkProofs(open)
		for _, b := range batches[from:to] {
			for _, card := range b.cards {
				if ctx.Err() != nil {
					return
				}
				v.report.add(v.checkCard(b, card))
			}
		}
	})
	if err != nil {
		return fmt.Errorf("verifying: %w", err)
	}
	return nil
}

// notThere marks a batch that was not published: its cards are not checked, not rejected.
const notThere = "its batch is not published"

// checkBatch reads a batch and ties it to the deck's commitment.
func (v *deckVerifier) checkBatch(b *batchCheck) string {
	data, err := v.files.Batch(b.number)
	if errors.Is(err, fs.ErrNotExist) {
		return notThere
	}
	if err != nil {
		return fmt.Sprintf("batch %d cannot be read", b.number)
	}
	if b.file, err = bundle.UnmarshalBatch(data, v.size, v.desc.Cards); err != nil {
		return reasonOf(err)
	}
	if b.file.First != b.number*uint64(v.size.Cards) {
		return "batch: it is another batch's file"
	}
	b.places = PlacesOf(b.file)
	hashes := make([]fr.Element, len(b.places))
	for i, c := range b.places {
		hashes[i] = c.Hash()
	}
	path := make([]deck.Siblings, len(b.file.Path))
	for i, l := range b.file.Path {
		copy(path[i][:], l.Nodes)
	}
	root, err := deck.RootOf(v.size, int(b.number), deck.BatchHash(hashes), path)
	if err != nil {
		return reasonOf(err)
	}
	if deck.Model(v.size, v.schemaHash, v.home, v.desc.Cards, root, v.facts) != v.desc.Commitments.Model {
		return "batch: it is not of the deck that the model's commitment is of"
	}
	return ""
}

// PlacesOf returns all places of a batch: those behind the last card repeat its document.
func PlacesOf(b *bundle.Batch) []deck.Card {
	places := make([]deck.Card, len(b.Roots))
	for i, root := range b.Roots {
		from := min(i, len(b.Digests)-1)
		places[i] = deck.Card{Root: root, Digest: b.Digests[from], Size: uint32(b.Sizes[from])}
	}
	return places
}

// checkProofs computes the statement of every batch and verifies all proofs.
func (v *deckVerifier) checkProofs(batches []*batchCheck) {
	var inputs [][]fr.Element
	var proofs [][]byte
	var open []*batchCheck
	for _, b := range batches {
		s, err := deck.NewStatement(v.size, v.desc.Commitments.Model, v.desc.Commitments.Policy, deck.Range{
			First: b.file.First, N: v.desc.Cards, Home: v.home, Cards: b.places,
		})
		if err != nil {
			b.reason = reasonOf(err)
			continue
		}
		if s.List != b.file.List {
			b.reason = "batch: its list is not the one of its roots and digests"
			continue
		}
		vector := s.Vector()
		inputs, proofs, open = append(inputs, vector[:]), append(proofs, b.file.Proof), append(open, b)
	}
	for i, err := range v.key.CheckAll(inputs, proofs) {
		switch {
		case errors.Is(err, key.ErrInvalidProof):
			open[i].reason = "proof: it does not prove the statement"
		case err != nil:
			open[i].reason = reasonOf(err)
		}
	}
}

// checkCard judges one card of a batch that was judged.
func (v *deckVerifier) checkCard(b *batchCheck, n uint64) CardVerdict {
	c := CardVerdict{Card: n}
	if b.reason != "" {
		if c.Reason = b.reason; b.reason == notThere {
			c.Verdict = NotChecked
			return c
		}
		c.Verdict = Rejected
		return c
	}
	i := n - b.file.First
	c.Digest, c.digest = hexOf(b.file.Digests[i][:]), b.file.Digests[i]
	values, reason := v.openCard(n, b.file.Roots[i])
	if reason == "" {
		reason = v.checkDocument(&c, n, b.places[i], values)
	}
	switch {
	case reason == notPublished && v.desc.Documents == bundle.Sealed:
		c.Verdict, c.Reason, c.sealed = NotChecked, "its proof holds; the deck is sealed, and the card not published yet", true
	case reason != "":
		c.Verdict, c.Reason = Rejected, reason
	default:
		c.Verdict = Proven
		c.attributes = values.Texts
	}
	return c
}

// notPublished marks a card whose openings or document are not there.
const notPublished = "its openings or its document are not published"

// openCard reads a card's openings and compares them with its proven root.
func (v *deckVerifier) openCard(n uint64, root fr.Element) (*bundle.Values, string) {
	data, err := v.files.Card(n)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, notPublished
	}
	if err != nil {
		return nil, "openings: they cannot be read"
	}
	card, err := bundle.UnmarshalCard(data)
	switch {
	case err != nil:
		return nil, reasonOf(err)
	case card.Card != n:
		return nil, fmt.Sprintf("openings: they are card %d's", card.Card)
	}
	values, err := card.Open(v.attributes, 0)
	if err != nil {
		return nil, "openings: " + err.Error()
	}
	if attribute.Root(values.Leaves) != root {
		return nil, "openings: they do not have the proven root"
	}
	return values, ""
}

// checkDocument compares a card's document with its digest and size, and with what the card shows.
func (v *deckVerifier) checkDocument(c *CardVerdict, n uint64, place deck.Card, values *bundle.Values) string {
	data, err := v.files.Document(n)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return notPublished
	case err != nil:
		return "document: it cannot be read"
	case sha256.Sum256(data) != place.Digest:
		return "document: its SHA-256 is not the proven one"
	case len(data) != int(place.Size):
		return "document: its size is not the proven one"
	}
	return c.compare(v.schema, data, values)
}
