package generation

import (
	"crypto/sha256"
	"encoding/json"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/statement"
)

func artOf(t *testing.T, r *Result) *ArtCircuit {
	t.Helper()
	c := *r.Assignment.(*ArtCircuit)
	c.Art.Order = slices.Clone(c.Art.Order)
	c.Token.Model.Rows = slices.Clone(c.Token.Model.Rows)
	for i := range c.Token.Model.Rows {
		c.Token.Model.Rows[i].Payload = slices.Clone(c.Token.Model.Rows[i].Payload)
	}
	return &c
}

// TestGenerate_PaintsTheRowsDrawn: the document shows the file's address, and the file's pixels are
// those of the rows, composed by hand.
func TestGenerate_PaintsTheRowsDrawn(t *testing.T) {
	for id := uint64(1); id <= 20; id++ {
		token := fox(t, artSmall, id)
		r, err := Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		var doc struct{ Image string }
		if err := json.Unmarshal(r.Document, &doc); err != nil {
			t.Fatal(err)
		}
		if want := "ipfs://" + document.DigestCID(sha256.Sum256(r.Image)); doc.Image != want {
			t.Errorf("token %d: image %s, want %s", id, doc.Image, want)
		}
		f, _, pixels, err := picture.Decode(r.Image)
		if err != nil || f != artSmall.Size.Frame {
			t.Fatal(f, err)
		}
		want := make([]byte, len(pixels))
		for _, trait := range []int{0, 2, 1} { // the paint order of the fixture
			if text := r.Texts[trait]; text != "Ghost" {
				for i, p := range spriteOf(artSmall.Size, trait, text) {
					if p != 0 {
						want[i] = p
					}
				}
			}
		}
		if string(pixels) != string(want) {
			t.Errorf("token %d: the pixels are not those of its rows", id)
		}
	}
}

func TestGenerate_RefusesAnotherArt(t *testing.T) {
	token := fox(t, artSmall, 42)
	token.Art.Order = picture.Order{0, 1, 2}
	if _, err := Generate(token); err == nil {
		t.Error("a paint order that the model does not commit to is accepted")
	}
}

// TestArt_RejectsLie: pictures that are not of the rows drawn, each with all that follows made to fit.
func TestArt_RejectsLie(t *testing.T) {
	c := underTest(t, artSmall)
	const (
		opened = "DrawVar/openVar/AssertIsEqual"
		shown  = "assertHashed/AssertProduct"
	)
	size := artSmall.Size
	for name, lie := range map[string]struct {
		owners []string
		tell   func(token *Token, honest *Result) *ArtCircuit
	}{
		"a pixel of the file changed": {slices.Concat(signed, []string{shown}, ofMetadata), func(token *Token, r *Result) *ArtCircuit {
			f, palette, pixels, err := picture.Decode(r.Image)
			if err != nil {
				t.Fatal(err)
			}
			pixels[77] ^= 1
			file, err := picture.Encode(f, palette, pixels)
			if err != nil {
				t.Fatal(err)
			}
			r.repaint(t, token, file)
			r.rebind(t, token)
			return artOf(t, r)
		}},
		"a sprite of the prover's own": {[]string{opened}, func(token *Token, r *Result) *ArtCircuit {
			return lieInRow(t, token, 0, spriteOf(size, 0, "Mine"))
		}},
		"another row's sprite": {[]string{opened}, func(token *Token, r *Result) *ArtCircuit {
			return lieInRow(t, token, 0, spriteOf(size, 0, "Void"))
		}},
		"another paint order": {ofModel, func(token *Token, r *Result) *ArtCircuit {
			commitment := r.Statement.Model
			token.Art.Order = picture.Order{0, 1, 2}
			return relied(t, token, commitment)
		}},
		"another palette": {ofModel, func(token *Token, r *Result) *ArtCircuit {
			commitment := r.Statement.Model
			token.Art.Palette[3] = [4]byte{1, 2, 3, 255}
			return relied(t, token, commitment)
		}},
		"a receipt for another picture": {signed, func(token *Token, r *Result) *ArtCircuit {
			image := r.Image
			r.repaint(t, token, append([]byte{0}, image...))
			return artOf(t, forge(t, token))
		}},
		"the image absent": {slices.Concat([]string{shown}, ofMetadata), func(token *Token, r *Result) *ArtCircuit {
			r.Slots[size.ImageSlot()] = attribute.Slot{}
			r.rebind(t, token)
			return artOf(t, r)
		}},
	} {
		token := fox(t, artSmall, 42)
		c.AssertRefused(t, name, lie.tell(token, forge(t, token)), lie.owners)
	}
}

// lieInRow paints a trait with another sprite than its leaf holds; all that follows fits.
func lieInRow(t *testing.T, token *Token, trait int, s picture.Sprite) *ArtCircuit {
	t.Helper()
	r := forge(t, token)
	payloads := slices.Clone(r.payloads)
	payloads[trait] = elementsOf(t, token.Circuit.Size, s)
	p, err := token.Art.Paint(token.Circuit.Size, art.Token{Payloads: payloads})
	if err != nil {
		t.Fatal(err)
	}
	r.repaint(t, token, p.File)
	r.rebind(t, token)
	c := artOf(t, r)
	for i, e := range payloads[trait] {
		c.Token.Model.Rows[trait].Payload[i] = e
	}
	return c
}

// relied forges with another art than the commitment's.
func relied(t *testing.T, token *Token, commitment fr.Element) *ArtCircuit {
	t.Helper()
	var err error
	if token.Model.Picture, err = token.Art.Commitment(token.Circuit.Size); err != nil {
		t.Fatal(err)
	}
	return artOf(t, forgeSigned(t, token, func(s *statement.Statement) { s.Model = commitment }))
}
