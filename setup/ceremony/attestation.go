package ceremony

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
)

// MaxNameBytes bounds a contributor's name.
const MaxNameBytes = 100

// An Attestation is a contributor's signed word for a contribution. Its one JSON form lies
// beside the contribution, and is what contributors publish elsewhere, so that nobody can
// leave theirs out unnoticed.
type Attestation struct {
	Format       string   `json:"format"`
	Ceremony     [32]byte `json:"ceremony"` // SHA-256 of ceremony.json
	Number       uint64   `json:"number"`
	Name         string   `json:"name"`         // 1 to 100 bytes of printable text
	BuildsOn     [32]byte `json:"builds_on"`    // SHA-256 of the file before
	Contribution [32]byte `json:"contribution"` // SHA-256 of the contribution
	Time         string   `json:"time"`         // RFC 3339, UTC, whole seconds; by the contributor's clock
	PublicKey    [32]byte `json:"public_key"`   // Ed25519
	Signature    [64]byte `json:"signature"`    // over this JSON with a signature of zeros
}

const attestationFormat = "genproof ceremony attestation 1"

// CheckName tells what is wrong with a contributor's name.
func CheckName(name string) error {
	if name == "" || len(name) > MaxNameBytes || strings.TrimSpace(name) != name ||
		strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return fmt.Errorf("got name %.120q, want 1 to %d bytes of printable text", name, MaxNameBytes)
	}
	return nil
}

// message is what is signed.
func (a *Attestation) message() ([]byte, error) {
	unsigned := *a
	unsigned.Signature = [64]byte{}
	b, _, err := encode(&unsigned)
	return b, err
}

func (a *Attestation) sign(key ed25519.PrivateKey) error {
	a.PublicKey = [32]byte(key.Public().(ed25519.PublicKey))
	m, err := a.message()
	if err != nil {
		return err
	}
	a.Signature = [64]byte(ed25519.Sign(key, m))
	return nil
}

func parseAttestation(b []byte) (*Attestation, error) {
	a := new(Attestation)
	if err := decodeStrict(b, a); err != nil {
		return nil, err
	}
	if a.Format != attestationFormat {
		return nil, fmt.Errorf("its format is %.40q, want %q", a.Format, attestationFormat)
	}
	if err := CheckName(a.Name); err != nil {
		return nil, err
	}
	if t, err := time.Parse(time.RFC3339, a.Time); err != nil || t.UTC().Format(time.RFC3339) != a.Time {
		return nil, fmt.Errorf("its time is %.40q, want one like 2026-01-02T03:04:05Z", a.Time)
	}
	m, err := a.message()
	if err != nil {
		return nil, err
	}
	if !ed25519.Verify(a.PublicKey[:], m, a.Signature[:]) {
		return nil, errors.New("its signature is not by its public key")
	}
	return a, nil
}

// when is the contributor's time. It has been parsed before.
func (a *Attestation) when() time.Time {
	t, _ := time.Parse(time.RFC3339, a.Time) // the form is checked in parseAttestation
	return t
}

// covers checks that the attestation is of this contribution.
func (a *Attestation) covers(ceremony [32]byte, number int, buildsOn, contribution [32]byte) error {
	switch {
	case a.Ceremony != ceremony:
		return errors.New("it is of another ceremony, or ceremony.json was changed")
	case a.Number != uint64(number):
		return fmt.Errorf("it is of contribution %d", a.Number)
	case a.BuildsOn != buildsOn:
		return errors.New("it is of a contribution that builds on another file")
	case a.Contribution != contribution:
		return errors.New("it is of a contribution with another SHA-256")
	}
	return nil
}
