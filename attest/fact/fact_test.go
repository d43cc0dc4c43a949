package fact_test

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/rawdb"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethdb/memorydb"
	"github.com/ethereum/go-ethereum/rlp"
	"github.com/ethereum/go-ethereum/trie"
	"github.com/ethereum/go-ethereum/triedb"
	"github.com/holiman/uint256"

	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/attest/fact/gather"
)

const chainID = 1337

// A block is one of go-ethereum's making.
type block struct {
	header   *types.Header
	txs      types.Transactions
	receipts types.Receipts
	state    *trie.Trie
}

func addressOf(i int) common.Address { return crypto.CreateAddress(common.Address{7}, uint64(i)) }

// transaction is the i-th one, of every kind in turn.
func transaction(t testing.TB, i int) *types.Transaction {
	t.Helper()
	key, err := crypto.ToECDSA(bytes.Repeat([]byte{9}, 32))
	if err != nil {
		t.Fatal(err)
	}
	data, to, price := crypto.Keccak256(fmt.Append(nil, i)), addressOf(i), big.NewInt(int64(i))
	id, list := big.NewInt(chainID), types.AccessList{{Address: to, StorageKeys: []common.Hash{{1}}}}
	var inner types.TxData
	signer := types.LatestSignerForChainID(id)
	switch i % 7 {
	case 0:
		inner, signer = &types.LegacyTx{Nonce: uint64(i), GasPrice: price, To: &to, Data: data}, types.HomesteadSigner{}
	case 1:
		inner = &types.LegacyTx{Nonce: uint64(i), GasPrice: price, Data: data} // makes a contract
	case 2:
		inner = &types.AccessListTx{ChainID: id, GasPrice: price, To: &to, Data: data, AccessList: list}
	case 3:
		inner = &types.DynamicFeeTx{ChainID: id, GasTipCap: price, GasFeeCap: price, To: &to, Data: data}
	case 4:
		inner = &types.BlobTx{ChainID: uint256.NewInt(chainID), To: to, Data: data, BlobHashes: []common.Hash{{1}}}
	case 5:
		inner = &types.SetCodeTx{ChainID: uint256.NewInt(chainID), To: to, Data: data, AuthList: []types.SetCodeAuthorization{{Address: to}}}
	case 6:
		inner = &types.DynamicFeeTx{ChainID: id, Nonce: 1<<64 - 1} // nothing in it
	}
	tx, err := types.SignNewTx(key, signer, inner)
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

func receipt(i int, kind uint8) *types.Receipt {
	r := &types.Receipt{Type: kind, Status: uint64(i / 7 % 2), CumulativeGasUsed: uint64(i)}
	for n := range i % 4 {
		r.Logs = append(r.Logs, &types.Log{Address: addressOf(n), Topics: slices.Repeat([]common.Hash{{byte(i)}}, n), Data: bytes.Repeat([]byte{1}, n*40)})
	}
	if kind == types.LegacyTxType && i%2 == 1 {
		r.PostState = bytes.Repeat([]byte{5}, 32)
	}
	return r
}

func newBlock(t testing.TB, n int) *block {
	t.Helper()
	b := &block{header: &types.Header{Number: big.NewInt(int64(n)), Difficulty: big.NewInt(0), Time: 1_800_000_000, GasLimit: 30_000_000, Extra: []byte("x")}}
	for i := range n {
		b.txs = append(b.txs, transaction(t, i))
		b.receipts = append(b.receipts, receipt(i, b.txs[i].Type()))
	}
	hash := common.Hash{8}
	slot, gas := uint64(3), uint64(0)
	if n > 1 {
		b.header.BaseFee, b.header.WithdrawalsHash, b.header.BlobGasUsed, b.header.ExcessBlobGas, b.header.ParentBeaconRoot = big.NewInt(7), &hash, &gas, &gas, &hash
	}
	if n > 2 {
		b.header.RequestsHash, b.header.BlockAccessListHash, b.header.SlotNumber = &hash, &hash, &slot
	}
	empty := trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), nil))
	b.header.TxHash, b.header.ReceiptHash = types.DeriveSha(b.txs, trie.NewStackTrie(nil)), types.DeriveSha(b.receipts, trie.NewStackTrie(nil))
	b.state = empty
	for i := range n {
		a := types.StateAccount{Nonce: uint64(i), Balance: uint256.NewInt(uint64(i)), Root: types.EmptyRootHash, CodeHash: crypto.Keccak256(code(i))}
		data, err := rlp.EncodeToBytes(&a)
		if err == nil {
			err = b.state.Update(crypto.Keccak256(addressOf(i).Bytes()), data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	b.header.Root = b.state.Hash()
	return b
}

func code(i int) []byte { return bytes.Repeat([]byte{byte(i)}, i) }

func (b *block) account(t testing.TB, i int) *fact.Fact {
	t.Helper()
	nodes := memorydb.New()
	if err := b.state.Prove(crypto.Keccak256(addressOf(i).Bytes()), nodes); err != nil {
		t.Fatal(err)
	}
	var proof [][]byte
	for it := nodes.NewIterator(nil, nil); it.Next(); {
		proof = append(proof, bytes.Clone(it.Value()))
	}
	f, err := gather.Account(chainID, b.header, addressOf(i), code(i), proof)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// facts are three of each place of a block.
func (b *block) facts(t testing.TB) (list []*fact.Fact) {
	t.Helper()
	for i := range b.txs {
		tx, err := gather.Transaction(chainID, b.header, b.txs, i)
		if err != nil {
			t.Fatalf("transaction %d: %v", i, err)
		}
		r, err := gather.Receipt(chainID, b.header, b.receipts, i)
		if err != nil {
			t.Fatalf("receipt %d: %v", i, err)
		}
		list = append(list, tx, r, b.account(t, i))
	}
	return list
}

func same(a, b *fact.Seen) bool {
	topics := func(x, y fact.Log) bool {
		return x.Address == y.Address && slices.Equal(x.Topics, y.Topics) && bytes.Equal(x.Data, y.Data)
	}
	return a.Kind == b.Kind && a.ChainID == b.ChainID && a.Block == b.Block && a.Hash == b.Hash && a.Index == b.Index && bytes.Equal(a.Data, b.Data) &&
		a.Succeeded == b.Succeeded && slices.EqualFunc(a.Logs, b.Logs, topics) && a.Address == b.Address && a.CodeHash == b.CodeHash && bytes.Equal(a.Code, b.Code)
}

// Of every kind of transaction, receipt and header, and of trees of every depth, a fact says what
// go-ethereum reads.
func TestCheck_AgreesWithGoEthereum(t *testing.T) {
	for _, n := range []int{1, 2, 17, 200} {
		for _, f := range newBlock(t, n).facts(t) {
			got, err := f.Check()
			if err != nil {
				t.Fatalf("block of %d, %s %d: %v", n, f.Kind, f.Index, err)
			}
			if want, err := byGeth(f); err != nil || !same(got, want) {
				t.Errorf("block of %d, %s %d: got %+v, go-ethereum %+v (%v)", n, f.Kind, f.Index, got, want, err)
			}
			data, err := f.Marshal()
			if err != nil {
				t.Fatal(err)
			}
			if again, err := fact.Parse(data); err != nil || !same(again, got) {
				t.Errorf("written and read: %v", err)
			}
		}
	}
}

// Ten thousand changed facts are refused or read as go-ethereum does it.
func TestCheck_AgreesOfChangedFacts(t *testing.T) {
	r := rand.New(rand.NewPCG(2026, 11))
	list := append(newBlock(t, 30).facts(t), newBlock(t, 1).facts(t)...)
	flip := func(b []byte) []byte {
		b = bytes.Clone(b)
		switch at := r.IntN(len(b) + 1); {
		case at == len(b):
			return append(b, byte(r.Uint32()))
		case r.IntN(4) == 0:
			return slices.Delete(b, at, at+1)
		default:
			b[at] ^= 1 << r.IntN(8)
		}
		return b
	}
	taken := 0
	for range 10_000 {
		f := *list[r.IntN(len(list))]
		other := list[r.IntN(len(list))]
		switch r.IntN(8) {
		case 0:
			f.Header = flip(f.Header)
		case 1:
			f.Value = flip(f.Value)
		case 2:
			f.Proof = slices.Clone(f.Proof)
			i := r.IntN(len(f.Proof))
			f.Proof[i] = flip(f.Proof[i])
		case 3:
			f.Proof = append(slices.Clone(f.Proof), flip(f.Proof[0])) // one too many
		case 4:
			f.Index, f.Value = other.Index, other.Value
		case 5:
			f.Kind = other.Kind
		case 6:
			f.Address[r.IntN(20)] ^= byte(r.IntN(2))
		case 7:
			f.ChainID ^= uint64(r.IntN(2))
		}
		got, err := f.Check()
		want, refused := byGeth(&f)
		if (err == nil) != (refused == nil) || err == nil && !same(got, want) {
			t.Errorf("%s %d: got %+v (%v), go-ethereum %+v (%v)\nheader %x\nvalue %x", f.Kind, f.Index, got, err, want, refused, f.Header, f.Value)
		}
		if err == nil {
			taken++
		}
	}
	if taken < 1000 || taken > 5000 {
		t.Errorf("%d of 10,000 were taken", taken)
	}
}

// rooted is a fact whose block was made for its value: only the value's own form can refuse it.
func rooted(t *testing.T, kind string, value []byte) *fact.Fact {
	t.Helper()
	tree := trie.NewEmpty(triedb.NewDatabase(rawdb.NewMemoryDatabase(), nil))
	if err := tree.Update([]byte{0x80}, value); err != nil {
		t.Fatal(err)
	}
	nodes := memorydb.New()
	if err := tree.Prove([]byte{0x80}, nodes); err != nil {
		t.Fatal(err)
	}
	f := &fact.Fact{Version: 1, Kind: kind, ChainID: chainID, Value: value}
	for it := nodes.NewIterator(nil, nil); it.Next(); {
		f.Proof = append(f.Proof, bytes.Clone(it.Value()))
	}
	header, err := rlp.EncodeToBytes(&types.Header{Number: big.NewInt(1), Difficulty: big.NewInt(0), TxHash: tree.Hash(), ReceiptHash: tree.Hash()})
	if err != nil {
		t.Fatal(err)
	}
	f.Header = header
	return f
}

// Values that a block's maker made up: what go-ethereum takes is read as it reads it, and what it refuses is
// refused but for lists that nobody looks into.
func TestCheck_ValuesMadeUp(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	taken := map[string]int{}
	for i := range 6000 {
		b := []([]byte){}
		tx := transaction(t, i%7)
		raw, err := tx.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		kind := fact.Transaction
		if b = append(b, raw); i%2 == 1 {
			var out bytes.Buffer
			types.Receipts{receipt(i%60, tx.Type())}.EncodeIndex(0, &out)
			b, kind = [][]byte{out.Bytes()}, fact.Receipt
		}
		value := bytes.Clone(b[0])
		value[r.IntN(len(value))] ^= 1 << r.IntN(8)
		f := rooted(t, kind, value)
		got, err := f.Check()
		want, refused := byGeth(f)
		if refused == nil && (err != nil || !same(got, want)) {
			t.Errorf("%s %x: got %+v (%v), go-ethereum %+v", kind, value, got, err, want)
		}
		if err == nil && refused != nil {
			taken["more"]++
		}
		if err == nil {
			taken[kind]++
		}
	}
	t.Logf("%v", taken)
	if taken[fact.Transaction] < 500 || taken[fact.Receipt] < 500 || taken["more"] > 100 {
		t.Errorf("%v", taken)
	}
}

// Each clause refuses its own lie.
func TestCheck_Lies(t *testing.T) {
	list := newBlock(t, 9).facts(t)
	tx, events, account := list[3*3], list[3*3+1], list[3*3+2]
	foreign := newBlock(t, 8).header
	header, err := rlp.EncodeToBytes(foreign)
	if err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		from   *fact.Fact
		change func(*fact.Fact)
		want   string
	}{
		"another version":                {tx, func(f *fact.Fact) { f.Version = 2 }, "version 2"},
		"another kind":                   {tx, func(f *fact.Fact) { f.Kind = "block" }, "its kind"},
		"another chain":                  {tx, func(f *fact.Fact) { f.ChainID = 1 }, "of chain 1337, and not of 1"},
		"another index":                  {tx, func(f *fact.Fact) { f.Index = 4 }, "does not lead"},
		"another value":                  {tx, func(f *fact.Fact) { f.Value = list[0].Value }, "does not lead"},
		"another block's header":         {tx, func(f *fact.Fact) { f.Header = header }, "does not lead"},
		"no proof":                       {events, func(f *fact.Fact) { f.Proof = nil }, "does not lead"},
		"a receipt as a transaction":     {events, func(f *fact.Fact) { f.Kind = fact.Transaction }, "does not lead"},
		"another account":                {account, func(f *fact.Fact) { f.Address[0]++ }, "does not lead"},
		"another code":                   {account, func(f *fact.Fact) { f.Value = []byte{1} }, "another code"},
		"a header with something behind": {tx, func(f *fact.Fact) { f.Header = append(bytes.Clone(f.Header), 0) }, "the block's header"},
		"an empty header":                {tx, func(f *fact.Fact) { f.Header = nil }, "the block's header"},
	} {
		f := *row.from
		if _, err := f.Check(); err != nil {
			t.Fatal(err)
		}
		row.change(&f)
		if _, err := f.Check(); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v, want %q", name, err, row.want)
		}
	}
	far, err := rlp.EncodeToBytes(&types.Header{Number: new(big.Int).Lsh(big.NewInt(1), 64), Difficulty: big.NewInt(0)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := (&fact.Fact{Version: 1, Kind: fact.Account, Header: far}).Check(); err == nil || !strings.Contains(err.Error(), "the block's header") {
		t.Errorf("a number of 65 bits: %v", err)
	}
}

// A signature that holds on all chains is of any; a v that is none of any is refused.
func TestCheck_OldSignatures(t *testing.T) {
	old := newBlock(t, 8).facts(t)[0]
	for _, id := range []uint64{0, 1, chainID, 1<<64 - 1} {
		f := *old
		f.ChainID = id
		if _, err := f.Check(); err != nil {
			t.Errorf("of chain %d: %v", id, err)
		}
	}
	for v, want := range map[uint64]string{0: "", 1: "", 27: "", 28: "", 26: "none", 34: "none", 35: "of chain 0", 2*chainID + 35: "", 2*chainID + 36: "", 2*chainID + 37: "of chain 1338"} {
		value, err := rlp.EncodeToBytes(&types.LegacyTx{GasPrice: big.NewInt(1), Value: big.NewInt(0), V: new(big.Int).SetUint64(v), R: big.NewInt(1), S: big.NewInt(1)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rooted(t, fact.Transaction, value).Check(); (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("v of %d: %v, want %q", v, err, want)
		}
	}
}
