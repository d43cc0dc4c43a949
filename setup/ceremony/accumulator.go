package ceremony

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/genproof/genproof/setup"
)

// An accumulator is gnark's Phase1 or Phase2.
type accumulator interface {
	io.WriterTo
	io.ReaderFrom
	Contribute()
	bind(challenge []byte)

	// follow checks that next is one contribution further. It changes next's challenge only.
	follow(next accumulator) error
}

type phase1 struct{ mpcsetup.Phase1 }

func (p *phase1) bind(challenge []byte)         { p.Challenge = challenge }
func (p *phase1) follow(next accumulator) error { return p.Verify(&next.(*phase1).Phase1) }

type phase2 struct{ mpcsetup.Phase2 }

func (p *phase2) bind(challenge []byte)         { p.Challenge = challenge }
func (p *phase2) follow(next accumulator) error { return p.Verify(&next.(*phase2).Phase2) }

// A kind is what sets the accumulators of one ceremony apart from those of others.
type kind struct {
	file   string // their name
	layout layout
	empty  func() accumulator
}

func kindPhase1(power uint64) *kind {
	return &kind{"phase1", layoutPhase1(1 << power), func() accumulator { return new(phase1) }}
}

func kindPhase2(c *setup.Circuit) (*kind, error) {
	if c.Commitments != 0 {
		return nil, fmt.Errorf("circuit %s has gnark commitments, which genproof's keys do not have", c.ID)
	}
	internal, secret, _ := c.CS.GetNbVariables()
	l := layoutPhase2(internal+secret, int(c.Domain))
	return &kind{"phase2", l, func() accumulator { return new(phase2) }}, nil
}

// A link is an accumulator's file. The bytes are what was read; gnark changes value at will.
type link struct {
	raw   []byte
	hash  [32]byte
	value accumulator // nil where it was not decoded
}

// newLink checks all of a file that can be checked without decoding.
func (k *kind) newLink(raw []byte, before *link) (*link, error) {
	var previous []byte
	if before != nil {
		previous = before.raw
	}
	if err := k.layout.scan(raw, previous); err != nil {
		return nil, err
	}
	if before != nil && challengeOf(raw) != before.hash {
		return nil, fmt.Errorf("it builds on a file with SHA-256 %x, that before it has %x", challengeOf(raw), before.hash)
	}
	return &link{raw: raw, hash: sha256.Sum256(raw)}, nil
}

// decode decodes a scanned file: coordinates below the modulus, points on their curve and in
// the subgroup. A compressed point has one form, so gnark's hash of it is the file's.
func (k *kind) decode(raw []byte) (accumulator, error) {
	value := k.empty()
	if _, err := value.ReadFrom(bytes.NewReader(raw)); err != nil {
		return nil, fmt.Errorf("decoding: %w", err)
	}
	return value, nil
}
