package chain_test

import (
	"errors"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/ethereum/go-ethereum/core/vm"
	"github.com/ethereum/go-ethereum/core/vm/runtime"
	"github.com/ethereum/go-ethereum/params"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/setup/drand"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
)

var beaconABI = bindings.NewEvmnet() // the other's is the same

// rounds are the real ones that the verdicts are about.
var rounds = []published{
	{drand.Evmnet, 1, "0x11f812d738a36b2210dc88c2d635ad8039588205f42445d6de09e6530165c3462a23aca348c84badcf8df5321ac24577b7963d5b0d780bc4626baedb45cde373", ""},
	evmnetRound,
	{drand.Evmnet, 9337227, "0x01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3", ""},
	{drand.Quicknet, 1000, "0xb44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39", ""},
	quicknetRound,
}

// mutatedRound changes a round or its signature in one of the ways that parsers get wrong.
func mutatedRound(r *rand.Rand, p published, signature []byte) (uint64, []byte) {
	s := slices.Clone(signature)
	switch r.IntN(9) {
	case 0: // honest
	case 1:
		s[r.IntN(len(s))] ^= 1 << r.IntN(8)
	case 2:
		return p.round + 1 + r.Uint64N(3), s
	case 3:
		return r.Uint64() >> r.IntN(64), s
	case 4:
		s = s[:r.IntN(len(s))]
	case 5:
		s = append(s, make([]byte, 1+r.IntN(64))...)
	case 6: // the marks of a compressed point
		s[0] ^= byte(1+r.IntN(7)) << 5
	case 7: // an alias or the negative of a coordinate; for quicknet any other words
		word := s[:32]
		if r.IntN(2) == 0 {
			word = s[len(s)-32:]
		}
		v := new(big.Int).SetBytes(word)
		if r.IntN(2) == 0 {
			v.Add(v, fp.Modulus())
		} else {
			v.Mod(v.Neg(v), fp.Modulus())
		}
		if v.BitLen() <= 256 {
			v.FillBytes(word)
		}
	case 8: // a point of evmnet's curve
		var g bn254.G1Affine
		g.ScalarMultiplicationBase(new(big.Int).SetUint64(r.Uint64()))
		raw := g.RawBytes()
		copy(s, raw[:])
	}
	return p.round, s
}

// TestBeacons_GoAndContractAgree asks both about real rounds and hundreds of changed ones.
func TestBeacons_GoAndContractAgree(t *testing.T) {
	owner := account(t, "1")
	e := evm.Start(evm.DefaultID, owner.Address)
	t.Cleanup(func() { e.Close() })
	c, err := chain.New(t.Context(), e, owner)
	if err != nil {
		t.Fatal(err)
	}
	beacons := map[[32]byte]*chain.Deployment{}
	for _, hash := range [][32]byte{drand.Evmnet, drand.Quicknet} {
		if beacons[hash], err = c.DeployBeacon(t.Context(), hash); err != nil {
			t.Fatal(err)
		}
		out, err := c.Call(t.Context(), beacons[hash].Address, beaconABI.PackChainHash())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := beaconABI.UnpackChainHash(out); err != nil || got != hash {
			t.Errorf("chain hash %x, %v", got, err)
		}
	}
	r := rand.New(rand.NewPCG(25, 37))
	accepted := map[[32]byte]int{}
	for i := range 1200 {
		p := rounds[i%len(rounds)]
		round, signature := p.round, unhex(t, p.signature)
		if i >= len(rounds) {
			round, signature = mutatedRound(r, p, signature)
		}
		want, native := drand.Verify(p.chain, round, signature)
		out, err := c.Call(t.Context(), beacons[p.chain].Address, beaconABI.PackVerify(round, signature))
		if no := refused(t, err); no != (native != nil) {
			t.Fatalf("%s round %d, %x: Go says %v, the contract %v", drand.Name(p.chain), round, signature, native, err)
		} else if no {
			continue
		}
		accepted[p.chain]++
		if got, err := beaconABI.UnpackVerify(out); err != nil || got != want {
			t.Fatalf("%s round %d: Go says %x, the contract %x, %v", drand.Name(p.chain), round, want, got, err)
		}
	}
	for hash, n := range accepted {
		if n < 40 || n > 300 {
			t.Errorf("%s: %d were accepted: the mutations no longer test both answers", drand.Name(hash), n)
		}
	}
	if len(accepted) != 2 {
		t.Errorf("accepted %v", accepted)
	}
}

func TestBeacons_GoAndContractCountRoundsAlike(t *testing.T) {
	owner := account(t, "1")
	e := evm.Start(evm.DefaultID, owner.Address)
	t.Cleanup(func() { e.Close() })
	c, err := chain.New(t.Context(), e, owner)
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 1))
	for _, hash := range [][32]byte{drand.Evmnet, drand.Quicknet} {
		d, err := c.DeployBeacon(t.Context(), hash)
		if err != nil {
			t.Fatal(err)
		}
		first, err := drand.Time(hash, 1)
		if err != nil {
			t.Fatal(err)
		}
		times := []int64{0, 1, first.Unix() - 1, first.Unix(), first.Unix() + 1, first.Unix() + 2, first.Unix() + 3, first.Unix() + 4}
		for range 50 {
			times = append(times, first.Unix()+r.Int64N(1<<40))
		}
		for _, at := range times {
			want, err := drand.Next(hash, time.Unix(at, 0))
			if err != nil {
				t.Fatal(err)
			}
			out, err := c.Call(t.Context(), d.Address, beaconABI.PackRoundAt(big.NewInt(at)))
			if err != nil {
				t.Fatal(err)
			}
			if got, err := beaconABI.UnpackRoundAt(out); err != nil || got != want {
				t.Errorf("%s at %d: Go says %d, the contract %d, %v", drand.Name(hash), at, want, got, err)
			}
		}
	}
}

// Before EIP-2537 an EVM has nothing at quicknet's precompiles: calls of nothing succeed.
func TestQuicknet_RefusesWithoutItsPrecompiles(t *testing.T) {
	old := *params.AllDevChainProtocolChanges
	old.PragueTime, old.OsakaTime, old.BPO1Time, old.BPO2Time, old.AmsterdamTime, old.BogotaTime = nil, nil, nil, nil, nil, nil
	run := func(a *solidity.Artifact, p published) ([]byte, error) {
		call := beaconABI.PackVerify(p.round, unhex(t, p.signature))
		out, _, err := runtime.Execute(a.Runtime, call, &runtime.Config{ChainConfig: &old, GasLimit: 10_000_000})
		return out, err
	}
	if out, err := run(solidity.Evmnet, evmnetRound); err != nil || !slices.Equal(out, unhex(t, evmnetRound.randomness)) {
		t.Errorf("evmnet: %x, %v", out, err)
	}
	out, err := run(solidity.Quicknet, quicknetRound)
	if !errors.Is(err, vm.ErrExecutionReverted) {
		t.Fatalf("quicknet: %x, %v", out, err)
	}
	why, err := bindings.NewQuicknet().UnpackError(out)
	if failed, ok := why.(*bindings.QuicknetPrecompileFailed); err != nil || !ok || failed.Precompile.Cmp(big.NewInt(0x10)) != 0 {
		t.Errorf("quicknet: %+v, %v", why, err)
	}
}
