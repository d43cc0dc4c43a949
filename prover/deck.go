package prover

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/genproof/genproof/bundle"
	"github.com/genproof/genproof/drop"
	"github.com/genproof/genproof/setup"
)

// A DeckProver proves the batches of one deck with one key.
type DeckProver struct {
	deck   *drop.Deck
	prover *CircuitProver
	key    bundle.Key
}

// NewDeck returns a prover of a deck.
func NewDeck(d *drop.Deck, keys setup.Keys) (*DeckProver, error) {
	info := keys.Info()
	if want := d.Circuit.String(); info.Circuit.ID != want {
		return nil, fmt.Errorf("proving %s: the keys are those of %s, want %s", d.Name, info.Circuit.ID, want)
	}
	batches, err := NewCircuit(keys)
	if err != nil {
		return nil, err
	}
	return &DeckProver{deck: d, prover: batches, key: bundle.Key{Digest: info.Verifying.Digest(), Provenance: info.Provenance}}, nil
}

// Prove returns what is published of a batch, its proof verified.
func (p *DeckProver) Prove(ctx context.Context, n int) (*bundle.Batch, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	proof, s, err := p.prover.Prove(ctx, p.deck.Batch(n), nil)
	if err != nil {
		return nil, err
	}
	return p.deck.PublishBatch(n, s.List, proof), nil
}

// A DeckJob is a set of batches to prove into a folder.
type DeckJob struct {
	Dir     string
	Batches []int // nil for all
	// Reveal publishes documents and cards of a sealed deck too. Those of an open one always are.
	Reveal   bool
	Progress func(done, total int, reused bool) // of the batches, one at a time
	// Finish, if not nil, is called when all is there, while no other job can change the folder.
	Finish func(context.Context) error
}

// Run proves the batches that the folder does not have. No card is proven unless every card
// obeys the policy and agrees with its document. A batch's file is written behind its cards and
// documents, whole or not at all: a job that was stopped, even killed, continues when it is run
// again. Of a folder that another job works in the error is [files.ErrBusy].
func (p *DeckProver) Run(ctx context.Context, job DeckJob) (*Summary, error) {
	start := time.Now()
	if err := p.deck.Provable(); err != nil {
		return nil, err
	}
	batches, err := p.batches(job.Batches)
	if err != nil {
		return nil, err
	}
	f, err := OpenDeckFolder(job.Dir, p.deck, p.prover.backend.verifying, p.key.Provenance, job.Reveal)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	run := &deckRun{prover: p, job: job, folder: f, total: len(batches)}
	if err := each(ctx, len(batches), 2, func(i int) error { return run.batch(ctx, batches[i]) }); err != nil {
		return nil, err
	}
	if err := f.AddImages(ctx); err != nil {
		return nil, err
	}
	if job.Finish != nil {
		if err := job.Finish(ctx); err != nil {
			return nil, err
		}
	}
	run.summary.Elapsed = time.Since(start)
	return &run.summary, nil
}

func (p *DeckProver) batches(wanted []int) ([]int, error) {
	if wanted == nil {
		wanted = make([]int, p.deck.Batches())
		for i := range wanted {
			wanted[i] = i
		}
	}
	batches := slices.Compact(slices.Sorted(slices.Values(wanted)))
	if len(batches) == 0 || batches[0] < 0 || batches[len(batches)-1] >= p.deck.Batches() {
		return nil, fmt.Errorf("the deck has batches 0 to %d", p.deck.Batches()-1)
	}
	return batches, nil
}

// A deckRun is a job under way.
type deckRun struct {
	prover *DeckProver
	job    DeckJob
	folder *DeckFolder
	total  int

	mu      sync.Mutex
	done    int
	summary Summary
}

// batch makes one batch, unless it is there, and everything that belongs to it.
func (r *deckRun) batch(ctx context.Context, n int) error {
	reused, err := r.folder.Has(n)
	if err != nil {
		return err
	}
	if err := r.folder.addCards(n); err != nil {
		return err
	}
	if !reused {
		b, err := r.prover.Prove(ctx, n)
		if err != nil {
			return err
		}
		if err := r.folder.addBatch(n, b); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.done++; reused {
		r.summary.Reused++
	} else {
		r.summary.Proven++
	}
	if r.job.Progress != nil {
		r.job.Progress(r.done, r.total, reused)
	}
	return nil
}

var errOtherBatch = errors.New("it is not this deck's: delete it to prove the batch again")
