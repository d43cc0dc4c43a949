package service_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/engine"
	"github.com/genproof/genproof/publication"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/coordinator"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/worker"
	"github.com/genproof/genproof/setup"
)

// Keys take seconds to make: the tests share one store.
var sharedKeys string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "genproof-test-studio-")
	if err != nil {
		panic(err)
	}
	sharedKeys = filepath.Join(dir, "keys")
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

var makeKeys = sync.OnceValues(func() (*setup.Groth16Keys, error) { return keysOf("deck/small") })

func keysOf(circuit string) (*setup.Groth16Keys, error) {
	store, err := setup.OpenStore(sharedKeys)
	if err != nil {
		return nil, err
	}
	id, err := statement.ParseCircuitID(circuit)
	if err != nil {
		return nil, err
	}
	compiled, err := store.Circuit(context.Background(), id, nil)
	if err != nil {
		return nil, err
	}
	return store.Groth16Keys(context.Background(), compiled, nil)
}

func keys(t testing.TB) (*setup.Store, *setup.Groth16Keys) {
	t.Helper()
	k, err := makeKeys()
	if err != nil {
		t.Fatal(err)
	}
	store, err := setup.OpenStore(sharedKeys)
	if err != nil {
		t.Fatal(err)
	}
	return store, k
}

// canary is what a card hides.
const canary = "CANARY-c0ffee-licence"

// newDeck imports a deck of small batches, four cards each, with a hidden attribute.
func newDeck(t testing.TB, batches int) *drop.Deck {
	t.Helper()
	from, dir := t.TempDir(), filepath.Join(t.TempDir(), "deck")
	hidden := "card,licence,score\n"
	for i := range 4 * batches {
		write(t, filepath.Join(from, fmt.Sprintf("%d.json", i)), fmt.Sprintf(`{"name": "Fox #%d", "attributes": [{"trait_type": "Eyes", "value": "%s"}]}`, i, []string{"Laser", "Bored"}[i%2]))
		hidden += fmt.Sprintf("%d,%s-%d,%d\n", i, canary, i, 314159265+i)
	}
	table := filepath.Join(t.TempDir(), "hidden.csv")
	write(t, table, hidden)
	if _, err := engine.Import(t.Context(), engine.Options{From: from, To: dir, Hidden: table, Home: "none"}); err != nil {
		t.Fatal(err)
	}
	if err := drop.CreateSecrets(dir, false, rand.Reader); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, drop.PolicyFile), "// name: everything\ntrue\n")
	d, err := drop.LoadDeck(t.Context(), dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	if d.Batches() != batches || d.Circuit.String() != "deck/small" {
		t.Fatalf("a deck of %d batches of %s", d.Batches(), d.Circuit)
	}
	return d
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// quick are the options of tests: everything that waits waits shortly.
func quick() coordinator.Options {
	return coordinator.Options{Queue: queue.Options{AckWait: 3 * time.Second}, Schedule: 500 * time.Millisecond}
}

func open(t testing.TB, o service.Options) *service.Studio {
	t.Helper()
	s, err := service.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// job is a deck to prove into its own folder out.
func job(t testing.TB, d *drop.Deck) service.Deck {
	t.Helper()
	store, k := keys(t)
	return service.Deck{Deck: d, Out: filepath.Join(d.Dir(), "out"), Store: store, Keys: k}
}

// holds judges what was published, as everybody can.
func holds(t testing.TB, out string, cards int) {
	t.Helper()
	p, err := publication.Open(out, publication.Trust{Compiler: drop.Compiler{}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	r, err := p.JudgeDeck(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if !r.Counts.Complete || r.Counts.Holding != cards || !r.Verdict.Holds() {
		t.Errorf("the publication: %s, %+v", r.Verdict, r.Counts)
	}
}

// batchesIn counts the batches of a folder.
func batchesIn(t testing.TB, out string) int {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(out, bundle.BatchesDir))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return len(entries)
}

// remote runs a worker as on another machine: by its identity, the studio's address and key, and a
// folder for keys. It ends with the test, or when stop is called.
func remote(t testing.TB, s *service.Studio, id *message.Identity, dir string) (stop func(), ended chan error) {
	t.Helper()
	public, err := s.State.Public()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := queue.Dial(queue.Link{URL: s.URL(), Key: id.Key()})
	if err != nil {
		t.Fatal(err)
	}
	taker, err := queue.Take(conn, queue.SpaceOf(public))
	if err != nil {
		t.Fatal(err)
	}
	store, err := setup.OpenStore(filepath.Join(dir, "store"))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended = make(chan error, 1)
	go func() {
		ended <- worker.Run(ctx, conn, worker.Options{Identity: id, Coordinator: public, Beat: time.Second,
			Keys: &worker.Fetched{Dir: filepath.Join(dir, "keys"), Store: store, Open: taker.Key}})
	}()
	var once sync.Once
	stop = func() { once.Do(func() { cancel(); <-ended; conn.Close() }) }
	t.Cleanup(stop)
	return stop, ended
}

// enrolled is a worker that the studio knows.
func enrolled(t testing.TB, s *service.Studio) *message.Identity {
	t.Helper()
	id, err := message.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.State.Enrol(t.Context(), id.Worker(), "test"); err != nil {
		t.Fatal(err)
	}
	return id
}

func prove(t testing.TB, s *service.Studio, d service.Deck) (reused int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	id, err := s.IDOf()
	if err != nil {
		t.Fatal(err)
	}
	reused, err = s.Prove(ctx, id, d)
	if err != nil {
		t.Fatal(err)
	}
	return reused
}

func TestStudio_ProvesADeckWithItsOwnWorkers(t *testing.T) {
	d := newDeck(t, 5)
	o := service.Options{Dir: filepath.Join(d.Dir(), ".studio"), Coordinator: quick()}
	s := open(t, o)
	_, k := keys(t)
	if err := s.Work(2, k); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Open(t.Context(), o); err == nil {
		t.Error("two studios have one folder")
	}
	prove(t, s, job(t, d))
	s.Close()
	holds(t, job(t, d).Out, 20)

	if err := os.Remove(filepath.Join(job(t, d).Out, bundle.BatchPath(3))); err != nil {
		t.Fatal(err)
	}
	s = open(t, o)
	defer s.Close()
	if err := s.Work(1, k); err != nil {
		t.Fatal(err)
	}
	if reused := prove(t, s, job(t, d)); reused != 4 {
		t.Errorf("%d batches were there, want 4", reused)
	}
	holds(t, job(t, d).Out, 20)
}

func TestStudio_ProvesADeckWithWorkersElsewhere(t *testing.T) {
	d := newDeck(t, 6)
	s := open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	for range 2 {
		remote(t, s, enrolled(t, s), t.TempDir())
	}
	prove(t, s, job(t, d))
	holds(t, job(t, d).Out, 24)
}
