package worker

import (
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service/message"
)

// do proves a job. Without an answer the sealed values are not the coordinator's reply to the
// worker's question: it is to ask again later.
func (w *worker) do(t *task) *message.Answer {
	a := &message.Answer{Job: t.job.Work.ID()}
	keys, err := w.Keys.For(w.ctx, t.job)
	if err == nil {
		start := time.Now()
		if a.Proof, err = w.proof(keys, t); err == nil {
			w.last = time.Since(start)
		}
	}
	t.sealed = nil
	if errors.Is(err, message.ErrSignature) || errors.Is(err, message.ErrSealed) {
		w.told(t, "given back", err)
		return nil
	}
	if a.Failure = failureOf(err); a.Failure != message.FailedNone && w.ctx.Err() == nil {
		w.Log.Warn().Err(err).Msg("no proof")
	}
	return a
}

// errWitness says that the hidden values are not those of the job.
var errWitness = errors.New("the hidden values are not what the job is about")

// failureOf is why there is no proof.
func failureOf(err error) string {
	for _, f := range []struct {
		err     error
		failure string
	}{
		{nil, message.FailedNone}, {ErrCircuit, message.FailedCircuit}, {ErrKey, message.FailedKey},
		{errWitness, message.FailedWitness}, {prover.ErrOtherStatement, message.FailedWitness}, {errProof, message.FailedProof},
	} {
		if errors.Is(err, f.err) {
			return f.failure
		}
	}
	return message.FailedWorker
}

var errProof = errors.New("there is no proof")

// proof opens a job's hidden values and proves what the job says and nothing else.
func (w *worker) proof(keys *prover.CircuitProver, t *task) ([]byte, error) {
	id, err := statement.ParseCircuitID(t.job.Work.Circuit)
	switch isDeck := id.Binding == statement.Deck; {
	case err != nil || isDeck == t.job.Work.IsToken():
		return nil, errWitness
	case isDeck:
		return w.batchProof(keys, t, id.Size)
	}
	inputs, hidden, err := w.Identity.OpenVector(w.Coordinator, t.ask, t.job.Work, t.sealed)
	if err != nil {
		return nil, openError(err)
	}
	proof, err := keys.ProveVector(w.ctx, inputs, hidden)
	return proof, proofError(err)
}

func (w *worker) batchProof(keys *prover.CircuitProver, t *task, size statement.Size) ([]byte, error) {
	work := t.job.Work
	batch, err := w.Identity.Open(w.Coordinator, t.ask, size, t.sealed)
	if err != nil {
		return nil, openError(err)
	}
	if batch.First != work.Batch*uint64(size.Cards) {
		return nil, errWitness
	}
	proof, _, err := keys.Prove(w.ctx, batch, func(s deck.Statement) bool { return s.Model == work.Model && s.Policy == work.Policy })
	return proof, proofError(err)
}

// openError is of values that a coordinator sealed: for this question, and yet not of the job.
func openError(err error) error {
	if errors.Is(err, message.ErrSignature) || errors.Is(err, message.ErrSealed) {
		return err
	}
	return fmt.Errorf("%w: %w", errWitness, err)
}

func proofError(err error) error {
	if err == nil || errors.Is(err, prover.ErrOtherStatement) {
		return err
	}
	return fmt.Errorf("%w: %w", errProof, err)
}

// settle offers an answer, and does with its job what the coordinator says.
func (w *worker) settle(t *task, a *message.Answer) {
	if a == nil {
		t.again(time.Second)
		return
	}
	outcome, err := w.offer(a)
	switch {
	case w.ctx.Err() != nil:
		t.again(0) // somebody else gets it at once
	case err != nil:
		w.told(t, "given back", err)
		t.again(time.Second)
	default:
		w.obey(t, outcome)
		if outcome == message.Accepted && w.Proven != nil {
			w.Proven(t.job.Work)
		}
	}
}

// offer sends an answer until the coordinator says what becomes of it.
func (w *worker) offer(a *message.Answer) (string, error) {
	data, err := a.Sign(w.Identity.Key())
	if err != nil {
		return "", err
	}
	last := time.Now().Add(w.Patience)
	for pause := 100 * time.Millisecond; ; pause = min(2*pause, 5*time.Second) {
		if w.ctx.Err() != nil {
			return "", w.ctx.Err()
		}
		reply, err := w.taker.Call(w.ctx, w.space.AnswerSubject(), data)
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
		wait(w.ctx, pause)
	}
}

var errTrouble = errors.New("it could not write it, or does not reply")
