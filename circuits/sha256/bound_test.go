package sha256

import (
	"testing"

	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/circuits/internal/circuittest"
)

// grownCircuit compresses one block from a state whose d and h are some multiple of 2^32
// too large, as they are after that many blocks.
type grownCircuit struct {
	Start [8]WordVar
	Block [16]WordVar
	Next  [8]WordVar
	Grown uint64 `gnark:"-"`
}

func (c *grownCircuit) Define(api frontend.API) error {
	state := NewState(api, c.Start)
	for _, x := range []*loose{&state.d, &state.h} {
		*x = sum(api, *x, constant(c.Grown<<32))
	}
	state, err := CompressVar(api, state, c.Block)
	if err != nil {
		return err
	}
	words, err := state.Words(api)
	for i, w := range words {
		for k := range w {
			api.AssertIsEqual(w[k], c.Next[i][k])
		}
	}
	return err
}

// TestCompressVar_ChainsWithoutEnd: states are reduced before they outgrow their bound, and
// only then.
func TestCompressVar_ChainsWithoutEnd(t *testing.T) {
	block := (*[64]byte)(randomBytes(11, 64))
	assignment := &grownCircuit{Block: ValueOfBlock(block)}
	for i, x := range Compress(IV, block) {
		assignment.Start[i], assignment.Next[i] = ValueOfWord(IV[i]), ValueOfWord(x)
	}
	for _, c := range []struct {
		grown   uint64
		reduced bool
	}{{0, false}, {1, false}, {62, false}, {63, false}, {64, true}, {100, true}} {
		circuit := circuittest.New(&grownCircuit{Grown: c.grown})
		if err := circuit.Solve(assignment); err != nil {
			t.Errorf("after %d blocks: %v", c.grown, err)
		}
		reductions := 0
		recording := circuit.RecordAll(t, assignment)
		for i := range recording.Rows {
			if recording.Row(i).IsOf("bounded/Words/reduce/assertSum") {
				reductions++
			}
		}
		if (reductions == 2) != c.reduced || len(recording.Refused) != 0 {
			t.Errorf("after %d blocks: %d words reduced, refused by %v", c.grown, reductions, recording.Refused)
		}
	}
}
