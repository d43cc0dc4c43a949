package worker

import (
	"context"
	"crypto/rand"
	"errors"
	"time"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

// A task is a job that this worker has, with its hidden values sealed to the worker.
type task struct {
	job      *message.Job
	ask      *message.Ask
	sealed   []byte
	delivery *queue.Delivery
	stop     context.CancelFunc // of saying that it is in work
}

// done removes the job from the queue. If that is lost another worker hears that it is known.
func (t *task) done() { t.stop(); _ = t.delivery.Done() }

// again gives the job back, to be given out after some time. If that is lost it is given out when
// the worker has been silent for long enough.
func (t *task) again(after time.Duration) { t.stop(); _ = t.delivery.Again(after) }

// pauseAfterFailure gives the coordinator time to put right what may be put right.
const pauseAfterFailure = 3 * time.Second

// take waits for a job that the coordinator gives this worker the hidden values of. It is nil when
// the worker ends.
func (w *worker) take() *task {
	for pause := time.Duration(0); ; {
		d, err := w.taker.Next(w.ctx, 2*time.Second)
		switch {
		case w.ctx.Err() != nil:
			if err == nil {
				_ = d.Again(0)
			}
			return nil
		case errors.Is(err, queue.ErrNone):
			pause = 0
		case err != nil: // no leader, no stream, no connection: it will be back
			w.Log.Debug().Err(err).Msg("no job can be taken")
			pause = min(2*pause+50*time.Millisecond, 5*time.Second)
			wait(w.ctx, pause)
		default:
			pause = 0
			if t := w.begin(d); t != nil {
				return t
			}
		}
	}
}

// begin asks for a job's hidden values. It is nil if there are none for this worker.
func (w *worker) begin(d *queue.Delivery) *task {
	job, err := message.OpenJob(w.Coordinator, d.Data, time.Now())
	if err != nil { // a stranger's, or an old one: the coordinator makes what is needed anew
		w.Log.Warn().Err(err).Msg("a job is left out")
		_ = d.Done()
		return nil
	}
	t := &task{job: job, delivery: d, stop: w.beat(d)}
	outcome, err := w.request(t)
	switch {
	case w.ctx.Err() != nil:
		t.again(0) // somebody else gets it at once
	case err != nil:
		w.told(t, "given back", err)
		t.again(time.Second)
	case outcome == "":
		return t
	default:
		w.obey(t, outcome)
	}
	return nil
}

// beat says that a job is in work until the returned function is called.
func (w *worker) beat(d *queue.Delivery) (stop context.CancelFunc) {
	ctx, cancel := context.WithCancel(w.ctx)
	w.busy.Go(func() {
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
	})
	return cancel
}

// request asks the coordinator for a job's hidden values, which stay sealed, or returns what it says.
func (w *worker) request(t *task) (outcome string, err error) {
	t.ask = &message.Ask{Job: t.job.Work.ID()}
	if _, err := rand.Read(t.ask.Nonce[:]); err != nil {
		return "", err
	}
	question, err := t.ask.Sign(w.Identity.Key())
	if err != nil {
		return "", err
	}
	reply, err := w.taker.Call(w.ctx, w.space.AskSubject(), question)
	if err != nil {
		return "", err
	}
	if message.IsVerdict(reply) {
		return message.OpenVerdict(w.Coordinator, question, reply)
	}
	t.sealed = reply
	return "", nil
}

// obey does with a job what the coordinator says about it.
func (w *worker) obey(t *task, outcome string) {
	w.told(t, outcome, nil)
	switch outcome {
	case message.Accepted, message.Known, message.Unknown:
		t.done()
	case message.Stranger:
		t.again(0)
		w.refuse(ErrStranger)
	default:
		t.again(pauseAfterFailure)
	}
}

func (w *worker) told(t *task, what string, err error) {
	w.Log.Debug().Stringer("drop", t.job.Work.Drop).Stringer("job", t.job.Work).Err(err).Msg(what)
}
