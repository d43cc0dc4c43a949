package selector_test

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/bits"
	"github.com/genproof/genproof/circuits/selector"
)

// A lookup says that Value is entry Index of a table.
type lookup struct{ Index, Value frontend.Variable }

// Define splits the index, which constrains its bits to be boolean, and chooses by them.
func (c *lookup) Define(api frontend.API) error {
	table := []frontend.Variable{2, 3, 5, 7, 11, 13, 17, 19}
	selector.AssertChoice(api, table, bits.Decompose(api, c.Index, 3), c.Value)
	return nil
}

func Example() {
	for _, c := range []lookup{{Index: 4, Value: 11}, {Index: 4, Value: 13}, {Index: 8, Value: 2}} {
		err := test.IsSolved(&lookup{}, &c, ecc.BN254.ScalarField())
		fmt.Printf("entry %v is %v: %v\n", c.Index, c.Value, err == nil)
	}
	// Output:
	// entry 4 is 11: true
	// entry 4 is 13: false
	// entry 8 is 2: false
}
