package assignment

import (
	"math"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
)

// arguments returns what go-ethereum packs as Solidity's abi.encode does.
func arguments(t *testing.T, types ...string) (args abi.Arguments) {
	t.Helper()
	for _, name := range types {
		typ, err := abi.NewType(name, "", nil)
		if err != nil {
			t.Fatal(err)
		}
		args = append(args, abi.Argument{Type: typ})
	}
	return args
}

func TestKey_IsThatOfTheABI(t *testing.T) {
	args := arguments(t, "string", "uint256", "address", "uint256", "bytes32")
	for i, chainID := range []uint64{0, 1, 42161, 1 << 32, 1<<53 + 1, math.MaxUint64} {
		randomness := keyOf(uint64(i))
		contract := common.BytesToAddress(randomness[7:27])
		var model fr.Element
		model.SetInt64(-1 - int64(i)) // all 32 bytes are used
		packed, err := args.Pack("genproof/2/assignment", new(big.Int).SetUint64(chainID), contract, model.BigInt(new(big.Int)), randomness)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := Key(chainID, contract, model, randomness), crypto.Keccak256Hash(packed); got != want {
			t.Errorf("chain %d: key %x, want %x", chainID, got, want)
		}
	}
}
