package publication

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits"
	"github.com/genproof/genproof/circuits/rule"
	"github.com/genproof/genproof/verifier"
)

// ErrShown says that a file is a claim or a disclosure: it is shown, and not published.
var ErrShown = errors.New("this is a claim about a card or a disclosure of one, and nothing that is published")

// ErrAlone says that nobody named the deck that a claim or a disclosure is about.
var ErrAlone = errors.New("a claim or a disclosure alone says nothing about its deck")

// ErrClaimKey says that the key that is trusted is for no claim.
var ErrClaimKey = errors.New("the verifying key is for no claim: a deck's proofs have another")

// JudgeClaim judges a claim about a card of the deck that t trusts: a claim alone says nothing
// about its deck. [Trust.Key], if it is there, is the claims' key, not the deck's. o says who the
// reader is; what it says of the key is replaced.
func JudgeClaim(ctx context.Context, data []byte, t Trust, o verifier.ClaimOptions) (*verifier.ClaimReport, error) {
	c, err := bundle.UnmarshalClaim(data)
	if err != nil {
		return nil, err
	}
	if err := t.needDeck(); err != nil {
		return nil, err
	}
	if o.Key = t.Key; o.Key == nil {
		if o.Key, err = verifier.ClaimKey(c); err != nil {
			return nil, err
		}
	}
	if o.Key.NbInputs() != rule.NbInputs {
		return nil, ErrClaimKey
	}
	id, err := verifier.ClaimCircuit(t.Deck)
	if err != nil {
		return nil, err
	}
	circuit, digest := id.String(), o.Key.Digest()
	if o.KeyProvenance = ""; t.Keys != nil {
		o.KeyProvenance = t.Keys.KeyProvenance(ctx, circuit, digest)
	}
	o.Pinned, o.Verified = circuits.IsPinned(t.pins(), circuit, digest), circuits.IsPinned(t.Verified, circuit, digest)
	return verifier.VerifyClaim(t.Deck, c, o)
}

// JudgeDisclosure judges a disclosure of a card, or of facts, of the deck that t trusts.
func JudgeDisclosure(data []byte, t Trust) (*verifier.DisclosureReport, error) {
	d, err := bundle.UnmarshalDisclosure(data)
	if err != nil {
		return nil, err
	}
	if err := t.needDeck(); err != nil {
		return nil, err
	}
	return verifier.VerifyDisclosure(t.Deck, d)
}

// Describe trusts a description, of a deck or of a drawn drop.
func (t *Trust) Describe(data []byte) (err error) {
	if t.Deck, t.Description = nil, nil; bundle.IsDeck(data) {
		t.Deck, err = bundle.UnmarshalDeck(data)
	} else {
		t.Description, err = bundle.UnmarshalDescription(data)
	}
	return err
}

// DescribeFrom trusts the description that a source holds.
func (t *Trust) DescribeFrom(from Source) error {
	data, err := from.Read(bundle.DescriptionFile, bundle.MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: no %s", ErrNoDescription, bundle.DescriptionFile)
	}
	if err != nil {
		return err
	}
	if err = t.Describe(data); err != nil {
		err = fmt.Errorf("%s: %w", bundle.DescriptionFile, err)
	}
	return err
}

// needDeck sees that a deck is trusted.
func (t *Trust) needDeck() error {
	switch {
	case t.Deck != nil:
		return nil
	case t.Description != nil:
		return ErrNoDeck
	}
	return ErrAlone
}
