package document

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// The slots of the tests' drop, of the small size and more blocks: of each kind one, some of them twice.
var testSize = statement.Size{Name: "test", Layers: 3, Claims: 8, Facts: 2, Blocks: 16, Digests: 8}

var (
	textType    = attribute.Type{Kind: attribute.Text}
	uintType    = attribute.Type{Kind: attribute.Uint}
	intType     = attribute.Type{Kind: attribute.Int}
	timeType    = attribute.Type{Kind: attribute.Time}
	boolType    = attribute.Type{Kind: attribute.Bool}
	digestType  = attribute.Type{Kind: attribute.Digest, Codec: attribute.Raw}
	dagPBType   = attribute.Type{Kind: attribute.Digest, Codec: attribute.DagPB}
	decimalType = attribute.Type{Kind: attribute.Decimal, Scale: 2}
)

func config() Config {
	return Config{
		First: 0, Supply: 10000,
		Constants: []Member{{"description", "Foxes drawn by a committed model: \"proven\" <b>&</b> ünïcode."}},
		Image:     "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png",
		External:  "https://foxes.example",
		Name:      "Nebula Foxes #{id}",
		Fields: []Field{
			{Slot: 0, Type: textType, Label: "Background"},
			{Slot: 1, Type: textType, Label: "Eyes", Wide: true},
			{Slot: 3, Type: uintType, Label: "Level", DisplayType: "number", MaxValue: "100"},
			{Slot: 4, Type: intType, Label: "Karma"},
			{Slot: 5, Type: decimalType, Label: "Luck"},
			{Slot: 6, Type: boolType, Label: "Alpha"},
			{Slot: 7, Type: uintType, Member: "seed", Quoted: true},
			{Slot: 11, Type: digestType, Label: "Prompt"},
		},
	}
}

func template(t testing.TB, c Config) *Template {
	t.Helper()
	tpl, err := New(testSize, c)
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// values are those of a token that has them all.
func values() []Value {
	v := make([]Value, testSize.Slots())
	v[0], v[1], v[2] = OfText("Aurora"), OfText("Laser éx"), OfText("Ghost")
	v[3], v[4], v[5] = OfSlot(attribute.OfUint(12)), OfSlot(attribute.OfInt(-7)), OfSlot(attribute.OfUint(50))
	v[6], v[7] = OfSlot(attribute.OfBool(true)), OfSlot(attribute.OfUint(math.MaxUint64))
	v[11] = OfDigest([32]byte{0xff, 1, 31: 7})
	return v
}

// absent returns the values without those of some slots.
func absent(v []Value, slots ...int) []Value {
	v = slices.Clone(v)
	for _, slot := range slots {
		v[slot] = Value{}
	}
	return v
}

func someRoot(seed uint64) fr.Element {
	var e fr.Element
	e.SetUint64(seed)
	e.Inverse(&e)
	return e
}

func render(t testing.TB, tpl *Template, id uint64, v []Value) []byte {
	t.Helper()
	doc, err := tpl.Render(id, someRoot(id+1), v)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func long(n int) string { return strings.Repeat("long ", (n+4)/5)[:n] }
