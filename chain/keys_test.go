package chain_test

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/ethereum/go-ethereum"

	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/groth16"
)

// mutateKey changes a verifying key's bytes; points are 64 bytes (G1) and 128 (G2).
func mutateKey(r *rand.Rand, key []byte) []byte {
	c := slices.Clone(key)
	g1 := func() int { return []int{4, 452 + 64*r.IntN(10)}[r.IntN(2)] }
	g2 := func() int { return 68 + 128*r.IntN(3) }
	switch r.IntN(9) {
	case 0: // as it is
	case 1:
		c[r.IntN(len(c))] ^= 1 << r.IntN(8)
	case 2: // one G1 point instead of another
		copy(c[g1():][:64], key[g1():][:64])
	case 3: // one of β, γ, δ instead of another
		copy(c[g2():][:128], key[g2():][:128])
	case 4:
		clear(c[g1():][:64])
	case 5:
		clear(c[g2():][:128])
	case 6: // a coordinate that is not a field element
		copy(c[4+32*r.IntN(34):][:32], fp.Modulus().Bytes())
	case 7: // the negative of a point
		at := g1() + 32
		var y fp.Element
		y.SetBytes(c[at : at+32])
		y.Neg(&y)
		b := y.Bytes()
		copy(c[at:], b[:])
	case 8:
		c = c[:len(c)-1-r.IntN(64)]
	}
	return c
}

// TestVerdicts_KeysAgree holds that the deployer refuses the keys that Go refuses.
func TestVerdicts_KeysAgree(t *testing.T) {
	owner := account(t, "1")
	e := evm.Start(evm.DefaultID, owner.Address)
	t.Cleanup(func() { e.Close() })
	key := newTrapdoor("a").vk.Bytes()
	deployer, r := bindings.NewGroth16Deployer(), rand.New(rand.NewPCG(9, 9))
	accepted := 0
	for range 1500 {
		c := mutateKey(r, key)
		_, err := groth16.ParseVerifyingKey(c)
		data := slices.Concat(solidity.Groth16Deployer.Creation, deployer.PackConstructor(c))
		code, callErr := e.CallContract(t.Context(), ethereum.CallMsg{From: owner.Address, Data: data, Gas: 10_000_000}, nil)
		if (err == nil) != (callErr == nil) {
			t.Fatalf("Go says %v, the deployer %v: key %x", err, callErr, c)
		}
		if callErr == nil {
			if accepted++; !bytes.Equal(code, solidity.VerifierCode(c)) {
				t.Fatal("the deployer left other code behind")
			}
		}
	}
	if accepted < 150 || accepted > 750 {
		t.Errorf("%d of 1500 keys were accepted: the mutations no longer test both answers", accepted)
	}
}
