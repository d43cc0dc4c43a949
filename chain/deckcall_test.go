package chain_test

import (
	"bytes"
	"context"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/deckcall"
)

// caller asks a node as a page does.
type caller struct{ chain.Backend }

func (c caller) Call(to deckcall.Address, data []byte) ([]byte, error) {
	at := common.Address(to)
	out, err := c.CallContract(context.Background(), ethereum.CallMsg{To: &at, Data: data}, nil)
	if err != nil && strings.Contains(err.Error(), "revert") {
		err = deckcall.ErrReverted
	}
	return out, err
}

func (c caller) Code(at deckcall.Address) ([]byte, error) {
	return c.CodeAt(context.Background(), common.Address(at), nil)
}

func (w *deckWorld) byCalls(t *testing.T, node chain.Backend, tokens ...uint64) *deckcall.Report {
	t.Helper()
	r, err := deckcall.Check(caller{node}, w.ChainID, deckcall.Address(w.contract), w.callOptions(tokens...))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (w *deckWorld) callOptions(tokens ...uint64) deckcall.Options {
	o := w.checkOptions()
	return deckcall.Options{Deck: o.Deck, Key: o.Key, Tokens: tokens, Directory: func(n uint64) ([32]byte, error) {
		g, err := chain.ReadGroup(n, o.Deck, w.batch)
		if err != nil {
			return [32]byte{}, err
		}
		return g.Directory(o.Deck.Cards), nil
	}}
}

// agrees compares the two ways to look at a contract: they see the same, and what calls alone
// cannot see is said.
func (w *deckWorld) agrees(t *testing.T, node chain.Backend, tokens ...uint64) *deckcall.Report {
	t.Helper()
	want, got := w.checkDeck(t, node, w.checkOptions(tokens...)), w.byCalls(t, node, tokens...)
	s := want.Status
	if got.State != s.State.String() || got.Known != s.Known || got.KeyKnown != s.KeyKnown || got.Groups != uint64(len(s.Directories)) || got.Admitted != uint64(s.Admitted()) ||
		got.Minted != s.Minted || got.Permuted != s.Permuted() || !strings.EqualFold(got.Author, s.Terms.Author.Hex()) || !strings.EqualFold(got.Verifier, s.Terms.Verifier.Hex()) {
		t.Errorf("by calls %+v, the client says %+v", got, s)
	}
	var tokensWanted []deckcall.Token
	for _, x := range want.Tokens {
		tokensWanted = append(tokensWanted, deckcall.Token(x))
	}
	if !reflect.DeepEqual(slices.Clip(got.Tokens), slices.Clip(tokensWanted)) && len(got.Tokens)+len(tokensWanted) > 0 {
		t.Errorf("tokens by calls %+v, the client says %+v", got.Tokens, tokensWanted)
	}
	if (len(got.Faults) == 0) != (len(want.Faults) == 0) {
		t.Errorf("faults by calls %q, the client says %q", got.Faults, want.Faults)
	}
	for _, what := range want.Unchecked {
		if !slices.Contains(got.Unchecked, what) && !strings.Contains(what, "drand's signature") {
			t.Errorf("calls do not say %q but %q", what, got.Unchecked)
		}
	}
	if n := len(deckcall.Unlooked()); len(got.Unchecked) < n || !slices.Equal(got.Unchecked[:n], deckcall.Unlooked()) {
		t.Errorf("not checked by calls: %q", got.Unchecked)
	}
	return got
}

func TestDeckCall_SeesWhatTheClientSees(t *testing.T) {
	w := deckStart(t, 130)
	w.agrees(t, w.evm, 1, 2)
	w.admit(t)
	w.agrees(t, w.evm, 1, 2)
	w.openSale(t)
	w.buy(t, account(t, "3"), 3)
	all := w.batches
	w.batches = all[:32]
	if r := w.agrees(t, w.evm, 1, 2); len(r.Compared) != 10 {
		t.Errorf("while it sells %q were compared", r.Compared)
	}
	w.batches = all
	w.passTo(t, w.roundTime(t))
	if _, err := w.as(t, account(t, "3")).Reveal(t.Context(), w.contract); err != nil {
		t.Fatal(err)
	}
	if err := w.as(t, account(t, "3")).Send(t.Context(), w.contract, deckABI.PackBurn(big.NewInt(2))); err != nil {
		t.Fatal(err)
	}
	r := w.agrees(t, w.evm, 1, 2, 3, 100, 500)
	if len(r.Faults) > 0 || r.Tokens[0].URI == "" || r.Tokens[1].Missing != "it was burned" || r.Tokens[3].Missing != "it is not minted yet" || r.Tokens[4].Fault == "" {
		t.Errorf("revealed: %+v", r)
	}
	w.lies(t)
}

// lies has a node lie about one thing after the other.
func (w *deckWorld) lies(t *testing.T) {
	t.Helper()
	for what, row := range map[string]struct {
		about, fault string
		answer       func(call, out []byte) []byte
	}{
		"another model":       {"terms()", "the contract's model is another deck's", flip(32*3 - 1)},
		"another policy":      {"terms()", "the contract's policy is another one", flip(32*4 - 1)},
		"another author":      {"terms()", "the contract is another author's", flip(32*5 - 1)},
		"another home":        {"home()", "the contract is another author's", flip(31)},
		"another supply":      {"terms()", "another number of cards", flip(32*8 - 1)},
		"other batches":       {"terms()", "another number of cards", flip(32*9 - 1)},
		"a fixed assignment":  {"terms()", "in another way than the deck says", flip(32*12 - 1)},
		"another verifier":    {"terms()", "is not genproof's verifier", flip(32*2 - 1)},
		"another directory":   {"directoryOf(uint256)", "the directory of other documents", flip(9)},
		"a group more":        {"groups()", "the contract has 3 groups, the deck 2", func(_, out []byte) []byte { out[31]++; return out }},
		"another card":        {"cardOf(uint256)", "token 1", flip(31)},
		"another tokenURI":    {"tokenURI(uint256)", "token 1", flip(70)},
		"another assignment":  {"randomness()", "token 1", flip(0)},
		"a card beyond reach": {"cardOf(uint256)", "token 1", flip(0)},
	} {
		r := w.byCalls(t, &changed{Backend: w.evm, answers: map[string]func(call, out []byte) []byte{row.about: row.answer}}, 1)
		fault := strings.Join(r.Faults, "; ")
		for _, x := range r.Tokens {
			if x.Fault != "" {
				fault += "token 1"
			}
		}
		if !strings.Contains(fault, row.fault) {
			t.Errorf("%s: got %+v, want %q", what, r, row.fault)
		}
	}
	for what, row := range map[string]struct {
		about  string
		answer func(call, out []byte) []byte
	}{
		"nothing":             {"terms()", func(_, out []byte) []byte { return nil }},
		"terms cut off":       {"terms()", func(_, out []byte) []byte { return out[:32*12] }},
		"an address too wide": {"terms()", flip(32)},
		"a bool of two":       {"terms()", func(_, out []byte) []byte { out[32*12-1] = 2; return out }},
		"no state":            {"state()", func(_, out []byte) []byte { return bytes.Repeat([]byte{255}, 32) }},
		"groups for ever":     {"groups()", func(_, out []byte) []byte { out[28] = 1; return out }},
		"a text of 2^63":      {"tokenURI(uint256)", func(_, out []byte) []byte { out[56] = 128; return out }},
		"a text elsewhere":    {"tokenURI(uint256)", flip(31)},
	} {
		node := &changed{Backend: w.evm, answers: map[string]func(call, out []byte) []byte{row.about: row.answer}}
		if r, err := deckcall.Check(caller{node}, w.ChainID, deckcall.Address(w.contract), w.callOptions(1)); err == nil {
			t.Errorf("%s: got %+v", what, r)
		}
	}
	if r, err := deckcall.Check(caller{w.evm}, w.ChainID+1, deckcall.Address(w.contract), w.callOptions()); err != nil || len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "another chain") {
		t.Errorf("another chain: %+v, %v", r, err)
	}
	for _, at := range []common.Address{{9}, w.verifier} {
		if r, err := deckcall.Check(caller{w.evm}, w.ChainID, deckcall.Address(at), w.callOptions()); err == nil {
			t.Errorf("%s: got %+v", at, r)
		}
	}
	if _, err := deckcall.Check(caller{w.evm}, 1, deckcall.Address(w.contract), w.callOptions(make([]uint64, 101)...)); err == nil {
		t.Error("101 tokens are asked for at once")
	}
}
