// Package hint lets a hint keep its name in the circuits when its function moves.
//
// gnark names a hint after its Go function, package path included, takes the hash of that
// name for the hint's id, and writes both into the constraint system. So moving a hint's
// function to another package would change the digest of every circuit that asks it, and
// with the digest every key, though no row changes. A function that moved is registered
// with [Register] under its first name; gadgets ask it as any other hint, and [Rename]
// writes the kept names into a system once it is compiled.
package hint

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/constraint/solver"

	bn254 "github.com/consensys/gnark/constraint/bn254"
)

// prefix starts every kept name, as it starts the names that gnark gives.
const prefix = "github.com/genproof/genproof/circuits/"

// Kept is a hint whose name in the circuits is not its function's.
type Kept struct {
	Name string        // "github.com/…/package.function", as its function was first called
	ID   solver.HintID // what gnark makes of Name
	Func solver.Hint
}

var (
	mu   sync.Mutex
	kept []Kept
)

// Register registers f with gnark's solvers, under its own name and under the name
// "package.function" below circuits/ that it was first called by. It is for init functions
// and panics if that name, or another one with the same hash, is taken.
func Register(name string, f solver.Hint) {
	k := Kept{Name: prefix + name, ID: idOf(prefix + name), Func: f}
	solver.RegisterHint(f)
	solver.RegisterNamedHint(f, k.ID)
	mu.Lock()
	defer mu.Unlock()
	kept = append(kept, k)
}

// idOf is how solver.GetHintID makes an id of a name.
func idOf(name string) solver.HintID {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(name)) // never an error
	return solver.HintID(hash.Sum32())
}

// All returns the hints that keep a name, ordered by it.
func All() []Kept {
	mu.Lock()
	defer mu.Unlock()
	all := slices.Clone(kept)
	slices.SortFunc(all, func(a, b Kept) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Rename writes the kept names and their ids into a compiled system over BN254, in place of
// those that the functions have today. A second time changes nothing.
func Rename(system constraint.ConstraintSystem) error {
	cs, ok := system.(*bn254.R1CS) // PLONK's is the same type
	if !ok {
		return fmt.Errorf("renaming hints: got %T, want a constraint system over BN254", system)
	}
	names := map[solver.HintID]Kept{}
	for _, k := range All() {
		today := solver.GetHintID(k.Func)
		if _, asked := cs.MHintsDependencies[today]; asked {
			names[today] = k
			delete(cs.MHintsDependencies, today)
			cs.MHintsDependencies[k.ID] = k.Name
		}
	}
	for i := range cs.GetNbInstructions() {
		rename(cs, i, names)
	}
	return nil
}

// rename changes the hint that instruction i asks, if it asks one of those.
func rename(cs *bn254.R1CS, i int, names map[solver.HintID]Kept) {
	if _, asks := cs.Blueprints[cs.Instructions[i].BlueprintID].(*constraint.BlueprintGenericHint); !asks {
		return
	}
	const id = 1 // where BlueprintGenericHint.CompressHint puts it
	data := cs.GetInstruction(i).Calldata
	if k, ok := names[solver.HintID(data[id])]; ok {
		data[id] = uint32(k.ID)
	}
}
