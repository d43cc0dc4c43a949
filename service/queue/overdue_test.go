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
	r.put(t, job(0))
	taker := r.take(t)
	silent := next(t, taker)
	deadline := time.Now().Add(5 * patience)
	for n := byte(1); ; n++ {
		other := job(n)
		r.put(t, other)
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
		if err := d.Done(); err != nil {
			t.Fatal(err)
		}
		if err := r.queue.Forget(t.Context(), other.ID); err != nil {
			t.Fatal(err)
		}
		if time.Now().After(deadline) {
			t.Fatal("the job is given to nobody")
		}
		time.Sleep(50 * time.Millisecond)
	}
}
