package coordinator

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service/message"
)

// A source is what jobs are made of, counted from 0: a deck's batches or a drawn drop's tokens. Its
// folder says which are proven.
type source interface {
	circuit() statement.CircuitID
	len() int
	// work is job n, but for its drop and keys.
	work(n int) message.Work
	has(n int) (bool, error)
	// seal encrypts the hidden values of job n to a worker.
	seal(key ed25519.PrivateKey, to message.Worker, a *message.Ask, n int) ([]byte, error)
	// check is nil, or an error that is [prover.ErrBadProof] of a proof that does not hold.
	check(n int, proof []byte) error
	// add is check, and writes what the proof proves.
	add(n int, proof []byte) error
}

// batches are a deck's.
type batches struct {
	deck   *drop.Deck
	folder *prover.DeckFolder
	policy fr.Element // its commitment
}

// Batches are the jobs of a deck. No card is given out unless every card obeys the policy and agrees
// with its document.
func Batches(d *drop.Deck, folder *prover.DeckFolder) (Source, error) {
	if err := d.Provable(); err != nil {
		return Source{}, err
	}
	return Source{source: &batches{d, folder, d.Description(bundle.Key{}).Commitments.Policy}}, nil
}

func (b *batches) circuit() statement.CircuitID { return b.deck.Circuit }
func (b *batches) len() int                     { return b.deck.Batches() }

func (b *batches) work(n int) message.Work {
	return message.Work{Model: b.deck.Model, Policy: b.policy, Batch: uint64(n)}
}

func (b *batches) has(n int) (bool, error) { return b.folder.Has(n) }

func (b *batches) seal(key ed25519.PrivateKey, to message.Worker, a *message.Ask, n int) ([]byte, error) {
	return message.Seal(key, to, a, b.deck.Batch(n))
}

func (b *batches) check(n int, proof []byte) error { return b.folder.Check(n, proof) }
func (b *batches) add(n int, proof []byte) error   { return b.folder.Add(n, proof) }

// tokens are some of a drawn drop's.
type tokens struct {
	drop   *drop.Drop
	folder *prover.TokenFolder
	list   []prover.Token
	inputs [][32]byte // message.InputsOf, one a token
	there  []bool     // in the folder, at first
}

// Tokens are the jobs of a drawn drop's tokens, each of which has its receipt. Nothing is given out
// unless all of them obey the policy. The values of any token hold the drop's seed and blind, from
// which all its tokens follow: they are sealed to workers of this process alone, unless share says
// that every enrolled worker may know them.
func Tokens(d *drop.Drop, folder *prover.TokenFolder, list []prover.Token, share bool) (Source, error) {
	t := &tokens{drop: d, folder: folder, list: slices.Clone(list)}
	if len(list) == 0 {
		return Source{}, errors.New("there are no tokens to prove")
	}
	seen := make(map[uint64]bool, len(list))
	for _, token := range list {
		if seen[token.ID] {
			return Source{}, fmt.Errorf("token %d is named twice", token.ID)
		}
		seen[token.ID] = true
		s, there, err := folder.Has(token)
		if err != nil {
			return Source{}, err
		}
		inputs := s.Vector()
		t.inputs, t.there = append(t.inputs, message.InputsOf(inputs[:])), append(t.there, there)
	}
	return Source{source: t, here: !share}, nil
}

func (t *tokens) circuit() statement.CircuitID { return t.drop.Circuit }
func (t *tokens) len() int                     { return len(t.list) }

func (t *tokens) work(n int) message.Work {
	c := t.drop.Commitments
	return message.Work{Model: c.Model, Policy: c.Policy, Token: t.list[n].ID, Inputs: t.inputs[n]}
}

func (t *tokens) has(n int) (bool, error) { return t.there[n], nil }

func (t *tokens) seal(key ed25519.PrivateKey, to message.Worker, a *message.Ask, n int) ([]byte, error) {
	inputs, hidden, err := t.folder.Vector(t.list[n])
	if err != nil {
		return nil, err
	}
	return message.SealVector(key, to, a, inputs, hidden)
}

func (t *tokens) check(n int, proof []byte) error { return t.folder.Check(t.list[n], proof) }
func (t *tokens) add(n int, proof []byte) error   { return t.folder.Add(t.list[n], proof) }

// A Source is what the jobs of a drop are made of: [Batches] or [Tokens].
type Source struct {
	source
	here bool // its hidden values are for workers of this process alone
}
