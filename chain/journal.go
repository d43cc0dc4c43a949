package chain

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
)

// The events of a journal.
const (
	EventVerifier = "verifier"
	EventPlonk    = "plonk" // gnark's contract, which the verifier calls
	EventContract = "contract"
	EventOpen     = "open"
	EventMint     = "mint"
	EventTemplate = "template" // announced; its commitment is the subject
	EventUpdate   = "update"
	EventCall     = "call"  // anything else
	eventNudge    = "nudge" // makes a development node go on to its next block
)

// The states of a transaction. A line is written before it is sent, and one after.
const (
	StateSent   = "sent"
	StateMined  = "mined"
	StateFailed = "failed"
)

// An Entry is a line of a journal.
type Entry struct {
	Time          time.Time      `json:"time"`
	Event         string         `json:"event"`
	State         string         `json:"state"`
	ChainID       uint64         `json:"chain_id"`
	Contract      common.Address `json:"contract"` // created, or called
	Tx            common.Hash    `json:"tx"`
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
// lost costs nothing but a second deployment, if that is asked for.
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
	f, err := os.OpenFile(j.Path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	if torn(f) {
		line = append([]byte("\n"), line...)
	}
	if _, err := f.Write(append(line, '\n')); err != nil {
		return err
	}
	return f.Sync()
}

// torn tells whether the file does not end with a line's end.
func torn(f *os.File) bool {
	last := make([]byte, 1)
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return false
	}
	_, err = f.ReadAt(last, info.Size()-1)
	return err == nil && last[0] != '\n'
}

// Entries reads the lines. Those that a crash cut short are left out.
func (j *Journal) Entries() ([]Entry, error) {
	if j == nil {
		return nil, nil
	}
	f, err := os.Open(j.Path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the journal: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxJournal+1))
	if err != nil {
		return nil, fmt.Errorf("reading the journal %s: %w", j.Path, err)
	}
	if len(data) > maxJournal {
		return nil, fmt.Errorf("the journal %s has more than %d bytes: move it away", j.Path, maxJournal)
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
func unsettled(list []Entry) []Entry {
	done := map[common.Hash]bool{}
	for _, e := range list {
		if e.State != StateSent {
			done[e.Tx] = true
		}
	}
	var open []Entry
	for _, e := range list {
		if !done[e.Tx] {
			open = append(open, e)
		}
	}
	return open
}
