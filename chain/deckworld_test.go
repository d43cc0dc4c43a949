package chain_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/setup/drand"
	deckbindings "github.com/genproof/genproof/solidity/bindings/deck"
	"github.com/genproof/genproof/verifier"
)

var deckABI = deckbindings.NewDeckDrop()

// lastRound draws the decks of these tests: of evmnet, as the League published it.
var lastRound = published{drand.Evmnet, 9337227, "0x01d65d6128f4b2df3d08de85543d8efe06b0281d0770246ae3672e8ddd3efda0269373123458f0b5c0073eeed1c816a06809e127421513e34ee07df6987910b3", ""}

const deckGap = time.Hour

var deckPrice = big.NewInt(5e16)

// A deckWorld is a chain whose clock begins a day and an hour before lastRound, and a deck that
// the second account is the author of. The first one pays for contracts and owns them.
type deckWorld struct {
	*world
	author   *chain.Account
	deck     *bundle.Deck
	batches  []*bundle.Batch
	promised chain.DeckTerms
	verifier common.Address
}

// deckOf is a deck of n cards from id 1 on, and its batches, proven with a key that this test
// knows the secrets of. The seed decides its commitments and documents.
func deckOf(t *testing.T, key *trapdoor, circuit, seed string, n uint64, home *bundle.Home) (*bundle.Deck, []*bundle.Batch) {
	t.Helper()
	d := &bundle.Deck{Name: "Nebula Foxes", Circuit: circuit, Cards: n, FirstID: 1, Assignment: bundle.Permuted, Documents: bundle.Open, Home: home,
		Commitments: bundle.DeckCommitments{Model: secret(seed, 100), Policy: secret(seed, 101)}}
	size, err := d.Size()
	if err != nil {
		t.Fatal(err)
	}
	var batches []*bundle.Batch
	for first := uint64(0); first < n; first += uint64(size.Cards) {
		b := &bundle.Batch{Version: bundle.Version, First: first, Path: make([]bundle.Siblings, size.Depth)}
		for card := first; card < min(first+uint64(size.Cards), n); card++ {
			document := cardDocument(seed, card)
			b.Digests, b.Sizes = append(b.Digests, sha256.Sum256([]byte(document))), append(b.Sizes, uint64(len(document)))
		}
		for i := range size.Cards {
			b.Roots = append(b.Roots, secret(seed, 200+i+int(first)))
		}
		for i := range b.Path {
			b.Path[i].Nodes = make([]fr.Element, 7)
		}
		key.proveBatch(t, d, b)
		batches = append(batches, b)
	}
	return d, batches
}

func cardDocument(seed string, card uint64) string {
	return fmt.Sprintf(`{"name":"%s %d","attributes":[%s]}`, seed, card, strings.Repeat(" ", int(card)*53%400))
}

// statementOf is what a verifier takes a batch's proof to be about.
func statementOf(d *bundle.Deck, b *bundle.Batch) (deck.Statement, error) {
	size, err := d.Size()
	if err != nil {
		return deck.Statement{}, err
	}
	return deck.NewStatement(size, d.Commitments.Model, d.Commitments.Policy, deck.Range{First: b.First, N: d.Cards, Home: d.Home.Element(), Cards: verifier.PlacesOf(b)})
}

// proveBatch fills in list and proof.
func (k *trapdoor) proveBatch(t *testing.T, d *bundle.Deck, b *bundle.Batch) {
	t.Helper()
	s, err := statementOf(d, b)
	if err != nil {
		t.Fatal(err)
	}
	vector := s.Vector()
	proof := k.prove(vector[:]).Bytes()
	b.List, b.Proof = s.List, proof[:]
}

// deckStart starts a chain with a deck of n cards of a small circuit, and its contract.
func deckStart(t *testing.T, n uint64, set ...func(*deckWorld)) *deckWorld {
	t.Helper()
	return deckStartOn(t, evm.DefaultID, "deck/small", n, set...)
}

// deckStartOn is deckStart on a chain, of a circuit. What is set is set before the deck is proven.
func deckStartOn(t *testing.T, chainID uint64, circuit string, n uint64, set ...func(*deckWorld)) *deckWorld {
	t.Helper()
	w := &deckWorld{world: &world{owner: account(t, "1"), key: newTrapdoorOf("deck", deck.NbInputs)}, author: account(t, "2")}
	w.evm = evm.StartAt(chainID, w.roundTime(t).Add(-deckGap-24*time.Hour), w.owner.Address, w.author.Address, account(t, "3").Address)
	t.Cleanup(func() { w.evm.Close() })
	w.Client = w.client(t, w.owner)
	w.AllowUnsafeKeys = true
	w.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "chain.jsonl")}
	w.deck, w.batches = deckOf(t, w.key, circuit, "foxes", n, &bundle.Home{ChainID: chainID, Author: w.author.Address})
	w.promised = chain.DeckTerms{Deck: w.deck, Gap: deckGap, Placeholder: "ipfs://placeholder", Symbol: "FOX", Owner: w.owner.Address, BlockHashes: true}
	for _, s := range set {
		s(w)
	}
	w.prove(t)
	w.deployDeck(t)
	return w
}

func (w *deckWorld) roundTime(t *testing.T) time.Time {
	t.Helper()
	at, err := drand.Time(lastRound.chain, lastRound.round)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// prove proves every batch again, of the deck as it is now.
func (w *deckWorld) prove(t *testing.T) {
	t.Helper()
	for _, b := range w.batches {
		w.key.proveBatch(t, w.deck, b)
	}
}

// deployDeck deploys verifier, beacon and contract, which becomes the world's.
func (w *deckWorld) deployDeck(t *testing.T) common.Address {
	t.Helper()
	v, err := w.DeployDeckVerifier(t.Context(), w.key.vk)
	if err != nil {
		t.Fatal(err)
	}
	if w.verifier = v.Address; w.deck.Assignment == bundle.Permuted {
		b, err := w.DeployBeacon(t.Context(), lastRound.chain)
		if err != nil {
			t.Fatal(err)
		}
		w.promised.Beacon = b.Address
	}
	d, err := w.DeployDeck(t.Context(), w.promised, w.verifier, true)
	if err != nil {
		t.Fatal(err)
	}
	w.contract = d.Address
	return d.Address
}

// batch reads a batch as a publication does.
func (w *deckWorld) batch(n uint64) (*bundle.Batch, error) { return reading(w.batches)(n) }

func reading(batches []*bundle.Batch) func(n uint64) (*bundle.Batch, error) {
	return func(n uint64) (*bundle.Batch, error) {
		if n >= uint64(len(batches)) || batches[n] == nil {
			return nil, fs.ErrNotExist
		}
		return batches[n], nil
	}
}

func (w *deckWorld) admitOptions() chain.AdmitOptions {
	return chain.AdmitOptions{Contract: w.contract, Deck: w.deck, Batch: w.batch}
}

func (w *deckWorld) admit(t *testing.T) *chain.AdmitReport {
	t.Helper()
	r, err := w.Admit(t.Context(), w.admitOptions())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// saleEnd is the end whose round is lastRound.
func (w *deckWorld) saleEnd(t *testing.T) time.Time { return w.roundTime(t).Add(-deckGap) }

func (w *deckWorld) sale(t *testing.T) chain.Sale {
	now := w.now(t)
	return chain.Sale{ListFrom: now, PublicFrom: now, End: w.saleEnd(t), ListPrice: deckPrice, Price: deckPrice}
}

func (w *deckWorld) now(t *testing.T) time.Time {
	t.Helper()
	head, err := w.evm.HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return time.Unix(int64(head.Time), 0).UTC()
}

// passTo lets the chain's clock go on to a time.
func (w *deckWorld) passTo(t *testing.T, at time.Time) {
	t.Helper()
	if err := w.evm.Pass(at.Sub(w.now(t))); err != nil {
		t.Fatal(err)
	}
}

// selling is a deck whose sale is open.
func selling(t *testing.T, n uint64, set ...func(*deckWorld)) *deckWorld {
	t.Helper()
	w := deckStart(t, n, set...)
	w.admit(t)
	w.openSale(t)
	return w
}

func (w *deckWorld) openSale(t *testing.T) {
	t.Helper()
	if _, err := w.as(t, w.author).OpenSale(t.Context(), w.contract, w.sale(t)); err != nil {
		t.Fatal(err)
	}
}

// as is a client of another account, without a journal.
func (w *deckWorld) as(t *testing.T, a *chain.Account) *chain.Client {
	t.Helper()
	c := w.client(t, a)
	c.Signature = lastRound.give(t)
	return c
}

func (w *deckWorld) buy(t *testing.T, a *chain.Account, n uint64) {
	t.Helper()
	if _, err := w.as(t, a).Buy(t.Context(), w.contract, n); err != nil {
		t.Fatal(err)
	}
}

// revealed is a deck of which the third account bought n tokens, and whose assignment is drawn.
func revealed(t *testing.T, cards, bought uint64, set ...func(*deckWorld)) *deckWorld {
	t.Helper()
	w := selling(t, cards, set...)
	w.buy(t, account(t, "3"), bought)
	w.passTo(t, w.roundTime(t))
	if _, err := w.as(t, account(t, "3")).Reveal(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *deckWorld) deckStatus(t *testing.T) *chain.DeckStatus {
	t.Helper()
	s, err := w.DeckStatus(t.Context(), w.contract)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkOptions are those of a publication that holds all of the deck.
func (w *deckWorld) checkOptions(tokens ...uint64) chain.DeckCheckOptions {
	return chain.DeckCheckOptions{Deck: w.deck, Key: w.key.vk, Batch: w.batch, Tokens: tokens}
}

// checkDeck compares contract and publication, as a node tells of it.
func (w *deckWorld) checkDeck(t *testing.T, node chain.Backend, o chain.DeckCheckOptions) *chain.DeckCheckReport {
	t.Helper()
	c, err := chain.New(t.Context(), node, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.CheckDeck(t.Context(), w.contract, o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// revert is the name of the error that a contract refuses with, "" if it does not.
func revert(t *testing.T, err error) string {
	t.Helper()
	var no *chain.Revert
	if err != nil && !errors.As(err, &no) {
		t.Fatal(err)
	}
	if no == nil {
		return ""
	}
	return no.Name
}

// events are the mined events of the world's journal.
func (w *deckWorld) events(t *testing.T) (list []string) {
	t.Helper()
	entries, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.State == chain.StateMined {
			list = append(list, e.Event)
		}
	}
	return list
}

// listLeaf is an account's on a list, as OpenZeppelin's merkle-tree has it.
func listLeaf(at common.Address, allowance int64) [32]byte {
	inner := crypto.Keccak256(common.LeftPadBytes(at[:], 32), common.LeftPadBytes(big.NewInt(allowance).Bytes(), 32))
	return crypto.Keccak256Hash(inner)
}
