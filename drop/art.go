package drop

import (
	"fmt"
	"image/color"

	"github.com/genproof/genproof/circuits/art"
)

// loadArt reads how rows become pictures, and gives each row its payload. It is nil for a drop that
// proves none.
func (d *Drop) loadArt(m *modelFile) (*art.Art, error) {
	size := d.Circuit.Size
	for _, c := range []struct {
		key  string
		node *node
		has  bool
		want string
	}{
		{"sprites", m.sprites, size.IsArt() && !size.HasNetwork(), "art/small or art/sprites"},
		{"network", m.network, size.HasNetwork(), "art/network"},
	} {
		switch {
		case c.has && c.node == nil:
			return nil, fault(m.at, "add it: docs/pictures.md shows how", "the circuit %s makes pictures of a key %s, and there is none", d.Circuit, c.key)
		case !c.has && c.node != nil:
			return nil, fault(c.node.place, "take circuit: "+c.want+", or remove it", "the circuit %s makes no pictures of %s", d.Circuit, c.key)
		}
	}
	switch {
	case m.sprites != nil:
		return d.loadSprites(m)
	case m.network != nil:
		return d.loadNetwork(m)
	}
	return nil, nil
}

// pictured reads whether hidden traits may be seen in pictures.
func (f *fields) pictured() bool {
	var text string
	f.choice("pictured", &text, "true", "false")
	return text == "true"
}

// colour reads "#rrggbb"; without it the colour is transparent.
func (f *fields) colour(key string) color.NRGBA {
	if f.err != nil || !f.has(key) {
		return color.NRGBA{}
	}
	c, err := parseColour(f.text(key))
	if f.err == nil && err != nil {
		f.err = fault(f.get(key).place, colourRemedy, "%s of %s is no colour", key, f.what)
	}
	return c
}

const colourRemedy = "write '#rrggbb', in quotes"

func parseColour(s string) (c color.NRGBA, err error) {
	n, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B)
	if err != nil || n != 3 || len(s) != 7 {
		return c, fmt.Errorf("%d bytes are no colour", len(s))
	}
	c.A = 255
	return c, nil
}
