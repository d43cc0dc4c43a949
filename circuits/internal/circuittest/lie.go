package circuittest

import (
	"errors"
	"math/big"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/test"

	"github.com/genproof/genproof/circuits/internal/hint"
)

// A Lie is what a prover does besides choosing an assignment: it answers a hint otherwise.
type Lie struct {
	hint Hint
	f    solver.Hint
}

// Replace answers every call of the hint by f.
func Replace(h Hint, f solver.Hint) Lie { return Lie{h, f} }

// Answer answers every call of the hint by the same outputs, at least as many as it has.
func Answer(h Hint, outputs []fr.Element) Lie {
	return Replace(h, func(_ *big.Int, _, out []*big.Int) error {
		for i := range out {
			outputs[i].BigInt(out[i])
		}
		return nil
	})
}

func (l Lie) engine() test.TestEngineOption {
	return test.WithReplacementHint(solver.GetHintID(l.hint.Func), l.f)
}

func (l Lie) solver() solver.Option {
	return func(config *solver.Config) error {
		var errs []error
		for _, id := range l.hint.IDs() {
			errs = append(errs, solver.OverrideHint(id, l.f)(config))
		}
		return errors.Join(errs...)
	}
}

// A Hint is a hint as solvers know it.
type Hint struct {
	Name string // of the function, package path included
	Func solver.Hint
}

// Of returns the hint of a function.
func Of(f solver.Hint) Hint { return Hint{solver.GetHintName(f), f} }

// IDs returns the ids by which constraint systems ask the hint: that of its function's name
// and, in the product's circuits, that of the name it keeps.
func (h Hint) IDs() []solver.HintID {
	ids := []solver.HintID{solver.GetHintID(h.Func)}
	for _, k := range hint.All() {
		if solver.GetHintID(k.Func) == ids[0] {
			ids = append(ids, k.ID)
		}
	}
	return ids
}

// Hints returns all hints of this repository's circuits that the test's program links.
func Hints() []Hint {
	var ours []Hint
	for _, h := range registered() {
		if strings.HasPrefix(h.Name, module) {
			ours = append(ours, h)
		}
	}
	return ours
}

// HintNamed returns the one hint whose name ends in "/package.function": of this repository,
// or of gnark. It panics unless there is exactly one.
func HintNamed(suffix string) Hint {
	var found []Hint
	for _, h := range registered() {
		if strings.HasSuffix(h.Name, "/"+suffix) {
			found = append(found, h)
		}
	}
	if len(found) != 1 {
		panic("circuittest: not one hint is named " + suffix)
	}
	return found[0]
}

// registered returns all hints that gnark knows, once each.
func registered() []Hint {
	var all []Hint
	seen := map[solver.HintID]bool{}
	for _, f := range solver.GetRegisteredHints() {
		if id := solver.GetHintID(f); !seen[id] {
			seen[id] = true
			all = append(all, Of(f))
		}
	}
	return all
}
