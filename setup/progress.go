package setup

import (
	"context"
	"io"
)

// A Phase is a step of getting keys.
type Phase string

// The phases, in order. Wait is for another process that makes the same keys.
const (
	PhaseCompile Phase = "compile"
	PhaseWait    Phase = "wait"
	PhasePowers  Phase = "powers"
	PhaseSetup   Phase = "setup"
	PhaseWrite   Phase = "write"
	PhaseCheck   Phase = "check" // once for each file
	PhaseLoad    Phase = "load"
	PhaseAudit   Phase = "audit" // of keys from elsewhere; of unknown length
)

// Progress is told what is going on, by one goroutine at a time. A phase begins with done
// 0 and ends with done == total. On the way done and total are bytes, or of [PhasePowers] and
// [PhaseSetup] points; while total is 0 nobody knows how long it takes.
type Progress func(phase Phase, done, total int64)

func (p Progress) report(phase Phase, done, total int64) {
	if p != nil {
		p(phase, done, total)
	}
}

// A meter reports the bytes that pass and stops when the context does.
type meter struct {
	ctx         context.Context
	progress    Progress
	phase       Phase
	done, total int64
}

func (m *meter) add(n int) error {
	m.done += int64(n)
	m.progress.report(m.phase, m.done, m.total)
	return m.ctx.Err()
}

// points returns what counts points, each as often as it is worth.
func (m *meter) points(worth int64) func(more int) {
	return func(more int) {
		m.done += worth * int64(more)
		m.progress.report(m.phase, m.done, m.total)
	}
}

func (m *meter) reader(r io.Reader) io.Reader { return meteredReader{m, r} }
func (m *meter) writer(w io.Writer) io.Writer { return meteredWriter{m, w} }

type meteredReader struct {
	*meter
	r io.Reader
}

func (m meteredReader) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	if stop := m.add(n); stop != nil {
		return n, stop
	}
	return n, err
}

type meteredWriter struct {
	*meter
	w io.Writer
}

func (m meteredWriter) Write(b []byte) (int, error) {
	n, err := m.w.Write(b)
	if stop := m.add(n); err == nil && stop != nil {
		return n, stop
	}
	return n, err
}
