package web

import (
	"sync"
	"time"

	"github.com/genproof/genproof/service/state"
)

// A reading is how far the coordinator's journal was read for the measurements.
type reading struct {
	mu    sync.Mutex
	next  int                 // events that were seen
	last  time.Time           // of the last reading
	given map[given]time.Time // batches that workers have
	begun time.Time           // when this server was started: what was before is not measured
}

type given struct {
	worker, drop, job string
}

// readEvery bounds how often the journal is read.
const readEvery = 5 * time.Second

// readJournal measures what has happened since the last time.
func (s *Server) readJournal() {
	r := &s.reading
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.last) < readEvery {
		return
	}
	r.last = time.Now()
	n := 0
	err := s.o.Studio.State.Events(func(e state.Event) {
		if n++; n > r.next && !e.Time.Before(r.begun) {
			s.measure(e)
		}
	})
	if err != nil {
		s.o.Log.Warn().Err(err).Msg("the journal cannot be measured")
	}
	r.next = max(r.next, n)
}

func (s *Server) measure(e state.Event) {
	at := given{e.Worker, e.Drop, e.Job}
	switch e.Event {
	case state.Given:
		s.reading.given[at] = e.Time
		return
	case state.Proven:
		if since, ok := s.reading.given[at]; ok {
			s.metrics.proving.Observe(e.Time.Sub(since).Seconds())
		}
	case state.Bad:
		s.metrics.failures.WithLabelValues(failedProof).Inc()
	case state.Failed:
		s.metrics.failures.WithLabelValues(failedWorker).Inc()
	}
	delete(s.reading.given, at)
}

// depth is how many batches are to be proven.
func (s *Server) depth() float64 {
	drops, err := s.list("")
	if err != nil {
		return 0
	}
	n := 0
	for _, p := range drops {
		if done, total, _ := s.o.Track.get(p.id); s.status(p.id) == statusProving {
			n += total - done
		}
	}
	return float64(n)
}
