package art

import (
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/math/bits"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/network"
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
	Net                       network.NetVar      // of no elements where sprites make the picture
}

// A TokenVar is what a picture depends on, beside its art: a [Token]. The traits and payloads are
// those of [model.DrawVar]: slots of which the model's commitment fixes each element.
type TokenVar struct {
	Drawn            model.DrawnVar
	Seed, Beacon, ID frontend.Variable
}

// Placeholder sizes an [ArtVar].
func Placeholder(size statement.Size) ArtVar {
	if size.HasNetwork() {
		return ArtVar{Net: network.Placeholder(size.Network)}
	}
	return ArtVar{Order: make([]frontend.Variable, size.Layers)}
}

// ValueOf returns the assignment of a.
func ValueOf(a *Art, size statement.Size) (v ArtVar, err error) {
	high, low, err := a.midstate(size)
	if err != nil {
		return v, err
	}
	v.MidstateHigh, v.MidstateLow = high, low
	if size.HasNetwork() {
		if err := a.checkNet(size); err != nil {
			return v, err
		}
		v.Net = network.ValueOf(a.Net)
		return v, nil
	}
	order, err := a.order(size)
	if err != nil {
		return v, err
	}
	for _, trait := range order {
		v.Order = append(v.Order, trait)
	}
	return v, nil
}

// CommitmentVar returns the commitment to a; native mirror: [Art.Commitment].
func (a ArtVar) CommitmentVar(api frontend.API, size statement.Size) frontend.Variable {
	in := []frontend.Variable{a.MidstateHigh, a.MidstateLow}
	if size.HasNetwork() {
		return poseidon.HashVar(api, poseidon.Network, append(in, a.Net.Elements()...)...)
	}
	return poseidon.HashVar(api, poseidon.Sprites, append(in, a.Order...)...)
}

// SlotsVar returns the slot of the image's digest, and those of a network's scores; all are always
// present; native mirror: [Art.Paint].
//
//	pixels ‖ scores = see composeVar and runVar
//	image           = Hash(digest, the SHA-256 of the pixels' file)     see [picture.DigestVar]
//
// Whatever a commitment hides, one list of slots at most has a proof: pixels and scores are unique,
// and the midstate's bits are those of two numbers below 2^128.
func (a ArtVar) SlotsVar(api frontend.API, size statement.Size, t TokenVar) (slots []attribute.SlotVar, err error) {
	var pixels []picture.PixelVar
	var scores []frontend.Variable
	if size.HasNetwork() {
		pixels, scores, err = a.runVar(api, size, t)
	} else {
		pixels, err = a.composeVar(api, size, t.Drawn)
	}
	if err != nil {
		return nil, err
	}
	high, low, err := picture.DigestVar(api, size.Frame, a.startVar(api), pixels)
	if err != nil {
		return nil, err
	}
	slots = []attribute.SlotVar{{Value: attribute.DigestVar(api, high, low), Present: 1}}
	for _, score := range scores {
		slots = append(slots, attribute.SlotVar{Value: score, Present: 1})
	}
	return slots, nil
}

// composeVar returns the pixels of sprites.
//
//	(1 − present_i)·e_ij = 0          an absent trait paints nothing
//	pixels = the payloads, composed in the order         see [picture.ComposeVar]
//
// The order is a permutation of bits that are unique, and an element has one split into pixels or
// none.
func (a ArtVar) composeVar(api frontend.API, size statement.Size, d model.DrawnVar) ([]picture.PixelVar, error) {
	sprites := make([]picture.SpriteVar, len(d.Payloads))
	for i, payload := range d.Payloads {
		sprites[i] = payload
		for _, e := range payload {
			rank1.AssertProduct(api, e, api.Sub(1, d.Traits[i].Present), 0)
		}
	}
	return picture.ComposeVar(api, size.Frame, a.Order, sprites)
}

// runVar returns the pixels and scores of a network.
//
//	pixel_i = output_i
//	score_i = output_P+2i + 16·output_P+2i+1
//
// An absent trait adds its row's payload as others do: the network may make something of it.
func (a ArtVar) runVar(api frontend.API, size statement.Size, t TokenVar) (pixels []picture.PixelVar, scores []frontend.Variable, err error) {
	s := size.Network
	outputs, err := a.Net.RunVar(api, s, t.Drawn.Payloads, s.LatentsVar(api, t.Seed, t.Beacon, t.ID))
	if err != nil {
		return nil, nil, err
	}
	for i := range s.Scores {
		scores = append(scores, api.Add(outputs[s.Pixels+2*i], api.Mul(outputs[s.Pixels+2*i+1], 16)))
	}
	return picture.SplitVar(api, size.Frame, outputs[:s.Pixels]), scores, nil
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
