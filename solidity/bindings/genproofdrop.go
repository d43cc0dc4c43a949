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

// Drop is an auto generated low-level Go binding around an user-defined struct.
type Drop struct {
	Name            string
	Symbol          string
	FirstId         uint64
	Supply          uint64
	Verifier        common.Address
	Commitments     [4]*big.Int
	BeaconSource    common.Address
	BeaconDelay     uint32
	TemplateNotice  uint32
	RoyaltyReceiver common.Address
	RoyaltyFraction *big.Int
}

// Mint is an auto generated low-level Go binding around an user-defined struct.
type Mint struct {
	To      common.Address
	TokenId *big.Int
	Digest  [32]byte
	Bound   bool
}

// GenproofDropMetaData contains all meta data concerning the GenproofDrop contract.
var GenproofDropMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"drop\",\"type\":\"tuple\",\"internalType\":\"structDrop\",\"components\":[{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"symbol\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"firstId\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"supply\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"verifier\",\"type\":\"address\",\"internalType\":\"contractIProofVerifier\"},{\"name\":\"commitments\",\"type\":\"uint256[4]\",\"internalType\":\"uint256[4]\"},{\"name\":\"beaconSource\",\"type\":\"address\",\"internalType\":\"contractIBeacon\"},{\"name\":\"beaconDelay\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"templateNotice\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"royaltyReceiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"royaltyFraction\",\"type\":\"uint96\",\"internalType\":\"uint96\"}]},{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"addAigcData\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"prompt\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"aigcData\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"approve\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"balanceOf\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"beacon\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"beaconBlock\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"beaconRound\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"beaconSource\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIBeacon\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"boundCode\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"burn\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"commitments\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256[5]\",\"internalType\":\"uint256[5]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"contractURI\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"digestOf\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"entropy\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"firstId\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"getApproved\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"isApprovedForAll\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"mint\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"bound\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"mintBatch\",\"inputs\":[{\"name\":\"mints\",\"type\":\"tuple[]\",\"internalType\":\"structMint[]\",\"components\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"bound\",\"type\":\"bool\",\"internalType\":\"bool\"}]},{\"name\":\"proofs\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"name\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"nextTemplate\",\"inputs\":[],\"outputs\":[{\"name\":\"template\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"from\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"open\",\"inputs\":[],\"outputs\":[{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"openSigned\",\"inputs\":[{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"value\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"owner\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"ownerOf\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"renounceOwnership\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"royaltyInfo\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"salePrice\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"safeTransferFrom\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"safeTransferFrom\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"data\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"scheduleTemplate\",\"inputs\":[{\"name\":\"template\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setApprovalForAll\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"approved\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setContractURI\",\"inputs\":[{\"name\":\"uri\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setTemplate\",\"inputs\":[{\"name\":\"template\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"statement\",\"inputs\":[{\"name\":\"recipient\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[{\"name\":\"inputs\",\"type\":\"uint256[9]\",\"internalType\":\"uint256[9]\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"supply\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"supportsInterface\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"symbol\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"tokenURI\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalSupply\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"transferFrom\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"transferOwnership\",\"inputs\":[{\"name\":\"newOwner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"updateMetadata\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"},{\"name\":\"bound\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"verifier\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"contractIProofVerifier\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"verify\",\"inputs\":[{\"name\":\"prompt\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"aigcData\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"proof\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[{\"name\":\"success\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"event\",\"name\":\"AigcData\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"},{\"name\":\"prompt\",\"type\":\"bytes\",\"indexed\":true,\"internalType\":\"bytes\"},{\"name\":\"aigcData\",\"type\":\"bytes\",\"indexed\":true,\"internalType\":\"bytes\"},{\"name\":\"proof\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Approval\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"approved\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ApprovalForAll\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"approved\",\"type\":\"bool\",\"indexed\":false,\"internalType\":\"bool\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"BatchMetadataUpdate\",\"inputs\":[{\"name\":\"_fromTokenId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"_toTokenId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"BeaconArmed\",\"inputs\":[{\"name\":\"number\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"BeaconSigned\",\"inputs\":[{\"name\":\"round\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"signature\",\"type\":\"bytes\",\"indexed\":false,\"internalType\":\"bytes\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ContractURIUpdated\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"MetadataUpdate\",\"inputs\":[{\"name\":\"_tokenId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Opened\",\"inputs\":[{\"name\":\"number\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"entropy\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"},{\"name\":\"beacon\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OwnershipTransferred\",\"inputs\":[{\"name\":\"previousOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"newOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"TemplateScheduled\",\"inputs\":[{\"name\":\"template\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"from\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"TemplateSet\",\"inputs\":[{\"name\":\"template\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Transfer\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AlreadyOpen\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"AlreadyProven\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC2981InvalidDefaultRoyalty\",\"inputs\":[{\"name\":\"numerator\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"denominator\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC2981InvalidDefaultRoyaltyReceiver\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC2981InvalidTokenRoyalty\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"numerator\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"denominator\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC2981InvalidTokenRoyaltyReceiver\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC721IncorrectOwner\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC721InsufficientApproval\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC721InvalidApprover\",\"inputs\":[{\"name\":\"approver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC721InvalidOperator\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC721InvalidOwner\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC721InvalidReceiver\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC721InvalidSender\",\"inputs\":[{\"name\":\"sender\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC721NonexistentToken\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidAigcData\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidBeacon\",\"inputs\":[{\"name\":\"beacon\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"InvalidCommitment\",\"inputs\":[{\"name\":\"commitment\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidDrop\",\"inputs\":[{\"name\":\"firstId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"supply\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"beaconDelay\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidTokenId\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidVerifier\",\"inputs\":[{\"name\":\"verifier\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotOpen\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OtherBeacon\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OwnableInvalidOwner\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"OwnableUnauthorizedAccount\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"RecipientNotProven\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"TemplateAlreadySet\",\"inputs\":[{\"name\":\"template\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TemplateFixed\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TemplateNotInForce\",\"inputs\":[{\"name\":\"from\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TemplateNotSet\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooEarly\",\"inputs\":[{\"name\":\"beaconBlock\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TooLittleGas\",\"inputs\":[{\"name\":\"gasLeft\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"Unchanged\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"digest\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]},{\"type\":\"error\",\"name\":\"Unproven\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "GenproofDrop",
}

// GenproofDrop is an auto generated Go binding around an Ethereum contract.
type GenproofDrop struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *GenproofDrop) GetABI() abi.ABI {
	return c.abi
}

// NewGenproofDrop creates a new instance of GenproofDrop.
func NewGenproofDrop() *GenproofDrop {
	parsed, err := GenproofDropMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &GenproofDrop{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *GenproofDrop) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor((string,string,uint64,uint64,address,uint256[4],address,uint32,uint32,address,uint96) drop, address owner) returns()
func (genproofDrop *GenproofDrop) PackConstructor(drop Drop, owner common.Address) []byte {
	enc, err := genproofDrop.abi.Pack("", drop, owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAddAigcData is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaea30507.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function addAigcData(uint256 tokenId, bytes prompt, bytes aigcData, bytes proof) returns()
func (genproofDrop *GenproofDrop) PackAddAigcData(tokenId *big.Int, prompt []byte, aigcData []byte, proof []byte) []byte {
	enc, err := genproofDrop.abi.Pack("addAigcData", tokenId, prompt, aigcData, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAddAigcData is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xaea30507.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function addAigcData(uint256 tokenId, bytes prompt, bytes aigcData, bytes proof) returns()
func (genproofDrop *GenproofDrop) TryPackAddAigcData(tokenId *big.Int, prompt []byte, aigcData []byte, proof []byte) ([]byte, error) {
	return genproofDrop.abi.Pack("addAigcData", tokenId, prompt, aigcData, proof)
}

// PackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x095ea7b3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function approve(address to, uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) PackApprove(to common.Address, tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("approve", to, tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x095ea7b3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function approve(address to, uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) TryPackApprove(to common.Address, tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("approve", to, tokenId)
}

// PackBalanceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70a08231.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function balanceOf(address owner) view returns(uint256)
func (genproofDrop *GenproofDrop) PackBalanceOf(owner common.Address) []byte {
	enc, err := genproofDrop.abi.Pack("balanceOf", owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBalanceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70a08231.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function balanceOf(address owner) view returns(uint256)
func (genproofDrop *GenproofDrop) TryPackBalanceOf(owner common.Address) ([]byte, error) {
	return genproofDrop.abi.Pack("balanceOf", owner)
}

// UnpackBalanceOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x70a08231.
//
// Solidity: function balanceOf(address owner) view returns(uint256)
func (genproofDrop *GenproofDrop) UnpackBalanceOf(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("balanceOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackBeacon is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x59659e90.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function beacon() view returns(uint256)
func (genproofDrop *GenproofDrop) PackBeacon() []byte {
	enc, err := genproofDrop.abi.Pack("beacon")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBeacon is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x59659e90.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function beacon() view returns(uint256)
func (genproofDrop *GenproofDrop) TryPackBeacon() ([]byte, error) {
	return genproofDrop.abi.Pack("beacon")
}

// UnpackBeacon is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x59659e90.
//
// Solidity: function beacon() view returns(uint256)
func (genproofDrop *GenproofDrop) UnpackBeacon(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("beacon", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackBeaconBlock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xebcab27e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function beaconBlock() view returns(uint256)
func (genproofDrop *GenproofDrop) PackBeaconBlock() []byte {
	enc, err := genproofDrop.abi.Pack("beaconBlock")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBeaconBlock is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xebcab27e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function beaconBlock() view returns(uint256)
func (genproofDrop *GenproofDrop) TryPackBeaconBlock() ([]byte, error) {
	return genproofDrop.abi.Pack("beaconBlock")
}

// UnpackBeaconBlock is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xebcab27e.
//
// Solidity: function beaconBlock() view returns(uint256)
func (genproofDrop *GenproofDrop) UnpackBeaconBlock(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("beaconBlock", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackBeaconRound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x922d9398.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function beaconRound() view returns(uint64)
func (genproofDrop *GenproofDrop) PackBeaconRound() []byte {
	enc, err := genproofDrop.abi.Pack("beaconRound")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBeaconRound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x922d9398.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function beaconRound() view returns(uint64)
func (genproofDrop *GenproofDrop) TryPackBeaconRound() ([]byte, error) {
	return genproofDrop.abi.Pack("beaconRound")
}

// UnpackBeaconRound is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x922d9398.
//
// Solidity: function beaconRound() view returns(uint64)
func (genproofDrop *GenproofDrop) UnpackBeaconRound(data []byte) (uint64, error) {
	out, err := genproofDrop.abi.Unpack("beaconRound", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackBeaconSource is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7f9ac34c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function beaconSource() view returns(address)
func (genproofDrop *GenproofDrop) PackBeaconSource() []byte {
	enc, err := genproofDrop.abi.Pack("beaconSource")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBeaconSource is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7f9ac34c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function beaconSource() view returns(address)
func (genproofDrop *GenproofDrop) TryPackBeaconSource() ([]byte, error) {
	return genproofDrop.abi.Pack("beaconSource")
}

// UnpackBeaconSource is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7f9ac34c.
//
// Solidity: function beaconSource() view returns(address)
func (genproofDrop *GenproofDrop) UnpackBeaconSource(data []byte) (common.Address, error) {
	out, err := genproofDrop.abi.Unpack("beaconSource", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackBoundCode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x35f9d26f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function boundCode() view returns(bytes)
func (genproofDrop *GenproofDrop) PackBoundCode() []byte {
	enc, err := genproofDrop.abi.Pack("boundCode")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBoundCode is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x35f9d26f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function boundCode() view returns(bytes)
func (genproofDrop *GenproofDrop) TryPackBoundCode() ([]byte, error) {
	return genproofDrop.abi.Pack("boundCode")
}

// UnpackBoundCode is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x35f9d26f.
//
// Solidity: function boundCode() view returns(bytes)
func (genproofDrop *GenproofDrop) UnpackBoundCode(data []byte) ([]byte, error) {
	out, err := genproofDrop.abi.Unpack("boundCode", data)
	if err != nil {
		return *new([]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([]byte)).(*[]byte)
	return out0, nil
}

// PackBurn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42966c68.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function burn(uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) PackBurn(tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("burn", tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBurn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42966c68.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function burn(uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) TryPackBurn(tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("burn", tokenId)
}

// PackCommitments is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd28d5bda.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function commitments() view returns(uint256[5])
func (genproofDrop *GenproofDrop) PackCommitments() []byte {
	enc, err := genproofDrop.abi.Pack("commitments")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCommitments is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd28d5bda.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function commitments() view returns(uint256[5])
func (genproofDrop *GenproofDrop) TryPackCommitments() ([]byte, error) {
	return genproofDrop.abi.Pack("commitments")
}

// UnpackCommitments is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd28d5bda.
//
// Solidity: function commitments() view returns(uint256[5])
func (genproofDrop *GenproofDrop) UnpackCommitments(data []byte) ([5]*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("commitments", data)
	if err != nil {
		return *new([5]*big.Int), err
	}
	out0 := *abi.ConvertType(out[0], new([5]*big.Int)).(*[5]*big.Int)
	return out0, nil
}

// PackContractURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe8a3d485.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function contractURI() view returns(string)
func (genproofDrop *GenproofDrop) PackContractURI() []byte {
	enc, err := genproofDrop.abi.Pack("contractURI")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackContractURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe8a3d485.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function contractURI() view returns(string)
func (genproofDrop *GenproofDrop) TryPackContractURI() ([]byte, error) {
	return genproofDrop.abi.Pack("contractURI")
}

// UnpackContractURI is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe8a3d485.
//
// Solidity: function contractURI() view returns(string)
func (genproofDrop *GenproofDrop) UnpackContractURI(data []byte) (string, error) {
	out, err := genproofDrop.abi.Unpack("contractURI", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackDigestOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56a63c49.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function digestOf(uint256 tokenId) view returns(bytes32)
func (genproofDrop *GenproofDrop) PackDigestOf(tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("digestOf", tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDigestOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x56a63c49.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function digestOf(uint256 tokenId) view returns(bytes32)
func (genproofDrop *GenproofDrop) TryPackDigestOf(tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("digestOf", tokenId)
}

// UnpackDigestOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x56a63c49.
//
// Solidity: function digestOf(uint256 tokenId) view returns(bytes32)
func (genproofDrop *GenproofDrop) UnpackDigestOf(data []byte) ([32]byte, error) {
	out, err := genproofDrop.abi.Unpack("digestOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackEntropy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47ce07cc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function entropy() view returns(bytes32)
func (genproofDrop *GenproofDrop) PackEntropy() []byte {
	enc, err := genproofDrop.abi.Pack("entropy")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEntropy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x47ce07cc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function entropy() view returns(bytes32)
func (genproofDrop *GenproofDrop) TryPackEntropy() ([]byte, error) {
	return genproofDrop.abi.Pack("entropy")
}

// UnpackEntropy is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x47ce07cc.
//
// Solidity: function entropy() view returns(bytes32)
func (genproofDrop *GenproofDrop) UnpackEntropy(data []byte) ([32]byte, error) {
	out, err := genproofDrop.abi.Unpack("entropy", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackFirstId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x401576a2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function firstId() view returns(uint256)
func (genproofDrop *GenproofDrop) PackFirstId() []byte {
	enc, err := genproofDrop.abi.Pack("firstId")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFirstId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x401576a2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function firstId() view returns(uint256)
func (genproofDrop *GenproofDrop) TryPackFirstId() ([]byte, error) {
	return genproofDrop.abi.Pack("firstId")
}

// UnpackFirstId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x401576a2.
//
// Solidity: function firstId() view returns(uint256)
func (genproofDrop *GenproofDrop) UnpackFirstId(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("firstId", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackGetApproved is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x081812fc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getApproved(uint256 tokenId) view returns(address)
func (genproofDrop *GenproofDrop) PackGetApproved(tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("getApproved", tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetApproved is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x081812fc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getApproved(uint256 tokenId) view returns(address)
func (genproofDrop *GenproofDrop) TryPackGetApproved(tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("getApproved", tokenId)
}

// UnpackGetApproved is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x081812fc.
//
// Solidity: function getApproved(uint256 tokenId) view returns(address)
func (genproofDrop *GenproofDrop) UnpackGetApproved(data []byte) (common.Address, error) {
	out, err := genproofDrop.abi.Unpack("getApproved", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackIsApprovedForAll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe985e9c5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isApprovedForAll(address owner, address operator) view returns(bool)
func (genproofDrop *GenproofDrop) PackIsApprovedForAll(owner common.Address, operator common.Address) []byte {
	enc, err := genproofDrop.abi.Pack("isApprovedForAll", owner, operator)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsApprovedForAll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe985e9c5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isApprovedForAll(address owner, address operator) view returns(bool)
func (genproofDrop *GenproofDrop) TryPackIsApprovedForAll(owner common.Address, operator common.Address) ([]byte, error) {
	return genproofDrop.abi.Pack("isApprovedForAll", owner, operator)
}

// UnpackIsApprovedForAll is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe985e9c5.
//
// Solidity: function isApprovedForAll(address owner, address operator) view returns(bool)
func (genproofDrop *GenproofDrop) UnpackIsApprovedForAll(data []byte) (bool, error) {
	out, err := genproofDrop.abi.Unpack("isApprovedForAll", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackMint is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ca1dd3a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mint(address to, uint256 tokenId, bytes32 digest, bool bound, bytes proof) returns()
func (genproofDrop *GenproofDrop) PackMint(to common.Address, tokenId *big.Int, digest [32]byte, bound bool, proof []byte) []byte {
	enc, err := genproofDrop.abi.Pack("mint", to, tokenId, digest, bound, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMint is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ca1dd3a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mint(address to, uint256 tokenId, bytes32 digest, bool bound, bytes proof) returns()
func (genproofDrop *GenproofDrop) TryPackMint(to common.Address, tokenId *big.Int, digest [32]byte, bound bool, proof []byte) ([]byte, error) {
	return genproofDrop.abi.Pack("mint", to, tokenId, digest, bound, proof)
}

// PackMintBatch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x74c839f7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mintBatch((address,uint256,bytes32,bool)[] mints, bytes proofs) returns()
func (genproofDrop *GenproofDrop) PackMintBatch(mints []Mint, proofs []byte) []byte {
	enc, err := genproofDrop.abi.Pack("mintBatch", mints, proofs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMintBatch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x74c839f7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mintBatch((address,uint256,bytes32,bool)[] mints, bytes proofs) returns()
func (genproofDrop *GenproofDrop) TryPackMintBatch(mints []Mint, proofs []byte) ([]byte, error) {
	return genproofDrop.abi.Pack("mintBatch", mints, proofs)
}

// PackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function name() view returns(string)
func (genproofDrop *GenproofDrop) PackName() []byte {
	enc, err := genproofDrop.abi.Pack("name")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function name() view returns(string)
func (genproofDrop *GenproofDrop) TryPackName() ([]byte, error) {
	return genproofDrop.abi.Pack("name")
}

// UnpackName is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06fdde03.
//
// Solidity: function name() view returns(string)
func (genproofDrop *GenproofDrop) UnpackName(data []byte) (string, error) {
	out, err := genproofDrop.abi.Unpack("name", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackNextTemplate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6c2f70fd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nextTemplate() view returns(uint256 template, uint256 from)
func (genproofDrop *GenproofDrop) PackNextTemplate() []byte {
	enc, err := genproofDrop.abi.Pack("nextTemplate")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNextTemplate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6c2f70fd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nextTemplate() view returns(uint256 template, uint256 from)
func (genproofDrop *GenproofDrop) TryPackNextTemplate() ([]byte, error) {
	return genproofDrop.abi.Pack("nextTemplate")
}

// NextTemplateOutput serves as a container for the return parameters of contract
// method NextTemplate.
type NextTemplateOutput struct {
	Template *big.Int
	From     *big.Int
}

// UnpackNextTemplate is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6c2f70fd.
//
// Solidity: function nextTemplate() view returns(uint256 template, uint256 from)
func (genproofDrop *GenproofDrop) UnpackNextTemplate(data []byte) (NextTemplateOutput, error) {
	out, err := genproofDrop.abi.Unpack("nextTemplate", data)
	outstruct := new(NextTemplateOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Template = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.From = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackOpen is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfcfff16f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function open() returns(uint256 value)
func (genproofDrop *GenproofDrop) PackOpen() []byte {
	enc, err := genproofDrop.abi.Pack("open")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOpen is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfcfff16f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function open() returns(uint256 value)
func (genproofDrop *GenproofDrop) TryPackOpen() ([]byte, error) {
	return genproofDrop.abi.Pack("open")
}

// UnpackOpen is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfcfff16f.
//
// Solidity: function open() returns(uint256 value)
func (genproofDrop *GenproofDrop) UnpackOpen(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("open", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackOpenSigned is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd46f8cc7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function openSigned(bytes signature) returns(uint256 value)
func (genproofDrop *GenproofDrop) PackOpenSigned(signature []byte) []byte {
	enc, err := genproofDrop.abi.Pack("openSigned", signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOpenSigned is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd46f8cc7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function openSigned(bytes signature) returns(uint256 value)
func (genproofDrop *GenproofDrop) TryPackOpenSigned(signature []byte) ([]byte, error) {
	return genproofDrop.abi.Pack("openSigned", signature)
}

// UnpackOpenSigned is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd46f8cc7.
//
// Solidity: function openSigned(bytes signature) returns(uint256 value)
func (genproofDrop *GenproofDrop) UnpackOpenSigned(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("openSigned", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (genproofDrop *GenproofDrop) PackOwner() []byte {
	enc, err := genproofDrop.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (genproofDrop *GenproofDrop) TryPackOwner() ([]byte, error) {
	return genproofDrop.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (genproofDrop *GenproofDrop) UnpackOwner(data []byte) (common.Address, error) {
	out, err := genproofDrop.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackOwnerOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6352211e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function ownerOf(uint256 tokenId) view returns(address)
func (genproofDrop *GenproofDrop) PackOwnerOf(tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("ownerOf", tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwnerOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6352211e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function ownerOf(uint256 tokenId) view returns(address)
func (genproofDrop *GenproofDrop) TryPackOwnerOf(tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("ownerOf", tokenId)
}

// UnpackOwnerOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6352211e.
//
// Solidity: function ownerOf(uint256 tokenId) view returns(address)
func (genproofDrop *GenproofDrop) UnpackOwnerOf(data []byte) (common.Address, error) {
	out, err := genproofDrop.abi.Unpack("ownerOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function renounceOwnership() returns()
func (genproofDrop *GenproofDrop) PackRenounceOwnership() []byte {
	enc, err := genproofDrop.abi.Pack("renounceOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function renounceOwnership() returns()
func (genproofDrop *GenproofDrop) TryPackRenounceOwnership() ([]byte, error) {
	return genproofDrop.abi.Pack("renounceOwnership")
}

// PackRoyaltyInfo is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2a55205a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function royaltyInfo(uint256 tokenId, uint256 salePrice) view returns(address receiver, uint256 amount)
func (genproofDrop *GenproofDrop) PackRoyaltyInfo(tokenId *big.Int, salePrice *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("royaltyInfo", tokenId, salePrice)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRoyaltyInfo is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2a55205a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function royaltyInfo(uint256 tokenId, uint256 salePrice) view returns(address receiver, uint256 amount)
func (genproofDrop *GenproofDrop) TryPackRoyaltyInfo(tokenId *big.Int, salePrice *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("royaltyInfo", tokenId, salePrice)
}

// RoyaltyInfoOutput serves as a container for the return parameters of contract
// method RoyaltyInfo.
type RoyaltyInfoOutput struct {
	Receiver common.Address
	Amount   *big.Int
}

// UnpackRoyaltyInfo is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2a55205a.
//
// Solidity: function royaltyInfo(uint256 tokenId, uint256 salePrice) view returns(address receiver, uint256 amount)
func (genproofDrop *GenproofDrop) UnpackRoyaltyInfo(data []byte) (RoyaltyInfoOutput, error) {
	out, err := genproofDrop.abi.Unpack("royaltyInfo", data)
	outstruct := new(RoyaltyInfoOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Receiver = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.Amount = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	return *outstruct, nil
}

// PackSafeTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42842e0e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) PackSafeTransferFrom(from common.Address, to common.Address, tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("safeTransferFrom", from, to, tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSafeTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42842e0e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) TryPackSafeTransferFrom(from common.Address, to common.Address, tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("safeTransferFrom", from, to, tokenId)
}

// PackSafeTransferFrom0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb88d4fde.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId, bytes data) returns()
func (genproofDrop *GenproofDrop) PackSafeTransferFrom0(from common.Address, to common.Address, tokenId *big.Int, data []byte) []byte {
	enc, err := genproofDrop.abi.Pack("safeTransferFrom0", from, to, tokenId, data)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSafeTransferFrom0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb88d4fde.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId, bytes data) returns()
func (genproofDrop *GenproofDrop) TryPackSafeTransferFrom0(from common.Address, to common.Address, tokenId *big.Int, data []byte) ([]byte, error) {
	return genproofDrop.abi.Pack("safeTransferFrom0", from, to, tokenId, data)
}

// PackScheduleTemplate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5a2dbbe4.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function scheduleTemplate(uint256 template) returns()
func (genproofDrop *GenproofDrop) PackScheduleTemplate(template *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("scheduleTemplate", template)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackScheduleTemplate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5a2dbbe4.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function scheduleTemplate(uint256 template) returns()
func (genproofDrop *GenproofDrop) TryPackScheduleTemplate(template *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("scheduleTemplate", template)
}

// PackSetApprovalForAll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa22cb465.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setApprovalForAll(address operator, bool approved) returns()
func (genproofDrop *GenproofDrop) PackSetApprovalForAll(operator common.Address, approved bool) []byte {
	enc, err := genproofDrop.abi.Pack("setApprovalForAll", operator, approved)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetApprovalForAll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa22cb465.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setApprovalForAll(address operator, bool approved) returns()
func (genproofDrop *GenproofDrop) TryPackSetApprovalForAll(operator common.Address, approved bool) ([]byte, error) {
	return genproofDrop.abi.Pack("setApprovalForAll", operator, approved)
}

// PackSetContractURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x938e3d7b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setContractURI(string uri) returns()
func (genproofDrop *GenproofDrop) PackSetContractURI(uri string) []byte {
	enc, err := genproofDrop.abi.Pack("setContractURI", uri)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetContractURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x938e3d7b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setContractURI(string uri) returns()
func (genproofDrop *GenproofDrop) TryPackSetContractURI(uri string) ([]byte, error) {
	return genproofDrop.abi.Pack("setContractURI", uri)
}

// PackSetTemplate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5fc1188d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setTemplate(uint256 template) returns()
func (genproofDrop *GenproofDrop) PackSetTemplate(template *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("setTemplate", template)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetTemplate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5fc1188d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setTemplate(uint256 template) returns()
func (genproofDrop *GenproofDrop) TryPackSetTemplate(template *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("setTemplate", template)
}

// PackStatement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0cabc997.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function statement(address recipient, uint256 tokenId, bytes32 digest) view returns(uint256[9] inputs)
func (genproofDrop *GenproofDrop) PackStatement(recipient common.Address, tokenId *big.Int, digest [32]byte) []byte {
	enc, err := genproofDrop.abi.Pack("statement", recipient, tokenId, digest)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStatement is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0cabc997.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function statement(address recipient, uint256 tokenId, bytes32 digest) view returns(uint256[9] inputs)
func (genproofDrop *GenproofDrop) TryPackStatement(recipient common.Address, tokenId *big.Int, digest [32]byte) ([]byte, error) {
	return genproofDrop.abi.Pack("statement", recipient, tokenId, digest)
}

// UnpackStatement is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x0cabc997.
//
// Solidity: function statement(address recipient, uint256 tokenId, bytes32 digest) view returns(uint256[9] inputs)
func (genproofDrop *GenproofDrop) UnpackStatement(data []byte) ([9]*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("statement", data)
	if err != nil {
		return *new([9]*big.Int), err
	}
	out0 := *abi.ConvertType(out[0], new([9]*big.Int)).(*[9]*big.Int)
	return out0, nil
}

// PackSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x047fc9aa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function supply() view returns(uint256)
func (genproofDrop *GenproofDrop) PackSupply() []byte {
	enc, err := genproofDrop.abi.Pack("supply")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x047fc9aa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function supply() view returns(uint256)
func (genproofDrop *GenproofDrop) TryPackSupply() ([]byte, error) {
	return genproofDrop.abi.Pack("supply")
}

// UnpackSupply is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x047fc9aa.
//
// Solidity: function supply() view returns(uint256)
func (genproofDrop *GenproofDrop) UnpackSupply(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("supply", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function supportsInterface(bytes4 id) view returns(bool)
func (genproofDrop *GenproofDrop) PackSupportsInterface(id [4]byte) []byte {
	enc, err := genproofDrop.abi.Pack("supportsInterface", id)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function supportsInterface(bytes4 id) view returns(bool)
func (genproofDrop *GenproofDrop) TryPackSupportsInterface(id [4]byte) ([]byte, error) {
	return genproofDrop.abi.Pack("supportsInterface", id)
}

// UnpackSupportsInterface is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x01ffc9a7.
//
// Solidity: function supportsInterface(bytes4 id) view returns(bool)
func (genproofDrop *GenproofDrop) UnpackSupportsInterface(data []byte) (bool, error) {
	out, err := genproofDrop.abi.Unpack("supportsInterface", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackSymbol is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95d89b41.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function symbol() view returns(string)
func (genproofDrop *GenproofDrop) PackSymbol() []byte {
	enc, err := genproofDrop.abi.Pack("symbol")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSymbol is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95d89b41.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function symbol() view returns(string)
func (genproofDrop *GenproofDrop) TryPackSymbol() ([]byte, error) {
	return genproofDrop.abi.Pack("symbol")
}

// UnpackSymbol is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95d89b41.
//
// Solidity: function symbol() view returns(string)
func (genproofDrop *GenproofDrop) UnpackSymbol(data []byte) (string, error) {
	out, err := genproofDrop.abi.Unpack("symbol", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackTokenURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc87b56dd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function tokenURI(uint256 tokenId) view returns(string)
func (genproofDrop *GenproofDrop) PackTokenURI(tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("tokenURI", tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTokenURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc87b56dd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function tokenURI(uint256 tokenId) view returns(string)
func (genproofDrop *GenproofDrop) TryPackTokenURI(tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("tokenURI", tokenId)
}

// UnpackTokenURI is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc87b56dd.
//
// Solidity: function tokenURI(uint256 tokenId) view returns(string)
func (genproofDrop *GenproofDrop) UnpackTokenURI(data []byte) (string, error) {
	out, err := genproofDrop.abi.Unpack("tokenURI", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18160ddd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalSupply() view returns(uint256)
func (genproofDrop *GenproofDrop) PackTotalSupply() []byte {
	enc, err := genproofDrop.abi.Pack("totalSupply")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18160ddd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalSupply() view returns(uint256)
func (genproofDrop *GenproofDrop) TryPackTotalSupply() ([]byte, error) {
	return genproofDrop.abi.Pack("totalSupply")
}

// UnpackTotalSupply is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x18160ddd.
//
// Solidity: function totalSupply() view returns(uint256)
func (genproofDrop *GenproofDrop) UnpackTotalSupply(data []byte) (*big.Int, error) {
	out, err := genproofDrop.abi.Unpack("totalSupply", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x23b872dd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferFrom(address from, address to, uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) PackTransferFrom(from common.Address, to common.Address, tokenId *big.Int) []byte {
	enc, err := genproofDrop.abi.Pack("transferFrom", from, to, tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x23b872dd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferFrom(address from, address to, uint256 tokenId) returns()
func (genproofDrop *GenproofDrop) TryPackTransferFrom(from common.Address, to common.Address, tokenId *big.Int) ([]byte, error) {
	return genproofDrop.abi.Pack("transferFrom", from, to, tokenId)
}

// PackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (genproofDrop *GenproofDrop) PackTransferOwnership(newOwner common.Address) []byte {
	enc, err := genproofDrop.abi.Pack("transferOwnership", newOwner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (genproofDrop *GenproofDrop) TryPackTransferOwnership(newOwner common.Address) ([]byte, error) {
	return genproofDrop.abi.Pack("transferOwnership", newOwner)
}

// PackUpdateMetadata is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f04aac2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function updateMetadata(uint256 tokenId, bytes32 digest, bool bound, bytes proof) returns()
func (genproofDrop *GenproofDrop) PackUpdateMetadata(tokenId *big.Int, digest [32]byte, bound bool, proof []byte) []byte {
	enc, err := genproofDrop.abi.Pack("updateMetadata", tokenId, digest, bound, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUpdateMetadata is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f04aac2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function updateMetadata(uint256 tokenId, bytes32 digest, bool bound, bytes proof) returns()
func (genproofDrop *GenproofDrop) TryPackUpdateMetadata(tokenId *big.Int, digest [32]byte, bound bool, proof []byte) ([]byte, error) {
	return genproofDrop.abi.Pack("updateMetadata", tokenId, digest, bound, proof)
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (genproofDrop *GenproofDrop) PackVerifier() []byte {
	enc, err := genproofDrop.abi.Pack("verifier")
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
func (genproofDrop *GenproofDrop) TryPackVerifier() ([]byte, error) {
	return genproofDrop.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (genproofDrop *GenproofDrop) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := genproofDrop.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xde8f50a1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verify(bytes prompt, bytes aigcData, bytes proof) view returns(bool success)
func (genproofDrop *GenproofDrop) PackVerify(prompt []byte, aigcData []byte, proof []byte) []byte {
	enc, err := genproofDrop.abi.Pack("verify", prompt, aigcData, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerify is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xde8f50a1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verify(bytes prompt, bytes aigcData, bytes proof) view returns(bool success)
func (genproofDrop *GenproofDrop) TryPackVerify(prompt []byte, aigcData []byte, proof []byte) ([]byte, error) {
	return genproofDrop.abi.Pack("verify", prompt, aigcData, proof)
}

// UnpackVerify is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xde8f50a1.
//
// Solidity: function verify(bytes prompt, bytes aigcData, bytes proof) view returns(bool success)
func (genproofDrop *GenproofDrop) UnpackVerify(data []byte) (bool, error) {
	out, err := genproofDrop.abi.Unpack("verify", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// GenproofDropAigcData represents a AigcData event raised by the GenproofDrop contract.
type GenproofDropAigcData struct {
	TokenId  *big.Int
	Prompt   common.Hash
	AigcData common.Hash
	Proof    []byte
	Raw      *types.Log // Blockchain specific contextual infos
}

const GenproofDropAigcDataEventName = "AigcData"

// ContractEventName returns the user-defined event name.
func (GenproofDropAigcData) ContractEventName() string {
	return GenproofDropAigcDataEventName
}

// UnpackAigcDataEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event AigcData(uint256 indexed tokenId, bytes indexed prompt, bytes indexed aigcData, bytes proof)
func (genproofDrop *GenproofDrop) UnpackAigcDataEvent(log *types.Log) (*GenproofDropAigcData, error) {
	event := "AigcData"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropAigcData)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropApproval represents a Approval event raised by the GenproofDrop contract.
type GenproofDropApproval struct {
	Owner    common.Address
	Approved common.Address
	TokenId  *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const GenproofDropApprovalEventName = "Approval"

// ContractEventName returns the user-defined event name.
func (GenproofDropApproval) ContractEventName() string {
	return GenproofDropApprovalEventName
}

// UnpackApprovalEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId)
func (genproofDrop *GenproofDrop) UnpackApprovalEvent(log *types.Log) (*GenproofDropApproval, error) {
	event := "Approval"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropApproval)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropApprovalForAll represents a ApprovalForAll event raised by the GenproofDrop contract.
type GenproofDropApprovalForAll struct {
	Owner    common.Address
	Operator common.Address
	Approved bool
	Raw      *types.Log // Blockchain specific contextual infos
}

const GenproofDropApprovalForAllEventName = "ApprovalForAll"

// ContractEventName returns the user-defined event name.
func (GenproofDropApprovalForAll) ContractEventName() string {
	return GenproofDropApprovalForAllEventName
}

// UnpackApprovalForAllEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ApprovalForAll(address indexed owner, address indexed operator, bool approved)
func (genproofDrop *GenproofDrop) UnpackApprovalForAllEvent(log *types.Log) (*GenproofDropApprovalForAll, error) {
	event := "ApprovalForAll"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropApprovalForAll)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropBatchMetadataUpdate represents a BatchMetadataUpdate event raised by the GenproofDrop contract.
type GenproofDropBatchMetadataUpdate struct {
	FromTokenId *big.Int
	ToTokenId   *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const GenproofDropBatchMetadataUpdateEventName = "BatchMetadataUpdate"

// ContractEventName returns the user-defined event name.
func (GenproofDropBatchMetadataUpdate) ContractEventName() string {
	return GenproofDropBatchMetadataUpdateEventName
}

// UnpackBatchMetadataUpdateEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId)
func (genproofDrop *GenproofDrop) UnpackBatchMetadataUpdateEvent(log *types.Log) (*GenproofDropBatchMetadataUpdate, error) {
	event := "BatchMetadataUpdate"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropBatchMetadataUpdate)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropBeaconArmed represents a BeaconArmed event raised by the GenproofDrop contract.
type GenproofDropBeaconArmed struct {
	Number *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const GenproofDropBeaconArmedEventName = "BeaconArmed"

// ContractEventName returns the user-defined event name.
func (GenproofDropBeaconArmed) ContractEventName() string {
	return GenproofDropBeaconArmedEventName
}

// UnpackBeaconArmedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BeaconArmed(uint256 number)
func (genproofDrop *GenproofDrop) UnpackBeaconArmedEvent(log *types.Log) (*GenproofDropBeaconArmed, error) {
	event := "BeaconArmed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropBeaconArmed)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropBeaconSigned represents a BeaconSigned event raised by the GenproofDrop contract.
type GenproofDropBeaconSigned struct {
	Round     uint64
	Signature []byte
	Raw       *types.Log // Blockchain specific contextual infos
}

const GenproofDropBeaconSignedEventName = "BeaconSigned"

// ContractEventName returns the user-defined event name.
func (GenproofDropBeaconSigned) ContractEventName() string {
	return GenproofDropBeaconSignedEventName
}

// UnpackBeaconSignedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BeaconSigned(uint64 round, bytes signature)
func (genproofDrop *GenproofDrop) UnpackBeaconSignedEvent(log *types.Log) (*GenproofDropBeaconSigned, error) {
	event := "BeaconSigned"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropBeaconSigned)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropContractURIUpdated represents a ContractURIUpdated event raised by the GenproofDrop contract.
type GenproofDropContractURIUpdated struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const GenproofDropContractURIUpdatedEventName = "ContractURIUpdated"

// ContractEventName returns the user-defined event name.
func (GenproofDropContractURIUpdated) ContractEventName() string {
	return GenproofDropContractURIUpdatedEventName
}

// UnpackContractURIUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ContractURIUpdated()
func (genproofDrop *GenproofDrop) UnpackContractURIUpdatedEvent(log *types.Log) (*GenproofDropContractURIUpdated, error) {
	event := "ContractURIUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropContractURIUpdated)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropMetadataUpdate represents a MetadataUpdate event raised by the GenproofDrop contract.
type GenproofDropMetadataUpdate struct {
	TokenId *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const GenproofDropMetadataUpdateEventName = "MetadataUpdate"

// ContractEventName returns the user-defined event name.
func (GenproofDropMetadataUpdate) ContractEventName() string {
	return GenproofDropMetadataUpdateEventName
}

// UnpackMetadataUpdateEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event MetadataUpdate(uint256 _tokenId)
func (genproofDrop *GenproofDrop) UnpackMetadataUpdateEvent(log *types.Log) (*GenproofDropMetadataUpdate, error) {
	event := "MetadataUpdate"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropMetadataUpdate)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropOpened represents a Opened event raised by the GenproofDrop contract.
type GenproofDropOpened struct {
	Number  *big.Int
	Entropy [32]byte
	Beacon  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const GenproofDropOpenedEventName = "Opened"

// ContractEventName returns the user-defined event name.
func (GenproofDropOpened) ContractEventName() string {
	return GenproofDropOpenedEventName
}

// UnpackOpenedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Opened(uint256 number, bytes32 entropy, uint256 beacon)
func (genproofDrop *GenproofDrop) UnpackOpenedEvent(log *types.Log) (*GenproofDropOpened, error) {
	event := "Opened"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropOpened)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropOwnershipTransferred represents a OwnershipTransferred event raised by the GenproofDrop contract.
type GenproofDropOwnershipTransferred struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const GenproofDropOwnershipTransferredEventName = "OwnershipTransferred"

// ContractEventName returns the user-defined event name.
func (GenproofDropOwnershipTransferred) ContractEventName() string {
	return GenproofDropOwnershipTransferredEventName
}

// UnpackOwnershipTransferredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)
func (genproofDrop *GenproofDrop) UnpackOwnershipTransferredEvent(log *types.Log) (*GenproofDropOwnershipTransferred, error) {
	event := "OwnershipTransferred"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropOwnershipTransferred)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropTemplateScheduled represents a TemplateScheduled event raised by the GenproofDrop contract.
type GenproofDropTemplateScheduled struct {
	Template *big.Int
	From     *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const GenproofDropTemplateScheduledEventName = "TemplateScheduled"

// ContractEventName returns the user-defined event name.
func (GenproofDropTemplateScheduled) ContractEventName() string {
	return GenproofDropTemplateScheduledEventName
}

// UnpackTemplateScheduledEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event TemplateScheduled(uint256 template, uint256 from)
func (genproofDrop *GenproofDrop) UnpackTemplateScheduledEvent(log *types.Log) (*GenproofDropTemplateScheduled, error) {
	event := "TemplateScheduled"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropTemplateScheduled)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropTemplateSet represents a TemplateSet event raised by the GenproofDrop contract.
type GenproofDropTemplateSet struct {
	Template *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const GenproofDropTemplateSetEventName = "TemplateSet"

// ContractEventName returns the user-defined event name.
func (GenproofDropTemplateSet) ContractEventName() string {
	return GenproofDropTemplateSetEventName
}

// UnpackTemplateSetEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event TemplateSet(uint256 template)
func (genproofDrop *GenproofDrop) UnpackTemplateSetEvent(log *types.Log) (*GenproofDropTemplateSet, error) {
	event := "TemplateSet"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropTemplateSet)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// GenproofDropTransfer represents a Transfer event raised by the GenproofDrop contract.
type GenproofDropTransfer struct {
	From    common.Address
	To      common.Address
	TokenId *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const GenproofDropTransferEventName = "Transfer"

// ContractEventName returns the user-defined event name.
func (GenproofDropTransfer) ContractEventName() string {
	return GenproofDropTransferEventName
}

// UnpackTransferEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)
func (genproofDrop *GenproofDrop) UnpackTransferEvent(log *types.Log) (*GenproofDropTransfer, error) {
	event := "Transfer"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != genproofDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(GenproofDropTransfer)
	if len(log.Data) > 0 {
		if err := genproofDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range genproofDrop.abi.Events[event].Inputs {
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

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (genproofDrop *GenproofDrop) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["AlreadyOpen"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackAlreadyOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["AlreadyProven"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackAlreadyProvenError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC2981InvalidDefaultRoyalty"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC2981InvalidDefaultRoyaltyError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC2981InvalidDefaultRoyaltyReceiver"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC2981InvalidDefaultRoyaltyReceiverError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC2981InvalidTokenRoyalty"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC2981InvalidTokenRoyaltyError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC2981InvalidTokenRoyaltyReceiver"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC2981InvalidTokenRoyaltyReceiverError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721IncorrectOwner"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721IncorrectOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721InsufficientApproval"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721InsufficientApprovalError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721InvalidApprover"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721InvalidApproverError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721InvalidOperator"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721InvalidOperatorError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721InvalidOwner"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721InvalidOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721InvalidReceiver"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721InvalidReceiverError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721InvalidSender"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721InvalidSenderError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["ERC721NonexistentToken"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackERC721NonexistentTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["InvalidAigcData"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackInvalidAigcDataError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["InvalidBeacon"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackInvalidBeaconError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["InvalidCommitment"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackInvalidCommitmentError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["InvalidDrop"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackInvalidDropError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["InvalidTokenId"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackInvalidTokenIdError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["InvalidVerifier"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackInvalidVerifierError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["NotOpen"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackNotOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["OtherBeacon"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackOtherBeaconError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["OwnableInvalidOwner"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackOwnableInvalidOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["OwnableUnauthorizedAccount"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackOwnableUnauthorizedAccountError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["RecipientNotProven"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackRecipientNotProvenError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["TemplateAlreadySet"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackTemplateAlreadySetError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["TemplateFixed"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackTemplateFixedError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["TemplateNotInForce"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackTemplateNotInForceError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["TemplateNotSet"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackTemplateNotSetError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["TooEarly"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["TooLittleGas"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackTooLittleGasError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["Unchanged"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackUnchangedError(raw[4:])
	}
	if bytes.Equal(raw[:4], genproofDrop.abi.Errors["Unproven"].ID.Bytes()[:4]) {
		return genproofDrop.UnpackUnprovenError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// GenproofDropAlreadyOpen represents a AlreadyOpen error raised by the GenproofDrop contract.
type GenproofDropAlreadyOpen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyOpen()
func GenproofDropAlreadyOpenErrorID() common.Hash {
	return common.HexToHash("0x965f8d9458b8ab0a423272d2f650c37547dab9482f9ccb60ee09da42bed12db9")
}

// UnpackAlreadyOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyOpen()
func (genproofDrop *GenproofDrop) UnpackAlreadyOpenError(raw []byte) (*GenproofDropAlreadyOpen, error) {
	out := new(GenproofDropAlreadyOpen)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "AlreadyOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropAlreadyProven represents a AlreadyProven error raised by the GenproofDrop contract.
type GenproofDropAlreadyProven struct {
	TokenId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyProven(uint256 tokenId)
func GenproofDropAlreadyProvenErrorID() common.Hash {
	return common.HexToHash("0x397a4271d89391839e76d2572b49529284eb9b2709d05a24c3c5d3617066eeb6")
}

// UnpackAlreadyProvenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyProven(uint256 tokenId)
func (genproofDrop *GenproofDrop) UnpackAlreadyProvenError(raw []byte) (*GenproofDropAlreadyProven, error) {
	out := new(GenproofDropAlreadyProven)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "AlreadyProven", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC2981InvalidDefaultRoyalty represents a ERC2981InvalidDefaultRoyalty error raised by the GenproofDrop contract.
type GenproofDropERC2981InvalidDefaultRoyalty struct {
	Numerator   *big.Int
	Denominator *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidDefaultRoyalty(uint256 numerator, uint256 denominator)
func GenproofDropERC2981InvalidDefaultRoyaltyErrorID() common.Hash {
	return common.HexToHash("0x6f483d09b3a1c4c035367ae09146a8a08a718cb6617416cc12a2457ab3d65514")
}

// UnpackERC2981InvalidDefaultRoyaltyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidDefaultRoyalty(uint256 numerator, uint256 denominator)
func (genproofDrop *GenproofDrop) UnpackERC2981InvalidDefaultRoyaltyError(raw []byte) (*GenproofDropERC2981InvalidDefaultRoyalty, error) {
	out := new(GenproofDropERC2981InvalidDefaultRoyalty)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidDefaultRoyalty", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC2981InvalidDefaultRoyaltyReceiver represents a ERC2981InvalidDefaultRoyaltyReceiver error raised by the GenproofDrop contract.
type GenproofDropERC2981InvalidDefaultRoyaltyReceiver struct {
	Receiver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidDefaultRoyaltyReceiver(address receiver)
func GenproofDropERC2981InvalidDefaultRoyaltyReceiverErrorID() common.Hash {
	return common.HexToHash("0xb6d9900a710828c2d05fe8061d6309d02a20eaa45cd00228c2c2dfbfa2b86fc3")
}

// UnpackERC2981InvalidDefaultRoyaltyReceiverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidDefaultRoyaltyReceiver(address receiver)
func (genproofDrop *GenproofDrop) UnpackERC2981InvalidDefaultRoyaltyReceiverError(raw []byte) (*GenproofDropERC2981InvalidDefaultRoyaltyReceiver, error) {
	out := new(GenproofDropERC2981InvalidDefaultRoyaltyReceiver)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidDefaultRoyaltyReceiver", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC2981InvalidTokenRoyalty represents a ERC2981InvalidTokenRoyalty error raised by the GenproofDrop contract.
type GenproofDropERC2981InvalidTokenRoyalty struct {
	TokenId     *big.Int
	Numerator   *big.Int
	Denominator *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidTokenRoyalty(uint256 tokenId, uint256 numerator, uint256 denominator)
func GenproofDropERC2981InvalidTokenRoyaltyErrorID() common.Hash {
	return common.HexToHash("0xdfd1fc1b5658265f0993b87b75dd02b2fdcb36b128879bccdcf260effa0856bf")
}

// UnpackERC2981InvalidTokenRoyaltyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidTokenRoyalty(uint256 tokenId, uint256 numerator, uint256 denominator)
func (genproofDrop *GenproofDrop) UnpackERC2981InvalidTokenRoyaltyError(raw []byte) (*GenproofDropERC2981InvalidTokenRoyalty, error) {
	out := new(GenproofDropERC2981InvalidTokenRoyalty)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidTokenRoyalty", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC2981InvalidTokenRoyaltyReceiver represents a ERC2981InvalidTokenRoyaltyReceiver error raised by the GenproofDrop contract.
type GenproofDropERC2981InvalidTokenRoyaltyReceiver struct {
	TokenId  *big.Int
	Receiver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidTokenRoyaltyReceiver(uint256 tokenId, address receiver)
func GenproofDropERC2981InvalidTokenRoyaltyReceiverErrorID() common.Hash {
	return common.HexToHash("0x969f0852135afead3ca9a1ff1e4fe485d35593f81a91d5dbe3a5737302cdbda8")
}

// UnpackERC2981InvalidTokenRoyaltyReceiverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidTokenRoyaltyReceiver(uint256 tokenId, address receiver)
func (genproofDrop *GenproofDrop) UnpackERC2981InvalidTokenRoyaltyReceiverError(raw []byte) (*GenproofDropERC2981InvalidTokenRoyaltyReceiver, error) {
	out := new(GenproofDropERC2981InvalidTokenRoyaltyReceiver)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidTokenRoyaltyReceiver", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721IncorrectOwner represents a ERC721IncorrectOwner error raised by the GenproofDrop contract.
type GenproofDropERC721IncorrectOwner struct {
	Sender  common.Address
	TokenId *big.Int
	Owner   common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)
func GenproofDropERC721IncorrectOwnerErrorID() common.Hash {
	return common.HexToHash("0x64283d7b313c8117c125f736876fa2b4e90ea3831a4716dfdb87d2f540e26289")
}

// UnpackERC721IncorrectOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)
func (genproofDrop *GenproofDrop) UnpackERC721IncorrectOwnerError(raw []byte) (*GenproofDropERC721IncorrectOwner, error) {
	out := new(GenproofDropERC721IncorrectOwner)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721IncorrectOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721InsufficientApproval represents a ERC721InsufficientApproval error raised by the GenproofDrop contract.
type GenproofDropERC721InsufficientApproval struct {
	Operator common.Address
	TokenId  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721InsufficientApproval(address operator, uint256 tokenId)
func GenproofDropERC721InsufficientApprovalErrorID() common.Hash {
	return common.HexToHash("0x177e802f6f313bc89797ecace66d6d29ab4719cbaaacbb87367264048b1eb861")
}

// UnpackERC721InsufficientApprovalError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721InsufficientApproval(address operator, uint256 tokenId)
func (genproofDrop *GenproofDrop) UnpackERC721InsufficientApprovalError(raw []byte) (*GenproofDropERC721InsufficientApproval, error) {
	out := new(GenproofDropERC721InsufficientApproval)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721InsufficientApproval", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721InvalidApprover represents a ERC721InvalidApprover error raised by the GenproofDrop contract.
type GenproofDropERC721InvalidApprover struct {
	Approver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721InvalidApprover(address approver)
func GenproofDropERC721InvalidApproverErrorID() common.Hash {
	return common.HexToHash("0xa9fbf51f86b8e03595d59dc726bb10c329bb24f62589be276d8dd193ca0b69ea")
}

// UnpackERC721InvalidApproverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721InvalidApprover(address approver)
func (genproofDrop *GenproofDrop) UnpackERC721InvalidApproverError(raw []byte) (*GenproofDropERC721InvalidApprover, error) {
	out := new(GenproofDropERC721InvalidApprover)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721InvalidApprover", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721InvalidOperator represents a ERC721InvalidOperator error raised by the GenproofDrop contract.
type GenproofDropERC721InvalidOperator struct {
	Operator common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721InvalidOperator(address operator)
func GenproofDropERC721InvalidOperatorErrorID() common.Hash {
	return common.HexToHash("0x5b08ba185e8f577075361f3a3555a6580a227ce22734dcc979c1aeadf894658b")
}

// UnpackERC721InvalidOperatorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721InvalidOperator(address operator)
func (genproofDrop *GenproofDrop) UnpackERC721InvalidOperatorError(raw []byte) (*GenproofDropERC721InvalidOperator, error) {
	out := new(GenproofDropERC721InvalidOperator)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721InvalidOperator", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721InvalidOwner represents a ERC721InvalidOwner error raised by the GenproofDrop contract.
type GenproofDropERC721InvalidOwner struct {
	Owner common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721InvalidOwner(address owner)
func GenproofDropERC721InvalidOwnerErrorID() common.Hash {
	return common.HexToHash("0x89c62b6479af2e623826dcc39c5133061d35b66d72de92833401dd2fd6567480")
}

// UnpackERC721InvalidOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721InvalidOwner(address owner)
func (genproofDrop *GenproofDrop) UnpackERC721InvalidOwnerError(raw []byte) (*GenproofDropERC721InvalidOwner, error) {
	out := new(GenproofDropERC721InvalidOwner)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721InvalidOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721InvalidReceiver represents a ERC721InvalidReceiver error raised by the GenproofDrop contract.
type GenproofDropERC721InvalidReceiver struct {
	Receiver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721InvalidReceiver(address receiver)
func GenproofDropERC721InvalidReceiverErrorID() common.Hash {
	return common.HexToHash("0x64a0ae9278f805eaf991dcd18ca78756d280b7508b764ef1b255c55845c11df9")
}

// UnpackERC721InvalidReceiverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721InvalidReceiver(address receiver)
func (genproofDrop *GenproofDrop) UnpackERC721InvalidReceiverError(raw []byte) (*GenproofDropERC721InvalidReceiver, error) {
	out := new(GenproofDropERC721InvalidReceiver)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721InvalidReceiver", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721InvalidSender represents a ERC721InvalidSender error raised by the GenproofDrop contract.
type GenproofDropERC721InvalidSender struct {
	Sender common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721InvalidSender(address sender)
func GenproofDropERC721InvalidSenderErrorID() common.Hash {
	return common.HexToHash("0x73c6ac6e10798e95d99e1f130d923eb40193ecb8d094ec3dce93292564eb3b17")
}

// UnpackERC721InvalidSenderError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721InvalidSender(address sender)
func (genproofDrop *GenproofDrop) UnpackERC721InvalidSenderError(raw []byte) (*GenproofDropERC721InvalidSender, error) {
	out := new(GenproofDropERC721InvalidSender)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721InvalidSender", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropERC721NonexistentToken represents a ERC721NonexistentToken error raised by the GenproofDrop contract.
type GenproofDropERC721NonexistentToken struct {
	TokenId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC721NonexistentToken(uint256 tokenId)
func GenproofDropERC721NonexistentTokenErrorID() common.Hash {
	return common.HexToHash("0x7e273289a3a9ef6670f06df7dca227856fc925e956db96980692764a8bc734d7")
}

// UnpackERC721NonexistentTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC721NonexistentToken(uint256 tokenId)
func (genproofDrop *GenproofDrop) UnpackERC721NonexistentTokenError(raw []byte) (*GenproofDropERC721NonexistentToken, error) {
	out := new(GenproofDropERC721NonexistentToken)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "ERC721NonexistentToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropInvalidAigcData represents a InvalidAigcData error raised by the GenproofDrop contract.
type GenproofDropInvalidAigcData struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidAigcData()
func GenproofDropInvalidAigcDataErrorID() common.Hash {
	return common.HexToHash("0xf67565024a1cb5a0b72fe8de9261fd27c0e5302c1b5695a7f018ea78ed51a67c")
}

// UnpackInvalidAigcDataError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidAigcData()
func (genproofDrop *GenproofDrop) UnpackInvalidAigcDataError(raw []byte) (*GenproofDropInvalidAigcData, error) {
	out := new(GenproofDropInvalidAigcData)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "InvalidAigcData", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropInvalidBeacon represents a InvalidBeacon error raised by the GenproofDrop contract.
type GenproofDropInvalidBeacon struct {
	Beacon common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidBeacon(address beacon)
func GenproofDropInvalidBeaconErrorID() common.Hash {
	return common.HexToHash("0x8ebc912fd38afc8355328ca5b83806a4e5c1a94e717c0300db38226ce8a20c94")
}

// UnpackInvalidBeaconError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidBeacon(address beacon)
func (genproofDrop *GenproofDrop) UnpackInvalidBeaconError(raw []byte) (*GenproofDropInvalidBeacon, error) {
	out := new(GenproofDropInvalidBeacon)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "InvalidBeacon", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropInvalidCommitment represents a InvalidCommitment error raised by the GenproofDrop contract.
type GenproofDropInvalidCommitment struct {
	Commitment *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidCommitment(uint256 commitment)
func GenproofDropInvalidCommitmentErrorID() common.Hash {
	return common.HexToHash("0x31e63ea011374494f0bfe2e57eb51561490156ea08a067bf2505a3008ba2da4f")
}

// UnpackInvalidCommitmentError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidCommitment(uint256 commitment)
func (genproofDrop *GenproofDrop) UnpackInvalidCommitmentError(raw []byte) (*GenproofDropInvalidCommitment, error) {
	out := new(GenproofDropInvalidCommitment)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "InvalidCommitment", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropInvalidDrop represents a InvalidDrop error raised by the GenproofDrop contract.
type GenproofDropInvalidDrop struct {
	FirstId     *big.Int
	Supply      *big.Int
	BeaconDelay *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidDrop(uint256 firstId, uint256 supply, uint256 beaconDelay)
func GenproofDropInvalidDropErrorID() common.Hash {
	return common.HexToHash("0xcfbb8a2fa3ecfb1f8c380389409b53f90dce66d7f23bf7e5aba2508343b99376")
}

// UnpackInvalidDropError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidDrop(uint256 firstId, uint256 supply, uint256 beaconDelay)
func (genproofDrop *GenproofDrop) UnpackInvalidDropError(raw []byte) (*GenproofDropInvalidDrop, error) {
	out := new(GenproofDropInvalidDrop)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "InvalidDrop", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropInvalidTokenId represents a InvalidTokenId error raised by the GenproofDrop contract.
type GenproofDropInvalidTokenId struct {
	TokenId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidTokenId(uint256 tokenId)
func GenproofDropInvalidTokenIdErrorID() common.Hash {
	return common.HexToHash("0xed15e6cf46a3fb42707d66be20883bf432411022cf2609950de1a6d5f8c0c28d")
}

// UnpackInvalidTokenIdError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidTokenId(uint256 tokenId)
func (genproofDrop *GenproofDrop) UnpackInvalidTokenIdError(raw []byte) (*GenproofDropInvalidTokenId, error) {
	out := new(GenproofDropInvalidTokenId)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "InvalidTokenId", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropInvalidVerifier represents a InvalidVerifier error raised by the GenproofDrop contract.
type GenproofDropInvalidVerifier struct {
	Verifier common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidVerifier(address verifier)
func GenproofDropInvalidVerifierErrorID() common.Hash {
	return common.HexToHash("0x44c6515e8433d6940652f7733e06b044dde89e0e95e427585f671ad8a2984ea7")
}

// UnpackInvalidVerifierError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidVerifier(address verifier)
func (genproofDrop *GenproofDrop) UnpackInvalidVerifierError(raw []byte) (*GenproofDropInvalidVerifier, error) {
	out := new(GenproofDropInvalidVerifier)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "InvalidVerifier", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropNotOpen represents a NotOpen error raised by the GenproofDrop contract.
type GenproofDropNotOpen struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOpen()
func GenproofDropNotOpenErrorID() common.Hash {
	return common.HexToHash("0xddafad98957e3330f4cfa14cb453d4f55c78b759d3c470492e4866db3bf3857e")
}

// UnpackNotOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOpen()
func (genproofDrop *GenproofDrop) UnpackNotOpenError(raw []byte) (*GenproofDropNotOpen, error) {
	out := new(GenproofDropNotOpen)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "NotOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropOtherBeacon represents a OtherBeacon error raised by the GenproofDrop contract.
type GenproofDropOtherBeacon struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OtherBeacon()
func GenproofDropOtherBeaconErrorID() common.Hash {
	return common.HexToHash("0xede5adcbfd7bc43ac7c3e80edae3da4299d80ac4b0d0b2d10649723ad2bc62b4")
}

// UnpackOtherBeaconError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OtherBeacon()
func (genproofDrop *GenproofDrop) UnpackOtherBeaconError(raw []byte) (*GenproofDropOtherBeacon, error) {
	out := new(GenproofDropOtherBeacon)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "OtherBeacon", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropOwnableInvalidOwner represents a OwnableInvalidOwner error raised by the GenproofDrop contract.
type GenproofDropOwnableInvalidOwner struct {
	Owner common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableInvalidOwner(address owner)
func GenproofDropOwnableInvalidOwnerErrorID() common.Hash {
	return common.HexToHash("0x1e4fbdf7f3ef8bcaa855599e3abf48b232380f183f08f6f813d9ffa5bd585188")
}

// UnpackOwnableInvalidOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableInvalidOwner(address owner)
func (genproofDrop *GenproofDrop) UnpackOwnableInvalidOwnerError(raw []byte) (*GenproofDropOwnableInvalidOwner, error) {
	out := new(GenproofDropOwnableInvalidOwner)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "OwnableInvalidOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropOwnableUnauthorizedAccount represents a OwnableUnauthorizedAccount error raised by the GenproofDrop contract.
type GenproofDropOwnableUnauthorizedAccount struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func GenproofDropOwnableUnauthorizedAccountErrorID() common.Hash {
	return common.HexToHash("0x118cdaa7a341953d1887a2245fd6665d741c67c8c50581daa59e1d03373fa188")
}

// UnpackOwnableUnauthorizedAccountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func (genproofDrop *GenproofDrop) UnpackOwnableUnauthorizedAccountError(raw []byte) (*GenproofDropOwnableUnauthorizedAccount, error) {
	out := new(GenproofDropOwnableUnauthorizedAccount)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "OwnableUnauthorizedAccount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropRecipientNotProven represents a RecipientNotProven error raised by the GenproofDrop contract.
type GenproofDropRecipientNotProven struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error RecipientNotProven(address caller)
func GenproofDropRecipientNotProvenErrorID() common.Hash {
	return common.HexToHash("0x641e378f921ea7a16c28440a5442236d3640c88ddc6bb1ae651d0bd48f38d7da")
}

// UnpackRecipientNotProvenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error RecipientNotProven(address caller)
func (genproofDrop *GenproofDrop) UnpackRecipientNotProvenError(raw []byte) (*GenproofDropRecipientNotProven, error) {
	out := new(GenproofDropRecipientNotProven)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "RecipientNotProven", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropTemplateAlreadySet represents a TemplateAlreadySet error raised by the GenproofDrop contract.
type GenproofDropTemplateAlreadySet struct {
	Template *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TemplateAlreadySet(uint256 template)
func GenproofDropTemplateAlreadySetErrorID() common.Hash {
	return common.HexToHash("0x129e5da42c28cd352afd2a0ffe47262f77906cb50d1c6040efa9a01f24a15e1b")
}

// UnpackTemplateAlreadySetError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TemplateAlreadySet(uint256 template)
func (genproofDrop *GenproofDrop) UnpackTemplateAlreadySetError(raw []byte) (*GenproofDropTemplateAlreadySet, error) {
	out := new(GenproofDropTemplateAlreadySet)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "TemplateAlreadySet", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropTemplateFixed represents a TemplateFixed error raised by the GenproofDrop contract.
type GenproofDropTemplateFixed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TemplateFixed()
func GenproofDropTemplateFixedErrorID() common.Hash {
	return common.HexToHash("0x594697ed40de18023bb2bbc04957e9f7565ae5ead5140293d196766581aede56")
}

// UnpackTemplateFixedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TemplateFixed()
func (genproofDrop *GenproofDrop) UnpackTemplateFixedError(raw []byte) (*GenproofDropTemplateFixed, error) {
	out := new(GenproofDropTemplateFixed)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "TemplateFixed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropTemplateNotInForce represents a TemplateNotInForce error raised by the GenproofDrop contract.
type GenproofDropTemplateNotInForce struct {
	From *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TemplateNotInForce(uint256 from)
func GenproofDropTemplateNotInForceErrorID() common.Hash {
	return common.HexToHash("0x4da2077ec6bca98902cef7231409236d8ea799ea92a3ce78a1a8822374f86f39")
}

// UnpackTemplateNotInForceError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TemplateNotInForce(uint256 from)
func (genproofDrop *GenproofDrop) UnpackTemplateNotInForceError(raw []byte) (*GenproofDropTemplateNotInForce, error) {
	out := new(GenproofDropTemplateNotInForce)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "TemplateNotInForce", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropTemplateNotSet represents a TemplateNotSet error raised by the GenproofDrop contract.
type GenproofDropTemplateNotSet struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TemplateNotSet()
func GenproofDropTemplateNotSetErrorID() common.Hash {
	return common.HexToHash("0x253ef808314965fe52d1aa8e09f05c2a18cf3cf3db30c8f49e851ef51fddf0cd")
}

// UnpackTemplateNotSetError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TemplateNotSet()
func (genproofDrop *GenproofDrop) UnpackTemplateNotSetError(raw []byte) (*GenproofDropTemplateNotSet, error) {
	out := new(GenproofDropTemplateNotSet)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "TemplateNotSet", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropTooEarly represents a TooEarly error raised by the GenproofDrop contract.
type GenproofDropTooEarly struct {
	BeaconBlock *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooEarly(uint256 beaconBlock)
func GenproofDropTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x2a35a3246d5070e2b118858c24c2c4d23eaebe645b92ab746b92dd600c35a9d7")
}

// UnpackTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooEarly(uint256 beaconBlock)
func (genproofDrop *GenproofDrop) UnpackTooEarlyError(raw []byte) (*GenproofDropTooEarly, error) {
	out := new(GenproofDropTooEarly)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "TooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropTooLittleGas represents a TooLittleGas error raised by the GenproofDrop contract.
type GenproofDropTooLittleGas struct {
	GasLeft *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooLittleGas(uint256 gasLeft)
func GenproofDropTooLittleGasErrorID() common.Hash {
	return common.HexToHash("0x34edfe31cabbc71f1bbcc422af76d1dd8e9d667fa1e0d070e25c433582ef1999")
}

// UnpackTooLittleGasError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooLittleGas(uint256 gasLeft)
func (genproofDrop *GenproofDrop) UnpackTooLittleGasError(raw []byte) (*GenproofDropTooLittleGas, error) {
	out := new(GenproofDropTooLittleGas)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "TooLittleGas", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropUnchanged represents a Unchanged error raised by the GenproofDrop contract.
type GenproofDropUnchanged struct {
	TokenId *big.Int
	Digest  [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Unchanged(uint256 tokenId, bytes32 digest)
func GenproofDropUnchangedErrorID() common.Hash {
	return common.HexToHash("0x6517aa65dac5892471f2140d96811858aa71769089598583dd4690963e52d816")
}

// UnpackUnchangedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Unchanged(uint256 tokenId, bytes32 digest)
func (genproofDrop *GenproofDrop) UnpackUnchangedError(raw []byte) (*GenproofDropUnchanged, error) {
	out := new(GenproofDropUnchanged)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "Unchanged", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// GenproofDropUnproven represents a Unproven error raised by the GenproofDrop contract.
type GenproofDropUnproven struct {
	TokenId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Unproven(uint256 tokenId)
func GenproofDropUnprovenErrorID() common.Hash {
	return common.HexToHash("0x7e70fee8e8dfd1512dcc0eaf3c0d3f6d4d9fcb031108c700937b71077f95de0c")
}

// UnpackUnprovenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Unproven(uint256 tokenId)
func (genproofDrop *GenproofDrop) UnpackUnprovenError(raw []byte) (*GenproofDropUnproven, error) {
	out := new(GenproofDropUnproven)
	if err := genproofDrop.abi.UnpackIntoInterface(out, "Unproven", raw); err != nil {
		return nil, err
	}
	return out, nil
}
