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

// Groth16VerifierMetaData contains all meta data concerning the Groth16Verifier contract.
var Groth16VerifierMetaData = bind.MetaData{
	ABI: "[{\"type\":\"function\",\"name\":\"fold\",\"inputs\":[{\"name\":\"dropInputs\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256[2]\",\"internalType\":\"uint256[2]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"keyDigest\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"pure\"},{\"type\":\"function\",\"name\":\"verify\",\"inputs\":[{\"name\":\"folded\",\"type\":\"uint256[2]\",\"internalType\":\"uint256[2]\"},{\"name\":\"tokenInputs\",\"type\":\"uint256[3]\",\"internalType\":\"uint256[3]\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyBatch\",\"inputs\":[{\"name\":\"folded\",\"type\":\"uint256[2]\",\"internalType\":\"uint256[2]\"},{\"name\":\"tokenInputs\",\"type\":\"uint256[3][]\",\"internalType\":\"uint256[3][]\"},{\"name\":\"proofs\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyBatchBound\",\"inputs\":[{\"name\":\"tokenInputs\",\"type\":\"uint256[3][]\",\"internalType\":\"uint256[3][]\"},{\"name\":\"proofs\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyBound\",\"inputs\":[{\"name\":\"tokenInputs\",\"type\":\"uint256[3]\",\"internalType\":\"uint256[3]\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verifyingKey\",\"inputs\":[],\"outputs\":[{\"name\":\"key\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"stateMutability\":\"pure\"},{\"type\":\"error\",\"name\":\"InputCount\",\"inputs\":[{\"name\":\"inputsGiven\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"inputsWanted\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InputNotReduced\",\"inputs\":[{\"name\":\"input\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidKey\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidProof\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ProofLength\",\"inputs\":[{\"name\":\"bytesGiven\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"bytesWanted\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "Groth16Verifier",
}

// Groth16Verifier is an auto generated Go binding around an Ethereum contract.
type Groth16Verifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Groth16Verifier) GetABI() abi.ABI {
	return c.abi
}

// NewGroth16Verifier creates a new instance of Groth16Verifier.
func NewGroth16Verifier() *Groth16Verifier {
	parsed, err := Groth16VerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Groth16Verifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Groth16Verifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackFold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41c1b54a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fold(uint256[] dropInputs) view returns(uint256[2])
func (groth16Verifier *Groth16Verifier) PackFold(dropInputs []*big.Int) []byte {
	enc, err := groth16Verifier.abi.Pack("fold", dropInputs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFold is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x41c1b54a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fold(uint256[] dropInputs) view returns(uint256[2])
func (groth16Verifier *Groth16Verifier) TryPackFold(dropInputs []*big.Int) ([]byte, error) {
	return groth16Verifier.abi.Pack("fold", dropInputs)
}

// UnpackFold is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x41c1b54a.
//
// Solidity: function fold(uint256[] dropInputs) view returns(uint256[2])
func (groth16Verifier *Groth16Verifier) UnpackFold(data []byte) ([2]*big.Int, error) {
	out, err := groth16Verifier.abi.Unpack("fold", data)
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
func (groth16Verifier *Groth16Verifier) PackKeyDigest() []byte {
	enc, err := groth16Verifier.abi.Pack("keyDigest")
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
func (groth16Verifier *Groth16Verifier) TryPackKeyDigest() ([]byte, error) {
	return groth16Verifier.abi.Pack("keyDigest")
}

// UnpackKeyDigest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa9496a3c.
//
// Solidity: function keyDigest() pure returns(bytes32)
func (groth16Verifier *Groth16Verifier) UnpackKeyDigest(data []byte) ([32]byte, error) {
	out, err := groth16Verifier.abi.Unpack("keyDigest", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc760e278.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verify(uint256[2] folded, uint256[3] tokenInputs, bytes proof) view returns()
func (groth16Verifier *Groth16Verifier) PackVerify(folded [2]*big.Int, tokenInputs [3]*big.Int, proof []byte) []byte {
	enc, err := groth16Verifier.abi.Pack("verify", folded, tokenInputs, proof)
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
func (groth16Verifier *Groth16Verifier) TryPackVerify(folded [2]*big.Int, tokenInputs [3]*big.Int, proof []byte) ([]byte, error) {
	return groth16Verifier.abi.Pack("verify", folded, tokenInputs, proof)
}

// PackVerifyBatch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01d7e05.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyBatch(uint256[2] folded, uint256[3][] tokenInputs, bytes proofs) view returns()
func (groth16Verifier *Groth16Verifier) PackVerifyBatch(folded [2]*big.Int, tokenInputs [][3]*big.Int, proofs []byte) []byte {
	enc, err := groth16Verifier.abi.Pack("verifyBatch", folded, tokenInputs, proofs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyBatch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc01d7e05.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyBatch(uint256[2] folded, uint256[3][] tokenInputs, bytes proofs) view returns()
func (groth16Verifier *Groth16Verifier) TryPackVerifyBatch(folded [2]*big.Int, tokenInputs [][3]*big.Int, proofs []byte) ([]byte, error) {
	return groth16Verifier.abi.Pack("verifyBatch", folded, tokenInputs, proofs)
}

// PackVerifyBatchBound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6ef963c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyBatchBound(uint256[3][] tokenInputs, bytes proofs) view returns()
func (groth16Verifier *Groth16Verifier) PackVerifyBatchBound(tokenInputs [][3]*big.Int, proofs []byte) []byte {
	enc, err := groth16Verifier.abi.Pack("verifyBatchBound", tokenInputs, proofs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyBatchBound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd6ef963c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyBatchBound(uint256[3][] tokenInputs, bytes proofs) view returns()
func (groth16Verifier *Groth16Verifier) TryPackVerifyBatchBound(tokenInputs [][3]*big.Int, proofs []byte) ([]byte, error) {
	return groth16Verifier.abi.Pack("verifyBatchBound", tokenInputs, proofs)
}

// PackVerifyBound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee4eec5e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyBound(uint256[3] tokenInputs, bytes proof) view returns()
func (groth16Verifier *Groth16Verifier) PackVerifyBound(tokenInputs [3]*big.Int, proof []byte) []byte {
	enc, err := groth16Verifier.abi.Pack("verifyBound", tokenInputs, proof)
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
func (groth16Verifier *Groth16Verifier) TryPackVerifyBound(tokenInputs [3]*big.Int, proof []byte) ([]byte, error) {
	return groth16Verifier.abi.Pack("verifyBound", tokenInputs, proof)
}

// PackVerifyingKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7950c5f8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyingKey() pure returns(bytes key)
func (groth16Verifier *Groth16Verifier) PackVerifyingKey() []byte {
	enc, err := groth16Verifier.abi.Pack("verifyingKey")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyingKey is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7950c5f8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyingKey() pure returns(bytes key)
func (groth16Verifier *Groth16Verifier) TryPackVerifyingKey() ([]byte, error) {
	return groth16Verifier.abi.Pack("verifyingKey")
}

// UnpackVerifyingKey is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7950c5f8.
//
// Solidity: function verifyingKey() pure returns(bytes key)
func (groth16Verifier *Groth16Verifier) UnpackVerifyingKey(data []byte) ([]byte, error) {
	out, err := groth16Verifier.abi.Unpack("verifyingKey", data)
	if err != nil {
		return *new([]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([]byte)).(*[]byte)
	return out0, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (groth16Verifier *Groth16Verifier) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], groth16Verifier.abi.Errors["InputCount"].ID.Bytes()[:4]) {
		return groth16Verifier.UnpackInputCountError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Verifier.abi.Errors["InputNotReduced"].ID.Bytes()[:4]) {
		return groth16Verifier.UnpackInputNotReducedError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Verifier.abi.Errors["InvalidKey"].ID.Bytes()[:4]) {
		return groth16Verifier.UnpackInvalidKeyError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Verifier.abi.Errors["InvalidProof"].ID.Bytes()[:4]) {
		return groth16Verifier.UnpackInvalidProofError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16Verifier.abi.Errors["ProofLength"].ID.Bytes()[:4]) {
		return groth16Verifier.UnpackProofLengthError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// Groth16VerifierInputCount represents a InputCount error raised by the Groth16Verifier contract.
type Groth16VerifierInputCount struct {
	InputsGiven  *big.Int
	InputsWanted *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InputCount(uint256 inputsGiven, uint256 inputsWanted)
func Groth16VerifierInputCountErrorID() common.Hash {
	return common.HexToHash("0x182bed6c4b1cb7a04849b665cd35da41c5c70cf3ae7096b986e5633214d46769")
}

// UnpackInputCountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InputCount(uint256 inputsGiven, uint256 inputsWanted)
func (groth16Verifier *Groth16Verifier) UnpackInputCountError(raw []byte) (*Groth16VerifierInputCount, error) {
	out := new(Groth16VerifierInputCount)
	if err := groth16Verifier.abi.UnpackIntoInterface(out, "InputCount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16VerifierInputNotReduced represents a InputNotReduced error raised by the Groth16Verifier contract.
type Groth16VerifierInputNotReduced struct {
	Input *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InputNotReduced(uint256 input)
func Groth16VerifierInputNotReducedErrorID() common.Hash {
	return common.HexToHash("0xbb880c10e040abe66f2194fcdc0595a4d3abd5acc93dbfdad528ad782cf9d681")
}

// UnpackInputNotReducedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InputNotReduced(uint256 input)
func (groth16Verifier *Groth16Verifier) UnpackInputNotReducedError(raw []byte) (*Groth16VerifierInputNotReduced, error) {
	out := new(Groth16VerifierInputNotReduced)
	if err := groth16Verifier.abi.UnpackIntoInterface(out, "InputNotReduced", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16VerifierInvalidKey represents a InvalidKey error raised by the Groth16Verifier contract.
type Groth16VerifierInvalidKey struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidKey()
func Groth16VerifierInvalidKeyErrorID() common.Hash {
	return common.HexToHash("0x76d4e1e8439f6d9c3d1cf835f307989788cf73aa0b95b7a7c935c1e0e543d094")
}

// UnpackInvalidKeyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidKey()
func (groth16Verifier *Groth16Verifier) UnpackInvalidKeyError(raw []byte) (*Groth16VerifierInvalidKey, error) {
	out := new(Groth16VerifierInvalidKey)
	if err := groth16Verifier.abi.UnpackIntoInterface(out, "InvalidKey", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16VerifierInvalidProof represents a InvalidProof error raised by the Groth16Verifier contract.
type Groth16VerifierInvalidProof struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidProof()
func Groth16VerifierInvalidProofErrorID() common.Hash {
	return common.HexToHash("0x09bde339c6b182be216ee7ef8ccff6338c6ef7993445216112ae575c5438fd27")
}

// UnpackInvalidProofError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidProof()
func (groth16Verifier *Groth16Verifier) UnpackInvalidProofError(raw []byte) (*Groth16VerifierInvalidProof, error) {
	out := new(Groth16VerifierInvalidProof)
	if err := groth16Verifier.abi.UnpackIntoInterface(out, "InvalidProof", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16VerifierProofLength represents a ProofLength error raised by the Groth16Verifier contract.
type Groth16VerifierProofLength struct {
	BytesGiven  *big.Int
	BytesWanted *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofLength(uint256 bytesGiven, uint256 bytesWanted)
func Groth16VerifierProofLengthErrorID() common.Hash {
	return common.HexToHash("0xc0545fa079a874036bb8c19da30c7d52825b899324259e39a7460f948ce8d79d")
}

// UnpackProofLengthError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofLength(uint256 bytesGiven, uint256 bytesWanted)
func (groth16Verifier *Groth16Verifier) UnpackProofLengthError(raw []byte) (*Groth16VerifierProofLength, error) {
	out := new(Groth16VerifierProofLength)
	if err := groth16Verifier.abi.UnpackIntoInterface(out, "ProofLength", raw); err != nil {
		return nil, err
	}
	return out, nil
}
