//go:build !js

package document

import (
	"errors"
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/rank1"
)

func init() { solver.RegisterHint(inverseHint) }

// assertCharacters constrains the characters in a block to be plain, to stand where the template has
// spaces, and to be followed by no other. With inside_j = Σ_{k>j} start_k, which is 1 for
// the characters, and B_j the block's byte:
//
//	patch_j = inside_j·(B_j − space)               the block holds what the value says
//	start_j·(B_j − space − lead) = 0               and before it the quote, minus or space of its kind
//	inside, no quote, backslash or byte below space
//
// A text that runs into the template's own bytes has no proof: there the chunk's equation
// would need space = template byte.
func (v *valueVar) assertCharacters(api frontend.API, block []byteVar) error {
	for j, patch := range v.shown.Patch {
		b := block[valueEnd-1-j]
		rank1.AssertProduct(api, api.Sub(b.value(api), spaceByte), v.inside[j], patch)
		if err := assertPlain(api, v.inside[j], b); err != nil {
			return err
		}
		before := block[valueEnd-2-j]
		rank1.AssertProduct(api, api.Sub(before.value(api), spaceByte, v.lead), v.shown.Start[j], 0)
	}
	return nil
}

// character returns the character at position j, 0 where there is none, as a linear form.
func (v *valueVar) character(api frontend.API, j int) frontend.Variable {
	return api.Add(v.shown.Patch[j], api.Mul(spaceByte, v.inside[j]))
}

// length returns the number of characters.
func (v *valueVar) length(api frontend.API) frontend.Variable {
	var length frontend.Variable = 0
	for j, start := range v.shown.Start {
		length = api.Add(length, api.Mul(j+1, start))
	}
	return length
}

// assertHashed constrains a text or digest that is shown to be that of the slot. They share a hash: of
// a text's length and two chunks, 31 bytes each from the end, or of a digest's halves.
//
//	(text + digest)·(Hash(…) − value) = 0
//
// 265 constraints.
func (v *valueVar) assertHashed(api frontend.API) {
	chunks := [2]frontend.Variable{0, 0}
	for j := range v.shown.Patch {
		weight := power256(j % chunkBytes)
		chunks[j/chunkBytes] = api.Add(chunks[j/chunkBytes], api.Mul(v.character(api, j), weight))
	}
	first, second := api.Add(v.length(api), v.limbs[0]), api.Add(chunks[0], v.limbs[1])
	var isDigest frontend.Variable = 0
	if v.canDigest {
		isDigest = v.block.Digest
	}
	hash := attribute.HashedVar(api, isDigest, first, second, chunks[1])
	rank1.AssertProduct(api, api.Sub(hash, v.value), api.Add(v.text, v.digest), 0)
}

// assertPlain constrains b, if inside is 1, to be no quote, no backslash and not below
// space.
//
//	product = (b − '"')·(b − '\')·(b_5 + b_6 + b_7)     0 exactly for those
//	product·inverse = inside
//
// Not inside, inverse may be 0. 3 constraints.
func assertPlain(api frontend.API, inside frontend.Variable, b byteVar) error {
	v := b.value(api)
	product := api.Mul(api.Sub(v, quoteByte), api.Sub(v, escapeByte))
	product = api.Mul(product, api.Add(b[5], b[6], b[7]))
	inverse, err := api.Compiler().NewHint(inverseHint, 1, product, inside)
	if err != nil {
		return err
	}
	rank1.AssertProduct(api, product, inverse[0], inside)
	return nil
}

// inverseHint returns in[1]/in[0], 0 where there is none.
func inverseHint(field *big.Int, in, out []*big.Int) error {
	if len(in) != 2 || len(out) != 1 {
		return errors.New("document: the inverse hint takes two inputs and gives one output")
	}
	out[0].SetInt64(0)
	if in[1].Sign() != 0 && in[0].Sign() != 0 {
		out[0].ModInverse(in[0], field)
		out[0].Mul(out[0], in[1]).Mod(out[0], field)
	}
	return nil
}
