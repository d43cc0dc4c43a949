package chain_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/circuits/publicinputs"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/solidity/bindings"
)

func metadataOf(t *testing.T, w *world, circuit string) *chain.Metadata {
	t.Helper()
	s, err := w.Status(t.Context(), w.contract)
	if err != nil {
		t.Fatal(err)
	}
	m, err := chain.MetadataOf(circuit, s.Verifier, w.key.vk.Digest())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// Every circuit's metadata are its digest, its proof system and a document with its hash.
func TestMetadataOf_IsTheCircuits(t *testing.T) {
	key := [32]byte{7}
	for _, pin := range circuits.Pins() {
		m, err := chain.MetadataOf(pin.ID, common.Address{1}, key)
		if err != nil {
			t.Fatal(err)
		}
		escaped, ok := strings.CutPrefix(m.SchemaURI, "data:application/json,")
		text, err := url.PathUnescape(escaped)
		if !ok || err != nil || crypto.Keccak256Hash([]byte(text)) != m.SchemaHash {
			t.Errorf("%s: the schema's address does not hold a document of its hash: %v", pin.ID, err)
		}
		if _, err := url.Parse(m.SchemaURI); err != nil || strings.ContainsAny(m.SchemaURI, "{}\" <>") {
			t.Errorf("%s: the schema's address is no URI: %v", pin.ID, err)
		}
		id, err := statement.ParseCircuitID(pin.ID)
		if err != nil {
			t.Fatal(err)
		}
		binding := id.Binding
		if text != string(publicinputs.Of(binding).Document()) {
			t.Errorf("%s: another schema than that of %s", pin.ID, binding)
		}
		system := byte(1)
		if strings.HasSuffix(pin.ID, "/plonk") {
			system = 2
		}
		if m.CircuitID != pin.Digest || m.Version != 2<<32 || m.ProofSystem != [4]byte{0, 0, 0, system} || m.VerifyingKey != "ipfs://"+document.DigestCID(key) {
			t.Errorf("%s: metadata %+v", pin.ID, m)
		}
	}
	if _, err := chain.MetadataOf("cid/huge", common.Address{}, key); err == nil {
		t.Error("a circuit that is not there has metadata")
	}
}

func TestDeployMetadata_IsCheckedAndFoundAgain(t *testing.T) {
	w := start(t, evm.DefaultID)
	m := metadataOf(t, w, "cid/small")
	d, err := w.DeployMetadata(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	if faults, err := w.CheckMetadata(t.Context(), d.Address, m); err != nil || len(faults) != 0 {
		t.Errorf("faults %q, %v", faults, err)
	}
	again, err := w.DeployMetadata(t.Context(), m)
	if err != nil || !again.Reused || again.Address != d.Address {
		t.Errorf("again: %+v, %v", again, err)
	}
	other, err := w.DeployMetadata(t.Context(), metadataOf(t, w, "cid/large"))
	if err != nil || other.Reused || other.Address == d.Address {
		t.Errorf("another circuit's: %+v, %v", other, err)
	}
	for name, c := range map[string]struct {
		change func(m *chain.Metadata)
		about  string
	}{
		"verifier": {func(m *chain.Metadata) { m.Verifier[0] ^= 1 }, "another verifier"},
		"circuit":  {func(m *chain.Metadata) { m.CircuitID[0] ^= 1 }, "another circuit"},
		"version":  {func(m *chain.Metadata) { m.Version++ }, "another version"},
		"system":   {func(m *chain.Metadata) { m.ProofSystem[3] ^= 3 }, "another proof system"},
		"hash":     {func(m *chain.Metadata) { m.SchemaHash[0] ^= 1 }, "another hash"},
		"schema":   {func(m *chain.Metadata) { m.SchemaURI += "x" }, "another schema"},
		"key":      {func(m *chain.Metadata) { m.VerifyingKey += "x" }, "another verifying key"},
	} {
		want := *m
		c.change(&want)
		faults, err := w.CheckMetadata(t.Context(), d.Address, &want)
		if err != nil || len(faults) != 1 || !strings.Contains(faults[0], c.about) {
			t.Errorf("%s: faults %q, %v", name, faults, err)
		}
	}
	if faults, err := w.CheckMetadata(t.Context(), w.contract, m); err != nil || len(faults) != 1 || !strings.Contains(faults[0], "not CircuitMetadata's") {
		t.Errorf("another contract: %q, %v", faults, err)
	}
	if _, err := w.CheckMetadata(t.Context(), common.Address{9}, m); err == nil {
		t.Error("nothing at an address passes")
	}
	m.Verifier = common.Address{9}
	if _, err := w.DeployMetadata(t.Context(), m); err == nil {
		t.Error("metadata of no verifier are deployed")
	}
}

// The event is there in the transaction that makes the metadata readable.
func TestDeployMetadata_EmitsTheEvent(t *testing.T) {
	w := start(t, evm.DefaultID)
	m := metadataOf(t, w, "cid/standard")
	d, err := w.DeployMetadata(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := w.evm.TransactionReceipt(t.Context(), d.Tx)
	if err != nil {
		t.Fatal(err)
	}
	if receipt.Status != types.ReceiptStatusSuccessful || len(receipt.Logs) != 1 || receipt.Logs[0].Address != d.Address {
		t.Fatalf("receipt %+v", receipt)
	}
	e, err := bindings.NewCircuitMetadata().UnpackCircuitMetadataUpdatedEvent(receipt.Logs[0])
	if err != nil || e.CircuitId != m.CircuitID || e.CircuitVersion != m.Version || e.ProofSystem != m.ProofSystem {
		t.Errorf("event %+v, %v", e, err)
	}
	if d.Gas > 2_250_000 {
		t.Errorf("deploying takes %d gas", d.Gas)
	}
}
