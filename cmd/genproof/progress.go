package main

import (
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/genproof/genproof/setup"
)

// bars shows progress on a terminal. Unless it is started it shows nothing.
type bars struct {
	mu       sync.Mutex
	progress *mpb.Progress
	open     []*mpb.Bar
}

func (b *bars) start(w io.Writer) {
	b.progress = mpb.New(mpb.WithOutput(w), mpb.WithWidth(40), mpb.WithRefreshRate(120*time.Millisecond))
}

// finish removes the bars that are left and ends.
func (b *bars) finish() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.progress == nil {
		return
	}
	for _, bar := range b.open {
		bar.Abort(true)
	}
	b.progress.Wait()
	b.progress = nil
}

// A meter is one bar. A nil one shows nothing.
type meter struct{ bar *mpb.Bar }

// count shows how many of total are done, the rate, and the time left.
func (b *bars) count(name string, total int64) *meter {
	return b.add(name, total, decor.CountersNoUnit("%d/%d", decor.WCSyncSpace), decor.AverageSpeed(0, "%.1f/s", decor.WCSyncSpace))
}

// bytes is count for bytes.
func (b *bars) bytes(name string, total int64) *meter {
	return b.add(name, total, decor.CountersKibiByte("% .0f/% .0f", decor.WCSyncSpace), decor.AverageSpeed(decor.SizeB1024(0), "% .0f", decor.WCSyncSpace))
}

func (b *bars) add(name string, total int64, counters ...decor.Decorator) *meter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.progress == nil {
		return nil
	}
	after := append(counters, decor.Name(" left"), decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncSpace))
	bar := b.progress.AddBar(total, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(name, decor.WCSyncSpaceR)), mpb.AppendDecorators(after...))
	b.open = append(b.open, bar)
	return &meter{bar}
}

// spin shows that something of unknown length goes on.
func (b *bars) spin(name string) *meter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.progress == nil {
		return nil
	}
	bar := b.progress.AddSpinner(0, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(name, decor.WCSyncSpaceR)),
		mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_GO)))
	b.open = append(b.open, bar)
	return &meter{bar}
}

func (m *meter) set(done int64) {
	if m != nil {
		m.bar.SetCurrent(done)
	}
}

func (m *meter) end() {
	if m != nil {
		m.bar.Abort(true)
	}
}

var phaseNames = map[setup.Phase]string{
	setup.PhaseCompile: "compiling", setup.PhaseWait: "waiting for another process", setup.PhaseSetup: "drawing keys",
	setup.PhaseWrite: "writing keys", setup.PhaseCheck: "checking keys", setup.PhaseLoad: "loading keys",
}

// keys shows the phases of getting a circuit's keys.
func (p *program) keyProgress(circuit string) setup.Progress {
	var now *meter
	return func(phase setup.Phase, done, total int64) {
		if done == 0 {
			p.log.Debug().Str("circuit", circuit).Str("phase", string(phase)).Msg("keys")
			now.end()
			if now = p.bars.spin(circuit + " " + phaseNames[phase]); total > 0 {
				now.end()
				now = p.bars.bytes(circuit+" "+phaseNames[phase], total)
			}
		}
		now.set(done)
		if done == total && total > 0 {
			now.end()
		}
	}
}
