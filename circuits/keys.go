package circuits

import (
	_ "embed"
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
	err := eachLine(text, 5, func(f []string) error {
		p := KeyPin{Circuit: f[0], Provenance: f[3], Transcript: f[4]}
		if err := readDigest(f[1], &p.System); err != nil {
			return err
		}
		pins = append(pins, p)
		return readDigest(f[2], &pins[len(pins)-1].Key)
	})
	if err != nil {
		return nil, err
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
