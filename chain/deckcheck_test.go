package chain_test

import (
	"bytes"
	"context"
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
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/solidity"
)

// A changed node answers calls of some functions with something else.
type changed struct {
	chain.Backend
	answers map[string]func(call, out []byte) []byte // by the function's signature
	logs    func([]types.Log) []types.Log
}

func (c *changed) CallContract(ctx context.Context, m ethereum.CallMsg, block *big.Int) ([]byte, error) {
	out, err := c.Backend.CallContract(ctx, m, block)
	for name, answer := range c.answers {
		if err == nil && bytes.HasPrefix(m.Data, crypto.Keccak256([]byte(name))[:4]) {
			out = answer(m.Data, bytes.Clone(out))
		}
	}
	return out, err
}

func (c *changed) FilterLogs(ctx context.Context, q ethereum.FilterQuery) ([]types.Log, error) {
	list, err := c.Backend.FilterLogs(ctx, q)
	if c.logs != nil {
		list = c.logs(list)
	}
	return list, err
}

// flip changes one bit of an answer.
func flip(at int) func(call, out []byte) []byte {
	return func(_, out []byte) []byte {
		out[at] ^= 1
		return out
	}
}

// assertFault wants one fault, which says something.
func assertFault(t *testing.T, name string, r *chain.DeckCheckReport, want string) {
	t.Helper()
	if r.OK() || len(r.Faults) == 0 || !strings.Contains(r.Faults[0], want) {
		t.Errorf("%s: faults %q, want %q", name, r.Faults, want)
	}
}

// What is compared at each step of a deck's life, and what is said not to be.
func TestCheckDeck_AtEachStep(t *testing.T) {
	w := deckStart(t, 130)
	check := func(unchecked ...string) *chain.DeckCheckReport {
		t.Helper()
		r := w.checkDeck(t, w.evm, w.checkOptions(1, 2))
		if !r.OK() || len(r.Warnings) != 0 || len(r.Unchecked) != len(unchecked) {
			t.Fatalf("%s: faults %v, warnings %v, unchecked %v", r.Status.State, r.Faults, r.Warnings, r.Unchecked)
		}
		for i, want := range unchecked {
			if !strings.Contains(r.Unchecked[i], want) {
				t.Errorf("%s: unchecked %q, want %q", r.Status.State, r.Unchecked[i], want)
			}
		}
		return r
	}
	const notDrawn = "the assignment is not drawn yet"
	if r := check("2 of 2 groups: the contract does not have them yet", notDrawn); r.Committed == 0 || r.Opened != 0 || len(r.Tokens) != 0 {
		t.Errorf("before anything is admitted: %+v", r)
	}
	w.admit(t)
	check(notDrawn)
	w.openSale(t)
	w.buy(t, account(t, "3"), 2)
	if r := check(notDrawn); r.Opened == 0 {
		t.Errorf("while it sells: %+v", r)
	}
	all := w.batches
	w.batches = all[:32]
	check("the directories of 1 groups", notDrawn)
	w.batches = all
	w.passTo(t, w.roundTime(t))
	if _, err := w.as(t, account(t, "3")).Reveal(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	if r := check(); len(r.Tokens) != 2 || r.Tokens[0].URI == "" || r.Tokens[0].Card == r.Tokens[1].Card {
		t.Errorf("revealed: %+v", r.Tokens)
	}
}

// Tokens that are not there are no contradiction: a deck need not be sold out.
func TestCheckDeck_TokensThatAreNotThere(t *testing.T) {
	w := revealed(t, 10, 3)
	if err := w.as(t, account(t, "3")).Send(t.Context(), w.contract, deckABI.PackBurn(big.NewInt(2))); err != nil {
		t.Fatal(err)
	}
	r := w.checkDeck(t, w.evm, w.checkOptions(1, 2, 3, 4, 10))
	for i, want := range []string{"", "burned", "", "not minted yet", "not minted yet"} {
		if got := r.Tokens[i]; (want == "") != (got.Missing == "") || !strings.Contains(got.Missing, want) || got.Fault != "" || (got.URI == "") != (want != "") {
			t.Errorf("token %d: %+v, want %q", got.ID, got, want)
		}
	}
	if !r.OK() || len(r.Tokens) != 5 {
		t.Errorf("report %+v", r)
	}
	for _, id := range []uint64{0, 11, 1 << 63} {
		if r := w.checkDeck(t, w.evm, w.checkOptions(id)); r.OK() || !strings.Contains(r.Tokens[0].Fault, "the deck has tokens 1 to 10") {
			t.Errorf("token %d: %+v", id, r.Tokens)
		}
	}
}

// A node, or the code of another contract, can tell anything: what differs from what the
// publication and drand give is named.
func TestCheckDeck_NamesWhatDiffers(t *testing.T) {
	w := revealed(t, 130, 3)
	for name, row := range map[string]struct {
		call   string
		answer func(call, out []byte) []byte
		want   string
	}{
		"a directory":            {"directoryOf(uint256)", func(call, out []byte) []byte { out[7] ^= call[35]; return out }, "group 1: the contract has the directory of other documents"},
		"the first directory":    {"directoryOf(uint256)", flip(0), "group 0: the contract has the directory"},
		"the number of groups":   {"groups()", func(_, out []byte) []byte { out[31] = 1; return out }, "the contract has 1 groups, the deck 2"},
		"the home":               {"home()", flip(31), "another author's"},
		"the randomness":         {"randomness()", flip(3), "other randomness than it holds"},
		"the round":              {"round()", flip(31), "and the sale's end and gap name round 9337227"},
		"the round's time":       {"revealFrom()", func(_, out []byte) []byte { out[31] += 4; return out }, "the contract draws by round 9337227"},
		"the model":              {"terms()", flip(32 + 63), "another deck's or policy's"},
		"the author of terms":    {"terms()", flip(32 + 32*4 - 1), "another author's"},
		"the address of the key": {"terms()", flip(32 + 31), "is not genproof's verifier"},
		"a beacon of nobody's":   {"terms()", flip(32 + 32*5 - 1), "is none of genproof's"},
		"an assignment fixed":    {"terms()", flip(32 + 32*11 - 1), "another number of cards, first id or assignment"},
	} {
		r := w.checkDeck(t, &changed{Backend: w.evm, answers: map[string]func(call, out []byte) []byte{row.call: row.answer}}, w.checkOptions(1))
		found := slices.ContainsFunc(r.Faults, func(f string) bool { return strings.Contains(f, row.want) })
		if r.OK() || !found {
			t.Errorf("%s: faults %q, want %q", name, r.Faults, row.want)
		}
	}
	for name, row := range map[string]struct {
		call   string
		answer func(call, out []byte) []byte
		want   string
	}{
		"another card":           {"cardOf(uint256)", flip(31), "the contract says card"},
		"a card of 256 bits":     {"cardOf(uint256)", flip(0), "the contract says card"},
		"another address":        {"tokenURI(uint256)", flip(64 + 12), "its tokenURI is"},
		"another card's address": {"tokenURI(uint256)", func(_, out []byte) []byte { out[64+len("ipfs://")+59+3] ^= 1; return out }, "its tokenURI is"},
	} {
		r := w.checkDeck(t, &changed{Backend: w.evm, answers: map[string]func(call, out []byte) []byte{row.call: row.answer}}, w.checkOptions(1))
		if r.OK() || len(r.Tokens) != 1 || !strings.Contains(r.Tokens[0].Fault, row.want) {
			t.Errorf("%s: %+v", name, r.Tokens)
		}
	}
}

// The publication can be the liar, too.
func TestCheckDeck_OfAnotherPublication(t *testing.T) {
	w := revealed(t, 10, 3)
	o := w.checkOptions(1)
	o.Key = newTrapdoorOf("another", deck.NbInputs).vk
	assertFault(t, "another key", w.checkDeck(t, w.evm, o), "has another key than the publication")
	o = w.checkOptions(1)
	other := *w.batches[2]
	other.Sizes = slices.Clone(other.Sizes)
	other.Sizes[1]++
	o.Batch = reading([]*bundle.Batch{w.batches[0], w.batches[1], &other})
	assertFault(t, "another size", w.checkDeck(t, w.evm, o), "the directory of other documents")
	for name, change := range map[string]func(*bundle.Deck){
		"no home":      func(d *bundle.Deck) { d.Home = nil },
		"another home": func(d *bundle.Deck) { d.Home = &bundle.Home{ChainID: 1, Author: w.author.Address} },
		"first id":     func(d *bundle.Deck) { d.FirstID = 2 },
		"cards":        func(d *bundle.Deck) { d.Cards = 11 },
		"policy":       func(d *bundle.Deck) { d.Commitments.Policy.SetOne() },
	} {
		o := w.checkOptions(1)
		d := *w.deck
		change(&d)
		o.Deck = &d
		assertFault(t, name, w.checkDeck(t, w.evm, o), "the contract "+w.contract.Hex())
	}
}

// nextID leaves the next token's id where ERC721A has it.
func nextID(id int) []byte { return push(opSstore, num(id), nil) }

// Our code with another constructor can begin anywhere: here with randomness of the thief's choice.
func TestCheckDeck_RefusesAForgedConstructor(t *testing.T) {
	w := deckStart(t, 10)
	w.admit(t)
	code := w.codeOf(t, w.contract)
	chosen := bytes.Repeat([]byte{0xc7}, 32)
	// The slots of DeckProvenance's randomness and saleEnd, which the test below sees to be right.
	const randomnessSlot, saleEndSlot = 16, 17
	begin := slices.Concat(nextID(1), push(opSstore, chosen, num(randomnessSlot)), push(opSstore, num(int(w.saleEnd(t).Unix())), num(saleEndSlot)))
	event := crypto.Keccak256([]byte("OwnershipTransferred(address,address)"))
	begin = append(begin, push(opLog1+2, w.owner.Address[:], nil, event, nil, nil)...)
	honest := w.contract
	w.contract = w.create(t, ending(begin, code, push(opReturn, num(len(code)), nil)))
	w.passTo(t, w.roundTime(t))
	s := w.deckStatus(t)
	if !s.Known || s.State != chain.Revealed || !bytes.Equal(s.Randomness[:], chosen) || s.Round != lastRound.round {
		t.Fatalf("the forgery decides nothing, so this test shows less than it says: %+v", s)
	}
	r := w.checkDeck(t, w.evm, w.checkOptions(1))
	assertFault(t, "forged", r, "its constructor was not")
	if r.Committed != 0 {
		t.Errorf("it dates the deck to block %d", r.Committed)
	}
	// Another contract can have created it, with the true constructor or another.
	w.contract = honest
	tx, err := w.evm.TransactionInBlock(t.Context(), w.blockOf(t, honest), 0)
	if err != nil {
		t.Fatal(err)
	}
	finish := append(push(opCreate, num(len(tx.Data())), nil, nil), push(opReturn, num(1), nil)...)
	outer := w.create(t, ending(nil, tx.Data(), finish))
	w.contract = crypto.CreateAddress(outer, 1)
	r = w.checkDeck(t, w.evm, w.checkOptions())
	if !r.OK() || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "CREATION NOT SEEN") || r.Committed != 0 {
		t.Errorf("created by a contract: %+v", r)
	}
	// A node without events shows the code's block, and one that keeps no past neither.
	w.contract = honest
	silent := &changed{Backend: w.evm, logs: func([]types.Log) []types.Log { return nil }}
	r = w.checkDeck(t, silent, w.checkOptions())
	if !r.OK() || len(r.Warnings) != 0 || r.Committed == 0 {
		t.Errorf("a node without events: %+v", r)
	}
	w.evm.Mine(200)
	r = w.checkDeck(t, &poor{Backend: silent, noPast: true}, w.checkOptions())
	if !r.OK() || len(r.Warnings) != 1 || r.Committed != 0 {
		t.Errorf("a node without events and past: %+v", r)
	}
}

// Other code is never taken for ours, whatever it answers.
func TestCheckDeck_WarnsOfOtherCode(t *testing.T) {
	w := deckStart(t, 10)
	code := w.codeOf(t, w.contract)
	code = append(bytes.Clone(code), 0)
	w.contract = w.create(t, ending(nextID(1), code, push(opReturn, num(len(code)), nil)))
	if ok, err := w.IsDeck(t.Context(), w.contract); ok || err != nil {
		t.Errorf("it is a deck's: %v, %v", ok, err)
	}
	r := w.checkDeck(t, w.evm, w.checkOptions())
	if !r.OK() || r.Status.Known || r.Committed != 0 || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "OTHER CONTRACT") {
		t.Errorf("%+v", r)
	}
	accepts := append(bytes.Repeat([]byte{opStop}, len(solidity.Groth16Verifier.Runtime)), 1)
	w.promised.Deck = w.deck
	nothing := w.left(t, accepts)
	c := w.as(t, w.owner)
	if _, err := c.DeployDeck(t.Context(), w.promised, nothing, true); err == nil {
		t.Error("a deck's contract on a verifier that folds nothing")
	}
}

// A hostile contract cannot make a reader ask for ever.
func TestDeckStatus_IsBounded(t *testing.T) {
	w := deckStart(t, 5)
	calls := 0
	node := &changed{Backend: w.evm, answers: map[string]func(call, out []byte) []byte{
		"groups()":             func(_, out []byte) []byte { out[29] = 1; return out }, // 65,537
		"directoryOf(uint256)": func(_, out []byte) []byte { calls++; return out },
	}}
	c, err := chain.New(t.Context(), node, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.DeckStatus(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "it names 65537 groups, more than a deck has") || calls > 0 {
		t.Errorf("%d calls, %v", calls, err)
	}
	for name, out := range map[string][]byte{"nothing": nil, "too little": make([]byte, 40), "a string that is nowhere": bytes.Repeat([]byte{0xff}, 32*14)} {
		node.answers = map[string]func(call, out []byte) []byte{"terms()": func(_, _ []byte) []byte { return out }}
		if _, err := c.DeckStatus(t.Context(), w.contract); err == nil {
			t.Errorf("terms of %s are taken", name)
		}
	}
}

// calling is code that calls a contract with fixed data, whatever it is called with itself.
func calling(to common.Address, data []byte) []byte {
	const opCall = 0xf1
	finish := append(push(opCall, num(0), num(0), num(len(data)), num(0), num(0), to[:], num(10_000_000)), opStop)
	return ending(nil, data, finish)
}

// Whoever reveals through a contract of theirs keeps drand's signature from being seen. They cannot
// make an honest deck look forged: data that looks like a reveal and is none is not taken for one.
func TestCheckDeck_RevealedByAnotherContract(t *testing.T) {
	for name, data := range map[string][]byte{"no data": nil, "the call, and a false signature": deckABI.PackReveal(unhex(t, evmnetRound.signature))} {
		w := selling(t, 10)
		w.buy(t, account(t, "3"), 1)
		w.passTo(t, w.roundTime(t))
		through := w.left(t, calling(w.contract, deckABI.PackReveal(unhex(t, lastRound.signature))))
		if err := w.as(t, account(t, "3")).Send(t.Context(), through, data); err != nil {
			t.Fatal(err)
		}
		r := w.checkDeck(t, w.evm, w.checkOptions(1))
		if !r.OK() || r.Status.State != chain.Revealed || len(r.Unchecked) != 1 || !strings.Contains(r.Unchecked[0], "drand's signature") {
			t.Errorf("%s: state %s, faults %v, unchecked %v", name, r.Status.State, r.Faults, r.Unchecked)
		}
	}
}

// A node tells of another reveal than the chain has.
func TestCheckDeck_VerifiesTheRoundAgain(t *testing.T) {
	w := revealed(t, 10, 1)
	topic := crypto.Keccak256Hash([]byte("Revealed(uint64,uint256,bytes32)"))
	event := func(change func(*types.Log)) func([]types.Log) []types.Log {
		return func(list []types.Log) []types.Log {
			for i := range list {
				if list[i].Topics[0] == topic {
					list[i].Data = bytes.Clone(list[i].Data)
					change(&list[i])
				}
			}
			return list
		}
	}
	for name, row := range map[string]struct {
		change func(*types.Log)
		want   string
	}{
		"another round":                         {func(l *types.Log) { l.Data[31] ^= 1 }, "drawn by round 9337226, not by round 9337227"},
		"other randomness":                      {func(l *types.Log) { l.Data[70] ^= 1 }, "other randomness than it holds"},
		"a block's hash, which the block's not": {func(l *types.Log) { clear(l.Data[:32]); l.Data[63] = 2 }, "is not the hash of block 2"},
		"an event of another form":              {func(l *types.Log) { l.Data = l.Data[:40] }, "other randomness than it holds"},
	} {
		assertFault(t, name, w.checkDeck(t, &changed{Backend: w.evm, logs: event(row.change)}, w.checkOptions()), row.want)
	}
	r := w.checkDeck(t, &changed{Backend: w.evm, logs: func(list []types.Log) []types.Log {
		return slices.DeleteFunc(list, func(l types.Log) bool { return l.Topics[0] == topic })
	}}, w.checkOptions())
	if !r.OK() || len(r.Unchecked) != 1 || !strings.Contains(r.Unchecked[0], "the randomness") {
		t.Errorf("a node that does not tell: %+v", r)
	}
	// Contract and event agree on what is not the round's.
	lie := w.deckStatus(t).Randomness
	lie[5] ^= 1
	r = w.checkDeck(t, &changed{Backend: w.evm, logs: event(func(l *types.Log) { copy(l.Data[64:], lie[:]) }),
		answers: map[string]func(call, out []byte) []byte{"randomness()": func(_, _ []byte) []byte { return lie[:] }}}, w.checkOptions())
	assertFault(t, "a lie on both sides", r, "the contract's randomness is not that of round 9337227")
}

// The beacon is silent: a block's hash stands in, and every report says that it is weaker.
func TestCheckDeck_RevealedByABlocksHash(t *testing.T) {
	w := selling(t, 10)
	w.buy(t, account(t, "3"), 2)
	w.passTo(t, w.roundTime(t))
	anybody := w.as(t, account(t, "3"))
	if _, err := anybody.RevealByBlockHash(t.Context(), w.contract); revert(t, err) != "TooEarly" {
		t.Errorf("at once: %v", err)
	}
	w.passTo(t, w.roundTime(t).Add(30*24*time.Hour))
	if _, err := anybody.RevealByBlockHash(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	if _, err := anybody.RevealByBlockHash(t.Context(), w.contract); revert(t, err) != "TooEarly" {
		t.Errorf("before the block: %v", err)
	}
	w.evm.Mine(65)
	if _, err := anybody.RevealByBlockHash(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	r := w.checkDeck(t, w.evm, w.checkOptions(1, 2))
	if !r.OK() || r.Status.State != chain.Revealed || len(r.Warnings) != 1 || !strings.Contains(r.Warnings[0], "WEAKER RANDOMNESS") || r.Tokens[1].URI == "" {
		t.Errorf("%+v", r)
	}
	header := func(h *types.Header) { h.ParentHash[0] ^= 1 }
	assertFault(t, "another block", w.checkDeck(t, &liar{Backend: w.evm, header: header}, w.checkOptions()), "is not the hash of block")
	forbidden := &changed{Backend: w.evm, answers: map[string]func(call, out []byte) []byte{"terms()": flip(32 + 32*10 - 1)}}
	assertFault(t, "terms that allow none", w.checkDeck(t, forbidden, w.checkOptions()), "which the contract's terms do not allow")
}

func TestGiveUp_LetsWhatWasPaidOut(t *testing.T) {
	w := selling(t, 10, func(w *deckWorld) { w.promised.BlockHashes = false })
	w.buy(t, account(t, "3"), 2)
	w.passTo(t, w.roundTime(t).Add(60*24*time.Hour-time.Second-2*time.Second))
	anybody := w.as(t, account(t, "3"))
	if _, err := anybody.RevealByBlockHash(t.Context(), w.contract); revert(t, err) != "NoFallback" {
		t.Errorf("a fallback that the terms do not have: %v", err)
	}
	if _, err := anybody.GiveUp(t.Context(), w.contract); revert(t, err) != "TooEarly" {
		t.Errorf("a second before: %v", err)
	}
	w.passTo(t, w.roundTime(t).Add(60*24*time.Hour))
	if _, err := anybody.GiveUp(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	if _, err := anybody.Reveal(t.Context(), w.contract); err == nil || !strings.Contains(err.Error(), "the deck is failed") {
		t.Errorf("revealed: %v", err)
	}
	if r := w.checkDeck(t, w.evm, w.checkOptions()); !r.OK() || r.Status.State != chain.Failed || r.Status.Randomness != [32]byte{} {
		t.Errorf("%+v", r)
	}
	if _, err := w.Withdraw(t.Context(), w.contract, w.owner.Address); err != nil {
		t.Error(err)
	}
}

// A reader names other contracts that they know: what of them is this deck's or its author's is told.
func TestCheckDeck_TellsOfOtherContracts(t *testing.T) {
	w := deckStart(t, 5)
	first := w.contract
	second := w.deployDeck(t) // of the very deck
	other, batches := deckOf(t, w.key, "deck/small", "wolves", 5, w.deck.Home)
	if len(batches) != 2 {
		t.Fatal("the other deck has another size")
	}
	terms := w.promised
	terms.Deck = other
	third, err := w.DeployDeck(t.Context(), terms, w.verifier, true)
	if err != nil {
		t.Fatal(err)
	}
	foreign := *other
	foreign.Home = &bundle.Home{ChainID: w.ChainID, Author: w.owner.Address}
	terms.Deck = &foreign
	fourth, err := w.DeployDeck(t.Context(), terms, w.verifier, true)
	if err != nil {
		t.Fatal(err)
	}
	w.contract = first
	o := w.checkOptions()
	o.Others = []common.Address{first, second, third.Address, fourth.Address, w.verifier, {9}}
	r := w.checkDeck(t, w.evm, o)
	want := []string{"SOLD TWICE: " + second.Hex(), third.Address.Hex() + " is a contract of the same author, of another deck", w.verifier.Hex() + " is no deck's contract", "is no deck's contract"}
	if !r.OK() || len(r.Warnings) != len(want) {
		t.Fatalf("faults %v, warnings %v", r.Faults, r.Warnings)
	}
	for i := range want {
		if !strings.Contains(r.Warnings[i], want[i]) {
			t.Errorf("warning %q, want %q", r.Warnings[i], want[i])
		}
	}
}

// Where those who order blocks may date them back by a day, a gap of an hour is told of.
func TestCheckDeck_WarnsOfAShortGap(t *testing.T) {
	for chainID, short := range map[uint64]bool{evm.DefaultID: false, 1: false, 10: true} {
		w := deckStartOn(t, chainID, "deck/small", 5)
		r := w.checkDeck(t, w.evm, w.checkOptions())
		if got := len(r.Warnings) == 1 && strings.Contains(r.Warnings[0], "GAP SHORT"); got != short || !r.OK() {
			t.Errorf("chain %d: %+v", chainID, r.Warnings)
		}
	}
}
