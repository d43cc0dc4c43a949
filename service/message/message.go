// Package message is what a coordinator and its workers say to each other: signed both ways with
// Ed25519, and where it holds hidden values sealed to its reader with age.
//
//	coordinator → queue    Job      what is to be proven; holds no secret
//	worker → coordinator   Ask      for the hidden values of one job
//	coordinator → worker   Sealed   these, encrypted to the worker and bound to job and question
//	worker → coordinator   Answer   a proof, or why there is none
//	coordinator → worker   Verdict  what has become of a question or an answer
//
// A message is its kind, its signer, a signature and a body in the one form of package
// strictjson. The signature is over the kind's name and the body, so that no message passes for
// another kind. Encryption alone would say nothing about who wrote: anybody can encrypt to a
// worker.
package message

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"

	"github.com/genproof/genproof/bundle/strictjson"
)

// MaxBytes bounds a message. That of the hidden values of a batch or token is the longest.
const MaxBytes = 1 << 20

// A PublicKey is an Ed25519 public key.
type PublicKey [ed25519.PublicKeySize]byte

// kinds of messages, and what their signatures start with.
type kind byte

const (
	jobKind kind = iota + 1
	askKind
	sealedKind
	answerKind
	verdictKind
)

var kindNames = map[kind]string{jobKind: "job", askKind: "ask", sealedKind: "sealed", answerKind: "answer", verdictKind: "verdict"}

func (k kind) signed(body []byte) []byte {
	return append([]byte("genproof studio "+kindNames[k]+" 1\n"), body...)
}

// headBytes is what stands before a body: kind, signer, signature.
const headBytes = 1 + ed25519.PublicKeySize + ed25519.SignatureSize

// ErrSignature says that a message is not by whom it has to be.
var ErrSignature = errors.New("the message is not signed by whom it has to be")

func sign(k kind, key ed25519.PrivateKey, body any) ([]byte, error) {
	text, err := strictjson.Marshal(body)
	if err != nil {
		return nil, fmt.Errorf("writing a message: %w", err)
	}
	out := append([]byte{byte(k)}, key.Public().(ed25519.PublicKey)...)
	out = append(append(out, ed25519.Sign(key, k.signed(text))...), text...)
	if len(out) > MaxBytes {
		return nil, fmt.Errorf("writing a message: %d bytes, at most %d are sent", len(out), MaxBytes)
	}
	return out, nil
}

// open reads a message of kind k into body and returns who signed it.
func open(k kind, data []byte, body any) (signer PublicKey, err error) {
	if len(data) < headBytes || len(data) > MaxBytes {
		return signer, fmt.Errorf("reading a message: %d bytes, want %d to %d", len(data), headBytes, MaxBytes)
	}
	if kind(data[0]) != k {
		return signer, fmt.Errorf("reading a message: it is of another kind than %s", kindNames[k])
	}
	signer = PublicKey(data[1:])
	text := data[headBytes:]
	if !ed25519.Verify(signer[:], k.signed(text), data[1+ed25519.PublicKeySize:headBytes]) {
		return signer, ErrSignature
	}
	if err := strictjson.Unmarshal(text, body, MaxBytes); err != nil {
		return signer, fmt.Errorf("reading a message: %w", err)
	}
	again, err := strictjson.Marshal(body)
	if err != nil || !bytes.Equal(again, text) {
		return signer, errors.New("reading a message: it is not in its one form")
	}
	return signer, nil
}

// openBy is open of a message that one signer alone may have written.
func openBy(k kind, by PublicKey, data []byte, body any) error {
	signer, err := open(k, data, body)
	if err == nil && signer != by {
		err = ErrSignature
	}
	return err
}
