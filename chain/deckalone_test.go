package chain_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/genproof/genproof/chain"
)

// An editor is a node that shows other data of transactions that admit a group.
type editor struct {
	chain.Backend
	method []byte
	edit   func(data []byte)
	hides  bool
}

func (e *editor) TransactionByHash(ctx context.Context, hash common.Hash) (*types.Transaction, bool, error) {
	tx, pending, err := e.Backend.TransactionByHash(ctx, hash)
	if err != nil || !bytes.HasPrefix(tx.Data(), e.method) {
		return tx, pending, err
	}
	to := tx.To()
	if e.hides {
		to = &common.Address{1} // as if another contract had been called
	}
	data := bytes.Clone(tx.Data())
	if e.edit != nil {
		e.edit(data)
	}
	return types.NewTx(&types.LegacyTx{To: to, Data: data}), pending, nil
}

func (w *deckWorld) alone(t *testing.T, node chain.Backend, tokens ...uint64) *chain.DeckAloneReport {
	t.Helper()
	c, err := chain.New(t.Context(), node, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := c.CheckDeckAlone(t.Context(), w.contract, tokens)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// From its chain alone a deck tells the digest of every document, and every proof is verified.
func TestCheckDeckAlone_ReadsWhatWasAdmitted(t *testing.T) {
	const cards = 130 // two groups of a small deck, the last batch half full
	w := revealed(t, cards, 9)
	r := w.alone(t, w.evm, 1, 9, 10)
	if !r.OK() || r.Proofs != len(w.batches) || len(r.Groups) != 2 || len(r.Unchecked) != 0 || r.Committed == 0 || r.Opened == 0 {
		t.Fatalf("%+v", r)
	}
	seen := map[uint64]bool{}
	for card := range uint64(cards) {
		document := []byte(cardDocument("foxes", card))
		digest, size, ok := r.Digest(card)
		if !ok || digest != sha256.Sum256(document) || size != uint64(len(document)) {
			t.Errorf("card %d: %x, %d, %v", card, digest, size, ok)
		}
		if got := r.CardsWith(digest, size); len(got) != 1 || got[0] != card {
			t.Errorf("card %d has the document of %v", card, got)
		}
		if got := r.CardsWith(digest, size+1); got != nil {
			t.Errorf("a document of another size is of %v", got)
		}
		id, ok := r.Status.TokenOf(card)
		if back, _ := r.Status.CardOf(w.deck, id); !ok || back != card || seen[id] {
			t.Errorf("card %d is of token %d, which shows %d", card, id, back)
		}
		seen[id] = true
	}
	if _, _, ok := r.Digest(cards); ok {
		t.Error("there is a card behind the last one")
	}
	if len(r.Tokens) != 3 || r.Tokens[0].Fault != "" || r.Tokens[1].Missing != "" || r.Tokens[2].Missing != "it is not minted yet" {
		t.Errorf("tokens %+v", r.Tokens)
	}
}

// What a node shows of a transaction counts only as far as the contract agrees.
func TestCheckDeckAlone_BelievesNoNode(t *testing.T) {
	w := deckStart(t, 12)
	w.admit(t)
	g, err := chain.ReadGroup(0, w.deck, w.batch)
	if err != nil {
		t.Fatal(err)
	}
	call := g.AdmitCall()
	at := func(what []byte) int {
		i := bytes.Index(call, what)
		if i < 0 {
			t.Fatal("not in the call")
		}
		return i
	}
	digest, proof := at(w.batches[1].Digests[2][:]), at(w.batches[1].Proof)
	list := w.batches[0].List.Bytes()
	listAt := at(list[:])
	const unseen = "the documents' digests and the proofs of 1 groups"
	for name, row := range map[string]struct {
		edit      func(data []byte)
		hides     bool
		fault, no string
	}{
		"honest":           {},
		"another digest":   {edit: func(d []byte) { d[digest] ^= 1 }, no: unseen},
		"another proof":    {edit: func(d []byte) { copy(d[proof:proof+256], d[proof+256:]) }, fault: "the proof of the batch of card 4 does not verify"},
		"another list":     {edit: func(d []byte) { d[listAt+31] ^= 1 }, fault: "the proof of the batch of card 0 does not verify"},
		"a list above r":   {edit: func(d []byte) { copy(d[listAt:listAt+32], bytes.Repeat([]byte{0xff}, 32)) }, no: unseen},
		"another group":    {edit: func(d []byte) { d[4+31] ^= 1 }, no: unseen},
		"a huge group":     {edit: func(d []byte) { d[4] = 0xff }, no: unseen},
		"a huge array":     {edit: func(d []byte) { d[4+32+31] = 0xff }, no: unseen},
		"another's call":   {hides: true, no: unseen},
		"nothing but zero": {edit: func(d []byte) { clear(d[4:]) }, no: unseen},
	} {
		r := w.alone(t, &editor{w.evm, call[:4], row.edit, row.hides})
		if (len(r.Faults) > 0) != (row.fault != "") || row.fault != "" && r.Faults[0] != row.fault {
			t.Errorf("%s: faults %q", name, r.Faults)
		}
		if got := strings.Join(r.Unchecked, "; "); row.no != "" && !strings.Contains(got, row.no) || row.no == "" && strings.Contains(got, "digests") {
			t.Errorf("%s: not checked: %s", name, got)
		}
		if _, _, ok := r.Digest(0); ok != (row.no == "") {
			t.Errorf("%s: digests are there: %v", name, ok)
		}
	}
	if got := w.deckStatus(t).Circuits(); len(got) != 1 || got[0].String() != "deck/small" {
		t.Errorf("circuits %v", got)
	}
}
