package attribute

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/poseidon"
)

// MaxText is the most bytes a text attribute has.
const MaxText = 1 << 16

// chunkBytes is the most whole bytes that fit a field element.
const chunkBytes = 31

// minChunks is the fewest chunks that are hashed.
const minChunks = 2

// OfText returns the slot of a text: valid UTF-8 of at most MaxText bytes. Texts are equal
// when their bytes are: é in one character and é in two are not.
func OfText(s string) (Slot, error) {
	if len(s) > MaxText {
		return Slot{}, fmt.Errorf("text has %d bytes, at most %d fit", len(s), MaxText)
	}
	if !utf8.ValidString(s) {
		return Slot{}, errors.New("text is not valid UTF-8")
	}
	return Slot{Value: TextHash(s), Present: true}, nil
}

// TextHash returns the value of a text: the hash of its length in bytes and of its bytes as
// one big-endian integer, in chunks of 31 bytes counted from the end, the last bytes first. At
// least two chunks: so all texts of up to 62 bytes have one form. The length tells apart texts
// that differ in leading zero bytes.
func TextHash(s string) fr.Element {
	in := []fr.Element{fr.NewElement(uint64(len(s)))}
	for rest := []byte(s); len(rest) > 0 || len(in) < 1+minChunks; {
		from := max(0, len(rest)-chunkBytes)
		var chunk fr.Element
		chunk.SetBytes(rest[from:])
		in, rest = append(in, chunk), rest[:from]
	}
	return poseidon.Hash(poseidon.Text, in...)
}
