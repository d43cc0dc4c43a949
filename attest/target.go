package attest

import (
	"encoding/hex"
	"errors"
	"fmt"
	"math"

	"github.com/genproof/genproof/bundle"
)

// A Target is what a reader looks at: a deck or a drawn drop, by its public commitments.
type Target struct {
	About    About
	Cards    uint64            // of a deck, 0 of a drawn drop
	Promised []bundle.Attester // what a deck promises
	// Document returns the SHA-256 of the document of a card that was looked at.
	Document func(card uint64) (digest [32]byte, ok bool)

	digests Digests
}

// A CardSubject is one card of a deck, by its document.
type CardSubject struct {
	Number   uint64
	Document [32]byte // SHA-256
}

// TargetOfDeck returns a deck as attestations name it.
func TargetOfDeck(d *bundle.Deck) *Target {
	t := &Target{Cards: d.Cards, Promised: d.Attesters}
	t.digests.Model, t.digests.Policy = hexOf(d.Commitments.Model.Bytes()), hexOf(d.Commitments.Policy.Bytes())
	t.About = About{Name: d.Name, Model: t.digests.Model, Policy: t.digests.Policy}
	if d.Home != nil {
		t.About.ChainID, t.About.Author = d.Home.ChainID, fmt.Sprintf("%#x", d.Home.Author)
	}
	return t
}

// TargetOfDrop returns a drawn drop as attestations name it.
func TargetOfDrop(d *bundle.Description) *Target {
	c := &d.Commitments
	template, authority, seeds := hexOf(c.Template.Bytes()), hexOf(c.Authority.Bytes()), hexOf(c.Seeds.Bytes())
	t := &Target{digests: Digests{Model: hexOf(c.Model.Bytes()), Policy: hexOf(c.Policy.Bytes()), Template: &template, Authority: &authority, Seeds: &seeds}}
	t.About = About{Name: d.Name, Model: t.digests.Model, Policy: t.digests.Policy}
	return t
}

func hexOf(b [32]byte) string { return hex.EncodeToString(b[:]) }

// isDeck reports whether it is a deck and not a drawn drop.
func (t *Target) isDeck() bool { return t.Cards > 0 }

// subject names the target, or one card of it.
func (t *Target) subject(card *CardSubject) Subject {
	switch {
	case !t.isDeck():
		return Subject{SubjectDrop, t.digests}
	case card == nil:
		return Subject{SubjectDeck, t.digests}
	}
	digests, document := t.digests, hexOf(card.Document)
	digests.SHA256 = &document
	return Subject{fmt.Sprint(subjectCard, card.Number), digests}
}

// What keeps a statement from being about a target.
var (
	ErrOtherModel  = errors.New("it is about another deck or drop: the model's commitment is another")
	ErrOtherPolicy = errors.New("it is about another policy: that commitment is another")
)

// errNotLooked says that a card's document is not known here.
var errNotLooked = errors.New("its card was not looked at here")

// compare sees that a statement is about the target.
func (t *Target) compare(s *Statement) error {
	subject := &s.Subject[0]
	card, isCard := subject.Card()
	d := &subject.Digest
	switch {
	case (subject.Name == SubjectDrop) == t.isDeck():
		return fmt.Errorf("it is about a %s, and this is none", map[bool]string{true: "drawn drop", false: "deck"}[t.isDeck()])
	case d.Model != t.digests.Model:
		return ErrOtherModel
	case d.Policy != t.digests.Policy:
		return ErrOtherPolicy
	case !same(d.Template, t.digests.Template):
		return errors.New("it is about another template: that commitment is another")
	case !same(d.Authority, t.digests.Authority):
		return errors.New("it is about another authority: that commitment is another")
	case !same(d.Seeds, t.digests.Seeds):
		return errors.New("it is about other seeds: that commitment is another")
	case s.Predicate.About != t.About:
		return errors.New("it has the commitments of this deck or drop, and names another name, chain or author")
	case isCard && card >= t.Cards:
		return fmt.Errorf("it is about card %d, and the deck has cards 0 to %d", card, t.Cards-1)
	}
	if !isCard {
		return nil
	}
	if t.Document == nil {
		return errNotLooked
	}
	document, ok := t.Document(card)
	switch {
	case !ok:
		return errNotLooked
	case *d.SHA256 != hexOf(document):
		return fmt.Errorf("it is about card %d with another document", card)
	}
	return nil
}

func same(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// Own returns the target that a statement names itself: whoever knows no other learns whether the
// statement holds of it. Of a card it takes the statement's word for the document.
func (s *Statement) Own() *Target {
	t := &Target{About: s.Predicate.About, digests: s.Subject[0].Digest}
	if s.Subject[0].Name != SubjectDrop {
		t.Cards = math.MaxUint64
	}
	if document := t.digests.SHA256; document != nil {
		t.digests.SHA256 = nil
		t.Document = func(uint64) (digest [32]byte, ok bool) {
			_, err := hex.Decode(digest[:], []byte(*document))
			return digest, err == nil
		}
	}
	return t
}
