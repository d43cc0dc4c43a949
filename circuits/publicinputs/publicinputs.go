// Package publicinputs tells programs what the public inputs of a circuit mean: for each its name,
// meaning, range and encoding, in the order of SPEC, sections 2, 5 and 5.1.
//
// ERC-8084 calls this the public-input schema, and names it by its hash. So a document's bytes are
// as fixed as a circuit's digest: who changes one raises the circuit's version.
package publicinputs

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/statement"
)

// A Schema tells of all public inputs of a circuit.
type Schema struct {
	Name     string  `json:"name"`
	Field    string  `json:"field"` // the order r of the scalar field, in decimal
	Encoding string  `json:"encoding"`
	Inputs   []Input `json:"inputs"` // in the order of the statement
}

// An Input is one public input.
type Input struct {
	Name     string `json:"name"`
	Meaning  string `json:"meaning"`
	Range    string `json:"range"`    // both ends are in it
	Encoding string `json:"encoding"` // how the integer is made
}

// Of returns the schema of a binding's circuits: it is the same for all sizes and proof systems.
func Of(b statement.Binding) Schema {
	s := Schema{
		Name: "genproof 2: " + string(b), Field: fr.Modulus().String(),
		Encoding: "each input is an integer below the field's order: 32 bytes, big-endian; a larger one is refused and never reduced",
	}
	switch b {
	case statement.Deck:
		s.Inputs = batch()
	case statement.Rule:
		s.Inputs = claimed()
	case statement.CID:
		s.Inputs = drawn("the SHA-256 of the token's document, which is the digest of its CID")
	case statement.Art:
		s.Inputs = drawn("the SHA-256 of the token's document, which shows the digest of its image")
	case statement.Root:
		s.Inputs = drawn("the root of the token's attributes")
	default:
		panic(fmt.Sprintf("publicinputs: no circuit has binding %q", b))
	}
	return s
}

// Document returns the schema's canonical document: JSON of one line in ASCII, without spaces
// between its tokens, members in the order of [Schema].
func (s Schema) Document() []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(fmt.Sprintf("publicinputs: %v", err)) // of texts alone
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n"))
}

const (
	anyElement = "0 to r-1"
	half       = "0 to 2^128-1"
	bits248    = "0 to 2^248-1"
	hashed     = "Poseidon2 over the field, tagged"
)

// drawn are the inputs of a drawn drop's token.
func drawn(metadata string) []Input {
	return []Input{
		{"model", "commitment to the trait tables, the facts and the model's digest", anyElement, hashed},
		{"policy", "commitment to the schema of attributes, the first token id, the supply and the compiled policy", anyElement, hashed},
		{"template", "commitment to the document's template", anyElement, hashed},
		{"authority", "commitment to the public key of who signs claims", anyElement, hashed},
		{"seeds", "commitment to the secret seed of the draws, hidden by another secret", anyElement, hashed},
		{"beacon", "what the draws depend on beside the seed", bits248, "keccak256(abi.encode(uint256 chainId, address contract, bytes32 entropy)) >> 8"},
		{"token", "who may be minted to, 0 for anyone, and the token's id, which may be 0", "0 to 2^224-1", "recipient * 2^64 + id"},
		{"metadataHigh", "high half of " + metadata, half, "big-endian"},
		{"metadataLow", "low half of " + metadata, half, "big-endian"},
	}
}

// batch are the inputs of a deck's batch. Who verifies computes the last two.
func batch() []Input {
	return []Input{
		{"model", "commitment to the deck: its cards, their number, its facts and its home", anyElement, hashed},
		{"policy", "commitment to the schema of attributes and the compiled policy", anyElement, hashed},
		{"list", "commitment to what the proof says of the batch's k cards", anyElement, hashed},
		{"challenge", "where the list's polynomial is evaluated; computed by the verifier, never taken from the prover", bits248,
			"keccak256(list, first, n, home, k digests, k sizes; each a word of 32 bytes) >> 8"},
		{"value", "the list's polynomial there; computed by the verifier, never taken from the prover", anyElement,
			"first + sum of half[i] * challenge^i + n * challenge^(2k+1) + home * challenge^(2k+2); half[1] to half[2k] are the high and low halves of the cards' digests with their sizes"},
	}
}

// claimed are the inputs of a claim about a card of a deck.
func claimed() []Input {
	return []Input{
		{"model", "commitment to the deck: its cards, their number, its facts and its home", anyElement, hashed},
		{"card", "the card's number, from 0; below the deck's number of cards, which the verifier compares", "0 to 2^19-1", "the integer"},
		{"policy", "commitment to the deck's schema of attributes and the claim's compiled rule", anyElement, hashed},
		{"context", "whom the claim is for; computed by the verifier, never taken from the prover", bits248,
			"keccak256(abi.encode(bytes32 challenge, bytes32 keccak256(name), uint64 expiry, uint256 chainId, address contract, uint256 token)) >> 8; 0 for the hash of no name"},
	}
}
