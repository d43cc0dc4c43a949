package picture

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// composeCircuit says what sprites in an order give.
type composeCircuit struct {
	Order   []frontend.Variable
	Sprites []SpriteVar
	Pixels  []frontend.Variable
	Frame   Frame `gnark:"-"`
}

func (c *composeCircuit) Define(api frontend.API) error {
	pixels, err := ComposeVar(api, c.Frame, c.Order, c.Sprites)
	if err != nil {
		return err
	}
	for i, p := range pixels {
		api.AssertIsEqual(bits.Number(api, p), c.Pixels[i])
	}
	return nil
}

func newCompose(f Frame, n int) *composeCircuit {
	c := &composeCircuit{
		Frame: f, Order: make([]frontend.Variable, n), Sprites: make([]SpriteVar, n), Pixels: make([]frontend.Variable, f.Pixels()),
	}
	for i := range c.Sprites {
		c.Sprites[i] = make(SpriteVar, f.SpriteElements())
	}
	return c
}

// composing returns the assignment of sprites in an order, and of the pixels that image/draw
// makes of them.
func composing(t *testing.T, f Frame, order Order, sprites []Sprite) *composeCircuit {
	t.Helper()
	c := newCompose(f, len(sprites))
	for i, layer := range order {
		c.Order[i] = layer
	}
	for i, s := range sprites {
		elements, err := f.Elements(s)
		if err != nil {
			t.Fatal(err)
		}
		for k, e := range elements {
			c.Sprites[i][k] = e
		}
	}
	for i, p := range composedByDraw(f, order, sprites) {
		c.Pixels[i] = p
	}
	return c
}

func TestComposeVar_IsImageDraws(t *testing.T) {
	r := random()
	for _, f := range frames() {
		for _, n := range []int{2, 3, 8} {
			c := circuittest.New(newCompose(f, n)).WithoutPlonk()
			for range 2 {
				if err := c.Solve(composing(t, f, r.Perm(n), someSprites(f, n, r))); err != nil {
					t.Errorf("%+v, %d layers: %v", f, n, err)
				}
			}
		}
	}
}

func TestComposeVar_RefusesWhatIsNoOrder(t *testing.T) {
	f := Frame{16, 1}
	sprites := someSprites(f, 3, random())
	c := circuittest.New(newCompose(f, 3)).WithoutPlonk()
	c.AssertAccepted(t, "an order", composing(t, f, Order{2, 0, 1}, sprites))
	pixels := "composeCircuit.Define/AssertIsEqual"
	for _, order := range [][3]int{{0, 1, 1}, {0, 0, 0}, {2, 2, 1}, {0, 1, 3}, {3, 3, 3}} {
		lie := composing(t, f, Order{0, 1, 2}, sprites)
		for i, layer := range order {
			lie.Order[i] = layer
		}
		assertRefusedBy(t, fmt.Sprint(order), c.Record(t, lie), "paintedVar/AssertIsEqual", pixels)
	}
	lie := composing(t, f, Order{0, 1, 2}, sprites)
	lie.Order[2] = 4 // 4 is not below 2^2
	assertRefusedBy(t, "beyond the index", c.Record(t, lie), "paintedVar/Decompose", pixels, "paintedVar/AssertIsEqual", "splitPixels", "pixelsVar/Decompose")
}

func TestComposeVar_RefusesOtherPixels(t *testing.T) {
	f := Frame{16, 4}
	c := circuittest.New(newCompose(f, 3)).WithoutPlonk()
	order, sprites := Order{1, 0, 2}, someSprites(f, 3, random())
	other := composing(t, f, Order{0, 1, 2}, sprites)
	lie := composing(t, f, order, sprites)
	lie.Pixels = other.Pixels // the layers' order, not the paint order
	assertRefusedBy(t, "another order", c.Record(t, lie), "composeCircuit.Define/AssertIsEqual")
	for i := 0; i < f.Pixels(); i += 17 {
		lie := composing(t, f, order, sprites)
		lie.Pixels[i] = new(big.Int).Xor(big.NewInt(int64(composedByDraw(f, order, sprites)[i])), big.NewInt(1))
		c.AssertRefused(t, fmt.Sprintf("pixel %d", i), lie, []string{"composeCircuit.Define/AssertIsEqual"})
	}
}

// An element with a bit above its pixels would be a second spelling of a sprite.
func TestComposeVar_RefusesBitsBeyondASprite(t *testing.T) {
	f := Frame{16, 1}
	c := circuittest.New(newCompose(f, 2)).WithoutPlonk()
	sprites := someSprites(f, 2, random())
	elements, err := f.Elements(sprites[0])
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range elements {
		var beyond fr.Element
		beyond.SetBigInt(power(f.Depth * f.elementPixels(i)))
		lie := composing(t, f, Order{0, 1}, sprites)
		lie.Sprites[0][i] = beyond.Add(&beyond, &e).String()
		c.AssertRefused(t, fmt.Sprintf("element %d", i), lie, []string{"pixelsVar/Decompose"})
	}
}

func TestComposeVar_Rows(t *testing.T) {
	for _, x := range []struct {
		f       Frame
		n, want int
	}{{Frame{24, 4}, 8, 34_009}, {Frame{16, 4}, 3, 5_943}} {
		circuittest.New(newCompose(x.f, x.n)).WithoutPlonk().AssertRows(t, fmt.Sprintf("%+v, %d layers", x.f, x.n), x.want+x.f.Pixels())
	}
}
