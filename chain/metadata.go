package chain

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/publicinputs"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
)

var metadataABI = bindings.NewCircuitMetadata()

// Metadata say which circuit a verifier's key is of, as ERC-8084 has it.
type Metadata struct {
	Verifier     common.Address
	CircuitID    [32]byte // the digest of the circuit's constraint system
	Version      uint64   // major · 2^32 + minor
	ProofSystem  [4]byte  // the number of the proof system, big-endian
	SchemaHash   [32]byte // keccak256 of the document of public inputs
	SchemaURI    string   // that document, as a data URI
	VerifyingKey string   // ipfs:// and the CID of the key's bytes
}

// MetadataOf returns what is true of a circuit of this version, such as deck/standard, and of the key with
// a digest that a verifier has.
func MetadataOf(circuit string, verifier common.Address, key [32]byte) (*Metadata, error) {
	id, err := statement.ParseCircuitID(circuit)
	if err != nil {
		return nil, err
	}
	system, ok := circuits.Digest(circuit)
	if !ok {
		return nil, fmt.Errorf("this version has no digest of circuit %s", circuit)
	}
	schema := publicinputs.Of(id.Binding).Document()
	return &Metadata{
		Verifier: verifier, CircuitID: system, Version: bundle.Version << 32, ProofSystem: proofSystem(id.Backend),
		SchemaHash: crypto.Keccak256Hash(schema), SchemaURI: dataURI(schema), VerifyingKey: "ipfs://" + document.DigestCID(key),
	}, nil
}

// proofSystem is ERC-8084's number: 1 for Groth16, 2 for PLONK.
func proofSystem(b statement.Backend) [4]byte {
	if b == statement.Plonk {
		return [4]byte{3: 2}
	}
	return [4]byte{3: 1}
}

func (m *Metadata) arguments() []byte {
	return metadataABI.PackConstructor(m.Verifier, m.CircuitID, m.Version, m.ProofSystem, m.SchemaHash, m.SchemaURI)
}

// DeployMetadata deploys the contract that tells what a verifier's circuit is, unless the journal
// knows one that is there.
func (c *Client) DeployMetadata(ctx context.Context, m *Metadata) (*Deployment, error) {
	arguments := m.arguments()
	subject := sha256.Sum256(arguments)
	if at, ok, err := c.Journal.Last(EventMetadata, c.ChainID, subject[:]); err != nil {
		return nil, err
	} else if ok {
		if faults, err := c.CheckMetadata(ctx, at, m); err == nil && len(faults) == 0 {
			return &Deployment{Address: at, Reused: true}, nil
		}
	}
	if c.DryRun != nil { // the verifier may not be there yet
		words := uint64(len(m.SchemaURI)/32 + 2)
		c.DryRun(EventMetadata, constructorGas(solidity.CircuitMetadata, arguments)+words*22_100)
		return &Deployment{}, nil
	}
	d, err := c.create(ctx, Entry{Event: EventMetadata, Subject: subject[:]}, solidity.CircuitMetadata, arguments)
	if err != nil {
		return nil, fmt.Errorf("deploying the circuit's metadata: %w", err)
	}
	return d, nil
}

// CheckMetadata returns in what a contract of ERC-8084 differs from what is true. Its code must be
// CircuitMetadata's, which cannot change its answers.
func (c *Client) CheckMetadata(ctx context.Context, at common.Address, want *Metadata) (faults []string, err error) {
	r := &reader{ctx: ctx, c: c, at: at}
	if code := r.code(at); r.err == nil && !solidity.CircuitMetadata.IsCode(code) {
		return []string{fmt.Sprintf("the code at %s is not CircuitMetadata's: it could answer anything tomorrow", at)}, nil
	}
	got := Metadata{
		Verifier: view(r, metadataABI.PackVerifier(), metadataABI.UnpackVerifier), CircuitID: view(r, metadataABI.PackCircuitId(), metadataABI.UnpackCircuitId),
		Version: view(r, metadataABI.PackCircuitVersion(), metadataABI.UnpackCircuitVersion), ProofSystem: view(r, metadataABI.PackProofSystem(), metadataABI.UnpackProofSystem),
		SchemaHash:   view(r, metadataABI.PackPublicInputsSchemaHash(), metadataABI.UnpackPublicInputsSchemaHash),
		SchemaURI:    view(r, metadataABI.PackPublicInputsSchemaURI(), metadataABI.UnpackPublicInputsSchemaURI),
		VerifyingKey: view(r, metadataABI.PackVerificationKeyURI(), metadataABI.UnpackVerificationKeyURI),
	}
	if r.err != nil {
		return nil, fmt.Errorf("reading the circuit's metadata at %s: %w", at, r.err)
	}
	return got.differences(at, want), nil
}

func (m *Metadata) differences(at common.Address, want *Metadata) (faults []string) {
	for _, f := range []struct {
		differs bool
		what    string
	}{
		{m.Verifier != want.Verifier, "another verifier"},
		{m.CircuitID != want.CircuitID, "another circuit"},
		{m.Version != want.Version, "another version of the circuit"},
		{m.ProofSystem != want.ProofSystem, "another proof system"},
		{m.SchemaHash != want.SchemaHash, "another hash of the public inputs' schema"},
		{m.SchemaURI != want.SchemaURI, "another schema of the public inputs"},
		{m.VerifyingKey != want.VerifyingKey, "another verifying key"},
	} {
		if f.differs {
			faults = append(faults, fmt.Sprintf("the circuit's metadata at %s name %s", at, f.what))
		}
	}
	return faults
}
