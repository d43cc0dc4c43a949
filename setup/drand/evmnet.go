package drand

import "github.com/genproof/genproof/bundle/evmnet"

// An evmnetKey is the key of package bundle/evmnet.
type evmnetKey struct{}

func (evmnetKey) size() int { return evmnet.Size }

func (evmnetKey) verify(round uint64, signature []byte) error {
	_, err := evmnet.Verify(round, signature)
	return err
}
