package attribute

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A change of these values is a change of protocol: every root made so far is lost with it.
// They are those of ../testdata/golden.py.
func TestAttribute_EncodingIsPinned(t *testing.T) {
	blind := fr.NewElement(7)
	salts := Salts(blind, 5, fr.NewElement(6), 2)
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
		{"hash of Laser", TextHash("Laser"), "2d04042fbbae85a7e0fad766629d18f2cc13ffab230487b079cf6e6d301a2bb5"},
		{"hash of the empty text", TextHash(""), "68cd3420b4deecab10d12183e8d44b470a1ee7fbbdb3222462bc302dc70ec51"},
		{"hash of a longer text", text.Value, "11c1c7fdbcb082c18a5a6d79d6c0f1b919c6d30fe02bd85bad5f88b102959f6"},
		{"int -1", OfInt(-1).Value, "7fffffffffffffff"},
		{"second salt", salts[1], "2e2d877cdaaa2403cc7922bc74b7da860e1b653b620c8291ff5769b3fcaf8451"},
		{"root", root, "1f1769f6c6b85be160f63daeaddc0e300873b59707b41c13238267915535a3dd"},
	} {
		if got := row.got.Text(16); got != row.want {
			t.Errorf("%s is %s, want %s", row.name, got, row.want)
		}
	}
}
