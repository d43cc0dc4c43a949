package evidence

import (
	"bytes"
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"golang.org/x/crypto/sha3"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/fact"
	"github.com/genproof/genproof/bundle"
)

// An Event is one thing that happened, as far as the pack shows it.
type Event struct {
	At   string `json:"at"` // a time
	What string `json:"what"`
	How  string `json:"how"` // how it is known: whose word, or which block
}

// The events of contracts that a timeline tells, by their topics.
var topics = map[[32]byte]string{
	topic("Admitted(uint256,bytes32)"):             "the contract accepted the proofs of a group of cards",
	saleEnds:                                       "the sale was opened",
	topic("Revealed(uint64,uint256,bytes32)"):      "which token shows which card was drawn",
	topic("FallbackArmed(uint256)"):                "a block's hash was named as a stand-in for drand",
	topic("Failed()"):                              "the deck was given up: no reveal came",
	topic("OwnershipTransferred(address,address)"): "the contract's owner changed, or the contract was made",
	topic("BeaconSigned(uint64,bytes)"):            "the beacon was fixed by a round of drand",
	topic("Opened(uint256,bytes32,uint256)"):       "the beacon was fixed by a block's hash",
}

var saleEnds = topic("SaleEnds(uint32,uint64)")

// topic is the first topic of an event.
func topic(event string) (t [32]byte) {
	h := sha3.NewLegacyKeccak256()
	h.Write([]byte(event))
	h.Sum(t[:0])
	return t
}

// Topics lists the events that a timeline tells.
func Topics() (list [][32]byte) {
	for t := range topics {
		list = append(list, t)
	}
	return list
}

// timeline tells what happened in the order of its times.
func (in *Inner) timeline(m *Manifest, blocks Blocks) []Event {
	list := []Event{{m.Head.MadeAt, "this pack was made", "its maker's word"}}
	for _, a := range in.named {
		list = append(list, in.ofAttestation(a)...)
	}
	if in.Log != nil {
		for _, e := range in.Log.Entries {
			list = append(list, Event{e.At, fmt.Sprintf("entry %d of the log: %s: %s", e.Sequence, e.Kind, e.Text), "the word of the log's holder, " + in.Log.Log})
		}
	}
	for i := range in.Facts {
		list = append(list, in.ofFact(&in.Facts[i], blocks)...)
	}
	return inOrder(list)
}

// inOrder puts events into the order of their times, those of one time as they are.
func inOrder(list []Event) []Event {
	keys := make([]string, len(list))
	for i := range list {
		keys[i] = fmt.Sprintf("%s %09d", list[i].At, i)
	}
	slices.Sort(keys)
	out := make([]Event, len(list))
	for i, k := range keys {
		n, _ := strconv.Atoi(k[len(k)-9:])
		out[i] = list[n]
	}
	return out
}

func (in *Inner) ofAttestation(a *attest.Attestation) (list []Event) {
	p := &a.Statement.Predicate
	what := fmt.Sprintf("%s %s %s (%s), attestation %x", p.Signer.Identity, p.Decision, a.Statement.Subject[0].Name, a.Statement.Name(), a.ID)
	list = append(list, Event{p.IssuedAt, what, "the signer's word"})
	if d := p.Detail.Revocation; d != nil {
		list[0].What = fmt.Sprintf("%s withdrew the attestation %s", p.Signer.Identity, d.Attestation)
	}
	return list
}

func (in *Inner) ofFact(f *PlacedFact, blocks Blocks) (list []Event) {
	how := fmt.Sprintf("block %d of chain %d, if %#x is its hash there", f.Block, f.ChainID, f.Hash)
	if blocks != nil && blocks(f.ChainID, f.Block, f.Hash) {
		how = fmt.Sprintf("block %d of chain %d, which the reader knows", f.Block, f.ChainID)
	}
	at := attest.FormatTime(f.Time)
	switch {
	case f.Kind == fact.Transaction:
		for _, a := range in.named {
			for _, by := range in.anchors(a.ID) {
				if by.fact == f {
					list = append(list, Event{at, fmt.Sprintf("attestation %x was there, not later than this: a transaction names %s", a.ID, by.what), how})
				}
			}
		}
		if len(list) == 0 && in.Log != nil {
			for n := range slices.Backward(in.Log.Hashes) {
				if f.Names(in.Log.Hashes[n]) {
					list = append(list, Event{at, fmt.Sprintf("head %d of the log was there, not later than this", n), how})
					break
				}
			}
		}
	case f.Kind == fact.Receipt:
		for i := range f.Logs {
			l := &f.Logs[i]
			what, known := topicOf(l)
			if len(l.Topics) > 0 && l.Topics[0] == saleEnds && !f.isOpening(l) {
				what = "the sale was ended early"
			}
			if known && f.Succeeded {
				list = append(list, Event{at, fmt.Sprintf("%s (contract %s)", what, bundle.FormatAddress(l.Address)), how})
			}
		}
	case f.Kind == fact.Account:
		list = append(list, Event{at, fmt.Sprintf("contract %s had the code with the hash %#x", bundle.FormatAddress(f.Address), f.CodeHash), how})
	}
	return list
}

func topicOf(l *fact.Log) (string, bool) {
	if len(l.Topics) == 0 {
		return "", false
	}
	what, known := topics[l.Topics[0]]
	return what, known
}

// BeforeTheSale says of an attestation whether it was there before a contract opened the deck's sale,
// as far as the pack shows it; empty if it does not. Both blocks have to be their chain's.
func (v *Verification) BeforeTheSale(id [32]byte) string {
	if v.inner == nil || !v.inner.isSigned(id) {
		return ""
	}
	for _, by := range v.inner.anchors(id) {
		for i := range v.inner.Facts {
			f := &v.inner.Facts[i]
			contract, opened := f.opens()
			if !opened || f.ChainID != by.fact.ChainID || f.Block <= by.fact.Block || !v.inner.isOf(contract) {
				continue
			}
			return fmt.Sprintf("before the sale: block %d names %s, and contract %s opened the sale in block %d, if both blocks are the chain's", by.fact.Block, by.what, bundle.FormatAddress(contract), f.Block)
		}
	}
	return ""
}

// opens returns the contract whose sale a receipt opens.
func (f *PlacedFact) opens() ([20]byte, bool) {
	if !f.Succeeded {
		return [20]byte{}, false
	}
	for i := range f.Logs {
		if l := &f.Logs[i]; f.isOpening(l) {
			return l.Address, true
		}
	}
	return [20]byte{}, false
}

// isOpening reports whether an event is of a sale's opening, and not of its early end: that one
// names its own block's time as the end.
func (f *PlacedFact) isOpening(l *fact.Log) bool {
	return len(l.Topics) > 0 && l.Topics[0] == saleEnds && len(l.Data) == 64 && new(big.Int).SetBytes(l.Data[:32]).Cmp(big.NewInt(f.Time.Unix())) > 0
}

// isOf reports whether the pack shows that a contract's code holds the deck's commitment.
func (in *Inner) isOf(contract [20]byte) bool {
	if in.deck == nil {
		return false
	}
	model := in.deck.Commitments.Model.Bytes()
	for i := range in.Facts {
		if f := &in.Facts[i]; f.Kind == fact.Account && f.Address == contract && bytes.Contains(f.Code, model[:]) {
			return true
		}
	}
	return false
}
