package verifiercode

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/verifier/groth16"
)

// A call is one way to ask a verifier about a proof of n public inputs.
type call struct {
	name, form  string
	n           int
	commitments int // of gnark's extension, whose contracts have one or none
	layout      func(c *call, inputs []byte) []byte
}

// Markers are words below both moduli that stand for a proof's coordinates and public inputs,
// and for what precompiles answer: whoever finds one knows what it is.
const (
	markProof = iota + 1
	markInput
	markAnswer
)

func marker(kind, i int) (w [32]byte) {
	copy(w[:], "\x01genproof/lint")
	w[15] = byte(kind)
	binary.BigEndian.PutUint64(w[24:], uint64(i)+1)
	return w
}

// proof is A, B, C and, for gnark's extension, the commitment and its proof of knowledge.
func proof(commitments int) (b []byte) {
	for i := range 8 + 4*commitments {
		w := marker(markProof, i)
		b = append(b, w[:]...)
	}
	return b
}

// data is the call's data for public inputs of 256 bits.
func (c *call) data(inputs []*big.Int) []byte {
	words := make([]byte, 32*len(inputs))
	for i, x := range inputs {
		x.FillBytes(words[32*i : 32*i+32])
	}
	return append(crypto.Keccak256([]byte(c.name))[:4], c.layout(c, words)...)
}

// flat is the proof before the inputs, all of fixed length.
func flat(c *call, inputs []byte) []byte { return append(proof(0), inputs...) }

// tail is the place of the proof, the inputs, the proof's length, the proof.
func tail(c *call, inputs []byte) []byte {
	p := proof(c.commitments)
	b := append(word(len(inputs)+32), inputs...)
	return append(append(b, word(len(p))...), p...)
}

func word(n int) []byte { return big.NewInt(int64(n)).FillBytes(make([]byte, 32)) }

// calls are all for n public inputs.
func calls(n int) []*call {
	const form = "a verifier of %s, by what its code does"
	snarkjs, gnark := fmt.Sprintf(form, "snarkjs"), fmt.Sprintf(form, "gnark")
	return []*call{
		{fmt.Sprintf("verifyProof(uint256[2],uint256[2][2],uint256[2],uint256[%d])", n), snarkjs, n, 0, flat},
		{fmt.Sprintf("verifyProof(uint256[8],uint256[%d])", n), gnark, n, 0, flat}, // before gnark 0.15
		{fmt.Sprintf("verifyProof(bytes,uint256[%d])", n), gnark, n, 0, tail},
		{fmt.Sprintf("verifyProof(bytes,uint256[%d])", n), gnark, n, 1, tail},
	}
}

// maxSelectors bounds how many functions of a contract are called.
const maxSelectors = 4

// callsIn are the calls whose selectors stand in the code behind the push of a constant.
func callsIn(code []byte) (list []*call) {
	found := map[string]bool{}
	for n := 1; n <= groth16.MaxInputs; n++ {
		for _, c := range calls(n) {
			if !found[c.name] && (len(found) == maxSelectors || !pushes(code, crypto.Keccak256([]byte(c.name))[:4])) {
				continue
			}
			found[c.name] = true
			list = append(list, c)
		}
	}
	return list
}

// pushes reports whether the code seems to push a number: its bytes without leading zeros
// behind the instruction for so many.
func pushes(code, number []byte) bool {
	const push0 = 0x5f
	number = bytes.TrimLeft(number, "\x00")
	return bytes.Contains(code, append([]byte{push0 + byte(len(number))}, number...))
}
