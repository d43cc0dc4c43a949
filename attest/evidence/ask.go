package evidence

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/assignment"
	"github.com/genproof/genproof/publication/verdict"
)

// An Answer is to one of the questions that are asked of a token or a card.
type Answer struct {
	Question string
	Answers  []string
}

// What keeps a question from being answered.
var (
	ErrNoCards  = errors.New("the pack is about a drawn drop, and has no cards")
	ErrNotDrawn = errors.New("nothing in the pack shows which token shows which card")
)

// CardOf returns the card that a token shows: of a permuted deck by what a contract drew, whose code holds the
// deck's commitment.
func (v *Verification) CardOf(token uint64) (uint64, error) {
	if v.inner == nil || v.inner.deck == nil {
		return 0, ErrNoCards
	}
	d := v.inner.deck
	if token < d.FirstID || token-d.FirstID >= d.Cards {
		return 0, fmt.Errorf("the deck has tokens %d to %d", d.FirstID, d.FirstID+d.Cards-1)
	}
	if d.Assignment == bundle.Fixed {
		return token - d.FirstID, nil
	}
	for i := range v.inner.Facts {
		f := &v.inner.Facts[i]
		if contract, randomness, drawn := f.draws(); drawn && v.inner.isOf(contract) {
			key := assignment.Key(f.ChainID, contract, d.Commitments.Model, randomness)
			return assignment.New(key, d.Cards).Card(token - d.FirstID), nil
		}
	}
	return 0, ErrNotDrawn
}

var revealed = topic("Revealed(uint64,uint256,bytes32)")

// draws returns the contract and the randomness that a receipt tells of.
func (f *PlacedFact) draws() (contract [20]byte, randomness [32]byte, drawn bool) {
	if !f.Succeeded {
		return contract, randomness, false
	}
	for _, l := range f.Logs {
		if len(l.Topics) > 0 && l.Topics[0] == revealed && len(l.Data) == 96 {
			return l.Address, [32]byte(l.Data[64:]), true
		}
	}
	return contract, randomness, false
}

// Ask answers what trust teams and courts ask of a card, from the pack alone.
func (v *Verification) Ask(card uint64) ([]Answer, error) {
	if v.Deck == nil {
		return nil, ErrNoCards
	}
	n := slices.IndexFunc(v.Deck.Cards, func(c verdict.Card) bool { return c.Card == card })
	if n < 0 {
		return nil, fmt.Errorf("the pack has no card %d", card)
	}
	c := &v.Deck.Cards[n]
	about := func(a *verdict.Attestation) bool {
		return a.Subject == attest.SubjectDeck || a.Subject == fmt.Sprint("card:", card)
	}
	return []Answer{
		{"Is this the card that was approved?", v.approved(c, about)},
		{"Which licence, and who said so?", v.attested(about, attest.LicenceInventoryName, attest.RightsName, attest.GenerationName)},
		{"When was it known?", v.known()},
		{"Who could have changed it since?", changeable(c)},
		{"Who sells this deck?", v.sellers()},
		{"What was taken back?", v.takenBack(about)},
	}, nil
}

func (v *Verification) approved(c *verdict.Card, about func(*verdict.Attestation) bool) []string {
	said := fmt.Sprintf("its document, with the SHA-256 %s, is %s", c.Digest, c.Verdict)
	if c.Reason != "" {
		said += ": " + c.Reason
	}
	list := []string{said}
	for i := range v.Deck.Approvals {
		list = append(list, v.Deck.Approvals[i].Line())
	}
	for i := range v.Attestations {
		if a := &v.Attestations[i]; about(a) && a.Decision != attest.States && a.Predicate != attest.RevocationName {
			list = append(list, a.Line())
		}
	}
	return append(list, "not checked: whether a picture has the bytes that its address names")
}

func (v *Verification) attested(about func(*verdict.Attestation) bool, predicates ...string) (list []string) {
	for i := range v.Attestations {
		if a := &v.Attestations[i]; about(a) && slices.Contains(predicates, a.Predicate) {
			list = append(list, a.Line()+". It says: "+a.Statement)
		}
	}
	return orNothing(list, "nothing in the pack says so")
}

// known are the blocks that name something of the pack.
func (v *Verification) known() (list []string) {
	for _, e := range v.Timeline {
		if strings.Contains(e.How, "block ") {
			list = append(list, fmt.Sprintf("%s: %s (%s)", e.At, e.What, e.How))
		}
	}
	return orNothing(list, "no block in the pack shows it")
}

func changeable(c *verdict.Card) []string {
	list := []string{"its document: nobody, the deck's commitment holds its bytes"}
	for _, a := range c.Addresses {
		what := "whoever answers at that address, at any time"
		if a.Fixed {
			what = "nobody, the address says what the bytes are"
		}
		list = append(list, fmt.Sprintf("%s (%s): %s", a.Member, a.Address, what))
	}
	return list
}

func (v *Verification) sellers() (list []string) {
	seen := map[[20]byte]bool{}
	for i := range v.inner.Facts {
		if f := &v.inner.Facts[i]; f.Kind == fact.Account && !seen[f.Address] && v.inner.isOf(f.Address) {
			seen[f.Address] = true
			list = append(list, fmt.Sprintf("contract %s on chain %d: its code holds the deck's commitment", bundle.FormatAddress(f.Address), f.ChainID))
		}
	}
	return append(orNothing(list, "no contract is in the pack"), "not checked: contracts that nobody named; anybody can deploy a copy")
}

func (v *Verification) takenBack(about func(*verdict.Attestation) bool) (list []string) {
	for i := range v.Attestations {
		if a := &v.Attestations[i]; about(a) && (a.Standing == attest.Withdrawn || a.Standing == attest.Expired) {
			list = append(list, a.Line())
		}
	}
	return append(orNothing(list, "nothing that is in the pack"), "not checked: withdrawals that are not in the pack")
}

func orNothing(list []string, nothing string) []string {
	if len(list) == 0 {
		return []string{nothing}
	}
	return list
}
