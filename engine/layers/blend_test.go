package layers

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"testing"
)

// reference has the formulas of Compositing and Blending 1, sections 9.1 and 10.1, on fractions.
var reference = map[string]struct {
	fa, fb func(as, ab float64) float64
	mix    func(b, s float64) float64
}{
	"source-over":      {f1, f1s, nil},
	"source-in":        {fb, f0, nil},
	"source-out":       {f1b, f0, nil},
	"source-atop":      {fb, f1s, nil},
	"destination-over": {f1b, f1, nil},
	"destination-in":   {f0, fs, nil},
	"destination-out":  {f0, f1s, nil},
	"destination-atop": {f1b, fs, nil},
	"xor":              {f1b, f1s, nil},
	"copy":             {f1, f0, nil},
	"multiply":         {f1, f1s, func(b, s float64) float64 { return b * s }},
	"screen":           {f1, f1s, func(b, s float64) float64 { return b + s - b*s }},
	"overlay":          {f1, f1s, func(b, s float64) float64 { return hard(s, b) }},
	"darken":           {f1, f1s, math.Min},
	"lighten":          {f1, f1s, math.Max},
	"hard-light":       {f1, f1s, hard},
	"difference":       {f1, f1s, func(b, s float64) float64 { return math.Abs(b - s) }},
	"exclusion":        {f1, f1s, func(b, s float64) float64 { return b + s - 2*b*s }},
	"color-dodge": {f1, f1s, func(b, s float64) float64 {
		if b == 0 {
			return 0
		} else if s == 1 {
			return 1
		}
		return math.Min(1, b/(1-s))
	}},
	"color-burn": {f1, f1s, func(b, s float64) float64 {
		if b == 1 {
			return 1
		} else if s == 0 {
			return 0
		}
		return 1 - math.Min(1, (1-b)/s)
	}},
	"soft-light": {f1, f1s, func(b, s float64) float64 {
		if s <= 0.5 {
			return b - (1-2*s)*b*(1-b)
		}
		d := math.Sqrt(b)
		if b <= 0.25 {
			d = ((16*b-12)*b + 4) * b
		}
		return b + (2*s-1)*(d-b)
	}},
}

func f0(_, _ float64) float64   { return 0 }
func f1(_, _ float64) float64   { return 1 }
func fs(as, _ float64) float64  { return as }
func fb(_, ab float64) float64  { return ab }
func f1s(as, _ float64) float64 { return 1 - as }
func f1b(_, ab float64) float64 { return 1 - ab }

func hard(b, s float64) float64 {
	if s <= 0.5 {
		return b * 2 * s
	}
	return b + (2*s - 1) - b*(2*s-1)
}

func TestPixel_IsTheFormulaWithinOneStep(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, name := range Blends() {
		ref, ok := reference[name]
		if !ok && name != "lighter" {
			t.Fatalf("%s has no reference", name)
		}
		if name == "lighter" {
			continue // TestPixel_LighterAdds
		}
		for range 20_000 {
			dst, src := pixelOf(rng), pixelOf(rng)
			as, ab := float64(src[3])/255, float64(dst[3])/255
			a, b := ref.fa(as, ab)*as, ref.fb(as, ab)*ab
			was := append([]uint8(nil), dst...)
			blends[name].pixel(dst, src, 255)
			if d := math.Abs(float64(dst[3]) - 255*(a+b)); d > 1 {
				t.Fatalf("%s: %v on %v: alpha %d", name, src, was, dst[3])
			}
			for i := range 3 {
				cb, cs := float64(was[i])/255, float64(src[i])/255
				from := cs
				if ref.mix != nil {
					from = (1-ab)*cs + ab*ref.mix(cb, cs)
				}
				want := 0.0
				if a+b > 0 {
					want = 255 * (a*from + b*cb) / (a + b)
				}
				if math.Abs(float64(dst[i])-want) > 1.01 {
					t.Fatalf("%s: %v on %v: channel %d is %d, want %.2f", name, src, was, i, dst[i], want)
				}
			}
		}
	}
}

// pixelOf likes the ends of the ranges.
func pixelOf(rng *rand.Rand) []uint8 {
	p := make([]uint8, 4)
	for i := range p {
		p[i] = uint8(rng.IntN(256))
		if rng.IntN(3) == 0 {
			p[i] = []uint8{0, 1, 127, 128, 254, 255}[rng.IntN(6)]
		}
	}
	return p
}

func TestPixel_LighterAdds(t *testing.T) {
	for _, row := range []struct{ dst, src, want [4]uint8 }{
		{[4]uint8{10, 20, 200, 255}, [4]uint8{5, 6, 100, 255}, [4]uint8{15, 26, 255, 255}},
		{[4]uint8{100, 0, 0, 128}, [4]uint8{0, 100, 0, 127}, [4]uint8{50, 50, 0, 255}},
		{[4]uint8{}, [4]uint8{9, 8, 7, 6}, [4]uint8{9, 8, 7, 6}},
	} {
		got := row.dst
		blends["lighter"].pixel(got[:], row.src[:], 255)
		if got != row.want {
			t.Errorf("%v on %v is %v, want %v", row.src, row.dst, got, row.want)
		}
	}
}

// Paint over is image/draw's, which rounds premultiplied colours.
func TestPaint_OverIsImageDraws(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	rect := image.Rect(0, 0, 64, 64)
	dst, src, want := image.NewNRGBA(rect), image.NewNRGBA(rect), image.NewNRGBA(rect)
	for i := range dst.Pix {
		dst.Pix[i], src.Pix[i] = uint8(rng.IntN(256)), uint8(rng.IntN(256))
		if i%4 == 3 {
			dst.Pix[i] = 255
		}
	}
	copy(want.Pix, dst.Pix)
	draw.Draw(want, rect, src, image.Point{}, draw.Over)
	blends["source-over"].paint(dst, src, 255)
	for y := range 64 {
		for x := range 64 {
			a, b := dst.NRGBAAt(x, y), want.NRGBAAt(x, y)
			for _, d := range []int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B), int(a.A) - int(b.A)} {
				if d < -1 || d > 1 {
					t.Fatalf("at %d,%d: %v, image/draw has %v", x, y, a, b)
				}
			}
		}
	}
}

func TestPaint_OpacityScalesAlpha(t *testing.T) {
	dst, src := image.NewNRGBA(image.Rect(0, 0, 1, 1)), image.NewNRGBA(image.Rect(0, 0, 1, 1))
	src.SetNRGBA(0, 0, color.NRGBA{200, 100, 50, 200})
	blends["source-over"].paint(dst, src, 51) // a fifth
	if got := dst.NRGBAAt(0, 0); got != (color.NRGBA{200, 100, 50, 40}) {
		t.Errorf("got %v", got)
	}
}
