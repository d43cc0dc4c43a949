package picture

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Sprite is a bitmap of a frame: a palette index a pixel, row by row from the top left. 0 is
// transparent: what lies below shows.
type Sprite []byte

// ErrSprite is wrapped by the errors of [Frame.Elements] and [Compose].
var ErrSprite = errors.New("sprite")

// pixelsPerElement is how many pixels a field element holds, in its lowest 248 bits.
func (f Frame) pixelsPerElement() int { return 248 / f.Depth }

// SpriteElements returns how many elements hold a sprite: 10 for 24 pixels a side of 4 bits.
func (f Frame) SpriteElements() int {
	return (f.Pixels() + f.pixelsPerElement() - 1) / f.pixelsPerElement()
}

// elementPixels returns how many pixels element i holds; the last one holds the rest.
func (f Frame) elementPixels(i int) int {
	return min(f.pixelsPerElement(), f.Pixels()-i*f.pixelsPerElement())
}

// Elements returns the sprite as [Frame.SpriteElements] elements,
//
//	e_i = Σ pixel_j·2^(depth·j)     over its pixels in order
//
// each below 2^248. A sprite has no other elements, and elements have no other sprite.
func (f Frame) Elements(s Sprite) ([]fr.Element, error) {
	if err := f.validatePixels(s); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrSprite, err)
	}
	out := make([]fr.Element, f.SpriteElements())
	for i := range out {
		var sum, pixel big.Int
		for j := range f.elementPixels(i) {
			pixel.SetUint64(uint64(s[i*f.pixelsPerElement()+j]))
			sum.Or(&sum, pixel.Lsh(&pixel, uint(f.Depth*j)))
		}
		out[i].SetBigInt(&sum)
	}
	return out, nil
}

// Sprite returns the sprite of elements, nil for zeros. It is an error if they are not as many as a
// sprite has, or one has bits beyond its pixels.
func (f Frame) Sprite(elements []fr.Element) (Sprite, error) {
	s := make(Sprite, 0, f.Pixels())
	if elements == nil {
		return s[:f.Pixels()], nil
	}
	if len(elements) != f.SpriteElements() {
		return nil, fmt.Errorf("%w: %d elements, want %d", ErrSprite, len(elements), f.SpriteElements())
	}
	for i := range elements {
		rest := elements[i].BigInt(new(big.Int))
		if rest.BitLen() > f.Depth*f.elementPixels(i) {
			return nil, fmt.Errorf("%w: element %d has bits beyond its pixels", ErrSprite, i)
		}
		mask := big.NewInt(int64(f.Colours() - 1))
		for range f.elementPixels(i) {
			s = append(s, byte(new(big.Int).And(rest, mask).Uint64()))
			rest.Rsh(rest, uint(f.Depth))
		}
	}
	return s, nil
}

// An Order says in which order layers are painted: Order[0] is the lowest.
type Order []int

// ErrOrder is wrapped by the errors of [Order.Validate].
var ErrOrder = errors.New("paint order")

// Validate reports whether the order has every one of n layers once.
func (o Order) Validate(n int) error {
	seen := slices.Sorted(slices.Values(o))
	for i, layer := range seen {
		if i != layer || len(o) != n {
			return fmt.Errorf("%w: want each of the layers 0 to %d once", ErrOrder, n-1)
		}
	}
	if len(o) != n {
		return fmt.Errorf("%w: %d layers of %d", ErrOrder, len(o), n)
	}
	return nil
}

// Compose returns the pixels that sprites, one a layer, give in an order: of each pixel the
// topmost that is not 0, else 0.
func Compose(f Frame, order Order, sprites []Sprite) ([]byte, error) {
	if err := order.Validate(len(sprites)); err != nil {
		return nil, err
	}
	out := make([]byte, f.Pixels())
	for _, layer := range order {
		if err := f.validatePixels(sprites[layer]); err != nil {
			return nil, fmt.Errorf("%w: layer %d: %w", ErrSprite, layer, err)
		}
		for i, p := range sprites[layer] {
			if p != 0 {
				out[i] = p
			}
		}
	}
	return out, nil
}
