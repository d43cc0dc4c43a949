package verdict

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/genproof/genproof/publication"
)

// encoded is what encoding/json writes.
func encoded(t *testing.T, v any) []byte {
	t.Helper()
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Whole verdicts, and every kind of text, are written as encoding/json does.
func TestJSON_IsThatOfTheStandardLibrary(t *testing.T) {
	var all []byte
	for c := range 256 {
		all = append(all, byte(c))
	}
	texts := []string{"", string(all), "\u2028\u2029\u00ad\ufffd\ufeff\U0001f300\u007f", "<b>&amp;</b>", "\xff\xc0\x80", "a\xe2\x80"}
	for _, v := range []any{Reject("x < y"), &Deck{}, &Drawn{}, &Claim{}, &Disclosure{}, Deck{Reservations: []Reservation{}, NotChecked: texts, CAR: "bafy", Approvals: []Approval{{By: texts, Met: true, Threshold: 1<<64 - 1}}}} {
		if got, want := JSON(v), encoded(t, v); !bytes.Equal(got, want) {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	for _, dir := range []string{"deck", "published"} {
		p, err := publication.Open("../../testdata/"+dir, publication.Trust{})
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		var v any
		if p.Deck != nil {
			r, err := p.JudgeDeck(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			v = OfDeck(p, r, KeyAlong)
		} else {
			r, err := p.Judge(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			v = OfDrop(p, r, KeyAlong)
		}
		if !bytes.Equal(JSON(v), encoded(t, v)) {
			t.Errorf("%s: the verdict is written in another way", dir)
		}
	}
}
