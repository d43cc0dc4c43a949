package attest_test

import (
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"

	"github.com/genproof/genproof/attest"
)

// An other is an Ed25519 key for the library of DSSE's authors.
type other struct {
	key ed25519.PublicKey
	id  string
}

func (o other) Verify(_ context.Context, data, sig []byte) error {
	if !ed25519.Verify(o.key, data, sig) {
		return attest.ErrSignature
	}
	return nil
}
func (o other) KeyID() (string, error)   { return o.id, nil }
func (o other) Public() crypto.PublicKey { return o.key }

// The library of DSSE's authors takes what we sign. Of envelopes that are changed at random it takes more
// than we do and never less: whatever holds here holds there.
func TestParse_AgreesWithDSSE(t *testing.T) {
	by := key(t, 1)
	d := deckOf(0)
	file := approval(t, d, "museum", by)
	public := by.Identity().Key
	verifier, err := dsse.NewEnvelopeVerifier(other{public[:], attest.KeyID(by.Identity())})
	if err != nil {
		t.Fatal(err)
	}
	takes := func(data []byte) (string, bool) {
		var e dsse.Envelope
		if json.Unmarshal(data, &e) != nil {
			return "", false
		}
		_, err := verifier.Verify(t.Context(), &e)
		return e.Payload, err == nil
	}
	if _, ok := takes(file); !ok {
		t.Fatal("the library does not take what we sign")
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		changed := append([]byte{}, file...)
		for range 1 + random.IntN(2) {
			changed[random.IntN(len(changed))] = `"{}[]:,=+/ AaZz09\`[random.IntN(18)]
		}
		a, err := attest.Parse(changed)
		ours := err == nil && a.Verify(t.Context(), nil) == nil
		payload, theirs := takes(changed)
		if ours && (!theirs || payload != base64.StdEncoding.EncodeToString(a.Payload)) {
			t.Fatalf("taken here and not there: %s", changed)
		}
	}
}
