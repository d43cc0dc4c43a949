// Package circuits names the circuits of this version by the digests of their constraint
// systems. SPEC.md in this folder is the specification; README.md shows the gadgets as a
// library; each gadget is a package of its own.
//
// A digest is the SHA-256 of a constraint system as gnark serialises it, without debug
// information. Keys belong to a digest: a circuit whose digest changes needs new keys, and
// proofs of the old keys no longer verify. So a digest changes on purpose or not at all,
// and CHANGELOG.md says when.
package circuits

import (
	_ "embed"
	"encoding/hex"
	"strings"
)

//go:embed DIGESTS
var digests string

// A Pin is a circuit's name, such as "cid/standard", and the digest of its constraint system.
type Pin struct {
	ID     string
	Digest [32]byte
}

// Pins returns all circuits of this version in the order of SPEC.md, section 6.
func Pins() []Pin {
	var pins []Pin
	for line := range strings.Lines(digests) {
		id, digest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		p := Pin{ID: id}
		if n, err := hex.Decode(p.Digest[:], []byte(digest)); err != nil || n != len(p.Digest) {
			panic("circuits: DIGESTS: " + line)
		}
		pins = append(pins, p)
	}
	return pins
}

// Digest returns the digest of a circuit's constraint system, and whether this version has
// such a circuit.
func Digest(id string) ([32]byte, bool) {
	for _, p := range Pins() {
		if p.ID == id {
			return p.Digest, true
		}
	}
	return [32]byte{}, false
}
