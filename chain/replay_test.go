package chain_test

import (
	"errors"
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/solidity/bindings"
	"github.com/genproof/genproof/verifier/groth16"
)

// refuses tries a mint, which must revert with the error of that name.
func (w *world) refuses(t *testing.T, what, name string, contract common.Address, m bindings.Mint, proof []byte) {
	t.Helper()
	err := w.TryMint(t.Context(), w.owner.Address, contract, m, proof)
	var no *chain.Revert
	if !errors.As(err, &no) || no.Name != name {
		t.Errorf("%s: got %v, want %s", what, err, name)
	}
}

func mintOf(tk chain.Token, to common.Address) bindings.Mint {
	s := tk.Bundle.Statement
	m := bindings.Mint{To: to, TokenId: new(big.Int).SetUint64(s.ID), Digest: s.Metadata, Bound: s.Recipient != [20]byte{}}
	if m.Bound {
		m.To = s.Recipient
	}
	return m
}

// TestReplay_IsRefused is the matrix: one proof, everywhere else than where it belongs.
func TestReplay_IsRefused(t *testing.T) {
	w := opened(t)
	alice, bob := account(t, "2").Address, account(t, "3").Address
	tokens := w.tokens(alice, 1, 2)
	proof, m := tokens[0].Bundle.Proof[:], mintOf(tokens[0], alice)
	if err := w.TryMint(t.Context(), bob, w.contract, m, proof); err != nil {
		t.Fatalf("the honest mint: %v", err)
	}
	with := func(change func(*bindings.Mint)) bindings.Mint {
		other := m
		other.TokenId = new(big.Int).Set(m.TokenId)
		change(&other)
		return other
	}
	w.refuses(t, "no proof", "ProofLength", w.contract, m, nil)
	w.refuses(t, "another token's proof", "InvalidProof", w.contract, m, tokens[1].Bundle.Proof[:])
	w.refuses(t, "another token", "InvalidProof", w.contract, with(func(m *bindings.Mint) { m.TokenId.SetUint64(3) }), proof)
	w.refuses(t, "another recipient", "InvalidProof", w.contract, with(func(m *bindings.Mint) { m.To = bob }), proof)
	w.refuses(t, "as if it named nobody", "InvalidProof", w.contract, with(func(m *bindings.Mint) { m.Bound = false }), proof)
	w.refuses(t, "another document", "InvalidProof", w.contract, with(func(m *bindings.Mint) { m.Digest[31] ^= 1 }), proof)
	w.refuses(t, "another document", "InvalidProof", w.contract, with(func(m *bindings.Mint) { m.Digest[0] ^= 1 }), proof)
	w.refuses(t, "token 0", "InvalidTokenId", w.contract, with(func(m *bindings.Mint) { m.TokenId.SetUint64(0) }), proof)
	w.refuses(t, "an id that aliases", "InvalidTokenId", w.contract, with(func(m *bindings.Mint) { m.TokenId.SetBit(m.TokenId, 64, 1) }), proof)

	there := w.contract
	w.contract = w.deploy(t)
	w.refuses(t, "before it is open", "TemplateNotSet", w.contract, m, proof)
	w.draw(t)
	w.refuses(t, "before its template is set", "TemplateNotSet", w.contract, m, proof)
	w.setTemplate(t)
	w.refuses(t, "another contract", "InvalidProof", w.contract, m, proof)
	w.contract = there

	elsewhere := start(t, 31337)
	elsewhere.open(t)
	if elsewhere.contract != w.contract {
		t.Fatalf("the contract of the other chain has another address: %s, %s", elsewhere.contract, w.contract)
	}
	elsewhere.refuses(t, "another chain", "InvalidProof", elsewhere.contract, m, proof)
}

func TestReplay_AfterMint(t *testing.T) {
	w := opened(t)
	alice := account(t, "2").Address
	tokens := w.tokens(alice, 1, 2)
	p, err := groth16.ParseProof(tokens[0].Bundle.Proof[:])
	if err != nil {
		t.Fatal(err)
	}
	fresh := rerandomized(w.key.vk, p).Bytes()
	m := mintOf(tokens[0], alice)
	if err := w.TryMint(t.Context(), alice, w.contract, m, fresh[:]); err != nil {
		t.Fatalf("a re-randomised proof is none: %v", err)
	}
	w.mint(t, 1, tokens[0])
	w.refuses(t, "the same again", "AlreadyProven", w.contract, m, tokens[0].Bundle.Proof[:])
	w.refuses(t, "re-randomised", "AlreadyProven", w.contract, m, fresh[:])
	batch := []bindings.Mint{mintOf(tokens[1], alice), m}
	proofs := append(tokens[1].Bundle.Proof[:], fresh[:]...)
	if err := w.TryMintBatch(t.Context(), alice, w.contract, batch, proofs); err != nil {
		t.Errorf("a batch with a token that is there: %v", err)
	}
	// What is there is passed over; the other one still needs its own proof.
	proofs = append(fresh[:], tokens[1].Bundle.Proof[:]...)
	var no *chain.Revert
	if err := w.TryMintBatch(t.Context(), alice, w.contract, batch, proofs); !errors.As(err, &no) || no.Name != "InvalidProof" {
		t.Errorf("the proof of the token that is there, for the other: %v", err)
	}
	w.burn(t, 1)
	w.refuses(t, "after burning", "AlreadyProven", w.contract, m, fresh[:])
	r := w.check(t, w.options(tokens[0]))
	if !r.OK() || r.Tokens[0].Owner != (common.Address{}) || !r.Tokens[0].Minted {
		t.Errorf("a burned token: %+v", r.Tokens)
	}
}

// burn lets the second account burn its token.
func (w *world) burn(t *testing.T, id int64) {
	t.Helper()
	if err := w.client(t, account(t, "2")).Send(t.Context(), w.contract, bindings.NewGenproofDrop().PackBurn(big.NewInt(id))); err != nil {
		t.Fatal(err)
	}
}
