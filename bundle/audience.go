package bundle

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/circuits/rule"
)

// An Audience says whom a claim is for; it may say nothing. The circuits' SPEC, section 5.1, is
// normative.
type Audience struct {
	Challenge [32]byte `json:"challenge"` // chosen by who asked for the claim
	Name      string   `json:"name"`      // of who asked
	Expiry    uint64   `json:"expiry"`    // in unix seconds, 0 for never
	ChainID   uint64   `json:"chain_id"`
	Contract  [20]byte `json:"contract"`
	Token     uint64   `json:"token"`
}

// Context is the public input that stands for the audience.
func (a *Audience) Context() fr.Element { return rule.Audience(*a).Context() }

// IsNobody reports whether the audience names neither a challenge nor a reader: then a claim can
// be shown to anybody.
func (a *Audience) IsNobody() bool { return a.Challenge == [32]byte{} && a.Name == "" }

// maxAudience bounds an audience's name, in bytes.
const maxAudience = 256

// Check holds an audience's form.
func (a *Audience) Check() error {
	switch {
	case len(a.Name) > maxAudience:
		return fmt.Errorf(".name: %d bytes, want at most %d", len(a.Name), maxAudience)
	case spelling.Check(a.Name) != nil:
		return fmt.Errorf(".name: %w", spelling.Check(a.Name))
	case a.ChainID == 0 && (a.Contract != [20]byte{} || a.Token != 0):
		return errors.New(".chain_id: a contract or a token is on some chain")
	}
	return nil
}
