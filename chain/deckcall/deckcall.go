// Package deckcall compares a deck's contract with what was published of the deck, by what a
// node answers about one block to eth_call and eth_getCode. It links nothing of go-ethereum, so
// that a page can have it: [github.com/genproof/genproof/chain.Client.CheckDeck] looks at more,
// and [Unlooked] says at what.
//
// Whatever is found is the node's word: who runs the node can answer anything.
package deckcall

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/assignment"
	"github.com/genproof/genproof/verifier/key"
)

// A Node answers about one block, always the same.
type Node interface {
	// Call returns what a contract answers; [ErrReverted] if it refuses.
	Call(to Address, data []byte) ([]byte, error)
	Code(at Address) ([]byte, error)
}

// ErrReverted says that a contract refuses a call.
var ErrReverted = errors.New("the contract refuses the call")

// ErrNoDeck says that there is no deck's contract at an address.
var ErrNoDeck = errors.New("there is no deck's contract at this address")

// MaxTokens bounds how many tokens are asked for at once.
const MaxTokens = 100

// maxGroups is the most groups that a deck has.
const maxGroups = 1 << 15

// Options say what to compare a contract with.
type Options struct {
	Deck *bundle.Deck
	Key  key.Verifying
	// Directory returns the directory of a group's documents; [fs.ErrNotExist] if a batch of it is
	// not published.
	Directory func(group uint64) ([32]byte, error)
	Tokens    []uint64 // ids, at most [MaxTokens]
}

// A Report is how a contract compares with a publication.
type Report struct {
	ChainID   uint64   `json:"chain_id"`
	Contract  string   `json:"contract"`
	Known     bool     `json:"genproof_deck"` // its code is that of genproof's contract for decks
	State     string   `json:"state"`
	Author    string   `json:"author"`
	Verifier  string   `json:"verifier"`
	KeyKnown  bool     `json:"genproof_verifier"`
	KeyDigest string   `json:"key_digest"` // of the verifier's key; empty if it is not known
	Groups    uint64   `json:"groups"`
	Admitted  uint64   `json:"groups_admitted"`
	Minted    uint64   `json:"minted"`
	Permuted  bool     `json:"permuted"`
	Tokens    []Token  `json:"tokens"`
	Faults    []string `json:"faults"`   // what contradicts the publication
	Compared  []string `json:"compared"` // what was compared and agrees
	Warnings  []string `json:"warnings"`
	Unchecked []string `json:"not_checked"`
}

// A Token says which card a token shows.
type Token struct {
	ID      uint64 `json:"token"`
	Card    uint64 `json:"card"`
	URI     string `json:"uri"`
	Missing string `json:"missing"` // why there is no such token
	Fault   string `json:"fault"`
}

// Unlooked is what a comparison by calls alone does not look at.
func Unlooked() []string {
	return []string{
		"the transaction that created the contract: code alone does not tell what a constructor left in its storage",
		"the contract's events: when the deck was committed, and when its sale was opened",
		"the beacon's code, and the signature that the assignment was drawn by",
		"other contracts that sell the same deck",
	}
}

// States are those of a deck's contract, in their order.
var states = [...]string{"admitting", "complete", "selling", "ended", "revealed", "failed"}

// Check compares a contract. An error means that nothing could be compared: the node does not
// answer, or there is no deck's contract.
func Check(n Node, chainID uint64, contract Address, o Options) (*Report, error) {
	if len(o.Tokens) > MaxTokens {
		return nil, fmt.Errorf("comparing: %d tokens, want at most %d at once", len(o.Tokens), MaxTokens)
	}
	c := &check{node: n, at: contract, o: o, r: &Report{
		ChainID: chainID, Contract: contract.String(), Tokens: []Token{}, Faults: []string{}, Compared: []string{}, Warnings: []string{}, Unchecked: Unlooked(),
	}}
	for _, step := range []func() error{c.code, c.terms, c.verifier, c.groups, c.tokens} {
		if err := step(); err != nil {
			return nil, fmt.Errorf("comparing the contract %s: %w", contract, err)
		}
	}
	return c.r, nil
}

// A check is a comparison under way.
type check struct {
	node Node
	at   Address
	o    Options
	r    *Report

	promised    deckTerms
	directories []word
	randomness  word
}

// holds notes what was compared.
func (c *check) holds(ok bool, agrees, contradicts string, args ...any) {
	if ok {
		c.r.Compared = append(c.r.Compared, agrees)
	} else {
		c.r.Faults = append(c.r.Faults, fmt.Sprintf(contradicts, args...))
	}
}

func (c *check) ask(signature string, args ...word) ([]word, error) {
	out, err := c.node.Call(c.at, call(signature, args...))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", signature, err)
	}
	list, err := words(out, 1)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", signature, err)
	}
	return list, nil
}

func (c *check) askNumber(signature string, nbBits int) (uint64, error) {
	list, err := c.ask(signature)
	if err != nil {
		return 0, err
	}
	n, err := list[0].uint(nbBits)
	if err != nil {
		return 0, fmt.Errorf("%s: %w", signature, err)
	}
	return n, nil
}

func (c *check) code() error {
	code, err := c.node.Code(c.at)
	if err != nil {
		return err
	}
	if len(code) == 0 {
		return ErrNoDeck
	}
	if c.r.Known = isDeck(code); c.r.Known {
		c.r.Compared = append(c.r.Compared, "its code is that of genproof's contract for decks")
	} else {
		c.r.Warnings = append(c.r.Warnings, "OTHER CONTRACT: its code is not DeckDrop's, and could answer anything. Read its source.")
	}
	return nil
}

// verifier looks at the code of the contract's verifier.
func (c *check) verifier() error {
	code, err := c.node.Code(c.promised.verifier)
	if err != nil {
		return err
	}
	vk := keyIn(code)
	c.r.Verifier, c.r.KeyKnown = c.promised.verifier.String(), vk != nil
	if vk == nil {
		c.holds(false, "", "the code at %s is not genproof's verifier", c.promised.verifier)
		return nil
	}
	digest := vk.Digest()
	c.r.KeyDigest = fmt.Sprintf("%#x", digest[:])
	c.holds(digest == c.o.Key.Digest(), "its verifier is genproof's, with the key of the publication", "the verifier at %s has another key than the publication", c.promised.verifier)
	return nil
}

// groups compares the directory of every group that the contract has.
func (c *check) groups() error {
	size, err := c.o.Deck.Size()
	if err != nil {
		return err
	}
	if c.r.Groups, err = c.askNumber("groups()", 64); err != nil {
		return err
	}
	if c.r.Groups > maxGroups {
		return fmt.Errorf("it names %d groups, more than a deck has", c.r.Groups)
	}
	c.holds(c.r.Groups == c.o.Deck.Groups(size), "it has as many groups as the deck", "the contract has %d groups, the deck %d", c.r.Groups, c.o.Deck.Groups(size))
	if len(c.r.Faults) > 0 {
		return nil // of another deck
	}
	unread, agree := 0, 0
	for i := range c.r.Groups {
		list, err := c.ask("directoryOf(uint256)", wordOf(i))
		if err != nil {
			return err
		}
		if c.directories = append(c.directories, list[0]); list[0] == (word{}) {
			continue
		}
		c.r.Admitted++
		own, err := c.o.Directory(i)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			unread++
		case err != nil:
			return err
		case own != list[0]:
			c.holds(false, "", "group %d: the contract has the directory of other documents", i)
		default:
			agree++
		}
	}
	c.sayGroups(agree, unread)
	return nil
}

func (c *check) sayGroups(agree, unread int) {
	if agree > 0 {
		c.r.Compared = append(c.r.Compared, fmt.Sprintf("the directories of %d of %d groups, computed from the published batches", agree, c.r.Groups))
	}
	if unread > 0 {
		c.r.Unchecked = append(c.r.Unchecked, fmt.Sprintf("the directories of %d groups: their batches are not all in the publication", unread))
	}
	if missing := c.r.Groups - c.r.Admitted; missing > 0 {
		c.r.Unchecked = append(c.r.Unchecked, fmt.Sprintf("%d of %d groups: the contract does not have them yet", missing, c.r.Groups))
	}
}

// tokens asks for the cards of tokens, and computes them again.
func (c *check) tokens() error {
	if len(c.o.Tokens) == 0 || len(c.r.Faults) > 0 {
		return nil
	}
	list, err := c.ask("randomness()")
	if err != nil {
		return err
	}
	if c.randomness = list[0]; c.r.Permuted && c.randomness == (word{}) {
		c.r.Unchecked = append(c.r.Unchecked, "which cards the tokens show: the assignment is not drawn yet")
		return nil
	}
	for _, id := range c.o.Tokens {
		t, err := c.token(id)
		if err != nil {
			return fmt.Errorf("token %d: %w", id, err)
		}
		c.r.Tokens = append(c.r.Tokens, t)
	}
	return nil
}

// cardOf computes the card that a token shows.
func (c *check) cardOf(id uint64) uint64 {
	d := c.o.Deck
	if !c.r.Permuted {
		return id - d.FirstID
	}
	return assignment.New(assignment.Key(c.r.ChainID, c.at, d.Commitments.Model, c.randomness), d.Cards).Card(id - d.FirstID)
}

func (c *check) token(id uint64) (t Token, err error) {
	d := c.o.Deck
	if t.ID = id; id < d.FirstID || id-d.FirstID >= d.Cards {
		t.Fault = fmt.Sprintf("the deck has tokens %d to %d", d.FirstID, d.FirstID+d.Cards-1)
		return t, nil
	}
	t.Card = c.cardOf(id)
	list, err := c.ask("cardOf(uint256)", wordOf(id))
	switch {
	case errors.Is(err, ErrReverted):
		t.Fault = "the contract does not tell its card"
		return t, nil
	case err != nil:
		return t, err
	}
	if told, err := list[0].uint(64); err != nil || told != t.Card {
		t.Fault = fmt.Sprintf("the contract says another card, and it is card %d", t.Card)
		return t, nil
	}
	out, err := c.node.Call(c.at, call("tokenURI(uint256)", wordOf(id)))
	if errors.Is(err, ErrReverted) {
		if t.Missing = "it was burned"; id-d.FirstID >= c.r.Minted {
			t.Missing = "it is not minted yet"
		}
		return t, nil
	}
	if err != nil {
		return t, err
	}
	if t.URI, err = text(out); err != nil {
		return t, err
	}
	if want := c.uriOf(t.Card); t.URI != want {
		t.Fault = fmt.Sprintf("its tokenURI is %.200q, want %s", t.URI, want)
	}
	return t, nil
}

// uriOf is the address of a card's document, in the directory that the contract has.
func (c *check) uriOf(card uint64) string {
	group := card / (c.promised.batch * bundle.GroupBatches)
	return "ipfs://" + bundle.DirectoryCID(c.directories[group]) + "/" + bundle.CardName(card, c.o.Deck.Cards) + ".json"
}
