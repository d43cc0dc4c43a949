//go:build prover_checks

package service_test

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
)

// A cluster is three servers that ask nobody who they are, as an operator may run them in a closed
// network.
type cluster struct {
	t       *testing.T
	options []*server.Options
	servers []*server.Server
}

// freePort is one that nobody listens at.
func freePort(t *testing.T) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

func newCluster(t *testing.T) *cluster {
	t.Helper()
	c := &cluster{t: t, servers: make([]*server.Server, 3)}
	var routes []*url.URL
	ports := []int{freePort(t), freePort(t), freePort(t)}
	for _, p := range ports {
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", p)})
	}
	for i := range c.servers {
		c.options = append(c.options, &server.Options{
			ServerName: fmt.Sprintf("n%d", i), Host: "127.0.0.1", Port: freePort(t), JetStream: true, StoreDir: t.TempDir(), SyncAlways: true, NoSigs: true, NoLog: true,
			MaxPayload: message.MaxBytes + 4096, Routes: routes, Cluster: server.ClusterOpts{Name: "studio", Host: "127.0.0.1", Port: ports[i]},
			JetStreamMaxStore: 64 << 30, JetStreamMaxMemory: 64 << 20,
		})
		c.start(i)
	}
	t.Cleanup(func() {
		for i := range c.servers {
			c.stop(i)
		}
	})
	return c
}

func (c *cluster) start(i int) {
	c.t.Helper()
	s, err := server.NewServer(c.options[i].Clone())
	if err != nil {
		c.t.Fatal(err)
	}
	s.Start()
	c.servers[i] = s
}

func (c *cluster) stop(i int) {
	c.servers[i].Shutdown()
	c.servers[i].WaitForShutdown()
}

// loseAll has all servers gone at once, and empty ones in their places.
func (c *cluster) loseAll() {
	c.t.Helper()
	for i := range c.servers {
		c.servers[i].Shutdown()
	}
	for i := range c.servers {
		c.servers[i].WaitForShutdown()
		c.options[i].StoreDir = c.t.TempDir()
	}
	for i := range c.servers {
		c.start(i)
	}
}

func (c *cluster) url() string {
	var list []string
	for _, o := range c.options {
		list = append(list, fmt.Sprintf("nats://127.0.0.1:%d", o.Port))
	}
	return strings.Join(list, ",")
}

// A deck is proven over a cluster of which one node goes, then a second, and both come back. Without
// a majority nothing is queued, and nothing hangs. Then all of them go at once, with all that they
// had on disk, and new ones come.
func TestSlowStudio_ProvesOverACluster(t *testing.T) {
	c := newCluster(t)
	d := newDeck(t, 16)
	o := service.Options{Dir: t.TempDir(), URL: c.url(), Coordinator: quick()}
	o.Coordinator.Queue.Replicas = 3
	var s *service.Studio
	for try := 0; s == nil; try++ { // a cluster has no leader at first
		var err error
		if s, err = service.Open(t.Context(), o); err != nil && try > 20 {
			t.Fatal(err)
		}
	}
	defer s.Close()
	_, k := keys(t)
	if err := s.Work(1, k); err != nil {
		t.Fatal(err)
	}
	done := proving(t, s, d)
	await := func(n int) {
		for batchesIn(t, job(t, d).Out) < n {
			select {
			case err := <-done:
				t.Fatalf("%d batches: %v", batchesIn(t, job(t, d).Out), err)
			case <-time.After(20 * time.Millisecond):
			}
		}
	}
	await(2)
	c.stop(0)
	await(4)
	c.stop(1)
	start := time.Now()
	if err := s.Coordinator.Reconcile(t.Context()); err == nil {
		t.Error("a cluster without a majority takes jobs")
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it says so after %s", took)
	}
	c.start(0)
	c.start(1)
	await(batchesIn(t, job(t, d).Out) + 2)
	c.loseAll()
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	holds(t, job(t, d).Out, 64)
}
