package message

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/strictjson"
)

// A DropID is a drop's random name in a studio.
type DropID [16]byte

func (d DropID) String() string { return hex.EncodeToString(d[:]) }

// A JobID names a job: whoever asks for the same proof asks for the same job.
type JobID [sha256.Size]byte

func (j JobID) String() string { return hex.EncodeToString(j[:]) }

// ParseJobID reads what String writes.
func ParseJobID(s string) (id JobID, err error) {
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != len(id) {
		return id, fmt.Errorf("%.80q is not a job's name", s)
	}
	return JobID(b), nil
}

// Work is one proof: of a batch of a deck or a token of a drawn drop, for a circuit, under a key.
type Work struct {
	Drop    DropID     `json:"drop"`
	Model   fr.Element `json:"model"`  // the deck's or model's commitment
	Policy  fr.Element `json:"policy"` // and its rule's
	Batch   uint64     `json:"batch"`  // of a deck, from 0
	Token   uint64     `json:"token"`  // of a drawn drop, its id
	Inputs  [32]byte   `json:"inputs"` // of a token, InputsOf; of a batch 0
	Circuit string     `json:"circuit"`
	System  [32]byte   `json:"system"` // SHA-256 of the constraint system
	Key     [32]byte   `json:"key"`    // SHA-256 of the verifying key
}

// InputsOf is the SHA-256 of public inputs: which token, for whom, and what is proven of it.
func InputsOf(inputs []fr.Element) [32]byte {
	h := sha256.New()
	for _, e := range inputs {
		b := e.Bytes()
		h.Write(b[:])
	}
	return [32]byte(h.Sum(nil))
}

// IsToken reports whether the work is a token of a drawn drop.
func (w Work) IsToken() bool { return w.Inputs != [32]byte{} }

// String names the work within its drop: batch 3, token 7.
func (w Work) String() string {
	if w.IsToken() {
		return fmt.Sprintf("token %d", w.Token)
	}
	return fmt.Sprintf("batch %d", w.Batch)
}

// ID is the SHA-256 of the work.
func (w Work) ID() JobID {
	b, err := strictjson.Marshal(&w)
	if err != nil { // a circuit's name is ASCII
		panic("message: a job that cannot be written")
	}
	return sha256.Sum256(append([]byte("genproof studio work 1\n"), b...))
}

// A File is a file's exact content.
type File struct {
	Size   uint64   `json:"size"`
	SHA256 [32]byte `json:"sha256"`
}

// A Job is work to do until it expires. It holds no secret.
type Job struct {
	Work      Work   `json:"work"`
	Proving   File   `json:"proving"`   // the proving key, by its content
	Verifying File   `json:"verifying"` // the verifying key
	Expires   uint64 `json:"expires"`   // unix seconds
}

// Sign writes a job by its coordinator's key.
func (j *Job) Sign(key ed25519.PrivateKey) ([]byte, error) { return sign(jobKind, key, j) }

// ErrExpired says that a job's time has passed.
var ErrExpired = errors.New("the job has expired")

// OpenJob reads a job of a coordinator that is good at a moment.
func OpenJob(by PublicKey, data []byte, now time.Time) (*Job, error) {
	j := new(Job)
	if err := openBy(jobKind, by, data, j); err != nil {
		return nil, err
	}
	if uint64(max(0, now.Unix())) >= j.Expires {
		return nil, ErrExpired
	}
	return j, nil
}
