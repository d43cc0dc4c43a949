package evm

import (
	"context"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/eth/gasestimator"
	"github.com/holiman/uint256"
)

// maxCallGas bounds a call; nodes have bounds of this size.
const maxCallGas = 50_000_000

// estimateError is how much more than needed an estimate may be; nodes stop there too.
const estimateError = 0.015

// A revert is a contract's no, as nodes tell it: an rpc.DataError.
type revert struct {
	error
	data []byte
}

func (r *revert) Unwrap() error  { return r.error }
func (r *revert) ErrorCode() int { return 3 }
func (r *revert) ErrorData() any { return hexutil.Encode(r.data) }

func reverted(data []byte) error {
	err := vm.ErrExecutionReverted
	if text, none := abi.UnpackRevert(data); none == nil {
		err = fmt.Errorf("%w: %s", err, text)
	}
	return &revert{err, data}
}

// CallContract runs a call at a block, nil for the latest, and keeps nothing of it.
func (c *Chain) CallContract(ctx context.Context, call ethereum.CallMsg, block *big.Int) ([]byte, error) {
	header, err := c.HeaderByNumber(ctx, block)
	if err != nil {
		return nil, err
	}
	state, err := c.chain.StateAt(header.Root, header.Number, header.Time)
	if err != nil {
		return nil, err
	}
	m, err := message(call, header)
	if err != nil {
		return nil, err
	}
	if m.GasLimit == 0 || m.GasLimit > maxCallGas {
		m.GasLimit = maxCallGas
	}
	m.SkipExecutionGasCapCheck()
	at := core.NewEVMBlockContext(header, c.chain, nil)
	if m.GasPrice.IsZero() {
		at.BaseFee = new(big.Int) // a call that offers nothing is not refused for it
	}
	machine := vm.NewEVM(at, state, c.chain.Config(), vm.Config{NoBaseFee: true})
	defer machine.Release()
	defer context.AfterFunc(ctx, machine.Cancel)()
	result, err := core.ApplyMessage(machine, m, core.NewGasPool(maxCallGas))
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("err: %w (supplied gas %d)", err, m.GasLimit)
	case errors.Is(result.Err, vm.ErrExecutionReverted):
		return nil, reverted(result.Revert())
	}
	return result.Return(), result.Err
}

// EstimateGas returns the gas that a call would need in the next block.
func (c *Chain) EstimateGas(ctx context.Context, call ethereum.CallMsg) (uint64, error) {
	header := c.chain.CurrentBlock()
	state, err := c.chain.StateAt(header.Root, header.Number, header.Time)
	if err != nil {
		return 0, err
	}
	m, err := message(call, header)
	if err != nil {
		return 0, err
	}
	o := &gasestimator.Options{Config: c.chain.Config(), Chain: c.chain, Header: header, State: state, ErrorRatio: estimateError}
	gas, data, err := gasestimator.Estimate(ctx, m, o, maxCallGas)
	if errors.Is(err, vm.ErrExecutionReverted) {
		return 0, reverted(data)
	}
	return gas, err
}

// message is a call as the EVM takes it.
func message(call ethereum.CallMsg, header *types.Header) (*core.Message, error) {
	m := &core.Message{
		From: call.From, To: call.To, GasLimit: call.Gas, Data: call.Data, AccessList: call.AccessList, SetCodeAuthorizations: call.AuthorizationList,
		BlobHashes: call.BlobHashes,
	}
	for _, part := range []struct {
		to   **uint256.Int
		from *big.Int
	}{
		{&m.Value, call.Value}, {&m.GasPrice, call.GasPrice}, {&m.GasFeeCap, call.GasFeeCap}, {&m.GasTipCap, call.GasTipCap}, {&m.BlobGasFeeCap, call.BlobGasFeeCap},
	} {
		*part.to = new(uint256.Int)
		if part.from != nil && (part.from.Sign() < 0 || (*part.to).SetFromBig(part.from)) {
			return nil, errors.New("a value or price of the call is negative or has more than 256 bits")
		}
	}
	if call.GasPrice != nil {
		m.GasFeeCap, m.GasTipCap = m.GasPrice, m.GasPrice
	} else if !m.GasFeeCap.IsZero() {
		m.GasPrice.Add(m.GasTipCap, uint256.MustFromBig(header.BaseFee))
		if m.GasPrice.Gt(m.GasFeeCap) {
			m.GasPrice = m.GasFeeCap
		}
	}
	m.SkipNonceCheck()
	m.SkipEOACheck()
	m.SkipGasLimitCapCheck()
	return m, nil
}
