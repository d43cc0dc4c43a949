package evidence_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/evidence"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/fact/gather"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/publication"
)

const published = "../../testdata/deck"

var madeAt = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

func keyOf(t *testing.T, n byte) *attest.Key {
	t.Helper()
	k, err := attest.NewKey(bytes.NewReader(bytes.Repeat([]byte{n}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func deckOf(t *testing.T) *bundle.Deck {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(published, bundle.DescriptionFile))
	if err != nil {
		t.Fatal(err)
	}
	d, err := bundle.UnmarshalDeck(data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// attestation is an approval of the deck by a key.
func attestation(t *testing.T, by *attest.Key, head *attest.LogHead) *attest.Attestation {
	t.Helper()
	draft := attest.NewDraft(attest.CurationName)
	draft.Role, draft.Statement, draft.Detail.Curation.Standard = "museum", "Looked at <b>all</b>.", "rules"
	s, err := draft.New(attest.Making{About: attest.TargetOfDeck(deckOf(t)), Basis: attest.FromPublication, Now: madeAt.Add(-time.Hour), LogHead: head}, by.Identity(), by.Scheme())
	if err != nil {
		t.Fatal(err)
	}
	a, err := attest.Sign(t.Context(), s, by)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// A ledger is an embedded chain, and who pays on it.
type ledger struct {
	*evm.Chain
	key *ecdsa.PrivateKey
	id  uint64
}

func newLedger(t *testing.T) *ledger {
	t.Helper()
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	l := &ledger{evm.StartAt(1337, madeAt.Add(-30*time.Minute), crypto.PubkeyToAddress(key.PublicKey)), key, 1337}
	t.Cleanup(func() { l.Close() })
	return l
}

// send mines a transaction, to nil a contract's creation, and returns it.
func (l *ledger) send(t *testing.T, to *common.Address, data []byte) *types.Receipt {
	t.Helper()
	from := crypto.PubkeyToAddress(l.key.PublicKey)
	nonce, err := l.PendingNonceAt(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := types.SignNewTx(l.key, types.LatestSignerForChainID(new(big.Int).SetUint64(l.id)), &types.DynamicFeeTx{
		ChainID: new(big.Int).SetUint64(l.id), Nonce: nonce, GasTipCap: big.NewInt(1), GasFeeCap: big.NewInt(1e10), Gas: 2_000_000, To: to, Data: data,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	r, err := l.TransactionReceipt(t.Context(), tx.Hash())
	if err != nil || r.Status != types.ReceiptStatusSuccessful {
		t.Fatalf("%+v: %v", r, err)
	}
	return r
}

// facts of the transaction and of what came of it.
func (l *ledger) facts(t *testing.T, r *types.Receipt) (transaction, receipt *fact.Fact) {
	t.Helper()
	b, err := l.BlockByHash(t.Context(), r.BlockHash)
	if err != nil {
		t.Fatal(err)
	}
	receipts, err := l.BlockReceipts(t.Context(), rpc.BlockNumberOrHashWithHash(r.BlockHash, true))
	if err != nil {
		t.Fatal(err)
	}
	if transaction, err = gather.Transaction(l.id, b.Header(), b.Transactions(), int(r.TransactionIndex)); err != nil {
		t.Fatal(err)
	}
	if receipt, err = gather.Receipt(l.id, b.Header(), receipts, int(r.TransactionIndex)); err != nil {
		t.Fatal(err)
	}
	return transaction, receipt
}

// account is the fact of a contract's code.
func (l *ledger) account(t *testing.T, at common.Address) *fact.Fact {
	t.Helper()
	header, err := l.HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	code, err := l.CodeAt(t.Context(), at, header.Number)
	if err != nil {
		t.Fatal(err)
	}
	proof, err := l.AccountProof(t.Context(), at, header.Number)
	if err != nil {
		t.Fatal(err)
	}
	f, err := gather.Account(l.id, header, at, code, proof)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// seller makes a contract whose code holds a deck's commitment, and which tells of a sale's end what it is sent.
func (l *ledger) seller(t *testing.T) common.Address {
	t.Helper()
	model := deckOf(t).Commitments.Model.Bytes()
	topic := crypto.Keccak256([]byte("SaleEnds(uint32,uint64)"))
	code := append([]byte{0x7f}, model[:]...)         // PUSH32 model
	code = append(code, 0x50, 0x36, 0x5f, 0x5f, 0x37) // POP, CALLDATACOPY of all to 0
	code = append(append(code, 0x7f), topic...)       // PUSH32 topic
	code = append(code, 0x36, 0x5f, 0xa1, 0x00)       // LOG1 of it, STOP
	n := byte(len(code))
	init := append([]byte{0x60, n, 0x60, 0x0b, 0x5f, 0x39, 0x60, n, 0x5f, 0xf3, 0x00}, code...)
	return l.send(t, nil, init).ContractAddress
}

func word(n int64) []byte { return big.NewInt(n).FillBytes(make([]byte, 32)) }

// A world is a pack with everything in it.
type world struct {
	attestation *attest.Attestation
	inputs      []evidence.Input
	head        evidence.Head
	ledger      *ledger
	anchor      *types.Receipt
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{ledger: newLedger(t)}
	w.head = evidence.Head{
		Version: 1, Kind: evidence.KindPack, MadeAt: attest.FormatTime(madeAt), By: evidence.Maker{Name: "Ada", Role: "counsel", Method: "by hand"}, For: "marketplace",
		Command: "genproof evidence", Verifier: evidence.Verifier{Version: "v0", Go: "go1"}, LeftOut: []evidence.LeftOut{}, NotChecked: []string{},
	}
	dir := t.TempDir()
	by := keyOf(t, 1)
	l, err := log.Open(dir, by)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	first, err := l.Append(log.Addition{Kind: "looked", Text: "at all cards"}, madeAt.Add(-2*time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	w.attestation = attestation(t, by, &attest.LogHead{Sequence: 0, Hash: common.Bytes2Hex(first.Hash[:])})
	head, err := l.Append(log.Addition{Kind: "attested", Digest: w.attestation.ID, Text: "the deck"}, madeAt.Add(-time.Hour))
	if err != nil {
		t.Fatal(err)
	}
	self := crypto.PubkeyToAddress(w.ledger.key.PublicKey)
	w.anchor = w.ledger.send(t, &self, head.Hash[:])
	seller := w.ledger.seller(t)
	opened := w.ledger.send(t, &seller, append(word(madeAt.Unix()+1e6), word(7)...))
	transaction, _ := w.ledger.facts(t, w.anchor)
	_, receipt := w.ledger.facts(t, opened)
	w.add(t, "chain/1-anchor.json", transaction)
	w.add(t, "chain/2-sale.json", receipt)
	w.add(t, "chain/3-code.json", w.ledger.account(t, seller))
	data, err := w.attestation.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	w.inputs = append(w.inputs, evidence.Bytes("attestations/a.json", "attestation", "the museum", data))
	for _, name := range []string{log.EntriesFile, log.HeadsFile} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		w.inputs = append(w.inputs, evidence.Bytes("log/"+name, "log", "the museum", data))
	}
	trust := `{"version": 1, "kind": "trust", "keys": [{"name": "The museum", "identity": "` + by.String() + `", "roles": ["museum"], "from": "", "until": "", "published": ""}], "withdrawn": []}`
	w.inputs = append(w.inputs, evidence.Bytes("trust.json", "trust", "the reader", []byte(trust)))
	w.addPublication(t)
	return w
}

func (w *world) add(t *testing.T, path string, f *fact.Fact) {
	t.Helper()
	data, err := f.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	w.inputs = append(w.inputs, evidence.Bytes(path, "chain", "a node", data))
}

// addPublication adds what is published of the deck in testdata.
func (w *world) addPublication(t *testing.T) { w.addTree(t, published) }

func (w *world) pack(t *testing.T, key *attest.Key) evidence.Items { return w.packBy(t, key, nil) }

// packBy packs, into memory.
func (w *world) packBy(t *testing.T, key *attest.Key, compiler publication.Compiler) evidence.Items {
	t.Helper()
	list, err := evidence.Pack(t.Context(), evidence.Packing{Head: w.head, Inputs: w.inputs, Key: key, Compiler: compiler})
	if err != nil {
		t.Fatal(err)
	}
	if list[0].Path != evidence.ManifestFile {
		t.Errorf("the first file is %s", list[0].Path)
	}
	out := evidence.Items{}
	for _, x := range list {
		r, err := x.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[x.Path], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return out
}

func verify(t *testing.T, pack evidence.Source, blocks evidence.Blocks) *evidence.Verification {
	t.Helper()
	v, err := evidence.Verify(context.Background(), pack, evidence.Reader{Blocks: blocks, Verifier: evidence.Verifier{Version: "v0", Go: "go1"}})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
