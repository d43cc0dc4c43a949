package service_test

import (
	"context"
	"crypto/ed25519"
	"testing"
	"time"

	"github.com/genproof/genproof/circuits/deck"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/state"
)

// A liar speaks the protocol by hand.
type liar struct {
	t      *testing.T
	id     *message.Identity
	taker  *queue.Taker
	space  queue.Space
	public message.PublicKey
}

func newLiar(t *testing.T, s *service.Studio, id *message.Identity) *liar {
	t.Helper()
	public, err := s.State.Public()
	if err != nil {
		t.Fatal(err)
	}
	conn, err := queue.Dial(queue.Link{URL: s.URL(), Key: id.Key()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(conn.Close)
	space := queue.SpaceOf(public)
	taker, err := queue.Take(conn, space)
	if err != nil {
		t.Fatal(err)
	}
	return &liar{t, id, taker, space, public}
}

// next takes a job.
func (l *liar) next() (*queue.Delivery, *message.Job) {
	l.t.Helper()
	for range 20 {
		d, err := l.taker.Next(l.t.Context(), time.Second)
		if err != nil {
			continue
		}
		job, err := message.OpenJob(l.public, d.Data, time.Now())
		if err != nil {
			l.t.Fatal(err)
		}
		return d, job
	}
	l.t.Fatal("no job comes")
	return nil, nil
}

// request asks for a job's hidden values by any signing key.
func (l *liar) request(job message.JobID, key ed25519.PrivateKey) (ask *message.Ask, data, reply []byte) {
	l.t.Helper()
	ask = &message.Ask{Job: job, Nonce: message.Nonce{1}}
	data, err := ask.Sign(key)
	if err != nil {
		l.t.Fatal(err)
	}
	if reply, err = l.taker.Call(l.t.Context(), l.space.AskSubject(), data); err != nil {
		l.t.Fatal(err)
	}
	return ask, data, reply
}

// ask returns a job's hidden values, or what the coordinator says, by any signing key.
func (l *liar) ask(job message.JobID, key ed25519.PrivateKey) (*deck.Batch, string) {
	l.t.Helper()
	ask, data, reply := l.request(job, key)
	if message.IsVerdict(reply) {
		outcome, err := message.OpenVerdict(l.public, data, reply)
		if err != nil {
			l.t.Fatal(err)
		}
		return nil, outcome
	}
	b, err := l.id.Open(l.public, ask, statement.DeckSmall, reply)
	if err != nil {
		l.t.Fatal(err)
	}
	return b, ""
}

func (l *liar) answer(a message.Answer) string {
	l.t.Helper()
	data, err := a.Sign(l.id.Key())
	if err != nil {
		l.t.Fatal(err)
	}
	reply, err := l.taker.Call(l.t.Context(), l.space.AnswerSubject(), data)
	if err != nil {
		l.t.Fatal(err)
	}
	outcome, err := message.OpenVerdict(l.public, data, reply)
	if err != nil {
		l.t.Fatal(err)
	}
	return outcome
}

// proof proves a batch, with keys of one's own if they are given.
func proof(t *testing.T, b *deck.Batch) []byte {
	t.Helper()
	_, k := keys(t)
	p, err := prover.NewCircuit(k)
	if err != nil {
		t.Fatal(err)
	}
	out, _, err := p.Prove(t.Context(), b, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// proving has a deck proven in the background.
func proving(t *testing.T, s *service.Studio, d *drop.Deck) chan error {
	t.Helper()
	id, err := s.IDOf()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	t.Cleanup(cancel)
	done, work := make(chan error, 1), job(t, d)
	go func() { _, err := s.Prove(ctx, id, work); done <- err }()
	return done
}

func events(t *testing.T, s *service.Studio) map[string]int {
	t.Helper()
	n := map[string]int{}
	if err := s.State.Events(func(e state.Event) { n[e.Event]++ }); err != nil {
		t.Fatal(err)
	}
	return n
}
