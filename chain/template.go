package chain

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
)

// An Announcement says which template holders can ask for, and from when.
type Announcement struct {
	Template fr.Element
	From     time.Time
	Tx       common.Hash
	Gas      uint64
	Reused   bool // it was announced before: nothing was sent
}

// ErrReplaces says that another template is announced, which a new one would replace.
var ErrReplaces = errors.New("another template is announced, which this one would replace")

// Announce announces the template of a drop that has all else in common with the contract's.
// The one that is announced is not announced again, which would begin its notice anew; in
// place of another one only with replace. A dry run returns nil.
func (c *Client) Announce(ctx context.Context, contract common.Address, next bundle.Commitments, beacon fr.Element, replace bool) (*Announcement, error) {
	s, err := c.Status(ctx, contract)
	if err != nil {
		return nil, err
	}
	if err := s.mayAnnounce(next, beacon); err != nil {
		return nil, fmt.Errorf("announcing the template: %w", err)
	}
	a := &Announcement{Template: next.Template, Reused: true}
	if s.TemplateFrom == 0 || s.NextTemplate != next.Template {
		if s.TemplateFrom != 0 && !replace {
			return nil, fmt.Errorf("announcing the template: %w: %s", ErrReplaces, s.inForce())
		}
		subject := next.Template.Bytes()
		receipt, err := c.send(ctx, Entry{Event: EventTemplate, Contract: contract, Subject: subject[:]}, &contract, dropABI.PackScheduleTemplate(next.Template.BigInt(new(big.Int))))
		if errors.Is(err, errDry) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("announcing the template: %w", err)
		}
		a.Tx, a.Gas, a.Reused = receipt.TxHash, receipt.GasUsed, false
		if s, err = c.Status(ctx, contract); err != nil {
			return nil, err
		}
	}
	a.From = time.Unix(int64(s.TemplateFrom), 0).UTC()
	return a, nil
}

// mayAnnounce reports whether a drop differs from the contract's in its template alone.
func (s *Status) mayAnnounce(next bundle.Commitments, beacon fr.Element) error {
	switch other := s.others(next, beacon); {
	case !s.Open:
		return errNotOpen
	case !s.HasTemplate():
		return errors.New("the drop's first template is not set yet")
	case len(other) > 0:
		return fmt.Errorf("drop and contract differ in more than the template: %s", strings.Join(other, ", "))
	case next.Template == s.Commitments.Template:
		return errors.New("it is the contract's first template")
	}
	return nil
}

// inForce says when the announced template holds.
func (s *Status) inForce() string {
	return fmt.Sprintf("%#x, in force from %s", s.NextTemplate.Bytes(), time.Unix(int64(s.TemplateFrom), 0).UTC().Format(time.RFC3339))
}
