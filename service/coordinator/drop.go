package coordinator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/keycar"
)

// A Drop is a deck whose batches are proven by workers.
type Drop struct {
	ID     message.DropID
	deck   *drop.Deck
	folder *prover.DeckFolder
	keys   *Keys
	policy fr.Element // its commitment

	mu      sync.Mutex // one change of the folder at a time
	proven  []bool
	left    int
	parked  int
	changed chan struct{} // closed and replaced when a batch is proven or parked
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

// Add takes a deck on: what its folder of proofs lacks is queued at the next Reconcile. No card is
// given out unless every card obeys the policy and agrees with its document.
func (c *Coordinator) Add(id message.DropID, d *drop.Deck, folder *prover.DeckFolder, keys *Keys) (*Drop, error) {
	if err := d.Provable(); err != nil {
		return nil, err
	}
	if d.Circuit.String() != keys.circuit.ID {
		return nil, fmt.Errorf("the keys are those of %s, want %s", keys.circuit.ID, d.Circuit)
	}
	p := &Drop{ID: id, deck: d, folder: folder, keys: keys, proven: make([]bool, d.Batches()), changed: make(chan struct{})}
	p.policy = d.Description(bundle.Key{}).Commitments.Policy
	for n := range p.proven {
		there, err := folder.Has(n)
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

// work is the job of batch n.
func (p *Drop) work(n int) message.Work {
	return message.Work{Drop: p.ID, Model: p.deck.Model, Policy: p.policy, Batch: uint64(n), Circuit: p.keys.circuit.ID, System: p.keys.circuit.Digest, Key: p.keys.verifying.SHA256}
}

// Progress returns how many batches are proven and how many parked, of how many.
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

// ErrParked says that batches are left that nobody is given any more.
var ErrParked = errors.New("jobs are parked")

// Wait returns when every batch is proven. When all that are left are parked it is [ErrParked].
func (p *Drop) Wait(ctx context.Context) error {
	for {
		changed := p.Changed()
		done, parked, total := p.Progress()
		switch {
		case done == total:
			return nil
		case done+parked == total:
			return fmt.Errorf("%d of %d batches: %w", parked, total, ErrParked)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}

// isProven reports whether a batch is.
func (p *Drop) isProven(n int) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.proven[n]
}

// add checks a proof and writes the batch, unless it is there. It reports whether it was.
func (p *Drop) add(n int, proof []byte) (known bool, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.proven[n] {
		return true, p.folder.Check(n, proof)
	}
	if err := p.folder.Add(n, proof); err != nil {
		return false, err
	}
	p.proven[n] = true
	p.left--
	p.tell()
	return false, nil
}
