// Package record keeps what was done about a drop: a log of package attest/log, by whom and on which
// digest, and the decisions of people about its cards.
//
// The log's lines are public and name nobody. Who did it, and why, stands in a salted commitment: erasing
// the salts erases the people, and the log still holds.
//
//	log/             the log, with log/private for what it commits to
//	decisions.json   what people decided about cards, last word first to last
package record

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/attest/log"
	"github.com/genproof/genproof/files"
)

// Names in a drop's folder.
const (
	LogDir        = "log"
	decisionsFile = "decisions.json"
)

// LoadKey returns the key that logs are signed with, which is drawn the first time.
func LoadKey(path string) (*attest.Key, error) {
	text, err := files.ReadSecret(path, 1<<10)
	if errors.Is(err, fs.ErrNotExist) {
		key, err := attest.NewKey(rand.Reader)
		if err != nil {
			return nil, err
		}
		if err := files.Create(path, key.Secret(), files.Secret); err != nil {
			return nil, fmt.Errorf("keeping the key of logs: %w", err)
		}
		return key, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the key of logs: %w", err)
	}
	return attest.ParseKey(text)
}

// An Actor is who did something. It is personal.
type Actor struct {
	Token string `json:"token"` // the id of the token, not its secret
	Scope string `json:"scope"`
	Label string `json:"label"` // what the token is called
}

// An Action is what was done. Its text is public and names nobody.
type Action struct {
	Kind   string // one of log.Kinds
	Digest [32]byte
	Text   string
	By     Actor
	Reason string // personal, like By
}

type private struct {
	By     Actor  `json:"by"`
	Reason string `json:"reason,omitempty"`
}

// A Book is the record of one drop. Its methods may be called by several goroutines at once. Its log stays
// open between them, and is checked whole again if somebody else has touched its files; see [Book.Close].
type Book struct {
	mu   sync.Mutex
	dir  string
	key  *attest.Key
	open *log.Log // nil: it is closed

	seen sync.Mutex // for a moment each: who reads does not wait for a disk
	now  view
}

// A view is a log that was checked, for who reads it.
type view struct {
	state   *log.State
	left    [2]mark // how its files were left
	writing bool    // they are about to be others
}

// A mark tells whether a file is as it was left.
type mark struct {
	size int64
	at   time.Time
}

// Open returns the record in a drop's folder. Nothing is read or written yet. Without a key it is only read.
func Open(dir string, key *attest.Key) *Book { return &Book{dir: dir, key: key} }

// Close lets the log go, which is opened again by whoever needs it.
func (b *Book) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.close()
}

func (b *Book) close() {
	if b.open != nil {
		b.open.Close()
		b.open = nil
	}
	b.show(view{})
}

func (b *Book) show(v view) {
	b.seen.Lock()
	defer b.seen.Unlock()
	b.now = v
}

func (b *Book) view() view {
	b.seen.Lock()
	defer b.seen.Unlock()
	return b.now
}

// showOpen shows the open log as it is on disk.
func (b *Book) showOpen() {
	state := *b.open.State // what is in it is only added to
	b.show(view{state: &state, left: b.marks()})
}

// Write adds an action. When it returns, the log's new head is signed and on disk. A log that was changed
// by somebody is not written to: the error names where.
func (b *Book) Write(a Action) (*log.Head, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.write(a)
}

func (b *Book) write(a Action) (*log.Head, error) {
	hidden, err := json.Marshal(private{a.By, a.Reason})
	if err != nil {
		return nil, err
	}
	l, err := b.checked()
	if err != nil {
		return nil, err
	}
	v := b.view()
	v.writing = true
	b.show(v)
	h, err := l.Append(log.Addition{Kind: a.Kind, Digest: a.Digest, Text: a.Text, Private: hidden}, time.Now())
	if err != nil {
		b.close() // what is in memory may not be what is on disk
		return nil, err
	}
	b.showOpen()
	return h, nil
}

// checked returns the open log, whose files are as they were left.
func (b *Book) checked() (*log.Log, error) {
	if b.open != nil && b.view().left == b.marks() {
		return b.open, nil
	}
	b.close()
	l, err := log.Open(filepath.Join(b.dir, LogDir), b.key)
	if err != nil {
		return nil, err
	}
	b.open = l
	b.showOpen()
	return l, nil
}

func (b *Book) marks() (m [2]mark) {
	for i, name := range []string{log.EntriesFile, log.HeadsFile} {
		if info, err := os.Lstat(filepath.Join(b.dir, LogDir, name)); err == nil {
			m[i] = mark{info.Size(), info.ModTime()}
		}
	}
	return m
}

// Log reads the log and checks it whole. A drop about which nothing was done has none: nil.
func (b *Book) Log() (*log.State, error) {
	if v := b.view(); v.state != nil && (v.writing || v.left == b.marks()) {
		return v.state, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	folder, err := files.OpenFolder(filepath.Join(b.dir, LogDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer folder.Close()
	if b.key == nil {
		return log.Read(folder)
	}
	if _, err := b.checked(); err != nil {
		return nil, err
	}
	return b.view().state, nil
}

// Forget erases who did what and why: salts and what they cover. Decisions stay, without reasons. It
// returns how many entries name nobody from now on.
func (b *Book) Forget() (people int, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	dir := filepath.Join(b.dir, LogDir, log.PrivateDir)
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return 0, err
	}
	for _, e := range entries {
		if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
			return people, err
		}
		people++
	}
	if people > 0 {
		if err := files.SyncFolder(dir); err != nil {
			return people, err
		}
	}
	list, err := b.read()
	if err != nil {
		return people, err
	}
	for i := range list {
		list[i].Reason, list[i].By = "", ""
	}
	return people, b.store(list)
}
