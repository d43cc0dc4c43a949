package coordinator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/keycar"
)

// A Drop is one whose batches or tokens are proven by workers.
type Drop struct {
	ID     message.DropID
	source Source
	keys   *Keys

	writing sync.Mutex // one change of the folder at a time
	mu      sync.Mutex // never held while the disk is waited for
	proven  []bool
	left    int
	parked  int
	changed chan struct{} // closed and replaced when a job is proven or parked
}

// Keys are what jobs of one circuit say of its keys, and where their files are.
type Keys struct {
	store              *setup.Store
	circuit            *setup.Circuit
	proving, verifying message.File
}

// NewKeys looks at a circuit's keys in a store. Their files are checked when they are sent.
func NewKeys(ctx context.Context, store *setup.Store, circuit *setup.Circuit) (*Keys, error) {
	k := &Keys{store: store, circuit: circuit}
	err := store.Export(ctx, circuit, nil, func(m *keycar.Manifest, _ func(string) (io.ReadCloser, error)) error {
		k.proving, k.verifying = message.File(m.Files.PK), message.File(m.Files.VK)
		return nil
	})
	return k, err
}

// upload stores the keys' files in the queue's bucket, unless they are there.
func (k *Keys) upload(ctx context.Context, q *queue.Queue, replace bool) error {
	return k.store.Export(ctx, k.circuit, nil, func(_ *keycar.Manifest, open func(string) (io.ReadCloser, error)) error {
		for name, file := range map[string]message.File{"pk": k.proving, "vk": k.verifying} {
			if err := q.PutKey(ctx, file, replace, func() (io.ReadCloser, error) { return open(name) }); err != nil {
				return err
			}
		}
		return nil
	})
}

// Add takes a drop on: what its folder of proofs lacks is queued at the next Reconcile.
func (c *Coordinator) Add(id message.DropID, source Source, keys *Keys) (*Drop, error) {
	if want := source.circuit().String(); want != keys.circuit.ID {
		return nil, fmt.Errorf("the keys are those of %s, want %s", keys.circuit.ID, want)
	}
	p := &Drop{ID: id, source: source, keys: keys, proven: make([]bool, source.len()), changed: make(chan struct{})}
	for n := range p.proven {
		there, err := source.has(n)
		if err != nil {
			return nil, err
		}
		if p.proven[n] = there; !there {
			p.left++
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.drops[id] != nil {
		return nil, errors.New("the drop is being proven already")
	}
	c.drops[id] = p
	for n := range p.proven {
		c.jobs[p.work(n).ID()] = place{p, n}
	}
	c.Wake()
	return p, nil
}

// Drop lets a drop go: its jobs are unknown from now on.
func (c *Coordinator) Drop(p *Drop) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.drops, p.ID)
	for n := range p.proven {
		delete(c.jobs, p.work(n).ID())
	}
}

// work is job n.
func (p *Drop) work(n int) message.Work {
	w := p.source.work(n)
	w.Drop, w.Circuit, w.System, w.Key = p.ID, p.keys.circuit.ID, p.keys.circuit.Digest, p.keys.verifying.SHA256
	return w
}

// Progress returns how many batches or tokens are proven and how many parked, of how many.
func (p *Drop) Progress() (done, parked, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.proven) - p.left, p.parked, len(p.proven)
}

// Changed is closed when the progress is another one.
func (p *Drop) Changed() <-chan struct{} {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.changed
}

func (p *Drop) tell() {
	close(p.changed)
	p.changed = make(chan struct{})
}

// ErrParked says that jobs are left that nobody is given any more.
var ErrParked = errors.New("jobs are parked")

// Wait returns when every job is proven. When all that are left are parked it is [ErrParked].
func (p *Drop) Wait(ctx context.Context) error {
	for {
		changed := p.Changed()
		done, parked, total := p.Progress()
		switch {
		case done == total:
			return nil
		case done+parked == total:
			return fmt.Errorf("%d of %d %w", parked, total, ErrParked)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// isProven reports whether job n is.
func (p *Drop) isProven(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.proven[n]
}

// add checks a proof and writes what it proves, unless it is there. It reports whether it was.
func (p *Drop) add(n int, proof []byte) (known bool, err error) {
	p.writing.Lock()
	defer p.writing.Unlock()
	if p.isProven(n) {
		return true, p.source.check(n, proof)
	}
	if err := p.source.add(n, proof); err != nil {
		return false, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.proven[n] = true
	p.left--
	p.tell()
	return false, nil
}
