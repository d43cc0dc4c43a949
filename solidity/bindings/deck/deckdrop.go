// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

package deck

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

// DeckTerms is an auto generated low-level Go binding around an user-defined struct.
type DeckTerms struct {
	Verifier    common.Address
	Model       *big.Int
	Policy      *big.Int
	Author      common.Address
	Beacon      common.Address
	FirstId     uint64
	Cards       uint32
	Batch       uint8
	Gap         uint32
	BlockHashes bool
	Permuted    bool
	Placeholder string
}

// DropTerms is an auto generated low-level Go binding around an user-defined struct.
type DropTerms struct {
	Name            string
	Symbol          string
	Owner           common.Address
	WalletLimit     uint32
	Reserve         uint16
	RoyaltyReceiver common.Address
	RoyaltyFraction *big.Int
	ContractURI     string
}

// SaleTerms is an auto generated low-level Go binding around an user-defined struct.
type SaleTerms struct {
	End        uint32
	ListFrom   uint32
	PublicFrom uint32
	ListPrice  *big.Int
	Price      *big.Int
	List       [32]byte
}

// DeckDropMetaData contains all meta data concerning the DeckDrop contract.
var DeckDropMetaData = bind.MetaData{
	ABI: "[{\"type\":\"constructor\",\"inputs\":[{\"name\":\"deck\",\"type\":\"tuple\",\"internalType\":\"structDeckTerms\",\"components\":[{\"name\":\"verifier\",\"type\":\"address\",\"internalType\":\"contractIProofVerifier\"},{\"name\":\"model\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"policy\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"author\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"beacon\",\"type\":\"address\",\"internalType\":\"contractIBeacon\"},{\"name\":\"firstId\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"cards\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"batch\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"gap\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"blockHashes\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"permuted\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"placeholder\",\"type\":\"string\",\"internalType\":\"string\"}]},{\"name\":\"drop\",\"type\":\"tuple\",\"internalType\":\"structDropTerms\",\"components\":[{\"name\":\"name\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"symbol\",\"type\":\"string\",\"internalType\":\"string\"},{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"walletLimit\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"reserve\",\"type\":\"uint16\",\"internalType\":\"uint16\"},{\"name\":\"royaltyReceiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"royaltyFraction\",\"type\":\"uint96\",\"internalType\":\"uint96\"},{\"name\":\"contractURI\",\"type\":\"string\",\"internalType\":\"string\"}]}],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"acceptOwnership\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"admit\",\"inputs\":[{\"name\":\"group\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"lists\",\"type\":\"uint256[]\",\"internalType\":\"uint256[]\"},{\"name\":\"digests\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"},{\"name\":\"sizes\",\"type\":\"bytes\",\"internalType\":\"bytes\"},{\"name\":\"proofs\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"approve\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"balanceOf\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"burn\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"cardOf\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"closeSale\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"contractURI\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"directoryOf\",\"inputs\":[{\"name\":\"group\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"fail\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"getApproved\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"groups\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"home\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint160\",\"internalType\":\"uint160\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"isApprovedForAll\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"isComplete\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"lowerPrices\",\"inputs\":[{\"name\":\"listPrice\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"price\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"mint\",\"inputs\":[{\"name\":\"n\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"mintListed\",\"inputs\":[{\"name\":\"n\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"allowance\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"proof\",\"type\":\"bytes32[]\",\"internalType\":\"bytes32[]\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"mintReserve\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"n\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"mintedBy\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"mintedByList\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"name\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"openSale\",\"inputs\":[{\"name\":\"s\",\"type\":\"tuple\",\"internalType\":\"structSaleTerms\",\"components\":[{\"name\":\"end\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"listFrom\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"publicFrom\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"listPrice\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"price\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"list\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"owner\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"ownerOf\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"pendingOwner\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"address\",\"internalType\":\"address\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"randomness\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"renounceOwnership\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"reserve\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint16\",\"internalType\":\"uint16\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"reveal\",\"inputs\":[{\"name\":\"signature\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revealByBlockHash\",\"inputs\":[],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"revealFrom\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"round\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint64\",\"internalType\":\"uint64\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"royaltyInfo\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"salePrice\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"safeTransferFrom\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"safeTransferFrom\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"_data\",\"type\":\"bytes\",\"internalType\":\"bytes\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"sale\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"tuple\",\"internalType\":\"structSaleTerms\",\"components\":[{\"name\":\"end\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"listFrom\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"publicFrom\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"listPrice\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"price\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"list\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"saleEnd\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint32\",\"internalType\":\"uint32\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"setApprovalForAll\",\"inputs\":[{\"name\":\"operator\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"approved\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setContractURI\",\"inputs\":[{\"name\":\"uri\",\"type\":\"string\",\"internalType\":\"string\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setList\",\"inputs\":[{\"name\":\"list\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"setRoyalty\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"fraction\",\"type\":\"uint96\",\"internalType\":\"uint96\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"state\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint8\",\"internalType\":\"enumDeckState\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"supportsInterface\",\"inputs\":[{\"name\":\"id\",\"type\":\"bytes4\",\"internalType\":\"bytes4\"}],\"outputs\":[{\"name\":\"\",\"type\":\"bool\",\"internalType\":\"bool\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"symbol\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"terms\",\"inputs\":[],\"outputs\":[{\"name\":\"t\",\"type\":\"tuple\",\"internalType\":\"structDeckTerms\",\"components\":[{\"name\":\"verifier\",\"type\":\"address\",\"internalType\":\"contractIProofVerifier\"},{\"name\":\"model\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"policy\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"author\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"beacon\",\"type\":\"address\",\"internalType\":\"contractIBeacon\"},{\"name\":\"firstId\",\"type\":\"uint64\",\"internalType\":\"uint64\"},{\"name\":\"cards\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"batch\",\"type\":\"uint8\",\"internalType\":\"uint8\"},{\"name\":\"gap\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"blockHashes\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"permuted\",\"type\":\"bool\",\"internalType\":\"bool\"},{\"name\":\"placeholder\",\"type\":\"string\",\"internalType\":\"string\"}]}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"tokenOf\",\"inputs\":[{\"name\":\"card\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"tokenURI\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[{\"name\":\"\",\"type\":\"string\",\"internalType\":\"string\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalMinted\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"totalSupply\",\"inputs\":[],\"outputs\":[{\"name\":\"result\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"transferFrom\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"outputs\":[],\"stateMutability\":\"payable\"},{\"type\":\"function\",\"name\":\"transferOwnership\",\"inputs\":[{\"name\":\"newOwner\",\"type\":\"address\",\"internalType\":\"address\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"function\",\"name\":\"walletLimit\",\"inputs\":[],\"outputs\":[{\"name\":\"\",\"type\":\"uint256\",\"internalType\":\"uint256\"}],\"stateMutability\":\"view\"},{\"type\":\"function\",\"name\":\"withdraw\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"addresspayable\"}],\"outputs\":[],\"stateMutability\":\"nonpayable\"},{\"type\":\"event\",\"name\":\"Admitted\",\"inputs\":[{\"name\":\"group\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"},{\"name\":\"directory\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Approval\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"approved\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ApprovalForAll\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"operator\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"approved\",\"type\":\"bool\",\"indexed\":false,\"internalType\":\"bool\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"BatchMetadataUpdate\",\"inputs\":[{\"name\":\"_fromTokenId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"_toTokenId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ConsecutiveTransfer\",\"inputs\":[{\"name\":\"fromTokenId\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"},{\"name\":\"toTokenId\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"from\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"ContractURIUpdated\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Failed\",\"inputs\":[],\"anonymous\":false},{\"type\":\"event\",\"name\":\"FallbackArmed\",\"inputs\":[{\"name\":\"blockNumber\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OwnershipTransferStarted\",\"inputs\":[{\"name\":\"previousOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"newOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"OwnershipTransferred\",\"inputs\":[{\"name\":\"previousOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"newOwner\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Revealed\",\"inputs\":[{\"name\":\"round\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"},{\"name\":\"blockNumber\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"},{\"name\":\"randomness\",\"type\":\"bytes32\",\"indexed\":false,\"internalType\":\"bytes32\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"SaleChanged\",\"inputs\":[{\"name\":\"sale\",\"type\":\"tuple\",\"indexed\":false,\"internalType\":\"structSaleTerms\",\"components\":[{\"name\":\"end\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"listFrom\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"publicFrom\",\"type\":\"uint32\",\"internalType\":\"uint32\"},{\"name\":\"listPrice\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"price\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"list\",\"type\":\"bytes32\",\"internalType\":\"bytes32\"}]}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"SaleEnds\",\"inputs\":[{\"name\":\"end\",\"type\":\"uint32\",\"indexed\":false,\"internalType\":\"uint32\"},{\"name\":\"round\",\"type\":\"uint64\",\"indexed\":false,\"internalType\":\"uint64\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Transfer\",\"inputs\":[{\"name\":\"from\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"to\",\"type\":\"address\",\"indexed\":true,\"internalType\":\"address\"},{\"name\":\"tokenId\",\"type\":\"uint256\",\"indexed\":true,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"event\",\"name\":\"Withdrawn\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"indexed\":false,\"internalType\":\"address\"},{\"name\":\"amount\",\"type\":\"uint256\",\"indexed\":false,\"internalType\":\"uint256\"}],\"anonymous\":false},{\"type\":\"error\",\"name\":\"AboveLimit\",\"inputs\":[{\"name\":\"wanted\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"limit\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"AlreadyOpened\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ApprovalCallerNotOwnerNorApproved\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ApprovalQueryForNonexistentToken\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"BalanceQueryForZeroAddress\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"ERC2981InvalidDefaultRoyalty\",\"inputs\":[{\"name\":\"numerator\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"denominator\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC2981InvalidDefaultRoyaltyReceiver\",\"inputs\":[{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"ERC2981InvalidTokenRoyalty\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"numerator\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"denominator\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ERC2981InvalidTokenRoyaltyReceiver\",\"inputs\":[{\"name\":\"tokenId\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"receiver\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"Incomplete\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidDropTerms\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidEnd\",\"inputs\":[{\"name\":\"end\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidGroup\",\"inputs\":[{\"name\":\"group\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidLengths\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidLot\",\"inputs\":[{\"name\":\"count\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"InvalidSaleTerms\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidTerms\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"InvalidTokenId\",\"inputs\":[{\"name\":\"first\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"count\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"ListInUse\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"MintERC2309QuantityExceedsLimit\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"MintToZeroAddress\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"MintZeroQuantity\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NoFallback\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotCompatibleWithSpotMints\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotOnTheList\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"},{\"name\":\"allowance\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotRevealed\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotSelling\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotSettled\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"NotSoldOut\",\"inputs\":[{\"name\":\"left\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"NotTheAuthor\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NotThePayee\",\"inputs\":[{\"name\":\"caller\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"NothingToReveal\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OwnableInvalidOwner\",\"inputs\":[{\"name\":\"owner\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"OwnableUnauthorizedAccount\",\"inputs\":[{\"name\":\"account\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"OwnerQueryForNonexistentToken\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"OwnershipNotInitializedForExtraData\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"PaymentRefused\",\"inputs\":[{\"name\":\"to\",\"type\":\"address\",\"internalType\":\"address\"}]},{\"type\":\"error\",\"name\":\"PhaseNotOpen\",\"inputs\":[{\"name\":\"from\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"PriceRaised\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"RoyaltyTooHigh\",\"inputs\":[{\"name\":\"fraction\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"SequentialMintExceedsLimit\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SequentialUpToTooSmall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"SoldOut\",\"inputs\":[{\"name\":\"left\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"SpotMintTokenIdTooSmall\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TokenAlreadyExists\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TooEarly\",\"inputs\":[{\"name\":\"from\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]},{\"type\":\"error\",\"name\":\"TransferCallerNotOwnerNorApproved\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TransferFromIncorrectOwner\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TransferToNonERC721ReceiverImplementer\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"TransferToZeroAddress\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"URIQueryForNonexistentToken\",\"inputs\":[]},{\"type\":\"error\",\"name\":\"WrongPayment\",\"inputs\":[{\"name\":\"sent\",\"type\":\"uint256\",\"internalType\":\"uint256\"},{\"name\":\"wanted\",\"type\":\"uint256\",\"internalType\":\"uint256\"}]}]",
	ID:  "DeckDrop",
}

// DeckDrop is an auto generated Go binding around an Ethereum contract.
type DeckDrop struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *DeckDrop) GetABI() abi.ABI {
	return c.abi
}

// NewDeckDrop creates a new instance of DeckDrop.
func NewDeckDrop() *DeckDrop {
	parsed, err := DeckDropMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &DeckDrop{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *DeckDrop) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor((address,uint256,uint256,address,address,uint64,uint32,uint8,uint32,bool,bool,string) deck, (string,string,address,uint32,uint16,address,uint96,string) drop) returns()
func (deckDrop *DeckDrop) PackConstructor(deck DeckTerms, drop DropTerms) []byte {
	enc, err := deckDrop.abi.Pack("", deck, drop)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAcceptOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79ba5097.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function acceptOwnership() returns()
func (deckDrop *DeckDrop) PackAcceptOwnership() []byte {
	enc, err := deckDrop.abi.Pack("acceptOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAcceptOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79ba5097.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function acceptOwnership() returns()
func (deckDrop *DeckDrop) TryPackAcceptOwnership() ([]byte, error) {
	return deckDrop.abi.Pack("acceptOwnership")
}

// PackAdmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xca4b69c5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function admit(uint256 group, uint256[] lists, bytes32[] digests, bytes sizes, bytes proofs) returns()
func (deckDrop *DeckDrop) PackAdmit(group *big.Int, lists []*big.Int, digests [][32]byte, sizes []byte, proofs []byte) []byte {
	enc, err := deckDrop.abi.Pack("admit", group, lists, digests, sizes, proofs)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAdmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xca4b69c5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function admit(uint256 group, uint256[] lists, bytes32[] digests, bytes sizes, bytes proofs) returns()
func (deckDrop *DeckDrop) TryPackAdmit(group *big.Int, lists []*big.Int, digests [][32]byte, sizes []byte, proofs []byte) ([]byte, error) {
	return deckDrop.abi.Pack("admit", group, lists, digests, sizes, proofs)
}

// PackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x095ea7b3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function approve(address to, uint256 tokenId) payable returns()
func (deckDrop *DeckDrop) PackApprove(to common.Address, tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("approve", to, tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackApprove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x095ea7b3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function approve(address to, uint256 tokenId) payable returns()
func (deckDrop *DeckDrop) TryPackApprove(to common.Address, tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("approve", to, tokenId)
}

// PackBalanceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x70a08231.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function balanceOf(address owner) view returns(uint256)
func (deckDrop *DeckDrop) PackBalanceOf(owner common.Address) []byte {
	enc, err := deckDrop.abi.Pack("balanceOf", owner)
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
func (deckDrop *DeckDrop) TryPackBalanceOf(owner common.Address) ([]byte, error) {
	return deckDrop.abi.Pack("balanceOf", owner)
}

// UnpackBalanceOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x70a08231.
//
// Solidity: function balanceOf(address owner) view returns(uint256)
func (deckDrop *DeckDrop) UnpackBalanceOf(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("balanceOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackBurn is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42966c68.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function burn(uint256 tokenId) returns()
func (deckDrop *DeckDrop) PackBurn(tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("burn", tokenId)
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
func (deckDrop *DeckDrop) TryPackBurn(tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("burn", tokenId)
}

// PackCardOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc22b8d82.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function cardOf(uint256 tokenId) view returns(uint256)
func (deckDrop *DeckDrop) PackCardOf(tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("cardOf", tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCardOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc22b8d82.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function cardOf(uint256 tokenId) view returns(uint256)
func (deckDrop *DeckDrop) TryPackCardOf(tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("cardOf", tokenId)
}

// UnpackCardOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc22b8d82.
//
// Solidity: function cardOf(uint256 tokenId) view returns(uint256)
func (deckDrop *DeckDrop) UnpackCardOf(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("cardOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackCloseSale is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee55efee.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function closeSale() returns()
func (deckDrop *DeckDrop) PackCloseSale() []byte {
	enc, err := deckDrop.abi.Pack("closeSale")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCloseSale is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xee55efee.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function closeSale() returns()
func (deckDrop *DeckDrop) TryPackCloseSale() ([]byte, error) {
	return deckDrop.abi.Pack("closeSale")
}

// PackContractURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe8a3d485.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function contractURI() view returns(string)
func (deckDrop *DeckDrop) PackContractURI() []byte {
	enc, err := deckDrop.abi.Pack("contractURI")
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
func (deckDrop *DeckDrop) TryPackContractURI() ([]byte, error) {
	return deckDrop.abi.Pack("contractURI")
}

// UnpackContractURI is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe8a3d485.
//
// Solidity: function contractURI() view returns(string)
func (deckDrop *DeckDrop) UnpackContractURI(data []byte) (string, error) {
	out, err := deckDrop.abi.Unpack("contractURI", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackDirectoryOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x50c6ae5f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function directoryOf(uint256 group) view returns(bytes32)
func (deckDrop *DeckDrop) PackDirectoryOf(group *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("directoryOf", group)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDirectoryOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x50c6ae5f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function directoryOf(uint256 group) view returns(bytes32)
func (deckDrop *DeckDrop) TryPackDirectoryOf(group *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("directoryOf", group)
}

// UnpackDirectoryOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x50c6ae5f.
//
// Solidity: function directoryOf(uint256 group) view returns(bytes32)
func (deckDrop *DeckDrop) UnpackDirectoryOf(data []byte) ([32]byte, error) {
	out, err := deckDrop.abi.Unpack("directoryOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackFail is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9cc4718.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fail() returns()
func (deckDrop *DeckDrop) PackFail() []byte {
	enc, err := deckDrop.abi.Pack("fail")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFail is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa9cc4718.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fail() returns()
func (deckDrop *DeckDrop) TryPackFail() ([]byte, error) {
	return deckDrop.abi.Pack("fail")
}

// PackGetApproved is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x081812fc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getApproved(uint256 tokenId) view returns(address)
func (deckDrop *DeckDrop) PackGetApproved(tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("getApproved", tokenId)
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
func (deckDrop *DeckDrop) TryPackGetApproved(tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("getApproved", tokenId)
}

// UnpackGetApproved is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x081812fc.
//
// Solidity: function getApproved(uint256 tokenId) view returns(address)
func (deckDrop *DeckDrop) UnpackGetApproved(data []byte) (common.Address, error) {
	out, err := deckDrop.abi.Unpack("getApproved", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackGroups is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5bf89d9e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function groups() view returns(uint256)
func (deckDrop *DeckDrop) PackGroups() []byte {
	enc, err := deckDrop.abi.Pack("groups")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGroups is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5bf89d9e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function groups() view returns(uint256)
func (deckDrop *DeckDrop) TryPackGroups() ([]byte, error) {
	return deckDrop.abi.Pack("groups")
}

// UnpackGroups is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5bf89d9e.
//
// Solidity: function groups() view returns(uint256)
func (deckDrop *DeckDrop) UnpackGroups(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("groups", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackHome is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9fa92f9d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function home() view returns(uint160)
func (deckDrop *DeckDrop) PackHome() []byte {
	enc, err := deckDrop.abi.Pack("home")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHome is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9fa92f9d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function home() view returns(uint160)
func (deckDrop *DeckDrop) TryPackHome() ([]byte, error) {
	return deckDrop.abi.Pack("home")
}

// UnpackHome is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9fa92f9d.
//
// Solidity: function home() view returns(uint160)
func (deckDrop *DeckDrop) UnpackHome(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("home", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackIsApprovedForAll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe985e9c5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isApprovedForAll(address owner, address operator) view returns(bool)
func (deckDrop *DeckDrop) PackIsApprovedForAll(owner common.Address, operator common.Address) []byte {
	enc, err := deckDrop.abi.Pack("isApprovedForAll", owner, operator)
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
func (deckDrop *DeckDrop) TryPackIsApprovedForAll(owner common.Address, operator common.Address) ([]byte, error) {
	return deckDrop.abi.Pack("isApprovedForAll", owner, operator)
}

// UnpackIsApprovedForAll is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe985e9c5.
//
// Solidity: function isApprovedForAll(address owner, address operator) view returns(bool)
func (deckDrop *DeckDrop) UnpackIsApprovedForAll(data []byte) (bool, error) {
	out, err := deckDrop.abi.Unpack("isApprovedForAll", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackIsComplete is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb2fa1c9e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isComplete() view returns(bool)
func (deckDrop *DeckDrop) PackIsComplete() []byte {
	enc, err := deckDrop.abi.Pack("isComplete")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsComplete is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb2fa1c9e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isComplete() view returns(bool)
func (deckDrop *DeckDrop) TryPackIsComplete() ([]byte, error) {
	return deckDrop.abi.Pack("isComplete")
}

// UnpackIsComplete is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb2fa1c9e.
//
// Solidity: function isComplete() view returns(bool)
func (deckDrop *DeckDrop) UnpackIsComplete(data []byte) (bool, error) {
	out, err := deckDrop.abi.Unpack("isComplete", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackLowerPrices is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0732cbb5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lowerPrices(uint256 listPrice, uint256 price) returns()
func (deckDrop *DeckDrop) PackLowerPrices(listPrice *big.Int, price *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("lowerPrices", listPrice, price)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLowerPrices is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0732cbb5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lowerPrices(uint256 listPrice, uint256 price) returns()
func (deckDrop *DeckDrop) TryPackLowerPrices(listPrice *big.Int, price *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("lowerPrices", listPrice, price)
}

// PackMint is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa0712d68.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mint(uint256 n) payable returns()
func (deckDrop *DeckDrop) PackMint(n *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("mint", n)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMint is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa0712d68.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mint(uint256 n) payable returns()
func (deckDrop *DeckDrop) TryPackMint(n *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("mint", n)
}

// PackMintListed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x25b25ff0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mintListed(uint256 n, uint256 allowance, bytes32[] proof) payable returns()
func (deckDrop *DeckDrop) PackMintListed(n *big.Int, allowance *big.Int, proof [][32]byte) []byte {
	enc, err := deckDrop.abi.Pack("mintListed", n, allowance, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMintListed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x25b25ff0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mintListed(uint256 n, uint256 allowance, bytes32[] proof) payable returns()
func (deckDrop *DeckDrop) TryPackMintListed(n *big.Int, allowance *big.Int, proof [][32]byte) ([]byte, error) {
	return deckDrop.abi.Pack("mintListed", n, allowance, proof)
}

// PackMintReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e825be0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mintReserve(address to, uint256 n) returns()
func (deckDrop *DeckDrop) PackMintReserve(to common.Address, n *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("mintReserve", to, n)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMintReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8e825be0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mintReserve(address to, uint256 n) returns()
func (deckDrop *DeckDrop) TryPackMintReserve(to common.Address, n *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("mintReserve", to, n)
}

// PackMintedBy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3cef28d2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mintedBy(address account) view returns(uint256)
func (deckDrop *DeckDrop) PackMintedBy(account common.Address) []byte {
	enc, err := deckDrop.abi.Pack("mintedBy", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMintedBy is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3cef28d2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mintedBy(address account) view returns(uint256)
func (deckDrop *DeckDrop) TryPackMintedBy(account common.Address) ([]byte, error) {
	return deckDrop.abi.Pack("mintedBy", account)
}

// UnpackMintedBy is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3cef28d2.
//
// Solidity: function mintedBy(address account) view returns(uint256)
func (deckDrop *DeckDrop) UnpackMintedBy(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("mintedBy", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMintedByList is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe0ed5087.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function mintedByList(address account) view returns(uint256)
func (deckDrop *DeckDrop) PackMintedByList(account common.Address) []byte {
	enc, err := deckDrop.abi.Pack("mintedByList", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMintedByList is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe0ed5087.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function mintedByList(address account) view returns(uint256)
func (deckDrop *DeckDrop) TryPackMintedByList(account common.Address) ([]byte, error) {
	return deckDrop.abi.Pack("mintedByList", account)
}

// UnpackMintedByList is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe0ed5087.
//
// Solidity: function mintedByList(address account) view returns(uint256)
func (deckDrop *DeckDrop) UnpackMintedByList(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("mintedByList", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackName is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06fdde03.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function name() view returns(string)
func (deckDrop *DeckDrop) PackName() []byte {
	enc, err := deckDrop.abi.Pack("name")
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
func (deckDrop *DeckDrop) TryPackName() ([]byte, error) {
	return deckDrop.abi.Pack("name")
}

// UnpackName is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06fdde03.
//
// Solidity: function name() view returns(string)
func (deckDrop *DeckDrop) UnpackName(data []byte) (string, error) {
	out, err := deckDrop.abi.Unpack("name", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackOpenSale is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4790199.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function openSale((uint32,uint32,uint32,uint256,uint256,bytes32) s) returns()
func (deckDrop *DeckDrop) PackOpenSale(s SaleTerms) []byte {
	enc, err := deckDrop.abi.Pack("openSale", s)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOpenSale is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4790199.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function openSale((uint32,uint32,uint32,uint256,uint256,bytes32) s) returns()
func (deckDrop *DeckDrop) TryPackOpenSale(s SaleTerms) ([]byte, error) {
	return deckDrop.abi.Pack("openSale", s)
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (deckDrop *DeckDrop) PackOwner() []byte {
	enc, err := deckDrop.abi.Pack("owner")
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
func (deckDrop *DeckDrop) TryPackOwner() ([]byte, error) {
	return deckDrop.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (deckDrop *DeckDrop) UnpackOwner(data []byte) (common.Address, error) {
	out, err := deckDrop.abi.Unpack("owner", data)
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
func (deckDrop *DeckDrop) PackOwnerOf(tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("ownerOf", tokenId)
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
func (deckDrop *DeckDrop) TryPackOwnerOf(tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("ownerOf", tokenId)
}

// UnpackOwnerOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6352211e.
//
// Solidity: function ownerOf(uint256 tokenId) view returns(address)
func (deckDrop *DeckDrop) UnpackOwnerOf(data []byte) (common.Address, error) {
	out, err := deckDrop.abi.Unpack("ownerOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pendingOwner() view returns(address)
func (deckDrop *DeckDrop) PackPendingOwner() []byte {
	enc, err := deckDrop.abi.Pack("pendingOwner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pendingOwner() view returns(address)
func (deckDrop *DeckDrop) TryPackPendingOwner() ([]byte, error) {
	return deckDrop.abi.Pack("pendingOwner")
}

// UnpackPendingOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe30c3978.
//
// Solidity: function pendingOwner() view returns(address)
func (deckDrop *DeckDrop) UnpackPendingOwner(data []byte) (common.Address, error) {
	out, err := deckDrop.abi.Unpack("pendingOwner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRandomness is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x36013189.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function randomness() view returns(bytes32)
func (deckDrop *DeckDrop) PackRandomness() []byte {
	enc, err := deckDrop.abi.Pack("randomness")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRandomness is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x36013189.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function randomness() view returns(bytes32)
func (deckDrop *DeckDrop) TryPackRandomness() ([]byte, error) {
	return deckDrop.abi.Pack("randomness")
}

// UnpackRandomness is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x36013189.
//
// Solidity: function randomness() view returns(bytes32)
func (deckDrop *DeckDrop) UnpackRandomness(data []byte) ([32]byte, error) {
	out, err := deckDrop.abi.Unpack("randomness", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function renounceOwnership() returns()
func (deckDrop *DeckDrop) PackRenounceOwnership() []byte {
	enc, err := deckDrop.abi.Pack("renounceOwnership")
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
func (deckDrop *DeckDrop) TryPackRenounceOwnership() ([]byte, error) {
	return deckDrop.abi.Pack("renounceOwnership")
}

// PackReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcd3293de.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reserve() view returns(uint16)
func (deckDrop *DeckDrop) PackReserve() []byte {
	enc, err := deckDrop.abi.Pack("reserve")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReserve is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xcd3293de.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reserve() view returns(uint16)
func (deckDrop *DeckDrop) TryPackReserve() ([]byte, error) {
	return deckDrop.abi.Pack("reserve")
}

// UnpackReserve is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xcd3293de.
//
// Solidity: function reserve() view returns(uint16)
func (deckDrop *DeckDrop) UnpackReserve(data []byte) (uint16, error) {
	out, err := deckDrop.abi.Unpack("reserve", data)
	if err != nil {
		return *new(uint16), err
	}
	out0 := *abi.ConvertType(out[0], new(uint16)).(*uint16)
	return out0, nil
}

// PackReveal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72f12a5d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reveal(bytes signature) returns()
func (deckDrop *DeckDrop) PackReveal(signature []byte) []byte {
	enc, err := deckDrop.abi.Pack("reveal", signature)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReveal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x72f12a5d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reveal(bytes signature) returns()
func (deckDrop *DeckDrop) TryPackReveal(signature []byte) ([]byte, error) {
	return deckDrop.abi.Pack("reveal", signature)
}

// PackRevealByBlockHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdede366e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revealByBlockHash() returns()
func (deckDrop *DeckDrop) PackRevealByBlockHash() []byte {
	enc, err := deckDrop.abi.Pack("revealByBlockHash")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevealByBlockHash is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xdede366e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revealByBlockHash() returns()
func (deckDrop *DeckDrop) TryPackRevealByBlockHash() ([]byte, error) {
	return deckDrop.abi.Pack("revealByBlockHash")
}

// PackRevealFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x13d48591.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function revealFrom() view returns(uint256)
func (deckDrop *DeckDrop) PackRevealFrom() []byte {
	enc, err := deckDrop.abi.Pack("revealFrom")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRevealFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x13d48591.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function revealFrom() view returns(uint256)
func (deckDrop *DeckDrop) TryPackRevealFrom() ([]byte, error) {
	return deckDrop.abi.Pack("revealFrom")
}

// UnpackRevealFrom is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x13d48591.
//
// Solidity: function revealFrom() view returns(uint256)
func (deckDrop *DeckDrop) UnpackRevealFrom(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("revealFrom", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x146ca531.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function round() view returns(uint64)
func (deckDrop *DeckDrop) PackRound() []byte {
	enc, err := deckDrop.abi.Pack("round")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRound is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x146ca531.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function round() view returns(uint64)
func (deckDrop *DeckDrop) TryPackRound() ([]byte, error) {
	return deckDrop.abi.Pack("round")
}

// UnpackRound is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x146ca531.
//
// Solidity: function round() view returns(uint64)
func (deckDrop *DeckDrop) UnpackRound(data []byte) (uint64, error) {
	out, err := deckDrop.abi.Unpack("round", data)
	if err != nil {
		return *new(uint64), err
	}
	out0 := *abi.ConvertType(out[0], new(uint64)).(*uint64)
	return out0, nil
}

// PackRoyaltyInfo is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2a55205a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function royaltyInfo(uint256 tokenId, uint256 salePrice) view returns(address receiver, uint256 amount)
func (deckDrop *DeckDrop) PackRoyaltyInfo(tokenId *big.Int, salePrice *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("royaltyInfo", tokenId, salePrice)
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
func (deckDrop *DeckDrop) TryPackRoyaltyInfo(tokenId *big.Int, salePrice *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("royaltyInfo", tokenId, salePrice)
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
func (deckDrop *DeckDrop) UnpackRoyaltyInfo(data []byte) (RoyaltyInfoOutput, error) {
	out, err := deckDrop.abi.Unpack("royaltyInfo", data)
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
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId) payable returns()
func (deckDrop *DeckDrop) PackSafeTransferFrom(from common.Address, to common.Address, tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("safeTransferFrom", from, to, tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSafeTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x42842e0e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId) payable returns()
func (deckDrop *DeckDrop) TryPackSafeTransferFrom(from common.Address, to common.Address, tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("safeTransferFrom", from, to, tokenId)
}

// PackSafeTransferFrom0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb88d4fde.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId, bytes _data) payable returns()
func (deckDrop *DeckDrop) PackSafeTransferFrom0(from common.Address, to common.Address, tokenId *big.Int, data []byte) []byte {
	enc, err := deckDrop.abi.Pack("safeTransferFrom0", from, to, tokenId, data)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSafeTransferFrom0 is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb88d4fde.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function safeTransferFrom(address from, address to, uint256 tokenId, bytes _data) payable returns()
func (deckDrop *DeckDrop) TryPackSafeTransferFrom0(from common.Address, to common.Address, tokenId *big.Int, data []byte) ([]byte, error) {
	return deckDrop.abi.Pack("safeTransferFrom0", from, to, tokenId, data)
}

// PackSale is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ad1fe02.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sale() view returns((uint32,uint32,uint32,uint256,uint256,bytes32))
func (deckDrop *DeckDrop) PackSale() []byte {
	enc, err := deckDrop.abi.Pack("sale")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSale is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ad1fe02.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sale() view returns((uint32,uint32,uint32,uint256,uint256,bytes32))
func (deckDrop *DeckDrop) TryPackSale() ([]byte, error) {
	return deckDrop.abi.Pack("sale")
}

// UnpackSale is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6ad1fe02.
//
// Solidity: function sale() view returns((uint32,uint32,uint32,uint256,uint256,bytes32))
func (deckDrop *DeckDrop) UnpackSale(data []byte) (SaleTerms, error) {
	out, err := deckDrop.abi.Unpack("sale", data)
	if err != nil {
		return *new(SaleTerms), err
	}
	out0 := *abi.ConvertType(out[0], new(SaleTerms)).(*SaleTerms)
	return out0, nil
}

// PackSaleEnd is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc10b9358.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function saleEnd() view returns(uint32)
func (deckDrop *DeckDrop) PackSaleEnd() []byte {
	enc, err := deckDrop.abi.Pack("saleEnd")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSaleEnd is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc10b9358.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function saleEnd() view returns(uint32)
func (deckDrop *DeckDrop) TryPackSaleEnd() ([]byte, error) {
	return deckDrop.abi.Pack("saleEnd")
}

// UnpackSaleEnd is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc10b9358.
//
// Solidity: function saleEnd() view returns(uint32)
func (deckDrop *DeckDrop) UnpackSaleEnd(data []byte) (uint32, error) {
	out, err := deckDrop.abi.Unpack("saleEnd", data)
	if err != nil {
		return *new(uint32), err
	}
	out0 := *abi.ConvertType(out[0], new(uint32)).(*uint32)
	return out0, nil
}

// PackSetApprovalForAll is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa22cb465.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setApprovalForAll(address operator, bool approved) returns()
func (deckDrop *DeckDrop) PackSetApprovalForAll(operator common.Address, approved bool) []byte {
	enc, err := deckDrop.abi.Pack("setApprovalForAll", operator, approved)
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
func (deckDrop *DeckDrop) TryPackSetApprovalForAll(operator common.Address, approved bool) ([]byte, error) {
	return deckDrop.abi.Pack("setApprovalForAll", operator, approved)
}

// PackSetContractURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x938e3d7b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setContractURI(string uri) returns()
func (deckDrop *DeckDrop) PackSetContractURI(uri string) []byte {
	enc, err := deckDrop.abi.Pack("setContractURI", uri)
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
func (deckDrop *DeckDrop) TryPackSetContractURI(uri string) ([]byte, error) {
	return deckDrop.abi.Pack("setContractURI", uri)
}

// PackSetList is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbbb76c1e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setList(bytes32 list) returns()
func (deckDrop *DeckDrop) PackSetList(list [32]byte) []byte {
	enc, err := deckDrop.abi.Pack("setList", list)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetList is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbbb76c1e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setList(bytes32 list) returns()
func (deckDrop *DeckDrop) TryPackSetList(list [32]byte) ([]byte, error) {
	return deckDrop.abi.Pack("setList", list)
}

// PackSetRoyalty is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f2fc60b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setRoyalty(address receiver, uint96 fraction) returns()
func (deckDrop *DeckDrop) PackSetRoyalty(receiver common.Address, fraction *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("setRoyalty", receiver, fraction)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetRoyalty is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f2fc60b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setRoyalty(address receiver, uint96 fraction) returns()
func (deckDrop *DeckDrop) TryPackSetRoyalty(receiver common.Address, fraction *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("setRoyalty", receiver, fraction)
}

// PackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc19d93fb.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function state() view returns(uint8)
func (deckDrop *DeckDrop) PackState() []byte {
	enc, err := deckDrop.abi.Pack("state")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackState is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc19d93fb.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function state() view returns(uint8)
func (deckDrop *DeckDrop) TryPackState() ([]byte, error) {
	return deckDrop.abi.Pack("state")
}

// UnpackState is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc19d93fb.
//
// Solidity: function state() view returns(uint8)
func (deckDrop *DeckDrop) UnpackState(data []byte) (uint8, error) {
	out, err := deckDrop.abi.Unpack("state", data)
	if err != nil {
		return *new(uint8), err
	}
	out0 := *abi.ConvertType(out[0], new(uint8)).(*uint8)
	return out0, nil
}

// PackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function supportsInterface(bytes4 id) view returns(bool)
func (deckDrop *DeckDrop) PackSupportsInterface(id [4]byte) []byte {
	enc, err := deckDrop.abi.Pack("supportsInterface", id)
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
func (deckDrop *DeckDrop) TryPackSupportsInterface(id [4]byte) ([]byte, error) {
	return deckDrop.abi.Pack("supportsInterface", id)
}

// UnpackSupportsInterface is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x01ffc9a7.
//
// Solidity: function supportsInterface(bytes4 id) view returns(bool)
func (deckDrop *DeckDrop) UnpackSupportsInterface(data []byte) (bool, error) {
	out, err := deckDrop.abi.Unpack("supportsInterface", data)
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
func (deckDrop *DeckDrop) PackSymbol() []byte {
	enc, err := deckDrop.abi.Pack("symbol")
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
func (deckDrop *DeckDrop) TryPackSymbol() ([]byte, error) {
	return deckDrop.abi.Pack("symbol")
}

// UnpackSymbol is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95d89b41.
//
// Solidity: function symbol() view returns(string)
func (deckDrop *DeckDrop) UnpackSymbol(data []byte) (string, error) {
	out, err := deckDrop.abi.Unpack("symbol", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5025625.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function terms() view returns((address,uint256,uint256,address,address,uint64,uint32,uint8,uint32,bool,bool,string) t)
func (deckDrop *DeckDrop) PackTerms() []byte {
	enc, err := deckDrop.abi.Pack("terms")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTerms is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd5025625.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function terms() view returns((address,uint256,uint256,address,address,uint64,uint32,uint8,uint32,bool,bool,string) t)
func (deckDrop *DeckDrop) TryPackTerms() ([]byte, error) {
	return deckDrop.abi.Pack("terms")
}

// UnpackTerms is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd5025625.
//
// Solidity: function terms() view returns((address,uint256,uint256,address,address,uint64,uint32,uint8,uint32,bool,bool,string) t)
func (deckDrop *DeckDrop) UnpackTerms(data []byte) (DeckTerms, error) {
	out, err := deckDrop.abi.Unpack("terms", data)
	if err != nil {
		return *new(DeckTerms), err
	}
	out0 := *abi.ConvertType(out[0], new(DeckTerms)).(*DeckTerms)
	return out0, nil
}

// PackTokenOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xea78803f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function tokenOf(uint256 card) view returns(uint256)
func (deckDrop *DeckDrop) PackTokenOf(card *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("tokenOf", card)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTokenOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xea78803f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function tokenOf(uint256 card) view returns(uint256)
func (deckDrop *DeckDrop) TryPackTokenOf(card *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("tokenOf", card)
}

// UnpackTokenOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xea78803f.
//
// Solidity: function tokenOf(uint256 card) view returns(uint256)
func (deckDrop *DeckDrop) UnpackTokenOf(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("tokenOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTokenURI is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc87b56dd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function tokenURI(uint256 tokenId) view returns(string)
func (deckDrop *DeckDrop) PackTokenURI(tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("tokenURI", tokenId)
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
func (deckDrop *DeckDrop) TryPackTokenURI(tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("tokenURI", tokenId)
}

// UnpackTokenURI is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc87b56dd.
//
// Solidity: function tokenURI(uint256 tokenId) view returns(string)
func (deckDrop *DeckDrop) UnpackTokenURI(data []byte) (string, error) {
	out, err := deckDrop.abi.Unpack("tokenURI", data)
	if err != nil {
		return *new(string), err
	}
	out0 := *abi.ConvertType(out[0], new(string)).(*string)
	return out0, nil
}

// PackTotalMinted is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa2309ff8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalMinted() view returns(uint256)
func (deckDrop *DeckDrop) PackTotalMinted() []byte {
	enc, err := deckDrop.abi.Pack("totalMinted")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalMinted is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa2309ff8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalMinted() view returns(uint256)
func (deckDrop *DeckDrop) TryPackTotalMinted() ([]byte, error) {
	return deckDrop.abi.Pack("totalMinted")
}

// UnpackTotalMinted is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa2309ff8.
//
// Solidity: function totalMinted() view returns(uint256)
func (deckDrop *DeckDrop) UnpackTotalMinted(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("totalMinted", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18160ddd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function totalSupply() view returns(uint256 result)
func (deckDrop *DeckDrop) PackTotalSupply() []byte {
	enc, err := deckDrop.abi.Pack("totalSupply")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTotalSupply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x18160ddd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function totalSupply() view returns(uint256 result)
func (deckDrop *DeckDrop) TryPackTotalSupply() ([]byte, error) {
	return deckDrop.abi.Pack("totalSupply")
}

// UnpackTotalSupply is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x18160ddd.
//
// Solidity: function totalSupply() view returns(uint256 result)
func (deckDrop *DeckDrop) UnpackTotalSupply(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("totalSupply", data)
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
// Solidity: function transferFrom(address from, address to, uint256 tokenId) payable returns()
func (deckDrop *DeckDrop) PackTransferFrom(from common.Address, to common.Address, tokenId *big.Int) []byte {
	enc, err := deckDrop.abi.Pack("transferFrom", from, to, tokenId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferFrom is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x23b872dd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferFrom(address from, address to, uint256 tokenId) payable returns()
func (deckDrop *DeckDrop) TryPackTransferFrom(from common.Address, to common.Address, tokenId *big.Int) ([]byte, error) {
	return deckDrop.abi.Pack("transferFrom", from, to, tokenId)
}

// PackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (deckDrop *DeckDrop) PackTransferOwnership(newOwner common.Address) []byte {
	enc, err := deckDrop.abi.Pack("transferOwnership", newOwner)
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
func (deckDrop *DeckDrop) TryPackTransferOwnership(newOwner common.Address) ([]byte, error) {
	return deckDrop.abi.Pack("transferOwnership", newOwner)
}

// PackWalletLimit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3c8463a1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function walletLimit() view returns(uint256)
func (deckDrop *DeckDrop) PackWalletLimit() []byte {
	enc, err := deckDrop.abi.Pack("walletLimit")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWalletLimit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3c8463a1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function walletLimit() view returns(uint256)
func (deckDrop *DeckDrop) TryPackWalletLimit() ([]byte, error) {
	return deckDrop.abi.Pack("walletLimit")
}

// UnpackWalletLimit is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3c8463a1.
//
// Solidity: function walletLimit() view returns(uint256)
func (deckDrop *DeckDrop) UnpackWalletLimit(data []byte) (*big.Int, error) {
	out, err := deckDrop.abi.Unpack("walletLimit", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x51cff8d9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(address to) returns()
func (deckDrop *DeckDrop) PackWithdraw(to common.Address) []byte {
	enc, err := deckDrop.abi.Pack("withdraw", to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x51cff8d9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw(address to) returns()
func (deckDrop *DeckDrop) TryPackWithdraw(to common.Address) ([]byte, error) {
	return deckDrop.abi.Pack("withdraw", to)
}

// DeckDropAdmitted represents a Admitted event raised by the DeckDrop contract.
type DeckDropAdmitted struct {
	Group     *big.Int
	Directory [32]byte
	Raw       *types.Log // Blockchain specific contextual infos
}

const DeckDropAdmittedEventName = "Admitted"

// ContractEventName returns the user-defined event name.
func (DeckDropAdmitted) ContractEventName() string {
	return DeckDropAdmittedEventName
}

// UnpackAdmittedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Admitted(uint256 indexed group, bytes32 directory)
func (deckDrop *DeckDrop) UnpackAdmittedEvent(log *types.Log) (*DeckDropAdmitted, error) {
	event := "Admitted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropAdmitted)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropApproval represents a Approval event raised by the DeckDrop contract.
type DeckDropApproval struct {
	Owner    common.Address
	Approved common.Address
	TokenId  *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const DeckDropApprovalEventName = "Approval"

// ContractEventName returns the user-defined event name.
func (DeckDropApproval) ContractEventName() string {
	return DeckDropApprovalEventName
}

// UnpackApprovalEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Approval(address indexed owner, address indexed approved, uint256 indexed tokenId)
func (deckDrop *DeckDrop) UnpackApprovalEvent(log *types.Log) (*DeckDropApproval, error) {
	event := "Approval"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropApproval)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropApprovalForAll represents a ApprovalForAll event raised by the DeckDrop contract.
type DeckDropApprovalForAll struct {
	Owner    common.Address
	Operator common.Address
	Approved bool
	Raw      *types.Log // Blockchain specific contextual infos
}

const DeckDropApprovalForAllEventName = "ApprovalForAll"

// ContractEventName returns the user-defined event name.
func (DeckDropApprovalForAll) ContractEventName() string {
	return DeckDropApprovalForAllEventName
}

// UnpackApprovalForAllEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ApprovalForAll(address indexed owner, address indexed operator, bool approved)
func (deckDrop *DeckDrop) UnpackApprovalForAllEvent(log *types.Log) (*DeckDropApprovalForAll, error) {
	event := "ApprovalForAll"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropApprovalForAll)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropBatchMetadataUpdate represents a BatchMetadataUpdate event raised by the DeckDrop contract.
type DeckDropBatchMetadataUpdate struct {
	FromTokenId *big.Int
	ToTokenId   *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const DeckDropBatchMetadataUpdateEventName = "BatchMetadataUpdate"

// ContractEventName returns the user-defined event name.
func (DeckDropBatchMetadataUpdate) ContractEventName() string {
	return DeckDropBatchMetadataUpdateEventName
}

// UnpackBatchMetadataUpdateEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event BatchMetadataUpdate(uint256 _fromTokenId, uint256 _toTokenId)
func (deckDrop *DeckDrop) UnpackBatchMetadataUpdateEvent(log *types.Log) (*DeckDropBatchMetadataUpdate, error) {
	event := "BatchMetadataUpdate"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropBatchMetadataUpdate)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropConsecutiveTransfer represents a ConsecutiveTransfer event raised by the DeckDrop contract.
type DeckDropConsecutiveTransfer struct {
	FromTokenId *big.Int
	ToTokenId   *big.Int
	From        common.Address
	To          common.Address
	Raw         *types.Log // Blockchain specific contextual infos
}

const DeckDropConsecutiveTransferEventName = "ConsecutiveTransfer"

// ContractEventName returns the user-defined event name.
func (DeckDropConsecutiveTransfer) ContractEventName() string {
	return DeckDropConsecutiveTransferEventName
}

// UnpackConsecutiveTransferEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ConsecutiveTransfer(uint256 indexed fromTokenId, uint256 toTokenId, address indexed from, address indexed to)
func (deckDrop *DeckDrop) UnpackConsecutiveTransferEvent(log *types.Log) (*DeckDropConsecutiveTransfer, error) {
	event := "ConsecutiveTransfer"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropConsecutiveTransfer)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropContractURIUpdated represents a ContractURIUpdated event raised by the DeckDrop contract.
type DeckDropContractURIUpdated struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const DeckDropContractURIUpdatedEventName = "ContractURIUpdated"

// ContractEventName returns the user-defined event name.
func (DeckDropContractURIUpdated) ContractEventName() string {
	return DeckDropContractURIUpdatedEventName
}

// UnpackContractURIUpdatedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ContractURIUpdated()
func (deckDrop *DeckDrop) UnpackContractURIUpdatedEvent(log *types.Log) (*DeckDropContractURIUpdated, error) {
	event := "ContractURIUpdated"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropContractURIUpdated)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropFailed represents a Failed event raised by the DeckDrop contract.
type DeckDropFailed struct {
	Raw *types.Log // Blockchain specific contextual infos
}

const DeckDropFailedEventName = "Failed"

// ContractEventName returns the user-defined event name.
func (DeckDropFailed) ContractEventName() string {
	return DeckDropFailedEventName
}

// UnpackFailedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Failed()
func (deckDrop *DeckDrop) UnpackFailedEvent(log *types.Log) (*DeckDropFailed, error) {
	event := "Failed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropFailed)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropFallbackArmed represents a FallbackArmed event raised by the DeckDrop contract.
type DeckDropFallbackArmed struct {
	BlockNumber *big.Int
	Raw         *types.Log // Blockchain specific contextual infos
}

const DeckDropFallbackArmedEventName = "FallbackArmed"

// ContractEventName returns the user-defined event name.
func (DeckDropFallbackArmed) ContractEventName() string {
	return DeckDropFallbackArmedEventName
}

// UnpackFallbackArmedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FallbackArmed(uint256 blockNumber)
func (deckDrop *DeckDrop) UnpackFallbackArmedEvent(log *types.Log) (*DeckDropFallbackArmed, error) {
	event := "FallbackArmed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropFallbackArmed)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropOwnershipTransferStarted represents a OwnershipTransferStarted event raised by the DeckDrop contract.
type DeckDropOwnershipTransferStarted struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const DeckDropOwnershipTransferStartedEventName = "OwnershipTransferStarted"

// ContractEventName returns the user-defined event name.
func (DeckDropOwnershipTransferStarted) ContractEventName() string {
	return DeckDropOwnershipTransferStartedEventName
}

// UnpackOwnershipTransferStartedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner)
func (deckDrop *DeckDrop) UnpackOwnershipTransferStartedEvent(log *types.Log) (*DeckDropOwnershipTransferStarted, error) {
	event := "OwnershipTransferStarted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropOwnershipTransferStarted)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropOwnershipTransferred represents a OwnershipTransferred event raised by the DeckDrop contract.
type DeckDropOwnershipTransferred struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const DeckDropOwnershipTransferredEventName = "OwnershipTransferred"

// ContractEventName returns the user-defined event name.
func (DeckDropOwnershipTransferred) ContractEventName() string {
	return DeckDropOwnershipTransferredEventName
}

// UnpackOwnershipTransferredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)
func (deckDrop *DeckDrop) UnpackOwnershipTransferredEvent(log *types.Log) (*DeckDropOwnershipTransferred, error) {
	event := "OwnershipTransferred"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropOwnershipTransferred)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropRevealed represents a Revealed event raised by the DeckDrop contract.
type DeckDropRevealed struct {
	Round       uint64
	BlockNumber *big.Int
	Randomness  [32]byte
	Raw         *types.Log // Blockchain specific contextual infos
}

const DeckDropRevealedEventName = "Revealed"

// ContractEventName returns the user-defined event name.
func (DeckDropRevealed) ContractEventName() string {
	return DeckDropRevealedEventName
}

// UnpackRevealedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Revealed(uint64 round, uint256 blockNumber, bytes32 randomness)
func (deckDrop *DeckDrop) UnpackRevealedEvent(log *types.Log) (*DeckDropRevealed, error) {
	event := "Revealed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropRevealed)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropSaleChanged represents a SaleChanged event raised by the DeckDrop contract.
type DeckDropSaleChanged struct {
	Sale SaleTerms
	Raw  *types.Log // Blockchain specific contextual infos
}

const DeckDropSaleChangedEventName = "SaleChanged"

// ContractEventName returns the user-defined event name.
func (DeckDropSaleChanged) ContractEventName() string {
	return DeckDropSaleChangedEventName
}

// UnpackSaleChangedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event SaleChanged((uint32,uint32,uint32,uint256,uint256,bytes32) sale)
func (deckDrop *DeckDrop) UnpackSaleChangedEvent(log *types.Log) (*DeckDropSaleChanged, error) {
	event := "SaleChanged"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropSaleChanged)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropSaleEnds represents a SaleEnds event raised by the DeckDrop contract.
type DeckDropSaleEnds struct {
	End   uint32
	Round uint64
	Raw   *types.Log // Blockchain specific contextual infos
}

const DeckDropSaleEndsEventName = "SaleEnds"

// ContractEventName returns the user-defined event name.
func (DeckDropSaleEnds) ContractEventName() string {
	return DeckDropSaleEndsEventName
}

// UnpackSaleEndsEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event SaleEnds(uint32 end, uint64 round)
func (deckDrop *DeckDrop) UnpackSaleEndsEvent(log *types.Log) (*DeckDropSaleEnds, error) {
	event := "SaleEnds"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropSaleEnds)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropTransfer represents a Transfer event raised by the DeckDrop contract.
type DeckDropTransfer struct {
	From    common.Address
	To      common.Address
	TokenId *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const DeckDropTransferEventName = "Transfer"

// ContractEventName returns the user-defined event name.
func (DeckDropTransfer) ContractEventName() string {
	return DeckDropTransferEventName
}

// UnpackTransferEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Transfer(address indexed from, address indexed to, uint256 indexed tokenId)
func (deckDrop *DeckDrop) UnpackTransferEvent(log *types.Log) (*DeckDropTransfer, error) {
	event := "Transfer"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropTransfer)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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

// DeckDropWithdrawn represents a Withdrawn event raised by the DeckDrop contract.
type DeckDropWithdrawn struct {
	To     common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const DeckDropWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (DeckDropWithdrawn) ContractEventName() string {
	return DeckDropWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address to, uint256 amount)
func (deckDrop *DeckDrop) UnpackWithdrawnEvent(log *types.Log) (*DeckDropWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != deckDrop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(DeckDropWithdrawn)
	if len(log.Data) > 0 {
		if err := deckDrop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range deckDrop.abi.Events[event].Inputs {
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
func (deckDrop *DeckDrop) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["AboveLimit"].ID.Bytes()[:4]) {
		return deckDrop.UnpackAboveLimitError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["AlreadyOpened"].ID.Bytes()[:4]) {
		return deckDrop.UnpackAlreadyOpenedError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["ApprovalCallerNotOwnerNorApproved"].ID.Bytes()[:4]) {
		return deckDrop.UnpackApprovalCallerNotOwnerNorApprovedError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["ApprovalQueryForNonexistentToken"].ID.Bytes()[:4]) {
		return deckDrop.UnpackApprovalQueryForNonexistentTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["BalanceQueryForZeroAddress"].ID.Bytes()[:4]) {
		return deckDrop.UnpackBalanceQueryForZeroAddressError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["ERC2981InvalidDefaultRoyalty"].ID.Bytes()[:4]) {
		return deckDrop.UnpackERC2981InvalidDefaultRoyaltyError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["ERC2981InvalidDefaultRoyaltyReceiver"].ID.Bytes()[:4]) {
		return deckDrop.UnpackERC2981InvalidDefaultRoyaltyReceiverError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["ERC2981InvalidTokenRoyalty"].ID.Bytes()[:4]) {
		return deckDrop.UnpackERC2981InvalidTokenRoyaltyError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["ERC2981InvalidTokenRoyaltyReceiver"].ID.Bytes()[:4]) {
		return deckDrop.UnpackERC2981InvalidTokenRoyaltyReceiverError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["Incomplete"].ID.Bytes()[:4]) {
		return deckDrop.UnpackIncompleteError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidDropTerms"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidDropTermsError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidEnd"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidEndError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidGroup"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidGroupError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidLengths"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidLengthsError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidLot"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidLotError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidSaleTerms"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidSaleTermsError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidTerms"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidTermsError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["InvalidTokenId"].ID.Bytes()[:4]) {
		return deckDrop.UnpackInvalidTokenIdError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["ListInUse"].ID.Bytes()[:4]) {
		return deckDrop.UnpackListInUseError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["MintERC2309QuantityExceedsLimit"].ID.Bytes()[:4]) {
		return deckDrop.UnpackMintERC2309QuantityExceedsLimitError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["MintToZeroAddress"].ID.Bytes()[:4]) {
		return deckDrop.UnpackMintToZeroAddressError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["MintZeroQuantity"].ID.Bytes()[:4]) {
		return deckDrop.UnpackMintZeroQuantityError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NoFallback"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNoFallbackError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotCompatibleWithSpotMints"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotCompatibleWithSpotMintsError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotOnTheList"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotOnTheListError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotRevealed"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotRevealedError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotSelling"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotSellingError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotSettled"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotSettledError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotSoldOut"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotSoldOutError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotTheAuthor"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotTheAuthorError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NotThePayee"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNotThePayeeError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["NothingToReveal"].ID.Bytes()[:4]) {
		return deckDrop.UnpackNothingToRevealError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["OwnableInvalidOwner"].ID.Bytes()[:4]) {
		return deckDrop.UnpackOwnableInvalidOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["OwnableUnauthorizedAccount"].ID.Bytes()[:4]) {
		return deckDrop.UnpackOwnableUnauthorizedAccountError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["OwnerQueryForNonexistentToken"].ID.Bytes()[:4]) {
		return deckDrop.UnpackOwnerQueryForNonexistentTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["OwnershipNotInitializedForExtraData"].ID.Bytes()[:4]) {
		return deckDrop.UnpackOwnershipNotInitializedForExtraDataError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["PaymentRefused"].ID.Bytes()[:4]) {
		return deckDrop.UnpackPaymentRefusedError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["PhaseNotOpen"].ID.Bytes()[:4]) {
		return deckDrop.UnpackPhaseNotOpenError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["PriceRaised"].ID.Bytes()[:4]) {
		return deckDrop.UnpackPriceRaisedError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["RoyaltyTooHigh"].ID.Bytes()[:4]) {
		return deckDrop.UnpackRoyaltyTooHighError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["SequentialMintExceedsLimit"].ID.Bytes()[:4]) {
		return deckDrop.UnpackSequentialMintExceedsLimitError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["SequentialUpToTooSmall"].ID.Bytes()[:4]) {
		return deckDrop.UnpackSequentialUpToTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["SoldOut"].ID.Bytes()[:4]) {
		return deckDrop.UnpackSoldOutError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["SpotMintTokenIdTooSmall"].ID.Bytes()[:4]) {
		return deckDrop.UnpackSpotMintTokenIdTooSmallError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["TokenAlreadyExists"].ID.Bytes()[:4]) {
		return deckDrop.UnpackTokenAlreadyExistsError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["TooEarly"].ID.Bytes()[:4]) {
		return deckDrop.UnpackTooEarlyError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["TransferCallerNotOwnerNorApproved"].ID.Bytes()[:4]) {
		return deckDrop.UnpackTransferCallerNotOwnerNorApprovedError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["TransferFromIncorrectOwner"].ID.Bytes()[:4]) {
		return deckDrop.UnpackTransferFromIncorrectOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["TransferToNonERC721ReceiverImplementer"].ID.Bytes()[:4]) {
		return deckDrop.UnpackTransferToNonERC721ReceiverImplementerError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["TransferToZeroAddress"].ID.Bytes()[:4]) {
		return deckDrop.UnpackTransferToZeroAddressError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["URIQueryForNonexistentToken"].ID.Bytes()[:4]) {
		return deckDrop.UnpackURIQueryForNonexistentTokenError(raw[4:])
	}
	if bytes.Equal(raw[:4], deckDrop.abi.Errors["WrongPayment"].ID.Bytes()[:4]) {
		return deckDrop.UnpackWrongPaymentError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// DeckDropAboveLimit represents a AboveLimit error raised by the DeckDrop contract.
type DeckDropAboveLimit struct {
	Wanted *big.Int
	Limit  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AboveLimit(uint256 wanted, uint256 limit)
func DeckDropAboveLimitErrorID() common.Hash {
	return common.HexToHash("0xbaf684fe5466385065c4bbdef2497c384b3e8a656b37019541e16aa5e8e8f933")
}

// UnpackAboveLimitError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AboveLimit(uint256 wanted, uint256 limit)
func (deckDrop *DeckDrop) UnpackAboveLimitError(raw []byte) (*DeckDropAboveLimit, error) {
	out := new(DeckDropAboveLimit)
	if err := deckDrop.abi.UnpackIntoInterface(out, "AboveLimit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropAlreadyOpened represents a AlreadyOpened error raised by the DeckDrop contract.
type DeckDropAlreadyOpened struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error AlreadyOpened()
func DeckDropAlreadyOpenedErrorID() common.Hash {
	return common.HexToHash("0x1da42b26e004cf8c2b6fb52a3019cbf27665f0c7fe24e1a58c8d871b2d758e29")
}

// UnpackAlreadyOpenedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error AlreadyOpened()
func (deckDrop *DeckDrop) UnpackAlreadyOpenedError(raw []byte) (*DeckDropAlreadyOpened, error) {
	out := new(DeckDropAlreadyOpened)
	if err := deckDrop.abi.UnpackIntoInterface(out, "AlreadyOpened", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropApprovalCallerNotOwnerNorApproved represents a ApprovalCallerNotOwnerNorApproved error raised by the DeckDrop contract.
type DeckDropApprovalCallerNotOwnerNorApproved struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ApprovalCallerNotOwnerNorApproved()
func DeckDropApprovalCallerNotOwnerNorApprovedErrorID() common.Hash {
	return common.HexToHash("0xcfb3b9429a134b2b944604a735efdb2b29b197735c30602f556a6a2f1032f120")
}

// UnpackApprovalCallerNotOwnerNorApprovedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ApprovalCallerNotOwnerNorApproved()
func (deckDrop *DeckDrop) UnpackApprovalCallerNotOwnerNorApprovedError(raw []byte) (*DeckDropApprovalCallerNotOwnerNorApproved, error) {
	out := new(DeckDropApprovalCallerNotOwnerNorApproved)
	if err := deckDrop.abi.UnpackIntoInterface(out, "ApprovalCallerNotOwnerNorApproved", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropApprovalQueryForNonexistentToken represents a ApprovalQueryForNonexistentToken error raised by the DeckDrop contract.
type DeckDropApprovalQueryForNonexistentToken struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ApprovalQueryForNonexistentToken()
func DeckDropApprovalQueryForNonexistentTokenErrorID() common.Hash {
	return common.HexToHash("0xcf4700e46ed41ef04607b4e3308dff2984f54d77e296299fdaddb3cada81600f")
}

// UnpackApprovalQueryForNonexistentTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ApprovalQueryForNonexistentToken()
func (deckDrop *DeckDrop) UnpackApprovalQueryForNonexistentTokenError(raw []byte) (*DeckDropApprovalQueryForNonexistentToken, error) {
	out := new(DeckDropApprovalQueryForNonexistentToken)
	if err := deckDrop.abi.UnpackIntoInterface(out, "ApprovalQueryForNonexistentToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropBalanceQueryForZeroAddress represents a BalanceQueryForZeroAddress error raised by the DeckDrop contract.
type DeckDropBalanceQueryForZeroAddress struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error BalanceQueryForZeroAddress()
func DeckDropBalanceQueryForZeroAddressErrorID() common.Hash {
	return common.HexToHash("0x8f4eb6044d70ec5bf71516c5fb8d3c3aef5dba1bd1c93d779e9c0f269589e79c")
}

// UnpackBalanceQueryForZeroAddressError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error BalanceQueryForZeroAddress()
func (deckDrop *DeckDrop) UnpackBalanceQueryForZeroAddressError(raw []byte) (*DeckDropBalanceQueryForZeroAddress, error) {
	out := new(DeckDropBalanceQueryForZeroAddress)
	if err := deckDrop.abi.UnpackIntoInterface(out, "BalanceQueryForZeroAddress", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropERC2981InvalidDefaultRoyalty represents a ERC2981InvalidDefaultRoyalty error raised by the DeckDrop contract.
type DeckDropERC2981InvalidDefaultRoyalty struct {
	Numerator   *big.Int
	Denominator *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidDefaultRoyalty(uint256 numerator, uint256 denominator)
func DeckDropERC2981InvalidDefaultRoyaltyErrorID() common.Hash {
	return common.HexToHash("0x6f483d09b3a1c4c035367ae09146a8a08a718cb6617416cc12a2457ab3d65514")
}

// UnpackERC2981InvalidDefaultRoyaltyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidDefaultRoyalty(uint256 numerator, uint256 denominator)
func (deckDrop *DeckDrop) UnpackERC2981InvalidDefaultRoyaltyError(raw []byte) (*DeckDropERC2981InvalidDefaultRoyalty, error) {
	out := new(DeckDropERC2981InvalidDefaultRoyalty)
	if err := deckDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidDefaultRoyalty", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropERC2981InvalidDefaultRoyaltyReceiver represents a ERC2981InvalidDefaultRoyaltyReceiver error raised by the DeckDrop contract.
type DeckDropERC2981InvalidDefaultRoyaltyReceiver struct {
	Receiver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidDefaultRoyaltyReceiver(address receiver)
func DeckDropERC2981InvalidDefaultRoyaltyReceiverErrorID() common.Hash {
	return common.HexToHash("0xb6d9900a710828c2d05fe8061d6309d02a20eaa45cd00228c2c2dfbfa2b86fc3")
}

// UnpackERC2981InvalidDefaultRoyaltyReceiverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidDefaultRoyaltyReceiver(address receiver)
func (deckDrop *DeckDrop) UnpackERC2981InvalidDefaultRoyaltyReceiverError(raw []byte) (*DeckDropERC2981InvalidDefaultRoyaltyReceiver, error) {
	out := new(DeckDropERC2981InvalidDefaultRoyaltyReceiver)
	if err := deckDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidDefaultRoyaltyReceiver", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropERC2981InvalidTokenRoyalty represents a ERC2981InvalidTokenRoyalty error raised by the DeckDrop contract.
type DeckDropERC2981InvalidTokenRoyalty struct {
	TokenId     *big.Int
	Numerator   *big.Int
	Denominator *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidTokenRoyalty(uint256 tokenId, uint256 numerator, uint256 denominator)
func DeckDropERC2981InvalidTokenRoyaltyErrorID() common.Hash {
	return common.HexToHash("0xdfd1fc1b5658265f0993b87b75dd02b2fdcb36b128879bccdcf260effa0856bf")
}

// UnpackERC2981InvalidTokenRoyaltyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidTokenRoyalty(uint256 tokenId, uint256 numerator, uint256 denominator)
func (deckDrop *DeckDrop) UnpackERC2981InvalidTokenRoyaltyError(raw []byte) (*DeckDropERC2981InvalidTokenRoyalty, error) {
	out := new(DeckDropERC2981InvalidTokenRoyalty)
	if err := deckDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidTokenRoyalty", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropERC2981InvalidTokenRoyaltyReceiver represents a ERC2981InvalidTokenRoyaltyReceiver error raised by the DeckDrop contract.
type DeckDropERC2981InvalidTokenRoyaltyReceiver struct {
	TokenId  *big.Int
	Receiver common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ERC2981InvalidTokenRoyaltyReceiver(uint256 tokenId, address receiver)
func DeckDropERC2981InvalidTokenRoyaltyReceiverErrorID() common.Hash {
	return common.HexToHash("0x969f0852135afead3ca9a1ff1e4fe485d35593f81a91d5dbe3a5737302cdbda8")
}

// UnpackERC2981InvalidTokenRoyaltyReceiverError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ERC2981InvalidTokenRoyaltyReceiver(uint256 tokenId, address receiver)
func (deckDrop *DeckDrop) UnpackERC2981InvalidTokenRoyaltyReceiverError(raw []byte) (*DeckDropERC2981InvalidTokenRoyaltyReceiver, error) {
	out := new(DeckDropERC2981InvalidTokenRoyaltyReceiver)
	if err := deckDrop.abi.UnpackIntoInterface(out, "ERC2981InvalidTokenRoyaltyReceiver", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropIncomplete represents a Incomplete error raised by the DeckDrop contract.
type DeckDropIncomplete struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error Incomplete()
func DeckDropIncompleteErrorID() common.Hash {
	return common.HexToHash("0x2bff5fc4cc24663d270ad3c4a6f41f3b0d12bef9a07b43737ee65fb14e5aa71d")
}

// UnpackIncompleteError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error Incomplete()
func (deckDrop *DeckDrop) UnpackIncompleteError(raw []byte) (*DeckDropIncomplete, error) {
	out := new(DeckDropIncomplete)
	if err := deckDrop.abi.UnpackIntoInterface(out, "Incomplete", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidDropTerms represents a InvalidDropTerms error raised by the DeckDrop contract.
type DeckDropInvalidDropTerms struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidDropTerms()
func DeckDropInvalidDropTermsErrorID() common.Hash {
	return common.HexToHash("0xd72bceb848aa2b87af3f103d85d8cc30667ef4a91e8c14bf804dd02c8f7f2650")
}

// UnpackInvalidDropTermsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidDropTerms()
func (deckDrop *DeckDrop) UnpackInvalidDropTermsError(raw []byte) (*DeckDropInvalidDropTerms, error) {
	out := new(DeckDropInvalidDropTerms)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidDropTerms", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidEnd represents a InvalidEnd error raised by the DeckDrop contract.
type DeckDropInvalidEnd struct {
	End *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidEnd(uint256 end)
func DeckDropInvalidEndErrorID() common.Hash {
	return common.HexToHash("0x581673ff0e8ebaeb015bc557138bcf31255d9b889cf92d4db0adf125c9e7b75f")
}

// UnpackInvalidEndError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidEnd(uint256 end)
func (deckDrop *DeckDrop) UnpackInvalidEndError(raw []byte) (*DeckDropInvalidEnd, error) {
	out := new(DeckDropInvalidEnd)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidEnd", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidGroup represents a InvalidGroup error raised by the DeckDrop contract.
type DeckDropInvalidGroup struct {
	Group *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidGroup(uint256 group)
func DeckDropInvalidGroupErrorID() common.Hash {
	return common.HexToHash("0xc46a1459eee630a265c64f53d092911a9c698b928986380f4c41569741575fc0")
}

// UnpackInvalidGroupError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidGroup(uint256 group)
func (deckDrop *DeckDrop) UnpackInvalidGroupError(raw []byte) (*DeckDropInvalidGroup, error) {
	out := new(DeckDropInvalidGroup)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidGroup", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidLengths represents a InvalidLengths error raised by the DeckDrop contract.
type DeckDropInvalidLengths struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidLengths()
func DeckDropInvalidLengthsErrorID() common.Hash {
	return common.HexToHash("0x1df89e8b3406d8bcdf009bc1b4974f02af0690a82fd7f1b283dfd1d7ac6fe552")
}

// UnpackInvalidLengthsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidLengths()
func (deckDrop *DeckDrop) UnpackInvalidLengthsError(raw []byte) (*DeckDropInvalidLengths, error) {
	out := new(DeckDropInvalidLengths)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidLengths", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidLot represents a InvalidLot error raised by the DeckDrop contract.
type DeckDropInvalidLot struct {
	Count *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidLot(uint256 count)
func DeckDropInvalidLotErrorID() common.Hash {
	return common.HexToHash("0x42f13f219d08bd4934332ab4e2a19898aff94cd64d5b2a5e22deecf508d8acb4")
}

// UnpackInvalidLotError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidLot(uint256 count)
func (deckDrop *DeckDrop) UnpackInvalidLotError(raw []byte) (*DeckDropInvalidLot, error) {
	out := new(DeckDropInvalidLot)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidLot", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidSaleTerms represents a InvalidSaleTerms error raised by the DeckDrop contract.
type DeckDropInvalidSaleTerms struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidSaleTerms()
func DeckDropInvalidSaleTermsErrorID() common.Hash {
	return common.HexToHash("0x6541d97ffc7c60505432fb3a7c7fb4912b2612f02849a6405431dad732586fd4")
}

// UnpackInvalidSaleTermsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidSaleTerms()
func (deckDrop *DeckDrop) UnpackInvalidSaleTermsError(raw []byte) (*DeckDropInvalidSaleTerms, error) {
	out := new(DeckDropInvalidSaleTerms)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidSaleTerms", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidTerms represents a InvalidTerms error raised by the DeckDrop contract.
type DeckDropInvalidTerms struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidTerms()
func DeckDropInvalidTermsErrorID() common.Hash {
	return common.HexToHash("0x0256965f9b387bc8ec6c98cf0ff582eaf117751bcb03b5eac94f4b122d4a5fc9")
}

// UnpackInvalidTermsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidTerms()
func (deckDrop *DeckDrop) UnpackInvalidTermsError(raw []byte) (*DeckDropInvalidTerms, error) {
	out := new(DeckDropInvalidTerms)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidTerms", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropInvalidTokenId represents a InvalidTokenId error raised by the DeckDrop contract.
type DeckDropInvalidTokenId struct {
	First *big.Int
	Count *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidTokenId(uint256 first, uint256 count)
func DeckDropInvalidTokenIdErrorID() common.Hash {
	return common.HexToHash("0x5a291424af6f31a2a85090c7ddc8ab348a5522dab389da5f94f42c5bd8cc27e2")
}

// UnpackInvalidTokenIdError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidTokenId(uint256 first, uint256 count)
func (deckDrop *DeckDrop) UnpackInvalidTokenIdError(raw []byte) (*DeckDropInvalidTokenId, error) {
	out := new(DeckDropInvalidTokenId)
	if err := deckDrop.abi.UnpackIntoInterface(out, "InvalidTokenId", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropListInUse represents a ListInUse error raised by the DeckDrop contract.
type DeckDropListInUse struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ListInUse()
func DeckDropListInUseErrorID() common.Hash {
	return common.HexToHash("0x0ae6bd51b7a2b68aa33c43a5d5d3afc83eccdabf96704a6fd0f90495bc608d77")
}

// UnpackListInUseError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ListInUse()
func (deckDrop *DeckDrop) UnpackListInUseError(raw []byte) (*DeckDropListInUse, error) {
	out := new(DeckDropListInUse)
	if err := deckDrop.abi.UnpackIntoInterface(out, "ListInUse", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropMintERC2309QuantityExceedsLimit represents a MintERC2309QuantityExceedsLimit error raised by the DeckDrop contract.
type DeckDropMintERC2309QuantityExceedsLimit struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MintERC2309QuantityExceedsLimit()
func DeckDropMintERC2309QuantityExceedsLimitErrorID() common.Hash {
	return common.HexToHash("0x3db1f9afdc4a8b6134b1f81992ec3c4e0b7e4d3131e055eb17d1a0ba02c36c37")
}

// UnpackMintERC2309QuantityExceedsLimitError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MintERC2309QuantityExceedsLimit()
func (deckDrop *DeckDrop) UnpackMintERC2309QuantityExceedsLimitError(raw []byte) (*DeckDropMintERC2309QuantityExceedsLimit, error) {
	out := new(DeckDropMintERC2309QuantityExceedsLimit)
	if err := deckDrop.abi.UnpackIntoInterface(out, "MintERC2309QuantityExceedsLimit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropMintToZeroAddress represents a MintToZeroAddress error raised by the DeckDrop contract.
type DeckDropMintToZeroAddress struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MintToZeroAddress()
func DeckDropMintToZeroAddressErrorID() common.Hash {
	return common.HexToHash("0x2e076300cc9339eb5c3cef53bf1884bed209f3e8a58ca06b0a19c37ff1ae363c")
}

// UnpackMintToZeroAddressError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MintToZeroAddress()
func (deckDrop *DeckDrop) UnpackMintToZeroAddressError(raw []byte) (*DeckDropMintToZeroAddress, error) {
	out := new(DeckDropMintToZeroAddress)
	if err := deckDrop.abi.UnpackIntoInterface(out, "MintToZeroAddress", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropMintZeroQuantity represents a MintZeroQuantity error raised by the DeckDrop contract.
type DeckDropMintZeroQuantity struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error MintZeroQuantity()
func DeckDropMintZeroQuantityErrorID() common.Hash {
	return common.HexToHash("0xb562e8dd38b8d2a6fb8156b4974f05d22935d7700877ad15fde6741bbc25fd02")
}

// UnpackMintZeroQuantityError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error MintZeroQuantity()
func (deckDrop *DeckDrop) UnpackMintZeroQuantityError(raw []byte) (*DeckDropMintZeroQuantity, error) {
	out := new(DeckDropMintZeroQuantity)
	if err := deckDrop.abi.UnpackIntoInterface(out, "MintZeroQuantity", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNoFallback represents a NoFallback error raised by the DeckDrop contract.
type DeckDropNoFallback struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoFallback()
func DeckDropNoFallbackErrorID() common.Hash {
	return common.HexToHash("0xb25befbf117f723c08718e771899aaf6e80a802bb9161bb593e58a57f4fbf72a")
}

// UnpackNoFallbackError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoFallback()
func (deckDrop *DeckDrop) UnpackNoFallbackError(raw []byte) (*DeckDropNoFallback, error) {
	out := new(DeckDropNoFallback)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NoFallback", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotCompatibleWithSpotMints represents a NotCompatibleWithSpotMints error raised by the DeckDrop contract.
type DeckDropNotCompatibleWithSpotMints struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotCompatibleWithSpotMints()
func DeckDropNotCompatibleWithSpotMintsErrorID() common.Hash {
	return common.HexToHash("0xbdba09d7de4615327bd4f0b137a32980f4ce72fa2ab3b430bbef6573e1f39bfd")
}

// UnpackNotCompatibleWithSpotMintsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotCompatibleWithSpotMints()
func (deckDrop *DeckDrop) UnpackNotCompatibleWithSpotMintsError(raw []byte) (*DeckDropNotCompatibleWithSpotMints, error) {
	out := new(DeckDropNotCompatibleWithSpotMints)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotCompatibleWithSpotMints", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotOnTheList represents a NotOnTheList error raised by the DeckDrop contract.
type DeckDropNotOnTheList struct {
	Account   common.Address
	Allowance *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotOnTheList(address account, uint256 allowance)
func DeckDropNotOnTheListErrorID() common.Hash {
	return common.HexToHash("0x491ca96e8222bbfa93741a204c968a6da3915313536a3c13ebdcad9523c2fe73")
}

// UnpackNotOnTheListError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotOnTheList(address account, uint256 allowance)
func (deckDrop *DeckDrop) UnpackNotOnTheListError(raw []byte) (*DeckDropNotOnTheList, error) {
	out := new(DeckDropNotOnTheList)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotOnTheList", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotRevealed represents a NotRevealed error raised by the DeckDrop contract.
type DeckDropNotRevealed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotRevealed()
func DeckDropNotRevealedErrorID() common.Hash {
	return common.HexToHash("0xb2c9bc88c92af6486d50da545a7932451137b560eebafbccc58fe475c2a2a4d5")
}

// UnpackNotRevealedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotRevealed()
func (deckDrop *DeckDrop) UnpackNotRevealedError(raw []byte) (*DeckDropNotRevealed, error) {
	out := new(DeckDropNotRevealed)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotRevealed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotSelling represents a NotSelling error raised by the DeckDrop contract.
type DeckDropNotSelling struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSelling()
func DeckDropNotSellingErrorID() common.Hash {
	return common.HexToHash("0xfe3ca2f18c148fc5b74ff7e41134446cd657172a20292e163d615d8408422f35")
}

// UnpackNotSellingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSelling()
func (deckDrop *DeckDrop) UnpackNotSellingError(raw []byte) (*DeckDropNotSelling, error) {
	out := new(DeckDropNotSelling)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotSelling", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotSettled represents a NotSettled error raised by the DeckDrop contract.
type DeckDropNotSettled struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSettled()
func DeckDropNotSettledErrorID() common.Hash {
	return common.HexToHash("0xba329a9ba88ea34e96b72c575515344032eb5ca11490926c149f35dc9dd0d722")
}

// UnpackNotSettledError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSettled()
func (deckDrop *DeckDrop) UnpackNotSettledError(raw []byte) (*DeckDropNotSettled, error) {
	out := new(DeckDropNotSettled)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotSettled", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotSoldOut represents a NotSoldOut error raised by the DeckDrop contract.
type DeckDropNotSoldOut struct {
	Left *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSoldOut(uint256 left)
func DeckDropNotSoldOutErrorID() common.Hash {
	return common.HexToHash("0x97fa8144d0c836160e3d9f08d18a1ce209a320c68c4465beee579ff8d0f6a44d")
}

// UnpackNotSoldOutError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSoldOut(uint256 left)
func (deckDrop *DeckDrop) UnpackNotSoldOutError(raw []byte) (*DeckDropNotSoldOut, error) {
	out := new(DeckDropNotSoldOut)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotSoldOut", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotTheAuthor represents a NotTheAuthor error raised by the DeckDrop contract.
type DeckDropNotTheAuthor struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotTheAuthor(address caller)
func DeckDropNotTheAuthorErrorID() common.Hash {
	return common.HexToHash("0x8ef6aaf48b78db56b77d37658b8d2b6a6ecd48e1aa955a323add55d519e7417d")
}

// UnpackNotTheAuthorError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotTheAuthor(address caller)
func (deckDrop *DeckDrop) UnpackNotTheAuthorError(raw []byte) (*DeckDropNotTheAuthor, error) {
	out := new(DeckDropNotTheAuthor)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotTheAuthor", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNotThePayee represents a NotThePayee error raised by the DeckDrop contract.
type DeckDropNotThePayee struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotThePayee(address caller)
func DeckDropNotThePayeeErrorID() common.Hash {
	return common.HexToHash("0x8cdb5b74caddc0e870147e8479c342b26006bc73d6f7bd2aadaad65f72e2e31f")
}

// UnpackNotThePayeeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotThePayee(address caller)
func (deckDrop *DeckDrop) UnpackNotThePayeeError(raw []byte) (*DeckDropNotThePayee, error) {
	out := new(DeckDropNotThePayee)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NotThePayee", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropNothingToReveal represents a NothingToReveal error raised by the DeckDrop contract.
type DeckDropNothingToReveal struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NothingToReveal()
func DeckDropNothingToRevealErrorID() common.Hash {
	return common.HexToHash("0x6599c9aa72353c949815b7966b920bc807835b55d44d3f6113f08bf065066153")
}

// UnpackNothingToRevealError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NothingToReveal()
func (deckDrop *DeckDrop) UnpackNothingToRevealError(raw []byte) (*DeckDropNothingToReveal, error) {
	out := new(DeckDropNothingToReveal)
	if err := deckDrop.abi.UnpackIntoInterface(out, "NothingToReveal", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropOwnableInvalidOwner represents a OwnableInvalidOwner error raised by the DeckDrop contract.
type DeckDropOwnableInvalidOwner struct {
	Owner common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableInvalidOwner(address owner)
func DeckDropOwnableInvalidOwnerErrorID() common.Hash {
	return common.HexToHash("0x1e4fbdf7f3ef8bcaa855599e3abf48b232380f183f08f6f813d9ffa5bd585188")
}

// UnpackOwnableInvalidOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableInvalidOwner(address owner)
func (deckDrop *DeckDrop) UnpackOwnableInvalidOwnerError(raw []byte) (*DeckDropOwnableInvalidOwner, error) {
	out := new(DeckDropOwnableInvalidOwner)
	if err := deckDrop.abi.UnpackIntoInterface(out, "OwnableInvalidOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropOwnableUnauthorizedAccount represents a OwnableUnauthorizedAccount error raised by the DeckDrop contract.
type DeckDropOwnableUnauthorizedAccount struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func DeckDropOwnableUnauthorizedAccountErrorID() common.Hash {
	return common.HexToHash("0x118cdaa7a341953d1887a2245fd6665d741c67c8c50581daa59e1d03373fa188")
}

// UnpackOwnableUnauthorizedAccountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func (deckDrop *DeckDrop) UnpackOwnableUnauthorizedAccountError(raw []byte) (*DeckDropOwnableUnauthorizedAccount, error) {
	out := new(DeckDropOwnableUnauthorizedAccount)
	if err := deckDrop.abi.UnpackIntoInterface(out, "OwnableUnauthorizedAccount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropOwnerQueryForNonexistentToken represents a OwnerQueryForNonexistentToken error raised by the DeckDrop contract.
type DeckDropOwnerQueryForNonexistentToken struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnerQueryForNonexistentToken()
func DeckDropOwnerQueryForNonexistentTokenErrorID() common.Hash {
	return common.HexToHash("0xdf2d9b424672bd00e1e032c20dbf3b98e82895632ef5694f935500416ec6869f")
}

// UnpackOwnerQueryForNonexistentTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnerQueryForNonexistentToken()
func (deckDrop *DeckDrop) UnpackOwnerQueryForNonexistentTokenError(raw []byte) (*DeckDropOwnerQueryForNonexistentToken, error) {
	out := new(DeckDropOwnerQueryForNonexistentToken)
	if err := deckDrop.abi.UnpackIntoInterface(out, "OwnerQueryForNonexistentToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropOwnershipNotInitializedForExtraData represents a OwnershipNotInitializedForExtraData error raised by the DeckDrop contract.
type DeckDropOwnershipNotInitializedForExtraData struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnershipNotInitializedForExtraData()
func DeckDropOwnershipNotInitializedForExtraDataErrorID() common.Hash {
	return common.HexToHash("0x00d581532958f43622785633cc88156b61c1db85758a0959b86c456afb2f30a4")
}

// UnpackOwnershipNotInitializedForExtraDataError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnershipNotInitializedForExtraData()
func (deckDrop *DeckDrop) UnpackOwnershipNotInitializedForExtraDataError(raw []byte) (*DeckDropOwnershipNotInitializedForExtraData, error) {
	out := new(DeckDropOwnershipNotInitializedForExtraData)
	if err := deckDrop.abi.UnpackIntoInterface(out, "OwnershipNotInitializedForExtraData", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropPaymentRefused represents a PaymentRefused error raised by the DeckDrop contract.
type DeckDropPaymentRefused struct {
	To common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PaymentRefused(address to)
func DeckDropPaymentRefusedErrorID() common.Hash {
	return common.HexToHash("0xb6c30e5f0c557b120c5a0883d0096cc6767420d80c5f6be6285d840bc71edf68")
}

// UnpackPaymentRefusedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PaymentRefused(address to)
func (deckDrop *DeckDrop) UnpackPaymentRefusedError(raw []byte) (*DeckDropPaymentRefused, error) {
	out := new(DeckDropPaymentRefused)
	if err := deckDrop.abi.UnpackIntoInterface(out, "PaymentRefused", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropPhaseNotOpen represents a PhaseNotOpen error raised by the DeckDrop contract.
type DeckDropPhaseNotOpen struct {
	From *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PhaseNotOpen(uint256 from)
func DeckDropPhaseNotOpenErrorID() common.Hash {
	return common.HexToHash("0x897c236d793f8f15c4b5eac4467df5c94d9d35426b156a9c54abf435990e5a9a")
}

// UnpackPhaseNotOpenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PhaseNotOpen(uint256 from)
func (deckDrop *DeckDrop) UnpackPhaseNotOpenError(raw []byte) (*DeckDropPhaseNotOpen, error) {
	out := new(DeckDropPhaseNotOpen)
	if err := deckDrop.abi.UnpackIntoInterface(out, "PhaseNotOpen", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropPriceRaised represents a PriceRaised error raised by the DeckDrop contract.
type DeckDropPriceRaised struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PriceRaised()
func DeckDropPriceRaisedErrorID() common.Hash {
	return common.HexToHash("0xfcffb59a6f3c0dba937589320789a991e77ce622ec5cbf19b065758d4e2329cb")
}

// UnpackPriceRaisedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PriceRaised()
func (deckDrop *DeckDrop) UnpackPriceRaisedError(raw []byte) (*DeckDropPriceRaised, error) {
	out := new(DeckDropPriceRaised)
	if err := deckDrop.abi.UnpackIntoInterface(out, "PriceRaised", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropRoyaltyTooHigh represents a RoyaltyTooHigh error raised by the DeckDrop contract.
type DeckDropRoyaltyTooHigh struct {
	Fraction *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error RoyaltyTooHigh(uint256 fraction)
func DeckDropRoyaltyTooHighErrorID() common.Hash {
	return common.HexToHash("0x5c707b497aa46cf11bf6016fd0971892eec36d67d3508f3a350d0ff6deb5c7e3")
}

// UnpackRoyaltyTooHighError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error RoyaltyTooHigh(uint256 fraction)
func (deckDrop *DeckDrop) UnpackRoyaltyTooHighError(raw []byte) (*DeckDropRoyaltyTooHigh, error) {
	out := new(DeckDropRoyaltyTooHigh)
	if err := deckDrop.abi.UnpackIntoInterface(out, "RoyaltyTooHigh", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropSequentialMintExceedsLimit represents a SequentialMintExceedsLimit error raised by the DeckDrop contract.
type DeckDropSequentialMintExceedsLimit struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SequentialMintExceedsLimit()
func DeckDropSequentialMintExceedsLimitErrorID() common.Hash {
	return common.HexToHash("0x81647e3a587700511fde95f04a17f4acb48e1899b3efe1ee6e59da8383e5673c")
}

// UnpackSequentialMintExceedsLimitError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SequentialMintExceedsLimit()
func (deckDrop *DeckDrop) UnpackSequentialMintExceedsLimitError(raw []byte) (*DeckDropSequentialMintExceedsLimit, error) {
	out := new(DeckDropSequentialMintExceedsLimit)
	if err := deckDrop.abi.UnpackIntoInterface(out, "SequentialMintExceedsLimit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropSequentialUpToTooSmall represents a SequentialUpToTooSmall error raised by the DeckDrop contract.
type DeckDropSequentialUpToTooSmall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SequentialUpToTooSmall()
func DeckDropSequentialUpToTooSmallErrorID() common.Hash {
	return common.HexToHash("0xfed8210fc76c50227deed0174882f5f223506229ccf11f6cd98e7c48681ea535")
}

// UnpackSequentialUpToTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SequentialUpToTooSmall()
func (deckDrop *DeckDrop) UnpackSequentialUpToTooSmallError(raw []byte) (*DeckDropSequentialUpToTooSmall, error) {
	out := new(DeckDropSequentialUpToTooSmall)
	if err := deckDrop.abi.UnpackIntoInterface(out, "SequentialUpToTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropSoldOut represents a SoldOut error raised by the DeckDrop contract.
type DeckDropSoldOut struct {
	Left *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SoldOut(uint256 left)
func DeckDropSoldOutErrorID() common.Hash {
	return common.HexToHash("0x7e1f5a77187e90f1751221bbd46ae08322d11774a58ae99cdb7d8573f4140c90")
}

// UnpackSoldOutError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SoldOut(uint256 left)
func (deckDrop *DeckDrop) UnpackSoldOutError(raw []byte) (*DeckDropSoldOut, error) {
	out := new(DeckDropSoldOut)
	if err := deckDrop.abi.UnpackIntoInterface(out, "SoldOut", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropSpotMintTokenIdTooSmall represents a SpotMintTokenIdTooSmall error raised by the DeckDrop contract.
type DeckDropSpotMintTokenIdTooSmall struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SpotMintTokenIdTooSmall()
func DeckDropSpotMintTokenIdTooSmallErrorID() common.Hash {
	return common.HexToHash("0x524a12ccaf0e33bbbbc5abfffb31204f0bbacb6462497870e9f96fe242f6e3bd")
}

// UnpackSpotMintTokenIdTooSmallError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SpotMintTokenIdTooSmall()
func (deckDrop *DeckDrop) UnpackSpotMintTokenIdTooSmallError(raw []byte) (*DeckDropSpotMintTokenIdTooSmall, error) {
	out := new(DeckDropSpotMintTokenIdTooSmall)
	if err := deckDrop.abi.UnpackIntoInterface(out, "SpotMintTokenIdTooSmall", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropTokenAlreadyExists represents a TokenAlreadyExists error raised by the DeckDrop contract.
type DeckDropTokenAlreadyExists struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TokenAlreadyExists()
func DeckDropTokenAlreadyExistsErrorID() common.Hash {
	return common.HexToHash("0xc991cbb1bf26656e97c9f9e825b1a15131af192e5a8ad0d3787a48638a4d747e")
}

// UnpackTokenAlreadyExistsError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TokenAlreadyExists()
func (deckDrop *DeckDrop) UnpackTokenAlreadyExistsError(raw []byte) (*DeckDropTokenAlreadyExists, error) {
	out := new(DeckDropTokenAlreadyExists)
	if err := deckDrop.abi.UnpackIntoInterface(out, "TokenAlreadyExists", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropTooEarly represents a TooEarly error raised by the DeckDrop contract.
type DeckDropTooEarly struct {
	From *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TooEarly(uint256 from)
func DeckDropTooEarlyErrorID() common.Hash {
	return common.HexToHash("0x2a35a3246d5070e2b118858c24c2c4d23eaebe645b92ab746b92dd600c35a9d7")
}

// UnpackTooEarlyError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TooEarly(uint256 from)
func (deckDrop *DeckDrop) UnpackTooEarlyError(raw []byte) (*DeckDropTooEarly, error) {
	out := new(DeckDropTooEarly)
	if err := deckDrop.abi.UnpackIntoInterface(out, "TooEarly", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropTransferCallerNotOwnerNorApproved represents a TransferCallerNotOwnerNorApproved error raised by the DeckDrop contract.
type DeckDropTransferCallerNotOwnerNorApproved struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TransferCallerNotOwnerNorApproved()
func DeckDropTransferCallerNotOwnerNorApprovedErrorID() common.Hash {
	return common.HexToHash("0x59c896bee5f3fe07105589e63f6894f22b4f86fc5ae33f4b35024a15fad3a384")
}

// UnpackTransferCallerNotOwnerNorApprovedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TransferCallerNotOwnerNorApproved()
func (deckDrop *DeckDrop) UnpackTransferCallerNotOwnerNorApprovedError(raw []byte) (*DeckDropTransferCallerNotOwnerNorApproved, error) {
	out := new(DeckDropTransferCallerNotOwnerNorApproved)
	if err := deckDrop.abi.UnpackIntoInterface(out, "TransferCallerNotOwnerNorApproved", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropTransferFromIncorrectOwner represents a TransferFromIncorrectOwner error raised by the DeckDrop contract.
type DeckDropTransferFromIncorrectOwner struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TransferFromIncorrectOwner()
func DeckDropTransferFromIncorrectOwnerErrorID() common.Hash {
	return common.HexToHash("0xa1148100b7a051a7c260d3948c4514f272c11602e2f32608ea9ae92eca16e631")
}

// UnpackTransferFromIncorrectOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TransferFromIncorrectOwner()
func (deckDrop *DeckDrop) UnpackTransferFromIncorrectOwnerError(raw []byte) (*DeckDropTransferFromIncorrectOwner, error) {
	out := new(DeckDropTransferFromIncorrectOwner)
	if err := deckDrop.abi.UnpackIntoInterface(out, "TransferFromIncorrectOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropTransferToNonERC721ReceiverImplementer represents a TransferToNonERC721ReceiverImplementer error raised by the DeckDrop contract.
type DeckDropTransferToNonERC721ReceiverImplementer struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TransferToNonERC721ReceiverImplementer()
func DeckDropTransferToNonERC721ReceiverImplementerErrorID() common.Hash {
	return common.HexToHash("0xd1a57ed6c24806c9f10c5c8e411074784b421171a7665fc4a05b5e0f95903d49")
}

// UnpackTransferToNonERC721ReceiverImplementerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TransferToNonERC721ReceiverImplementer()
func (deckDrop *DeckDrop) UnpackTransferToNonERC721ReceiverImplementerError(raw []byte) (*DeckDropTransferToNonERC721ReceiverImplementer, error) {
	out := new(DeckDropTransferToNonERC721ReceiverImplementer)
	if err := deckDrop.abi.UnpackIntoInterface(out, "TransferToNonERC721ReceiverImplementer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropTransferToZeroAddress represents a TransferToZeroAddress error raised by the DeckDrop contract.
type DeckDropTransferToZeroAddress struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TransferToZeroAddress()
func DeckDropTransferToZeroAddressErrorID() common.Hash {
	return common.HexToHash("0xea553b3442b8444ed8b0ccbedb10f85cdc3023a296c01cc0fd14e59a1d027a57")
}

// UnpackTransferToZeroAddressError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TransferToZeroAddress()
func (deckDrop *DeckDrop) UnpackTransferToZeroAddressError(raw []byte) (*DeckDropTransferToZeroAddress, error) {
	out := new(DeckDropTransferToZeroAddress)
	if err := deckDrop.abi.UnpackIntoInterface(out, "TransferToZeroAddress", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropURIQueryForNonexistentToken represents a URIQueryForNonexistentToken error raised by the DeckDrop contract.
type DeckDropURIQueryForNonexistentToken struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error URIQueryForNonexistentToken()
func DeckDropURIQueryForNonexistentTokenErrorID() common.Hash {
	return common.HexToHash("0xa14c4b50a5db8b0552ad61499f6df94908ccd800fb11ebb94f1eec13684e67c0")
}

// UnpackURIQueryForNonexistentTokenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error URIQueryForNonexistentToken()
func (deckDrop *DeckDrop) UnpackURIQueryForNonexistentTokenError(raw []byte) (*DeckDropURIQueryForNonexistentToken, error) {
	out := new(DeckDropURIQueryForNonexistentToken)
	if err := deckDrop.abi.UnpackIntoInterface(out, "URIQueryForNonexistentToken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// DeckDropWrongPayment represents a WrongPayment error raised by the DeckDrop contract.
type DeckDropWrongPayment struct {
	Sent   *big.Int
	Wanted *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongPayment(uint256 sent, uint256 wanted)
func DeckDropWrongPaymentErrorID() common.Hash {
	return common.HexToHash("0x0dd32d1c3ef0af2f42e38a7f633c5c154da0aa1d3a58e8dcd04bcd6fb310ac9d")
}

// UnpackWrongPaymentError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongPayment(uint256 sent, uint256 wanted)
func (deckDrop *DeckDrop) UnpackWrongPaymentError(raw []byte) (*DeckDropWrongPayment, error) {
	out := new(DeckDropWrongPayment)
	if err := deckDrop.abi.UnpackIntoInterface(out, "WrongPayment", raw); err != nil {
		return nil, err
	}
	return out, nil
}
