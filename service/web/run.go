package web

import (
	"context"
	"sync"

	"github.com/genproof/genproof/service"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/setup"
)

// A Tracker knows how far drops are.
type Tracker struct {
	mu      sync.Mutex
	drops   map[message.DropID][2]int // batches done, of how many
	changed chan struct{}
	proven  func()
}

// NewTracker returns one for the coordinator's Progress.
func NewTracker() *Tracker {
	return &Tracker{drops: map[message.DropID][2]int{}, changed: make(chan struct{})}
}

// Set is told of each batch.
func (t *Tracker) Set(id message.DropID, done, total int) {
	t.mu.Lock()
	t.drops[id] = [2]int{done, total}
	close(t.changed)
	t.changed = make(chan struct{})
	proven := t.proven
	t.mu.Unlock()
	if proven != nil {
		proven()
	}
}

func (t *Tracker) tell() {
	t.mu.Lock()
	defer t.mu.Unlock()
	close(t.changed)
	t.changed = make(chan struct{})
}

// get returns how far a drop is, and what is closed when any is further.
func (t *Tracker) get(id message.DropID) (done, total int, changed <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.drops[id][0], t.drops[id][1], t.changed
}

// A run is the proving of one drop.
type run struct {
	mu     sync.Mutex
	status string // "proving", "done", or why it has stopped
}

// What a run is.
const (
	statusNew     = "new"
	statusProving = "proving"
	statusDone    = "done"
	statusStopped = "stopped" // some jobs are parked, or something is wrong with the drop or the server
)

func (s *Server) status(id message.DropID) string {
	s.mu.Lock()
	r := s.runs[id]
	s.mu.Unlock()
	if r == nil {
		return statusNew
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.status
}

// resume goes on with what was asked for before.
func (s *Server) resume() error {
	s.o.Track.mu.Lock()
	s.o.Track.proven = s.metrics.batch
	s.o.Track.mu.Unlock()
	drops, err := s.list("")
	if err != nil {
		return err
	}
	for _, p := range drops {
		if p.meta.Proving {
			s.begin(p)
		}
	}
	return nil
}

// begin proves a drop in the background, unless that is under way.
func (s *Server) begin(p *place) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r := s.runs[p.id]; r != nil {
		r.mu.Lock()
		running := r.status == statusProving
		r.mu.Unlock()
		if running {
			return
		}
	}
	r := &run{status: statusProving}
	s.runs[p.id] = r
	s.busy.Go(func() {
		err := s.prove(s.ctx, p)
		if err == nil {
			err = s.finish(s.ctx, p)
		}
		status := statusDone
		switch {
		case err == nil:
			p.meta.Proving, p.meta.Done = false, true
			if err := p.write(); err != nil {
				s.o.Log.Error().Err(err).Msg("what is done is not noted")
			}
		case s.ctx.Err() != nil:
			return
		default:
			status = statusStopped
			s.metrics.failures.WithLabelValues(failedDrop).Inc()
			s.o.Log.Error().Stringer("drop", p.id).Err(err).Msg("proving has stopped")
		}
		r.mu.Lock()
		r.status = status
		r.mu.Unlock()
		s.o.Track.tell()
	})
}

func (s *Server) prove(ctx context.Context, p *place) error {
	d, err := s.load(ctx, p)
	if err != nil {
		return err
	}
	circuit, err := s.o.Store.Circuit(ctx, d.Circuit, nil)
	if err != nil {
		return err
	}
	there, err := s.o.Store.Has(circuit)
	if err != nil {
		return err
	}
	if !there {
		return setup.ErrNoKeys
	}
	keys, err := s.o.Store.Groth16Keys(ctx, circuit, nil)
	if err != nil {
		return err
	}
	_, err = s.o.Studio.Prove(ctx, p.id, service.Deck{Deck: d, Out: p.path(outDir), Reveal: p.meta.Reveal, Store: s.o.Store, Keys: keys})
	return err
}
