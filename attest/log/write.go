//go:build !js

package log

import (
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/genproof/genproof/attest"
	"github.com/genproof/genproof/bundle/strictjson"
	"github.com/genproof/genproof/files"
)

// A Log is a log that is written to: one process at a time. It must be closed.
type Log struct {
	*State
	dir  string
	key  *attest.Key
	lock *files.Lock
}

// ErrKey says that a log has another key.
var ErrKey = errors.New("the log has another key")

// Open opens the log in a folder, or begins one, checks it whole, and mends what a process that died
// has left: an entry that was written and not signed gets its head, half a line, of which nobody was told,
// goes. Another process that has it open is files.ErrBusy.
func Open(dir string, key *attest.Key) (*Log, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	lock, err := files.TryLock(filepath.Join(dir, lockFile))
	if err != nil {
		return nil, fmt.Errorf("opening the log: %w", err)
	}
	l := &Log{dir: dir, key: key, lock: lock}
	if err := l.load(); err != nil {
		lock.Unlock()
		return nil, fmt.Errorf("opening the log: %w", err)
	}
	return l, nil
}

// Close lets others write.
func (l *Log) Close() { l.lock.Unlock() }

func (l *Log) load() (err error) {
	for _, name := range []string{EntriesFile, HeadsFile} {
		if err := dropTorn(filepath.Join(l.dir, name)); err != nil {
			return err
		}
	}
	folder, err := files.OpenFolder(l.dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	if l.State, err = Read(folder); err != nil {
		return err
	}
	if l.State.Log != "" && l.State.Log != l.key.String() {
		return fmt.Errorf("%w: %s", ErrKey, l.State.Log)
	}
	l.State.Log = l.key.String()
	if l.Unsigned() > 0 {
		_, err = l.sign(l.Entries[len(l.Entries)-1].At)
	}
	return err
}

// dropTorn takes half a line off the end of a file.
func dropTorn(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return errors.Join(err, files.ErrNotRegular)
	}
	tail := make([]byte, min(info.Size(), 2*maxLine))
	if _, err := f.ReadAt(tail, info.Size()-int64(len(tail))); err != nil {
		return err
	}
	torn := len(tail)
	for torn > 0 && tail[torn-1] != '\n' {
		torn--
	}
	if torn == len(tail) {
		return nil
	}
	if torn == 0 && int64(len(tail)) < info.Size() {
		return fmt.Errorf("%w: the last line of %s has more than %d bytes", ErrForm, filepath.Base(path), maxLine)
	}
	if err := f.Truncate(info.Size() - int64(len(tail)-torn)); err != nil {
		return err
	}
	return f.Sync()
}

// An Addition is what a new entry says.
type Addition struct {
	Kind    string
	Digest  [32]byte
	Text    string
	Private []byte // what is not public: it stays in the log's private folder
}

// Append adds an entry and signs the new head. When it returns, both are on disk.
func (l *Log) Append(a Addition, now time.Time) (*Head, error) {
	h, err := l.append(a, attest.FormatTime(now))
	if err != nil {
		return nil, fmt.Errorf("writing the log: %w", err)
	}
	return h, nil
}

func (l *Log) append(a Addition, at string) (*Head, error) {
	e := Entry{Version: 1, Sequence: uint64(len(l.Entries)), At: at, Kind: a.Kind, Digest: a.Digest, Text: a.Text}
	if n := len(l.Entries); n > 0 {
		e.Previous = l.Hashes[n-1]
		if last := l.Entries[n-1].At; at < last {
			return nil, fmt.Errorf("%w: it is %s, and the last entry is of %s", ErrClock, at, last)
		}
	}
	if err := e.check(); err != nil {
		return nil, err
	}
	if len(a.Private) > 0 {
		var err error
		if e.Private, err = l.keep(e.Sequence, a.Private); err != nil {
			return nil, err
		}
	}
	line := e.line()
	if err := files.Append(filepath.Join(l.dir, EntriesFile), append(line, '\n'), files.Public); err != nil {
		return nil, err
	}
	l.Entries, l.Hashes = append(l.Entries, e), append(l.Hashes, e.Hash())
	return l.sign(at)
}

// sign signs the head behind the last entry.
func (l *Log) sign(at string) (*Head, error) {
	n := len(l.Entries) - 1
	h := Head{Version: 1, Log: l.key.String(), Sequence: uint64(n), Hash: l.Hashes[n], At: at}
	h.Signature = l.key.SignBytes(headContext, h.signed())
	if err := files.Append(filepath.Join(l.dir, HeadsFile), h.Line(), files.Public); err != nil {
		return nil, err
	}
	l.Heads = append(l.Heads, h)
	return &h, nil
}

// A Kept is what an entry commits to, with its salt.
type Kept struct {
	Salt [32]byte `json:"salt"`
	Data []byte   `json:"data"`
}

// maxPrivate bounds what an entry commits to, in bytes.
const maxPrivate = 1 << 16

// Commitment is SHA-256 over the salt and the data.
func (k *Kept) Commitment() [32]byte { return sha256.Sum256(append(k.Salt[:], k.Data...)) }

// keep writes what an entry commits to beside the log, for its owner alone.
func (l *Log) keep(sequence uint64, data []byte) (c [32]byte, err error) {
	if len(data) > maxPrivate {
		return c, fmt.Errorf("%d bytes that are not public, at most %d", len(data), maxPrivate)
	}
	k := &Kept{Data: data}
	if _, err := rand.Read(k.Salt[:]); err != nil {
		return c, err
	}
	dir := filepath.Join(l.dir, PrivateDir)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return c, err
	}
	text, err := strictjson.Marshal(k)
	if err != nil {
		return c, err
	}
	return k.Commitment(), files.Write(filepath.Join(dir, fmt.Sprintf("%d.json", sequence)), text, files.Secret)
}
