//go:build !js

package picture

import (
	"fmt"
	"math/big"
	mathbits "math/bits"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/selector"
)

// A SpriteVar is the elements of a sprite, [Frame.SpriteElements] of them.
type SpriteVar []frontend.Variable

// ComposeVar returns the pixels that sprites, one a layer, give in an order: order[i] is the
// layer painted at place i, the lowest first; native mirror: [Compose]. At least two layers.
//
//	each layer stands in the order once, see [paintedVar]
//	painted_i = sprites[order_i]
//	pixel = s + [s = 0]·below                    layer by layer, upwards
//
// So the picture is composed of these sprites, each of them painted, and of nothing else.
//
// With 8 layers at 24 pixels a side and 4 bits: 34,009 constraints.
func ComposeVar(api frontend.API, f Frame, order []frontend.Variable, sprites []SpriteVar) ([]PixelVar, error) {
	if len(order) != len(sprites) || len(sprites) < 2 {
		return nil, fmt.Errorf("%w: %d layers in the order of %d sprites", ErrOrder, len(order), len(sprites))
	}
	var pixels []frontend.Variable
	for i, s := range paintedVar(api, order, sprites) {
		if len(s) != f.SpriteElements() {
			return nil, fmt.Errorf("%w: %d elements, want %d", ErrSprite, len(s), f.SpriteElements())
		}
		layer := f.pixelsVar(api, s)
		if i == 0 {
			pixels = numbers(api, layer)
			continue
		}
		for j, p := range layer {
			pixels[j] = api.Add(bits.Number(api, p), api.Mul(bits.AllZero(api, p), pixels[j]))
		}
	}
	return SplitVar(api, f, pixels), nil
}

// SplitVar returns the pixels of palette indices: one that is none has no proof.
//
// As many constraints a pixel as its depth, and one; two of a depth of 1.
func SplitVar(api frontend.API, f Frame, indices []frontend.Variable) []PixelVar {
	out := make([]PixelVar, len(indices))
	for i, p := range indices {
		out[i] = wires(api, p, f.Depth)
	}
	return out
}

// paintedVar returns the sprites in the order, and constrains the order to be one.
//
//	order_i < 2^n
//	Σ_i 2^(w·order_i) = Σ_j 2^(w·j)              j over the layers, 2^w above their number
//
// The left side counts each layer in w bits of its own, and no count can reach 2^w: so every
// layer occurs once. 2^(w·o) is a product over the bits of o.
func paintedVar(api frontend.API, order []frontend.Variable, sprites []SpriteVar) []SpriteVar {
	n, w := indexBits(len(order)), indexBits(len(order)+1)
	painted := make([]SpriteVar, len(order))
	var have, want frontend.Variable = 0, 0
	for i, o := range order {
		index := bits.Decompose(api, o, n)
		have = api.Add(have, powerVar(api, index, w))
		want = api.Add(want, power(w*i))
		painted[i] = chooseSprite(api, sprites, index)
	}
	api.AssertIsEqual(have, want)
	return painted
}

// indexBits returns how many bits the numbers 0 to n-1 need, at least one.
func indexBits(n int) int { return max(1, mathbits.Len(uint(n-1))) }

// power returns 2^e.
func power(e int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(e)) }

// powerVar returns 2^(w·o) of an o given as n bits. n - 1 constraints.
//
//	Π (1 + b_k·(2^(w·2^k) − 1))
func powerVar(api frontend.API, o []frontend.Variable, w int) frontend.Variable {
	var product frontend.Variable = 1
	for k, bit := range o {
		step := new(big.Int).Sub(power(w<<k), big.NewInt(1))
		product = api.Mul(product, api.Add(1, api.Mul(bit, step)))
	}
	return product
}

// chooseSprite returns the sprite of an index, zeros where there is none: [paintedVar] refuses
// such an index.
func chooseSprite(api frontend.API, sprites []SpriteVar, index []frontend.Variable) SpriteVar {
	out := make(SpriteVar, len(sprites[0]))
	for e := range out {
		from := make([]frontend.Variable, 1<<len(index))
		for layer := range from {
			from[layer] = 0
			if layer < len(sprites) {
				from[layer] = sprites[layer][e]
			}
		}
		out[e] = selector.Choose(api, from, index)
	}
	return out
}

// pixelsVar returns the pixels of a sprite; native mirror: the inverse of [Frame.Elements].
// An element with a bit beyond its pixels has none.
//
// As many constraints as the sprite has bits.
func (f Frame) pixelsVar(api frontend.API, s SpriteVar) []PixelVar {
	var out []PixelVar
	for i, e := range s {
		b := bits.Decompose(api, e, f.Depth*f.elementPixels(i))
		for at := 0; at < len(b); at += f.Depth {
			out = append(out, b[at:at+f.Depth])
		}
	}
	return out
}

func numbers(api frontend.API, pixels []PixelVar) []frontend.Variable {
	out := make([]frontend.Variable, len(pixels))
	for i, p := range pixels {
		out[i] = bits.Number(api, p)
	}
	return out
}
