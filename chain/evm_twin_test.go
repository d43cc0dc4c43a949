package chain_test

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/ethclient/simulated"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/params"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	evmnode "github.com/genproof/genproof/chain/evm/node"
	"github.com/genproof/genproof/solidity/bindings"
)

// A simulation is a whole node of go-ethereum, which makes a block for each transaction.
type simulation struct {
	simulated.Client
	backend *simulated.Backend
}

func newSimulation(t *testing.T, rich ...common.Address) *simulation {
	t.Helper()
	backend := simulated.NewBackend(evm.Genesis(rich...), func(_ *node.Config, e *ethconfig.Config) {
		e.Genesis.Config = evm.Rules(evm.DefaultID)
		e.NetworkId = evm.DefaultID
	})
	t.Cleanup(func() { backend.Close() })
	return &simulation{backend.Client(), backend}
}

func (s *simulation) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := s.Client.SendTransaction(ctx, tx); err != nil {
		return err
	}
	s.backend.Commit()
	return nil
}

func (s *simulation) Mine(n int) {
	for range n {
		s.backend.Commit()
	}
}

// A scribe writes down what became of each transaction, without what differs between two
// chains of the same story: hashes, and the calldata's zeros in random proofs.
type scribe struct {
	chain.Backend
	t     *testing.T
	lines []string
}

func (s *scribe) write(format string, args ...any) {
	s.lines = append(s.lines, fmt.Sprintf(format, args...))
}

func (s *scribe) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if err := s.Backend.SendTransaction(ctx, tx); err != nil {
		kind, _, _ := strings.Cut(err.Error(), ":")
		s.write("refused: %s", kind)
		return err
	}
	r, err := s.TransactionReceipt(ctx, tx.Hash())
	if err != nil {
		s.t.Fatal(err)
	}
	s.write("type %d status %d gas %d contract %s logs %d", tx.Type(), r.Status, r.GasUsed-calldata(tx.Data()), r.ContractAddress, len(r.Logs))
	for _, l := range r.Logs {
		s.write("  %s %s %d topics, %d bytes, tx %d, log %d", l.Address, l.Topics[0], len(l.Topics), len(l.Data), l.TxIndex, l.Index)
		if l.TxHash != tx.Hash() || l.BlockHash != r.BlockHash || l.BlockNumber != r.BlockNumber.Uint64() {
			s.t.Errorf("a log that is elsewhere: %+v", l)
		}
	}
	if found, pending, err := s.TransactionByHash(ctx, tx.Hash()); err != nil || pending || found.Hash() != tx.Hash() {
		s.t.Errorf("the transaction is not found: %v", err)
	}
	return nil
}

func calldata(data []byte) (gas uint64) {
	for _, b := range data {
		if gas += 4; b != 0 {
			gas += 12
		}
	}
	return gas
}

// said is an error with what a node adds to it.
func said(err error) string {
	var data rpc.DataError
	if errors.As(err, &data) {
		return fmt.Sprintf("%v %v", err, data.ErrorData())
	}
	return fmt.Sprint(err)
}

// story is what the product does on a chain, and what others may try.
func (s *scribe) story(mine func(int)) {
	t, ctx := s.t, s.t.Context()
	w := &world{owner: account(t, "1"), key: newTrapdoor("a")}
	var err error
	if w.Client, err = chain.New(ctx, s, w.owner); err != nil {
		t.Fatal(err)
	}
	w.terms = chain.Terms{Name: "Nebula Foxes", Symbol: "FOX", FirstID: 1, Supply: 100, Commitments: commitments("a"), BeaconDelay: 2, Owner: w.owner.Address}
	w.contract = w.deploy(t)
	mine(3)
	if w.beacon, err = w.Open(ctx, w.contract); err != nil {
		t.Fatal(err)
	}
	w.setTemplate(t)
	tokens := w.tokens([20]byte{}, 1, 2, 3)
	w.mint(t, 1, tokens[0])
	w.mint(t, 2, tokens[1:]...)
	s.transactions(w)
	s.answers(w, tokens[0])
}

// transactions are good and bad ones, made by hand.
func (s *scribe) transactions(w *world) {
	ctx, other := s.t.Context(), common.Address{0x42}
	head, err := s.HeaderByNumber(ctx, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	s.write("gas limit %d, difficulty %s, coinbase %s", head.GasLimit, head.Difficulty, head.Coinbase)
	nonce, err := s.PendingNonceAt(ctx, w.owner.Address)
	if err != nil {
		s.t.Fatal(err)
	}
	key, err := crypto.HexToECDSA(strings.Repeat("1", 64))
	if err != nil {
		s.t.Fatal(err)
	}
	fee := new(big.Int).Mul(head.BaseFee, big.NewInt(4))
	send := func(chainID int64, inner func(tx *types.DynamicFeeTx)) {
		tx := &types.DynamicFeeTx{ChainID: big.NewInt(chainID), Nonce: nonce, GasTipCap: big.NewInt(params.GWei / 100), GasFeeCap: fee, Gas: 100_000, To: &w.contract}
		inner(tx)
		signed, err := types.SignNewTx(key, types.LatestSignerForChainID(tx.ChainID), tx)
		if err != nil {
			s.t.Fatal(err)
		}
		if s.SendTransaction(ctx, signed) == nil {
			nonce++
		}
	}
	none := func(*types.DynamicFeeTx) {}
	send(evm.DefaultID, none)                                                                                          // no such function: it reverts
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.To, tx.Value, tx.Gas = &other, big.NewInt(5), 21_000 })      // a transfer
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.To, tx.Data = nil, []byte{0xfe} })                           // invalid opcode
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.To, tx.Data = nil, common.FromHex("60ef60005360016000f3") }) // code that must not begin so
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.Data, tx.Gas = make([]byte, 32), 21_200 })                   // out of gas
	send(5, none)
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.Nonce = 0 })
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.Gas = 20_999 })
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.Gas = params.MaxTxGas + 1 })
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.Value = new(big.Int).Lsh(big.NewInt(1), 100) })
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.GasTipCap = new(big.Int).Add(fee, common.Big1) })
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) { tx.Data = make([]byte, 200<<10) })
	send(evm.DefaultID, func(tx *types.DynamicFeeTx) {
		tx.To, tx.Gas, tx.Data = nil, 5_000_000, make([]byte, params.MaxInitCodeSize+1)
	})
	balance, err := s.BalanceAt(ctx, other, nil)
	s.write("balance %s, %v", balance, err)
}

// answers are those to questions, about the past too.
func (s *scribe) answers(w *world, minted chain.Token) {
	ctx := s.t.Context()
	m := mintOf(minted, w.owner.Address)
	again := bindings.NewGenproofDrop().PackMint(m.To, m.TokenId, m.Digest, m.Bound, minted.Bundle.Proof)
	for _, asked := range []struct {
		name string
		call ethereum.CallMsg
	}{
		{"a minted token", ethereum.CallMsg{From: w.owner.Address, To: &w.contract, Data: again}}, {"no function", ethereum.CallMsg{To: &w.contract}},
		{"nobody", ethereum.CallMsg{To: &common.Address{7}, Data: []byte{1}}}, {"value without money", ethereum.CallMsg{From: common.Address{9}, To: &common.Address{7}, Value: common.Big1}},
		{"a price below the base fee", ethereum.CallMsg{From: w.owner.Address, To: &w.contract, GasFeeCap: common.Big1, Data: again}},
		{"too little gas", ethereum.CallMsg{From: w.owner.Address, To: &w.contract, Gas: 22_000, Data: again}},
	} {
		name, call := asked.name, asked.call
		out, err := s.CallContract(ctx, call, nil)
		s.write("%s: %x %s", name, out, masked(said(err)))
		gas, err := s.EstimateGas(ctx, call)
		s.write("%s: gas %d %s", name, gas, masked(said(err)))
	}
	latest, err := s.BlockNumber(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, number := range []uint64{0, 1, latest - 1} {
		h, err := s.HeaderByNumber(ctx, new(big.Int).SetUint64(number))
		if err != nil {
			s.t.Fatal(err)
		}
		next, err := s.HeaderByNumber(ctx, new(big.Int).SetUint64(number+1))
		if err != nil || next.ParentHash != h.Hash() || next.Time <= h.Time {
			s.t.Errorf("block %d does not follow: %v", number+1, err)
		}
		kept, err := s.CallContract(ctx, ethereum.CallMsg{To: &params.HistoryStorageAddress, Data: word(number).Bytes()}, nil)
		if err != nil || common.Hash(kept) != h.Hash() { // EIP-2935
			s.t.Errorf("the history contract has %x of block %d, not %s: %v", kept, number, h.Hash(), err)
		}
		code, err := s.CodeAt(ctx, w.contract, new(big.Int).SetUint64(number))
		s.write("code at block %d: %d bytes, %v", number, len(code), err)
	}
	_, err = s.HeaderByNumber(ctx, new(big.Int).SetUint64(latest+1))
	s.write("no block: %v", err)
	_, err = s.TransactionReceipt(ctx, common.Hash{1})
	s.write("no receipt: %v", err)
	_, _, err = s.TransactionByHash(ctx, common.Hash{1})
	s.write("no transaction: %v", err)
	for _, q := range []ethereum.FilterQuery{{}, {Addresses: []common.Address{w.contract}}, {Topics: [][]common.Hash{nil, {word(0)}}},
		{FromBlock: new(big.Int).SetUint64(latest - 1)}, {Addresses: []common.Address{{1}}}, {Topics: [][]common.Hash{{{1}, crypto.Keccak256Hash([]byte("Transfer(address,address,uint256)"))}}}} {
		logs, err := s.FilterLogs(ctx, q)
		s.write("%d logs, %v", len(logs), err)
	}
}

// random are figures that depend on the zeros in a random proof, which it is told in passing.
var random = regexp.MustCompile(`baseFee: \d+|want \d+|\(supplied gas \d+\)|<nil>$`)

func masked(s string) string { return strings.TrimSpace(random.ReplaceAllString(s, "")) }

// TestEVM_IsAsAWholeNode holds the embedded chain, by itself and over its socket, to what a
// node of go-ethereum does with the same story.
func TestEVM_IsAsAWholeNode(t *testing.T) {
	rich := []common.Address{account(t, "1").Address}
	sim := newSimulation(t, rich...)
	want := &scribe{Backend: sim, t: t}
	want.story(sim.Mine)

	embedded := evm.Start(evm.DefaultID, rich...)
	defer embedded.Close()
	socket := t.TempDir() + "/ipc"
	other := evm.Start(evm.DefaultID, rich...)
	defer other.Close()
	hangUp, err := evmnode.Serve(other, socket)
	if err != nil {
		t.Fatal(err)
	}
	defer hangUp()
	dialled, err := chain.Dial(t.Context(), socket)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		backend chain.Backend
		mine    func(int)
	}{"embedded": {embedded, embedded.Mine}, "served": {dialled, other.Mine}} {
		got := &scribe{Backend: c.backend, t: t}
		got.story(c.mine)
		for i := range max(len(got.lines), len(want.lines)) {
			g, w := lineOf(got.lines, i), lineOf(want.lines, i)
			if g != w {
				t.Errorf("%s, line %d:\ngot  %s\nwant %s", name, i, g, w)
			}
		}
	}
	if len(want.lines) < 50 {
		t.Errorf("a story of %d lines", len(want.lines))
	}
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

func TestEVM_TellsOfEvents(t *testing.T) {
	w := opened(t)
	events := make(chan types.Log, 8)
	s, err := w.evm.SubscribeFilterLogs(t.Context(), ethereum.FilterQuery{Addresses: []common.Address{w.contract}}, events)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Unsubscribe()
	w.mint(t, 1, w.tokens([20]byte{}, 1)...)
	select {
	case l := <-events:
		if l.Address != w.contract {
			t.Errorf("%+v", l)
		}
	case <-time.After(10 * time.Second):
		t.Error("no event comes")
	}
}

func TestEVM_LetsTimePass(t *testing.T) {
	e := evm.Start(evm.DefaultID)
	defer e.Close()
	e.Mine(1)
	before, err := e.HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Pass(time.Hour); err != nil {
		t.Fatal(err)
	}
	after, err := e.HeaderByNumber(t.Context(), nil)
	if err != nil || after.Time != before.Time+3600 || after.Number.Uint64() != before.Number.Uint64()+1 {
		t.Errorf("%+v, %v", after, err)
	}
	if err := e.Pass(time.Millisecond); err == nil {
		t.Error("a block of the same second is made")
	}
}
