package deck

import (
	"math"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

func TestHalves_HoldSizeAndDigest(t *testing.T) {
	c := Card{Size: MaxSize}
	for i := range c.Digest {
		c.Digest[i] = byte(0xf0 + i%16)
	}
	gotHigh, gotLow := c.Halves()
	wantHigh, wantLow := halvesOf(c)
	if gotHigh != wantHigh || gotLow != wantLow {
		t.Error("other halves")
	}
	whole := new(big.Int).Lsh(gotHigh.BigInt(new(big.Int)), 128)
	whole.Or(whole, gotLow.BigInt(new(big.Int)))
	want := new(big.Int).Lsh(big.NewInt(MaxSize), 256)
	want.Or(want, new(big.Int).SetBytes(c.Digest[:]))
	if whole.Cmp(want) != 0 {
		t.Error("size and digest are not one number")
	}
}

// The tree is computed again by its definition, over every place there is.
func TestTree_IsOfAllPlaces(t *testing.T) {
	size := statement.Size{Name: "small", Claims: 1, Cards: 2, Depth: 2}
	for _, n := range []int{2, 4, 14, 16, 18, 126, 128} {
		hashes := make([]fr.Element, n)
		for i := range hashes {
			hashes[i] = fr.NewElement(uint64(1000 + i))
		}
		tree, err := NewTree(size, hashes)
		if err != nil {
			t.Fatal(err)
		}
		level := make([]fr.Element, 64)
		for i := range n / 2 {
			level[i] = poseidon.Hash(poseidon.Batch, hashes[2*i], hashes[2*i+1])
		}
		batches := level
		for len(level) > 1 {
			var next []fr.Element
			for ; len(level) > 0; level = level[8:] {
				empty := true
				for _, e := range level[:8] {
					empty = empty && e.IsZero()
				}
				if empty {
					next = append(next, fr.Element{})
				} else {
					next = append(next, poseidon.Hash(poseidon.Node, level[:8]...))
				}
			}
			level = next
		}
		if tree.Root() != level[0] {
			t.Errorf("%d places: another root", n)
		}
		for i := range n / 2 {
			if root, err := RootOf(size, i, batches[i], tree.Path(i)); err != nil || root != tree.Root() {
				t.Errorf("%d places: batch %d has a path to another root (%v)", n, i, err)
			}
			if root, _ := RootOf(size, i^1, batches[i], tree.Path(i)); root == tree.Root() {
				t.Errorf("%d places: batch %d is at another place too", n, i)
			}
		}
	}
	for _, n := range []int{0, 1, 3, 130} {
		if _, err := NewTree(size, make([]fr.Element, n)); err == nil {
			t.Errorf("a tree of %d places", n)
		}
	}
}

func TestRootOf_RefusesWhatIsNoPath(t *testing.T) {
	size := statement.DeckSmall
	for _, row := range []struct{ n, levels int }{{0, 2}, {0, 4}, {-1, 3}, {512, 3}, {math.MaxInt, 3}} {
		if _, err := RootOf(size, row.n, fr.One(), make([]Siblings, row.levels)); err == nil {
			t.Errorf("batch %d, %d levels", row.n, row.levels)
		}
	}
}

// TestStatement_IsOfTheWords computes challenge and value again from 32-byte words and big integers.
func TestStatement_IsOfTheWords(t *testing.T) {
	for _, n := range []int{1, 15, 16, 17, 255, 256, 257} {
		size := statement.DeckStandard
		w := newWorld(t, size, n)
		last := (n - 1) / size.Cards
		s := w.batch(last).generate(t).Statement
		words := []*big.Int{s.List.BigInt(new(big.Int)), big.NewInt(int64(last * 16)), big.NewInt(int64(n)), w.home.BigInt(new(big.Int))}
		coefficients := []*big.Int{words[1]}
		var sizes []*big.Int
		for i := range size.Cards {
			p := w.place(last*16 + i)
			words = append(words, new(big.Int).SetBytes(p.Digest[:]))
			sizes = append(sizes, big.NewInt(int64(p.Size)))
			high := new(big.Int).Lsh(big.NewInt(int64(p.Size)), 128)
			coefficients = append(coefficients, high.Or(high, new(big.Int).SetBytes(p.Digest[:16])), new(big.Int).SetBytes(p.Digest[16:]))
		}
		coefficients = append(coefficients, words[2], words[3])
		h := sha3.NewLegacyKeccak256()
		for _, word := range append(words, sizes...) {
			h.Write(word.FillBytes(make([]byte, 32)))
		}
		gamma := new(big.Int).Rsh(new(big.Int).SetBytes(h.Sum(nil)), 8)
		y := new(big.Int)
		for i, c := range coefficients {
			power := new(big.Int).Exp(gamma, big.NewInt(int64(i)), fr.Modulus())
			y.Add(y, power.Mul(power, c)).Mod(y, fr.Modulus())
		}
		if s.Challenge.BigInt(new(big.Int)).Cmp(gamma) != 0 || s.Value.BigInt(new(big.Int)).Cmp(y) != 0 {
			t.Errorf("%d cards: another challenge or value", n)
		}
	}
}

func TestStatement_RefusesWhatHasTwoEncodings(t *testing.T) {
	size := statement.DeckSmall
	w := newWorld(t, size, 6)
	tooLarge := fr.NewElement(1)
	tooLarge.SetBigInt(new(big.Int).Lsh(big.NewInt(1), 160))
	for name, change := range map[string]func(r *Range){
		"no size":                   func(r *Range) { r.Cards[1].Size = 0 },
		"a size of 2^18":            func(r *Range) { r.Cards[1].Size = 1 << 18 },
		"a card less":               func(r *Range) { r.Cards = r.Cards[:3] },
		"a card more":               func(r *Range) { r.Cards = append(r.Cards, r.Cards[0]) },
		"first off by one":          func(r *Range) { r.First++ },
		"first behind the deck":     func(r *Range) { r.First = 8 },
		"no cards in the deck":      func(r *Range) { r.N = 0 },
		"more than the tree holds":  func(r *Range) { r.N = 4*512 + 1 },
		"a home of 161 bits":        func(r *Range) { r.Home = tooLarge },
		"padding with a digest":     func(r *Range) { r.Cards[2].Digest[0]++ },
		"padding with a size":       func(r *Range) { r.Cards[3].Size++ },
		"one card less, now padded": func(r *Range) { r.N = 5 },
	} {
		b := w.batch(1)
		cards := b.generate(t).Cards
		r := Range{b.First, b.N, b.Home, cards}
		if _, err := NewStatement(size, fr.One(), fr.One(), r); err != nil {
			t.Fatal(err)
		}
		change(&r)
		if _, err := NewStatement(size, fr.One(), fr.One(), r); err == nil {
			t.Errorf("%s: there is a statement", name)
		}
	}
}

// Every part of the list changes list, challenge and value.
func TestStatement_DependsOnEverything(t *testing.T) {
	size := statement.DeckSmall
	w := newWorld(t, size, 8)
	b := w.batch(0)
	base := Range{b.First, b.N, b.Home, b.generate(t).Cards}
	want, err := NewStatement(size, fr.One(), fr.One(), base)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(r *Range){
		"first":  func(r *Range) { r.First = 4 },
		"N":      func(r *Range) { r.N = 9 },
		"home":   func(r *Range) { r.Home = fr.One() },
		"digest": func(r *Range) { r.Cards[3].Digest[31]++ },
		"size":   func(r *Range) { r.Cards[3].Size++ },
		"order":  func(r *Range) { r.Cards[0], r.Cards[1] = r.Cards[1], r.Cards[0] },
	} {
		r := base
		r.Cards = append([]Card(nil), base.Cards...)
		change(&r)
		s, err := NewStatement(size, fr.One(), fr.One(), r)
		if err != nil || s.List == want.List || s.Challenge == want.Challenge || s.Value == want.Value {
			t.Errorf("%s: the statement is the same (%v)", name, err)
		}
	}
}

func TestSalt_IsEqualForEqualInputOnly(t *testing.T) {
	blind, s := fr.NewElement(7), attribute.OfUint(5)
	want := Salt(blind, 3, 2, s)
	if Salt(blind, 3, 2, s) != want {
		t.Error("the same input has two salts")
	}
	absent := attribute.Slot{}
	others := map[string]fr.Element{
		"blind": Salt(fr.NewElement(8), 3, 2, s), "place": Salt(blind, 4, 2, s), "slot": Salt(blind, 3, 3, s),
		"value": Salt(blind, 3, 2, attribute.OfUint(6)), "absent": Salt(blind, 3, 2, absent),
	}
	if Salt(blind, 3, 2, attribute.OfUint(0)) == others["absent"] {
		t.Error("zero and absent share a salt")
	}
	for name, other := range others {
		if other == want {
			t.Errorf("another %s has the same salt", name)
		}
	}
}

func TestModel_IsOfOneSizeAndOneDeck(t *testing.T) {
	e := func(n uint64) fr.Element { return fr.NewElement(n) }
	seen := map[fr.Element]bool{}
	for _, size := range []statement.Size{statement.DeckSmall, statement.DeckStandard, statement.DeckLarge} {
		for _, m := range []fr.Element{
			Model(size, e(1), e(2), 3, e(4), e(5)), Model(size, e(9), e(2), 3, e(4), e(5)), Model(size, e(1), e(9), 3, e(4), e(5)),
			Model(size, e(1), e(2), 9, e(4), e(5)), Model(size, e(1), e(2), 3, e(9), e(5)), Model(size, e(1), e(2), 3, e(4), e(9)),
		} {
			if seen[m] {
				t.Error("two decks have one commitment")
			}
			seen[m] = true
		}
	}
}

func TestGenerate_NamesCardAndClauseOnly(t *testing.T) {
	w := newWorld(t, tiny, 5)
	b := w.batch(1)
	w.reseal(b, 1, 0, attribute.OfUint(123456789))
	_, err := Generate(b)
	if err == nil || err.Error() != "card 3 breaks clause 1 of the policy" {
		t.Errorf("error %v", err)
	}
}

// What does not fit is an error, whatever it is: a rule that has no code, too, and a path of
// another tree.
func TestGenerate_RefusesWhatDoesNotFit(t *testing.T) {
	w := newWorld(t, tiny, 5)
	for name, change := range map[string]func(b *Batch){
		"a card less":  func(b *Batch) { b.Places = b.Places[1:] },
		"a fact less":  func(b *Batch) { b.Facts = b.Facts[1:] },
		"a slot less":  func(b *Batch) { b.Places[1].Slots = b.Places[1].Slots[1:] },
		"a slot more":  func(b *Batch) { b.Places[0].Slots = append(b.Places[0].Slots, Sealed{}) },
		"a level less": func(b *Batch) { b.Path = b.Path[1:] },
		"no path":      func(b *Batch) { b.Path = nil },
		"a rule about no slot": func(b *Batch) {
			b.Program = &policy.Program{Numeric: make([]bool, 5), Clauses: [][]policy.Literal{{{Slot: 5}}}}
		},
		"a rule of another size": func(b *Batch) { b.Program = &policy.Program{Numeric: make([]bool, 4)} },
		"an operator of no code": func(b *Batch) {
			b.Program = &policy.Program{Numeric: make([]bool, 5), Clauses: [][]policy.Literal{{{Op: 3}}}}
		},
		"a first between batches":  func(b *Batch) { b.First++ },
		"a first behind the tree":  func(b *Batch) { b.First = 1 << 62 },
		"a first of 2^64 - 2":      func(b *Batch) { b.First = math.MaxUint64 - 1 },
		"no cards in the deck":     func(b *Batch) { b.N = 0 },
		"an absent one of a value": func(b *Batch) { b.Places[0].Slots[2].Slot = attribute.Slot{Value: fr.One()} },
		"no cards, and a broken rule": func(b *Batch) {
			b.N = 0
			w.reseal(b, 0, 0, attribute.OfUint(5000))
		},
	} {
		b := w.batch(1)
		change(b)
		if r, err := Generate(b); err == nil || r != nil {
			t.Errorf("%s: generated", name)
		}
	}
}
