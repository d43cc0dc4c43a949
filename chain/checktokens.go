package chain

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/genproof/genproof/circuits/document"
	"github.com/genproof/genproof/verifier/key"
)

// A present is what the contract says of a token now.
type present struct {
	digest [32]byte // zero: not minted
	owner  common.Address
	uri    string
}

// checkTokens looks at every token that was minted or is published.
func (c *Client) checkTokens(ctx context.Context, r *CheckReport, h *history, o CheckOptions) error {
	given := map[uint64][]Token{}
	ids := slices.Collect(maps.Keys(h.tokens))
	for _, t := range o.Tokens {
		id := t.Bundle.Statement.ID
		given[id] = append(given[id], t)
		ids = append(ids, id)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	reasons := map[uint64]string{}
	now := map[uint64]*present{}
	for _, id := range ids {
		var err error
		if now[id], err = c.present(ctx, r.Status, id); err != nil {
			return fmt.Errorf("reading token %d: %w", id, err)
		}
		if reasons[id], err = c.checkPast(ctx, r, h, id, now[id].digest, given[id]); err != nil {
			return fmt.Errorf("reading token %d: %w", id, err)
		}
	}
	if err := r.verify(ctx, h, reasons); err != nil {
		return err
	}
	for _, id := range ids {
		r.addToken(h, o, id, now[id], given[id], reasons[id])
	}
	return nil
}

func (c *Client) present(ctx context.Context, s *Status, id uint64) (*present, error) {
	n, p := new(big.Int).SetUint64(id), new(present)
	r := &reader{ctx: ctx, c: c, at: s.Contract, block: new(big.Int).SetUint64(s.Block)}
	p.digest = view(r, dropABI.PackDigestOf(n), dropABI.UnpackDigestOf)
	if r.err != nil || p.digest == [32]byte{} {
		return p, r.err
	}
	p.owner = view(r, dropABI.PackOwnerOf(n), dropABI.UnpackOwnerOf)
	var no *Revert
	if errors.As(r.err, &no) && no.Name == "ERC721NonexistentToken" {
		return p, nil // burned
	}
	p.uri = view(r, dropABI.PackTokenURI(n), dropABI.UnpackTokenURI)
	return p, r.err
}

// checkPast finds the statement of every proof of a token, and says what does not fit.
func (c *Client) checkPast(ctx context.Context, r *CheckReport, h *history, id uint64, digest [32]byte, given []Token) (fault string, err error) {
	p := h.tokens[id]
	switch minted := p != nil && p.minted; {
	case minted != (digest != [32]byte{}):
		return "its digest and the contract's events do not agree on whether it was minted", nil
	case !minted:
		return "", nil
	case len(p.proofs) == 0:
		return "it was minted without an event of its proof", nil
	}
	known := [][32]byte{digest}
	for _, t := range given {
		known = append(known, t.Bundle.Statement.Metadata)
	}
	templates := append([]fr.Element{r.Status.Commitments.Template}, h.templates...)
	for i, e := range p.proofs {
		if err := c.know(ctx, e, known...); err != nil {
			return "", err
		}
		switch last := i == len(p.proofs)-1; {
		case last && (!e.known || e.digest != digest):
			return "its digest is not the one of its last event", nil
		case !e.known:
			r.Unchecked = append(r.Unchecked, fmt.Sprintf("the proof of an earlier document of token %d: transaction %s does not show the document's digest", id, e.tx))
		case !r.Status.find(e, id, templates):
			return fmt.Sprintf("what was proven for it in transaction %s is not a statement of this drop", e.tx), nil
		}
	}
	return "", nil
}

// verify verifies all proofs whose statements are found, all together.
func (r *CheckReport) verify(ctx context.Context, h *history, reasons map[uint64]string) error {
	if r.Status.Key == nil {
		return nil
	}
	var ids []uint64
	var inputs [][]fr.Element
	var proofs [][]byte
	for _, id := range slices.Sorted(maps.Keys(h.tokens)) {
		for _, e := range h.tokens[id].proofs {
			if e.inputs == nil {
				continue
			}
			ids, inputs, proofs = append(ids, id), append(inputs, e.inputs), append(proofs, e.proof)
		}
	}
	errs, err := key.CheckAll(ctx, r.Status.Key, inputs, proofs)
	if err != nil {
		return err
	}
	for i, err := range errs {
		if err != nil {
			reasons[ids[i]] = "the proof in the contract's event does not verify"
			continue
		}
		r.Proofs++
	}
	return nil
}

// addToken reports on a token: on each of its bundles, or else on what the contract has.
func (r *CheckReport) addToken(h *history, o CheckOptions, id uint64, now *present, given []Token, fault string) {
	t := TokenCheck{ID: id, Minted: now.digest != [32]byte{}, Document: DocumentAbsent, Owner: now.owner, URI: now.uri, Fault: fault}
	if t.Minted {
		t.Document = DocumentCurrent
	}
	if want := "ipfs://" + document.DigestCID(now.digest); now.uri != "" && now.uri != want && t.Fault == "" {
		t.Fault = fmt.Sprintf("its tokenURI is %.100q", now.uri)
	}
	switch {
	case o.Description == nil:
		r.Tokens = append(r.Tokens, t)
	case len(given) == 0:
		r.fault(t.Fault != "", "token %d: %s", id, t.Fault)
		if h.tokens[id].under(o.Description.Commitments.Template) {
			r.Missing = append(r.Missing, id)
		}
	}
	for _, token := range given {
		own := t
		r.Status.compareToken(&own, h.tokens[id], now.digest, token, o.Description.Commitments.Template)
		r.Tokens = append(r.Tokens, own)
	}
}

// compareToken compares a bundle, which has to be of a template, with the contract's token.
func (s *Status) compareToken(t *TokenCheck, p *past, digest [32]byte, token Token, template fr.Element) {
	b := token.Bundle
	t.File = token.File
	fault := func(why string) {
		if t.Fault == "" {
			t.Fault = why
		}
	}
	if err := s.ofThisDrop(b, template); err != nil {
		fault(err.Error())
	}
	switch {
	case !t.Minted || digest == b.Statement.Metadata:
	case p.has(b.Statement.Metadata):
		t.Document = DocumentReplaced
	case template != s.Commitments.Template && !p.under(template):
		t.Document = DocumentAnnounced
	default:
		t.Document = DocumentReplaced
		fault("the contract has another digest for it")
	}
}
