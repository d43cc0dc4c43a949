package coordinator

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/genproof/genproof/service/message"
	"github.com/genproof/genproof/service/queue"
)

// errUnwritten says that the queue answers, and did not store something.
var errUnwritten = errors.New("filling the queue")

// maxMute is how often in a row the queue may leave what it is to store without a word, until it is made anew.
const maxMute = 2

// mend has a queue made anew that answers and stores nothing. mute is how often in a row it did so before; what
// is returned is how often now.
func (c *Coordinator) mend(ctx context.Context, err error, mute int) int {
	if !errors.Is(err, errUnwritten) || !queue.IsMute(err) {
		return 0
	}
	if mute++; mute < maxMute {
		return mute
	}
	c.o.Log.Warn().Msg("the queue stores nothing any more, and is made anew")
	if err := c.queue.Reset(ctx); err != nil {
		c.o.Log.Warn().Err(err).Msg("the queue cannot be made anew")
	}
	return 0
}

// Reconcile makes the queue what the drops' folders say: streams that are missing, keys that are
// missing, and a job for every batch and token that is neither proven, parked nor queued.
func (c *Coordinator) Reconcile(ctx context.Context) error {
	if err := c.queue.Ensure(ctx); err != nil {
		return err
	}
	if err := c.queue.Revive(ctx); err != nil {
		return err
	}
	queued, err := c.queue.Queued(ctx)
	if err != nil {
		return err
	}
	parked, err := c.parked()
	if err != nil {
		return err
	}
	for _, p := range c.list() {
		missing := p.missing(parked, queued)
		if len(missing) == 0 && !c.isSpoiled(p.ID) {
			continue
		}
		if err := p.keys.upload(ctx, c.queue, c.isSpoiled(p.ID)); err != nil {
			return fmt.Errorf("%w: %w", errUnwritten, err)
		}
		c.mu.Lock()
		delete(c.spoiled, p.ID)
		c.mu.Unlock()
		if err := c.put(ctx, p, missing); err != nil {
			return fmt.Errorf("%w: %w", errUnwritten, err)
		}
	}
	return nil
}

func (c *Coordinator) list() (drops []*Drop) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.drops {
		drops = append(drops, p)
	}
	return drops
}

func (c *Coordinator) isSpoiled(id message.DropID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.spoiled[id]
}

// missing returns the jobs that have to be queued, and notes how many are parked.
func (p *Drop) missing(parked, queued map[message.JobID]bool) (jobs []int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before := p.parked
	p.parked = 0
	for n, proven := range p.proven {
		if proven {
			continue
		}
		switch id := p.work(n).ID(); {
		case parked[id]:
			p.parked++
		case !queued[id]:
			jobs = append(jobs, n)
		}
	}
	if p.parked != before {
		p.tell()
	}
	return jobs
}

// putAtOnce bounds what is held of signed jobs in memory.
const putAtOnce = 1024

func (c *Coordinator) put(ctx context.Context, p *Drop, jobs []int) error {
	for len(jobs) > 0 {
		n := min(putAtOnce, len(jobs))
		list := make([]queue.Job, n)
		for i, at := range jobs[:n] {
			job := &message.Job{Work: p.work(at), Proving: p.keys.proving, Verifying: p.keys.verifying, Expires: uint64(time.Now().Add(c.o.Expiry).Unix())}
			data, err := job.Sign(c.key)
			if err != nil {
				return err
			}
			list[i] = queue.Job{ID: job.Work.ID(), Data: data}
		}
		if err := c.queue.Put(ctx, list); err != nil {
			return err
		}
		c.o.Log.Debug().Stringer("drop", p.ID).Int("jobs", n).Msg("queued")
		jobs = jobs[n:]
	}
	return nil
}
