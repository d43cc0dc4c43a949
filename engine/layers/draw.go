package layers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MaxCards is the most cards of a deck.
const MaxCards = 8 * 65536

// A Deck is what was drawn: cards and how to paint them. It may be used by several goroutines
// at once.
type Deck struct {
	Cards []Card
	set   *Set
}

// A Card is one drawn card.
type Card struct {
	Name       string
	Attributes []Attribute // in the order of the layers
	paints     []stroke
	isOne      bool // made by hand: its name stands as it is
}

// A stroke is one PNG of a card.
type stroke struct {
	file    string
	blend   string
	opacity int32 // out of 255
}

// ErrTooFew says that the layers do not give as many different cards as were asked for.
var ErrTooFew = errors.New("the layers and rules give too few different cards")

// Draw draws n cards, different in all layers but those that bypass DNA. Ones and Exact of the
// configuration are among them. The error of a deck that cannot be drawn is [ErrTooFew].
func (s *Set) Draw(n int, seed [32]byte) (*Deck, error) {
	if n < 1 || n > MaxCards {
		return nil, fmt.Errorf("drawing %d cards: want 1 to %d", n, MaxCards)
	}
	d := &drawing{Set: s, random: newSource(seed), seen: map[string]bool{}}
	deck, err := d.deck(n)
	if err != nil {
		return nil, fmt.Errorf("drawing %d cards: %w", n, err)
	}
	return deck, nil
}

// A drawing is a deck on its way.
type drawing struct {
	*Set
	random *source
	seen   map[string]bool            // DNA
	forced []map[string]string        // for each card the word of some layers that exact counts ask for
	exact  map[string]map[string]bool // layer, words that stand only where forced
	ones   map[int]int                // card to One
}

func (d *drawing) deck(n int) (*Deck, error) {
	ends, err := d.ends(n)
	if err != nil {
		return nil, err
	}
	if err := d.plan(n, ends); err != nil {
		return nil, err
	}
	deck := &Deck{Cards: make([]Card, n), set: d.Set}
	for i, conf := 0, 0; i < n; i++ {
		for i >= ends[conf] {
			conf++
		}
		if one, ok := d.ones[i]; ok {
			deck.Cards[i] = d.one(one)
		} else if deck.Cards[i], err = d.unique(&d.config.Configurations[conf], i); err != nil {
			return nil, err
		}
	}
	if d.config.Shuffle {
		d.shuffle(deck)
	}
	d.number(deck)
	return deck, nil
}

// ends returns, for each configuration, the card that the next one begins with.
func (d *drawing) ends(n int) ([]int, error) {
	confs := d.config.Configurations
	ends := make([]int, len(confs))
	for i, conf := range confs {
		ends[i] = conf.GrowTo
	}
	if last := &ends[len(ends)-1]; *last == 0 {
		*last = n
	}
	if last := ends[len(ends)-1]; last != n || len(ends) > 1 && ends[len(ends)-2] >= n {
		return nil, fmt.Errorf("layerConfigurations grow to %d cards", last)
	}
	return ends, nil
}

// plan chooses the cards of ones and of exact counts.
func (d *drawing) plan(n int, ends []int) error {
	d.forced, d.exact, d.ones = make([]map[string]string, n), map[string]map[string]bool{}, map[int]int{}
	if len(d.config.Ones) > n {
		return fmt.Errorf("%d oneOfOnes", len(d.config.Ones))
	}
	for one, card := range d.random.order(n)[:len(d.config.Ones)] {
		d.ones[card] = one
	}
	for i, e := range d.config.Exact {
		if d.exact[e.Layer] == nil {
			d.exact[e.Layer] = map[string]bool{}
		}
		if d.exact[e.Layer][e.Word] {
			return fmt.Errorf("exact[%d]: asked for twice", i)
		}
		d.exact[e.Layer][e.Word] = true
		if err := d.place(e, n, ends); err != nil {
			return fmt.Errorf("exact[%d]: %w", i, err)
		}
	}
	return nil
}

// place chooses the cards that show an exact word, among those that have its layer.
func (d *drawing) place(e Exact, n int, ends []int) error {
	left := e.Count
	for _, card := range d.random.order(n) {
		conf := 0
		for card >= ends[conf] {
			conf++
		}
		_, isOne := d.ones[card]
		if left == 0 || isOne || d.forced[card][e.Layer] != "" ||
			!slices.ContainsFunc(d.config.Configurations[conf].Order, func(l Layer) bool { return l.Name == e.Layer }) {
			continue
		}
		if d.forced[card] == nil {
			d.forced[card] = map[string]string{}
		}
		d.forced[card][e.Layer] = e.Word
		left--
	}
	if left > 0 {
		return fmt.Errorf("there is no room for %d cards with this word", e.Count)
	}
	return nil
}

func (d *drawing) one(i int) Card {
	one := d.config.Ones[i]
	return Card{Name: one.Name, Attributes: one.Attributes, paints: []stroke{{one.Image, "source-over", 255}}, isOne: true}
}

// unique draws until the card is new and the rules hold.
func (d *drawing) unique(conf *Configuration, card int) (Card, error) {
	for range d.config.Tolerance {
		h := d.hand(conf, card)
		if h == nil || !d.together(h, conf) || d.seen[h.dna.String()] {
			continue
		}
		d.seen[h.dna.String()] = true
		name := conf.Name
		if name == "" {
			name = d.config.Name
		}
		return Card{Name: name, Attributes: h.attributes, paints: h.paints}, nil
	}
	return Card{}, fmt.Errorf("card %d: %d draws in a row were no new card that the rules allow: %w", card, d.config.Tolerance, ErrTooFew)
}

// shuffle puts the cards into an order that the seed determines.
func (d *drawing) shuffle(deck *Deck) {
	cards := make([]Card, len(deck.Cards))
	for i, from := range d.random.order(len(cards)) {
		cards[i] = deck.Cards[from]
	}
	deck.Cards = cards
}

// number ends the names of drawn cards with the token's id.
func (d *drawing) number(deck *Deck) {
	for i := range deck.Cards {
		c := &deck.Cards[i]
		if !c.isOne {
			c.Name = strings.TrimSpace(fmt.Sprintf("%s #%d", c.Name, d.config.FirstID+uint64(i)))
		}
	}
}
