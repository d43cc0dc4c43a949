package poseidon_test

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/poseidon"
)

// note is a domain of a program called acme.
var note = poseidon.NewTag("acme", "note")

// noteCircuit proves that somebody knows what a public commitment hides.
type noteCircuit struct {
	Commitment    frontend.Variable `gnark:",public"`
	Owner, Amount frontend.Variable
	Salt          frontend.Variable
}

func (c *noteCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(c.Commitment, poseidon.HashVar(api, note, c.Owner, c.Amount, c.Salt))
	return nil
}

// A program hashes under tags of its own, natively and in a circuit alike. The circuit does
// not range-check: an amount is an element of the field until something says otherwise.
func ExampleNewTag() {
	owner, amount, salt := fr.NewElement(7), fr.NewElement(100), fr.NewElement(31337)
	commitment := poseidon.Hash(note, owner, amount, salt)

	field := ecc.BN254.ScalarField()
	fmt.Println(test.IsSolved(&noteCircuit{}, &noteCircuit{commitment, owner, amount, salt}, field))

	elsewhere := poseidon.Hash(poseidon.NewTag("acme", "draft"), owner, amount, salt)
	fmt.Println(elsewhere == commitment)
	// Output:
	// <nil>
	// false
}
