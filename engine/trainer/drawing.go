package trainer

// The unit of lengths is a sixteenth of a pixel, and that of light a sixteenth of a level. A pixel is
// the mean of four points.
const (
	unit   = 16
	middle = 8 * unit
)

// A sketch is a scene as positions and lights.
type sketch struct {
	*Scene
	x, y, wide, high        int64 // the head's middle and half axes
	earX, earHigh, earWide  int64 // an ear's middle, seen from the head's, its height and half its width
	eyeX, eyeWide, eyeHigh  int64
	gaze, cheek, mouth      int64
	moonX, moonY, moonRound int64
	tilt, haze, fur, force  int64 // force is the contrast, in sixteenths
}

// swing returns latent i as a number from -15 to 15, all of them odd.
func (s *Scene) swing(i int) int64 { return 2*s.Latents[i] - most }

func (s *Scene) sketch() *sketch {
	k := &sketch{
		Scene: s,
		x:     12*unit + 2*s.swing(0), y: 14*unit + s.swing(1),
		wide: 7*unit + s.swing(2), high: 6*unit + s.swing(2)/2,
		eyeX: 3*unit + s.swing(5)/2, gaze: s.swing(6) / 2,
		cheek: 2*unit + s.swing(11), mouth: 2*unit + s.swing(13),
		moonX: 4*unit + 2*s.swing(8), moonY: 4*unit + s.swing(9), moonRound: 3*unit + s.swing(10),
		tilt: s.swing(7), haze: s.swing(15), fur: s.swing(12), force: 11 + s.Latents[14]/2,
	}
	ears := [...][2]int64{{6, 3}, {3, 4}, {9, 2}}[s.Rows[3]]
	k.earHigh, k.earWide = ears[0]*unit+s.swing(3), ears[1]*unit
	k.earX = k.wide - 2*unit
	eyes := [...][2]int64{{26, 26}, {28, 12}, {34, 22}}[s.Rows[4]]
	k.eyeWide, k.eyeHigh = eyes[0], eyes[1]+s.swing(4)/3
	return k
}

// inside reports whether a point, seen from an ellipse's middle, lies in it.
func inside(x, y, wide, high int64) bool {
	x, y = x*high, y*wide
	return x*x+y*y < wide*wide*high*high
}

// light returns a point's, 0 to 15·unit, before the contrast: what lies on top counts.
func (k *sketch) light(x, y int64) int64 {
	dx, dy := x-k.x, y-k.y
	side := max(dx, -dx)
	switch {
	case inside(dx, dy-3*unit, 20, 14): // nose
		return 1 * unit
	case k.onMouth(side, dy):
		return 2 * unit
	case inside(side-k.eyeX, dy+unit, k.eyeWide, k.eyeHigh):
		if inside(side-k.eyeX-k.turned(dx), dy+unit, 14, min(18, k.eyeHigh)) {
			return 0
		}
		return 14 * unit
	case inside(dx, dy-4*unit, k.cheek+3*unit, k.cheek): // muzzle
		return k.furLight(y) + 3*unit
	case inside(dx, dy, k.wide, k.high):
		return k.furLight(y)
	case k.onEar(side, dy):
		return k.furLight(y) - 2*unit
	case k.onMoon(x, y):
		return 14 * unit
	case y > 21*unit+k.haze/2: // ground
		return 5*unit + k.haze*2
	}
	return k.skyLight(x, y)
}

// turned returns how far a pupil is from its eye's middle, away from the nose.
func (k *sketch) turned(dx int64) int64 {
	if dx < 0 {
		return -k.gaze
	}
	return k.gaze
}

// onMouth reports whether a point is on the mouth: a sly one rises at its ends.
func (k *sketch) onMouth(side, dy int64) bool {
	rise := side * int64(k.Rows[5]) / 2
	off := dy - 5*unit + rise
	return side < k.mouth+int64(k.Rows[5])*unit && off > -6 && off < 8
}

// onEar reports whether a point is on an ear, a triangle that stands on the head's middle.
func (k *sketch) onEar(side, dy int64) bool {
	down := dy + k.high/2 + k.earHigh // from the tip
	off := side - k.earX
	return dy < 0 && down > 0 && max(off, -off)*(k.earHigh+k.high/2) < down*k.earWide
}

func (k *sketch) onMoon(x, y int64) bool {
	dx, dy := x-k.moonX, y-k.moonY
	return k.Rows[1] > 0 && inside(dx, dy, k.moonRound, k.moonRound) &&
		(k.Rows[1] == 1 || !inside(dx-24, dy+8, k.moonRound, k.moonRound))
}

func (k *sketch) furLight(y int64) int64 {
	light := [...]int64{12, 8, 4, 10}[k.Rows[2]]*unit + k.fur
	if k.Rows[2] == 3 && (y/24)%2 == 0 {
		light -= 5 * unit
	}
	return light
}

func (k *sketch) skyLight(x, y int64) int64 {
	down := y + k.tilt*(x-12*unit)/unit // 0 to 384, tilted
	switch k.Rows[0] {
	case 0:
		return unit + down/16
	case 1:
		return 2*unit + down/3
	case 2:
		return 13*unit - down/4
	}
	if (down/(3*unit))%2 == 0 {
		return 6 * unit
	}
	return 3 * unit
}

// Drawing returns a scene's pixels, 0 to 15 each, row by row from the top left.
func (s *Scene) Drawing() []byte {
	k := s.sketch()
	pixels := make([]byte, 0, Side*Side)
	for y := range int64(Side) {
		for x := range int64(Side) {
			sum := int64(0)
			for _, at := range [...][2]int64{{4, 4}, {12, 4}, {4, 12}, {12, 12}} {
				sum += middle + (k.light(x*unit+at[0], y*unit+at[1])-middle)*k.force/16
			}
			pixels = append(pixels, byte(min(max(sum/(4*unit), 0), most)))
		}
	}
	return pixels
}

// scores is how many the network gives.
const scores = 1

// Quality returns the score that a drawing should have, 0 to 100: its contrast, as the mean distance of
// its pixels from their mean, of which four levels are full marks.
func Quality(pixels []byte) int64 {
	sum, far := 0, 0
	for _, p := range pixels {
		sum += int(p)
	}
	for _, p := range pixels {
		off := int(p)*len(pixels) - sum
		far += max(off, -off)
	}
	return min(int64(far)*25/int64(len(pixels)*len(pixels)), 100)
}

// targets are what the network should say of a drawing. A score's numbers are 16·high + low, and both
// rise with it, as no network of this size could learn the last digits alone.
func targets(pixels []byte) []float32 {
	out := make([]float32, 0, len(pixels)+2*scores)
	for _, p := range pixels {
		out = append(out, float32(p))
	}
	q := float32(Quality(pixels)) / 100
	return append(out, q*most, q*(100-most)/16)
}
