//go:build !js

package policy

import (
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/bits"
)

// IDsVar are [IDs] inside a circuit. The commitment to a policy holds them.
type IDsVar struct{ First, Supply frontend.Variable }

// ValueOfIDs returns the assignment of i.
func ValueOfIDs(i IDs) IDsVar { return IDsVar{i.First, i.Supply} }

// AssertContains constrains id to be one of i; native mirror: [IDs.Contains].
//
//	id - first              = place          0 ≤ place < 2^64
//	supply - 1 - place      ≥ 0              below 2^64
//
// first and supply are what a verifier has recomputed, below 10^10, so nothing wraps. Of other
// numbers the rows say as much modulo r, and the ids that have a proof are for them to find who
// committed to these.
//
// 128 constraints.
func (i IDsVar) AssertContains(api frontend.API, id frontend.Variable) {
	place := api.Sub(id, i.First)
	bits.Decompose(api, place, numberBits)
	assertBelow(api, place, i.Supply)
}

// assertBelow constrains supply - 1 - place to 64 bits.
func assertBelow(api frontend.API, place, supply frontend.Variable) {
	bits.Decompose(api, api.Sub(supply, 1, place), numberBits)
}
