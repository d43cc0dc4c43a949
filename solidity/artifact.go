// Package solidity holds the contracts as they were compiled: users need no compiler.
// Subpackage bindings speaks to them.
//
// src has the sources, artifacts what the pinned compiler made of them (npm run artifacts).
package solidity

import (
	"bytes"
	"embed"
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/ethereum/go-ethereum/common/hexutil"
)

// An Artifact is a compiled contract.
type Artifact struct {
	Contract      string            `json:"contract"`
	Compiler      string            `json:"compiler"`
	EVM           string            `json:"evm"`
	OptimizerRuns int               `json:"optimizer_runs"`
	SourceDigest  hexutil.Bytes     `json:"source_digest"` // SHA-256 over Sources
	Sources       map[string]string `json:"sources"`       // path to keccak256
	ABI           json.RawMessage   `json:"abi"`
	Creation      hexutil.Bytes     `json:"creation"`   // without constructor arguments
	Runtime       hexutil.Bytes     `json:"runtime"`    // with zeros for immutables
	Immutables    [][2]int          `json:"immutables"` // places in Runtime: start, length
}

//go:embed artifacts/*.json
var files embed.FS

// The contracts that are deployed, the verifier that the deployer leaves behind, and what
// GenproofDrop deploys to have its own.
var (
	Groth16Deployer = load("Groth16Deployer")
	Groth16Verifier = load("Groth16Verifier")
	GenproofDrop    = load("GenproofDrop")
	BoundVerifier   = load("BoundVerifier")
	DeckDrop        = load("DeckDrop")
)

// The same for PLONK. PlonkVerifier is gnark's, for a key of placeholders: see [PlonkCode].
var (
	PlonkAdapter  = load("PlonkAdapter")
	PlonkDeployer = load("PlonkDeployer")
	PlonkVerifier = load("PlonkVerifier")
)

// The beacons, which check drand's signatures: see package drand.
var (
	Evmnet   = load("Evmnet")
	Quicknet = load("Quicknet")
)

// CircuitMetadata tells which circuit a verifier's key is of: ERC-8084.
var CircuitMetadata = load("CircuitMetadata")

// Artifacts lists the contracts.
func Artifacts() []*Artifact {
	return []*Artifact{
		Groth16Deployer, Groth16Verifier, GenproofDrop, BoundVerifier, DeckDrop,
		PlonkAdapter, PlonkDeployer, PlonkVerifier, Evmnet, Quicknet, CircuitMetadata,
	}
}

// load panics on a broken file: it is part of the program.
func load(name string) *Artifact {
	data, err := files.ReadFile("artifacts/" + name + ".json")
	if err != nil {
		panic(fmt.Sprintf("solidity: %v", err))
	}
	a := new(Artifact)
	if err := json.Unmarshal(data, a); err != nil {
		panic(fmt.Sprintf("solidity: %s: %v", name, err))
	}
	return a
}

// IsCode reports whether code is the contract's runtime code, whatever its immutables are.
func (a *Artifact) IsCode(code []byte) bool {
	if len(code) != len(a.Runtime) {
		return false
	}
	masked := bytes.Clone(code)
	for _, place := range a.Immutables {
		clear(masked[place[0] : place[0]+place[1]])
	}
	return bytes.Equal(masked, a.Runtime)
}

// VerifierCode returns the runtime code of the verifier of a key, whose bytes are given: they
// and their number, in two bytes, stand behind the verifier's.
func VerifierCode(key []byte) []byte {
	code := append(bytes.Clone(Groth16Verifier.Runtime), key...)
	return binary.BigEndian.AppendUint16(code, uint16(len(key)))
}

// KeyOf returns what stands behind a verifier's code in the place of a key's bytes: nil if the
// code is too short. Whether it is the verifier's code at all [VerifierCode] tells.
func KeyOf(code []byte) []byte {
	n := len(Groth16Verifier.Runtime)
	if len(code) <= n+2 {
		return nil
	}
	return code[n : len(code)-2]
}
