package art

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/bits"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/rank1"
	"github.com/genproof/genproof/circuits/sha256"
	"github.com/genproof/genproof/circuits/statement"
)

// An ArtVar is an [Art] inside a circuit. All of it is secret.
type ArtVar struct {
	MidstateHigh, MidstateLow frontend.Variable
	Order                     []frontend.Variable // the trait painted at each place, the lowest first
}

// Placeholder sizes an [ArtVar].
func Placeholder(size statement.Size) ArtVar {
	return ArtVar{Order: make([]frontend.Variable, size.Layers)}
}

// ValueOf returns the assignment of a.
func ValueOf(a *Art, size statement.Size) (v ArtVar, err error) {
	high, low, err := a.midstate(size)
	if err != nil {
		return v, err
	}
	order, err := a.order(size)
	if err != nil {
		return v, err
	}
	v.MidstateHigh, v.MidstateLow = high, low
	for _, trait := range order {
		v.Order = append(v.Order, trait)
	}
	return v, nil
}

// CommitmentVar returns the commitment to a; native mirror: [Art.Commitment].
func (a ArtVar) CommitmentVar(api frontend.API) frontend.Variable {
	return poseidon.HashVar(api, poseidon.Sprites, append([]frontend.Variable{a.MidstateHigh, a.MidstateLow}, a.Order...)...)
}

// ImageVar returns the slot of the image's digest, which is always present; native mirror:
// [Art.File]. The traits and payloads must be those of [model.DrawVar]: slots of which the
// commitment fixes each element.
//
//	(1 − present_i)·e_ij = 0          an absent trait paints nothing
//	pixels = the payloads, composed in the order         see [picture.ComposeVar]
//	image  = Hash(digest, the SHA-256 of the pixels' file)     see [picture.DigestVar]
//
// Whatever a commitment hides, one image at most has a proof: the order is a permutation of bits
// that are unique, an element has one split into pixels or none, and the midstate's bits are those
// of two numbers below 2^128.
func (a ArtVar) ImageVar(api frontend.API, size statement.Size, d model.DrawnVar) (image attribute.SlotVar, err error) {
	sprites := make([]picture.SpriteVar, len(d.Payloads))
	for i, payload := range d.Payloads {
		sprites[i] = payload
		for _, e := range payload {
			rank1.AssertProduct(api, e, api.Sub(1, d.Traits[i].Present), 0)
		}
	}
	pixels, err := picture.ComposeVar(api, size.Frame, a.Order, sprites)
	if err != nil {
		return image, err
	}
	high, low, err := picture.DigestVar(api, size.Frame, a.startVar(api), pixels)
	if err != nil {
		return image, err
	}
	return attribute.SlotVar{Value: attribute.DigestVar(api, high, low), Present: 1}, nil
}

// startVar returns SHA-256's state behind the prefix. Each bit is a wire of its own, as SHA-256, which
// reads it in many rows, wants it. 258 constraints.
func (a ArtVar) startVar(api frontend.API) sha256.StateVar {
	var words [8]sha256.WordVar
	for i, half := range []frontend.Variable{a.MidstateHigh, a.MidstateLow} {
		b := bits.ToBinary(api, half, bits.WithNbDigits(128))
		for w := range 4 {
			copy(words[4*i+w][:], b[32*(3-w):])
		}
	}
	return sha256.NewState(api, words)
}
