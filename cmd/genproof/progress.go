package main

import (
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
)

var phaseNames = map[setup.Phase]string{
	setup.PhaseCompile: "compiling", setup.PhaseWait: "waiting for another process", setup.PhaseSetup: "computing keys", setup.PhasePowers: "powers of tau",
	setup.PhaseWrite: "writing keys", setup.PhaseCheck: "checking keys", setup.PhaseLoad: "loading keys", setup.PhaseAudit: "checking every point",
}

// keyProgress shows the phases of getting a circuit's keys.
func (p *program) keyProgress(circuit string) setup.Progress {
	var now *console.Meter
	return func(phase setup.Phase, done, total int64) {
		if done == 0 {
			p.Log.Debug().Str("circuit", circuit).Str("phase", string(phase)).Msg("keys")
			now.End()
			switch name := circuit + " " + phaseNames[phase]; {
			case total == 0:
				now = p.Bars.Spin(name)
			case phase == setup.PhaseSetup || phase == setup.PhasePowers:
				now = p.Bars.Count(name, total) // of points
			default:
				now = p.Bars.Bytes(name, total)
			}
		}
		now.Set(done)
		if done == total && total > 0 {
			now.End()
		}
	}
}
