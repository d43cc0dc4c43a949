package generation

import (
	"fmt"
	"slices"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// A CIDCircuit proves that the SHA-256 of the document is the statement's metadata.
type CIDCircuit struct {
	statement.StatementVar
	Token    TokenVar
	Document document.DocumentVar
	Size     statement.Size `gnark:"-"`
}

// An ArtCircuit is a [CIDCircuit] of a document that shows the digest of the token's image, and
// proves that the image comes from the rows drawn.
type ArtCircuit struct {
	CIDCircuit
	Art art.ArtVar
}

// A RootCircuit proves that the root is the statement's metadata.
type RootCircuit struct {
	statement.StatementVar
	Token TokenVar
	Body  frontend.Variable // the hash of the template's text
	Size  statement.Size    `gnark:"-"`
}

// A TokenVar is a [Token] inside a circuit, but for the document. All of it is secret.
type TokenVar struct {
	Model       model.ModelVar
	Program     policy.ProgramVar
	Authority   eddsa.PublicKeyVar
	Seed, Blind frontend.Variable
	Recipient   frontend.Variable
	ID          frontend.Variable
	IDs         policy.IDsVar
	Claims      []attribute.SlotVar
	Signature   eddsa.SignatureVar
}

// Define is the statement: clauses 1 to 4, then 5 over the document.
func (c *CIDCircuit) Define(api frontend.API) error { return c.define(api, nil) }

// Define is the statement: as a [CIDCircuit]'s, with the image among the slots.
func (c *ArtCircuit) Define(api frontend.API) error { return c.define(api, &c.Art) }

func (c *CIDCircuit) define(api frontend.API, a *art.ArtVar) error {
	slots, root, err := c.Token.assertGenerated(api, c.Size, c.StatementVar, a)
	if err != nil {
		return err
	}
	assertTemplate(api, c.StatementVar, c.Document.Template.BodyVar(api, c.Size))
	high, low, err := document.DigestVar(api, c.Size, c.Document, c.Token.ID, root, slots)
	if err != nil {
		return err
	}
	assertMetadata(api, c.StatementVar, high, low)
	return nil
}

// Define is the statement: clauses 1 to 4, then 5 over the root.
func (c *RootCircuit) Define(api frontend.API) error {
	_, root, err := c.Token.assertGenerated(api, c.Size, c.StatementVar, nil)
	if err != nil {
		return err
	}
	assertTemplate(api, c.StatementVar, c.Body)
	canonical := bits.Canonical(api, root)
	assertMetadata(api, c.StatementVar, bits.Number(api, canonical[128:]), bits.Number(api, canonical[:128]))
	return nil
}

// assertMetadata binds inputs 7 and 8.
func assertMetadata(api frontend.API, s statement.StatementVar, high, low frontend.Variable) {
	api.AssertIsEqual(s.MetadataHigh, high)
	api.AssertIsEqual(s.MetadataLow, low)
}

// assertGenerated constrains clauses 1 to 4 and the inputs they bind, and returns the
// slots and the root. a is nil but in an art size.
func (t TokenVar) assertGenerated(api frontend.API, size statement.Size, s statement.StatementVar, a *art.ArtVar) (slots []attribute.SlotVar, root frontend.Variable, err error) {
	t.assertToken(api, s)
	t.assertSeeds(api, s)
	traits, images, err := t.assertDrawn(api, size, s, a)
	if err != nil {
		return nil, nil, fmt.Errorf("traits: %w", err)
	}
	message, err := t.assertReceived(api, s, images)
	if err != nil {
		return nil, nil, fmt.Errorf("claims: %w", err)
	}
	slots = t.slots(traits, images)
	if err = t.assertJudged(api, size, s, slots); err != nil {
		return nil, nil, fmt.Errorf("policy: %w", err)
	}
	return slots, t.rootVar(api, message, slots), nil
}

// assertToken binds input 6.
//
//	token = recipient·2^64 + id,  recipient < 2^160,  id < 2^64
func (t TokenVar) assertToken(api frontend.API, s statement.StatementVar) {
	bits.Decompose(api, t.Recipient, 160)
	bits.Decompose(api, t.ID, 64)
	api.AssertIsEqual(s.Token, api.Add(api.Mul(t.Recipient, twoTo64()), t.ID))
}

// assertSeeds binds input 4.
func (t TokenVar) assertSeeds(api frontend.API, s statement.StatementVar) {
	api.AssertIsEqual(s.Seeds, poseidon.HashVar(api, poseidon.Seeds, t.Seed, t.Blind))
}

// assertDrawn is clause 1 and binds inputs 0 and 5. In an art size it returns the slots of the
// image and the scores too, else none.
func (t TokenVar) assertDrawn(api frontend.API, size statement.Size, s statement.StatementVar, a *art.ArtVar) (traits, images []attribute.SlotVar, err error) {
	var picture []frontend.Variable
	if a != nil {
		picture = []frontend.Variable{a.CommitmentVar(api, size)}
	}
	drawn, err := model.DrawVar(api, size, t.Model, t.Seed, s.Beacon, t.ID, picture...)
	if err != nil {
		return nil, nil, err
	}
	api.AssertIsEqual(s.Model, drawn.Commitment)
	if a != nil {
		if images, err = a.SlotsVar(api, size, art.TokenVar{Drawn: drawn, Seed: t.Seed, Beacon: s.Beacon, ID: t.ID}); err != nil {
			return nil, nil, fmt.Errorf("image: %w", err)
		}
	}
	return drawn.Traits, images, nil
}

// assertReceived is clause 2 and binds input 3. It returns the message that was signed: of the
// claims, and of the image where there is one.
func (t TokenVar) assertReceived(api frontend.API, s statement.StatementVar, images []attribute.SlotVar) (message frontend.Variable, err error) {
	attribute.AssertSlots(api, t.Claims)
	api.AssertIsEqual(s.Authority, claim.AuthorityVar(api, t.Authority))
	message = claim.MessageVar(api, claim.ScopeVar{Policy: s.Policy, Model: s.Model, Seeds: s.Seeds, Beacon: s.Beacon}, t.ID, slices.Concat(t.Claims, images[:min(1, len(images))]))
	return message, claim.AssertSigned(api, t.Authority, message, t.Signature)
}

// slots lists the attributes in order. Traits are slots since they were drawn; the facts are
// since the model's commitment was recomputed, the image since it was hashed.
func (t TokenVar) slots(traits, images []attribute.SlotVar) []attribute.SlotVar {
	return slices.Concat(traits, t.Claims, t.Model.Facts, images)
}

// assertJudged is clause 3 and binds input 1, and the token id to the policy's ids.
func (t TokenVar) assertJudged(api frontend.API, size statement.Size, s statement.StatementVar, slots []attribute.SlotVar) error {
	api.AssertIsEqual(s.Policy, policy.DrawnVar(api, t.Program, t.IDs))
	t.IDs.AssertContains(api, t.ID)
	return policy.AssertSatisfied(api, size, t.Program, slots)
}

// rootVar is clause 4.
func (t TokenVar) rootVar(api frontend.API, message frontend.Variable, slots []attribute.SlotVar) frontend.Variable {
	salts := attribute.SaltsVar(api, t.Blind, t.ID, message, len(slots))
	leaves := make([]frontend.Variable, len(slots))
	for i := range slots {
		leaves[i] = attribute.LeafVar(api, slots[i], salts[i])
	}
	return attribute.RootVar(api, leaves)
}

// assertTemplate binds input 2.
func assertTemplate(api frontend.API, s statement.StatementVar, body frontend.Variable) {
	api.AssertIsEqual(s.Template, document.CommitmentVar(api, body))
}
