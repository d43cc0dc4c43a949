package bundle

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// An Identity is who signs an attestation: an Ed25519 key, or an account on a chain.
type Identity struct {
	Chain uint64   // of an account; 0 for a key
	Key   [32]byte // an Ed25519 public key
	// Account is an address on the chain: of a person's key, or of a contract that signs.
	Account [20]byte
}

var errIdentity = errors.New("want ed25519: and 64 hex digits, or eip155:CHAIN: and an address, all in lower case")

// ParseIdentity reads ed25519 and 64 hex digits, or an account as CAIP-10 writes it, in lower case.
func ParseIdentity(s string) (id Identity, err error) {
	if key, ok := strings.CutPrefix(s, "ed25519:"); ok {
		if !isHex(key, len(id.Key)) {
			return id, errIdentity
		}
		_, err = hex.Decode(id.Key[:], []byte(key))
		return id, err
	}
	rest, ok := strings.CutPrefix(s, "eip155:")
	chain, address, isPair := strings.Cut(rest, ":0x")
	n, err := strconv.ParseUint(chain, 10, 64)
	if !ok || !isPair || err != nil || n == 0 || strconv.FormatUint(n, 10) != chain || !isHex(address, len(id.Account)) {
		return id, errIdentity
	}
	id.Chain = n
	_, err = hex.Decode(id.Account[:], []byte(address))
	return id, err
}

// IsAccount reports whether the identity is an account and not a key.
func (id Identity) IsAccount() bool { return id.Chain != 0 }

// String writes the identity as [ParseIdentity] reads it.
func (id Identity) String() string {
	if id.IsAccount() {
		return fmt.Sprintf("eip155:%d:0x%x", id.Chain, id.Account)
	}
	return fmt.Sprintf("ed25519:%x", id.Key)
}

// Holder is what identities share that one key signs for: an account has the same key on every
// chain. Thresholds count holders.
func (id Identity) Holder() Identity {
	if id.IsAccount() {
		id.Chain = 1
	}
	return id
}

// isHex reports whether s is n bytes in lower-case hex.
func isHex(s string, n int) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == n && hex.EncodeToString(raw) == s
}
