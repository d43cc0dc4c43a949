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

// PlonkAdapterMetaData contains all meta data concerning the PlonkAdapter contract.
var PlonkAdapterMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"fold\",\"inputs\":[{\"name\":\"dropInputs\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256[2]\",\"internalType\":\"uint256[2]\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"keyDigest\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"plonk\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIPlonkVerifier\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"verify\",\"inputs\":[{\"name\":\"folded\",\"type\":\"uint256[2]\",\"internalType\":\"uint256[2]\"},{\"name\":\"tokenInputs\",\"type\":\"uint256[3]\",\"internalType\":\"uint256[3]\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyBatch\",\"inputs\":[{\"name\":\"\",\"type\":\"uint256[2]\",\"internalType\":\"uint256[2]\"},{\"name\":\"\",\"type\":\"uint256[3][]\",\"internalType\":\"uint256[3][]\"},{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"verifyBatchBound\",\"inputs\":[{\"name\":\"\",\"type\":\"uint256[3][]\",\"internalType\":\"uint256[3][]\"},{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"verifyBound\",\"inputs\":[{\"name\":\"tokenInputs\",\"type\":\"uint256[3]\",\"internalType\":\"uint256[3]\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyingKey\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"InputCount\",\"inputs\":[{\"name\":\"inputsGiven\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"inputsWanted\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InputNotReduced\",\"inputs\":[{\"name\":\"input\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidKey\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidProof\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoBatch\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ProofLength\",\"inputs\":[{\"name\":\"bytesGiven\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bytesWanted\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "PlonkAdapter",
}

// PlonkAdapter is an auto generated Go binding around an Ethereum contract.
type PlonkAdapter struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *PlonkAdapter) GetABI() abi.ABI {
	return c.abi
}

// NewPlonkAdapter creates a new instance of PlonkAdapter.
func NewPlonkAdapter() *PlonkAdapter {
	parsed, err := PlonkAdapterMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &PlonkAdapter{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *PlonkAdapter) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackFold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41c1b54a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fold(uint256[] dropInputs) pure returns(uint256[2])
func (plonkAdapter *PlonkAdapter) PackFold(dropInputs []*big.Int) []byte {
	enc, err := plonkAdapter.abi.Pack("fold", dropInputs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41c1b54a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fold(uint256[] dropInputs) pure returns(uint256[2])
func (plonkAdapter *PlonkAdapter) TryPackFold(dropInputs []*big.Int) ([]byte, error) {
	return plonkAdapter.abi.Pack("fold", dropInputs)
}

// UnpackFold is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x41c1b54a.
//
// Solidity: function fold(uint256[] dropInputs) pure returns(uint256[2])
func (plonkAdapter *PlonkAdapter) UnpackFold(data []byte) ([2]*big.Int, error) {
	out, err := plonkAdapter.abi.Unpack("fold", data)
	if err != nil {
		return *new([2]*big.Int), err
	}
	out0 := *abi.ConvertType(out[0], new([2]*big.Int)).(*[2]*big.Int)
	return out0, nil
}

// PackKeyDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9496a3c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function keyDigest() pure returns(bytes32)
func (plonkAdapter *PlonkAdapter) PackKeyDigest() []byte {
	enc, err := plonkAdapter.abi.Pack("keyDigest")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackKeyDigest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9496a3c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function keyDigest() pure returns(bytes32)
func (plonkAdapter *PlonkAdapter) TryPackKeyDigest() ([]byte, error) {
	return plonkAdapter.abi.Pack("keyDigest")
}

// UnpackKeyDigest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa9496a3c.
//
// Solidity: function keyDigest() pure returns(bytes32)
func (plonkAdapter *PlonkAdapter) UnpackKeyDigest(data []byte) ([32]byte, error) {
	out, err := plonkAdapter.abi.Unpack("keyDigest", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackPlonk is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6e241a3b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function plonk() pure returns(address)
func (plonkAdapter *PlonkAdapter) PackPlonk() []byte {
	enc, err := plonkAdapter.abi.Pack("plonk")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPlonk is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6e241a3b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function plonk() pure returns(address)
func (plonkAdapter *PlonkAdapter) TryPackPlonk() ([]byte, error) {
	return plonkAdapter.abi.Pack("plonk")
}

// UnpackPlonk is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6e241a3b.
//
// Solidity: function plonk() pure returns(address)
func (plonkAdapter *PlonkAdapter) UnpackPlonk(data []byte) (common.Address, error) {
	out, err := plonkAdapter.abi.Unpack("plonk", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc760e278.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verify(uint256[2] folded, uint256[3] tokenInputs, bytes proof) view returns()
func (plonkAdapter *PlonkAdapter) PackVerify(folded [2]*big.Int, tokenInputs [3]*big.Int, proof []byte) []byte {
	enc, err := plonkAdapter.abi.Pack("verify", folded, tokenInputs, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc760e278.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verify(uint256[2] folded, uint256[3] tokenInputs, bytes proof) view returns()
func (plonkAdapter *PlonkAdapter) TryPackVerify(folded [2]*big.Int, tokenInputs [3]*big.Int, proof []byte) ([]byte, error) {
	return plonkAdapter.abi.Pack("verify", folded, tokenInputs, proof)
}

// PackVerifyBatch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01d7e05.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyBatch(uint256[2] , uint256[3][] , bytes ) pure returns()
func (plonkAdapter *PlonkAdapter) PackVerifyBatch(arg0 [2]*big.Int, arg1 [][3]*big.Int, arg2 []byte) []byte {
	enc, err := plonkAdapter.abi.Pack("verifyBatch", arg0, arg1, arg2)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyBatch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01d7e05.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyBatch(uint256[2] , uint256[3][] , bytes ) pure returns()
func (plonkAdapter *PlonkAdapter) TryPackVerifyBatch(arg0 [2]*big.Int, arg1 [][3]*big.Int, arg2 []byte) ([]byte, error) {
	return plonkAdapter.abi.Pack("verifyBatch", arg0, arg1, arg2)
}

// PackVerifyBatchBound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6ef963c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyBatchBound(uint256[3][] , bytes ) pure returns()
func (plonkAdapter *PlonkAdapter) PackVerifyBatchBound(arg0 [][3]*big.Int, arg1 []byte) []byte {
	enc, err := plonkAdapter.abi.Pack("verifyBatchBound", arg0, arg1)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyBatchBound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6ef963c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyBatchBound(uint256[3][] , bytes ) pure returns()
func (plonkAdapter *PlonkAdapter) TryPackVerifyBatchBound(arg0 [][3]*big.Int, arg1 []byte) ([]byte, error) {
	return plonkAdapter.abi.Pack("verifyBatchBound", arg0, arg1)
}

// PackVerifyBound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee4eec5e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyBound(uint256[3] tokenInputs, bytes proof) view returns()
func (plonkAdapter *PlonkAdapter) PackVerifyBound(tokenInputs [3]*big.Int, proof []byte) []byte {
	enc, err := plonkAdapter.abi.Pack("verifyBound", tokenInputs, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyBound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee4eec5e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyBound(uint256[3] tokenInputs, bytes proof) view returns()
func (plonkAdapter *PlonkAdapter) TryPackVerifyBound(tokenInputs [3]*big.Int, proof []byte) ([]byte, error) {
	return plonkAdapter.abi.Pack("verifyBound", tokenInputs, proof)
}

// PackVerifyingKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7950c5f8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyingKey() pure returns(bytes)
func (plonkAdapter *PlonkAdapter) PackVerifyingKey() []byte {
	enc, err := plonkAdapter.abi.Pack("verifyingKey")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyingKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7950c5f8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyingKey() pure returns(bytes)
func (plonkAdapter *PlonkAdapter) TryPackVerifyingKey() ([]byte, error) {
	return plonkAdapter.abi.Pack("verifyingKey")
}

// UnpackVerifyingKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7950c5f8.
//
// Solidity: function verifyingKey() pure returns(bytes)
func (plonkAdapter *PlonkAdapter) UnpackVerifyingKey(data []byte) ([]byte, error) {
	out, err := plonkAdapter.abi.Unpack("verifyingKey", data)
	if err != nil {
		return *new([]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([]byte)).(*[]byte)
	return out0, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (plonkAdapter *PlonkAdapter) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], plonkAdapter.abi.Errors["InputCount"].ID.Bytes()[:4]) {
		return plonkAdapter.UnpackInputCountError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkAdapter.abi.Errors["InputNotReduced"].ID.Bytes()[:4]) {
		return plonkAdapter.UnpackInputNotReducedError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkAdapter.abi.Errors["InvalidKey"].ID.Bytes()[:4]) {
		return plonkAdapter.UnpackInvalidKeyError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkAdapter.abi.Errors["InvalidProof"].ID.Bytes()[:4]) {
		return plonkAdapter.UnpackInvalidProofError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkAdapter.abi.Errors["NoBatch"].ID.Bytes()[:4]) {
		return plonkAdapter.UnpackNoBatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkAdapter.abi.Errors["ProofLength"].ID.Bytes()[:4]) {
		return plonkAdapter.UnpackProofLengthError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// PlonkAdapterInputCount represents a InputCount error raised by the PlonkAdapter contract.
type PlonkAdapterInputCount struct {
	InputsGiven  *big.Int
	InputsWanted *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InputCount(uint256 inputsGiven, uint256 inputsWanted)
func PlonkAdapterInputCountErrorID() common.Hash {
	return common.HexToHash("0x182bed6c4b1cb7a04849b665cd35da41c5c70cf3ae7096b986e5633214d46769")
}

// UnpackInputCountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InputCount(uint256 inputsGiven, uint256 inputsWanted)
func (plonkAdapter *PlonkAdapter) UnpackInputCountError(raw []byte) (*PlonkAdapterInputCount, error) {
	out := new(PlonkAdapterInputCount)
	if err := plonkAdapter.abi.UnpackIntoInterface(out, "InputCount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkAdapterInputNotReduced represents a InputNotReduced error raised by the PlonkAdapter contract.
type PlonkAdapterInputNotReduced struct {
	Input *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InputNotReduced(uint256 input)
func PlonkAdapterInputNotReducedErrorID() common.Hash {
	return common.HexToHash("0xbb880c10e040abe66f2194fcdc0595a4d3abd5acc93dbfdad528ad782cf9d681")
}

// UnpackInputNotReducedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InputNotReduced(uint256 input)
func (plonkAdapter *PlonkAdapter) UnpackInputNotReducedError(raw []byte) (*PlonkAdapterInputNotReduced, error) {
	out := new(PlonkAdapterInputNotReduced)
	if err := plonkAdapter.abi.UnpackIntoInterface(out, "InputNotReduced", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkAdapterInvalidKey represents a InvalidKey error raised by the PlonkAdapter contract.
type PlonkAdapterInvalidKey struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidKey()
func PlonkAdapterInvalidKeyErrorID() common.Hash {
	return common.HexToHash("0x76d4e1e8439f6d9c3d1cf835f307989788cf73aa0b95b7a7c935c1e0e543d094")
}

// UnpackInvalidKeyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidKey()
func (plonkAdapter *PlonkAdapter) UnpackInvalidKeyError(raw []byte) (*PlonkAdapterInvalidKey, error) {
	out := new(PlonkAdapterInvalidKey)
	if err := plonkAdapter.abi.UnpackIntoInterface(out, "InvalidKey", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkAdapterInvalidProof represents a InvalidProof error raised by the PlonkAdapter contract.
type PlonkAdapterInvalidProof struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidProof()
func PlonkAdapterInvalidProofErrorID() common.Hash {
	return common.HexToHash("0x09bde339c6b182be216ee7ef8ccff6338c6ef7993445216112ae575c5438fd27")
}

// UnpackInvalidProofError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidProof()
func (plonkAdapter *PlonkAdapter) UnpackInvalidProofError(raw []byte) (*PlonkAdapterInvalidProof, error) {
	out := new(PlonkAdapterInvalidProof)
	if err := plonkAdapter.abi.UnpackIntoInterface(out, "InvalidProof", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkAdapterNoBatch represents a NoBatch error raised by the PlonkAdapter contract.
type PlonkAdapterNoBatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoBatch()
func PlonkAdapterNoBatchErrorID() common.Hash {
	return common.HexToHash("0xc6a9257ebc05c29664121556fb413fbae5d87e52dd9f91ea40f9926a0aed0edd")
}

// UnpackNoBatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoBatch()
func (plonkAdapter *PlonkAdapter) UnpackNoBatchError(raw []byte) (*PlonkAdapterNoBatch, error) {
	out := new(PlonkAdapterNoBatch)
	if err := plonkAdapter.abi.UnpackIntoInterface(out, "NoBatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkAdapterProofLength represents a ProofLength error raised by the PlonkAdapter contract.
type PlonkAdapterProofLength struct {
	BytesGiven  *big.Int
	BytesWanted *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofLength(uint256 bytesGiven, uint256 bytesWanted)
func PlonkAdapterProofLengthErrorID() common.Hash {
	return common.HexToHash("0xc0545fa079a874036bb8c19da30c7d52825b899324259e39a7460f948ce8d79d")
}

// UnpackProofLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofLength(uint256 bytesGiven, uint256 bytesWanted)
func (plonkAdapter *PlonkAdapter) UnpackProofLengthError(raw []byte) (*PlonkAdapterProofLength, error) {
	out := new(PlonkAdapterProofLength)
	if err := plonkAdapter.abi.UnpackIntoInterface(out, "ProofLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}
