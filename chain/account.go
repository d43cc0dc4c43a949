package chain

import (
	"bytes"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
)

// An Account signs transactions. It prints as its address.
type Account struct {
	Address common.Address
	key     *ecdsa.PrivateKey
}

// String returns the address.
func (a *Account) String() string { return a.Address.Hex() }

// GoString returns the address, so that %#v does not show the key.
func (a *Account) GoString() string { return a.Address.Hex() }

// sign signs a transaction for a chain.
func (a *Account) sign(tx *types.Transaction, chainID uint64) (*types.Transaction, error) {
	return types.SignTx(tx, types.LatestSignerForChainID(new(big.Int).SetUint64(chainID)), a.key)
}

// NewAccount makes an account with a fresh key, for embedded chains.
func NewAccount() (*Account, error) {
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, fmt.Errorf("making an account: %w", err)
	}
	return &Account{crypto.PubkeyToAddress(key.PublicKey), key}, nil
}

// ErrPassword says that a key file wants a password, or another one.
var ErrPassword = errors.New("the key file needs its password")

// ParseAccount reads a private key: 64 hex digits, or a geth keystore file, which needs its
// password. Errors never quote what was read.
func ParseAccount(data []byte, password string) (*Account, error) {
	data = bytes.TrimSpace(data)
	if bytes.HasPrefix(data, []byte("{")) {
		if password == "" {
			return nil, ErrPassword
		}
		key, err := keystore.DecryptKey(data, password)
		if errors.Is(err, keystore.ErrDecrypt) {
			return nil, fmt.Errorf("%w: this one does not open it", ErrPassword)
		}
		if err != nil {
			return nil, errors.New("the key file is not a keystore file that can be read")
		}
		return &Account{key.Address, key.PrivateKey}, nil
	}
	key, err := crypto.HexToECDSA(strings.TrimPrefix(string(data), "0x"))
	if err != nil {
		return nil, errors.New("the key file holds neither 64 hex digits nor a keystore file")
	}
	return &Account{crypto.PubkeyToAddress(key.PublicKey), key}, nil
}

// SignDigest signs 32 bytes: r, s and 27 or 28, 65 bytes in all. An account that the node signs for
// cannot.
func (a *Account) SignDigest(digest [32]byte) ([]byte, error) {
	if !a.signs() {
		return nil, errors.New("signing: the account's key is the node's")
	}
	sig, err := crypto.Sign(digest[:], a.key)
	if err != nil {
		return nil, fmt.Errorf("signing: %w", err)
	}
	sig[64] += 27
	return sig, nil
}
