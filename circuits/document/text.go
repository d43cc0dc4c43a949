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
// the opening quote is, s_j = Σ_{k≥j} q_k (from the quote on) and B_j the block's byte:
//
//	q_j booleans,  Σ q_j = visible           one quote, or none
//	patch_j = s_j·(B_j − space)              the block holds what the text says
//	q_j·(B_j − '"') = 0                      and a quote before it
//	between the quotes no quote, escape or control character
//	visible·(TextHash(length, text) − value) = 0
//
// where length = Σ j·q_j and text = Σ (B_j between the quotes)·256^j are linear forms. A
// text that runs into the template's own bytes has no proof: there the body's equation
// would need space = template byte.
func assertText(api frontend.API, visible frontend.Variable, t TextVar, block []byteVar, value frontend.Variable) error {
	var quotes, length, text frontend.Variable = 0, 0, 0
	weight := big.NewInt(1)
	var from [textRoom + 1]frontend.Variable // s_j
	from[textRoom] = 0
	for j := textRoom - 1; j >= 0; j-- {
		from[j] = api.Add(from[j+1], t.Quote[j])
	}
	for j := range textRoom {
		b := block[textEnd-1-j]
		excess := api.Sub(b.value(api), spaceByte)
		api.AssertIsBoolean(t.Quote[j])
		rank1.AssertProduct(api, excess, from[j], t.Patch[j])
		rank1.AssertProduct(api, api.Sub(b.value(api), quoteByte), t.Quote[j], 0)
		quotes = api.Add(quotes, t.Quote[j])
		length = api.Add(length, api.Mul(j, t.Quote[j]))
		if j < maxText {
			if err := assertPlain(api, from[j+1], b); err != nil {
				return err
			}
			inside := api.Add(t.Patch[j], api.Mul(spaceByte, from[j]), api.Mul(-quoteByte, t.Quote[j]))
			text = api.Add(text, api.Mul(inside, new(big.Int).Set(weight)))
		}
		weight.Lsh(weight, 8)
	}
	api.AssertIsEqual(quotes, visible)
	hash := attribute.TextVar(api, length, text)
	rank1.AssertProduct(api, api.Sub(hash, value), visible, 0)
	return nil
}

// assertPlain constrains b, if inside is 1, to be no quote, no backslash and no control
// character.
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
