package document

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
	"slices"
	"strings"
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
	Values     []frontend.Variable
	Document   DocumentVar
}

func (c *digestCircuit) Define(api frontend.API) error {
	c.assertCommitted(api)
	high, low, err := DigestVar(api, c.Document, c.ID, c.Root, c.Values)
	if err != nil {
		return err
	}
	c.assertDigest(api, high, low)
	return nil
}

func (c *digestCircuit) assertCommitted(api frontend.API) {
	api.AssertIsEqual(c.Commitment, CommitmentVar(api, c.Document.Template.BodyVar(api)))
}

func (c *digestCircuit) assertDigest(api frontend.API, high, low frontend.Variable) {
	api.AssertIsEqual(high, c.High)
	api.AssertIsEqual(low, c.Low)
}

func placeholder(size statement.Size) *digestCircuit {
	return &digestCircuit{Values: make([]frontend.Variable, size.Layers), Document: Placeholder(size)}
}

func assign(t testing.TB, tpl *Template, id uint64, root fr.Element, texts []string) (*digestCircuit, []byte) {
	t.Helper()
	doc, err := tpl.Render(id, root, texts)
	if err != nil {
		t.Fatal(err)
	}
	c := placeholder(tpl.Size())
	c.Commitment, c.ID, c.Root = tpl.Commitment(), id, root
	for l, text := range texts {
		c.Values[l] = attribute.TextHash(text)
	}
	c.Document = ValueOf(tpl, texts)
	c.setDigest(doc)
	return c, doc
}

// setDigest recomputes the public digest, from the standard library.
func (c *digestCircuit) setDigest(doc []byte) {
	c.High, c.Low = halves(sha256.Sum256(doc))
}

func halves(digest [32]byte) (high, low any) { return statement.Limbs(digest) }

// digests is the small circuit. Its 300,000 gates of PLONK are generation's to test.
var digests = circuittest.New(placeholder(statement.Small)).WithoutPlonk()

func solve(c *digestCircuit) error { return digests.Solve(c) }

var foxTexts = []string{"Aurora", "Laser éx", "Ghost"}

func TestDigestVar_MatchesRenderedDocument(t *testing.T) {
	for name, change := range map[string]func(*Config){
		"sample":        func(*Config) {},
		"no image":      func(c *Config) { c.Image = "" },
		"no ids":        func(c *Config) { c.Name, c.Image = "Foxes", "ipfs://one.png" },
		"name id only":  func(c *Config) { c.Image = "ipfs://one.png" },
		"image id only": func(c *Config) { c.Name = "Foxes" },
		"all shown":     func(c *Config) { c.Traits = []Trait{{"A", true}, {"B", true}, {"C", true}} },
		"none shown":    func(c *Config) { c.Traits = nil },
		"ten digits":    func(c *Config) { c.Supply = MaxID },
	} {
		c := config()
		change(&c)
		tpl := template(t, c)
		for _, id := range []uint64{1, 9876, tpl.config.Supply} {
			assignment, _ := assign(t, tpl, id, someRoot(id+1), foxTexts)
			if err := solve(assignment); err != nil {
				t.Errorf("%s, id %d: %v", name, id, err)
			}
		}
	}
}

func TestDigestVar_TakesTextsOfEveryLength(t *testing.T) {
	c := config()
	c.Traits = []Trait{{"A", true}, {"Background", true}, {"C", true}}
	tpl := template(t, c)
	for n := 1; n <= tpl.MaxText(1); n++ {
		long := strings.Repeat("é~ ", 11)[:n]
		if ValidateText(long) != nil {
			long = strings.Repeat("~ ", 16)[:n]
		}
		assignment, _ := assign(t, tpl, 5, someRoot(8), []string{strings.Repeat("m", tpl.MaxText(0)), long, "z"})
		if err := solve(assignment); err != nil {
			t.Errorf("%d bytes: %v", n, err)
		}
	}
}

// TestDigestVar_RejectsLie tells one lie a row; the digest and everything else fits it.
func TestDigestVar_RejectsLie(t *testing.T) {
	block := func(doc []byte, l int) []byte {
		return doc[len(doc)-endBytes-(statement.Small.Layers-l)*blockBytes:]
	}
	patch := func(c *digestCircuit, l, j int, b byte) { c.Document.Texts[l].Patch[j] = int(b) - spaceByte }
	for _, row := range []struct {
		name   string
		owners []string
		tell   func(c *digestCircuit, doc []byte)
	}{
		{"another text than the value's", []string{"assertText/AssertProduct"}, func(c *digestCircuit, doc []byte) {
			patch(c, 0, 0, 'b')
			block(doc, 0)[textEnd-1] = 'b'
		}},
		{"another value", []string{"assertText/AssertProduct"}, func(c *digestCircuit, doc []byte) { c.Values[0] = attribute.TextHash("Void") }},
		{"a quote within the text", []string{"assertPlain"}, func(c *digestCircuit, doc []byte) {
			text := `Auro"a`
			patch(c, 0, 1, '"')
			c.Values[0] = attribute.TextHash(text)
			block(doc, 0)[textEnd-2] = '"'
		}},
		{"a backslash in the text", []string{"assertPlain"}, func(c *digestCircuit, doc []byte) {
			patch(c, 0, 1, '\\')
			c.Values[0] = attribute.TextHash(`Auro\a`)
			block(doc, 0)[textEnd-2] = '\\'
		}},
		{"a control character in the text", []string{"assertPlain"}, func(c *digestCircuit, doc []byte) {
			patch(c, 0, 1, '\n')
			c.Values[0] = attribute.TextHash("Auro\na")
			block(doc, 0)[textEnd-2] = '\n'
		}},
		{"no opening quote", []string{"assertQuote/AssertProduct", "assertText/AssertProduct"}, func(c *digestCircuit, doc []byte) {
			patch(c, 0, 6, 'x')
			block(doc, 0)[textEnd-7] = 'x'
		}},
		{"the quote elsewhere", []string{"assertText/AssertProduct"}, func(c *digestCircuit, doc []byte) {
			c.Document.Texts[0].Quote[5], c.Document.Texts[0].Quote[6] = 0, 1
			patch(c, 0, 6, ' ')
			patch(c, 0, 7, '"')
			block(doc, 0)[textEnd-7], block(doc, 0)[textEnd-8] = ' ', '"'
		}},
		{"two quotes", slices.Concat( // every byte of the text is asked for twice
			slices.Repeat([]string{"assertText/AssertProduct", "assertPlain"}, 7), []string{"assertText/AssertIsEqual", "assertText/AssertProduct"}), func(c *digestCircuit, doc []byte) {
			c.Document.Texts[0].Quote[7] = 1
			patch(c, 0, 8, '"')
			block(doc, 0)[textEnd-9] = '"'
		}},
		{"half quotes", []string{"assertQuote/AssertIsBoolean", "assertPlain", "assertQuote/AssertIsBoolean", "assertQuote/AssertProduct", "assertText/AssertProduct"}, func(c *digestCircuit, doc []byte) {
			half := new(big.Int).ModInverse(big.NewInt(2), ecc.BN254.ScalarField())
			c.Document.Texts[0].Quote[5], c.Document.Texts[0].Quote[6] = half, half
		}},
		{"no quote", []string{"assertText/AssertIsEqual", "assertText/AssertProduct"}, func(c *digestCircuit, doc []byte) {
			c.Document.Texts[0].Quote[5] = 0
			for j := range 7 {
				c.Document.Texts[0].Patch[j] = 0
				block(doc, 0)[textEnd-1-j] = ' '
			}
		}},
		{"bytes before the quote", []string{"assertText/AssertProduct", "assertText/AssertProduct"}, func(c *digestCircuit, doc []byte) {
			patch(c, 0, 7, ',')
			block(doc, 0)[textEnd-8] = ','
		}},
		{"a hidden trait shown", []string{"assertText/AssertIsEqual"}, func(c *digestCircuit, doc []byte) {
			c.Document.Texts[2] = valueOfText("Ghost", true)
			copy(block(doc, 2)[textEnd-6:], `"Ghost`)
		}},
		{"a shown trait hidden", []string{"assertCommitted"}, func(c *digestCircuit, doc []byte) {
			c.Document.Texts[0] = valueOfText("", false)
			c.Document.Template.Visible[0] = 0
			copy(block(doc, 0)[textEnd-7:textEnd], strings.Repeat(" ", 7))
		}},
		{"another template byte", []string{"assertCommitted"}, func(c *digestCircuit, doc []byte) {
			chunk := c.Document.Template.Chunks[4].(fr.Element)
			one := fr.NewElement(1)
			chunk.Add(&chunk, &one)
			c.Document.Template.Chunks[4] = chunk
			doc[len(doc)-endBytes-5*blockBytes+5*chunkBytes-1]++
		}},
		{"another midstate", []string{"assertCommitted"}, func(c *digestCircuit, doc []byte) {
			doc[2] ^= 1
			other, _ := New(statement.Small, config())
			other.prefix = doc[:len(other.prefix)]
			c.Document.Template.MidstateHigh, c.Document.Template.MidstateLow = valuesOf(other.midstate())
		}},
		{"another id", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { c.ID = 43 }},
		{"an id + 10^10", []string{"decimalVar/AssertIsEqual"}, func(c *digestCircuit, doc []byte) {
			c.ID = 10_000_000_042
		}},
		{"another root", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { c.Root = someRoot(77) }},
		{"the id in the image left out", []string{"assertCommitted", "assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) {
			c.Document.Template.ImageID = 0
		}},
		{"another digest", []string{"assertDigest", "assertDigest"}, func(c *digestCircuit, doc []byte) { doc[len(doc)-1] = ' ' }},
	} {
		c, doc := assign(t, template(t, config()), 42, someRoot(6), foxTexts)
		row.tell(c, doc)
		c.setDigest(doc)
		digests.AssertRefused(t, row.name, c, row.owners)
	}
}

// TestDigestVar_TextCannotCoverTheTemplate gives a hidden table's text that is longer than
// its block has room for, in every way its bytes could be placed.
func TestDigestVar_TextCannotCoverTheTemplate(t *testing.T) {
	tpl := template(t, config())
	text := strings.Repeat("x", tpl.MaxText(0)+1)
	c, doc := assign(t, tpl, 42, someRoot(6), foxTexts)
	c.Document.Texts[0] = valueOfText(text, true)
	c.Values[0] = attribute.TextHash(text)
	b := doc[len(doc)-endBytes-3*blockBytes:]
	copy(b[textEnd-len(text)-1:], `"`+text)
	c.setDigest(doc)
	digests.AssertRefused(t, "the text covers the head of its block", c, []string{"assertText/AssertProduct", "assertQuote/AssertProduct", "assertDigest", "assertDigest"})
}

func TestDigestVar_RejectsLyingHints(t *testing.T) {
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
		"no inverse": {circuittest.Replace(circuittest.Of(inverseHint), func(_ *big.Int, in, out []*big.Int) error {
			out[0].SetInt64(0)
			return nil
		}), slices.Repeat([]string{"assertPlain"}, len("Aurora")+len("Laser éx"))},
	} {
		c, _ := assign(t, template(t, config()), 42, someRoot(6), foxTexts)
		digests.AssertRefused(t, name, c, row.owners, row.lie)
	}
}

// characterCircuit exposes one character.
type characterCircuit struct {
	Bits [6]frontend.Variable
	Char frontend.Variable
}

func (c *characterCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(characterVar(api, c.Bits), c.Char)
	return nil
}

func TestCharacterVar_IsBase64URL(t *testing.T) {
	circuit := circuittest.New(&characterCircuit{})
	for n := range 64 {
		c := &characterCircuit{Char: base64.URLEncoding.EncodeToString([]byte{byte(n << 2), 0, 0})[0]}
		for i := range c.Bits {
			c.Bits[i] = n >> i & 1
		}
		circuit.AssertAccepted(t, fmt.Sprint(n), c)
	}
}

func TestDigestVar_ConstraintCount(t *testing.T) {
	for _, c := range []struct {
		size statement.Size
		want int
	}{{statement.Small, 96553}, {statement.Standard, 176387}} {
		circuittest.New(placeholder(c.size)).AssertRows(t, c.size.Name, c.want)
	}
}

func FuzzDigestVar_MatchesRenderedDocument(f *testing.F) {
	f.Add(uint64(3), "Aurora", "Laser", uint64(4))
	f.Fuzz(func(t *testing.T, id uint64, a, b string, seed uint64) {
		tpl := template(t, config())
		id = 1 + id%tpl.config.Supply
		if ValidateText(a) != nil || ValidateText(b) != nil || len(a) > tpl.MaxText(0) || len(b) > tpl.MaxText(1) {
			return
		}
		c, _ := assign(t, tpl, id, someRoot(seed+1), []string{a, b, "x"})
		if err := solve(c); err != nil {
			t.Error(fmt.Errorf("id %d: %w", id, err))
		}
	})
}
