package measure

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/circuits/statement"
	"github.com/genproof/genproof/setup"
)

// A backend is a proof system.
type backend interface {
	builder() frontend.NewBuilder
	// constants is how many wires gnark counts as public that no statement has: an R1CS has
	// one for the number 1.
	constants() int
	// domain is the size of the prover's FFTs.
	domain(constraint.ConstraintSystem) uint64
	// digest is the SHA-256 of a constraint system, as the key store has it.
	digest(name string, system constraint.ConstraintSystem) ([32]byte, error)
	// setup returns what makes fresh keys, to be timed. It may first prepare what is not the
	// circuit's.
	setup(constraint.ConstraintSystem) (func() (keys, error), error)
	setupNote() string // what of it is not timed
	// proves reports whether there are keys of a subject.
	proves(*subject.Subject) bool
	// stored returns a circuit's keys, which it makes if the store has none.
	stored(ctx context.Context, store *setup.Store, subject string) (keys, error)
	// keyBytes are the sizes of the stored proving and verifying key.
	keyBytes(ctx context.Context, store *setup.Store, subject string) (proving, verifying int64, err error)
	// read reads what keys.write wrote.
	read(file string) (keys, error)
}

// keys are a constraint system with a proving and a verifying key.
type keys interface {
	system() constraint.ConstraintSystem
	write(file string) error
	prove(witness.Witness) (proof, error)
	verify(public fr.Vector, p proof) error
	parts(w witness.Witness) ([]part, error)
}

// A proof is one, encoded.
type proof interface{ bytes() []byte }

// A part is a piece of proving. It can be done again and again.
type part struct {
	name, note string
	do         func() error
}

// backends lists the proof systems by their names in run files.
var backends = map[string]backend{statement.Groth16.String(): groth16Backend{}, statement.Plonk.String(): plonkBackend{}}

// Backends lists the names of the proof systems.
func Backends() (names []string) {
	for _, b := range statement.Backends() {
		names = append(names, b.String())
	}
	return names
}

// Proves reports whether a backend proves a subject, or only compiles it.
func Proves(backend string, s *subject.Subject) bool { return backends[backend].proves(s) }

// HasBatch reports whether a backend's proofs can be verified together and minted.
func HasBatch(backend string) bool { return backend == statement.Groth16.String() }

// keysOf returns a circuit's keys from the store, or a gadget's from the run's own folder.
func (w *work) keysOf(ctx context.Context) (keys, error) {
	if w.subject.Circuit == nil {
		return w.backend.read(w.file())
	}
	store, err := setup.OpenStore(w.Keys)
	if err != nil {
		return nil, err
	}
	return w.backend.stored(ctx, store, w.Subject)
}

// file is where a gadget's keys are.
func (w *work) file() string {
	return filepath.Join(w.Work, strings.ReplaceAll(w.Subject, "/", "-")+"."+w.Backend)
}

// fullWitness returns the witness of one token, or of a gadget.
func (w *work) fullWitness() (witness.Witness, error) {
	assignment, err := w.assignment()
	if err != nil {
		return nil, err
	}
	full, err := frontend.NewWitness(assignment, field)
	if err != nil {
		return nil, fmt.Errorf("the assignment has not the form of its circuit")
	}
	return full, nil
}
