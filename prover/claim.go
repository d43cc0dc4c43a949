package prover

import (
	"context"
	"fmt"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/setup"
)

// A ClaimProver proves claims about the cards of one deck, with one key.
type ClaimProver struct {
	deck    *drop.Deck
	backend *backend
	key     bundle.Key
}

// ClaimCircuit returns the circuit of claims about a deck's cards.
func ClaimCircuit(d *drop.Deck) statement.CircuitID {
	return statement.CircuitID{Binding: statement.Rule, Size: d.Circuit.Size}
}

// NewClaims returns a prover of claims with keys of [ClaimCircuit].
func NewClaims(d *drop.Deck, keys setup.Keys) (*ClaimProver, error) {
	info := keys.Info()
	if want := ClaimCircuit(d).String(); info.Circuit.ID != want {
		return nil, fmt.Errorf("proving a claim about %s: the keys are those of %s, want %s", d.Name, info.Circuit.ID, want)
	}
	backend, err := backendOf(keys)
	if err != nil {
		return nil, err
	}
	return &ClaimProver{d, backend, bundle.Key{Digest: info.Verifying.Digest(), Provenance: info.Provenance}}, nil
}

// Prove returns the claim that a rule, in CEL, holds for a card; the proof in it has been
// verified. If the rule does not hold the error is [rule.ErrRule], which says no more.
func (p *ClaimProver) Prove(ctx context.Context, card int, text string, audience bundle.Audience) (*bundle.Claim, error) {
	if err := audience.Check(); err != nil {
		return nil, fmt.Errorf("the audience%w", err)
	}
	compiled, program, err := p.deck.Rule(text)
	if err != nil {
		return nil, err
	}
	secret, err := p.deck.Claim(card, compiled, audience.Context())
	if err != nil {
		return nil, err
	}
	result, err := rule.Generate(secret)
	if err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	inputs := result.Statement.Vector()
	proof, err := p.backend.proof(inputs[:], result.Assignment)
	if err != nil {
		return nil, fmt.Errorf("card %d: %w", card, err)
	}
	return &bundle.Claim{
		Version: bundle.Version, Kind: bundle.KindClaim, Model: result.Statement.Model, Card: uint64(card), Rule: text, Program: program,
		Audience: audience, Proof: proof, Key: p.key, VerifyingKey: p.backend.verifying.Bytes(),
	}, nil
}
