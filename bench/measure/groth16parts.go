package measure

import (
	"slices"

	"github.com/consensys/gnark/backend/witness"

	prover "github.com/genproof/genproof/prover/groth16"
)

const alone = "alone on all cores, on the real witness and key; in a proof the chains of parts run at once"

func (k *groth16Keys) parts(w witness.Witness) ([]part, error) {
	list, _, err := k.takenApart(w)
	return list, err
}

// takenApart is what the prover does, piece by piece. On one core their sum is about the
// time of the whole.
func (k *groth16Keys) takenApart(w witness.Witness) ([]part, *prover.Sums, error) {
	solution, err := k.prover.Solve(w)
	if err != nil {
		return nil, nil, errNoProof
	}
	list := []part{{"solve", "", func() error { _, err := k.prover.Solve(w); return err }}}
	chains, sums := k.prover.Chains(solution)
	for _, piece := range slices.Concat(chains...) {
		list = append(list, part{piece.Name, alone, piece.Do})
	}
	return list, sums, nil
}
