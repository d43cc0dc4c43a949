package coordinator

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/state"
)

// verdict is what a worker hears about a message of its own. Nil is nothing at all.
func (c *Coordinator) verdict(on []byte, outcome string) []byte {
	out, err := (&message.Verdict{On: sha256.Sum256(on), Outcome: outcome}).Sign(c.key)
	if err != nil {
		c.o.Log.Error().Err(err).Msg("writing a verdict")
	}
	return out
}

// find returns a job's place.
func (c *Coordinator) find(id message.JobID) (place, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at, ok := c.jobs[id]
	return at, ok
}

// onAsk gives a worker the hidden values of one batch or token: if it is enrolled now, may know them,
// and there is no proof yet. The journal says so before.
func (c *Coordinator) onAsk(data []byte) []byte {
	ask, key, err := message.OpenAsk(data)
	if err != nil {
		return nil // not by a worker
	}
	worker, enrolled := c.roster.Enrolled(key)
	if !enrolled {
		return c.verdict(data, message.Stranger)
	}
	at, ok := c.find(ask.Job)
	switch {
	case !ok || c.isParked(ask.Job):
		return c.verdict(data, message.Unknown)
	case at.drop.source.here && !c.roster.isOwn(key):
		return c.verdict(data, message.Stranger)
	case at.drop.isProven(at.n):
		return c.verdict(data, message.Known)
	}
	work := at.drop.work(at.n)
	if err := c.journal.Write(state.Given, key, work, ""); err != nil {
		c.o.Log.Error().Err(err).Msg("a job is not given out")
		return c.verdict(data, message.Trouble)
	}
	sealed, err := at.drop.source.seal(c.key, worker, ask, at.n)
	if err != nil {
		c.o.Log.Error().Err(err).Msg("a job is not given out")
		return c.verdict(data, message.Trouble)
	}
	c.o.Log.Debug().Stringer("drop", work.Drop).Stringer("job", work).Str("worker", key.Name()).Msg("given")
	return sealed
}

// onAnswer takes a proof, or why there is none.
func (c *Coordinator) onAnswer(data []byte) []byte {
	answer, key, err := message.OpenAnswer(data)
	if err != nil {
		return nil // not by a worker
	}
	if _, enrolled := c.roster.Enrolled(key); !enrolled {
		return c.verdict(data, message.Stranger)
	}
	at, ok := c.find(answer.Job)
	if !ok {
		return c.verdict(data, message.Unknown)
	}
	if answer.Failure != message.FailedNone {
		return c.verdict(data, c.onFailure(answer, key, at))
	}
	return c.verdict(data, c.onProof(answer, key, at))
}

func (c *Coordinator) onProof(answer *message.Answer, key message.PublicKey, at place) string {
	work := at.drop.work(at.n)
	known, err := at.drop.add(at.n, answer.Proof)
	switch {
	case errors.Is(err, prover.ErrBadProof):
		c.onBad(answer.Job, key, work)
		return message.Bad
	case err != nil:
		c.o.Log.Error().Err(err).Msg("a proof is not written")
		return message.Trouble
	}
	c.mu.Lock()
	c.failed[key] = 0
	delete(c.reasons, answer.Job)
	c.mu.Unlock()
	if known {
		return message.Known
	}
	if err := c.journal.Write(state.Proven, key, work, ""); err != nil { // the proof is there all the same
		c.o.Log.Error().Err(err).Msg("a proof is not in the journal")
	}
	done, _, total := at.drop.Progress()
	c.o.Log.Debug().Stringer("drop", work.Drop).Stringer("job", work).Str("worker", key.Name()).Int("done", done).Int("total", total).Msg("proven")
	if c.o.Progress != nil {
		c.o.Progress(work.Drop, done, total)
	}
	c.busy.Go(func() { // its worker takes it out of the queue, or, if that is gone, the next one that hears it is known
		if err := c.queue.Forget(context.Background(), answer.Job); err != nil {
			c.o.Log.Debug().Err(err).Msg("a job that is done keeps its entry")
		}
	})
	return message.Accepted
}

// remove takes a job out of the queue that no worker will.
func (c *Coordinator) remove(id message.JobID) {
	if err := c.queue.Remove(context.Background(), id); err != nil {
		c.o.Log.Debug().Err(err).Msg("a job that is done stays in the queue") // whoever gets it hears that it is known
	}
}

// onBad counts a proof that does not hold. Several park the worker.
func (c *Coordinator) onBad(id message.JobID, key message.PublicKey, work message.Work) {
	c.o.Log.Warn().Stringer("drop", work.Drop).Stringer("job", work).Str("worker", key.Name()).Msg("a proof does not hold")
	if err := c.journal.Write(state.Bad, key, work, ""); err != nil {
		c.o.Log.Error().Err(err).Msg("a bad proof is not in the journal")
	}
	parked, err := c.state.CountBad(context.Background(), key)
	if err != nil {
		c.o.Log.Error().Err(err).Msg("a bad proof is not counted")
	}
	if parked {
		c.o.Log.Warn().Str("worker", key.Name()).Msg("the worker is parked")
	}
	c.addReason(id, work, fmt.Sprintf("worker %s: its proof did not hold", key.Name()))
}

// onFailure notes why there is no proof. A job that failed as often as it is given out is parked,
// and so is a worker that does nothing but fail.
func (c *Coordinator) onFailure(answer *message.Answer, key message.PublicKey, at place) string {
	work := at.drop.work(at.n)
	if at.drop.isProven(at.n) {
		return message.Known
	}
	c.o.Log.Warn().Stringer("drop", work.Drop).Stringer("job", work).Str("worker", key.Name()).Str("failure", answer.Failure).Msg("no proof")
	if err := c.journal.Write(state.Failed, key, work, answer.Failure); err != nil {
		c.o.Log.Error().Err(err).Msg("a failure is not in the journal")
	}
	if answer.Failure == message.FailedKey { // the queue's fault rather than the worker's
		c.mu.Lock()
		c.spoiled[work.Drop] = true
		c.mu.Unlock()
		c.Wake()
	} else if c.failsAlways(key) {
		if err := c.state.Park(context.Background(), key, fmt.Sprintf("%d failures in a row, the last one: %s", maxFailures, answer.Failure)); err != nil {
			c.o.Log.Error().Err(err).Msg("a worker is not parked")
		}
	}
	c.addReason(answer.Job, work, fmt.Sprintf("worker %s: %s", key.Name(), answer.Failure))
	return message.Noted
}

// failsAlways counts a worker's failure, and reports whether it does nothing but fail.
func (c *Coordinator) failsAlways(key message.PublicKey) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed[key]++
	return c.failed[key] >= maxFailures
}

// addReason remembers a failure of a job, and parks the job after too many.
func (c *Coordinator) addReason(id message.JobID, work message.Work, reason string) {
	c.mu.Lock()
	c.reasons[id] = append(c.reasons[id], reason)
	reasons := c.reasons[id]
	c.mu.Unlock()
	if len(reasons) >= c.o.Queue.Deliveries {
		c.parkJob(id, work, reasons)
	}
}

// onExhausted parks a job that was given out as often as a job is.
func (c *Coordinator) onExhausted(id message.JobID) {
	at, ok := c.find(id)
	if !ok || at.drop.isProven(at.n) {
		c.remove(id)
		return
	}
	c.mu.Lock()
	reasons := append(c.reasons[id][:len(c.reasons[id]):len(c.reasons[id])], fmt.Sprintf("given out %d times without an answer that counts", c.o.Queue.Deliveries))
	c.mu.Unlock()
	c.parkJob(id, at.drop.work(at.n), reasons)
}

func (c *Coordinator) parkJob(id message.JobID, work message.Work, reasons []string) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	c.o.Log.Warn().Stringer("drop", work.Drop).Stringer("job", work).Strs("reasons", reasons).Msg("the job is parked")
	if err := c.state.ParkJob(ctx, id, work, reasons); err != nil {
		c.o.Log.Error().Err(err).Msg("a job is not parked")
		return
	}
	c.mu.Lock()
	delete(c.reasons, id)
	c.mu.Unlock()
	c.remove(id)
	c.Wake()
}

// isParked reports whether a job is given to nobody.
func (c *Coordinator) isParked(id message.JobID) bool {
	parked, err := c.parked()
	return err != nil || parked[id]
}

func (c *Coordinator) parked() (map[message.JobID]bool, error) {
	list, err := c.state.ParkedJobs()
	parked := make(map[message.JobID]bool, len(list))
	for _, j := range list {
		if id, err := message.ParseJobID(j.Job); err == nil {
			parked[id] = true
		}
	}
	return parked, err
}
