package service_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

// canaries are a deck's hidden values as they could be written: texts, secrets, values and salts.
func canaries(t *testing.T, d *drop.Deck) map[string][]byte {
	t.Helper()
	list := map[string][]byte{"text": []byte(canary)}
	add := func(name string, raw []byte) {
		list[name], list[name+" in hex"] = raw, []byte(hex.EncodeToString(raw))
	}
	secrets, err := os.ReadFile(filepath.Join(d.Dir(), drop.SecretsFile))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(secrets)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": \""); ok && !strings.HasPrefix(line, "#") {
			raw, err := hex.DecodeString(strings.TrimSuffix(value, "\""))
			if err != nil {
				t.Fatal(err)
			}
			add(name, raw)
		}
	}
	for n := range d.Batches() {
		for i, p := range d.Batch(n).Places {
			for j, s := range p.Slots {
				salt := s.Salt.Bytes()
				add(fmt.Sprintf("salt %d of place %d of batch %d", j, i, n), salt[:])
				if s.Slot.Present && !isShown(d, j) {
					value := s.Slot.Value.Bytes()
					list[fmt.Sprintf("value %d of place %d of batch %d in hex", j, i, n)] = []byte(hex.EncodeToString(value[:]))
				}
			}
		}
	}
	if len(list) < 100 {
		t.Fatalf("%d canaries", len(list))
	}
	return list
}

func isShown(d *drop.Deck, slot int) bool {
	for _, o := range d.OpenCard(0).Shown {
		if o.Slot == uint64(slot) {
			return true
		}
	}
	return false
}

func find(t *testing.T, where string, data []byte, list map[string][]byte) {
	t.Helper()
	for name, c := range list {
		if bytes.Contains(data, c) {
			t.Errorf("%s holds the %s", where, name)
		}
	}
}

// A locked buffer takes what several write.
type locked struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// Nothing that a drop hides is in the queue, on the wire, in the studio's or a worker's folder, or in
// a log, while its batches are proven and fail.
func TestStudio_CanariesStayHidden(t *testing.T) {
	d := newDeck(t, 4)
	list := canaries(t, d)
	var log, wire locked
	o := service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()}
	o.Coordinator.Log = zerolog.New(&log).Level(zerolog.TraceLevel)
	s := open(t, o)
	key, err := s.State.Key()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := queue.Dial(queue.Link{URL: s.URL(), Key: key})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Subscribe(">", func(m *nats.Msg) { _, _ = fmt.Fprintf(&wire, "%s %v %s\n", m.Subject, m.Header, m.Data) }); err != nil {
		t.Fatal(err)
	}
	done := proving(t, s, d)
	l := newLiar(t, s, enrolled(t, s))
	_, work := l.next()
	batch, _ := l.ask(work.Work.ID(), l.id.Key())
	if seen := salts(batch); seen[0] == "" || !has(list, seen[0]) {
		t.Fatal("the canaries are not what a worker is given")
	}
	l.answer(message.Answer{Job: work.Work.ID(), Proof: []byte("bad")})
	l.answer(message.Answer{Job: work.Work.ID(), Failure: message.FailedProof})
	cache := t.TempDir()
	stop, _ := remote(t, s, enrolled(t, s), cache)
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	stop()
	conn.Close()
	s.Close()
	if wire.b.Len() < 100_000 || log.b.Len() < 500 {
		t.Errorf("%d bytes on the wire, %d of log: the test looks at nothing", wire.b.Len(), log.b.Len())
	}
	find(t, "the wire", wire.b.Bytes(), list)
	find(t, "the log", log.b.Bytes(), list)
	for _, dir := range []string{o.Dir, cache} {
		files := 0
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			data, err := os.ReadFile(path)
			find(t, path, data, list)
			files++
			return err
		})
		if err != nil || files < 3 {
			t.Errorf("%d files in %s: %v", files, dir, err)
		}
	}
}

func salts(b *deck.Batch) (list []string) {
	for _, p := range b.Places {
		for _, s := range p.Slots {
			raw := s.Salt.Bytes()
			list = append(list, string(raw[:]))
		}
	}
	return list
}

func has(list map[string][]byte, raw string) bool {
	for _, c := range list {
		if string(c) == raw {
			return true
		}
	}
	return false
}
