package chain_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/verifier/groth16"
)

// admitOf is the call that admits a group of a deck.
func admitOf(t *testing.T, n uint64, d *bundle.Deck, batches []*bundle.Batch) []byte {
	t.Helper()
	g, err := chain.ReadGroup(n, d, reading(batches))
	if err != nil {
		t.Fatal(err)
	}
	return g.AdmitCall()
}

// refusesAdmission tries a call, which must revert with the error of that name.
func (w *deckWorld) refusesAdmission(t *testing.T, what, name string, contract common.Address, call []byte) {
	t.Helper()
	if got := revert(t, w.Try(t.Context(), w.owner.Address, contract, call, nil)); got != name {
		t.Errorf("%s: %q, want %q", what, got, name)
	}
}

// TestDeckReplay_IsRefused is the matrix: the proofs of one deck, everywhere else than where they
// belong. Each other contract differs in one term alone.
func TestDeckReplay_IsRefused(t *testing.T) {
	w := deckStart(t, 10)
	call := admitOf(t, 0, w.deck, w.batches)
	if err := w.Try(t.Context(), account(t, "3").Address, w.contract, call, nil); err != nil {
		t.Fatalf("the honest admission, by a stranger: %v", err)
	}
	honest, verifier := w.promised, w.verifier
	deploy := func(change func(*bundle.Deck)) common.Address {
		t.Helper()
		other, terms := *w.deck, honest
		change(&other)
		terms.Deck = &other
		d, err := w.DeployDeck(t.Context(), terms, verifier, true)
		if err != nil {
			t.Fatal(err)
		}
		return d.Address
	}
	for name, row := range map[string]struct {
		change  func(*bundle.Deck)
		refusal string
	}{
		"the same terms":           {func(*bundle.Deck) {}, ""},
		"another contract's gap":   {func(*bundle.Deck) { honest.Gap *= 2 }, ""}, // no proof is about it
		"another deck":             {func(d *bundle.Deck) { d.Commitments.Model = secret("wolves", 100) }, "InvalidProof"},
		"another policy":           {func(d *bundle.Deck) { d.Commitments.Policy = secret("wolves", 101) }, "InvalidProof"},
		"another author":           {func(d *bundle.Deck) { d.Home = &bundle.Home{ChainID: w.ChainID, Author: w.owner.Address} }, "InvalidProof"},
		"one card less":            {func(d *bundle.Deck) { d.Cards-- }, "InvalidLengths"},
		"one card more":            {func(d *bundle.Deck) { d.Cards++ }, "InvalidLengths"},
		"16 cards more":            {func(d *bundle.Deck) { d.Cards += 16 }, "InvalidLengths"},
		"another group's number":   {func(d *bundle.Deck) { d.Cards += 128 }, "InvalidLengths"},
		"cards of another circuit": {func(d *bundle.Deck) { d.Circuit = "deck/standard" }, "InvalidLengths"},
	} {
		w.refusesAdmission(t, name, row.refusal, deploy(row.change), call)
		honest = w.promised
	}
	// Token ids are in the schema, and so in model and policy: another first id alone is the same deck's.
	w.refusesAdmission(t, "another first id", "", deploy(func(d *bundle.Deck) { d.FirstID = 7 }), call)
	key := newTrapdoorOf("another key", deck.NbInputs)
	v, err := w.DeployDeckVerifier(t.Context(), key.vk)
	if err != nil {
		t.Fatal(err)
	}
	verifier = v.Address
	w.refusesAdmission(t, "another key", "InvalidProof", deploy(func(*bundle.Deck) {}), call)

	elsewhere := deckStartOn(t, 31337, "deck/small", 10)
	if elsewhere.contract != w.contract {
		t.Fatalf("the contract of the other chain has another address: %s, %s", elsewhere.contract, w.contract)
	}
	elsewhere.refusesAdmission(t, "another chain", "InvalidProof", elsewhere.contract, call)
	elsewhere.refusesAdmission(t, "its own proofs", "", elsewhere.contract, admitOf(t, 0, elsewhere.deck, elsewhere.batches))
}

// N is a coefficient of its own: cards that stand at the same places of a deck of another number
// of cards have no proof that serves.
func TestDeckReplay_OfAnotherNumberOfCards(t *testing.T) {
	w := deckStart(t, 12)
	for _, n := range []uint64{11, 9} { // as many batches
		other := *w.deck
		other.Cards = n
		terms := w.promised
		terms.Deck = &other
		d, err := w.DeployDeck(t.Context(), terms, w.verifier, true)
		if err != nil {
			t.Fatal(err)
		}
		batches := slices.Clone(w.batches)
		last := *batches[2]
		last.Digests, last.Sizes = last.Digests[:n-8], last.Sizes[:n-8]
		batches[2] = &last
		w.refusesAdmission(t, "fewer cards", "InvalidProof", d.Address, admitOf(t, 0, &other, batches))
		w.key.proveBatch(t, &other, &last)
		w.refusesAdmission(t, "fewer cards, the last batch proven for them", "InvalidProof", d.Address, admitOf(t, 0, &other, batches))
		for i := range batches {
			b := *batches[i]
			w.key.proveBatch(t, &other, &b)
			batches[i] = &b
		}
		w.refusesAdmission(t, "all proven for them", "", d.Address, admitOf(t, 0, &other, batches))
	}
}

// A group's proofs are for its own place.
func TestDeckReplay_OfAnotherGroup(t *testing.T) {
	w := deckStart(t, 256)
	second := admitOf(t, 1, w.deck, w.batches)
	w.refusesAdmission(t, "the second group", "", w.contract, second)
	moved := slices.Clone(second)
	moved[4+31] = 0
	w.refusesAdmission(t, "the second group as the first", "InvalidProof", w.contract, moved)
	moved[4+31] = 2
	w.refusesAdmission(t, "a group that is none", "InvalidGroup", w.contract, moved)
	moved[4] = 0x80
	w.refusesAdmission(t, "a group's number that wraps", "InvalidGroup", w.contract, moved)
}

// TestDeckStatement_EachInputChangedAlone changes each public input of a batch alone: neither Go
// nor the verifier behind the contract takes the proof for it.
func TestDeckStatement_EachInputChangedAlone(t *testing.T) {
	w := deckStart(t, 10)
	b := w.batches[1]
	s, err := statementOf(w.deck, b)
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.ParseProof(b.Proof)
	if err != nil {
		t.Fatal(err)
	}
	ask := func(inputs []*big.Int) bool {
		t.Helper()
		folded, err := w.Call(t.Context(), w.verifier, verifierABI.PackFold(inputs[:2]))
		if refused(t, err) {
			return false
		}
		f, err := verifierABI.UnpackFold(folded)
		if err != nil {
			t.Fatal(err)
		}
		_, err = w.Call(t.Context(), w.verifier, verifierABI.PackVerify(f, [3]*big.Int(inputs[2:]), b.Proof))
		return !refused(t, err)
	}
	honest := s.Vector()
	var words []*big.Int
	for i := range honest {
		words = append(words, honest[i].BigInt(new(big.Int)))
	}
	if !ask(words) || w.key.vk.Verify(honest[:], proof) != nil {
		t.Fatal("the honest statement is refused")
	}
	for i := range honest {
		for name, other := range map[string]*big.Int{"+1": new(big.Int).Add(words[i], big.NewInt(1)), "0": new(big.Int), "r-1": new(big.Int).Sub(fr.Modulus(), big.NewInt(1)), "+r": new(big.Int).Add(words[i], fr.Modulus())} {
			changed := slices.Clone(words)
			changed[i] = other
			if ask(changed) {
				t.Errorf("input %d %s: the contract takes it", i, name)
			}
			if other.Cmp(fr.Modulus()) >= 0 {
				continue // Go has no such element
			}
			inputs := slices.Clone(honest[:])
			inputs[i].SetBigInt(other)
			if w.key.vk.Verify(inputs, proof) == nil {
				t.Errorf("input %d %s: Go takes it", i, name)
			}
		}
	}
}

// A copy of a stranger's admits every proof, and its sale is never opened but by the author.
func TestDeck_StrangersCopy(t *testing.T) {
	w := deckStart(t, 5)
	w.admit(t)
	stranger := w.as(t, account(t, "3"))
	stranger.AllowUnsafeKeys = true
	terms := w.promised
	terms.Owner = stranger.Address()
	copied, err := stranger.DeployDeck(t.Context(), terms, w.verifier, true)
	if err != nil {
		t.Fatal(err)
	}
	o := w.admitOptions()
	o.Contract = copied.Address
	if r, err := stranger.Admit(t.Context(), o); err != nil || len(r.Admitted) != 1 {
		t.Fatalf("admitting: %+v, %v", r, err)
	}
	if _, err := stranger.OpenSale(t.Context(), copied.Address, w.sale(t)); err == nil {
		t.Error("the stranger opened the sale")
	}
	for _, at := range []common.Address{stranger.Address(), w.owner.Address} {
		if got := revert(t, w.Try(t.Context(), at, copied.Address, chain.SaleCall(w.sale(t)), nil)); got != "NotTheAuthor" {
			t.Errorf("%s, past the client: %q", at, got)
		}
	}
}

// Chains without value are where development keys may be used: on others a deck's are refused too.
func TestDeployDeckVerifier_RefusesUnsafeKeysWhereTheyMatter(t *testing.T) {
	e := evm.Start(10, account(t, "1").Address)
	t.Cleanup(func() { e.Close() })
	c, err := chain.New(t.Context(), e, account(t, "1"))
	if err != nil {
		t.Fatal(err)
	}
	key := newTrapdoorOf("deck", deck.NbInputs)
	if _, err := c.DeployDeckVerifier(t.Context(), key.vk); err == nil {
		t.Error("a key of anybody's is deployed")
	}
	if _, err := c.DeployDeckVerifier(t.Context(), newTrapdoor("drawn").vk); err == nil {
		t.Error("a key of another circuit is deployed")
	}
	c.AllowUnsafeKeys = true
	if _, err := c.DeployDeckVerifier(t.Context(), newTrapdoor("drawn").vk); err == nil {
		t.Error("a key of another circuit is deployed")
	}
	if _, err := c.DeployDeckVerifier(t.Context(), key.vk); err != nil {
		t.Error(err)
	}
}
