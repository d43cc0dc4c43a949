// Package rank1 adds single rows a·b = c to a constraint system.
//
// frontend.API always pays a new wire for a product. When the wires of a row are all
// known already (hints, say), the row alone is what one wants: one constraint and no
// wire. This package emits it through gnark's generic R1CS blueprint.
package rank1

import (
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/profile"
)

// AssertProduct constrains a·b = c.
//
// One constraint in R1CS, one gate in PLONK besides those of the forms. In the test engine
// it is Mul and AssertIsEqual.
// The right-hand factor b enters the B matrix of Groth16, where a wire costs the
// prover about three times as much: put the form with fewer or smaller wires there.
func AssertProduct(api frontend.API, a, b, c frontend.Variable) {
	if plonk, ok := Plonk(api); ok {
		plonk.AddPlonkConstraint(a, b, c, 0, 0, -1, 1, 0)
		return
	}
	l, okL := linear(api, a)
	r, okR := linear(api, b)
	o, okO := linear(api, c)
	if !okL || !okR || !okO {
		api.AssertIsEqual(api.Mul(a, b), c)
		return
	}
	blueprint := constraint.BlueprintGenericR1C{}
	var calldata []uint32
	profile.RecordConstraint() // gnark's builders do this for their own rows only
	blueprint.CompressR1C(&constraint.R1C{L: l, R: r, O: o}, &calldata)
	api.Compiler().AddInstruction(blueprintID(api), calldata)
}

// Plonk returns the builder's own gates q_l·a + q_r·b + q_o·o + q_m·ab + q_c = 0 when api
// builds a PLONK constraint system, and false otherwise.
func Plonk(api frontend.API) (frontend.PlonkAPI, bool) {
	plonk, ok := api.(frontend.PlonkAPI)
	return plonk, ok
}

// linear returns v as a linear expression of an R1CS, false where the builder has none.
func linear(api frontend.API, v frontend.Variable) (constraint.LinearExpression, bool) {
	if !frontend.IsCanonical(v) {
		// A constant: adding it to the zero form makes it a multiple of the one wire.
		v = api.Add(v, 0)
	}
	if !frontend.IsCanonical(v) {
		return nil, false
	}
	l, ok := api.Compiler().ToCanonicalVariable(v).(constraint.LinearExpression)
	return l, ok
}

type blueprintKey struct{}

// keyValueStore is implemented by gnark's builders.
type keyValueStore interface {
	SetKeyValue(key, value any)
	GetKeyValue(key any) any
}

// blueprintID returns the id of the generic blueprint, registered once a builder.
func blueprintID(api frontend.API) constraint.BlueprintID {
	compiler := api.Compiler()
	store, ok := compiler.(keyValueStore)
	if !ok {
		return compiler.AddBlueprint(&constraint.BlueprintGenericR1C{})
	}
	if id, ok := store.GetKeyValue(blueprintKey{}).(constraint.BlueprintID); ok {
		return id
	}
	id := compiler.AddBlueprint(&constraint.BlueprintGenericR1C{})
	store.SetKeyValue(blueprintKey{}, id)
	return id
}
