package queue_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/nats-io/nats.go"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

// A queue that takes nothing any more is deleted and made anew; one of a cluster is left to its other nodes.
func TestReset_EmptiesAQueueOfOneNode(t *testing.T) {
	for replicas, left := range map[int]int{1: 0, 3: 2} {
		r := newRig(t, queue.Options{})
		jobs := []queue.Job{{ID: message.JobID{1}, Data: []byte("a")}, {ID: message.JobID{2}, Data: []byte("b")}}
		if err := r.queue.Put(t.Context(), jobs); err != nil {
			t.Fatal(err)
		}
		q := r.queue
		if replicas > 1 {
			q = queue.WithReplicas(q, replicas)
		}
		if err := q.Reset(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := r.queue.Ensure(t.Context()); err != nil {
			t.Fatal(err)
		}
		if n := queued(t, r.queue); n != left {
			t.Errorf("%d replicas: %d jobs are left, want %d", replicas, n, left)
		}
		if err := r.queue.Put(t.Context(), jobs); err != nil {
			t.Fatal(err)
		}
		if n := queued(t, r.queue); n != 2 {
			t.Errorf("%d replicas: %d jobs are queued", replicas, n)
		}
	}
}

func TestIsMute_IsAboutTime(t *testing.T) {
	for err, want := range map[error]bool{
		context.DeadlineExceeded: true, fmt.Errorf("storing a key: %w", nats.ErrTimeout): true, nats.ErrConnectionClosed: false, context.Canceled: false, errors.New("other"): false,
	} {
		if queue.IsMute(err) != want {
			t.Errorf("%v", err)
		}
	}
}
