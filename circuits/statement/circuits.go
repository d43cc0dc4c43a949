package statement

import (
	"fmt"
	"slices"
	"strings"
)

// A Size is what a circuit has room for. Sizes are parameters of one source.
type Size struct {
	Name     string
	Layers   int // trait layers
	Claims   int
	Facts    int
	Literals int // of the policy's program
}

// The sizes of this version. Changing one is a new verifying key.
var (
	Small    = Size{Name: "small", Layers: 3, Claims: 3, Facts: 2, Literals: 8}
	Standard = Size{Name: "standard", Layers: 8, Claims: 4, Facts: 4, Literals: 32}
	Large    = Size{Name: "large", Layers: 16, Claims: 8, Facts: 8, Literals: 64}
)

// Slots is the number of attributes: traits, then claims, then facts.
func (s Size) Slots() int { return s.Layers + s.Claims + s.Facts }

// A Binding says what the statement's metadata hash is.
type Binding string

const (
	CID  Binding = "cid"  // the SHA-256 of the document, which is the digest of its CID
	Root Binding = "root" // the root itself
)

// A CircuitID names a circuit: "cid/standard", or "root/standard/plonk".
type CircuitID struct {
	Binding Binding
	Size    Size
	// Plonk: the same statement as a constraint system of PLONK instead of Groth16.
	Plonk bool
}

// The proof systems.
const (
	Groth16 = "groth16"
	Plonk   = "plonk"
)

// String returns BINDING/SIZE, and for PLONK BINDING/SIZE/plonk.
func (c CircuitID) String() string {
	s := string(c.Binding) + "/" + c.Size.Name
	if c.Plonk {
		s += "/" + Plonk
	}
	return s
}

// Backend returns Groth16 or Plonk.
func (c CircuitID) Backend() string {
	if c.Plonk {
		return Plonk
	}
	return Groth16
}

// ProofBytes is the length of the circuit's proofs.
func (c CircuitID) ProofBytes() int {
	if c.Plonk {
		return 768
	}
	return 256
}

// All returns every circuit of Groth16, smaller ones first.
func All() []CircuitID {
	var ids []CircuitID
	for _, size := range []Size{Small, Standard, Large} {
		for _, binding := range []Binding{CID, Root} {
			ids = append(ids, CircuitID{Binding: binding, Size: size})
		}
	}
	return ids
}

// Universal returns the circuits of PLONK, smaller ones first. It pays for every term of a
// long sum, so of the circuits with SHA-256 in them there is the small one only.
func Universal() []CircuitID {
	return []CircuitID{
		{Binding: Root, Size: Small, Plonk: true},
		{Binding: CID, Size: Small, Plonk: true},
		{Binding: Root, Size: Standard, Plonk: true},
		{Binding: Root, Size: Large, Plonk: true},
	}
}

// ParseCircuitID reads what [CircuitID.String] writes.
func ParseCircuitID(s string) (CircuitID, error) {
	ids := append(All(), Universal()...)
	i := slices.IndexFunc(ids, func(c CircuitID) bool { return c.String() == s })
	if i >= 0 {
		return ids[i], nil
	}
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = id.String()
	}
	return CircuitID{}, fmt.Errorf("circuit %.40q is unknown, use one of %s", s, strings.Join(names, ", "))
}
