package main

import (
	"bytes"
	"testing"

	"github.com/rs/zerolog"

	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/prover"
	"github.com/genproof/genproof/setup"
)

func TestBars_FollowSetupAndJob(t *testing.T) {
	for _, terminal := range []bool{false, true} {
		p := &program{console.Console{Log: zerolog.Nop()}}
		if terminal {
			p.Bars.Start(new(bytes.Buffer))
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
		p.Bars.Finish()
	}
}
