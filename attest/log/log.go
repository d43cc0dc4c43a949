// Package log is an append-only log of what was done about a drop: who looked at what, approved,
// published, and when, by its holder's clock. FORMAT.md of package bundle, section 23.
//
//	hash_n = SHA-256("genproof/log/entry" ‖ 0 ‖ line_n)     line_n holds n and hash_(n-1)
//	head_n = (n, hash_n, time), signed by the log's key behind every entry
//
// A chain that its holder keeps proves nothing to others alone: he can write it anew. So heads go out, in
// attestations, into a block, to readers, and a log that does not lead to a head that somebody has is
// named: a fork if it leads elsewhere, a rollback if it ends before.
//
// Entries are public. What is personal goes in as a salted commitment: erasing the salt's file erases
// the person, and the chain still holds.
package log

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/bundle/spelling"
	"github.com/genproof/genproof/bundle/strictjson"
)

// The files of a log's folder.
const (
	EntriesFile = "log.jsonl"   // one entry a line
	HeadsFile   = "heads.jsonl" // one signed head a line
	PrivateDir  = "private"     // N.json: what entry N commits to; for its owner alone
	lockFile    = ".lock"
)

// Bounds of a log.
const (
	maxLine  = 1 << 14 // bytes of an entry
	MaxBytes = 1 << 28 // of all of them
	maxText  = 4096
)

// An Entry is one thing that was done.
type Entry struct {
	Version  uint64   `json:"version"`  // 1
	Sequence uint64   `json:"sequence"` // from 0, each once
	Previous [32]byte `json:"previous"` // the hash of the entry before, zeros in the first
	At       string   `json:"at"`       // by the holder's clock, never back
	Kind     string   `json:"kind"`     // one of Kinds
	Digest   [32]byte `json:"digest"`   // of what it is about: an attestation's id, a file's SHA-256, a commitment
	Text     string   `json:"text"`     // in words that everybody may read
	Private  [32]byte `json:"private"`  // SHA-256 over a salt and what is not public; zeros if there is nothing
}

// Kinds lists what an entry can be.
func Kinds() []string {
	return []string{"committed", "looked", "attested", "withdrawn", "proven", "published", "admitted", "anchored", "note"}
}

// Hash is what the next entry and a head name.
func (e *Entry) Hash() [32]byte { return hashOf(e.line()) }

func hashOf(line []byte) [32]byte {
	return sha256.Sum256(append([]byte("genproof/log/entry\x00"), line...))
}

func (e *Entry) line() []byte { return oneLine(e) }

// oneLine is the one form of a value as a line.
func oneLine(v any) []byte {
	line, err := strictjson.Line(v)
	if err != nil {
		panic("log: an entry that was not checked: " + err.Error())
	}
	return line
}

// read reads a line in its one form.
func read(line []byte, v any) error {
	if err := strictjson.Unmarshal(line, v, maxLine); err != nil {
		return err
	}
	if !bytes.Equal(oneLine(v), line) {
		return errors.New("it is not in the one form of a line")
	}
	return nil
}

func (e *Entry) check() error {
	_, err := parseTime(e.At)
	switch known := false; {
	case e.Version != 1:
		return fmt.Errorf("version %d, want 1", e.Version)
	case err != nil:
		return err
	case len(e.Text) > maxText:
		return fmt.Errorf("its text has %d bytes, at most %d", len(e.Text), maxText)
	default:
		for _, k := range Kinds() {
			known = known || k == e.Kind
		}
		if !known {
			return fmt.Errorf("its kind %.40q is none", e.Kind)
		}
	}
	return spelling.Check(e.Text)
}

// A Head says how far a log has come. Whoever has one can tell a log that was written anew.
type Head struct {
	Version   uint64   `json:"version"` // 1
	Log       string   `json:"log"`     // the identity of the log's key
	Sequence  uint64   `json:"sequence"`
	Hash      [32]byte `json:"hash"` // of the entry with this number
	At        string   `json:"at"`
	Signature []byte   `json:"signature"` // Ed25519, of the log's key
}

// headContext keeps a head's signature from being one of anything else.
const headContext = "log-head"

// signed is what a head's signature is over.
func (h Head) signed() []byte {
	h.Signature = []byte{}
	return oneLine(&h)
}

// Line writes the head as its one line.
func (h *Head) Line() []byte { return append(oneLine(h), '\n') }

// ParseHead reads a head and checks its signature under the identity that it names.
func ParseHead(data []byte) (*Head, error) {
	h := new(Head)
	if err := read(bytes.TrimSuffix(data, []byte("\n")), h); err != nil {
		return nil, fmt.Errorf("reading a head: %w", err)
	}
	id, err := bundle.ParseIdentity(h.Log)
	if err == nil {
		_, err = parseTime(h.At)
	}
	if err == nil && (h.Version != 1 || !attest.VerifyBytes(id, headContext, h.signed(), h.Signature)) {
		err = errors.New("its signature is not the log's")
	}
	if err != nil {
		return nil, fmt.Errorf("reading a head: %w", err)
	}
	return h, nil
}

// String is the head as attestations have it: SEQUENCE:HASH.
func (h *Head) String() string {
	return fmt.Sprintf("%d:%s", h.Sequence, hex.EncodeToString(h.Hash[:]))
}

func parseTime(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || attest.FormatTime(t) != s {
		return t, errors.New("its time is not as 2026-01-31T23:59:59Z")
	}
	return t, nil
}
