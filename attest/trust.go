package attest

import (
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/strictjson"
)

// KindTrust is the kind of a reader's trust file.
const KindTrust = "trust"

// A Trust is whose word counts with its reader, and since when it does not. A person writes it:
// nothing that is published adds to it.
type Trust struct {
	Version   uint64             `json:"version"` // 1
	Kind      string             `json:"kind"`    // KindTrust
	Keys      []TrustedKey       `json:"keys"`
	Withdrawn []TrustedWithdrawn `json:"withdrawn"`
}

// A TrustedKey is a key that the reader knows.
type TrustedKey struct {
	Name      string   `json:"name"` // what the reader calls its holder
	Identity  string   `json:"identity"`
	Roles     []string `json:"roles"`     // it may have, at least one
	From      string   `json:"from"`      // empty: always
	Until     string   `json:"until"`     // empty: for ever; a key that was stolen has counted until then
	Published string   `json:"published"` // an https address or a name where its holder shows the key; nobody looks there
}

// A TrustedWithdrawn is an attestation that counts for nothing with its reader.
type TrustedWithdrawn struct {
	Attestation string `json:"attestation"` // its id
	Reason      string `json:"reason"`
	At          string `json:"at"`
}

// ParseTrust reads a trust file.
func ParseTrust(data []byte) (*Trust, error) {
	t := new(Trust)
	err := strictjson.Unmarshal(data, t, MaxBytes)
	if err == nil {
		err = t.validate()
	}
	if err != nil {
		return nil, fmt.Errorf("reading a trust file: %w", err)
	}
	return t, nil
}

func (t *Trust) validate() error {
	if t.Version != Version || t.Kind != KindTrust {
		return fmt.Errorf("$: want version %d and kind %q", Version, KindTrust)
	}
	seen := map[bundle.Identity]bool{}
	for i := range t.Keys {
		k := &t.Keys[i]
		id, err := k.validate()
		if err == nil && seen[id] {
			err = errors.New(".identity: the key is given twice")
		}
		if err != nil {
			return fmt.Errorf("$.keys[%d]%w", i, err)
		}
		seen[id] = true
	}
	for i, w := range t.Withdrawn {
		if _, err := parseTime(w.At); err != nil || !isDigest(w.Attestation) {
			return fmt.Errorf("$.withdrawn[%d]: want the id of an attestation and a time", i)
		}
	}
	return nil
}

func (k *TrustedKey) validate() (id bundle.Identity, err error) {
	if id, err = bundle.ParseIdentity(k.Identity); err != nil {
		return id, fmt.Errorf(".identity: %w", err)
	}
	for name, at := range map[string]string{"from": k.From, "until": k.Until} {
		if _, err := parseTime(at); at != "" && err != nil {
			return id, fmt.Errorf(".%s: %w", name, err)
		}
	}
	if len(k.Roles) == 0 {
		return id, errors.New(".roles: a key without a role counts for nothing")
	}
	texts := []text{{".name", &k.Name, true}, {".published", &k.Published, false}}
	for i := range k.Roles {
		texts = append(texts, text{fmt.Sprintf(".roles[%d]", i), &k.Roles[i], true})
	}
	return id, checkTexts(texts)
}

// of returns what the reader knows of an identity, nil if nothing.
func (t *Trust) of(id bundle.Identity) *TrustedKey {
	if t == nil {
		return nil
	}
	for i := range t.Keys {
		if known, err := bundle.ParseIdentity(t.Keys[i].Identity); err == nil && known == id {
			return &t.Keys[i]
		}
	}
	return nil
}

// ended says why the key of an identity does not count at a time, or "". Whoever has lost an account's
// key has lost it on every chain.
func (t *Trust) ended(id bundle.Identity, now, anchored time.Time) string {
	if t == nil {
		return ""
	}
	for i := range t.Keys {
		known, err := bundle.ParseIdentity(t.Keys[i].Identity)
		if err != nil || known.Holder() != id.Holder() {
			continue
		}
		if why := t.Keys[i].ended(now, anchored); why != "" {
			return why
		}
	}
	return ""
}

// withdrawn returns what the reader says of an attestation that counts for nothing.
func (t *Trust) withdrawn(id [32]byte) *TrustedWithdrawn {
	if t == nil {
		return nil
	}
	for i := range t.Withdrawn {
		if t.Withdrawn[i].Attestation == hex.EncodeToString(id[:]) {
			return &t.Withdrawn[i]
		}
	}
	return nil
}

// ended says why a key does not count at a time, or "". anchored is when the attestation was there
// at the latest, zero if nobody knows: what was there before a key's end stands.
func (k *TrustedKey) ended(now, anchored time.Time) string {
	if from, err := parseTime(k.From); err == nil && now.Before(from) {
		return "the reader's trust in this key begins at " + k.From
	}
	until, err := parseTime(k.Until)
	switch {
	case err != nil || now.Before(until):
		return ""
	case !anchored.IsZero() && anchored.Before(until):
		return ""
	case !anchored.IsZero():
		return "the reader's trust in this key ended at " + k.Until + ", before the attestation was anchored"
	}
	return "the reader's trust in this key ended at " + k.Until + ", and nothing shows that the attestation was there before"
}
