package chain

import (
	"context"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/solidity"
	"github.com/genproof/genproof/verifier/key"
)

// CheckOptions are what a minted drop is compared with. That the bundles verify is the
// business of package verifier; here it is that the chain says the same as they do.
type CheckOptions struct {
	Description *bundle.Description // nil: nothing is published, and the contract is checked alone
	Key         key.Verifying
	Tokens      []Token
}

// A CheckReport is what was found.
type CheckReport struct {
	Status    *Status
	Faults    []string // why the contract is not this drop's, or does not hold what was proven
	Warnings  []string // what a contract like this one leaves open
	Unchecked []string // what could not be looked at
	Minted    []uint64 // ids ever minted
	// TemplateBlock is where the template was set: later than the draws. 0: nowhere yet.
	TemplateBlock uint64
	Proofs        int // that the contract has accepted, and that hold in Go too
	Tokens        []TokenCheck
	Missing       []uint64 // have had a document of the description's template, and no bundle of it was given
}

// The states of a token's document.
const (
	DocumentAbsent    = "absent"    // the token is not minted
	DocumentCurrent   = "current"   // it is the token's
	DocumentReplaced  = "replaced"  // it was, until an update
	DocumentAnnounced = "announced" // it is the token's once its holder asks for it
)

// A TokenCheck is what was found about one token: of each bundle, and without bundles of
// each that was minted.
type TokenCheck struct {
	File     string
	ID       uint64
	Minted   bool
	Document string         // a state of the bundle's, or of the contract's if there is no bundle
	Owner    common.Address // zero if it was burned
	URI      string
	Fault    string
}

// OK reports whether nothing was found that differs.
func (r *CheckReport) OK() bool {
	return len(r.Faults) == 0 && len(r.Missing) == 0 && !slices.ContainsFunc(r.Tokens, func(t TokenCheck) bool { return t.Fault != "" })
}

func (r *CheckReport) fault(bad bool, format string, args ...any) {
	if bad {
		r.Faults = append(r.Faults, fmt.Sprintf(format, args...))
	}
}

// Check compares a minted drop with what was published of it: the code of all contracts,
// the constructor, the key, the commitments, the beacon and its round or block, and every token's digest, URI,
// document and proofs, as the contract's events have them. An error means that nothing
// could be compared.
func (c *Client) Check(ctx context.Context, contract common.Address, o CheckOptions) (*CheckReport, error) {
	s, err := c.Status(ctx, contract)
	if err != nil {
		return nil, err
	}
	h, err := c.history(ctx, s)
	if err != nil {
		return nil, err
	}
	r := &CheckReport{Status: s, Minted: h.minted()}
	r.checkContract()
	b, err := c.birth(ctx, contract, h.from, solidity.GenproofDrop, h.from.tx, h.first)
	if err != nil {
		return nil, err
	}
	r.checkOrigin(b)
	if err := c.checkBound(ctx, r); err != nil {
		return nil, err
	}
	if err := c.checkBeacon(ctx, r, h, b); err != nil {
		return nil, err
	}
	r.checkTemplate(h)
	if o.Description != nil {
		r.compare(o, h)
	}
	if n := len(h.armed); n > 1 {
		r.Warnings = append(r.Warnings, fmt.Sprintf("BEACON DRAWN %d TIMES: a hash was let be forgotten; the author may have chosen among draws.", n))
	}
	return r, c.checkTokens(ctx, r, h, o)
}

// checkContract looks at what has to be so, whatever the drop is.
func (r *CheckReport) checkContract() {
	s := r.Status
	r.fault(s.KeyFault != nil, "the key in the verifier at %s: %v", s.Verifier, s.KeyFault)
	r.fault(!s.KeyKnown, "the code at %s is not genproof's verifier", s.Verifier)
	r.fault(!s.Open, "the contract's beacon is not fixed")
	r.fault(s.Open && !s.HasTemplate(), "the contract's template is not set")
	r.fault(s.Open && s.beacon().Derive() != s.Beacon, "the contract's beacon does not follow from its entropy")
	if !s.Known {
		r.Warnings = append(r.Warnings, "OTHER CONTRACT: its code is not GenproofDrop's, and could answer anything. Read its source.")
	}
}

// compare looks at all but the tokens.
func (r *CheckReport) compare(o CheckOptions, h *history) {
	s, d := r.Status, o.Description
	if s.Key != nil {
		digest := s.Key.Digest()
		r.fault(digest != d.Key.Digest || string(s.Key.Bytes()) != string(o.Key.Bytes()), "the verifier has another key, %#x", digest)
	}
	first := withTemplate(s.Commitments, d.Commitments.Template)
	r.fault(first != d.Commitments, "the contract has other commitments than the drop")
	r.fault(first == d.Commitments && !s.isOrWas(d.Commitments.Template, h), "the contract has other commitments than the drop: its template was neither set nor announced")
	r.fault(s.FirstID != d.FirstID, "the contract's ids begin with %d, the drop's with %d", s.FirstID, d.FirstID)
	r.fault(s.Supply != d.Supply, "the contract has a supply of %d, the drop of %d", s.Supply, d.Supply)
	r.fault(s.Open && (s.Beacon != d.Beacon.Value || s.ChainID != d.Beacon.ChainID || [20]byte(s.Contract) != d.Beacon.Contract || s.Entropy != d.Beacon.Entropy),
		"the drop's beacon is not the contract's")
}

// isOrWas reports whether a template is the contract's first one, or was announced.
func (s *Status) isOrWas(template fr.Element, h *history) bool {
	return template == s.Commitments.Template || slices.Contains(h.templates, template)
}

// maxCallGas bounds a simulation: a malformed point burns all but a 64th of it.
const maxCallGas = 10_000_000

// try simulates a transaction.
func (c *Client) try(ctx context.Context, from, to common.Address, data []byte) error {
	_, err := c.backend.CallContract(ctx, ethereum.CallMsg{From: from, To: &to, Data: data, Gas: maxCallGas}, nil)
	return reason(err)
}

// Try simulates a transaction as from an account, with ether in wei. The contract's no is a *Revert.
func (c *Client) Try(ctx context.Context, from, to common.Address, data []byte, value *big.Int) error {
	_, err := c.backend.CallContract(ctx, ethereum.CallMsg{From: from, To: &to, Data: data, Value: value, Gas: maxCallGas}, nil)
	return reason(err)
}

// Call calls a view of any contract. The contract's no is a *Revert.
func (c *Client) Call(ctx context.Context, to common.Address, data []byte) ([]byte, error) {
	out, err := c.backend.CallContract(ctx, ethereum.CallMsg{To: &to, Data: data, Gas: maxCallGas}, nil)
	return out, reason(err)
}

// TokenURI returns what a marketplace reads, and the CID in it.
func (c *Client) TokenURI(ctx context.Context, contract common.Address, id uint64) (uri, cid string, err error) {
	uri, err = read(ctx, c, contract, nil, dropABI.PackTokenURI(new(big.Int).SetUint64(id)), dropABI.UnpackTokenURI)
	return uri, strings.TrimPrefix(uri, "ipfs://"), err
}
