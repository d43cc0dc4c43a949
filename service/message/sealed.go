package message

import (
	"bytes"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"

	"filippo.io/age"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
)

// A Sealed holds the hidden values of one job, encrypted to one worker, in answer to one question.
type Sealed struct {
	Job       JobID     `json:"job"`
	Recipient PublicKey `json:"recipient"` // the worker's signing key: the signature names who is meant
	Nonce     Nonce     `json:"nonce"`
	Age       []byte    `json:"age"`
}

// Seal encrypts a batch to a worker and signs it by the coordinator's key.
func Seal(key ed25519.PrivateKey, to Worker, a *Ask, b *deck.Batch) ([]byte, error) {
	plain, err := encodeBatch(b)
	if err != nil {
		return nil, errors.New("sealing hidden values: they cannot be written") // the cause might quote one
	}
	return seal(key, to, a, plain)
}

// SealVector is Seal of a token: its public inputs and all other values of its assignment.
func SealVector(key ed25519.PrivateKey, to Worker, a *Ask, inputs, hidden []fr.Element) ([]byte, error) {
	return seal(key, to, a, encodeVector(inputs, hidden))
}

func seal(key ed25519.PrivateKey, to Worker, a *Ask, plain []byte) ([]byte, error) {
	recipient, err := to.recipient()
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w, err := age.Encrypt(&out, recipient)
	if err == nil {
		_, err = w.Write(plain)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("sealing hidden values: %w", err)
	}
	return sign(sealedKind, key, &Sealed{Job: a.Job, Recipient: to.Key, Nonce: a.Nonce, Age: out.Bytes()})
}

// ErrSealed says that sealed values are of another job, question or worker.
var ErrSealed = errors.New("the hidden values are sealed for another job, question or worker")

// Open reads a batch that a coordinator has sealed for this worker, job and question.
func (id *Identity) Open(by PublicKey, a *Ask, size statement.Size, data []byte) (*deck.Batch, error) {
	plain, err := id.open(by, a, data)
	if err != nil {
		return nil, err
	}
	return decodeBatch(plain, size)
}

// OpenVector reads a token's values, whose public inputs are the job's.
func (id *Identity) OpenVector(by PublicKey, a *Ask, w Work, data []byte) (inputs, hidden []fr.Element, err error) {
	plain, err := id.open(by, a, data)
	if err != nil {
		return nil, nil, err
	}
	return decodeVector(plain, w)
}

func (id *Identity) open(by PublicKey, a *Ask, data []byte) ([]byte, error) {
	s := new(Sealed)
	if err := openBy(sealedKind, by, data, s); err != nil {
		return nil, err
	}
	if s.Job != a.Job || s.Nonce != a.Nonce || s.Recipient != id.Worker().Key {
		return nil, ErrSealed
	}
	r, err := age.Decrypt(bytes.NewReader(s.Age), id.age)
	if err != nil {
		return nil, ErrSealed
	}
	plain, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil || len(plain) > MaxBytes {
		return nil, ErrSealed
	}
	return plain, nil
}
