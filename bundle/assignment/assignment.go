// Package assignment says which token of a permuted deck shows which card: a public permutation
// that nobody chose, drawn after the sale. FORMAT.md, section 13.
//
// It is a Feistel network of twelve rounds on the two digits of a number i = a·r + l, whose
// domain is the deck's N cards however many were sold. One shift would keep the author's
// neighbours together; this cannot be told from a random permutation.
package assignment

import (
	"encoding/binary"
	"math/big"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
)

// rounds is their number. Eight would do for 100 cards or more; twelve are near to fair for five.
const rounds = 12

// MaxCards is the most cards of a domain: products of two digits fit 64 bits.
const MaxCards = 1 << 32

// domain is what the key is derived under.
const domain = "genproof/2/assignment"

// Key returns the key of a deck's assignment, as a contract computes it, with the chain's id when
// the contract was deployed:
//
//	keccak256(abi.encode(string "genproof/2/assignment", uint256 chainID, address contract, uint256 model, bytes32 randomness))
func Key(chainID uint64, contract [20]byte, model fr.Element, randomness [32]byte) [32]byte {
	var words [7 * 32]byte
	word := func(i int) []byte { return words[32*i : 32*i+32] }
	word(0)[31] = 5 * 32 // where the string stands
	binary.BigEndian.PutUint64(word(1)[24:], chainID)
	copy(word(2)[12:], contract[:])
	m := model.Bytes()
	copy(word(3), m[:])
	copy(word(4), randomness[:])
	word(5)[31] = byte(len(domain))
	copy(word(6), domain)
	return keccak(words[:])
}

func keccak(b ...[]byte) (out [32]byte) {
	h := sha3.NewLegacyKeccak256()
	for _, part := range b {
		h.Write(part)
	}
	h.Sum(out[:0])
	return out
}

// A Permutation assigns the numbers below N to each other.
type Permutation struct {
	key     [32]byte
	n, a, b uint64
}

// New returns the permutation of n cards under a key. It panics unless n is 1 to MaxCards.
func New(key [32]byte, n uint64) *Permutation {
	if n < 1 || n > MaxCards {
		panic("assignment: a domain of no cards, or of too many")
	}
	a := rootUp(n)
	return &Permutation{key: key, n: n, a: a, b: (n + a - 1) / a}
}

// rootUp returns the least number whose square is at least n.
func rootUp(n uint64) uint64 {
	a := new(big.Int).Sqrt(new(big.Int).SetUint64(n)).Uint64()
	if a*a < n {
		a++
	}
	return a
}

// Card returns the card that token number i shows, both counted from 0. It panics unless i < N.
func (p *Permutation) Card(i uint64) uint64 {
	p.mustHave(i)
	for {
		if i = p.forward(i); i < p.n {
			return i
		}
	}
}

// Token returns the number of the token that shows a card: the inverse of Card.
func (p *Permutation) Token(card uint64) uint64 {
	p.mustHave(card)
	for {
		if card = p.backward(card); card < p.n {
			return card
		}
	}
}

func (p *Permutation) mustHave(i uint64) {
	if i >= p.n {
		panic("assignment: a number that the deck has not")
	}
}

// forward is the network once, over all of a·b numbers.
func (p *Permutation) forward(i uint64) uint64 {
	l, r := i%p.a, i/p.a
	for j := range rounds {
		if j%2 == 0 {
			l = (l + p.round(j, r, p.a)) % p.a
		} else {
			r = (r + p.round(j, l, p.b)) % p.b
		}
	}
	return p.a*r + l
}

func (p *Permutation) backward(i uint64) uint64 {
	l, r := i%p.a, i/p.a
	for j := rounds - 1; j >= 0; j-- {
		if j%2 == 0 {
			l = (l + p.a - p.round(j, r, p.a)) % p.a
		} else {
			r = (r + p.b - p.round(j, l, p.b)) % p.b
		}
	}
	return p.a*r + l
}

// round is keccak256(key ‖ j·2^128 + other) >> 32, modulo m: of a number of 224 bits.
func (p *Permutation) round(j int, other, m uint64) uint64 {
	var word [32]byte
	word[15] = byte(j)
	binary.BigEndian.PutUint64(word[24:], other)
	h := keccak(p.key[:], word[:])
	var rest uint64
	for i := 0; i < 28; i += 4 {
		_, rest = bits.Div64(rest>>32, rest<<32|uint64(binary.BigEndian.Uint32(h[i:])), m)
	}
	return rest
}
