package assignment

import (
	"encoding/hex"
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

func keyOf(seed uint64) (key [32]byte) {
	rng := rand.New(rand.NewPCG(seed, 5))
	for i := range key {
		key[i] = byte(rng.Uint32())
	}
	return key
}

func unhex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The vectors were computed by another program, with a Keccak of its own.
func TestPermutation_IsThatOfTheVectors(t *testing.T) {
	data, err := os.ReadFile("testdata/assignment.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Cases []struct {
			ChainID                          uint64 `json:"chain_id"`
			Contract, Model, Randomness, Key string
			Cards                            uint64
			Tokens, Shown                    []uint64
		}
	}
	if err := json.Unmarshal(data, &vectors); err != nil || len(vectors.Cases) < 39 {
		t.Fatalf("%d cases, %v", len(vectors.Cases), err)
	}
	for _, c := range vectors.Cases {
		var model fr.Element
		model.SetBytes(unhex(t, c.Model))
		key := Key(c.ChainID, [20]byte(unhex(t, c.Contract)), model, [32]byte(unhex(t, c.Randomness)))
		if hex.EncodeToString(key[:]) != c.Key[2:] {
			t.Errorf("%d cards: another key", c.Cards)
		}
		p := New(key, c.Cards)
		for i, token := range c.Tokens {
			if got := p.Card(token); got != c.Shown[i] {
				t.Errorf("%d cards: token %d shows %d, want %d", c.Cards, token, got, c.Shown[i])
			}
			if got := p.Token(c.Shown[i]); got != token {
				t.Errorf("%d cards: card %d is token %d's, want %d", c.Cards, c.Shown[i], got, token)
			}
		}
	}
}

func TestPermutation_IsABijection(t *testing.T) {
	checkBijection(t, 257)
	for _, n := range []uint64{997, 1024, 1025, 1030, 10_000} {
		checkBijectionOf(t, n)
	}
}

func checkBijection(t *testing.T, most uint64) {
	t.Helper()
	for n := uint64(1); n <= most; n++ {
		checkBijectionOf(t, n)
	}
}

func checkBijectionOf(t *testing.T, n uint64) {
	t.Helper()
	p, seen := New(keyOf(n), n), make([]bool, n)
	for i := range n {
		card := p.Card(i)
		if card >= n || seen[card] {
			t.Fatalf("%d cards: token %d shows %d, which is beyond the deck or shown twice", n, i, card)
		}
		if seen[card] = true; p.Token(card) != i {
			t.Fatalf("%d cards: card %d is not token %d's", n, card, i)
		}
	}
}

// walks returns the longest walk until a number is in the domain.
func walks(keys int) (longest int) {
	for k := range keys {
		p := New(keyOf(uint64(k)), 997) // 32·32 − 997 numbers lead out: more than for most
		i, steps := uint64(k)%997, 1
		for i = p.forward(i); i >= 997; steps++ {
			i = p.forward(i)
		}
		longest = max(longest, steps)
	}
	return longest
}

func TestPermutation_WalksAreShort(t *testing.T) {
	if n := walks(100_000); n > 6 {
		t.Errorf("a walk of %d steps", n)
	}
}

// The author puts 50 rares of 1,000 in one run; a buyer has 100 consecutive tokens. A uniform
// permutation has a standard deviation of 2.03 and no rare in 0.4 % of the lots.
func TestPermutation_SpreadsWhatStandsTogether(t *testing.T) {
	const decks, lot = 2000, 100
	var sum, squares float64
	none := 0
	for k := range uint64(decks) {
		p, rares := New(keyOf(1000+k), 1000), 0
		for i := range uint64(lot) {
			if card := p.Card(450 + i); card >= 300 && card < 350 {
				rares++
			}
		}
		sum, squares = sum+float64(rares), squares+float64(rares*rares)
		if rares == 0 {
			none++
		}
	}
	mean := sum / decks
	deviation := math.Sqrt(squares/decks - mean*mean)
	if math.Abs(mean-5) > 0.25 || math.Abs(deviation-2.03) > 0.15 || none < 2 || none > 24 {
		t.Errorf("mean %.2f, deviation %.2f, %d lots of %d without a rare; want 5, 2.03 and about 8", mean, deviation, none, decks)
	}
}

func TestPermutation_RefusesWhatIsBeyondTheDeck(t *testing.T) {
	for name, f := range map[string]func(){
		"no cards":     func() { New([32]byte{}, 0) },
		"too many":     func() { New([32]byte{}, MaxCards+1) },
		"a token":      func() { New([32]byte{}, 5).Card(5) },
		"another card": func() { New([32]byte{}, 5).Token(7) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		}()
	}
}
