//go:build !js

package claim

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/poseidon"
)

// tag separates the challenges of receipts from those of other signatures.
var tag = poseidon.Eddsa

// Sign returns k's receipt over a [Message]: always the same for the same message.
func Sign(k *eddsa.PrivateKey, msg fr.Element) (eddsa.Signature, error) { return k.Sign(tag, msg) }

// Verify reports whether sig is pk's receipt over msg. It trusts neither pk nor sig.
func Verify(pk eddsa.PublicKey, msg fr.Element, sig eddsa.Signature) bool {
	return eddsa.Verify(tag, pk, msg, sig)
}
