package solidity

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	groth16bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/logger"
	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/claim"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/eddsa"
	"github.com/genproof/genproof/circuits/generation"
	"github.com/genproof/genproof/circuits/model"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
	verifier "github.com/genproof/genproof/verifier/groth16"
)

// The contract is the first that the deployer creates.
const chainID = 31337

var (
	deployer = [20]byte([]byte("genproof's deployer!"))
	entropy  = [32]byte([]byte("the hash of the beacon's block.."))
	contract = created(deployer)
	circuit  = statement.CircuitID{Binding: statement.CID, Size: statement.Small}
)

// A dropFile holds real proofs: a small drop, tokens minted and then updated.
type dropFile struct {
	Comment     string      `json:"comment"`
	ChainID     uint64      `json:"chain_id"`
	Deployer    string      `json:"deployer"`
	Contract    string      `json:"contract"`
	Entropy     string      `json:"entropy"`
	Beacon      string      `json:"beacon"`
	Key         string      `json:"key"`
	Supply      uint64      `json:"supply"`
	Commitments []string    `json:"commitments"`
	Template    string      `json:"next_template"`
	Minted      []tokenFile `json:"minted"`
	Updated     []tokenFile `json:"updated"`
}

// A tokenFile is a proof; Statement is its nine public inputs.
type tokenFile struct {
	Recipient string   `json:"recipient"`
	ID        uint64   `json:"id"`
	Digest    string   `json:"digest"`
	CID       string   `json:"cid"`
	Document  string   `json:"document"`
	Statement []string `json:"statement"`
	Proof     string   `json:"proof"`
}

// created returns the address of the first contract that an account creates.
func created(by [20]byte) (address [20]byte) {
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte{0xd6, 0x94})
	h.Write(by[:])
	h.Write([]byte{0x80})
	copy(address[:], h.Sum(nil)[12:])
	return address
}

func text(t *testing.T, s string) attribute.Slot {
	t.Helper()
	slot, err := attribute.OfText(s)
	if err != nil {
		t.Fatal(err)
	}
	return slot
}

func template(t *testing.T, description string) *document.Template {
	t.Helper()
	tpl, err := document.New(circuit.Size, document.Config{
		Constants: []document.Member{{Key: "description", Value: description}},
		Image:     "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png",
		Name:      "Nebula Foxes #{id}",
		Fields:    []document.Field{{Slot: 0, Type: attribute.Type{Kind: attribute.Text}, Label: "Background"}},
		First:     1, Supply: 10000,
	})
	if err != nil {
		t.Fatal(err)
	}
	return tpl
}

// fox is a token with its receipt.
func fox(t *testing.T, tpl *document.Template, recipient [20]byte, id uint64) *generation.Token {
	t.Helper()
	key, err := eddsa.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{1}, 64)))
	if err != nil {
		t.Fatal(err)
	}
	row := func(texts ...string) model.Layer {
		rows := make([]model.Row, len(texts))
		for i := range texts {
			rows[i] = model.Row{Text: texts[i], Weight: uint32(10 + i)}
		}
		return model.Layer{Tables: [][]model.Row{rows}}
	}
	token := &generation.Token{
		Circuit: circuit, Template: tpl, Authority: key.Public(),
		Model: &model.Model{Layers: []model.Layer{row("Midnight", "Aurora", "Void"), row("Round", "Laser")}, Salt: fr.NewElement(7)},
		Program: &policy.Program{Schema: fr.NewElement(4242), Numeric: make([]bool, circuit.Size.Slots()), Clauses: [][]policy.Literal{
			{{Slot: circuit.Size.Layers, Operand: attribute.TextHash("owned")}}}},
		Seed: fr.NewElement(11), Blind: fr.NewElement(22), Beacon: bundle.DeriveBeacon(chainID, contract, entropy),
		Recipient: recipient, ID: id, Claims: []attribute.Slot{text(t, "owned"), {}, {}},
	}
	commitment, err := token.Model.Commitment(circuit.Size)
	if err != nil {
		t.Fatal(err)
	}
	token.IDs = policy.IDs{First: 1, Supply: 10000}
	judged, err := token.Program.Drawn(circuit.Size, token.IDs)
	if err != nil {
		t.Fatal(err)
	}
	scope := claim.Scope{Policy: judged, Model: commitment, Seeds: generation.Seeds(token.Seed, token.Blind), Beacon: token.Beacon}
	if token.Signature, err = claim.Sign(key, claim.Message(scope, id, token.Claims)); err != nil {
		t.Fatal(err)
	}
	return token
}

// A circuitKeys proves.
type circuitKeys struct {
	prove func(*testing.T, *generation.Token) tokenFile
	key   *verifier.VerifyingKey
}

func setup(t *testing.T) circuitKeys {
	t.Helper()
	logger.Disable()
	cs, err := generation.Compile(circuit)
	if err != nil {
		t.Fatal(err)
	}
	pk, vk, err := groth16.Setup(cs)
	if err != nil {
		t.Fatal(err)
	}
	g := vk.(*groth16bn254.VerifyingKey)
	key := &verifier.VerifyingKey{Alpha: g.G1.Alpha, Beta: g.G2.Beta, Gamma: g.G2.Gamma, Delta: g.G2.Delta, K: g.G1.K}
	return circuitKeys{key: key, prove: func(t *testing.T, token *generation.Token) tokenFile {
		t.Helper()
		r, err := generation.Generate(token)
		if err != nil {
			t.Fatal(err)
		}
		full, err := frontend.NewWitness(r.Assignment, ecc.BN254.ScalarField())
		if err != nil {
			t.Fatal(err)
		}
		proof, err := groth16.Prove(cs, pk, full)
		if err != nil {
			t.Fatal(err)
		}
		p := proof.(*groth16bn254.Proof)
		bytes := (&verifier.Proof{Ar: p.Ar, Bs: p.Bs, Krs: p.Krs}).Bytes()
		s := r.Statement
		file := tokenFile{Recipient: hexOf(s.Recipient[:]), ID: s.ID, Digest: hexOf(s.Metadata[:]), CID: document.DigestCID(s.Metadata),
			Document: string(r.Document), Proof: hexOf(bytes[:])}
		for _, x := range s.Vector() {
			file.Statement = append(file.Statement, word(x))
		}
		return file
	}}
}

// templates are those of the minted tokens and of the updated ones.
func templates(t *testing.T) (first, second *document.Template) {
	t.Helper()
	return template(t, "Foxes drawn by a committed model."), template(t, "Foxes whose pictures moved.")
}

// makeDrop proves five tokens, of which the last names no recipient, and the first again
// under another template.
func makeDrop(t *testing.T) *dropFile {
	t.Helper()
	keys := setup(t)
	first, second := templates(t)
	beacon := bundle.DeriveBeacon(chainID, contract, entropy)
	f := &dropFile{
		Comment: "real proofs of cid/small; key and proofs are random, made by go test ./solidity -update",
		ChainID: chainID, Deployer: hexOf(deployer[:]), Contract: hexOf(contract[:]), Entropy: hexOf(entropy[:]),
		Beacon: word(beacon), Key: hexOf(keys.key.Bytes()), Supply: 10000, Template: word(second.Commitment()),
	}
	alice := [20]byte{19: 0xa1}
	for id := range uint64(4) {
		f.Minted = append(f.Minted, keys.prove(t, fox(t, first, alice, id+1)))
	}
	f.Minted = append(f.Minted, keys.prove(t, fox(t, first, [20]byte{}, 10000)))
	f.Updated = append(f.Updated, keys.prove(t, fox(t, second, alice, 1)), keys.prove(t, fox(t, second, [20]byte{}, 2)))
	f.Commitments = f.Minted[0].Statement[:5]
	return f
}

// TestDrop_VerifiesInGo holds that the file the contracts' tests read is what Go accepts.
func TestDrop_VerifiesInGo(t *testing.T) {
	if *update {
		if err := os.WriteFile(path("drop"), encode(t, makeDrop(t)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path("drop"))
	if err != nil {
		t.Fatal(err)
	}
	f := new(dropFile)
	if err := json.Unmarshal(b, f); err != nil {
		t.Fatal(err)
	}
	if f.Contract != hexOf(contract[:]) || f.Beacon != word(bundle.DeriveBeacon(f.ChainID, contract, entropy)) {
		t.Error("contract and beacon are not what the deployer and the entropy give")
	}
	key, err := verifier.ParseVerifyingKey(bytesOf(t, f.Key))
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range append(f.Minted, f.Updated...) {
		proof, err := verifier.ParseProof(bytesOf(t, token.Proof))
		if err != nil {
			t.Fatal(err)
		}
		var inputs []fr.Element
		for _, s := range token.Statement {
			x, err := verifier.ParseInputs(bytesOf(t, s))
			if err != nil {
				t.Fatal(err)
			}
			inputs = append(inputs, x...)
		}
		if err := key.Verify(inputs, proof); err != nil {
			t.Errorf("token %d: %v", token.ID, err)
		}
		if token.CID != document.CID([]byte(token.Document)) {
			t.Errorf("token %d: another CID", token.ID)
		}
	}
}

// TestDrop_IsOfThisProtocol holds that the file's statements and documents are those which the
// circuit's native rule gives today: proofs of an earlier protocol verify under their own key.
func TestDrop_IsOfThisProtocol(t *testing.T) {
	b, err := os.ReadFile(path("drop"))
	if err != nil {
		t.Fatal(err)
	}
	f := new(dropFile)
	if err := json.Unmarshal(b, f); err != nil {
		t.Fatal(err)
	}
	first, second := templates(t)
	for _, part := range []struct {
		template *document.Template
		tokens   []tokenFile
	}{{first, f.Minted}, {second, f.Updated}} {
		for _, token := range part.tokens {
			r, err := generation.Generate(fox(t, part.template, [20]byte(bytesOf(t, token.Recipient)), token.ID))
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			for _, x := range r.Statement.Vector() {
				want = append(want, word(x))
			}
			if !slices.Equal(token.Statement, want) || token.Document != string(r.Document) {
				t.Errorf("token %d: another statement or document: run go test ./solidity -update", token.ID)
			}
		}
	}
	if !slices.Equal(f.Commitments, f.Minted[0].Statement[:5]) || f.Template != word(second.Commitment()) {
		t.Error("the drop's commitments are not its tokens'")
	}
}
