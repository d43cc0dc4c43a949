package document

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/statement"
)

// digestCircuit binds the template's commitment and the document's digest.
type digestCircuit struct {
	Commitment frontend.Variable `gnark:",public"`
	High, Low  frontend.Variable `gnark:",public"`
	ID, Root   frontend.Variable
	Slots      []attribute.SlotVar
	Document   DocumentVar
	Size       statement.Size `gnark:"-"`
}

func (c *digestCircuit) Define(api frontend.API) error {
	c.assertCommitted(api)
	high, low, err := DigestVar(api, c.Size, c.Document, c.ID, c.Root, c.Slots)
	if err != nil {
		return err
	}
	c.assertDigest(api, high, low)
	return nil
}

func (c *digestCircuit) assertCommitted(api frontend.API) {
	api.AssertIsEqual(c.Commitment, CommitmentVar(api, c.Document.Template.BodyVar(api, c.Size)))
}

func (c *digestCircuit) assertDigest(api frontend.API, high, low frontend.Variable) {
	api.AssertIsEqual(high, c.High)
	api.AssertIsEqual(low, c.Low)
}

func placeholder(size statement.Size) *digestCircuit {
	return &digestCircuit{Slots: make([]attribute.SlotVar, size.Slots()), Document: Placeholder(size), Size: size}
}

func assign(t testing.TB, tpl *Template, id uint64, v []Value) (*digestCircuit, []byte) {
	t.Helper()
	doc := render(t, tpl, id, v)
	c := placeholder(tpl.Size())
	c.Commitment, c.ID, c.Root = tpl.Commitment(), id, someRoot(id+1)
	for i := range v {
		c.Slots[i] = attribute.ValueOf(v[i].Slot)
	}
	c.Document = ValueOf(tpl, v)
	c.setDigest(doc)
	return c, doc
}

// setDigest recomputes the public digest, from the standard library.
func (c *digestCircuit) setDigest(doc []byte) {
	c.High, c.Low = halves(sha256.Sum256(doc))
}

func halves(digest [32]byte) (high, low any) { return statement.Limbs(digest) }

// shortSize has room for a document of five blocks, over the tests' slots.
var shortSize = statement.Size{Name: "test", Layers: testSize.Layers, Claims: testSize.Claims, Facts: testSize.Facts, Blocks: 5, Digests: 2}

// short is a document of each sort of block: ids, a member, and two attributes, with a blank one behind them.
func short(t testing.TB) *Template {
	t.Helper()
	c := config()
	c.Fields = []Field{{Slot: 0, Type: textType, Label: "Eyes"}, {Slot: 3, Type: uintType, Label: "Level"}}
	tpl, err := New(shortSize, c)
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// digests is the short document's circuit. PLONK's gates of SHA-256 are generation's to test.
var digests = circuittest.New(placeholder(shortSize)).WithoutPlonk()

func TestDigestVar_MatchesRenderedDocument(t *testing.T) {
	all := circuittest.New(placeholder(testSize)).WithoutPlonk()
	noIDs := config()
	noIDs.Name, noIDs.Image = "Foxes", ""
	padded := config()
	padded.Width, padded.First, padded.Name, padded.Image = 5, 7, "#{id:05}", "{id:05}.png"
	last := config()
	slices.Reverse(last.Fields)
	for name, c := range map[string]Config{"sample": config(), "no ids": noIDs, "padded": padded, "reversed": last, "nothing": {Supply: 50}} {
		tpl := template(t, c)
		for _, v := range [][]Value{values(), absent(values(), 0, 4, 7)} {
			assignment, _ := assign(t, tpl, 42, v)
			if err := all.Solve(assignment); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	c, _ := assign(t, short(t), 0, values())
	digests.AssertAccepted(t, "id 0", c)
}

// TestDigestVar_ShowsDigestsWhereTheyCanBe: in the blocks of the size that can, with blank ones before them.
func TestDigestVar_ShowsDigestsWhereTheyCanBe(t *testing.T) {
	digest := Field{Slot: 11, Type: digestType, Label: "Prompt"}
	text := Field{Slot: 0, Type: textType, Label: "Eyes"}
	for name, c := range map[string]Config{
		"alone":           {Supply: 50, Fields: []Field{digest}},
		"behind an id":    {Supply: 50, Name: "#{id}", Fields: []Field{digest}},
		"behind two":      {Supply: 50, Name: "#{id}", Image: "{id}", Fields: []Field{digest}},
		"before a text":   {Supply: 50, Fields: []Field{digest, text}},
		"behind a text":   {Supply: 50, Name: "#{id}", Fields: []Field{text, digest}},
		"a member, first": {Supply: 50, Fields: []Field{{Slot: 11, Type: dagPBType, Member: "image"}}},
	} {
		tpl, err := New(shortSize, c)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if last := tpl.cells[len(tpl.cells)-1].last; tpl.blocks[last].shows.Type.Kind == attribute.Digest && last != 2 && last != 4 {
			t.Errorf("%s: a digest in block %d", name, last)
		}
		assignment, doc := assign(t, tpl, 7, values())
		digests.AssertAccepted(t, name, assignment)
		if _, err := tpl.Parse(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		assignment.Document.Shown[tpl.cells[0].last].High = 1
		if digests.Accepts(assignment) && tpl.blocks[tpl.cells[0].last].shows.Type.Kind == attribute.Digest {
			t.Errorf("%s: another digest is taken", name)
		}
	}
	if _, err := New(shortSize, Config{Supply: 50, Name: "#{id}", Image: "{id}", Fields: []Field{text, {Slot: 1, Type: textType, Label: "Eyes"}, digest}}); err == nil {
		t.Error("a digest in a block behind the last")
	}
}

// TestDigestVar_RefusesLies: the digest and everything else fits the lie.
func TestDigestVar_RefusesLies(t *testing.T) {
	block := func(doc []byte, i int) []byte {
		n := len(doc) - endBytes - (shortSize.Blocks-i)*blockBytes
		return doc[n : n+blockBytes]
	}
	const eyes, level = 2, 3
	committed := []string{"assertCommitted"}
	blank := func(b []byte) {
		for i := range b {
			b[i] = ' '
		}
	}
	for _, row := range []struct {
		name   string
		owners []string
		tell   func(c *digestCircuit, doc []byte)
	}{
		{"another text", []string{"assertHashed"}, func(c *digestCircuit, doc []byte) {
			c.Document.Shown[eyes].Patch[0] = 'b' - ' '
			block(doc, eyes)[valueEnd-1] = 'b'
		}},
		{"another id", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { c.ID = 43 }},
		{"another root", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { c.Root = someRoot(77) }},
		{"another byte of the document", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { doc[len(doc)-1] = ' ' }},
		{"a present slot blanked", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { blank(block(doc, eyes)) }},
		{"a comma left out", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { block(doc, level)[0] = ' ' }},
		{"a comma in front of the first", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { block(doc, eyes)[0] = ',' }},
		{"a comma behind the last", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { block(doc, level+1)[0] = ',' }},

		{"another byte of the template", committed, func(c *digestCircuit, doc []byte) {
			chunk := c.Document.Template.Blocks[eyes].Chunks[1].(fr.Element)
			one := fr.NewElement(1)
			c.Document.Template.Blocks[eyes].Chunks[1] = *chunk.Add(&chunk, &one)
			block(doc, eyes)[middleEnd-1]++
		}},
		{"another midstate", committed, func(c *digestCircuit, doc []byte) {
			doc[2] ^= 1
			other := short(t)
			other.prefix = doc[:len(other.prefix)]
			c.Document.Template.MidstateHigh, c.Document.Template.MidstateLow = valuesOf(other.midstate())
		}},
		{"another length", []string{"assertCommitted", "assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) {
			e := c.Document.Template.Length.(fr.Element)
			c.Document.Template.Length = e.Uint64() + 8
		}},
		{"padded ids", committed, func(c *digestCircuit, doc []byte) {
			e := c.Document.Template.Length.(fr.Element)
			c.Document.Template.Length = e.Uint64() | 3<<lengthBits
			copy(block(doc, 0)[idStart:], `042.png"   `[:8])
			copy(block(doc, 1)[idStart:], `042","attributes":[ `)
		}},
		{"another slot", []string{"assertCommitted"}, func(c *digestCircuit, doc []byte) {
			c.Slots[1] = c.Slots[0]
			c.Document.Template.Blocks[eyes].Index[0], c.Document.Template.Blocks[eyes].Index[1] = 0, 1
		}},
		{"a slot left out", []string{"assertCommitted"}, func(c *digestCircuit, doc []byte) {
			for i := range c.Document.Template.Blocks[level].Index {
				c.Document.Template.Blocks[level].Index[i] = 1
			}
			c.Document.Shown[level] = valueOfNothing()
			blank(block(doc, level))
		}},
		{"a block that shows nothing", committed, func(c *digestCircuit, doc []byte) {
			c.Document.Template.Blocks[level].Number = 0
			c.Document.Shown[level] = valueOfNothing()
			copy(block(doc, level)[valueEnd-2:], "  ")
		}},
		{"no comma's flag", committed, func(c *digestCircuit, doc []byte) {
			c.Document.Template.Blocks[level].Opening = 0
			block(doc, level)[0] = ' '
		}},
		{"no id's flag", []string{"assertCommitted", "assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { c.Document.Template.Blocks[0].ID = 0 }},
		{"a flag of two, the one above less one", []string{"assertFlags", "assertFlags"}, func(c *digestCircuit, doc []byte) {
			b := &c.Document.Template.Blocks[level+1] // a blank one: quoted 2, signed −1, the same sum
			b.Quoted, b.Signed = 2, -1
		}},
	} {
		c, doc := assign(t, short(t), 42, values())
		row.tell(c, doc)
		c.setDigest(doc)
		digests.AssertRefused(t, row.name, c, row.owners)
	}
}

// commaCircuit asks which of five attributes a comma stands in front of.
type commaCircuit struct{ Opening, Present, Comma [5]frontend.Variable }

func (c *commaCircuit) Define(api frontend.API) error {
	var seen frontend.Variable = 0
	for i := range c.Comma {
		api.AssertIsEqual(commaVar(api, c.Opening[i], c.Present[i], &seen), c.Comma[i])
	}
	return nil
}

// TestCommaVar_StandsBetween over all sets of blocks that open an attribute, and of present slots.
func TestCommaVar_StandsBetween(t *testing.T) {
	circuit := circuittest.New(&commaCircuit{})
	for sets := range 1 << 10 {
		c, something := &commaCircuit{}, false
		for i := range c.Comma {
			opening, present := sets>>i&1 == 1, sets>>(5+i)&1 == 1
			c.Opening[i], c.Present[i], c.Comma[i] = bit(opening), bit(present), bit(opening && present && something)
			something = something || opening && present
		}
		if err := circuit.Solve(c); err != nil {
			t.Fatalf("%b: %v", sets, err)
		}
		for i := range c.Comma {
			honest := c.Comma[i]
			if c.Comma[i] = 1 - honest.(int); circuit.Accepts(c) {
				t.Fatalf("%b: another comma in front of %d", sets, i)
			}
			c.Comma[i] = honest
		}
	}
}

func TestDigestVar_RefusesLyingHints(t *testing.T) {
	for name, row := range map[string]struct {
		lie    circuittest.Lie
		owners []string
	}{
		"digits of another id": {circuittest.Replace(circuittest.Of(decimalHint), func(f *big.Int, in, out []*big.Int) error {
			return decimalHint(f, []*big.Int{new(big.Int).Add(in[0], big.NewInt(1))}, out)
		}), []string{"decimalVar/AssertIsEqual", "assertDigest", "assertDigest"}},
		"a digit's bit of two": {circuittest.Replace(circuittest.Of(decimalHint), func(f *big.Int, in, out []*big.Int) error {
			if err := decimalHint(f, in, out); err != nil {
				return err
			}
			out[0].SetInt64(2) // 42: bits of the digit 2 are 0, 1
			out[1].SetInt64(0)
			return nil
		}), []string{"decimalVar/AssertIsBoolean"}},
		"a digit of twelve": {circuittest.Replace(circuittest.Of(decimalHint), func(f *big.Int, in, out []*big.Int) error {
			for i, b := range []int64{0, 0, 1, 1, 1, 1, 0, 0} { // 3·10 + 12
				out[i].SetInt64(b)
			}
			for _, o := range out[8:] {
				o.SetInt64(0)
			}
			return nil
		}), []string{"decimalVar/AssertProduct", "assertDigest", "assertDigest"}},
		"no inverse": {circuittest.Replace(circuittest.Of(inverseHint), func(_ *big.Int, in, out []*big.Int) error {
			out[0].SetInt64(0)
			return nil
		}), slices.Concat(slices.Repeat([]string{"assertPlain"}, len("Aurora")), slices.Repeat([]string{"assertPlain"}, len("12")), []string{"assertFirst"})},
	} {
		c, _ := assign(t, short(t), 42, values())
		digests.AssertRefused(t, name, c, row.owners, row.lie)
	}
}

// TestBase64Var_HasOneForm shows root + r, which is the same element.
func TestBase64Var_HasOneForm(t *testing.T) {
	c, doc := assign(t, short(t), 42, values())
	c.Root = 5
	alias := new(big.Int).Add(ecc.BN254.ScalarField(), big.NewInt(5))
	copy(doc[len(doc)-2-rootChars:], base64.RawURLEncoding.EncodeToString(alias.FillBytes(make([]byte, 32))))
	c.setDigest(doc)
	hint := circuittest.HintNamed("bits.bitsHint")
	lie := func(field *big.Int, in, out []*big.Int) error {
		if len(out) < 253 {
			return hint.Func(field, in, out)
		}
		for i := range out {
			out[i].SetUint64(uint64(alias.Bit(i)))
		}
		return nil
	}
	digests.AssertRefused(t, "one root has two documents", c, []string{"base64Var/Canonical", "base64Var/Canonical"}, circuittest.Replace(hint, lie))
}

// bytesCircuit exposes the bytes of a number.
type bytesCircuit struct{ X, High, Low frontend.Variable }

func (c *bytesCircuit) Define(api frontend.API) error {
	b := bytesOf(api, c.X, 2)
	api.AssertIsEqual(b[0].value(api), c.High)
	api.AssertIsEqual(b[1].value(api), c.Low)
	return nil
}

func TestBytesOf_AreBits(t *testing.T) {
	lie := func(_ *big.Int, _, out []*big.Int) error {
		for _, o := range out {
			o.SetInt64(0)
		}
		out[0].SetInt64(256)
		return nil
	}
	circuittest.New(&bytesCircuit{}).AssertRefused(t, "a byte of 256", &bytesCircuit{256, 0, 256}, []string{"bytesOf/bits.ToBinary"},
		circuittest.Replace(circuittest.HintNamed("bits.nBits"), lie))
}

// characterCircuit exposes one character of base64url or base32.
type characterCircuit struct {
	Bits []frontend.Variable
	Char frontend.Variable
}

func (c *characterCircuit) Define(api frontend.API) error {
	if len(c.Bits) == 6 {
		api.AssertIsEqual(characterVar(api, [6]frontend.Variable(c.Bits)), c.Char)
	} else {
		api.AssertIsEqual(base32Var(api, [5]frontend.Variable(c.Bits)), c.Char)
	}
	return nil
}

func TestCharacters_AreThoseOfTheAlphabets(t *testing.T) {
	for bits, alphabet := range map[int]string{5: "abcdefghijklmnopqrstuvwxyz234567", 6: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"} {
		circuit := circuittest.New(&characterCircuit{Bits: make([]frontend.Variable, bits)})
		for n := range alphabet {
			c := &characterCircuit{Bits: make([]frontend.Variable, bits), Char: alphabet[n]}
			for i := range c.Bits {
				c.Bits[i] = n >> i & 1
			}
			circuit.AssertAccepted(t, fmt.Sprint(n), c)
		}
	}
}

func TestDigestVar_ConstraintCount(t *testing.T) {
	for _, c := range []struct {
		size statement.Size
		want int
	}{{statement.Small, 99957}, {statement.Standard, 216594}} {
		circuittest.New(placeholder(c.size)).AssertRows(t, c.size.Name, c.want)
	}
	anyBlock.AssertRows(t, "one block", 1842)
}

func FuzzDigestVar_MatchesRenderedDocument(f *testing.F) {
	f.Add(uint64(3), "Aurora", uint64(12))
	f.Fuzz(func(t *testing.T, id uint64, text string, number uint64) {
		tpl := short(t)
		id %= 10000
		number %= 1_000_000_000_000_000
		if ValidateText(text) != nil || len(text) > tpl.MaxText(0) {
			return
		}
		v := values()
		v[0], v[3] = OfText(text), OfSlot(attribute.OfUint(number))
		c, _ := assign(t, tpl, id, v)
		if err := digests.Solve(c); err != nil {
			t.Error(fmt.Errorf("id %d: %w", id, err))
		}
	})
}
