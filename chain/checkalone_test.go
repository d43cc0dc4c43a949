package chain_test

import (
	"bytes"
	"context"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/solidity/bindings"
)

// alone checks the contract without anything published, as a node tells of it.
func (w *world) alone(t *testing.T, node chain.Backend) *chain.CheckReport {
	t.Helper()
	c, err := chain.New(t.Context(), node, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.Check(t.Context(), w.contract, chain.CheckOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCheckAlone_VerifiesEveryProof(t *testing.T) {
	w := changing(t)
	w.force(t, 1)
	w.update(t, w.Client, w.later(1, [20]byte{}, 1)...)
	w.burn(t, 3)
	w.force(t, 2)
	w.update(t, w.Client, w.later(2, w.owner.Address, 1)...)
	r := w.alone(t, w.evm)
	if !r.OK() || r.Proofs != 5 || len(r.Unchecked) != 0 || len(r.Warnings) != 0 || !slices.Equal(r.Minted, []uint64{1, 2, 3}) {
		t.Errorf("report %+v", r)
	}
	latest := w.later(2, w.owner.Address, 1)[0].Bundle.Document
	if got := r.Tokens[0]; len(r.Tokens) != 3 || got.URI != "ipfs://"+document.CID([]byte(latest)) || got.Owner != w.owner.Address || got.Document != chain.DocumentCurrent {
		t.Errorf("tokens %+v", r.Tokens)
	}
	if got := r.Tokens[2]; got.Owner != (common.Address{}) || !got.Minted {
		t.Errorf("a burned token %+v", got)
	}
}

// TestCheckAlone_FollowsTransfers: the proof of an update may name a later holder.
func TestCheckAlone_FollowsTransfers(t *testing.T) {
	w := changing(t)
	if err := w.Send(t.Context(), w.contract, bindings.NewGenproofDrop().PackTransferFrom(w.owner.Address, account(t, "2").Address, big.NewInt(1))); err != nil {
		t.Fatal(err)
	}
	w.force(t, 1)
	if r := w.update(t, w.client(t, account(t, "2")), w.later(1, account(t, "2").Address, 1)...); len(r.Updated) != 1 {
		t.Fatalf("updated %+v", r)
	}
	if r := w.alone(t, w.evm); !r.OK() || r.Proofs != 4 {
		t.Errorf("report %+v", r)
	}
}

// A liar is a node that changes what it tells.
type liar struct {
	chain.Backend
	log    func(*types.Log) bool // whether to tell it
	header func(*types.Header)
	uri    bool // it answers tokenURI with another
	lost   bool // it does not find transactions and headers
}

func (l *liar) FilterLogs(ctx context.Context, q ethereum.FilterQuery) (list []types.Log, err error) {
	all, err := l.Backend.FilterLogs(ctx, q)
	for _, one := range all {
		if l.log == nil || l.log(&one) {
			list = append(list, one)
		}
	}
	return list, err
}

func (l *liar) CallContract(ctx context.Context, m ethereum.CallMsg, block *big.Int) ([]byte, error) {
	out, err := l.Backend.CallContract(ctx, m, block)
	if l.uri && err == nil && bytes.HasPrefix(m.Data, crypto.Keccak256([]byte("tokenURI(uint256)"))[:4]) {
		out = bytes.Clone(out)
		out[64+10] ^= 1
	}
	return out, err
}

func (l *liar) HeaderByNumber(ctx context.Context, n *big.Int) (*types.Header, error) {
	h, err := l.Backend.HeaderByNumber(ctx, n)
	if l.lost {
		return nil, ethereum.NotFound
	}
	if err == nil && l.header != nil {
		l.header(h)
	}
	return h, err
}

func (l *liar) TransactionByHash(ctx context.Context, hash common.Hash) (*types.Transaction, bool, error) {
	if l.lost {
		return nil, false, ethereum.NotFound
	}
	return l.Backend.TransactionByHash(ctx, hash)
}

// of reports whether a log is an event about a token; tokens are the second topic of
// AigcData, the fourth of Transfer.
func of(l *types.Log, event string, id int64) bool {
	place := map[string]int{contentEvent: 1, transferEvent: 3}[event]
	return l.Topics[0] == crypto.Keccak256Hash([]byte(event)) && l.Topics[place] == common.BigToHash(big.NewInt(id))
}

const (
	contentEvent  = "AigcData(uint256,bytes,bytes,bytes)"
	transferEvent = "Transfer(address,address,uint256)"
	templateEvent = "TemplateScheduled(uint256,uint256)"
)

func TestCheckAlone_NamesWhatDoesNotFit(t *testing.T) {
	w := changing(t)
	w.force(t, 1)
	updated := w.update(t, w.Client, w.later(1, [20]byte{}, 1)...).Txs[0]
	for name, row := range map[string]struct {
		token uint64
		lie   func(*types.Log) bool
	}{
		"proof in the contract's event does not verify": {2, func(l *types.Log) bool {
			if of(l, contentEvent, 2) {
				l.Data = bytes.Clone(l.Data)
				l.Data[64+255] ^= 1
			}
			return true
		}},
		"is not a statement of this drop": {2, func(l *types.Log) bool {
			if of(l, contentEvent, 2) {
				l.Topics = slices.Clone(l.Topics)
				l.Topics[2][0] ^= 1
			}
			return true
		}},
		"its digest is not the one of its last event": {2, func(l *types.Log) bool {
			if of(l, contentEvent, 2) {
				l.Topics = slices.Clone(l.Topics)
				l.Topics[3][0] ^= 1
			}
			return true
		}},
		"not the one of its last event": {1, func(l *types.Log) bool { return !of(l, contentEvent, 1) || l.TxHash != updated }},
		"without an event of its proof": {2, func(l *types.Log) bool { return !of(l, contentEvent, 2) }},
		"do not agree on whether":       {3, func(l *types.Log) bool { return !of(l, transferEvent, 3) }},
	} {
		r := w.alone(t, &liar{Backend: w.evm, log: row.lie})
		i := slices.IndexFunc(r.Tokens, func(c chain.TokenCheck) bool { return c.Fault != "" })
		if r.OK() || i < 0 || r.Tokens[i].ID != row.token || !strings.Contains(r.Tokens[i].Fault, name) {
			t.Errorf("%s: %+v", name, r.Tokens)
		}
	}
	if r := w.alone(t, &liar{Backend: w.evm, uri: true}); r.OK() || !strings.Contains(r.Tokens[0].Fault, "its tokenURI is") {
		t.Errorf("another URI: %+v", r.Tokens)
	}
	if r := w.alone(t, &liar{Backend: w.evm, header: func(h *types.Header) { h.ParentHash[0] ^= 1 }}); r.OK() || len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "not the hash of block") {
		t.Errorf("a beacon of another block: %v", r.Faults)
	}
}

// TestCheck_VerifiesWhatIsNotPublished: a token without a bundle counts too, and what a
// bundle says stands against what cannot be found out.
func TestCheck_VerifiesWhatIsNotPublished(t *testing.T) {
	w := changing(t)
	w.force(t, 1)
	w.update(t, w.Client, w.later(1, [20]byte{}, 1)...)
	check := func(node *liar, o chain.CheckOptions) *chain.CheckReport {
		t.Helper()
		node.Backend = w.evm
		c, err := chain.New(t.Context(), node, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := c.Check(t.Context(), w.contract, o)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := check(&liar{log: func(l *types.Log) bool {
		if of(l, contentEvent, 2) {
			l.Data = bytes.Clone(l.Data)
			l.Data[64+255] ^= 1
		}
		return true
	}}, w.optionsLater(1, w.later(1, [20]byte{}, 1)...))
	if r.OK() || len(r.Faults) != 1 || !strings.Contains(r.Faults[0], "token 2: the proof") {
		t.Errorf("a false proof of another folder's token: %+v", r.Faults)
	}
	other := append(w.tokens([20]byte{}, 1, 2), w.tokens(account(t, "2").Address, 3)...)
	other[0].Bundle = w.key.bundleOf(w.terms.Commitments, w.beacon.Value, [20]byte{}, 1, "another")
	if r := check(&liar{lost: true}, w.options(other...)); r.OK() || !strings.Contains(r.Tokens[0].Fault, "another digest") {
		t.Errorf("another first document, where the real one is not known: %+v", r.Tokens)
	}
}

// TestCheckAlone_SaysWhatItCouldNotCheck: the first document of a token that was updated,
// and the beacon's block.
func TestCheckAlone_SaysWhatItCouldNotCheck(t *testing.T) {
	w := changing(t)
	w.force(t, 1)
	w.update(t, w.Client, w.later(1, [20]byte{}, 1)...)
	r := w.alone(t, &liar{Backend: w.evm, lost: true})
	if !r.OK() || r.Proofs != 3 || len(r.Unchecked) != 2 || !strings.Contains(r.Unchecked[0], "entropy") || !strings.Contains(r.Unchecked[1], "earlier document of token 1") {
		t.Errorf("report %+v", r)
	}
}

func TestCheckAlone_RefusesEventsOfAnotherForm(t *testing.T) {
	w := changing(t)
	w.announce(t, 1, false)
	for _, row := range []struct {
		about, event string
		lie          func(*types.Log)
	}{
		{"more than 64 bits", transferEvent, func(l *types.Log) { l.Topics[3][0] = 1 }},
		{"than ERC-721's", transferEvent, func(l *types.Log) { l.Topics = l.Topics[:3] }},
		{"more than 64 bits", contentEvent, func(l *types.Log) { l.Topics[1][0] = 1 }},
		{"than ERC-7007's", contentEvent, func(l *types.Log) { l.Data = l.Data[:40] }},
		{"template that is none", templateEvent, func(l *types.Log) { l.Data = bytes.Repeat([]byte{0xff}, 64) }},
		{"template that is none", templateEvent, func(l *types.Log) { l.Data = nil }},
	} {
		c, err := chain.New(t.Context(), &liar{Backend: w.evm, log: func(l *types.Log) bool {
			if l.Topics[0] == crypto.Keccak256Hash([]byte(row.event)) {
				l.Topics = slices.Clone(l.Topics)
				row.lie(l)
			}
			return true
		}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.Check(t.Context(), w.contract, chain.CheckOptions{}); err == nil || !strings.Contains(err.Error(), row.about) {
			t.Errorf("%s: %v", row.about, err)
		}
	}
}

// optionsLater is what the drop's author publishes under the n-th other template.
func (w *world) optionsLater(n int, tokens ...chain.Token) chain.CheckOptions {
	o := w.options(tokens...)
	o.Description.Commitments = w.next(n)
	return o
}

// TestCheck_FollowsUpdates: both folders of a drop are accepted, whatever template a token
// has now.
func TestCheck_FollowsUpdates(t *testing.T) {
	w := changing(t)
	first := append(w.tokens([20]byte{}, 1, 2), w.tokens(account(t, "2").Address, 3)...)
	second := w.later(1, [20]byte{}, 1, 2)
	if r := w.check(t, w.optionsLater(1, second...)); r.OK() || !strings.Contains(strings.Join(r.Faults, " "), "neither set nor announced") {
		t.Errorf("a template that nobody announced: %+v", r.Faults)
	}
	w.announce(t, 1, false)
	if r := w.check(t, w.optionsLater(1, second...)); !r.OK() || r.Tokens[0].Document != chain.DocumentAnnounced {
		t.Errorf("announced: %+v", r)
	}
	w.force(t, 1)
	w.update(t, w.Client, second[0])
	r := w.check(t, w.options(first...))
	if !r.OK() || r.Tokens[0].Document != chain.DocumentReplaced || r.Tokens[1].Document != chain.DocumentCurrent || r.Proofs != 4 {
		t.Errorf("the first folder: %+v", r)
	}
	r = w.check(t, w.optionsLater(1, second...))
	if !r.OK() || r.Tokens[0].Document != chain.DocumentCurrent || r.Tokens[1].Document != chain.DocumentAnnounced {
		t.Errorf("the second folder: %+v", r)
	}
	if r := w.check(t, w.optionsLater(1, second[1])); r.OK() || !slices.Equal(r.Missing, []uint64{1}) {
		t.Errorf("a token that was updated, without its bundle: %+v", r)
	}
	if r := w.check(t, w.options(first[1:]...)); r.OK() || !slices.Equal(r.Missing, []uint64{1}) {
		t.Errorf("its first bundle is missing too: %+v", r)
	}
	w.force(t, 2)
	if r := w.check(t, w.optionsLater(1, second...)); !r.OK() {
		t.Errorf("a template that another one replaced: %+v", r)
	}
	other := w.later(1, [20]byte{}, 1)
	other[0].Bundle = w.key.bundleOf(w.next(1), w.beacon.Value, [20]byte{}, 1, "another")
	if r := w.check(t, w.optionsLater(1, other[0], second[1])); r.OK() || !strings.Contains(r.Tokens[0].Fault, "another digest") {
		t.Errorf("another document under the template it has: %+v", r.Tokens)
	}
	if r := w.check(t, w.options(append(first[1:], second[0])...)); r.OK() || !strings.Contains(r.Tokens[0].Fault, "other commitments") {
		t.Errorf("a bundle of another template than the folder's: %+v", r.Tokens)
	}
}
