package subject

import (
	"bytes"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/statement"
)

// gadgets lists each gadget alone. What is committed to or hashed is public.
func gadgets() []Subject {
	var list []Subject
	for _, n := range []int{1, 2, 12} {
		list = append(list, Subject{Name: fmt.Sprintf("sha256/%d", n), define: func() frontend.Circuit { return newSHA256(n) },
			assign: func() (frontend.Circuit, error) { return assignSHA256(n), nil }})
	}
	for _, t := range []int{4, 8, 12, 16} {
		list = append(list, Subject{Name: fmt.Sprintf("poseidon/%d", t), define: func() frontend.Circuit { return newPoseidon(t) },
			assign: func() (frontend.Circuit, error) { return assignPoseidon(t), nil }})
	}
	for _, n := range []int{25, 50} {
		list = append(list, Subject{Name: fmt.Sprintf("policy/%d", n), define: func() frontend.Circuit { return newPolicy(n) },
			assign: func() (frontend.Circuit, error) { return assignPolicy(n) }})
	}
	for _, n := range []int{4, 8} {
		list = append(list, Subject{Name: fmt.Sprintf("draw/%d", n), define: func() frontend.Circuit { return newDraw(n) },
			assign: func() (frontend.Circuit, error) { return assignDraw(n) }})
	}
	return append(list, Subject{Name: "receipt", define: func() frontend.Circuit { return newReceipt() }, assign: assignReceipt})
}

// sizeOf is the standard size with another number of layers and literals.
func sizeOf(layers, literals int) statement.Size {
	size := statement.Standard
	size.Layers, size.Literals = layers, literals
	return size
}

// A poseidonCircuit is one permutation of t elements: t−1 of them are hashed.
type poseidonCircuit struct {
	Hash frontend.Variable `gnark:",public"`
	In   []frontend.Variable
}

func newPoseidon(t int) *poseidonCircuit {
	return &poseidonCircuit{In: make([]frontend.Variable, t-1)}
}

func (c *poseidonCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(c.Hash, poseidon.HashVar(api, poseidon.Root, c.In...))
	return nil
}

func assignPoseidon(t int) frontend.Circuit {
	c, in := newPoseidon(t), make([]fr.Element, t-1)
	for i := range in {
		in[i] = element("poseidon", i)
		c.In[i] = in[i]
	}
	c.Hash = poseidon.Hash(poseidon.Root, in...)
	return c
}

// A policyCircuit judges the slots of the standard size by a program of n literals.
type policyCircuit struct {
	Policy  frontend.Variable `gnark:",public"`
	Program policy.ProgramVar
	Slots   []attribute.SlotVar
	Size    statement.Size `gnark:"-"`
}

func newPolicy(n int) *policyCircuit {
	size := sizeOf(statement.Standard.Layers, n)
	return &policyCircuit{Program: policy.Placeholder(size), Slots: make([]attribute.SlotVar, size.Slots()), Size: size}
}

func (c *policyCircuit) Define(api frontend.API) error {
	attribute.AssertSlots(api, c.Slots)
	api.AssertIsEqual(c.Policy, policy.CommitmentVar(api, c.Program))
	return policy.AssertSatisfied(api, c.Size, c.Program, c.Slots)
}

// assignPolicy asks of n/3 numbers that each is 5, or below 5, or present: all are 4.
func assignPolicy(n int) (frontend.Circuit, error) {
	c := newPolicy(n)
	slots := c.Size.Slots()
	p := &policy.Program{Schema: element("schema", 0), Numeric: make([]bool, slots)}
	five := fr.NewElement(5)
	for i := range n / 3 {
		slot := i % slots
		p.Clauses = append(p.Clauses, []policy.Literal{{Slot: slot, Operand: five}, {Slot: slot, Op: policy.Less, Operand: five}, {Slot: slot, Op: policy.Present}})
	}
	for i := range slots {
		p.Numeric[i] = true
		c.Slots[i] = attribute.ValueOf(attribute.OfUint(4))
	}
	var err error
	if c.Program, err = policy.ValueOf(p, c.Size); err != nil {
		return nil, err
	}
	c.Policy, err = p.Commitment(c.Size)
	return c, err
}

// A drawCircuit draws the traits of n layers from committed tables.
type drawCircuit struct {
	Model    frontend.Variable   `gnark:",public"`
	Beacon   frontend.Variable   `gnark:",public"`
	Values   []frontend.Variable `gnark:",public"`
	Seed, ID frontend.Variable
	Tables   model.ModelVar
	Size     statement.Size `gnark:"-"`
}

func newDraw(n int) *drawCircuit {
	size := sizeOf(n, statement.Standard.Literals)
	return &drawCircuit{Values: make([]frontend.Variable, n), Tables: model.Placeholder(size), Size: size}
}

func (c *drawCircuit) Define(api frontend.API) error {
	drawn, err := model.DrawVar(api, c.Size, c.Tables, c.Seed, c.Beacon, c.ID)
	if err != nil {
		return err
	}
	api.AssertIsEqual(c.Model, drawn.Commitment)
	for i, t := range drawn.Traits {
		api.AssertIsEqual(c.Values[i], t.Value)
	}
	return nil
}

// assignDraw has tables of 256 rows each, as many as there can be.
func assignDraw(n int) (frontend.Circuit, error) {
	c := newDraw(n)
	m := &model.Model{Salt: element("salt", 0)}
	for l := range n {
		var table []model.Row
		for r := range model.MaxRows {
			table = append(table, model.Row{Text: fmt.Sprintf("layer %d, row %d", l, r), Weight: uint32(1 + r)})
		}
		m.Layers = append(m.Layers, model.Layer{Tables: [][]model.Row{table}})
	}
	seed, beacon, id := element("seed", 0), element("beacon", 0), uint64(7)
	rows, err := m.Draw(c.Size, seed, beacon, id)
	if err != nil {
		return nil, err
	}
	for i, r := range rows {
		c.Values[i] = attribute.TextHash(r.Text)
	}
	c.Seed, c.Beacon, c.ID = seed, beacon, id
	if c.Model, err = m.Commitment(c.Size); err != nil {
		return nil, err
	}
	c.Tables, err = model.ValueOf(m, c.Size, seed, beacon, id)
	return c, err
}

// A receiptCircuit checks an authority's signature of a token's claims.
type receiptCircuit struct {
	Authority frontend.Variable `gnark:",public"`
	Scope     claim.ScopeVar    `gnark:",public"`
	ID        frontend.Variable `gnark:",public"`
	Claims    []attribute.SlotVar
	Key       eddsa.PublicKeyVar
	Signature eddsa.SignatureVar
}

func newReceipt() *receiptCircuit {
	return &receiptCircuit{Claims: make([]attribute.SlotVar, statement.Standard.Claims)}
}

func (c *receiptCircuit) Define(api frontend.API) error {
	attribute.AssertSlots(api, c.Claims)
	api.AssertIsEqual(c.Authority, claim.AuthorityVar(api, c.Key))
	message := claim.MessageVar(api, c.Scope, c.ID, c.Claims)
	return claim.AssertSigned(api, c.Key, message, c.Signature)
}

func assignReceipt() (frontend.Circuit, error) {
	c := newReceipt()
	key, err := eddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, eddsa.PrivateKeyBytes)))
	if err != nil {
		return nil, err
	}
	claims := make([]attribute.Slot, len(c.Claims))
	for i := range claims {
		claims[i] = attribute.OfUint(uint64(100 + i))
		c.Claims[i] = attribute.ValueOf(claims[i])
	}
	scope := claim.Scope{Policy: element("policy", 0), Model: element("model", 0), Seeds: element("seeds", 0), Beacon: element("beacon", 0)}
	signature, err := claim.Sign(key, claim.Message(scope, 7, claims))
	if err != nil {
		return nil, err
	}
	c.Authority, c.Key = claim.AuthorityCommitment(key.Public()), eddsa.ValueOfPublicKey(key.Public())
	c.Scope, c.ID = claim.ScopeVar{Policy: scope.Policy, Model: scope.Model, Seeds: scope.Seeds, Beacon: scope.Beacon}, 7
	c.Signature = eddsa.ValueOfSignature(signature)
	return c, nil
}

// element returns a full-size element that depends on nothing but its name.
func element(name string, i int) fr.Element {
	e, err := fr.Hash(fmt.Appendf(nil, "%s %d", name, i), []byte("genproof/bench"), 1)
	if err != nil {
		panic("subject: " + err.Error()) // only the lengths can be wrong
	}
	return e[0]
}
