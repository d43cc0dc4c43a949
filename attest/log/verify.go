package log

import (
	"bytes"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"

	"github.com/genproof/genproof/files"
)

// A Source is where a log's files are: a folder, or an exported log.
type Source interface {
	// Read returns a file of at most limit bytes. One that is not there is [fs.ErrNotExist].
	Read(name string, limit int64) ([]byte, error)
}

// What is wrong with a log. A text names the place.
var (
	ErrGap      = errors.New("gap")      // a number is left out
	ErrChanged  = errors.New("changed")  // an entry is not the one that the next one names
	ErrFork     = errors.New("fork")     // two entries, or heads, for one place
	ErrRollback = errors.New("rollback") // the log ends before a head that was signed
	ErrForm     = errors.New("form")     // a line is no entry or head
	ErrClock    = errors.New("clock")    // time goes back
	ErrSigner   = errors.New("signer")   // a head is another key's
)

// A State is what a log holds.
type State struct {
	Entries []Entry
	Hashes  [][32]byte
	Heads   []Head // in their order
	Log     string // the identity of its key; empty if there is no head
	torn    int    // bytes behind the last whole line, which a process that died left
}

// Read reads a log and checks it in itself: numbers, hashes, times, and that every signed head is the
// entry of its number. The error names what is wrong first.
func Read(from Source) (*State, error) {
	s := &State{}
	entries, err := readFile(from, EntriesFile)
	if err != nil {
		return nil, err
	}
	heads, err := readFile(from, HeadsFile)
	if err != nil {
		return nil, err
	}
	whole := bytes.LastIndexByte(entries, '\n') + 1
	s.torn = len(entries) - whole
	for line := range bytes.Lines(entries[:whole]) {
		if err := s.addEntry(bytes.TrimSuffix(line, []byte("\n"))); err != nil {
			return s, err
		}
	}
	number := 0
	for line := range bytes.Lines(heads[:bytes.LastIndexByte(heads, '\n')+1]) {
		if err := s.addHead(line); err != nil {
			return s, fmt.Errorf("head %d of %s: %w", number, HeadsFile, err)
		}
		number++
	}
	return s, nil
}

func readFile(from Source, name string) ([]byte, error) {
	data, err := from.Read(name, MaxBytes)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the log: %w", err)
	}
	return data, nil
}

func (s *State) addEntry(line []byte) error {
	n := uint64(len(s.Entries))
	var e Entry
	if err := read(line, &e); err != nil {
		return fmt.Errorf("%w: line %d: %w", ErrForm, n+1, err)
	}
	if err := e.check(); err != nil {
		return fmt.Errorf("%w: entry %d: %w", ErrForm, n, err)
	}
	var before [32]byte
	if n > 0 {
		before = s.Hashes[n-1]
	}
	switch {
	case e.Sequence > n:
		return fmt.Errorf("%w: entry %d follows entry %d: what was between is not here", ErrGap, e.Sequence, int64(n)-1)
	case e.Sequence < n:
		return fmt.Errorf("%w: entry %d is here twice", ErrFork, e.Sequence)
	case e.Previous != before:
		return fmt.Errorf("%w: entry %d is not the one that entry %d was written behind, or entry %d was changed", ErrChanged, int64(n)-1, n, n)
	case n > 0 && e.At < s.Entries[n-1].At:
		return fmt.Errorf("%w: entry %d is of %s, the one before of %s", ErrClock, n, e.At, s.Entries[n-1].At)
	}
	s.Entries, s.Hashes = append(s.Entries, e), append(s.Hashes, hashOf(line))
	return nil
}

func (s *State) addHead(line []byte) error {
	h, err := ParseHead(line)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrForm, err)
	}
	if s.Log == "" {
		s.Log = h.Log
	}
	if err := s.Follows(h); err != nil {
		return err
	}
	s.Heads = append(s.Heads, *h)
	return nil
}

// Follows sees that the log leads to a head that somebody has: a reader, an attestation or a block.
func (s *State) Follows(h *Head) error {
	if h.Log != s.Log {
		return fmt.Errorf("%w: the head is of %s, the log of %s", ErrSigner, h.Log, s.Log)
	}
	return s.Holds(h.Sequence, h.Hash)
}

// Holds sees that the entry with a number has a hash.
func (s *State) Holds(sequence uint64, hash [32]byte) error {
	switch n := uint64(len(s.Hashes)); {
	case sequence >= n && n == 0:
		return fmt.Errorf("%w: head %d was signed, and the log is empty", ErrRollback, sequence)
	case sequence >= n:
		return fmt.Errorf("%w: head %d was signed, and the log ends with entry %d", ErrRollback, sequence, n-1)
	case s.Hashes[sequence] != hash:
		return fmt.Errorf("%w: entry %d was %s, and is %s", ErrFork, sequence, hex.EncodeToString(hash[:]), hex.EncodeToString(s.Hashes[sequence][:]))
	}
	return nil
}

// Unsigned is the number of entries behind the last head: nobody was told of them.
func (s *State) Unsigned() int {
	if len(s.Heads) == 0 {
		return len(s.Entries)
	}
	return len(s.Entries) - 1 - int(s.Heads[len(s.Heads)-1].Sequence)
}

// Last returns the last signed head, nil if there is none.
func (s *State) Last() *Head {
	if len(s.Heads) == 0 {
		return nil
	}
	return &s.Heads[len(s.Heads)-1]
}

var _ Source = (*files.Folder)(nil)
