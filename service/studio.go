// Package service has drops proven by workers, on this machine and others.
//
//	message      what coordinator and workers say to each other
//	queue        jobs on NATS JetStream, in this process or a cluster
//	state        the coordinator's folder: workers, parked jobs, journal
//	coordinator  gives out batches and tokens, verifies proofs, writes them
//	worker       proves them
//
// A [Studio] is a coordinator with its queue and, if asked for, workers of its own.
package service

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/files"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service/coordinator"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/service/state"
	"github.com/genproof/genproof/service/worker"
	"github.com/genproof/genproof/setup"
)

// Options are of a studio.
type Options struct {
	Dir         string // the coordinator's folder, see package state
	URL         string // of a NATS cluster; empty: the queue is in this process
	CA          string // a file of certificates to trust besides the system's, of the cluster
	Listen      string // where a queue in this process takes workers of other machines; empty: nowhere
	TLS         *tls.Config
	Coordinator coordinator.Options
}

// A Studio is a coordinator at work.
type Studio struct {
	State       *state.Folder
	Coordinator *coordinator.Coordinator

	o      Options
	lock   *files.Lock
	roster *coordinator.Roster
	server *queue.Server // nil with a cluster
	conn   *nats.Conn
	ctx    context.Context
	stop   context.CancelFunc
	busy   sync.WaitGroup
}

// Open starts a studio. Of a folder that another one has the error is [files.ErrBusy].
func Open(ctx context.Context, o Options) (s *Studio, err error) {
	folder, err := state.Open(o.Dir)
	if err != nil {
		return nil, err
	}
	s = &Studio{State: folder, o: o, roster: coordinator.NewRoster(folder)}
	if s.lock, err = folder.Lock(); err != nil {
		return nil, err
	}
	if err = s.connect(); err == nil {
		s.Coordinator, err = coordinator.New(ctx, s.conn, folder, s.roster, o.Coordinator)
	}
	if err != nil {
		s.disconnect()
		return nil, err
	}
	s.ctx, s.stop = context.WithCancel(ctx)
	s.busy.Go(func() { s.Coordinator.Run(s.ctx) })
	return s, nil
}

func (s *Studio) connect() error {
	key, err := s.State.Key()
	if err != nil {
		return err
	}
	if s.o.URL != "" {
		s.conn, err = queue.Dial(queue.Link{URL: s.o.URL, CA: s.o.CA, Key: key})
		return err
	}
	s.server, err = queue.Start(queue.ServerOptions{Dir: s.State.QueueDir(), Listen: s.o.Listen, TLS: s.o.TLS, Coordinator: key, Admits: s.roster.Admits})
	if err != nil {
		return err
	}
	s.conn, err = s.server.Dial(key)
	return err
}

func (s *Studio) disconnect() {
	if s.Coordinator != nil {
		s.Coordinator.Close()
	}
	if s.conn != nil {
		s.conn.Close()
	}
	if s.server != nil {
		s.server.Close()
	}
	s.lock.Unlock()
}

// Close stops the studio's workers and gives their jobs back. What is proven is on disk.
func (s *Studio) Close() {
	s.stop()
	s.busy.Wait()
	s.disconnect()
}

// Ready reports why jobs cannot be queued now.
func (s *Studio) Ready() error {
	if !s.conn.IsConnected() {
		return errors.New("the queue is not connected")
	}
	return nil
}

// URL is where workers of other machines connect; empty if they cannot.
func (s *Studio) URL() string {
	switch {
	case s.server == nil:
		return s.o.URL
	case s.o.Listen == "":
		return ""
	}
	return s.server.ClientURL()
}

// Work starts workers in this process, which share keys.
func (s *Studio) Work(n int, keys setup.Keys) error {
	return s.WorkWith(n, func() (worker.Keys, error) { return worker.Give(keys) })
}

// WorkWith starts workers in this process, each with keys of its own.
func (s *Studio) WorkWith(n int, keys func() (worker.Keys, error)) error {
	for range n {
		given, err := keys()
		if err != nil {
			return err
		}
		id, err := message.NewIdentity()
		if err != nil {
			return err
		}
		s.roster.Enrol(id.Worker())
		conn, err := s.dial(id)
		if err != nil {
			return err
		}
		public, err := s.State.Public()
		if err != nil {
			return err
		}
		s.busy.Go(func() {
			defer conn.Close()
			err := worker.Run(s.ctx, conn, worker.Options{Identity: id, Coordinator: public, Keys: given, Beat: s.beat(), Log: s.o.Coordinator.Log})
			if err != nil && !errors.Is(err, context.Canceled) {
				s.o.Coordinator.Log.Error().Err(err).Msg("a worker has stopped")
			}
		})
	}
	return nil
}

// beat is often enough for a queue that is less patient than most.
func (s *Studio) beat() (d time.Duration) { return s.o.Coordinator.Queue.AckWait / 3 }

func (s *Studio) dial(id *message.Identity) (*nats.Conn, error) {
	if s.server != nil {
		return s.server.Dial(id.Key())
	}
	return queue.Dial(queue.Link{URL: s.o.URL, CA: s.o.CA, Key: id.Key()})
}

// A Deck is one to prove.
type Deck struct {
	Deck   *drop.Deck
	Out    string // the folder of its proofs
	Reveal bool   // publish documents and cards of a sealed deck too
	Store  *setup.Store
	Keys   *setup.Groth16Keys
}

// IDOf is a drop's name in the studio that is for this drop alone.
func (s *Studio) IDOf() (id message.DropID, err error) {
	public, err := s.State.Public()
	if err != nil {
		return id, err
	}
	sum := sha256.Sum256(append([]byte("genproof studio drop 1\n"), public[:]...))
	return message.DropID(sum[:]), nil
}

// Prove has a deck proven and its images copied, and returns how many batches were there before.
// It is [coordinator.ErrParked] when the rest is parked.
func (s *Studio) Prove(ctx context.Context, id message.DropID, d Deck) (reused int, err error) {
	folder, err := prover.OpenDeckFolder(d.Out, d.Deck, d.Keys.Verifying, d.Keys.Provenance, d.Reveal)
	if err != nil {
		return 0, err
	}
	defer folder.Close()
	source, err := coordinator.Batches(d.Deck, folder)
	if err != nil {
		return 0, err
	}
	reused, err = s.prove(ctx, id, source, d.Store, d.Keys)
	if err != nil {
		return reused, fmt.Errorf("proving %s: %w", d.Deck.Name, err)
	}
	return reused, folder.AddImages(ctx)
}

// Tokens are some of a drawn drop's to prove.
type Tokens struct {
	Drop  *drop.Drop
	List  []prover.Token
	Out   string // the folder of their proofs
	Share bool   // with workers elsewhere, which learn the drop's seed and blind
	Store *setup.Store
	Keys  *setup.Groth16Keys
}

// ProveTokens has tokens proven, and returns how many were there before. Nothing is proven unless all
// of them obey the policy. It is [coordinator.ErrParked] when the rest is
// parked.
func (s *Studio) ProveTokens(ctx context.Context, id message.DropID, d Tokens) (reused int, err error) {
	folder, err := prover.OpenTokenFolder(d.Out, d.Drop, d.Keys.Verifying, d.Keys.Provenance)
	if err != nil {
		return 0, err
	}
	defer folder.Close()
	source, err := coordinator.Tokens(d.Drop, folder, d.List, d.Share)
	if err != nil {
		return 0, err
	}
	reused, err = s.prove(ctx, id, source, d.Store, d.Keys)
	if err != nil {
		return reused, fmt.Errorf("proving %s: %w", d.Drop.Name, err)
	}
	return reused, nil
}

// prove has a drop's jobs done.
func (s *Studio) prove(ctx context.Context, id message.DropID, source coordinator.Source, store *setup.Store, k *setup.Groth16Keys) (reused int, err error) {
	keys, err := coordinator.NewKeys(ctx, store, k.Circuit)
	if err != nil {
		return 0, err
	}
	p, err := s.Coordinator.Add(id, source, keys)
	if err != nil {
		return 0, err
	}
	defer s.Coordinator.Drop(p)
	reused, _, _ = p.Progress()
	return reused, p.Wait(ctx)
}
