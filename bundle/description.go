package bundle

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/statement"
)

// Description is everything public about a drop: with it, the verifying key and a
// bundle, anybody checks a token.
type Description struct {
	Version     uint64      `json:"version"`
	Name        string      `json:"name"`
	Supply      uint64      `json:"supply"`  // ids run from 1 to here
	Circuit     string      `json:"circuit"` // a statement.CircuitID
	Authority   Authority   `json:"authority"`
	Traits      []Trait     `json:"traits"` // in drawing order
	Claims      []Attribute `json:"claims"`
	Facts       []Attribute `json:"facts"`
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

// Trait is a layer of the model. Its type is text.
type Trait struct {
	Name       string `json:"name"`
	Visibility string `json:"visibility"` // Shown or Hidden
}

// The visibilities of a trait.
const (
	Shown  = "shown"
	Hidden = "hidden"
)

// Attribute is a claim or a fact.
type Attribute struct {
	Name string `json:"name"`
	Type string `json:"type"` // an attribute.Type
}

// Template holds the metadata document's fixed texts. Its traits and its
// supply are the description's.
type Template struct {
	Static []Member `json:"static"` // before the image, in order
	Image  string   `json:"image"`  // patterns: {id} stands for the token's id
	Name   string   `json:"name"`
}

// Member is a text member of the metadata document.
type Member struct {
	Key   string `json:"key"`
	Value string `json:"value"`
}

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
const (
	maxName   = 64
	maxSupply = 1e10 - 1
)

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
	case checkName(d.Name) != nil:
		return fmt.Errorf("$.name: %w", checkName(d.Name))
	case d.Supply < 1 || d.Supply > maxSupply:
		return fmt.Errorf("$.supply: got %d, want 1 to %d", d.Supply, uint64(maxSupply))
	case err != nil:
		return fmt.Errorf("$.circuit: %w", err)
	case !id.IsDrawn():
		return fmt.Errorf("$.circuit: %q proves no tokens of drawn drops", d.Circuit)
	case d.Policy == "" || len(d.Policy) > MaxPolicy:
		return fmt.Errorf("$.policy: got %d bytes, want 1 to %d", len(d.Policy), MaxPolicy)
	case d.Key.check() != nil:
		return fmt.Errorf("$.key.provenance: %w", d.Key.check())
	case checkName(d.Beacon.Source) != nil:
		return fmt.Errorf("$.beacon.source: %w", checkName(d.Beacon.Source))
	}
	return d.validateSchema(id.Size)
}

func (d *Description) validateSchema(size statement.Size) error {
	if err := checkNames("$.traits", names(d.Traits), size.Layers); err != nil {
		return err
	}
	for i, t := range d.Traits {
		if t.Visibility != Shown && t.Visibility != Hidden {
			return fmt.Errorf("$.traits[%d].visibility: got %.40q, want %q or %q", i, t.Visibility, Shown, Hidden)
		}
	}
	if err := checkAttributes("$.claims", d.Claims, size.Claims); err != nil {
		return err
	}
	return checkAttributes("$.facts", d.Facts, size.Facts)
}

func checkAttributes(path string, list []Attribute, most int) error {
	if err := checkNames(path, names(list), most); err != nil {
		return err
	}
	for i, a := range list {
		t, err := attribute.ParseType(a.Type)
		if err == nil && t.Kind == attribute.Enum {
			err = errors.New("an enum's words have no place in the schema of a drawn drop")
		}
		if err != nil {
			return fmt.Errorf("%s[%d].type: %w", path, i, err)
		}
	}
	return nil
}

func (t Trait) name() string     { return t.Name }
func (a Attribute) name() string { return a.Name }

func names[T interface{ name() string }](list []T) []string {
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].name()
	}
	return names
}

func checkNames(path string, names []string, most int) error {
	if len(names) > most {
		return fmt.Errorf("%s: %d, the circuit has room for %d", path, len(names), most)
	}
	seen := map[string]string{}
	for i, name := range names {
		err := checkName(name)
		if err == nil {
			err = spelling.Check(name)
		}
		if err != nil {
			return fmt.Errorf("%s[%d].name: %w", path, i, err)
		}
		skeleton := spelling.Skeleton(name)
		if other, ok := seen[skeleton]; ok {
			return fmt.Errorf("%s[%d].name: %.40q looks like %.40q", path, i, name, other)
		}
		seen[skeleton] = name
	}
	return nil
}

// checkName allows any printable text, and joiners where they are needed: names end up on
// terminals.
func checkName(s string) error {
	if s == "" || len(s) > maxName {
		return fmt.Errorf("%d bytes, want 1 to %d", len(s), maxName)
	}
	if !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return !printable(r) }) {
		return spelling.Check(s)
	}
	return nil
}
