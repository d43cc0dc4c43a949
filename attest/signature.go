package attest

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"

	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/bundle"
)

// The schemes of a signature, which the statement names.
const (
	Ed25519 = "ed25519" // 64 bytes, RFC 8032, over DSSE's encoding
	EIP712  = "eip712"  // an account's key: r ‖ s ‖ v, 65 bytes, s low, v 27 or 28
	ERC1271 = "erc1271" // an account's contract says whether it signed: any bytes
)

// spki is what stands before an Ed25519 key in its SubjectPublicKeyInfo (RFC 8410).
const spki = "302a300506032b6570032100"

// KeyID is an identity's key id in hex: the SHA-256 of a key's SubjectPublicKeyInfo in DER, or
// of an account's text.
func KeyID(id bundle.Identity) string {
	data := []byte(id.String())
	if !id.IsAccount() {
		head, _ := hex.DecodeString(spki)
		data = append(head, id.Key[:]...)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Accounts asks contracts about signatures, by ERC-1271.
type Accounts interface {
	// IsValidSignature reports whether the contract at an account takes a signature of a digest.
	IsValidSignature(ctx context.Context, account bundle.Identity, digest [32]byte, signature []byte) (bool, error)
}

// ErrSignature says that a signature is none of the signer whom the statement names.
var ErrSignature = errors.New("the signature is not the signer's")

// errNoNode says that nobody has asked the signer's contract.
var errNoNode = errors.New("the signer is a contract, and only a node of its chain can say whether it signed")

// errUnasked says that the signer's contract has given no answer.
var errUnasked = errors.New("the signer's contract could not be asked")

// Verify checks the signature under the identity that the statement names. contracts may be nil:
// then what a contract has signed is not checked, and an error.
func (a *Attestation) Verify(ctx context.Context, contracts Accounts) error {
	id, err := a.Statement.Identity()
	if err != nil {
		return err
	}
	switch a.Statement.Predicate.Signer.Scheme {
	case Ed25519:
		if !ed25519.Verify(id.Key[:], pae(a.Payload), a.Signature) {
			return ErrSignature
		}
		return nil
	case EIP712:
		signed, err := recoverAccount(Digest(id.Chain, a.Payload), a.Signature)
		if err == nil && signed != id.Account {
			err = ErrSignature
		}
		return err
	}
	if contracts == nil {
		return errNoNode
	}
	valid, err := contracts.IsValidSignature(ctx, id, Digest(id.Chain, a.Payload), a.Signature)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", errUnasked, err)
	case !valid:
		return ErrSignature
	}
	return nil
}

// The types of the EIP-712 message and the name and version of its domain.
const (
	domainType  = "EIP712Domain(string name,string version,uint256 chainId)"
	messageType = "Attestation(string payloadType,bytes32 payloadSha256)"
	domainName  = "genproof attestation"
	domainVers  = "1"
)

// Digest is what an account on a chain signs of a payload, by EIP-712.
func Digest(chain uint64, payload []byte) [32]byte {
	word := make([]byte, 32)
	new(big.Int).SetUint64(chain).FillBytes(word)
	sum := sha256.Sum256(payload)
	domain := keccak(keccak([]byte(domainType)), keccak([]byte(domainName)), keccak([]byte(domainVers)), word)
	message := keccak(keccak([]byte(messageType)), keccak([]byte(PayloadType)), sum[:])
	return [32]byte(keccak([]byte("\x19\x01"), domain, message))
}

// TypedData is the message of [Digest] as wallets take it: JSON of eth_signTypedData_v4.
func TypedData(chain uint64, payload []byte) string {
	return fmt.Sprintf(`{"types":{"EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},{"name":"chainId","type":"uint256"}],`+
		`"Attestation":[{"name":"payloadType","type":"string"},{"name":"payloadSha256","type":"bytes32"}]},"primaryType":"Attestation",`+
		`"domain":{"name":%q,"version":%q,"chainId":"%d"},"message":{"payloadType":%q,"payloadSha256":"0x%x"}}`,
		domainName, domainVers, chain, PayloadType, sha256.Sum256(payload))
}

func keccak(parts ...[]byte) []byte {
	h := sha3.NewLegacyKeccak256()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}
