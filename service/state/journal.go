package state

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"sync"
	"time"

	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/service/message"
)

// Events of the journal.
const (
	Given  = "given"  // hidden values of a batch or token, to a worker: before they leave
	Proven = "proven" // a batch or token, by a worker's proof
	Bad    = "bad"    // a worker's proof that did not hold
	Failed = "failed" // a worker's word that there is no proof
)

// An Event is a line of the journal. It holds no hidden value.
type Event struct {
	Time   time.Time `json:"time"`
	Event  string    `json:"event"`
	Worker string    `json:"worker"` // 64 hex digits of its key
	Drop   string    `json:"drop"`
	Job    string    `json:"job"` // within the drop: batch 3, token 7
	Reason string    `json:"reason,omitempty"`
}

// A Journal takes events. One process writes it.
type Journal struct {
	mu   sync.Mutex
	path string
}

// Journal returns the journal, to write to it.
func (f *Folder) Journal() *Journal { return &Journal{path: filepath.Join(f.dir, journalFile)} }

// Write adds an event and forces it to disk.
func (j *Journal) Write(event string, worker message.PublicKey, w message.Work, reason string) error {
	line, err := json.Marshal(Event{time.Now().UTC(), event, fmt.Sprintf("%x", worker[:]), w.Drop.String(), w.String(), reason})
	if err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := files.Append(j.path, append(line, '\n'), files.Secret); err != nil {
		return fmt.Errorf("writing the journal: %w", err)
	}
	return nil
}

// Events calls do with each event, the first one first. Lines that a crash cut short are left out.
func (f *Folder) Events(do func(Event)) error {
	file, _, err := files.Open(filepath.Join(f.dir, journalFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	defer file.Close() // only read
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var e Event
		if json.Unmarshal(bytes.TrimSpace(lines.Bytes()), &e) == nil {
			do(e)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("reading the journal: %w", err)
	}
	return nil
}
