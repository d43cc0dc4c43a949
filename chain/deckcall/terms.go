package deckcall

import (
	"errors"
	"fmt"

	"github.com/genproof/genproof/bundle"
)

// deckTerms are the terms that a contract is compared by.
type deckTerms struct {
	verifier, author   Address
	model, policy      word
	firstID            uint64
	cards, batch       uint64
	gap                uint64
	blockHashes, drawn bool // drawn: the assignment is drawn after the sale
}

// termWords are the words of the terms before their text, which comes last.
const termWords = 12

// readTerms decodes what terms() returns: the offset of one tuple, which has a text in it.
func readTerms(list []word) (t deckTerms, err error) {
	if len(list) < 1+termWords || list[0] != wordOf(32) {
		return t, errForm
	}
	list = list[1:]
	var faults [9]error
	t.verifier, faults[0] = list[0].address()
	t.model, t.policy = list[1], list[2]
	t.author, faults[1] = list[3].address()
	_, faults[2] = list[4].address() // the beacon
	t.firstID, faults[3] = list[5].uint(64)
	t.cards, faults[4] = list[6].uint(32)
	t.batch, faults[5] = list[7].uint(8)
	t.gap, faults[6] = list[8].uint(32)
	t.blockHashes, faults[7] = list[9].bool()
	t.drawn, faults[8] = list[10].bool()
	return t, errors.Join(faults[:]...)
}

// terms compares what the contract promises for ever with the deck.
func (c *check) terms() error {
	list, err := c.ask("terms()")
	if errors.Is(err, ErrReverted) {
		return ErrNoDeck
	}
	if err == nil {
		c.promised, err = readTerms(list)
	}
	if err != nil {
		return err
	}
	state, err := c.askNumber("state()", 8)
	if err != nil {
		return err
	}
	if c.r.State = fmt.Sprintf("state %d", state); state < uint64(len(states)) {
		c.r.State = states[state]
	}
	if c.r.Minted, err = c.askNumber("totalMinted()", 64); err != nil {
		return err
	}
	if list, err = c.ask("home()"); err != nil {
		return err
	}
	c.compareTerms(list[0])
	return nil
}

func (c *check) compareTerms(home word) {
	t, d := &c.promised, c.o.Deck
	c.r.Author, c.r.Permuted = t.author.String(), t.drawn
	c.holds(t.model.is(d.Commitments.Model), "its model is the deck's", "the contract's model is another deck's")
	c.holds(t.policy.is(d.Commitments.Policy), "its policy is the deck's", "the contract's policy is another one")
	c.holds(home.is(d.Home.Element()) && (d.Home == nil || t.author == d.Home.Author), "its author is the one that the deck names as home", "the contract is another author's: %s", t.author)
	c.holds(d.Home == nil || d.Home.ChainID == c.r.ChainID, "its chain is the one that the deck names as home", "the deck's home is another chain than this one, %d", c.r.ChainID)
	size, err := d.Size()
	c.holds(err == nil && t.cards == d.Cards && t.firstID == d.FirstID && t.batch == uint64(size.Cards), "its number of cards, first id and batches are the deck's", "the contract has another number of cards or first id than the deck")
	c.holds(t.drawn == (d.Assignment == bundle.Permuted), "its tokens show cards as the deck says: "+d.Assignment, "the contract assigns cards to tokens in another way than the deck says")
	if t.blockHashes {
		c.r.Warnings = append(c.r.Warnings, "A block's hash may stand in for a beacon that is silent: who proposes the block could lean on it.")
	}
}
