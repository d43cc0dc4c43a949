// Command consumer proves that it knows a text which a public key has signed, and shows
// the text's SHA-256 and nothing else.
package main

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"log"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/math/uints"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/poseidon"
	gadget "github.com/genproof/genproof/circuits/sha256"
)

// The domains of this program's hashes: what is signed, and the signature's challenge.
var (
	note      = poseidon.NewTag("consumer", "note")
	challenge = poseidon.NewTag("consumer", "challenge")
)

// signedText says: the first Length bytes of Text have this Digest, and Key has signed it.
type signedText struct {
	Digest [32]uints.U8       `gnark:",public"`
	Key    eddsa.PublicKeyVar `gnark:",public"`

	Text      [48]uints.U8
	Length    frontend.Variable
	Signature eddsa.SignatureVar
}

func (c *signedText) Define(api frontend.API) error {
	h, err := gadget.New(api)
	if err != nil {
		return err
	}
	h.Write(c.Text[:])
	digest := h.FixedLengthSum(c.Length)
	for i := range digest {
		api.AssertIsEqual(digest[i].Val, c.Digest[i].Val)
	}
	message := poseidon.HashVar(api, note, number(api, digest[:16]), number(api, digest[16:]))
	return eddsa.AssertSigned(api, challenge, c.Key, message, c.Signature)
}

// number returns 16 big-endian bytes as an integer.
func number(api frontend.API, bytes []uints.U8) frontend.Variable {
	n := frontend.Variable(0)
	for _, b := range bytes {
		n = api.Add(api.Mul(n, 256), b.Val)
	}
	return n
}

// sign returns an assignment for a text of at most 48 bytes.
func sign(key *eddsa.PrivateKey, text string) (*signedText, error) {
	digest := sha256.Sum256([]byte(text))
	var high, low fr.Element
	message := poseidon.Hash(note, *high.SetBytes(digest[:16]), *low.SetBytes(digest[16:]))
	signature, err := key.Sign(challenge, message)
	if err != nil {
		return nil, err
	}
	padded := make([]byte, 48)
	copy(padded, text)
	return &signedText{
		Digest:    [32]uints.U8(uints.NewU8Array(digest[:])),
		Key:       eddsa.ValueOfPublicKey(key.Public()),
		Text:      [48]uints.U8(uints.NewU8Array(padded)),
		Length:    len(text),
		Signature: eddsa.ValueOfSignature(signature),
	}, nil
}

func run() error {
	logger.Disable() // gnark logs to stdout
	field := ecc.BN254.ScalarField()
	system, err := frontend.Compile(field, r1cs.NewBuilder, &signedText{}, frontend.WithCompressThreshold(0))
	if err != nil {
		return err
	}
	fmt.Println("rows:", system.GetNbConstraints())
	pk, vk, err := groth16.Setup(system) // whoever runs this line can forge proofs
	if err != nil {
		return err
	}
	key, err := eddsa.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	assignment, err := sign(key, "the quick brown fox")
	if err != nil {
		return err
	}
	witness, err := frontend.NewWitness(assignment, field)
	if err != nil {
		return err
	}
	proof, err := groth16.Prove(system, pk, witness)
	if err != nil {
		return err
	}
	public, err := witness.Public()
	if err != nil {
		return err
	}
	fmt.Println("proof accepted:", groth16.Verify(proof, vk, public) == nil)

	other := *assignment
	other.Digest[0] = uints.NewU8(other.Digest[0].Val.(uint8) ^ 1)
	lie, err := frontend.NewWitness(&other, field, frontend.PublicOnly())
	if err != nil {
		return err
	}
	fmt.Println("accepted for another digest:", groth16.Verify(proof, vk, lie) == nil)
	return nil
}

func main() {
	if err := run(); err != nil {
		log.Fatal(err)
	}
}
