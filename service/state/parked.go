package state

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/genproof/genproof/service/message"
)

// A ParkedJob is given to nobody until a person says so.
type ParkedJob struct {
	Job     string    `json:"job"`
	Drop    string    `json:"drop"`
	Batch   uint64    `json:"batch"`
	Reasons []string  `json:"reasons"`
	Since   time.Time `json:"since"`
}

type parkedJobs struct {
	Jobs map[string]ParkedJob `json:"jobs"`
}

// ParkedJobs lists the parked jobs by drop and batch.
func (f *Folder) ParkedJobs() ([]ParkedJob, error) {
	var p parkedJobs
	if err := f.read(parkedFile, &p); err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Values(p.Jobs), func(a, b ParkedJob) int {
		if a.Drop != b.Drop {
			return map[bool]int{true: -1, false: 1}[a.Drop < b.Drop]
		}
		return int(a.Batch) - int(b.Batch)
	}), nil
}

// ParkJob keeps a job from being given out.
func (f *Folder) ParkJob(ctx context.Context, id message.JobID, w message.Work, reasons []string) error {
	return change(ctx, f, parkedFile, func(p *parkedJobs) error {
		if p.Jobs == nil {
			p.Jobs = map[string]ParkedJob{}
		}
		p.Jobs[id.String()] = ParkedJob{id.String(), w.Drop.String(), w.Batch, reasons, time.Now().UTC().Truncate(time.Second)}
		return nil
	})
}

// Retry lets all parked jobs be given out again, and returns how many they are.
func (f *Folder) Retry(ctx context.Context) (n int, err error) {
	err = change(ctx, f, parkedFile, func(p *parkedJobs) error {
		n, p.Jobs = len(p.Jobs), nil
		return nil
	})
	return n, err
}
