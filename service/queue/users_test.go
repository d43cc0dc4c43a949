package queue_test

import (
	"crypto/ed25519"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

// A server with the users' file lets in the coordinator and its workers, and holds a worker to what it may do:
// the same as a server in the process does.
func TestUsers_HoldInAServerOfOthers(t *testing.T) {
	keyOf := func() (ed25519.PrivateKey, message.PublicKey) {
		public, key, err := ed25519.GenerateKey(nil)
		if err != nil {
			t.Fatal(err)
		}
		return key, message.PublicKey(public)
	}
	coordinator, coordinatorKey := keyOf()
	worker, workerKey := keyOf()
	stranger, _ := keyOf()
	file := filepath.Join(t.TempDir(), "nats.conf")
	text := "host: 127.0.0.1\nport: -1\njetstream { store_dir: \"" + t.TempDir() + "\" }\n" + queue.Users(coordinatorKey, []message.PublicKey{workerKey})
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	opts, err := server.ProcessConfigFile(file)
	if err != nil {
		t.Fatal(err)
	}
	opts.NoLog, opts.NoSigs = true, true
	ns, err := server.NewServer(opts)
	if err != nil {
		t.Fatal(err)
	}
	ns.Start()
	defer ns.Shutdown()
	if !ns.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server does not start")
	}
	dial := func(key ed25519.PrivateKey) (*nats.Conn, error) {
		return queue.Dial(queue.Link{URL: ns.ClientURL(), Key: key})
	}
	if _, err := dial(stranger); err == nil {
		t.Error("a stranger is let in")
	}
	c, err := dial(coordinator)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	space := queue.SpaceOf(coordinatorKey)
	if _, err := queue.Open(t.Context(), c, space, queue.Options{Deliveries: 5}); err != nil {
		t.Fatal(err)
	}
	heard := make(chan string, 10)
	for _, subject := range []string{space.AskSubject(), "genproof.anything", ">"} {
		if _, err := c.Subscribe(subject, func(m *nats.Msg) { heard <- m.Subject }); err != nil {
			t.Fatal(err)
		}
	}
	w, err := dial(worker)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := queue.Take(w, space); err != nil {
		t.Errorf("a worker cannot take jobs: %v", err)
	}
	sub, err := w.SubscribeSync(">")
	if err != nil {
		t.Fatal(err)
	}
	for _, subject := range []string{"genproof.anything", "$JS.API.STREAM.DELETE.anything", space.AskSubject()} {
		if err := w.Publish(subject, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	{
		select {
		case subject := <-heard:
			if subject != space.AskSubject() {
				t.Errorf("a worker publishes to %s", subject)
			}
		case <-time.After(5 * time.Second):
			t.Error("a worker cannot ask")
		}
	}
	if err := c.Publish("genproof.secret", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if m, err := sub.NextMsg(300 * time.Millisecond); err == nil {
		t.Errorf("a worker hears %s", m.Subject)
	}
}
