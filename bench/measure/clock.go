package measure

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/genproof/genproof/bench/host"
	"github.com/genproof/genproof/bench/record"
)

// shortest is how long a sample takes at least: what is quicker is done several times,
// and the sample is the mean.
const shortest = 20 * time.Millisecond

// timed runs f and takes up how long it takes: first Warmup times unheard, then Repetitions
// times, fewer once they have taken Budget. Garbage is collected between the samples. With
// cpu the processor time is a figure of its own: others' work does not lengthen it much.
func (w *work) timed(ctx context.Context, name, note string, cpu bool, f func() error) error {
	for range w.Warmup {
		if err := f(); err != nil {
			return err
		}
	}
	watch, begun := host.StartWatch(), time.Now()
	calls, first, err := w.calls(f)
	if err != nil {
		return err
	}
	if calls > 1 {
		note = join(note, fmt.Sprintf("each sample the mean of %d", calls))
	}
	var walls, cpus []float64
	if calls == 1 && w.Warmup == 0 { // the only call so far is the first sample
		walls, cpus = append(walls, first.wall.Seconds()), append(cpus, first.cpu.Seconds())
	}
	for len(walls) == 0 || len(walls) < w.Repetitions && time.Since(begun).Seconds() < w.Budget {
		if err := ctx.Err(); err != nil {
			return err
		}
		s, err := sample(calls, f)
		if err != nil {
			return err
		}
		walls, cpus = append(walls, s.wall.Seconds()), append(cpus, s.cpu.Seconds())
	}
	w.taken(name, note, walls, watch)
	if cpu && cpus[0] > 0 {
		w.taken(name+" cpu", join(note, "time on all cores"), cpus, watch)
	}
	return nil
}

// taken takes up the samples of a figure.
func (w *work) taken(name, note string, seconds []float64, watch *host.Watch) {
	m := record.Timed(name, "s", seconds)
	if others, known := watch.Others(0); known {
		m.Others = &others
	}
	w.add(m, note)
}

type span struct{ wall, cpu time.Duration }

// sample returns the mean time of some calls of f.
func sample(calls int, f func() error) (span, error) {
	runtime.GC()
	cpu, start := host.Used(), time.Now()
	for range calls {
		if err := f(); err != nil {
			return span{}, err
		}
	}
	wall := time.Since(start)
	return span{wall / time.Duration(calls), (host.Used() - cpu) / time.Duration(calls)}, nil
}

// calls finds out how many calls of f make a sample, by one call.
func (w *work) calls(f func() error) (int, span, error) {
	s, err := sample(1, f)
	if err != nil {
		return 0, s, err
	}
	return int((shortest + s.wall - 1) / max(1, s.wall)), s, nil
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// peak takes up the largest memory of this process so far.
func (w *work) peak(name, note string) {
	if bytes := host.Peak(); bytes > 0 {
		w.add(record.Timed(name, "bytes", []float64{float64(bytes)}), join("largest resident size of the process", note))
	}
}
