package message

import (
	"crypto/ed25519"
	"crypto/sha256"
	"fmt"
	"slices"
)

// A Nonce ties an answer to its question.
type Nonce [16]byte

// An Ask asks for the hidden values of a job.
type Ask struct {
	Job   JobID `json:"job"`
	Nonce Nonce `json:"nonce"`
}

// Sign writes a question by its worker's key.
func (a *Ask) Sign(key ed25519.PrivateKey) ([]byte, error) { return sign(askKind, key, a) }

// OpenAsk reads a question and tells who asks: whoever that is has yet to be looked at.
func OpenAsk(data []byte) (*Ask, PublicKey, error) {
	a := new(Ask)
	by, err := open(askKind, data, a)
	return a, by, err
}

// Why there is no proof: a closed list, so that no reason quotes a hidden value.
const (
	FailedNone    = ""
	FailedKey     = "key"     // the proving key is not there, or not the one that the job names
	FailedCircuit = "circuit" // this program compiles the circuit to another constraint system
	FailedWitness = "witness" // the hidden values are not what the job is about, or cannot be read
	FailedProof   = "proof"   // no proof exists, or the key does not belong to the circuit
	FailedWorker  = "worker"  // something else went wrong on the worker's machine; its own log says what
)

var failures = []string{FailedNone, FailedKey, FailedCircuit, FailedWitness, FailedProof, FailedWorker}

// An Answer is a job's proof, or why there is none.
type Answer struct {
	Job     JobID  `json:"job"`
	Proof   []byte `json:"proof"`
	Failure string `json:"failure"`
}

// maxProofBytes bounds a proof of either proof system.
const maxProofBytes = 4096

// Sign writes an answer by its worker's key.
func (a *Answer) Sign(key ed25519.PrivateKey) ([]byte, error) { return sign(answerKind, key, a) }

// OpenAnswer reads an answer and tells whose it is. Nothing is known of its proof.
func OpenAnswer(data []byte) (*Answer, PublicKey, error) {
	a := new(Answer)
	by, err := open(answerKind, data, a)
	switch {
	case err != nil:
		return nil, by, err
	case !slices.Contains(failures, a.Failure) || (a.Failure == FailedNone) == (len(a.Proof) == 0) || len(a.Proof) > maxProofBytes:
		return nil, by, fmt.Errorf("reading an answer: it is neither a proof nor a reason")
	}
	return a, by, nil
}

// What becomes of a question or an answer.
const (
	Accepted = "accepted" // the proof holds and is written
	Known    = "known"    // the batch has been proven already
	Noted    = "noted"    // the failure is noted
	Bad      = "bad"      // the proof does not hold
	Unknown  = "unknown"  // there is no such job
	Stranger = "stranger" // the worker is not enrolled, was removed, or is parked
	Trouble  = "trouble"  // the coordinator could not do it now
)

var outcomes = []string{Accepted, Known, Noted, Bad, Unknown, Stranger, Trouble}

// A Verdict is what has become of a question or an answer, named by its SHA-256.
type Verdict struct {
	On      [sha256.Size]byte `json:"on"`
	Outcome string            `json:"outcome"`
}

// Sign writes a verdict by its coordinator's key.
func (v *Verdict) Sign(key ed25519.PrivateKey) ([]byte, error) { return sign(verdictKind, key, v) }

// OpenVerdict reads the coordinator's verdict on a message.
func OpenVerdict(by PublicKey, on, data []byte) (outcome string, err error) {
	v := new(Verdict)
	if err := openBy(verdictKind, by, data, v); err != nil {
		return "", err
	}
	if v.On != sha256.Sum256(on) || !slices.Contains(outcomes, v.Outcome) {
		return "", fmt.Errorf("reading a verdict: it is on another message")
	}
	return v.Outcome, nil
}

// IsVerdict reports whether a message says it is a verdict.
func IsVerdict(data []byte) bool { return len(data) > 0 && kind(data[0]) == verdictKind }
