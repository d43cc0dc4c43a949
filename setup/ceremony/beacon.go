package ceremony

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/genproof/genproof/setup/drand"
)

// A Beacon is what the announced beacon turned out to be.
type Beacon struct {
	Format        string   `json:"format"`
	Beacon        string   `json:"beacon"`        // the announced one
	Contributions uint64   `json:"contributions"` // that it comes after
	Last          [32]byte `json:"last"`          // SHA-256 of the last of them
	Value         [32]byte `json:"value"`         // drand's randomness, or the block's hash
	Signature     string   `json:"signature"`     // drand's, in hex; empty for a block
}

const beaconFormat = "genproof ceremony beacon 1"

// IsDrand reports whether a beacon is a round of drand, and not a block of Ethereum.
func IsDrand(name string) bool { return strings.HasPrefix(name, "drand:") }

// drandRound takes a drand beacon's name apart. The name was checked.
func drandRound(name string) (chain [32]byte, round uint64, err error) {
	part := strings.Split(name, ":")
	if len(part) != 3 || part[0] != "drand" {
		return chain, 0, fmt.Errorf("%.100q is not a round of drand", name)
	}
	b, err := hex.DecodeString(part[1])
	if err != nil || len(b) != len(chain) {
		return chain, 0, fmt.Errorf("%.100q is not a round of drand", name)
	}
	round, err = strconv.ParseUint(part[2], 10, 64)
	return [32]byte(b), round, err
}

// BeaconTime returns when the beacon becomes known. For a block nobody can tell beforehand,
// and ok is false. A round of an unknown drand chain is an error: nobody could check it.
func BeaconTime(name string) (t time.Time, ok bool, err error) {
	if !IsDrand(name) {
		return t, false, nil
	}
	chain, round, err := drandRound(name)
	if err == nil {
		t, err = drand.Time(chain, round)
	}
	return t, err == nil, err
}

// check holds the beacon against what was announced and what it closes.
func (b *Beacon) check(d *Definition, contributions int, last [32]byte) error {
	switch {
	case b.Format != beaconFormat:
		return fmt.Errorf("its format is %.40q, want %q", b.Format, beaconFormat)
	case b.Beacon != d.Beacon:
		return fmt.Errorf("it is %.150q; announced was %q", b.Beacon, d.Beacon)
	case contributions == 0:
		return ErrNoContributions
	case b.Contributions != uint64(contributions):
		return fmt.Errorf("it was applied after contribution %d, and there are %d", b.Contributions, contributions)
	case b.Last != last:
		return errors.New("it was applied after another contribution")
	}
	return b.checkValue()
}

// checkValue checks drand's signature. A block's hash is as somebody gave it.
func (b *Beacon) checkValue() error {
	if !IsDrand(b.Beacon) {
		if b.Signature != "" || b.Value == [32]byte{} {
			return errors.New("want the hash of a block, and no signature")
		}
		return nil
	}
	chain, round, err := drandRound(b.Beacon)
	if err != nil {
		return err
	}
	signature, err := hex.DecodeString(b.Signature)
	if err != nil || hex.EncodeToString(signature) != b.Signature {
		return errors.New("its signature is not in lower-case hex")
	}
	value, err := drand.Verify(chain, round, signature)
	if err == nil && value != b.Value {
		err = errors.New("its value is not the signature's")
	}
	return err
}

// ApplyBeacon ends the contributions with the announced beacon: drand's signature of the
// round, or else the block's hash. There must be a contribution.
func (f *Folder) ApplyBeacon(ctx context.Context, k *Phase, value []byte, progress Progress) (*Beacon, error) {
	unlock, err := f.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if closed, err := f.has(beaconFile); err != nil || closed {
		return nil, errors.Join(err, ErrClosed)
	}
	// Deep: nothing can be mended once the beacon is applied.
	chain, err := f.walk(ctx, k.kind, true, trusted, progress)
	if err != nil {
		return nil, err
	}
	b := &Beacon{Format: beaconFormat, Beacon: f.Definition.Beacon, Contributions: uint64(len(chain.attestations)), Last: chain.last.hash}
	if IsDrand(b.Beacon) {
		b.Signature, b.Value = hex.EncodeToString(value), sha256.Sum256(value)
	} else if len(value) == len(b.Value) {
		b.Value = [32]byte(value)
	}
	if err := b.check(f.Definition, len(chain.attestations), chain.last.hash); err != nil {
		return nil, fault(stepBeacon, beaconFile, err)
	}
	data, _, err := encode(b)
	if err != nil {
		return nil, err
	}
	return b, f.addFile(beaconFile, data)
}

// readBeacon returns the applied beacon, nil if there is none, and its file's SHA-256.
func (f *Folder) readBeacon(c *chain) (*Beacon, [32]byte, error) {
	none := [32]byte{}
	if there, err := f.has(beaconFile); err != nil || !there {
		return nil, none, err
	}
	data, err := f.read(beaconFile, maxJSONBytes)
	if err != nil {
		return nil, none, err
	}
	b := new(Beacon)
	if err := decodeStrict(data, b); err != nil {
		return nil, none, err
	}
	n := len(c.attestations)
	if b.Contributions < uint64(n) && b.Contributions > 0 {
		late := int(b.Contributions) + 1
		return nil, none, fault(stepContribution(late), numberName(late), ErrClosed)
	}
	if err := b.check(f.Definition, n, c.last.hash); err != nil {
		return nil, none, err
	}
	return b, sha256.Sum256(data), nil
}

// checkTime refuses who says to have contributed when the beacon was known. It is checked
// with each contribution: found after the beacon, it could not be mended.
func checkTime(beacon string, a *Attestation) error {
	known, ok, err := BeaconTime(beacon)
	if err != nil || !ok || a.when().Before(known) {
		return err
	}
	return fmt.Errorf("its time is %s, and the beacon was known from %s on", a.Time, known.Format(time.RFC3339))
}
