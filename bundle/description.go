package bundle

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// Description is everything public about a drop: with it, the verifying key and a
// bundle, anybody checks a token.
type Description struct {
	Version   uint64      `json:"version"`
	Name      string      `json:"name"`
	FirstID   uint64      `json:"first_id"`
	Supply    uint64      `json:"supply"`             // ids run from FirstID to FirstID + Supply - 1
	IDWidth   uint64      `json:"id_width"`           // digits of an id in documents, zeros in front; 0 for plain ones
	Circuit   string      `json:"circuit"`            // a statement.CircuitID
	Spelling  *string     `json:"spelling,omitempty"` // AsPublished; nil for Strict
	Authority Authority   `json:"authority"`
	Traits    []Attribute `json:"traits"` // in the order of their slots; their type is text
	Claims    []Attribute `json:"claims"`
	Facts     []Attribute `json:"facts"`

	Scores *[]Attribute `json:"scores,omitempty"` // of a circuit with a network, and of no other

	Template    Template    `json:"template"`
	Policy      string      `json:"policy"`  // the author's text, CEL
	Program     Program     `json:"program"` // what is proven: the policy compiled
	Commitments Commitments `json:"commitments"`
	Beacon      Beacon      `json:"beacon"`
	Key         Key         `json:"key"`
}

// Authority is who signs claims.
type Authority struct {
	Key          [32]byte `json:"key"`           // eddsa.PublicKey.Bytes
	SelfAsserted bool     `json:"self_asserted"` // it is the drop's own key
}

// The visibilities of an attribute.
const (
	Shown  = "shown"
	Hidden = "hidden"
)

// Commitments are a drop's constant public inputs, but for the beacon.
type Commitments struct {
	Model     fr.Element `json:"model"`
	Policy    fr.Element `json:"policy"`
	Template  fr.Element `json:"template"`
	Authority fr.Element `json:"authority"`
	Seeds     fr.Element `json:"seeds"`
}

// MaxPolicy bounds the text of a policy, and of a claim's rule, in bytes.
const MaxPolicy = 1 << 16

// Limits of a description, in bytes.
const maxName = 64

// Marshal writes the description; it must be valid.
func (d *Description) Marshal() ([]byte, error) {
	if err := d.Validate(); err != nil {
		return nil, err
	}
	b, err := strictjson.Marshal(d)
	if err == nil && len(b) > MaxBytes {
		err = fmt.Errorf("%d bytes, at most %d are allowed", len(b), MaxBytes)
	}
	if err != nil {
		return nil, fmt.Errorf("description: %w", err)
	}
	return b, nil
}

// UnmarshalDescription reads a description and validates it.
func UnmarshalDescription(data []byte) (*Description, error) {
	d := new(Description)
	if err := strictjson.Unmarshal(data, d, MaxBytes); err != nil {
		return nil, fmt.Errorf("description: %w", err)
	}
	if err := d.Validate(); err != nil {
		return nil, err
	}
	return d, nil
}

// Validate checks the form of the description: names, types, counts and
// limits. That its parts belong together is the verifier's business.
func (d *Description) Validate() error {
	if err := d.validate(); err != nil {
		return fmt.Errorf("description: %w", err)
	}
	return nil
}

func (d *Description) validate() error {
	id, err := statement.ParseCircuitID(d.Circuit)
	switch {
	case d.Version != Version:
		return fmt.Errorf("$.version: %w", versionError(d.Version))
	case CheckName(d.Name) != nil:
		return fmt.Errorf("$.name: %w", CheckName(d.Name))
	case d.IDs().Validate() != nil:
		return fmt.Errorf("$.supply: %w", d.IDs().Validate())
	case d.IDWidth > maxIDWidth || d.IDWidth != 0 && len(strconv.FormatUint(d.IDs().Last(), 10)) > int(d.IDWidth):
		return fmt.Errorf("$.id_width: got %d, want 0, or enough for %d and at most %d", d.IDWidth, d.IDs().Last(), maxIDWidth)
	case err != nil:
		return fmt.Errorf("$.circuit: %w", err)
	case !id.IsDrawn():
		return fmt.Errorf("$.circuit: %q proves no tokens of drawn drops", d.Circuit)
	case d.Policy == "" || len(d.Policy) > MaxPolicy:
		return fmt.Errorf("$.policy: got %d bytes, want 1 to %d", len(d.Policy), MaxPolicy)
	case d.Key.check() != nil:
		return fmt.Errorf("$.key.provenance: %w", d.Key.check())
	case CheckName(d.Beacon.Source) != nil:
		return fmt.Errorf("$.beacon.source: %w", CheckName(d.Beacon.Source))
	}
	return d.CheckSchema()
}

// maxIDWidth is the most digits of an id.
const maxIDWidth = 10

// IDs are the drop's token ids.
func (d *Description) IDs() policy.IDs { return policy.IDs{First: d.FirstID, Supply: d.Supply} }

// CheckSchema holds the attributes to what the circuit has room for and the schema's text can say.
func (d *Description) CheckSchema() error {
	id, err := statement.ParseCircuitID(d.Circuit)
	if err != nil {
		return fmt.Errorf("$.circuit: %w", err)
	}
	if how := d.SpelledAs(); how != AsPublished && d.Spelling != nil {
		return fmt.Errorf("$.spelling: got %.40q, want %q, or no such key where spelling is strict", how, AsPublished)
	}
	size := id.Size
	if size.HasNetwork() != (d.Scores != nil) {
		return errors.New("$.scores: must be there for circuits with a network, and for no others")
	}
	for _, section := range d.sections() {
		most := map[string]int{SectionTrait: size.Layers, SectionClaim: size.Claims, SectionFact: size.Facts, SectionPicture: 1, SectionNet: size.Network.Scores}[section.name]
		path := section.path()
		if err := d.checkNames(path, section.list, most); err != nil {
			return err
		}
		for i := range section.list {
			if err := section.list[i].Check(section.name, d.SpelledAs()); err != nil {
				return fmt.Errorf("%s[%d]%w", path, i, err)
			}
		}
	}
	if err := d.checkMembers(); err != nil {
		return err
	}
	return d.checkOrder()
}

// CheckName reports what a name must not have. It allows any printable text of 1 to 64 bytes, and
// joiners where they are needed: names end up on terminals.
func CheckName(s string) error {
	if s == "" || len(s) > maxName {
		return fmt.Errorf("%d bytes, want 1 to %d", len(s), maxName)
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !printable(r) }) {
		return spelling.Check(s)
	}
	return nil
}
