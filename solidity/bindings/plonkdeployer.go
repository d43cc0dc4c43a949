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

// PlonkDeployerMetaData contains all meta data concerning the PlonkDeployer contract.
var PlonkDeployerMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"plonk\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"keyDigest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"error\",\"name\":\"InvalidPlonkVerifier\",\"inputs\":[{\"name\":\"plonk\",\"type\":\"address\",\"internalType\":\"address\"}]}]",
	ID:  "PlonkDeployer",
}

// PlonkDeployer is an auto generated Go binding around an Ethereum contract.
type PlonkDeployer struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *PlonkDeployer) GetABI() abi.ABI {
	return c.abi
}

// NewPlonkDeployer creates a new instance of PlonkDeployer.
func NewPlonkDeployer() *PlonkDeployer {
	parsed, err := PlonkDeployerMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &PlonkDeployer{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *PlonkDeployer) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address plonk, bytes32 keyDigest) returns()
func (plonkDeployer *PlonkDeployer) PackConstructor(plonk common.Address, keyDigest [32]byte) []byte {
	enc, err := plonkDeployer.abi.Pack("", plonk, keyDigest)
	if err != nil {
		panic(err)
	}
	return enc
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (plonkDeployer *PlonkDeployer) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], plonkDeployer.abi.Errors["InvalidPlonkVerifier"].ID.Bytes()[:4]) {
		return plonkDeployer.UnpackInvalidPlonkVerifierError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// PlonkDeployerInvalidPlonkVerifier represents a InvalidPlonkVerifier error raised by the PlonkDeployer contract.
type PlonkDeployerInvalidPlonkVerifier struct {
	Plonk common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidPlonkVerifier(address plonk)
func PlonkDeployerInvalidPlonkVerifierErrorID() common.Hash {
	return common.HexToHash("0x411f2bb528c917d99eadf80f4a44d75059d7cad09d7c89a831f9d8143d9e3f36")
}

// UnpackInvalidPlonkVerifierError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidPlonkVerifier(address plonk)
func (plonkDeployer *PlonkDeployer) UnpackInvalidPlonkVerifierError(raw []byte) (*PlonkDeployerInvalidPlonkVerifier, error) {
	out := new(PlonkDeployerInvalidPlonkVerifier)
	if err := plonkDeployer.abi.UnpackIntoInterface(out, "InvalidPlonkVerifier", raw); err != nil {
		return nil, err
	}
	return out, nil
}
