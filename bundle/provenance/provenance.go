// Package provenance says where a key comes from, in one line of text that travels with
// the key: in the store, in bundles and descriptions, in a deployment's journal.
//
//	unsafe-development                       one machine drew the secrets
//	ceremony:DIGEST:CONTRIBUTORS:BEACON      Groth16: the phase 2 transcript with this SHA-256
//	universal:DIGEST:CONTRIBUTORS            PLONK: the powers of tau file with this SHA-256
//
// DIGEST is 64 lower-case hex digits, CONTRIBUTORS a decimal from 1 to 1,000,000 without
// leading zeros, BEACON "drand:CHAIN:ROUND" (the chain's hash in 64 hex digits) or
// "ethereum:CHAINID:BLOCK". The text is a claim by whoever published it. Whoever has
// the transcript or the file can check it.
package provenance

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// UnsafeDevelopment is the provenance of a key whose maker can forge proofs.
const UnsafeDevelopment = "unsafe-development"

// MaxContributors bounds the number of contributors that a provenance names.
const MaxContributors = 1_000_000

// The kinds of provenance.
const (
	Development Kind = "unsafe-development"
	Ceremony    Kind = "ceremony"
	Universal   Kind = "universal"
)

// A Kind is the first word of a provenance.
type Kind string

// A Provenance is where a key comes from. Digest and Contributors are zero for
// Development, Beacon is empty but for Ceremony.
type Provenance struct {
	Kind         Kind
	Digest       [32]byte
	Contributors int
	Beacon       string
}

// Parse reads the one form that String writes.
func Parse(s string) (*Provenance, error) {
	p, err := parse(s)
	if err != nil {
		return nil, fmt.Errorf("provenance %.200q: %w", s, err)
	}
	if p.String() != s {
		return nil, fmt.Errorf("provenance %.200q: not in its one form, %q", s, p)
	}
	return p, nil
}

func parse(s string) (*Provenance, error) {
	if s == UnsafeDevelopment {
		return &Provenance{Kind: Development}, nil
	}
	kind, rest, _ := strings.Cut(s, ":")
	digest, rest, _ := strings.Cut(rest, ":")
	count, beacon, _ := strings.Cut(rest, ":")
	p := &Provenance{Kind: Kind(kind), Beacon: beacon}
	switch {
	case p.Kind != Ceremony && p.Kind != Universal:
		return nil, errors.New("want unsafe-development, ceremony:… or universal:…")
	case (p.Kind == Ceremony) != (checkBeacon(beacon) == nil):
		return nil, errors.New("a ceremony has a beacon, drand:CHAIN:ROUND or ethereum:CHAINID:BLOCK, and nothing else has")
	}
	var err error
	if p.Digest, err = digest32(digest); err != nil {
		return nil, err
	}
	p.Contributors, err = strconv.Atoi(count)
	if err != nil || p.Contributors < 1 || p.Contributors > MaxContributors {
		return nil, fmt.Errorf("got %.20q contributors, want 1 to %d", count, MaxContributors)
	}
	return p, nil
}

// checkBeacon checks the form of a beacon's name.
func checkBeacon(s string) error {
	part := strings.Split(s, ":")
	if len(part) != 3 {
		return errors.New("want three parts")
	}
	number := part[1:]
	if part[0] == "drand" {
		if _, err := digest32(part[1]); err != nil {
			return err
		}
		number = part[2:]
	} else if part[0] != "ethereum" {
		return errors.New("want drand or ethereum")
	}
	for _, n := range number {
		if v, err := strconv.ParseUint(n, 10, 64); err != nil || strconv.FormatUint(v, 10) != n {
			return errors.New("want a decimal number")
		}
	}
	return nil
}

func digest32(s string) (d [32]byte, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(d) || s != strings.ToLower(s) {
		return d, fmt.Errorf("got digest %.80q, want 64 lower-case hex digits", s)
	}
	return [32]byte(b), nil
}

// String writes the provenance.
func (p *Provenance) String() string {
	switch p.Kind {
	case Ceremony:
		return fmt.Sprintf("%s:%x:%d:%s", p.Kind, p.Digest, p.Contributors, p.Beacon)
	case Universal:
		return fmt.Sprintf("%s:%x:%d", p.Kind, p.Digest, p.Contributors)
	}
	return string(p.Kind)
}

// Safe reports whether the provenance claims that no single person knows the key's secrets.
func (p *Provenance) Safe() bool { return p.Kind != Development }
