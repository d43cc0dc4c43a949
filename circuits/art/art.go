// Package art is how a token's picture comes from the rows drawn for it: the sprites that the rows
// commit to, one on the other in an order that the drop fixes, as the one file that package picture
// makes of the pixels.
//
//	picture = Hash(sprites, midstate high, midstate low, order_0..L-1)
//	pixels  = the payloads of the rows, composed in the order
//	image   = the digest of the file whose prefix has the midstate
//
// The commitment is part of the model's, so colours and order are fixed before the beacon. The
// midstate is SHA-256's behind the file's prefix, which holds the palette; see [picture.Frame].
package art

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// An Art is what a drop fixes of its pictures.
type Art struct {
	Palette picture.Palette // as many colours as the frame has; the first is what no sprite covers
	Order   picture.Order   // of the traits, the lowest first; those of the size that it leaves out come last
}

// Commitment returns what the model's commitment holds of a.
func (a *Art) Commitment(size statement.Size) (fr.Element, error) {
	high, low, err := a.midstate(size)
	if err != nil {
		return fr.Element{}, err
	}
	order, err := a.order(size)
	if err != nil {
		return fr.Element{}, err
	}
	in := []fr.Element{high, low}
	for _, trait := range order {
		in = append(in, fr.NewElement(uint64(trait)))
	}
	return poseidon.Hash(poseidon.Sprites, in...), nil
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

// File returns the file of a token, given the payloads of its rows by trait.
func (a *Art) File(size statement.Size, payloads [][]fr.Element) ([]byte, error) {
	order, err := a.order(size)
	if err != nil {
		return nil, err
	}
	if len(payloads) != size.Layers {
		return nil, fmt.Errorf("painting: %d rows, size %s has %d", len(payloads), size.Name, size.Layers)
	}
	sprites := make([]picture.Sprite, len(payloads))
	for i, p := range payloads {
		if sprites[i], err = size.Frame.Sprite(p); err != nil {
			return nil, fmt.Errorf("painting: trait %d: %w", i, err)
		}
	}
	pixels, err := picture.Compose(size.Frame, order, sprites)
	if err != nil {
		return nil, fmt.Errorf("painting: %w", err)
	}
	return picture.Encode(size.Frame, a.Palette, pixels)
}
