package chain_test

import (
	"context"
	"errors"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
)

// A rollup shows contracts other blocks than its headers: what code outside of a contract
// sees is changed.
type rollup struct {
	chain.Backend
	change func(number, last, before *big.Int)
}

func (r *rollup) CallContract(ctx context.Context, call ethereum.CallMsg, block *big.Int) ([]byte, error) {
	out, err := r.Backend.CallContract(ctx, call, block)
	if call.To != nil || err != nil {
		return out, err
	}
	var words [3]*big.Int
	for i := range words {
		words[i] = new(big.Int).SetBytes(out[32*i : 32*i+32])
	}
	r.change(words[0], words[1], words[2])
	for i := range words {
		words[i].FillBytes(out[32*i : 32*i+32])
	}
	return out, nil
}

// made is the hash that a chain makes up for a block.
func made(number *big.Int) *big.Int {
	return new(big.Int).SetBytes(crypto.Keccak256(common.LeftPadBytes(number.Bytes(), 32)))
}

var rollups = []struct {
	name, want string
	change     func(number, last, before *big.Int)
}{
	{"Ethereum", "", func(_, _, _ *big.Int) {}},
	{"numbers of another chain, as Arbitrum", "another chain's blocks are counted", func(number, last, before *big.Int) {
		number.SetUint64(23_000_000)
		last.Set(made(big.NewInt(22_999_999)))
		before.Set(made(big.NewInt(22_999_998)))
	}},
	{"numbers of another chain that lags behind", "another chain's blocks are counted", func(number, _, _ *big.Int) { number.Sub(number, big.NewInt(1)) }},
	{"numbers that are ahead", "another chain's blocks are counted", func(number, _, _ *big.Int) { number.Add(number, big.NewInt(2)) }},
	{"no number of 64 bits", "another chain's blocks are counted", func(number, _, _ *big.Int) { number.Lsh(big.NewInt(1), 200) }},
	{"hashes that are computed", "BLOCKHASH(", func(number, last, before *big.Int) {
		last.Set(made(new(big.Int).Sub(number, big.NewInt(1))))
		before.Set(made(new(big.Int).Sub(number, big.NewInt(2))))
	}},
	{"no hashes", "BLOCKHASH(", func(_, last, before *big.Int) { last.SetUint64(0); before.SetUint64(0) }},
	{"only the last hash", "BLOCKHASH(", func(_, _, before *big.Int) { before.SetUint64(0) }},
}

func TestCheckBlocks_ComparesWhatContractsSee(t *testing.T) {
	owner := account(t, "1")
	e := evm.Start(evm.DefaultID, owner.Address)
	t.Cleanup(func() { e.Close() })
	e.Mine(5)
	for _, tc := range rollups {
		c, err := chain.New(t.Context(), &rollup{e, tc.change}, owner)
		if err != nil {
			t.Fatal(err)
		}
		err = c.CheckBlocks(t.Context())
		var other *chain.OtherBlocks
		if tc.want == "" && err == nil {
			continue
		}
		if tc.want == "" || !errors.As(err, &other) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.name, err, tc.want)
		}
	}
}

func TestCheckBlocks_PassesOnYoungChainsAndOtherNodes(t *testing.T) {
	owner := account(t, "1")
	e := evm.Start(evm.DefaultID, owner.Address)
	t.Cleanup(func() { e.Close() })
	simulation := newSimulation(t, owner.Address)
	for n := range 5 {
		for name, backend := range map[string]chain.Backend{"ours": e, "go-ethereum's": simulation, "in the next block": &nextBlock{e}} {
			c, err := chain.New(t.Context(), backend, owner)
			if err != nil {
				t.Fatal(err)
			}
			if err := c.CheckBlocks(t.Context()); err != nil {
				t.Errorf("%s after %d blocks: %v", name, n, err)
			}
		}
		e.Mine(1)
		simulation.Mine(1)
	}
}

// A nextBlock runs calls in the block after the one that is named, as some nodes do.
type nextBlock struct{ chain.Backend }

func (n *nextBlock) CallContract(ctx context.Context, call ethereum.CallMsg, block *big.Int) ([]byte, error) {
	out, err := n.Backend.CallContract(ctx, call, block)
	if err != nil || call.To != nil {
		return out, err
	}
	head, err := n.HeaderByNumber(ctx, block)
	if err != nil {
		return nil, err
	}
	number := new(big.Int).Add(head.Number, big.NewInt(1))
	hash := head.Hash()
	return append(append(common.LeftPadBytes(number.Bytes(), 32), hash[:]...), out[32:64]...), nil
}

// A drop whose entropy would be nobody's hash is neither deployed nor opened.
func TestDeployOpen_RefuseOtherBlocks(t *testing.T) {
	for _, tc := range rollups {
		w := start(t, evm.DefaultID)
		w.evm.Mine(3)
		c, err := chain.New(t.Context(), &rollup{w.evm, tc.change}, w.owner)
		if err != nil {
			t.Fatal(err)
		}
		s, err := w.Status(t.Context(), w.contract)
		if err != nil {
			t.Fatal(err)
		}
		_, deploying := c.DeployDrop(t.Context(), w.terms, s.Verifier, true)
		_, opening := c.Open(t.Context(), w.contract)
		var other *chain.OtherBlocks
		if honest := tc.want == ""; honest != (deploying == nil) || honest != (opening == nil) || errors.As(deploying, &other) == honest || errors.As(opening, &other) == honest {
			t.Errorf("%s: deploy %v, open %v", tc.name, deploying, opening)
		}
	}
}
