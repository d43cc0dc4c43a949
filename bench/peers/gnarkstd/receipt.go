package gnarkstd

import (
	"bytes"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	nativehash "github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	nativeeddsa "github.com/consensys/gnark-crypto/ecc/bn254/twistededwards/eddsa"
	tedwards "github.com/consensys/gnark-crypto/ecc/twistededwards"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/algebra/native/twistededwards"
	"github.com/consensys/gnark/std/hash/poseidon2"
	"github.com/consensys/gnark/std/signature/eddsa"

	"github.com/genproof/genproof/bench/peers/groth"
)

// receiptCircuit: the key has signed the message.
type receiptCircuit struct {
	Authority eddsa.PublicKey   `gnark:",public"`
	Message   frontend.Variable `gnark:",public"`
	Signature eddsa.Signature
}

// Receipt is one signature alone, with Poseidon2 as the challenge's hash.
func Receipt() (*groth.Case, error) {
	message := fr.NewElement(20260401)
	filled := &receiptCircuit{Message: message}
	if err := sign(message, &filled.Authority, &filled.Signature); err != nil {
		return nil, err
	}
	return &groth.Case{Circuit: &receiptCircuit{}, Assignment: filled}, nil
}

// Define checks the signature.
func (c *receiptCircuit) Define(api frontend.API) error {
	return assertSigned(api, c.Authority, c.Message, c.Signature)
}

func assertSigned(api frontend.API, key eddsa.PublicKey, message frontend.Variable, signature eddsa.Signature) error {
	curve, err := twistededwards.NewEdCurve(api, tedwards.BN254)
	if err != nil {
		return err
	}
	h, err := poseidon2.New(api)
	if err != nil {
		return err
	}
	return eddsa.Verify(curve, signature, message, key, h)
}

// sign signs with a key that everybody can make, and fills key and signature.
func sign(message fr.Element, key *eddsa.PublicKey, signature *eddsa.Signature) error {
	private, err := nativeeddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, 64)))
	if err != nil {
		return fmt.Errorf("making a key: %w", err)
	}
	m := message.Bytes()
	signed, err := private.Sign(m[:], nativehash.NewMerkleDamgardHasher())
	if err != nil {
		return fmt.Errorf("signing: %w", err)
	}
	key.Assign(tedwards.BN254, private.PublicKey.Bytes())
	signature.Assign(tedwards.BN254, signed)
	return nil
}
