package document

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
)

// A blockCircuit is one block, in the middle of a document. Its bytes are whatever they are: so a lie
// is refused by the row that owns it, and not since a digest is another.
type blockCircuit struct {
	Block  BlockVar
	Shown  ShownVar
	Slots  [2]attribute.SlotVar
	ID     frontend.Variable
	Widths frontend.Variable // as in the template's length
	Seen   frontend.Variable
	Want   []frontend.Variable // the bytes, or empty
}

func (c *blockCircuit) Define(api frontend.API) error {
	_, widths := splitLength(api, c.Widths)
	id, err := newIDVar(api, c.ID, widths)
	if err != nil {
		return err
	}
	assertFlags(api, c.Block)
	value, present := newSlotChoice(c.Slots[:], len(c.Block.Index)).at(api, c.Block.Index)
	seen := c.Seen
	comma := commaVar(api, c.Block.Opening, present, &seen)
	shown := newValueVar(api, c.Block, c.Shown, value, present)
	shown.canDigest = true
	block := assertBytes(api, c.Block.chunksVar(api, present, comma, id, shown.additions(api)))
	for i, want := range c.Want {
		api.AssertIsEqual(block[i].value(api), want)
	}
	return shown.assert(api, block)
}

func newBlockCircuit(nbWant int) *blockCircuit {
	return &blockCircuit{Block: BlockVar{Index: make([]frontend.Variable, 2)}, Want: make([]frontend.Variable, nbWant)}
}

var (
	anyBlock  = circuittest.New(newBlockCircuit(0))
	wantBlock = circuittest.New(newBlockCircuit(blockBytes))
)

// assignBlock assigns the last block of a field, the first of the drop's two slots. Widths and the
// id are those of the template and 42.
func assignBlock(t testing.TB, f Field, v Value) (*blockCircuit, []byte) {
	t.Helper()
	f.Slot = 0
	tpl := template(t, Config{Supply: 100, Fields: []Field{f}})
	all := make([]Value, testSize.Slots())
	all[0] = v
	doc := render(t, tpl, 42, all)
	c := newBlockCircuit(0)
	c.setBlock(tpl, tpl.cells[0].last)
	c.Shown = valueOfNothing()
	if v.Present {
		c.Shown = valueOfShown(&f, v)
	}
	c.Slots[0] = attribute.ValueOf(v.Slot)
	return c, tpl.at(doc, tpl.cells[0].last)
}

// setBlock assigns block i of a template, over two slots.
func (c *blockCircuit) setBlock(tpl *Template, i int) {
	b := tpl.blocks[i]
	c.Block = valueOfBlock(&b, testSize)
	c.Block.Index = c.Block.Index[:2]
	for k := range c.Block.Chunks {
		c.Block.Chunks[k] = tpl.chunks()[3*i+k]
	}
	c.Shown = valueOfNothing()
	c.Slots = [2]attribute.SlotVar{{Value: 0, Present: 0}, {Value: 9, Present: 1}}
	c.ID, c.Widths, c.Seen = 42, tpl.lengthElement(), 1
}

func (c *blockCircuit) expect(bytes []byte) *blockCircuit {
	other := *c
	other.Want = nil
	for _, b := range bytes {
		other.Want = append(other.Want, b)
	}
	return &other
}

// fields are one of each kind.
var fields = map[string]Field{
	"text": {Type: textType, Label: "A"}, "wide text": {Type: textType, Label: "A", Wide: true},
	"uint": {Type: uintType, Label: "A"}, "quoted uint": {Type: uintType, Label: "A", Quoted: true},
	"int": {Type: intType, Label: "A"}, "quoted int": {Type: intType, Label: "A", Quoted: true},
	"decimal": {Type: decimalType, Label: "A"}, "decimal(1)": {Type: attribute.Type{Kind: attribute.Decimal, Scale: 1}, Label: "A"},
	"decimal(14)": {Type: attribute.Type{Kind: attribute.Decimal, Scale: 14}, Label: "A"}, "decimal(0)": {Type: attribute.Type{Kind: attribute.Decimal}, Label: "A"},
	"time": {Type: timeType, Label: "A", DisplayType: "date"}, "bool": {Type: boolType, Label: "A"},
	"digest": {Type: digestType, Label: "A"}, "dag-pb": {Type: dagPBType, Label: "A"}, "member": {Type: uintType, Member: "a"},
}

// samples are values of a field, the edges among them.
func samples(f Field) (out []Value) {
	out = append(out, Value{})
	switch f.Type.Kind {
	case attribute.Text:
		for _, n := range []int{1, 2, 29, 30, 31, 32, 33, 44, 45, 58, 59} {
			if f.Wide || n < 30 {
				out = append(out, OfText(long(n-1)+"x"), OfText(strings.Repeat("~", n)))
			}
		}
		return append(out, OfText("é\x7f"), OfText("  "), OfText("0"), OfText("-1"))
	case attribute.Bool:
		return append(out, OfSlot(attribute.OfBool(true)), OfSlot(attribute.OfBool(false)))
	case attribute.Digest:
		for i := range 8 {
			out = append(out, OfDigest([32]byte{byte(i << 5), 1, byte(i), 30: 0xff, 31: byte(i)}))
		}
		return append(out, OfDigest([32]byte{}), OfDigest([32]byte([]byte(strings.Repeat("\xff", 32)))))
	case attribute.Int:
		for _, i := range []int64{0, 1, -1, 9, 10, -10, 999_999_999_999_999, -999_999_999_999_999, 1<<53 + 1, math.MaxInt64, math.MinInt64} {
			out = append(out, OfSlot(attribute.OfInt(i)))
		}
	default:
		for _, u := range []uint64{0, 1, 9, 10, 50, 99, 100, 123, 1005, 99_999_999_999_999, 100_000_000_000_000, 253402300799, 999_999_999_999_999, 1<<53 - 1, 1<<53 + 1, math.MaxUint64} {
			out = append(out, OfSlot(attribute.OfUint(u)))
		}
	}
	var shown []Value
	for _, v := range out {
		if _, err := f.Shown(v); err == nil || !v.Present {
			shown = append(shown, v)
		}
	}
	return shown
}

func TestBlock_MatchesRendered(t *testing.T) {
	for name, f := range fields {
		for _, v := range samples(f) {
			c, bytes := assignBlock(t, f, v)
			c.Seen = 0
			if err := wantBlock.Solve(c.expect(bytes)); err != nil {
				t.Errorf("%s, %q: %v", name, bytes, err)
			}
		}
	}
}

// TestBlock_IsSolvedByBothSystems: one of each kind.
func TestBlock_IsSolvedByBothSystems(t *testing.T) {
	for name, f := range fields {
		c, bytes := assignBlock(t, f, samples(f)[1])
		c.Seen = 0
		wantBlock.AssertAccepted(t, name, c.expect(bytes))
	}
}

// TestBlock_CommasStandBetween: after something, before what is present.
func TestBlock_CommasStandBetween(t *testing.T) {
	f := fields["uint"]
	for _, row := range []struct {
		present, seen bool
		want          byte
	}{{true, true, ','}, {true, false, ' '}, {false, true, ' '}, {false, false, ' '}} {
		v := OfSlot(attribute.OfUint(7))
		if !row.present {
			v = Value{}
		}
		c, bytes := assignBlock(t, f, v)
		c.Seen = bit(row.seen)
		bytes[0] = row.want
		wantBlock.AssertAccepted(t, string(bytes), c.expect(bytes))
		bytes[0] ^= ',' ^ ' '
		wantBlock.AssertRefused(t, "the other "+string(bytes), c.expect(bytes), []string{"Define/AssertIsEqual"})
	}
}

func TestBlock_ShowsIDs(t *testing.T) {
	for _, row := range []struct {
		id, supply uint64
		width      int
	}{{0, 1, 0}, {7, 10, 0}, {42, 1000, 0}, {42, 1000, 5}, {0, 9, 1}, {0, 9, 10}, {1234567890, 9e9, 0}, {9_999_999_999, 9_999_999_999, 0}, {100, 101, 3}, {1000, 1001, 0}} {
		pattern := "{id}.png"
		if row.width > 0 {
			pattern = "{id:0" + string(rune('0' + row.width/10))[:row.width/10] + string(rune('0'+row.width%10)) + "}.png"
		}
		tpl := template(t, Config{First: min(row.id, 1), Supply: row.supply, Width: row.width, Name: pattern})
		c := newBlockCircuit(0)
		c.setBlock(tpl, 0)
		c.ID = row.id
		doc := render(t, tpl, row.id, make([]Value, testSize.Slots()))
		wantBlock.AssertAccepted(t, pattern, c.expect(tpl.at(doc, 0)))
	}
}

// lies of a block, each refused by the row that owns it.
func TestBlock_RefusesLies(t *testing.T) {
	text := func(s string) fr.Element { return attribute.TextHash(s) }
	number := func(u uint64) fr.Element { return fr.NewElement(u) }
	minus := func(u uint64) (e fr.Element) {
		e.SetUint64(u)
		return *e.Neg(&e)
	}
	signed := func(i int64) fr.Element { return attribute.OfInt(i).Value }
	set := func(c *blockCircuit, characters string, value fr.Element) {
		c.Shown = valueOfNothing()
		c.Shown.setCharacters(characters)
		c.Slots[0].Value = value
	}
	negative := func(c *blockCircuit, characters string, value fr.Element) {
		set(c, characters, value)
		c.Shown.Negative = 1
	}
	half := new(big.Int).ModInverse(big.NewInt(2), circuittest.Field())
	for _, row := range []struct {
		name, field string
		honest      Value
		owners      []string
		tell        func(c *blockCircuit)
	}{
		{"another text", "text", OfText("Aurora"), []string{"assertHashed"}, func(c *blockCircuit) { c.Slots[0].Value = text("Void") }},
		{"a quote in the text", "text", OfText("Aurora"), []string{"assertPlain"}, func(c *blockCircuit) { set(c, `Auro"a`, text(`Auro"a`)) }},
		{"a quote first", "text", OfText("Aurora"), []string{"assertPlain"}, func(c *blockCircuit) { set(c, `"Auror`, text(`"Auror`)) }},
		{"a backslash last", "text", OfText("Aurora"), []string{"assertPlain"}, func(c *blockCircuit) { set(c, `Auror\`, text(`Auror\`)) }},
		{"a control character", "text", OfText("Aurora"), []string{"assertPlain"}, func(c *blockCircuit) { set(c, "Auro\x1fa", text("Auro\x1fa")) }},
		{"a quote in the 59th place", "wide text", OfText(long(59)), []string{"assertPlain"}, func(c *blockCircuit) { set(c, `"`+long(58), text(`"`+long(58))) }},
		{"a control character in the 32nd place", "wide text", OfText(long(59)), []string{"assertPlain"}, func(c *blockCircuit) { set(c, "\n"+long(31), text("\n"+long(31))) }},
		{"a quote over the template", "text", OfText("Aurora"), []string{"assertCharacters/AssertProduct"}, func(c *blockCircuit) { set(c, long(35), text(long(35))) }},
		{"a text over the template", "text", OfText("Aurora"), []string{"assertCharacters/AssertProduct", "assertCharacters/AssertProduct"}, func(c *blockCircuit) {
			set(c, "x"+long(35), text("x"+long(35)))
		}},
		{"nothing for a present slot", "text", OfText("Aurora"), []string{"newValueVar/AssertIsEqual", "assertHashed"}, func(c *blockCircuit) { c.Shown = valueOfNothing() }},
		{"something for an absent slot", "text", Value{}, []string{"newValueVar/AssertIsEqual"}, func(c *blockCircuit) { c.Shown.setCharacters("Ghost") }},
		{"a byte before the characters", "text", OfText("Aurora"), []string{"assertCharacters/AssertProduct"}, func(c *blockCircuit) {
			c.Shown.Patch[9] = 'x' - ' '
			excess := new(big.Int).Lsh(big.NewInt('x'-' '), 8*9) // which the linear form of the text has
			packed := new(fr.Element).SetBigInt(excess.Add(excess, new(big.Int).SetBytes([]byte("Aurora"))))
			c.Slots[0].Value = poseidon.Hash(poseidon.Text, fr.NewElement(6), *packed, fr.Element{})
		}},
		{"half starts", "text", OfText("aa"), []string{"newValueVar/AssertIsBoolean", "newValueVar/AssertIsBoolean", "assertCharacters/AssertProduct", "assertCharacters/AssertProduct", "assertCharacters/AssertProduct", "assertHashed"},
			func(c *blockCircuit) { c.Shown.Start[0], c.Shown.Start[1] = half, half }},

		{"another number", "uint", OfSlot(attribute.OfUint(42)), []string{"assertNumber/AssertProduct"}, func(c *blockCircuit) { c.Slots[0].Value = number(43) }},
		{"a number + r", "uint", OfSlot(attribute.OfUint(42)), []string{"assertNumber/AssertProduct"}, func(c *blockCircuit) { c.Slots[0].Value = minus(42) }},
		{"a leading zero", "uint", OfSlot(attribute.OfUint(42)), []string{"assertFirst"}, func(c *blockCircuit) { set(c, "042", number(42)) }},
		{"two zeros", "uint", OfSlot(attribute.OfUint(0)), []string{"assertFirst"}, func(c *blockCircuit) { set(c, "00", number(0)) }},
		{"a quoted leading zero", "quoted uint", OfSlot(attribute.OfUint(42)), []string{"assertFirst"}, func(c *blockCircuit) { set(c, "042", number(42)) }},
		{"a colon for ten", "uint", OfSlot(attribute.OfUint(42)), []string{"assertDigits"}, func(c *blockCircuit) { set(c, "3<", number(42)) }},
		{"a question mark for fifteen", "uint", OfSlot(attribute.OfUint(42)), []string{"assertDigits"}, func(c *blockCircuit) { set(c, "?", number(15)) }},
		{"a slash for minus one", "uint", OfSlot(attribute.OfUint(42)), []string{"assertDigits"}, func(c *blockCircuit) { set(c, "1/", number(9)) }},
		{"a letter", "uint", OfSlot(attribute.OfUint(42)), []string{"assertDigits"}, func(c *blockCircuit) { set(c, "1e", number(10+'e'-'0')) }},
		{"a blank between", "uint", OfSlot(attribute.OfUint(42)), []string{"assertDigits"}, func(c *blockCircuit) { set(c, "5 2", number(502-160)) }},
		{"a point in an integer", "uint", OfSlot(attribute.OfUint(42)), []string{"assertDigits"}, func(c *blockCircuit) { set(c, "5.2", number(502-20)) }},
		{"16 digits", "uint", OfSlot(attribute.OfUint(42)), []string{"assertShort"}, func(c *blockCircuit) { set(c, "1000000000000000", number(1e15)) }},
		{"20 digits", "uint", OfSlot(attribute.OfUint(42)), []string{"assertShort"}, func(c *blockCircuit) { set(c, "10000000000000000000", number(1e19)) }},
		{"21 digits", "quoted uint", OfSlot(attribute.OfUint(42)), []string{"assertShort", "assertFirst"}, func(c *blockCircuit) { set(c, "110000000000000000000", number(1e19)) }},
		{"a minus", "uint", OfSlot(attribute.OfUint(42)), []string{"newValueVar/AssertProduct"}, func(c *blockCircuit) { negative(c, "42", minus(42)) }},
		{"a minus before zero", "int", OfSlot(attribute.OfInt(0)), []string{"assertFirst"}, func(c *blockCircuit) { negative(c, "0", signed(0)) }},
		{"a quoted minus before zero", "quoted int", OfSlot(attribute.OfInt(0)), []string{"assertFirst"}, func(c *blockCircuit) { negative(c, "0", signed(0)) }},
		{"a minus before a leading zero", "int", OfSlot(attribute.OfInt(-5)), []string{"assertFirst"}, func(c *blockCircuit) { negative(c, "05", signed(-5)) }},
		{"a minus left out", "int", OfSlot(attribute.OfInt(-5)), []string{"assertNumber/AssertProduct"}, func(c *blockCircuit) { c.Shown.Negative = 0 }},
		{"a minus of two", "int", OfSlot(attribute.OfInt(-5)), []string{"newValueVar/AssertIsBoolean", "assertNumber/AssertProduct"}, func(c *blockCircuit) { c.Shown.Negative = 2 }},
		{"an int not shifted", "int", OfSlot(attribute.OfInt(5)), []string{"assertNumber/AssertProduct"}, func(c *blockCircuit) { c.Slots[0].Value = number(5) }},
		{"a point moved", "decimal", OfSlot(attribute.OfUint(123)), []string{"assertDigits", "assertPoint"}, func(c *blockCircuit) { set(c, "12.3", number(123)) }},
		{"no point", "decimal", OfSlot(attribute.OfUint(123)), []string{"assertPoint"}, func(c *blockCircuit) { set(c, "1523", number(193)) }},
		{"no digit before the point", "decimal", OfSlot(attribute.OfUint(50)), []string{"assertPoint"}, func(c *blockCircuit) { set(c, ".50", number(50)) }},
		{"nothing before two digits", "decimal", OfSlot(attribute.OfUint(50)), []string{"assertDigits", "assertPoint"}, func(c *blockCircuit) { set(c, "50", number(70)) }},
		{"two zeros before the point", "decimal", OfSlot(attribute.OfUint(50)), []string{"assertFirst"}, func(c *blockCircuit) { set(c, "00.50", number(50)) }},
		{"16 digits and a point", "decimal", OfSlot(attribute.OfUint(50)), []string{"assertShort"}, func(c *blockCircuit) { set(c, "10000000000000.00", number(1e15)) }},

		{"a bool of two", "bool", OfSlot(attribute.OfBool(true)), []string{"boolVar"}, func(c *blockCircuit) { c.Slots[0].Value = 2 }},
		{"another digest", "digest", OfDigest([32]byte{1}), []string{"assertHashed"}, func(c *blockCircuit) { c.Shown.High = 7 }},
		{"halves swapped", "digest", OfDigest([32]byte{1, 31: 2}), []string{"assertHashed"}, func(c *blockCircuit) { c.Shown.High, c.Shown.Low = c.Shown.Low, c.Shown.High }},
		{"a half of 129 bits", "digest", OfDigest([32]byte{1}), []string{"digestVar/Decompose"}, func(c *blockCircuit) {
			high := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), 128))
			c.Shown.High, c.Shown.Low = *high, 0
			c.Slots[0].Value = poseidon.Hash(poseidon.Digest, *high, fr.Element{})
		}},
		{"a low half of 129 bits", "digest", OfDigest([32]byte{1}), []string{"digestVar/Decompose"}, func(c *blockCircuit) {
			low := new(fr.Element).SetBigInt(new(big.Int).Lsh(big.NewInt(1), 128))
			c.Shown.High, c.Shown.Low = 0, *low
			c.Slots[0].Value = poseidon.Hash(poseidon.Digest, fr.Element{}, *low)
		}},
		{"a digest's hash as a text", "text", OfText("Aurora"), []string{"assertHashed"}, func(c *blockCircuit) {
			c.Slots[0].Value = poseidon.Hash(poseidon.Digest, fr.NewElement(6), *new(fr.Element).SetBytes([]byte("Aurora")))
		}},
		{"a text in a digest's block", "digest", OfDigest([32]byte{1}), []string{"newValueVar/AssertIsEqual", "assertCharacters/AssertProduct", "assertCharacters/AssertProduct", "assertHashed"}, func(c *blockCircuit) { c.Shown.setCharacters("a") }},
		{"an id + 10^10", "text", OfText("Aurora"), []string{"decimalVar/AssertIsEqual"}, func(c *blockCircuit) { c.ID = 10_000_000_042 }},
	} {
		c, _ := assignBlock(t, fields[row.field], row.honest)
		row.tell(c)
		anyBlock.AssertRefused(t, row.name, c, row.owners)
	}
}
