package drop

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/eddsa"
)

// SecretsFile holds a drop's secrets. It is the one file never to publish, and
// the one to keep a copy of.
const SecretsFile = "secrets.yaml"

// SecretsNote is what the owner of a drop has to know about the file.
const SecretsNote = `secrets.yaml is the only file of a drop that cannot be made again.

  Keep a copy of it somewhere else, readable by you alone (mode 0600). It is
  never published, and no command prints what is in it.

  Lost: tokens proven so far stay valid and verifiable for ever, but no further
  token of this drop can be proven, because its commitments can no longer be
  opened. A new drop has to be started.

  Restored: copy it back, run chmod 600 secrets.yaml, and see that
  genproof commit still prints the commitments you published. Every token
  comes out exactly as before.

  Leaked: who has "blind" can guess the hidden attributes of published tokens;
  who has "seed", and the model, knows the traits of tokens not yet minted;
  who has "salt" can test guesses about the model; and who has "authority_key"
  can sign claims in the name of the drop. Published proofs stay valid, what
  they hid is hidden no longer.
`

// Secrets are the hidden values behind a drop's commitments. Printing, logging
// or encoding them shows that there are some, and nothing else.
type Secrets struct {
	hidden
	seed, blind fr.Element // what traits and salts are derived from, 248 bits each
	salt        fr.Element // hides the model behind its commitment
	authority   *eddsa.PrivateKey
}

// redacted is all that is shown of a hidden value.
const redacted = "[secret]"

// Hidden keeps the type that embeds it out of everything printed, logged or encoded: there
// is something, and nothing else is told. The embedding type has no fields that are shown.
type hidden struct{}

// String returns [secret].
func (hidden) String() string { return redacted }

// GoString returns [secret], for %#v.
func (hidden) GoString() string { return redacted }

// Format writes [secret], whatever the verb.
func (hidden) Format(s fmt.State, _ rune) { fmt.Fprint(s, redacted) }

// MarshalJSON encodes [secret].
func (hidden) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// MarshalText encodes [secret].
func (hidden) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalYAML encodes [secret].
func (hidden) MarshalYAML() ([]byte, error) { return []byte(redacted), nil }
