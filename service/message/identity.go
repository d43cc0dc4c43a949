package message

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"

	"filippo.io/age"
)

// An Identity is a worker's secret: one age key, from which its signing key follows. It prints as
// its public part.
type Identity struct {
	age *age.X25519Identity
	key ed25519.PrivateKey
}

// A Worker is who a worker is to others: where secrets are sealed to, and what it signs with.
type Worker struct {
	Age string // age1…
	Key PublicKey
}

// NewIdentity draws one.
func NewIdentity() (*Identity, error) {
	id, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, fmt.Errorf("drawing a worker's key: %w", err)
	}
	return identityOf(id)
}

// ParseIdentity reads a file as age-keygen writes it, with exactly one key. Errors quote nothing
// of it.
func ParseIdentity(file []byte) (*Identity, error) {
	list, err := age.ParseIdentities(bytes.NewReader(file))
	if err != nil || len(list) != 1 {
		return nil, errors.New("this is no file of one age identity, as age-keygen and genproof-studio workers new write it")
	}
	id, ok := list[0].(*age.X25519Identity)
	if !ok {
		return nil, errors.New("the identity is of another kind than X25519")
	}
	return identityOf(id)
}

func identityOf(id *age.X25519Identity) (*Identity, error) {
	seed, err := hkdf.Key(sha256.New, []byte(id.String()), nil, "genproof studio worker signature 1", ed25519.SeedSize)
	if err != nil {
		return nil, fmt.Errorf("deriving a worker's signing key: %w", err)
	}
	return &Identity{id, ed25519.NewKeyFromSeed(seed)}, nil
}

// File is what ParseIdentity reads: a secret.
func (id *Identity) File() []byte {
	return fmt.Appendf(nil, "# a worker's secret key\n# public: %s\n%s\n", id.Worker(), id.age)
}

// Key is the signing key.
func (id *Identity) Key() ed25519.PrivateKey { return id.key }

// Worker is the public part.
func (id *Identity) Worker() Worker {
	return Worker{id.age.Recipient().String(), PublicKey(id.key.Public().(ed25519.PublicKey))}
}

func (id *Identity) String() string             { return id.Worker().String() }
func (id *Identity) GoString() string           { return id.String() }
func (id *Identity) Format(s fmt.State, _ rune) { fmt.Fprint(s, id.String()) }

// String is one line for people to pass on: the age recipient, a plus, and 64 hex digits.
func (w Worker) String() string { return w.Age + "+" + hex.EncodeToString(w.Key[:]) }

// Name is the short name of a worker in reports and logs: eight hex digits of its key.
func (k PublicKey) Name() string { return hex.EncodeToString(k[:4]) }

func (w Worker) recipient() (*age.X25519Recipient, error) {
	r, err := age.ParseX25519Recipient(w.Age)
	if err != nil {
		return nil, errors.New("a worker's age recipient cannot be read")
	}
	return r, nil
}

// ParseWorker reads what String writes.
func ParseWorker(s string) (w Worker, err error) {
	recipient, digits, ok := strings.Cut(strings.TrimSpace(s), "+")
	key, err := ParsePublicKey(digits)
	w = Worker{Age: recipient, Key: key}
	if err == nil {
		_, err = w.recipient()
	}
	if !ok || err != nil {
		return Worker{}, fmt.Errorf("%.140q is no worker: want age1…+64 hex digits, as genproof-studio workers new prints it", s)
	}
	return w, nil
}

// ParsePublicKey reads 64 hex digits.
func ParsePublicKey(s string) (key PublicKey, err error) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) != len(key) {
		return key, fmt.Errorf("%.80q is no public key, want 64 hex digits", s)
	}
	return PublicKey(b), nil
}
