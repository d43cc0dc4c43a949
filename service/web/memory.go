package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/genproof/genproof/files"
)

// A memory has the answers to requests that may be made twice: what a client did not hear of it asks
// for again, under the same key. Each is a file, so that a server that was started anew has them.
type memory struct {
	dir string
	now func() time.Time

	keys locks // by file

	mu sync.Mutex
	n  int // files
}

// A remembered request has an answer, or a seed alone: then nobody knows how far it came, and it is
// answered again from the same seed.
type remembered struct {
	Since  time.Time       `json:"since"`
	Body   string          `json:"body"` // SHA-256 of the request's
	Seed   []byte          `json:"seed"`
	Answer json.RawMessage `json:"answer,omitempty"`
}

const (
	memoryTime  = 24 * time.Hour
	memorySize  = 100_000
	maxRemember = 1 << 16 // bytes of one
)

func newMemory(dir string) (*memory, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	m := &memory{dir: dir, now: time.Now}
	return m, m.sweep()
}

// do answers a request, or as it was answered before under the same key of the same token and
// route. Another body under the key is refused. Failures are not remembered. What answer makes anew it
// makes from the seed, so that the same request makes it once.
func do[T any](m *memory, token, route, key string, body any, answer func(seed [16]byte) (T, error)) (T, error) {
	var none T
	seed := [16]byte{}
	_, _ = rand.Read(seed[:]) // it never fails
	if key == "" {
		return answer(seed)
	}
	text, err := json.Marshal(body)
	if err != nil {
		return none, err
	}
	sum, digest := sha256.Sum256([]byte(token+"\x00"+route+"\x00"+key)), sha256.Sum256(text)
	name := hex.EncodeToString(sum[:])
	defer m.keys.hold(name)()
	r, err := m.read(name)
	switch {
	case err != nil:
		return none, err
	case r == nil:
		r = &remembered{Since: m.now().UTC(), Body: hex.EncodeToString(digest[:]), Seed: seed[:]}
		if err := m.write(name, r, true); err != nil {
			return none, err
		}
	case r.Body != hex.EncodeToString(digest[:]):
		return none, huma.Error422UnprocessableEntity("the idempotency key was used for another request")
	case r.Answer != nil:
		err := json.Unmarshal(r.Answer, &none)
		return none, err
	}
	got, err := answer([16]byte(r.Seed))
	if err != nil {
		return none, err
	}
	if r.Answer, err = json.Marshal(got); err != nil {
		return none, err
	}
	return got, m.write(name, r, false)
}

// read returns what is remembered, nil if nothing is, or no longer.
func (m *memory) read(name string) (*remembered, error) {
	data, err := files.Read(filepath.Join(m.dir, name), maxRemember)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	r := new(remembered)
	if err := json.Unmarshal(data, r); err != nil || len(r.Seed) != 16 {
		return nil, errors.Join(errors.New("an answer that was remembered cannot be read"), err)
	}
	if m.now().Sub(r.Since) > memoryTime {
		return nil, nil
	}
	return r, nil
}

func (m *memory) write(name string, r *remembered, first bool) error {
	if first {
		if err := m.room(); err != nil {
			return err
		}
	}
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return files.Write(filepath.Join(m.dir, name), data, files.Secret)
}

func (m *memory) room() error {
	m.mu.Lock()
	full := m.n >= memorySize
	m.mu.Unlock()
	if full {
		if err := m.sweep(); err != nil {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.n >= memorySize {
		return huma.Error503ServiceUnavailable("too many keys are remembered: try again later")
	}
	m.n++
	return nil
}

// sweep removes what is too old, and counts what is left.
func (m *memory) sweep() error {
	entries, err := os.ReadDir(m.dir)
	if err != nil {
		return err
	}
	left := 0
	for _, e := range entries {
		info, err := e.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if m.now().Sub(info.ModTime()) <= memoryTime {
			left++
		} else if err := os.Remove(filepath.Join(m.dir, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.n = left
	return nil
}
