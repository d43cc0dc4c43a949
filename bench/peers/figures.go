package peers

import (
	"github.com/genproof/genproof/bench/record"
)

// The names of the figures.
const (
	figConstraints = "constraints"
	figCompile     = "compile"
	figSetup       = "setup"
	figSetupMemory = "setup memory"
	figKey         = "proving key"
	figProve       = "prove"
	figProveCPU    = "prove cpu"
	figMemory      = "memory"
	figVerify      = "verify"
	figProof       = "proof"
	figGas         = "verify gas"
)

const (
	seconds = "s"
	size    = "bytes"
)

// figures are what a peer's three phases have found, for the run file.
func figures(p Peer, blocks int, set, proved, gas *Outcome) []record.Measurement {
	unit := "constraints"
	if p.Tool == Noir {
		unit = "gates"
	}
	list := []record.Measurement{
		record.Exact(figConstraints, unit, float64(set.Constraints)),
		set.timed(figCompile, []float64{set.CompileSeconds}),
		set.timed(figSetup, []float64{set.SetupSeconds}),
		set.measured(record.Timed(figSetupMemory, size, []float64{float64(set.Peak)})),
		proved.timed(figProve, proved.ProveSeconds),
		proved.timed(figProveCPU, proved.ProveCPU),
		proved.measured(record.Timed(figMemory, size, []float64{float64(proved.Peak)})),
		proved.timed(figVerify, proved.VerifySeconds),
		record.Exact(figProof, size, float64(proved.ProofBytes)),
	}
	if set.ProvingKeyBytes > 0 { // Barretenberg has none
		list = append(list, record.Exact(figKey, size, float64(set.ProvingKeyBytes)))
	}
	if gas.Gas > 0 {
		list = append(list, record.Exact(figGas, "gas", float64(gas.Gas)))
	}
	for i := range list {
		list[i].Subject, list[i].Backend = p.subject(blocks), p.Tool
	}
	return list
}

func (o *Outcome) timed(name string, samples []float64) record.Measurement {
	return o.measured(record.Timed(name, seconds, samples))
}

// measured adds how busy others kept the machine.
func (o *Outcome) measured(m record.Measurement) record.Measurement {
	m.Others = o.Others
	return m
}
