package attribute

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A change of these values is a change of protocol: every root made so far is lost with it.
func TestAttribute_EncodingIsPinned(t *testing.T) {
	blind := fr.NewElement(7)
	salts := Salts(blind, 5, 2)
	text, err := OfText("a text of more than thirty-one bytes")
	if err != nil {
		t.Fatal(err)
	}
	root := Root([]fr.Element{Leaf(text, salts[0]), Leaf(Slot{}, salts[1])})
	for _, row := range []struct {
		name string
		got  fr.Element
		want string
	}{
		{"hash of Laser", TextHash("Laser"), "2cfe456c6751c279d6e722b1f49b662e6da08ba77c55e1b2f79123cdcefb59d8"},
		{"hash of the empty text", TextHash(""), "1b32cc8be8733c9df254b8daf3996e6887193d9c222d5776509a2c749815a62"},
		{"hash of a longer text", text.Value, "d4bd3dfa3d1825aec2dcb00a6009aea0856627a4d100d5f09cf128150c19427"},
		{"int -1", OfInt(-1).Value, "7fffffffffffffff"},
		{"second salt", salts[1], "3046671e9af581f043d0be0cd367c0a3799ccc86bca3fa5a5f0be8afacbe519d"},
		{"root", root, "188575368c70d51bba8b3edd718af6ee2bebc9bb9439caecb4865354515cf885"},
	} {
		if got := row.got.Text(16); got != row.want {
			t.Errorf("%s is %s, want %s", row.name, got, row.want)
		}
	}
}
