// Package verdict is the form of what a verifier says: FORMAT.md of package bundle, sections
// 14 for decks and 15 for drawn drops. The command line, pages and services say the same
// words in it.
package verdict

import (
	"fmt"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/verifier"
)

// A Drop names what was looked at.
type Drop struct {
	Name    string `json:"name"`
	Supply  uint64 `json:"supply"` // tokens, or cards
	Circuit string `json:"circuit"`
}

// A Key is the verifying key that the proofs were checked with.
type Key struct {
	Digest     string `json:"digest"`
	Provenance string `json:"provenance"`
	Claimed    bool   `json:"claimed"`            // the provenance is the description's word only
	Source     string `json:"source"`             // where this run took it from
	Verified   bool   `json:"verified,omitempty"` // its ceremony was verified by the reader
}

// The sources of a verifying key that are not a program's own.
const (
	KeyGiven = "given by the reader"
	KeyAlong = "published with the proofs"
)

// A Reservation is what a proof does not settle.
type Reservation struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// KeyOf returns the form of a key in a verdict; source says where it was taken from.
func KeyOf(k verifier.Key, source string) Key {
	return Key{k.Digest, k.Provenance, k.Claimed, source, k.Verified}
}

// ReservationsOf adds to the reservation about the key where it is from and how to check it.
func ReservationsOf(list []verifier.Reservation, k Key) []Reservation {
	out := make([]Reservation, len(list))
	for i, x := range list {
		if out[i] = Reservation(x); x.Name != "key" {
			continue
		}
		if k.Claimed {
			out[i].Text += howToCheck(k.Provenance)
		}
		if k.Source == KeyAlong {
			out[i].Text += " It was published with the proofs: get it from somebody you trust and name it, on the command line with --key."
		}
	}
	return out
}

// PlonkKeyMaker is how anybody makes a key of PLONK.
const PlonkKeyMaker = "genproof setup CIRCUIT --backend plonk --ptau FILE"

// howToCheck says how a provenance that is only claimed can be checked.
func howToCheck(from string) string {
	p, err := provenance.Parse(from)
	switch {
	case err != nil || !p.Safe():
		return ""
	case p.Kind == provenance.Universal:
		return " " + PlonkKeyMaker + " makes the key from the file."
	}
	return " genproof ceremony verify checks a ceremony and tells its key."
}

// Holding is a verdict that holds in one line; of is a number of things in words, 2 tokens.
func Holding(v verifier.Level, verified bool, reservations int, of string) string {
	said := string(verifier.Proven)
	switch {
	case v != verifier.Proven:
		said = "holds only if the maker of this key was honest"
	case verified:
		said = "proven under a key that you verified"
	}
	return fmt.Sprintf("%s (%s): %s", said, counted(reservations, "reservation"), of)
}

// counted is a number of things: 1 token, 2 tokens.
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// element is anything that is 32 bytes in a statement.
type element interface{ Bytes() [32]byte }

func hexOf(e element) string {
	b := e.Bytes()
	return fmt.Sprintf("%#x", b[:])
}
