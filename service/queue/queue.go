package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"golang.org/x/sync/errgroup"

	"github.com/genproof/genproof/service/message"
)

// Limits of what is stored.
const (
	maxJobBytes = 64 << 10 // a job is references
	maxJobs     = 1 << 20
	maxQueue    = 4 << 30 // bytes of all jobs
	maxKeys     = 16 << 30
)

// Options are of a coordinator's queue.
type Options struct {
	AckWait    time.Duration // a job whose worker is silent for so long goes to another; 0: 30 s
	Deliveries int           // how often a job is given out before it is exhausted; 0: 5
	Replicas   int           // of streams and buckets, in a cluster; 0: 1
}

// A Queue is a coordinator's side.
type Queue struct {
	space Space
	conn  *nats.Conn
	js    jetstream.JetStream
	o     Options
	mu    sync.Mutex
	in    streams
}

// streams are what was made last.
type streams struct {
	jobs   jetstream.Stream
	claims jetstream.KeyValue
	keys   jetstream.ObjectStore
}

// now returns the streams, which Ensure may replace.
func (q *Queue) now() streams {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.in
}

// Open returns the queue of a coordinator, whose streams it makes where they are missing.
func Open(ctx context.Context, conn *nats.Conn, space Space, o Options) (*Queue, error) {
	if o.AckWait == 0 {
		o.AckWait = 30 * time.Second
	}
	if o.Deliveries == 0 {
		o.Deliveries = 5
	}
	o.Replicas = max(1, o.Replicas)
	js, err := stream(conn)
	if err != nil {
		return nil, err
	}
	q := &Queue{space: space, conn: conn, js: js, o: o}
	return q, q.Ensure(ctx)
}

// Ensure makes streams and buckets that are missing.
func (q *Queue) Ensure(ctx context.Context) error {
	var made streams
	for _, part := range []func(context.Context, *streams) error{q.makeJobs, q.makeConsumer, q.makeClaims, q.makeKeys} {
		short, cancel := timed(ctx)
		err := part(short, &made)
		cancel()
		if err != nil {
			return fmt.Errorf("making the queue: %w", err)
		}
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.in = made
	return nil
}

func (q *Queue) makeJobs(ctx context.Context, s *streams) (err error) {
	s.jobs, err = q.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
		Name: q.space.jobs(), Subjects: []string{q.space.name + ".job.*"},
		Retention: jetstream.WorkQueuePolicy, Storage: jetstream.FileStorage, Replicas: q.o.Replicas,
		Discard: jetstream.DiscardNew, DiscardNewPerSubject: true, MaxMsgsPerSubject: 1, // a job is there once
		MaxMsgs: maxJobs, MaxBytes: maxQueue, MaxMsgSize: maxJobBytes, DenyDelete: true,
	})
	return err
}

func (q *Queue) makeConsumer(ctx context.Context, s *streams) error {
	_, err := s.jobs.CreateOrUpdateConsumer(ctx, jetstream.ConsumerConfig{
		Durable: consumer, AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.o.AckWait, MaxDeliver: q.o.Deliveries, MaxAckPending: 1024,
	})
	return err
}

func (q *Queue) makeClaims(ctx context.Context, s *streams) (err error) {
	s.claims, err = q.js.CreateOrUpdateKeyValue(ctx, jetstream.KeyValueConfig{
		Bucket: q.space.jobs(), Storage: jetstream.FileStorage, Replicas: q.o.Replicas, MaxValueSize: 64, MaxBytes: maxQueue,
	})
	return err
}

func (q *Queue) makeKeys(ctx context.Context, s *streams) (err error) {
	s.keys, err = q.js.CreateOrUpdateObjectStore(ctx, jetstream.ObjectStoreConfig{
		Bucket: q.space.keys(), Storage: jetstream.FileStorage, Replicas: q.o.Replicas, MaxBytes: maxKeys,
	})
	return err
}

// IsMute reports whether an error says that what was sent to be stored was not acknowledged in time.
func IsMute(err error) bool {
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout)
}

// Reset deletes the streams and buckets, for Ensure to make them anew. A server of one node, once it could not
// write to a stream, acknowledges nothing of it any more, also when its disk has room again. Of a cluster
// nothing is deleted: there the other nodes go on.
func (q *Queue) Reset(ctx context.Context) error {
	if q.o.Replicas > 1 {
		return nil
	}
	for _, name := range []string{q.space.jobs(), "KV_" + q.space.jobs(), "OBJ_" + q.space.keys()} {
		short, cancel := timed(ctx)
		err := q.js.DeleteStream(short, name)
		cancel()
		if err != nil && !errors.Is(err, jetstream.ErrStreamNotFound) {
			return fmt.Errorf("deleting a queue that takes nothing: %w", err)
		}
	}
	return nil
}

// A Job is a signed job and its name.
type Job struct {
	ID   message.JobID
	Data []byte
}

// Put queues jobs that are not queued. Of several that queue one job at once, one does.
func (q *Queue) Put(ctx context.Context, jobs []Job) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(16)
	for _, j := range jobs {
		if ctx.Err() != nil {
			break
		}
		group.Go(func() error { return q.put(ctx, j) })
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("queueing jobs: %w", err)
	}
	return nil
}

// fullSubject is the server's error of a stream that has a subject's one message.
const fullSubject = jetstream.ErrorCode(10077)

func (q *Queue) put(ctx context.Context, j Job) error {
	if err := q.claim(ctx, j.ID); err != nil {
		return err
	}
	ctx, cancel := timed(ctx)
	defer cancel()
	_, err := q.js.Publish(ctx, q.space.subject(j.ID), j.Data, jetstream.WithExpectStream(q.space.jobs()))
	var refused *jetstream.APIError
	if errors.As(err, &refused) && refused.ErrorCode == fullSubject && refused.Description == "maximum messages per subject exceeded" {
		return nil // it is queued
	}
	return err
}

// claim makes the job's entry, or counts up that of one that was queued before and is lost. Of two
// that count at once one fails: its job is the other's.
func (q *Queue) claim(ctx context.Context, id message.JobID) error {
	ctx, cancel := timed(ctx)
	defer cancel()
	claims := q.now().claims
	_, err := claims.Create(ctx, id.String(), []byte("1"))
	if !errors.Is(err, jetstream.ErrKeyExists) {
		return err
	}
	e, err := claims.Get(ctx, id.String())
	if err != nil {
		return err
	}
	times, _ := strconv.Atoi(string(e.Value())) // a stranger's value counts from 0
	_, err = claims.Update(ctx, id.String(), []byte(strconv.Itoa(times+1)), e.Revision())
	return err
}

// Queued returns the jobs that are queued or in work.
func (q *Queue) Queued(ctx context.Context) (map[message.JobID]bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*callTime) // a million subjects are many pages
	defer cancel()
	info, err := q.now().jobs.Info(ctx, jetstream.WithSubjectFilter(q.space.name+".job.>"))
	if err != nil {
		return nil, fmt.Errorf("listing the queue: %w", err)
	}
	there := make(map[message.JobID]bool, len(info.State.Subjects))
	for subject := range info.State.Subjects {
		if id, err := q.space.idOf(subject); err == nil {
			there[id] = true
		}
	}
	return there, nil
}

// Remove takes a job out of the queue, whoever has it. JetStream forgets with it that other jobs were
// given back or are overdue, and finds that out again only after AckWait: this is for the few jobs
// that no worker is to acknowledge.
func (q *Queue) Remove(ctx context.Context, id message.JobID) error {
	ctx, cancel := timed(ctx)
	defer cancel()
	if err := q.now().jobs.Purge(ctx, jetstream.WithPurgeSubject(q.space.subject(id))); err != nil {
		return fmt.Errorf("removing a job: %w", err)
	}
	return q.Forget(ctx, id)
}

// Forget removes a job's entry. The job itself goes when a worker acknowledges it.
func (q *Queue) Forget(ctx context.Context, id message.JobID) error {
	ctx, cancel := timed(ctx)
	defer cancel()
	claims, err := q.js.Stream(ctx, "KV_"+q.space.jobs())
	if err == nil { // the bucket's own way would leave an entry for ever
		err = claims.Purge(ctx, jetstream.WithPurgeSubject("$KV."+q.space.jobs()+"."+id.String()))
	}
	if err != nil {
		return fmt.Errorf("removing a job: %w", err)
	}
	return nil
}

// Exhausted calls f with each job that was given out as often as a job is, from now on. JetStream
// keeps such a job and gives it to nobody any more.
func (q *Queue) Exhausted(f func(message.JobID)) (stop func(), err error) {
	subject := "$JS.EVENT.ADVISORY.CONSUMER.MAX_DELIVERIES." + q.space.jobs() + "." + consumer
	sub, err := q.conn.Subscribe(subject, func(m *nats.Msg) {
		var event struct {
			Seq uint64 `json:"stream_seq"`
		}
		if json.Unmarshal(m.Data, &event) != nil {
			return
		}
		ctx, cancel := timed(context.Background())
		defer cancel()
		if msg, err := q.now().jobs.GetMsg(ctx, event.Seq); err == nil {
			if id, err := q.space.idOf(msg.Subject); err == nil {
				f(id)
			}
		}
	})
	if err != nil {
		return nil, fmt.Errorf("watching the queue: %w", err)
	}
	return func() { _ = sub.Unsubscribe() }, nil
}

// Lost calls f when a stream is deleted, from now on.
func (q *Queue) Lost(f func()) (stop func(), err error) {
	sub, err := q.conn.Subscribe("$JS.EVENT.ADVISORY.STREAM.DELETED.*", func(*nats.Msg) { f() })
	if err != nil {
		return nil, fmt.Errorf("watching the queue: %w", err)
	}
	return func() { _ = sub.Unsubscribe() }, nil
}

// Revive gives jobs that JetStream keeps and gives to nobody to workers again, if there are any:
// whoever was to hear of them was not there.
func (q *Queue) Revive(ctx context.Context) error {
	ctx, cancel := timed(ctx)
	defer cancel()
	in := q.now()
	c, err := in.jobs.Consumer(ctx, consumer)
	if err != nil {
		return fmt.Errorf("looking at the queue: %w", err)
	}
	state, err := in.jobs.Info(ctx)
	if err != nil {
		return fmt.Errorf("looking at the queue: %w", err)
	}
	info := c.CachedInfo()
	if state.State.Msgs <= info.NumPending+uint64(info.NumAckPending) {
		return nil
	}
	if err := in.jobs.DeleteConsumer(ctx, consumer); err != nil {
		return fmt.Errorf("reviving the queue: %w", err)
	}
	return q.makeConsumer(ctx, &in)
}
