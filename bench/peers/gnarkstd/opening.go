package gnarkstd

import (
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	nativehash "github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/hash/poseidon2"
	"github.com/consensys/gnark/std/math/bits"
	"github.com/consensys/gnark/std/math/cmp"
	permutation "github.com/consensys/gnark/std/permutation/poseidon2"
	"github.com/consensys/gnark/std/signature/eddsa"

	"github.com/genproof/genproof/bench/peers/groth"
	"github.com/genproof/genproof/bench/peers/sample"
)

// openingCircuit: an authority has signed a leaf of the tree, whose numbers are all below
// the bound.
type openingCircuit struct {
	Root, Bound frontend.Variable `gnark:",public"`
	Authority   eddsa.PublicKey   `gnark:",public"`
	Values      [sample.Values]frontend.Variable
	Siblings    [sample.Depth]frontend.Variable
	Right       [sample.Depth]frontend.Variable // booleans: the path comes from the right
	Signature   eddsa.Signature
}

// Opening is a Poseidon2 tree opening, comparisons and a receipt.
func Opening() (*groth.Case, error) {
	filled := &openingCircuit{Bound: uint64(sample.Bound)}
	h := nativehash.NewMerkleDamgardHasher()
	for i, v := range sample.Numbers() {
		filled.Values[i] = v
		e := fr.NewElement(v)
		b := e.Bytes()
		h.Write(b[:])
	}
	leaf := h.Sum(nil)
	node := leaf
	for i, s := range sample.Siblings() {
		right := sample.Index >> i & 1
		filled.Siblings[i], filled.Right[i] = s, right
		e := fr.NewElement(s)
		b := e.Bytes()
		pair := [][]byte{node, b[:]}
		var err error
		if node, err = nativehash.NewDefaultPermutation().Compress(pair[right], pair[1-right]); err != nil {
			return nil, err
		}
	}
	filled.Root = node
	var message fr.Element
	message.SetBytes(leaf)
	if err := sign(message, &filled.Authority, &filled.Signature); err != nil {
		return nil, err
	}
	return &groth.Case{Circuit: &openingCircuit{}, Assignment: filled}, nil
}

// Define is: values below the bound, signed, and under the root.
func (c *openingCircuit) Define(api frontend.API) error {
	below := cmp.NewBoundedComparator(api, new(big.Int).SetUint64(1<<64-1), false)
	for _, v := range c.Values {
		bits.ToBinary(api, v, bits.WithNbDigits(64))
		below.AssertIsLess(v, c.Bound)
	}
	h, err := poseidon2.New(api)
	if err != nil {
		return err
	}
	h.Write(c.Values[:]...)
	leaf := h.Sum()
	pair, err := permutation.NewPoseidon2(api)
	if err != nil {
		return err
	}
	node := leaf
	for i, sibling := range c.Siblings {
		api.AssertIsBoolean(c.Right[i])
		swap := api.Mul(c.Right[i], api.Sub(sibling, node))
		node = pair.Compress(api.Add(node, swap), api.Sub(sibling, swap))
	}
	api.AssertIsEqual(c.Root, node)
	return assertSigned(api, c.Authority, leaf, c.Signature)
}
