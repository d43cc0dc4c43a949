// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package bindings

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// PlonkVerifierMetaData contains all meta data concerning the PlonkVerifier contract.
var PlonkVerifierMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"Verify\",\"inputs\":[{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"public_inputs\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"success\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"}]",
	ID:  "PlonkVerifier",
}

// PlonkVerifier is an auto generated Go binding around an Ethereum contract.
type PlonkVerifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *PlonkVerifier) GetABI() abi.ABI {
	return c.abi
}

// NewPlonkVerifier creates a new instance of PlonkVerifier.
func NewPlonkVerifier() *PlonkVerifier {
	parsed, err := PlonkVerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &PlonkVerifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *PlonkVerifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7e4f7a8a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function Verify(bytes proof, uint256[] public_inputs) view returns(bool success)
func (plonkVerifier *PlonkVerifier) PackVerify(proof []byte, publicInputs []*big.Int) []byte {
	enc, err := plonkVerifier.abi.Pack("Verify", proof, publicInputs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7e4f7a8a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function Verify(bytes proof, uint256[] public_inputs) view returns(bool success)
func (plonkVerifier *PlonkVerifier) TryPackVerify(proof []byte, publicInputs []*big.Int) ([]byte, error) {
	return plonkVerifier.abi.Pack("Verify", proof, publicInputs)
}

// UnpackVerify is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7e4f7a8a.
//
// Solidity: function Verify(bytes proof, uint256[] public_inputs) view returns(bool success)
func (plonkVerifier *PlonkVerifier) UnpackVerify(data []byte) (bool, error) {
	out, err := plonkVerifier.abi.Unpack("Verify", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}
