package art

import (
	"bytes"
	"crypto/sha256"
	"image/png"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
)

var size = statement.Size{Name: "test", Layers: 3, Frame: picture.Frame{Side: 16, Depth: 1}}

// imageCircuit says what the commitment and the image are.
type imageCircuit struct {
	Art               ArtVar
	Traits            [3]attribute.SlotVar
	Payloads          [3][]frontend.Variable
	Commitment, Image frontend.Variable
}

func placeholder() *imageCircuit {
	c := &imageCircuit{Art: Placeholder(size)}
	for i := range c.Payloads {
		c.Payloads[i] = make([]frontend.Variable, size.Payload())
	}
	return c
}

func (c *imageCircuit) Define(api frontend.API) error {
	c.assertCommitment(api)
	slots, err := c.Art.SlotsVar(api, size, TokenVar{Drawn: model.DrawnVar{Traits: c.Traits[:], Payloads: c.Payloads[:]}})
	if err != nil {
		return err
	}
	c.assertImage(api, slots[0])
	return nil
}

func (c *imageCircuit) assertCommitment(api frontend.API) {
	api.AssertIsEqual(c.Commitment, c.Art.CommitmentVar(api, size))
}

func (c *imageCircuit) assertImage(api frontend.API, image attribute.SlotVar) {
	api.AssertIsEqual(c.Image, image.Value)
}

var circuit = circuittest.New(placeholder()).WithoutPlonk()

// stripes is a sprite with every nth pixel set.
func stripes(n int) picture.Sprite {
	s := make(picture.Sprite, size.Frame.Pixels())
	for i := 0; i < len(s); i += n {
		s[i] = 1
	}
	return s
}

func sample() *Art {
	return &Art{Palette: picture.Palette{{9, 9, 9, 255}, {200, 100, 50, 255}}, Order: picture.Order{1, 0}}
}

// assign is the honest assignment of three traits, of which the last is absent.
func assign(t *testing.T) *imageCircuit {
	t.Helper()
	c, a := placeholder(), sample()
	payloads := make([][]fr.Element, 3)
	for i := range c.Payloads {
		c.Traits[i] = attribute.SlotVar{Value: 0, Present: 0}
		for j := range c.Payloads[i] {
			c.Payloads[i][j] = 0
		}
		if i == 2 {
			continue
		}
		c.Traits[i] = attribute.SlotVar{Value: 7 + i, Present: 1}
		var err error
		if payloads[i], err = size.Frame.Elements(stripes(i + 3)); err != nil {
			t.Fatal(err)
		}
		for j, e := range payloads[i] {
			c.Payloads[i][j] = e
		}
	}
	p, err := a.Paint(size, Token{Payloads: payloads})
	if err != nil {
		t.Fatal(err)
	}
	c.Image = attribute.OfDigest(sha256.Sum256(p.File)).Value
	if c.Art, err = ValueOf(a, size); err != nil {
		t.Fatal(err)
	}
	if c.Commitment, err = a.Commitment(size); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestSlotsVar_MatchesNative(t *testing.T) { circuit.AssertAccepted(t, "two stripes", assign(t)) }

func TestSlotsVar_RefusesLies(t *testing.T) {
	const (
		isCommitment = "assertCommitment/AssertIsEqual"
		isImage      = "assertImage/AssertIsEqual"
		isEmpty      = "composeVar/AssertProduct"
		isOrder      = "ComposeVar/paintedVar/AssertIsEqual"
		isHalf       = "startVar/ToBinary"
		isPixels     = "pixelsVar/Decompose"
	)
	twoTo128 := new(fr.Element).Exp(fr.NewElement(2), bigInt(128))
	for name, lie := range map[string]struct {
		owners []string
		tell   func(*imageCircuit)
	}{
		"an absent trait paints":       {[]string{isEmpty, isImage}, func(c *imageCircuit) { c.Payloads[2][0] = 2 }},
		"a present one is absent":      {[]string{isEmpty, isEmpty}, func(c *imageCircuit) { c.Traits[0].Present = 0 }},
		"a pixel more":                 {[]string{isImage}, func(c *imageCircuit) { c.Payloads[1][0] = plus(c.Payloads[1][0], 2) }},
		"an element beyond its pixels": {[]string{isPixels, isImage}, func(c *imageCircuit) { c.Payloads[1][1] = new(fr.Element).Exp(fr.NewElement(2), bigInt(200)) }},
		"another order":                {[]string{isCommitment}, func(c *imageCircuit) { c.Art.Order[0], c.Art.Order[2] = c.Art.Order[2], c.Art.Order[0] }},
		"a layer twice":                {[]string{isCommitment, isOrder, isImage}, func(c *imageCircuit) { c.Art.Order[0] = c.Art.Order[1] }},
		"another palette":              {[]string{isCommitment, isImage}, func(c *imageCircuit) { c.Art.MidstateLow = plus(c.Art.MidstateLow, 1) }},
		"a half of 2^128 more":         {[]string{isCommitment, isHalf}, func(c *imageCircuit) { c.Art.MidstateLow = new(fr.Element).Add(twoTo128, ptr(c.Art.MidstateLow)) }},
		"another image":                {[]string{isImage}, func(c *imageCircuit) { c.Image = 5 }},
		"another commitment":           {[]string{isCommitment}, func(c *imageCircuit) { c.Commitment = 5 }},
	} {
		c := assign(t)
		c.Art.Order = slices.Clone(c.Art.Order)
		lie.tell(c)
		circuit.AssertRefused(t, name, c, lie.owners)
	}
}

func TestFile_IsAPicture(t *testing.T) {
	payloads := make([][]fr.Element, 3)
	var err error
	if payloads[1], err = size.Frame.Elements(stripes(5)); err != nil {
		t.Fatal(err)
	}
	p, err := sample().Paint(size, Token{Payloads: payloads})
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(p.File))
	if err != nil {
		t.Fatal(err)
	}
	for i, set := range stripes(5) {
		r, _, _, _ := img.At(i%16, i/16).RGBA()
		if want := map[byte]uint32{0: 9, 1: 200}[set]; r>>8 != want {
			t.Fatalf("pixel %d has red %d, want %d", i, r>>8, want)
		}
	}
}

func TestArt_RefusesWhatNoCircuitTakes(t *testing.T) {
	payloads := make([][]fr.Element, 3)
	for name, err := range map[string]error{
		"an order with a trait twice": second((&Art{Palette: sample().Palette, Order: picture.Order{0, 0}}).Commitment(size)),
		"four traits":                 second((&Art{Palette: sample().Palette, Order: picture.Order{0, 1, 2, 3}}).Commitment(size)),
		"a palette of one":            second((&Art{Palette: sample().Palette[:1], Order: picture.Order{0}}).Commitment(size)),
		"two rows":                    second(sample().Paint(size, Token{Payloads: payloads[:2]})),
		"a payload of one element":    second(sample().Paint(size, Token{Payloads: [][]fr.Element{{{}}, nil, nil}})),
		"bits beyond the pixels":      second(sample().Paint(size, Token{Payloads: [][]fr.Element{{{}, *new(fr.Element).Exp(fr.NewElement(2), bigInt(9))}, nil, nil}})),
	} {
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestCommitment_DependsOnOrderAndPalette(t *testing.T) {
	honest, err := sample().Commitment(size)
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Art){
		"order":  func(a *Art) { a.Order = picture.Order{0, 1} },
		"colour": func(a *Art) { a.Palette[1][2]++ },
		"alpha":  func(a *Art) { a.Palette[0][3] = 0 },
	} {
		a := sample()
		change(a)
		if other, err := a.Commitment(size); err != nil || other == honest {
			t.Errorf("another %s: the same commitment, %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func bigInt(n int64) *big.Int { return big.NewInt(n) }

func ptr(v frontend.Variable) *fr.Element { e := v.(fr.Element); return &e }

func plus(v frontend.Variable, n uint64) fr.Element {
	e, d := v.(fr.Element), fr.NewElement(n)
	return *e.Add(&e, &d)
}
