package console

import (
	"io"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// Bars shows progress on a terminal. Unless it is started it shows nothing.
type Bars struct {
	mu       sync.Mutex
	terminal io.Writer
	progress *mpb.Progress // nil while there are no bars
	open     []*mpb.Bar
}

// Start shows what follows on a terminal.
func (b *Bars) Start(terminal io.Writer) { b.terminal = terminal }

// Finish removes the bars that are left, so that other lines can be written.
func (b *Bars) Finish() {
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
func (b *Bars) show(add func(*mpb.Progress) *mpb.Bar) *Meter {
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
	return &Meter{bar}
}

// A Meter is one bar. A nil one shows nothing.
type Meter struct{ bar *mpb.Bar }

// Count shows how many of total are done, the rate, and the time left.
func (b *Bars) Count(name string, total int64) *Meter {
	return b.add(name, total, decor.CountersNoUnit("%d/%d", decor.WCSyncSpace), decor.AverageSpeed(0, "%.1f/s", decor.WCSyncSpace))
}

// Bytes is Count for bytes.
func (b *Bars) Bytes(name string, total int64) *Meter {
	return b.add(name, total, decor.CountersKibiByte("% .0f/% .0f", decor.WCSyncSpace), decor.AverageSpeed(decor.SizeB1024(0), "% .0f", decor.WCSyncSpace))
}

func (b *Bars) add(name string, total int64, counters ...decor.Decorator) *Meter {
	after := append(counters, decor.Name(" left"), decor.AverageETA(decor.ET_STYLE_GO, decor.WCSyncSpace))
	return b.show(func(p *mpb.Progress) *mpb.Bar {
		return p.AddBar(total, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(name, decor.WCSyncSpaceR)), mpb.AppendDecorators(after...))
	})
}

// Spin shows that something of unknown length goes on.
func (b *Bars) Spin(name string) *Meter {
	return b.show(func(p *mpb.Progress) *mpb.Bar {
		return p.AddSpinner(0, mpb.BarRemoveOnComplete(), mpb.PrependDecorators(decor.Name(name, decor.WCSyncSpaceR)),
			mpb.AppendDecorators(decor.Elapsed(decor.ET_STYLE_GO)))
	})
}

// Set shows that so much is done.
func (m *Meter) Set(done int64) {
	if m != nil {
		m.bar.SetCurrent(done)
	}
}

// End removes the bar.
func (m *Meter) End() {
	if m != nil {
		m.bar.Abort(true)
	}
}
