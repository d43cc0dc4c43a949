package measure

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"os"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/genproof/genproof/bench/profile"
	"github.com/genproof/genproof/bench/record"
	"github.com/genproof/genproof/bench/subject"
	"github.com/genproof/genproof/setup"
)

// unit counts what one more block, literal or layer costs in R1CS.
func (w *work) unit() error {
	for _, u := range subject.Units() {
		if u.Name != w.Subject {
			continue
		}
		found, err := subject.Find(u.Large, u.Small)
		if err != nil {
			return err
		}
		var counts [2]int
		for i, s := range found {
			system, err := s.Compile(r1cs.NewBuilder)
			if err != nil {
				return err
			}
			counts[i] = system.GetNbConstraints()
			if s.Name == u.Small {
				counts[i] = -counts[i]
			}
		}
		w.add(record.Exact("constraints a "+u.Of, "constraints", float64(counts[0]+counts[1])/float64(u.Steps)),
			fmt.Sprintf("%s less %s, over %d", u.Large, u.Small, u.Steps))
		return nil
	}
	return fmt.Errorf("no gadget %.40q grows by a unit", w.Subject)
}

// compile takes the figures of the constraint system, and at last its profile, which
// would cost time and memory of the others.
func (w *work) compile(ctx context.Context) error {
	var system constraint.ConstraintSystem
	compile := func() (err error) {
		system, err = w.subject.Compile(w.backend.builder())
		return err
	}
	if err := w.timed(ctx, "compile", "", true, compile); err != nil {
		return err
	}
	w.peak("compile memory", "")
	internal, secret, public := system.GetNbVariables()
	w.exact("constraints", "constraints", system.GetNbConstraints())
	w.exact("wires", "wires", internal+secret+public)
	w.exact("public inputs", "wires", public-w.backend.constants())
	w.exact("domain", "rows", int(w.backend.domain(system)))
	digest, err := w.backend.digest(w.Subject, system)
	if err != nil {
		return err
	}
	w.Circuits = append(w.Circuits, record.Circuit{Subject: w.Subject, Backend: w.Backend, Digest: hex.EncodeToString(digest[:])})
	tree, err := profile.Of(w.Subject, func() (constraint.ConstraintSystem, error) { return w.subject.Compile(w.backend.builder()) })
	w.Profiles = append(w.Profiles, record.Profile{Subject: w.Subject, Backend: w.Backend, Tree: tree})
	return err
}

// setup times fresh keys. A gadget's are kept for the run's other tasks.
func (w *work) setup(ctx context.Context) error {
	system, err := w.subject.Compile(w.backend.builder())
	if err != nil {
		return err
	}
	fresh, err := w.backend.setup(system)
	if err != nil {
		return err
	}
	var made keys
	w.Warmup = 0 // nothing is warmer the second time, and a large circuit's takes a minute
	if err := w.timed(ctx, "setup", w.backend.setupNote(), true, func() (err error) { made, err = fresh(); return err }); err != nil {
		return err
	}
	w.peak("setup memory", "")
	if w.subject.Circuit == nil {
		return made.write(w.file())
	}
	return nil
}

// load times a circuit's keys from the store, checks included. The page cache is warm.
func (w *work) load(ctx context.Context) error {
	store, err := setup.OpenStore(w.Keys)
	if err != nil {
		return err
	}
	if _, err := w.backend.stored(ctx, store, w.Subject); err != nil { // makes them if there are none
		return err
	}
	proving, verifying, err := w.backend.keyBytes(ctx, store, w.Subject)
	if err != nil {
		return err
	}
	w.exact("proving key", "bytes", int(proving))
	w.exact("verifying key", "bytes", int(verifying))
	return w.timed(ctx, "load keys", "from the store, with its checks; files in the page cache", true, func() error {
		_, err := w.backend.stored(ctx, store, w.Subject)
		return err
	})
}

// assignment returns the first token's of a sample drop, or a gadget's.
func (w *work) assignment() (frontend.Circuit, error) {
	if w.subject.Circuit == nil {
		return w.subject.Assignment()
	}
	d, remove, err := w.drop()
	if err != nil {
		return nil, err
	}
	defer remove()
	r, err := d.Result(1, [20]byte{})
	if err != nil {
		return nil, err
	}
	return r.Assignment, nil
}

// drop makes the sample drop in a folder of its own.
func (w *work) drop() (*subject.Drop, func(), error) {
	dir, err := os.MkdirTemp("", "genproof-bench-")
	if err != nil {
		return nil, nil, err
	}
	remove := func() { os.RemoveAll(dir) }
	d, err := subject.NewDrop(dir, *w.subject.Circuit, w.Seed)
	if err != nil {
		remove()
		return nil, nil, err
	}
	return d, remove, nil
}

// prove proves one witness again and again.
func (w *work) prove(ctx context.Context) error {
	k, err := w.keysOf(ctx)
	if err != nil {
		return err
	}
	full, err := w.fullWitness()
	if err != nil {
		return err
	}
	var p proof
	if err := w.timed(ctx, "prove", "solving included, witness and keys in memory", true, func() (err error) { p, err = k.prove(full); return err }); err != nil {
		return err
	}
	w.peak("prove memory", "keys included")
	public, err := full.Public()
	if err != nil {
		return errors.New("the witness has no public part")
	}
	inputs := public.Vector().(fr.Vector)
	if err := w.timed(ctx, "verify", "", false, func() error { return k.verify(inputs, p) }); err != nil {
		return err
	}
	w.exact("proof", "bytes", len(p.bytes()))
	return nil
}

// parts times what a proof is made of.
func (w *work) parts(ctx context.Context) error {
	k, err := w.keysOf(ctx)
	if err != nil {
		return err
	}
	full, err := w.fullWitness()
	if err != nil {
		return err
	}
	list, err := k.parts(full)
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := w.timed(ctx, p.name, p.note, true, p.do); err != nil {
			return errNoProof
		}
	}
	return nil
}
