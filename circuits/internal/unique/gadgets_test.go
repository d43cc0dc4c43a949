package unique_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/hash"
	"github.com/consensys/gnark/std/math/uints"

	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/network"
	"github.com/genproof/genproof/circuits/picture"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/poseidon"
	"github.com/genproof/genproof/circuits/selector"
	"github.com/genproof/genproof/circuits/sha256"
	"github.com/genproof/genproof/circuits/statement"
)

// A gadget is a gadget alone, over inputs of which it asks nothing.
type gadget struct {
	In     []frontend.Variable
	define func(api frontend.API, in []frontend.Variable) error
}

func (g *gadget) Define(api frontend.API) error { return g.define(api, g.In) }

var gadgets = []struct {
	name   string
	inputs int
	define func(api frontend.API, in []frontend.Variable) error
}{
	{"bits-64", 1, func(api frontend.API, in []frontend.Variable) error {
		bits.Decompose(api, in[0], 64)
		return nil
	}},
	{"bits-253", 1, func(api frontend.API, in []frontend.Variable) error {
		bits.Decompose(api, in[0], 253)
		return nil
	}},
	{"bits-canonical", 1, func(api frontend.API, in []frontend.Variable) error {
		bits.Canonical(api, in[0])
		return nil
	}},
	{"poseidon-3", 3, func(api frontend.API, in []frontend.Variable) error {
		poseidon.HashVar(api, poseidon.Slot, in...)
		return nil
	}},
	{"poseidon-15", 15, func(api frontend.API, in []frontend.Variable) error {
		poseidon.HashVar(api, poseidon.NewTag("unique", "rows"), in...)
		return nil
	}},
	{"selector-8", 11, func(api frontend.API, in []frontend.Variable) error {
		selector.Choose(api, in[:8], in[8:])
		return nil
	}},
	{"attribute-present", 2, func(api frontend.API, in []frontend.Variable) error {
		api.AssertIsEqual(attribute.PresentVar(api, in[0]), in[1])
		return nil
	}},
	{"attribute-slots", 4, func(api frontend.API, in []frontend.Variable) error {
		attribute.AssertSlots(api, []attribute.SlotVar{{Value: in[0], Present: in[1]}, {Value: in[2], Present: in[3]}})
		return nil
	}},
	{"sha256-55-bytes", 55, sha(false)},
	{"sha256-119-bytes", 119, sha(false)},
	{"sha256-up-to-119-bytes", 120, sha(true)},
	{"eddsa", 6, func(api frontend.API, in []frontend.Variable) error {
		key, sig := eddsa.PublicKeyVar{X: in[0], Y: in[1]}, eddsa.SignatureVar{RX: in[2], RY: in[3], S: in[4]}
		return eddsa.AssertSigned(api, poseidon.Eddsa, key, in[5], sig)
	}},
}

func sha(hasLength bool) func(api frontend.API, in []frontend.Variable) error {
	return func(api frontend.API, in []frontend.Variable) error {
		h, err := sha256.New(api, hash.WithMinimalLength(0))
		if err != nil {
			return err
		}
		for _, x := range in[:min(len(in), 119)] {
			h.Write([]uints.U8{{Val: x}})
		}
		if hasLength {
			h.FixedLengthSum(in[119])
		} else {
			h.Sum()
		}
		return nil
	}
}

func TestGadgets_LeaveNoChoice(t *testing.T) {
	for _, g := range gadgets {
		t.Run(g.name, func(t *testing.T) {
			assertGadget(t, g.name, func() frontend.Circuit {
				return &gadget{make([]frontend.Variable, g.inputs), g.define}
			})
		})
	}
	t.Run("policy", func(t *testing.T) { assertGadget(t, "policy-small", func() frontend.Circuit { return newPolicy() }) })
	t.Run("model", func(t *testing.T) { assertGadget(t, "model-small", func() frontend.Circuit { return newModel() }) })
	t.Run("document", func(t *testing.T) {
		assertGadget(t, "document-small", func() frontend.Circuit { return newDocument() })
	})
	t.Run("network", func(t *testing.T) {
		assertGadget(t, "network-12-30-5", func() frontend.Circuit { return newNetwork() })
	})
	t.Run("picture", func(t *testing.T) {
		f := picture.Frame{Side: 24, Depth: 4}
		assertGadget(t, "picture-24-4", func() frontend.Circuit { return newPicture(f) })
	})
}

func assertGadget(t *testing.T, name string, placeholder func() frontend.Circuit) {
	t.Helper()
	assertUnique(t, "gadget-"+name, compiledGadget(t, placeholder()), placeholder())
}

// compiledGadget returns a gadget's system.
func compiledGadget(t *testing.T, placeholder frontend.Circuit) *cs.R1CS {
	t.Helper()
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, placeholder,
		frontend.WithCompressThreshold(0), frontend.IgnoreUnconstrainedInputs())
	if err != nil {
		t.Fatal(err)
	}
	return system.(*cs.R1CS)
}

type policyCircuit struct {
	Program policy.ProgramVar
	Slots   []attribute.SlotVar
}

func newPolicy() *policyCircuit {
	return &policyCircuit{policy.Placeholder(statement.Small), make([]attribute.SlotVar, statement.Small.Slots())}
}

func (c *policyCircuit) Define(api frontend.API) error {
	attribute.AssertSlots(api, c.Slots)
	policy.CommitmentVar(api, c.Program)
	return policy.AssertSatisfied(api, statement.Small, c.Program, c.Slots)
}

type modelCircuit struct {
	Model            model.ModelVar
	Seed, Beacon, ID frontend.Variable
}

func newModel() *modelCircuit { return &modelCircuit{Model: model.Placeholder(statement.Small)} }

func (c *modelCircuit) Define(api frontend.API) error {
	_, err := model.DrawVar(api, statement.Small, c.Model, c.Seed, c.Beacon, c.ID)
	return err
}

type documentCircuit struct {
	Document document.DocumentVar
	ID, Root frontend.Variable
	Slots    []attribute.SlotVar
}

func newDocument() *documentCircuit {
	return &documentCircuit{Document: document.Placeholder(statement.Small), Slots: make([]attribute.SlotVar, statement.Small.Slots())}
}

func (c *documentCircuit) Define(api frontend.API) error {
	_, _, err := document.DigestVar(api, statement.Small, c.Document, c.ID, c.Root, c.Slots)
	return err
}

// A pictureCircuit composes three sprites and hashes the file.
type pictureCircuit struct {
	Start   [8]sha256.WordVar
	Order   []frontend.Variable
	Sprites []picture.SpriteVar
	Frame   picture.Frame `gnark:"-"`
}

func newPicture(f picture.Frame) *pictureCircuit {
	c := &pictureCircuit{Frame: f, Order: make([]frontend.Variable, 3), Sprites: make([]picture.SpriteVar, 3)}
	for i := range c.Sprites {
		c.Sprites[i] = make(picture.SpriteVar, f.SpriteElements())
	}
	return c
}

func (c *pictureCircuit) Define(api frontend.API) error {
	for _, w := range c.Start {
		sha256.AssertWord(api, w)
	}
	pixels, err := picture.ComposeVar(api, c.Frame, c.Order, c.Sprites)
	if err != nil {
		return err
	}
	_, _, err = picture.DigestVar(api, c.Frame, sha256.NewState(api, c.Start), pixels)
	return err
}

// A networkCircuit runs two layers over any elements, and any inputs.
type networkCircuit struct {
	Bias, X []frontend.Variable
	From    [][]frontend.Variable
	Last    [][]frontend.Variable
}

var networkLayers = []network.Layer{
	{In: 12, Out: 30, Digit: 11, Shift: 4, Act: 4},
	{In: 30, Out: 5, Digit: 14, Shift: 6, Act: 4},
}

func newNetwork() *networkCircuit {
	c := &networkCircuit{Bias: make([]frontend.Variable, networkLayers[0].Groups()), X: make([]frontend.Variable, networkLayers[0].In)}
	for range networkLayers[0].In {
		c.From = append(c.From, make([]frontend.Variable, networkLayers[0].Groups()))
	}
	for range networkLayers[1].In {
		c.Last = append(c.Last, make([]frontend.Variable, networkLayers[1].Groups()))
	}
	return c
}

func (c *networkCircuit) Define(api frontend.API) error {
	sums, err := networkLayers[0].SumsVar(api, [][]frontend.Variable{c.Bias}, c.From, c.X)
	if err != nil {
		return err
	}
	between := networkLayers[0].OutputsVar(api, sums)
	if sums, err = networkLayers[1].SumsVar(api, nil, c.Last, between); err != nil {
		return err
	}
	networkLayers[1].OutputsVar(api, sums)
	return nil
}
