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
	terminal io.Writer
	progress *mpb.Progress // nil while there are no bars
	open     []*mpb.Bar
}

func (b *bars) start(terminal io.Writer) { b.terminal = terminal }

// finish removes the bars that are left, so that other lines can be written.
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
	b.progress, b.open = nil, nil
}

// show adds a bar, or returns nil where nothing is shown.
func (b *bars) show(add func(*mpb.Progress) *mpb.Bar) *meter {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.terminal == nil {
		return nil
	}
	if b.progress == nil {
		b.progress = mpb.New(mpb.WithOutput(b.terminal), mpb.WithWidth(40), mpb.WithRefreshRate(120*time.Millisecond))
	}
	bar := add(b.progress)
	b.open = append(b.open, bar)
	return &meter{bar}
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
	after := append(counters, decor.Name(" left"), decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncSpace))
	return b.show(func(p *mpb.Progress) *mpb.Bar {
		return p.AddBar(total, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(name, decor.WCSyncSpaceR)), mpb.AppendDecorators(after...))
	})
}

// spin shows that something of unknown length goes on.
func (b *bars) spin(name string) *meter {
	return b.show(func(p *mpb.Progress) *mpb.Bar {
		return p.AddSpinner(0, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(name, decor.WCSyncSpaceR)),
			mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_GO)))
	})
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
	setup.PhaseCompile: "compiling", setup.PhaseWait: "waiting for another process", setup.PhaseSetup: "computing keys", setup.PhasePowers: "powers of tau",
	setup.PhaseWrite: "writing keys", setup.PhaseCheck: "checking keys", setup.PhaseLoad: "loading keys", setup.PhaseAudit: "checking every point",
}

// keyProgress shows the phases of getting a circuit's keys.
func (p *program) keyProgress(circuit string) setup.Progress {
	var now *meter
	return func(phase setup.Phase, done, total int64) {
		if done == 0 {
			p.log.Debug().Str("circuit", circuit).Str("phase", string(phase)).Msg("keys")
			now.end()
			switch name := circuit + " " + phaseNames[phase]; {
			case total == 0:
				now = p.bars.spin(name)
			case phase == setup.PhaseSetup || phase == setup.PhasePowers:
				now = p.bars.count(name, total) // of points
			default:
				now = p.bars.bytes(name, total)
			}
		}
		now.set(done)
		if done == total && total > 0 {
			now.end()
		}
	}
}
