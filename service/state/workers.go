package state

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/genproof/genproof/service/message"
)

// Standings of workers.
const (
	Enrolled = "enrolled"
	Parked   = "parked"  // it gave too many bad answers, and gets nothing more
	Removed  = "removed" // by a person; it stays in the list for what it saw
)

// MaxBad is how many bad proofs park a worker.
const MaxBad = 3

// A Worker is one that was ever enrolled.
type Worker struct {
	Worker   string    `json:"worker"` // message.Worker as text
	Label    string    `json:"label"`
	Standing string    `json:"standing"`
	Reason   string    `json:"reason,omitempty"`
	Bad      int       `json:"bad"` // proofs that did not hold
	Added    time.Time `json:"added"`
}

// Name is the worker's short name.
func (w *Worker) Name() string {
	parsed, err := message.ParseWorker(w.Worker)
	if err != nil {
		return "?"
	}
	return parsed.Key.Name()
}

type registry struct {
	Workers []Worker `json:"workers"`
}

// ErrUnknown says that there is no such worker.
var ErrUnknown = errors.New("there is no such worker")

// Workers lists all that were ever enrolled.
func (f *Folder) Workers() ([]Worker, error) {
	var r registry
	err := f.read(workersFile, &r)
	return r.Workers, err
}

// Enrolled returns the worker that signs with a key, if it may work now.
func (f *Folder) Enrolled(key message.PublicKey) (message.Worker, bool) {
	list, err := f.Workers()
	if err != nil {
		return message.Worker{}, false // whoever cannot be looked up may not work
	}
	suffix := "+" + fmt.Sprintf("%x", key[:])
	for _, w := range list {
		if w.Standing != Enrolled || !strings.HasSuffix(w.Worker, suffix) {
			continue
		}
		if parsed, err := message.ParseWorker(w.Worker); err == nil && parsed.Key == key {
			return parsed, true
		}
	}
	return message.Worker{}, false
}

// Enrol lets a worker in. One that was parked or removed starts again.
func (f *Folder) Enrol(ctx context.Context, w message.Worker, label string) error {
	return change(ctx, f, workersFile, func(r *registry) error {
		r.Workers = slices.DeleteFunc(r.Workers, func(old Worker) bool { return old.Worker == w.String() })
		r.Workers = append(r.Workers, Worker{Worker: w.String(), Label: label, Standing: Enrolled, Added: time.Now().UTC().Truncate(time.Second)})
		return nil
	})
}

// find returns the worker of a name, a label or in full.
func (r *registry) find(name string) (*Worker, error) {
	var found []*Worker
	for i := range r.Workers {
		if w := &r.Workers[i]; w.Worker == name || w.Name() == name || w.Label == name && name != "" {
			found = append(found, w)
		}
	}
	switch len(found) {
	case 0:
		return nil, fmt.Errorf("%.80q: %w", name, ErrUnknown)
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("%.80q are %d workers: name one in full", name, len(found))
}

// Remove lets a worker, by its name, label or in full, do nothing more, from its next request on.
func (f *Folder) Remove(ctx context.Context, name string) (removed Worker, err error) {
	err = change(ctx, f, workersFile, func(r *registry) error {
		w, err := r.find(name)
		if err != nil {
			return err
		}
		w.Standing, w.Reason, removed = Removed, "", *w
		return nil
	})
	return removed, err
}

// Park lets a worker do nothing more, for a reason.
func (f *Folder) Park(ctx context.Context, key message.PublicKey, reason string) error {
	return f.changeWorker(ctx, key, func(w *Worker) { w.Standing, w.Reason = Parked, reason })
}

// CountBad counts a proof that did not hold, and reports whether it was one too many.
func (f *Folder) CountBad(ctx context.Context, key message.PublicKey) (parked bool, err error) {
	err = f.changeWorker(ctx, key, func(w *Worker) {
		if w.Bad++; w.Bad >= MaxBad && w.Standing == Enrolled {
			w.Standing, w.Reason, parked = Parked, fmt.Sprintf("%d proofs did not hold", w.Bad), true
		}
	})
	return parked, err
}

func (f *Folder) changeWorker(ctx context.Context, key message.PublicKey, do func(*Worker)) error {
	return change(ctx, f, workersFile, func(r *registry) error {
		suffix := "+" + fmt.Sprintf("%x", key[:])
		for i := range r.Workers {
			if strings.HasSuffix(r.Workers[i].Worker, suffix) {
				do(&r.Workers[i])
				return nil
			}
		}
		return ErrUnknown
	})
}
