package chain_test

import (
	"bytes"
	"encoding/binary"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
)

// EVM instructions.
const (
	opStop, opCodecopy, opMstore, opSstore, opPush32, opLog1, opCreate, opReturn = 0x00, 0x39, 0x52, 0x55, 0x7f, 0xa1, 0xf0, 0xf3
)

// push packs instructions that push words, the last on top, and one that takes them.
func push(op byte, words ...[]byte) (code []byte) {
	for _, w := range words {
		code = append(append(code, opPush32), common.LeftPadBytes(w, 32)...)
	}
	return append(code, op)
}

func num(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

// ending is constructor code that does something with the data behind it.
func ending(begin, data []byte, finish []byte) []byte {
	start := len(begin) + 3*33 + 1 + len(finish)
	code := append(bytes.Clone(begin), push(opCodecopy, num(len(data)), num(start), nil)...)
	return append(append(code, finish...), data...)
}

// create creates a contract with any constructor.
func (w *world) create(t *testing.T, code []byte) common.Address {
	t.Helper()
	key, err := crypto.HexToECDSA(strings.Repeat("1", 64))
	if err != nil {
		t.Fatal(err)
	}
	nonce, err := w.evm.PendingNonceAt(t.Context(), w.owner.Address)
	if err != nil {
		t.Fatal(err)
	}
	id := new(big.Int).SetUint64(w.ChainID)
	tx := types.MustSignNewTx(key, types.LatestSignerForChainID(id), &types.DynamicFeeTx{
		ChainID: id, Nonce: nonce, GasTipCap: big.NewInt(1e9), GasFeeCap: big.NewInt(5e10), Gas: 12_000_000, Data: code,
	})
	if err := w.evm.SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
	at := crypto.CreateAddress(w.owner.Address, nonce)
	if code, err := w.evm.CodeAt(t.Context(), at, nil); err != nil || len(code) == 0 {
		t.Fatalf("nothing was created: %v", err)
	}
	return at
}

// A thief leaves GenproofDrop's code behind, with a beacon of a block long past and
// a drop's own verifier that accepts everything.
func TestCheck_RefusesAForgedConstructor(t *testing.T) {
	w := opened(t)
	honest := w.contract
	nonce, err := w.evm.PendingNonceAt(t.Context(), w.owner.Address)
	if err != nil {
		t.Fatal(err)
	}
	forged := crypto.CreateAddress(w.owner.Address, nonce+1)
	past, err := w.evm.HeaderByNumber(t.Context(), big.NewInt(1))
	if err != nil {
		t.Fatal(err)
	}
	chosen := [32]byte(past.Hash())
	value := bundle.DeriveBeacon(w.ChainID, forged, chosen)

	beacon, template := value.Bytes(), w.terms.Commitments.Template.Bytes()
	yes := slices.Concat(bytes.Repeat([]byte{opStop}, len(solidity.Groth16Verifier.Runtime)), template[:], beacon[:])
	accepts := w.create(t, ending(nil, yes, push(opReturn, num(len(yes)), nil)))

	code, err := w.evm.CodeAt(t.Context(), honest, nil)
	if err != nil {
		t.Fatal(err)
	}
	bound := w.boundOf(t, code)
	code = bytes.ReplaceAll(code, bound[:], accepts[:])
	begin := slices.Concat(push(opSstore, chosen[:], num(8)), push(opSstore, beacon[:], num(9)), push(opSstore, num(1), num(10)))
	begin = append(begin, push(opMstore, template[:], nil)...)
	for _, event := range []string{"BeaconArmed(uint256)", "Opened(uint256,bytes32,uint256)", "TemplateSet(uint256)"} {
		begin = append(begin, push(opLog1, crypto.Keccak256([]byte(event)), num(32), nil)...)
	}
	if got := w.create(t, ending(begin, code, push(opReturn, num(len(code)), nil))); got != forged {
		t.Fatalf("created at %s", got)
	}

	w.contract, w.beacon = forged, &bundle.Beacon{ChainID: w.ChainID, Contract: forged, Entropy: chosen, Value: value}
	nothing := bindings.Mint{To: w.owner.Address, TokenId: big.NewInt(1), Digest: [32]byte{1}, Bound: true}
	if err := w.TryMint(t.Context(), w.owner.Address, forged, nothing, make([]byte, 256)); err != nil {
		t.Errorf("the forgery mints nothing without a proof, so this test shows less than it says: %v", err)
	}
	r := w.check(t, w.options())
	if !r.Status.Known {
		t.Error("its code is not GenproofDrop's")
	}
	for _, want := range []string{"its constructor was not", "which verifies mints", "which was known at its deployment"} {
		hasFault(t, r.Faults, want)
	}
}

// hasFault reports a fault that is missing.
func hasFault(t *testing.T, faults []string, want string) {
	t.Helper()
	if !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, want) }) {
		t.Errorf("no fault says that %q: %q", want, faults)
	}
}

// boundOf finds the drop's own verifier among the immutables in its code.
func (w *world) boundOf(t *testing.T, code []byte) common.Address {
	t.Helper()
	for _, place := range solidity.GenproofDrop.Immutables {
		at := common.BytesToAddress(code[place[0] : place[0]+place[1]])
		found, err := w.evm.CodeAt(t.Context(), at, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == len(solidity.VerifierCode(w.key.vk.Bytes()))+64 {
			return at
		}
	}
	t.Fatal("the drop's own verifier is not among its immutables")
	return common.Address{}
}

// A contract can create a drop: then nobody sees how, from the transaction alone.
func TestCheck_WarnsWhenTheConstructorIsNotSeen(t *testing.T) {
	w := opened(t)
	tx, err := w.evm.TransactionInBlock(t.Context(), w.blockOf(t, w.contract), 0)
	if err != nil {
		t.Fatal(err)
	}
	finish := append(push(opCreate, num(len(tx.Data())), nil, nil), push(opReturn, num(1), nil)...)
	outer := w.create(t, ending(nil, tx.Data(), finish))
	w.contract = crypto.CreateAddress(outer, 1)
	w.open(t)
	r := w.check(t, w.options())
	if !r.OK() || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "CREATION NOT SEEN") {
		t.Errorf("faults %v, warnings %v", r.Faults, r.Warnings)
	}
}

// blockOf is the block of a contract's creation, by the journal.
func (w *world) blockOf(t *testing.T, contract common.Address) common.Hash {
	t.Helper()
	entries, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Contract == contract && e.Block != 0 {
			b, err := w.evm.HeaderByNumber(t.Context(), new(big.Int).SetUint64(e.Block))
			if err != nil {
				t.Fatal(err)
			}
			return b.Hash()
		}
	}
	t.Fatal("the journal does not know it")
	return common.Hash{}
}
