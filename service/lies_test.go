package service_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/state"
)

// A proof counts if it is of its batch, under the studio's key. Three others park the worker, and
// whatever it does then it gets nothing.
func TestCoordinator_ParksAWorkerOfBadProofs(t *testing.T) {
	d := newDeck(t, 3)
	s := open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	done := proving(t, s, d)
	l := newLiar(t, s, enrolled(t, s))
	_, first := l.next()
	_, second := l.next()
	batch, _ := l.ask(first.Work.ID(), l.id.Key())
	good := proof(t, batch)
	for _, bad := range []message.Answer{
		{Job: second.Work.ID(), Proof: good},                        // of another batch
		{Job: first.Work.ID(), Proof: []byte("garbage")},            // of nothing
		{Job: first.Work.ID(), Proof: append(good[:255:255], 0xff)}, // nearly one
	} {
		if outcome := l.answer(bad); outcome != message.Bad {
			t.Errorf("it is %s", outcome)
		}
	}
	if n := batchesIn(t, job(t, d).Out); n != 0 {
		t.Fatalf("%d batches are written", n)
	}
	if outcome := l.answer(message.Answer{Job: first.Work.ID(), Proof: good}); outcome != message.Stranger {
		t.Errorf("a good proof of a parked worker is %s", outcome)
	}
	if _, outcome := l.ask(second.Work.ID(), l.id.Key()); outcome != message.Stranger {
		t.Errorf("a parked worker's question is %q", outcome)
	}
	list, err := s.State.Workers()
	if err != nil || len(list) != 1 || list[0].Standing != state.Parked || list[0].Bad != 3 {
		t.Errorf("%+v, %v", list, err)
	}
	_, k := keys(t)
	if err := s.Work(1, k); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	holds(t, job(t, d).Out, 12)
	if n := events(t, s); n[state.Bad] != 3 || n[state.Proven] != 3 || n[state.Given] < 4 {
		t.Errorf("the journal: %v", n)
	}
}

// Who is not enrolled gets nothing, and neither does who was removed, from the next request on.
func TestCoordinator_GivesStrangersNothing(t *testing.T) {
	d := newDeck(t, 1)
	s := open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	proving(t, s, d)
	l := newLiar(t, s, enrolled(t, s))
	_, work := l.next()
	stranger, err := message.NewIdentity()
	if err != nil {
		t.Fatal(err)
	}
	if _, outcome := l.ask(work.Work.ID(), stranger.Key()); outcome != message.Stranger {
		t.Errorf("a stranger's question is %q", outcome)
	}
	if _, outcome := l.ask(message.JobID{1}, l.id.Key()); outcome != message.Unknown {
		t.Errorf("a question about no job is %q", outcome)
	}
	if n := events(t, s)[state.Given]; n != 0 {
		t.Errorf("%d batches were given out", n)
	}
	if b, outcome := l.ask(work.Work.ID(), l.id.Key()); b == nil || len(b.Places) != 4 {
		t.Errorf("a worker's question is %q", outcome)
	}
	if n := events(t, s)[state.Given]; n != 1 {
		t.Errorf("%d batches were given out by the journal, want 1", n)
	}
	if _, err := s.State.Remove(t.Context(), "test"); err != nil {
		t.Fatal(err)
	}
	if _, outcome := l.ask(work.Work.ID(), l.id.Key()); outcome != message.Stranger {
		t.Errorf("a removed worker's question is %q", outcome)
	}
	if outcome := l.answer(message.Answer{Job: work.Work.ID(), Failure: message.FailedWorker}); outcome != message.Stranger {
		t.Errorf("a removed worker's answer is %q", outcome)
	}
}

// A worker that was stopped and comes back late is told that its batch is known: the file that is
// there stays, and nothing is counted twice.
func TestCoordinator_KeepsTheFirstProof(t *testing.T) {
	d := newDeck(t, 2)
	s := open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	done := proving(t, s, d)
	l := newLiar(t, s, enrolled(t, s))
	late, work := l.next()
	batch, _ := l.ask(work.Work.ID(), l.id.Key())
	late2 := proof(t, batch)
	if outcome := l.answer(message.Answer{Job: work.Work.ID(), Proof: late2}); outcome != message.Accepted {
		t.Fatalf("the first is %s", outcome)
	}
	path := filepath.Join(job(t, d).Out, bundle.BatchPath(work.Work.Batch))
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if outcome := l.answer(message.Answer{Job: work.Work.ID(), Proof: proof(t, batch)}); outcome != message.Known {
		t.Errorf("the second is %s", outcome)
	}
	if outcome := l.answer(message.Answer{Job: work.Work.ID(), Proof: []byte("late garbage")}); outcome != message.Bad {
		t.Errorf("late garbage is %s", outcome)
	}
	if _, outcome := l.ask(work.Work.ID(), l.id.Key()); outcome != message.Known {
		t.Errorf("a question about what is proven is %q", outcome)
	}
	_, k := keys(t)
	if err := s.Work(1, k); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	_ = late.Done() // what it held is long gone
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the batch was replaced: %v", err)
	}
	if n := events(t, s)[state.Proven]; n != 2 {
		t.Errorf("%d batches were proven by the journal, want 2", n)
	}
	holds(t, job(t, d).Out, 8)
}

// A job that fails again and again is parked with its reasons, the others go on, and it is given
// out again when a person says so.
func TestCoordinator_ParksAJobThatFails(t *testing.T) {
	d := newDeck(t, 2)
	o := service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()}
	o.Coordinator.Queue.Deliveries = 3
	s := open(t, o)
	defer s.Close()
	done := proving(t, s, d)
	l := newLiar(t, s, enrolled(t, s))
	_, work := l.next()
	for range 3 {
		if outcome := l.answer(message.Answer{Job: work.Work.ID(), Failure: message.FailedWorker}); outcome != message.Noted {
			t.Fatalf("a failure is %s", outcome)
		}
	}
	_, k := keys(t)
	if err := s.Work(1, k); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil || !strings.Contains(err.Error(), "1 of 2 jobs are parked") {
		t.Fatalf("it is %v", err)
	}
	parked, err := s.State.ParkedJobs()
	if err != nil || len(parked) != 1 || parked[0].What != work.Work.String() || len(parked[0].Reasons) != 3 || !strings.HasSuffix(parked[0].Reasons[0], ": worker") {
		t.Fatalf("%+v, %v", parked, err)
	}
	if n, err := s.State.Retry(t.Context()); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if reused := prove(t, s, job(t, d)); reused != 1 {
		t.Errorf("%d batches were there, want 1", reused)
	}
	holds(t, job(t, d).Out, 8)
}

// A job that kills its workers, who never say a word, is parked too.
func TestCoordinator_ParksAJobOfSilentWorkers(t *testing.T) {
	d := newDeck(t, 1)
	o := service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()}
	o.Coordinator.Queue = queue.Options{Deliveries: 2, AckWait: 300 * time.Millisecond}
	s := open(t, o)
	defer s.Close()
	done := proving(t, s, d)
	l := newLiar(t, s, enrolled(t, s))
	l.next()
	l.next()
	go func() { _, _ = l.taker.Next(t.Context(), 10*time.Second) }() // whoever asks next finds out
	if err := <-done; err == nil || !strings.Contains(err.Error(), "jobs are parked") {
		t.Fatalf("it is %v", err)
	}
	parked, err := s.State.ParkedJobs()
	if err != nil || len(parked) != 1 || !strings.Contains(parked[0].Reasons[0], "given out 2 times without an answer") {
		t.Fatalf("%+v, %v", parked, err)
	}
}

// Jobs that strangers queue are done by nobody, and keep no job of the studio's from being done.
func TestWorker_LeavesStrangersJobsOut(t *testing.T) {
	d := newDeck(t, 2)
	s := open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	done := proving(t, s, d)
	l := newLiar(t, s, enrolled(t, s))
	held, work := l.next()
	key, err := s.State.Key()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := queue.Dial(queue.Link{URL: s.URL(), Key: key}) // somebody who may write to the queue
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	_, stranger, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := held.Done(); err != nil { // its place is free
		t.Fatal(err)
	}
	foreign, err := (&message.Job{Work: work.Work, Proving: work.Proving, Verifying: work.Verifying, Expires: work.Expires}).Sign(stranger)
	if err != nil {
		t.Fatal(err)
	}
	subject := strings.TrimSuffix(l.space.AskSubject(), "ask") + "job."
	for _, m := range [][]byte{foreign, []byte("garbage"), nil} {
		for _, name := range []string{work.Work.ID().String(), message.JobID{9}.String(), "nothing"} {
			_, _ = js.Publish(t.Context(), subject+name, m) // the place may be taken again
		}
	}
	remote(t, s, enrolled(t, s), t.TempDir())
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	holds(t, job(t, d).Out, 8)
}

// Everything in the queue is deleted while jobs are in work, and a key is replaced by another file.
func TestStudio_OutlivesItsQueue(t *testing.T) {
	d := newDeck(t, 9)
	s := open(t, service.Options{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: quick()})
	defer s.Close()
	js := queueOf(t, s)
	done := proving(t, s, d)
	spoil(t, js, job(t, d))
	for range 2 {
		remote(t, s, enrolled(t, s), t.TempDir())
	}
	for wave := 1; wave <= 3; wave++ {
		for batchesIn(t, job(t, d).Out) < 2*wave {
			select {
			case err := <-done:
				t.Fatalf("wave %d: %v", wave, err)
			case <-time.After(20 * time.Millisecond):
			}
		}
		loseQueue(t, s)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	holds(t, job(t, d).Out, 36)
	if n := events(t, s)[state.Proven]; n != 9 {
		t.Errorf("%d batches were proven by the journal, want 9", n)
	}
}

// queueOf is the studio's queue as somebody has it who may do everything there.
func queueOf(t *testing.T, s *service.Studio) jetstream.JetStream {
	t.Helper()
	key, err := s.State.Key()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := queue.Dial(queue.Link{URL: s.URL(), Key: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return js
}

// loseQueue deletes everything in the queue.
func loseQueue(t *testing.T, s *service.Studio) {
	t.Helper()
	js := queueOf(t, s)
	for name := range js.StreamNames(t.Context()).Name() {
		if err := js.DeleteStream(t.Context(), name); err != nil {
			t.Log(err) // it is made and deleted at once
		}
	}
}

// spoil replaces the proving key in the bucket.
func spoil(t *testing.T, js jetstream.JetStream, d service.Deck) {
	t.Helper()
	for range 200 {
		for name := range js.ObjectStoreNames(t.Context()).Name() {
			store, err := js.ObjectStore(t.Context(), name)
			if err != nil {
				continue
			}
			list, err := store.List(t.Context())
			if err != nil || len(list) < 2 {
				continue
			}
			for _, o := range list {
				if _, err := store.PutString(t.Context(), o.Name, "another key"); err != nil {
					t.Fatal(err)
				}
			}
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("no keys are in the queue")
}
