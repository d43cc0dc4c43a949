package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/ethereum/go-ethereum/common"
	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/chain"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/ipfs/car"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/publication/verdict"
	"github.com/genproof/genproof/verifier"
)

// A lookup asks whether one file is a token's document, or the image that one names. FORMAT.md of
// package bundle, section 18, is the form of its answer.
type lookup struct {
	Version      uint64                `json:"version"`
	Kind         string                `json:"kind"`
	Verdict      verifier.Level        `json:"verdict"`
	Reason       string                `json:"reason"`
	File         lookupFile            `json:"file"`
	Contract     lookupContract        `json:"contract"`
	Matches      []match               `json:"matches"`
	Read         int                   `json:"documents_read"` // to find an image
	Key          verdict.Key           `json:"key"`
	Reservations []verdict.Reservation `json:"reservations"`
	NotChecked   []string              `json:"not_checked"`
	Unmet        []string              `json:"required_and_left,omitempty"` // of --require

	cards         uint64 // of a deck
	model, author string // what the contract says; a deck's author
}

type lookupFile struct {
	Kind   string `json:"kind"` // document or image
	Digest string `json:"sha256"`
	Bytes  int    `json:"bytes"`
}

type lookupContract struct {
	ChainID  uint64 `json:"chain_id"`
	Contract string `json:"contract"`
	Block    uint64 `json:"block"`
	Name     string `json:"name"`
	Deck     bool   `json:"deck"`
}

// A match is a card or a token whose document has the file's bytes, or names them as its image.
type match struct {
	Card    *uint64 `json:"card,omitempty"`    // of a deck
	Token   *uint64 `json:"token,omitempty"`   // missing while it is not drawn
	State   string  `json:"state"`             // minted, not minted, burned or not drawn
	URI     string  `json:"uri"`               // the contract's tokenURI; of a token that is not there empty
	Member  string  `json:"member,omitempty"`  // of the document, that names the image
	Address string  `json:"address,omitempty"` // of the image there
	Fault   string  `json:"fault"`
	cid     car.CID // the document's
}

// The kinds of files that are looked up.
const (
	kindDocument = "document"
	kindImage    = "image"
)

// isLookup reports whether a file that is no publication is to be looked for in a contract.
func isLookup(c *cli.Context, where string, opened error) bool {
	if c.String("contract") == "" || c.String("rpc") == "" && c.String("rpc-file") == "" {
		return false
	}
	switch {
	case errors.Is(opened, publication.ErrUnknown), errors.Is(opened, publication.ErrDocument), errors.Is(opened, files.ErrTooLarge):
		return true
	case errors.Is(opened, publication.ErrLone): // a bundle, or a document without attributes
		data, err := files.Read(where, bundle.MaxBytes)
		if err != nil {
			return false
		}
		_, err = bundle.Unmarshal(data)
		return err != nil
	}
	return false
}

// verifyFile says which card or token of a contract a document or an image is of.
func (p *program) verifyFile(c *cli.Context, where string) error {
	data, err := files.Read(where, publication.MaxImage)
	if err != nil {
		return err
	}
	at, err := contractAddress(c.String("contract"))
	if err != nil {
		return err
	}
	client, err := p.reading(c)
	if err != nil {
		return err
	}
	digest := sha256.Sum256(data)
	r := &lookup{Version: verifier.ReportVersion, Kind: "lookup", File: lookupFile{kindDocument, hexOf(digest[:]), len(data)}, Matches: []match{}, NotChecked: []string{}}
	candidates, err := p.candidates(c, client, at, r)
	if err != nil {
		return err
	}
	if c.IsSet("token") {
		if candidates, err = onlyToken(c, candidates); err != nil {
			return err
		}
	}
	r.findDocument(candidates, data)
	if len(r.Matches) == 0 && !isText(data) {
		r.File.Kind = kindImage
		if err := p.findImage(c, r, candidates, data); err != nil {
			return err
		}
	}
	if r.Contract.Deck {
		if err := fillTokens(c, client, at, r); err != nil {
			return err
		}
	}
	list, err := p.denials(c.String("deny"))
	if err != nil {
		return err
	}
	if why := denied(list, known{"key": {r.Key.Digest}, "model": {r.model}, "author": {r.author}, "contract": {r.Contract.Contract}}); why != "" {
		r.Reason = why
	}
	r.decide()
	return p.endLookup(c, r)
}

// isText reports whether a file can be a document: JSON, if nothing else is known of it.
func isText(data []byte) bool {
	return strings.HasPrefix(strings.TrimLeft(string(data[:min(len(data), 64)]), " \t\r\n"), "{")
}

// candidates checks the contract from its chain, and lists the documents that it holds digests of.
func (p *program) candidates(c *cli.Context, client *chain.Client, at common.Address, r *lookup) (list []match, err error) {
	isDeck, err := client.IsDeck(c.Context, at)
	if err != nil {
		return nil, err
	}
	if isDeck {
		alone, err := client.CheckDeckAlone(c.Context, at, nil)
		if err != nil {
			return nil, err
		}
		return r.ofDeck(c, alone), nil
	}
	check, err := client.Check(c.Context, at, chain.CheckOptions{})
	if err != nil {
		return nil, err
	}
	return r.ofDrop(c, check)
}

func (r *lookup) ofDeck(c *cli.Context, alone *chain.DeckAloneReport) (list []match) {
	s := alone.Status
	r.Contract, r.cards = lookupContract{s.ChainID, s.Contract.Hex(), s.Block, s.Name, true}, uint64(s.Terms.Cards)
	r.model, r.author = hexOf(s.Terms.Model.FillBytes(make([]byte, 32))), s.Terms.Author.Hex()
	var circuits []string
	for _, id := range s.Circuits() {
		circuits = append(circuits, id.String())
	}
	r.take(keyOnChain(c, s.Key, circuits), alone.Faults, alone.Warnings, alone.Unchecked)
	for card := range uint64(s.Terms.Cards) {
		digest, _, ok := alone.Digest(card)
		if !ok {
			continue
		}
		m := match{Card: &card, State: "not drawn", cid: rawCID(digest)}
		if id, drawn := s.TokenOf(card); drawn {
			m.Token, m.State = &id, ""
		}
		list = append(list, m)
	}
	return list
}

func (r *lookup) ofDrop(c *cli.Context, check *chain.CheckReport) (list []match, err error) {
	s := check.Status
	r.Contract = lookupContract{s.ChainID, s.Contract.Hex(), s.Block, s.Name, false}
	r.model = hexElement(s.Commitments.Model)
	r.take(keyOnChain(c, s.Key, circuitNames()), check.Faults, check.Warnings, check.Unchecked)
	for _, t := range check.Tokens {
		cid, err := car.DecodeCID(strings.TrimPrefix(t.URI, ipfsScheme))
		if err != nil {
			continue // it was burned, or its fault is told by the contract's own check
		}
		list = append(list, match{Token: &t.ID, State: "minted", URI: t.URI, Fault: t.Fault, cid: cid})
	}
	r.NotChecked = append(r.NotChecked, "documents that tokens had before an update")
	return list, nil
}

// take adds what the contract's own check found.
func (r *lookup) take(k verdict.Key, faults, warnings, unchecked []string) {
	if r.Key = k; len(faults) > 0 {
		r.Reason = "on the chain: " + faults[0]
	}
	r.Reservations = contractReservations(warnings)
	r.NotChecked = append(append(r.NotChecked, "what model, rule and authority stand behind the contract's commitments: verify the publication too"), unchecked...)
}

// rawCID is that of a document with this SHA-256.
func rawCID(digest [32]byte) car.CID {
	c := car.Raw(nil)
	copy(c[4:], digest[:])
	return c
}

func onlyToken(c *cli.Context, candidates []match) ([]match, error) {
	id := c.Uint64("token")
	for _, m := range candidates {
		if m.Token != nil && *m.Token == id {
			return []match{m}, nil
		}
	}
	for _, m := range candidates {
		if m.Token == nil {
			return nil, console.Hint(chain.ErrNotDrawn, "leave --token out: the file's card is told")
		}
	}
	return nil, fmt.Errorf("the contract has no document of token %d", id)
}

func (r *lookup) findDocument(candidates []match, data []byte) {
	own := car.Raw(data)
	for _, m := range candidates {
		if m.cid == own {
			r.Matches = append(r.Matches, m)
		}
	}
}

// maxMatches are asked of the contract one by one: cards with one document are told apart by nothing.
const maxMatches = 64

// fillTokens asks a deck's contract for the tokens of the cards that were found.
func fillTokens(c *cli.Context, client *chain.Client, at common.Address, r *lookup) error {
	if len(r.Matches) == 0 {
		return nil
	}
	if len(r.Matches) > maxMatches {
		return fmt.Errorf("%d cards have this file: name a --token", len(r.Matches))
	}
	s, err := client.DeckStatus(c.Context, at)
	if err != nil {
		return err
	}
	for i := range r.Matches {
		m := &r.Matches[i]
		if m.Token == nil {
			continue
		}
		t, err := client.Token(c.Context, s, *m.Token)
		if err != nil {
			return err
		}
		switch m.URI, m.Fault = t.URI, t.Fault; {
		case t.Missing != "":
			m.State = strings.TrimPrefix(strings.TrimSuffix(t.Missing, " yet"), "it was ")
			m.State = strings.TrimPrefix(m.State, "it is ")
		default:
			m.State = "minted"
		}
	}
	return nil
}
