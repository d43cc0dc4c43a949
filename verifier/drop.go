package verifier

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/provenance"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/key"
)

// drop is a description whose parts belong together, ready to check tokens.
type drop struct {
	*bundle.Description
	circuit  statement.CircuitID
	key      key.Verifying
	template *document.Template
	rule     string // the policy that was proven, printed back from its program
}

// newDrop checks the description against its own commitments, the key and the
// program. It returns what is wrong, or "".
func newDrop(desc *bundle.Description, o Options) (*drop, string) {
	d := &drop{Description: desc, key: o.Key}
	var err error
	if d.circuit, err = statement.ParseCircuitID(desc.Circuit); err != nil {
		return nil, reasonOf(err)
	}
	for _, check := range []func() error{
		func() error { return d.checkKey(o.KeyProvenance) },
		d.checkTemplate,
		d.checkAuthority,
		func() error { return d.checkPolicy(o.Program) },
		d.checkBeacon,
	} {
		if err := check(); err != nil {
			return nil, reasonOf(fmt.Errorf("the drop's description: %w", err))
		}
	}
	return d, ""
}

func (d *drop) checkKey(known string) error {
	return checkKey(d.Key, d.circuit, d.key, known)
}

// checkKey compares a verifying key with what a description says of it, and with what the
// caller knows of where it comes from.
func checkKey(said bundle.Key, circuit statement.CircuitID, given key.Verifying, known string) error {
	if digest := given.Digest(); digest != said.Digest {
		return fmt.Errorf("it names the verifying key %s, the one given is %s", hexOf(said.Digest[:]), hexOf(digest[:]))
	}
	if got, want := given.Backend(), circuit.Backend.String(); got != want {
		return fmt.Errorf("its verifying key is one of %s, its circuit %s of %s", got, circuit, want)
	}
	if known != "" && known != said.Provenance && !bothUniversal(known, said.Provenance) {
		return fmt.Errorf("it calls the verifying key %q, but it is %q", said.Provenance, known)
	}
	return nil
}

// bothUniversal reports whether two provenances name files of powers of tau. A PLONK key
// follows from the circuit and tau: files that share them, of more powers or of fewer, or
// prepared otherwise, make the same key, byte for byte.
func bothUniversal(a, b string) bool {
	for _, s := range []string{a, b} {
		if p, err := provenance.Parse(s); err != nil || p.Kind != provenance.Universal {
			return false
		}
	}
	return true
}

func (d *drop) checkTemplate() error {
	if err := d.CheckShown(); err != nil {
		return fmt.Errorf("its template: %w", err)
	}
	t, err := document.New(d.circuit.Size, d.DocumentConfig())
	if err != nil {
		return fmt.Errorf("its template: %w", err)
	}
	d.template = t
	if width := t.Width(); d.IDWidth != uint64(width) {
		return fmt.Errorf("its template: ids of %d digits, the schema says %d", width, d.IDWidth)
	}
	return same("template", t.Commitment(), d.Commitments.Template)
}

func (d *drop) checkAuthority() error {
	key, err := eddsa.ParsePublicKey(d.Authority.Key[:])
	if err != nil {
		return fmt.Errorf("its authority's key: %w", err)
	}
	return same("authority", claim.AuthorityCommitment(key), d.Commitments.Authority)
}

// checkPolicy holds the program to the commitment, and the author's text to the program where
// somebody has compiled it.
func (d *drop) checkPolicy(text *policy.Program) (err error) {
	computed, err := d.PolicyOf()
	if err != nil {
		return err
	}
	if d.rule, err = printed(&d.Program, d.Infos(), computed, d.Commitments.Policy); err != nil {
		return err
	}
	if text == nil {
		return nil
	}
	if text.Schema != d.Schema() {
		return fmt.Errorf("its policy is compiled for other traits, claims or facts")
	}
	commitment, err := text.Drawn(d.circuit.Size, d.IDs())
	if err != nil {
		return fmt.Errorf("its policy: %w", err)
	}
	return same("policy", commitment, d.Commitments.Policy)
}

func (d *drop) checkBeacon() error {
	if d.Beacon.Derive() != d.Beacon.Value {
		return fmt.Errorf("its beacon is not that of its chain, contract and entropy")
	}
	return nil
}

func same(name string, computed, said fr.Element) error {
	if computed != said {
		return fmt.Errorf("its %s does not have the commitment it names", name)
	}
	return nil
}

// dropInputs are the inputs that all tokens of a drop share, with their names.
func dropInputs(s *statement.Statement) []namedElement {
	return []namedElement{
		{"model", s.Model}, {"policy", s.Policy}, {"template", s.Template},
		{"authority", s.Authority}, {"seeds", s.Seeds}, {"beacon", s.Beacon},
	}
}

type namedElement struct {
	name  string
	value fr.Element
}

// expected is a statement with the drop's own inputs.
func (d *drop) expected() *statement.Statement {
	c := &d.Commitments
	return &statement.Statement{
		Model: c.Model, Policy: c.Policy, Template: c.Template,
		Authority: c.Authority, Seeds: c.Seeds, Beacon: d.Beacon.Value,
	}
}
