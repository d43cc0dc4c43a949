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

// EvmnetMetaData contains all meta data concerning the Evmnet contract.
var EvmnetMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"chainHash\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"genesis\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"period\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"roundAt\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"verify\",\"inputs\":[{\"name\":\"round\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"randomness\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"error\",\"name\":\"InvalidSignature\",\"inputs\":[{\"name\":\"round\",\"type\":\"uint64\",\"internalType\":\"uint64\"}]},{\"type\":\"error\",\"name\":\"PrecompileFailed\",\"inputs\":[{\"name\":\"precompile\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"SignatureLength\",\"inputs\":[{\"name\":\"bytesGiven\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bytesWanted\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TimeTooFar\",\"inputs\":[{\"name\":\"time\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "Evmnet",
}

// Evmnet is an auto generated Go binding around an Ethereum contract.
type Evmnet struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Evmnet) GetABI() abi.ABI {
	return c.abi
}

// NewEvmnet creates a new instance of Evmnet.
func NewEvmnet() *Evmnet {
	parsed, err := EvmnetMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Evmnet{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Evmnet) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackChainHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd2b5751d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function chainHash() view returns(bytes32)
func (evmnet *Evmnet) PackChainHash() []byte {
	enc, err := evmnet.abi.Pack("chainHash")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackChainHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd2b5751d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function chainHash() view returns(bytes32)
func (evmnet *Evmnet) TryPackChainHash() ([]byte, error) {
	return evmnet.abi.Pack("chainHash")
}

// UnpackChainHash is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd2b5751d.
//
// Solidity: function chainHash() view returns(bytes32)
func (evmnet *Evmnet) UnpackChainHash(data []byte) ([32]byte, error) {
	out, err := evmnet.abi.Unpack("chainHash", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackGenesis is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7f0b3de.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function genesis() view returns(uint64)
func (evmnet *Evmnet) PackGenesis() []byte {
	enc, err := evmnet.abi.Pack("genesis")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGenesis is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa7f0b3de.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function genesis() view returns(uint64)
func (evmnet *Evmnet) TryPackGenesis() ([]byte, error) {
	return evmnet.abi.Pack("genesis")
}

// UnpackGenesis is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa7f0b3de.
//
// Solidity: function genesis() view returns(uint64)
func (evmnet *Evmnet) UnpackGenesis(data []byte) (uint64, error) {
	out, err := evmnet.abi.Unpack("genesis", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xef78d4fd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function period() view returns(uint64)
func (evmnet *Evmnet) PackPeriod() []byte {
	enc, err := evmnet.abi.Pack("period")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPeriod is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xef78d4fd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function period() view returns(uint64)
func (evmnet *Evmnet) TryPackPeriod() ([]byte, error) {
	return evmnet.abi.Pack("period")
}

// UnpackPeriod is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xef78d4fd.
//
// Solidity: function period() view returns(uint64)
func (evmnet *Evmnet) UnpackPeriod(data []byte) (uint64, error) {
	out, err := evmnet.abi.Unpack("period", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackRoundAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e5a4ff3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function roundAt(uint256 time) pure returns(uint64)
func (evmnet *Evmnet) PackRoundAt(time *big.Int) []byte {
	enc, err := evmnet.abi.Pack("roundAt", time)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRoundAt is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0e5a4ff3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function roundAt(uint256 time) pure returns(uint64)
func (evmnet *Evmnet) TryPackRoundAt(time *big.Int) ([]byte, error) {
	return evmnet.abi.Pack("roundAt", time)
}

// UnpackRoundAt is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0e5a4ff3.
//
// Solidity: function roundAt(uint256 time) pure returns(uint64)
func (evmnet *Evmnet) UnpackRoundAt(data []byte) (uint64, error) {
	out, err := evmnet.abi.Unpack("roundAt", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf7ddea5a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verify(uint64 round, bytes signature) view returns(bytes32 randomness)
func (evmnet *Evmnet) PackVerify(round uint64, signature []byte) []byte {
	enc, err := evmnet.abi.Pack("verify", round, signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf7ddea5a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verify(uint64 round, bytes signature) view returns(bytes32 randomness)
func (evmnet *Evmnet) TryPackVerify(round uint64, signature []byte) ([]byte, error) {
	return evmnet.abi.Pack("verify", round, signature)
}

// UnpackVerify is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf7ddea5a.
//
// Solidity: function verify(uint64 round, bytes signature) view returns(bytes32 randomness)
func (evmnet *Evmnet) UnpackVerify(data []byte) ([32]byte, error) {
	out, err := evmnet.abi.Unpack("verify", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (evmnet *Evmnet) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], evmnet.abi.Errors["InvalidSignature"].ID.Bytes()[:4]) {
		return evmnet.UnpackInvalidSignatureError(raw[4:])
	}
	if bytes.Equal(raw[:4], evmnet.abi.Errors["PrecompileFailed"].ID.Bytes()[:4]) {
		return evmnet.UnpackPrecompileFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], evmnet.abi.Errors["SignatureLength"].ID.Bytes()[:4]) {
		return evmnet.UnpackSignatureLengthError(raw[4:])
	}
	if bytes.Equal(raw[:4], evmnet.abi.Errors["TimeTooFar"].ID.Bytes()[:4]) {
		return evmnet.UnpackTimeTooFarError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// EvmnetInvalidSignature represents a InvalidSignature error raised by the Evmnet contract.
type EvmnetInvalidSignature struct {
	Round uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidSignature(uint64 round)
func EvmnetInvalidSignatureErrorID() common.Hash {
	return common.HexToHash("0xdc5fdae5034e3c0ba8cbdde73ba29d9b9550019f53024913526adacc6605676d")
}

// UnpackInvalidSignatureError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidSignature(uint64 round)
func (evmnet *Evmnet) UnpackInvalidSignatureError(raw []byte) (*EvmnetInvalidSignature, error) {
	out := new(EvmnetInvalidSignature)
	if err := evmnet.abi.UnpackIntoInterface(out, "InvalidSignature", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EvmnetPrecompileFailed represents a PrecompileFailed error raised by the Evmnet contract.
type EvmnetPrecompileFailed struct {
	Precompile *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PrecompileFailed(uint256 precompile)
func EvmnetPrecompileFailedErrorID() common.Hash {
	return common.HexToHash("0x00a48593f9c209d4d7e3b1ee4f754577225379f193a95f3a1400534a74238e14")
}

// UnpackPrecompileFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PrecompileFailed(uint256 precompile)
func (evmnet *Evmnet) UnpackPrecompileFailedError(raw []byte) (*EvmnetPrecompileFailed, error) {
	out := new(EvmnetPrecompileFailed)
	if err := evmnet.abi.UnpackIntoInterface(out, "PrecompileFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EvmnetSignatureLength represents a SignatureLength error raised by the Evmnet contract.
type EvmnetSignatureLength struct {
	BytesGiven  *big.Int
	BytesWanted *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SignatureLength(uint256 bytesGiven, uint256 bytesWanted)
func EvmnetSignatureLengthErrorID() common.Hash {
	return common.HexToHash("0xbd1e5002d81ed688fbae722fce1d43d65be9f42c8edcdc6d73f31abc3252a73f")
}

// UnpackSignatureLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SignatureLength(uint256 bytesGiven, uint256 bytesWanted)
func (evmnet *Evmnet) UnpackSignatureLengthError(raw []byte) (*EvmnetSignatureLength, error) {
	out := new(EvmnetSignatureLength)
	if err := evmnet.abi.UnpackIntoInterface(out, "SignatureLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// EvmnetTimeTooFar represents a TimeTooFar error raised by the Evmnet contract.
type EvmnetTimeTooFar struct {
	Time *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TimeTooFar(uint256 time)
func EvmnetTimeTooFarErrorID() common.Hash {
	return common.HexToHash("0xae8b5bdb7b964a99b24ce5d58a2a34bb55784f7deaadfa65108424a0bbab997d")
}

// UnpackTimeTooFarError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TimeTooFar(uint256 time)
func (evmnet *Evmnet) UnpackTimeTooFarError(raw []byte) (*EvmnetTimeTooFar, error) {
	out := new(EvmnetTimeTooFar)
	if err := evmnet.abi.UnpackIntoInterface(out, "TimeTooFar", raw); err != nil {
		return nil, err
	}
	return out, nil
}
