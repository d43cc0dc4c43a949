package attest

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/genproof/genproof/attest/result"
	"github.com/genproof/genproof/bundle/strictjson"
)

// PayloadType is the only one that is read: an in-toto statement.
const PayloadType = "application/vnd.in-toto+json"

// MaxBytes bounds an attestation's file.
const MaxBytes = result.MaxBytes

// An envelope is DSSE's.
type envelope struct {
	PayloadType string      `json:"payloadType"`
	Payload     string      `json:"payload"` // standard base64
	Signatures  []signature `json:"signatures"`
}

type signature struct {
	KeyID string `json:"keyid"`
	Sig   string `json:"sig"` // standard base64
}

// An Attestation is an envelope that has been read: form and fields are right, its signature has
// not been looked at.
type Attestation struct {
	ID        [32]byte // SHA-256 of the payload: what a withdrawal names and an anchor dates
	Statement Statement
	Payload   []byte
	Signature []byte
}

// ErrOpaque says that a statement's predicate is none that this version reads.
var ErrOpaque = errors.New("its predicate is of a type that this version does not read")

// Parse reads an attestation strictly. Its errors say what is wrong with the form; of an
// unknown predicate it is [ErrOpaque].
func Parse(data []byte) (*Attestation, error) {
	var e envelope
	if err := strictjson.Unmarshal(data, &e, MaxBytes); err != nil {
		return nil, fmt.Errorf("reading an attestation: %w", err)
	}
	a, err := e.open()
	if err != nil {
		return nil, fmt.Errorf("reading an attestation: %w", err)
	}
	return a, nil
}

func (e *envelope) open() (*Attestation, error) {
	if e.PayloadType != PayloadType {
		return nil, fmt.Errorf("$.payloadType: got %.60q, want %q", e.PayloadType, PayloadType)
	}
	if n := len(e.Signatures); n != 1 {
		return nil, fmt.Errorf("$.signatures: got %d, want one: each signature is an attestation of its own", n)
	}
	payload, err := base64.StdEncoding.Strict().DecodeString(e.Payload)
	if err != nil {
		return nil, errors.New("$.payload: it is not standard base64")
	}
	sig, err := base64.StdEncoding.Strict().DecodeString(e.Signatures[0].Sig)
	if err != nil || base64.StdEncoding.EncodeToString(sig) != e.Signatures[0].Sig {
		return nil, errors.New("$.signatures[0].sig: it is not standard base64")
	}
	if base64.StdEncoding.EncodeToString(payload) != e.Payload { // the decoder passes over ends of lines
		return nil, errors.New("$.payload: it is not standard base64")
	}
	a := &Attestation{ID: sha256.Sum256(payload), Payload: payload, Signature: sig}
	if err := a.Statement.read(payload); err != nil {
		return nil, fmt.Errorf("payload: %w", err)
	}
	id, err := a.Statement.Identity()
	if err != nil {
		return nil, err
	}
	if want := KeyID(id); e.Signatures[0].KeyID != want {
		return nil, fmt.Errorf("$.signatures[0].keyid: it is not %s, that of the signer whom the statement names", want)
	}
	return a, nil
}

// Marshal writes the attestation as an envelope.
func (a *Attestation) Marshal() ([]byte, error) {
	id, err := a.Statement.Identity()
	if err != nil {
		return nil, err
	}
	return strictjson.Marshal(&envelope{
		PayloadType: PayloadType, Payload: base64.StdEncoding.EncodeToString(a.Payload),
		Signatures: []signature{{KeyID(id), base64.StdEncoding.EncodeToString(a.Signature)}},
	})
}

// pae is what a key signs: DSSE's pre-authentication encoding.
func pae(payload []byte) []byte {
	return fmt.Appendf(nil, "DSSEv1 %d %s %d %s", len(PayloadType), PayloadType, len(payload), payload)
}
