package circuits

import (
	_ "embed"
	"encoding/hex"
	"fmt"
	"strings"
)

//go:embed KEYS
var keys string

// A KeyPin is a verifying key that is known to be of a circuit, from a ceremony that everybody
// could join and check.
type KeyPin struct {
	Circuit    string   // "deck/standard"
	System     [32]byte // the constraint system's digest
	Key        [32]byte // the SHA-256 of the verifying key's bytes
	Provenance string   // as FORMAT.md, section 6
	Transcript string   // the CID of the ceremony's transcript
}

// Keys returns the keys that this version knows.
func Keys() []KeyPin {
	pins, err := ParseKeys(keys)
	if err != nil {
		panic("circuits: KEYS: " + err.Error())
	}
	return pins
}

// ParseKeys reads a list in the form of the file KEYS: one key a line, its five fields
// separated by single spaces; lines that begin with # say nothing.
func ParseKeys(text string) ([]KeyPin, error) {
	var pins []KeyPin
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, " ")
		if len(f) != 5 {
			return nil, fmt.Errorf("line %d: %d fields, want 5", n, len(f))
		}
		p := KeyPin{Circuit: f[0], Provenance: f[3], Transcript: f[4]}
		for text, to := range map[string]*[32]byte{f[1]: &p.System, f[2]: &p.Key} {
			raw, err := hex.DecodeString(text)
			if err != nil || len(raw) != len(to) {
				return nil, fmt.Errorf("line %d: want digests of 64 hex digits", n)
			}
			copy(to[:], raw)
		}
		pins = append(pins, p)
	}
	return pins, nil
}

// IsPinned reports whether pins name the key for the circuit, and for its constraint system of
// this version.
func IsPinned(pins []KeyPin, circuit string, key [32]byte) bool {
	system, known := Digest(circuit)
	for _, p := range pins {
		if known && p.Circuit == circuit && p.System == system && p.Key == key {
			return true
		}
	}
	return false
}
