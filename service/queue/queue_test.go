package queue_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"io"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

func newKey(t *testing.T) (ed25519.PrivateKey, message.PublicKey) {
	t.Helper()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key, message.PublicKey(public)
}

// A rig is a server with a coordinator and one worker, over a socket.
type rig struct {
	server      *queue.Server
	coordinator ed25519.PrivateKey
	space       queue.Space
	conn        *nats.Conn
	queue       *queue.Queue
	worker      ed25519.PrivateKey
	admitted    atomic.Bool
}

func newRig(t *testing.T, o queue.Options) *rig {
	t.Helper()
	r := new(rig)
	r.admitted.Store(true)
	var public, workerPublic message.PublicKey
	r.coordinator, public = newKey(t)
	r.worker, workerPublic = newKey(t)
	r.space = queue.SpaceOf(public)
	var err error
	r.server, err = queue.Start(queue.ServerOptions{Dir: t.TempDir(), Listen: "127.0.0.1:0", Coordinator: r.coordinator,
		Admits: func(k message.PublicKey) bool { return k == workerPublic && r.admitted.Load() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.server.Close)
	if r.conn, err = r.server.Dial(r.coordinator); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.conn.Close)
	if r.queue, err = queue.Open(t.Context(), r.conn, r.space, o); err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *rig) dial(t *testing.T, key ed25519.PrivateKey) *nats.Conn {
	t.Helper()
	conn, err := queue.Dial(queue.Link{URL: r.server.ClientURL(), Key: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	return conn
}

func (r *rig) take(t *testing.T) *queue.Taker {
	t.Helper()
	taker, err := queue.Take(r.dial(t, r.worker), r.space)
	if err != nil {
		t.Fatal(err)
	}
	return taker
}

func jobs(n int) (list []queue.Job) {
	for i := range n {
		list = append(list, queue.Job{ID: sha256.Sum256([]byte{byte(i), byte(i >> 8), byte(i >> 16)}), Data: []byte{byte(i)}})
	}
	return list
}

func queued(t *testing.T, q *queue.Queue) int {
	t.Helper()
	there, err := q.Queued(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return len(there)
}

func next(t *testing.T, taker *queue.Taker) *queue.Delivery {
	t.Helper()
	d, err := taker.Next(t.Context(), 3*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestQueue_HoldsAJobOnce(t *testing.T) {
	r := newRig(t, queue.Options{})
	for range 3 {
		if err := r.queue.Put(t.Context(), jobs(20)); err != nil {
			t.Fatal(err)
		}
	}
	if n := queued(t, r.queue); n != 20 {
		t.Fatalf("%d jobs are queued, want 20", n)
	}
	taker := r.take(t)
	seen := map[byte]bool{}
	for range 20 {
		d := next(t, taker)
		seen[d.Data[0]] = true
		if err := d.Done(); err != nil {
			t.Fatal(err)
		}
	}
	for range 100 { // acknowledgements are on their way
		if queued(t, r.queue) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if len(seen) != 20 || queued(t, r.queue) != 0 {
		t.Errorf("%d jobs were given out, %d are left", len(seen), queued(t, r.queue))
	}
	if _, err := taker.Next(t.Context(), 200*time.Millisecond); !errors.Is(err, queue.ErrNone) {
		t.Errorf("an empty queue: %v", err)
	}
	if err := r.queue.Put(t.Context(), jobs(1)); err != nil || queued(t, r.queue) != 1 {
		t.Errorf("a job that was lost is queued again: %v, %d", err, queued(t, r.queue))
	}
}

// A worker that falls silent loses its job, and one that beats keeps it.
func TestQueue_GivesASilentWorkersJobToAnother(t *testing.T) {
	r := newRig(t, queue.Options{AckWait: 500 * time.Millisecond})
	if err := r.queue.Put(t.Context(), jobs(1)); err != nil {
		t.Fatal(err)
	}
	first, second := r.take(t), r.take(t)
	d := next(t, first)
	for range 6 {
		time.Sleep(200 * time.Millisecond)
		if err := d.Beat(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := second.Next(t.Context(), 200*time.Millisecond); !errors.Is(err, queue.ErrNone) {
		t.Errorf("a job in work was given out: %v", err)
	}
	next(t, second)
}

// JetStream keeps a job that failed too often and gives it to nobody: the coordinator hears of it,
// and finds it when it was not there to hear.
func TestQueue_TellsOfExhaustedJobs(t *testing.T) {
	r := newRig(t, queue.Options{AckWait: 200 * time.Millisecond, Deliveries: 2})
	told := make(chan message.JobID, 4)
	stop, err := r.queue.Exhausted(func(id message.JobID) { told <- id })
	if err != nil {
		t.Fatal(err)
	}
	list := jobs(1)
	if err := r.queue.Put(t.Context(), list); err != nil {
		t.Fatal(err)
	}
	taker := r.take(t)
	exhaust := func() {
		for range 2 {
			next(t, taker)
			time.Sleep(300 * time.Millisecond)
		}
		if _, err := taker.Next(t.Context(), 300*time.Millisecond); !errors.Is(err, queue.ErrNone) {
			t.Fatalf("a third delivery: %v", err)
		}
	}
	exhaust()
	select {
	case id := <-told:
		if id != list[0].ID || queued(t, r.queue) != 1 {
			t.Errorf("told of %s", id)
		}
	case <-time.After(3 * time.Second):
		t.Fatal("nobody was told")
	}
	stop()
	if err := r.queue.Revive(t.Context()); err != nil {
		t.Fatal(err)
	}
	exhaust() // it was given out again, and exhausted while nobody listened
	if err := r.queue.Remove(t.Context(), list[0].ID); err != nil || queued(t, r.queue) != 0 {
		t.Errorf("removed: %v, %d are left", err, queued(t, r.queue))
	}
	if err := r.queue.Revive(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := taker.Next(t.Context(), 200*time.Millisecond); !errors.Is(err, queue.ErrNone) {
		t.Errorf("a removed job: %v", err)
	}
}

// Streams that were deleted are made again, and jobs go on.
func TestQueue_OutlivesItsStreams(t *testing.T) {
	r := newRig(t, queue.Options{})
	if err := r.queue.Put(t.Context(), jobs(5)); err != nil {
		t.Fatal(err)
	}
	js, err := jetstream.New(r.conn)
	if err != nil {
		t.Fatal(err)
	}
	names := js.StreamNames(t.Context())
	for name := range names.Name() {
		if err := js.DeleteStream(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.queue.Put(t.Context(), jobs(5)); err == nil {
		t.Error("queued in a stream that is not there")
	}
	if err := r.queue.Ensure(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := r.queue.Put(t.Context(), jobs(5)); err != nil || queued(t, r.queue) != 5 {
		t.Errorf("%v, %d", err, queued(t, r.queue))
	}
	next(t, r.take(t))
}

// A key travels whole, and one that was replaced in the bucket is put right when asked for.
func TestQueue_StoresKeysByContent(t *testing.T) {
	r := newRig(t, queue.Options{})
	data := strings.Repeat("proving key ", 50_000)
	f := message.File{Size: uint64(len(data)), SHA256: sha256.Sum256([]byte(data))}
	opened := 0
	open := func(text string) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { opened++; return io.NopCloser(strings.NewReader(text)), nil }
	}
	if err := r.queue.PutKey(t.Context(), f, false, open(data[1:])); err == nil {
		t.Error("a file under another's name was stored")
	}
	opened = 0
	for range 2 {
		if err := r.queue.PutKey(t.Context(), f, false, open(data)); err != nil {
			t.Fatal(err)
		}
	}
	if opened != 1 {
		t.Errorf("read %d times, want 1", opened)
	}
	taker := r.take(t)
	k, err := taker.Key(t.Context(), f.SHA256)
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(k)
	if err != nil || string(got) != data {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if err := r.queue.PutKey(t.Context(), f, true, open(data)); err != nil || opened != 2 {
		t.Errorf("replaced: %v, read %d times", err, opened)
	}
	if _, err := taker.Key(t.Context(), [32]byte{1}); err == nil {
		t.Error("a key that nobody stored")
	}
}

// A worker takes jobs and asks. It makes none, deletes none and hears no other worker.
func TestServer_HoldsWorkersToTheirSubjects(t *testing.T) {
	r := newRig(t, queue.Options{})
	stranger, _ := newKey(t)
	if conn, err := queue.Dial(queue.Link{URL: r.server.ClientURL(), Key: stranger}); err == nil {
		conn.Close()
		t.Fatal("a stranger is connected")
	}
	if conn, err := nats.Connect(r.server.ClientURL()); err == nil {
		conn.Close()
		t.Fatal("nobody is connected")
	}
	if err := r.queue.Put(t.Context(), jobs(1)); err != nil {
		t.Fatal(err)
	}
	conn := r.dial(t, r.worker)
	js, err := jetstream.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	name := strings.TrimSuffix(r.space.AskSubject(), ".ask")
	if _, err := js.Publish(ctx, name+".job."+strings.Repeat("0", 64), []byte("mine")); err == nil {
		t.Error("a worker queues jobs")
	}
	ctx, cancel = context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	if err := js.DeleteStream(ctx, name+"_jobs"); err == nil {
		t.Error("a worker deletes the queue")
	}
	heard := map[string]*nats.Subscription{}
	for _, subject := range []string{">", "_INBOX.>", "_INBOX_*.>", name + ".ask", "$KV.>", "$JS.EVENT.>", conn.NewInbox()} {
		if heard[subject], err = conn.SubscribeSync(subject); err != nil {
			t.Fatal(err)
		}
	}
	if err := conn.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{"_INBOX.a.b", "_INBOX_0102.b", name + ".ask", "$KV.a.b", "$JS.EVENT.a"} {
		if err := r.conn.Publish(subject, []byte("for others")); err != nil {
			t.Fatal(err)
		}
	}
	for subject, sub := range heard {
		if strings.HasPrefix(subject, "_INBOX_") && !strings.Contains(subject, "*") {
			if err := r.conn.Publish(subject, []byte("for this worker")); err != nil {
				t.Fatal(err)
			}
			if m, err := sub.NextMsg(2 * time.Second); err != nil || string(m.Data) != "for this worker" {
				t.Errorf("a worker does not hear its own replies: %v", err)
			}
			continue
		}
		if m, err := sub.NextMsg(100 * time.Millisecond); err == nil {
			t.Errorf("a worker that listens to %s hears %q", subject, m.Data)
		}
	}
	if n := queued(t, r.queue); n != 1 {
		t.Errorf("%d jobs are queued, want 1", n)
	}
	next(t, r.take(t))
}

// The connection of a worker that is removed ends within seconds, and it gets no other.
func TestServer_EndsARemovedWorkersConnection(t *testing.T) {
	r := newRig(t, queue.Options{})
	gone := make(chan bool, 4)
	conn, err := queue.Dial(queue.Link{URL: r.server.ClientURL(), Key: r.worker})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	conn.SetDisconnectErrHandler(func(*nats.Conn, error) { gone <- true })
	r.admitted.Store(false)
	select {
	case <-gone:
	case <-time.After(3 * time.Second):
		t.Fatal("a removed worker is still connected")
	}
	if again, err := queue.Dial(queue.Link{URL: r.server.ClientURL(), Key: r.worker}); err == nil {
		again.Close()
		t.Error("a removed worker is connected again")
	}
}

func TestServer_ListensOnLoopbackUnlessItHasACertificate(t *testing.T) {
	key, _ := newKey(t)
	if s, err := queue.Start(queue.ServerOptions{Dir: t.TempDir(), Listen: "0.0.0.0:0", Coordinator: key, Admits: func(message.PublicKey) bool { return false }}); err == nil {
		s.Close()
		t.Error("it listens to everybody without a certificate")
	}
}
