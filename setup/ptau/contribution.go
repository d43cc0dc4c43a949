package ptau

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254"
)

// Sizes of a contribution in section 7.
const (
	keySize         = 6*sizeG1 + 3*sizeG2
	partialSize     = 216 // the state of a BLAKE2b
	challengeSize   = 64
	fixedSize       = 3*sizeG1 + 2*sizeG2 + keySize + partialSize + challengeSize + 4 + 4 // without parameters
	maxParams       = 2 + 255 + 2 + 2 + 255
	maxContribution = fixedSize + maxParams
)

// A contribution is one entry of section 7.
type contribution struct {
	accumulated
	keys          publicKeys
	partialHash   [partialSize]byte // of the response up to the public keys
	nextChallenge [challengeSize]byte
	beacon        bool
	name          string
	beaconValue   []byte
	iterationsExp int
}

var (
	errParams = errors.New("its parameters cannot be read")
	errBeacon = errors.New("a beacon has a value and iterations, and nothing else has")
)

// parseContributions reads section 7, every byte of it.
func parseContributions(b []byte) ([]contribution, error) {
	n := binary.LittleEndian.Uint32(b)
	b = b[4:]
	if n == 0 {
		return nil, errNobody
	}
	if n > maxContributions || int(n)*fixedSize > len(b) {
		return nil, fmt.Errorf("%d contributions do not fit", n)
	}
	list := make([]contribution, n)
	for i := range list {
		if len(b) < fixedSize {
			return nil, fmt.Errorf("contribution %d: %w", i+1, errParams)
		}
		params := binary.LittleEndian.Uint32(b[fixedSize-4:])
		if uint64(params) > uint64(len(b)-fixedSize) {
			return nil, fmt.Errorf("contribution %d: %w", i+1, errParams)
		}
		size := fixedSize + int(params)
		if err := list[i].parse(b[:size]); err != nil {
			return nil, fmt.Errorf("contribution %d: %w", i+1, err)
		}
		b = b[size:]
	}
	if len(b) != 0 {
		return nil, fmt.Errorf("%d bytes after the last contribution", len(b))
	}
	if !slices.ContainsFunc(list, func(c contribution) bool { return !c.beacon }) {
		return nil, errNobody
	}
	return list, nil
}

var errNobody = errors.New("nobody contributed: the secrets of this file are public")

func (c *contribution) parse(b []byte) error {
	var err error
	one := func(p *bn254.G1Affine) {
		if err == nil {
			if err = g1.decode(p, b); err == nil {
				err = g1.check(p)
			}
			b = b[sizeG1:]
		}
	}
	two := func(p *bn254.G2Affine) {
		if err == nil {
			if err = g2.decode(p, b); err == nil {
				err = g2.check(p)
			}
			if err == nil && !p.IsInSubGroup() {
				err = errSubgroup
			}
			b = b[sizeG2:]
		}
	}
	one(&c.tauG1)
	two(&c.tauG2)
	one(&c.alphaG1)
	one(&c.betaG1)
	two(&c.betaG2)
	for i := range c.keys {
		one(&c.keys[i].s)
		one(&c.keys[i].sx)
	}
	for i := range c.keys {
		two(&c.keys[i].spx)
	}
	if err != nil {
		return err
	}
	b = b[copy(c.partialHash[:], b):]
	b = b[copy(c.nextChallenge[:], b):]
	kind := binary.LittleEndian.Uint32(b)
	if kind > 1 {
		return fmt.Errorf("unknown type %d", kind)
	}
	c.beacon = kind == 1
	return c.parseParams(b[8:])
}

// parseParams reads the parameters, in ascending order: 1 a name, 2 the beacon's
// iterations, 3 its hash.
func (c *contribution) parseParams(b []byte) error {
	last, seen := byte(0), 0
	for len(b) > 0 {
		if len(b) < 2 || b[0] <= last || b[0] > 3 {
			return errParams
		}
		last, seen = b[0], seen|1<<b[0]
		value := int(b[1])
		b = b[2:]
		if last == 2 {
			c.iterationsExp = value
			continue
		}
		if len(b) < value {
			return errParams
		}
		if last == 1 {
			c.name = strings.ToValidUTF8(string(b[:value]), "�")
		} else {
			c.beaconValue = b[:value]
		}
		b = b[value:]
	}
	if wantBeacon := seen&^2 == 1<<2|1<<3; c.beacon != wantBeacon || !c.beacon && seen&^2 != 0 {
		return errBeacon
	}
	return nil
}
