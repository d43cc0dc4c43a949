package evidence

import (
	"bytes"
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/attest"
)

// An Event is one thing that happened, as far as the pack shows it.
type Event struct {
	At   string // a time
	What string
	How  string // how it is known: whose word, or which block
}

// The events of contracts that a timeline tells, by their topics.
var topics = map[common.Hash]string{
	crypto.Keccak256Hash([]byte("Admitted(uint256,bytes32)")): "the contract accepted the proofs of a group of cards",
	saleEnds: "the sale was opened",
	crypto.Keccak256Hash([]byte("Revealed(uint64,uint256,bytes32)")):      "which token shows which card was drawn",
	crypto.Keccak256Hash([]byte("FallbackArmed(uint256)")):                "a block's hash was named as a stand-in for drand",
	crypto.Keccak256Hash([]byte("Failed()")):                              "the deck was given up: no reveal came",
	crypto.Keccak256Hash([]byte("OwnershipTransferred(address,address)")): "the contract's owner changed, or the contract was made",
	crypto.Keccak256Hash([]byte("BeaconSigned(uint64,bytes)")):            "the beacon was fixed by a round of drand",
	crypto.Keccak256Hash([]byte("Opened(uint256,bytes32,uint256)")):       "the beacon was fixed by a block's hash",
}

var saleEnds = crypto.Keccak256Hash([]byte("SaleEnds(uint32,uint64)"))

// Topics lists the events that a timeline tells.
func Topics() (list []common.Hash) {
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
	slices.SortStableFunc(list, func(a, b Event) int { return cmp.Compare(a.At, b.At) })
	return list
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
	how := fmt.Sprintf("block %d of chain %d, if %s is its hash there", f.Block, f.ChainID, f.Hash)
	if blocks != nil && blocks(f.ChainID, f.Block, f.Hash) {
		how = fmt.Sprintf("block %d of chain %d, which the reader knows", f.Block, f.ChainID)
	}
	at := attest.FormatTime(f.Time)
	switch {
	case f.Transaction != nil:
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
	case f.Receipt != nil:
		for _, l := range f.Receipt.Logs {
			what, known := topicOf(l)
			if len(l.Topics) > 0 && l.Topics[0] == saleEnds && !f.isOpening(l) {
				what = "the sale was ended early"
			}
			if known && f.Receipt.Status == types.ReceiptStatusSuccessful {
				list = append(list, Event{at, fmt.Sprintf("%s (contract %s)", what, l.Address), how})
			}
		}
	case f.CodeHash != common.Hash{}:
		list = append(list, Event{at, fmt.Sprintf("contract %s had the code with the hash %s", f.Address, f.CodeHash), how})
	}
	return list
}

func topicOf(l *types.Log) (string, bool) {
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
			return fmt.Sprintf("before the sale: block %d names %s, and contract %s opened the sale in block %d, if both blocks are the chain's", by.fact.Block, by.what, contract, f.Block)
		}
	}
	return ""
}

// opens returns the contract whose sale a receipt opens.
func (f *PlacedFact) opens() (common.Address, bool) {
	if f.Receipt == nil || f.Receipt.Status != types.ReceiptStatusSuccessful {
		return common.Address{}, false
	}
	for _, l := range f.Receipt.Logs {
		if f.isOpening(l) {
			return l.Address, true
		}
	}
	return common.Address{}, false
}

// isOpening reports whether an event is of a sale's opening, and not of its early end: that one
// names its own block's time as the end.
func (f *PlacedFact) isOpening(l *types.Log) bool {
	return len(l.Topics) > 0 && l.Topics[0] == saleEnds && len(l.Data) == 64 && new(big.Int).SetBytes(l.Data[:32]).Cmp(big.NewInt(f.Time.Unix())) > 0
}

// isOf reports whether the pack shows that a contract's code holds the deck's commitment.
func (in *Inner) isOf(contract common.Address) bool {
	if in.deck == nil {
		return false
	}
	model := in.deck.Commitments.Model.Bytes()
	for i := range in.Facts {
		if f := &in.Facts[i]; f.Kind == FactAccount && f.Address == contract && bytes.Contains(f.Code, model[:]) {
			return true
		}
	}
	return false
}
