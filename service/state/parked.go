package state

import (
	"cmp"
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
	What    string    `json:"what"` // within the drop: batch 3, token 7
	Reasons []string  `json:"reasons"`
	Since   time.Time `json:"since"`
}

type parkedJobs struct {
	Jobs map[string]ParkedJob `json:"jobs"`
}

// ParkedJobs lists the parked jobs by drop and number.
func (f *Folder) ParkedJobs() ([]ParkedJob, error) {
	var p parkedJobs
	if err := f.read(parkedFile, &p); err != nil {
		return nil, err
	}
	return slices.SortedFunc(maps.Values(p.Jobs), func(a, b ParkedJob) int {
		return cmp.Or(cmp.Compare(a.Drop, b.Drop), cmp.Compare(len(a.What), len(b.What)), cmp.Compare(a.What, b.What))
	}), nil
}

// ParkJob keeps a job from being given out.
func (f *Folder) ParkJob(ctx context.Context, id message.JobID, w message.Work, reasons []string) error {
	return change(ctx, f, parkedFile, func(p *parkedJobs) error {
		if p.Jobs == nil {
			p.Jobs = map[string]ParkedJob{}
		}
		p.Jobs[id.String()] = ParkedJob{id.String(), w.Drop.String(), w.String(), reasons, time.Now().UTC().Truncate(time.Second)}
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
