package ceremony

import (
	"context"
	"errors"
	"time"

	"github.com/genproof/genproof/setup"
)

// A Phase is what a folder's files are read as: a phase 1, or the phase 2 of a circuit that
// the caller has compiled from source.
type Phase struct {
	circuit *setup.Circuit // nil for phase 1
	kind    *kind
}

// Phase returns what the folder's definition says that it is. circuit must be the circuit that it
// names, compiled from source, and nil for a phase 1.
func (f *Folder) Phase(circuit *setup.Circuit) (*Phase, error) {
	if err := f.Definition.describes(circuit); err != nil {
		return nil, fault(stepDefinition, definitionFile, err)
	}
	if circuit == nil {
		return &Phase{nil, kindPhase1(f.Definition.Powers.Power)}, nil
	}
	k, err := kindPhase2(circuit)
	return &Phase{circuit, k}, err
}

// trusted is the check of an initial accumulator by those who do not have the powers of tau.
func trusted(*link) error { return nil }

// uninterruptible runs work, which cannot be stopped, but stops waiting for it.
func uninterruptible(ctx context.Context, work func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	done := make(chan struct{})
	go func() { defer close(done); work() }()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-done:
		return nil
	}
}

// errKnown rejects a contribution made after the beacon is known: it adds no security.
var errKnown = errors.New("the announced beacon is known already: a contribution now could be chosen to suit it")

// checkStillSecret refuses to go on when the beacon's time has come.
func checkStillSecret(beacon string, now time.Time) error {
	known, ok, err := BeaconTime(beacon)
	if err == nil && ok && !now.Before(known) {
		err = errKnown
	}
	return err
}
