// Package coordinator has decks and drawn drops proven by workers, and counts on none of them.
//
// A drop's folder of proofs is the truth: the coordinator queues what is missing there, on start,
// on a schedule and when the queue was lost. Hidden values leave it one batch or token at a
// time, sealed to the worker that has its job, and after the journal says so. A proof counts once it has
// been verified against the drop's own statement and forced to disk. So queue and workers can
// stop or delay a drop, and not forge it.
package coordinator

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/state"
)

// Options are of a coordinator. Each has a default.
type Options struct {
	Queue    queue.Options
	Schedule time.Duration                              // how often what is missing is looked for; 0: 30 s
	Expiry   time.Duration                              // of jobs; 0: 30 days
	Log      zerolog.Logger                             // names jobs and workers, and no hidden value
	Progress func(drop message.DropID, done, total int) // of jobs, after each; may be nil
}

// A Coordinator has the jobs of several drops done.
type Coordinator struct {
	o       Options
	state   *state.Folder
	roster  *Roster
	journal *state.Journal
	key     ed25519.PrivateKey
	queue   *queue.Queue
	conn    *nats.Conn
	wake    chan struct{}
	stops   []func()
	busy    sync.WaitGroup // what goes on besides answering

	mu      sync.Mutex
	drops   map[message.DropID]*Drop
	jobs    map[message.JobID]place
	reasons map[message.JobID][]string // of failures so far
	failed  map[message.PublicKey]int  // failures in a row, by worker
	spoiled map[message.DropID]bool    // a worker said that its key is not there
}

// A place is a job of a drop, counted from 0.
type place struct {
	drop *Drop
	n    int
}

// maxFailures in a row park a worker that may be the cause of them.
const maxFailures = 10

// New returns a coordinator that is connected to its queue by conn, and answers its workers. The
// folder's lock is the caller's.
func New(ctx context.Context, conn *nats.Conn, folder *state.Folder, roster *Roster, o Options) (*Coordinator, error) {
	if o.Schedule == 0 {
		o.Schedule = 30 * time.Second
	}
	if o.Expiry == 0 {
		o.Expiry = 30 * 24 * time.Hour
	}
	if o.Queue.Deliveries == 0 {
		o.Queue.Deliveries = 5
	}
	key, err := folder.Key()
	if err != nil {
		return nil, err
	}
	space := queue.SpaceOf(message.PublicKey(key.Public().(ed25519.PublicKey)))
	q, err := queue.Open(ctx, conn, space, o.Queue)
	if err != nil {
		return nil, err
	}
	c := &Coordinator{
		o: o, state: folder, roster: roster, journal: folder.Journal(), key: key, queue: q, conn: conn, wake: make(chan struct{}, 1),
		drops: map[message.DropID]*Drop{}, jobs: map[message.JobID]place{}, reasons: map[message.JobID][]string{},
		failed: map[message.PublicKey]int{}, spoiled: map[message.DropID]bool{},
	}
	conn.SetReconnectHandler(func(*nats.Conn) { c.Wake() })
	return c, c.listen(space)
}

// listen answers workers from now on.
func (c *Coordinator) listen(space queue.Space) error {
	for subject, answer := range map[string]func([]byte) []byte{space.AskSubject(): c.onAsk, space.AnswerSubject(): c.onAnswer} {
		sub, err := c.conn.Subscribe(subject, func(m *nats.Msg) {
			if reply := answer(m.Data); reply != nil {
				_ = m.Respond(reply) // whoever asked asks again
			}
		})
		if err != nil {
			c.Close()
			return fmt.Errorf("listening to workers: %w", err)
		}
		c.stops = append(c.stops, func() { _ = sub.Drain() })
	}
	for _, watch := range []func() (func(), error){
		func() (func(), error) { return c.queue.Exhausted(c.onExhausted) },
		func() (func(), error) { return c.queue.Lost(c.Wake) },
	} {
		stop, err := watch()
		if err != nil {
			c.Close()
			return err
		}
		c.stops = append(c.stops, stop)
	}
	return nil
}

// Close answers nobody any more. Drops are their owner's to close.
func (c *Coordinator) Close() {
	for _, stop := range c.stops {
		stop()
	}
	c.stops = nil
	c.busy.Wait()
}

// Wake looks for what is missing now: after the connection was lost, say.
func (c *Coordinator) Wake() {
	select {
	case c.wake <- struct{}{}:
	default: // it is about to
	}
}

// Run queues what is missing until ctx ends, again and again.
func (c *Coordinator) Run(ctx context.Context) {
	tick := time.NewTicker(c.o.Schedule)
	defer tick.Stop()
	for mute := 0; ; {
		err := c.Reconcile(ctx)
		mute = c.mend(ctx, err, mute)
		if err != nil && ctx.Err() == nil {
			c.o.Log.Warn().Err(err).Msg("the queue is not as it should be; trying again")
			time.AfterFunc(time.Second, c.Wake)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-c.wake:
		}
	}
}
