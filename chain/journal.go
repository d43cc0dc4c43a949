package chain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/genproof/genproof/files"
)

// The events of a journal.
const (
	EventVerifier = "verifier"
	EventPlonk    = "plonk"  // gnark's contract, which the verifier calls
	EventBeacon   = "beacon" // checks drand's signatures; the chain's hash is the subject
	EventContract = "contract"
	EventMetadata = "metadata" // says which circuit a verifier's key is of
	EventOpen     = "open"
	EventAdmit    = "admit"
	EventSale     = "sale"   // opened or closed
	EventReveal   = "reveal" // or given up
	EventWithdraw = "withdraw"
	EventMint     = "mint"
	EventSet      = "set-template" // its commitment is the subject
	EventTemplate = "template"     // announced; its commitment is the subject
	EventUpdate   = "update"
	EventCall     = "call"  // anything else
	eventNudge    = "nudge" // makes a development node go on to its next block
)

// The states of a transaction. One line is written before it is sent, another when its outcome is known.
const (
	StateAsked  = "asked" // the node was asked to sign and send it: its hash is not known yet
	StateSent   = "sent"
	StateMined  = "mined"
	StateFailed = "failed"
	StateTold   = "told" // mined, as a later run found, and told by one of the same call
	StateLost   = "lost" // given up: the same was asked for again, whatever became of it
)

// An Entry is a line of a journal.
type Entry struct {
	Time          time.Time      `json:"time"`
	Event         string         `json:"event"`
	State         string         `json:"state"`
	ChainID       uint64         `json:"chain_id"`
	Contract      common.Address `json:"contract"` // created, or called
	Tx            common.Hash    `json:"tx"`
	From          common.Address `json:"from,omitzero"`     // these three are missing in lines of older versions
	Nonce         *uint64        `json:"nonce,omitempty"`   // the account's number of the transaction
	Call          common.Hash    `json:"call,omitzero"`     // who calls what with which data: see callOf
	Resumed       bool           `json:"resumed,omitempty"` // a later run found how it ended
	Subject       hexutil.Bytes  `json:"subject,omitempty"` // key digest; commitments of a contract, as a hash; template
	Tokens        []EntryToken   `json:"tokens,omitempty"`
	KeyProvenance string         `json:"key_provenance,omitempty"` // of a verifier
	Block         uint64         `json:"block,omitempty"`
	Gas           uint64         `json:"gas,omitempty"`
}

// An EntryToken ties a bundle to its document and to the transaction that mints or updates it.
type EntryToken struct {
	ID     uint64 `json:"id"`
	CID    string `json:"cid"`
	Bundle string `json:"bundle"`
}

// A Journal is an append-only file of JSON lines. The chain is the truth: a journal that is
// lost costs a second deployment or purchase, if that is asked for.
type Journal struct{ Path string }

// maxJournal bounds what is read, in bytes.
const maxJournal = 1 << 28

// Append adds a line. What a crash left unfinished stays a line of its own.
func (j *Journal) Append(e Entry) (err error) {
	if j == nil {
		return nil
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("writing the journal %s: %w", j.Path, err)
		}
	}()
	e.Time = time.Now().UTC().Truncate(time.Second)
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	return files.Append(j.Path, append(line, '\n'), files.Public)
}

// Entries reads the lines. Those that a crash cut short are left out.
func (j *Journal) Entries() ([]Entry, error) {
	if j == nil {
		return nil, nil
	}
	data, err := files.Read(j.Path, maxJournal)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case errors.Is(err, files.ErrTooLarge):
		return nil, fmt.Errorf("the journal: %w: move it away", err)
	case err != nil:
		return nil, fmt.Errorf("the journal: %w", err)
	}
	var list []Entry
	for line := range bytes.Lines(data) {
		var e Entry
		if json.Unmarshal(line, &e) == nil {
			list = append(list, e)
		}
	}
	return list, nil
}

// Last returns the contract of the last mined entry of an event, about a subject if one is
// given, on a chain.
func (j *Journal) Last(event string, chainID uint64, subject []byte) (common.Address, bool, error) {
	list, err := j.Entries()
	if err != nil {
		return common.Address{}, false, err
	}
	for i := len(list) - 1; i >= 0; i-- {
		e := list[i]
		if e.Event == event && e.State == StateMined && e.ChainID == chainID && (subject == nil || bytes.Equal(subject, e.Subject)) {
			return e.Contract, true, nil
		}
	}
	return common.Address{}, false, nil
}

// unsettled returns the transactions that were about to be sent, and of which nothing more is known.
// Of an account's with the same number one at most is mined: it settles those before it.
func unsettled(list []Entry) (open []Entry) {
	for _, e := range list {
		switch e.State {
		case StateSent:
			open = append(open, e)
		case StateMined, StateFailed, StateLost:
			open = slices.DeleteFunc(open, func(o Entry) bool { return o.Tx == e.Tx || o.rivals(&e) })
		}
	}
	return open
}

// rivals reports whether two transactions have the same account and number.
func (e *Entry) rivals(o *Entry) bool {
	return e.Nonce != nil && o.Nonce != nil && *e.Nonce == *o.Nonce && e.From == o.From && e.ChainID == o.ChainID
}
