package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
)

// A Setting says which template a contract mints under.
type Setting struct {
	Template fr.Element
	Tx       common.Hash
	Gas      uint64
	Reused   bool // it was set before: nothing was sent
}

var errNotOpen = errors.New("the drop is not open: its beacon is not fixed yet")

// ErrTemplateSet says that a contract's template is another one, which nobody can change.
var ErrTemplateSet = errors.New("the contract's template is another one, and is set once")

// SetTemplate sets the template of a drop that has all else in common with the contract's: the
// owner does it, once, after the beacon. What is set already is not sent again. A dry run
// returns nil.
func (c *Client) SetTemplate(ctx context.Context, contract common.Address, own bundle.Commitments, beacon fr.Element) (*Setting, error) {
	s, err := c.Status(ctx, contract)
	if err != nil {
		return nil, err
	}
	if err := s.maySetTemplate(own, beacon); err != nil {
		return nil, fmt.Errorf("setting the template: %w", err)
	}
	out := &Setting{Template: own.Template, Reused: s.HasTemplate()}
	if out.Reused {
		return out, nil
	}
	subject := own.Template.Bytes()
	receipt, err := c.send(ctx, Entry{Event: EventSet, Contract: contract, Subject: subject[:]}, &contract, dropABI.PackSetTemplate(own.Template.BigInt(new(big.Int))))
	if errors.Is(err, errDry) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("setting the template: %w", err)
	}
	out.Tx, out.Gas = receipt.TxHash, receipt.GasUsed
	return out, nil
}

func (s *Status) maySetTemplate(own bundle.Commitments, beacon fr.Element) error {
	switch other := s.others(own, beacon); {
	case !s.Open:
		return errNotOpen
	case len(other) > 0:
		return fmt.Errorf("drop and contract differ in more than the template: %s", strings.Join(other, ", "))
	case own.Template.IsZero():
		return errors.New("a template of 0 is none")
	case s.HasTemplate() && s.Commitments.Template != own.Template:
		return fmt.Errorf("%w: %#x", ErrTemplateSet, s.Commitments.Template.Bytes())
	}
	return nil
}

// others names what a drop and a contract differ in besides the template.
func (s *Status) others(own bundle.Commitments, beacon fr.Element) (names []string) {
	for _, e := range []struct {
		name      string
		own, mine fr.Element
	}{
		{"model", own.Model, s.Commitments.Model}, {"policy", own.Policy, s.Commitments.Policy},
		{"authority", own.Authority, s.Commitments.Authority}, {"seeds", own.Seeds, s.Commitments.Seeds}, {"beacon", beacon, s.Beacon},
	} {
		if e.own != e.mine {
			names = append(names, e.name)
		}
	}
	return names
}

// checkTemplate checks by the contract's events that its template was set once, and behind the
// beacon, so that its author knew what was drawn.
func (r *CheckReport) checkTemplate(h *history) {
	s := r.Status
	if !s.HasTemplate() {
		return
	}
	if len(h.set) != 1 || h.set[0].template != s.Commitments.Template {
		r.fault(true, "the contract's events do not tell that its template was set, and once")
		return
	}
	at := h.set[0].place
	r.TemplateBlock = at.block
	byBlock := s.BeaconSource == common.Address{}
	r.fault(h.opened == (place{}) || at.before(h.opened) || byBlock && at.block <= s.BeaconBlock,
		"the contract's template was set in block %d, which is not behind its beacon's", at.block)
}
