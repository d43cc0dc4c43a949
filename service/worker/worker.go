// Package worker takes jobs from a coordinator's queue and proves them.
//
// A worker trusts one coordinator, by its public key, and nobody else: jobs are signed, hidden
// values are sealed to the worker and bound to the job, and what is proven is compared with what
// the job says first. It holds the hidden values of the batch in work, and no others.
package worker

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/rs/zerolog"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
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
	For(ctx context.Context, job *message.Job) (*prover.BatchProver, error)
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
	taker *queue.Taker
	space queue.Space
}

// Run takes and does jobs until ctx ends. A job in work is given back then. It is [ErrStranger]
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
	w := &worker{o, taker, space}
	for pause := time.Duration(0); ctx.Err() == nil; {
		d, err := taker.Next(ctx, 2*time.Second)
		switch {
		case errors.Is(err, queue.ErrNone) || ctx.Err() != nil:
			pause = 0
			continue
		case err != nil: // no leader, no stream, no connection: it will be back
			w.Log.Debug().Err(err).Msg("no job can be taken")
			pause = min(2*pause+50*time.Millisecond, 5*time.Second)
			wait(ctx, pause)
			continue
		}
		pause = 0
		if err := w.work(ctx, d); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func wait(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// work does one job. Its only error is ErrStranger, of others the coordinator hears.
func (w *worker) work(ctx context.Context, d *queue.Delivery) error {
	job, err := message.OpenJob(w.Coordinator, d.Data, time.Now())
	if err != nil { // a stranger's, or an old one: the coordinator makes what is needed anew
		w.Log.Warn().Err(err).Msg("a job is left out")
		w.done(d)
		return nil
	}
	stop := w.beat(ctx, d)
	outcome, err := w.do(ctx, job)
	stop()
	log := w.Log.Debug().Stringer("drop", job.Work.Drop).Uint64("batch", job.Work.Batch)
	switch {
	case ctx.Err() != nil:
		_ = d.Again(0) // somebody else gets it at once
		return nil
	case err != nil:
		log.Err(err).Msg("given back")
		_ = d.Again(time.Second)
		return nil
	}
	log.Str("outcome", outcome).Msg("answered")
	switch outcome {
	case message.Accepted:
		w.done(d)
		if w.Proven != nil {
			w.Proven(job.Work)
		}
	case message.Known, message.Unknown:
		w.done(d)
	case message.Stranger:
		_ = d.Again(0)
		return ErrStranger
	default:
		_ = d.Again(pauseAfterFailure)
	}
	return nil
}

// pauseAfterFailure gives the coordinator time to put right what may be put right.
const pauseAfterFailure = 3 * time.Second

// done removes a job from the queue. If that fails another worker hears that it is known.
func (w *worker) done(d *queue.Delivery) {
	if err := d.Done(); err != nil {
		w.Log.Debug().Err(err).Msg("a job that is done stays in the queue")
	}
}

// beat says that the job is in work until the returned function is called.
func (w *worker) beat(ctx context.Context, d *queue.Delivery) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		tick := time.NewTicker(w.Beat)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				_ = d.Beat() // without a connection the job goes to another
			}
		}
	}()
	return cancel
}

// do asks for a job's hidden values, proves and answers. An error is of the connection.
func (w *worker) do(ctx context.Context, job *message.Job) (outcome string, err error) {
	batch, outcome, err := w.ask(ctx, job)
	if err != nil || outcome != "" {
		return outcome, err
	}
	answer := &message.Answer{Job: job.Work.ID()}
	if batch == nil {
		answer.Failure = message.FailedWitness
	} else {
		answer.Proof, answer.Failure = w.prove(ctx, job, batch)
	}
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	return w.answer(ctx, answer)
}

// ask returns a job's hidden values, or nil if they are not such, or what the coordinator says.
func (w *worker) ask(ctx context.Context, job *message.Job) (*deck.Batch, string, error) {
	ask := &message.Ask{Job: job.Work.ID()}
	if _, err := rand.Read(ask.Nonce[:]); err != nil {
		return nil, "", err
	}
	question, err := ask.Sign(w.Identity.Key())
	if err != nil {
		return nil, "", err
	}
	reply, err := w.taker.Call(ctx, w.space.AskSubject(), question)
	if err != nil {
		return nil, "", err
	}
	if message.IsVerdict(reply) {
		outcome, err := message.OpenVerdict(w.Coordinator, question, reply)
		return nil, outcome, err
	}
	id, err := statement.ParseCircuitID(job.Work.Circuit)
	if err != nil || id.Binding != statement.Deck {
		return nil, "", nil
	}
	batch, err := w.Identity.Open(w.Coordinator, ask, id.Size, reply)
	if errors.Is(err, message.ErrSignature) || errors.Is(err, message.ErrSealed) {
		return nil, "", err // not the coordinator's reply to this question: ask again later
	}
	if err != nil || batch.First != job.Work.Batch*uint64(id.Size.Cards) {
		return nil, "", nil
	}
	return batch, "", nil
}

// prove returns a proof of what the job says and of nothing else, or why there is none.
func (w *worker) prove(ctx context.Context, job *message.Job, batch *deck.Batch) (proof []byte, failure string) {
	keys, err := w.Keys.For(ctx, job)
	switch {
	case errors.Is(err, ErrCircuit):
		return nil, w.failed(err, message.FailedCircuit)
	case errors.Is(err, ErrKey):
		return nil, w.failed(err, message.FailedKey)
	case err != nil:
		return nil, w.failed(err, message.FailedWorker)
	}
	proof, _, err = keys.Prove(ctx, batch, func(s deck.Statement) bool { return s.Model == job.Work.Model && s.Policy == job.Work.Policy })
	switch {
	case errors.Is(err, prover.ErrOtherStatement):
		return nil, w.failed(err, message.FailedWitness)
	case err != nil:
		return nil, w.failed(err, message.FailedProof)
	}
	return proof, message.FailedNone
}

func (w *worker) failed(err error, failure string) string {
	w.Log.Warn().Err(err).Msg("no proof")
	return failure
}

// answer offers a proof until the coordinator says what becomes of it.
func (w *worker) answer(ctx context.Context, a *message.Answer) (string, error) {
	data, err := a.Sign(w.Identity.Key())
	if err != nil {
		return "", err
	}
	last := time.Now().Add(w.Patience)
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		reply, err := w.taker.Call(ctx, w.space.AnswerSubject(), data)
		var outcome string
		if err == nil {
			outcome, err = message.OpenVerdict(w.Coordinator, data, reply)
		}
		if err == nil && outcome != message.Trouble {
			return outcome, nil
		}
		if time.Now().After(last) {
			return "", fmt.Errorf("the coordinator does not take the answer: %w", errors.Join(err, errTrouble))
		}
		if wait(ctx, pause); ctx.Err() != nil {
			return "", ctx.Err()
		}
	}
}

var errTrouble = errors.New("it could not write it, or does not reply")
