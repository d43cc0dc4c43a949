package ceremony

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/bits"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/ptau"
)

const (
	format       = "genproof ceremony 1"
	maxJSONBytes = 1 << 20

	// MaxPower bounds a ceremony of phase 1: a contribution to 2^20 has 192 MiB.
	MaxPower = 20
)

// A Definition is what a ceremony makes: one of Powers and Circuit.
type Definition struct {
	Format  string   `json:"format"`
	Beacon  string   `json:"beacon"` // "drand:CHAIN:ROUND" or "ethereum:CHAINID:BLOCK", as in a provenance
	Powers  *Powers  `json:"powers,omitempty"`
	Circuit *Circuit `json:"circuit,omitempty"`
}

// Powers are a phase 1.
type Powers struct {
	Power uint64 `json:"power"` // of the largest domain, 2^power
}

// Circuit is a phase 2.
type Circuit struct {
	ID               string   `json:"id"`
	ConstraintSystem [32]byte `json:"constraint_system"` // setup.Circuit's Digest
	Source           Source   `json:"phase1"`
	Evaluations      [32]byte `json:"evaluations"` // SHA-256 of 0000/evaluations
}

// The kinds of phase 1.
const (
	SourcePtau     = "ptau"     // SHA256 is the file's
	SourceCeremony = "ceremony" // SHA256 is that of the ceremony's transcript.json
)

// A Source is where powers of tau come from.
type Source struct {
	Kind   string   `json:"kind"`
	SHA256 [32]byte `json:"sha256"`
	Power  uint64   `json:"power"` // of the circuit's domain, to which larger ones are cut
}

// An SRS is the powers of tau that a circuit's keys are made from. Whoever makes one has
// checked it: see package ptau and [ReadSRS].
type SRS struct {
	Source  Source
	Commons *mpcsetup.SrsCommons
	// Lagrange is Commons in the Lagrange basis, nil where nobody has it. To begin a ceremony takes
	// a few seconds with it, and minutes without.
	Lagrange *ptau.Lagrange
	// Contributors are who has contributed to the powers, in words: names, and by what to
	// know them. Beacons are not among them.
	Contributors []string
	// Unverified is what of the contributions to the powers could not be verified, "" for
	// nothing: a .ptau file that was cut has not all that their hashes are of, and no
	// folder reports whether a block has the hash that was taken for its beacon.
	Unverified string
}

// parseDefinition reads the one form of ceremony.json.
func parseDefinition(b []byte) (*Definition, error) {
	d := new(Definition)
	if err := decodeStrict(b, d); err != nil {
		return nil, err
	}
	return d, d.check()
}

func (d *Definition) check() error {
	if d.Format != format {
		return fmt.Errorf("its format is %.40q, this program reads %q", d.Format, format)
	}
	if (d.Powers == nil) == (d.Circuit == nil) {
		return errors.New("it makes either powers or a circuit's keys")
	}
	if d.Powers != nil && (d.Powers.Power < 1 || d.Powers.Power > MaxPower) {
		return fmt.Errorf("its power is %d, want 1 to %d", d.Powers.Power, MaxPower)
	}
	if c := d.Circuit; c != nil && c.Source.Kind != SourcePtau && c.Source.Kind != SourceCeremony {
		return fmt.Errorf("its phase 1 is %.40q, want %s or %s", c.Source.Kind, SourcePtau, SourceCeremony)
	}
	return checkBeaconName(d.Beacon)
}

// checkBeaconName holds that a provenance can name the beacon.
func checkBeaconName(name string) error {
	p := &provenance.Provenance{Kind: provenance.Ceremony, Contributors: 1, Beacon: name}
	if _, err := provenance.Parse(p.String()); err != nil {
		return fmt.Errorf("its beacon is %.100q, want drand:CHAIN:ROUND or ethereum:CHAINID:BLOCK", name)
	}
	return nil
}

// describes checks that the ceremony is of c. It is nil for a phase 1.
func (d *Definition) describes(c *setup.Circuit) error {
	switch {
	case (d.Circuit == nil) != (c == nil):
		return errors.New("it is of another phase")
	case c == nil:
		return nil
	case c.Backend == statement.Plonk:
		return fmt.Errorf("%s is a circuit of PLONK, which has no phase 2", c.ID)
	case d.Circuit.ID != c.ID:
		return fmt.Errorf("it is of circuit %.40q, want %q", d.Circuit.ID, c.ID)
	case d.Circuit.ConstraintSystem != c.Digest:
		return fmt.Errorf("its constraint system is %x; the source of %s compiles to %x", d.Circuit.ConstraintSystem, c.ID, c.Digest)
	case d.Circuit.Source.Power != powerOf(c.Domain):
		return fmt.Errorf("its power is %d, that of %s is %d", d.Circuit.Source.Power, c.ID, powerOf(c.Domain))
	}
	return nil
}

func powerOf(domain uint64) uint64 { return uint64(bits.TrailingZeros64(domain)) }

// decodeStrict reads the one form of a JSON file into v.
func decodeStrict(b []byte, v any) error {
	if err := strictjson.Unmarshal(b, v, maxJSONBytes); err != nil {
		return err
	}
	again, err := strictjson.Marshal(v)
	if err == nil && string(again) != string(b) {
		err = errors.New("not in its one form")
	}
	return err
}

// encode writes v in its one form, with its SHA-256.
func encode(v any) ([]byte, [32]byte, error) {
	b, err := strictjson.Marshal(v)
	return b, sha256.Sum256(b), err
}
