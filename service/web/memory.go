package web

import (
	"crypto/sha256"
	"encoding/json"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// A memory has the answers to requests that may be made twice: what a client did not hear of it asks
// for again, under the same key.
type memory struct {
	mu      sync.Mutex
	answers map[[32]byte]*remembered
}

type remembered struct {
	mu     sync.Mutex
	body   [32]byte
	answer any
	since  time.Time
}

const (
	memoryTime = 24 * time.Hour
	memorySize = 100_000
)

func newMemory() *memory { return &memory{answers: map[[32]byte]*remembered{}} }

// do answers a request, or as it was answered before under the same key of the same token and
// route. Another body under the key is refused. Failures are not remembered.
func do[T any](m *memory, token, route, key string, body any, answer func() (T, error)) (T, error) {
	var none T
	if key == "" {
		return answer()
	}
	text, err := json.Marshal(body)
	if err != nil {
		return none, err
	}
	r := m.find(sha256.Sum256([]byte(token + "\x00" + route + "\x00" + key)))
	if r == nil {
		return none, huma.Error503ServiceUnavailable("too many keys are remembered: try again later")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	digest := sha256.Sum256(text)
	if r.answer != nil {
		if r.body != digest {
			return none, huma.Error422UnprocessableEntity("the idempotency key was used for another request")
		}
		return r.answer.(T), nil
	}
	got, err := answer()
	if err == nil {
		r.answer, r.body = got, digest
	}
	return got, err
}

func (m *memory) find(key [32]byte) *remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r := m.answers[key]; r != nil {
		return r
	}
	if len(m.answers) >= memorySize {
		for k, r := range m.answers {
			if time.Since(r.since) > memoryTime {
				delete(m.answers, k)
			}
		}
		if len(m.answers) >= memorySize {
			return nil
		}
	}
	r := &remembered{since: time.Now()}
	m.answers[key] = r
	return r
}
