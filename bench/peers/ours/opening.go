package ours

import (
	"bytes"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/poseidon"

	"github.com/genproof/genproof/bench/peers/groth"
	"github.com/genproof/genproof/bench/peers/sample"
)

// openingCircuit: an authority has signed a leaf of the tree, whose numbers are all below
// the bound.
type openingCircuit struct {
	Root, Bound frontend.Variable  `gnark:",public"`
	Authority   eddsa.PublicKeyVar `gnark:",public"`
	Values      [sample.Values]frontend.Variable
	Siblings    [sample.Depth]frontend.Variable
	Right       [sample.Depth]frontend.Variable // booleans: the path comes from the right
	Signature   eddsa.SignatureVar
}

// Opening is a Poseidon2 tree opening, comparisons and a receipt.
func Opening() (*groth.Case, error) {
	filled := &openingCircuit{Bound: uint64(sample.Bound)}
	var values []fr.Element
	for i, v := range sample.Numbers() {
		filled.Values[i] = v
		values = append(values, fr.NewElement(v))
	}
	leaf := poseidon.Hash(poseidon.Receipt, values...)
	node := leaf
	for i, s := range sample.Siblings() {
		right := sample.Index >> i & 1
		filled.Siblings[i], filled.Right[i] = s, right
		pair := []fr.Element{node, fr.NewElement(s)}
		node = poseidon.Hash(poseidon.Root, pair[right], pair[1-right])
	}
	filled.Root = node
	key, signature, err := sign(leaf)
	if err != nil {
		return nil, err
	}
	filled.Authority, filled.Signature = key, signature
	return &groth.Case{Circuit: &openingCircuit{}, Assignment: filled, Own: true}, nil
}

// sign signs with a key that everybody can make.
func sign(message fr.Element) (eddsa.PublicKeyVar, eddsa.SignatureVar, error) {
	key, err := eddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, 64)))
	if err != nil {
		return eddsa.PublicKeyVar{}, eddsa.SignatureVar{}, fmt.Errorf("making a key: %w", err)
	}
	signature, err := claim.Sign(key, message)
	if err != nil {
		return eddsa.PublicKeyVar{}, eddsa.SignatureVar{}, err
	}
	return eddsa.ValueOfPublicKey(key.Public()), eddsa.ValueOfSignature(signature), nil
}

// Define is: values below the bound, signed, and under the root.
func (c *openingCircuit) Define(api frontend.API) error {
	for _, v := range c.Values {
		bits.Decompose(api, v, 64)
		bits.Decompose(api, api.Sub(c.Bound, v, 1), 64)
	}
	leaf := poseidon.HashVar(api, poseidon.Receipt, c.Values[:]...)
	node := leaf
	for i, sibling := range c.Siblings {
		api.AssertIsBoolean(c.Right[i])
		swap := api.Mul(c.Right[i], api.Sub(sibling, node))
		node = poseidon.HashVar(api, poseidon.Root, api.Add(node, swap), api.Sub(sibling, swap))
	}
	api.AssertIsEqual(c.Root, node)
	return claim.AssertSigned(api, c.Authority, leaf, c.Signature)
}

// receiptCircuit: the key has signed the message.
type receiptCircuit struct {
	Authority eddsa.PublicKeyVar `gnark:",public"`
	Message   frontend.Variable  `gnark:",public"`
	Signature eddsa.SignatureVar
}

// Receipt is one signature alone.
func Receipt() (*groth.Case, error) {
	var message fr.Element
	message.SetBigInt(new(big.Int).Lsh(big.NewInt(3), 200))
	key, signature, err := sign(message)
	if err != nil {
		return nil, err
	}
	return &groth.Case{Circuit: &receiptCircuit{}, Assignment: &receiptCircuit{key, message, signature}, Own: true}, nil
}

// Define checks the signature.
func (c *receiptCircuit) Define(api frontend.API) error {
	return claim.AssertSigned(api, c.Authority, c.Message, c.Signature)
}
