package queue

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
)

// A Taker is a worker's side of a coordinator's queue.
type Taker struct {
	space Space
	conn  *nats.Conn
	js    jetstream.JetStream
}

// Take returns a worker's side.
func Take(conn *nats.Conn, space Space) (*Taker, error) {
	js, err := stream(conn)
	if err != nil {
		return nil, err
	}
	return &Taker{space, conn, js}, nil
}

// A Delivery is a job that this worker has until it is done or silent for too long.
type Delivery struct {
	Data []byte
	msg  jetstream.Msg
}

// ErrNone says that there is no job now.
var ErrNone = errors.New("no job is queued")

// Next waits some seconds for a job.
func (t *Taker) Next(ctx context.Context, wait time.Duration) (*Delivery, error) {
	short, cancel := timed(ctx)
	defer cancel()
	c, err := t.js.Consumer(short, t.space.jobs(), consumer)
	if err != nil {
		return nil, fmt.Errorf("taking a job: %w", err)
	}
	batch, err := c.Fetch(1, jetstream.FetchMaxWait(wait))
	if err != nil {
		return nil, fmt.Errorf("taking a job: %w", err)
	}
	for {
		select {
		case <-ctx.Done():
			return nil, ctx.Err() // the job, if one comes, is given to another when this worker is silent
		case msg, ok := <-batch.Messages():
			switch {
			case ok:
				return &Delivery{msg.Data(), msg}, nil
			case batch.Error() != nil && !errors.Is(batch.Error(), nats.ErrTimeout):
				return nil, fmt.Errorf("taking a job: %w", batch.Error())
			}
			return nil, ErrNone
		}
	}
}

// Beat says that the worker is at work.
func (d *Delivery) Beat() error { return d.msg.InProgress() }

// Done removes the job from the queue. If that is lost it is given out again.
func (d *Delivery) Done() error { return d.msg.Ack() }

// Again gives the job back, to be given out after some time.
func (d *Delivery) Again(after time.Duration) error { return d.msg.NakWithDelay(after) }

// Call sends what a worker signed, and returns the coordinator's reply.
func (t *Taker) Call(ctx context.Context, subject string, data []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 5*callTime) // it may wait for a disk
	defer cancel()
	reply, err := t.conn.RequestWithContext(ctx, subject, data)
	if err != nil {
		return nil, fmt.Errorf("asking the coordinator: %w", err)
	}
	return reply.Data, nil
}

// Key opens a proving key by its SHA-256. Whoever reads it checks its bytes: anybody who can write
// to the bucket may have replaced them.
func (t *Taker) Key(ctx context.Context, digest [32]byte) (io.ReadCloser, error) {
	short, cancel := timed(ctx)
	defer cancel()
	store, err := t.js.ObjectStore(short, t.space.keys())
	if err != nil {
		return nil, fmt.Errorf("fetching a key: %w", err)
	}
	r, err := store.Get(ctx, objectName(digest))
	if err != nil {
		return nil, fmt.Errorf("fetching a key: %w", err)
	}
	return r, nil
}
