package sha256_test

import (
	stdsha256 "crypto/sha256"
	"encoding/binary"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/uints"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/sha256"
)

// preimage proves that somebody knows a message of three bytes with a public digest.
type preimage struct {
	Message [3]uints.U8
	Digest  [32]uints.U8 `gnark:",public"`
}

func (c *preimage) Define(api frontend.API) error {
	h, err := sha256.New(api)
	if err != nil {
		return err
	}
	h.Write(c.Message[:])
	for i, x := range h.Sum() {
		api.AssertIsEqual(x.Val, c.Digest[i].Val)
	}
	return nil
}

// A message of bytes, hashed as crypto/sha256 does. The hasher constrains the message's
// bytes; the digest's are compared.
func ExampleNew() {
	digest := stdsha256.Sum256([]byte("abc"))
	assignment := &preimage{
		Message: [3]uints.U8(uints.NewU8Array([]byte("abc"))),
		Digest:  [32]uints.U8(uints.NewU8Array(digest[:])),
	}
	fmt.Println(test.IsSolved(&preimage{}, assignment, ecc.BLS12_381.ScalarField()))
	assignment.Message[0] = uints.NewU8('A')
	fmt.Println(test.IsSolved(&preimage{}, assignment, ecc.BLS12_381.ScalarField()) == nil)
	// Output:
	// <nil>
	// false
}

// midstate proves that somebody knows how a message ends whose first blocks are public.
type midstate struct {
	Start     [8]sha256.WordVar `gnark:",public"`
	Last      [16]sha256.WordVar
	High, Low frontend.Variable `gnark:",public"` // halves of the digest, big-endian
}

func (c *midstate) Define(api frontend.API) error {
	for _, w := range append(c.Start[:], c.Last[:]...) {
		sha256.AssertWord(api, w)
	}
	state, err := sha256.CompressVar(api, sha256.NewState(api, c.Start), c.Last)
	if err != nil {
		return err
	}
	high, low, err := state.Digest(api)
	if err != nil {
		return err
	}
	api.AssertIsEqual(high, c.High)
	api.AssertIsEqual(low, c.Low)
	return nil
}

// The compression function alone, from any state: here over the last block of a message
// of 110 bytes, padding included. The caller constrains the bits.
func ExampleCompressVar() {
	message := make([]byte, 110)
	padded := sha256.Pad(message)
	start := sha256.Compress(sha256.IV, (*[64]byte)(padded))
	digest := stdsha256.Sum256(message)

	assignment := &midstate{
		Last: sha256.ValueOfBlock((*[64]byte)(padded[64:])),
		High: digest[:16],
		Low:  digest[16:],
	}
	for i, x := range start {
		assignment.Start[i] = sha256.ValueOfWord(x)
	}
	fmt.Printf("%d blocks, state %08x…\n", len(padded)/64, start[0])
	fmt.Println(test.IsSolved(&midstate{}, assignment, ecc.BN254.ScalarField()))
	assignment.Last[0] = sha256.ValueOfWord(binary.BigEndian.Uint32([]byte("lies")))
	fmt.Println(test.IsSolved(&midstate{}, assignment, ecc.BN254.ScalarField()) == nil)
	// Output:
	// 2 blocks, state da5698be…
	// <nil>
	// false
}
