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

// assertText constrains the text in a layer's block to be plain and to be the text of
// value, or constrains there to be none if the layer is not visible. With q_j = 1 where
// the opening quote is (j ≥ 1: the text is not empty), s_j = Σ_{k≥j} q_k, which is 1 from
// the quote on, and B_j the block's byte:
//
//	q_j booleans,  Σ q_j = visible           one quote, or none
//	patch_j = s_j·(B_j − space)              the block holds what the text says
//	q_j·(B_j − '"') = 0                      and a quote before it
//	between the quotes no quote, backslash or byte below space
//	visible·(TextHash(length, text) − value) = 0
//
// where length = Σ j·q_j and text = Σ (B_j between the quotes)·256^j are linear forms. A
// text that runs into the template's own bytes has no proof: there the body's equation
// would need space = template byte. (That each q_j is boolean follows from the other rows
// too, as does that visible is: one of the two could go, not both.)
func assertText(api frontend.API, visible frontend.Variable, t TextVar, block []byteVar, value frontend.Variable) error {
	var from [textRoom + 1]frontend.Variable // s_j
	from[textRoom] = 0
	for j := textRoom - 1; j >= 0; j-- {
		from[j] = api.Add(from[j+1], t.quote(j))
	}
	var length, text frontend.Variable = 0, 0
	weight := big.NewInt(1)
	for j, patch := range t.Patch {
		b := block[textEnd-1-j]
		rank1.AssertProduct(api, api.Sub(b.value(api), spaceByte), from[j], patch)
		if j > 0 {
			assertQuote(api, t.quote(j), b)
			length = api.Add(length, api.Mul(j, t.quote(j)))
		}
		if j == maxText {
			break // the last place of a quote, never of text
		}
		if err := assertPlain(api, from[j+1], b); err != nil {
			return err
		}
		inside := api.Add(patch, api.Mul(spaceByte, from[j]), api.Mul(-quoteByte, t.quote(j)))
		text = api.Add(text, api.Mul(inside, weight))
		weight = new(big.Int).Lsh(weight, 8)
	}
	api.AssertIsEqual(from[0], visible)
	hash := attribute.TextVar(api, length, text)
	rank1.AssertProduct(api, api.Sub(hash, value), visible, 0)
	return nil
}

// quote returns whether the opening quote is at position j.
func (t TextVar) quote(j int) frontend.Variable {
	if j == 0 {
		return 0
	}
	return t.Quote[j-1]
}

// assertQuote constrains is to be a boolean and b, if it is 1, to be a quote.
func assertQuote(api frontend.API, is frontend.Variable, b byteVar) {
	api.AssertIsBoolean(is)
	rank1.AssertProduct(api, api.Sub(b.value(api), quoteByte), is, 0)
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

// inverseHint returns inside/product, 0 where there is none.
func inverseHint(field *big.Int, in, out []*big.Int) error {
	if len(in) != 2 || len(out) != 1 {
		return errors.New("document: the inverse hint takes two inputs and gives one output")
	}
	out[0].SetInt64(0)
	if in[1].Sign() != 0 && in[0].Sign() != 0 {
		out[0].ModInverse(in[0], field)
	}
	return nil
}
