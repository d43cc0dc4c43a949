// Package art is how a token's picture comes from the rows drawn for it, as the one file that package
// picture makes of its pixels. Either the rows commit to sprites, which are laid one on the other in
// an order that the drop fixes:
//
//	picture = Hash(sprites, midstate high, midstate low, order_0..L-1)
//	pixels  = the payloads of the rows, composed in the order
//	image   = the digest of the file whose prefix has the midstate
//
// Or a network makes the pixels, of the payloads of the rows and of numbers drawn for the token:
//
//	picture          = Hash(network, midstate high, midstate low, elements of the weights)
//	pixels ‖ scores  = outputs of the network over the payloads and latents
//
// The commitment is part of the model's, so colours and order are fixed before the beacon. The
// midstate is SHA-256's behind the file's prefix, which holds the palette; see [picture.Frame].
package art

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// An Art is what a drop fixes of its pictures.
type Art struct {
	Palette picture.Palette // as many colours as the frame has; the first is what no sprite covers
	Order   picture.Order   // of the traits, the lowest first; those of the size that it leaves out come last
	Net     *network.Net    // in place of an order, where a network makes the picture
}

// A Token is what a picture depends on, beside its model and art.
type Token struct {
	Payloads     [][]fr.Element // of the rows drawn, by trait; nil for zeros
	Seed, Beacon fr.Element
	ID           uint64
}

// A Picture is a token's.
type Picture struct {
	File   []byte   // PNG
	Scores []uint64 // of the network, each below 256
}

// Commitment returns what the model's commitment holds of a.
func (a *Art) Commitment(size statement.Size) (fr.Element, error) {
	high, low, err := a.midstate(size)
	if err != nil {
		return fr.Element{}, err
	}
	in := []fr.Element{high, low}
	if size.HasNetwork() {
		if err := a.checkNet(size); err != nil {
			return fr.Element{}, err
		}
		return poseidon.Hash(poseidon.Network, append(in, a.Net.Elements()...)...), nil
	}
	order, err := a.order(size)
	if err != nil {
		return fr.Element{}, err
	}
	for _, trait := range order {
		in = append(in, fr.NewElement(uint64(trait)))
	}
	return poseidon.Hash(poseidon.Sprites, in...), nil
}

func (a *Art) checkNet(size statement.Size) error {
	if a.Net == nil {
		return fmt.Errorf("painting: size %s has a network, and there is none", size.Name)
	}
	return a.Net.Validate(size.Network)
}

// midstate returns the halves of the state behind a file's prefix.
func (a *Art) midstate(size statement.Size) (high, low fr.Element, err error) {
	state, err := size.Frame.Midstate(a.Palette)
	if err != nil {
		return high, low, err
	}
	high, low = statement.Limbs(state.Bytes())
	return high, low, nil
}

// order returns the order over all traits that the size has room for.
func (a *Art) order(size statement.Size) (picture.Order, error) {
	if err := a.Order.Validate(len(a.Order)); err != nil {
		return nil, err
	}
	order := append(picture.Order{}, a.Order...)
	for trait := len(order); trait < size.Layers; trait++ {
		order = append(order, trait)
	}
	return order, order.Validate(size.Layers)
}

// Paint returns the picture of a token.
func (a *Art) Paint(size statement.Size, t Token) (p Picture, err error) {
	if len(t.Payloads) != size.Layers {
		return p, fmt.Errorf("painting: %d rows, size %s has %d", len(t.Payloads), size.Name, size.Layers)
	}
	var pixels []byte
	if size.HasNetwork() {
		pixels, p.Scores, err = a.run(size, t)
	} else {
		pixels, err = a.compose(size, t.Payloads)
	}
	if err != nil {
		return p, fmt.Errorf("painting: %w", err)
	}
	p.File, err = picture.Encode(size.Frame, a.Palette, pixels)
	return p, err
}

// compose lays the sprites one on the other.
func (a *Art) compose(size statement.Size, payloads [][]fr.Element) ([]byte, error) {
	order, err := a.order(size)
	if err != nil {
		return nil, err
	}
	sprites := make([]picture.Sprite, len(payloads))
	for i, p := range payloads {
		if sprites[i], err = size.Frame.Sprite(p); err != nil {
			return nil, fmt.Errorf("trait %d: %w", i, err)
		}
	}
	return picture.Compose(size.Frame, order, sprites)
}

// run returns the network's pixels and scores.
func (a *Art) run(size statement.Size, t Token) (pixels []byte, scores []uint64, err error) {
	if err := a.checkNet(size); err != nil {
		return nil, nil, err
	}
	s := size.Network
	outputs, err := a.Net.Run(s, t.Payloads, s.LatentsOf(t.Seed, t.Beacon, t.ID))
	if err != nil {
		return nil, nil, err
	}
	for _, z := range outputs[:s.Pixels] {
		pixels = append(pixels, byte(z))
	}
	for i := range s.Scores {
		scores = append(scores, uint64(outputs[s.Pixels+2*i])+uint64(outputs[s.Pixels+2*i+1])<<4)
	}
	return pixels, scores, nil
}
