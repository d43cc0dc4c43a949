package chain_test

import (
	"bytes"
	"math/big"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/solidity"
)

// left creates a contract with any code.
func (w *world) left(t *testing.T, code []byte) common.Address {
	t.Helper()
	return w.create(t, ending(nil, code, push(opReturn, num(len(code)), nil)))
}

func (w *world) codeOf(t *testing.T, at common.Address) []byte {
	t.Helper()
	code, err := w.evm.CodeAt(t.Context(), at, nil)
	if err != nil || len(code) == 0 {
		t.Fatalf("no code: %v", err)
	}
	return code
}

// patched is a drop's code with another word wherever an immutable has this one.
func patched(t *testing.T, code []byte, old, word *big.Int) []byte {
	t.Helper()
	was, now := old.FillBytes(make([]byte, 32)), word.FillBytes(make([]byte, 32))
	code, n := bytes.Clone(code), 0
	for _, place := range solidity.GenproofDrop.Immutables {
		if at := code[place[0] : place[0]+place[1]]; bytes.Equal(at, was) {
			copy(at, now)
			n++
		}
	}
	if n == 0 {
		t.Fatalf("no immutable is %s", old)
	}
	return code
}

func TestStatus_KnowsForeignCode(t *testing.T) {
	w := start(t, 1337)
	honest, err := w.Status(t.Context(), w.contract)
	if err != nil {
		t.Fatal(err)
	}
	code := w.codeOf(t, w.contract)
	for name, foreign := range map[string][]byte{"longer": append(bytes.Clone(code), 0), "another byte": append(bytes.Clone(code[:len(code)-1]), code[len(code)-1]^1)} {
		r, err := w.Check(t.Context(), w.left(t, foreign), chain.CheckOptions{})
		if err != nil || r.Status.Known || !r.Status.KeyKnown || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "OTHER CONTRACT") {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	key := w.codeOf(t, honest.Verifier)
	key[len(solidity.Groth16Verifier.Runtime)-1] ^= 1
	d, err := w.DeployDrop(t.Context(), w.terms, w.left(t, key), true)
	if err != nil {
		t.Fatal(err)
	}
	s, err := w.Status(t.Context(), d.Address)
	if err != nil || !s.Known || s.KeyKnown || s.Key == nil {
		t.Errorf("another verifier: %+v, %v", s, err)
	}
	w.contract = d.Address
	r, err := w.Check(t.Context(), d.Address, chain.CheckOptions{})
	if err != nil || r.OK() || !strings.Contains(r.Faults[0], "not genproof's verifier") {
		t.Errorf("another verifier: %+v, %v", r, err)
	}
}

func TestStatus_RefusesAnswersThatDoNotFit(t *testing.T) {
	w := start(t, 1337)
	code := w.codeOf(t, w.contract)
	model := w.terms.Commitments.Model.BigInt(new(big.Int))
	last := new(big.Int).Sub(fr.Modulus(), big.NewInt(1))
	if _, err := w.Status(t.Context(), w.left(t, patched(t, code, model, last))); err != nil {
		t.Errorf("the last element: %v", err)
	}
	for about, at := range map[string]common.Address{
		"not a field element": w.left(t, patched(t, code, model, fr.Modulus())),
		"more than 64 bits":   w.left(t, patched(t, code, big.NewInt(100), new(big.Int).Lsh(big.NewInt(1), 64))),
		"no contract":         {1},
	} {
		if _, err := w.Status(t.Context(), at); err == nil || !strings.Contains(err.Error(), about) {
			t.Errorf("%s: %v", about, err)
		}
	}
}
