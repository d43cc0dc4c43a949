package peers

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/consensys/gnark/logger"

	"github.com/genproof/genproof/bench/host"
)

// The phases of a peer. Each is a process.
const (
	phaseSetup = "setup"
	phaseProve = "prove"
	phaseGas   = "gas"
)

// A Job is what one process has to do.
type Job struct {
	Phase  string `json:"phase"`
	Peer   Peer   `json:"peer"`
	Blocks int    `json:"blocks"` // of the document
	Folder string `json:"folder"` // the peer's own
	Cache  string `json:"cache"`  // of all peers
	Warmup int    `json:"warmup"`
	Runs   int    `json:"runs"`
}

// An Outcome is what a phase has found; the fields of other phases are zero.
type Outcome struct {
	Constraints     int       `json:"constraints,omitempty"` // or gates
	CompileSeconds  float64   `json:"compileSeconds,omitempty"`
	SetupSeconds    float64   `json:"setupSeconds,omitempty"`
	ProvingKeyBytes int64     `json:"provingKeyBytes,omitempty"`
	ProveSeconds    []float64 `json:"proveSeconds,omitempty"`
	ProveCPU        []float64 `json:"proveCPU,omitempty"` // processor time, in the kernel and out of it
	VerifySeconds   []float64 `json:"verifySeconds,omitempty"`
	ProofBytes      int       `json:"proofBytes,omitempty"`
	Gas             uint64    `json:"gas,omitempty"`    // of the execution alone
	Peak            uint64    `json:"peak,omitempty"`   // resident bytes at most
	Others          *float64  `json:"others,omitempty"` // cores that other programs kept busy meanwhile
}

// Work reads a job from stdin, does it, and writes its outcome to stdout: it is the whole
// of a measuring process.
func Work(ctx context.Context, stdin io.Reader, stdout io.Writer) error {
	var j Job
	if err := json.NewDecoder(stdin).Decode(&j); err != nil {
		return fmt.Errorf("reading a job: %w", err)
	}
	logger.Disable() // gnark's goes to stdout
	w, err := j.worker()
	if err != nil {
		return err
	}
	do := map[string]func(context.Context) (*Outcome, error){phaseSetup: w.setup, phaseProve: w.prove, phaseGas: w.gas}[j.Phase]
	if do == nil {
		return fmt.Errorf("there is no phase %.40q", j.Phase)
	}
	o, err := do(ctx)
	if err != nil {
		return err
	}
	if o.Peak == 0 {
		o.Peak = host.Peak()
	}
	return json.NewEncoder(stdout).Encode(o)
}

// A worker does the phases of a peer.
type worker interface {
	setup(context.Context) (*Outcome, error)
	prove(context.Context) (*Outcome, error)
	gas(context.Context) (*Outcome, error) // 0 gas: nothing to measure
}

func (j *Job) worker() (worker, error) {
	switch j.Peer.Tool {
	case Genproof, Gnark:
		return &gnarkWorker{j}, nil
	case Snarkjs:
		return &snarkjsWorker{j}, nil
	case Noir:
		return &noirWorker{j}, nil
	}
	return nil, fmt.Errorf("there is no peer %.60q", j.Peer.Name())
}

// digest names what makes the peer's keys.
func (p Peer) digest() string {
	switch p.Tool {
	case Genproof, Gnark:
		return cmp.Or(host.Software().Binary, "unknown program")
	case Noir:
		return digestOf("noir")
	default:
		return digestOf("snarkjs")
	}
}

// missing tells why the peer cannot run here, "" if it can.
func (p Peer) missing(cache string) string {
	switch p.Tool {
	case Snarkjs:
		return snarkjsPackage(cache).missing()
	case Noir:
		if why := noirPackage(cache).missing(); why != "" {
			return why
		}
		if _, err := os.Stat(bbOf(cache)); err != nil {
			return "Barretenberg has no program for this platform"
		}
	}
	return ""
}
