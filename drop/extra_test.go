package drop

import (
	"slices"
	"testing"

	"github.com/genproof/genproof/bundle"
)

// TestReadDocument_KeepsExtraTexts: what is in quotes is a text, whatever it looks like, and a text
// that only looks like a number to people is one without them.
func TestReadDocument_KeepsExtraTexts(t *testing.T) {
	dir := sample(t, "foxes")
	edit(t, dir, DefinitionFile, "  description:", "  extra: {edition: \"5\", minted: 'true', version: 1.0.0, day: 2026-11-30, yes: yes}\n  description:")
	d, err := Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := d.definition.document.Constants[1:]
	if want := []bundle.Member{{Key: "edition", Value: "5"}, {Key: "minted", Value: "true"}, {Key: "version", Value: "1.0.0"}, {Key: "day", Value: "2026-11-30"}, {Key: "yes", Value: "yes"}}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
