package prover

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/genproof/genproof/files"
)

// A Job is a set of tokens to prove into a folder.
type Job struct {
	Dir       string
	IDs       []uint64
	Recipient func(id uint64) [20]byte // whom a token may be minted to, zero for anyone; nil: all for anyone
	Workers   int                      // tokens in work at once, 0 for one a core but at most two
	Progress  func(Event)
	// SkipRefused proves the other tokens when some break the policy. Else nothing is proven, and
	// the error is a *[Refusals].
	SkipRefused bool
	// Finish, if not nil, is called when all tokens are there, while no other job can change
	// the folder.
	Finish func(context.Context) error
}

func (j *Job) recipient(id uint64) [20]byte {
	if j.Recipient == nil {
		return [20]byte{}
	}
	return j.Recipient(id)
}

// An Event is a step of a job. Events come one at a time.
type Event struct {
	Phase       string // PhaseCheck or PhaseProve
	Done, Total int    // tokens
	ID          uint64
	Reused      bool // the folder had this token already
}

// The phases of a job.
const (
	PhaseCheck = "check" // every token's clauses, natively
	PhaseProve = "prove"
)

// A Summary is what a job has done.
type Summary struct {
	Proven, Reused int
	Refused        *Refusals // with SkipRefused; nil for none
	Elapsed        time.Duration
}

// Run proves the tokens of a job that its folder does not have. First all of them are
// checked natively, so that one that breaks the policy stops the job before any proving. A
// file is written whole or not at all: a job that was stopped, even killed, continues when
// it is run again. A bundle in the folder that is another drop's, key's or recipient's is
// an error and stays as it is. Two jobs at once would prove the same tokens twice: of a
// folder that another job works in the error is [files.ErrBusy].
func (p *Prover) Run(ctx context.Context, job Job) (*Summary, error) {
	start := time.Now()
	ids := slices.Compact(slices.Sorted(slices.Values(job.IDs)))
	run := &run{prover: p, job: job, folder: p.folder(job.Dir), judged: map[uint64]*judged{}}
	missing, lock, err := run.begin(ctx, ids)
	if err != nil {
		return nil, err
	}
	defer lock.Unlock()
	if err := run.folder.open(); err != nil {
		return nil, err
	}
	all := len(ids)
	if run.summary.Refused != nil {
		all -= run.summary.Refused.Count()
	}
	run.summary.Reused = all - len(missing)
	if err := run.prove(ctx, missing, all); err != nil {
		return nil, err
	}
	run.summary.Elapsed = time.Since(start)
	if job.Finish != nil {
		if err := job.Finish(ctx); err != nil {
			return nil, err
		}
	}
	return &run.summary, nil
}

// begin checks the tokens and locks the folder. In a new one it leaves nothing unless the
// tokens can be proven, so that it locks one only after it has checked them.
func (r *run) begin(ctx context.Context, ids []uint64) (missing []uint64, lock *files.Lock, err error) {
	isNew := r.folder.isNew()
	if isNew {
		if missing, err = r.check(ctx, ids); err != nil {
			return nil, nil, err
		}
	}
	if lock, err = r.folder.lock(); err != nil {
		return nil, nil, err
	}
	switch {
	case !isNew:
		missing, err = r.check(ctx, ids)
	case !r.folder.isNew():
		err = fmt.Errorf("another job has worked in %s meanwhile: run this again to continue", r.folder.dir)
	}
	if err != nil {
		lock.Unlock()
		return nil, nil, err
	}
	return missing, lock, nil
}

// A run is a job under way.
type run struct {
	prover *Prover
	job    Job
	folder *TokenFolder

	mu      sync.Mutex
	done    int
	summary Summary
	judged  map[uint64]*judged // by id, those that are to be proven; at most maxJudged
}

// maxJudged bounds the tokens that a job keeps between its phases, 3 to 10 kB each. What is beyond is judged again.
const maxJudged = 1 << 14

func (r *run) keep(t *judged) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.judged) < maxJudged {
		r.judged[t.token.ID] = t
	}
}

// proveOne proves a token as it was judged, and lets go of it.
func (r *run) proveOne(ctx context.Context, id uint64) (*Proven, error) {
	r.mu.Lock()
	t := r.judged[id]
	delete(r.judged, id)
	r.mu.Unlock()
	if t == nil {
		return r.prover.Prove(ctx, id, r.job.recipient(id))
	}
	return r.prover.prove(ctx, t)
}

// workers is how many tokens are in work at once. A proof already uses all cores most of
// the time; a second one fills the gaps, a third would only cost memory.
func (r *run) workers() int {
	if r.job.Workers > 0 {
		return r.job.Workers
	}
	return min(2, runtime.GOMAXPROCS(0))
}

// check judges every token natively, keeps those that are to be proven, and returns the ids that have no bundle yet. Of tokens
// that break the policy it finds all.
func (r *run) check(ctx context.Context, ids []uint64) ([]uint64, error) {
	there, refused := make([]bool, len(ids)), make([]error, len(ids))
	err := each(ctx, len(ids), runtime.GOMAXPROCS(0), func(i int) error {
		t, err := judge(r.prover.drop, ids[i], r.job.recipient(ids[i]))
		switch {
		case isRefusal(err):
			refused[i] = err
		case err != nil:
			return err
		default:
			if there[i], err = r.folder.has(t.result); err != nil {
				return err
			}
			if !there[i] {
				r.keep(t)
			}
		}
		r.report(Event{Phase: PhaseCheck, Total: len(ids), ID: ids[i], Reused: there[i] || refused[i] != nil})
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.done = 0
	r.summary.Refused = refusalsOf(refused)
	if all := r.summary.Refused; all != nil && (!r.job.SkipRefused || all.Count() == len(ids)) {
		return nil, all
	}
	var missing []uint64
	for i, id := range ids {
		if !there[i] && refused[i] == nil {
			missing = append(missing, id)
		}
	}
	return missing, nil
}

func (r *run) prove(ctx context.Context, ids []uint64, total int) error {
	r.done = total - len(ids)
	return each(ctx, len(ids), r.workers(), func(i int) error {
		b, err := r.proveOne(ctx, ids[i])
		if err != nil {
			return err
		}
		if err := r.folder.add(b); err != nil {
			return err
		}
		r.report(Event{Phase: PhaseProve, Total: total, ID: ids[i]})
		return nil
	})
}

// each calls f for every index, some at a time, until one fails. Of several failures the
// one of the lowest index that was tried is returned.
func each(ctx context.Context, n, workers int, f func(i int) error) error {
	errs := make([]error, n)
	group, groupCtx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i := range n {
		if groupCtx.Err() != nil {
			break
		}
		group.Go(func() error {
			if err := groupCtx.Err(); err != nil {
				return err
			}
			errs[i] = f(i)
			return errs[i]
		})
	}
	stopped := group.Wait()
	for i, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) {
			return errs[i]
		}
	}
	if stopped == nil {
		stopped = ctx.Err()
	}
	if stopped != nil && errors.Is(stopped, context.Canceled) {
		return fmt.Errorf("stopped: what is finished is kept, run again to continue: %w", stopped)
	}
	return stopped
}

func (r *run) report(e Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.done++
	if e.Phase == PhaseProve {
		r.summary.Proven++
	}
	if e.Done = r.done; r.job.Progress != nil {
		r.job.Progress(e)
	}
}
