package generation

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/art"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/internal/compile"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

func twoTo64() *big.Int { return new(big.Int).Lsh(big.NewInt(1), 64) }

// Placeholder returns the circuit's unfilled struct, to compile.
func Placeholder(id statement.CircuitID) frontend.Circuit {
	token := TokenVar{
		Model:   model.Placeholder(id.Size),
		Program: policy.Placeholder(id.Size),
		Claims:  make([]attribute.SlotVar, id.Size.Claims),
	}
	if id.Binding == statement.Root {
		return &RootCircuit{Token: token, Size: id.Size}
	}
	cid := CIDCircuit{Token: token, Document: document.Placeholder(id.Size), Size: id.Size}
	if id.Binding == statement.Art {
		return &ArtCircuit{CIDCircuit: cid, Art: art.Placeholder(id.Size)}
	}
	return &cid
}

// Compile returns the circuit's R1CS, or PLONK's sparse one, over the scalar field of BN254.
func Compile(id statement.CircuitID) (constraint.ConstraintSystem, error) {
	return compile.Circuit(id, Placeholder(id))
}

// assign fills the circuit.
func assign(t *Token, r *Result) error {
	size := t.Circuit.Size
	modelVar, err := model.ValueOf(t.Model, size, t.Seed, t.Beacon, t.ID)
	if err != nil {
		return fmt.Errorf("assigning the model: %w", err)
	}
	program, err := policy.ValueOf(t.Program, size)
	if err != nil {
		return fmt.Errorf("assigning the policy: %w", err)
	}
	token := TokenVar{
		Model: modelVar, Program: program, Authority: eddsa.ValueOfPublicKey(t.Authority),
		Seed: t.Seed, Blind: t.Blind, Recipient: new(big.Int).SetBytes(t.Recipient[:]),
		ID: t.ID, IDs: policy.ValueOfIDs(t.IDs), Signature: eddsa.ValueOfSignature(t.Signature),
	}
	for _, c := range t.Claims {
		token.Claims = append(token.Claims, attribute.ValueOf(c))
	}
	public := statement.ValueOf(r.Statement)
	if t.Circuit.Binding == statement.Root {
		r.Assignment = &RootCircuit{public, token, t.Template.BodyHash(), size}
		return nil
	}
	cid := CIDCircuit{public, token, document.ValueOf(t.Template, r.values(t)), size}
	r.Assignment = &cid
	if t.Circuit.Binding == statement.Art {
		artVar, err := art.ValueOf(t.Art, size)
		if err != nil {
			return fmt.Errorf("assigning the picture: %w", err)
		}
		r.Assignment = &ArtCircuit{cid, artVar}
	}
	return nil
}
