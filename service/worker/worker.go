// Package worker takes jobs from a coordinator's queue and proves them.
//
// A worker trusts one coordinator, by its public key, and nobody else: jobs are signed, hidden
// values are sealed to the worker and bound to the job, and what is proven is compared with what
// the job says first. It holds the hidden values of the batch in work, and no others.
package worker

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

// Options are of a worker.
type Options struct {
	Identity    *message.Identity
	Coordinator message.PublicKey // whose jobs are done
	Keys        Keys
	Beat        time.Duration // how often the queue hears that a job is in work; 0: 10 s
	Patience    time.Duration // how long a proof is offered to a coordinator that does not answer; 0: 10 min
	Log         zerolog.Logger
	Proven      func(work message.Work) // after each proof that was accepted; may be nil
}

// Keys are where proving keys come from.
type Keys interface {
	// For returns a prover with exactly the keys that a job names, or an error that is
	// [ErrKey] or [ErrCircuit].
	For(ctx context.Context, job *message.Job) (*prover.CircuitProver, error)
}

// ErrKey says that a job's proving key cannot be had, or is not what its digest says.
var ErrKey = errors.New("the proving key is not there or not the job's")

// ErrCircuit says that this program compiles a job's circuit to another constraint system.
var ErrCircuit = errors.New("the job is for another version of the circuits")

// ErrStranger says that the coordinator takes nothing from this worker.
var ErrStranger = errors.New("the coordinator does not know this worker, or has parked or removed it")

// A worker is one under way.
type worker struct {
	Options
	taker  *queue.Taker
	space  queue.Space
	ctx    context.Context
	refuse context.CancelCauseFunc // ends ctx: the coordinator takes nothing from the worker

	wanted   chan struct{}  // one more job may be taken
	taken    chan *task     // with its hidden values, sealed
	offering chan struct{}  // one answer is on its way at a time
	busy     sync.WaitGroup // what goes on besides proving
	last     time.Duration  // of the last proof
}

// Run takes and does jobs until ctx ends. Jobs that it has are given back then. It is [ErrStranger]
// once the coordinator refuses the worker.
func Run(ctx context.Context, conn *nats.Conn, o Options) error {
	if o.Beat == 0 {
		o.Beat = 10 * time.Second
	}
	if o.Patience == 0 {
		o.Patience = 10 * time.Minute
	}
	space := queue.SpaceOf(o.Coordinator)
	taker, err := queue.Take(conn, space)
	if err != nil {
		return err
	}
	ctx, refuse := context.WithCancelCause(ctx)
	defer refuse(nil)
	w := &worker{
		Options: o, taker: taker, space: space, ctx: ctx, refuse: refuse,
		wanted: make(chan struct{}, 1), taken: make(chan *task), offering: make(chan struct{}, 1),
	}
	w.busy.Go(w.takeWanted)
	w.proveTaken()
	w.busy.Wait()
	return context.Cause(ctx)
}

// want lets one more job be taken. There is room: nothing more is wanted until it is taken.
func (w *worker) want() { w.wanted <- struct{}{} }

// takeWanted takes jobs as they are wanted until the worker ends.
func (w *worker) takeWanted() {
	for {
		select {
		case <-w.ctx.Done():
			return
		case <-w.wanted:
		}
		t := w.take()
		if t == nil {
			return
		}
		select {
		case <-w.ctx.Done():
			t.again(0)
			return
		case w.taken <- t:
		}
	}
}

// proveTaken proves one job after the other until the worker ends.
func (w *worker) proveTaken() {
	w.want()
	for {
		select {
		case <-w.ctx.Done():
			return
		case t := <-w.taken:
			next := time.AfterFunc(w.untilNext(), w.want)
			answer := w.do(t)
			if next.Stop() {
				w.want()
			}
			w.offering <- struct{}{}
			w.busy.Go(func() {
				w.settle(t, answer)
				<-w.offering
			})
		}
	}
}

// untilNext is when, after a proof has begun, the next job is taken: when three quarters of it are
// over, by the last one. Sooner would keep jobs from workers that have none.
func (w *worker) untilNext() time.Duration {
	if w.last == 0 {
		return time.Duration(math.MaxInt64) // when it is over
	}
	return w.last * 3 / 4
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
