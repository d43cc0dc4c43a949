package ceremony

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
)

// A Fault is why a ceremony is rejected: the first thing that is wrong.
type Fault struct {
	Step string // "definition", "initial accumulator", "contribution 3", "beacon", "keys"
	File string // in the ceremony's folder
	Err  error
}

func (f *Fault) Error() string { return fmt.Sprintf("%s, %s: %v", f.Step, f.File, f.Err) }

func (f *Fault) Unwrap() error { return f.Err }

// fault names where err is, unless that was known before, or the ceremony is not to blame.
func fault(step, file string, err error) error {
	var inner *Fault
	var system *fs.PathError
	switch {
	case err == nil, errors.As(err, &inner), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &system) && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return &Fault{Step: step, File: file, Err: err}
}

// The steps that are not contributions.
const (
	stepDefinition = "definition"
	stepInitial    = "initial accumulator"
	stepBeacon     = "beacon"
	stepKeys       = "keys"
)

func stepContribution(n int) string { return fmt.Sprintf("contribution %d", n) }

// ErrNoContributions refuses a ceremony whose secret is the beacon, which everybody knows:
// anybody could forge proofs with its keys.
var ErrNoContributions = errors.New("nobody has contributed: everybody would know the keys' secret")

// ErrClosed says that the beacon has ended the contributions.
var ErrClosed = errors.New("the beacon is applied: no contribution is accepted any more")
