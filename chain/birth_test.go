package chain_test

import (
	"bytes"
	"context"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/solidity"
)

// A renumbered chain has blocks of its own before those that its contracts count, as Nitro's has: NUMBER is
// another chain's. Block old of its own has a hash of somebody's knowledge.
type renumbered struct {
	chain.Backend
	ahead  uint64
	hashes map[uint64]common.Hash
}

func (r *renumbered) inner(n *big.Int) *big.Int {
	if n == nil {
		return nil
	}
	return new(big.Int).Sub(n, new(big.Int).SetUint64(r.ahead))
}

func (r *renumbered) BlockNumber(ctx context.Context) (uint64, error) {
	n, err := r.Backend.BlockNumber(ctx)
	return n + r.ahead, err
}

func (r *renumbered) HeaderByNumber(ctx context.Context, n *big.Int) (*types.Header, error) {
	if in := r.inner(n); in != nil && in.Sign() < 0 {
		return &types.Header{Number: n, Difficulty: new(big.Int), ParentHash: r.hashes[n.Uint64()-1]}, nil
	}
	h, err := r.Backend.HeaderByNumber(ctx, r.inner(n))
	if err != nil {
		return nil, err
	}
	h = types.CopyHeader(h)
	h.Number.Add(h.Number, new(big.Int).SetUint64(r.ahead))
	return h, nil
}

func (r *renumbered) CodeAt(ctx context.Context, a common.Address, n *big.Int) ([]byte, error) {
	if in := r.inner(n); in != nil && in.Sign() < 0 {
		return nil, nil
	}
	return r.Backend.CodeAt(ctx, a, r.inner(n))
}

func (r *renumbered) CallContract(ctx context.Context, m ethereum.CallMsg, n *big.Int) ([]byte, error) {
	return r.Backend.CallContract(ctx, m, r.inner(n))
}

func (r *renumbered) TransactionReceipt(ctx context.Context, h common.Hash) (*types.Receipt, error) {
	out, err := r.Backend.TransactionReceipt(ctx, h)
	if err != nil {
		return nil, err
	}
	c := *out
	c.BlockNumber = new(big.Int).Add(out.BlockNumber, new(big.Int).SetUint64(r.ahead))
	return &c, nil
}

func (r *renumbered) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	if r.inner(q.ToBlock).Sign() < 0 {
		return nil, nil
	}
	q.FromBlock, q.ToBlock = r.inner(q.FromBlock), r.inner(q.ToBlock)
	if q.FromBlock.Sign() < 0 {
		q.FromBlock = new(big.Int)
	}
	logs, err := r.Backend.FilterLogs(ctx, q)
	for i := range logs {
		logs[i].BlockNumber += r.ahead
	}
	return logs, err
}

// The block whose hash is the entropy has to come behind the deployment, by the node's numbers and by
// the contract's.
func TestCheck_RefusesABlockBeforeTheDeployment(t *testing.T) {
	w := opened(t)
	tokens := w.tokens([20]byte{}, 1)
	w.mint(t, 1, tokens...)
	s := mustStatus(t, w)
	node := &renumbered{w.evm, s.BeaconBlock + 500, map[uint64]common.Hash{s.BeaconBlock: s.Entropy}}
	c, err := chain.New(t.Context(), node, nil)
	if err != nil {
		t.Fatal(err)
	}
	var other *chain.OtherBlocks
	if err := c.CheckBlocks(t.Context()); !errors.As(err, &other) {
		t.Fatalf("the chain is not one that CheckBlocks refuses: %v", err)
	}
	r, err := c.Check(t.Context(), w.contract, w.options(tokens...))
	if err != nil {
		t.Fatal(err)
	}
	hasFault(t, r.Faults, "which was known at its deployment in block")
	hasFault(t, r.Faults, "the contract said that its entropy would come from block")
	hasFault(t, r.Unchecked, "that contracts see the blocks that the node shows")
}

// forge creates our code by another constructor, which begins with what it likes, and with the bound
// verifier's address of the new contract. It becomes the world's.
func (w *world) forge(t *testing.T, begin func(forged common.Address) []byte) {
	t.Helper()
	code, err := w.evm.CodeAt(t.Context(), w.contract, nil)
	if err != nil {
		t.Fatal(err)
	}
	bound := w.boundOf(t, code)
	nonce, err := w.evm.PendingNonceAt(t.Context(), w.owner.Address)
	if err != nil {
		t.Fatal(err)
	}
	forged := crypto.CreateAddress(w.owner.Address, nonce)
	own := solidity.BoundAddress(forged)
	code = bytes.ReplaceAll(code, bound[:], own[:])
	start := slices.Concat(push(opSstore, w.owner.Address[:], num(17)), begin(forged))
	if got := w.create(t, ending(start, code, push(opReturn, num(len(code)), nil))); got != forged {
		t.Fatalf("created at %s", got)
	}
	w.contract = forged
}

// longPast is a beginning with a beacon out of block 1, which tells of its opening alone.
func (w *world) longPast(t *testing.T) func(common.Address) []byte {
	t.Helper()
	past, err := w.evm.HeaderByNumber(t.Context(), big.NewInt(1))
	if err != nil {
		t.Fatal(err)
	}
	chosen := [32]byte(past.Hash())
	return func(forged common.Address) []byte {
		value := bundle.DeriveBeacon(w.ChainID, forged, chosen)
		w.beacon = &bundle.Beacon{ChainID: w.ChainID, Contract: forged, Entropy: chosen, Value: value}
		beacon := value.Bytes()
		return slices.Concat(
			push(opSstore, chosen[:], num(8)), push(opSstore, beacon[:], num(9)), push(opSstore, num(1), num(10)),
			push(opLog1, crypto.Keccak256([]byte("Opened(uint256,bytes32,uint256)")), num(32), nil),
		)
	}
}

// A constructor of another kind can leave everything honest behind but the entropy, and tell of nothing.
// Its transaction is found in the block in which the code appeared.
func TestCheck_FindsAConstructorThatTellsOfNothing(t *testing.T) {
	w := opened(t)
	w.evm.Mine(100)
	w.forge(t, w.longPast(t))
	w.setTemplate(t)
	tokens := w.tokens([20]byte{}, 1)
	w.mint(t, 1, tokens...)
	r := w.check(t, w.options(tokens...))
	for _, want := range []string{"its constructor was not", "did not tell where the entropy would come from", "which was known at its deployment"} {
		hasFault(t, r.Faults, want)
	}
}

// The same of a round of drand, which was published two days before.
func TestCheck_RefusesARoundBeforeTheDeployment(t *testing.T) {
	w := drawn(t, 1, evmnetRound, time.Hour)
	w.openSigned(t) // an honest one, whose immutables are copied
	if err := w.evm.Pass(48 * time.Hour); err != nil {
		t.Fatal(err)
	}
	w.forge(t, func(common.Address) []byte { return nil })
	w.openSigned(t)
	tokens := w.tokens([20]byte{}, 1)
	w.mint(t, 1, tokens...)
	r := w.check(t, w.options(tokens...))
	for _, want := range []string{"its constructor was not", "when the beacon's round was known", "did not tell where the entropy would come from"} {
		hasFault(t, r.Faults, want)
	}
	// A node that keeps no past does not tell when the contract began, and that is said.
	w.evm.Mine(200)
	c, err := chain.New(t.Context(), &poor{Backend: w.evm, noPast: true}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r, err = c.Check(t.Context(), w.contract, w.options(tokens...)); err != nil {
		t.Fatal(err)
	}
	hasFault(t, r.Unchecked, "that the contract was deployed before the beacon's round")
	hasFault(t, r.Unchecked, "where the constructor said that the entropy would come from")
	hasFault(t, r.Warnings, "CREATION NOT SEEN")
}

// A contract that another one creates by a forged constructor is not seen to be created; its silence is.
func TestCheck_RefusesASilentConstructorThatIsNotSeen(t *testing.T) {
	w := opened(t)
	w.evm.Mine(100)
	code, err := w.evm.CodeAt(t.Context(), w.contract, nil)
	if err != nil {
		t.Fatal(err)
	}
	begin := w.longPast(t)(w.contract)
	inner := ending(begin[:len(begin)-len(push(opLog1, nil, nil, nil))], code, push(opReturn, num(len(code)), nil))
	outer := w.create(t, ending(nil, inner, append(push(opCreate, num(len(inner)), nil, nil), push(opReturn, num(1), nil)...)))
	w.contract = crypto.CreateAddress(outer, 1)
	r := w.check(t, chain.CheckOptions{})
	hasFault(t, r.Warnings, "CREATION NOT SEEN")
	hasFault(t, r.Faults, "which was known at its deployment")
	hasFault(t, r.Unchecked, "where the constructor said that the entropy would come from") // there is no event at all
}

// Nodes that have forgotten events or states say less of an honest drop, and nothing against it.
func TestCheck_HoldsNothingAgainstNodesWithoutHistory(t *testing.T) {
	w := opened(t)
	tokens := w.tokens([20]byte{}, 1)
	w.mint(t, 1, tokens...)
	w.evm.Mine(200)
	armed := topic("BeaconArmed(uint256)")
	for name, node := range map[string]chain.Backend{
		"no states":           &poor{Backend: w.evm, noPast: true},
		"no first event":      &liar{Backend: w.evm, log: func(l *types.Log) bool { return l.Topics[0] != armed }},
		"no states, no event": &poor{Backend: &liar{Backend: w.evm, log: func(l *types.Log) bool { return l.Topics[0] != armed }}, noPast: true},
	} {
		c, err := chain.New(t.Context(), node, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Check(t.Context(), w.contract, w.options(tokens...))
		if err != nil || !r.OK() {
			t.Errorf("%s: %+v, %v", name, r, err)
			continue
		}
		said := slices.ContainsFunc(r.Unchecked, func(u string) bool { return strings.Contains(u, "the constructor said") })
		if said != (name != "no states") {
			t.Errorf("%s: unchecked %q", name, r.Unchecked)
		}
	}
}

// What a contract says of its entropy's block has to agree with itself and with the numbers of blocks.
func TestCheck_ComparesWhatWasSaidOfTheBlock(t *testing.T) {
	w := opened(t)
	s := mustStatus(t, w)
	armed, opened := topic("BeaconArmed(uint256)"), topic("Opened(uint256,bytes32,uint256)")
	for want, lie := range map[string]func(*types.Log){
		"which was known": func(l *types.Log) {
			if l.Topics[0] == armed {
				l.BlockNumber = s.BeaconBlock
			}
		},
		"and has it from block": func(l *types.Log) {
			if l.Topics[0] == armed {
				l.Data = append(bytes.Clone(l.Data[:31]), l.Data[31]+1)
			}
		},
		"was fixed in block": func(l *types.Log) {
			if l.Topics[0] == opened {
				l.BlockNumber = s.BeaconBlock
			}
		},
	} {
		r := w.alone(t, &liar{Backend: w.evm, log: func(l *types.Log) bool { lie(l); return true }})
		hasFault(t, r.Faults, want)
	}
}

// A block stands in for a deck's beacon when that was silent for 30 days, and no earlier one does.
func TestCheckDeck_RefusesABlockBeforeTheFallback(t *testing.T) {
	w := deckStart(t, 10)
	w.admit(t)
	code := w.codeOf(t, w.contract)
	first, err := w.evm.HeaderByNumber(t.Context(), big.NewInt(1))
	if err != nil {
		t.Fatal(err)
	}
	chosen := first.Hash()
	begin := slices.Concat(nextID(1), push(opSstore, w.owner.Address[:], num(11)), push(opSstore, chosen[:], num(16)), push(opSstore, num(int(w.saleEnd(t).Unix())), num(17)),
		push(opMstore, nil, num(0)), push(opMstore, num(1), num(32)), push(opMstore, chosen[:], num(64)),
		push(opLog1, crypto.Keccak256([]byte("Revealed(uint64,uint256,bytes32)")), num(96), nil),
	)
	w.contract = w.create(t, ending(begin, code, push(opReturn, num(len(code)), nil)))
	w.admit(t) // all proofs are there
	w.passTo(t, w.roundTime(t))
	r := w.checkDeck(t, w.evm, w.checkOptions())
	hasFault(t, r.Faults, "its constructor was not")
	hasFault(t, r.Faults, "block 1 stood in for the beacon, and is of ")
}
