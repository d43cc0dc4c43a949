package poseidon

import (
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// all are genproof's own tags.
var all = []Tag{Text, Slot, Salts, Root, Seeds, Draws, Rows, Leaves, Trait, Art, Sprites, Network, Latents, Quarter, Table, Half, Layer, Model, Drawn, Artifact,
	Receipt, Eddsa, Authority, Policy, Schema, Template, Body, Digest, Card, Batch, Node, Facts, List, DeckSmall, DeckStandard, DeckLarge}

func TestNewTag_IsThePublishedString(t *testing.T) {
	for _, c := range []struct {
		tag         Tag
		nbIn, nbOut int
		want        string
	}{
		{NewTag("acme", "receipt"), 3, 1, "acme/receipt/3/1"},
		{NewTag("acme-2", "a"), 40, 16, "acme-2/a/40/16"},
		{NewTag("a", strings.Repeat("z", 19)), 99999, 999, "a/zzzzzzzzzzzzzzzzzzz/99999/999"},
		{Slot, 3, 1, "genproof/2/slot/3/1"},
	} {
		var want fr.Element
		want.SetBytes([]byte(c.want))
		if got := c.tag.element(c.nbIn, c.nbOut); got != want {
			t.Errorf("%v: not the element of %q", c.tag, c.want)
		}
	}
}

// TestNewTag_IsApartFromOurs tries the programs and names that come nearest to genproof's
// own, and shifts of the border between the parts.
func TestNewTag_IsApartFromOurs(t *testing.T) {
	tags := append([]Tag{}, all...)
	for _, program := range []string{"genproof1", "genproof-1", "genproo", "1", "g", "gg"} {
		for _, ours := range all {
			if name := strings.TrimPrefix(ours.domain, "genproof/2/"); len(program)+len(name) <= maxName {
				tags = append(tags, NewTag(program, name))
			}
		}
		tags = append(tags, NewTag(program, "1"), NewTag(program, "3"), NewTag(program, "g"))
	}
	seen := map[fr.Element]string{}
	for _, tag := range tags {
		for _, n := range [][2]int{{1, 1}, {3, 1}, {1, 3}, {11, 1}, {1, 11}} {
			e := tag.element(n[0], n[1])
			if other, taken := seen[e]; taken {
				t.Errorf("%s and %s share an element", tag.domain, other)
			}
			seen[e] = tag.domain
		}
	}
}

func TestNewTag_RefusesWhatCouldCollide(t *testing.T) {
	for _, c := range [][2]string{
		{"genproof", "slot"}, {"", "slot"}, {"acme", ""}, {"genproof/1", "slot"}, {"acme", "a/1"},
		{"Acme", "slot"}, {"acme", "slot\x00"}, {"\x00acme", "slot"}, {"acme", "slöt"}, {"acme", strings.Repeat("z", 17)},
	} {
		if !panics(func() { NewTag(c[0], c[1]) }) {
			t.Errorf("%q is a tag", c)
		}
	}
	if !panics(func() { Hash(Tag{}) }) {
		t.Error("the zero tag hashes")
	}
	long := NewTag("a", strings.Repeat("z", 19))
	if !panics(func() { long.element(99999, 1000) }) {
		t.Error("an element of 32 bytes")
	}
}

func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}
