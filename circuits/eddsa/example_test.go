package eddsa_test

import (
	"bytes"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/poseidon"
)

// A licence is a public message, signed by a public key; the signature is secret.
type licence struct {
	Key       eddsa.PublicKeyVar `gnark:",public"`
	Message   frontend.Variable  `gnark:",public"`
	Signature eddsa.SignatureVar
}

// Define says that the prover knows the key's signature of the message.
func (c *licence) Define(api frontend.API) error {
	return eddsa.AssertSigned(api, poseidon.Eddsa, c.Key, c.Message, c.Signature)
}

func Example() {
	logger.Disable()
	// Use crypto/rand.Reader: whoever knows these bytes signs.
	key, err := eddsa.GenerateKey(bytes.NewReader([]byte("these 32 bytes are not a secret!")))
	if err != nil {
		panic(err)
	}
	message := fr.NewElement(2026)
	signature, err := key.Sign(poseidon.Eddsa, message)
	if err != nil {
		panic(err)
	}
	fmt.Println("native:", eddsa.Verify(poseidon.Eddsa, key.Public(), message, signature))

	circuit, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &licence{})
	if err != nil {
		panic(err)
	}
	fmt.Println("rows:", circuit.GetNbConstraints())

	for _, claimed := range []fr.Element{message, fr.NewElement(2027)} {
		witness, err := frontend.NewWitness(&licence{
			Key: eddsa.ValueOfPublicKey(key.Public()), Message: claimed, Signature: eddsa.ValueOfSignature(signature),
		}, ecc.BN254.ScalarField())
		if err != nil {
			panic(err)
		}
		fmt.Printf("message %s: satisfied %v\n", claimed.String(), circuit.IsSolved(witness) == nil)
	}
	// Output:
	// native: true
	// rows: 2401
	// message 2026: satisfied true
	// message 2027: satisfied false
}
