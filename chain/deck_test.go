package chain_test

import (
	"context"
	"errors"
	"math/big"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/assignment"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/setup/drand"
)

// TestDeck_WholeLife goes through all states with a deck of two groups, a full one of 512 cards and
// one of a single batch that is not full.
func TestDeck_WholeLife(t *testing.T) {
	w := deckStartOn(t, evm.DefaultID, "deck/standard", 520, func(w *deckWorld) { w.promised.WalletLimit, w.promised.Reserve = 3, 2 })
	wait := func(want chain.DeckState) *chain.DeckStatus {
		t.Helper()
		s := w.deckStatus(t)
		if s.State != want {
			t.Fatalf("state %s, want %s", s.State, want)
		}
		return s
	}
	s := wait(chain.Admitting)
	if !s.Known || !s.KeyKnown || s.Key.Digest() != w.key.vk.Digest() || s.BeaconChain != lastRound.chain || len(s.Directories) != 2 || s.Admitted() != 0 ||
		s.Terms.Author != w.author.Address || s.Owner != w.owner.Address || s.Name != "Nebula Foxes" || s.Terms.Cards != 520 || s.Terms.Batch != 16 || s.Reserve != 2 || s.Round != 0 {
		t.Errorf("status %+v", s)
	}
	if _, err := w.as(t, w.author).OpenSale(t.Context(), w.contract, w.sale(t)); err == nil || !strings.Contains(err.Error(), "0 of 2 groups") {
		t.Errorf("opened before anything is admitted: %v", err)
	}
	r := w.admit(t)
	if !slices.Equal(r.Admitted, []uint64{0, 1}) || len(r.Txs) != 2 || r.Gas > 1<<24 {
		t.Errorf("admitted %+v", r)
	}
	t.Logf("520 cards are admitted for %d gas", r.Gas)
	wait(chain.Complete)
	if _, err := w.OpenSale(t.Context(), w.contract, w.sale(t)); err == nil || !strings.Contains(err.Error(), "the deck is of "+w.author.Address.Hex()) {
		t.Errorf("opened by the owner, who is not the author: %v", err)
	}
	w.openSale(t)
	s = wait(chain.Selling)
	if s.Round != lastRound.round || !s.RevealFrom.Equal(w.roundTime(t)) || s.RoundText() != "round 9337227 of drand's evmnet" || s.Sale.Price.Cmp(deckPrice) != 0 {
		t.Errorf("status %+v", s)
	}
	if _, err := w.as(t, w.author).OpenSale(t.Context(), w.contract, w.sale(t)); err == nil || !strings.Contains(err.Error(), "it was opened before") {
		t.Errorf("opened twice: %v", err)
	}
	w.buy(t, account(t, "3"), 3)
	if _, err := w.TakeReserve(t.Context(), w.contract, w.author.Address, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := w.as(t, account(t, "3")).Buy(t.Context(), w.contract, 1); revert(t, err) != "AboveLimit" {
		t.Errorf("a fourth token: %v", err)
	}
	w.passTo(t, w.saleEnd(t))
	wait(chain.Ended)
	if _, err := w.as(t, w.author).Buy(t.Context(), w.contract, 1); revert(t, err) != "NotSelling" {
		t.Errorf("bought after the end: %v", err)
	}
	if _, err := w.Withdraw(t.Context(), w.contract, w.owner.Address); revert(t, err) != "NotSettled" {
		t.Errorf("withdrawn before the reveal: %v", err)
	}
	w.passTo(t, w.roundTime(t))
	if _, err := w.as(t, account(t, "3")).Reveal(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	s = wait(chain.Revealed)
	if s.Minted != 5 || s.Reserve != 0 || s.Balance.Cmp(new(big.Int).Mul(deckPrice, big.NewInt(3))) != 0 || s.Randomness == [32]byte{} {
		t.Errorf("status %+v", s)
	}
	if _, err := w.as(t, w.author).Reveal(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "the deck is revealed") {
		t.Errorf("revealed twice: %v", err)
	}
	to := common.Address{0xbe}
	if _, err := w.Withdraw(t.Context(), w.contract, to); err != nil {
		t.Fatal(err)
	}
	if got, err := w.evm.BalanceAt(t.Context(), to, nil); err != nil || got.Cmp(s.Balance) != 0 {
		t.Errorf("%s came out of %s, %v", got, s.Balance, err)
	}
	check := w.checkDeck(t, w.evm, w.checkOptions(1, 2, 5))
	if !check.OK() || len(check.Warnings) != 0 || len(check.Unchecked) != 0 || len(check.Tokens) != 3 || check.Committed == 0 || check.Opened <= check.Committed {
		t.Errorf("check %+v", check)
	}
	if want := []string{chain.EventVerifier, chain.EventBeacon, chain.EventContract, chain.EventAdmit, chain.EventAdmit, chain.EventMint, chain.EventWithdraw}; !slices.Equal(w.events(t), want) {
		t.Errorf("the journal has %v", w.events(t))
	}
}

// A fixed deck needs no beacon, and its tokens show their cards from the first day on.
func TestDeck_FixedLife(t *testing.T) {
	w := selling(t, 5, fixed)
	w.buy(t, account(t, "3"), 5)
	r := w.checkDeck(t, w.evm, w.checkOptions(1, 5))
	if !r.OK() || len(r.Warnings) != 0 || r.Tokens[1].Card != 4 || r.Tokens[1].URI != r.Status.URIOf(w.deck, 4) || r.Status.Round != 0 {
		t.Errorf("check %+v", r)
	}
	if _, err := w.Reveal(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "the deck is fixed") {
		t.Errorf("revealed: %v", err)
	}
	if _, err := w.CloseSale(t.Context(), w.contract); err != nil {
		t.Errorf("closing what is sold out: %v", err)
	}
	if s := w.deckStatus(t); s.State != chain.Ended {
		t.Errorf("state %s", s.State)
	}
	if _, err := w.Withdraw(t.Context(), w.contract, w.owner.Address); err != nil {
		t.Error(err)
	}
}

func fixed(w *deckWorld) {
	w.deck.Assignment, w.promised.Gap, w.promised.Placeholder, w.promised.BlockHashes = bundle.Fixed, 0, "", false
}

func TestDeployDeck_IsFoundAgain(t *testing.T) {
	w := deckStart(t, 5)
	again, err := w.DeployDeck(t.Context(), w.promised, w.verifier, false)
	if err != nil || !again.Reused || again.Address != w.contract {
		t.Errorf("again: %+v, %v", again, err)
	}
	for name, change := range map[string]func(*chain.DeckTerms){
		"gap": func(d *chain.DeckTerms) { d.Gap += time.Hour }, "limit": func(d *chain.DeckTerms) { d.WalletLimit = 1 }, "owner": func(d *chain.DeckTerms) { d.Owner[0] ^= 1 },
	} {
		other := w.promised
		change(&other)
		if d, err := w.DeployDeck(t.Context(), other, w.verifier, false); err != nil || d.Reused {
			t.Errorf("another %s: %+v, %v", name, d, err)
		}
	}
}

// What no contract can keep, or what would wrap around in it, is refused before anything is sent.
func TestDeployDeck_RefusesGapsThatAreNone(t *testing.T) {
	w := deckStart(t, 5)
	before := w.events(t)
	for _, gap := range []time.Duration{-time.Hour, 0, time.Hour - time.Second, 30*24*time.Hour + time.Second, time.Hour + time.Millisecond, (1<<32)*time.Second + time.Hour} {
		other := w.promised
		other.Gap = gap
		if _, err := w.DeployDeck(t.Context(), other, w.verifier, true); err == nil || !strings.Contains(err.Error(), "gap") {
			t.Errorf("%s: %v", gap, err)
		}
	}
	if !slices.Equal(before, w.events(t)) {
		t.Error("something was sent")
	}
}

// A deck is its author's on its chain: elsewhere nothing is sent.
func TestDeck_OfAnotherHome(t *testing.T) {
	w := deckStart(t, 5)
	before := w.events(t)
	for name, home := range map[string]*bundle.Home{"none": nil, "another chain": {ChainID: 1, Author: w.author.Address}} {
		stranger := *w.deck
		stranger.Home = home
		o, terms := w.admitOptions(), w.promised
		o.Deck, terms.Deck = &stranger, &stranger
		var refused *chain.HomeError
		if _, err := w.DeployDeck(t.Context(), terms, w.verifier, true); !errors.As(err, &refused) {
			t.Errorf("%s: deployed: %v", name, err)
		}
		if _, err := w.Admit(t.Context(), o); !errors.As(err, &refused) {
			t.Errorf("%s: admitted: %v", name, err)
		}
	}
	stranger := *w.deck
	stranger.Home = &bundle.Home{ChainID: w.ChainID, Author: w.owner.Address}
	o := w.admitOptions()
	o.Deck = &stranger
	if _, err := w.Admit(t.Context(), o); err == nil || !strings.Contains(err.Error(), "another author's: "+w.author.Address.Hex()) {
		t.Errorf("another author: %v", err)
	}
	if !slices.Equal(before, w.events(t)) {
		t.Error("something was sent")
	}
}

// Another contract than the deck's is told from its terms, before anything is sent.
func TestAdmit_LooksWhoseContractItIs(t *testing.T) {
	w := deckStart(t, 5)
	before := w.events(t)
	for name, row := range map[string]struct {
		change func(d *bundle.Deck)
		want   string
	}{
		"model":      {func(d *bundle.Deck) { d.Commitments.Model.SetOne() }, "another deck's or policy's"},
		"policy":     {func(d *bundle.Deck) { d.Commitments.Policy.SetOne() }, "another deck's or policy's"},
		"cards":      {func(d *bundle.Deck) { d.Cards = 6 }, "another number of cards"},
		"first id":   {func(d *bundle.Deck) { d.FirstID = 0 }, "another number of cards, first id"},
		"assignment": {func(d *bundle.Deck) { d.Assignment = bundle.Fixed }, "or assignment"},
		"size":       {func(d *bundle.Deck) { d.Circuit = "deck/standard" }, "another number of cards"},
	} {
		other := *w.deck
		row.change(&other)
		o := w.admitOptions()
		o.Deck = &other
		if _, err := w.Admit(t.Context(), o); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	o := w.admitOptions()
	o.Contract = w.verifier
	if _, err := w.Admit(t.Context(), o); err == nil {
		t.Error("a verifier is a deck's contract")
	}
	o.Contract = common.Address{1}
	if _, err := w.Admit(t.Context(), o); err == nil || !strings.Contains(err.Error(), "there is no contract") {
		t.Errorf("an address without a contract: %v", err)
	}
	if !slices.Equal(before, w.events(t)) {
		t.Error("something was sent")
	}
}

// TestAdmit_ContinuesInAnyOrder: two accounts bring the groups, some twice, the last one first.
func TestAdmit_ContinuesInAnyOrder(t *testing.T) {
	w := deckStart(t, 2*128+3)
	o := w.admitOptions()
	var told [][2]int
	o.Progress = func(done, total int) { told = append(told, [2]int{done, total}) }
	all := w.batches
	w.batches = slices.Clone(all)
	for i := range 33 {
		w.batches[i] = nil // group 0 and a batch of group 1 are not published yet
	}
	last, err := w.Admit(t.Context(), o)
	if err != nil || !slices.Equal(last.Admitted, []uint64{2}) || !slices.Equal(last.Missing, []uint64{0, 1}) || len(last.Present) != 0 {
		t.Fatalf("the last group alone: %+v, %v", last, err)
	}
	if s := w.deckStatus(t); s.State != chain.Admitting || s.Admitted() != 1 || s.Directories[2] == [32]byte{} {
		t.Errorf("status %+v", s)
	}
	w.batches = all
	second := w.as(t, account(t, "3"))
	second.Journal = &chain.Journal{Path: filepath.Join(t.TempDir(), "other.jsonl")}
	w.batches = slices.Concat(all[:32], make([]*bundle.Batch, 32), all[64:])
	if r, err := second.Admit(t.Context(), o); err != nil || !slices.Equal(r.Admitted, []uint64{0}) || !slices.Equal(r.Missing, []uint64{1}) || !slices.Equal(r.Present, []uint64{2}) {
		t.Errorf("by another account: %+v, %v", r, err)
	}
	w.batches = all
	if r := w.admit(t); !slices.Equal(r.Admitted, []uint64{1}) || !slices.Equal(r.Present, []uint64{0, 2}) || r.Gas == 0 {
		t.Errorf("the rest: %+v", r)
	}
	if r := w.admit(t); len(r.Admitted) != 0 || len(r.Present) != 3 || len(r.Txs) != 0 || r.Gas != 0 {
		t.Errorf("again: %+v", r)
	}
	if s := w.deckStatus(t); s.State != chain.Complete {
		t.Errorf("state %s", s.State)
	}
	// Somebody else's admission of the same group, mined in between, changes nothing.
	g, err := chain.ReadGroup(0, w.deck, w.batch)
	if err != nil {
		t.Fatal(err)
	}
	before := w.deckStatus(t).Directories
	g.Batches = g.Batches[:1]
	if err := w.as(t, account(t, "3")).Send(t.Context(), w.contract, g.AdmitCall()); err != nil {
		t.Errorf("a group that is there: %v", err)
	}
	if !slices.Equal(before, w.deckStatus(t).Directories) {
		t.Error("a group has changed")
	}
	if last := told[len(told)-1]; last != [2]int{3, 3} {
		t.Errorf("told %v", told)
	}
}

func TestAdmit_DryRunSendsNothing(t *testing.T) {
	w := deckStart(t, 130)
	var gas []uint64
	w.DryRun = func(_ string, g uint64) { gas = append(gas, g) }
	if r := w.admit(t); len(r.Admitted) != 0 || len(gas) != 2 || gas[0] < 1_000_000 {
		t.Errorf("report %+v, gas %v", r, gas)
	}
	w.DryRun = nil
	if s := w.deckStatus(t); s.Admitted() != 0 {
		t.Errorf("%d groups were admitted", s.Admitted())
	}
}

// Nothing is sent that does not verify, and what a callback cannot read is its error.
func TestAdmit_SendsNothingThatDoesNotVerify(t *testing.T) {
	w := deckStart(t, 130)
	before := w.events(t)
	_, others := deckOf(t, w.key, "deck/small", "wolves", 130, w.deck.Home)
	for name, batches := range map[string][]*bundle.Batch{
		"a second deck's batch":      slices.Concat(w.batches[:7], others[7:8], w.batches[8:]),
		"two batches in wrong order": slices.Concat([]*bundle.Batch{w.batches[1], w.batches[0]}, w.batches[2:]),
		"a batch twice":              slices.Concat(w.batches[:1], w.batches[:1], w.batches[2:]),
	} {
		o := w.admitOptions()
		o.Batch = reading(batches)
		if r, err := w.Admit(t.Context(), o); err == nil || len(r.Admitted) != 0 || !strings.Contains(err.Error(), "admitting group 0") {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	o := w.admitOptions()
	o.Batch = func(uint64) (*bundle.Batch, error) { return nil, context.Canceled }
	if _, err := w.Admit(t.Context(), o); !errors.Is(err, context.Canceled) {
		t.Errorf("an error of the publication: %v", err)
	}
	if !slices.Equal(before, w.events(t)) {
		t.Error("something was sent")
	}
}

// Times are 32 bits in the contract: what does not fit must not become another time.
func TestOpenSale_RefusesTimesThatDoNotFit(t *testing.T) {
	w := deckStart(t, 5)
	w.admit(t)
	author := w.as(t, w.author)
	wrapped := time.Unix(1<<32, 0)
	for name, change := range map[string]func(*chain.Sale){
		"an end that wraps to the right one": func(s *chain.Sale) { s.End = time.Unix(s.End.Unix()+1<<32, 0) },
		"a list that begins after 2106":      func(s *chain.Sale) { s.ListFrom = wrapped },
		"a public phase before 1970":         func(s *chain.Sale) { s.PublicFrom = time.Unix(-1, 0) },
		"no end":                             func(s *chain.Sale) { s.End = time.Time{} },
		"a negative price":                   func(s *chain.Sale) { s.Price = big.NewInt(-1e9) },
		"a price of more than 256 bits":      func(s *chain.Sale) { s.ListPrice = new(big.Int).Lsh(big.NewInt(1e9), 256) },
		"a price of no gwei":                 func(s *chain.Sale) { s.Price = big.NewInt(1e9 + 1) },
	} {
		sale := w.sale(t)
		change(&sale)
		if _, err := author.OpenSale(t.Context(), w.contract, sale); err == nil || !strings.Contains(err.Error(), "opening the sale") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, row := range map[string]struct {
		change func(*chain.Sale)
		want   string
	}{
		"the list after the public phase": {func(s *chain.Sale) { s.ListFrom = s.ListFrom.Add(time.Second) }, "InvalidSaleTerms"},
		"no public phase":                 {func(s *chain.Sale) { s.PublicFrom = s.End }, "InvalidSaleTerms"},
		"an end in the past": {func(s *chain.Sale) {
			s.End = w.now(t)
			s.PublicFrom, s.ListFrom = s.End.Add(-time.Hour), s.End.Add(-time.Hour)
		}, "InvalidEnd"},
		"an end in two years": {func(s *chain.Sale) { s.End = s.End.Add(2 * 365 * 24 * time.Hour) }, "InvalidEnd"},
	} {
		sale := w.sale(t)
		row.change(&sale)
		if _, err := author.OpenSale(t.Context(), w.contract, sale); revert(t, err) != row.want {
			t.Errorf("%s: %v, want %s", name, err, row.want)
		}
	}
	if s := w.deckStatus(t); s.State != chain.Complete {
		t.Errorf("state %s", s.State)
	}
}

func TestReveal_TakesTheOneRound(t *testing.T) {
	w := selling(t, 5)
	buyer := w.as(t, account(t, "3"))
	if _, err := buyer.Reveal(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "its sale has not ended") {
		t.Errorf("while it sells: %v", err)
	}
	w.passTo(t, w.saleEnd(t))
	if _, err := buyer.Reveal(t.Context(), w.contract); revert(t, err) != "TooEarly" {
		t.Errorf("in the gap: %v", err)
	}
	w.passTo(t, w.roundTime(t))
	buyer.Signature = nil
	var needs *chain.NeedsSignature
	if _, err := buyer.Reveal(t.Context(), w.contract); !errors.As(err, &needs) || needs.Round != lastRound.round || needs.Chain != drand.Evmnet || !needs.Time.Equal(w.roundTime(t)) {
		t.Errorf("without a signature: %v", err)
	}
	for name, row := range map[string]struct{ signature, refusal string }{
		"another round's": {evmnetRound.signature, "InvalidSignature"}, "another chain's": {quicknetRound.signature, "SignatureLength"}, "nothing": {"0x", "SignatureLength"},
	} {
		buyer.Signature = func(context.Context, [32]byte, uint64) ([]byte, error) { return unhex(t, row.signature), nil }
		if _, err := buyer.Reveal(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "drand evmnet round 9337227") {
			t.Errorf("%s: %v", name, err)
		}
		if err := w.Try(t.Context(), w.owner.Address, w.contract, deckABI.PackReveal(unhex(t, row.signature)), nil); revert(t, err) != row.refusal {
			t.Errorf("%s, past the client: %v", name, err)
		}
	}
	if s := w.deckStatus(t); s.State != chain.Ended {
		t.Errorf("state %s", s.State)
	}
	buyer.Signature = lastRound.give(t)
	if _, err := buyer.Reveal(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	want, err := drand.Verify(lastRound.chain, lastRound.round, unhex(t, lastRound.signature))
	if s := w.deckStatus(t); err != nil || s.Randomness != want {
		t.Errorf("randomness %x, want %x, %v", s.Randomness, want, err)
	}
}

// A sale that is sold out ends at once, and the round is the one after that.
func TestCloseSale_DrawsEarlier(t *testing.T) {
	w := selling(t, 5)
	w.buy(t, account(t, "3"), 4)
	anybody := w.as(t, w.owner)
	if _, err := anybody.CloseSale(t.Context(), w.contract); revert(t, err) != "NotSoldOut" {
		t.Errorf("one is left: %v", err)
	}
	w.buy(t, account(t, "3"), 1)
	w.passTo(t, w.saleEnd(t).Add(-2*time.Hour))
	if _, err := anybody.CloseSale(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	s := w.deckStatus(t)
	want, err := drand.Next(drand.Evmnet, w.now(t).Add(deckGap))
	if err != nil || s.State != chain.Ended || s.Round != want || s.Round >= lastRound.round {
		t.Errorf("status %+v, want round %d, %v", s, want, err)
	}
	if r := w.checkDeck(t, w.evm, w.checkOptions()); !r.OK() {
		t.Errorf("check %+v", r.Faults)
	}
}

// TestDeck_ListSale: accounts of a list of OpenZeppelin's merkle-tree buy first, and cheaper.
func TestDeck_ListSale(t *testing.T) {
	w := deckStart(t, 9)
	w.admit(t)
	buyer := w.as(t, account(t, "3"))
	// A list of one account: its root is the account's leaf.
	sale := w.sale(t)
	sale.List, sale.ListPrice, sale.PublicFrom = listLeaf(buyer.Address(), 2), big.NewInt(1e9), sale.End.Add(-time.Hour)
	if _, err := w.as(t, w.author).OpenSale(t.Context(), w.contract, sale); err != nil {
		t.Fatal(err)
	}
	if _, err := buyer.Buy(t.Context(), w.contract, 1); revert(t, err) != "PhaseNotOpen" {
		t.Errorf("before the public phase: %v", err)
	}
	if _, err := buyer.BuyListed(t.Context(), w.contract, 2, 3, nil); revert(t, err) != "NotOnTheList" {
		t.Errorf("with another allowance: %v", err)
	}
	if _, err := w.as(t, w.author).BuyListed(t.Context(), w.contract, 1, 2, nil); revert(t, err) != "NotOnTheList" {
		t.Errorf("another account: %v", err)
	}
	for range 2 {
		if _, err := buyer.BuyListed(t.Context(), w.contract, 1, 2, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := buyer.BuyListed(t.Context(), w.contract, 1, 2, nil); revert(t, err) != "AboveLimit" {
		t.Errorf("a third: %v", err)
	}
	if s := w.deckStatus(t); s.Balance.Cmp(big.NewInt(2e9)) != 0 || s.Minted != 2 {
		t.Errorf("status %+v", s)
	}
}

// The two sides of the assignment: what Go computes is what the contract tells, of every token.
func TestDeck_AssignmentIsTheContracts(t *testing.T) {
	w := revealed(t, 130, 1)
	s := w.deckStatus(t)
	p := assignment.New(assignment.Key(w.ChainID, w.contract, w.deck.Commitments.Model, s.Randomness), w.deck.Cards)
	seen := map[uint64]bool{}
	for i := range w.deck.Cards {
		out, err := w.Call(t.Context(), w.contract, deckABI.PackCardOf(new(big.Int).SetUint64(1+i)))
		if err != nil {
			t.Fatal(err)
		}
		told, err := deckABI.UnpackCardOf(out)
		card, ok := s.CardOf(w.deck, 1+i)
		if err != nil || !ok || told.Uint64() != card || p.Card(i) != card || p.Token(card) != i || seen[card] {
			t.Fatalf("token %d: the contract says %s, Go %d, %v", 1+i, told, card, err)
		}
		seen[card] = true
	}
	for _, id := range []uint64{0, 131} {
		if _, ok := s.CardOf(w.deck, id); ok {
			t.Errorf("token %d has a card", id)
		}
		if _, err := w.Call(t.Context(), w.contract, deckABI.PackCardOf(new(big.Int).SetUint64(id))); revert(t, err) != "InvalidTokenId" {
			t.Errorf("token %d: %v", id, err)
		}
	}
}
