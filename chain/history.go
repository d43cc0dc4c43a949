package chain

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/genproof/genproof/circuits/statement"
)

// A history is what a contract's events tell, in their order.
type history struct {
	from      appearance   // of the contract
	first     common.Hash  // the transaction of its first event: its constructor's, if that told of anything
	armed     []arming     // the rounds or blocks that were to draw the beacon
	signature []byte       // drand's, that the beacon was fixed by; nil for a block's hash
	opened    place        // where the beacon was fixed
	set       []setting    // of the first template: one, in a contract of ours
	templates []fr.Element // that were announced
	tokens    map[uint64]*past
}

// A place is an event's: its block, and its number there. Zero: there was none.
type place struct {
	block uint64
	index uint
}

func (p place) before(q place) bool {
	return p.block < q.block || p.block == q.block && p.index < q.index
}

// An arming is an event that tells which round or block the beacon will come from.
type arming struct {
	place
	number *big.Int
}

// A setting is an event that tells the first template.
type setting struct {
	place
	template fr.Element
}

// A past is one token's.
type past struct {
	minted bool
	holder common.Address // zero before the mint and after a burn
	proofs []*shown       // the mint's, then each update's
}

// A shown is a proof that the contract says it has accepted. The event tells the statement
// and the document's digest as hashes only.
type shown struct {
	tx              common.Hash
	prompt, content common.Hash    // keccak256 of the nine inputs, and of the digest
	proof           []byte         // of any length
	holder          common.Address // whom the statement may name, if it does not name nobody
	known           bool           // digest is
	digest          [32]byte       // SHA-256 of the document
	template        fr.Element     // of the statement
	inputs          []fr.Element   // nil until the statement is found
}

var (
	transferTopic = crypto.Keccak256Hash([]byte("Transfer(address,address,uint256)"))
	signedTopic   = crypto.Keccak256Hash([]byte("BeaconSigned(uint64,bytes)"))
	armedTopic    = crypto.Keccak256Hash([]byte("BeaconArmed(uint256)"))
	openedTopic   = crypto.Keccak256Hash([]byte("Opened(uint256,bytes32,uint256)"))
	setTopic      = crypto.Keccak256Hash([]byte("TemplateSet(uint256)"))
	templateTopic = crypto.Keccak256Hash([]byte("TemplateScheduled(uint256,uint256)"))
	contentTopic  = crypto.Keccak256Hash([]byte("AigcData(uint256,bytes,bytes,bytes)"))
)

// history reads the contract's events up to a status's block.
func (c *Client) history(ctx context.Context, s *Status) (*history, error) {
	logs, from, err := c.logs(ctx, s.Contract, s.Block, [][]common.Hash{{transferTopic, armedTopic, signedTopic, openedTopic, setTopic, templateTopic, contentTopic}})
	if err != nil {
		return nil, fmt.Errorf("reading the contract's events: %w", err)
	}
	h := &history{from: from, tokens: map[uint64]*past{}}
	if len(logs) > 0 {
		h.first = logs[0].TxHash
	}
	for i := range logs {
		if err := h.add(&logs[i]); err != nil {
			return nil, fmt.Errorf("reading the contract's events: block %d: %w", logs[i].BlockNumber, err)
		}
	}
	return h, nil
}

func (h *history) add(l *types.Log) error {
	switch l.Topics[0] {
	case armedTopic:
		e, err := dropABI.UnpackBeaconArmedEvent(l)
		if err != nil {
			return errors.New("it arms a beacon of another form")
		}
		h.armed = append(h.armed, arming{place{l.BlockNumber, l.Index}, e.Number})
	case signedTopic:
		e, err := dropABI.UnpackBeaconSignedEvent(l)
		if err != nil {
			return errors.New("it tells a signature of another form")
		}
		h.signature = e.Signature
	case openedTopic:
		h.opened = place{l.BlockNumber, l.Index}
	case setTopic:
		e, err := dropABI.UnpackTemplateSetEvent(l)
		if err != nil || !isTemplate(e.Template) {
			return errors.New("it sets a template that is none")
		}
		h.set = append(h.set, setting{place{l.BlockNumber, l.Index}, *new(fr.Element).SetBigInt(e.Template)})
	case templateTopic:
		e, err := dropABI.UnpackTemplateScheduledEvent(l)
		if err != nil || !isTemplate(e.Template) {
			return errors.New("it announces a template that is none")
		}
		h.templates = append(h.templates, *new(fr.Element).SetBigInt(e.Template))
	case transferTopic:
		e, err := dropABI.UnpackTransferEvent(l)
		if err != nil {
			return errors.New("a transfer has another form than ERC-721's")
		}
		return h.transfer(e.TokenId, e.From, e.To)
	case contentTopic:
		e, err := dropABI.UnpackAigcDataEvent(l)
		if err != nil {
			return errors.New("a token's content has another form than ERC-7007's")
		}
		p, err := h.of(e.TokenId)
		if err != nil {
			return err
		}
		p.proofs = append(p.proofs, &shown{tx: l.TxHash, prompt: e.Prompt, content: e.AigcData, proof: e.Proof, holder: p.holder})
	}
	return nil
}

// isTemplate reports whether a number is a template's commitment: an element, and not 0.
func isTemplate(v *big.Int) bool { return v != nil && v.Sign() > 0 && v.Cmp(fr.Modulus()) < 0 }

// transfer follows a token. The proof of a mint comes before its first transfer.
func (h *history) transfer(id *big.Int, from, to common.Address) error {
	p, err := h.of(id)
	if err != nil {
		return err
	}
	if from == (common.Address{}) {
		p.minted = true
		if n := len(p.proofs); n > 0 {
			p.proofs[n-1].holder = to
		}
	}
	p.holder = to
	return nil
}

func (h *history) of(id *big.Int) (*past, error) {
	if !id.IsUint64() {
		return nil, errors.New("a token's id has more than 64 bits")
	}
	p := h.tokens[id.Uint64()]
	if p == nil {
		p = new(past)
		h.tokens[id.Uint64()] = p
	}
	return p, nil
}

// minted returns the ids that were ever minted.
func (h *history) minted() (ids []uint64) {
	for _, id := range slices.Sorted(maps.Keys(h.tokens)) {
		if h.tokens[id].minted {
			ids = append(ids, id)
		}
	}
	return ids
}

// has reports whether a token ever had a document.
func (p *past) has(digest [32]byte) bool {
	content := crypto.Keccak256Hash(digest[:])
	return p != nil && slices.ContainsFunc(p.proofs, func(e *shown) bool { return e.content == content })
}

// under reports whether a token ever had a document of a template.
func (p *past) under(template fr.Element) bool {
	return p != nil && slices.ContainsFunc(p.proofs, func(e *shown) bool { return e.inputs != nil && e.template == template })
}

// Minted returns the ids that were ever minted, by the contract's events.
func (c *Client) Minted(ctx context.Context, s *Status) ([]uint64, error) {
	h, err := c.history(ctx, s)
	if err != nil {
		return nil, err
	}
	return h.minted(), nil
}

// know finds the digest of an event: among those that are known, or else in the data of
// its transaction, where a contract's caller writes it as a word of its own.
func (c *Client) know(ctx context.Context, e *shown, known ...[32]byte) error {
	try := func(digest [32]byte) bool {
		if e.known = crypto.Keccak256Hash(digest[:]) == e.content; e.known {
			e.digest = digest
		}
		return e.known
	}
	if slices.ContainsFunc(known, try) {
		return nil
	}
	tx, _, err := c.backend.TransactionByHash(ctx, e.tx)
	if errors.Is(err, ethereum.NotFound) || errors.Is(err, types.ErrTxTypeNotSupported) {
		return nil // other chains have other transactions
	}
	if err != nil {
		return fmt.Errorf("reading transaction %s: %w", e.tx, withoutURL(err))
	}
	for data := tx.Data(); len(data) >= 4+32 && !try([32]byte(data[4:36])); {
		data = data[32:]
	}
	return nil
}

// find looks for the statement that an event's prompt is the hash of, among those of this
// drop about a token and a digest.
func (s *Status) find(e *shown, id uint64, templates []fr.Element) bool {
	for _, template := range templates {
		for _, recipient := range []common.Address{{}, e.holder} {
			c := s.Commitments
			inputs := statement.Statement{
				Model: c.Model, Policy: c.Policy, Template: template, Authority: c.Authority, Seeds: c.Seeds, Beacon: s.Beacon,
				Recipient: recipient, ID: id, Metadata: e.digest,
			}.Vector()
			var prompt bytes.Buffer
			for _, x := range inputs {
				word := x.Bytes()
				prompt.Write(word[:])
			}
			if crypto.Keccak256Hash(prompt.Bytes()) == e.prompt {
				e.template, e.inputs = template, inputs[:]
				return true
			}
		}
	}
	return false
}

// Blocks that one question about events spans: first, and at least.
const firstStep, leastStep = 2_000, 100

// logs reads a contract's events from its deployment on, up to a block. Nodes bound the range of one answer,
// each in its way: it is doubled as long as they answer, and halved when they do not.
func (c *Client) logs(ctx context.Context, contract common.Address, head uint64, topics [][]common.Hash) (all []types.Log, begin appearance, err error) {
	if begin, err = c.appearance(ctx, contract, head); err != nil {
		return nil, begin, err
	}
	from := begin.block
	for step := uint64(firstStep); from <= head; {
		to := min(from+step-1, head)
		logs, err := c.backend.FilterLogs(ctx, ethereum.FilterQuery{
			FromBlock: new(big.Int).SetUint64(from), ToBlock: new(big.Int).SetUint64(to), Addresses: []common.Address{contract}, Topics: topics,
		})
		if err != nil && step > leastStep && ctx.Err() == nil {
			step /= 2
			continue
		}
		if err != nil {
			return nil, begin, withoutURL(err)
		}
		for _, l := range logs {
			if len(l.Topics) > 0 && l.Address == contract && !l.Removed {
				all = append(all, l)
			}
		}
		from = to + 1
		step *= 2
	}
	return all, begin, nil
}
