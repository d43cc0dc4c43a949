package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/internal/console"
	"github.com/genproof/genproof/setup"
	"github.com/genproof/genproof/setup/ptau"
)

// maker makes or finds the keys of one circuit.
type maker func(ctx context.Context, store *setup.Store, id statement.CircuitID, force bool) (*setupReport, error)

// makerOf is how a circuit's keys are made: for PLONK from powers of tau, if there are any.
func (p *program) makerOf(c *cli.Context, id statement.CircuitID) (maker, error) {
	file, digest := c.String("ptau"), c.String("ptau-sha256")
	switch {
	case file == "" && digest != "":
		return nil, console.Hint(errors.New("--ptau-sha256 without --ptau"), "name the file with --ptau")
	case file != "" && id.Backend != statement.Plonk:
		return nil, console.Hint(fmt.Errorf("%s takes more than powers of tau", id), "add --backend plonk; groth16 takes a ceremony")
	case file == "":
		return func(ctx context.Context, store *setup.Store, id statement.CircuitID, force bool) (*setupReport, error) {
			r, _, err := p.setupOne(ctx, store, id, force)
			return r, err
		}, nil
	}
	pinned, err := pinnedDigest(digest)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, store *setup.Store, id statement.CircuitID, force bool) (*setupReport, error) {
		return p.setupUniversal(ctx, store, id, file, pinned, force)
	}, nil
}

// pinnedDigest reads a SHA-256, or nothing for none.
func pinnedDigest(text string) (d [32]byte, err error) {
	if text == "" {
		return d, nil
	}
	digest, err := hex.DecodeString(strings.TrimPrefix(text, "0x"))
	if err != nil || len(digest) != len(d) || [32]byte(digest) == d {
		return d, errors.New("the SHA-256 that is asked for is not one in 64 hex digits")
	}
	return [32]byte(digest), nil
}

// setupUniversal makes keys from a file, or finds those that were made from it.
func (p *program) setupUniversal(ctx context.Context, store *setup.Store, id statement.CircuitID, file string, pinned [32]byte, force bool) (*setupReport, error) {
	start := time.Now()
	progress := p.keyProgress(id.String())
	circuit, err := store.Circuit(ctx, id, progress)
	if err != nil {
		return nil, err
	}
	srs, err := readPtau(ctx, file, ptau.Options{Power: bits.Len64(circuit.Domain - 1), Digest: pinned, Progress: p.ptauProgress()})
	if err != nil {
		return nil, err
	}
	p.warnOfChain(srs)
	powers := setup.PowersOf(srs)
	if there, err := store.Has(circuit); err != nil {
		return nil, err
	} else if there && !force {
		return p.madeFrom(ctx, store, circuit, powers, start)
	}
	keys, err := store.InstallPlonk(ctx, circuit, powers, force, progress)
	if err != nil {
		return nil, err
	}
	return p.setupReport(store, keys, false, start), nil
}

// readPtau reads powers and says what to do when there are too few.
func readPtau(ctx context.Context, file string, o ptau.Options) (*ptau.SRS, error) {
	srs, err := ptau.Read(ctx, file, o)
	if errors.Is(err, ptau.ErrTooSmall) {
		return nil, console.Hint(err, "use a larger file of the same ceremony")
	}
	return srs, err
}

// madeFrom returns the keys in the store if they are from these powers, of whichever file:
// they follow from the circuit and tau, and stay as they are.
func (p *program) madeFrom(ctx context.Context, store *setup.Store, circuit *setup.Circuit, powers *setup.Powers, start time.Time) (*setupReport, error) {
	keys, err := store.PlonkKeys(ctx, circuit, p.keyProgress(circuit.ID))
	if err != nil {
		return nil, err
	}
	if !keys.Verifying.Tau.Equal(&powers.Tau) {
		return nil, console.Hint(fmt.Errorf("%w, and they are of another setup: %s", setup.ErrHasKeys, keys.Provenance), "add --force to make others; proofs of these do not verify with them")
	}
	return p.setupReport(store, keys, true, start), nil
}
