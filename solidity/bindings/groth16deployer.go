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

// Groth16DeployerMetaData contains all meta data concerning the Groth16Deployer contract.
var Groth16DeployerMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"key\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"error\",\"name\":\"KeyCoordinate\",\"inputs\":[{\"name\":\"place\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"coordinate\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"KeyDegenerate\",\"inputs\":[{\"name\":\"place\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"other\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"KeyInfinity\",\"inputs\":[{\"name\":\"place\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"KeyLength\",\"inputs\":[{\"name\":\"length\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"KeyOffCurve\",\"inputs\":[{\"name\":\"place\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"KeyOutsideSubgroup\",\"inputs\":[]}]",
	ID:  "Groth16Deployer",
}

// Groth16Deployer is an auto generated Go binding around an Ethereum contract.
type Groth16Deployer struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Groth16Deployer) GetABI() abi.ABI {
	return c.abi
}

// NewGroth16Deployer creates a new instance of Groth16Deployer.
func NewGroth16Deployer() *Groth16Deployer {
	parsed, err := Groth16DeployerMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Groth16Deployer{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Groth16Deployer) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(bytes key) returns()
func (groth16Deployer *Groth16Deployer) PackConstructor(key []byte) []byte {
	enc, err := groth16Deployer.abi.Pack("", key)
	if err != nil {
		panic(err)
	}
	return enc
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (groth16Deployer *Groth16Deployer) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], groth16Deployer.abi.Errors["KeyCoordinate"].ID.Bytes()[:4]) {
		return groth16Deployer.UnpackKeyCoordinateError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Deployer.abi.Errors["KeyDegenerate"].ID.Bytes()[:4]) {
		return groth16Deployer.UnpackKeyDegenerateError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Deployer.abi.Errors["KeyInfinity"].ID.Bytes()[:4]) {
		return groth16Deployer.UnpackKeyInfinityError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Deployer.abi.Errors["KeyLength"].ID.Bytes()[:4]) {
		return groth16Deployer.UnpackKeyLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Deployer.abi.Errors["KeyOffCurve"].ID.Bytes()[:4]) {
		return groth16Deployer.UnpackKeyOffCurveError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Deployer.abi.Errors["KeyOutsideSubgroup"].ID.Bytes()[:4]) {
		return groth16Deployer.UnpackKeyOutsideSubgroupError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// Groth16DeployerKeyCoordinate represents a KeyCoordinate error raised by the Groth16Deployer contract.
type Groth16DeployerKeyCoordinate struct {
	Place      *big.Int
	Coordinate *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyCoordinate(uint256 place, uint256 coordinate)
func Groth16DeployerKeyCoordinateErrorID() common.Hash {
	return common.HexToHash("0xba7a52c36f9c8195c448d1631eae6a30fb0fb78410f3638460b73ad3411bb54d")
}

// UnpackKeyCoordinateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyCoordinate(uint256 place, uint256 coordinate)
func (groth16Deployer *Groth16Deployer) UnpackKeyCoordinateError(raw []byte) (*Groth16DeployerKeyCoordinate, error) {
	out := new(Groth16DeployerKeyCoordinate)
	if err := groth16Deployer.abi.UnpackIntoInterface(out, "KeyCoordinate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16DeployerKeyDegenerate represents a KeyDegenerate error raised by the Groth16Deployer contract.
type Groth16DeployerKeyDegenerate struct {
	Place *big.Int
	Other *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyDegenerate(uint256 place, uint256 other)
func Groth16DeployerKeyDegenerateErrorID() common.Hash {
	return common.HexToHash("0x5c27246de0c842dc7d88d8297b0b47b8559c129cf36d5fa8658f121a429c6af7")
}

// UnpackKeyDegenerateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyDegenerate(uint256 place, uint256 other)
func (groth16Deployer *Groth16Deployer) UnpackKeyDegenerateError(raw []byte) (*Groth16DeployerKeyDegenerate, error) {
	out := new(Groth16DeployerKeyDegenerate)
	if err := groth16Deployer.abi.UnpackIntoInterface(out, "KeyDegenerate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16DeployerKeyInfinity represents a KeyInfinity error raised by the Groth16Deployer contract.
type Groth16DeployerKeyInfinity struct {
	Place *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyInfinity(uint256 place)
func Groth16DeployerKeyInfinityErrorID() common.Hash {
	return common.HexToHash("0xdfa929a3d319d3404196be44a6e326ef51c991dd89c0b634f44d001ab9e3cb0c")
}

// UnpackKeyInfinityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyInfinity(uint256 place)
func (groth16Deployer *Groth16Deployer) UnpackKeyInfinityError(raw []byte) (*Groth16DeployerKeyInfinity, error) {
	out := new(Groth16DeployerKeyInfinity)
	if err := groth16Deployer.abi.UnpackIntoInterface(out, "KeyInfinity", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16DeployerKeyLength represents a KeyLength error raised by the Groth16Deployer contract.
type Groth16DeployerKeyLength struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyLength(uint256 length)
func Groth16DeployerKeyLengthErrorID() common.Hash {
	return common.HexToHash("0x9c87396074795b92aa3270e0fef1d1343c8db402fc889249d245cfdc2a7e8679")
}

// UnpackKeyLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyLength(uint256 length)
func (groth16Deployer *Groth16Deployer) UnpackKeyLengthError(raw []byte) (*Groth16DeployerKeyLength, error) {
	out := new(Groth16DeployerKeyLength)
	if err := groth16Deployer.abi.UnpackIntoInterface(out, "KeyLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16DeployerKeyOffCurve represents a KeyOffCurve error raised by the Groth16Deployer contract.
type Groth16DeployerKeyOffCurve struct {
	Place *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyOffCurve(uint256 place)
func Groth16DeployerKeyOffCurveErrorID() common.Hash {
	return common.HexToHash("0xdeafb50fb02892906b19150774d294ec84ffd3236281e5372066757ba7387d3d")
}

// UnpackKeyOffCurveError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyOffCurve(uint256 place)
func (groth16Deployer *Groth16Deployer) UnpackKeyOffCurveError(raw []byte) (*Groth16DeployerKeyOffCurve, error) {
	out := new(Groth16DeployerKeyOffCurve)
	if err := groth16Deployer.abi.UnpackIntoInterface(out, "KeyOffCurve", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16DeployerKeyOutsideSubgroup represents a KeyOutsideSubgroup error raised by the Groth16Deployer contract.
type Groth16DeployerKeyOutsideSubgroup struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyOutsideSubgroup()
func Groth16DeployerKeyOutsideSubgroupErrorID() common.Hash {
	return common.HexToHash("0xaf299bd775c0ab1d3583029e82109ba6d7ae57a3ec6720b257e03776ab58edb6")
}

// UnpackKeyOutsideSubgroupError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyOutsideSubgroup()
func (groth16Deployer *Groth16Deployer) UnpackKeyOutsideSubgroupError(raw []byte) (*Groth16DeployerKeyOutsideSubgroup, error) {
	out := new(Groth16DeployerKeyOutsideSubgroup)
	if err := groth16Deployer.abi.UnpackIntoInterface(out, "KeyOutsideSubgroup", raw); err != nil {
		return nil, err
	}
	return out, nil
}
