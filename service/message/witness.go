package message

import (
	"errors"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/circuits/attribute"
	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/policy"
	"github.com/genproof/genproof/circuits/statement"
)

// A witness is a deck.Batch as it travels: the cards of one batch with everything hidden about
// them, and nothing that other batches' values could be computed from.
type witness struct {
	Size     string     `json:"size"`
	Home     fr.Element `json:"home"`
	N        uint64     `json:"n"`
	First    uint64     `json:"first"`
	Schema   fr.Element `json:"schema"`
	Numeric  []bool     `json:"numeric"`
	Clauses  []clause   `json:"clauses"`
	Places   []place    `json:"places"`
	Facts    []sealed   `json:"facts"`
	Siblings []siblings `json:"siblings"`
}

type clause struct {
	Literals []literal `json:"literals"`
}

type literal struct {
	Slot    uint64     `json:"slot"`
	Op      uint64     `json:"op"`
	Negate  bool       `json:"negate"`
	Operand fr.Element `json:"operand"`
}

type place struct {
	Digest [32]byte `json:"digest"`
	Size   uint64   `json:"size"`
	Slots  []sealed `json:"slots"`
}

type sealed struct {
	Value   fr.Element `json:"value"`
	Present bool       `json:"present"`
	Salt    fr.Element `json:"salt"`
}

type siblings struct {
	Nodes []fr.Element `json:"nodes"`
}

func encodeBatch(b *deck.Batch) ([]byte, error) {
	w := witness{
		Size: b.Size.Name, Home: b.Home, N: b.N, First: b.First, Schema: b.Program.Schema, Numeric: b.Program.Numeric,
		Facts: sealedOf(b.Facts),
	}
	for _, c := range b.Program.Clauses {
		var out clause
		for _, l := range c {
			out.Literals = append(out.Literals, literal{uint64(l.Slot), uint64(l.Op), l.Negate, l.Operand})
		}
		w.Clauses = append(w.Clauses, out)
	}
	for _, p := range b.Places {
		w.Places = append(w.Places, place{p.Digest, uint64(p.Size), sealedOf(p.Slots)})
	}
	for _, s := range b.Path {
		w.Siblings = append(w.Siblings, siblings{s[:]})
	}
	return strictjson.Marshal(&w)
}

func sealedOf(list []deck.Sealed) []sealed {
	var out []sealed
	for _, s := range list {
		out = append(out, sealed{s.Slot.Value, s.Slot.Present, s.Salt})
	}
	return out
}

var errWitness = errors.New("the hidden values are not those of the job")

// decodeBatch reads a batch of a size. It quotes nothing of it in errors: the coordinator is
// trusted with every hidden value, and a log is not.
func decodeBatch(data []byte, size statement.Size) (*deck.Batch, error) {
	var w witness
	if err := strictjson.Unmarshal(data, &w, MaxBytes); err != nil {
		return nil, errWitness
	}
	if w.Size != size.Name || len(w.Places) != size.Cards || len(w.Facts) != size.Facts || len(w.Siblings) != size.Depth {
		return nil, errWitness
	}
	b := &deck.Batch{Size: size, Home: w.Home, N: w.N, First: w.First, Facts: w.facts(), Program: w.program()}
	if b.Program.Validate(size) != nil {
		return nil, errWitness
	}
	for _, p := range w.Places {
		if len(p.Slots) != size.CardSlots() || p.Size > deck.MaxSize {
			return nil, errWitness
		}
		b.Places = append(b.Places, deck.Place{Slots: slotsOf(p.Slots), Digest: p.Digest, Size: uint32(p.Size)})
	}
	for _, s := range w.Siblings {
		if len(s.Nodes) != len(deck.Siblings{}) {
			return nil, errWitness
		}
		b.Path = append(b.Path, deck.Siblings(s.Nodes))
	}
	return b, nil
}

func (w *witness) facts() []deck.Sealed { return slotsOf(w.Facts) }

func (w *witness) program() *policy.Program {
	p := &policy.Program{Schema: w.Schema, Numeric: w.Numeric}
	for _, c := range w.Clauses {
		var out []policy.Literal
		for _, l := range c.Literals {
			out = append(out, policy.Literal{Slot: int(min(l.Slot, 1<<16)), Op: policy.Op(min(l.Op, 255)), Negate: l.Negate, Operand: l.Operand})
		}
		p.Clauses = append(p.Clauses, out)
	}
	return p
}

func slotsOf(list []sealed) []deck.Sealed {
	var out []deck.Sealed
	for _, s := range list {
		out = append(out, deck.Sealed{Slot: attribute.Slot{Value: s.Value, Present: s.Present}, Salt: s.Salt})
	}
	return out
}
