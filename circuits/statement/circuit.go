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

// A CircuitID names a circuit: "cid/standard".
type CircuitID struct {
	Binding Binding
	Size    Size
}

// String returns BINDING/SIZE.
func (c CircuitID) String() string { return string(c.Binding) + "/" + c.Size.Name }

// All returns every circuit, smaller ones first.
func All() []CircuitID {
	var ids []CircuitID
	for _, size := range []Size{Small, Standard, Large} {
		for _, binding := range []Binding{CID, Root} {
			ids = append(ids, CircuitID{binding, size})
		}
	}
	return ids
}

// ParseCircuitID reads what [CircuitID.String] writes.
func ParseCircuitID(s string) (CircuitID, error) {
	ids := All()
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
