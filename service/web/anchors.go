package web

import (
	"fmt"
	"time"

	"github.com/genproof/genproof/service/anchor"
)

// anchorEvery is how often heads go out.
const anchorEvery = 24 * time.Hour

// openAnchors reads the file of anchors and sees that the drops are those that it knows: a server on a
// folder that was put back from an old copy, or written anew, does not begin.
func (s *Server) openAnchors() error {
	if s.o.Anchor == "" {
		return nil
	}
	f, err := anchor.Open(s.o.Anchor)
	if err != nil {
		return err
	}
	if err := f.Check(s.o.Dir); err != nil {
		return fmt.Errorf("comparing the drops with %s: %w", s.o.Anchor, err)
	}
	s.anchors = f
	return nil
}

// anchorDaily has heads go out now, and every day.
func (s *Server) anchorDaily() {
	if s.anchors == nil {
		return
	}
	every := s.o.AnchorEvery
	if every == 0 {
		every = anchorEvery
	}
	s.busy.Go(func() {
		for tick := time.NewTicker(every); ; {
			s.anchorAll()
			select {
			case <-s.ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
			}
		}
	})
}

// anchorAll anchors every tenant's drops. What cannot be is told and counted, and tried again the next time.
func (s *Server) anchorAll() {
	trouble := func(err error, what string) {
		s.metrics.failures.WithLabelValues(failedAnchor).Inc()
		s.o.Log.Error().Err(err).Msg(what)
	}
	drops, err := s.list("")
	if err != nil {
		trouble(err, "the drops cannot be listed, to anchor their logs")
		return
	}
	heads := map[string][]anchor.Drop{}
	for _, p := range drops {
		log, err := s.book(p).Log()
		switch {
		case err != nil:
			trouble(err, "a log cannot be anchored")
		case log != nil && log.Last() != nil:
			heads[p.meta.Tenant] = append(heads[p.meta.Tenant], anchor.Drop{ID: p.id.String(), Head: log.Last().String()})
		}
	}
	for tenant, list := range heads {
		if _, err := s.anchors.Add(s.o.Dir, tenant, s.key, list); err != nil {
			trouble(err, "a tenant's logs cannot be anchored")
		}
	}
}
