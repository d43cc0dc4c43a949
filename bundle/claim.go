package bundle

import (
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/statement"
)

// The kinds of files that are shown alone, to somebody who knows the deck.
const (
	KindClaim      = "claim"
	KindDisclosure = "disclosure"
)

// Kind returns the kind of a file that begins as one of these does, and else "". It decides only
// what to read it as.
func Kind(data []byte) string {
	head := data[:min(len(data), 128)] // the version and the kind stand first
	for _, kind := range []string{KindClaim, KindDisclosure} {
		if says(head, "kind", kind+`"`) {
			return kind
		}
	}
	return ""
}

// A Claim says that a rule holds for one card of a deck, and nothing else about it. FORMAT.md,
// section 16, is normative.
type Claim struct {
	Version      uint64     `json:"version"`
	Kind         string     `json:"kind"` // KindClaim
	Model        fr.Element `json:"model"`
	Card         uint64     `json:"card"`
	Rule         string     `json:"rule"`    // the author's CEL text
	Program      Program    `json:"program"` // what is proven of it
	Audience     Audience   `json:"audience"`
	Proof        []byte     `json:"proof"` // 256 bytes
	Key          Key        `json:"key"`
	VerifyingKey []byte     `json:"verifying_key"` // FORMAT.md, section 5
}

// Marshal writes the claim in its one form.
func (c *Claim) Marshal() ([]byte, error) {
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	return marshal(KindClaim, c)
}

// UnmarshalClaim reads a claim and accepts the form that [Claim.Marshal] writes and no other.
func UnmarshalClaim(data []byte) (*Claim, error) {
	c := new(Claim)
	if err := unmarshalCanonical(KindClaim, data, c); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("claim: %w", err)
	}
	return c, nil
}

func (c *Claim) check() error {
	switch {
	case c.Version != Version:
		return fmt.Errorf("$.version: %w", versionError(c.Version))
	case c.Kind != KindClaim:
		return fmt.Errorf("$.kind: got %.40q, want %q", c.Kind, KindClaim)
	case c.Rule == "" || len(c.Rule) > MaxPolicy:
		return fmt.Errorf("$.rule: got %d bytes, want 1 to %d", len(c.Rule), MaxPolicy)
	case c.Audience.Check() != nil:
		return fmt.Errorf("$.audience%w", c.Audience.Check())
	case len(c.Proof) != statement.Groth16.ProofBytes():
		return fmt.Errorf("$.proof: %d bytes, a proof has %d", len(c.Proof), statement.Groth16.ProofBytes())
	case c.Key.check() != nil:
		return fmt.Errorf("$.key.provenance: %w", c.Key.check())
	case sha256.Sum256(c.VerifyingKey) != c.Key.Digest:
		return errors.New("$.verifying_key: its SHA-256 is not the key's digest")
	}
	return nil
}
