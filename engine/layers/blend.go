package layers

import (
	"image"
	"math"
	"slices"
)

// A blend is one way to paint a pixel over another (W3C Compositing and Blending 1): what it
// keeps of source and backdrop (Porter-Duff factors, out of 255, of the two alphas) and, where
// both are, what colour comes out.
type blend struct {
	source, backdrop func(as, ab int32) int32
	mix              func(cb, cs int32) int32 // colours 0..255; nil: the source's
	add              bool                     // lighter: premultiplied colours are added
}

func all(_, _ int32) int32       { return 255 }
func none(_, _ int32) int32      { return 0 }
func withBack(_, ab int32) int32 { return ab }
func noBack(_, ab int32) int32   { return 255 - ab }
func withSrc(as, _ int32) int32  { return as }
func noSrc(as, _ int32) int32    { return 255 - as }

func mixed(mix func(cb, cs int32) int32) blend { return blend{all, noSrc, mix, false} }

// blends has the names of a canvas's globalCompositeOperation, but for those that look at hue
// and saturation.
var blends = map[string]blend{
	"source-over":      {all, noSrc, nil, false},
	"source-in":        {withBack, none, nil, false},
	"source-out":       {noBack, none, nil, false},
	"source-atop":      {withBack, noSrc, nil, false},
	"destination-over": {noBack, all, nil, false},
	"destination-in":   {none, withSrc, nil, false},
	"destination-out":  {none, noSrc, nil, false},
	"destination-atop": {noBack, withSrc, nil, false},
	"xor":              {noBack, noSrc, nil, false},
	"copy":             {all, none, nil, false},
	"lighter":          {all, all, nil, true},
	"multiply":         mixed(multiply),
	"screen":           mixed(screen),
	"overlay":          mixed(func(cb, cs int32) int32 { return hardLight(cs, cb) }),
	"darken":           mixed(func(cb, cs int32) int32 { return min(cb, cs) }),
	"lighten":          mixed(func(cb, cs int32) int32 { return max(cb, cs) }),
	"color-dodge":      mixed(dodge),
	"color-burn":       mixed(burn),
	"hard-light":       mixed(hardLight),
	"soft-light":       mixed(softLight),
	"difference":       mixed(func(cb, cs int32) int32 { return max(cb-cs, cs-cb) }),
	"exclusion":        mixed(func(cb, cs int32) int32 { return cb + cs - div(2*cb*cs, 255) }),
}

// Blends lists the ways to paint that are known, sorted.
func Blends() []string {
	var names []string
	for name := range blends {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// div is a/b rounded to the nearest, halves up; a >= 0, b > 0.
func div(a, b int32) int32 { return (a + b/2) / b }

func multiply(cb, cs int32) int32 { return div(cb*cs, 255) }
func screen(cb, cs int32) int32   { return cb + cs - div(cb*cs, 255) }

func hardLight(cb, cs int32) int32 {
	if cs <= 127 {
		return multiply(cb, 2*cs)
	}
	return screen(cb, 2*cs-255)
}

func dodge(cb, cs int32) int32 {
	switch {
	case cb == 0:
		return 0
	case cs == 255:
		return 255
	}
	return min(255, div(cb*255, 255-cs))
}

func burn(cb, cs int32) int32 {
	switch {
	case cb == 255:
		return 255
	case cs == 0:
		return 0
	}
	return 255 - min(255, div((255-cb)*255, cs))
}

// softLight has all colours as fractions of 255, in units of 1/255^4 where they are multiplied.
func softLight(cb, cs int32) int32 {
	const one = 255
	b, s := int64(cb), int64(cs)
	if 2*s <= one {
		return int32((b*one*one - (one-2*s)*b*(one-b) + one*one/2) / (one * one))
	}
	var d int64 // D(cb), in units of 1/255^3
	if 4*b <= one {
		d = ((16*b-12*one)*b + 4*one*one) * b
	} else {
		d = isqrt(b * one * one * one * one * one) // sqrt(b/255)·255^3
	}
	return int32((b*one*one*one + (2*s-one)*(d-b*one*one) + one*one*one/2) / (one * one * one))
}

// isqrt is the square root of a, rounded down; 0 <= a < 2^53.
func isqrt(a int64) int64 {
	r := int64(math.Sqrt(float64(a)))
	for r*r > a {
		r--
	}
	for (r+1)*(r+1) <= a {
		r++
	}
	return r
}

// paint puts src onto dst, which has the same size. opacity is out of 255.
func (b blend) paint(dst, src *image.NRGBA, opacity int32) {
	for i := 0; i+3 < len(dst.Pix); i += 4 {
		b.pixel(dst.Pix[i:i+4:i+4], src.Pix[i:i+4:i+4], opacity)
	}
}

// pixel is the W3C formula on colours that are not premultiplied:
//
//	co·αo = Fs·αs·((1 − αb)·cs + αb·mix(cb, cs)) + Fb·αb·cb,   αo = Fs·αs + Fb·αb
func (b blend) pixel(dst, src []uint8, opacity int32) {
	as, ab := div(int32(src[3])*opacity, 255), int32(dst[3])
	fs, fb := b.source(as, ab)*as, b.backdrop(as, ab)*ab // out of 255^2
	ao := fs + fb
	if b.add {
		ao = min(ao, 255*255)
	}
	if ao == 0 {
		clear(dst)
		return
	}
	for i := range 3 {
		cs, cb := int32(src[i]), int32(dst[i])
		from := int64(cs) * 255
		if b.mix != nil {
			from = int64(255-ab)*int64(cs) + int64(ab)*int64(b.mix(cb, cs))
		}
		sum := int64(fs)*from + int64(fb)*int64(cb)*255 // out of 255^3, of colours
		dst[i] = uint8(min(255, (sum+int64(ao)*255/2)/(int64(ao)*255)))
	}
	dst[3] = uint8(div(ao, 255))
}
