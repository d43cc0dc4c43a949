package attribute

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A change of these values is a change of protocol: every root made so far is lost with it.
// They are those of ../testdata/golden.py.
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
		{"hash of Laser", TextHash("Laser"), "2d04042fbbae85a7e0fad766629d18f2cc13ffab230487b079cf6e6d301a2bb5"},
		{"hash of the empty text", TextHash(""), "68cd3420b4deecab10d12183e8d44b470a1ee7fbbdb3222462bc302dc70ec51"},
		{"hash of a longer text", text.Value, "11c1c7fdbcb082c18a5a6d79d6c0f1b919c6d30fe02bd85bad5f88b102959f6"},
		{"int -1", OfInt(-1).Value, "7fffffffffffffff"},
		{"second salt", salts[1], "1df4d8771e23e294c8aa92ce6b2344a15778e95540b33c9de6807c8bb922670"},
		{"root", root, "666aa95daf2ca2d80af8ab65ff623114ff17c79f734ce10961e59000712fbb8"},
	} {
		if got := row.got.Text(16); got != row.want {
			t.Errorf("%s is %s, want %s", row.name, got, row.want)
		}
	}
}
