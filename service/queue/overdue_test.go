package queue_test

import (
	"errors"
	"testing"
	"time"

	"github.com/genproof/genproof/service/queue"
)

// A job whose worker is silent goes to another one when it is overdue, however many others are done
// meanwhile.
func TestQueue_GivesOverdueJobsOutWhileOthersAreDone(t *testing.T) {
	const patience = 2 * time.Second
	r := newRig(t, queue.Options{AckWait: patience})
	list := jobs(250)
	if err := r.queue.Put(t.Context(), list[:1]); err != nil {
		t.Fatal(err)
	}
	taker := r.take(t)
	silent := next(t, taker)
	deadline := time.Now().Add(5 * patience)
	for _, other := range list[1:] {
		if err := r.queue.Put(t.Context(), []queue.Job{other}); err != nil {
			t.Fatal(err)
		}
		d, err := taker.Next(t.Context(), time.Second)
		if errors.Is(err, queue.ErrNone) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if string(d.Data) == string(silent.Data) {
			return
		}
		time.Sleep(50 * time.Millisecond) // it is in work, and the silent one becomes overdue
		if err := d.Done(); err != nil {
			t.Fatal(err)
		}
		if err := r.queue.Forget(t.Context(), other.ID); err != nil {
			t.Fatal(err)
		}
		if time.Now().After(deadline) {
			break
		}
	}
	t.Error("the job is given to nobody")
}
