package chain_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/verifier/groth16"
)

// An admission is what somebody brings to a contract, before anybody has looked at it.
type admission struct {
	group   *big.Int
	lists   []*big.Int
	digests [][32]byte
	sizes   []uint32 // 24 bits are sent
	proofs  []byte
}

func admissionOf(batches []*bundle.Batch) *admission {
	a := &admission{group: new(big.Int)}
	for _, b := range batches {
		a.lists, a.digests, a.proofs = append(a.lists, b.List.BigInt(new(big.Int))), append(a.digests, b.Digests...), append(a.proofs, b.Proof...)
		for _, s := range b.Sizes {
			a.sizes = append(a.sizes, uint32(s))
		}
	}
	return a
}

func (a *admission) clone() *admission {
	return &admission{a.group, slices.Clone(a.lists), slices.Clone(a.digests), slices.Clone(a.sizes), slices.Clone(a.proofs)}
}

func (a *admission) call() []byte {
	var sizes []byte
	for _, s := range a.sizes {
		sizes = append(sizes, byte(s>>16), byte(s>>8), byte(s))
	}
	return deckABI.PackAdmit(a.group, a.lists, a.digests, sizes, a.proofs)
}

// contractTakes is the contract's verdict.
func (w *deckWorld) contractTakes(t *testing.T, a *admission) bool {
	t.Helper()
	return !refused(t, w.Try(t.Context(), w.owner.Address, w.contract, a.call(), nil))
}

// goTakes is Go's: of published batches that say the same, with the roots that the author
// published. It goes the way of a publication: JSON, its checks, the statements, the proofs.
func (w *deckWorld) goTakes(t *testing.T, a *admission) bool {
	t.Helper()
	const k = 4
	n := int(w.deck.Cards)
	if a.group.Sign() != 0 || len(a.digests) != n || len(a.sizes) != n || len(a.lists) != (n+k-1)/k || len(a.proofs) != 256*len(a.lists) {
		return false
	}
	var inputs [][]fr.Element
	var proofs []*groth16.Proof
	for i, list := range a.lists {
		if list.Cmp(fr.Modulus()) >= 0 {
			return false
		}
		first, end := k*i, min(k*i+k, n)
		b := &bundle.Batch{Version: bundle.Version, Proof: a.proofs[256*i : 256*i+256], First: uint64(first), Digests: a.digests[first:end], Roots: w.batches[i].Roots, Path: w.batches[i].Path}
		b.List.SetBigInt(list)
		for _, s := range a.sizes[first:end] {
			b.Sizes = append(b.Sizes, uint64(s&0xffffff))
		}
		data, err := b.Marshal()
		if err != nil {
			t.Fatal(err)
		}
		if b, err = bundle.UnmarshalBatch(data, statement.DeckSmall, w.deck.Cards); err != nil {
			return false
		}
		s, err := statementOf(w.deck, b)
		if err != nil || s.List != b.List {
			return false
		}
		proof, err := groth16.ParseProof(b.Proof)
		if err != nil {
			return false
		}
		vector := s.Vector()
		inputs, proofs = append(inputs, vector[:]), append(proofs, proof)
	}
	return w.key.vk.VerifyBatch(inputs, proofs) == nil
}

// proveAgain gives a batch of an admission the list and proof of what it says now, if anything can
// have a proof: then only the place of a lie, and no stale proof, can be why it is refused.
func (w *deckWorld) proveAgain(t *testing.T, a *admission, i int) {
	t.Helper()
	const k = 4
	first, end := k*i, min(k*i+k, int(w.deck.Cards))
	if len(a.digests) < end || len(a.sizes) < end || len(a.lists) <= i || len(a.proofs) < 256*(i+1) {
		return
	}
	b := &bundle.Batch{First: uint64(first), Digests: a.digests[first:end], Roots: w.batches[i].Roots}
	for _, s := range a.sizes[first:end] {
		b.Sizes = append(b.Sizes, uint64(s))
	}
	if _, err := statementOf(w.deck, b); err != nil {
		return // no size of a document
	}
	w.key.proveBatch(t, w.deck, b)
	a.lists[i] = b.List.BigInt(new(big.Int))
	copy(a.proofs[256*i:], b.Proof)
}

// exchange swaps two parts of a list.
func exchange[T any](list []T, a, b, n int) {
	for i := range n {
		list[a*n+i], list[b*n+i] = list[b*n+i], list[a*n+i]
	}
}

// change changes an admission in one of the ways that a contract or a reader gets wrong.
func (w *deckWorld) change(t *testing.T, r *rand.Rand, honest *admission) *admission {
	t.Helper()
	a := honest.clone()
	i, card := r.IntN(len(a.lists)), r.IntN(len(a.digests))
	other := (i + 1 + r.IntN(len(a.lists)-1)) % len(a.lists)
	word := 256*i + 32*r.IntN(8)
	switch r.IntN(16) {
	case 0: // honest
	case 1:
		a.digests[card][r.IntN(32)] ^= 1 << r.IntN(8)
	case 2:
		a.sizes[card] = []uint32{0, 1, 127, 128, 16383, 16384, 1<<18 - 1, 1 << 18, 1<<18 + 1, 1<<24 - 1}[r.IntN(10)]
	case 3:
		a.lists[i] = []*big.Int{new(big.Int).Add(a.lists[i], fr.Modulus()), new(big.Int), fr.Modulus(), new(big.Int).Xor(a.lists[i], big.NewInt(1)), a.lists[other]}[r.IntN(5)]
	case 4: // batches change places, in one of their parts or in all of them
		part := r.IntN(4)
		if part == 0 || part == 3 {
			exchange(a.lists, i, other, 1)
		}
		if part == 1 || part == 3 {
			exchange(a.proofs, i, other, 256)
		}
		if part == 2 {
			exchange(a.digests, 0, 1, 4)
		}
	case 5: // cards change places
		b := r.IntN(len(a.digests))
		exchange(a.digests, card, b, 1)
		if r.IntN(2) == 0 {
			exchange(a.sizes, card, b, 1)
		}
	case 6:
		a.proofs[r.IntN(len(a.proofs))] ^= 1 << r.IntN(8)
	case 7: // another coordinate for the same point
		x := new(big.Int).SetBytes(a.proofs[word : word+32])
		if x.Add(x, fp.Modulus()).BitLen() <= 256 {
			x.FillBytes(a.proofs[word : word+32])
		}
	case 8: // A and B negated: another proof of the same
		for _, at := range []int{32, 128, 160} {
			y := a.proofs[256*i+at : 256*i+at+32]
			new(big.Int).Sub(fp.Modulus(), new(big.Int).SetBytes(y)).FillBytes(y)
		}
	case 9:
		clear(a.proofs[256*i : 256*i+64])
	case 10: // one more or less of each
		switch r.IntN(8) {
		case 0:
			a.lists = a.lists[:len(a.lists)-1]
		case 1:
			a.lists = append(a.lists, a.lists[i])
		case 2:
			a.digests = a.digests[:len(a.digests)-1]
		case 3:
			a.digests = append(a.digests, a.digests[card])
		case 4:
			a.sizes = a.sizes[:len(a.sizes)-1]
		case 5:
			a.sizes = append(a.sizes, a.sizes[card])
		case 6:
			a.proofs = a.proofs[:len(a.proofs)-1-r.IntN(256)]
		case 7:
			a.proofs = append(a.proofs, a.proofs[:1+r.IntN(256)]...)
		}
	case 11:
		a.group = []*big.Int{big.NewInt(1), new(big.Int).Lsh(big.NewInt(1), 255), new(big.Int).Lsh(big.NewInt(1), 251)}[r.IntN(3)]
	case 12: // padding with its own document
		a.digests, a.sizes = append(a.digests, [32]byte{1}), append(a.sizes, 1)
	case 13: // a whole batch less
		a.lists, a.proofs = a.lists[1:], a.proofs[256:]
		a.digests, a.sizes = a.digests[4:], a.sizes[4:]
	case 14: // nothing at all
		a = &admission{group: new(big.Int)}
	case 15: // two lies of a kind that could cancel: batches are summed up in one check
		exchange(a.proofs, i, other, 256)
		exchange(a.lists, i, other, 1)
		exchange(a.sizes, card, (card+4)%len(a.sizes), 1)
	}
	return a
}

// TestDeckVerdicts_GoAndContractAgree: on changed admissions, and on changed ones that were proven
// again, the contract says what Go says of the same batches.
func TestDeckVerdicts_GoAndContractAgree(t *testing.T) {
	w := deckStart(t, 10)
	honest := admissionOf(w.batches)
	r := rand.New(rand.NewPCG(11, 3))
	const tries = 2400
	accepted := 0
	for range tries {
		a := w.change(t, r, honest)
		if r.IntN(2) == 0 {
			for i := range w.batches {
				w.proveAgain(t, a, i)
			}
		}
		native, contract := w.goTakes(t, a), w.contractTakes(t, a)
		if native != contract {
			t.Fatalf("Go says %v, the contract %v: %+v", native, contract, a)
		}
		if native {
			accepted++
		}
	}
	t.Logf("%d of %d were accepted", accepted, tries)
	if accepted < tries/10 || accepted > tries*6/10 {
		t.Errorf("%d of %d were accepted: the changes no longer test both answers", accepted, tries)
	}
}

// What has two spellings, or none, is refused even where a proof of the statement exists.
func TestDeckVerdicts_OneSpelling(t *testing.T) {
	w := deckStart(t, 10)
	honest := admissionOf(w.batches)
	for name, row := range map[string]struct {
		change func(a *admission)
		taken  bool
	}{
		"honest":             {func(*admission) {}, true},
		"size 1":             {func(a *admission) { a.sizes[9] = 1 }, true},
		"size 2^18 - 1":      {func(a *admission) { a.sizes[0] = 1<<18 - 1 }, true},
		"size 0":             {func(a *admission) { a.sizes[5] = 0 }, false},
		"size 2^18":          {func(a *admission) { a.sizes[5] = 1 << 18 }, false},
		"size 2^24 - 1":      {func(a *admission) { a.sizes[5] = 1<<24 - 1 }, false},
		"two equal cards":    {func(a *admission) { a.digests[3], a.sizes[3] = a.digests[2], a.sizes[2] }, true},
		"an eleventh card":   {func(a *admission) { a.digests, a.sizes = append(a.digests, a.digests[9]), append(a.sizes, a.sizes[9]) }, false},
		"nine cards":         {func(a *admission) { a.digests, a.sizes = a.digests[:9], a.sizes[:9] }, false},
		"a card of no bytes": {func(a *admission) { a.digests[1] = [32]byte{} }, true}, // nobody knows such a document
	} {
		a := honest.clone()
		row.change(a)
		for i := range w.batches {
			w.proveAgain(t, a, i)
		}
		if native, contract := w.goTakes(t, a), w.contractTakes(t, a); native != row.taken || contract != row.taken {
			t.Errorf("%s: Go says %v, the contract %v", name, native, contract)
		}
	}
	// c + r is the same element, and its word gives another challenge, for which there is a proof too.
	a := honest.clone()
	if got := w.provenBy(t, a, 1); got != "" {
		t.Errorf("proven by the words of c: %q", got)
	}
	a.lists[1] = new(big.Int).Add(a.lists[1], fr.Modulus())
	if got := w.provenBy(t, a, 1); got != "InputNotReduced" || w.goTakes(t, a) {
		t.Errorf("c + r: %q", got)
	}
}

// provenBy proves batch i by the words that the admission has, computed here once more in plain
// integers, and returns the name of the error that the contract refuses it with.
func (w *deckWorld) provenBy(t *testing.T, a *admission, i int) string {
	t.Helper()
	const k = 4
	home := w.deck.Home.Element()
	first, n, at := big.NewInt(int64(k*i)), new(big.Int).SetUint64(w.deck.Cards), home.BigInt(new(big.Int))
	words := []*big.Int{a.lists[i], first, n, at}
	coefficients := []*big.Int{first}
	for card := k * i; card < k*i+k; card++ {
		d := a.digests[card]
		words = append(words, new(big.Int).SetBytes(d[:]))
		high := new(big.Int).SetBytes(d[:16])
		coefficients = append(coefficients, high.Or(high, new(big.Int).Lsh(big.NewInt(int64(a.sizes[card])), 128)), new(big.Int).SetBytes(d[16:]))
	}
	for card := k * i; card < k*i+k; card++ {
		words = append(words, big.NewInt(int64(a.sizes[card])))
	}
	var text []byte
	for _, word := range words {
		text = append(text, word.FillBytes(make([]byte, 32))...)
	}
	challenge := new(big.Int).SetBytes(crypto.Keccak256(text)[:31])
	value, power := new(big.Int), big.NewInt(1)
	for _, c := range append(coefficients, n, at) {
		value.Add(value, new(big.Int).Mul(c, power))
		power.Mul(power, challenge)
	}
	inputs := []fr.Element{w.deck.Commitments.Model, w.deck.Commitments.Policy, *new(fr.Element).SetBigInt(a.lists[i]), *new(fr.Element).SetBigInt(challenge), *new(fr.Element).SetBigInt(value)}
	proof := w.key.prove(inputs).Bytes()
	copy(a.proofs[256*i:], proof[:])
	return revert(t, w.Try(t.Context(), w.owner.Address, w.contract, a.call(), nil))
}
