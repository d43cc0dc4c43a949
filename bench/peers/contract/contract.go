// Package contract runs verifier contracts on go-ethereum's EVM, with today's prices.
package contract

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/state"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/params"
)

const gasLimit = 100_000_000

// A Chain is a state with contracts. Nothing but calls happens on it.
type Chain struct{ config *runtime.Config }

// New returns an empty chain.
func New() *Chain {
	rules := *params.AllDevChainProtocolChanges
	rules.BogotaTime = nil // prices of a fork to come
	db, err := state.New(types.EmptyRootHash, state.NewDatabaseForTesting())
	if err != nil {
		panic("contract: an empty state cannot be made: " + err.Error())
	}
	return &Chain{&runtime.Config{ChainConfig: &rules, GasLimit: gasLimit, State: db, Random: &common.Hash{}, Difficulty: new(big.Int)}}
}

// Deploy runs creation code.
func (c *Chain) Deploy(creation []byte) (common.Address, error) {
	_, at, _, err := runtime.Create(creation, c.config)
	if err != nil {
		return at, fmt.Errorf("deploying a verifier: %w", err)
	}
	return at, nil
}

// Place puts runtime code at an address.
func (c *Chain) Place(code []byte) common.Address {
	at := common.Address{0xc0, 0xde}
	c.config.State.SetCode(at, code, 0)
	return at
}

// Call returns a call's answer and the gas of its execution, without that of a transaction
// and its data.
func (c *Chain) Call(at common.Address, data []byte) (answer []byte, gas uint64, err error) {
	answer, left, err := runtime.Call(at, data, c.config)
	return answer, gasLimit - left, err
}

// Accepts returns the gas of a call that verifies a proof. It is an error if the verifier
// refuses it, or accepts the wrong one. want is the answer that accepts; nil if
// the verifier answers nothing and reverts instead.
func (c *Chain) Accepts(at common.Address, call, wrong, want []byte) (uint64, error) {
	answer, gas, err := c.Call(at, call)
	if err != nil {
		return 0, fmt.Errorf("the contract refuses the proof: %w", err)
	}
	if !bytes.Equal(answer, want) {
		return 0, errors.New("the contract refuses the proof")
	}
	if answer, _, err := c.Call(at, wrong); err == nil && bytes.Equal(answer, want) {
		return 0, errors.New("the contract accepts the proof for other public inputs")
	}
	return gas, nil
}

// True is the answer of a verifier that returns a boolean.
func True() []byte { return Word(1) }

// Word returns n as the ABI writes it.
func Word(n int) []byte { return common.LeftPadBytes(big.NewInt(int64(n)).Bytes(), 32) }

// Selector returns the first four bytes of a call.
func Selector(signature string) []byte { return crypto.Keccak256([]byte(signature))[:4] }
