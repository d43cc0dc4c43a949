package main

import (
	"bytes"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

// inTime fails the test if f hangs: bars that are never done must not keep the program.
func inTime(t *testing.T, f func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		defer close(done)
		f()
	}()
	select {
	case <-done:
	case <-time.After(10 * time.Second):
		t.Fatal("it hangs")
	}
}

func TestBars_EndWhatIsLeft(t *testing.T) {
	inTime(t, func() {
		p := &program{log: zerolog.Nop()}
		p.bars.start(new(bytes.Buffer))
		left := p.bars.count("left", 10)
		left.set(3)
		p.bars.spin("forever")
		p.bars.finish()
		p.bars.finish()
		left.set(4)
		left.end()
		p.bars.bytes("after the end", 5).set(5)
		p.bars.finish()
	})
}

func TestBars_FollowSetupAndJob(t *testing.T) {
	for _, terminal := range []bool{false, true} {
		inTime(t, func() {
			p := &program{log: zerolog.Nop()}
			if terminal {
				p.bars.start(new(bytes.Buffer))
			}
			key := p.keyProgress("root/small")
			for _, phase := range []setup.Phase{setup.PhaseCompile, setup.PhaseSetup, setup.PhaseWrite, setup.PhaseCheck, setup.PhaseCheck} {
				key(phase, 0, 100)
				key(phase, 50, 100)
				key(phase, 100, 100)
			}
			key(setup.PhaseSetup, 0, 0)
			key(setup.PhaseSetup, 1, 1)
			job := p.jobProgress()
			for i := 1; i <= 3; i++ {
				job(prover.Event{Phase: prover.PhaseCheck, Done: i, Total: 3, Reused: i == 2})
			}
			for i := 2; i <= 3; i++ {
				job(prover.Event{Phase: prover.PhaseProve, Done: i, Total: 3})
			}
			p.bars.finish()
		})
	}
}
