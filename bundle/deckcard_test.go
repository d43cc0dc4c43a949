package bundle

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// What is opened is in the one form that a slot holds.
func TestDeckOpenings_AreInNormalForm(t *testing.T) {
	hat := &DeckAttribute{Section: SectionTrait, Visibility: Shown, Type: "text", Name: "Hat", Label: "Hat"}
	for text, want := range map[string]bool{"Crown": true, "": true, "Two Words": true, "Crown ": false, "\tCrown": false, "Cafe\u0301": false, "Caf\u00e9": true} {
		o := DeckOpenings{Shown: []Opening{{Slot: 0, Value: text, Salt: fr.NewElement(7)}}}
		if _, err := o.Open([]*DeckAttribute{hat}, 0); (err == nil) != want {
			t.Errorf("%+q: %v", text, err)
		}
	}
}
