package drop

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/files"
)

// The files of a drop besides secrets and claims.
const (
	DefinitionFile = "drop.yaml"
	ModelFile      = "model.yaml"
	PolicyFile     = "policy.cel"
)

// A Drop is a drop folder that has been read and found whole. The exported
// fields are public; the model, the claims and the secrets leave only through
// Token, to the prover. It prints as its name.
//
// A Drop does not change after Load, and its methods may be called by several
// goroutines at once.
type Drop struct {
	Name         string
	IDs          policy.IDs
	Circuit      statement.CircuitID
	Schema       Schema
	Policy       *Policy
	Template     *document.Template
	Authority    eddsa.PublicKey
	SelfAsserted bool // the authority is the drop's own key
	Commitments  bundle.Commitments
	Beacon       bundle.Beacon
	Warnings     []string // what is allowed and looks like a mistake; public

	dir        string
	definition *definition
	model      *model.Model
	art        *art.Art // how rows become pictures; nil where none is proven
	layers     []layer  // as model.yaml writes them
	secrets    *Secrets
	facts      map[int]document.Value // by slot, those that documents show and whose slot is a hash
	claims     *ClaimTable            // nil when an outside authority signs
	program    bundle.Program
	possibly   []bool // by trait whether it can be absent; hidden
}

func (d *Drop) String() string               { return fmt.Sprintf("drop %q", d.Name) }
func (d *Drop) GoString() string             { return d.String() }
func (d *Drop) Format(s fmt.State, _ rune)   { fmt.Fprint(s, d.String()) }
func (d *Drop) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, "%q", d.String()), nil }

// Load reads the drawn drop in dir; a deck's folder is refused. What is wrong with a file is a
// *[Fault], which says where and what to do.
func Load(dir string) (*Drop, error) {
	data, err := readNeeded(dir, DefinitionFile)
	if err != nil {
		return nil, err
	}
	if root, err := parseYAML(DefinitionFile, data); err == nil && isDeckDefinition(root) {
		return nil, fault(root.place, "a deck needs import, check, setup, prove and verify", "this is a deck's folder, and this command is for drawn drops")
	}
	def, err := readDefinition(DefinitionFile, data)
	if err != nil {
		return nil, err
	}
	d := &Drop{Name: def.name, IDs: def.ids, Circuit: def.circuit, dir: dir, definition: def, SelfAsserted: def.authority == nil}
	for _, load := range []func() error{d.loadSecrets, d.loadModel, d.loadPolicy, d.commit, d.loadClaims} {
		if err := load(); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func readNeeded(dir, name string) ([]byte, error) {
	data, err := readFile(dir, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault(Place{File: name}, "write it, or start with genproof init", "there is no such file in %s", dir)
	}
	return data, err
}

// loadTemplate lays out the documents, for what the model holds.
func (d *Drop) loadTemplate(m *modelFile) (err error) {
	longest := map[int]int{}
	for l, layer := range m.layers {
		for _, r := range layer.rows {
			longest[l] = max(longest[l], len(r.text))
		}
	}
	for i, text := range m.factTexts {
		longest[d.Circuit.Size.Layers+d.Circuit.Size.Claims+i] = len(text)
	}
	if d.Template, err = d.definition.template(&d.Schema, longest); err != nil {
		return err
	}
	if !strings.Contains(d.definition.document.Name, "{id") { // unquoted, `Fox #{id}` ends in a comment
		d.Warnings = append(d.Warnings, DefinitionFile+": all tokens have the same name: put {id} into it, in quotes where a # is before it")
	}
	return nil
}

func (d *Drop) loadSecrets() (err error) {
	if d.secrets, err = loadSecrets(d.dir, d.SelfAsserted); err != nil {
		return err
	}
	if d.SelfAsserted {
		d.Authority = d.secrets.authority.Public()
	} else {
		d.Authority = *d.definition.authority
	}
	return nil
}

func (d *Drop) loadModel() error {
	data, err := readNeeded(d.dir, ModelFile)
	if err != nil {
		return err
	}
	m, err := readModel(ModelFile, data, d.definition)
	if err != nil {
		return err
	}
	d.Schema = d.definition.schema(m.facts)
	if err := d.loadTemplate(m); err != nil {
		return err
	}
	d.facts = map[int]document.Value{}
	if err := d.Schema.hashed(d.Circuit.Size.Layers+d.Circuit.Size.Claims, m.facts, m.factTexts, d.facts); err != nil {
		return err
	}
	if d.art, err = d.loadArt(m); err != nil {
		return err
	}
	drawn, err := m.arrange()
	if err != nil {
		return err
	}
	d.possibly = drawn.possibly
	d.warnOfDrawing(drawn)
	digest, err := digestArtifact(d.dir, m.artifact)
	if err != nil {
		return err
	}
	d.layers = m.layers
	d.model = &model.Model{Layers: drawn.layers, Order: drawn.order, Facts: m.factValues, Artifact: digest, Salt: d.secrets.salt}
	if d.art != nil {
		if d.model.Picture, err = d.art.Commitment(d.Circuit.Size); err != nil {
			return fmt.Errorf("committing to pictures: %w", err)
		}
	}
	if err := d.model.Validate(d.Circuit.Size); err != nil {
		return fault(m.at, "make the model smaller, or take a larger circuit", "%v", err)
	}
	return nil
}

func (d *Drop) loadPolicy() error {
	data, err := readNeeded(d.dir, PolicyFile)
	if err != nil {
		return err
	}
	if d.Policy, err = CompilePolicy(PolicyFile, string(files.WithoutMark(data)), &d.Schema); err != nil {
		return err
	}
	infos := d.Description(bundle.Key{}).Infos()
	if d.program, err = bundle.ProgramOf(d.Policy.Program, infos, d.Policy.Texts); err != nil {
		return fmt.Errorf("writing the policy: %w", err)
	}
	d.warnOfTexts()
	d.warnOfAbsence()
	d.warnOfSpelling()
	d.warnOfLookAlikes()
	d.Warnings = append(d.Warnings, d.program.Pitfalls(infos)...)
	return nil
}

// warnOfTexts looks for traits compared with a text that they never have: a
// promise, or a typing error that makes a rule say nothing.
func (d *Drop) warnOfTexts() {
	for i, clause := range d.Policy.Program.Clauses {
		for _, l := range clause {
			if l.Slot < len(d.model.Layers) && l.Op == policy.Equals && !hasText(d.model.Trait(l.Slot), l.Operand) {
				d.Warnings = append(d.Warnings, fmt.Sprintf("%s: rule %q compares %s with a text that is not in its layer", PolicyFile, d.Policy.RuleOf(i), d.Schema.SlotName(l.Slot)))
			}
		}
	}
}

func hasText(l model.Layer, hash fr.Element) bool {
	for _, table := range l.Tables {
		for _, r := range table {
			if attribute.TextHash(r.Text) == hash {
				return true
			}
		}
	}
	return false
}

func (d *Drop) commit() (err error) {
	c := &d.Commitments
	if c.Model, err = d.model.Commitment(d.Circuit.Size); err != nil {
		return errors.New("committing to the model: it does not fit the circuit")
	}
	if c.Policy, err = d.Policy.Program.Drawn(d.Circuit.Size, d.IDs); err != nil {
		return fmt.Errorf("committing to the policy: %w", err)
	}
	c.Template = d.Template.Commitment()
	c.Authority = claim.AuthorityCommitment(d.Authority)
	c.Seeds = generation.Seeds(d.secrets.seed, d.secrets.blind)
	d.Beacon = selfChosen(c)
	if d.definition.beacon != nil {
		d.Beacon = *d.definition.beacon
	}
	return nil
}

func (d *Drop) loadClaims() (err error) {
	if d.SelfAsserted {
		if d.claims, err = loadClaims(d.dir, &d.Schema, d.IDs); err == nil {
			err = d.checkNarrow()
		}
	}
	return err
}

// checkNarrow sees that claims whose texts drop.yaml calls short are.
func (d *Drop) checkNarrow() error {
	all := slices.Collect(maps.Values(d.claims.tokens))
	for _, n := range d.definition.narrow {
		slot, err := d.Schema.named(n)
		if err != nil {
			return err
		}
		at := slot - d.Circuit.Size.Layers
		if at < 0 || at >= len(d.Schema.Claims) || d.Template.MaxText(slot) == 0 {
			return fault(n.place, "name claims that are texts and shown", "%s is none", d.Schema.SlotName(slot))
		}
		for _, c := range append(all, d.claims.defaults) {
			if most := d.Template.MaxText(slot); len(c.texts[at]) > most {
				return fault(n.place, "leave it out here", "%s has room for %d bytes if it is narrow, and some text has more", d.Schema.SlotName(slot), most)
			}
		}
	}
	return nil
}

// selfChosen is the beacon of a drop that names none. Its entropy is the digest
// of the commitments, so it is fixed once they are, and needs no file; but
// whoever makes the drop can try secrets until the tokens please, which is
// why the description says where it comes from.
func selfChosen(c *bundle.Commitments) bundle.Beacon {
	h := sha256.New()
	h.Write([]byte("genproof/2/self-chosen beacon"))
	for _, e := range []fr.Element{c.Model, c.Policy, c.Authority, c.Seeds} {
		b := e.Bytes()
		h.Write(b[:])
	}
	b := bundle.Beacon{Entropy: [32]byte(h.Sum(nil)), Source: bundle.BeaconSelfChosen}
	b.Value = b.Derive()
	return b
}

// Token returns all that the prover needs to generate token id for recipient,
// zero for anyone. Its claims come from receipts/ID.json, or from claims.yaml
// when the drop signs its own.
func (d *Drop) Token(id uint64, recipient [20]byte) (*generation.Token, error) {
	if !d.IDs.Contains(id) {
		return nil, fmt.Errorf("token %d: the drop has tokens %d to %d", id, d.IDs.First, d.IDs.Last())
	}
	receipt, err := d.Receipt(id)
	if err != nil {
		return nil, fmt.Errorf("token %d: %w", id, err)
	}
	hashed := maps.Clone(d.facts)
	if err := d.Schema.hashed(d.Circuit.Size.Layers, d.Schema.Claims, receipt.Claims.texts, hashed); err != nil {
		return nil, fmt.Errorf("token %d: %w", id, err)
	}
	return &generation.Token{
		Circuit: d.Circuit, Model: d.model, Program: d.Policy.Program, IDs: d.IDs, Template: d.Template, Authority: d.Authority,
		Seed: d.secrets.seed, Blind: d.secrets.blind, Beacon: d.Beacon.Value, Recipient: recipient, ID: id,
		Claims: receipt.Claims.padded(d.Circuit.Size.Claims), Signature: receipt.Signature,
		Art: d.art, Hashed: hashed,
	}, nil
}

// image returns the digest of a token's picture, nil where none is proven.
func (d *Drop) image(id uint64) (*[sha256.Size]byte, error) {
	if d.art == nil {
		return nil, nil
	}
	p, err := generation.Paint(d.Circuit.Size, d.model, d.art, d.secrets.seed, d.Beacon.Value, id)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(p.File)
	return &digest, nil
}

// scope is what the drop's receipts are for.
func (d *Drop) scope() claim.Scope { return ScopeOf(d.Commitments, d.Beacon) }

// ScopeOf returns what the receipts of a drop are for, from its public description.
func ScopeOf(c bundle.Commitments, b bundle.Beacon) claim.Scope {
	return claim.Scope{Policy: c.Policy, Model: c.Model, Seeds: c.Seeds, Beacon: b.Value}
}

// Receipt returns the verified receipt of a token.
func (d *Drop) Receipt(id uint64) (*Receipt, error) {
	image, err := d.image(id)
	if err != nil {
		return nil, err
	}
	r, err := loadReceipt(d.dir, id, &d.Schema, d.scope(), d.Authority)
	if err == nil && r != nil && image != nil && *r.Claims.picture != *image {
		err = fault(Place{File: fmt.Sprintf("%s/%d.json", ReceiptsDir, id)}, "ask for a receipt of the picture that the token has", "this receipt is for another picture")
	}
	if r != nil || err != nil {
		return r, err
	}
	if d.claims == nil {
		return nil, fault(Place{File: fmt.Sprintf("%s/%d.json", ReceiptsDir, id)}, "put the authority's receipt there", "there is no receipt for this token")
	}
	return SignReceipt(d.secrets.authority, &d.Schema, d.scope(), id, d.claims.For(id).WithPicture(image))
}

// SlotName names an attribute for reports: "trait.Eyes", "claim.safety".
func (s *Schema) SlotName(slot int) string {
	room, a, ok := s.attributeAt(slot)
	if !ok {
		return fmt.Sprintf("unused slot %d", slot)
	}
	return room + "." + a.Name
}
