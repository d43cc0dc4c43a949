package deckcall

import (
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
)

// An Address is an account's or a contract's.
type Address [20]byte

func (a Address) String() string { return fmt.Sprintf("%#x", a[:]) }

// A word is 32 bytes of the ABI.
type word [32]byte

// wordOf is a number.
func wordOf(n uint64) (w word) {
	binary.BigEndian.PutUint64(w[24:], n)
	return w
}

// call is the data of a call of a function, by its signature, with words for arguments.
func call(signature string, args ...word) []byte {
	k := sha3.NewLegacyKeccak256()
	k.Write([]byte(signature))
	data := k.Sum(nil)[:4]
	for _, a := range args {
		data = append(data, a[:]...)
	}
	return data
}

var errForm = errors.New("the answer has another form than the contract's function gives")

// words splits an answer, which has at least n words.
func words(out []byte, n int) ([]word, error) {
	if len(out) < 32*n {
		return nil, errForm
	}
	list := make([]word, 0, len(out)/32)
	for ; len(out) >= 32; out = out[32:] {
		list = append(list, word(out[:32]))
	}
	return list, nil
}

// uint returns a number of at most this many bits, 64 or less.
func (w word) uint(nbBits int) (uint64, error) {
	n := binary.BigEndian.Uint64(w[24:])
	if [24]byte(w[:24]) != [24]byte{} || nbBits < 64 && n>>nbBits != 0 {
		return 0, errForm
	}
	return n, nil
}

func (w word) address() (a Address, err error) {
	if [12]byte(w[:12]) != [12]byte{} {
		return a, errForm
	}
	return Address(w[12:]), nil
}

func (w word) bool() (bool, error) {
	n, err := w.uint(1)
	return n == 1, err
}

// is reports whether a word is an element of the field.
func (w word) is(e fr.Element) bool { return w == e.Bytes() }

// maxText bounds a text, in bytes.
const maxText = 1 << 16

// text reads the only result of a function, a string.
func text(out []byte) (string, error) {
	list, err := words(out, 2)
	if err != nil || list[0] != wordOf(32) {
		return "", errForm
	}
	n, err := list[1].uint(64)
	if err != nil || n > maxText || uint64(len(out)-64) < n {
		return "", errForm
	}
	return string(out[64 : 64+n]), nil
}
