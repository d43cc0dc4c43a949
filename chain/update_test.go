package chain_test

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/chain/evm"
	"github.com/genproof/genproof/solidity/bindings"
)

// notice is how long before it comes into force a template of these tests is announced.
const notice = time.Hour

// next are the commitments with another template.
func (w *world) next(n int) bundle.Commitments {
	c := w.terms.Commitments
	c.Template = secret("template", n)
	return c
}

// changing is a drop whose documents may change, opened, with tokens 1 to 3 minted: 3 to
// the second account.
func changing(t *testing.T) *world {
	t.Helper()
	w := start(t, evm.DefaultID)
	w.terms.TemplateNotice = uint32(notice.Seconds())
	w.contract = w.deploy(t)
	w.open(t)
	w.mint(t, 2, append(w.tokens([20]byte{}, 1, 2), w.tokens(account(t, "2").Address, 3)...)...)
	return w
}

// later proves tokens under the n-th other template.
func (w *world) later(n int, recipient [20]byte, ids ...uint64) (list []chain.Token) {
	for _, id := range ids {
		doc := fmt.Sprintf(`{"name":"Fox #%d","edition":%d}`, id, n)
		list = append(list, chain.Token{File: fmt.Sprintf("bundles/%d.json", id), Bundle: w.key.bundleOf(w.next(n), w.beacon.Value, recipient, id, doc)})
	}
	return list
}

func (w *world) announce(t *testing.T, n int, replace bool) *chain.Announcement {
	t.Helper()
	a, err := w.Announce(t.Context(), w.contract, w.next(n), w.beacon.Value, replace)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// force announces a template and lets its notice pass.
func (w *world) force(t *testing.T, n int) {
	t.Helper()
	w.announce(t, n, true)
	if err := w.evm.Pass(notice); err != nil {
		t.Fatal(err)
	}
}

func (w *world) update(t *testing.T, c *chain.Client, tokens ...chain.Token) *chain.UpdateReport {
	t.Helper()
	r, err := c.Update(t.Context(), tokens, chain.UpdateOptions{Contract: w.contract, OwnOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAnnounce_OnceAndInPlaceOfAnotherOnlyIfAsked(t *testing.T) {
	w := changing(t)
	a := w.announce(t, 1, false)
	if a.Reused || a.Gas == 0 || time.Until(a.From) < notice/2 || time.Until(a.From) > 2*notice {
		t.Errorf("announced %+v", a)
	}
	if again := w.announce(t, 1, false); !again.Reused || again.From != a.From || again.Gas != 0 {
		t.Errorf("again %+v", again)
	}
	if _, err := w.Announce(t.Context(), w.contract, w.next(2), w.beacon.Value, false); !errors.Is(err, chain.ErrReplaces) || !strings.Contains(err.Error(), a.From.Format(time.RFC3339)) {
		t.Errorf("another: %v", err)
	}
	if other := w.announce(t, 2, true); other.Reused {
		t.Errorf("another %+v", other)
	}
	s, err := w.Status(t.Context(), w.contract)
	if err != nil || s.NextTemplate != w.next(2).Template || s.TemplateFrom == 0 {
		t.Errorf("status %+v, %v", s, err)
	}
	entries, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	template := w.next(2).Template
	want := template.Bytes()
	if last := entries[len(entries)-1]; last.Event != chain.EventTemplate || last.State != chain.StateMined || string(last.Subject) != string(want[:]) {
		t.Errorf("journal %+v", last)
	}
}

func TestAnnounce_RefusesADropThatDiffersElsewhere(t *testing.T) {
	w := changing(t)
	for name, change := range map[string]func(*bundle.Commitments, *fr.Element){
		"template: model":               func(c *bundle.Commitments, _ *fr.Element) { c.Model = secret("x", 0) },
		"template: policy":              func(c *bundle.Commitments, _ *fr.Element) { c.Policy = secret("x", 0) },
		"template: authority":           func(c *bundle.Commitments, _ *fr.Element) { c.Authority = secret("x", 0) },
		"template: seeds":               func(c *bundle.Commitments, _ *fr.Element) { c.Seeds = secret("x", 0) },
		"template: beacon":              func(_ *bundle.Commitments, b *fr.Element) { *b = secret("x", 0) },
		"template: model, beacon":       func(c *bundle.Commitments, b *fr.Element) { c.Model, *b = secret("x", 0), secret("x", 0) },
		"the contract's first template": func(c *bundle.Commitments, _ *fr.Element) { c.Template = w.terms.Commitments.Template },
	} {
		c, b := w.next(1), w.beacon.Value
		change(&c, &b)
		if _, err := w.Announce(t.Context(), w.contract, c, b, true); err == nil || !strings.HasSuffix(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.terms.TemplateNotice = 0
	w.contract = w.deploy(t)
	if _, err := w.Announce(t.Context(), w.contract, w.next(1), w.beacon.Value, true); err == nil || !strings.Contains(err.Error(), "not open") {
		t.Errorf("before it is open: %v", err)
	}
	w.open(t)
	var no *chain.Revert
	if _, err := w.Announce(t.Context(), w.contract, w.next(1), w.beacon.Value, true); !errors.As(err, &no) || no.Name != "TemplateFixed" {
		t.Errorf("where it is for ever: %v", err)
	}
}

func mustStatus(t *testing.T, w *world) *chain.Status {
	t.Helper()
	s, err := w.Status(t.Context(), w.contract)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnnounce_IsTheOwners(t *testing.T) {
	w := changing(t)
	var no *chain.Revert
	if _, err := w.client(t, account(t, "2")).Announce(t.Context(), w.contract, w.next(1), w.beacon.Value, true); !errors.As(err, &no) || no.Name != "OwnableUnauthorizedAccount" {
		t.Errorf("by somebody else: %v", err)
	}
	w.DryRun = func(string, uint64) {}
	if a, err := w.Announce(t.Context(), w.contract, w.next(1), w.beacon.Value, false); a != nil || err != nil {
		t.Errorf("a dry run: %+v, %v", a, err)
	}
	if s := mustStatus(t, w); s.TemplateFrom != 0 {
		t.Error("a dry run announced a template")
	}
}

func TestUpdate_UpdatesWhatIsTheAccounts(t *testing.T) {
	w := changing(t)
	w.force(t, 1)
	tokens := w.later(1, [20]byte{}, 1, 2, 3, 4)
	var gas uint64
	w.DryRun = func(_ string, g uint64) { gas += g }
	if r := w.update(t, w.Client, tokens...); len(r.Updated) != 0 || gas < 2*200_000 || gas > 2*400_000 {
		t.Errorf("a dry run: %+v, gas %d", r, gas)
	}
	w.DryRun = nil
	r := w.update(t, w.Client, tokens...)
	if !slices.Equal(r.Updated, []uint64{1, 2}) || !slices.Equal(r.Others, []uint64{3, 4}) || len(r.Txs) != 2 || r.Gas == 0 {
		t.Errorf("report %+v", r)
	}
	r = w.update(t, w.Client, tokens...)
	if len(r.Updated) != 0 || !slices.Equal(r.Present, []uint64{1, 2}) || r.Gas != 0 {
		t.Errorf("again %+v", r)
	}
	entries, err := w.Journal.Entries()
	if err != nil {
		t.Fatal(err)
	}
	last := entries[len(entries)-1]
	if last.Event != chain.EventUpdate || last.State != chain.StateMined || len(last.Tokens) != 1 || last.Tokens[0].ID != 2 || last.Tokens[0].CID != tokens[1].Bundle.CID || last.Gas == 0 {
		t.Errorf("journal %+v", last)
	}
	if r := w.mint(t, 1, w.tokens([20]byte{}, 1, 2)...); len(r.Present) != 2 || len(r.Minted) != 0 {
		t.Errorf("minting what was updated: %+v", r)
	}
}

func TestUpdate_ByWhomTheHolderApproved(t *testing.T) {
	w := changing(t)
	alice, contract := account(t, "2"), bindings.NewGenproofDrop()
	w.mint(t, 1, w.tokens(alice.Address, 4)...)
	w.force(t, 1)
	tokens := w.later(1, alice.Address, 3, 4)
	for i, approve := range [][]byte{contract.PackApprove(w.owner.Address, big.NewInt(3)), contract.PackSetApprovalForAll(w.owner.Address, true)} {
		if r := w.update(t, w.Client, tokens[i]); len(r.Others) != 1 {
			t.Errorf("before it is approved: %+v", r)
		}
		if err := w.client(t, alice).Send(t.Context(), w.contract, approve); err != nil {
			t.Fatal(err)
		}
		if r := w.update(t, w.Client, tokens[i]); len(r.Updated) != 1 {
			t.Errorf("approved: %+v", r)
		}
	}
}

func TestUpdate_RefusesBeforeSpending(t *testing.T) {
	w := changing(t)
	refuses := func(about string, tokens ...chain.Token) {
		t.Helper()
		r, err := w.Update(t.Context(), tokens, chain.UpdateOptions{Contract: w.contract})
		if err == nil || !strings.Contains(err.Error(), about) {
			t.Errorf("%s: %+v, %v", about, r, err)
		}
	}
	refuses("announced no other", w.later(1, [20]byte{}, 1)...)
	w.announce(t, 1, false)
	refuses("not in force yet", w.later(1, [20]byte{}, 1)...)
	if err := w.evm.Pass(notice); err != nil {
		t.Fatal(err)
	}
	refuses("other commitments", w.later(2, [20]byte{}, 1)...)
	refuses("other commitments", w.tokens([20]byte{}, 1)...)
	moved := w.later(1, [20]byte{}, 1, 2)
	moved[1].Bundle.Proof = moved[0].Bundle.Proof
	refuses("bundles/2.json", moved...)
	refuses("token 3 is held by", w.later(1, [20]byte{}, 1, 3)...)
	refuses("token 4 is not minted", w.later(1, [20]byte{}, 1, 4)...)
	refuses("its proof names", w.later(1, account(t, "3").Address, 1)...)
	w.burn(t, 3)
	refuses("token 3 was burned", w.later(1, [20]byte{}, 3)...)
	w.contract = w.deploy(t)
	refuses("not open", w.later(1, [20]byte{}, 1)...)
	entries, err := w.Journal.Entries()
	if err != nil || slices.ContainsFunc(entries, func(e chain.Entry) bool { return e.Event == chain.EventUpdate }) {
		t.Errorf("something was sent: %v, %v", entries, err)
	}
}
