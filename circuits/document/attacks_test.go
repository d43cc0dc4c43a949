package document

import (
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/internal/circuittest"
	"github.com/genproof/genproof/circuits/poseidon"
)

// The lies of this file are consistent: the document, its digest, the texts and the values
// of the hidden tables all fit the lie, so that one row alone refuses it.

// bodyOf is the document from the ids blocks on.
func bodyOf(doc []byte) []byte {
	return doc[len(doc)-endBytes-3*blockBytes-idsBytes:]
}

// layerOf is layer l's block of the document.
func layerOf(doc []byte, l int) []byte { return bodyOf(doc)[traitOffset(l):traitOffset(l+1)] }

// show replaces the text of layer 0 everywhere.
func show(c *digestCircuit, doc []byte, text string) {
	c.Document.Texts[0] = valueOfText(text, true)
	c.Values[0] = attribute.TextHash(text)
	block := layerOf(doc, 0)
	start := len(head(config().Traits[0]))
	copy(block[start:textEnd], strings.Repeat(" ", textEnd-start))
	copy(block[textEnd-len(text)-1:], `"`+text)
	c.setDigest(doc)
}

func TestDigestVar_RefusesTextsThatAreNotPlain(t *testing.T) {
	for _, text := range []string{
		`x"yyyyy`, `"yyyyyy`, `yyyyyy"`, `\yyyyyy`, `yyyyyy\`, "\x1fyyyyyy", "yyyyyy\x00", "y\x1fy",
	} {
		c, doc := assign(t, template(t, config()), 42, someRoot(6), foxTexts)
		show(c, doc, text)
		digests.AssertRefused(t, fmt.Sprintf("%q is shown", text), c, []string{"assertPlain"})
	}
}

// TestDigestVar_TakesWhatValidateTextTakes: where the circuit and the native rule agree.
func TestDigestVar_TakesWhatValidateTextTakes(t *testing.T) {
	for _, text := range []string{"a\x7fb", "a\u0085b", " ", "~"} {
		if err := ValidateText(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
		c, doc := assign(t, template(t, config()), 42, someRoot(6), foxTexts)
		show(c, doc, text)
		digests.AssertAccepted(t, text, c)
	}
}

func shortNames(t *testing.T) *Template {
	c := config()
	c.Traits = []Trait{{"A", true}, {"B", true}}
	return template(t, c)
}

func TestDigestVar_ChecksTheWholeRoom(t *testing.T) {
	for _, first := range []string{`"`, `\`, "\x01"} {
		c, doc := assign(t, shortNames(t), 42, someRoot(6), []string{strings.Repeat("z", 31), "b", "c"})
		text := first + strings.Repeat("y", 30)
		c.Document.Texts[0] = valueOfText(text, true)
		c.Values[0] = attribute.TextHash(text)
		copy(layerOf(doc, 0)[textEnd-31:], text)
		c.setDigest(doc)
		digests.AssertRefused(t, fmt.Sprintf("a text of 31 bytes starts with %q", first), c, []string{"assertPlain"})
	}
	c, doc := assign(t, shortNames(t), 42, someRoot(6), []string{"z", "b", "c"})
	c.Document.Texts[0].Patch[31] = int('x') - spaceByte
	layerOf(doc, 0)[textEnd-32] = 'x'
	c.setDigest(doc)
	digests.AssertRefused(t, "a byte stands in the 32nd place, before the quote", c, []string{"assertText/AssertProduct"})
}

// TestDigestVar_NeedsItsOpeningQuote: the value is what the linear form of the text becomes,
// as a hidden table could hold it.
func TestDigestVar_NeedsItsOpeningQuote(t *testing.T) {
	text := foxTexts[0]
	for _, instead := range []byte{' ', 'x', '\''} {
		c, doc := assign(t, template(t, config()), 42, someRoot(6), foxTexts)
		c.Document.Texts[0].Patch[len(text)] = int(instead) - spaceByte
		layerOf(doc, 0)[textEnd-1-len(text)] = instead
		excess := new(big.Int).Lsh(big.NewInt(int64(instead)-quoteByte), uint(8*len(text)))
		var packed fr.Element
		packed.SetBigInt(excess.Add(excess, new(big.Int).SetBytes([]byte(text))))
		c.Values[0] = poseidon.Hash(poseidon.Text, fr.NewElement(uint64(len(text))), packed, fr.Element{})
		c.setDigest(doc)
		digests.AssertRefused(t, fmt.Sprintf("%q stands for the opening quote", instead), c, []string{"assertQuote/AssertProduct"})
	}
}

func TestDigestVar_ShowsWhatTheFlagsSay(t *testing.T) {
	c, doc := assign(t, template(t, config()), 42, someRoot(6), foxTexts)
	c.Document.Texts[0] = valueOfText("", false)
	copy(layerOf(doc, 0)[textEnd-7:textEnd], strings.Repeat(" ", 7))
	c.setDigest(doc)
	digests.AssertRefused(t, "a shown trait has no text", c, []string{"assertText/AssertIsEqual", "assertText/AssertProduct"})
	c, doc = assign(t, template(t, config()), 42, someRoot(6), foxTexts)
	c.Document.Texts[2] = valueOfText("Ghost", true)
	copy(layerOf(doc, 2)[textEnd-6:], `"Ghost`)
	c.setDigest(doc)
	digests.AssertRefused(t, "a hidden trait is shown", c, []string{"assertText/AssertIsEqual"})
}

// TestDigestVar_FlagsAreBooleans: other numbers pack to the same committed flags.
func TestDigestVar_FlagsAreBooleans(t *testing.T) {
	c, doc := assign(t, template(t, config()), 1, someRoot(6), foxTexts)
	c.Document.Template.ImageID, c.Document.Template.NameID = 3, 0
	copy(bodyOf(doc)[imageIDEnd-5:], "00003")
	copy(bodyOf(doc)[nameIDEnd-5:], "00000")
	c.setDigest(doc)
	digests.AssertRefused(t, "the image's flag is 3, the name's 0", c, []string{"assertFlags"})
	c, doc = assign(t, template(t, config()), 1, someRoot(6), foxTexts)
	c.Document.Template.NameID, c.Document.Template.Visible[0] = 3, 0
	copy(bodyOf(doc)[nameIDEnd-5:], "00003")
	c.Document.Texts[0] = valueOfText("", false)
	copy(layerOf(doc, 0)[textEnd-7:textEnd], strings.Repeat(" ", 7))
	c.setDigest(doc)
	digests.AssertRefused(t, "the name's flag is 3, layer 0 is hidden", c, []string{"assertFlags"})
}

// TestDecimalVar_HasNoDigitAboveNine writes ids with digits of 10 and 12.
func TestDecimalVar_HasNoDigitAboveNine(t *testing.T) {
	for _, lie := range []struct {
		id    uint64
		bits  []int64 // of the two lowest digits
		shown string
	}{
		{42, []int64{0, 0, 1, 1, 1, 1, 0, 0}, "0003<"}, // 3·10 + 12
		{40, []int64{0, 1, 0, 1, 1, 1, 0, 0}, "0003:"}, // 3·10 + 10
	} {
		c, doc := assign(t, template(t, config()), lie.id, someRoot(6), foxTexts)
		copy(bodyOf(doc)[imageIDEnd-5:], lie.shown)
		copy(bodyOf(doc)[nameIDEnd-5:], lie.shown)
		c.setDigest(doc)
		hint := func(_ *big.Int, _, out []*big.Int) error {
			for i := range out {
				out[i].SetInt64(0)
				if i < len(lie.bits) {
					out[i].SetInt64(lie.bits[i])
				}
			}
			return nil
		}
		digests.AssertRefused(t, fmt.Sprintf("id %d is shown as %s", lie.id, lie.shown), c, []string{"decimalVar/AssertProduct"},
			circuittest.Replace(circuittest.Of(decimalHint), hint))
	}
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

// TestBase64Var_HasOneForm shows root + r, which is the same element.
func TestBase64Var_HasOneForm(t *testing.T) {
	c, doc := assign(t, template(t, config()), 42, fr.NewElement(5), foxTexts)
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
