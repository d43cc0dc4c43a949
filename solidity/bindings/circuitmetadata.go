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

// CircuitMetadataMetaData contains all meta data concerning the CircuitMetadata contract.
var CircuitMetadataMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"about\",\"type\":\"address\",\"internalType\":\"contractIProofVerifier\"},{\"name\":\"circuit\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"version\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"system\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"},{\"name\":\"schemaHash\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"schemaURI\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"circuitId\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"circuitVersion\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"proofSystem\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"publicInputsSchemaHash\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"publicInputsSchemaURI\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verificationKeyURI\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifier\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIProofVerifier\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"CircuitMetadataUpdated\",\"inputs\":[{\"name\":\"circuitId\",\"type\":\"bytes32\",\"indexed\":true,\"internalType\":\"bytes32\"},{\"name\":\"circuitVersion\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"proofSystem\",\"type\":\"bytes4\",\"indexed\":false,\"internalType\":\"bytes4\"}],\"anonymous\":false}]",
	ID:  "CircuitMetadata",
}

// CircuitMetadata is an auto generated Go binding around an Ethereum contract.
type CircuitMetadata struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *CircuitMetadata) GetABI() abi.ABI {
	return c.abi
}

// NewCircuitMetadata creates a new instance of CircuitMetadata.
func NewCircuitMetadata() *CircuitMetadata {
	parsed, err := CircuitMetadataMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &CircuitMetadata{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *CircuitMetadata) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address about, bytes32 circuit, uint64 version, bytes4 system, bytes32 schemaHash, string schemaURI) returns()
func (circuitMetadata *CircuitMetadata) PackConstructor(about common.Address, circuit [32]byte, version uint64, system [4]byte, schemaHash [32]byte, schemaURI string) []byte {
	enc, err := circuitMetadata.abi.Pack("", about, circuit, version, system, schemaHash, schemaURI)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCircuitId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x030c9d5c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function circuitId() view returns(bytes32)
func (circuitMetadata *CircuitMetadata) PackCircuitId() []byte {
	enc, err := circuitMetadata.abi.Pack("circuitId")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCircuitId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x030c9d5c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function circuitId() view returns(bytes32)
func (circuitMetadata *CircuitMetadata) TryPackCircuitId() ([]byte, error) {
	return circuitMetadata.abi.Pack("circuitId")
}

// UnpackCircuitId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x030c9d5c.
//
// Solidity: function circuitId() view returns(bytes32)
func (circuitMetadata *CircuitMetadata) UnpackCircuitId(data []byte) ([32]byte, error) {
	out, err := circuitMetadata.abi.Unpack("circuitId", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCircuitVersion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdf209f8c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function circuitVersion() view returns(uint64)
func (circuitMetadata *CircuitMetadata) PackCircuitVersion() []byte {
	enc, err := circuitMetadata.abi.Pack("circuitVersion")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCircuitVersion is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdf209f8c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function circuitVersion() view returns(uint64)
func (circuitMetadata *CircuitMetadata) TryPackCircuitVersion() ([]byte, error) {
	return circuitMetadata.abi.Pack("circuitVersion")
}

// UnpackCircuitVersion is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xdf209f8c.
//
// Solidity: function circuitVersion() view returns(uint64)
func (circuitMetadata *CircuitMetadata) UnpackCircuitVersion(data []byte) (uint64, error) {
	out, err := circuitMetadata.abi.Unpack("circuitVersion", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackProofSystem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x020e2489.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proofSystem() view returns(bytes4)
func (circuitMetadata *CircuitMetadata) PackProofSystem() []byte {
	enc, err := circuitMetadata.abi.Pack("proofSystem")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProofSystem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x020e2489.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proofSystem() view returns(bytes4)
func (circuitMetadata *CircuitMetadata) TryPackProofSystem() ([]byte, error) {
	return circuitMetadata.abi.Pack("proofSystem")
}

// UnpackProofSystem is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x020e2489.
//
// Solidity: function proofSystem() view returns(bytes4)
func (circuitMetadata *CircuitMetadata) UnpackProofSystem(data []byte) ([4]byte, error) {
	out, err := circuitMetadata.abi.Unpack("proofSystem", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackPublicInputsSchemaHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9c0bcbc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publicInputsSchemaHash() view returns(bytes32)
func (circuitMetadata *CircuitMetadata) PackPublicInputsSchemaHash() []byte {
	enc, err := circuitMetadata.abi.Pack("publicInputsSchemaHash")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublicInputsSchemaHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9c0bcbc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publicInputsSchemaHash() view returns(bytes32)
func (circuitMetadata *CircuitMetadata) TryPackPublicInputsSchemaHash() ([]byte, error) {
	return circuitMetadata.abi.Pack("publicInputsSchemaHash")
}

// UnpackPublicInputsSchemaHash is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb9c0bcbc.
//
// Solidity: function publicInputsSchemaHash() view returns(bytes32)
func (circuitMetadata *CircuitMetadata) UnpackPublicInputsSchemaHash(data []byte) ([32]byte, error) {
	out, err := circuitMetadata.abi.Unpack("publicInputsSchemaHash", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackPublicInputsSchemaURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0665cb1a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function publicInputsSchemaURI() view returns(string)
func (circuitMetadata *CircuitMetadata) PackPublicInputsSchemaURI() []byte {
	enc, err := circuitMetadata.abi.Pack("publicInputsSchemaURI")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPublicInputsSchemaURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0665cb1a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function publicInputsSchemaURI() view returns(string)
func (circuitMetadata *CircuitMetadata) TryPackPublicInputsSchemaURI() ([]byte, error) {
	return circuitMetadata.abi.Pack("publicInputsSchemaURI")
}

// UnpackPublicInputsSchemaURI is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0665cb1a.
//
// Solidity: function publicInputsSchemaURI() view returns(string)
func (circuitMetadata *CircuitMetadata) UnpackPublicInputsSchemaURI(data []byte) (string, error) {
	out, err := circuitMetadata.abi.Unpack("publicInputsSchemaURI", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackVerificationKeyURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2c86cce.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verificationKeyURI() view returns(string)
func (circuitMetadata *CircuitMetadata) PackVerificationKeyURI() []byte {
	enc, err := circuitMetadata.abi.Pack("verificationKeyURI")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerificationKeyURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe2c86cce.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verificationKeyURI() view returns(string)
func (circuitMetadata *CircuitMetadata) TryPackVerificationKeyURI() ([]byte, error) {
	return circuitMetadata.abi.Pack("verificationKeyURI")
}

// UnpackVerificationKeyURI is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe2c86cce.
//
// Solidity: function verificationKeyURI() view returns(string)
func (circuitMetadata *CircuitMetadata) UnpackVerificationKeyURI(data []byte) (string, error) {
	out, err := circuitMetadata.abi.Unpack("verificationKeyURI", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (circuitMetadata *CircuitMetadata) PackVerifier() []byte {
	enc, err := circuitMetadata.abi.Pack("verifier")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifier() view returns(address)
func (circuitMetadata *CircuitMetadata) TryPackVerifier() ([]byte, error) {
	return circuitMetadata.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (circuitMetadata *CircuitMetadata) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := circuitMetadata.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// CircuitMetadataCircuitMetadataUpdated represents a CircuitMetadataUpdated event raised by the CircuitMetadata contract.
type CircuitMetadataCircuitMetadataUpdated struct {
	CircuitId      [32]byte
	CircuitVersion uint64
	ProofSystem    [4]byte
	Raw            *types.Log // Blockchain specific contextual infos
}

const CircuitMetadataCircuitMetadataUpdatedEventName = "CircuitMetadataUpdated"

// ContractEventName returns the user-defined event name.
func (CircuitMetadataCircuitMetadataUpdated) ContractEventName() string {
	return CircuitMetadataCircuitMetadataUpdatedEventName
}

// UnpackCircuitMetadataUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event CircuitMetadataUpdated(bytes32 indexed circuitId, uint64 circuitVersion, bytes4 proofSystem)
func (circuitMetadata *CircuitMetadata) UnpackCircuitMetadataUpdatedEvent(log *types.Log) (*CircuitMetadataCircuitMetadataUpdated, error) {
	event := "CircuitMetadataUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != circuitMetadata.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CircuitMetadataCircuitMetadataUpdated)
	if len(log.Data) > 0 {
		if err := circuitMetadata.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range circuitMetadata.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}
