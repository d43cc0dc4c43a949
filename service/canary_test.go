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
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

// canaries are a deck's hidden values as they could be written: texts, secrets, values and salts.
func canaries(t *testing.T, d *drop.Deck) map[string][]byte {
	t.Helper()
	list := map[string][]byte{"text": []byte(canary)}
	add := func(name string, raw []byte) { addCanary(list, name, raw) }
	addSecrets(t, list, d.Dir())
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

func addCanary(list map[string][]byte, name string, raw []byte) {
	list[name], list[name+" in hex"] = raw, []byte(hex.EncodeToString(raw))
}

// addSecrets adds what a drop's secrets.yaml holds.
func addSecrets(t *testing.T, list map[string][]byte, dir string) {
	t.Helper()
	secrets, err := os.ReadFile(filepath.Join(dir, drop.SecretsFile))
	if err != nil {
		t.Fatal(err)
	}
	before := len(list)
	for line := range strings.Lines(string(secrets)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), ": \""); ok && !strings.HasPrefix(line, "#") {
			raw, err := hex.DecodeString(strings.TrimSuffix(value, "\""))
			if err != nil {
				t.Fatal(err)
			}
			addCanary(list, name, raw)
		}
	}
	if len(list) == before {
		t.Fatal("secrets.yaml holds none")
	}
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

// Nothing that a deck hides is in the queue, on the wire, in the studio's or a worker's folder, or in
// a log, while its batches are proven and fail.
func TestStudio_CanariesStayHidden(t *testing.T) {
	d := newDeck(t, 4)
	list := canaries(t, d)
	stayHidden(t, list, func(s *service.Studio) chan error { return proving(t, s, d) }, func(l *liar, work *message.Job) {
		batch, _ := l.ask(work.Work.ID(), l.id.Key())
		if seen := salts(batch); seen[0] == "" || !has(list, seen[0]) {
			t.Fatal("the canaries are not what a worker is given")
		}
	})
}

// The same of a drawn drop, whose tokens hold its secrets.
func TestStudio_CanariesOfTokensStayHidden(t *testing.T) {
	d, dir := newDrop(t)
	work := drawn(t, d, 4, true)
	list := map[string][]byte{}
	addSecrets(t, list, dir)
	addVectors(t, list, work)
	stayHidden(t, list, func(s *service.Studio) chan error { return provingTokens(t, s, work) }, func(l *liar, job *message.Job) {
		_, hidden, _ := l.values(job)
		for _, e := range hidden {
			if b := e.Bytes(); has(list, string(b[:])) {
				return
			}
		}
		t.Fatal("the canaries are not what a worker is given")
	})
}

// addVectors adds the hidden values of tokens that nobody guesses.
func addVectors(t *testing.T, list map[string][]byte, work service.Tokens) {
	t.Helper()
	f, err := prover.OpenTokenFolder(t.TempDir(), work.Drop, work.Keys.Verifying, work.Keys.Provenance)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, token := range work.List {
		_, hidden, err := f.Vector(token)
		if err != nil {
			t.Fatal(err)
		}
		for i, e := range hidden {
			if b := e.Bytes(); !bytes.Equal(b[:8], make([]byte, 8)) {
				addCanary(list, fmt.Sprintf("value %d of token %d", i, token.ID), b[:])
			}
		}
	}
	if len(list) < 100 {
		t.Fatalf("%d canaries", len(list))
	}
}

// stayHidden has a drop proven by a worker that fails and one elsewhere, and looks for canaries
// wherever something is written. given is called with a job that a worker has.
func stayHidden(t *testing.T, list map[string][]byte, begin func(*service.Studio) chan error, given func(*liar, *message.Job)) {
	t.Helper()
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
	done := begin(s)
	l := newLiar(t, s, enrolled(t, s))
	_, work := l.next()
	given(l, work)
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
		searchFiles(t, dir, list)
	}
}

// searchFiles looks for canaries in all files of a folder.
func searchFiles(t *testing.T, dir string, list map[string][]byte) {
	t.Helper()
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
