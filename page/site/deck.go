package site

import (
	"fmt"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/metadata"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// OfDeck returns the site of a deck that was judged, all cards of it.
func OfDeck(p *publication.Publication, v *verdict.Deck, asked Asked) (*Site, error) {
	chain := asked.Chain
	s, err := newDeckSite(p.Deck)
	if err != nil {
		return nil, err
	}
	s.Level, s.Line, s.Meaning, s.Key = v.Verdict, lineOf(v.Line()), v.Meaning(), v.Key
	s.Complete = v.Counts.Complete
	s.Rule, s.NotChecked, s.source = v.Rule, v.NotChecked, p.Source()
	s.attest(p, newAttested(p.Deck.Attesters, v.Approvals, v.Attestations, asked.Trust), v.Reservations)
	s.Rows = append(s.Rows, Row{"Model", v.Model}, Row{"Policy", v.Policy})
	if v.CAR != "" {
		s.Rows = append(s.Rows, Row{"CAR", v.CAR})
	}
	c := v.Counts
	s.Counts = fmt.Sprintf("%d hold, %d rejected, %d not checked. Different: %s, %s of images, %s of shown attributes.",
		c.Holding, c.Rejected, c.NotChecked, counted(uint64(c.Documents), "document"), addressesOf(c.Images), counted(uint64(c.Attributes), "set"))
	size, err := p.Deck.Size()
	if err != nil {
		return nil, err
	}
	for i := range v.Cards {
		e := ofCard(&v.Cards[i])
		e.path = bundle.CardDocumentPath(e.Number, p.Deck.Cards, size.Cards)
		e.Token = tokenOf(p.Deck, e.Number)
		chain.tell(&e)
		s.Entries = append(s.Entries, e)
		s.publicationFile = append(s.publicationFile, bundle.CardPath(e.Number), e.path)
		if e.Number%uint64(size.Cards) == 0 {
			s.publicationFile = append(s.publicationFile, bundle.BatchPath(e.Number/uint64(size.Cards)))
		}
	}
	s.documentOf = s.published(bundle.MaxDocumentOfDeck)
	s.Steps = chain.deckSteps(p.Deck, v, &s.Attested)
	s.ChainSource = chain.source()
	return s, nil
}

func addressesOf(n int) string {
	if n == 1 {
		return "1 address"
	}
	return fmt.Sprintf("%d addresses", n)
}

// newDeckSite is what a description alone says.
func newDeckSite(d *bundle.Deck) (*Site, error) {
	s := &Site{Deck: true, Name: d.Name, Supply: d.Cards, Circuit: d.Circuit, AuthorsText: d.Policy}
	s.publicationFile = []string{bundle.DescriptionFile, bundle.KeyFile, bundle.PolicyFile}
	for _, a := range d.Attributes {
		switch {
		case a.Visibility != bundle.Hidden:
		case a.Section == bundle.SectionFact:
			s.HiddenFacts = append(s.HiddenFacts, a.Name)
		default:
			s.Hidden = append(s.Hidden, a.Name)
		}
	}
	return s, nil
}

// tokenOf says which token shows a card, as far as the description fixes it.
func tokenOf(d *bundle.Deck, card uint64) string {
	if d.Assignment == bundle.Fixed {
		return fmt.Sprintf("token %d", d.FirstID+card)
	}
	return ""
}

func ofCard(c *verdict.Card) Entry {
	return Entry{
		Number: c.Card, Level: c.Verdict, Reason: c.Reason, Name: c.Name, Shown: c.Attributes, Words: c.Words, Differs: c.Differs,
		Addresses: c.Addresses, Unread: c.Unread, Digest: Row{"SHA-256", c.Digest},
	}
}

// published reads an entry's document from the publication.
func (s *Site) published(limit int64) func(*Entry) ([]byte, error) {
	return func(e *Entry) ([]byte, error) { return s.source.Read(e.path, limit) }
}

// A Draft is a deck that is not published: what would be published of each card.
type Draft interface {
	OpenCard(n int) *bundle.Card
	Document(n int) ([]byte, error)
}

// OfDraft returns the preview of a deck, from what would be published of it alone.
func OfDraft(d *bundle.Deck, draft Draft, images publication.Source) (*Site, error) {
	s, err := newDeckSite(d)
	if err != nil {
		return nil, err
	}
	size, err := d.Size()
	if err != nil {
		return nil, err
	}
	s.Preview, s.Level, s.Line, s.source, s.publicationFile = true, verifier.NotChecked, "a preview: nothing of this is published or proven yet", images, nil
	if s.Rule, err = d.Program.Rule(d.Infos()); err != nil {
		return nil, err
	}
	s.Rows = []Row{{"Model", hexOf(&d.Commitments.Model)}, {"Policy", hexOf(&d.Commitments.Policy)}}
	schema, attributes := d.Labels(), d.BySlot()[:size.CardSlots()]
	for n := range d.Cards {
		e, err := drafted(draft, int(n), attributes, schema)
		if err != nil {
			return nil, fmt.Errorf("card %d: %w", n, err)
		}
		e.Token = tokenOf(d, n)
		s.Entries = append(s.Entries, e)
	}
	s.documentOf = func(e *Entry) ([]byte, error) { return draft.Document(int(e.Number)) }
	s.Attested.Promised = d.Attesters
	s.Steps = (*Chain)(nil).draftSteps(d)
	return s, nil
}

// drafted is a card as a verifier would see it.
func drafted(draft Draft, n int, attributes []*bundle.DeckAttribute, schema *metadata.Schema) (e Entry, err error) {
	e = Entry{Number: uint64(n), Level: verifier.NotChecked}
	values, err := draft.OpenCard(n).Open(attributes, 0)
	if err != nil {
		return e, err
	}
	data, err := draft.Document(n)
	if err != nil {
		return e, err
	}
	parsed, err := metadata.Parse(data)
	if err != nil {
		e.Unread, parsed = err.Error(), &metadata.Document{}
	}
	present := make([]bool, len(values.Shown))
	for i, slot := range values.Shown {
		present[i] = slot.Present
	}
	c := schema.Compare(parsed, values.Texts, present)
	if len(c.Contradictions) > 0 {
		e.Reason = "it would be rejected: " + c.Contradictions[0]
	}
	for _, a := range c.Proven {
		e.Shown = append(e.Shown, verdict.Attribute(a))
	}
	e.Name, e.Words, e.Differs, e.Digest = parsed.Name, append(c.Words, parsed.Others...), c.Differs, Row{"SHA-256", digestOf(data)}
	e.addAddresses(parsed)
	return e, nil
}
